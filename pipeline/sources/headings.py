"""Finding the header: a row, or two merged rows, in which the declared headings stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from pipeline.errors import SourceError

Row = tuple[int, Sequence[str | None]]
SEARCHED_ROWS = 40
_NEAR = 60.0


@dataclass(frozen=True)
class Header:
    """Where the header stands: its first and last row in the list of rows, and field -> column and heading."""

    first: int
    last: int
    columns: Mapping[str, int]
    headings: Mapping[str, str]


def normalise(text: str) -> str:
    """A heading without case, line breaks, doubled blanks and marks at its ends."""
    return re.sub(r"\s+", " ", text).strip(" \t*:.").casefold()


def locate(rows: Sequence[Row], declared: Mapping[str, Sequence[str]], place: str, *, two_rows: bool) -> Header:
    """Find the header among the first rows.

    Args:
        rows: Row number and cells, top of the file first.
        declared: Field -> accepted headings.
        place: File and sheet for messages.
        two_rows: Whether a header may span two rows (groups above headings).

    Raises:
        SourceError: No header, a declared heading missing (with the nearest one found), or one that stands twice.
    """
    best: tuple[int, Header, dict[int, str]] | None = None
    for position in range(min(len(rows), SEARCHED_ROWS)):
        for span in (1, 2) if two_rows and position + 1 < len(rows) else (1,):
            names = _names(rows, position, span)
            found = _match(names, declared)
            count = sum(len(hits) > 0 for hits in found.values())
            if best is None or count > best[0]:
                header = _header(rows, position, span, found, declared)
                shown = {column: texts[0] for column, texts in names.items()}
                best = (count, header, shown)
                twice = [name for name, hits in found.items() if len(hits) > 1]
        if best is not None and best[0] == len(declared):
            break
    if best is None or best[0] == 0 or best[0] < len(declared) / 3:
        wanted = ", ".join(options[0] for options in declared.values())
        raise SourceError(
            "No header row was found.",
            where=place,
            expected=f"a row with the headings {wanted}",
            todo="Check that this is the right file and sheet, and that its separator is the declared one.",
        )
    count, header, shown = best
    row = rows[header.last][0]
    if count < len(declared):
        raise _missing(declared, header, shown, f"{place}, row {row}")
    if twice:
        raise SourceError(
            f"The heading {header.headings[twice[0]]!r} stands more than once.",
            where=f"{place}, row {row}",
            expected="each declared heading once",
            todo="Rename or remove the column that is not meant.",
        )
    return header


def nearest(text: str, known: Sequence[str]) -> str | None:
    """The known heading most like `text`, or None if none is like it."""
    hit = process.extractOne(text, known, scorer=fuzz.WRatio, processor=normalise, score_cutoff=_NEAR)
    return None if hit is None else str(hit[0])


def _names(rows: Sequence[Row], position: int, span: int) -> dict[int, list[str]]:
    """Column -> the texts that may be its heading, the plainest first."""
    top = rows[position][1]
    if span == 1:
        return {i: [text] for i, text in enumerate(top) if text}
    below = rows[position + 1][1]
    names: dict[int, list[str]] = {}
    group = ""
    for i in range(max(len(top), len(below))):
        upper = top[i] if i < len(top) else None
        lower = below[i] if i < len(below) else None
        group = upper or group  # a merged cell keeps its text in its first column only
        if lower:
            names[i] = [lower, f"{group} {lower}".strip()]
        elif upper:
            names[i] = [upper]
    return names


def _match(names: Mapping[int, Sequence[str]], declared: Mapping[str, Sequence[str]]) -> dict[str, list[int]]:
    by_text: dict[str, list[int]] = {}
    for column, texts in names.items():
        for text in texts:
            by_text.setdefault(normalise(text), []).append(column)
    found: dict[str, list[int]] = {}
    for name, options in declared.items():
        hits = (by_text.get(normalise(option), []) for option in options)
        found[name] = sorted(set(next((hit for hit in hits if hit), [])))
    return found


def _header(
    rows: Sequence[Row], position: int, span: int, found: Mapping[str, list[int]], declared: Mapping[str, Sequence[str]]
) -> Header:
    names = _names(rows, position, span)
    columns = {name: hits[0] for name, hits in found.items() if hits}
    headings = {name: _shown(names[column], declared[name]) for name, column in columns.items()}
    return Header(position, position + span - 1, columns, headings)


def _shown(texts: Sequence[str], options: Sequence[str]) -> str:
    accepted = {normalise(option) for option in options}
    return re.sub(r"\s+", " ", next(text for text in texts if normalise(text) in accepted)).strip()


def _missing(
    declared: Mapping[str, Sequence[str]], header: Header, shown: Mapping[int, str], place: str
) -> SourceError:
    name = next(name for name in declared if name not in header.columns)
    free = [text for column, text in shown.items() if column not in header.columns.values()]
    near = next((hit for hit in (nearest(option, free) for option in declared[name]) if hit), None)
    more = len(declared) - len(header.columns) - 1
    hint = f"The nearest heading in the file is {near!r}. " if near else ""
    return SourceError(
        f"The column {declared[name][0]!r} is missing" + (f", and {more} more." if more else "."),
        where=place,
        expected="one of the headings " + ", ".join(repr(option) for option in declared[name]),
        todo=f"{hint}Restore the heading in the file, or add the new one under sources.*.columns.{name} of the study.",
    )
