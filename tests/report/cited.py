"""Whether each number of a page stands in an exhibit that its paragraph cites."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

from pipeline.report.data_files import FOLDER
from tests.report.following import Report

NUMBER = re.compile(r"(?:(?<=Rp)|(?<![\w/.,]))[+\-\u2212]?\d[\d.,]*%?(?![\w/])")
NAMED = re.compile(r"(?i)\b(?:edisi|edition|rekomendasi|recommendation) \d+")
"""Words that name a number of this document, which stands in no table: an edition, another recommendation."""
YEAR = re.compile(r"(?:19|20)\d\d")
"""A date: a count of thousands is printed with a mark between its groups."""


def paragraphs(report: Report, heading: str, ends: str) -> Iterator[Any]:
    """Paragraphs and items from a heading to the next of these levels, such as "h1"."""
    start = report.page.get_element_by_id(heading)
    for block in start.xpath("following::*[self::p or self::li or self::h1 or self::h2]"):
        if block.tag in ends.split():
            return
        if block.xpath(".//span[contains(@class, 'place')]"):
            yield block


def numbers_of(block: Any) -> list[str]:
    """The numbers of a paragraph, but those by which it names exhibits, laws and editions."""
    own = copy.deepcopy(block)
    for link in own.xpath(".//a"):
        link.text = ""
    text = NAMED.sub("", " ".join(own.text_content().split()))
    found = [number.rstrip(".,") for number in NUMBER.findall(text)]
    return [number for number in found if not YEAR.fullmatch(number)]


def lost(report: Report, block: Any) -> list[str]:
    """Numbers of a paragraph that stand in no exhibit that it cites."""
    cited = [href[1:] for href in block.xpath(".//a[contains(@class, 'crossref')]/@href")]
    return [number for number in numbers_of(block) if not any(_holds(report, name, number) for name in cited)]


def _holds(report: Report, exhibit: str, number: str) -> bool:
    """Whether an exhibit has a number: in a cell, a heading or its notes, or as the count of the periods its rows span."""
    name = exhibit.replace("-", "_")
    path = report.folder / FOLDER / f"{name}.csv"
    if not path.is_file():
        return False
    if name.startswith("fig_"):
        return number in NUMBER.findall(path.read_text(encoding="utf-8"))
    rows = report.data.get(name, [])
    if name == "tbl_check_periods":
        periods = [int(re.findall(r"\d+", str(row["period"]))[-1]) for row in rows]
        return number in {str(len(periods)), str(max(periods) - min(periods) + 1)}
    head = path.read_text(encoding="utf-8-sig").splitlines()[0]
    below = report.page.xpath(f"//table[@id='{exhibit}']/../following-sibling::div[1][contains(@class, 'table-notes')]")
    notes = " ".join(note.text_content() for note in below)
    return number in NUMBER.findall(f"{head} {notes}") or any(
        _is(report, number, cell) for row in rows for cell in row.values()
    )


def _is(report: Report, number: str, cell: Any) -> bool:
    try:
        value = float(str(cell))
    except ValueError:
        return number in NUMBER.findall(str(cell))
    return report.agrees(number, value)
