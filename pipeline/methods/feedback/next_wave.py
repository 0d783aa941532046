"""Advice for the next wave, as rules on what this one showed: how many to invite, whom to remind, by which mode."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

HALF_WIDTH = 0.05
"""Half width of the interval of a share that the next wave should reach."""


@dataclass(frozen=True)
class NextWave:
    """Numbers behind the advice.

    `answers` needed and `invitations` for them (None where more than are on the frame); `remind`: (trait, value) with the
    largest negative partial indicator; `mode` with the highest response rate, and whether its interval lies above that of
    the next; `last_contact` percentage points of response that the last round of contacts brought.
    """

    answers: int
    invitations: int | None
    remind: tuple[str, str] | None
    mode: str | None
    mode_clear: bool
    last_contact: float


def advise(
    rate: float, effect: float, frame_size: int, partial: pd.DataFrame, modes: pd.DataFrame, contacts: pd.DataFrame
) -> NextWave:
    """Rules: enough answers for `HALF_WIDTH` at the widest share (0.5), times the design effect, over the response rate.

    Args:
        rate: Response rate of the last wave (RR2).
        effect: Kish's design effect of the weights.
        frame_size: Eligible persons.
        partial: `trait`, `value`, `partial` from `representativeness`.
        modes: `mode`, `rate`, `low`, `high`.
        contacts: `contact`, `rate`: percentage points of response that each contact brought.
    """
    from statsmodels.stats.proportion import samplesize_confint_proportion  # what only looks at results does without it

    simple = float(samplesize_confint_proportion(0.5, HALF_WIDTH))
    finite = simple * effect / (1 + (simple * effect - 1) / frame_size)  # a small frame needs fewer
    answers = math.ceil(finite)
    invitations = math.ceil(answers / rate) if rate > 0 else frame_size + 1
    remind = partial[partial["trait"] != "mode"].sort_values("partial") if len(partial) else partial
    below = len(remind) > 0 and remind["partial"].iloc[0] < 0
    ranked = modes.dropna(subset=["rate"]).sort_values("rate", ascending=False)
    clear = len(ranked) > 1 and bool(ranked["low"].iloc[0] > ranked["high"].iloc[1])
    return NextWave(
        answers=answers,
        invitations=invitations if invitations <= frame_size else None,
        remind=(str(remind["trait"].iloc[0]), str(remind["value"].iloc[0])) if below else None,
        mode=str(ranked["mode"].iloc[0]) if len(ranked) else None,
        mode_clear=clear,
        last_contact=float(contacts["rate"].iloc[-1]) if len(contacts) else 0.0,
    )
