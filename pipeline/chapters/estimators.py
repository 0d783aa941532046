"""Exhibits of the estimators side by side: one table an outcome, one figure, and what was doubtful."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pipeline.chapters import titles
from pipeline.chapters.analysis import OutcomeEffects
from pipeline.chapters.estimator_words import COMPARISONS, ESTIMANDS, NAMES, NOTES, REFUSALS
from pipeline.chapters.style import ACCENT, GREY, INK, PALE, few_ticks, legend_below, locale_axis, panel_grid, titled
from pipeline.chapters.words import ESTIMATE, HIGH, LOW, SE, axis, unit_words, with_n
from pipeline.languages.catalogue import say
from pipeline.languages.message import Text, msg
from pipeline.ledger.counts import UNITS
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects import Design
from pipeline.methods.effects.diagnostics import bacon
from pipeline.methods.effects.estimators import METHODS, Settings, compare, flags, two_way_weights
from pipeline.notebook import Edition
from pipeline.report.doc import Doc, Part
from pipeline.study import Outcome, Study
from pipeline.study.thresholds import Shape

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

PLAIN = tuple(
    m for m, method in METHODS.items() if m not in ("cs_reg_never", "cs_ipw_never") and not method.random_timing
)
"""Without covariates the three methods of Callaway & Sant'Anna are one, so one is shown."""
DRAWN = tuple(m for m, method in METHODS.items() if method.random_timing)
"""Those of studies whose timing was drawn by lot."""
ADJUSTED = tuple(m for m, method in METHODS.items() if method.handles_covariates and m != "cs_dr_never_universal")
REASONS = {
    "imputation": "base",
    "two_stage": "base",
    "wooldridge": "base",
    "cs_dr_not_yet": "comparison",
    "chaisemartin_dhaultfoeuille": "comparison",
    "cs_anticipation_1": "anticipation",
    "synthetic_did": "weights",
    "efficient_random_timing": "timing",
}
"""Why an estimator of the same effect may lie apart from the main one; all others differ by their rows only."""


def record(ledger: Ledger, context: Edition) -> None:
    """Estimate each primary outcome by every method and record tables, figure and the codes of the prose."""
    study, effects = context.study, context.effects
    primary = [o for o in study.outcomes if o.role == "primary" and o.name in effects]
    tables, notes = {}, []
    for outcome in primary:
        found = effects[outcome.name]
        rows = side_by_side(study, found)
        tables[outcome.name] = rows
        notes += _notes(outcome, found.design, rows, Shape(**study.shape))
        _record_outcome(ledger, outcome, found, rows)
    if not tables:
        return
    _record_methods(ledger, next(iter(tables.values())))
    _record_notes(ledger, primary, pd.DataFrame(notes, columns=["outcome", "method", "note"]))
    _record_figure(ledger, primary, effects, tables)


def side_by_side(study: Study, found: OutcomeEffects) -> pd.DataFrame:
    """Rows of `compare` without and (where the design has any) with covariates.

    Added columns: `row` (the method, with "_adjusted" where covariates are used), `adjusted`, and `departure`: distance
    from the main estimate in its standard errors.
    """
    cluster = found.main.cluster
    level = study.inference.level
    methods = (*PLAIN, *(DRAWN if study.program.timing == "random" else ()))
    settings = Settings(level, study.seed, 199, cluster, strata=found.strata)
    parts = [compare(found.design, methods, settings).assign(adjusted=False)]
    if found.design.covariates:
        with_covariates = Settings(level, study.seed, 199, cluster, covariates=True)
        parts.append(compare(found.design, ADJUSTED, with_covariates).assign(adjusted=True))
    rows = pd.concat([p.astype({"value": float, "se": float}) for p in parts], ignore_index=True)
    main = found.main.overall
    rows["departure"] = (rows["value"] - main.value) / main.se
    rows["row"] = rows["method"] + rows["adjusted"].map({True: "_adjusted", False: ""})
    return rows


def _record_outcome(results: Ledger, outcome: Outcome, found: OutcomeEffects, rows: pd.DataFrame) -> None:
    label, name = outcome.label.model_dump(), outcome.name
    results.table(
        f"tbl_estimators_{name}",
        rows,
        [
            Column("row", msg("common-estimator"), "code", codes=_row_names()),
            Column("value", ESTIMATE, "number", outcome.decimals),
            Column("se", SE, "number", outcome.decimals),
            Column("low", LOW, "number", outcome.decimals),
            Column("high", HIGH, "number", outcome.decimals),
            Column("departure", msg("estimators-distance-from-main"), "number", 2),
            Column("n_units", msg("common-units"), "int", counts=UNITS),
        ],
        behind="n_units",
        caption=msg("estimators-estimators-side-side", outcome=label),
        notes=msg("tbl-estimators.notes"),
    )
    _record_agreement(results, outcome, rows)
    _record_two_way(results, outcome, found, rows)


def _record_agreement(results: Ledger, outcome: Outcome, rows: pd.DataFrame) -> None:
    """How far the estimators of the same effect lie apart, and which lies farthest from the main one."""
    common = rows[rows["method"].map(lambda m: METHODS[m].common) & ~rows["refused"]]
    name, unit, decimals = outcome.name, outcome.unit, outcome.decimals
    results.number(f"estimators_count_{name}", len(common), decimals=0)
    results.number(f"estimators_refused_{name}", int(rows["refused"].sum()), decimals=0)
    results.number(f"estimators_low_{name}", common["value"].min(), unit=unit, decimals=decimals)
    results.number(f"estimators_high_{name}", common["value"].max(), unit=unit, decimals=decimals)
    farthest = common.loc[common["departure"].abs().idxmax()]
    results.number(f"estimators_farthest_{name}", abs(farthest["departure"]), decimals=1)
    results.text(f"estimators_farthest_{name}", str(farthest["method"]))
    results.text(f"estimators_farthest_adjusted_{name}", "yes" if farthest["adjusted"] else "no")
    results.text(f"estimators_why_{name}", REASONS.get(str(farthest["method"]), "rows"))
    signs = {v > 0 for v in common["value"]}
    results.text(f"estimators_sign_{name}", "same" if len(signs) == 1 else "mixed")
    known = common.dropna(subset=["low", "high"])
    excludes = (known["low"] > 0) | (known["high"] < 0)
    zero = "all" if excludes.all() and len(known) else "some" if excludes.any() else "none"
    results.text(f"estimators_exclude_zero_{name}", zero)


def _record_two_way(results: Ledger, outcome: Outcome, found: OutcomeEffects, rows: pd.DataFrame) -> None:
    """Why the two-way coefficient lies where it does: its weights, and the comparisons that may mislead."""
    plain = rows[~rows["adjusted"] & ~rows["refused"]].set_index("method")
    if "twfe" not in plain.index:
        return
    name, unit, decimals = outcome.name, outcome.unit, outcome.decimals
    two_way, main = plain.loc["twfe"], found.main.overall
    gap = float(two_way["value"] - main.value)
    results.number(f"twfe_gap_{name}", gap, unit=unit, decimals=decimals)
    results.number(f"twfe_distance_{name}", abs(gap) / main.se, decimals=1)
    if "imputation" in plain.index:
        part = float(two_way["value"] - plain.loc["imputation", "value"])
        results.number(f"twfe_reweighting_{name}", part, unit=unit, decimals=decimals)
    weights = two_way_weights(found.design)
    first = weights.table["cohort"] == weights.table["period"]
    for key, value in {
        "twfe_negative": weights.share_negative,
        "twfe_first_weight": weights.table.loc[first, "weight"].sum(),
        "twfe_first_share": weights.table.loc[first, "equal"].sum(),
    }.items():
        results.number(f"{key}_{name}", float(value), unit="share", decimals=0)
    results.number(f"twfe_negative_sum_{name}", weights.sum_negative, decimals=3)
    if found.bacon is not None:
        kinds = bacon.by_kind(found.bacon).set_index("kind")["weight"]
        late = float(kinds.get("later_vs_earlier", 0.0))
        results.number(f"twfe_forbidden_{name}", late, unit="share", decimals=0)
    if "stacked" in plain.index:
        _record_window(results, outcome, found)


def _record_window(results: Ledger, outcome: Outcome, found: OutcomeEffects) -> None:
    """The number of periods that the stacked estimate covers, and the main estimate's mean over the same periods."""
    data, event = found.design.data, found.main.event.table
    window = int(data["t"].max() - data["g"].max()) + 1
    same = event[event["event_time"].between(0, window - 1)]["value"]
    results.number(f"estimators_window_{outcome.name}", window, decimals=0)
    if len(same) == window:
        mean = float(same.mean())
        results.number(f"estimators_same_window_{outcome.name}", mean, unit=outcome.unit, decimals=outcome.decimals)


def _notes(outcome: Outcome, design: Design, rows: pd.DataFrame, shape: Shape) -> list[tuple[str, str, str]]:
    """Flags of the design (method "design"), then notes and refusals of each row that say more than these."""
    general = [note.code for note in flags(design, shape)]
    told = [(outcome.name, "design", code) for code in general]
    for row in rows.itertuples():
        codes = [f"refused_{row.reason}"] if row.refused else str(row.notes).split()
        told += [(outcome.name, str(row.row), code) for code in codes if code not in general]
    return list(dict.fromkeys(told))


def _record_notes(results: Ledger, primary: list[Outcome], notes: pd.DataFrame) -> None:
    """What was doubtful, once where it holds for every primary outcome."""
    if notes.empty:
        return
    counts = notes.groupby(["method", "note"])["outcome"].transform("size")
    notes["outcome"] = notes["outcome"].where(counts < len(primary), "every")
    notes = notes.drop_duplicates()
    order = ["design", *_row_names()]
    notes = notes.assign(_at=notes["method"].map(order.index)).sort_values("_at", kind="stable")
    labels = {o.name: o.label.model_dump() for o in primary} | {"every": msg("estimators-label-every")}
    known = NOTES | {f"refused_{code}": wording for code, wording in REFUSALS.items()}
    results.table(
        "tbl_estimators_notes",
        notes.assign(note=notes["note"].where(notes["note"].isin(known), "library")),
        [
            Column(
                "method",
                msg("common-estimator"),
                "code",
                codes={"design": msg("common-design"), **_row_names()},
            ),
            Column("outcome", msg("common-outcome"), "code", codes=labels),
            Column("note", msg("estimators-note"), "code", codes=known),
        ],
        caption=msg("tbl-estimators-notes"),
    )


def _record_methods(results: Ledger, rows: pd.DataFrame) -> None:
    """What each estimator estimates, and whom it compares with."""
    shown = pd.DataFrame({"method": [m for m in METHODS if m in set(rows["method"])]})
    shown["comparison"] = shown["method"].map(lambda m: METHODS[m].comparison)
    shown["estimand"] = shown["method"]
    results.table(
        "tbl_estimators_methods",
        shown,
        [
            Column("method", msg("common-estimator"), "code", codes=NAMES),
            Column("comparison", msg("common-comparison"), "code", codes=COMPARISONS),
            Column("estimand", msg("estimators-what-is-estimated"), "code", codes=ESTIMANDS),
        ],
        caption=msg("tbl-estimators-methods"),
    )


def _record_figure(
    results: Ledger, primary: list[Outcome], effects: dict[str, OutcomeEffects], tables: dict[str, pd.DataFrame]
) -> None:
    mains = {o.name: effects[o.name].main.overall.value for o in primary}

    def draw(lang: str) -> Any:
        panels = [
            (
                say(with_n(o.label.model_dump(), effects[o.name].main.overall.n_units), lang),
                tables[o.name],
                mains[o.name],
                o.decimals,
                say(axis(msg("common-effect"), unit_words(o.unit)), lang),
            )
            for o in primary
        ]
        return compared(panels, {m: say(NAMES[m], lang) for m in METHODS}, lang)

    said = titles.intervals("titles-by-estimator", [(tables[o.name], o.better) for o in primary])
    results.figure(
        "fig_estimators",
        titled(draw, said),
        caption=msg("fig-estimators"),
        alt=msg("fig-estimators.alt"),
    )


def _row_names() -> dict[str, Text]:
    adjusted = {f"{m}_adjusted": msg("estimators-covariates", estimator=NAMES[m]) for m in METHODS}
    return {**NAMES, **adjusted}


# --- figures -----------------------------------------------------------------------------------------------------------


Panel = tuple[str, pd.DataFrame, float, int, str]
_OTHER = "#b35806"


def compared(panels: Sequence[Panel], names: Mapping[str, str], lang: str) -> Figure:
    """One panel an outcome, one row an estimator.

    Args:
        panels: Title; rows with `method`, `adjusted`, `value`, `low`, `high`, `refused`; the main estimate; decimals;
            name of the axis.
        names: Estimator -> its name in the language, in the order of the rows from the top.
        lang: "id" or "en".
    """
    shown = [m for m in names if any((rows["method"] == m).any() for _, rows, _, _, _ in panels)]
    places = {method: len(shown) - i for i, method in enumerate(shown)}
    figure, grid = panel_grid(len(panels), 0.48 * len(shown) + 1.6, 0.8, sharey=True)
    for axes, (title, rows, main, decimals, scale) in zip(grid, panels, strict=True):
        _panel(axes, rows, main, places)
        axes.set_title(title, fontsize=9)
        axes.set_ylim(0.3, len(shown) + 0.7)
        axes.set_yticks([places[m] for m in shown], [names[m] for m in shown], fontsize=7.5)
        few_ticks(axes.xaxis, 4)
        axes.tick_params(axis="x", labelsize=7.5)
        axes.set_xlabel(scale, fontsize=8)
        locale_axis(axes.xaxis, lang, min(decimals, 2))
    legend_below(figure, _handles(panels, lang), 4)
    return figure


def _panel(axes: Axes, rows: pd.DataFrame, main: float, places: Mapping[str, int]) -> None:
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.grid(axis="x", color=PALE, lw=0.6)
    axes.axvline(0, color=INK, lw=0.8)
    axes.axvline(main, color=GREY, lw=0.9, ls="--")
    for adjusted, colour, face, shift in ((False, ACCENT, ACCENT, 0.13), (True, _OTHER, "white", -0.17)):
        part = rows[rows["adjusted"] == adjusted]
        at = part["method"].map(places).to_numpy(float) + shift
        value = part["value"].to_numpy(float)
        axes.hlines(at, part["low"].to_numpy(float), part["high"].to_numpy(float), color=colour, lw=1.3)
        axes.plot(value, at, ls="", marker="s" if adjusted else "o", ms=4, mfc=face, mec=colour, zorder=3)
        refused = part["refused"].to_numpy(bool)
        axes.plot(np.full(refused.sum(), main), at[refused], ls="", marker="x", ms=5, color=INK, zorder=3)


def _handles(panels: Sequence[Panel], lang: str) -> list[Line2D]:
    from matplotlib.lines import Line2D

    rows = pd.concat([panel[1] for panel in panels])
    handles = [
        Line2D([], [], marker="o", color=ACCENT, ms=4, label=say("estimators-without-covariates", lang)),
        Line2D([], [], color=GREY, ls="--", label=say("estimators-main-estimate", lang)),
    ]
    if rows["adjusted"].any():
        with_covariates = say("common-covariates", lang)
        handles.insert(1, Line2D([], [], marker="s", mfc="white", color=_OTHER, ms=4, label=with_covariates))
    if rows["refused"].any():
        refused = say("estimators-does-not-apply", lang)
        handles.append(Line2D([], [], marker="x", color=INK, ls="", ms=5, label=refused))
    return handles


# --- what the report says ---------------------------------------------------------------------------------------------


def about_outcome(doc: Doc, outcome: Any) -> Part:
    """How far an outcome's estimates lie apart, and why."""
    name = outcome.name
    zero = doc.code(f"estimators_exclude_zero_{name}")
    mixed = "-mixed" if doc.code(f"estimators_sign_{name}") == "mixed" else ""
    said: list[Part] = [doc.about(outcome, f"estimators-range-{zero if zero in ('all', 'none') else 'some'}{mixed}")]
    said.append(_farthest(doc, outcome))
    if doc.value(f"estimators_refused_{name}") > 0:
        said.append(doc.about(outcome, "estimators-refused"))
    said += _two_way(doc, outcome) if doc.has(f"twfe_gap_{name}") else []
    if doc.has(f"estimators_window_{name}"):
        same = doc.has(f"estimators_same_window_{name}")
        said.append(doc.about(outcome, "estimators-window-same" if same else "estimators-window"))
    return said


def _farthest(doc: Doc, outcome: Any) -> Part:
    """The estimate that departs most from the main one, where that is by a standard error or more."""
    if doc.value(f"estimators_farthest_{outcome.name}") < 1:
        return msg("estimators-near")
    who = msg("estimators-who-" + doc.code(f"estimators_farthest_{outcome.name}").replace("_", "-"))
    why = msg("estimators-why-" + doc.code(f"estimators_why_{outcome.name}"))
    adjusted = "-adjusted" if doc.code(f"estimators_farthest_adjusted_{outcome.name}") == "yes" else ""
    return doc.about(outcome, f"estimators-farthest{adjusted}", who=who, why=why)


def _two_way(doc: Doc, outcome: Any) -> list[Part]:
    """How far the two-way coefficient lies from the main estimate, and what its weights have to do with it."""
    name = outcome.name
    said = ["estimators-two-way-near" if doc.value(f"twfe_distance_{name}") < 1 else "estimators-two-way-far"]
    if doc.has(f"twfe_reweighting_{name}"):
        forbidden = "-forbidden" if doc.has(f"twfe_forbidden_{name}") else ""
        said.append(f"estimators-reweighting{forbidden}")
    said.append("estimators-negative" if doc.value(f"twfe_negative_{name}") > 0 else "estimators-no-negative")
    return [doc.about(outcome, phrase) for phrase in said]


def robust(doc: Doc) -> None:
    """The section on estimators side by side."""
    if not doc.has("fig_estimators"):
        return
    doc.heading("estimators-title")
    doc.paragraph("estimators-opening")
    shown = [o for o in doc.outcomes if doc.has(f"tbl_estimators_{o.name}")]
    for outcome in shown:
        doc.paragraph(about_outcome(doc, outcome))
    doc.figure("fig_estimators")
    doc.table("tbl_estimators_methods")
    for outcome in shown:
        doc.table(f"tbl_estimators_{outcome.name}")
    if doc.has("tbl_estimators_notes"):
        doc.paragraph("estimators-told")
        doc.table("tbl_estimators_notes")


NOTES_ON = "aggregate group-time sun-abraham imputation extended switchers synthetic stacked two-way covariates"
"""Technical notes, in order."""


def technical(doc: Doc) -> None:
    """The technical notes on each estimator."""
    if not doc.has("fig_estimators"):
        return
    doc.heading("estimators-technical-title")
    for estimator in NOTES_ON.split():
        doc.paragraph(f"estimators-technical-{estimator}")
