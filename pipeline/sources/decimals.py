"""The decimal mark of a column, decided from all of its cells; where they can be read both ways, the study must say.

A group of thousands has three digits, never starts with 0 and never follows a lone 0: `0,512` is no thousands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.errors import SourceError
from pipeline.sources.values import parse_number


@dataclass(frozen=True)
class Style:
    """The mark, how it was decided, and how many cells only the other mark can read."""

    mark: str
    why: str
    others: int = 0

    def __str__(self) -> str:
        return f"{self.mark!r}, {self.why}"


def decide(cells: Mapping[int, str], declared: str | None, place: str, key: str) -> Style:
    """The style of a column.

    Args:
        cells: Row -> text of the column's cells that are text.
        declared: "," or "." where the study says; None where it does not.
        place: File, sheet and column for messages.
        key: Key of the study that says it.

    Raises:
        SourceError: Undeclared, and the cells can be read both ways, or some ask for one mark and some for the other.
    """
    by_text: dict[str, int] = {}
    for row, text in cells.items():
        if "," in text or "." in text:
            by_text.setdefault(text, row)
    only: dict[str, list[str]] = {".": [], ",": []}
    both: list[str] = []
    for text in by_text:
        point, comma = parse_number(text, "."), parse_number(text, ",")
        if point is not None and comma is not None:
            if point != comma:
                both.append(text)
        elif point is not None or comma is not None:
            only["." if point is not None else ","].append(text)
    if declared is not None:
        other = only["," if declared == "." else "."]
        return Style(declared, "declared", sum(text in set(other) for text in cells.values()))
    if not by_text or not (both or only["."] or only[","]):
        return Style(".", "no mark in the column")
    if not only["."] and not only[","]:
        raise _unclear(both, by_text, place, key, "as thousands and as decimals")
    mark = max(".,", key=lambda m: len(only[m]))
    other = only["," if mark == "." else "."]
    if other and (both or len(other) == len(only[mark])):
        raise _unclear([only[mark][0], other[0], *both], by_text, place, key, "with both marks")
    return Style(mark, f"{only[mark][0]} in row {by_text[only[mark][0]]}", len(other))


def _unclear(texts: list[str], rows: Mapping[str, int], place: str, key: str, how: str) -> SourceError:
    shown = ", ".join(f"{text} (row {rows[text]})" for text in texts[:3])
    return SourceError(
        f"The numbers of this column can be read in two ways: {how}.",
        where=place,
        expected=f"the decimal mark of {shown}",
        todo=f'Say it in the study: `decimal: ","` or `decimal: "."` under {key}.',
        code="decimal_unclear",
    )
