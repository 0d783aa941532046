"""Exhibits of dose and arm: effects by hours of development and by the kinds of activity that a school received."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.chapters import titles
from pipeline.chapters.analysis import OutcomeEffects
from pipeline.chapters.dose_curve import curve_table
from pipeline.chapters.style import ACCENT, GREY, INK, PALE, few_ticks, legend_below, locale_axis, panel_grid, titled
from pipeline.chapters.words import HIGH, LOW, axis, effect_columns, interval_note, unit_words, with_n
from pipeline.clean.exposure import LIGHT, NAMES, REACH, by_unit, exposure, mixes
from pipeline.errors import DesignError
from pipeline.languages.catalogue import say
from pipeline.languages.message import Text, msg
from pipeline.ledger.counts import UNITS
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects.heterogeneity import arms, dose
from pipeline.notebook import Edition
from pipeline.report.doc import Doc, Part, when
from pipeline.study import Study

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MIN_GROUP = 15
"""Fewest units of a group whose effect is estimated."""
STEP = 10.0
"""Hours that the slope is told for."""
BINS = {
    "low": msg("dose-bins-low"),
    "middle": msg("dose-bins-middle"),
    "high": msg("dose-bins-high"),
}
NOTES = {
    "estimated": msg("dose-note-estimated"),
    "clustered": msg("dose-note-clustered"),
    "few_balanced": msg("dose-note-few-balanced"),
    "few_never": msg("dose-note-few-never"),
    "few_doses": msg("dose-note-few-doses"),
    "gap_in_dose": msg("dose-note-gap-in-dose"),
    "weighted": msg("dose-note-weighted"),
    "library": msg("dose-note-library"),
}


@dataclass(frozen=True)
class Found:
    """What was found for one outcome; None where it was refused."""

    bins: arms.GroupEffects | None
    by_arm: arms.GroupEffects | None
    curve: dose.DoseCurve | None
    note: str


def record(ledger: Ledger, context: Edition) -> None:
    """Effects by dose and by arm; nothing where the study has no training register."""
    study, panel, effects = context.study, context.panel, context.effects
    schools, never = _schools(study, panel, context.table)
    if schools is None or len(schools) < 2 * MIN_GROUP:
        return
    names = [o.name for o in study.outcomes if o.name in effects]
    groups = arms.merge_small(mixes(schools), MIN_GROUP, ledger.thresholds.units)
    found = {name: _estimate(study, effects[name], schools, groups) for name in names}
    ledger.number("dose_mean", schools["jp_year"].mean(), unit="JP", decimals=1, n=len(schools))
    ledger.number("dose_total", schools["jp_total"].mean(), unit="JP", decimals=1, n=len(schools))
    if never is not None:
        ledger.number("dose_mean_never", never, unit="JP", decimals=1)
    _record_bins(ledger, study, schools, found)
    _record_arms(ledger, study, groups, found)
    _record_tests(ledger, study, found)
    curves = {name: one.curve.curve for name, one in found.items() if one.curve is not None}
    curve_table(ledger, study, curves, {name: found[name].curve.n_treated for name in curves}, STEP)  # type: ignore[union-attr]
    _record_figure(ledger, study, effects, schools, found)


def _schools(
    study: Study, panel: pd.DataFrame, tables: Callable[[str], pd.DataFrame]
) -> tuple[pd.DataFrame | None, float | None]:
    """Exposure of each treated school, and the mean yearly hours of schools never treated since the first start."""
    if study.panel is not None:
        return None, None
    try:
        training, staff = tables("training"), tables("staff")
    except (FileNotFoundError, KeyError):
        return None, None
    if training.empty or staff.empty or panel["cohort"].isna().all():
        return None, None
    table = exposure(training, staff, panel.drop_duplicates("unit")[["unit", "cohort"]])
    others = table[table["cohort"].isna() & table["unit"].isin(panel["unit"])]
    others = others.loc[others["period"] >= panel["cohort"].min(), "jp"]
    return by_unit(table), float(others.mean()) if len(others) else None


def _estimate(study: Study, effects: OutcomeEffects, schools: pd.DataFrame, groups: pd.Series) -> Found:
    design, cluster, level = effects.design, effects.main.cluster, study.inference.level
    hours = schools["jp_year"]

    def tried(estimate: Callable[[], Any]) -> Any:
        try:
            return estimate()
        except DesignError:
            return None

    enough = int(hours.index.isin(design.units.index[design.units["g"].notna()]).sum()) >= MIN_GROUP * len(dose.BINS)
    bins = tried(lambda: dose.binned(design, hours, level=level, cluster=cluster)) if enough else None
    by_arm = tried(lambda: arms.by_group(design, groups, level=level, cluster=cluster))
    note = dose.refusal(design, hours, cluster)
    curve = tried(lambda: dose.continuous(design, hours, level=level)) if note is None else None
    return Found(bins, by_arm, curve, "estimated" if curve is not None else note or "library")


def _labels(study: Study) -> dict[str, dict[str, str]]:
    return {o.name: o.label.model_dump() for o in study.outcomes}


def _record_bins(results: Ledger, study: Study, schools: pd.DataFrame, found: dict[str, Found]) -> None:
    parts = []
    for name, one in found.items():
        if one.bins is None:
            continue
        groups = dose.terciles(schools["jp_year"], schools["cohort"])
        means = schools.groupby(groups)[["jp_year", "jp_total"]].mean()
        parts.append(one.bins.table.assign(outcome=name).join(means, on="group"))
    if not parts:
        return
    results.table(
        "tbl_dose_bins",
        pd.concat(parts, ignore_index=True),
        [
            Column("outcome", msg("common-outcome"), "code", codes=_labels(study)),
            Column("group", msg("dose-dose"), "code", codes=BINS),
            Column("jp_year", msg("dose-jp-per-civil-servant-year"), "number", 1),
            Column("jp_total", msg("dose-jp-per-civil-servant-since-start"), "number", 1),
            *effect_columns(3),
            Column("n_units", msg("common-units"), "int", counts=UNITS),
        ],
        behind="n_units",
        caption=msg("tbl-dose-bins"),
        notes=(msg("tbl-dose-bins.notes"), interval_note(study)),
    )


def arm_words(label: str) -> Text:
    """A mix of arms in words."""
    known = {
        LIGHT: msg("dose-no-kind-reached-enough-civil-servants"),
        arms.OTHER: msg("dose-other-mixes"),
    }
    if label in known:
        return known[label]
    return msg("dose-mix-" + "-".join(name for name in NAMES if name in label.split("+")))


def _record_arms(results: Ledger, study: Study, groups: pd.Series, found: dict[str, Found]) -> None:
    parts = [one.by_arm.table.assign(outcome=name) for name, one in found.items() if one.by_arm is not None]
    if not parts:
        return
    frame = pd.concat(parts, ignore_index=True)
    results.number("dose_arms_left_out", int(groups.isna().sum()), decimals=0)
    results.number("dose_arms_count", frame["group"].nunique(), decimals=0)
    percent = {name: round(100 * share) for name, share in REACH.items()}
    results.table(
        "tbl_dose_arms",
        frame,
        [
            Column("outcome", msg("common-outcome"), "code", codes=_labels(study)),
            Column(
                "group",
                msg("dose-what-was-received"),
                "code",
                codes={str(g): arm_words(str(g)) for g in frame["group"].unique()},
            ),
            *effect_columns(3),
            Column("n_units", msg("common-units"), "int", counts=UNITS),
        ],
        behind="n_units",
        caption=msg("tbl-dose-arms"),
        notes=(msg("tbl-dose-arms.notes", **percent, least=MIN_GROUP), interval_note(study)),
    )


def _record_tests(results: Ledger, study: Study, found: dict[str, Found]) -> None:
    """Tests of equality over bins and over arms, and the slope; their codes for the prose."""
    rows: list[dict[str, Any]] = []
    for name, one in found.items():
        row: dict[str, Any] = {"outcome": name, "note": one.note}
        for key, group in (("bins", one.bins), ("arms", one.by_arm)):
            row[f"{key}_p"] = group.equality.p if group else None
            row[f"{key}_before"] = group.before.p if group and group.before else None
        if one.curve is not None:
            slope = one.curve.slope
            row |= {"slope": STEP * slope.value, "low": STEP * slope.low, "high": STEP * slope.high}
            results.estimate(
                f"dose_slope_{name}", slope, times=STEP, unit=study.outcome(name).unit, n=one.curve.n_treated
            )
        rows.append(row)
    tests = ["bins_p", "bins_before", "arms_p", "arms_before"]
    frame = pd.DataFrame(rows).reindex(columns=["outcome", "slope", "low", "high", *tests, "note"])
    frame[tests] = frame[tests].apply(_holm)
    _record_codes(results, frame, 1 - study.inference.level)
    results.table(
        "tbl_dose_tests",
        frame,
        [
            Column("outcome", msg("common-outcome"), "code", codes=_labels(study)),
            Column("slope", msg("dose-per-10-jp"), "number", 3),
            Column("low", LOW, "number", 3),
            Column("high", HIGH, "number", 3),
            Column("bins_p", msg("dose-doses-equal-p"), "p"),
            Column("bins_before", msg("dose-doses-before-start-p"), "p"),
            Column("arms_p", msg("dose-kinds-equal-p"), "p"),
            Column("arms_before", msg("dose-kinds-before-start-p"), "p"),
            Column("note", msg("dose-per-10-jp"), "code", codes=NOTES),
        ],
        caption=msg("tbl-dose-tests"),
        notes=msg("tbl-dose-tests.notes"),
    )


def _record_codes(results: Ledger, frame: pd.DataFrame, alpha: float) -> None:
    """By outcome, for bins and arms: whether equality is rejected, its adjusted p, and the same before the start."""
    for row in frame.to_dict("records"):
        for key in ("bins", "arms"):
            p, early = row[f"{key}_p"], row[f"{key}_before"]
            if pd.isna(p):
                continue
            name = f"{key}_{row['outcome']}"
            results.text(f"dose_{name}", "differ" if p < alpha else "alike")
            results.number(f"dose_{key}_p_{row['outcome']}", p, p=p)
            state = "untested" if pd.isna(early) else "differ" if early < alpha else "alike"
            results.text(f"dose_{key}_before_{row['outcome']}", state)


def _holm(p: pd.Series) -> pd.Series:
    """The p values that there are, adjusted for their number (Holm 1979)."""
    from statsmodels.stats.multitest import multipletests

    out = pd.Series(float("nan"), index=p.index)
    known = p.astype(float).dropna()
    if len(known):
        out[known.index] = multipletests(known, method="holm")[1]
    return out


def _record_figure(
    results: Ledger,
    study: Study,
    effects: dict[str, OutcomeEffects],
    schools: pd.DataFrame,
    found: dict[str, Found],
) -> None:
    primary = [o for o in study.outcomes if o.role == "primary" and o.name in found and found[o.name].bins is not None]
    if not primary:
        return
    groups = dose.terciles(schools["jp_year"], schools["cohort"])
    at = schools.groupby(groups)["jp_year"].mean()

    def draw(lang: str) -> Any:
        panels = []
        for o in primary:
            one = found[o.name]
            assert one.bins is not None
            bins = one.bins.table.assign(dose=one.bins.table["group"].map(at))
            curve = one.curve.curve if one.curve is not None else None
            title = with_n(o.label.model_dump(), effects[o.name].design.n_units)
            scale = axis(msg("common-effect"), unit_words(o.unit))
            panels.append((say(title, lang), bins, curve, effects[o.name].main.overall.value, say(scale, lang)))
        return dose_response(panels, lang)

    thirds = ((found[o.name].bins, o.better) for o in primary)
    said = titles.intervals("titles-by-third", [(bins.table, better) for bins, better in thirds if bins is not None])
    results.figure(
        "fig_dose",
        titled(draw, said),
        caption=msg("fig-dose"),
        alt=msg("fig-dose.alt"),
    )


# --- figures -----------------------------------------------------------------------------------------------------------


Panel = tuple[str, pd.DataFrame, "pd.DataFrame | None", float, str]


def dose_response(panels: Sequence[Panel], lang: str) -> Figure:
    """One panel an outcome.

    Args:
        panels: Title; bins with `dose`, `value`, `low`, `high`; the curve with the same columns, or None; mean effect;
            name of the axis of effects.
        lang: "id" or "en".
    """
    figure, grid = panel_grid(len(panels), 5.6, 0.8)
    for axes, (title, bins, curve, mean, scale) in zip(grid, panels, strict=True):
        axes.axhline(0, color=INK, lw=0.8)
        axes.axhline(mean, color=GREY, lw=0.9, ls="--", label=say("dose-mean-effect", lang))
        if curve is not None:
            axes.fill_between(curve["dose"], curve["low"], curve["high"], color=PALE, lw=0)
            axes.plot(curve["dose"], curve["value"], color=GREY, lw=1.2, label=say("dose-dose-curve", lang))
        gap = [bins["value"] - bins["low"], bins["high"] - bins["value"]]
        axes.errorbar(
            bins["dose"],
            bins["value"],
            yerr=gap,
            fmt="o",
            color=ACCENT,
            ms=4.5,
            lw=1.3,
            label=say("dose-each-third", lang),
        )
        axes.set_title(title, fontsize=9)
        axes.tick_params(labelsize=7.5)
        axes.set_xlabel(say("dose-axis", lang), fontsize=8)
        axes.set_ylabel(scale, fontsize=8)
        few_ticks(axes.xaxis, 5)
        locale_axis(axes.xaxis, lang, 0)
        locale_axis(axes.yaxis, lang, 2)
    legend_below(figure, grid[0].get_legend_handles_labels()[0], 3)
    return figure


# --- what the report says ---------------------------------------------------------------------------------------------


def about_outcome(doc: Doc, outcome: Any) -> Part:
    """Whether effects differ by dose and by kind of activity, and what speaks against reading that as an effect."""

    def differs(what: str) -> bool:
        return doc.code(f"dose_{what}_{outcome.name}") == "differ"

    def parts(what: str, word: str) -> list[str]:
        if not doc.has(f"dose_{what}_{outcome.name}"):
            return []
        said = [f"dose-{word}-{'differ' if differs(what) else 'not-shown'}"]
        return [*said, f"dose-{word}-before"] if differs(f"{what}_before") else said

    slope = "dose-slope" if doc.has(f"dose_slope_{outcome.name}") else "dose-no-slope"
    said = ["dose-outcome", *parts("bins", "thirds"), slope, *parts("arms", "kinds")]
    return [doc.about(outcome, phrase) for phrase in said]


def about_step(doc: Doc, outcome: Any) -> Part:
    """The same of an intermediate outcome, where its thirds differ after or before the start."""
    if not doc.has(f"dose_bins_before_{outcome.name}"):
        return None
    after, before = (doc.code(f"dose_bins_{which}{outcome.name}") == "differ" for which in ("", "before_"))
    if not (after or before):
        return None
    phrase = "dose-step-before" if not after else "dose-step-differs-before" if before else "dose-step-differs"
    return doc.about(outcome, phrase)


def robust(doc: Doc) -> None:
    """The section on dose and kind of activity."""
    if not doc.has("tbl_dose_tests"):
        return
    doc.heading("dose-title")
    doc.paragraph("dose-hours", when(doc.has("dose_mean_never"), "dose-hours-never"), "dose-assumption")
    for outcome in doc.primary():
        if doc.has(f"dose_bins_{outcome.name}") or doc.has(f"dose_arms_{outcome.name}"):
            doc.paragraph(about_outcome(doc, outcome))
    for outcome in doc.outcomes:
        doc.paragraph(about_step(doc, outcome) if outcome.role == "mechanism" else None)
    if doc.has("dose_arms_left_out") and doc.value("dose_arms_left_out") > 0:
        doc.paragraph("dose-left-out")
    doc.table("tbl_dose_bins")
    doc.figure("fig_dose")
    doc.table("tbl_dose_arms")
    doc.table("tbl_dose_tests")
    if doc.has("tbl_dose_curve"):
        doc.paragraph("dose-curve")
        doc.table("tbl_dose_curve")


def technical(doc: Doc) -> None:
    """The technical notes on doses and kinds of activity."""
    if not doc.has("tbl_dose_tests"):
        return
    doc.heading("dose-technical-title")
    for question in ("dose", "thirds", "continuous", "assumptions"):
        doc.paragraph(f"dose-technical-{question}")
