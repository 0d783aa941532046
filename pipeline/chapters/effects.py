"""Exhibits of 03_effects: the main estimates by outcome, their aggregates, and a replicated published table."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from pipeline.chapters import figures
from pipeline.chapters.analysis import OutcomeEffects
from pipeline.chapters.auxiliary import stand_in
from pipeline.chapters.words import (
    ESTIMATE,
    PERIOD,
    SE,
    P,
    caption,
    cohort_column,
    effect_columns,
    interval_note,
    period_name,
)
from pipeline.languages.catalogue import say
from pipeline.languages.message import msg
from pipeline.ledger.counts import NOTHING, UNITS, Counts
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects import make_design, twfe
from pipeline.methods.effects.group_time import contrasts
from pipeline.study import Outcome, Study

KINDS = {
    "treated_vs_never": msg("effects-kind-treated-vs-never"),
    "earlier_vs_later": msg("effects-kind-earlier-vs-later"),
    "later_vs_earlier": msg("effects-kind-later-vs-earlier"),
}


def record_effects(results: Ledger, study: Study, effects: dict[str, OutcomeEffects]) -> None:
    """The table over all outcomes, the main figure and the two headline numbers of each outcome."""
    rows = []
    for outcome in study.outcomes:
        found = effects[outcome.name]
        overall, two_way = found.main.overall, found.twfe
        for name, estimate in ((f"att_{outcome.name}", overall), (f"twfe_{outcome.name}", two_way)):
            if estimate is None:
                continue
            results.number(
                name,
                estimate.value,
                unit=outcome.unit,
                low=estimate.low,
                high=estimate.high,
                p=estimate.p,
                n=estimate.n_units,
                decimals=outcome.decimals,
            )
        rows.append(
            {
                "outcome": outcome.name,
                "value": overall.value,
                "se": overall.se,
                "low": overall.low,
                "high": overall.high,
                "p": overall.p,
                "twfe": two_way.value if two_way else None,
                "units": overall.n_units,
                "obs": overall.n_obs,
                "smallest_effect": outcome.smallest_effect,
            }
        )
    table = pd.DataFrame(rows)
    labels = {outcome.name: outcome.label.model_dump() for outcome in study.outcomes}
    results.table(
        "tbl_effects",
        table,
        [
            Column("outcome", msg("common-outcome"), "code", codes=labels),
            *effect_columns(3),
            Column("p", P, "p"),
            Column("twfe", msg("common-two-way"), "number", 3),
            Column("units", msg("common-units"), "int", counts=UNITS),
            Column("obs", msg("effects-observations"), "int"),
        ],
        behind="units",
        caption=msg("tbl-effects"),
        notes=msg("tbl-effects.notes"),
    )
    results.figure(
        "fig_main",
        lambda lang: figures.main(table.assign(label=[say(labels[o], lang) for o in table["outcome"]]), lang),
        caption=msg("fig-main"),
        alt=msg("fig-main.alt"),
    )


def record_outcome(results: Ledger, study: Study, outcome: Outcome, found: OutcomeEffects) -> None:
    """Event study, cohorts, calendar, cells and decomposition of one outcome."""
    name, note = outcome.name, interval_note(study)
    cohorts, cohort = cohort_column(study, found.main.group)
    cells, cell_cohort = cohort_column(study, _with_cohort_units(found.main.att, found))
    _event(results, outcome, found, note)
    shared = {"notes": note}
    columns = [
        cohort,
        *(replace(column, behind=("n_units",)) for column in effect_columns(outcome.decimals)),
        Column("n_units", msg("common-units"), "int", counts=_of_cohort(name)),
    ]
    results.table(
        f"tbl_cohort_{name}",
        cohorts,
        columns,
        caption=caption(msg("effects-effect-cohort"), outcome, unit=True),
        **shared,
    )
    results.table(
        f"tbl_calendar_{name}",
        found.main.calendar,
        [
            Column("period", PERIOD, "period"),
            *effect_columns(outcome.decimals),
            Column("n_units", msg("common-units"), "int", counts=UNITS),
        ],
        behind="n_units",
        caption=caption(msg("effects-effect-period"), outcome, unit=True),
        **shared,
    )
    results.table(
        f"tbl_attgt_{name}",
        cells,
        [
            cell_cohort,
            Column("period", PERIOD, "period"),
            *effect_columns(outcome.decimals),
            Column("n_treated", msg("common-treated-units"), "int", counts=UNITS, behind=("cohort_units",)),
            Column("n_control", msg("common-comparison-units"), "int", counts=UNITS),
            _cohort_units(name),
        ],
        behind=("n_treated", "n_control", "cohort_units"),
        caption=caption(msg("effects-effect-cohort-period"), outcome),
        **shared,
    )
    results.figure(
        f"fig_cohort_{name}",
        lambda lang, shown: figures.cohort_effects(
            shown.dropna(subset=["value"]).astype(float), found.main.overall, period_name(study, lang), lang
        ),
        frame=cohorts.assign(cohort=found.main.group["cohort"].to_numpy())[[column.key for column in columns]],
        columns=columns,
        caption=caption(msg("effects-effect-cohort"), outcome, unit=True),
        alt=msg("fig-cohort.alt"),
    )
    for missing, code in found.missing.items():
        results.text(f"not_shown_{missing}_{name}", code)
    _cells(results, study, outcome, found)
    _bacon(results, study, outcome, found)


def _event(results: Ledger, outcome: Outcome, found: OutcomeEffects, note: dict[str, str]) -> None:
    name = outcome.name
    band = msg("effects-simultaneous-band-covers-all-event-times")
    after = found.main.event.table.query("event_time >= 0")
    for when, row in (("first", after.iloc[0]), ("last", after.iloc[-1])):
        at, units = {"event_time": int(row["event_time"])}, int(row["n_units"])
        results.number(
            f"att_{when}_{name}",
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
    columns = [
        Column("event_time", msg("common-event-time"), "int", counts=NOTHING),
        *(replace(column, behind=("n_units",)) for column in effect_columns(outcome.decimals)),
        Column("band_low", msg("effects-band-lower"), "number", outcome.decimals, behind=("n_units",)),
        Column("band_high", msg("effects-band-upper"), "number", outcome.decimals, behind=("n_units",)),
        Column("n_units", msg("common-units"), "int", counts=Counts("units", f"event_{name}", by=("event_time",))),
    ]
    results.table(
        f"tbl_event_{name}",
        found.main.event.table,
        columns,
        caption=caption(msg("effects-effect-time-since-start"), outcome),
        notes=(note, band),
    )
    results.figure(
        f"fig_event_{name}",
        lambda lang, shown: figures.event_study(shown.dropna(subset=["value"]).astype(float), lang),
        frame=found.main.event.table,
        columns=columns,
        caption=caption(msg("effects-event-study"), outcome, unit=True),
        alt=msg("fig-event.alt"),
    )


def _contrasts(results: Ledger, outcome: Outcome, found: OutcomeEffects) -> None:
    """Growth within the earliest cohort, the cohorts with the smallest and the largest effect, and their test."""
    name, options = outcome.name, {"unit": outcome.unit, "decimals": outcome.decimals}
    change = contrasts.growth(found.main)
    if change is not None:
        interval = {"low": change.low, "high": change.high, "p": change.p, "n": change.n_units}
        results.number(
            f"growth_{name}", change.value, **options, **interval, counts=_cohort_at(found, change.cohort, name)
        )
        results.number(f"growth_cohort_{name}", change.cohort, decimals=0)
    test = contrasts.equal_cohorts(found.main)
    if test is None:
        return
    results.number(f"cohorts_differ_{name}", test.stat, p=test.p, decimals=2)
    ordered = found.main.group.sort_values("value")
    for place, row in (("least", ordered.iloc[0]), ("most", ordered.iloc[-1])):
        bounds = {"low": float(row["low"]), "high": float(row["high"]), "n": int(row["n_units"])}
        counts = _cohort_at(found, row["cohort"], name)
        results.number(f"att_{place}_{name}", float(row["value"]), **options, **bounds, counts=counts)
        results.number(f"cohort_{place}_{name}", int(row["cohort"]), decimals=0)


def _of_cohort(name: str) -> Counts:
    """A cohort's units. The reader knows the effect and the number of all cohorts, so none is hidden alone."""
    return Counts("units", f"cohort_{name}", by=("cohort",), totals=("cohort",))


def _cohort_units(name: str) -> Column:
    """What every cell of a cohort rests on beside its own count: cohorts are hidden whole."""
    return Column("cohort_units", msg("common-units"), "int", counts=_of_cohort(name), shown=False)


def _with_cohort_units(frame: pd.DataFrame, found: OutcomeEffects) -> pd.DataFrame:
    units = found.main.group.set_index("cohort")["n_units"]
    return frame.assign(cohort_units=frame["cohort"].map(units))


def _cohort_at(found: OutcomeEffects, cohort: float, name: str) -> Counts:
    """The cell that a number about one cohort rests on."""
    units = found.main.group.set_index("cohort")["n_units"].loc[cohort]
    return Counts("units", f"cohort_{name}", at={"cohort": str(int(cohort))}, count=int(units))


def _cells(results: Ledger, study: Study, outcome: Outcome, found: OutcomeEffects) -> None:
    cells, cohort = cohort_column(study, _with_cohort_units(found.cells, found))
    results.table(
        f"tbl_cells_{outcome.name}",
        cells,
        [
            cohort,
            Column("period", PERIOD, "period"),
            Column("n_units", msg("effects-units-observed"), "int", counts=UNITS, behind=("cohort_units",)),
            Column("n_obs", msg("effects-observations"), "int", behind=("n_units", "cohort_units")),
            _cohort_units(outcome.name),
        ],
        caption=caption(msg("effects-sample-size-every-cell"), outcome),
    )


def _bacon(results: Ledger, study: Study, outcome: Outcome, found: OutcomeEffects) -> None:
    title = caption(msg("effects-goodman-bacon-decomposition"), outcome)
    if found.bacon is None:
        stand_in(results, f"tbl_bacon_{outcome.name}", "bacon", found.missing["bacon"], title)
        return
    balanced = found.bacon.attrs["n_units"]
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


def record_replication(results: Ledger, study: Study, panel: pd.DataFrame) -> None:
    """The published table that the study declares, ours beside it, by the regression with lags of treatment."""
    published = study.replication
    if published is None:
        return
    design = make_design(panel, published.outcome, cluster="cluster" if "cluster" in panel else "unit")
    ours = twfe.lags(design, lags=published.lags, vcov="classical" if published.vcov == "classical" else "unit")
    values: dict[str, dict[str, float]] = ours.set_index("term")[["value", "se"]].to_dict("index")
    rows = [
        {
            "term": term.term,
            "published": term.value,
            "published_se": term.se,
            "value": values[term.term]["value"],
            "se": values[term.term]["se"],
        }
        for term in published.terms
    ]
    codes = {term.term: term.label.model_dump() for term in published.terms}
    results.table(
        "tbl_replication",
        pd.DataFrame(rows),
        [
            Column("term", msg("effects-term"), "code", codes=codes),
            Column("value", ESTIMATE, "number", 3),
            Column("se", SE, "number", 3),
            Column("published", msg("common-published"), "number", 3),
            Column("published_se", msg("effects-published-standard-error"), "number", 3),
        ],
        caption=msg("tbl-replication"),
        notes=msg("tbl-replication.notes", source=published.source, n=published.n),
    )
    results.number("replication_n", len(design.data), unit="", decimals=0, n=len(design.data))
