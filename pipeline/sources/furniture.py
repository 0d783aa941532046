"""Rows below the header that are no rows of the table, known by their shape: where they stand, what else they hold.

No word alone makes furniture: eight villages may be called Sumber Rejo, and a firm Totalindo.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.sources.headings import Header, looks_like_number, normalise
from pipeline.sources.values import parse_number

Row = tuple[int, Sequence[str | None]]
LONGEST, FEW = 18, 2
"""Characters of a cell that may be a number, and of one that counts as a small number."""
WORD = re.compile(
    r"(?:sub ?-?total|grand total|total|jumlah|rata-?rata|catatan|sumber|keterangan|ket|n\.?b|mengetahui|rekapitulasi"
    r"|nihil|\*)(?![a-z])",
    re.IGNORECASE,
)
FIRST_WORDS = (
    r"^(?i)(sub ?-?total|grand total|total|jumlah|rata-?rata|catatan|sumber|keterangan|ket|n[.]?b|mengetahui"
    r"|rekapitulasi|nihil|[*])([^a-zA-Z]|$)"
)
"""The same in the dialect of RE2, in which an engine finds the rows that may begin so."""
_SUM_ALONE = re.compile(
    r"(?:sub ?-?total|grand total|total|jumlah|rata-?rata)(?: (?:umum|total|keseluruhan|seluruhnya|semua))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Shape:
    """What the columns of a table usually hold.

    Attributes:
        usual: Columns that most rows fill.
        marks: Column of numbers -> its decimal mark, blank where the study does not say.
        small: Columns of whole numbers below 100.
    """

    usual: frozenset[int]
    marks: Mapping[int, str]
    small: frozenset[int]


class RowTeller:
    """Tells the furniture of one table, row by row from the top.

    Attributes:
        wrong_totals: Rows of totals that are neither the sum nor the number of the rows above.
    """

    def __init__(self, rows: Sequence[Row], header: Header, marks: Mapping[int, str]) -> None:
        """Args: the rows below the header, the header, and the decimal marks of columns that the study declares."""
        self.header, self.wrong_totals = header, list[int]()
        self._rows, self._marks = rows, marks
        self._columns = sorted({i for hits in header.columns.values() for i in hits})
        self._sums: dict[int, list[float]] = {}  # of all rows so far, and of those since the last total
        self._counted = [0, 0]  # data rows: all so far, and those since the last total
        self._first = True  # no data row has come yet
        self._summing = any(WORD.match(next(filter(None, cells), "") or "") for _, cells in rows)

    @cached_property
    def shape(self) -> Shape:
        return _shape(self._rows, self._marks)

    def rule(self, number: int, cells: Sequence[str | None]) -> tuple[str, str] | None:
        """The rule by which a row is no data and the word that may be shown with it, or None for a data row."""
        filled = [(i, cell) for i, cell in enumerate(cells) if cell]
        if not filled:
            return "blank_row", ""
        found = self._rule(number, cells, filled)
        self._first = self._first and found is not None
        if not self._summing:
            return found
        if found is None:
            self._counted = [count + 1 for count in self._counted]
            for i, cell in filled:
                if i in self.shape.marks and (value := self._value(cell, i)) is not None:
                    both = self._sums.setdefault(i, [0.0, 0.0])
                    both[0] += value
                    both[1] += value
        elif found[0] == "total_or_note" and len(filled) > 1:
            self._counted[1] = 0
            for both in self._sums.values():
                both[1] = 0.0
        return found

    def _rule(self, number: int, cells: Sequence[str | None], filled: list[tuple[int, str]]) -> tuple[str, str] | None:
        if self._is_header(filled):
            return "header_again", ""
        word = WORD.match(filled[0][1])
        if word and self._is_unclear(filled):
            return "total_unclear", word[0]
        if word and self._is_total_or_note(number, filled):
            return "total_or_note", word[0]
        if len(filled) <= 2 and len(self._columns) > 2:
            known = [i for i in self._columns if i < len(cells) and cells[i]]
            if len(known) <= 1:
                return "not_a_table_row", ""  # a line of text: a note, a signature
        return None

    def _is_header(self, filled: list[tuple[int, str]]) -> bool:
        (_, first), (at, last) = filled[0], filled[-1]
        said = normalise(last)  # the first cells of rows are often all different, and slow to look at
        for level in self.header.texts:
            if level.get(at) == said and len(filled) > 1 and all(level.get(i) == normalise(c) for i, c in filled):
                return True
        if first.strip("()") != "1" or len(filled) < 3:
            return False
        if [cell.strip("()") for _, cell in filled] != [str(i) for i in range(1, len(filled) + 1)]:
            return False
        # the row of column numbers under a header, unless such small numbers are what the table holds
        small = all(i in self.shape.small for i, _ in filled if i in self.shape.usual)
        return any(cell.startswith("(") for _, cell in filled) or (self._first and not small)

    def _is_unclear(self, filled: list[tuple[int, str]]) -> bool:
        """Whether a row is called a total and nothing else, while its shape is that of any other row."""
        at, rest = filled[0][0], dict(filled[1:])
        if not _SUM_ALONE.fullmatch(filled[0][1].strip(" :.")) or len(self.shape.usual) < 3:
            return False
        values = {i: self._value(cell, i) for i, cell in rest.items()}
        return self.shape.usual - {at} <= set(rest) and not any(
            value is not None and self._is_sum(value, i) for i, value in values.items()
        )

    def _is_total_or_note(self, number: int, filled: list[tuple[int, str]]) -> bool:
        (at, first), rest = filled[0], filled[1:]
        others = {i for i, _ in rest} & self.shape.usual
        if not others and len(rest) <= 1:
            return True  # a text that stands alone, or beside one more
        values = {i: self._value(cell, i) for i, cell in rest}
        right = {i for i, value in values.items() if value is not None and self._is_sum(value, i)}
        texts = self.shape.usual - set(self.shape.marks) - {at}
        bare = len(texts) > 1 and not texts & others
        if _SUM_ALONE.fullmatch(first.strip(" :.")) or bare:
            told = {value for value in values.values() if value is not None}
            if told and not right and not told & set(self._counted):
                self.wrong_totals.append(number)
            return True
        return at not in self.shape.marks and bool(values) and right == set(values)

    def _is_sum(self, value: float, column: int) -> bool:
        sums = self._sums.get(column, [0.0, 0.0])
        return value != 0.0 and any(abs(value - total) <= 1e-6 * max(1.0, abs(total)) for total in sums)

    def _value(self, cell: str, column: int) -> float | None:
        mark = self.shape.marks.get(column)
        marks = (mark,) if mark else (".", ",")
        return next((value for m in marks if (value := parse_number(cell, m)) is not None), None)


def _shape(rows: Sequence[Row], marks: Mapping[int, str]) -> Shape:
    width = max((len(cells) for _, cells in rows), default=0)
    counts, small, figures, total = [0] * width, [0] * width, [0] * width, 0
    for _, cells in rows:
        total += any(cells)
        for i, cell in enumerate(cells):
            if cell:
                counts[i] += 1
                if len(cell) <= LONGEST and looks_like_number(cell):
                    figures[i] += 1
                    small[i] += len(cell) <= FEW
    return shape_of(counts, figures, small, total, marks)


def shape_of(
    counts: Sequence[int], figures: Sequence[int], small: Sequence[int], total: int, marks: Mapping[int, str]
) -> Shape:
    """The shape of a table by its columns' counts.

    Args:
        counts, figures, small: By column, cells that are filled, numbers of at most `LONGEST` characters, and of `FEW`.
        total: Rows that are not blank.
        marks: Decimal marks of columns that the study declares.
    """
    columns = range(len(counts))
    usual = frozenset(i for i in columns if counts[i] >= 0.6 * total)
    numbers = {i: "" for i in columns if counts[i] and figures[i] >= 0.5 * counts[i] and i in usual}
    few = frozenset(i for i in columns if counts[i] and small[i] >= 0.9 * counts[i])
    return Shape(usual, {**numbers, **marks}, few)
