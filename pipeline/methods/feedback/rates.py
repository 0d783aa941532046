"""Response rates by the AAPOR Standard Definitions, with the list of invited persons as frame."""

from __future__ import annotations

import pandas as pd

ANSWERED = ("complete", "partial")
CODES = ("complete", "partial", "refusal", "non_contact", "other", "unknown", "not_eligible")


def rates(dispositions: pd.Series) -> dict[str, float]:
    """RR1-RR6 (AAPOR Standard Definitions, 10th edition, 2023, section "Response rates").

    With I complete, P partial, R refusal, NC non-contact, O other, U of unknown eligibility, and e the share eligible
    among cases of known status: RR1 = I/(I+P+R+NC+O+U), RR2 = (I+P)/same; RR3, RR4 with e·U in place of U; RR5, RR6
    without U.

    Args:
        dispositions: One code of `CODES` a case.

    Returns:
        "rr1" … "rr6" as shares, and "e"; not a number where there is no eligible case.
    """
    counts = dispositions.value_counts().reindex(CODES).fillna(0).astype(float)
    i, p, u = counts["complete"], counts["partial"], counts["unknown"]
    known = i + p + counts["refusal"] + counts["non_contact"] + counts["other"]
    e = known / (known + counts["not_eligible"]) if known else float("nan")
    bases = {"1": known + u, "3": known + e * u, "5": known}
    out: dict[str, float] = {"e": float(e)}
    for number, base in bases.items():
        out[f"rr{number}"] = float(i / base) if base else float("nan")
        out[f"rr{int(number) + 1}"] = float((i + p) / base) if base else float("nan")
    return out


def by_group(frame: pd.DataFrame, group: str, level: float = 0.95) -> pd.DataFrame:
    """RR2 by group with Wilson intervals (in per cent): group columns, `eligible`, `answered`, `rate`, `low`, `high`.

    Args:
        frame: `disposition` and the group's columns; not eligible cases are left out.
        group: Column.
        level: Coverage.
    """
    eligible = frame[frame["disposition"] != "not_eligible"]
    answered = eligible["disposition"].isin(ANSWERED)
    table = eligible.assign(answered=answered).groupby(group)["answered"].agg(["size", "sum"]).reset_index()
    table = table.rename(columns={"size": "eligible", "sum": "answered"})
    from statsmodels.stats.proportion import proportion_confint  # what only looks at results does without it

    low, high = proportion_confint(table["answered"], table["eligible"], 1 - level, method="wilson")
    return table.assign(rate=100 * table["answered"] / table["eligible"], low=100 * low, high=100 * high)
