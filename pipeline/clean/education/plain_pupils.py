"""Pupils of a file larger than memory: rows that keep every rule stay with the engine, all others come to the readers.

Each rule stands once, in the schema of the source and in the readers; here it is asked of the different texts of a column.
Only the shape of a NISN is told a second time, for ten digits differ in each row (`nisn_digits`; a test holds it to
`identifiers.read_nisn`). Identity numbers stay in this module: what it gives away are sums, or rows under pseudonyms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipeline.clean.education.sums import decimals_of, distinct, whole
from pipeline.errors import Faults
from pipeline.sources import values
from pipeline.sources.furniture import FIRST_WORDS
from pipeline.sources.identifiers import NISN_LENGTH, read_nisn, read_npsn
from pipeline.sources.large import MOST_ROWS, LargeTable, too_many
from pipeline.sources.schemas import failures, only, read_grade, source_schema
from pipeline.sources.table import RawTable

if TYPE_CHECKING:
    import pyarrow as pa

KEY = "nisn"
_NONE = -1
_ZERO = 48
_HALF = 1 << 20


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
    numbers, digits, otherwise, read = _digits(table)
    ordered = np.sort(digits[digits != _NONE])
    shared = np.union1d(ordered[1:][ordered[1:] == ordered[:-1]], np.array(sorted(read), dtype=np.int64))
    marks = _marks(table, rules)
    while True:
        judged = _Judged(table, rules, marks)
        odd = [numbers[digits == _NONE], judged.strange, np.array(sorted(table.irregular), dtype=np.int64)]
        if len(shared):
            odd.append(numbers[_among(digits, shared)])
        rows = distinct(np.concatenate(odd))
        with table.known("odd", rows):
            raw, said = judged.read(rows)
        if all(raw.marks.get(name, mark) == mark for name, mark in marks.items()):
            break
        marks = {name: raw.marks[name] for name in marks}  # a total's mark is no number's
    left = ~_among(numbers, rows)
    wide = _wide(judged, numbers[left], digits[left], rows) if keep_rows else None
    listed, sums, missing = judged.sums(said)
    ends = numbers[left]
    plain = PlainPupils(
        rows=int(left.sum()),
        last_row=int(ends.max()) if len(ends) else 0,
        listed=listed,
        sums=sums,
        decimals=judged.decimals,
        missing=missing,
        otherwise=int(otherwise[left].sum()),
        pupils=distinct(digits[left]),
        wide=wide,
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


# --- NISN ---------------------------------------------------------------------------------------------------------


def nisn_digits(cells: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """What `read_nisn` makes of each cell, as a number, and whether it is written otherwise than with ten digits.

    Only cells of eight to ten ASCII digits, or whole numbers of as many, are read; -1 stands for all others.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_integer(cells.type):
        numbers = pc.fill_null(cells, _NONE).to_numpy(zero_copy_only=False).astype(np.int64)
        fits = (numbers >= 10 ** (NISN_LENGTH - 3)) & (numbers < 10**NISN_LENGTH)
        return np.where(fits, numbers, _NONE), fits & (numbers < 10 ** (NISN_LENGTH - 1))
    if not (pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type)):
        return np.full(len(cells), _NONE), np.zeros(len(cells), dtype=bool)
    cells = cells.cast(pa.string()) if pa.types.is_large_string(cells.type) else cells
    lengths = pc.fill_null(pc.binary_length(cells), 0).to_numpy(zero_copy_only=False)
    found = np.full(len(cells), _NONE, dtype=np.int64)
    offsets = np.frombuffer(cells.buffers()[1], dtype=np.int32)[cells.offset : cells.offset + len(cells)]
    text = np.frombuffer(cells.buffers()[2] or b"", dtype=np.uint8)
    for length in range(NISN_LENGTH - 2, NISN_LENGTH + 1):
        here = np.flatnonzero(lengths == length)
        if len(here):
            found[here] = _numbers(text, offsets[here], length)
    return found, (found != _NONE) & (lengths < NISN_LENGTH)


def _numbers(text: np.ndarray, starts: np.ndarray, length: int) -> np.ndarray:
    """Numbers of `length` digits that begin at some places of a text; -1 where a character is no digit."""
    first = int(starts[0])
    if int(starts[-1]) - first == length * (len(starts) - 1):  # one after another, as a million cells mostly are
        digits = text[first : first + length * len(starts)].reshape(-1, length) - np.uint8(_ZERO)
    else:
        digits = text[starts[:, None] + np.arange(length)] - np.uint8(
            _ZERO
        )  # below "0" it wraps around to a large number
    halves = [np.zeros(len(starts), dtype=np.uint32) for _ in range(2)]
    for k in range(length):
        half = halves[k >= length - 5]
        half *= np.uint32(10)
        half += digits[:, k]
    number = halves[0].astype(np.int64) * 10**5 + halves[1]
    return number if digits.max() < 10 else np.where((digits < 10).all(axis=1), number, _NONE)


def _digits(table: LargeTable) -> tuple[np.ndarray, np.ndarray, np.ndarray, set[int]]:
    """Row numbers, NISN as numbers (-1 where only the reader can tell), which are written otherwise, and what the reader
    tells of those that only it can read."""
    numbers, digits, otherwise, read = [], [], [], set[int]()
    words = [int(word) for word in table.blanks if word.isascii() and word.isdigit() and len(word) <= NISN_LENGTH]
    for rows, cells in table.batches(KEY):
        found, other = nisn_digits(cells)
        found[np.isin(found, words)] = _NONE  # a code for no value; the reader says what it stands for
        numbers.append(rows)
        digits.append(found)
        otherwise.append(other)
        strange = np.flatnonzero(found == _NONE)
        texts = {read_nisn(table.text_of(cell)) for cell in cells.take(strange).to_pylist()} if len(strange) else set()
        read |= {int(text) for text in texts if text is not None}
        if len(read) > MOST_ROWS:
            raise too_many(len(read), table.rows, table.shown)
    return np.concatenate(numbers), np.concatenate(digits), np.concatenate(otherwise), read


def _among(values_: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Which values are among some wanted ones (ascending, at least none), without a table of all."""
    if not len(wanted):
        return np.zeros(len(values_), dtype=bool)
    found: np.ndarray = wanted[np.minimum(np.searchsorted(wanted, values_), len(wanted) - 1)] == values_
    return found


# --- columns of few different texts -----------------------------------------------------------------------------------


class _Judged:
    """The different texts of a file's columns, judged, as tables of the engine that its rows are joined with."""

    def __init__(self, table: LargeTable, rules: Rules, marks: Mapping[str, str]) -> None:
        self.table, self.rules, self.marks = table, rules, marks
        schema = source_schema("scores", marks, rules.limits, rules.subjects)
        good: dict[str, tuple[pd.Series, pd.Series]] = {}
        for name, read in self._readers().items():
            texts = table.written(name, marks[name]) if name in marks else table.distinct(name).frame["text"]
            frame = pd.DataFrame({name: texts})
            broken = {row for failure in failures(only(schema, name), frame) for row in failure.rows}
            value = values.parsed(texts, read)
            good[name] = self._kept(name, texts, value) & ~texts.index.isin(broken), value
        scores = [value[ok].dropna().to_numpy(np.float64) for name, (ok, value) in good.items() if name in marks]
        self.decimals = decimals_of(np.concatenate(scores)) if scores else 0
        self.blank_is_good: dict[str, bool] = {}
        for name, (ok, value) in good.items():
            self._join_table(name, ok, value)

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

    def _join_table(self, name: str, ok: pd.Series, value: pd.Series) -> None:
        """A table `of_<field>`: each cell as the engine holds it, whether it is good, and what it says."""
        import pyarrow as pa

        frame = self.table.distinct(name).frame
        blank = frame["raw"].isna()
        self.blank_is_good[name] = bool(ok[blank].all()) if blank.any() else False
        kinds = {"npsn": pa.string(), "grade": pa.int8(), "date": pa.bool_()}
        said = [None] * len(value) if name == "date" else [None if v is None or v != v else v for v in value]
        given = {"first": frame["first"].to_numpy(), "good": ok.to_numpy(bool)}
        table = pa.table({**given, "value": pa.array(said, kinds.get(name, pa.float64()))})
        if name in self.marks:
            numbers = pd.to_numeric(pd.Series(said, dtype=object))
            q = whole(numbers.fillna(0.0).where(ok, 0.0).to_numpy(np.float64), self.decimals)
            table = table.append_column("q", pa.array(q, mask=numbers.isna().to_numpy()))
        connection = self.table.connection
        connection.register("_judged", table)
        connection.execute(
            f"CREATE OR REPLACE TABLE of_{name} AS SELECT c.raw, j.* EXCLUDE (first) FROM cells_{name} c"
            " JOIN _judged j USING (first) WHERE c.raw IS NOT NULL"
        )
        connection.unregister("_judged")

    @property
    def joined(self) -> str:
        """SQL: the rows with what is said of their cells."""
        return self.joined_to(self.table.relation)

    def joined_to(self, rows: str) -> str:
        """SQL: some rows, called `t`, with what is said of their cells."""
        names = self._readers()
        return f"{rows} " + " ".join(
            f"LEFT JOIN of_{name} ON of_{name}.raw = t.{self.table.column(name)}" for name in names
        )

    @property
    def plain(self) -> str:
        """SQL: whether a row keeps every rule that is told column by column, and cannot be the sheet's furniture."""
        names = self._readers()
        good = [f"coalesce(of_{name}.good, {str(self.blank_is_good[name]).lower()})" for name in names]
        scored = " OR ".join(f"of_{name}.value IS NOT NULL" for name in self.rules.subjects)
        filled = min(self.table.header.columns[name][0] for name in (KEY, "npsn", "grade"))
        words = [f"NOT coalesce({_begins(f't.c{i}')}, false)" for i in range(filled)]
        return " AND ".join([*good, f"({scored})", *words])

    def read(self, odd: np.ndarray) -> tuple[RawTable, pd.DataFrame]:
        """The rows of the engine's table `odd` as the readers have them, and what is said of their cells."""
        said = [f"({self.plain})", "of_npsn.value", "of_grade.value", *(f"of_{name}.q" for name in self.rules.subjects)]
        few = f"(SELECT t.* FROM {self.table.relation} JOIN odd USING (row)) AS t"  # before anything is looked up
        return self.table.read(self.joined_to(few), len(odd), said)

    @cached_property
    def _counted(self) -> pd.DataFrame:
        """One look at all rows: by school, grade and whether they are plain, their sums; numbers of those that are not."""
        subjects = self.rules.subjects
        products = ", ".join(
            f"count(x{k}), sum(x{k}), sum(h{k} * h{k}), sum(h{k} * l{k}), sum(l{k} * l{k})"
            for k in range(len(subjects))
        )
        # sums of whole numbers of 64 bits are exact; squares of nine decimals need more, and are put together of halves
        halves = ", ".join(
            f"of_{name}.q AS x{k}, of_{name}.q // {_HALF} AS h{k}, of_{name}.q % {_HALF} AS l{k}"
            for k, name in enumerate(subjects)
        )
        if self._narrow:
            products = ", ".join(f"count(x{k}), sum(x{k}), 0, 0, sum(x{k} * x{k})" for k in range(len(subjects)))
            halves = ", ".join(f"of_{name}.q AS x{k}" for k, name in enumerate(subjects))
        found = self.table.connection.execute(
            f"SELECT unit, grade, plain, count(*), list(row) FILTER (WHERE NOT plain), {products} FROM"
            f" (SELECT t.row, of_npsn.value AS unit, of_grade.value AS grade, {self.plain} AS plain, {halves}"
            f" FROM {self.joined}) GROUP BY 1, 2, 3"
        ).fetchall()
        names = [f"{letter}{k}" for k in range(len(subjects)) for letter in ("n", "s", "hh", "hl", "ll")]
        frame = pd.DataFrame(found, columns=["unit", "grade", "plain", "rows", "strange", *names], dtype=object)
        for k in range(len(subjects)):
            hh, hl, ll = (frame[f"{part}{k}"].where(frame[f"n{k}"] > 0, 0) for part in ("hh", "hl", "ll"))
            frame[f"q{k}"] = hh * _HALF**2 + hl * (2 * _HALF) + ll
            frame[f"s{k}"] = frame[f"s{k}"].where(frame[f"n{k}"] > 0, 0)
        return frame

    @property
    def _names(self) -> list[str]:
        return [f"{letter}{k}" for k in range(len(self.rules.subjects)) for letter in "nsq"]

    @property
    def strange(self) -> np.ndarray:
        """Numbers of the rows that are not plain."""
        lists = self._counted.loc[self._counted["plain"].eq(False), "strange"]
        return np.concatenate([np.zeros(0, dtype=np.int64), *(np.asarray(rows, dtype=np.int64) for rows in lists)])

    def sums(self, said: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame, int]:
        """Rows by school, sums by school, grade and subject, and missing scores, of plain rows that are not in `said`."""
        subjects, names = self.rules.subjects, ["unit", "grade", "rows", *self._names]
        whole_file = self._counted.loc[self._counted["plain"].eq(True), names]
        gone = _less(said[said["v0"].eq(True)], len(subjects), names)
        added = pd.concat([whole_file, gone]).groupby(["unit", "grade"], as_index=False)[names[2:]].sum()
        listed = added.groupby("unit")["rows"].sum().astype("int64")
        long = [
            added[["unit", "grade", f"n{k}", f"s{k}", f"q{k}"]].set_axis(["unit", "grade", "n", "total", "squares"], axis=1)
            .assign(subject=name)
            for k, name in enumerate(subjects)
        ]  # fmt: skip
        missing = sum(int((added["rows"] - added[f"n{k}"]).sum()) for k in range(len(subjects)))
        sums = pd.concat(long, ignore_index=True)
        return listed[listed > 0], sums[sums["n"] > 0].astype({"n": "int64", "grade": "int64"}), missing

    @property
    def _narrow(self) -> bool:
        """Whether squares of all scores fit into whole numbers of 64 bits."""
        most = self.table.connection.execute(
            " UNION ALL ".join(f"SELECT max(abs(q)) FROM of_{name}" for name in self.rules.subjects)
        ).fetchall()
        return max((m or 0 for (m,) in most), default=0) < 3_000_000_000


def _begins(column: str) -> str:
    """SQL: whether a cell may begin with a word that furniture begins with."""
    return f"regexp_matches(ltrim(regexp_replace({column}::VARCHAR, '[^\\x20-\\x7e]', '', 'g')), '{FIRST_WORDS}')"


def _less(said: pd.DataFrame, subjects: int, names: Sequence[str]) -> pd.DataFrame:
    """The rows of `said` as sums with the sign turned: what they added is taken away again."""
    parts = {"unit": said["v1"], "grade": said["v2"], "rows": -1}
    for k in range(subjects):
        q = said[f"v{3 + k}"].astype(object)
        here = q.notna()
        q = q.where(here, 0)
        parts |= {f"n{k}": -here.astype(int), f"s{k}": -q, f"q{k}": -(q * q)}
    return pd.DataFrame(parts, columns=list(names), dtype=object)


def _wide(judged: _Judged, numbers: np.ndarray, digits: np.ndarray, odd: np.ndarray) -> pd.DataFrame:
    """Plain rows one by one, in the file's order."""
    scores = ", ".join(f"of_{name}.value AS {name}" for name in judged.rules.subjects)
    with judged.table.known("odd", odd):
        frame = judged.table.connection.execute(
            f"SELECT t.row, of_npsn.value AS unit, of_grade.value AS grade, {scores} FROM {judged.joined}"
            " WHERE t.row NOT IN (SELECT row FROM odd) ORDER BY t.row"
        ).df()
    order = np.argsort(numbers)
    assert (frame["row"].to_numpy() == numbers[order]).all(), "rows of one file, read twice"
    return frame.drop(columns="row").assign(digits=[f"{number:0{NISN_LENGTH}d}" for number in digits[order]])
