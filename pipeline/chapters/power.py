"""Exhibits of power: what this design could find, what the next could, and what the smallest effect needs."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.chapters.analysis import OutcomeEffects
from pipeline.chapters.figures.power import detectable_effects
from pipeline.chapters.words import SE, words
from pipeline.errors import DesignError
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects import thresholds_from
from pipeline.methods.effects.design import WeightsError
from pipeline.methods.effects.power import ErrorProcess, Plan, detectable, error_process, plan_of, power_of, variance
from pipeline.methods.effects.power_plans import (
    COLUMNS,
    Needed,
    Test,
    candidates,
    entering_needed,
    fresh_needed,
    years_needed,
)
from pipeline.study import Outcome, Study

ENTERING = (20, 40, 80)
YEARS = (1, 2)


@dataclass(frozen=True)
class Planned:
    """One outcome's error process, plan, test and candidate designs."""

    outcome: Outcome
    process: ErrorProcess
    plan: Plan
    test: Test
    designs: pd.DataFrame


def record_power(
    results: Ledger,
    study: Study,
    panel: pd.DataFrame,
    effects: dict[str, OutcomeEffects],
    tables: Callable[[str], pd.DataFrame],
) -> None:
    """Record the variance of every outcome and the designs of the primary ones.

    Args:
        results: The ledger.
        study: The study.
        panel: Panel of tidy columns.
        effects: By outcome.
        tables: Gives a tidy table by its name (pupils' scores, where there are any).
    """
    planned = {}
    for outcome in study.outcomes:
        if outcome.name in effects:
            found = _plan(study, outcome, panel, effects[outcome.name], tables)
            if found is not None:
                planned[outcome.name] = found
    primary = {name: one for name, one in planned.items() if one.outcome.role == "primary"}
    if not primary:
        return
    _record_variance(results, study, planned, effects)
    for one in primary.values():
        _record_designs(results, one)
        _record_needed(results, one)
    _record_figure(results, primary)


def sampling_variance(scores: pd.DataFrame, panel: pd.DataFrame, subject: str) -> float:
    """Variance of a unit's yearly mean that comes from its few pupils, in squared units of the standardised outcome.

    Args:
        scores: `unit`, `period`, `grade`, `subject`, `score`, one row a pupil.
        panel: `unit`, `cohort`.
        subject: The outcome.
    """
    cohort = panel.drop_duplicates("unit").set_index("unit")["cohort"]
    own = scores[(scores["subject"] == subject) & scores["unit"].isin(cohort.index)]
    if own.empty:
        return math.nan
    never = own[own["unit"].map(cohort).isna()]
    scale = never.groupby(["period", "grade"])["score"].std().rename("scale").reset_index()
    own = own.merge(scale, on=["period", "grade"])
    cells = own.assign(z=own["score"] / own["scale"]).groupby(["unit", "period"])["z"].agg(["var", "size"])
    cells = cells[cells["size"] > 1]
    return float((cells["var"] / cells["size"]).mean()) if len(cells) else math.nan


def _plan(
    study: Study,
    outcome: Outcome,
    panel: pd.DataFrame,
    effects: OutcomeEffects,
    tables: Callable[[str], pd.DataFrame],
) -> Planned | None:
    main, design = effects.main, effects.design
    sampling = math.nan
    if study.panel is None and outcome.source == "scores" and outcome.transform == "standardise":
        try:
            sampling = sampling_variance(tables("scores"), panel, outcome.name)
        except (FileNotFoundError, KeyError):
            sampling = math.nan
    limits = thresholds_from(study.verdict, outcome.smallest_effect)
    clusters = design.n_clusters if main.cluster == "cluster" else None
    test = Test(limits.smallest_effect, main.level, limits.power, clusters)
    try:
        process, plan = error_process(design, sampling), plan_of(design)
        designs = candidates(plan, process, test, entering=ENTERING, years=YEARS)
    except WeightsError:
        raise
    except DesignError:
        return None
    df = test.df(design.n_units)
    se = main.overall.se
    mde, power = detectable(se, df, test.level, test.power), power_of(test.effect, se, df, test.level)
    seen = ("estimated", 0, 0, plan.treated, plan.never, se, mde, power)
    designs = pd.concat([pd.DataFrame([seen], columns=list(COLUMNS)), designs], ignore_index=True)
    return Planned(outcome, process, plan, test, designs)


def _record_variance(
    results: Ledger, study: Study, planned: dict[str, Planned], effects: dict[str, OutcomeEffects]
) -> None:
    rows = []
    for name, one in planned.items():
        p, realised = one.process, effects[name].main.overall.se
        known = math.isfinite(p.sampling)
        rows.append(
            {
                "outcome": name,
                "sd": math.sqrt(p.variance),
                "permanent": 100 * p.permanent / p.variance,
                "fading": 100 * p.fading / p.variance,
                "one_year": 100 * p.one_year / p.variance,
                "sampling": 100 * p.sampling / p.variance if known else None,
                "correlation": p.correlation,
                "cluster_share": p.cluster_share,
                "se_model": math.sqrt(variance(one.plan, p.cov(one.plan.periods))),
                "se": realised,
            }
        )
    labels = {o.name: o.label.model_dump() for o in study.outcomes}
    results.table(
        "tbl_power_variance",
        pd.DataFrame(rows),
        [
            Column("outcome", words("Luaran", "Outcome"), "code", codes=labels),
            Column("sd", words("Simpangan baku antarunit", "Standard deviation between units"), "number", 2),
            Column("permanent", words("Tetap", "Permanent"), "percent", 0),
            Column("fading", words("Memudar", "Fading"), "percent", 0),
            Column("one_year", words("Satu periode", "One period"), "percent", 0),
            Column("sampling", words("Karena sedikit murid", "From few pupils"), "percent", 0),
            Column("correlation", words("Korelasi antarperiode", "Correlation between periods"), "number", 2),
            Column("cluster_share", words("Korelasi dalam klaster", "Correlation in clusters"), "number", 3),
            Column("se_model", words("Galat baku menurut ragam", "Standard error from variance"), "number", 3),
            Column("se", words("Galat baku estimasi", "Standard error estimated"), "number", 3),
        ],
        caption=words("Ragam luaran dan susunannya", "The outcomes' variance and what it is made of"),
        notes=words(
            "Bagian ragam antarunit pada satu periode: yang tetap, yang memudar dari periode ke periode, dan yang hanya "
            "satu periode (termasuk yang timbul karena sedikit murid diukur). Korelasi dalam klaster: korelasi perubahan "
            "antarunit dalam satu klaster. Galat baku menurut ragam seharusnya dekat dengan yang diestimasi.",
            "Shares of the variance between units in one period: what is permanent, what fades from period to period, and "
            "what lasts one period (that from measuring few pupils included). Correlation in clusters: of the changes of "
            "units in one cluster. The standard error from the variance should be close to the one estimated.",
        ),
    )


def design_words(row: Any) -> dict[str, str]:
    """A candidate design in words."""
    n, k = int(row.years), int(row.entering)
    plural = "s" if n > 1 else ""
    known = {
        "estimated": words("Sekarang, menurut estimasi", "Now, as estimated"),
        "now": words("Sekarang, menurut ragam", "Now, from the variance"),
        "all_before": words("Sekarang, dari semua periode sebelum mulai", "Now, from all periods before the start"),
        "years": words(f"Ditambah {n} periode", f"{n} more period{plural}"),
        "pupils": words(
            f"Ditambah {n} periode, murid diukur dua kali lipat", f"{n} more period{plural}, twice the pupils"
        ),
        "enter": words(f"{k} unit masuk, {n} periode", f"{k} units enter, {n} period{plural}"),
        "lottery": words(
            f"{k} unit masuk dengan undian, {n} periode", f"{k} units enter by lottery, {n} period{plural}"
        ),
    }
    return known[str(row.design)]


def _record_designs(results: Ledger, one: Planned) -> None:
    frame = one.designs.copy()
    frame["code"] = [f"{r.design}_{r.entering}_{r.years}" for r in frame.itertuples()]
    codes = {r.code: design_words(r) for r in frame.itertuples()}
    frame["power"] = 100 * frame["power"]
    outcome, label = one.outcome, one.outcome.label.model_dump()
    results.number(f"power_mde_{outcome.name}", frame["mde"].iloc[0], unit=outcome.unit, decimals=outcome.decimals)
    whole = frame.loc[frame["design"] == "all_before", "mde"].iloc[0]
    results.number(f"power_all_before_{outcome.name}", whole, unit=outcome.unit, decimals=outcome.decimals)
    results.number(f"power_now_{outcome.name}", frame["power"].iloc[0] / 100, unit="share", decimals=0)
    results.number(f"power_effect_{outcome.name}", one.test.effect, unit=outcome.unit, decimals=2)
    results.number(f"power_target_{outcome.name}", one.test.power, unit="share", decimals=0)
    results.number(f"power_never_{outcome.name}", one.plan.never, decimals=0)
    target, comma = round(100 * one.test.power), f"{one.test.effect:g}".replace(".", ",")
    results.table(
        f"tbl_power_{outcome.name}",
        frame,
        [
            Column("code", words("Rancangan", "Design"), "code", codes=codes),
            Column("treated", words("Unit ikut", "Treated units"), "int"),
            Column("never", words("Unit pembanding", "Comparison units"), "int"),
            Column("se", SE, "number", outcome.decimals),
            Column("mde", words("Efek terkecil terdeteksi", "Minimum detectable effect"), "number", outcome.decimals),
            Column("power", words("Daya", "Power"), "percent", 0),
        ],
        caption={
            k: words("Apa yang dapat ditemukan rancangan berikut: ", "What the next design could find: ")[k] + label[k]
            for k in label
        },
        notes=words(
            f"Efek terkecil terdeteksi: dengan daya {target} persen. Daya: peluang menemukan efek {comma}. Unit masuk "
            "berasal dari pembanding. Undian: efek pada yang terundi saja terhadap yang menunggu. Tanda pisah: pembanding "
            "yang tersisa terlalu sedikit.",
            f"Minimum detectable effect: with {target} per cent power. Power: probability of finding an effect of "
            f"{one.test.effect:g}. Units that enter come from the comparison. Lottery: effect on those drawn alone, against "
            "those that wait. A dash: too few units would remain for a comparison.",
        ),
    )


def _record_needed(results: Ledger, one: Planned) -> None:
    """What the smallest effect of interest needs; each with a status for the prose."""
    name, args = one.outcome.name, (one.plan, one.process, one.test)
    needs = {
        "years": years_needed(*args),
        "enter": entering_needed(*args, lottery=False),
        "lottery": entering_needed(*args, lottery=True),
    }
    fresh = fresh_needed(one.process, one.test)
    needs["fresh"] = Needed("unreachable" if fresh is None else "reached", fresh)
    for key, need in needs.items():
        results.text(f"power_{key}_{name}", need.status)
        if need.n is not None:
            results.number(f"power_{key}_{name}", need.n, decimals=0)
    enough = one.designs["mde"].iloc[0] <= one.test.effect
    results.text(f"power_now_{name}", "enough" if enough else "short")
    found = one.designs[one.designs["design"] != "estimated"].dropna(subset=["mde"])
    best = found.loc[found["mde"].idxmin()]
    results.number(f"power_best_{name}", best["mde"], unit=one.outcome.unit, decimals=one.outcome.decimals)
    results.text(f"power_best_{name}", str(best["design"]))


def _record_figure(results: Ledger, primary: dict[str, Planned]) -> None:
    def curves(one: Planned) -> pd.DataFrame:
        most = max(one.plan.never - 10, 2)
        steps = sorted({max(2, round(most * share / 24)) for share in range(1, 25)})
        return candidates(one.plan, one.process, one.test, entering=steps, years=YEARS)

    shown = {name: curves(one) for name, one in primary.items()}

    def draw(lang: str) -> Any:
        panels = [(one.outcome.label[lang], shown[name], one.test.effect) for name, one in primary.items()]
        return detectable_effects(panels, lang)

    results.figure(
        "fig_power",
        draw,
        caption=words(
            "Efek terkecil terdeteksi menurut banyaknya unit yang masuk",
            "Minimum detectable effect by the number of units that enter",
        ),
        alt=words(
            "Garis untuk unit yang masuk seperti biasa dan dengan undian, masing-masing dengan satu dan dua periode "
            "pengamatan; garis mendatar pada efek terkecil yang dianggap penting. Angkanya ada pada tabel daya.",
            "Lines for units that enter as usual and by lottery, each with one and two periods of observation; a horizontal "
            "line at the smallest effect of interest. The numbers are in the tables of power.",
        ),
    )
