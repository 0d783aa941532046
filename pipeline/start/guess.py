"""Which column of a panel is what, guessed from the headings and from what the columns hold."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from pipeline.errors import SourceError
from pipeline.sources.decimals import decide
from pipeline.sources.identifiers import looks_like_person
from pipeline.sources.values import parse_number, parse_quarter

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
        quarters: Whether periods are quarters and no years.
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
    quarters: bool
    decimal: str | None
    unclear: str
    persons: bool
    last_year: int | None


def guess(frame: pd.DataFrame) -> Guesses:
    """Roles of the columns of a table of text cells, one row a unit and period."""
    decimal, unclear = _decimal(frame)
    usual = decimal or ("," if re.search(r",\d+$", unclear) else ".")
    numbers = {name: _numbers(frame[name], usual) for name in names(frame)}
    period = _period(frame, numbers)
    quarters = period is not None and period.column not in _whole(numbers)
    unit = _unit(frame, period)
    taken = {one.column for one in (unit, period) if one}
    steady = _steady(frame, unit, taken)
    cohort = _cohort(frame, numbers, steady, period, quarters)
    treated = _treated(numbers, set(names(frame)) - taken - set(steady), frame)
    if cohort is not None:
        treated = None
    taken |= {one.column for one in (cohort, treated) if one}
    cluster = _cluster(frame, [name for name in steady if name not in taken], unit)
    taken |= {cluster.column} if cluster else set()
    years = numbers[period.column] if period and not quarters else pd.Series(dtype=float)
    if period and quarters:
        years = frame[period.column].map(lambda text: (parse_quarter(text) or 0) // 4)
    persons = unit is not None and bool(frame[unit.column].dropna().head(50).map(looks_like_person).any())
    last = int(years.max()) if len(years.dropna()) else None
    outcomes = _outcomes(frame, numbers, [name for name in names(frame) if name not in taken | set(steady)])
    return Guesses(unit, period, cohort, treated, cluster, outcomes, quarters, decimal, unclear, persons, last)


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


def _period(frame: pd.DataFrame, numbers: dict[str, pd.Series]) -> Guess | None:
    years = [n for n in _whole(numbers) if numbers[n].between(*_YEARS).all() and numbers[n].nunique() < len(frame)]
    quarters = [n for n in names(frame) if frame[n].notna().all() and frame[n].map(parse_quarter).notna().all()]
    found = [*years, *(name for name in quarters if name not in years)]
    best = next((name for name in found if _named("period", name)), found[0] if found else None)
    return Guess(best, f"{frame[best].nunique()} periods, {min(frame[best])} to {max(frame[best])}") if best else None


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


def _cohort(
    frame: pd.DataFrame, numbers: dict[str, pd.Series], steady: list[str], period: Guess | None, quarters: bool
) -> Guess | None:
    for name in sorted(steady, key=lambda name: not _named("cohort", name)):
        filled = frame[name].dropna()
        values = numbers[name].dropna()
        if quarters:
            fits = len(filled) > 0 and filled.map(parse_quarter).notna().all() and filled.nunique() < len(filled)
        else:
            real = values[values > 0]
            fits = (
                len(real) > 0 and len(values) == len(filled) and real.between(*_YEARS).all() and (real % 1 == 0).all()
            )
        never = len(filled) < len(frame) or bool((values <= 0).any())
        if fits and period is not None and (never or _named("cohort", name)):
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
