"""Numbers of pupils (NISN) of a million cells at once, as the reader of single ones reads them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.sources.identifiers import NISN_LENGTH

NONE = -1
"""In place of the number of a cell that only the reader can read."""
_ZERO = 48


def nisn_digits(cells: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """What `read_nisn` makes of each cell, as a number, and whether it is written otherwise than with ten digits.

    Only cells of eight to ten ASCII digits, or whole numbers of as many, are read; -1 stands for all others.
    """
    if pa.types.is_dictionary(cells.type):
        cells = cells.dictionary_decode()
    if pa.types.is_floating(cells.type):  # whole numbers, of which some are missing
        numbers = pc.fill_null(cells, NONE).to_numpy(zero_copy_only=False).astype(np.float64)
        numbers = np.where(np.isfinite(numbers) & (np.rint(numbers) == numbers), numbers, NONE)
        cells = pa.array(np.clip(numbers, NONE, 10**NISN_LENGTH).astype(np.int64))
    if pa.types.is_integer(cells.type):
        numbers = pc.fill_null(cells, NONE).to_numpy(zero_copy_only=False).astype(np.int64)
        fits = (numbers >= 10 ** (NISN_LENGTH - 3)) & (numbers < 10**NISN_LENGTH)
        return np.where(fits, numbers, NONE), fits & (numbers < 10 ** (NISN_LENGTH - 1))
    if not (pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type)):
        return np.full(len(cells), NONE), np.zeros(len(cells), dtype=bool)
    cells = cells.cast(pa.string()) if pa.types.is_large_string(cells.type) else cells
    lengths = pc.fill_null(pc.binary_length(cells), 0).to_numpy(zero_copy_only=False)
    found = np.full(len(cells), NONE, dtype=np.int64)
    offsets = np.frombuffer(cells.buffers()[1], dtype=np.int32)[cells.offset : cells.offset + len(cells)]
    text = np.frombuffer(cells.buffers()[2] or b"", dtype=np.uint8)
    for length in range(NISN_LENGTH - 2, NISN_LENGTH + 1):
        here = np.flatnonzero(lengths == length)
        if len(here):
            found[here] = _numbers(text, offsets[here], length)
    return found, (found != NONE) & (lengths < NISN_LENGTH)


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
    return number if digits.max() < 10 else np.where((digits < 10).all(axis=1), number, NONE)
