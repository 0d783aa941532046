"""Public satisfaction (SKM, PermenPANRB 14/2017): unit scores, their grades, and means of the nine elements."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.methods.indicators.bands import SKM

ELEMENTS = tuple(f"u{k}" for k in range(1, 10))
LEAST_RESPONDENTS = 5
"""Units with fewer respondents have no score of their own."""


def unit_scores(skm: pd.DataFrame) -> pd.DataFrame:
    """Score and grade of each unit and period.

    The score is Σ mean(u_k) · (1/9) · 25 over the nine elements: weights of one ninth, not 0.111, which would cap the
    index at 99.9 and can change a grade.

    Args:
        skm: `unit`, `period`, `n`, `u1` … `u9` (means of answers 1-4).

    Returns:
        The rows with `score` (25-100; missing where an element has no answer or respondents are fewer than
        `LEAST_RESPONDENTS`) and `grade` ("A" … "D", rounded half up to two decimals first).
    """
    table = skm.copy()
    # Elements without an answer leave no score: an index over eight elements is not the regulation's.
    score = 25 * table[list(ELEMENTS)].sum(axis=1, min_count=len(ELEMENTS)) / len(ELEMENTS)
    table["score"] = score.where(table["n"] >= LEAST_RESPONDENTS)
    table["grade"] = [SKM.grade(value) for value in table["score"]]
    return table


def grades_by_period(scores: pd.DataFrame) -> pd.DataFrame:
    """Units by grade: `period`, `units` with a score, `without` one, `mean` score, and a count for each grade."""
    rows = []
    for period, part in scores.groupby("period"):
        scored = part.dropna(subset=["score"])
        counts = scored["grade"].value_counts()
        rows.append(
            {
                "period": period,
                "units": len(scored),
                "without": len(part) - len(scored),
                "mean": scored["score"].mean(),
                **{grade: int(counts.get(grade, 0)) for grade in SKM.codes},
            }
        )
    return pd.DataFrame(rows)


def elements(skm: pd.DataFrame, z: float = 1.96) -> pd.DataFrame:
    """City means of each element by period, units weighted by respondents: `period`, `element`, `value` (×25), `low`, `high`,
    `n_units`.

    The interval takes units as clusters: Var = k/(k-1) Σ n_i²(y_i - ȳ)² / (Σ n_i)².
    """
    rows = []
    for period, part in skm.groupby("period"):
        for name in ELEMENTS:
            known = part.dropna(subset=[name])
            y, w = 25 * known[name].to_numpy(float), known["n"].to_numpy(float)
            if len(y) < 2:
                continue
            mean = float(np.average(y, weights=w))
            se = float(np.sqrt(len(y) / (len(y) - 1) * np.sum((w * (y - mean)) ** 2)) / w.sum())
            rows.append((period, name, mean, mean - z * se, mean + z * se, len(y)))
    return pd.DataFrame(rows, columns=["period", "element", "value", "low", "high", "n_units"])
