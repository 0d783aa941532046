"""Text files: declared encoding, declared separator (or the one that fits), line numbers kept."""

from __future__ import annotations

import codecs
import csv
import io
import re

from pipeline.errors import SourceError
from pipeline.sources.cells import clean_text
from pipeline.sources.grid import Grid, Row
from pipeline.sources.headings import normalise
from pipeline.sources.limits import MAX_CELL, MAX_TEXT_CELLS, long_cell, too_many_cells
from pipeline.sources.table import SourceSpec

SEPARATORS = {";": "semicolon", ",": "comma", "\t": "tab", "|": "vertical bar"}
_UTF_16 = re.compile(r"(?:utf[-_ ]?16|ucs[-_ ]?2|unicode)(?:[-_ ]?(le|be|little|big))?(?:[-_ ]?(?:sig|bom|text))?")
_OFFICE_NAMES = {"ansi": "windows-1252", "utf-8-bom": "utf-8-sig", "utf8-bom": "utf-8-sig", "dos": "cp850"}


def text_grid(content: bytes, spec: SourceSpec, shown: str) -> Grid:
    """All records of a text file with the number of the line on which each begins; blank cells are None.

    Raises:
        SourceError: Not text, not in the declared encoding or separator, with quotation marks that do not close, or with
            more cells, or more in a cell, than are read.
    """
    text, used = decode(content, spec.encoding, shown)
    separator, text = separator_of(text, spec, shown)
    grid = Grid(_records(text, separator, shown), "text", encoding=used, separator=separator)
    if text and grid.rows and not text.endswith(("\n", "\r")) and text.count("\n") > 1:
        grid.notes.append("The last line has no line end: the file may have been cut there.")
    return grid


def decode(content: bytes, encoding: str, shown: str) -> tuple[str, str]:
    """Bytes in the declared encoding as text without a byte-order mark, and the encoding that was used.

    Windows-1252 can read almost any bytes, so text that is valid UTF-8 beyond ASCII is taken for what it is: UTF-8.

    Raises:
        SourceError: Names the declared encoding, the line, and what the file seems to be.
    """
    declared = codec_of(encoding, shown)
    if declared.startswith("utf-16"):
        return _decode_utf_16(content, declared, shown)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise encoding_error(shown, 1, declared, "UTF-16", "Say `encoding: utf-16` in the study, or save it as UTF-8.")
    is_utf8 = declared in ("utf-8", "utf-8-sig")
    try:
        text = content.decode("utf-8-sig" if is_utf8 else declared)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        guess = "windows-1252" if is_utf8 else "another encoding"
        raise encoding_error(shown, line, declared, guess) from None
    if not is_utf8 and not declared.startswith("utf") and (line := _utf8_line(content)):
        raise encoding_error(shown, line, declared, "utf-8")
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise encoding_error(shown, line, declared, "UTF-16 or no text at all")
    return text.removeprefix("\ufeff"), declared


def codec_of(encoding: str, shown: str) -> str:
    """The codec of an encoding's name, however it is spelled."""
    name = encoding.strip().casefold()
    if found := _UTF_16.fullmatch(name):
        return "utf-16" + (f"-{found[1][0]}e" if found[1] else "")
    name = _OFFICE_NAMES.get(name.replace("_", "-"), name)
    try:
        codecs.lookup(name)
        b"a".decode(name)  # some codecs turn bytes into bytes
    except (LookupError, ValueError):
        raise SourceError(
            f"There is no encoding called {encoding!r}.",
            where=shown,
            expected="a name such as utf-8, windows-1252 or utf-16",
            todo="Correct `encoding` of this source in the study.",
            code="encoding_unknown",
        ) from None
    return codecs.lookup(name).name


def _decode_utf_16(content: bytes, declared: str, shown: str) -> tuple[str, str]:
    """UTF-16 by its byte-order mark; without one, by the declared order, or by the side on which ASCII's zeros stand."""
    if content.startswith(codecs.BOM_UTF8):
        raise encoding_error(shown, 1, declared, "utf-8")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        used = "utf-16-le" if content.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
        content = content[2:]
    elif declared == "utf-16":
        head = content[:4000]
        used = "utf-16-be" if head[::2].count(0) > head[1::2].count(0) else "utf-16-le"
    else:
        used = declared
    odd = len(content) % 2
    try:
        text = content[: len(content) - odd].decode(used)
    except UnicodeDecodeError as error:
        line = content[: error.start].decode(used, "replace").count("\n") + 1
        raise encoding_error(shown, line, declared, "another encoding") from None
    line_ends = text.count("\n")
    if odd or "\x00" in text or (len(content) > 200 and not line_ends) or _strange(text):
        raise encoding_error(shown, line_ends + 1 if odd else 1, declared, "another encoding, or cut in the middle")
    return text, used


def _strange(text: str) -> bool:
    """Whether text read as UTF-16 holds what no table of this country holds: it was other bytes, two at a time."""
    head = text[:2000]
    return bool(head) and sum("\u2e80" <= char <= "\udfff" for char in head) > 0.3 * len(head)


def _utf8_line(content: bytes) -> int:
    """First line with bytes beyond ASCII if the whole file is valid UTF-8, else 0."""
    if content.isascii():
        return 0
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return 0
    return next((number for number, line in enumerate(content.split(b"\n"), 1) if not line.isascii()), 0)


def encoding_error(shown: str, line: int, declared: str, guess: str, todo: str = "") -> SourceError:
    """The error for a text in another encoding than the declared one."""
    return SourceError(
        "The file is not in the declared encoding.",
        where=f"{shown}, row {line}",
        expected=f"encoding {declared}; the file seems to be {guess}",
        todo=todo or "Save the file in the declared encoding, or change `encoding` of this source in the study.",
        code="encoding",
    )


def separator_of(text: str, spec: SourceSpec, shown: str) -> tuple[str, str]:
    """The declared separator, checked; the one that fits best where none is declared. A line `sep=;` is taken off."""
    first, _, rest = text.partition("\n")
    if (match := re.fullmatch(r'"?sep=(.)"?\r?', first)) is not None:
        text = f"\n{rest}"
        if spec.separator is None:
            return match[1], text
    head = text.splitlines()[:40]
    wanted = {normalise(option.split(" / ")[-1]) for options in spec.columns.values() for option in options}

    def matched(mark: str) -> tuple[int, int]:
        """Most declared headings in a line, and the cells of that line."""
        lines = (line.split(mark) for line in head)
        return max(
            ((sum(normalise(c.strip('"')) in wanted for c in cells), len(cells)) for cells in lines), default=(0, 0)
        )

    best = max(SEPARATORS, key=matched)
    if spec.separator is None:
        return (best if matched(best)[0] else ","), text
    if best != spec.separator and matched(best)[0] > max(matched(spec.separator)[0], 1):
        raise SourceError(
            f"The columns are separated by a {SEPARATORS[best]}, not by the declared separator.",
            where=f"{shown}, header row",
            expected=f"separator {SEPARATORS.get(spec.separator, repr(spec.separator))}",
            todo="Save the file with the declared separator, or change `separator` of this source in the study.",
            code="separator",
        )
    return spec.separator, text


def _records(text: str, separator: str, shown: str) -> list[Row]:
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))  # the limit is the whole process's
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[Row] = []
    line, cells, widest = 1, 0, 0
    try:
        for record in reader:
            if record and len(max(record, key=len)) > MAX_CELL:
                raise long_cell(f"{shown}, row {line}", max(map(len, record)))
            cells, widest = cells + len(record), max(widest, len(record))
            if cells > MAX_TEXT_CELLS:
                raise too_many_cells(shown, len(rows) + 1, widest, f"row {line}", most=MAX_TEXT_CELLS)
            rows.append((line, [clean_text(cell) for cell in record]))
            line = reader.line_num + 1
    except csv.Error:
        raise quotes_error(shown, line) from None
    return rows


def quotes_error(shown: str, line: int) -> SourceError:
    """The error for a record whose quotation marks do not pair."""
    return SourceError(
        "A record cannot be read: a quotation mark does not close, or stands inside a cell.",
        where=f"{shown}, row {line}",
        expected="cells with quotation marks in pairs",
        todo="Correct the quotation marks of this line in the office's export.",
        code="quotes",
    )
