"""The DOCX: blocks in the styles of the reference document; captions, references and contents as fields.

They are the fields of a word processor (SEQ, REF, TOC, PAGEREF), each with the text that is printed now as its result, so
that nothing moves where nobody updates them and everything follows where somebody does.
"""

from __future__ import annotations

import re
from typing import Any

from pipeline.report.layout.contents import CONTENTS_TO
from pipeline.report.layout.parts import (
    attr,
    attribute,
    classes_of,
    div,
    escaped,
    meta_blocks,
    meta_inlines,
    para,
    raw_block,
    raw_inline,
    take,
)
from pipeline.report.layout.tables import WIDE_FROM, body_rows, fit, head_rows, set_widths
from pipeline.report.marks import bookmark
from pipeline.report.nodes import Node, found, plain_text, rewritten, string

ROOM, ROOM_SMALL = 84, 102
"""Characters in a line of a table: fewer than in the PDF, since an office without our fonts takes wider ones."""
DIGIT = 1.25
"""Width of a digit in them, against the average letter's."""
SEQUENCES = {"tbl": "Table", "fig": "Figure", "eq": "Equation"}
INSTRUCTIONS = {
    "contents": r'TOC \o "1-2" \h \z \u',
    "tables": r'TOC \h \z \c "Table"',
    "figures": r'TOC \h \z \c "Figure"',
}
CLOSER = {"Table Text": "Table Text Small", "Table Heading": "Table Heading Small"}
"""Styles of what has to stand on one page."""
_FIRST_BOOKMARK = 500000
"""Beyond those that Pandoc gives."""
_BOLD, _LINKED = "<w:b/><w:bCs/>", '<w:rStyle w:val="Hyperlink"/>'
_NUMBER = re.compile(r"(.*?)([0-9]+)\.?", re.DOTALL)


class Docx:
    """Layout of the DOCX."""

    other_medium = "page-only"
    follows = False

    def __init__(self) -> None:
        self._outline: dict[str, list[tuple[int, str, str]]] = {key: [] for key in INSTRUCTIONS}
        self._marks: dict[str, str] = {}  # id of a heading -> what a reference to it repeats
        self._counted: dict[str, int] = {}  # kind -> the number of its last caption
        self._bookmarks = 0

    def plain(self, text: str) -> Node:
        return string(text)

    def cited(self, inlines: list[Node]) -> list[Node]:
        return inlines

    def formula(self, math: Node) -> None:
        """Word has formulas of its own."""

    def foreign(self, span: Node) -> None:
        """Word has an attribute for the language."""

    def equation(self, span: Node) -> Node:
        mark = take(span["c"][0], "mark") or ""
        before, number = _numbered(mark)
        counting = (_run(before) if before else "") + self._sequence("eq", number)
        span["c"][1] += [{"t": "Space"}, _raw(_run("(") + self._bookmarked(span["c"][0][0], counting) + _run(")"))]
        return span

    def followed(self, span: Node) -> list[Node] | None:
        """Where a paragraph begins, and what a number is, for the remarks of reviewers."""
        if not {"entry", "place"} & set(classes_of(span)):
            return None
        before, after = self._around(span["c"][0][0])
        if not span["c"][1]:
            return [_raw(before + after)]
        return [_raw(before), *span["c"][1], _raw(after)]

    def header(self, header: Node) -> Node:
        level, attributes, inlines = header["c"]
        mark = take(attributes, "mark")
        title, name = plain_text(inlines), attributes[0]
        mark = mark and mark.replace(" ", "\N{NO-BREAK SPACE}")
        if name:
            self._marks[name] = mark or title
            if mark:
                inlines.insert(0, _raw(self._bookmarked(name, _run(mark))))
            else:  # references inside a heading stay what they are; the bookmark holds all of it
                before, after = self._around(name)
                inlines.insert(0, _raw(before))
                inlines.append(_raw(after))
        elif mark:
            inlines.insert(0, string(mark))
        if mark:
            inlines.insert(1, string("\N{EN SPACE}"))
        if level <= CONTENTS_TO and name:
            self._outline["contents"].append((level, (f"{mark}\N{EN SPACE}" if mark else "") + title, name))
        return header

    def table(self, table: Node, notes: Node | None) -> list[Node]:
        fit(table)
        small = " Small" if len(table["c"][2]) >= WIDE_FROM else ""
        set_widths(table, ROOM_SMALL if small else ROOM, DIGIT)
        _style_cells(head_rows(table), f"Table Heading{small}")
        for rows in body_rows(table):
            _style_cells(rows, f"Table Text{small}")
        name, caption = table["c"][0][0], table["c"][1]
        if name:
            self._outline["tables"].append((1, plain_text(caption[1]), name))
        caption[1] = self._caption(caption[1], name, "tbl")
        return [table, notes] if notes else [table]

    def figure(self, figure: Node, notes: Node | None) -> list[Node]:
        for image in found(figure["c"][2], {"Image"}):
            image["c"][2][0] = re.sub(r"\.svg$", ".png", image["c"][2][0])
        name, caption = figure["c"][0][0], figure["c"][1]
        self._outline["figures"].append((1, plain_text(caption[1]), name))
        caption[1] = self._caption(caption[1], name, "fig")
        return [figure, notes] if notes else [figure]

    def callout(self, element: Node, _: str, title: str) -> list[Node]:
        return [_styled([para([string(title)])], "Callout Title"), _styled(element["c"][1], "Callout")]

    def lead(self, block: Node) -> Node:
        return block

    def compact(self, element: Node) -> list[Node]:
        """What has to stand on one page is set closer."""

        def closer(cell: Node) -> None:
            for pair in cell["c"][0][2]:
                if pair[0] == "custom-style":
                    pair[1] = CLOSER.get(pair[1], pair[1])

        def table(one: Node) -> list[Node]:
            return rewritten([one], {"Div": closer})

        def kept(one: Node) -> list[Node]:
            return [one]

        def styled(one: Node) -> list[Node] | None:
            return [one] if attribute(one["c"][0], "custom-style") is not None else None

        def listed(one: Node) -> Node:
            items = [[_styled(_as_paragraphs(item), "Body Text Small")] for item in one["c"]]
            return {"t": "BulletList", "c": items}

        change: Any = {
            "Table": table, "Figure": kept, "Div": styled, "BulletList": listed,
            "Para": lambda one: _styled([one], "Body Text Small"),
        }  # fmt: skip
        element["c"][1] = rewritten(element["c"][1], change, outer_first=True)
        return [element]

    def finish(self, document: Node) -> None:
        meta = document["meta"]
        if origin := plain_text(meta.get("origin")):
            place = f'<w:bookmarkStart w:id="{_FIRST_BOOKMARK - 1}" w:name="{escaped(origin)}"/>'
            meta["origin"] = meta_inlines(_raw(f'{place}<w:bookmarkEnd w:id="{_FIRST_BOOKMARK - 1}"/>'))
        if "institution" in meta:
            meta["author"] = meta["institution"]
        if "logo-file" in meta:
            target = [plain_text(meta["logo-file"]), ""]
            words = [string(plain_text(meta.get("institution")))]
            meta["logo"] = meta_inlines({"t": "Image", "c": [attr(height="1.8cm"), words, target]})
        document["blocks"] = rewritten(document["blocks"], {"Link": self._reference})
        for key, instruction in INSTRUCTIONS.items():
            entries = self._outline[key]
            meta.pop(f"field-{key}", None)
            if entries and (key == "contents" or "short" not in meta):
                meta[f"field-{key}"] = meta_blocks(_contents(instruction, entries))

    # --- fields -------------------------------------------------------------------------------------------------------

    def _around(self, name: str) -> tuple[str, str]:
        """Beginning and end of a bookmark."""
        self._bookmarks += 1
        number = _FIRST_BOOKMARK + self._bookmarks
        return f'<w:bookmarkStart w:id="{number}" w:name="{bookmark(name)}"/>', f'<w:bookmarkEnd w:id="{number}"/>'

    def _bookmarked(self, name: str, inside: str) -> str:
        before, after = self._around(name)
        return before + inside + after

    def _sequence(self, kind: str, number: str, properties: str = "") -> str:
        """A number that runs on from the last of its kind; where a chapter begins anew, the field says where from."""
        first = int(number) != self._counted.get(kind, 0) + 1
        self._counted[kind] = int(number)
        return _field(f"SEQ {SEQUENCES[kind]} \\* ARABIC" + (f" \\r {number}" if first else ""), number, properties)

    def _caption(self, blocks: list[Node], name: str, kind: str) -> list[Node]:
        """ "Table 2.1." as a bookmark around "Table 2." and the field that counts, and the full stop after it."""

        def label(span: Node) -> Node | None:
            if "caption-label" not in classes_of(span):
                return None
            before, number = _numbered(plain_text(span["c"][1]))
            held = self._bookmarked(name, _run(before, _BOLD) + self._sequence(kind, number, _BOLD))
            return _raw(held + _run(".", _BOLD))

        return rewritten(blocks, {"Span": label})

    def _reference(self, link: Node) -> Node | None:
        """What stands in the heading is what a reference repeats: "Chapter 2", "2.1", or the words of an unnumbered one."""
        target = link["c"][2][0]
        if not target.startswith("#") or len(target) < 2 or "crossref" not in classes_of(link):
            return None
        name, said = target[1:], plain_text(link["c"][1])
        kind = (re.match(r"[A-Za-z]*", name) or [""])[0]
        held = said
        if kind == "sec":
            held = self._marks.get(name, said)
        elif kind == "eq":
            held = said.rsplit("\N{NO-BREAK SPACE}", 1)[-1]
        before = said[: len(said) - len(held)]
        field = _field(f"REF {bookmark(name)} \\h \\* MERGEFORMAT", held, _LINKED)
        return _raw((_run(before, _LINKED) if before else "") + field)


def _contents(instruction: str, entries: list[tuple[int, str, str]]) -> Node:
    """The entries stand in the field already, each with a field for its page; `report.docx.finish` writes the pages in."""
    out = []
    for place, (level, said, name) in enumerate(entries):
        anchor = bookmark(name)
        line = _run(said) + "<w:r><w:tab/></w:r>" + _field(f"PAGEREF {anchor} \\h", "")
        out.append(
            f'<w:p><w:pPr><w:pStyle w:val="TOC{level}"/></w:pPr>{_begun(instruction) if place == 0 else ""}'
            f'<w:hyperlink w:anchor="{anchor}" w:history="1">{line}</w:hyperlink>'
            f"{_mark('end') if place == len(entries) - 1 else ''}</w:p>"
        )
    return raw_block("openxml", "\n".join(out))


def _numbered(label: str) -> tuple[str, str]:
    """ "Table 2.1." -> "Table 2." and "1"."""
    found_number = _NUMBER.fullmatch(label)
    assert found_number is not None, label
    return found_number[1], found_number[2]


def _as_paragraphs(blocks: list[Node]) -> list[Node]:
    """Pandoc gives the style "Compact" to a Plain, whatever the Div around it says."""
    return rewritten(blocks, {"Plain": lambda one: para(one["c"])})


def _style_cells(rows: list[Any], style: str) -> None:
    for row in rows:
        for cell in row[1]:
            cell[4] = [_styled(_as_paragraphs(cell[4]), style)]


def _styled(blocks: list[Node], style: str) -> Node:
    return div(blocks, attr(custom_style=style))


def _raw(code: str) -> Node:
    return raw_inline("openxml", code)


def _run(said: str, properties: str = "") -> str:
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{escaped(said)}</w:t></w:r>'


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _begun(instruction: str) -> str:
    told = f'<w:r><w:instrText xml:space="preserve"> {escaped(instruction)} </w:instrText></w:r>'
    return _mark("begin") + told + _mark("separate")


def _field(instruction: str, said: str, properties: str = "") -> str:
    return _begun(instruction) + _run(said, properties) + _mark("end")
