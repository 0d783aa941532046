"""Rows below the header that are no rows of the table, known by their shape: where they stand, what else they hold.

No word alone makes furniture: eight villages may be called Sumber Rejo, and a firm Totalindo.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.sources.headings import Header, looks_like_number, normalise
from pipeline.sources.values import parse_number

Row = tuple[int, Sequence[str | None]]
_WORD = re.compile(
    r"(?:sub ?-?total|grand total|total|jumlah|rata-?rata|catatan|sumber|keterangan|ket|n\.?b|mengetahui|rekapitulasi"
    r"|nihil|\*)(?![a-z])",
    re.IGNORECASE,
)
_SUM_ALONE = re.compile(
    r"(?:sub ?-?total|grand total|total|jumlah|rata-?rata)(?: (?:umum|total|keseluruhan|seluruhnya|semua))?",
    re.IGNORECASE,
)


@dataclass
class Furniture:
    """Tells the furniture of one table, row by row from the top.

    Attributes:
        header: The header.
        usual: Columns that nearly every row fills.
        marks: Column of numbers -> its decimal mark, blank where the study does not say.
        small: Columns of whole numbers below 100.
        sums: Column -> running sums: of all rows so far, and of those since the last total.
        first: Whether no data row has come yet.
        wrong_totals: Rows of totals that are not what the rows above add up to.
    """

    header: Header
    usual: frozenset[int]
    marks: Mapping[int, str]
    small: frozenset[int]
    sums: dict[int, list[float]] = field(default_factory=dict)
    first: bool = True
    wrong_totals: list[int] = field(default_factory=list)

    def rule(self, number: int, cells: Sequence[str | None]) -> tuple[str, str] | None:
        """The rule by which a row is no data and the word that may be shown with it, or None for a data row."""
        filled = [(i, cell) for i, cell in enumerate(cells) if cell]
        if not filled:
            return "blank_row", ""
        found = self._rule(number, cells, filled)
        self.first = self.first and found is not None
        if found is None:
            for i, cell in filled:
                if i in self.marks and (value := self._value(cell, i)) is not None:
                    both = self.sums.setdefault(i, [0.0, 0.0])
                    both[0] += value
                    both[1] += value
        elif found[0] == "total_or_note" and len(filled) > 1:
            for both in self.sums.values():
                both[1] = 0.0
        return found

    def _rule(self, number: int, cells: Sequence[str | None], filled: list[tuple[int, str]]) -> tuple[str, str] | None:
        if self._is_header(filled):
            return "header_again", ""
        columns = [i for hits in self.header.columns.values() for i in hits]
        known = [i for i in columns if i < len(cells) and cells[i]]
        word = _WORD.match(filled[0][1])
        if word and self._is_total_or_note(number, filled):
            return "total_or_note", word[0]
        if len(columns) > 2 and len(known) <= 1 and len(filled) <= 2:
            return "not_a_table_row", ""  # a line of text: a note, a signature
        return None

    def _is_header(self, filled: list[tuple[int, str]]) -> bool:
        texts = [(i, normalise(cell)) for i, cell in filled]
        if len(texts) > 1 and any(all(level.get(i) == text for i, text in texts) for level in self.header.texts):
            return True
        counts = [cell.strip("()") for _, cell in filled]
        if len(counts) > 2 and counts == [str(i) for i in range(1, len(counts) + 1)]:
            # the row of column numbers under a header, unless such small numbers are what the table holds
            return any(cell.startswith("(") for _, cell in filled) or (self.first and not self._small(filled))
        return False

    def _small(self, filled: list[tuple[int, str]]) -> bool:
        return all(i in self.small for i, _ in filled if i in self.usual)

    def _is_total_or_note(self, number: int, filled: list[tuple[int, str]]) -> bool:
        (at, first), rest = filled[0], filled[1:]
        others = {i for i, _ in rest} & self.usual
        if not others and len(rest) <= 1:
            return True  # a text that stands alone, or beside one more
        values = {i: self._value(cell, i) for i, cell in rest}
        right = {i for i, value in values.items() if value is not None and self._is_sum(value, i)}
        texts = self.usual - set(self.marks) - {at}
        bare = len(texts) > 1 and not texts & others
        if _SUM_ALONE.fullmatch(first.strip(" :.")) or bare:
            if any(value is not None for value in values.values()) and not right:
                self.wrong_totals.append(number)
            return True
        return at not in self.marks and bool(values) and right == set(values)

    def _is_sum(self, value: float, column: int) -> bool:
        sums = self.sums.get(column, [0.0, 0.0])
        return value != 0.0 and any(abs(value - total) <= 1e-6 * max(1.0, abs(total)) for total in sums)

    def _value(self, cell: str, column: int) -> float | None:
        mark = self.marks.get(column)
        marks = (mark,) if mark else (".", ",")
        return next((value for m in marks if (value := parse_number(cell, m)) is not None), None)


def furniture(rows: Sequence[Row], header: Header, marks: Mapping[int, str]) -> Furniture:
    """What tells the furniture of a table.

    Args:
        rows: Rows below the header.
        header: The header.
        marks: Column -> decimal mark, for columns whose cells are numbers.
    """
    width = max((len(cells) for _, cells in rows), default=0)
    counts, small, figures, total = [0] * width, [0] * width, [0] * width, 0
    for _, cells in rows:
        total += any(cells)
        for i, cell in enumerate(cells):
            if cell:
                counts[i] += 1
                if len(cell) <= 18 and looks_like_number(cell):
                    figures[i] += 1
                    small[i] += len(cell) <= 2
    usual = frozenset(i for i in range(width) if counts[i] >= 0.6 * total)
    numbers = {i: "" for i in range(width) if counts[i] and figures[i] >= 0.5 * counts[i] and i in usual}
    few = frozenset(i for i in range(width) if counts[i] and small[i] >= 0.9 * counts[i])
    return Furniture(header, usual, {**numbers, **marks}, few)
