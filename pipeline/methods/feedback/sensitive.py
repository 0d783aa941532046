"""The sensitive question by all designs side by side: estimates, their agreement, and who does not answer frankly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy

from pipeline.methods.feedback.list_experiment import ListChecks, list_checks, list_share
from pipeline.methods.feedback.randomised_response import randomised_share
from pipeline.methods.feedback.shares import Share, agreement, design_mean
from pipeline.study.survey import FORMATS, Sensitive

PROTECTED = ("list", "forced", "warner", "crosswise")
LEAST = 30
"""Fewest answers of a design (of each list) that are estimated from."""


@dataclass(frozen=True)
class Frankness:
    """Estimates by design, their pooled value, and the comparison with the direct question."""

    shares: dict[str, Share]
    pooled: Share | None
    p_agree: float
    hidden: Share | None
    """Pooled minus direct: share of all who would affirm under protection and do not say so directly."""
    p_hidden: float
    checks: ListChecks | None


def estimate(answers: pd.DataFrame, bank: Sensitive) -> Frankness:
    """Estimate the sensitive share by every design that has enough answers.

    Args:
        answers: `format`, `response` and `weight`, one row a person who answered the protected question.
        bank: The question.
    """
    asked = answers[answers["response"].notna() & answers["format"].notna()]
    parts = {name: asked[asked["format"] == name] for name in FORMATS}
    shares: dict[str, Share] = {}
    if len(parts["direct"]) >= LEAST:
        shares["direct"] = design_mean(parts["direct"]["response"], parts["direct"]["weight"])
    checks = None
    if min(len(parts["list_control"]), len(parts["list_treatment"])) >= LEAST:
        shares["list"] = list_share(parts["list_control"], parts["list_treatment"])
        without, with_it = parts["list_control"]["response"], parts["list_treatment"]["response"]
        checks = list_checks(without, with_it, len(bank.list_items))
    for name in ("forced", "warner", "crosswise"):
        if len(parts[name]) >= LEAST:
            shares[name] = randomised_share(parts[name], name, bank)
    protected = [shares[name] for name in PROTECTED if name in shares and shares[name].se > 0]
    if not protected:
        return Frankness(shares, None, float("nan"), None, float("nan"), checks)
    pooled, p_agree = agreement(protected)
    hidden, p_hidden = None, float("nan")
    if "direct" in shares:
        direct = shares["direct"]
        hidden = Share(pooled.value - direct.value, float(np.hypot(pooled.se, direct.se)), pooled.n + direct.n)
        p_hidden = float(2 * scipy.stats.norm.sf(abs(hidden.value / hidden.se)))
    return Frankness(shares, pooled, p_agree, hidden, p_hidden, checks)


def assignment_check(answers: pd.DataFrame, bank: Sensitive) -> tuple[float, dict[str, float]]:
    """Whether the designs reached who they should: p value against the planned shares, and by trait.

    Args:
        answers: `format` and the traits `sex`, `rank_group`, `mode`; one row an answer to the protected part.

    Returns:
        p of the chi-squared test of counts against the planned shares, and of independence from each trait.
    """
    counts = answers["format"].value_counts().reindex(FORMATS).fillna(0)
    planned = np.array([bank.shares[name] for name in FORMATS])
    used = planned > 0
    p = float(scipy.stats.chisquare(counts[used], planned[used] / planned[used].sum() * counts[used].sum()).pvalue)
    by_trait = {}
    for trait in ("sex", "rank_group", "mode"):
        table = pd.crosstab(answers["format"], answers[trait])
        if min(table.shape) > 1:
            by_trait[trait] = float(scipy.stats.chi2_contingency(table).pvalue)
    return p, by_trait
