"""Randomised response: forced answers, Warner's question and its negation, and the crosswise model.

In each, the share that says "yes" is λ = a + bπ for a known chance device, so that π = (λ - a)/b and
Var(π) = Var(λ)/b²; with equal weights Var(λ) = λ(1-λ)/(n-1).
"""

from __future__ import annotations

import pandas as pd

from pipeline.methods.feedback.shares import Share, design_mean
from pipeline.study.survey import Sensitive


def device(design: str, bank: Sensitive) -> tuple[float, float]:
    """The numbers a and b of λ = a + bπ for a design.

    forced: a = P(forced yes), b = 1 - P(forced yes) - P(forced no) (Boruch 1971; Fox & Tracy 1986);
    warner: a = 1 - p, b = 2p - 1 (Warner 1965, eq. 3); crosswise, "both or none true": the same with p = the share of
    the innocuous statement, a = 1 - p, b = 2p - 1 (Yu, Tian & Tang 2008, eq. 2.2).

    Raises:
        KeyError: Another design.
    """
    return {
        "forced": (bank.forced_yes, 1 - bank.forced_yes - bank.forced_no),
        "warner": (1 - bank.warner, 2 * bank.warner - 1),
        "crosswise": (1 - bank.innocuous_share, 2 * bank.innocuous_share - 1),
    }[design]


def randomised_share(answers: pd.DataFrame, design: str, bank: Sensitive) -> Share:
    """Share that affirms the sensitive statement.

    Args:
        answers: `response` (0/1) and `weight`, one row a person asked by this design.
        design: "forced", "warner" or "crosswise".
        bank: The device's probabilities.
    """
    a, b = device(design, bank)
    yes = design_mean(answers["response"], answers["weight"])
    return Share((yes.value - a) / b, yes.se / abs(b), yes.n)


def under_random_answering(share: Share, design: str, bank: Sensitive, guessing: float) -> float:
    """The share if a part of the answers were random: λ = (1-g)(a + bπ) + g/2, solved for π (Höglinger & Diekmann 2017)."""
    a, b = device(design, bank)
    said = a + b * share.value
    return ((said - guessing / 2) / (1 - guessing) - a) / b
