"""The page: classes and roles for the style sheet, the scripts and readers who listen."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.report.assets import ASSETS, CHAINS
from pipeline.report.layout.contents import CONTENTS_TO, table_of_contents
from pipeline.report.layout.parts import (
    attr,
    classes_of,
    div,
    escaped,
    meta_blocks,
    meta_inlines,
    plain,
    raw_block,
    raw_inline,
    span,
    take,
    unmarked,
)
from pipeline.report.layout.tables import WIDE_FROM, body_rows, fit, head_rows
from pipeline.report.nodes import Node, found, plain_text, string

CARDS_FROM, CARDS_TO = 2, 6
"""A table with so many columns of words, and no more columns in all, is cards on a phone."""
LONG_FORMULA = 30


class Html:
    """Layout of the page; its scripts come from the project's `chains.json` too."""

    other_medium = "paper-only"
    follows = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def plain(self, text: str) -> Node:
        return raw_inline("html", escaped(text))

    def cited(self, inlines: list[Node]) -> list[Node]:
        """Citations are written text with links into the list of references; a screen reader is told so."""
        for link in found(inlines, {"Link"}):
            link["c"][0][2].append(["role", "doc-biblioref"])
        return inlines

    def formula(self, math: Node) -> Node | None:
        """A formula does not break: on a narrow screen a long one scrolls by itself, and the page does not."""
        return span([math], "formula") if len(math["c"][1].encode()) > LONG_FORMULA else None

    def equation(self, element: Node) -> Node:
        mark = take(element["c"][0], "mark")
        element["c"][1].append(span([string(f"({mark})")], "equation-mark"))
        return element

    def foreign(self, element: Node) -> None:
        """The attribute itself says the language."""

    def followed(self, element: Node) -> None:
        """The page's script follows it."""

    def header(self, header: Node) -> Node:
        header["c"][2] = unmarked(header["c"][2])
        mark = take(header["c"][1], "mark")
        if mark is not None:
            header["c"][2][:0] = [span([string(mark)], "heading-mark"), {"t": "Space"}]
        return header

    def table(self, table: Node, notes: Node | None) -> list[Node]:
        fit(table)
        _heard(table)
        wide = " wide" if len(table["c"][2]) >= WIDE_FROM else ""
        classes = f"table-block{wide}{' cards' if _carded(table) else ''}"
        label = plain_text(table["c"][1][1])
        scroll = div([table], attr("", "table-scroll", tabindex="0", role="region", aria_label=label))
        return [div([scroll, *([notes] if notes else [])], attr(classes=classes))]

    def figure(self, figure: Node, notes: Node | None) -> list[Node]:
        return [div([figure, notes], attr(classes="figure-block"))] if notes else [figure]

    def callout(self, element: Node, kind: str, title: str) -> list[Node]:
        heading = div([plain(string(title))], attr(classes="callout-title"))
        return [div([heading, *element["c"][1]], attr(element["c"][0][0], f"callout {kind}", role="note"))]

    def lead(self, block: Node) -> Node:
        return block

    def compact(self, element: Node) -> list[Node]:
        return [element]

    def finish(self, document: Node) -> None:
        meta = document["meta"]
        meta["scripts"] = meta_blocks(*self._scripts(document))
        for key in ("tables", "figures"):
            if key in meta:
                meta[key]["c"] = unmarked(meta[key]["c"])
        meta["contents"] = meta_blocks(table_of_contents(document["blocks"], CONTENTS_TO))
        meta["pagetitle"] = meta["title-plain"]
        # the notice at the foot of each printed page, as a string of CSS
        notice = re.sub(r'[\\"<>&]', lambda sign: f"\\{ord(sign[0]):x} ", plain_text(meta.get("notice")))
        if notice:
            meta["notice-css"] = meta_inlines(raw_inline("html", notice))

    def _scripts(self, document: Node) -> list[Node]:
        """Each script where it finds what it works on; what the windows show comes before the script that opens them."""

        def script(name: str) -> Node:
            return raw_block("html", f"<script>\n{(ASSETS / name).read_text(encoding='utf-8')}</script>")

        out = [script("reader.js")]
        if any("whatif" in classes_of(block) for block in found(document["blocks"], {"Div"})):
            out.append(script("whatif.js"))
        chains = self._folder / CHAINS
        if chains.is_file():
            held = chains.read_text(encoding="utf-8")
            out.append(raw_block("html", f'<script type="application/json" id="chains">{held}</script>'))
            out.append(script("chains.js"))
        return out


def _heard(table: Node) -> None:
    """A row whose heading is that of the row above is blank to the eye; a screen reader hears it again."""
    for rows in body_rows(table):
        above = ""
        for row in rows:
            cell = row[1][0]
            said = plain_text(cell[4])
            if not said and above:
                cell[4] = [plain(span([string(above)], "heard"))]
            above = said or above


def _carded(table: Node) -> bool:
    """Name the roles of a table of words that is read row by row: on a phone each row is a card, whose cells tell their
    columns, and a browser forgets the roles of a table that it lays out otherwise."""
    specs, heads = table["c"][2], head_rows(table)
    words = sum(spec[0]["t"] == "AlignLeft" for spec in specs)
    if words < CARDS_FROM or len(specs) > CARDS_TO or len(heads) != 1 or len(heads[0][1]) != len(specs):
        return False
    names = [plain_text(cell[4]) for cell in heads[0][1]]
    table["c"][0][2].append(["role", "table"])
    heads[0][0][2].append(["role", "row"])
    for cell in heads[0][1]:
        cell[0][2].append(["role", "columnheader"])
    for body in table["c"][4]:
        for row in body[3]:
            row[0][2].append(["role", "row"])
            for k, cell in enumerate(row[1]):
                cell[0][2].append(["role", "rowheader" if k < body[1] else "cell"])
                if k < len(names):
                    cell[0][2].append(["data-head", names[k]])
    return True
