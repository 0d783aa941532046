"""Who stays silent: the model of response, how representative the answers are, and what late answers tell."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.methods.effects.estimate import normal_interval
from pipeline.methods.effects.sweep import robust_slope
from pipeline.methods.feedback.rates import ANSWERED

TRAITS = ("sex", "rank_group", "mode", "active")


@dataclass(frozen=True)
class ResponseModel:
    """A logit of answering on traits of the frame.

    `effects`: `trait`, `value`, `reference`, `effect` (average marginal, percentage points), `low`, `high`, `p`;
    `chance`: fitted probability of each eligible case, aligned with the frame.
    """

    effects: pd.DataFrame
    chance: pd.Series
    n: int


def design_matrix(frame: pd.DataFrame, traits: tuple[str, ...]) -> tuple[pd.DataFrame, dict[str, tuple[str, str, str]]]:
    """Dummies of the traits against each one's most frequent value, and what each column means."""
    columns, meaning = {}, {}
    for trait in traits:
        text = frame[trait].astype("string").fillna("unknown")
        counts = text.value_counts()
        for value in sorted(counts.index[1:]):
            name = f"{trait}={value}"
            columns[name] = (text == value).astype(float)
            meaning[name] = (trait, str(value), str(counts.index[0]))
    return pd.DataFrame(columns, index=frame.index), meaning


def response_model(frame: pd.DataFrame, traits: tuple[str, ...] = TRAITS, level: float = 0.95) -> ResponseModel | None:
    """Logit of answering with standard errors by unit; None where nothing varies or the search does not converge.

    Args:
        frame: `disposition`, `unit` and the traits; not eligible cases are left out.
        traits: Categorical columns.
        level: Coverage.
    """
    eligible = frame[frame["disposition"] != "not_eligible"]
    y = eligible["disposition"].isin(ANSWERED).astype(float)
    used = tuple(t for t in traits if t in eligible and eligible[t].nunique(dropna=False) > 1)
    x, meaning = design_matrix(eligible, used)
    if not used or y.nunique() < 2:
        return None
    import statsmodels.api as sm  # what only looks at results does without it
    from statsmodels.tools.sm_exceptions import ConvergenceWarning, PerfectSeparationWarning

    groups = pd.factorize(eligible["unit"])[0]
    with warnings.catch_warnings():  # a search that fails is reported as no model
        warnings.simplefilter("error", ConvergenceWarning)
        warnings.simplefilter("error", PerfectSeparationWarning)
        try:
            fit = sm.Logit(y, sm.add_constant(x)).fit(disp=0, cov_type="cluster", cov_kwds={"groups": groups})
        except (ConvergenceWarning, PerfectSeparationWarning, np.linalg.LinAlgError):
            return None
    marginal = fit.get_margeff(dummy=True)
    rows = []
    for name, effect, se in zip(x.columns, marginal.margeff, marginal.margeff_se, strict=True):
        low, high, p = normal_interval(float(effect), float(se), level)
        rows.append((*meaning[name], 100 * effect, 100 * low, 100 * high, p))
    table = pd.DataFrame(rows, columns=["trait", "value", "reference", "effect", "low", "high", "p"])
    return ResponseModel(table, pd.Series(fit.predict(), index=eligible.index), len(eligible))


@dataclass(frozen=True)
class Representativeness:
    """R-indicator and coefficient of variation of the fitted chances to answer, and partial indicators by trait."""

    r: float
    cv: float
    partial: pd.DataFrame
    """`trait`, `value`, `partial`: signed unconditional category indicator; negative = underrepresented."""


def representativeness(
    frame: pd.DataFrame, model: ResponseModel, traits: tuple[str, ...] = TRAITS
) -> Representativeness:
    """R = 1 - 2S(ρ) (Schouten, Cobben & Bethlehem 2009, eq. 3), 1 = as representative as a random sample.

    S² is the variance of fitted chances, less the share of it that estimating them adds: k·mean(ρ(1-ρ))/n, floored at
    0. The category indicator is sqrt(n_c/n)(ρ_c - ρ) with observed rates (Schouten, Shlomo & Skinner 2011, eq. 8).

    Args:
        frame: The frame the model was fitted on.
        model: From `response_model`.
        traits: Traits of the partial indicators.
    """
    chance = model.chance
    bias = len(model.effects) * float((chance * (1 - chance)).mean()) / len(chance)
    spread = float(np.sqrt(max(0.0, float(chance.var(ddof=0)) - bias)))
    eligible = frame.loc[chance.index]
    said = eligible["disposition"].isin(ANSWERED)
    rows = []
    for trait in traits:
        if trait not in eligible:
            continue
        for value, part in said.groupby(eligible[trait].astype("string").fillna("unknown")):
            rows.append((trait, str(value), float(np.sqrt(len(part) / len(said)) * (part.mean() - said.mean()))))
    partial = pd.DataFrame(rows, columns=["trait", "value", "partial"])
    return Representativeness(1 - 2 * spread, spread / float(chance.mean()), partial)


def level_of_effort(answers: pd.DataFrame, value: pd.Series, level: float = 0.95) -> tuple[pd.DataFrame, float]:
    """Means of an answer by the contact that brought it, running means, and p of a linear trend over contacts.

    Under the continuum of resistance, those who answer late resemble those who never do (Lin & Schaeffer 1995).

    Args:
        answers: `contact`.
        value: The answer, aligned.
        level: Coverage.

    Returns:
        `contact`, `value`, `low`, `high`, `n`, `running` (mean of all answers up to this contact); and p.
    """
    frame = pd.DataFrame({"contact": answers["contact"].astype("float64"), "value": value}).dropna()
    rows, total, count = [], 0.0, 0
    for contact in sorted(frame["contact"].unique()):
        part = frame.loc[frame["contact"] == contact, "value"]
        se = float(part.std() / np.sqrt(len(part))) if len(part) > 1 else float("nan")
        low, high, _ = normal_interval(float(part.mean()), se, level)
        total, count = total + float(part.sum()), count + len(part)
        rows.append((int(contact), float(part.mean()), low, high, len(part), total / count))
    table = pd.DataFrame(rows, columns=["contact", "value", "low", "high", "n", "running"])
    if frame["contact"].nunique() < 2:
        return table, float("nan")
    return table, _trend_p(frame["contact"].to_numpy(), frame["value"].to_numpy())


def _trend_p(x: np.ndarray, y: np.ndarray) -> float:
    """p of the slope of y on x, with robust errors."""
    away = x - x.mean()
    left = y - y.mean() - away @ y / (away @ away) * away
    return normal_interval(*robust_slope(away, left, y, np.arange(len(y)), 2), 0.95)[2]
