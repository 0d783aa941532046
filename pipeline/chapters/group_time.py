"""Group-time effects of each outcome: by event time, by cohort and by period, their cells, and the two-way decomposition."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from pipeline.chapters.analysis import OutcomeEffects
from pipeline.chapters.auxiliary import stand_in
from pipeline.chapters.effects import measured
from pipeline.chapters.event_time import cohort_effects, event_study
from pipeline.chapters.outcomes import cohorts, growth, judge, yardstick
from pipeline.chapters.words import (
    COHORT,
    ESTIMATE,
    PERIOD,
    bin_column,
    binned_note,
    caption,
    cohort_column,
    effect_columns,
    interval_note,
    period_name,
)
from pipeline.languages.message import Digits, Message, Text, msg
from pipeline.ledger.counts import NOTHING, UNITS, Counts
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects.diagnostics import bacon
from pipeline.methods.effects.group_time import bins, contrasts
from pipeline.notebook import Edition
from pipeline.report.doc import Doc, when
from pipeline.study import Outcome, Study

KINDS = {
    "treated_vs_never": msg("effects-kind-treated-vs-never"),
    "earlier_vs_later": msg("effects-kind-earlier-vs-later"),
    "later_vs_earlier": msg("effects-kind-later-vs-earlier"),
}
SIDES: dict[str, Text] = {"before": msg("effects-before"), "after": msg("effects-after")}


def record(ledger: Ledger, context: Edition) -> None:
    """Event study, cohorts, calendar, cells and decomposition of each outcome."""
    for outcome in context.study.outcomes:
        _record_outcome(ledger, context.study, outcome, context.effects[outcome.name])


def _record_outcome(results: Ledger, study: Study, outcome: Outcome, found: OutcomeEffects) -> None:
    """Event study, cohorts, calendar, cells and decomposition of one outcome."""
    name, note = outcome.name, interval_note(study)
    options = found.main.level, study.inference.bootstrap_draws, study.seed
    _event(results, study, outcome, found, note)
    group, width = bins.cohorts(found.main, *options)
    cohorts, cohort = _named(study, group, "cohort", COHORT, width)
    shared = {"notes": (note, *binned_note(width))}
    columns = [
        cohort,
        *(replace(column, behind=("n_units",)) for column in effect_columns(outcome.decimals)),
        Column("n_units", msg("common-units"), "int", counts=_of_cohort(name, "s" if width > 1 else "")),
    ]
    results.table(
        f"tbl_cohort_{name}",
        cohorts,
        columns,
        caption=caption(msg("effects-effect-cohort"), outcome, unit=True),
        **shared,
    )
    results.figure(
        f"fig_cohort_{name}",
        lambda lang, shown: cohort_effects(
            shown.dropna(subset=["value"]).astype(float),
            found.main.overall,
            period_name(study, lang),
            measured(study, outcome, found),
            lang,
        ),
        frame=cohorts.assign(cohort=group["cohort"].to_numpy())[
            ["cohort", "last", *(column.key for column in columns[1:])]
        ],
        columns=[replace(cohort, key="cohort"), *columns[1:]],
        caption=caption(msg("effects-effect-cohort"), outcome, unit=True),
        alt=msg("fig-cohort.alt"),
        notes=binned_note(width) or None,
    )
    calendar, width = bins.calendar(found.main, *options)
    calendar, period = bin_column(study, calendar, "period", PERIOD)
    results.table(
        f"tbl_calendar_{name}",
        calendar,
        [
            period if width > 1 else Column("period", PERIOD, "period"),
            *effect_columns(outcome.decimals),
            Column("n_units", msg("common-units"), "int", counts=UNITS),
        ],
        behind="n_units",
        caption=caption(msg("effects-effect-period"), outcome, unit=True),
        notes=(note, *binned_note(width)),
    )
    att, width = bins.cells(found.main, *options)
    cells, cell_cohort = _named(study, _with_cohort_units(att, found), "cohort", COHORT, width, "cohort_last")
    cells, period = bin_column(study, cells, "period", PERIOD)
    side = Column("side", msg("effects-side"), "code", codes=SIDES)
    results.table(
        f"tbl_attgt_{name}",
        cells.assign(side=np.where(cells["event_time"] < 0, "before", "after")),
        [
            cell_cohort,
            *([side, period] if width > 1 else [Column("period", PERIOD, "period")]),
            *effect_columns(outcome.decimals),
            Column("n_treated", msg("common-treated-units"), "int", counts=UNITS, behind=("cohort_units",)),
            Column("n_control", msg("common-comparison-units"), "int", counts=UNITS),
            _cohort_units(name, "_bins" if width > 1 else ""),
        ],
        behind=("n_treated", "n_control", "cohort_units"),
        caption=caption(msg("effects-effect-cohort-period"), outcome),
        notes=(note, *binned_note(width)),
    )
    for missing, code in found.missing.items():
        results.text(f"not_shown_{missing}_{name}", code)
    _cells(results, study, outcome, found)
    _bacon(results, study, outcome, found)


def _named(
    study: Study, frame: pd.DataFrame, key: str, label: Text, width: int, last: str = "last"
) -> tuple[pd.DataFrame, Column]:
    """Cohorts as codes, or where they are joined by the ends of their bin."""
    codes, column = cohort_column(study, frame)
    if width == 1:
        return codes, column
    joined, bin_of = bin_column(study, frame, key, label, last)
    return codes.assign(**{bin_of.key: joined[bin_of.key]}), bin_of


def _event(results: Ledger, study: Study, outcome: Outcome, found: OutcomeEffects, note: list[Message]) -> None:
    name = outcome.name
    band = msg("effects-simultaneous-band-covers-all-event-times")
    after = found.main.event.table.query("event_time >= 0")
    for at_end, row in (("first", after.iloc[0]), ("last", after.iloc[-1])):
        at, units = {"event_time": int(row["event_time"])}, int(row["n_units"])
        results.number(
            f"att_{at_end}_{name}",
            float(row["value"]),
            unit=outcome.unit,
            low=float(row["low"]),
            high=float(row["high"]),
            n=units,
            decimals=outcome.decimals,
            counts=Counts("units", f"event_{name}", at=at, count=units),
        )
    _contrasts(results, outcome, found)
    apart = float(after["low"].iloc[-1]) > 0 or float(after["high"].iloc[-1]) < 0
    results.text(f"last_excludes_zero_{name}", "yes" if apart else "no")
    results.number(f"periods_after_{name}", int(after["event_time"].max()) + 1, decimals=0)
    table, width = bins.event(found.main, found.main.level, study.inference.bootstrap_draws, study.seed)
    table, joined = bin_column(study, table, "event_time", msg("common-event-time"), times=True)
    domain = f"event_{name}" if width == 1 else f"events_{name}"
    columns = [
        joined if width > 1 else Column("event_time", msg("common-event-time"), "int", counts=NOTHING),
        *(replace(column, behind=("n_units",)) for column in effect_columns(outcome.decimals)),
        Column("band_low", msg("effects-band-lower"), "number", outcome.decimals, behind=("n_units",)),
        Column("band_high", msg("effects-band-upper"), "number", outcome.decimals, behind=("n_units",)),
        Column("n_units", msg("common-units"), "int", counts=Counts("units", domain, by=("event_time",))),
    ]
    results.table(
        f"tbl_event_{name}",
        table,
        columns,
        caption=caption(msg("effects-effect-time-since-start"), outcome),
        notes=(note, band, *binned_note(width)),
    )
    scale = measured(study, outcome, found)
    results.figure(
        f"fig_event_{name}",
        lambda lang, shown: event_study(shown.dropna(subset=["value"]).astype(float), scale, lang),
        frame=table.drop(columns=joined.key),
        columns=[Column("event_time", msg("common-event-time"), "int", counts=NOTHING), *columns[1:]],
        caption=caption(msg("effects-event-study"), outcome, unit=True),
        alt=msg("fig-event.alt"),
        notes=binned_note(width) or None,
    )


def _contrasts(results: Ledger, outcome: Outcome, found: OutcomeEffects) -> None:
    """Growth within the earliest cohort, the cohorts with the smallest and the largest effect, and their test."""
    name, options = outcome.name, {"unit": outcome.unit, "decimals": outcome.decimals}
    change = contrasts.growth(found.main)
    if change is not None:
        counts = _cohort_at(found, change.cohort, name)
        results.estimate(f"growth_{name}", change, n=change.n_units, counts=counts, **options)
        results.number(f"growth_cohort_{name}", change.cohort, decimals=0)
    _exposure(results, outcome, found)
    _by_unit(results, outcome, found)
    test = contrasts.equal_cohorts(found.main)
    if test is None:
        return
    results.number(f"cohorts_differ_{name}", test.stat, p=test.p, decimals=2)
    ordered = found.main.group.sort_values("value")
    newest = found.main.group.sort_values("cohort").iloc[-1]
    for place, row in (("least", ordered.iloc[0]), ("most", ordered.iloc[-1]), ("newest", newest)):
        bounds = {"low": float(row["low"]), "high": float(row["high"]), "n": int(row["n_units"])}
        counts = _cohort_at(found, row["cohort"], name)
        results.number(f"att_{place}_{name}", float(row["value"]), **options, **bounds, counts=counts)
        results.number(f"cohort_{place}_{name}", int(row["cohort"]), decimals=0)


def _exposure(results: Ledger, outcome: Outcome, found: OutcomeEffects) -> None:
    """The newest cohort beside earlier ones over the same periods since entry."""
    name, same = outcome.name, contrasts.equal_exposure(found.main)
    if same is None:
        return
    options = {"unit": outcome.unit, "decimals": outcome.decimals}
    own, others = _cohort_at(found, same.cohort, name), [_cohort_at(found, cohort, name) for cohort in same.others]
    results.number(f"exposure_newest_{name}", same.newest, **options, counts=own)
    results.number(f"exposure_earlier_{name}", same.earlier, **options, counts=others)
    results.number(
        f"exposure_gap_{name}", same.value, low=same.low, high=same.high, p=same.p, **options, counts=[own, *others]
    )
    results.number(f"exposure_cohort_{name}", same.cohort, decimals=0)
    results.number(f"exposure_periods_{name}", same.periods, decimals=0)


def _by_unit(results: Ledger, outcome: Outcome, found: OutcomeEffects) -> None:
    """The average effect where each unit counts once; hidden with any of the cohorts that it would give away."""
    once = contrasts.by_unit(found.main)
    if once is None:
        return
    name, known = outcome.name, found.main.group["cohort"]
    results.number(
        f"att_by_unit_{name}", once.value, low=once.low, high=once.high, p=once.p, n=once.n_units, unit=outcome.unit,
        decimals=outcome.decimals, counts=[_cohort_at(found, cohort, name) for cohort in known],
    )  # fmt: skip


def _of_cohort(name: str, joined: str = "") -> Counts:
    """A cohort's units. The reader knows the effect and the number of all cohorts, so none is hidden alone.

    Cohorts that are joined are cells of their own; `joined` names the table.
    """
    return Counts("units", f"cohort{joined}_{name}", by=("cohort",), totals=("cohort",))


def _cohort_units(name: str, joined: str = "") -> Column:
    """What every cell of a cohort rests on beside its own count: cohorts are hidden whole."""
    return Column("cohort_units", msg("common-units"), "int", counts=_of_cohort(name, joined), shown=False)


def _with_cohort_units(frame: pd.DataFrame, found: OutcomeEffects) -> pd.DataFrame:
    """The frame with the units of its cohorts, of all that a bin joins."""
    group = found.main.group
    first, last = frame["cohort"].to_numpy(float, na_value=np.nan), frame.get("cohort_last", frame["cohort"])
    inside = (group["cohort"].to_numpy() >= first[:, None]) & (
        group["cohort"].to_numpy() <= last.to_numpy(float, na_value=np.nan)[:, None]
    )
    units = (inside * group["n_units"].to_numpy()).sum(axis=1).astype(float)
    return frame.assign(cohort_units=pd.Series(np.where(units > 0, units, np.nan), index=frame.index).astype("Int64"))


def _cohort_at(found: OutcomeEffects, cohort: float, name: str) -> Counts:
    """The cell that a number about one cohort rests on."""
    units = found.main.group.set_index("cohort")["n_units"].loc[cohort]
    return Counts("units", f"cohort_{name}", at={"cohort": str(int(cohort))}, count=int(units))


def _cells(results: Ledger, study: Study, outcome: Outcome, found: OutcomeEffects) -> None:
    sizes, width = _joined_cells(found.cells)
    cells, cohort = _named(study, _with_cohort_units(sizes, found), "cohort", COHORT, width, "cohort_last")
    cells, period = bin_column(study, cells, "period", PERIOD)
    results.table(
        f"tbl_cells_{outcome.name}",
        cells,
        [
            cohort,
            period if width > 1 else Column("period", PERIOD, "period"),
            Column("n_units", msg("effects-units-observed"), "int", counts=UNITS, behind=("cohort_units",)),
            Column("n_obs", msg("effects-observations"), "int", behind=("n_units", "cohort_units")),
            _cohort_units(outcome.name, "_cells" if width > 1 else ""),
        ],
        caption=caption(msg("effects-sample-size-every-cell"), outcome),
        notes=binned_note(width) or None,
    )


def _joined_cells(sizes: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Sizes of cells with cohorts and periods joined where they are many; units once each, observations all."""
    treated = sizes[sizes["cohort"].notna()]
    width = bins.width_of_cells(treated["cohort"].to_numpy(float), treated["period"].to_numpy(float))
    if width == 1:
        return sizes.assign(cohort_last=sizes["cohort"], last=sizes["period"]), 1
    first = bins.left(treated["cohort"].to_numpy(float), width)
    origin = float(sizes["period"].min())
    at = pd.Series(np.nan, index=sizes.index)
    at[treated.index] = first
    keyed = sizes.assign(at=at.fillna(np.inf), when=bins.left(sizes["period"].to_numpy(float), width, origin))
    units = keyed.groupby(["at", "when", "cohort"], dropna=False)["n_units"].max().groupby(level=[0, 1]).sum()
    ends = keyed.groupby("at")["cohort"].agg(["min", "max"])
    rows = keyed.groupby(["at", "when"]).agg(
        cohort=("cohort", "min"), cohort_last=("cohort", "max"), period=("period", "min"), last=("period", "max"),
        n_obs=("n_obs", "sum"),
    )  # fmt: skip
    rows = rows.assign(n_units=units).reset_index()
    return rows.assign(cohort=rows["at"].map(ends["min"]), cohort_last=rows["at"].map(ends["max"])), width


def _bacon(results: Ledger, study: Study, outcome: Outcome, found: OutcomeEffects) -> None:
    title = caption(msg("effects-goodman-bacon-decomposition"), outcome)
    if found.bacon is None:
        stand_in(results, f"tbl_bacon_{outcome.name}", "bacon", found.missing["bacon"], title)
        return
    balanced = _balanced(results, outcome.name, found.bacon.attrs["n_units"])
    if len(found.bacon) > bins.MOST_CELLS:
        _bacon_kinds(results, outcome, bacon.by_kind(found.bacon), title, balanced)
        return
    frame, treated = cohort_column(study, found.bacon, "treated_cohort")
    frame, control = cohort_column(study, frame, "control_cohort", msg("effects-comparison-cohort"))
    results.table(
        f"tbl_bacon_{outcome.name}",
        frame,
        [
            Column("kind", msg("effects-comparison"), "code", codes=KINDS),
            treated,
            control,
            Column("weight", msg("effects-weight"), "number", 3),
            Column("estimate", ESTIMATE, "number", outcome.decimals),
        ],
        caption=title,
        notes=msg("tbl-bacon.notes", balanced=balanced),
    )


def _balanced(results: Ledger, outcome: str, units: int) -> Digits:
    """The units of the panel that is decomposed, as the note of the table tells them."""
    name = f"bacon_units_{outcome}"
    results.number(name, units, decimals=0, counts=UNITS)
    return Digits(units, of=name)


def _bacon_kinds(results: Ledger, outcome: Outcome, kinds: pd.DataFrame, title: Message, balanced: Digits) -> None:
    """The decomposition by kind of comparison, where its comparisons would fill pages."""
    results.table(
        f"tbl_bacon_{outcome.name}",
        kinds,
        [
            Column("kind", msg("effects-comparison"), "code", codes=KINDS),
            Column("weight", msg("effects-weight"), "number", 3),
            Column("estimate", ESTIMATE, "number", outcome.decimals),
        ],
        caption=title,
        notes=[msg("tbl-bacon.notes", balanced=balanced), msg("effects-bacon-kinds")],
    )


# --- what the report says ---------------------------------------------------------------------------------------------


def results(doc: Doc) -> None:
    """What is said of each outcome: the judgement, how the effect grows, for which cohorts. Its figures are in the annex."""
    for outcome in doc.outcomes:
        name = outcome.name
        heading = doc.about(outcome, "results-outcome")
        two_way = "results-two-way" if doc.has(f"not_shown_bacon_{name}") else "results-two-way-decomposed"
        doc.paragraph(
            heading, judge(doc, outcome), yardstick(doc, outcome), growth(doc, outcome), cohorts(doc, outcome)
        )
        doc.paragraph(doc.about(outcome, "results-figures"), when(doc.has(f"twfe_{name}"), doc.about(outcome, two_way)))
