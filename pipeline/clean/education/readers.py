"""From the files of an education office to tidy tables: school list, scores, observations, participation."""

from __future__ import annotations

import pandas as pd

from pipeline.clean.account import FileAccount, drop_duplicates
from pipeline.clean.education.plain_pupils import PlainPupils, Rules, split
from pipeline.clean.tables import Cleaner
from pipeline.errors import SourceError
from pipeline.sources import values
from pipeline.sources.engine import check_memory
from pipeline.sources.identifiers import read_nisn, read_npsn
from pipeline.sources.large import LargeTable
from pipeline.sources.places import match_kecamatan
from pipeline.sources.schemas import read_grade
from pipeline.sources.table import RawTable

LEVELS = ("SD", "SMP")
KEPT_ROW = 1300
"""Bytes of a pupil's row with two scores that is kept under a pseudonym, until it is written, all else that the process
holds among them (docs/performance.md)."""


def schools(cleaner: Cleaner, period: int) -> pd.DataFrame:
    """School list of a year: `unit`, `period`, `level`, `kecamatan`, `pupils`, `teachers`, `status_note`."""
    account = cleaner.open("schools", period)
    if account is None:
        raise SourceError("The school list cannot be absent.", where=f"key sources.schools.absent_periods, {period}")
    frame = account.frame
    level = frame["level"].map(lambda text: (text or "").strip().upper())
    public = frame["status"].map(lambda text: (text or "").strip().casefold() in ("negeri", "n"))
    account.drop(frame.index[~(level.isin(LEVELS) & public)].tolist(), "out_of_scope", "level")
    places = {text: match_kecamatan(text) for text in account.frame["kecamatan"].unique()}
    unknown = [text for text, place in places.items() if place.name is None]
    account.drop(account.frame.index[account.frame["kecamatan"].isin(unknown)].tolist(), "unknown_place", "kecamatan")
    account.frame["unit"] = values.parsed(account.frame["npsn"], read_npsn)
    drop_duplicates(account, ["unit"])
    account.check()
    frame = account.frame
    account.note(sum(places[text].how != "exact" for text in frame["kecamatan"]), "place_spelling")
    tidy = pd.DataFrame(
        {
            "unit": frame["unit"],
            "period": period,
            "level": level.loc[frame.index],
            "kecamatan": [places[text].name for text in frame["kecamatan"]],
            "pupils": account.numbers("pupils").astype("Int64"),
            "teachers": account.numbers("teachers").astype("Int64"),
            "status_note": frame["note"].map(_status),
        }
    )
    cleaner.open_units[period] = frozenset(tidy.loc[tidy["status_note"].isin(["open", "new"]), "unit"])
    return tidy


def _status(text: str | None) -> str:
    note = (text or "").casefold()
    for word, status in (("gabung", "merged"), ("tutup", "closed"), ("baru", "new")):
        if word in note:
            return status
    return "open"


def scores(cleaner: Cleaner, period: int) -> pd.DataFrame | None:
    """Pupils' scores of a year, one row a pupil and subject; None where there was no assessment, or sums alone are kept."""
    account = cleaner.open("scores", period)
    if account is None:
        return None
    plain = account.raw.kept_whole
    assert plain is None or isinstance(plain, PlainPupils), "rows that the engine kept"
    account.frame["digits"] = values.parsed(account.frame["nisn"], read_nisn)
    otherwise = int((account.frame["nisn"] != account.frame["digits"]).sum())
    account.note(otherwise + (plain.otherwise if plain is not None else 0), "nisn_written_otherwise")
    drop_duplicates(account, ["digits"])
    cleaner.know_school(account)
    cleaner.in_period(account, "date")
    subjects = list(cleaner.kit.measured["scores"])
    listed = account.frame.groupby("unit").size()
    frame = _measured(account, subjects, plain.missing if plain is not None else 0)
    pupils = pd.DataFrame(
        {
            "digits": frame["digits"],
            "unit": frame["unit"],
            "grade": values.parsed(frame["grade"], read_grade).astype("int64"),
            **{name: frame[name] for name in subjects},
        }
    )
    cleaner.tested += _tested(pupils, listed, subjects, plain, period)
    if not cleaner.keeps_rows("scores"):
        cleaner.pupils.add(period, pupils, subjects, plain)
        return None
    if plain is not None and plain.wide is not None:
        pupils = pd.concat([pupils, plain.wide], ignore_index=True)
    wide = pupils.assign(pupil=pupils["digits"].map(cleaner.alias), period=period)
    keys = ["pupil", "unit", "period", "grade"]
    long = wide.melt(keys, subjects, var_name="subject", value_name="score").dropna(subset=["score"])
    return long.astype({"score": "float64", "grade": "int64"})


def _tested(
    pupils: pd.DataFrame, listed: pd.Series, subjects: list[str], plain: PlainPupils | None, period: int
) -> list[pd.DataFrame]:
    """Pupils listed and pupils with a score, of each school and subject."""
    if plain is not None:
        listed = listed.add(plain.listed, fill_value=0).astype("int64").sort_index()
    parts = []
    for name in subjects:
        scored = pupils[pupils[name].notna()].groupby("unit").size()
        if plain is not None:
            here = plain.sums[plain.sums["subject"] == name].groupby("unit")["n"].sum()
            scored = scored.add(here, fill_value=0)
        scored = scored.reindex(listed.index).fillna(0).astype("int64")
        part = pd.DataFrame({"subject": name, "listed": listed, "scored": scored}).rename_axis("unit").reset_index()
        parts.append(part.assign(period=period)[["unit", "period", "subject", "listed", "scored"]])
    return parts


def split_scores(cleaner: Cleaner, table: LargeTable, period: int, *, keep_rows: bool) -> RawTable:
    """Of a file of scores larger than memory, the rows that `scores` must look at; the others as sums.

    Raises:
        SourceError: Rows are to be kept under pseudonyms, and those of the years so far do not fit into memory.
    """
    study = cleaner.study
    if keep_rows:
        before = sum(size.rows for (source, _), size in cleaner.sizes.items() if source == "scores")
        check_memory(before + table.rows, cleaner.engine, KEPT_ROW, "keep sums alone (`keep: sums` of the source)")
    rules = Rules(
        period,
        study.period_start_month,
        cleaner.open_units.get(period, frozenset()),
        study.sources["scores"].value_range,
        tuple(cleaner.kit.measured["scores"]),
    )
    return split(table, rules, keep_rows=keep_rows)


def observations(cleaner: Cleaner, period: int) -> pd.DataFrame | None:
    """Classroom observations of a year, one row a school: means over visits; None where there were none."""
    account = cleaner.open("observations", period)
    if account is None:
        return None
    drop_duplicates(account)
    cleaner.know_school(account)
    cleaner.in_period(account, "date")
    fields = list(cleaner.kit.measured["observations"])
    frame = _measured(account, fields)
    grouped = frame.groupby("unit")
    means = grouped[fields].mean().assign(visits=grouped.size(), period=period)
    return means.reset_index()[["unit", "period", *fields, "visits"]]


def _measured(account: FileAccount, fields: list[str], missing: int = 0) -> pd.DataFrame:
    """Numbers of the measured fields; rows with none are set aside, a single missing one is noted (`missing` in rows that
    an engine kept); then tolerances."""
    numbers = pd.DataFrame({name: account.numbers(name) for name in fields})
    none = numbers.index[numbers.isna().all(axis=1)]
    account.drop(none.tolist(), "no_score", fields[0])
    account.note(int(numbers.drop(index=none).isna().sum().sum()) + missing, "value_missing")
    account.check()
    return account.frame.assign(**{name: numbers.loc[account.frame.index, name] for name in fields})


def participation(cleaner: Cleaner, period: int) -> pd.DataFrame:
    """Schools active in the programme in a year: `unit`, `period`."""
    account = cleaner.open("participation", period)
    if account is None or account.frame.empty:
        if account is not None:
            account.check()
        return pd.DataFrame({"unit": pd.Series(dtype=object), "period": pd.Series(dtype="int64")})
    years = values.parsed(account.frame["school_year"], values.parse_school_year)
    account.drop(years.index[years != period].tolist(), "outside_period", "school_year")
    drop_duplicates(account)
    cleaner.know_school(account)
    _check_entry_year(cleaner, period, set(account.frame["unit"]))
    repeated = account.frame.duplicated(["unit"], keep="first")
    account.drop(account.frame.index[repeated].tolist(), "duplicate_row", "npsn")
    account.check()
    return pd.DataFrame({"unit": account.frame["unit"], "period": period})


def _check_entry_year(cleaner: Cleaner, period: int, units: set[str]) -> None:
    """Refuse schools that are new in a list while there is none of the year before: their year of entry is not known.

    Raises:
        SourceError: Names the year without a list, and how many schools.
    """
    new = units - cleaner.listed
    begun = bool(cleaner.listed)
    cleaner.listed |= units
    if new and begun and period - 1 in cleaner.study.sources["participation"].absent_periods:
        raise SourceError(
            f"{len(new)} schools are new in the list of {period}, and there is no list of {period - 1}.",
            where=f"data/raw/{cleaner.study.name}/{period}/{cleaner.study.sources['participation'].file}",
            expected="a list of every year: a school may have entered in the year without one",
            todo=f"Ask the office for the list of {period - 1}.",
            code="list_missing",
        )
