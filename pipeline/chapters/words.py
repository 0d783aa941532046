"""Columns and captions that several topics share."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from pipeline.clean.told import NEVER as NEVER_CODE
from pipeline.clean.told import SMALLER
from pipeline.languages import locale
from pipeline.languages.message import Digits, Message, Period, Text, literal, msg, plain
from pipeline.ledger.entries import Column
from pipeline.study import Outcome, Study

SOURCES: dict[str, Text] = {
    "schools": msg("common-sources-schools"),
    "scores": msg("common-sources-scores"),
    "staff": msg("common-sources-staff"),
    "training": msg("common-sources-training"),
    "observations": msg("common-sources-observations"),
    "participation": msg("common-sources-participation"),
    "costs": msg("common-sources-costs"),
    "ip_asn": msg("common-sources-ip-asn"),
    "skm": msg("common-sources-skm"),
    "invited": msg("common-sources-invited"),
    "answers": msg("common-sources-answers"),
    "panel": msg("common-sources-panel"),
}
ACTIVITIES: dict[str, Text] = {
    "workshop": msg("common-activities-workshop"),
    "seminar": msg("common-activities-seminar"),
    "out_of_region": msg("common-activities-out-of-region"),
    "mentoring": msg("common-activities-mentoring"),
}
COHORT = msg("common-cohort")
PERIOD = msg("common-period")
ESTIMATE = msg("common-estimate")
SE = msg("col-se")
LOW = msg("col-low")
HIGH = msg("col-high")
P = msg("col-p")
NEVER = msg("col-never")


def effect_columns(decimals: int) -> list[Column]:
    """Estimate, standard error and interval."""
    return [
        Column("value", ESTIMATE, "number", decimals),
        Column("se", SE, "number", decimals),
        Column("low", LOW, "number", decimals),
        Column("high", HIGH, "number", decimals),
    ]


def caption(lead: Text, outcome: Outcome, *, unit: bool = False) -> Message:
    """A caption about one outcome: "Effect by cohort: Literacy", with its unit where asked for."""
    about = {"lead": lead, "outcome": outcome.label.model_dump()}
    return msg("common-about-unit", **about, unit=unit_words(outcome.unit)) if unit else msg("common-about", **about)


def period_name(study: Study, lang: str) -> Callable[[float], str]:
    """How figures name a period: as tables do (`pipeline.languages.locale.period`)."""
    return lambda period: locale.period(period, study.period_kind, lang)


def bin_column(
    study: Study, frame: pd.DataFrame, key: str, label: Text, last: str = "last", *, times: bool = False
) -> tuple[pd.DataFrame, Column]:
    """The frame with its bins named by their ends in `bin_<key>`, and that column; a missing one is "never treated".

    Args:
        study: Whose periods they are.
        frame: `key` and `last` are the first and the last of each bin.
        key, label: The column, and its heading.
        last: Column of the last ones.
        times: Whether they are event times and no periods.
    """
    kind = study.period_kind
    codes: dict[str, Text] = {"never": NEVER}
    shown = []
    for first, end in zip(frame[key], frame[last], strict=True):
        if pd.isna(first):
            shown.append("never")
            continue
        a, b = int(first), int(end)
        code = f"{a}:{b}"
        ends = (plain(a), plain(b)) if times else (Period(a, kind), Period(b, kind))
        codes[code] = msg("common-bin", first=ends[0], last=ends[1]) if a != b else literal(ends[0])
        shown.append(code)
    name = f"bin_{key}"
    return frame.assign(**{name: pd.Series(shown, index=frame.index, dtype=object)}), Column(
        name, label, "code", codes=codes
    )


def binned_note(width: int) -> list[Message]:
    """How neighbours were joined, where they were."""
    return [msg("common-binned", width=width)] if width > 1 else []


def interval_note(study: Study) -> list[Message]:
    """What the bounds are, and how units count where the study weighs them."""
    program = study.program
    label = program.cluster_label.model_dump() if program.cluster_label else msg("common-cluster")
    cluster = label if program.assigned_at == "cluster" else msg("common-unit")
    notes = [msg("common-interval-note", level=round(100 * study.inference.level), cluster=cluster)]
    if study.weighted and study.panel:
        notes.append(msg("common-weight-note", weight=study.panel.weight))
    return notes


LONG_UNITS = ("sd", "log_points", "index_points", "share_points", "percent_points")
"""Units that captions name in full."""


def unit_words(unit: str) -> Message:
    """The unit of an effect, for captions."""
    return msg(f"unit-{unit.replace('_', '-')}.long") if unit in LONG_UNITS else literal(unit)


def axis(what: Text, unit: Text) -> Message:
    """What an axis of numbers is called: what it measures, and in which unit."""
    return msg("titles-axis", what=what, unit=unit)


def n_of(n: int) -> Message:
    """On how many something rests."""
    return msg("titles-n", n=Digits(n))


def with_n(label: Text, n: int) -> Message:
    """What is drawn, and on how many it rests."""
    return msg("titles-with-n", label=label, n=n_of(n))


def cohort_column(
    study: Study, frame: pd.DataFrame, key: str = "cohort", label: Text = COHORT
) -> tuple[pd.DataFrame, Column]:
    """The frame with its cohorts as codes, and their column: a missing cohort reads "never treated"."""
    text = frame[key].astype("Int64").astype("string").fillna(NEVER_CODE).astype(object)
    return frame.assign(**{key: text}), cohort_codes(study, text, key, label)


def cohort_codes(study: Study, codes: pd.Series, key: str = "cohort", label: Text = COHORT) -> Column:
    """The column that names cohorts by their codes (`pipeline.clean.told`)."""
    words: dict[str, Text] = {NEVER_CODE: NEVER, SMALLER: msg("common-smaller-cohorts")}
    periods = {code: literal(Period(float(code), study.period_kind)) for code in sorted(set(codes) - words.keys())}
    return Column(key, label, "code", codes={**periods, **words})
