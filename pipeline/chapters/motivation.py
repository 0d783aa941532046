"""Exhibits of motivation and commitment: reliability, invariance, change, and effects on the survey's scales."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from pipeline.chapters.aim_effects import AimEffect, estimate_aim, record_effect, record_effects_table
from pipeline.chapters.analysis import finite
from pipeline.chapters.words import HIGH, LOW, PERIOD, SE, P
from pipeline.languages import locale
from pipeline.languages.message import Text, msg
from pipeline.ledger.counts import NOTHING, PERSONS
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.feedback.shares import design_mean
from pipeline.methods.indicators import scales
from pipeline.notebook import Edition
from pipeline.report.doc import Doc, Part
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


def record(ledger: Ledger, context: Edition) -> None:
    """Scales of the survey: how well they measure, how they changed, and what participation does to them."""
    study, survey, tables = context.study, context.study.survey, context.find
    answers, batches = tables("answers"), tables("batches")
    if survey is None or answers is None or batches is None or len(answers) < 50:
        return
    weight = pd.Series(1.0, index=answers.index)
    points = len(survey.points)
    values = {s.name: scales.score(scales.turned(answers, s, points)) for s in survey.scales}
    labels = {s.name: s.label.model_dump() for s in survey.scales}
    _reliability(ledger, study, survey, answers, labels)
    _waves(ledger, study, answers, values, weight, labels)
    means = tables("answer_means")
    assert means is not None, "the cleaning step writes it beside the answers"
    _effects(ledger, study, survey, answers, values, means, labels)
    _response_check(ledger, study, tables, batches)
    if survey.reward is not None:
        _reward(ledger, tables("reward"), labels)


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
    shares = ("floor", "ceiling", "straight")
    table = table.assign(**{f"n_{share}": (table[share] / 100 * len(answers)).round() for share in shares})
    results.table(
        "tbl_reliability",
        table,
        [
            Column("scale", SCALE, "code", codes=labels),
            Column("items", msg("motivation-items"), "int", counts=NOTHING),
            Column("alpha", msg("motivation-alpha"), "number", 2),
            Column("low", LOW, "number", 2),
            Column("high", HIGH, "number", 2),
            Column("omega", msg("motivation-omega"), "number", 2),
            Column("floor", msg("motivation-floor"), "number", 1, behind=("n_floor",)),
            Column("ceiling", msg("motivation-ceiling"), "number", 1, behind=("n_ceiling",)),
            Column("straight", msg("motivation-straight-lining"), "number", 1, behind=("n_straight",)),
            Column("n", msg("motivation-complete-answers"), "int", counts=PERSONS),
            *(Column(f"n_{share}", SCALE, "int", counts=PERSONS, shown=False) for share in shares),
        ],
        behind="n",
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
                Column("df", msg("motivation-df"), "int", counts=NOTHING),
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
            if len(known) < 2:
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
            Column("n", msg("common-answers"), "int", counts=PERSONS),
        ],
        behind="n",
        caption=msg("tbl-scales"),
        notes=msg("tbl-scales.notes"),
    )


def _spread(answers: pd.DataFrame, value: pd.Series) -> float:
    """Standard deviation of answers in batches never treated: one for all waves, since the instrument is the same."""
    never = value[answers["batch_group"] == "never"].dropna()
    return float(never.std()) if len(never) > 2 else float(value.std())


def _effects(
    results: Ledger,
    study: Study,
    survey: Survey,
    answers: pd.DataFrame,
    values: dict[str, pd.Series],
    means: pd.DataFrame,
    labels: dict[str, Text],
) -> None:
    found: list[tuple[Scale, AimEffect]] = []
    for scale in survey.scales:
        panel = means[means["scale"] == scale.name].drop(columns="scale").reset_index(drop=True)
        panel["value"] /= _spread(answers, values[scale.name])
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


def _reward(results: Ledger, found: pd.DataFrame | None, labels: dict[str, Text]) -> None:
    """Difference between those who had the named reward and those who had not, within batch and wave."""
    if found is None or found.empty:
        return
    for row in found.itertuples():
        bounds = {"low": float(row.low), "high": float(row.high), "p": float(row.p)}
        results.number(f"reward_{row.scale}", float(row.value), unit="sd", **bounds, decimals=2)
    results.table(
        "tbl_reward",
        found,
        [
            Column("scale", SCALE, "code", codes=labels),
            Column("value", msg("motivation-difference-standard-deviations"), "number", 2),
            Column("se", SE, "number", 2),
            Column("low", LOW, "number", 2),
            Column("high", HIGH, "number", 2),
            Column("p", P, "p"),
            Column("with_it", msg("motivation-had-reward"), "int", counts=PERSONS),
            Column("n", msg("common-answers"), "int", counts=PERSONS),
        ],
        behind=("with_it", "n"),
        caption=msg("tbl-reward"),
        notes=msg("tbl-reward.notes"),
    )  # fmt: skip


# --- what the report says ---------------------------------------------------------------------------------------------


_EFFECT = {
    "strong": "rise",
    "moderate": "rise",
    "weak": "rise",
    "weak_decline": "unwanted",
    "decline": "unwanted",
    "not_credible": "not-credible",
    "not_assessable": "not-assessable",
}


def effect_phrase(doc: Doc, scale: str) -> str:
    """Which sentence states the effect on a scale: by its verdict, and by what else is known of it."""
    said = _EFFECT.get(doc.code(f"effect_{scale}_verdict"), "none")
    more = {"rise": ("-holm", f"holm_{scale}"), "none": ("-mde", f"effect_{scale}_mde")}.get(said, ("", ""))
    return f"motivation-{said}{more[0] if more[1] and doc.has(more[1]) else ''}"


def results(doc: Doc) -> None:
    """The section on motivation and commitment."""
    survey = doc.study.survey
    if survey is None or not doc.has("tbl_scales"):
        return
    doc.heading("motivation-title", id="sec-motivation")
    alphas = [
        msg("motivation-alpha-of", scale=locale.inside(doc.say(s.label)), code=s.name)
        for s in survey.scales
        if doc.has(f"alpha_{s.name}")
    ]
    waves: Part = None
    if doc.has("invariance_broken"):
        waves = "motivation-broken" if doc.value("invariance_broken") > 0 else "motivation-comparable"
    doc.paragraph("motivation-opening", alphas, waves)
    for table in ("tbl_reliability", "tbl_invariance", "tbl_scales"):
        doc.table(table)
    if doc.has("tbl_scale_effects"):
        _effects_said(doc, survey)
    if doc.has("tbl_reward"):
        doc.paragraph(reward_part(doc))
        doc.table("tbl_reward")


def reward_part(doc: Doc) -> Part:
    """On which scales those who had the reward differ from the others; that none is shown to."""
    assert doc.study.survey is not None
    alpha = 1 - doc.study.inference.level
    known = [scale for scale in doc.study.survey.scales if doc.has(f"reward_{scale.name}")]
    found = [scale.phrase.model_dump() for scale in known if doc.p_value(f"reward_{scale.name}") < alpha]
    if not found:
        return "motivation-reward-alike"
    return msg("motivation-reward-differs", scales=found, others=len(known) - len(found))


def _effects_said(doc: Doc, survey: Survey) -> None:
    items: list[Part] = []
    for scale in survey.scales:
        if doc.has(f"effect_{scale.name}"):
            words = doc.say(scale.phrase)
            effect = msg(effect_phrase(doc, scale.name), effect=f"effect_{scale.name}", code=scale.name)
            items.append([msg("motivation-scale", scale=words[0].upper() + words[1:]), effect])
    doc.bullets(*items)
    response: Part = None
    if doc.has("effect_response"):
        moved = doc.p_value("effect_response") < 1 - doc.study.inference.level
        response = "motivation-response-moved" if moved else "motivation-response-not-moved"
    doc.paragraph("motivation-who-answers", response)
    doc.table("tbl_scale_effects")


def technical(doc: Doc) -> None:
    """The technical note on scales."""
    if doc.has("tbl_scales"):
        doc.paragraph("motivation-technical")
