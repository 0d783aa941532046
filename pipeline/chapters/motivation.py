"""Exhibits of motivation and commitment: reliability, invariance, change, and effects on the survey's scales."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from pipeline.chapters.aim_effects import AimEffect, estimate_aim, record_effect, record_effects_table
from pipeline.chapters.analysis import finite
from pipeline.chapters.words import HIGH, LOW, PERIOD, SE, P
from pipeline.errors import DesignError
from pipeline.languages.message import Text, msg
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects.within import within_slope
from pipeline.methods.feedback.shares import design_mean
from pipeline.methods.indicators import scales
from pipeline.study import Study
from pipeline.study.survey import Scale, Survey

Tables = Callable[[str], "pd.DataFrame | None"]
SCALE = msg("common-scale")
LEVELS: dict[str, Text] = {
    "configural": msg("motivation-level-configural"),
    "metric": msg("motivation-level-metric"),
    "scalar": msg("motivation-level-scalar"),
}
HOLDS: dict[str, Text] = {"True": msg("common-yes"), "False": msg("motivation-holds-false")}


def record_motivation(
    results: Ledger, study: Study, survey: Survey | None, tables: Tables, weights: pd.Series | None = None
) -> None:
    """Scales of the survey: how well they measure, how they changed, and what participation does to them.

    Args:
        results: The ledger.
        study: The study.
        survey: Its item bank; without one nothing is recorded.
        tables: Gives a tidy table by name, or None.
        weights: Weights of the answers, aligned with the table `answers`; equal ones where not given.
    """
    answers, batches = tables("answers"), tables("batches")
    if survey is None or answers is None or batches is None or len(answers) < 50:
        return
    weight = pd.Series(1.0, index=answers.index) if weights is None else weights
    points = len(survey.points)
    values = {s.name: scales.score(scales.turned(answers, s, points)) for s in survey.scales}
    labels = {s.name: s.label.model_dump() for s in survey.scales}
    _reliability(results, study, survey, answers, labels)
    _waves(results, study, answers, values, weight, labels)
    _effects(results, study, survey, answers, values, weight, batches, labels)
    _response_check(results, study, tables, batches)
    if survey.reward is not None:
        _reward(results, study, survey, answers, values, labels)


def _reliability(results: Ledger, study: Study, survey: Survey, answers: pd.DataFrame, labels: dict[str, Text]) -> None:
    points, rows, steps = len(survey.points), [], []
    for scale in survey.scales:
        items = scales.turned(answers, scale, points)
        found = scales.reliability(items, study.inference.level)
        mean = scales.score(items)
        straight = items.notna().all(axis=1) & (answers[[i.name for i in scale.items]].nunique(axis=1) == 1)
        rows.append(
            {
                "scale": scale.name,
                "items": len(scale.items),
                "alpha": found.alpha,
                "low": found.low,
                "high": found.high,
                "omega": found.omega,
                "floor": 100 * float((mean == 1).mean()),
                "ceiling": 100 * float((mean == points).mean()),
                "straight": 100 * float(straight.mean()),
                "n": found.n,
            }
        )
        steps.append(scales.invariance(items, answers["period"]).assign(scale=scale.name))
        results.number(f"alpha_{scale.name}", found.alpha, low=found.low, high=found.high, n=found.n, decimals=2)
    table = pd.DataFrame(rows)
    for share in ("floor", "ceiling", "straight"):  # no share rests on fewer persons than may be shown
        few = (table[share] / 100 * len(answers)).between(0.5, study.disclosure.min_persons - 0.5)
        table[share] = table[share].astype(object).mask(few, None)
    results.table(
        "tbl_reliability",
        table,
        [
            Column("scale", SCALE, "code", codes=labels),
            Column("items", msg("motivation-items"), "int"),
            Column("alpha", msg("motivation-alpha"), "number", 2),
            Column("low", LOW, "number", 2),
            Column("high", HIGH, "number", 2),
            Column("omega", msg("motivation-omega"), "number", 2),
            Column("floor", msg("motivation-floor"), "number", 1),
            Column("ceiling", msg("motivation-ceiling"), "number", 1),
            Column("straight", msg("motivation-straight-lining"), "number", 1),
            Column("n", msg("motivation-complete-answers"), "int"),
        ],
        caption=msg("tbl-reliability"),
        notes=msg("tbl-reliability.notes"),
    )
    steps_table = pd.concat(steps, ignore_index=True)
    if len(steps_table):
        broken = steps_table[~steps_table["holds"].astype(bool)]["scale"].nunique()
        results.number("invariance_broken", broken, decimals=0)
        results.table(
            "tbl_invariance",
            steps_table.assign(holds=steps_table["holds"].astype(bool).astype(str)),
            [
                Column("scale", SCALE, "code", codes=labels),
                Column("level", msg("motivation-level"), "code", codes=LEVELS),
                Column("chi2", msg("motivation-chi-squared"), "number", 1),
                Column("df", msg("motivation-df"), "int"),
                Column("cfi", msg("motivation-cfi"), "number", 3),
                Column("p_step", msg("motivation-p-step"), "p"),
                Column("holds", msg("motivation-holds"), "code", codes=HOLDS),
            ],
            caption=msg("tbl-invariance"),
            notes=msg("tbl-invariance.notes"),
        )  # fmt: skip


def _waves(
    results: Ledger,
    study: Study,
    answers: pd.DataFrame,
    values: dict[str, pd.Series],
    weight: pd.Series,
    labels: dict[str, Text],
) -> None:
    rows = []
    for name, value in values.items():
        for wave, index in answers.groupby("period").groups.items():
            known = value.loc[index].dropna()
            if len(known) < study.disclosure.min_persons:
                continue
            share = design_mean(known, weight.loc[known.index])
            low, high = share.interval(study.inference.level)
            rows.append((name, wave, share.value, low, high, share.n))
    results.table(
        "tbl_scales",
        pd.DataFrame(rows, columns=["scale", "period", "value", "low", "high", "n"]),
        [
            Column("scale", SCALE, "code", codes=labels),
            Column("period", PERIOD, "period"),
            Column("value", msg("common-mean"), "number", 2),
            Column("low", LOW, "number", 2),
            Column("high", HIGH, "number", 2),
            Column("n", msg("common-answers"), "int"),
        ],
        caption=msg("tbl-scales"),
        notes=msg("tbl-scales.notes"),
    )


def _spread(answers: pd.DataFrame, value: pd.Series, batches: pd.DataFrame) -> float:
    """Standard deviation of answers in batches never treated: one for all waves, since the instrument is the same."""
    cohort = answers["batch"].map(batches.drop_duplicates("batch").set_index("batch")["cohort"])
    never = value[cohort.isna()].dropna()
    return float(never.std()) if len(never) > 2 else float(value.std())


def _effects(
    results: Ledger,
    study: Study,
    survey: Survey,
    answers: pd.DataFrame,
    values: dict[str, pd.Series],
    weight: pd.Series,
    batches: pd.DataFrame,
    labels: dict[str, Text],
) -> None:
    found: list[tuple[Scale, AimEffect]] = []
    for scale in survey.scales:
        value = values[scale.name]
        panel = scales.batch_panel(answers, value / _spread(answers, value, batches), weight, batches)
        effect = estimate_aim(study, panel, "value", scale.smallest_effect, "unit")
        if effect is not None:
            found.append((scale, effect))
            record_effect(results, f"effect_{scale.name}", effect, unit="sd", decimals=2)
    if not found:
        return
    from statsmodels.stats.multitest import multipletests

    known = [(scale.name, effect.overall.p) for scale, effect in found if finite(effect.overall.p) is not None]
    if known:
        for (name, _), p in zip(known, multipletests([p for _, p in known], method="holm")[1], strict=True):
            results.number(f"holm_{name}", float(p), p=float(p), decimals=3)
    record_effects_table(
        results,
        "tbl_scale_effects",
        [({"scale": scale.name}, effect) for scale, effect in found],
        [Column("scale", SCALE, "code", codes=labels)],
        caption=msg("tbl-scale-effects"),
        notes=msg("tbl-scale-effects.notes"),
    )


def _response_check(results: Ledger, study: Study, tables: Tables, batches: pd.DataFrame) -> None:
    """The same design on the response rate: whether participation moved who answers."""
    invited = tables("invited")
    if invited is None:
        return
    eligible = invited[invited["disposition"] != "not_eligible"]
    said = eligible["disposition"].isin(["complete", "partial"]).astype(float) * 100
    panel = scales.batch_panel(eligible, said, pd.Series(1.0, index=eligible.index), batches)
    effect = estimate_aim(study, panel, "value", 5.0, "unit")
    if effect is not None:
        record_effect(results, "effect_response", effect, unit="", decimals=1)


def _reward(
    results: Ledger,
    study: Study,
    survey: Survey,
    answers: pd.DataFrame,
    values: dict[str, pd.Series],
    labels: dict[str, Text],
) -> None:
    """Difference between those who had the named reward and those who had not, within batch and wave."""
    reward = survey.reward
    assert reward is not None
    rows = []
    for name, value in values.items():
        frame = pd.DataFrame(
            {
                "unit": answers["batch"].astype(str) + ":" + answers["period"].astype(str),
                "period": 0,
                "batch": answers["batch"],
                "value": value / value.std(),
                "reward": answers[reward.name],
            }
        ).dropna()
        if (frame["reward"] > 0).sum() < 5 * study.disclosure.min_persons:
            continue
        try:
            slope = within_slope(frame, "value", "reward", cluster="batch", level=study.inference.level)
        except DesignError:
            continue
        with_it = int((frame["reward"] > 0).sum())
        rows.append((name, slope.value, slope.se, slope.low, slope.high, slope.p, with_it, len(frame)))
        results.number(f"reward_{name}", slope.value, unit="sd", low=slope.low, high=slope.high, p=slope.p, decimals=2)
    if not rows:
        return
    results.text("reward_found", "yes" if any(np.isfinite(r[5]) and r[5] < 0.05 for r in rows) else "no")
    results.table(
        "tbl_reward",
        pd.DataFrame(rows, columns=["scale", "value", "se", "low", "high", "p", "with_it", "n"]),
        [
            Column("scale", SCALE, "code", codes=labels),
            Column("value", msg("motivation-difference-standard-deviations"), "number", 2),
            Column("se", SE, "number", 2),
            Column("low", LOW, "number", 2),
            Column("high", HIGH, "number", 2),
            Column("p", P, "p"),
            Column("with_it", msg("motivation-had-reward"), "int"),
            Column("n", msg("common-answers"), "int"),
        ],
        caption=msg("tbl-reward"),
        notes=msg("tbl-reward.notes"),
    )  # fmt: skip
