"""The survey leaves the cleaning step as tables that cannot be joined: nobody on the frame is tied to an answer.

What needs fine traits of answers (the batch, the contact, the mode, the reward) is tabulated here, while frame and
answers are both at hand, and leaves as means and tests. The answers keep four traits, each combination of which at least
the threshold of persons who answered share; the rest of the frame's traits are not among them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.estimators.within import within_slope
from pipeline.methods.feedback import response, sensitive, weights
from pipeline.methods.feedback.rates import ANSWERED
from pipeline.methods.indicators import scales
from pipeline.study import Study
from pipeline.study.survey import Survey

SHARED = ("period", "batch_group", "sex", "rank_group")
"""Traits that both the frame and the answers hold when they leave, coarse ones first."""
FINE = ("batch", "mode", "contact", "complete")
"""Traits of answers that stay in the cleaning step."""
Tables = dict[str, pd.DataFrame]


def part_survey(study: Study, tables: Tables) -> Tables:
    """The tables with frame and answers parted; as they are where a study has no survey.

    Returns:
        `answers` with the traits `SHARED` and the items, in an order drawn by lot; `invited` with complete and partial
        answers as one; and, tabulated: `dispositions`, `answer_means` (by batch and wave, of the threshold or more),
        `effort` (by contact), `assignment` (tests of the designs), `reward` (differences within batches).
    """
    survey = study.survey
    if survey is None or not {"answers", "invited", "batches"} <= set(tables):
        return tables
    answers, invited, batches = tables["answers"], tables["invited"], tables["batches"]
    least = study.disclosure.min_persons
    counts = invited.groupby(["period", "disposition"]).size().rename("n").reset_index()
    frame = weights.with_batch_group(invited, batches)
    answers = weights.with_batch_group(answers, batches)
    coarse = coarsened(answers, frame[frame["disposition"].isin(ANSWERED)], least)
    weight = weights.raked(coarse, weights.eligible(frame))
    points = len(survey.points)
    values = {s.name: scales.score(scales.turned(answers, s, points)) for s in survey.scales}
    gone = [*FINE, *([survey.reward.name] if survey.reward is not None else [])]
    kept = coarse.drop(columns=gone)
    order = np.random.default_rng([study.seed, 0xA0]).permutation(len(kept))
    made = {
        "answers": kept.iloc[order].reset_index(drop=True),
        "invited": invited.assign(disposition=invited["disposition"].replace("partial", "complete")),
        "dispositions": counts,
        "answer_means": _means(answers, values, weight, batches, least),
        "effort": _effort(answers, values, study.inference.level),
        "assignment": _assignment(answers, survey),
    }
    if survey.reward is not None:
        made["reward"] = _reward(answers, values, survey.reward.name, study.inference.level, least)
    return {**tables, **made}


def coarsened(answers: pd.DataFrame, said: pd.DataFrame, least: int, traits: Sequence[str] = SHARED) -> pd.DataFrame:
    """The answers with traits left out where fewer than `least` persons share all of them.

    From the finest trait up: within each combination of the coarser ones, values that too few share lose the trait
    together, and where these together are still too few, the next smallest value joins them; if all are too few, the
    coarser trait is left out as well. So that who lost a trait is one of `least` or more in turn.

    Args:
        answers: One row an answer, with the traits.
        said: The frame's rows of those who answered, with the traits; too few there counts as too few here.
        least: The threshold.
        traits: Columns, coarse ones first; the first is never left out.
    """
    names = list(traits)
    mine, theirs = (table[names].astype("string").fillna("") for table in (answers, said))
    for depth in range(len(names) - 1, 0, -1):
        parents, name = names[:depth], names[depth]
        sizes = pd.concat([mine.groupby([*parents, name]).size(), theirs.groupby([*parents, name]).size()], axis=1)
        smallest = sizes.fillna(0).min(axis=1)
        lost = {
            (*np.atleast_1d(key), value)
            for key, part in smallest.groupby(level=list(range(depth)) if depth > 1 else 0)
            for value in _few(part.droplevel(list(range(depth))), least)
        }
        for table in (mine, theirs):
            hit = [key in lost for key in table[[*parents, name]].itertuples(index=False, name=None)]
            table.loc[hit, names[depth:]] = ""
    blank = (mine == "") & answers[names].notna()
    return answers.assign(**{name: answers[name].astype(object).mask(blank[name], None) for name in names[1:]})


def _few(sizes: pd.Series, least: int) -> list[str]:
    """Values that lose the trait: the small ones, and more of the smallest until all that lose it are enough."""
    ordered = sizes.sort_values(kind="stable")
    lost, total = [], 0
    for value, size in ordered.items():
        if size >= least and (total == 0 or total >= least):
            break
        lost.append(str(value))
        total += int(size)
    return lost


def _means(
    answers: pd.DataFrame, values: dict[str, pd.Series], weight: pd.Series, batches: pd.DataFrame, least: int
) -> pd.DataFrame:
    parts = [scales.batch_panel(answers, value, weight, batches).assign(scale=name) for name, value in values.items()]
    table = pd.concat(parts, ignore_index=True)
    group = [table["scale"], table["period"], table["cohort"].astype("string").fillna("never")]
    # small batches go, and with them enough others that the total of their year of entry does not bring them back
    kept = [part[~part["unit"].isin(_few(part.set_index("unit")["n"], least))] for _, part in table.groupby(group)]
    return pd.concat(kept).sort_index().reset_index(drop=True)


def _effort(answers: pd.DataFrame, values: dict[str, pd.Series], level: float) -> pd.DataFrame:
    parts = []
    for name, value in values.items():
        table, p = response.level_of_effort(answers, value, level)
        parts.append(table.assign(scale=name, p=p))
    return pd.concat(parts, ignore_index=True)


def _assignment(answers: pd.DataFrame, survey: Survey) -> pd.DataFrame:
    asked = answers[answers["format"].notna()]
    if survey.sensitive is None or asked.empty:
        return pd.DataFrame({"check": pd.Series(dtype=object), "p": pd.Series(dtype=float)})
    planned, by_trait = sensitive.assignment_check(asked, survey.sensitive)
    return pd.DataFrame([("planned", planned), *by_trait.items()], columns=["check", "p"])


def _reward(answers: pd.DataFrame, values: dict[str, pd.Series], name: str, level: float, least: int) -> pd.DataFrame:
    """Difference between those who had the named reward and those who had not, within batch and wave, by scale."""
    rows = []
    for scale, value in values.items():
        unit = answers["batch"].astype(str) + ":" + answers["period"].astype(str)
        frame = pd.DataFrame({"unit": unit, "period": 0, "batch": answers["batch"], "value": value / value.std(),
                              "reward": answers[name]}).dropna()  # fmt: skip
        with_it = int((frame["reward"] > 0).sum())
        if with_it < 5 * least:
            continue
        try:
            slope = within_slope(frame, "value", "reward", cluster="batch", level=level)
        except DesignError:
            continue
        rows.append((scale, slope.value, slope.se, slope.low, slope.high, slope.p, with_it, len(frame)))
    return pd.DataFrame(rows, columns=["scale", "value", "se", "low", "high", "p", "with_it", "n"])
