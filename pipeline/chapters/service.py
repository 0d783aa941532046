"""Public service: SKM scores and grades, the nine elements, and the effect on units' scores."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from pipeline.chapters import titles
from pipeline.chapters.aim_effects import estimate_aim, record_effect, record_effects_table
from pipeline.chapters.event_time import n_words
from pipeline.chapters.outcomes import IMPROVED
from pipeline.chapters.style import ACCENT, GREY, locale_axis, new_figure, titled
from pipeline.chapters.words import HIGH, LOW, PERIOD, SE, P
from pipeline.clean.exposure import exposure
from pipeline.languages.catalogue import say
from pipeline.languages.message import Text, msg
from pipeline.ledger.counts import UNITS, Counts
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects.estimators.within import within_slope
from pipeline.methods.indicators.bands import SKM
from pipeline.methods.indicators.skm import ELEMENTS, LEAST_RESPONDENTS, elements, grades_by_period, unit_scores
from pipeline.notebook import Edition
from pipeline.periods import QUARTERS_FROM, year_of
from pipeline.report.doc import Doc, when
from pipeline.study import Study

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Tables = Callable[[str], "pd.DataFrame | None"]
SMALLEST = 1.0
"""Smallest effect of interest on the index, in points of 100."""
LABELS: dict[str, Text] = {
    "u1": msg("service-label-u1"),
    "u2": msg("service-label-u2"),
    "u3": msg("service-label-u3"),
    "u4": msg("service-label-u4"),
    "u5": msg("service-label-u5"),
    "u6": msg("service-label-u6"),
    "u7": msg("service-label-u7"),
    "u8": msg("service-label-u8"),
    "u9": msg("service-label-u9"),
    "score": msg("service-label-score"),
}


def record(ledger: Ledger, context: Edition) -> None:
    """Scores, grades, elements and effects of public satisfaction; nothing where the study has no SKM."""
    study, tables = context.study, context.find
    skm = tables("skm")
    if skm is None:
        return
    scores = unit_scores(skm)
    if scores["score"].notna().sum() == 0:
        return
    _grades(ledger, scores)
    _elements(ledger, skm)
    entry = _entry(skm, tables)
    if entry is None:
        return
    place = tables("schools")
    panel = scores.merge(entry, on="unit", how="left").assign(cluster=lambda t: t["unit"])
    if place is not None:  # neighbours share what is not the programme's, also where each unit was assigned by itself
        panel["cluster"] = panel["unit"].map(place.drop_duplicates("unit").set_index("unit")["kecamatan"])
    panel[list(ELEMENTS)] *= 25
    _effects(ledger, study, panel)
    _dose(ledger, study, panel, tables)


def _entry(skm: pd.DataFrame, tables: Tables) -> pd.DataFrame | None:
    """Cohorts in the SKM's own periods: where these are quarters the panel's, for `treatment` counts in years."""
    if skm["period"].max() < QUARTERS_FROM:
        return tables("treatment")
    panel = tables("panel")
    return None if panel is None else panel.drop_duplicates("unit")[["unit", "cohort"]]


def _grades(results: Ledger, scores: pd.DataFrame) -> None:
    by_period = grades_by_period(scores)
    last = by_period.iloc[-1]
    # who has a score and who has too few respondents make up all units, whose number a reader knows
    place = {"period": int(last["period"]), "scored": "yes"}
    scored = Counts("units", "grades", at=place, count=int(last["units"]))
    results.number("skm_mean", float(last["mean"]), unit="", n=int(last["units"]), decimals=2, counts=scored)
    results.text("skm_grade", str(SKM.grade(float(last["mean"]))))
    without = Counts("units", "grades", at={**place, "scored": "no"}, totals=("scored",))
    results.number("skm_without", int(last["without"]), decimals=0, counts=without)
    results.number("skm_least", LEAST_RESPONDENTS, decimals=0)
    good = int(last["A"] + last["B"])
    part = Counts("units", "grades", at={**place, "good": "yes"}, count=good)
    share = {"n": int(last["units"]), "counts": (scored, part)}
    results.number("skm_good", 100 * good / last["units"], unit="percent", decimals=1, **share)
    grades = {
        code: {"scored": "yes", "good": "yes" if code in ("A", "B") else "no", "grade": code} for code in SKM.codes
    }
    results.table(
        "tbl_skm_grades",
        by_period.assign(good=by_period["A"] + by_period["B"]),
        [
            Column("period", PERIOD, "period"),
            Column("units", msg("service-units-score"), "int",
                   counts=Counts("units", "grades", by=("period",), at={"scored": "yes"}, totals=("scored",))),
            Column("without", msg("service-too-few-respondents"), "int",
                   counts=Counts("units", "grades", by=("period",), at={"scored": "no"}, totals=("scored",))),
            # each edition prints the share of its last period: linked in all, so that all editions hide the same cells
            Column("good", msg("common-units"), "int", shown=False,
                   counts=Counts("units", "grades", by=("period",), at={"scored": "yes", "good": "yes"})),
            Column("mean", msg("service-mean-index"), "number", 2, behind=("units",)),
            *(
                Column(code, msg("service-grade", code=code), "int",
                       counts=Counts("units", "grades", by=("period",), at=at))
                for code, at in grades.items()
            ),
        ],
        caption=msg("tbl-skm-grades"),
        notes=msg("tbl-skm-grades.notes", basis=SKM.basis, least_respondents=LEAST_RESPONDENTS),
    )  # fmt: skip


def _elements(results: Ledger, skm: pd.DataFrame) -> None:
    table = elements(skm)
    last = table[table["period"] == table["period"].max()].reset_index(drop=True)
    lowest = str(last.loc[last["value"].idxmin(), "element"])
    results.text("skm_lowest", lowest)
    results.table(
        "tbl_skm_elements",
        last,
        [
            Column("element", msg("service-element"), "code", codes=LABELS),
            Column("value", msg("service-score-25-100"), "number", 1),
            Column("low", LOW, "number", 1),
            Column("high", HIGH, "number", 1),
        ],
        caption=msg("tbl-skm-elements"),
        notes=msg("tbl-skm-elements.notes"),
    )

    def known(shown: pd.DataFrame) -> pd.DataFrame:
        return shown.dropna(subset=["value"]).astype(dict.fromkeys(("value", "low", "high"), float))

    results.figure(
        "fig_skm",
        titled(
            lambda lang, shown: _draw_elements(known(shown), {k: say(v, lang) for k, v in LABELS.items()}, lang),
            lambda shown: titles.ends(known(shown), "value", "element", LABELS, msg("unit-points")),
        ),
        frame=last,
        columns=[
            Column("element", msg("service-element"), "code", codes=LABELS),
            *(
                Column(key, label, "number", 1, behind=("n_units",))
                for key, label in (("value", msg("service-score-25-100")), ("low", LOW), ("high", HIGH))
            ),
            Column("n_units", msg("common-units"), "int", counts=UNITS),
        ],
        caption=msg("tbl-skm-elements"),
        alt=msg("fig-skm.alt"),
    )


def _effects(results: Ledger, study: Study, panel: pd.DataFrame) -> None:
    level = study.program.assigned_at
    rows = []
    # Competence and conduct of staff are what the programme addresses; an index that is an outcome is judged as such.
    judged = study.panel is not None and study.panel.skm is not None
    for name in ("u6", "u7") if judged else ("score", "u6", "u7"):
        effect = estimate_aim(study, panel, name, SMALLEST, level)
        if effect is None:
            continue
        rows.append(({"outcome": name}, effect))
        record_effect(results, "skm_effect" if name == "score" else f"skm_effect_{name}", effect, unit="", decimals=2)
    if rows:
        record_effects_table(
            results,
            "tbl_skm_effects",
            rows,
            [Column("outcome", msg("common-score"), "code", codes=LABELS)],
            caption=msg("tbl-skm-effects"),
            notes=msg("tbl-skm-effects.notes"),
        )


def _dose(results: Ledger, study: Study, panel: pd.DataFrame, tables: Tables) -> None:
    """Slope of the index on the share of staff trained since entry: unit and period effects, clustered by unit."""
    training, staff, treatment = tables("training"), tables("staff"), tables("treatment")
    if training is None or staff is None or treatment is None or training.empty:
        return
    share = trained_share(training, staff, treatment).rename(columns={"period": "year"})
    panel = panel.assign(year=panel["period"].map(year_of))  # training is known by year
    joined = panel.merge(share, on=["unit", "year"], how="inner").dropna(subset=["score"])
    under = (joined["period"] >= joined["cohort"]).fillna(False).astype(bool)
    joined["share"] = joined["share"].where(under, 0.0)  # nothing before the quarter of entry
    late = joined.loc[joined["share"] > 0, "share"]
    if late.nunique() < 3 or joined["unit"].nunique() < 10:
        return
    slope = within_slope(joined, "score", "share", level=study.inference.level)
    results.estimate("skm_dose", slope, n=slope.n_units, decimals=2)
    results.number("skm_dose_share", 100 * float(late.mean()), unit="percent", decimals=1)
    row = {"value": slope.value, "se": slope.se, "low": slope.low, "high": slope.high, "p": slope.p, "n": slope.n_units}
    results.table(
        "tbl_skm_dose",
        pd.DataFrame([row]),
        [
            Column("value", msg("service-index-if-all-staff-are-trained"), "number", 2),
            Column("se", SE, "number", 2),
            Column("low", LOW, "number", 2),
            Column("high", HIGH, "number", 2),
            Column("p", P, "p"),
            Column("n", msg("common-units"), "int", counts=UNITS),
        ],
        behind="n",
        caption=msg("tbl-skm-dose"),
        notes=msg("tbl-skm-dose.notes"),
    )


def trained_share(training: pd.DataFrame, staff: pd.DataFrame, treatment: pd.DataFrame) -> pd.DataFrame:
    """Share of a unit's civil servants that attended something since its entry: `unit`, `period`, `share` (0-1)."""
    table = exposure(training, staff, treatment)[["unit", "period", "teachers", "under"]]
    came = training[training["attended"].astype(bool)].merge(treatment, on="unit")
    since = came[came["period"] >= came["cohort"]]
    first = since.groupby(["unit", "person"])["period"].min().reset_index()
    new = first.groupby(["unit", "period"]).size().rename("new").reset_index()
    table = table.merge(new, on=["unit", "period"], how="left").sort_values(["unit", "period"])
    reached = table["new"].fillna(0).groupby(table["unit"]).cumsum()
    table["share"] = (reached / table["teachers"]).clip(upper=1.0).where(table["under"], 0.0)
    return table[["unit", "period", "share"]]


def _draw_elements(table: pd.DataFrame, labels: Mapping[str, str], lang: str) -> Figure:
    """Points with intervals and the bounds between grades.

    Args:
        table: `element`, `value`, `low`, `high`, `n_units`.
        labels: Wording of each element.
        lang: "id" or "en".
    """
    figure, axes = new_figure(1.8 + 0.62 * len(table))
    for place, row in enumerate(table.itertuples()):
        axes.hlines(-place, row.low, row.high, color=ACCENT, lw=1.6)
        axes.plot(row.value, -place, "o", color=ACCENT, ms=4.5)
    low, high = axes.get_xlim()
    for band in SKM.bands[:-1]:
        edge = float(band.least)
        if low - 4 < edge < high + 4:
            axes.axvline(edge, color=GREY, lw=0.7, ls=":")
            axes.text(edge, 0.75, say(msg("service-grade-2", code=band.code), lang), fontsize=7, color=GREY)
    axes.set_yticks([-k for k in range(len(table))], [labels[name] for name in table["element"]])
    axes.set_ylim(-len(table) + 0.4, 1.3)
    axes.text(1.0, 0.02, n_words(table, lang), transform=axes.transAxes, ha="right", fontsize=7.5, color=GREY)
    axes.set_xlabel(say("service-score-confidence-interval", lang))
    locale_axis(axes.xaxis, lang, 0)
    return figure


# --- what the report says ---------------------------------------------------------------------------------------------


def effect_phrase(doc: Doc) -> str:
    """Which sentence states the effect on the index: by its verdict, or by pointing to where it is judged."""
    if not doc.has("skm_effect"):
        return "service-effect-elsewhere"
    verdict = doc.code("skm_effect_verdict")
    if verdict in IMPROVED:
        return "service-effect-rise"
    told = {"weak_decline": "decline"}.get(verdict, verdict).replace("_", "-")
    return f"service-effect-{told if told in ('decline', 'not-credible', 'not-assessable') else 'none'}"


def results(doc: Doc) -> None:
    """The section on public service."""
    if not doc.has("tbl_skm_grades"):
        return
    doc.heading("service-title", id="sec-service")
    doc.paragraph(
        "service-mean-good" if doc.has("skm_good") else "service-mean",
        "service-caveat",
        when(doc.value("skm_without") > 0, "service-without"),
    )
    doc.table("tbl_skm_grades")
    doc.figure("fig_skm")
    doc.table("tbl_skm_elements")
    if doc.has("tbl_skm_effects"):
        doc.paragraph(effect_phrase(doc), when(doc.has("skm_dose"), "service-dose"))
        doc.table("tbl_skm_effects")
        doc.table("tbl_skm_dose")


def technical(doc: Doc) -> None:
    """The technical note on the index."""
    if doc.has("tbl_skm_grades"):
        doc.paragraph("service-technical")
