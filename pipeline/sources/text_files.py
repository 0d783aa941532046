"""Text files: declared encoding, declared separator, line numbers kept."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

from pipeline.errors import SourceError
from pipeline.sources.headings import Row, normalise
from pipeline.sources.table import SourceSpec

SEPARATORS = {";": "semicolon", ",": "comma", "\t": "tab", "|": "vertical bar"}
_MAX_FIELD = 1_000_000
_WORKBOOK_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def text_rows(path: Path, spec: SourceSpec, shown: str) -> list[Row]:
    """All records of a text file with the number of the line on which each begins; blank cells are None.

    Raises:
        SourceError: Not text, not in the declared encoding or separator, or with quotation marks that do not close.
    """
    text = decode(path.read_bytes(), spec.encoding, shown)
    separator = spec.separator or ","
    _check_separator(text, separator, spec, shown)
    return _records(text, separator, shown)


def decode(content: bytes, encoding: str, shown: str) -> str:
    """Bytes in the declared encoding as text, without a byte-order mark.

    Windows-1252 can read almost any bytes, so text that is valid UTF-8 beyond ASCII is taken for what it is: UTF-8.

    Raises:
        SourceError: Names the declared encoding, the line, and what the file seems to be.
    """
    declared = codecs.lookup(encoding).name
    if content.startswith(_WORKBOOK_MARKS):
        raise _encoding_error(shown, 1, declared, "a workbook (xlsx or xls)", "Save it as text, or name it .xlsx.")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and "utf-16" not in declared:
        raise _encoding_error(shown, 1, declared, "UTF-16")
    is_utf8 = declared in ("utf-8", "utf-8-sig")
    try:
        text = content.decode("utf-8-sig" if is_utf8 else declared)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        guess = "windows-1252" if is_utf8 else "another encoding"
        raise _encoding_error(shown, line, declared, guess) from None
    if not is_utf8 and not declared.startswith("utf") and (line := _utf8_line(content)):
        raise _encoding_error(shown, line, declared, "utf-8")
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise _encoding_error(shown, line, declared, "UTF-16 or no text at all")
    return text


def _utf8_line(content: bytes) -> int:
    """First line with bytes beyond ASCII if the whole file is valid UTF-8, else 0."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return 0
    return next((number for number, line in enumerate(content.split(b"\n"), 1) if not line.isascii()), 0)


def _encoding_error(shown: str, line: int, declared: str, guess: str, todo: str = "") -> SourceError:
    return SourceError(
        "The file is not in the declared encoding.",
        where=f"{shown}, row {line}",
        expected=f"encoding {declared}; the file seems to be {guess}",
        todo=todo or "Save the file in the declared encoding, or change `encoding` of this source in the study.",
    )


def _check_separator(text: str, separator: str, spec: SourceSpec, shown: str) -> None:
    head = text.splitlines()[:40]
    wanted = {normalise(option) for options in spec.columns.values() for option in options}

    def matched(mark: str) -> int:
        return max((sum(normalise(c.strip('"')) in wanted for c in line.split(mark)) for line in head), default=0)

    best = max(SEPARATORS, key=matched)
    if best != separator and matched(best) > max(matched(separator), 1):
        raise SourceError(
            f"The columns are separated by a {SEPARATORS[best]}, not by the declared separator.",
            where=f"{shown}, header row",
            expected=f"separator {SEPARATORS.get(separator, repr(separator))}",
            todo="Save the file with the declared separator, or change `separator` of this source in the study.",
        )


def _records(text: str, separator: str, shown: str) -> list[Row]:
    csv.field_size_limit(_MAX_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for record in reader:
            rows.append((line, [cell.strip() or None for cell in record]))
            line = reader.line_num + 1
    except csv.Error:
        raise SourceError(
            "A record cannot be read: a quotation mark does not close, or stands inside a cell.",
            where=f"{shown}, row {line}",
            expected="cells with quotation marks in pairs",
            todo="Correct the quotation marks of this line in the office's export.",
        ) from None
    return rows
