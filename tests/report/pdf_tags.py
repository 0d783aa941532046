"""The tags of a PDF as a listener's program reads them: for tests that look at any report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pikepdf
from pdfua import validate
from pikepdf import Array, Dictionary, Object


@dataclass
class Tags:
    """What the structure tree holds, in its order."""

    tables: list[list[list[dict]]] = field(default_factory=list)
    """Tables, rows, cells: each with `kind`, `scope`, `name`, `headers`, `wide`, `high`, `head` (in the table's head)."""
    formulas: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    headings: list[tuple[int, bool]] = field(default_factory=list)
    """Level, and whether anything stands in it."""
    names: list[bytes] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    tongues: set[str] = field(default_factory=set)
    """Languages that elements and marked content name."""
    language: str = ""
    title: str = ""
    shows_title: bool = False


def read_tags(path: Path) -> Tags:
    """The tags of one PDF."""
    with pikepdf.open(path) as pdf:
        made = Tags(
            language=str(pdf.Root.get("/Lang", "")),
            shows_title=bool(pdf.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)),
        )
        with pdf.open_metadata() as meta:
            made.title = str(meta.get("dc:title", ""))
        _walk(pdf.Root.StructTreeRoot.K, made)
        made.tongues |= {str(o.Lang) for o in pdf.objects if isinstance(o, Dictionary) and "/S" in o and "/Lang" in o}
        tree = pdf.Root.StructTreeRoot.get("/IDTree")
        made.names = [bytes(name) for name in list(tree.Names)[::2]] if tree is not None else []
        with pdf.open_outline() as outline:
            made.bookmarks = [item.title for item in _items(outline.root)]
        for page in pdf.pages:
            content = page.Contents.read_bytes() if not isinstance(page.Contents, Array) else b""
            made.tongues |= {found.decode() for found in re.findall(rb"/Lang ?\((\w+)\)", content)}
    return made


def _items(items: list) -> Iterator:
    for item in items:
        yield item
        yield from _items(item.children)


def _kids(element: Object) -> list[Object]:
    held = element.get("/K")
    return [kid for kid in (held if isinstance(held, Array) else [held]) if isinstance(kid, Dictionary) and "/S" in kid]


def _walk(node: Object, made: Tags) -> None:
    for element in node if isinstance(node, Array) else [node]:
        if not isinstance(element, Dictionary) or "/S" not in element:
            continue
        kind = str(element.S)[1:]
        if kind == "Table":
            made.tables.append([_row(row, head) for row, head in _rows(element)])
        elif kind == "Formula":
            made.formulas.append(str(element.get("/Alt", "")))
        elif kind == "Figure":
            made.figures.append(str(element.get("/Alt", "")))
        elif re.fullmatch(r"H[1-6]", kind):
            made.headings.append((int(kind[1]), "/K" in element))
        for kid in _kids(element):
            _walk(kid, made)


def _rows(table: Object) -> Iterator[tuple[Object, bool]]:
    for part in _kids(table):
        for row in [part] if str(part.S) == "/TR" else _kids(part):
            if str(row.S) == "/TR":
                yield row, str(part.S) == "/THead"


def _row(row: Object, head: bool) -> list[dict]:
    cells = []
    for cell in _kids(row):
        held = cell.get("/A")
        mine = next(
            (
                a
                for a in (held if isinstance(held, Array) else [held])
                if a is not None and str(a.get("/O")) == "/Table"
            ),
            {},
        )
        cells.append(
            {
                "kind": str(cell.S)[1:],
                "scope": str(mine.get("/Scope", "")),
                "name": bytes(cell.ID) if "/ID" in cell else b"",
                "headers": [bytes(name) for name in mine.get("/Headers", [])],
                "wide": int(mine.get("/ColSpan", 1)),
                "high": int(mine.get("/RowSpan", 1)),
                "head": head,
            }
        )
    return cells


def faults(path: Path) -> list[str]:
    """What `pdfua` finds, and what it does not look at: headings of rows, closed grids, words for formulas, bookmarks."""
    report, tags = validate(path), read_tags(path)
    wrong = [f"{finding.rule_id}: {finding.message}" for finding in report.findings]
    for number, table in enumerate(tags.tables):
        wrong += [f"table {number}: {fault}" for fault in _table_faults(table, set(tags.names))]
    wrong += [
        f"a formula that no voice can say: {alt}" for alt in tags.formulas if not alt or re.search(r"[\\{}_^$]", alt)
    ]
    wrong += ["a figure without words"] * sum(not alt.strip() for alt in tags.figures)
    wrong += ["an empty heading"] * sum(not filled for _, filled in tags.headings)
    levels = [level for level, _ in tags.headings]
    wrong += [f"from level {a} to {b}" for a, b in pairwise(levels) if b > a + 1]
    wrong += ["names of headings are not sorted"] if tags.names != sorted(tags.names) else []
    wrong += (
        []
        if tags.bookmarks and tags.title and tags.shows_title and tags.language
        else ["no bookmarks, title or language"]
    )
    return wrong


def _table_faults(table: list[list[dict]], names: set[bytes]) -> list[str]:
    wrong, carried, widths = [], {}, set()
    for row in table:
        at, mine = 0, dict(carried)
        carried = {column: left - 1 for column, left in mine.items() if left > 1}
        for cell in row:
            while at in mine:
                at += 1
            for column in range(at, at + cell["wide"]):
                if cell["high"] > 1:
                    carried[column] = cell["high"] - 1
            at += cell["wide"]
        while at in mine:
            at += 1
        widths.add(at)
        wrong += [f"{name!r} is nobody's name" for cell in row for name in cell["headers"] if name not in names]
        if row and not row[0]["head"] and row[0]["kind"] == "TH":
            first, *others = row
            if first["scope"] != "/Row" or not first["name"] or any(first["name"] not in c["headers"] for c in others):
                wrong.append("a heading of a row is not that of its cells")
    return [*wrong, *([f"rows of {sorted(widths)} columns"] if len(widths) > 1 else [])]
