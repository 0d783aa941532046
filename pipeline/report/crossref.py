"""Numbers chapters, sections, tables, figures and equations, and resolves @sec-…, @tbl-…, @fig-…, @eq-… to them.

On the syntax that Quarto shares, and before the citations are written. Numbers become plain text, so that every format
prints the same ones. `pipeline.report.layout` reads the heading's attribute `mark`, the classes `caption-label`, `equation`
and `crossref`, and the metadata's lists `tables` and `figures`.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pipeline.report.nodes import WORDS, Node, found, plain_text, rewritten, string

KINDS = {"fig": "figure", "tbl": "table", "eq": "equation"}
_LISTS = {"tbl": "tables", "fig": "figures"}
_EQUATION = re.compile(r"\{#(eq-[\w-]+)\}")
_MOST_APPENDICES = 26
"""As many as letters name."""
_SCHEMES = ("http", "https", "mailto")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_LOADING = frozenset({"style", "src", "srcset", "href"})
_NAMED = frozenset({"Header", "Div", "Table", "Figure", "CodeBlock", "Span", "Code", "Link"})
"""Elements that a link may lead to."""
_CHECKED = frozenset({"Image", "Link", "Div", "Span", "Header", "Code", "CodeBlock", "Table"})
"""Elements whose attributes the prose may give."""
_TENS = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


@dataclass
class Numbered:
    """What the document holds when its numbers are in place.

    Attributes:
        problems: What does not hold together, in words.
        citations: Where each citation of the literature stands: the list that holds it, and its place there.
        bibliography: Where the list of references is to stand, the same way; None where the document says nothing.
    """

    problems: list[str] = field(default_factory=list)
    citations: list[tuple[list[Any], int]] = field(default_factory=list)
    bibliography: tuple[list[Any], int] | None = None


def number(tree: Node) -> Numbered:
    """Number a document as Pandoc read it, and resolve its references; it is changed in place.

    Args:
        tree: Pandoc's JSON; its metadata say `labels`.
    """
    return _Numbering(tree).run()


def list_captions(tree: Node) -> None:
    """Put the lists `tables` and `figures` into a document's metadata: each caption with its number, as one link."""
    lists: dict[str, list[Any]] = {kind: [] for kind in _LISTS}
    for element in found(tree["blocks"], {"Table", "Figure"}):
        kind = element["c"][0][0].partition("-")[0]
        if kind in lists and element["c"][1][1]:
            lists[kind].append(_entry(element))
    for kind, key in _LISTS.items():
        if lists[kind]:
            tree["meta"][key] = {"t": "MetaBlocks", "c": [{"t": "BulletList", "c": lists[kind]}]}


def _entry(element: Node) -> list[Node]:
    """A line of a list: one link, so that references inside the caption become plain text."""
    label, *rest = copy.deepcopy(element["c"][1][1][0]["c"])
    inlines = [*label["c"][1], *rewritten(rest, {"Link": lambda link: link["c"][1]})]
    return [{"t": "Plain", "c": [{"t": "Link", "c": [["", [], []], inlines, ["#" + element["c"][0][0], ""]]}]}]


class _Numbering:
    """One walk over a document, in the order of its text."""

    def __init__(self, tree: Node) -> None:
        self._tree, self._found = tree, Numbered()
        meta = tree["meta"]
        self._labels = {key: plain_text(value) for key, value in meta.get("labels", {"c": {}})["c"].items()}
        self._roman = self._labels.get("chapter-first") == "I"
        self._targets: dict[str, list[Node]] = {}
        self._chapter = self._appendix = 0
        self._prefix = ""  # "4", "A" or "" in chapters without a number
        self._sections = [0, 0]  # counters of levels 2 and 3
        self._unnumbered = dict.fromkeys(KINDS, 0)  # chapters without a number share one count
        self._counts = self._unnumbered
        self._references: list[tuple[list[Any], int]] = []
        self._ids: set[str] = set()
        self._links: list[str] = []

    def run(self) -> Numbered:
        self._walk(list(self._tree["meta"].values()))
        self._walk(self._tree["blocks"])
        made = [self._resolved(items[place]) for items, place in self._references]
        for (items, place), inlines in reversed(list(zip(self._references, made, strict=True))):
            items[place : place + 1] = inlines
        self._places_after_splicing(made)
        for name in self._links:
            if name not in self._ids:
                self._problem(f"link to an unknown place: #{name}")
        return self._found

    def _problem(self, said: str) -> None:
        self._found.problems.append(said)

    # --- the walk -----------------------------------------------------------------------------------------------------

    def _walk(self, items: list[Any]) -> None:
        for place, item in enumerate(items):
            if type(item) is list:
                self._walk(item)
            elif type(item) is dict:
                kind = item.get("t")
                if kind in WORDS:
                    continue
                if kind == "Cite":
                    self._cite(items, place, item)
                elif kind is not None:
                    self._check(kind, item)
                    if kind == "Div" and item["c"][0][0] == "refs":
                        self._found.bibliography = (items, place)
                    if kind in _HANDLERS:
                        _HANDLERS[kind](self, item)
                inside = item.get("c") if kind is not None else list(item.values())
                if type(inside) is dict:
                    inside = list(inside.values())
                if type(inside) is list:
                    self._walk(inside)

    def _cite(self, items: list[Any], place: int, cite: Node) -> None:
        names = [citation["citationId"] for citation in cite["c"][0]]
        wanted = [name for name in names if _is_reference(name)]
        if not wanted:
            self._found.citations.append((items, place))
            return
        if len(wanted) < len(names):
            self._problem(f"references and citations mixed in one bracket: {plain_text(cite['c'][1])}")
        self._references.append((items, place))

    def _places_after_splicing(self, made: list[list[Node]]) -> None:
        """A reference became several elements, or none: what stands behind it in the same list has moved."""
        moved: dict[int, list[tuple[int, int]]] = {}
        for (items, place), inlines in zip(self._references, made, strict=True):
            moved.setdefault(id(items), []).append((place, len(inlines) - 1))
        self._found.citations = [
            (items, place + sum(by for at, by in moved.get(id(items), ()) if at < place))
            for items, place in self._found.citations
        ]

    # --- prose is Markdown alone: code of one format would be missing from the others, and could load what it likes ------

    def _check(self, kind: str, item: Node) -> None:
        if kind in ("RawBlock", "RawInline"):
            self._problem(f"code of one format ({item['c'][0]}) in the prose: {_quoted(item['c'][1])}")
        if kind in _CHECKED or kind in _NAMED:
            name, _, attributes = item["c"][1 if kind == "Header" else 0]
            if name and kind in _NAMED:
                self._ids.add(name)
            for key, value in attributes if kind in _CHECKED else ():
                if key.startswith("on") or key in _LOADING:
                    self._problem(f"the attribute {key} in the prose: {_quoted(value)}")
        if kind == "Image":
            if _SCHEME.match(item["c"][2][0]) or _leads_out(item["c"][2][0]):
                self._problem(f"a picture outside the report: {_quoted(item['c'][2][0])}")
        elif kind == "Link":
            target = item["c"][2][0]
            scheme = _SCHEME.match(target)
            if scheme and scheme[1].lower() not in _SCHEMES:
                self._problem(f"a link of the kind {_quoted(scheme[0])}")
            if _leads_out(target):
                self._problem(f"a link out of the report: {_quoted(target)}")
            if target.startswith("#") and len(target) > 1:
                self._links.append(target[1:])

    # --- numbers ------------------------------------------------------------------------------------------------------

    def _register(self, name: str, label: list[Node]) -> None:
        if name in self._targets:
            self._problem(f"duplicate id: {name}")
        self._targets[name] = label

    def _div(self, div: Node) -> None:
        """A heading that opens a callout is its title (Quarto), not a section."""
        attributes, blocks = div["c"]
        kind = next((m[0] for name in attributes[1] if (m := re.match(r"callout-[A-Za-z]+", name))), None)
        if kind is None:
            return
        given = dict(map(tuple, attributes[2]))
        if blocks and blocks[0]["t"] == "Header":
            given["title"] = plain_text(blocks.pop(0)["c"][2])
        if kind not in self._labels:
            self._problem(f"unknown kind of callout: {kind}")
        given.setdefault("title", self._labels.get(kind, ""))
        attributes[2] = [[key, value] for key, value in (given | {"callout": kind}).items()]

    def _header(self, header: Node) -> None:
        level, attributes, inlines = header["c"]
        mark = self._start_chapter(attributes[1], inlines) if level == 1 else self._start_section(level, attributes[1])
        label = copy.deepcopy(inlines)
        if mark is not None:
            attributes[2].append(["mark", mark])
            words = mark if level == 1 else f"{self._labels['section']} {mark}"
            label = [string(words.replace(" ", "\N{NO-BREAK SPACE}"))]
        if attributes[0]:
            self._register(attributes[0], label)

    def _start_chapter(self, classes: list[str], inlines: list[Node]) -> str | None:
        self._sections = [0, 0]
        if "unnumbered" in classes and "appendix" not in classes:
            self._prefix, self._counts = "", self._unnumbered
            return None
        self._counts = dict.fromkeys(KINDS, 0)
        if "appendix" in classes:
            if self._appendix == _MOST_APPENDICES:
                self._problem(f"more than {_MOST_APPENDICES} appendices: {plain_text(inlines)}")
            self._appendix += 1
            self._prefix = chr(ord("A") - 1 + self._appendix)
            return f"{self._labels['appendix']} {self._prefix}"
        self._chapter += 1
        self._prefix = str(self._chapter)
        # Roman numerals head the chapters of an Indonesian official report.
        shown = _roman(self._chapter) if self._roman else self._prefix
        return f"{self._labels['chapter']} {shown}"

    def _start_section(self, level: int, classes: list[str]) -> str | None:
        if not self._prefix or level > 3 or "unnumbered" in classes:
            return None
        self._sections[level - 2] += 1
        if level == 2:
            self._sections[1] = 0
            return f"{self._prefix}.{self._sections[0]}"
        return f"{self._prefix}.{self._sections[0]}.{self._sections[1]}"

    def _next(self, kind: str) -> str:
        self._counts[kind] += 1
        return (f"{self._prefix}." if self._prefix else "") + str(self._counts[kind])

    def _table(self, table: Node) -> None:
        inlines = _inlines(table["c"][1][1])
        if table["c"][0][0].partition("-")[0] != "tbl" or "-" not in table["c"][0][0]:
            if inlines:
                self._problem(f"a table has a caption but no #tbl- id: {plain_text(inlines)}")
            return
        self._caption("tbl", table, inlines)

    def _figure(self, figure: Node) -> None:
        name, inlines = figure["c"][0][0], _inlines(figure["c"][1][1])
        if not name.startswith("fig-"):
            self._problem(f"a figure has no #fig- id: {plain_text(inlines)}")
            return
        self._caption("fig", figure, inlines)
        for image in found(figure["c"][2], {"Image"}):
            attributes = image["c"][0]
            said = dict(map(tuple, attributes[2])).get("fig-alt", "")
            if not said:
                self._problem(f"no fig-alt (text alternative): {name}")
            attributes[2] = [pair for pair in attributes[2] if pair[0] != "fig-alt"]
            image["c"][1] = [string(said)]

    def _caption(self, kind: str, element: Node, inlines: list[Node]) -> None:
        name = element["c"][0][0]
        label = f"{self._labels[KINDS[kind]]}\N{NO-BREAK SPACE}{self._next(kind)}"
        if not inlines:
            self._problem(f"no caption: {name}")
        self._register(name, [string(label)])
        head = {"t": "Span", "c": [["", ["caption-label"], []], [string(f"{label}.")]]}
        element["c"][1][1] = [{"t": "Plain", "c": [head, {"t": "Space"}, *inlines]}]

    def _para(self, para: Node) -> None:
        """`$$ … $$ {#eq-x}`, as Quarto writes it."""
        inlines = para["c"]
        place = next(
            (k for k, one in enumerate(inlines) if one["t"] == "Math" and one["c"][0]["t"] == "DisplayMath"), None
        )
        if place is None or len(inlines) > place + 3 or inlines[-1]["t"] != "Str":
            return
        said = _EQUATION.fullmatch(inlines[-1]["c"])
        if said is None:
            return
        mark = self._next("eq")
        self._register(said[1], [string(f"{self._labels['equation']}\N{NO-BREAK SPACE}{mark}")])
        para["c"] = [{"t": "Span", "c": [[said[1], ["equation"], [["mark", mark]]], [inlines[place]]]}]

    # --- references -----------------------------------------------------------------------------------------------------

    def _resolved(self, cite: Node) -> list[Node]:
        out: list[Node] = []
        names = [citation["citationId"] for citation in cite["c"][0]]
        for place, name in enumerate(names):
            if name not in self._targets:
                self._problem(f"unresolved cross-reference: @{name}")
                continue
            if place and place == len(names) - 1:
                out += [{"t": "Space"}, string(self._labels["and"]), {"t": "Space"}]
            elif place:
                out += [string(","), {"t": "Space"}]
            label = copy.deepcopy(self._targets[name])
            for inside in found(label, {"Cite"}):  # a heading without a number is referred to by its words
                self._problem(f"unresolved cross-reference: {plain_text(inside)} in the heading of @{name}")
            out.append({"t": "Link", "c": [["", ["crossref"], []], label, [f"#{name}", ""]]})
        return out


_HANDLERS: dict[str, Callable[[_Numbering, Node], None]] = {
    "Div": _Numbering._div,
    "Header": _Numbering._header,
    "Table": _Numbering._table,
    "Figure": _Numbering._figure,
    "Para": _Numbering._para,
}


def _is_reference(name: str) -> bool:
    kind, mark, _ = name.partition("-")
    return bool(mark) and (kind == "sec" or kind in KINDS)


def _roman(number: int) -> str:
    return "C" * (number // 100) + _TENS[number // 10 % 10] + _ONES[number % 10]


def _inlines(blocks: list[Node]) -> list[Node]:
    """The inlines of a caption."""
    out: list[Node] = []
    for block in blocks:
        inside = block["c"] if block["t"] in ("Plain", "Para") else [string(plain_text(block))]
        out += ([{"t": "LineBreak"}] if out else []) + inside
    return out


def _quoted(value: str) -> str:
    return f"“{next((line for line in value.split(chr(10)) if line), '')}”"


def _leads_out(path: str) -> bool:
    return path.startswith(("/", "\\")) or "../" in path or "..\\" in path
