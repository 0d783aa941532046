"""The list experiment (item count): how many of several statements are true, with and without the sensitive one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy

from pipeline.methods.feedback.shares import Share, design_mean


def list_share(control: pd.DataFrame, treatment: pd.DataFrame) -> Share:
    """Share that affirms the sensitive statement: difference of mean counts.

    Args:
        control: `response` (count among the harmless statements) and `weight`, one row a person.
        treatment: The same with the sensitive statement on the list.

    Returns:
        Estimate with Var = Var(mean_t) + Var(mean_c) (Blair & Imai 2012, eq. 1).
    """
    one, zero = (design_mean(part["response"], part["weight"]) for part in (treatment, control))
    return Share(one.value - zero.value, float(np.hypot(one.se, zero.se)), one.n + zero.n)


@dataclass(frozen=True)
class ListChecks:
    """Design checks of a list experiment: shares at floor and ceiling among controls, and the no-design-effect test."""

    floor: float
    ceiling: float
    p: float
    n_control: int
    worst: str
    """The joint probability that is most negative, such as "y=0, z=1"."""


def list_checks(control: pd.Series, treatment: pd.Series, items: int) -> ListChecks:
    """Whether the answers agree with the list experiment's assumptions.

    With Y the count of harmless statements and Z the sensitive trait, P(Y = y, Z = 1) = P(T <= y) … must not be
    negative: pi(y, 1) = P(count <= y | control) - P(count <= y | treatment) and
    pi(y, 0) = P(count <= y | treatment) - P(count <= y - 1 | control) (Blair & Imai 2012, eqs. 5-6). Each is tested one
    sided by its normal approximation; the smallest p value is adjusted after Bonferroni.

    Args:
        control: Counts without the sensitive statement.
        treatment: Counts with it.
        items: Number of harmless statements.
    """
    n0, n1 = len(control), len(treatment)

    def below(values: pd.Series, y: int) -> float:
        return float((values <= y).mean()) if len(values) else 0.0

    worst, p_least = "", 1.0
    for y in range(items + 1):
        c, t, c_less = below(control, y), below(treatment, y), below(control, y - 1)
        for name, value, a, b in ((f"y={y}, z=1", c - t, c, t), (f"y={y}, z=0", t - c_less, t, c_less)):
            na, nb = (n0, n1) if name.endswith("1") else (n1, n0)
            se = np.sqrt(a * (1 - a) / na + b * (1 - b) / nb)
            p = float(scipy.stats.norm.cdf(value / se)) if se > 0 else (1.0 if value >= 0 else 0.0)
            if p < p_least:
                worst, p_least = name, p
    tests = 2 * (items + 1)
    return ListChecks(
        floor=float((control == 0).mean()), ceiling=float((control == items).mean()), p=min(1.0, tests * p_least),
        n_control=n0, worst=worst,
    )  # fmt: skip
