"""Exhibits of motivation and commitment: reliability, invariance, change, and effects on the survey's scales."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from pipeline.chapters.aim_effects import AimEffect, estimate_aim, record_effect, record_effects_table
from pipeline.chapters.analysis import finite
from pipeline.chapters.words import HIGH, LOW, PERIOD, SE, P, Words, words
from pipeline.errors import DesignError
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects.within import within_slope
from pipeline.methods.feedback.shares import design_mean
from pipeline.methods.indicators import scales
from pipeline.study import Study
from pipeline.study.survey import Scale, Survey

Tables = Callable[[str], "pd.DataFrame | None"]
SCALE = words("Skala", "Scale")
LEVELS: dict[str, Words] = {
    "configural": words("Bentuk sama", "Same form (configural)"),
    "metric": words("Muatan sama", "Same loadings (metric)"),
    "scalar": words("Titik potong sama", "Same intercepts (scalar)"),
}
HOLDS: dict[str, Words] = {"True": words("ya", "yes"), "False": words("tidak", "no")}


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


def _reliability(
    results: Ledger, study: Study, survey: Survey, answers: pd.DataFrame, labels: dict[str, Words]
) -> None:
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
            Column("items", words("Butir", "Items"), "int"),
            Column("alpha", words("Alfa", "Alpha"), "number", 2),
            Column("low", LOW, "number", 2),
            Column("high", HIGH, "number", 2),
            Column("omega", words("Omega", "Omega"), "number", 2),
            Column("floor", words("Terendah (%)", "Floor (%)"), "number", 1),
            Column("ceiling", words("Tertinggi (%)", "Ceiling (%)"), "number", 1),
            Column("straight", words("Jawaban seragam (%)", "Straight-lining (%)"), "number", 1),
            Column("n", words("Jawaban lengkap", "Complete answers"), "int"),
        ],
        caption=words("Keandalan skala survei", "Reliability of the survey's scales"),
        notes=words(
            "Batas: selang alfa menurut Feldt. Jawaban seragam: titik yang sama pada semua butir, butir terbalik termasuk.",
            "Bounds: Feldt's interval of alpha. Straight-lining: the same point on all items, reversed ones included.",
        ),
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
                Column("level", words("Tingkat", "Level"), "code", codes=LEVELS),
                Column("chi2", words("Khi-kuadrat", "Chi-squared"), "number", 1),
                Column("df", words("Derajat bebas", "df"), "int"),
                Column("cfi", words("CFI", "CFI"), "number", 3),
                Column("p_step", words("p langkah", "p of the step"), "p"),
                Column("holds", words("Berlaku", "Holds"), "code", codes=HOLDS),
            ],
            caption=words("Kesamaan pengukuran antargelombang", "Invariance of measurement over waves"),
            notes=words(
                "Suatu langkah berlaku bila CFI turun paling banyak 0,01.", "A step holds where CFI falls by 0.01 at most."
            ),
        )  # fmt: skip


def _waves(
    results: Ledger,
    study: Study,
    answers: pd.DataFrame,
    values: dict[str, pd.Series],
    weight: pd.Series,
    labels: dict[str, Words],
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
            Column("value", words("Rata-rata", "Mean"), "number", 2),
            Column("low", LOW, "number", 2),
            Column("high", HIGH, "number", 2),
            Column("n", words("Jawaban", "Answers"), "int"),
        ],
        caption=words("Skor skala menurut gelombang survei", "Scale scores by wave of the survey"),
        notes=words(
            "Di antara yang menjawab; butir terbalik telah dibalik.", "Among those who answered; reversed items turned."
        ),
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
    labels: dict[str, Words],
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
        caption=words("Efek program pada skala survei", "Effects of the programme on the survey's scales"),
        notes=words(
            "Dalam simpangan baku jawaban kelompok yang tidak pernah ikut. Unit: kelompok undangan (unit kerja sekecamatan "
            "dengan rencana tahun mulai yang sama), sebab jawaban tanpa nama.",
            "In standard deviations of answers of groups never treated. Unit: the batch of invitations (workplaces of one "
            "kecamatan with one planned year of entry), since answers are anonymous.",
        ),
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
    labels: dict[str, Words],
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
            Column("value", words("Beda (simpangan baku)", "Difference (standard deviations)"), "number", 2),
            Column("se", SE, "number", 2),
            Column("low", LOW, "number", 2),
            Column("high", HIGH, "number", 2),
            Column("p", P, "p"),
            Column("with_it", words("Pernah menerima", "Had the reward"), "int"),
            Column("n", words("Jawaban", "Answers"), "int"),
        ],
        caption=words(
            "Kaitan penghargaan (kursus luar daerah) dengan skala", "The reward (a course outside the region) and the scales"
        ),
        notes=words(
            "Perbandingan di dalam kelompok dan gelombang yang sama: suatu kaitan, bukan efek.",
            "Compared within the same batch and wave: an association, not an effect.",
        ),
    )  # fmt: skip
