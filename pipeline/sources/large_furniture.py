"""Furniture among the rows that came out of a table larger than memory: what stayed counts for shape, sums and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.sources.cells import cell_text
from pipeline.sources.columnar import plain_values
from pipeline.sources.furniture import FEW, LONGEST, WORD, RowTeller, Shape, shape_of
from pipeline.sources.headings import Header, Row, looks_like_number
from pipeline.sources.parts import encoded

if TYPE_CHECKING:
    from pipeline.sources.large import LargeTable

_SHORT = 15
"""Figures of numbers that no style and no kind of cell changes."""
_FIGURES = rf"^[0-9]{{1,{_SHORT}}}$"
_LETTERS = r"^[ -/:-~]*[A-Za-z][ -/:-~]*$"
"""Plain text without a figure in it: filled, and no number."""


class WholeTeller(RowTeller):
    """Tells furniture among some rows of a table; the others are added up to each row that may be a total."""

    def __init__(self, table: LargeTable, rows: Sequence[Row], header: Header, marks: Mapping[int, str]) -> None:
        super().__init__(rows, header, marks)
        self._table, self._seen = table, 0
        self._above = table.grid.rows[table.header.last][0]
        self._here = np.array([number for number, _ in rows], dtype=np.int64)
        self._totals = [number for number, cells in rows if WORD.match(next(filter(None, cells), "") or "")]

    @cached_property
    def shape(self) -> Shape:
        return _shape(self._table, self._marks)

    def rule(self, number: int, cells: Sequence[str | None]) -> tuple[str, str] | None:
        self._first = self._first and number - self._above - 1 == self._seen  # no row of data has come before
        self._seen += 1
        if self._totals and number in self._between:
            count, sums = self._between[number]
            self._counted = [had + count for had in self._counted]
            for i, added in sums.items():
                both = self._sums.setdefault(i, [0.0, 0.0])
                both[:] = [had + added for had in both]
        return super().rule(number, cells)

    @cached_property
    def _between(self) -> Mapping[int, tuple[int, Mapping[int, float]]]:
        """By row that may be a total: of the rows that stayed, since the one before, their number and the sum of each column
        of numbers; all in one look through the table."""
        ends, marks = np.array(self._totals), sorted(self.shape.marks)
        counts, sums = np.zeros(len(ends) + 1, dtype=np.int64), np.zeros((len(marks), len(ends) + 1))
        for batch in self._table.scan(marks):
            stayed = ~np.isin(batch.rows, self._here, assume_unique=True)
            segments = np.searchsorted(ends, batch.rows[stayed])
            counts += np.bincount(segments, minlength=len(counts))
            for added, i, cells in zip(sums, marks, batch.columns, strict=True):
                added += np.bincount(segments, self._numbers(cells, i)[stayed], len(counts))
        columns = [dict(zip(marks, column.tolist(), strict=True)) for column in sums.T]
        return {end: (int(n), each) for end, n, each in zip(self._totals, counts, columns, strict=False)}

    def _numbers(self, cells: pa.Array, column: int) -> np.ndarray:
        """What each cell of a column adds to its sum."""
        known, at = _different(cells)
        short = _whole_numbers(known)
        value = np.zeros(len(known) + 1)  # the last is a blank cell's
        value[:-1][short] = pc.cast(known.filter(pa.array(short)), pa.float64()).to_numpy(zero_copy_only=False)
        texts = map(cell_text, plain_values(known.filter(pa.array(~short))))
        value[:-1][~short] = [(self._value(text, column) if text else None) or 0.0 for text in texts]
        added: np.ndarray = value[at]
        return added


def _different(cells: pa.Array) -> tuple[pa.Array, np.ndarray]:
    """The different cells of a column, and the place of each cell among them; blank ones have the place after the last."""
    packed = encoded(cells)
    places = pc.fill_null(packed.indices.cast(pa.int64()), len(packed.dictionary))
    return packed.dictionary, places.to_numpy(zero_copy_only=False)


def _whole_numbers(cells: pa.Array) -> np.ndarray:
    """Which cells are short numbers in nothing but figures, which all styles read alike; there may be millions of them."""
    found: np.ndarray
    if _are_texts(cells):
        found = pc.match_substring_regex(cells, _FIGURES).to_numpy(zero_copy_only=False)
    elif pa.types.is_integer(cells.type):
        found = cells.to_numpy()
        found = (found >= 0) & (found < 10**_SHORT)
    else:
        found = np.zeros(len(cells), dtype=bool)
    return found


def _are_texts(cells: pa.Array) -> bool:
    return bool(pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type))


def _shape(table: LargeTable, marks: Mapping[int, str]) -> Shape:
    """`furniture._shape`, from the different cells of each column."""
    width, total = table.width, 0
    counts, figures, small = (np.zeros(width, dtype=np.int64) for _ in range(3))
    for batch in table.scan(range(width)):
        used = np.zeros(len(batch.rows), dtype=bool)
        for i, cells in enumerate(batch.columns):
            known, at = _different(cells)
            filled, figure, short = (np.append(each, False)[at] for each in _looks(known))
            used |= filled
            counts[i] += filled.sum()
            figures[i] += figure.sum()
            small[i] += short.sum()
        total += int(used.sum())
    return shape_of(counts.tolist(), figures.tolist(), small.tolist(), total, marks)


def _looks(known: pa.Array) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of different cells: whether each is filled, a number, and one of at most two characters.

    Numbers in nothing but figures and words without any, of which there may be millions, are told without reading each.
    """
    whole = _whole_numbers(known)
    filled, figure, short = whole.copy(), whole.copy(), whole & False
    if _are_texts(known):
        short = whole & (pc.binary_length(known).to_numpy(zero_copy_only=False) <= FEW)
        filled |= pc.match_substring_regex(known, _LETTERS).to_numpy(zero_copy_only=False)
    elif whole.any():
        short = whole & (known.to_numpy() < 10**FEW)
    for k in np.flatnonzero(~filled):
        text = cell_text(plain_values(known[k : k + 1])[0]) or ""
        filled[k] = bool(text)
        figure[k] = 0 < len(text) <= LONGEST and looks_like_number(text)
        short[k] = figure[k] and len(text) <= FEW
    return filled, figure, short
