"""What the page of a fleet records in its ledger: tables, figures and pooled effects over all places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from pipeline.chapters.headlines import coded
from pipeline.chapters.reasons import VERDICTS
from pipeline.chapters.words import HIGH, LOW, SE, P, unit_words
from pipeline.fleet.forest import forest
from pipeline.fleet.results import Effect, Place
from pipeline.languages.message import Text, literal, msg
from pipeline.ledger.counts import NOTHING, Counts
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.pooling import FEWEST, Pooled, pool
from pipeline.report.tables import escape
from pipeline.study import Outcome

NAME = "fleet"
LINK = "place/"
"""What links to places begin with until the page is written: no report may hold a link that leads out of it."""
_LEVEL = 0.95


def record(ledger: Ledger, places: Sequence[Place], outcomes: Sequence[Outcome]) -> dict[str, Pooled]:
    """All tables, numbers and figures of the page; the pooled effects by outcome.

    Args:
        ledger: The page's, in the page's languages.
        places: All of them.
        outcomes: Those that count.
    """
    made = [place for place in places if place.fault is None]
    ledger.number("fleet_asked", len(places), decimals=0)
    ledger.number("fleet_made", len(made), decimals=0)
    links: dict[str, Text] = {place.study: literal(f"[{escape(place.label)}]({LINK}{place.study})") for place in places}
    names = {place.study: place.label for place in places}
    pooled: dict[str, Pooled] = {}
    rows: list[dict[str, Any]] = []
    for outcome in outcomes:
        known = {place.study: place.effects[outcome.name] for place in made if outcome.name in place.effects}
        if not known:
            continue
        frame = _frame(known)
        _measured(ledger, outcome, list(known.values()))
        found = _pool(list(known.values()))
        if found is not None:
            pooled[outcome.name] = found
            rows.append(_numbers(ledger, outcome, found, known))
        _places(ledger, outcome, frame, links)
        if len({effect.measure for effect in known.values()}) == 1:
            _figure(ledger, outcome, frame, names, found)
    if rows:
        _pooled_tables(ledger, outcomes, rows)
    _verdicts(ledger, made, outcomes)
    _faults(ledger, places, names)
    return pooled


def _frame(known: dict[str, Effect]) -> pd.DataFrame:
    keys = ("verdict", "value", "se", "low", "high", "p", "units", "measure")
    rows = [{"place": place, **{key: getattr(effect, key) for key in keys}} for place, effect in known.items()]
    return pd.DataFrame(rows).assign(verdict=lambda table: table["verdict"].replace("", None))


def _pool(effects: Sequence[Effect]) -> Pooled | None:
    """The pooled effect of those that can be; None where they are too few, or measured differently."""
    ready = [effect for effect in effects if effect.pooled]
    if len(ready) < FEWEST or len({effect.measure for effect in ready}) > 1:
        return None
    return pool([float(e.value or 0.0) for e in ready], [float(e.se or 0.0) for e in ready], _LEVEL)


def _measured(ledger: Ledger, outcome: Outcome, effects: Sequence[Effect]) -> None:
    """Whether places measure alike, and whose standard deviations effects are in where they are in such.

    A standard deviation is one of the place's own data, so that the same effect in points is another number where units
    differ more; pooled effects in them are comparable as far as the standard deviations are alike.
    """
    measures = {effect.measure for effect in effects}
    ledger.text(f"fleet_measured_{outcome.name}", "alike" if len(measures) == 1 else "apart")
    ready = {effect.measure for effect in effects if effect.pooled}
    ledger.text(f"fleet_why_{outcome.name}", "apart" if len(ready) > 1 else "few")
    unit, transform = measures.pop()
    own = "comparison" if transform == "standardise" else "given" if unit == "sd" else "none"
    ledger.text(f"fleet_deviations_{outcome.name}", own if not measures else "none")


def _numbers(ledger: Ledger, outcome: Outcome, found: Pooled, known: dict[str, Effect]) -> dict[str, Any]:
    name, places = outcome.name, outcome.decimals
    ledger.estimate(f"fleet_pooled_{name}", found, unit=outcome.unit, decimals=places)
    ledger.number(f"fleet_k_{name}", found.k, decimals=0)
    ledger.number(f"fleet_left_{name}", len(known) - found.k, decimals=0)
    ledger.number(f"fleet_i2_{name}", 100 * found.i2, unit="percent", decimals=0)
    if found.low_new is not None and found.high_new is not None:
        ledger.number(f"fleet_new_low_{name}", found.low_new, unit=outcome.unit, decimals=places)
        ledger.number(f"fleet_new_high_{name}", found.high_new, unit=outcome.unit, decimals=places)
    units = [effect.units for effect in known.values() if effect.units is not None]
    kept = ("k", "value", "se", "low", "high", "p", "low_new", "high_new", "tau2", "q", "q_p")
    shown = {key: getattr(found, key) for key in kept}
    return {"outcome": name, **shown, "tau": found.tau2**0.5, "i2": 100 * found.i2, "units": sum(units)}


def _places(ledger: Ledger, outcome: Outcome, frame: pd.DataFrame, links: dict[str, Text]) -> None:
    cells = Counts("units", NAME, by=("place",), at={"outcome": outcome.name})
    apart = frame["measure"].nunique() > 1
    frame = frame.assign(measure=frame["measure"].map("/".join))
    ledger.table(
        f"tbl_fleet_{outcome.name}",
        frame,
        [
            Column("place", msg("fleet-place"), "code", codes=links),
            Column("verdict", msg("common-verdict"), "code", codes=coded(VERDICTS, frame["verdict"])),
            *([Column("measure", msg("fleet-measure"), "code", codes=_measures(frame["measure"]))] if apart else []),
            *(
                Column(key, label, "number", outcome.decimals)
                for key, label in (("value", msg("common-effect")), ("low", LOW), ("high", HIGH))
            ),
            Column("p", P, "p"),
            Column("units", msg("common-units"), "int", counts=cells),
        ],
        behind="units",
        caption=msg("tbl-fleet", outcome=outcome.label.model_dump()),
        notes=msg("tbl-fleet.notes"),
    )


def _measures(measures: pd.Series) -> dict[str, Text]:
    """Words of how places measured: the unit, and how values were brought to it."""
    found: dict[str, Text] = {}
    for measure in measures.unique():
        unit, transform = measure.rsplit("/", 1)
        found[measure] = msg(f"fleet-measure-{transform}", unit=unit_words(unit))
    return found


def _figure(ledger: Ledger, outcome: Outcome, frame: pd.DataFrame, names: dict[str, str], found: Pooled | None) -> None:
    if not frame["value"].notna().any():
        return
    words = unit_words(outcome.unit)
    ledger.figure(
        f"fig_fleet_{outcome.name}",
        lambda lang, shown: forest(shown, names, found, words, lang),
        frame=frame,
        columns=[
            Column("place", msg("fleet-place"), "code", codes={key: literal(text) for key, text in names.items()}),
            *(
                Column(key, msg("common-effect"), "number", outcome.decimals, behind=("units",))
                for key in ("value", "low", "high")
            ),
            Column(
                "units",
                msg("common-units"),
                "int",
                counts=Counts("units", NAME, by=("place",), at={"outcome": outcome.name}),
            ),
        ],
        caption=msg("fig-fleet", outcome=outcome.label.model_dump()),
        alt=msg("fig-fleet.alt"),
        notes=msg("fig-fleet.notes"),
    )


def _pooled_tables(ledger: Ledger, outcomes: Sequence[Outcome], rows: list[dict[str, Any]]) -> None:
    frame = pd.DataFrame(rows)
    decimals = max(outcome.decimals for outcome in outcomes)
    named = Column("outcome", msg("common-outcome"), "code", codes={o.name: o.label.model_dump() for o in outcomes})
    numbers: list[tuple[str, Text]] = [
        ("value", msg("fleet-pooled")),
        ("low", LOW),
        ("high", HIGH),
        ("low_new", msg("fleet-new-low")),
        ("high_new", msg("fleet-new-high")),
    ]
    ledger.table(
        "tbl_fleet_pooled",
        frame,
        [
            named,
            Column("k", msg("fleet-k"), "int", counts=NOTHING),
            Column("units", msg("common-units"), "int", counts=Counts("units", NAME, by=("outcome",))),
            *(Column(key, label, "number", decimals) for key, label in numbers),
            Column("p", P, "p"),
        ],
        caption=msg("tbl-fleet-pooled"),
    )
    ledger.table(
        "tbl_fleet_heterogeneity",
        frame,
        [
            named,
            Column("se", SE, "number", decimals),
            Column("tau", msg("fleet-tau"), "number", decimals),
            Column("tau2", msg("fleet-tau2"), "number", decimals),
            Column("i2", msg("fleet-i2"), "number", 0),
            Column("q", msg("fleet-q"), "number", 2),
            Column("q_p", msg("fleet-q-p"), "p"),
        ],
        caption=msg("tbl-fleet-heterogeneity"),
    )


def _verdicts(ledger: Ledger, made: Sequence[Place], outcomes: Sequence[Outcome]) -> None:
    found = pd.DataFrame(
        [
            {"outcome": outcome.name, "verdict": place.effects[outcome.name].verdict}
            for outcome in outcomes
            for place in made
            if outcome.name in place.effects and place.effects[outcome.name].verdict
        ],
        columns=["outcome", "verdict"],
    )
    if found.empty:
        return
    order = {code: number for number, code in enumerate(VERDICTS)}
    counted = found.value_counts(sort=False).rename("places").reset_index()
    counted["at"] = [order.get(code, len(order)) for code in counted["verdict"]]
    counted = counted.sort_values(["outcome", "at", "verdict"], ignore_index=True)
    ledger.table(
        "tbl_fleet_verdicts",
        counted,
        [
            Column("outcome", msg("common-outcome"), "code", codes={o.name: o.label.model_dump() for o in outcomes}),
            Column("verdict", msg("common-verdict"), "code", codes=coded(VERDICTS, counted["verdict"])),
            Column("places", msg("fleet-k"), "int", counts=NOTHING),
        ],
        caption=msg("tbl-fleet-verdicts"),
    )


def _faults(ledger: Ledger, places: Sequence[Place], names: dict[str, str]) -> None:
    """The kinds of what went wrong, in the catalogues' words; a message's own text may quote a file and stays private."""
    rows: list[dict[str, Any]] = []
    texts: dict[str, Text] = {}
    for place in places:
        if place.fault is None:
            continue
        codes = [code.replace("_", "-") for code in place.fault.codes]
        kinds: list[Text] = [msg(f"fault-{code}") for code in codes]
        texts[place.study] = kinds or msg(f"fleet-fault-{place.fault.kind}")
        rows.append({"place": place.study, "fault": place.study, "step": place.fault.step or None})
    if rows:
        ledger.table(
            "tbl_fleet_faults",
            pd.DataFrame(rows),
            [
                Column("place", msg("fleet-place"), "code", codes={k: literal(escape(v)) for k, v in names.items()}),
                Column("fault", msg("fleet-fault"), "code", codes=texts),
                Column("step", msg("fleet-step")),
            ],
            caption=msg("tbl-fleet-faults"),
        )
