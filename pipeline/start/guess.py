"""Which column of a panel is what, guessed from the headings and from what the columns hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from pipeline.errors import SourceError
from pipeline.periods import year_of
from pipeline.sources.decimals import decide
from pipeline.sources.identifiers import looks_like_person
from pipeline.sources.values import parse_month, parse_number, parse_quarter, parse_school_year

_YEARS = (1900, 2100)
_WORDS = {
    "unit": r"unit|sekolah|school|npsn|kode|code|^id|nama|name|desa|kelurahan|puskesmas|firm|opd|dinas|county|state",
    "period": r"tahun|year|periode|period|triwulan|quarter|semester|waktu|time",
    "cohort": r"first|mulai|awal|cohort|kohor|masuk|start|entry|treat_?year|gvar",
    "treated": r"treat|ikut|peserta|program|perlakuan|status|post|did",
    "cluster": r"kecamatan|wilayah|kabupaten|district|cluster|klaster|region|provinsi",
    "weight": r"bobot|weight|^pop|penduduk|jumlah",
    "outcome": r"skor|score|nilai|indeks|index|hasil|outcome|rata|rate|persen|capaian|^y$|^ln?_",
}

FORMS = (
    "years (2023, 2022/2023), quarters (2023-T2, 2023 TW II, 2023Q2, Q2 2023, Triwulan II 2023) and months (2023-04, 2023M4, "
    "04/2023, April 2023), one form in the whole column"
)
"""How periods are written that can be read."""
_PERIOD_LIKE = re.compile(r"\b(?:19|20)\d\d|(?:19|20)\d\d\b|\b[qt][1-4]|[1-4]q\b", re.IGNORECASE)
Frequency = Literal["year", "quarter", "month"]


def _first_day(text: str) -> int | None:
    """The year that a program wrote as its first day."""
    return int(text[:4]) if re.fullmatch(r"\d{4}-01-01", text) else None


def _school_year(text: str) -> int | None:
    return parse_school_year(text) if re.search(r"[/–-]", text) else None


def _year(text: str) -> int | None:
    number = parse_number(text, ".")
    return int(number) if number is not None and number % 1 == 0 and _YEARS[0] <= number <= _YEARS[1] else None


_READERS: tuple[tuple[Frequency, Callable[[str], int | None]], ...] = (
    ("year", _year), ("year", _first_day), ("year", _school_year), ("quarter", parse_quarter), ("month", parse_month),
)  # fmt: skip
"""How a column of periods can be read, the likeliest first; a column is of one kind."""


@dataclass(frozen=True)
class Periods:
    """A column of periods: how often they are, and each cell's code."""

    frequency: Frequency
    read: Callable[[str], int | None]


def periods_of(column: pd.Series) -> Periods | None:
    """How a column's periods are read; None where it has blank cells or none of the forms fits them all."""
    if len(column) and column.notna().all():
        for frequency, read in _READERS:
            if all(read(text) is not None for text in column.unique()):
                return Periods(frequency, read)
    return None


def unread(column: pd.Series) -> str:
    """The first cell that keeps a column from being read as periods, by the form that fits most of them."""
    told = column.dropna().unique().tolist()
    if len(told) < column.nunique(dropna=False) and periods_of(column.dropna()):
        return "a blank cell"
    most = max((read for _, read in _READERS), key=lambda read: sum(read(text) is not None for text in told))
    return next((repr(text) for text in told if most(text) is None), "a blank cell")


@dataclass(frozen=True)
class Guess:
    """A column and why it was taken for what it is."""

    column: str
    why: str


@dataclass(frozen=True)
class Guesses:
    """Roles of a panel's columns; None where no column fits.

    Attributes:
        outcomes: All columns that could be one, best first.
        period_like: A column that looks like periods and cannot be read as such, where there is no `period`.
        decimal: The decimal mark of all columns, where they tell it.
        unclear: A number that can be read with either mark; "" where all are clear.
        persons: Whether units are persons.
        last_year: The year of the last period.
    """

    unit: Guess | None
    period: Guess | None
    cohort: Guess | None
    treated: Guess | None
    cluster: Guess | None
    outcomes: list[Guess]
    period_like: str
    decimal: str | None
    unclear: str
    persons: bool
    last_year: int | None


def guess(frame: pd.DataFrame) -> Guesses:
    """Roles of the columns of a table of text cells, one row a unit and period."""
    decimal, unclear = _decimal(frame)
    usual = decimal or ("," if re.search(r",\d+$", unclear) else ".")
    numbers = {name: _numbers(frame[name], usual) for name in names(frame)}
    period = _period(frame)
    how = periods_of(frame[period.column]) if period else None
    unit = _unit(frame, period)
    taken = {one.column for one in (unit, period) if one}
    steady = _steady(frame, unit, taken)
    cohort = _cohort(frame, numbers, steady, how)
    treated = _treated(numbers, set(names(frame)) - taken - set(steady), frame)
    if cohort is not None:
        treated = None
    taken |= {one.column for one in (cohort, treated) if one}
    cluster = _cluster(frame, [name for name in steady if name not in taken], unit)
    taken |= {cluster.column} if cluster else set()
    persons = unit is not None and bool(frame[unit.column].dropna().head(50).map(looks_like_person).any())
    last = max(year_of(how.read(text) or 0) for text in frame[period.column].unique()) if period and how else None
    like = "" if period else _period_like(frame)
    outcomes = _outcomes(frame, numbers, [name for name in names(frame) if name not in taken | set(steady)])
    return Guesses(unit, period, cohort, treated, cluster, outcomes, like, decimal, unclear, persons, last)


def names(frame: pd.DataFrame) -> list[str]:
    """The headings of a table of text cells."""
    return [str(name) for name in frame.columns]


def _named(role: str, name: str) -> bool:
    return re.search(_WORDS[role], name.casefold()) is not None


def _decimal(frame: pd.DataFrame) -> tuple[str | None, str]:
    """The mark that all columns use, None where they have none or differ; and a cell that can be read both ways."""
    marks, unclear = set(), ""
    for name in names(frame):
        cells = {k: text for k, text in enumerate(frame[name]) if text and re.fullmatch(r"[-+]?\d[\d.,]*", text)}
        if len(cells) < 0.5 * frame[name].notna().sum() or not any("," in t or "." in t for t in cells.values()):
            continue
        try:
            marks.add(decide(cells, None, "", "").mark)
        except SourceError:
            unclear = next(text for text in cells.values() if "," in text or "." in text)
    return marks.pop() if len(marks) == 1 else None, unclear


def _numbers(column: pd.Series, mark: str) -> pd.Series:
    return column.map(lambda text: parse_number(text, mark) if text else None).astype("float64")


def _whole(numbers: dict[str, pd.Series]) -> list[str]:
    return [n for n, values in numbers.items() if values.notna().all() and len(values) and (values % 1 == 0).all()]


def _period(frame: pd.DataFrame) -> Guess | None:
    """The column of periods: years before quarters and months, and a likely heading before others."""
    known = {name: periods_of(frame[name]) for name in names(frame) if frame[name].nunique() < len(frame)}
    found = sorted((one.frequency != "year", name) for name, one in known.items() if one is not None)
    order = names(frame)
    found.sort(key=lambda one: (not _named("period", one[1]), one[0], order.index(one[1])))
    if not found:
        return None
    best = found[0][1]
    how = known[best]
    assert how is not None
    told = sorted(frame[best].unique(), key=lambda text: how.read(text) or 0)
    return Guess(best, f"{len(told)} periods, {told[0]} to {told[-1]}")


def _period_like(frame: pd.DataFrame) -> str:
    """A column that looks like periods by what it holds, or else by its heading."""
    repeated = [name for name in names(frame) if 1 < frame[name].nunique() < len(frame)]
    share = {name: frame[name].dropna().map(lambda text: bool(_PERIOD_LIKE.search(text))).mean() for name in repeated}
    likely = [name for name in repeated if share[name] > 0.5] or [name for name in repeated if _named("period", name)]
    return max(likely, key=lambda name: (_named("period", name), share[name]), default="")


def _unit(frame: pd.DataFrame, period: Guess | None) -> Guess | None:
    """The column that, with the period, names each row once; among several the one with the likeliest heading."""
    if period is None:
        return None
    alone = []
    for name in names(frame):
        column = frame[name]
        repeated = column.notna().all() and 1 < column.nunique() < len(frame)
        if name != period.column and repeated and not frame.duplicated([name, period.column]).any():
            alone.append(name)
    alone.sort(key=lambda name: (not _named("unit", name), frame[name].nunique()))
    return Guess(alone[0], f"{frame[alone[0]].nunique()} units, each once a period") if alone else None


def _steady(frame: pd.DataFrame, unit: Guess | None, taken: set[str]) -> list[str]:
    """Columns that never change within a unit."""
    if unit is None:
        return []
    within = frame.fillna("").groupby(frame[unit.column]).nunique()
    return [name for name in names(frame) if name not in taken and bool((within[name] <= 1).all())]


def _cohort(frame: pd.DataFrame, numbers: dict[str, pd.Series], steady: list[str], how: Periods | None) -> Guess | None:
    for name in sorted(steady, key=lambda name: not _named("cohort", name)):
        filled = frame[name].dropna()
        values = numbers[name].dropna()
        if how is not None and how.read is not _year:
            fits = len(filled) > 0 and filled.map(how.read).notna().all() and filled.nunique() < len(filled)
        else:
            real = values[values > 0]
            fits = (
                len(real) > 0 and len(values) == len(filled) and real.between(*_YEARS).all() and (real % 1 == 0).all()
            )
        never = len(filled) < len(frame) or bool((values <= 0).any())
        if fits and how is not None and (never or _named("cohort", name)):
            return Guess(name, "a period for some units, nothing for others")
    return None


def _treated(numbers: dict[str, pd.Series], free: set[str], frame: pd.DataFrame) -> Guess | None:
    switches = [name for name in names(frame) if name in free and set(numbers[name].dropna().unique()) == {0.0, 1.0}]
    switches = [name for name in switches if numbers[name].notna().all()]
    best = next((name for name in switches if _named("treated", name)), switches[0] if switches else None)
    return Guess(best, "0 and 1, which change within units") if best else None


def _cluster(frame: pd.DataFrame, steady: list[str], unit: Guess | None) -> Guess | None:
    for name in steady:
        if unit is not None and _named("cluster", name) and 1 < frame[name].nunique() < frame[unit.column].nunique():
            return Guess(name, f"{frame[name].nunique()} groups of units")
    return None


def _outcomes(frame: pd.DataFrame, numbers: dict[str, pd.Series], free: list[str]) -> list[Guess]:
    found = [
        n for n in free if numbers[n].notna().sum() >= 0.5 * frame[n].notna().sum() > 0 and numbers[n].nunique() > 2
    ]
    found.sort(key=lambda name: (not _named("outcome", name), _named("weight", name)))
    return [Guess(name, f"numbers from {numbers[name].min():g} to {numbers[name].max():g}") for name in found]
