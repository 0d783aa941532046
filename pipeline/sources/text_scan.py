"""Texts larger than memory: what can be said of one without holding it, and its records one by one.

Of a plain text (ASCII or UTF-8, no quotation marks, no endless lines) each line is a record. Every other text is read record
by record by the same parser as small files, so that both are read alike.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.sources.cells import clean_text
from pipeline.sources.limits import MAX_CELL, long_cell
from pipeline.sources.text_files import codec_of, decode, encoding_error, quotes_error

BLOCK = 1 << 24
_HEAD = 1 << 20


@dataclass(frozen=True)
class TextLook:
    """What a look through a text tells.

    Attributes:
        encoding: The encoding it is read in, checked as that of a small file is.
        plain: Whether each line is a record and each record a line.
        lines: Line ends in it.
        ended: Whether the last line has one.
        head: The first lines, as text.
    """

    encoding: str
    plain: bool
    lines: int
    ended: bool
    head: str


def look_through(path: Path, encoding: str, shown: str) -> TextLook:
    """Read a text once, block by block.

    Raises:
        SourceError: Not text, or not in the declared encoding (`pipeline.sources.text_files.decode`).
    """
    head_bytes = _head_of(path)
    head, used = decode(head_bytes, encoding, shown)
    if used.startswith("utf-16"):
        return TextLook(used, False, 0, True, head)
    lines = returns = pairs = 0
    ascii_only = plain = True
    valid, utf8 = True, codecs.getincrementaldecoder("utf-8")()
    own = codecs.getincrementaldecoder("utf-8" if used.startswith("utf-8") else used)()
    last = b"\n"
    with path.open("rb", buffering=0) as file:
        while block := file.read(BLOCK):
            if b"\x00" in block:
                raise encoding_error(shown, lines + 1, used, "UTF-16 or no text at all")
            if not block.isascii():
                ascii_only = False
                valid = valid and _wrong_at(utf8, block) is None
                if (place := _wrong_at(own, block)) is not None:
                    guess = "windows-1252" if used.startswith("utf-8") else "another encoding"
                    raise encoding_error(shown, lines + block.count(b"\n", 0, place) + 1, used, guess)
            returns += block.count(b"\r")
            pairs += block.count(b"\r\n") + (last.endswith(b"\r") and block.startswith(b"\n"))
            plain = plain and b'"' not in block and _short_lines(block)
            lines, last = lines + block.count(b"\n"), block
    is_utf8 = used in ("utf-8", "utf-8-sig")
    if not is_utf8 and not ascii_only and valid and not used.startswith("utf"):
        raise encoding_error(shown, _first_beyond_ascii(path), used, "utf-8")
    plain = plain and returns == pairs
    return TextLook(used, plain and (ascii_only or is_utf8), lines, last.endswith((b"\n", b"\r")), head)


def _short_lines(block: bytes) -> bool:
    """Whether no line can be longer than a cell may be: each stretch of half as much has a line end."""
    half = MAX_CELL // 2
    return all(block.find(b"\n", at, at + half) >= 0 for at in range(0, len(block) - half + 1, half))


def _head_of(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(_HEAD)
    end = content.rfind(b"\n") + 1
    return content[:end] if len(content) == _HEAD and end else content


def _wrong_at(decoder: codecs.IncrementalDecoder, block: bytes) -> int | None:
    """Where a block cannot be decoded; None where it can."""
    try:
        decoder.decode(block)
    except UnicodeDecodeError as error:
        return error.start
    return None


def _first_beyond_ascii(path: Path) -> int:
    with path.open("rb") as file:
        return next(number for number, line in enumerate(file, 1) if not line.isascii())


def records(path: Path, encoding: str, separator: str, shown: str) -> Iterator[tuple[int, Sequence[str | None]]]:
    """The records of a text with the line on which each begins, as `text_files.text_grid` has them.

    Raises:
        SourceError: A quotation mark that does not close, or a cell of more than is read.
    """
    csv.field_size_limit(max(csv.field_size_limit(), MAX_CELL + 1))
    line = 1
    with path.open(encoding=codec_of(encoding, shown), newline="") as file:
        reader = csv.reader(file, delimiter=separator, strict=True)
        try:
            for record in reader:
                if record and len(max(record, key=len)) > MAX_CELL:
                    raise long_cell(f"{shown}, row {line}", max(map(len, record)))
                if line == 1 and record and record[0].startswith("\ufeff"):
                    record[0] = record[0].removeprefix("\ufeff").strip('"')
                yield line, [clean_text(cell) for cell in record]
                line = reader.line_num + 1
        except csv.Error:
            raise quotes_error(shown, line) from None
        except UnicodeDecodeError:
            raise encoding_error(shown, line, encoding, "another encoding") from None
