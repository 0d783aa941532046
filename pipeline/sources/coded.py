"""Columns of few different texts as numbers: each different cell is kept once, each row as the number of its cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.sources.columnar import plain_values
from pipeline.sources.growing import Growing
from pipeline.sources.parts import encoded

if TYPE_CHECKING:
    from collections.abc import Callable

_NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Coded:
    """A column.

    Attributes:
        frame: Its different cells in the order in which they come: `raw` (as the file holds it), `text` (as the readers
            read it; None where blank or a word for no value), `figure` (whether it is a number in the file), `rows`,
            `first` (number of the first such row); the index is their number.
        codes: The number of each row's cell, in the order in which rows were scanned.
    """

    frame: pd.DataFrame
    codes: np.ndarray = field(repr=False)

    def by_code(self, values: pd.Series | np.ndarray, kind: type | np.dtype) -> np.ndarray:
        """Values of the frame's rows as an array that codes index; nought where no row holds the cell."""
        found = np.zeros(int(self.frame.index.max()) + 1 if len(self.frame) else 0, dtype=kind)
        found[self.frame.index.to_numpy()] = values
        return found


class Coder:
    """Gives numbers to the cells of a column as they come."""

    def __init__(self, rows: int) -> None:
        """Args: how many rows there will be, as far as that is known."""
        self._known: dict[object, int] = {}
        self._codes = Growing(np.uint8, rows)
        self._rows, self._first = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        self._last = 0

    def add(self, rows: np.ndarray, cells: pa.Array) -> None:
        """Add the cells of some rows."""
        packed = encoded(cells)
        words: list[object] = [None if word != word else word for word in plain_values(packed.dictionary)]
        indices = packed.indices
        if packed.null_count:
            indices = pc.fill_null(indices.cast(pa.int64()), len(words))
            words.append(None)
        places = indices.to_numpy(zero_copy_only=False).astype(np.intp)
        own = np.array([self._known.setdefault(word, len(self._known)) for word in words], dtype=np.intp)
        self._rows = _longer(self._rows, len(self._known), 0)
        self._first = _longer(self._first, len(self._known), _NEVER)
        np.add.at(self._rows, own, np.bincount(places, minlength=len(own)))
        codes = own.astype(np.min_scalar_type(len(self._known)))[places]
        self._codes.add(codes)
        if len(rows) and ((self._first[own] == _NEVER).any() or rows[0] < self._last):
            first = np.full(len(self._known), _NEVER)
            first[codes[::-1]] = rows[::-1]  # of several the last that is written stays
            self._first = np.minimum(self._first, first)
        self._last = max(self._last, *(rows[-1:].tolist()), 0)

    def done(self, text_of: Callable[[object], str | None]) -> Coded:
        """The column as a whole."""
        cells = list(self._known)
        frame = pd.DataFrame(
            {
                "raw": pd.Series(cells, dtype=object),
                "text": pd.Series([text_of(cell) for cell in cells], dtype=object),
                "figure": np.array([type(cell) in (int, float) for cell in cells], dtype=bool),
                "rows": self._rows,
                "first": self._first,
            }
        )
        return Coded(frame[frame["rows"] > 0].sort_values("first"), self._codes.done())


def _longer(values: np.ndarray, length: int, fill: int) -> np.ndarray:
    return np.concatenate([values, np.full(length - len(values), fill, dtype=np.int64)])
