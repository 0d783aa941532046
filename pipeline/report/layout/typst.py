"""The PDF: blocks as calls of the functions of `template.typst`.

What stands inside a call is Typst code that Pandoc writes: all such fragments of a document are written in one go at the
end, and until then a sign stands for each.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pipeline.report.layout.parts import attribute, plain, raw_block, raw_inline, without_mark
from pipeline.report.layout.tables import WIDE_FROM, body_rows, fit, set_widths
from pipeline.report.nodes import Node, found, plain_text, rewrite_values, rewritten, string
from pipeline.report.pandoc import written

SHORT_TO, SHORT_LETTERS = 14, 900
"""Rows that a page takes without a break, if they hold fewer letters than these: a table that is taller leaves half a page
empty before it."""
ROOM, ROOM_SMALL = 94, 112
"""Characters in a line of a table."""
_SIGN = re.compile("\ue000([0-9]+)\ue001")
"""Stands for a fragment; signs of Unicode's private use, which no text holds."""
_BETWEEN = "\ue002"
_TABLE = re.compile(r"#?(table\(.*\))\].*?kind: table", re.DOTALL)
_SPANNING = re.compile(r"table\.cell\(([^\[\]]*?)colspan: ([0-9]+)")


class Typst:
    """Layout of the PDF.

    Args:
        folder: Project in which it is written.
        words: What each formula says, by its LaTeX.
    """

    other_medium = "page-only"
    follows = False

    def __init__(self, folder: Path, words: dict[str, str]) -> None:
        self._folder, self._words = folder, words
        self._fragments: list[list[Node]] = []

    def plain(self, text: str) -> Node:
        return raw_inline("typst", _string(text))

    def cited(self, inlines: list[Node]) -> list[Node]:
        return inlines

    def formula(self, math: Node) -> Node:
        return raw_inline("typst", f"#{self._math(math)}")

    def equation(self, span: Node) -> Node:
        name, mark = span["c"][0][0], attribute(span["c"][0], "mark")
        return raw_inline("typst", f"#numbered-equation([({mark})], {self._math(span['c'][1][0])}) <{name}>")

    def foreign(self, span: Node) -> list[Node]:
        """Words of another language; the semicolon ends the code, whatever follows."""
        lang = _string(attribute(span["c"][0], "lang") or "")
        return [raw_inline("typst", f"#text(lang: {lang})["), *span["c"][1], raw_inline("typst", "];")]

    def followed(self, span: Node) -> list[Node] | None:
        return without_mark(span)

    def header(self, header: Node) -> Node:
        level, attributes, inlines = header["c"]
        mark = attribute(attributes, "mark")
        numbering = f"(..n) => [{mark}]" if mark is not None else "none"
        return _raw(
            f"#heading(level: {level}, numbering: {numbering})[{self._code(plain(*inlines))}]{_label(attributes[0])}"
        )

    def table(self, table: Node, notes: Node | None) -> list[Node]:
        fit(table)
        caption, name = self._code(*_bold_label(table["c"][1][1])), table["c"][0][0]
        small, short = len(table["c"][2]) >= WIDE_FROM, _is_short(table)
        set_widths(table, ROOM_SMALL if small else ROOM, 1, long_only=True)
        table["c"][1][1], table["c"][0][0] = [], ""
        bodies = table["c"][4]
        heads = bool(bodies) and bodies[0][1] > 0
        said = self._code(*notes["c"][1]) if notes else ""
        flags = f"small: {_truth(small)}, row-heads: {_truth(heads)}, long: {_truth(not short)}"
        made = f"#report-table({flags}, caption: [{caption}], notes: [{said}])[#{self._code(table)}]{_label(name)}"
        # a short table stays on one page; a long one may go on, under its repeated header
        return [_raw(f"#[#show figure: set block(breakable: false)\n{made}]" if short else made)]

    def figure(self, figure: Node, notes: Node | None) -> list[Node]:
        image = found(figure["c"][2], {"Image"})[-1]
        width = attribute(image["c"][0], "width") or "100%"
        alternative = _string(plain_text(image["c"][1]))
        drawn = f"image({_string(image['c'][2][0])}, width: {width}, alt: {alternative})"
        caption = self._code(*_bold_label(figure["c"][1][1]))
        code = f"#report-figure({drawn}, caption: [{caption}]) <{figure['c'][0][0]}>"
        if notes:
            code += f"\n#figure-notes[{self._code(*notes['c'][1])}]"
        return [_raw(f"#block(breakable: false)[{code}]")]

    def callout(self, div: Node, kind: str, title: str) -> list[Node]:
        heading, body = self._code(plain(string(title))), self._code(*div["c"][1])
        return [_raw(f"#callout({_string(kind.removeprefix('callout-'))}, [{heading}])[\n{body}\n]")]

    def lead(self, block: Node) -> Node:
        """What introduces a table below its heading goes with it."""
        return _raw(f"#block(sticky: true)[{self._code(block)}]")

    def compact(self, div: Node) -> list[Node]:
        """What has to stand on one page is set closer."""
        return [_raw("#compact-page["), *div["c"][1], _raw("]")]

    def finish(self, document: Node) -> None:
        """Write all fragments, and put each where its sign stands."""
        between = [raw_block("typst", f"{_BETWEEN}{number}{_BETWEEN}") for number in range(len(self._fragments))]
        blocks = [block for mark, fragment in zip(between, self._fragments, strict=True) for block in (mark, *fragment)]
        text = written({**document, "meta": {}, "blocks": blocks}, "typst-citations", self._folder) if blocks else ""
        codes = [part.strip("\n").rstrip() for part in re.split(f"{_BETWEEN}[0-9]+{_BETWEEN}", text)[1:]]
        for number, fragment in enumerate(self._fragments):
            if fragment and fragment[0]["t"] == "Table":
                codes[number] = _table_alone(codes[number])

        def whole(code: str) -> str:
            return _SIGN.sub(lambda sign: whole(codes[int(sign[1])]), code)

        def fill(raw: Node) -> None:
            raw["c"][1] = whole(raw["c"][1])

        change: Any = {"RawBlock": fill, "RawInline": fill}
        rewrite_values(document["meta"], change)
        document["blocks"] = rewritten(document["blocks"], change)

    def _code(self, *blocks: Node) -> str:
        """The sign for the code of these blocks."""
        self._fragments.append(list(blocks))
        return f"\ue000{len(self._fragments) - 1}\ue001"

    def _math(self, math: Node) -> str:
        block, latex = math["c"][0]["t"] == "DisplayMath", math["c"][1]
        said = _string(self._words.get(latex, latex))
        return f"math.equation(block: {_truth(block)}, alt: {said}, {self._code(plain(math))})"


def _raw(code: str) -> Node:
    return raw_block("typst", code)


def _string(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _label(name: str) -> str:
    return f" <{name}>" if name else ""


def _bold_label(blocks: list[Node]) -> list[Node]:
    """The number of a caption is bold where the writer knows no classes."""

    def bold(span: Node) -> Node | None:
        return {"t": "Strong", "c": span["c"][1]} if "caption-label" in span["c"][0][1] else None

    return rewritten(blocks, {"Span": bold})


def _is_short(table: Node) -> bool:
    cells = [cell for rows in body_rows(table) for row in rows for cell in row[1]]
    letters = sum(len(plain_text(cell[4]).encode()) for cell in cells)
    return sum(map(len, body_rows(table))) <= SHORT_TO and letters < SHORT_LETTERS


def _table_alone(code: str) -> str:
    """The table itself of what Pandoc writes as a figure."""
    held = _TABLE.search(code)
    # a heading that spans columns carries the thin rule above its own columns
    return _SPANNING.sub(r"table.cell(stroke: (bottom: 0.4pt), \1colspan: \2", held[1] if held else code)
