"""On which page of the DOCX a place stands, reckoned without a word processor.

Word and LibreOffice number the pages of a contents only where somebody asks them to, and Word asks back first (a warning of
"fields that may refer to other files") wherever a document asks by itself. So the contents carry numbers from the start:
each block's height is reckoned from the document's own styles and the widths of letters in fonts of the measures of Cambria
and Calibri, and blocks are put on pages one after another. Updating the contents replaces them by the program's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from lxml import etree

from pipeline.report.docx_styles import NAMESPACE

_W = f"{{{NAMESPACE}}}"
_EMU = 12700.0
"""English Metric Units in a point."""
PAGE = (16838 - 1587 - 1474) / 20
"""Height of the text on a page, in points (`docx._reference_document`)."""
WIDTH = (11906 - 1361 - 1531) / 20
"""Width of the text, in points."""
# Advance widths of the letters from the blank to the tilde in thousandths of the size: Caladea and Carlito, whose measures
# are those of Cambria and Calibri.
_LETTERS = {
    "Cambria": "220 286 393 619 506 890 687 237 382 382 427 554 205 329 206 490 517 362 472 461 492 475 470 470 485 478 264 "
    "264 554 554 554 422 885 599 579 519 625 540 509 539 696 343 304 630 501 888 693 599 533 599 613 453 557 687 598 889 571 "
    "557 507 350 490 350 554 371 151 470 520 421 520 441 313 459 554 277 255 525 271 813 558 480 520 501 396 392 325 546 470 "
    "720 483 482 428 387 316 387 712",
    "Calibri": "226 326 401 498 507 715 682 221 303 303 498 498 250 306 252 386 507 507 507 507 507 507 507 507 507 507 268 "
    "268 498 498 498 463 894 579 544 533 615 488 459 631 623 252 319 520 420 855 646 662 517 673 543 459 487 642 567 890 519 "
    "487 468 307 386 307 498 498 291 479 525 423 525 498 305 471 525 229 239 455 229 799 525 527 525 525 349 391 335 525 452 "
    "715 433 453 395 314 460 314 498",
}
_LINE = {"Cambria": 1.172, "Calibri": 1.221}
"""Height of a line in sizes of the font."""
_REFERENCE = re.compile(r"(PAGEREF (\S+) .*?<w:t[^>]*>)(?=</w:t>)", re.DOTALL)


@dataclass(frozen=True)
class Style:
    """What of a paragraph style decides its height; lengths in points."""

    font: str = "Cambria"
    size: float = 11.0
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    indent: float = 0.0
    keep: bool = False
    page: bool = False


@dataclass
class Block:
    """Something that stands on a page as a whole, or row by row."""

    heights: list[float]
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    page: bool = False
    head: float = 0.0
    names: list[str] = field(default_factory=list)


def with_pages(document: str, styles: str) -> str:
    """The document with the page of its place written into every field that refers to one.

    Args:
        document, styles: `word/document.xml` and `word/styles.xml`.
    """
    pages = pages_of(document.encode(), styles.encode())
    return _REFERENCE.sub(lambda found: found[1] + str(pages.get(found[2], "")), document)


def pages_of(document: bytes, styles: bytes) -> dict[str, int]:
    """Page, from the cover's 1, of each bookmark.

    Args:
        document, styles: `word/document.xml` and `word/styles.xml`.
    """
    body = etree.fromstring(document).find(f"{_W}body")
    blocks = list(_blocks(body, _styles(etree.fromstring(styles))))
    page, used, left, found = 1, 0.0, 0.0, {}
    for i, block in enumerate(blocks):
        if block.page and used:
            page, used = page + 1, 0.0
        gap = _gap(left, block) if used else 0.0
        if used and used + gap + block.heights[0] + _kept(blocks, i) > PAGE:
            page, used, gap = page + 1, 0.0, 0.0
        used += block.before if block.page else gap
        found.update(dict.fromkeys(block.names, page))
        for height in block.heights:
            if used and used + height > PAGE:
                page, used = page + 1, block.head
            used += height
        left = block.after
    return found


def _gap(left: float, block: Block) -> float:
    """Of the space after one block and before the next the larger counts, as in HTML."""
    return max(left, block.before)


def _kept(blocks: list[Block], i: int) -> float:
    """Height that has to stand under the block on its page."""
    total = 0.0
    while blocks[i].keep and i + 1 < len(blocks) and not blocks[i + 1].page:
        total += sum(blocks[i].heights[1:])
        total += _gap(blocks[i].after, blocks[i + 1]) + blocks[i + 1].heights[0]
        i += 1
    return total


def _blocks(body: etree._Element, styles: Mapping[str, Style]) -> Iterator[Block]:
    names: list[str] = []
    for child in body:
        if child.tag == f"{_W}bookmarkStart":
            names.append(str(child.get(f"{_W}name")))
        elif child.tag in (f"{_W}p", f"{_W}tbl"):
            block = _paragraph(child, styles, WIDTH) if child.tag == f"{_W}p" else _table(child, styles)
            inside = [str(mark.get(f"{_W}name")) for mark in child.iter(f"{_W}bookmarkStart")]
            block.names, names = [*names, *inside], []
            yield block


def _paragraph(element: etree._Element, styles: Mapping[str, Style], width: float) -> Block:
    style, par = Style(), element.find(f"{_W}pPr")
    if par is not None:
        named = par.find(f"{_W}pStyle")
        style = styles.get(str(named.get(f"{_W}val")) if named is not None else "", style)
        style = _with_own(style, par)
    pictures = [int(e.get("cy")) / _EMU for e in element.iter("{*}extent") if e.get("cy")]
    said = "".join(t.text or "" if t.tag == f"{_W}t" else "\t" for t in element.iter(f"{_W}t", f"{_W}tab"))
    lines = _lines(said, style, width - style.indent)
    formulas = len(element.findall(".//{*}oMathPara"))
    one = style.size * _LINE[style.font] * style.line
    height = max([lines * one, *pictures]) + formulas * 2 * one
    # Two lines at least stay together at either end; what is between may be parted.
    heights = [height] if pictures or lines < 4 else [2 * one, *[one] * (lines - 4), 2 * one]
    return Block(heights, style.before, style.after, style.keep, style.page)


def _lines(said: str, style: Style, width: float) -> int:
    widths, lines, at = _widths(style.font), 1, 0.0
    blank = widths[" "] * style.size / 1000
    for word in said.split(" "):
        length = sum(widths.get(letter, widths["n"]) for letter in word) * style.size / 1000
        if at and at + length > width:
            lines, at = lines + 1, 0.0
        at += length + blank
    return lines


def _table(element: etree._Element, styles: Mapping[str, Style]) -> Block:
    grid = [int(column.get(f"{_W}w", "0")) / 20 for column in element.iterfind(f"{_W}tblGrid/{_W}gridCol")]
    total = sum(grid) or WIDTH
    heights, head, kept = [], 0.0, True
    for row in element.iterfind(f"{_W}tr"):
        i, height = 0, 0.0
        for cell in row.iterfind(f"{_W}tc"):
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            reach = int(span.get(f"{_W}val")) if span is not None else 1
            width = (sum(grid[i : i + reach]) or total / len(row)) - 8.0
            i += reach
            parts = [_paragraph(p, styles, width) for p in cell.iterfind(f"{_W}p")]
            height = max(height, sum(part.before + sum(part.heights) + part.after for part in parts))
        heights.append(height)
        if row.find(f"{_W}trPr/{_W}tblHeader") is not None:
            head += height
        else:
            kept = kept and row.find(f".//{_W}keepNext") is not None
    whole = kept and len(heights) > 1
    return Block([sum(heights)] if whole else heights or [0.0], head=0.0 if whole else head, keep=whole)


@cache
def _widths(font: str) -> dict[str, int]:
    return {chr(32 + i): int(width) for i, width in enumerate(_LETTERS[font].split())} | {"\t": 1500, "\u00a0": 220}


def _styles(root: etree._Element) -> dict[str, Style]:
    """Paragraph styles by id, each resting on the one that it is based on."""
    elements = {str(e.get(f"{_W}styleId")): e for e in root.iterfind(f"{_W}style") if e.get(f"{_W}type") == "paragraph"}
    found: dict[str, Style] = {}

    def resolved(key: str) -> Style:
        if key not in found:
            element = elements[key]
            base = element.find(f"{_W}basedOn")
            style = resolved(str(base.get(f"{_W}val"))) if base is not None else Style()
            par, run = element.find(f"{_W}pPr"), element.find(f"{_W}rPr")
            style = _with_own(style, par) if par is not None else style
            found[key] = _with_font(style, run) if run is not None else style
        return found[key]

    for key in elements:
        resolved(key)
    return found


def _with_own(style: Style, par: etree._Element) -> Style:
    spacing, indent, changes = par.find(f"{_W}spacing"), par.find(f"{_W}ind"), dict[str, Any]()
    if spacing is not None:
        for key, attribute, per in (("before", "before", 20), ("after", "after", 20), ("line", "line", 240)):
            if spacing.get(f"{_W}{attribute}"):
                changes[key] = int(spacing.get(f"{_W}{attribute}")) / per
    if indent is not None:
        changes["indent"] = int(indent.get(f"{_W}left", "0")) / 20
    for key, name in (("keep", "keepNext"), ("page", "pageBreakBefore")):
        flag = par.find(f"{_W}{name}")
        if flag is not None:
            changes[key] = flag.get(f"{_W}val") not in ("0", "false")
    return replace(style, **changes)


def _with_font(style: Style, run: etree._Element) -> Style:
    fonts, size = run.find(f"{_W}rFonts"), run.find(f"{_W}sz")
    name = fonts.get(f"{_W}ascii") if fonts is not None else style.font
    points = int(size.get(f"{_W}val")) / 2 if size is not None else style.size
    return replace(style, font=name if name in _LINE else style.font, size=points)
