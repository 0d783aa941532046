"""From each kind of raw file to its tidy table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pandas as pd

from pipeline.clean import complete
from pipeline.clean.account import DATES, NUMBERS, FileAccount, drop_duplicates
from pipeline.clean.complete import Size
from pipeline.clean.form_codes import with_items
from pipeline.errors import Faults, SourceError
from pipeline.sources import values
from pipeline.sources.identifiers import Nip, bare, read_nip, read_nisn, read_npsn, refuse_resident_number
from pipeline.sources.places import match_kecamatan
from pipeline.sources.readers import read_table
from pipeline.sources.schemas import failures, read_grade, source_schema
from pipeline.sources.table import Fields
from pipeline.study import Source, Study

LEVELS = ("SD", "SMP")
STEADY = frozenset({"schools", "scores", "staff", "observations", "ip_asn", "skm", "invited"})
"""Sources whose rows and units stay about the same from year to year."""
LOOKED_UP = {"unknown_npsn": "schools", "unknown_person": "staff", "unknown_batch": "invited"}
"""Rule -> source in which it looks a row up."""
SESSIONS = ("sessions_planned", "sessions_held")
VALUE_FIELDS = {
    "scores": ("literacy", "numeracy"),
    "observations": ("innovative_methods", "pupil_activity"),
    "skm": tuple(f"u{k}" for k in range(1, 10)),
}
"""Measured fields: a value that breaks a rule is left out, and the row is kept."""
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

    def open(self, source: str, period: int) -> FileAccount | None:
        """Read a year's file and set aside what breaks its schema; None where the study declares that none exists.

        Raises:
            SourceError: The file is missing or cannot be read.
        """
        spec = self.study.sources[source]
        shown = f"data/raw/{self.study.name}/{period}/{spec.file}"
        path = self.raw_root / str(period) / spec.file
        if period in spec.absent_periods:
            if path.exists():
                raise SourceError(
                    "A file is there that the study declares as not existing.", where=shown,
                    todo=f"Take {period} out of sources.{source}.absent_periods in the study file.",
                    code="file_unexpected",
                )  # fmt: skip
            return None
        refuse_resident_number(spec.columns, f"studies/{self.study.name}/study.yml, key sources.{source}.columns")
        survey = self.study.survey
        declared = with_items(spec, survey) if source == "answers" and survey is not None else spec
        raw = read_table(
            path, declared, shown, may_be_empty=source == "participation", fields=_fields(source, declared)
        )
        doubtful = frozenset(rule for rule, other in LOOKED_UP.items() if (other, period) in self.faulty)
        account = FileAccount(source, period, raw, spec.tolerances, faults=self.faults, doubtful=doubtful)
        self.accounts.append(account)
        with self.faults.kept():
            self._check_whole(account, spec)
        fields = VALUE_FIELDS.get(source, ())
        schema = source_schema(source, raw.marks, spec.value_range, fields)
        for failure in failures(schema, account.frame) if len(account.frame) else ():
            action = account.blank if failure.field in fields else account.drop
            action(failure.rows, failure.rule, failure.field)
        return account

    def _check_whole(self, account: FileAccount, spec: Source) -> None:
        """Compare a file with its control totals, the year before, and, for the first year, the one after it."""
        source, period, frame = account.source, account.period, account.raw.frame
        codes: Iterable[str] = values.parsed(frame["npsn"], read_npsn).dropna() if "npsn" in frame else []
        size = Size(len(frame), frozenset(codes))
        expect = complete.of_year(spec.expect, period, self.edition or period)
        complete.check_expected(account, size, expect, f"sources.{source}")
        earlier = [year for name, year in self.sizes if name == source and year < period]
        self.sizes[source, period] = size
        if source not in STEADY or not earlier or (expect is not None and expect.rows is not None):
            return
        before, still = max(earlier), None if source == "schools" else self.open_units.get(period)
        strange = 0 if still is None else len(frame) - int(pd.Series(codes).isin(still).sum())
        if strange > spec.tolerances.get("unknown_npsn", 0.0) * account.raw.read + spec.tolerances.get("bad_npsn", 0.0):
            return  # the units are written wrongly, which stops the run under its own rule
        complete.check_before(account, size, self.sizes[source, before], still, before)
        if len(earlier) == 1:
            first = next(a for a in self.accounts if a.source == source and a.period == before)
            open_then = self.open_units.get(before, frozenset())
            if source != "schools" and complete.of_year(spec.expect, before, self.edition or period) is None:
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


def _fields(source: str, spec: Source) -> Fields:
    """What the kinds of a source's fields are, and where the study names them."""
    return Fields(
        numbers=[name for name in spec.columns if name in NUMBERS],
        dates=[name for name in spec.columns if name in DATES],
        keys={name: f"sources.{source}.columns.{name}" for name in spec.columns},
        decimal_key=f"sources.{source}",
        versions=source == "answers",
    )


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
    """Pupils' scores of a year, one row a pupil and subject; None where there was no assessment."""
    account = cleaner.open("scores", period)
    if account is None:
        return None
    account.frame["digits"] = values.parsed(account.frame["nisn"], read_nisn)
    account.note(int((account.frame["nisn"] != account.frame["digits"]).sum()), "nisn_written_otherwise")
    drop_duplicates(account, ["digits"])
    cleaner.know_school(account)
    cleaner.in_period(account, "date")
    subjects = list(VALUE_FIELDS["scores"])
    listed = account.frame.groupby("unit").size()
    frame = _measured(account, subjects)
    for name in subjects:
        scored = frame[frame[name].notna()].groupby("unit").size().reindex(listed.index).fillna(0).astype("int64")
        part = pd.DataFrame({"subject": name, "listed": listed, "scored": scored}).reset_index()
        cleaner.tested.append(part.assign(period=period)[["unit", "period", "subject", "listed", "scored"]])
    wide = pd.DataFrame(
        {
            "pupil": frame["digits"].map(cleaner.alias),
            "unit": frame["unit"],
            "period": period,
            "grade": values.parsed(frame["grade"], read_grade).astype("int64"),
            **{name: frame[name] for name in subjects},
        }
    )
    keys = ["pupil", "unit", "period", "grade"]
    long = wide.melt(keys, subjects, var_name="subject", value_name="score").dropna(subset=["score"])
    return long.astype({"score": "float64"})


def observations(cleaner: Cleaner, period: int) -> pd.DataFrame | None:
    """Classroom observations of a year, one row a school: means over visits; None where there were none."""
    account = cleaner.open("observations", period)
    if account is None:
        return None
    drop_duplicates(account)
    cleaner.know_school(account)
    cleaner.in_period(account, "date")
    fields = list(VALUE_FIELDS["observations"])
    frame = _measured(account, fields)
    grouped = frame.groupby("unit")
    means = grouped[fields].mean().assign(visits=grouped.size(), period=period)
    return means.reset_index()[["unit", "period", *fields, "visits"]]


def _measured(account: FileAccount, fields: list[str]) -> pd.DataFrame:
    """Numbers of the measured fields; rows with none are set aside, a single missing one is noted; then tolerances."""
    numbers = pd.DataFrame({name: account.numbers(name) for name in fields})
    none = numbers.index[numbers.isna().all(axis=1)]
    account.drop(none.tolist(), "no_score", fields[0])
    account.note(int(numbers.drop(index=none).isna().sum().sum()), "value_missing")
    account.check()
    return account.frame.assign(**{name: numbers.loc[account.frame.index, name] for name in fields})


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
