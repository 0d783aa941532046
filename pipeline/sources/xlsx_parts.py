"""What the values of an .xlsx do not show: its size, formulas without a stored value, errors, what is hidden, 1904.

The sheet's XML is searched as bytes in one pass, piece by piece; only where it holds formulas or errors is it parsed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.sources.kinds import damaged
from pipeline.sources.limits import MAX_CELLS, MAX_PART, too_large, too_many_cells

_PIECE = 4 << 20
_FAR = re.compile(rb'<c r="([A-Z]{2,3})\d')
_CELL = re.compile(rb'\br="([A-Z]{1,3})\d+"')
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[ >/]")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_ROW_END = re.compile(rb"</(?:\w+:)?row>")
_ROW_NUMBER = re.compile(rb'\br="(\d+)"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_SPAN = re.compile(rb'\b(min|max)="(\d+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_SHARED_END = re.compile(rb"</(?:\w+:)?si>|<(?:\w+:)?si/>")
DAYS_1904 = 1462


@dataclass
class SheetParts:
    """What the pass over a sheet found; rows from 1, columns from 0."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: int = 0


class XlsxParts:
    """An open .xlsx archive."""

    def __init__(self, content: bytes, shown: str) -> None:
        self.shown = shown
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            self._names = {name.casefold(): name for name in self._archive.namelist()}
            for part in self._archive.infolist():
                if part.file_size > MAX_PART and part.filename.casefold().startswith("xl/"):
                    raise too_large(shown, f"The workbook's part {part.filename}")
            self._book = etree.fromstring(self._read("xl/workbook.xml"), _parser())
            self._targets = self._relations()
        except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, OSError, EOFError, ValueError, NotImplementedError):
            raise damaged(shown, "xlsx") from None

    @property
    def from_1904(self) -> bool:
        """Whether serial numbers of dates count from 1904."""
        found = self._book.find("{*}workbookPr")
        return found is not None and found.get("date1904", "0") in ("1", "true")

    @property
    def _uncalculated(self) -> bool:
        """Whether a program wrote the book that leaves calculating to the next one that opens it."""
        found = self._book.find("{*}calcPr")
        return found is not None and found.get("fullCalcOnLoad", "0") in ("1", "true")

    def sheet(self, name: str) -> SheetParts:
        """Search a sheet, and refuse it where it or its texts are too large.

        Raises:
            SourceError: More cells or more text than are read, or a damaged part.
        """
        try:
            path = self._targets[name]
            found, special, references = self._search(path, name)
            if references:
                self._check_texts(path, references)
            if special:
                self._parse(path, found)
        except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, OSError, EOFError, ValueError, NotImplementedError):
            raise damaged(self.shown, "xlsx") from None
        return found

    def _read(self, path: str) -> bytes:
        return self._archive.read(self._names[path.casefold()])

    def _relations(self) -> dict[str, str]:
        links = etree.fromstring(self._read("xl/_rels/workbook.xml.rels"), _parser())
        paths = {link.get("Id"): str(link.get("Target")) for link in links.iter("{*}Relationship")}
        key = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
        strict = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
        found = {}
        for sheet in self._book.iter("{*}sheet"):
            target = paths.get(sheet.get(key) or sheet.get(strict), "")
            found[str(sheet.get("name"))] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        return found

    def _pieces(self, path: str) -> Iterator[bytes]:
        """A part in pieces that end before a tag begins."""
        with self._archive.open(self._names[path.casefold()]) as stream:
            rest, total = b"", 0
            while piece := stream.read(_PIECE):
                total += len(piece)
                if total > MAX_PART:
                    raise too_large(self.shown, f"The workbook's part {path}")
                piece = rest + piece
                cut = piece.rfind(b"<")
                cut = cut if cut > 0 else len(piece)
                yield piece[:cut]
                rest = piece[cut:]
            yield rest

    def _search(self, path: str, name: str) -> tuple[SheetParts, bool, int]:
        """What is hidden, whether there are formulas or errors, and the number of references to shared texts."""
        found = SheetParts()
        special, references, row, widest, cells = False, 0, 0, 0, 0
        for piece in self._pieces(path):
            width, count = _width(piece)
            row, widest, cells = _last_row(piece, row, found.hidden_rows), max(widest, width), cells + count
            if max(row * widest, cells) > MAX_CELLS:
                raise too_many_cells(f"{self.shown}, sheet {name}", row, widest, f"column {_letters(widest)}")
            special = special or _is_special(piece)
            references += piece.count(b't="s"')
            if b'hidden="' in piece:
                for tag in filter(_HIDDEN.search, _COLUMN.findall(piece)):
                    span = {key: int(value) for key, value in _SPAN.findall(tag)}
                    found.hidden_columns |= set(range(span[b"min"] - 1, min(span[b"max"], 16384)))
        return found, special, references

    def _check_texts(self, path: str, references: int) -> None:
        """Refuse shared texts that come to too much when each cell gets its own copy."""
        if "xl/sharedstrings.xml" not in self._names:
            return
        lengths, start = [], 0
        content = self._read("xl/sharedStrings.xml")
        for match in _SHARED_END.finditer(content):
            lengths.append(match.end() - start)
            start = match.end()
        if references * max(lengths, default=0) <= MAX_PART:
            return
        total = 0
        with self._archive.open(self._names[path.casefold()]) as stream:
            for _, cell in etree.iterparse(stream, tag="{*}c", **_OPTIONS):
                text = cell.findtext("{*}v")
                if cell.get("t") == "s" and text and text.strip().isdigit() and int(text) < len(lengths):
                    total += lengths[int(text)]
                _forget(cell)
                if total > MAX_PART:
                    raise too_large(self.shown, "The text of the workbook's cells")

    def _parse(self, path: str, found: SheetParts) -> None:
        """Formulas without a stored value and errors, with their places."""
        row, column = 0, -1
        with self._archive.open(self._names[path.casefold()]) as stream:
            for event, node in etree.iterparse(stream, events=("start", "end"), tag=("{*}row", "{*}c"), **_OPTIONS):
                kind = etree.QName(node).localname
                if event == "start" and kind == "row":
                    row, column = int(node.get("r", row + 1)), -1
                elif event == "end" and kind == "c":
                    place = node.get("r")
                    column = _column(place.rstrip("0123456789").encode()) if place else column + 1
                    if fault := self._fault(node):
                        found.faults[row, column] = fault
                    found.formulas += node.find("{*}f") is not None
                elif event == "end":
                    _forget(node)

    def _fault(self, cell: etree._Element) -> str | None:
        stored, kind = cell.find("{*}v"), cell.get("t", "n")
        if kind == "e":
            return (stored.text if stored is not None else None) or "#N/A"
        if cell.find("{*}f") is None:
            return None
        text = (stored.text or "").strip() if stored is not None else ""
        if stored is None or (not text and kind != "str"):
            return "formula"
        return "zero" if self._uncalculated and text == "0" and kind == "n" else None


_OPTIONS = {"resolve_entities": False, "huge_tree": True, "no_network": True}


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _forget(node: etree._Element) -> None:
    """Free a parsed element and those before it."""
    node.clear()
    while node.getprevious() is not None:
        del node.getparent()[0]


def _is_special(piece: bytes) -> bool:
    """Whether a piece of a sheet holds formulas or errors."""
    if b't="e"' in piece:
        return True
    return (b"<f" in piece or b":f" in piece) and _FORMULA.search(piece) is not None


def _width(piece: bytes) -> tuple[int, int]:
    """Columns that a piece of a sheet reaches, and its cells; most programs write `<c r="B7"`, which is quickly found."""
    cells = piece.count(b"<c ") + piece.count(b"<c>") + piece.count(b"<c/")
    if b":c" not in piece and piece.count(b'<c r="') == cells:
        columns = set(_FAR.findall(piece))
        for number in range(26, 0, -1):
            if columns or piece.find(b'<c r="%c' % (number + 64)) >= 0:
                return max((_column(letters) + 1 for letters in columns), default=number), cells
        return 0, cells
    cells = len(_ANY_CELL.findall(piece))
    columns = set(_CELL.findall(piece))
    # cells may leave their place out: they then stand side by side
    beside = max(len(_ANY_CELL.findall(part)) for part in _ROW_END.split(piece))
    return max(beside, *(_column(letters) + 1 for letters in columns), 0), cells


def _last_row(piece: bytes, row: int, hidden: set[int]) -> int:
    """The last row of a piece that follows on `row`; hidden ones are added to `hidden`."""
    tags = piece.count(b"<row ") + piece.count(b"<row>")
    if b":row" not in piece and piece.count(b'<row r="') == tags and b'hidden="' not in piece:
        last = _ROW_NUMBER.search(piece, piece.rfind(b"<row ")) if tags else None
        return int(last[1]) if last else row
    for tag in _ROW.findall(piece):
        number = _ROW_NUMBER.search(tag)
        row = int(number[1]) if number else row + 1
        if _HIDDEN.search(tag):
            hidden.add(row)
    return row


def _letters(width: int) -> str:
    """The letters of the last of so many columns: 1 is A."""
    text = ""
    while width:
        width, rest = divmod(width - 1, 26)
        text = chr(65 + rest) + text
    return text


def _column(letters: bytes) -> int:
    """The column from 0 that its letters name: A is 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
