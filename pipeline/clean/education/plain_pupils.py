"""Pupils of a file larger than memory: of rows that keep every rule numbers are enough, all others come to the readers.

Each rule stands once, in the schema of the source and in the readers; here it is asked of the different texts of a column.
Only the shape of a NISN is told a second time, for ten digits differ in each row (`nisn.nisn_digits`; a test holds it to
`identifiers.read_nisn`). Identity numbers stay in this module: what it gives away are sums, or rows under pseudonyms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.clean.education.nisn import NONE, are_texts, nisn_digits, written
from pipeline.clean.education.sums import decimals_of, whole
from pipeline.errors import Faults
from pipeline.sources import values
from pipeline.sources.coded import Coded
from pipeline.sources.columnar import plain_values
from pipeline.sources.furniture import FIRST_WORDS
from pipeline.sources.growing import Growing
from pipeline.sources.identifiers import NISN_LENGTH, read_nisn, read_npsn
from pipeline.sources.large import LargeTable
from pipeline.sources.parts import BATCH, encoded
from pipeline.sources.schemas import failures, only, read_grade, source_schema
from pipeline.sources.table import RawTable

KEY = "nisn"
_GRADES = 10
_HALF = 20
_ENDS = 1 << 20


@dataclass(frozen=True)
class Rules:
    """What a year's rows are held against.

    Attributes:
        period: The year.
        start_month: Month in which school years begin.
        units: Schools open in the year.
        limits: Least and greatest score.
        subjects: The measured fields.
    """

    period: int
    start_month: int
    units: frozenset[str]
    limits: tuple[float, float] | None
    subjects: tuple[str, ...]


@dataclass(frozen=True)
class PlainPupils:
    """Rows that keep every rule, in sums (a `Remainder` of a raw table).

    Attributes:
        rows, last_row: How many, and the number of the last.
        listed: School -> rows.
        sums: `unit`, `grade`, `subject`, `n`, `total`, `squares` in whole numbers of 10**-decimals.
        decimals: Of the year's scores, in all rows.
        missing: Scores that are missing in rows with another.
        otherwise: Rows whose NISN is written otherwise.
        pupils: Their different NISN as numbers, ascending; none of them leaves the cleaning step.
        wide: `digits`, `unit`, `grade` and the subjects, one row a pupil; None unless asked for.
    """

    rows: int
    last_row: int
    listed: pd.Series
    sums: pd.DataFrame
    decimals: int
    missing: int
    otherwise: int
    pupils: np.ndarray = field(repr=False)
    wide: pd.DataFrame | None = field(default=None, repr=False)

    @property
    def units(self) -> frozenset[str]:
        """Schools that they name."""
        return frozenset(self.listed.index)


def split(table: LargeTable, rules: Rules, *, keep_rows: bool) -> RawTable:
    """The rows that a reader must look at, as a raw table; all others as its `kept_whole`.

    Args:
        table: The open file.
        rules: What its rows are held against.
        keep_rows: Whether rows are wanted and not sums alone.

    Raises:
        SourceError: As `readers.read_table`, or too many rows to look at one by one.
    """
    seen = _look_through(table, rules)
    marks = _marks(table, rules)
    while True:
        judged = _Judged(table, rules, marks)
        left = judged.plain(seen.ordinary)
        odd = np.flatnonzero(~left)
        table.refuse_many(len(odd))
        raw = table.read(seen.rows[odd], odd, seen.nisn(odd))
        if all(raw.marks.get(name, mark) == mark for name, mark in marks.items()):
            break
        marks = {name: raw.marks[name] for name in marks}  # a total's mark is no number's
    listed, sums, missing = judged.sums(left)
    plain = PlainPupils(
        rows=int(left.sum()),
        last_row=int(seen.rows[left].max(initial=0)),
        listed=listed,
        sums=sums,
        decimals=judged.decimals,
        missing=missing,
        otherwise=int(np.count_nonzero((seen.written < NISN_LENGTH) & left)),
        pupils=_without(seen.ordered, seen.digits[odd]),
        wide=judged.wide(seen, left) if keep_rows else None,
    )
    return replace(raw, kept_whole=plain)


def _marks(table: LargeTable, rules: Rules) -> dict[str, str]:
    """Decimal mark of each score; all columns that can be read in two ways are told at once."""
    faults, marks = Faults(), dict[str, str]()
    for name in rules.subjects:
        with faults.kept():
            marks[name] = table.style(name).mark
    faults.stop()
    return marks


@dataclass(frozen=True)
class _Seen:
    """What a look through a file tells of its rows, in the order in which they were scanned.

    Attributes:
        rows: Their numbers.
        digits: NISN as numbers; -1 where only the reader can tell.
        ordered: The numbers alone, ascending.
        written: With how many digits each is written.
        ordinary: Which have a NISN that no other row has, as many cells as the header, and no first word of furniture.
        strange: The cells that only the reader can tell; None where the column is not one of texts.
    """

    rows: np.ndarray
    digits: np.ndarray = field(repr=False)
    ordered: np.ndarray = field(repr=False)
    written: np.ndarray
    ordinary: np.ndarray
    strange: Sequence[pa.Array] | None = field(repr=False)

    def nisn(self, odd: np.ndarray) -> dict[str, list[object]]:
        """The NISN of some rows, all that are not ordinary among them, as the file holds them; nothing where the file must
        be asked."""
        if self.strange is None:
            return {}
        strange = (cell for cells in self.strange for cell in plain_values(cells))
        return {KEY: written(self.digits[odd], self.written[odd], strange)}


def _look_through(table: LargeTable, rules: Rules) -> _Seen:
    """Look at all rows once: NISN here, columns of few different texts coded in the table."""
    kinds = (np.int64, np.int64, np.uint8, np.bool_)
    rows, digits, lengths, ordinary = (Growing(kind, table.rows) for kind in kinds)
    aside, texts, read = list[pa.Array](), True, set[int]()
    words = [int(word) for word in table.blanks if word.isascii() and word.isdigit() and len(word) <= NISN_LENGTH]
    first = min(
        table.place(name) for name in (KEY, "npsn", "grade")
    )  # filled in ordinary rows: what comes before may be empty
    for batch in table.code(("npsn", "grade", "date", *rules.subjects), (table.place(KEY), *range(first))):
        cells, *before = batch.columns
        found, length = nisn_digits(cells)
        found[np.isin(found, words)] = NONE  # a code for no value; the reader says what it stands for
        strange = cells.take(pa.array(np.flatnonzero(found == NONE)))
        aside.append(strange)
        texts = texts and are_texts(cells)
        others = {read_nisn(table.text_of(cell)) for cell in plain_values(strange)}
        read |= {int(text) for text in others if text is not None}
        table.refuse_many(len(read))
        rows.add(batch.rows)
        digits.add(found)
        lengths.add(length)
        ordinary.add((found != NONE) & batch.regular & ~np.any([_begins(column) for column in before], axis=0))
    numbers = digits.done()
    ordered = numbers[numbers != NONE]
    ordered.sort()
    shared = np.union1d(ordered[1:][ordered[1:] == ordered[:-1]], np.array(sorted(read), dtype=np.int64))
    return _Seen(
        rows.done(), numbers, ordered, lengths.done(), ordinary.done() & ~_among(numbers, shared),
        aside if texts else None,
    )  # fmt: skip


def _begins(cells: pa.Array) -> np.ndarray:
    """Which cells may begin with a word that furniture begins with."""
    packed = encoded(cells)
    texts = pc.replace_substring_regex(packed.dictionary.cast(pa.string()), "[^\\x20-\\x7e]", "")
    words = pc.match_substring_regex(pc.ascii_ltrim(texts, " "), FIRST_WORDS)
    found = words.take(packed.indices).fill_null(False)
    return found.to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]


def _parts(count: int) -> Iterator[slice]:
    """So many rows in parts that a processor's own memory holds."""
    yield from (slice(at, at + BATCH) for at in range(0, count, BATCH))


def _among(values_: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Which values are among some wanted ones (ascending, at least none), without a table of all."""
    found, ends = np.zeros(len(values_), dtype=bool), np.zeros(_ENDS, dtype=bool)
    ends[wanted & (_ENDS - 1)] = True
    for part in _parts(len(values_) if len(wanted) else 0):
        here = values_[part]
        near = np.flatnonzero(ends[here & (_ENDS - 1)])  # nearly all others are told by their last bits
        place = np.minimum(np.searchsorted(wanted, here[near]), len(wanted) - 1)
        found[part][near] = wanted[place] == here[near]
    return found


def _without(ordered: np.ndarray, gone: np.ndarray) -> np.ndarray:
    """Of ascending values those that are not among some others, of which there are few."""
    first, end = (np.searchsorted(ordered, np.unique(gone), side) for side in ("left", "right"))
    count = end - first
    stays = np.ones(len(ordered), dtype=bool)
    stays[np.repeat(end - count.cumsum(), count) + np.arange(count.sum())] = False
    found: np.ndarray = ordered[stays]
    return found


# --- columns of few different texts -----------------------------------------------------------------------------------


class _Judged:
    """The different texts of a file's columns, judged; a row is judged by the numbers of its texts."""

    def __init__(self, table: LargeTable, rules: Rules, marks: Mapping[str, str]) -> None:
        self.table, self.rules, self.marks = table, rules, marks
        schema = source_schema("scores", marks, rules.limits, rules.subjects)
        self._good: dict[str, pd.Series] = {}
        self._value: dict[str, pd.Series] = {}
        for name, read in self._readers().items():
            texts = table.written(name, marks[name]) if name in marks else table.coded(name).frame["text"]
            frame = pd.DataFrame({name: texts})
            broken = {row for failure in failures(only(schema, name), frame) for row in failure.rows}
            value = values.parsed(texts, read)
            self._good[name] = self._kept(name, texts, value) & ~texts.index.isin(broken)
            self._value[name] = value
        scores = [self._value[name][self._good[name]].dropna().to_numpy(np.float64) for name in marks]
        self.decimals = decimals_of(np.concatenate(scores)) if scores else 0

    def _readers(self) -> dict[str, Callable[[str], object]]:
        def number(name: str) -> Callable[[str], object]:
            return lambda text: values.parse_number(text, self.marks[name])

        return {
            "npsn": read_npsn,
            "grade": read_grade,
            "date": values.parse_date,
            **{name: number(name) for name in self.rules.subjects},
        }

    def _kept(self, name: str, texts: pd.Series, value: pd.Series) -> pd.Series:
        """Which texts keep the rules that look something up (`Cleaner.know_school`, `Cleaner.in_period`)."""
        rules = self.rules
        if name == "npsn":
            return value.isin(rules.units) if rules.units else value.notna()
        if name == "date":
            inside = [day is None or values.period_of(day, rules.start_month) == rules.period for day in value]
            return pd.Series(inside, index=texts.index)
        return pd.Series(True, index=texts.index)

    def plain(self, ordinary: np.ndarray) -> np.ndarray:
        """Which of the rows `ordinary` keep every rule that is told column by column."""
        coded = {name: self.table.coded(name) for name in self._good}
        good = [(coded[name].codes, coded[name].by_code(ok, bool)) for name, ok in self._good.items()]
        there = [
            (coded[name].codes, coded[name].by_code(self._value[name].notna(), bool)) for name in self.rules.subjects
        ]
        found = ordinary.copy()
        for part in _parts(len(found)):
            for codes, ok in good:
                found[part] &= ok[codes[part]]
            found[part] &= np.logical_or.reduce([some[codes[part]] for codes, some in there])
        return found

    def sums(self, left: np.ndarray) -> tuple[pd.Series, pd.DataFrame, int]:
        """Rows by school, sums by school, grade and subject, and missing scores, of the rows `left`."""
        units, unit = pd.factorize(self._value["npsn"])  # -1 where there is none: no such row is left
        schools, grades = self.table.coded("npsn"), self.table.coded("grade")
        first = schools.by_code(units * _GRADES, np.int64)
        grade = grades.by_code(pd.to_numeric(self._value["grade"]).fillna(0).astype(np.int64), np.int64)
        nobody = len(unit) * _GRADES
        rows = np.zeros(nobody + 1, dtype=np.int64)
        sums = {name: _Sums(*self._whole(name), rows) for name in self.rules.subjects}
        for part in _parts(len(left)):
            cell = np.where(left[part], first[schools.codes[part]] + grade[grades.codes[part]], nobody)
            np.add.at(rows, cell, 1)
            for one in sums.values():
                one.add(cell, part)
        here = np.flatnonzero(rows[:nobody])
        cells = {"unit": unit[here // _GRADES], "grade": here % _GRADES}
        long = pd.concat([pd.DataFrame(cells | one.of(here)).assign(subject=name) for name, one in sums.items()])
        listed = pd.Series(rows[here]).groupby(cells["unit"]).sum()
        missing = sum(int(one.missing[here].sum()) for one in sums.values())
        return listed, long[long["n"] > 0].reset_index(drop=True), missing

    def _whole(self, name: str) -> tuple[Coded, np.ndarray, np.ndarray]:
        """A score's column, and by code whether there is one and its whole number of 10**-decimals."""
        coded, value, ok = self.table.coded(name), pd.to_numeric(self._value[name]), self._good[name]
        number = whole(value.where(ok, 0.0).fillna(0.0).to_numpy(np.float64), self.decimals)
        return coded, coded.by_code(value.notna(), bool), coded.by_code(number, np.int64)

    def wide(self, seen: _Seen, left: np.ndarray) -> pd.DataFrame:
        """The rows `left` one by one, in the file's order."""
        place = np.flatnonzero(left)
        place = place[np.argsort(seen.rows[place], kind="stable")]

        def told(name: str, kind: type) -> np.ndarray:
            coded = self.table.coded(name)
            return coded.by_code(self._value[name], kind)[coded.codes[place]]

        scores = {name: told(name, np.float64) for name in self.rules.subjects}
        digits = [f"{number:0{NISN_LENGTH}d}" for number in seen.digits[place]]
        return pd.DataFrame({"unit": told("npsn", object), "grade": told("grade", object), **scores, "digits": digits})


class _Sums:
    """Sums of a score by cell of school and grade, exact: numbers are whole."""

    def __init__(self, coded: Coded, there: np.ndarray, number: np.ndarray, rows: np.ndarray) -> None:
        self._codes, self._there, self._number, self._rows = coded.codes, there, number, rows
        self.missing, self._total = np.zeros_like(rows), np.zeros_like(rows)
        most = int(np.abs(number).max(initial=0))
        # squares of many decimals do not fit into 64 bits, and are put together of halves
        self._halves = most * most * len(coded.codes) >= 2**62
        self._squares = [np.zeros_like(rows) for _ in range(3 if self._halves else 1)]

    def add(self, cell: np.ndarray, part: slice) -> None:
        """Add some rows, each to its cell."""
        codes = self._codes[part]
        number = self._number[codes]
        np.add.at(self.missing, cell[~self._there[codes]], 1)
        np.add.at(self._total, cell, number)
        high, low = number >> _HALF, number & ((1 << _HALF) - 1)
        products = [high * high, high * low, low * low] if self._halves else [number * number]
        for squares, product in zip(self._squares, products, strict=True):
            np.add.at(squares, cell, product)

    def of(self, cells: np.ndarray) -> dict[str, np.ndarray]:
        """`n`, `total` and `squares` of some cells; the last two as Python's whole numbers."""
        parts = [squares[cells].astype(object) for squares in self._squares]
        squares = parts[0] * (1 << 2 * _HALF) + parts[1] * (1 << _HALF + 1) + parts[2] if self._halves else parts[0]
        return {"n": (self._rows - self.missing)[cells], "total": self._total[cells].astype(object), "squares": squares}
