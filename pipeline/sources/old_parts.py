"""What the values of .xls, .xlsb and .ods do not show: hidden rows, errors, formulas without a value, dates from 1904."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator

import olefile
from lxml import etree

from pipeline.sources.grid import Grid
from pipeline.sources.xlsx_parts import DAYS_1904

_SHEET, _BEGIN, _END, _ROW, _DATES, _ERROR, _FORMULA, _COLUMNS = 0x85, 0x809, 0x0A, 0x208, 0x22, 0x205, 0x06, 0x7D
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_BOOK_PROPERTIES = 153
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"


def xls_parts(content: bytes, sheet: str, grid: Grid) -> None:
    """Add to a grid what the records of a binary workbook ([MS-XLS]) say of its sheet."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as box:
            name = "Workbook" if box.exists("Workbook") else "Book"
            stream = box.openstream(name).read()
        start = 0
        for kind, body in _records(stream, 0):
            if kind == _DATES and struct.unpack_from("<H", body)[0]:
                grid.serial_shift = DAYS_1904
            if kind == _SHEET and _sheet_name(body) == sheet:
                start = struct.unpack_from("<I", body)[0]
            if kind == _END:
                break
        if start:
            _sheet_records(stream, start, grid)
    except (OSError, struct.error, IndexError, UnicodeDecodeError):
        grid.notes.append("What the sheet hides could not be told.")  # Excel 5 and earlier write other records


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        yield kind, stream[start + 4 : start + 4 + length]
        start += 4 + length


def _sheet_name(body: bytes) -> str:
    count, wide = body[6], body[7] & 1
    return body[8 : 8 + count * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1")


def _sheet_records(stream: bytes, start: int, grid: Grid) -> None:
    rows, columns, faults, depth = set(), set(), dict(grid.faults), 0
    for kind, body in _records(stream, start):
        depth += (kind == _BEGIN) - (kind == _END)
        if depth == 0:
            break
        if kind == _ROW and struct.unpack_from("<H", body, 12)[0] & 0x20:
            rows.add(struct.unpack_from("<H", body)[0] + 1)
        elif kind == _COLUMNS and struct.unpack_from("<H", body, 8)[0] & 1:
            first, last = struct.unpack_from("<HH", body)
            columns |= set(range(first, min(last, 255) + 1))
        elif kind == _ERROR and body[7]:
            faults[_place(body)] = _ERRORS.get(body[6], "#N/A")
        elif kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
            faults[_place(body)] = _ERRORS.get(body[8], "#N/A")
    grid.hidden_rows, grid.hidden_columns, grid.faults = frozenset(rows), frozenset(columns), faults


def _place(body: bytes) -> tuple[int, int]:
    row, column = struct.unpack_from("<HH", body)
    return row + 1, column


def xlsb_parts(content: bytes, grid: Grid) -> None:
    """Add to a grid whether a binary workbook of 2007 ([MS-XLSB]) counts days from 1904; what it hides is not told."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        stream = archive.read("xl/workbook.bin")
    at = 0
    while at < len(stream):
        kind, at = _varint(stream, at, 2)
        length, at = _varint(stream, at, 4)
        if kind == _BOOK_PROPERTIES:
            grid.serial_shift = DAYS_1904 if length and stream[at] & 1 else 0
            return
        at += length


def _varint(stream: bytes, at: int, most: int) -> tuple[int, int]:
    """A number in groups of seven bits, the lowest first, and the place after it."""
    value = 0
    for k in range(most):
        if at >= len(stream):
            break
        byte = stream[at]
        value, at = value | (byte & 0x7F) << (7 * k), at + 1
        if byte < 0x80:
            break
    return value, at


def ods_parts(content: bytes, sheet: str, grid: Grid) -> None:
    """Add to a grid what the XML of an OpenDocument sheet says beside its values."""
    rows, faults = set(), dict(grid.faults)
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("content.xml") as stream:
        for _, table in etree.iterparse(stream, tag=f"{_TABLE}table", resolve_entities=False, huge_tree=True):
            if table.get(f"{_TABLE}name") == sheet:
                number = 0
                for row in table.iter(f"{_TABLE}table-row"):
                    repeated = int(row.get(f"{_TABLE}number-rows-repeated", 1))
                    if row.get(f"{_TABLE}visibility", "visible") != "visible" and number < len(grid.rows):
                        rows |= set(range(number + 1, min(number + repeated, len(grid.rows)) + 1))
                    _ods_row(row, number + 1, faults)
                    number += repeated
            table.clear()
    grid.hidden_rows, grid.faults = frozenset(rows), faults


def _ods_row(row: etree._Element, number: int, faults: dict[tuple[int, int], str]) -> None:
    column = 0
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        if cell.get(f"{_CALC}value-type") == "error":
            faults[number, column] = "".join(cell.itertext()).strip() or "#N/A"
        elif cell.get(f"{_TABLE}formula") and cell.get(f"{_OFFICE}value-type") is None and not "".join(cell.itertext()):
            faults[number, column] = "formula"
        column += int(cell.get(f"{_TABLE}number-columns-repeated", 1))
