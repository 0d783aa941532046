"""The finishing of a PDF: the first cell of a table's row is tagged as the row's heading.

Typst tags headings of columns and has no way to say that a cell heads its row (its `pdf.header-cell` is not in the released
library). A listener would hear the number and its column, never whose number it is. Beside the tags one key is taken out,
which says what holds without it and which readers built on Poppler complain of.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from pipeline.errors import RenderError

_TABLE = re.compile(r"^#report-table\(small: \w+, row-heads: (\w+)", re.MULTILINE)


def finish(content: bytes, source: str) -> bytes:
    """Tag the headings of rows.

    Args:
        content: The PDF that Typst wrote.
        source: The Typst code that it was written from, which says of each table whether its first column heads the rows.

    Raises:
        RenderError: The PDF has other tables than its source.
    """
    wanted = [found == "true" for found in _TABLE.findall(source)]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tables = list(_of_kind(pdf.Root.StructTreeRoot.K, "/Table"))
        if len(tables) != len(wanted):
            raise RenderError(f"The PDF has {len(tables)} tables, its source {len(wanted)}.")
        named: dict[bytes, Object] = {}
        for number, (table, heads) in enumerate(zip(tables, wanted, strict=True)):
            if heads:
                named.update(_tag_rows(table, number))
        _add_names(pdf, named)
        _silence(pdf)
        target = io.BytesIO()
        # The identity is Typst's, of the content; object streams keep the file small.
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return target.getvalue()


def _silence(pdf: Pdf) -> None:
    """Take out that no tag is suspect: it is the default (ISO 32000-1, table 321), and Poppler takes its type for wrong."""
    marks = pdf.Root.get("/MarkInfo")
    if marks is not None and not marks.get("/Suspects", True):
        del marks.Suspects


def _children(element: Object) -> Iterator[Object]:
    kids = element.get("/K")
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid


def _of_kind(node: Object, kind: str) -> Iterator[Object]:
    elements = node if isinstance(node, Array) else [node]
    for element in elements:
        if not isinstance(element, Dictionary) or "/S" not in element:
            continue
        if str(element.S) == kind:
            yield element
        else:
            for child in _children(element):
                yield from _of_kind(child, kind)


def _tag_rows(table: Object, number: int) -> dict[bytes, Object]:
    """Make the first data cell of each row its heading, and name it as a heading of the others; the headings by name."""
    named = {}
    rows = [row for body in _children(table) if str(body.S) == "/TBody" for row in _of_kind(body, "/TR")]
    for place, row in enumerate(rows):
        cells = list(_children(row))
        if not cells or str(cells[0].S) != "/TD":
            continue
        first, others = cells[0], cells[1:]
        name = f"R{number}x{place}".encode()
        first.S = Name.TH
        first.ID = String(name)
        attributes = _table_attributes(first)
        attributes.Scope = Name.Row
        for cell in others:
            held = _table_attributes(cell)
            held.Headers = Array([*held.get("/Headers", Array()), String(name)])
        named[name] = first
    return named


def _table_attributes(cell: Object) -> Object:
    """The attributes that a cell has as part of a table; made where it has none."""
    held = cell.get("/A")
    for one in held if isinstance(held, Array) else [held]:
        if isinstance(one, Dictionary) and one.get("/O") == Name.Table:
            return one
    made = Dictionary(O=Name.Table)
    kept = list(held) if isinstance(held, Array) else [held] if held is not None else []
    cell.A = Array([*kept, made])
    mine: Object = cell.A[-1]
    return mine


def _add_names(pdf: Pdf, named: dict[bytes, Object]) -> None:
    """The names that cells refer to are found in the tree of names, sorted as its readers search it."""
    root = pdf.Root.StructTreeRoot
    found = dict(_names(root.IDTree)) if "/IDTree" in root else {}
    found.update(named)
    pairs = [part for name in sorted(found) for part in (String(name), found[name])]
    root.IDTree = pdf.make_indirect(Dictionary(Names=Array(pairs)))


def _names(tree: Object) -> Iterator[tuple[bytes, Object]]:
    held = list(tree.get("/Names", Array()))
    for i in range(0, len(held), 2):
        yield bytes(held[i]), held[i + 1]
    for kid in tree.get("/Kids", Array()):
        yield from _names(kid)
