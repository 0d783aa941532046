"""Numbers of pupils (NISN) of a million cells at once, as the reader of single ones reads them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.sources.identifiers import NISN_LENGTH

NONE = -1
"""In place of the number of a cell that only the reader can read."""
_ZERO = 48
_EACH = 0x0101010101010101
"""Times a byte: the byte eight times."""


def nisn_digits(cells: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """What `read_nisn` makes of each cell, as a number, and with how many digits it is written (uint8).

    Only cells of eight to ten ASCII digits, or whole numbers of as many, are read; -1 and 0 stand for all others.
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
        ends = (numbers >= 10 ** (NISN_LENGTH - 1)).astype(np.uint8) + (numbers >= 10 ** (NISN_LENGTH - 2))
        return np.where(fits, numbers, NONE), np.where(fits, ends + np.uint8(NISN_LENGTH - 2), np.uint8(0))
    if not are_texts(cells):
        return np.full(len(cells), NONE), np.zeros(len(cells), dtype=np.uint8)
    cells = cells.cast(pa.string()) if pa.types.is_large_string(cells.type) else cells
    lengths = pc.fill_null(pc.binary_length(cells), 0).to_numpy(zero_copy_only=False)
    found = np.full(len(cells), NONE, dtype=np.int64)
    offsets = np.frombuffer(cells.buffers()[1], dtype=np.int32)[cells.offset : cells.offset + len(cells)]
    text = np.frombuffer(cells.buffers()[2] or b"", dtype=np.uint8)
    for length in range(NISN_LENGTH - 2, NISN_LENGTH + 1):
        here = np.flatnonzero(lengths == length)
        if len(here) == len(cells) > 0:
            found = _numbers(text, offsets, length)
        elif len(here):
            found[here] = _numbers(text, offsets[here], length)
    return found, np.where(found != NONE, lengths, 0).astype(np.uint8)


def written(numbers: np.ndarray, digits: np.ndarray, others: Iterable[object]) -> list[object]:
    """The cells of a column of texts from what `nisn_digits` makes of them; those that it does not read are `others`."""
    rest = iter(others)
    cells = zip(numbers.tolist(), digits.tolist(), strict=True)
    return [f"{number:0{length}d}" if number != NONE else next(rest) for number, length in cells]


def are_texts(cells: pa.Array) -> bool:
    """Whether a column holds texts, each row its own."""
    return bool(pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type))


def _numbers(text: np.ndarray, starts: np.ndarray, length: int) -> np.ndarray:
    """Numbers of `length` digits, eight or more, that begin at some places of a text; -1 where a character is no digit.

    Eight digits are one word of 64 bits, of which neighbours are put together three times (Lemire 2018, Quickly parsing
    eight digits).
    """
    first, count = int(starts[0]), len(starts)
    if int(starts[-1]) - first == length * (count - 1):  # one after another, as cells mostly are
        digits = text[first : first + length * count]
    else:
        digits = text[starts[:, None] + np.arange(length)].reshape(-1)
    number = np.ndarray(count, "<u8", digits, strides=(length,)) ^ np.uint64(_EACH * _ZERO)
    other = number + np.uint64(
        _EACH * (0x80 - 10)
    )  # in place from here on: new arrays cost more than what is done to them
    other |= number
    other &= np.uint64(_EACH * 0x80)
    wrong = other != 0
    for ten, bits, mask in ((10, 8, 0x00FF00FF00FF00FF), (100, 16, 0x0000FFFF0000FFFF), (10000, 32, 0xFFFFFFFF)):
        np.right_shift(number, np.uint64(bits), out=other)
        number *= np.uint64(ten)
        number += other
        number &= np.uint64(mask)
    for k in range(8, length):
        digit = digits[k::length] - np.uint8(_ZERO)  # below "0" it wraps around to a large number
        wrong |= digit > 9
        number *= np.uint64(10)
        number += digit
    found = number.view(np.int64)
    found[wrong] = NONE
    return found
