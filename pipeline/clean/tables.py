"""The reading of a study's yearly files, and the tidy tables of persons: roster and training register."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from pipeline.clean import complete
from pipeline.clean.account import DATES, NUMBERS, FileAccount, drop_duplicates
from pipeline.clean.ahead import Ahead
from pipeline.clean.complete import Size
from pipeline.clean.form_codes import with_items
from pipeline.clean.kits import NO_KIT, Kit
from pipeline.clean.sealed import Sealed, told_of
from pipeline.errors import Faults, SourceError
from pipeline.sources import values
from pipeline.sources.databases import PREFIX, Databases, Query
from pipeline.sources.engine import Engine
from pipeline.sources.identifiers import Nip, bare, read_nip, read_npsn, refuse_resident_number
from pipeline.sources.large import LargeTable
from pipeline.sources.large_files import is_large, large_file
from pipeline.sources.limits import MAX_CELLS
from pipeline.sources.readers import read_table
from pipeline.sources.schemas import failures, source_schema
from pipeline.sources.table import Fields, RawTable
from pipeline.study import Source, Study
from pipeline.study.parts import PERIOD

STEADY = frozenset({"staff", "ip_asn", "skm", "invited"})
"""Sources whose rows and units stay about the same from year to year; a kit names its own."""
LOOKED_UP = {"unknown_npsn": "schools", "unknown_person": "staff", "unknown_batch": "invited"}
"""Rule -> source in which it looks a row up."""
SESSIONS = ("sessions_planned", "sessions_held")
VALUE_FIELDS = {
    "skm": tuple(f"u{k}" for k in range(1, 10)),
}
"""Measured fields: a value that breaks a rule is left out, and the row is kept; a kit names its own."""
_SEX: dict[str, Literal["M", "F"]] = {
    "l": "M", "laki-laki": "M", "pria": "M", "m": "M", "1": "M",
    "p": "F", "perempuan": "F", "wanita": "F", "w": "F", "f": "F", "2": "F",
}  # fmt: skip
_ACTIVITIES = {"luar daerah": "out_of_region", "mentor": "mentoring", "seminar": "seminar", "workshop": "workshop"}
_USUAL_ACTIVITIES = frozenset({"workshop", "seminar", "kursus luar daerah", "mentoring"})
_ATTENDANCE = {"hadir": True, "ya": True, "tidak hadir": False, "tidak": False}
_RANK = r"^(?:I|II|III|IV)/[a-e]$|^[IVX]+$"


@dataclass
class Cleaner:
    """Reads one study's files and keeps the account of their rows.

    `alias` turns an identifier into its pseudonym; `open_units` holds, by period, the schools that are open; `sizes`, by
    source and period, what each file held; `answered`, by period, how many invited persons are said to have answered;
    `listed`, the schools that have been listed as taking part.
    """

    study: Study
    raw_root: Path
    alias: Callable[[str], str]
    kit: Kit = NO_KIT
    accounts: list[FileAccount] = field(default_factory=list)
    open_units: dict[int, frozenset[str]] = field(default_factory=dict)
    persons: set[str] = field(default_factory=set)
    ranks: dict[str, str | None] = field(default_factory=dict)
    batches: dict[int, frozenset[str]] = field(default_factory=dict)
    edition: int | None = None
    faults: Faults = field(default_factory=Faults)
    faulty: set[tuple[str, int]] = field(default_factory=set)
    """Sources and periods in which a fault was found."""
    sizes: dict[tuple[str, int], Size] = field(default_factory=dict)
    answered: dict[int, int] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    tested: list[pd.DataFrame] = field(default_factory=list)
    """By year, pupils listed and pupils with a score of each school and subject."""
    periods: Sequence[int] = ()
    """All years that are read."""
    pupils: Any = None
    """What a kit gathers of persons of whom only sums are kept."""
    ahead: Ahead | None = None
    """Who reads files ahead."""
    sealed: Sealed | None = None
    """What an earlier run read."""
    _large: dict[str, bool] = field(default_factory=dict)

    def open(self, source: str, period: int) -> FileAccount | None:
        """Read a year's file and set aside what breaks its schema; None where the study declares that none exists.

        Raises:
            SourceError: The file is missing or cannot be read.
        """
        spec = self.study.sources[source]
        if period in spec.absent_periods:
            if spec.sql is None and self.path(source, period).exists():
                raise SourceError(
                    "A file is there that the study declares as not existing.", where=self._shown(source, period),
                    todo=f"Take {period} out of sources.{source}.absent_periods in the study file.",
                    code="file_unexpected",
                )  # fmt: skip
            return None
        refuse_resident_number(spec.columns, f"studies/{self.study.name}/study.yml, key sources.{source}.columns")
        raw = self.table(source, period)
        doubtful = frozenset(rule for rule, other in LOOKED_UP.items() if (other, period) in self.faulty)
        account = FileAccount(source, period, raw, spec.tolerances, faults=self.faults, doubtful=doubtful)
        self.accounts.append(account)
        with self.faults.kept():
            self._check_whole(account, spec)
        measured = {**VALUE_FIELDS, **self.kit.measured}.get(source, ())
        schema = source_schema(source, raw.marks, spec.value_range, measured)
        for failure in failures(schema, account.frame) if len(account.frame) else ():
            action = account.blank if failure.field in measured else account.drop
            action(failure.rows, failure.rule, failure.field)
        return account

    def table(self, source: str, period: int) -> RawTable:
        """A year of a source as text: from who read it ahead, as an earlier run read it, or read now.

        Raises:
            SourceError: The file is missing or cannot be read.
        """
        if not self.by_itself(source):
            return self._raw(source, period)
        path, told = self.path(source, period), self.told(source, period)  # used also where somebody else has read it
        raw = self.ahead.table(path, told) if self.ahead is not None else None
        if self.sealed is None:
            return raw or self._raw(source, period)
        if self.ahead is not None:
            self.sealed.used |= self.ahead.used
        return raw or self.sealed.part(path, told, lambda: self._raw(source, period))

    def told(self, source: str, period: int) -> str:
        """All that the reading of a year's file goes by beside the file."""
        own = (source, self._shown(source, period), source in self.kit.may_be_empty)
        return repr((*own, *told_of(self._declared(source))))

    def path(self, source: str, period: int) -> Path:
        """Where a year's file lies."""
        return self.raw_root / str(period) / self.study.sources[source].file

    def by_itself(self, source: str) -> bool:
        """Whether each year of a source is a file that is read without knowing another."""
        return self.study.sources[source].sql is None and not self.by_engine(source)

    def _declared(self, source: str) -> Source:
        """What the study says of a source; of answers with the items that its survey asks."""
        spec, survey = self.study.sources[source], self.study.survey
        return with_items(spec, survey) if source == "answers" and survey is not None else spec

    def _shown(self, source: str, period: int) -> str:
        return f"data/raw/{self.study.name}/{period}/{self.study.sources[source].file}"

    def _raw(self, source: str, period: int) -> RawTable:
        """A year's file as the readers have it; of one larger than memory the rows that a reader must look at."""
        spec = self._declared(source)
        fields, may_be_empty = fields_of(source, spec), source in self.kit.may_be_empty
        path, shown = self.path(source, period), self._shown(source, period)
        if spec.sql is None and not self.by_engine(source):
            return read_table(path, spec, shown, may_be_empty=may_be_empty, fields=fields)
        if spec.sql is None:
            with large_file(path, spec, shown, fields, self.engine) as table:
                return self._split(source, period, table)
        query = self.query(source, period)
        if not self.by_engine(source):
            raw = self.databases.small(query, source, period, spec, fields, may_be_empty=may_be_empty)
        else:
            with self.databases.large(query, source, period, spec, fields) as table:
                raw = self._split(source, period, table)
        return replace(raw, query=query.label)

    def _split(self, source: str, period: int, table: LargeTable) -> RawTable:
        return self.kit.split[source](self, table, period, keep_rows=self.keeps_rows(source))

    def query(self, source: str, period: int) -> Query:
        """What a source asks its database for a year."""
        spec = self.study.sources[source]
        place = f"studies/{self.study.name}/study.yml, key sources.{source}.sql, {period}"
        return Query(str(spec.sql).replace(PERIOD, str(period)), str(spec.connection).removeprefix(PREFIX), place)

    def close(self) -> None:
        """End the snapshot of databases."""
        self.databases.close()

    @cached_property
    def engine(self) -> Engine:
        """What the engine for tables larger than memory may use."""
        return Engine(self.study.run.memory_gb, self.raw_root.parents[2])

    @cached_property
    def databases(self) -> Databases:
        """The databases of the run, in one snapshot until they are closed."""
        return Databases(self.engine)

    def by_engine(self, source: str) -> bool:
        """Whether a source is read by the engine for tables larger than memory: as the study says, or by its files' size."""
        spec = self.study.sources[source]
        if source not in self.kit.split or spec.engine == "memory":
            return False
        if spec.engine == "duckdb":
            return True
        if source not in self._large:
            years = [period for period in self.periods if period not in spec.absent_periods]
            if spec.sql is None:
                paths = (self.raw_root / str(period) / spec.file for period in years)
                self._large[source] = any(is_large(path, len(spec.columns)) for path in paths)
            else:
                rows = (self.databases.count(self.query(source, period)) for period in years)
                self._large[source] = any(count * len(spec.columns) > MAX_CELLS for count in rows)
        return self._large[source]

    def keeps_rows(self, source: str) -> bool:
        """Whether the rows of persons are kept under pseudonyms, and not their sums alone."""
        keep = self.study.sources[source].keep
        return not self.by_engine(source) if keep is None else keep == "rows"

    def _check_whole(self, account: FileAccount, spec: Source) -> None:
        """Compare a file with its control totals, the year before, and, for the first year, the one after it."""
        source, period, frame = account.source, account.period, account.raw.frame
        codes: Iterable[str] = values.parsed(frame["npsn"], read_npsn).dropna() if "npsn" in frame else []
        plain = account.raw.kept_whole
        size = Size(account.raw.rows, frozenset(codes) | (plain.units if plain is not None else frozenset()))
        expect = complete.of_year(spec.expect, period, self.edition or period)
        complete.check_expected(account, size, expect, f"sources.{source}")
        earlier = [year for name, year in self.sizes if name == source and year < period]
        self.sizes[source, period] = size
        if source not in STEADY | self.kit.steady or not earlier or (expect is not None and expect.rows is not None):
            return
        before, still = max(earlier), None if source == self.kit.units else self.open_units.get(period)
        strange = 0 if still is None else len(frame) - int(pd.Series(codes).isin(still).sum())
        if strange > spec.tolerances.get("unknown_npsn", 0.0) * account.raw.read + spec.tolerances.get("bad_npsn", 0.0):
            return  # the units are written wrongly, which stops the run under its own rule
        complete.check_before(account, size, self.sizes[source, before], still, before)
        if len(earlier) == 1:
            first = next(a for a in self.accounts if a.source == source and a.period == before)
            open_then = self.open_units.get(before, frozenset())
            if source != self.kit.units and complete.of_year(spec.expect, before, self.edition or period) is None:
                complete.check_against(first, self.sizes[source, before].units, size.units & open_then, str(period))

    def know_school(self, account: FileAccount) -> None:
        """Read NPSN and set aside rows of schools that are not open in the period."""
        account.frame["unit"] = values.parsed(account.frame["npsn"], read_npsn)
        known = self.open_units.get(account.period, frozenset())
        account.drop(account.frame.index[~account.frame["unit"].isin(known)].tolist(), "unknown_npsn", "npsn")

    def in_period(self, account: FileAccount, column: str) -> None:
        """Set aside rows dated outside the folder's school year; a blank date is no fault here."""
        days = values.dates(account.frame[column])
        month = self.study.period_start_month
        wrong = [row for row, day in days.items() if day is not None and values.period_of(day, month) != account.period]
        account.drop(wrong, "outside_period", column)


def fields_of(source: str, spec: Source) -> Fields:
    """What the kinds of a source's fields are, and where the study names them."""
    return Fields(
        numbers=[name for name in spec.columns if name in NUMBERS],
        dates=[name for name in spec.columns if name in DATES],
        keys={name: f"sources.{source}.columns.{name}" for name in spec.columns},
        decimal_key=f"sources.{source}",
        versions=source == "answers",
    )


def staff(cleaner: Cleaner, period: int) -> pd.DataFrame | None:
    """Roster of a year: `person`, `unit`, `period`, `sex`, `birth_year`, `employment`, `rank`."""
    account = cleaner.open("staff", period)
    if account is None:
        return None
    frame = account.frame
    written = frame["nip"].map(lambda text: (text or "") != bare(text))
    account.frame["digits"] = values.parsed(frame["nip"], lambda text: bare(text) or None)
    drop_duplicates(account, ["digits"])
    cleaner.know_school(account)
    account.check()
    frame = account.frame
    account.note(int(written.loc[frame.index].sum()), "nip_written_otherwise")
    parts = [_parts(text) for text in frame["nip"]]
    cleaner.persons |= {part.digits for part in parts}
    _compare_with_nip(account, parts)
    rank = frame["rank"].map(lambda text: (text or "").strip() or None)
    readable = rank.astype("string").str.match(_RANK).fillna(False).astype(bool)
    account.note(int((rank.notna() & ~readable).sum()), "rank_unreadable")
    cleaner.ranks |= {part.digits: text for part, text in zip(parts, rank.where(readable, None), strict=True)}
    appointed = values.dates(frame["appointed"]) if "appointed" in frame else pd.Series(None, index=frame.index)
    return pd.DataFrame(
        {
            "person": [cleaner.alias(part.digits) for part in parts],
            "unit": frame["unit"].to_numpy(),
            "period": period,
            "sex": [part.sex for part in parts],
            "birth_year": pd.array([part.birth.year for part in parts], dtype="Int64"),
            "employment": [part.employment for part in parts],
            "rank": rank.where(readable, None).to_numpy(),
            "appointed": pd.array(
                [None if day is None or pd.isna(day) else day.year for day in appointed], dtype="Int64"
            ),
        }
    )


def _compare_with_nip(account: FileAccount, parts: list[Nip]) -> None:
    """Note where the file's own sex and birth date differ from those inside the NIP; the NIP's are used."""
    frame = account.frame
    if "sex" in frame:
        said = [(text or "").strip().casefold() for text in frame["sex"]]
        wrong = [s in _SEX and _SEX[s] != part.sex for s, part in zip(said, parts, strict=True)]
        account.note(sum(wrong), "sex_differs_from_nip")
    if "birth_date" in frame:
        days = values.dates(frame["birth_date"])
        wrong = [day is not None and day != part.birth for day, part in zip(days, parts, strict=True)]
        account.note(sum(wrong), "birth_date_differs_from_nip")


def _parts(text: str | None) -> Nip:
    nip = read_nip(text)
    assert isinstance(nip, Nip), "rows with other numbers are set aside"
    return nip


def activity_of(text: str | None) -> str | None:
    """The kind of activity that an office's wording names, else None."""
    body = (text or "").strip().casefold()
    return next((kind for word, kind in {**_ACTIVITIES, "lokakarya": "workshop"}.items() if word in body), None)


def training(cleaner: Cleaner, period: int) -> pd.DataFrame | None:
    """Training register of a year, one row a person and activity; persons must be in a roster where one is read."""
    account = cleaner.open("training", period)
    if account is None:
        return None
    drop_duplicates(account)
    cleaner.know_school(account)
    cleaner.in_period(account, "start")
    kinds = account.frame["activity"].map(activity_of)
    account.drop(kinds.index[kinds.isna()].tolist(), "unknown_activity", "activity")
    digits = account.frame["nip"].map(bare)
    if "staff" in cleaner.study.sources:
        account.drop(digits.index[~digits.isin(cleaner.persons)].tolist(), "unknown_person", "nip")
    account.check()
    frame = account.frame
    usual = frame["activity"].map(lambda text: text.strip().casefold() in _USUAL_ACTIVITIES)
    account.note(int((~usual).sum()), "activity_written_otherwise")
    mentors = [read_nip(text) for text in frame["mentor_nip"]]
    said = frame["mentor_nip"].map(lambda text: bool((text or "").strip()))
    account.note(sum(s and not isinstance(m, Nip) for s, m in zip(said, mentors, strict=True)), "mentor_unreadable")
    attended = frame["attended"].map(lambda text: _ATTENDANCE.get(" ".join((text or "").casefold().split())))
    account.note(int(attended.isna().sum()), "attendance_unreadable_taken_as_absent")
    return pd.DataFrame(
        {
            "person": frame["nip"].map(bare).map(cleaner.alias).to_numpy(),
            "unit": frame["unit"].to_numpy(),
            "period": period,
            "activity": kinds.loc[frame.index].to_numpy(),
            "jp": account.numbers("jp").to_numpy(),
            "start": values.dates(frame["start"]).to_numpy(),
            "end": values.dates(frame["end"]).to_numpy(),
            "attended": attended.eq(True).to_numpy(bool),
            "mentor": [cleaner.alias(m.digits) if isinstance(m, Nip) else None for m in mentors],
            **{name: _sessions(account, name) for name in SESSIONS},
        }
    )


def _sessions(account: FileAccount, name: str) -> pd.Series:
    """Numbers of mentoring sessions; missing where the register has no such column."""
    if name not in account.frame:
        return pd.Series(pd.NA, index=range(len(account.frame)), dtype="Int64")
    return account.numbers(name).round().astype("Int64").reset_index(drop=True)
