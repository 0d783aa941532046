"""Weights of anonymous answers: raking on the frame's margins, and inverse chances of response by coarse traits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pipeline.methods.feedback.rates import ANSWERED
from pipeline.methods.feedback.response import response_model

TRAITS = ("sex", "rank_group", "batch_group")
"""Traits that both frame and answers hold. `batch_group` is the batch's cohort, from the roll-out plan."""
MOST = 5.0
"""Weights are trimmed at this many times their mean."""


def with_batch_group(table: pd.DataFrame, batches: pd.DataFrame) -> pd.DataFrame:
    """The table with its batch's planned year of entry as a text, "never" where none."""
    cohort = batches.drop_duplicates("batch").set_index("batch")["cohort"]
    return table.assign(batch_group=table["batch"].map(cohort).astype("string").fillna("never"))


def raked(answers: pd.DataFrame, frame: pd.DataFrame, traits: tuple[str, ...] = TRAITS) -> pd.Series:
    """Weights with mean 1 whose sums agree with the frame's margins, wave by wave (Deming & Stephan 1940).

    Answers that lack a trait keep weight 1; a value that no answer has cannot be weighted up and is left to the bounds.
    The iterative fitting is the library svy's; trimmed afterwards at `MOST` times the mean.

    Args:
        answers: `period` and the traits.
        frame: The same, one row an eligible person.
        traits: Columns.
    """
    parts = [_rake_wave(part, frame[frame["period"] == wave], traits) for wave, part in answers.groupby("period")]
    return _trimmed(pd.concat(parts).reindex(answers.index).fillna(1.0), answers["period"])


def _rake_wave(answers: pd.DataFrame, frame: pd.DataFrame, traits: tuple[str, ...]) -> pd.Series:
    import polars as pl
    import svy

    known = answers.dropna(subset=list(traits))
    shares: dict[str, Any] = {}
    for trait in traits:
        present = set(known[trait].astype(str))
        there = frame[trait].dropna().astype(str)
        counts = there[there.isin(present)].value_counts()
        if len(counts) > 1 and len(counts) == len(present):
            shares[trait] = {str(value): float(n / counts.sum()) for value, n in counts.items()}
    if not shares or len(known) < 2:
        return pd.Series(1.0, index=answers.index)
    data = pl.DataFrame({**{trait: known[trait].astype(str).to_list() for trait in shares}, "one": [1.0] * len(known)})
    sample = svy.Sample(data, svy.Design(wgt="one"))
    fitted = sample.weighting.rake(shares=shares, tol=1e-8, max_iter=1000, on_nonconvergence="ignore")
    data = fitted.data.collect() if isinstance(fitted.data, pl.LazyFrame) else fitted.data
    weight = pd.Series(data["rk_wgt"].to_numpy(), index=known.index)
    return weight / weight.mean()


def inverse_chance(answers: pd.DataFrame, frame: pd.DataFrame, traits: tuple[str, ...] = TRAITS) -> pd.Series:
    """Weights 1/ρ with ρ from a logit of answering on the coarse traits, fitted on the frame wave by wave; mean 1."""
    weight = pd.Series(1.0, index=answers.index)
    for wave, part in answers.groupby("period"):
        here = frame[frame["period"] == wave]
        model = response_model(here, traits)
        if model is None:
            continue
        keys = [here.loc[model.chance.index, trait].astype("string").fillna("unknown") for trait in traits]
        chance = model.chance.groupby(keys).mean()
        own = pd.MultiIndex.from_arrays([part[trait].astype("string").fillna("unknown") for trait in traits])
        found = chance.reindex(own).to_numpy(float)
        weight.loc[part.index] = np.where(np.isfinite(found), 1 / found, np.nanmean(1 / found))
    weight = weight / weight.groupby(answers["period"]).transform("mean")
    return _trimmed(weight, answers["period"])


def design_effect(weights: pd.Series) -> float:
    """Kish's design effect of unequal weights, n Σw² / (Σw)² (Kish 1992)."""
    w = weights.to_numpy(float)
    return float(len(w) * (w**2).sum() / w.sum() ** 2)


def eligible(frame: pd.DataFrame) -> pd.DataFrame:
    """Cases of the frame that are not known to be ineligible."""
    return frame[frame["disposition"] != "not_eligible"]


def answered(frame: pd.DataFrame) -> pd.Series:
    """Whether each case answered, wholly or in part."""
    return frame["disposition"].isin(ANSWERED)


def _trimmed(weight: pd.Series, wave: pd.Series) -> pd.Series:
    capped = weight.clip(upper=MOST * weight.groupby(wave).transform("mean"))
    return capped / capped.groupby(wave).transform("mean")
