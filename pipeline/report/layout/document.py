"""A document laid out for one format: what each writer shares, and the order in which things are done."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from pipeline.report.layout.docx import Docx
from pipeline.report.layout.html import Html
from pipeline.report.layout.parts import attribute, classes_of, meta_inlines, unmarked
from pipeline.report.layout.typst import Typst
from pipeline.report.nodes import Node, plain_text, rewrite_values, rewritten

LEAD_LETTERS = 500
"""A paragraph with fewer, between a heading and a table, goes with the table."""
ENDINGS = {"typst": "pdf", "docx": "docx"}
_USED = ("bibliography", "csl", "link-citations", "stamp", "spoken")
"""What only the reading of the source needed; the citations are written."""


class Layout(Protocol):
    """What a format does with each part."""

    other_medium: str
    """Class of what is told of the other medium alone: the page (HTML), or paper (PDF and DOCX)."""
    follows: bool
    """Whether a reader can follow a number to its source, and so its mark stays."""

    def plain(self, text: str) -> Node:
        """A text where no markup may stand, such as an attribute."""
        ...

    def cited(self, inlines: list[Node]) -> list[Node]: ...
    def formula(self, math: Node) -> Node | None: ...
    def equation(self, span: Node) -> Node: ...
    def foreign(self, span: Node) -> list[Node] | None: ...
    def followed(self, span: Node) -> list[Node] | None:
        """What stands for a marked number or a reviewer's place; None leaves the mark."""
        ...

    def header(self, header: Node) -> Node: ...
    def table(self, table: Node, notes: Node | None) -> list[Node]: ...
    def figure(self, figure: Node, notes: Node | None) -> list[Node]: ...
    def callout(self, div: Node, kind: str, title: str) -> list[Node]: ...
    def lead(self, block: Node) -> Node:
        """A short paragraph between a heading and a table."""
        ...

    def compact(self, div: Node) -> list[Node]:
        """What has to stand on one page."""
        ...

    def finish(self, document: Node) -> None: ...


def lay_out(document: Node, kind: str, folder: Path) -> Node:
    """Lay a document out; it is changed in place.

    Args:
        document: Numbered and cited; of two volumes its metadata's `volume` says which it is.
        kind: "html", "typst" or "docx".
        folder: Project in which it is written.
    """
    meta = document["meta"]
    words = {latex: plain_text(said) for latex, said in meta.get("spoken", {"c": {}})["c"].items()}
    layout: Layout = Html(folder) if kind == "html" else Typst(folder, words) if kind == "typst" else Docx()
    here = _only_here(document, layout)
    other = _other_volume(meta, ENDINGS.get(kind, ""))
    meta["dated"] = {"t": "MetaBool", "c": plain_text(meta.get("stamp")) != ""}
    for key in _USED:
        meta.pop(key, None)
    for key in ("title", "subtitle", "institution"):
        meta[f"{key}-plain"] = meta_inlines(layout.plain(plain_text(meta.get(key))))
    if "logo-file" in meta:
        meta["logo-plain"] = meta_inlines(layout.plain(plain_text(meta["logo-file"])))
    _formulas(document, layout)
    _marks(document, layout, here, other)
    document["blocks"] = _arranged(document["blocks"], layout)
    layout.finish(document)
    return document


def _only_here(document: Node, layout: Layout) -> set[str]:
    """Leave out what is told of the other medium, and the marks of citations; returns the ids of places that are left."""
    here = _Here(layout)
    document["blocks"] = rewritten(document["blocks"], here.change(), outer_first=True)
    rewrite_values(document["meta"], {"Cite": here.cite}, outer_first=True)
    return here.ids


class _Here:
    """What stands in a volume of one medium."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self.ids: set[str] = set()

    def change(self) -> Any:
        return {"Div": self.block, "Cite": self.cite, **dict.fromkeys(("Header", "Span", "Table", "Figure"), self.note)}

    def note(self, element: Node) -> None:
        attributes = element["c"][1 if element["t"] == "Header" else 0]
        self.ids.add(attributes[0])

    def block(self, element: Node) -> list[Node] | None:
        self.note(element)
        return [] if self._layout.other_medium in classes_of(element) else None

    def cite(self, element: Node) -> list[Node]:
        return self._layout.cited(rewritten(element["c"][1], self.change(), outer_first=True))


def _other_volume(meta: Node, ending: str) -> str:
    """The file of the other volume; empty where there is one volume alone."""
    volume = plain_text(meta.pop("volume", None))
    if volume == "report":
        meta["short"] = {"t": "MetaBool", "c": True}
        return f"supplement.{ending}"
    if volume == "supplement":
        meta["report-kind"] = meta["labels"]["c"]["supplement"]
        meta.pop("signatories", None)
        meta.pop("approval", None)
        meta["exhibits"] = {"t": "MetaBool", "c": True}
        return f"report.{ending}"
    return ""


def _formulas(document: Node, layout: Layout) -> None:
    """Formulas and words of other languages, before tables and headings are written out."""

    def span(element: Node) -> Any:
        if "equation" in classes_of(element):
            return layout.equation(element)
        return layout.foreign(element) if attribute(element["c"][0], "lang") is not None else None

    change: Any = {"Span": span, "Math": layout.formula}
    rewrite_values(document["meta"], change, outer_first=True)
    document["blocks"] = rewritten(document["blocks"], change, outer_first=True)


def _marks(document: Node, layout: Layout, here: set[str], other: str) -> None:
    """Marks of numbers and places where the format cannot follow them; what stands in the other volume leads to its file."""
    if layout.follows:
        return

    def link(element: Node) -> None:
        target = element["c"][2]
        if other and target[0].startswith("#") and len(target[0]) > 1 and target[0][1:] not in here:
            target[0] = other + target[0]

    document["blocks"] = rewritten(document["blocks"], {"Span": layout.followed, "Link": link})
    approval = document["meta"].get("approval")
    if approval is not None:
        approval["c"] = unmarked(approval["c"])


def _arranged(blocks: list[Node], layout: Layout) -> list[Node]:
    """Tables and figures keep the notes that follow them; everything else stays where it is."""
    out: list[Node] = []
    k = 0
    while k < len(blocks):
        block, following = blocks[k], blocks[k + 1] if k + 1 < len(blocks) else None
        made, kind = [block], block["t"]
        if kind == "Header":
            made = [layout.header(block)]
        elif kind == "Para" and _leads(blocks, k):
            made = [layout.lead(block)]
        elif kind in ("Table", "Figure"):
            named = f"{kind.lower()}-notes"
            notes = following if following and following["t"] == "Div" and named in classes_of(following) else None
            made = (layout.table if kind == "Table" else layout.figure)(block, notes)
            k += notes is not None
        elif kind == "Div":
            block["c"][1] = _arranged(block["c"][1], layout)
            callout = attribute(block["c"][0], "callout")
            if callout is not None:
                made = layout.callout(block, callout, attribute(block["c"][0], "title") or "")
            elif "compact" in classes_of(block):
                made = layout.compact(block)
        out += made
        k += 1
    return out


def _leads(blocks: list[Node], k: int) -> bool:
    """Whether a short paragraph stands between a heading and a table."""
    between = 0 < k < len(blocks) - 1 and blocks[k - 1]["t"] == "Header" and blocks[k + 1]["t"] == "Table"
    return between and len(plain_text(blocks[k]).encode()) < LEAD_LETTERS
