"""Finding the header: up to three rows, groups over columns included, in which the declared headings stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from pipeline.errors import Faults, SourceError
from pipeline.sources.grid import Merged

Row = tuple[int, Sequence[str | None]]
SEARCHED_ROWS = 40
MOST_LEVELS = 3
_NEAR = 60.0
_NUMBER = re.compile(r"[+-]?[\d.,]*\d[\d.,]*(?:e[+-]?\d+)?%?", re.IGNORECASE | re.ASCII)
_FORM_PATH = re.compile(r"[/:.\-]|__")


@dataclass(frozen=True)
class Header:
    """Where the header stands.

    Attributes:
        first, last: Its first and last row, as positions in the list of rows.
        columns: Field -> columns; more than one only where a form's versions were asked for.
        headings: Field -> heading as the file spells it, with its group where the study names it.
        texts: For each of its rows, column -> normalised text.
    """

    first: int
    last: int
    columns: Mapping[str, tuple[int, ...]]
    headings: Mapping[str, str]
    texts: tuple[Mapping[int, str], ...] = ()


@dataclass(frozen=True)
class Wanted:
    """What is looked for.

    Attributes:
        columns: Field -> accepted headings.
        place: File and sheet for messages.
        keys: Field -> key of the study that names its heading; `sources.*.columns.<field>` where not given.
        versions: Whether the last part of a heading such as `group/name` is enough, and several columns may hold one
            field: exports of forms whose versions differ.
    """

    columns: Mapping[str, Sequence[str]]
    place: str
    keys: Mapping[str, str]
    versions: bool = False

    def key(self, field: str) -> str:
        return self.keys.get(field, f"sources.*.columns.{field}")


@lru_cache(maxsize=65536)
def normalise(text: str) -> str:
    """A heading without case, line breaks, doubled blanks and marks at its ends."""
    return re.sub(r"\s+", " ", text).strip(" \t*:.").casefold()


def looks_like_number(text: str) -> bool:
    """Whether a text is written in figures, in any style."""
    return _NUMBER.fullmatch(text.replace(" ", "")) is not None


def locate(rows: Sequence[Row], wanted: Wanted, merged: Sequence[Merged] | None = None) -> Header:
    """Find the header among the first rows.

    Args:
        rows: Row number and cells, top of the file first.
        wanted: The declared headings.
        merged: Merged cells, where the kind of file tells them.

    Raises:
        SourceError: No header, a declared heading missing (with the nearest one found), one that stands twice, or the
            name of a group of columns in place of a column's.
    """
    best: tuple[int, int, int] | None = None
    for position in range(min(len(rows), SEARCHED_ROWS)):
        for span in range(1, min(MOST_LEVELS, len(rows) - position) + 1):
            count = len(_Names(rows, position, span, merged).found(wanted).columns)
            if best is None or count > best[0]:
                best = (count, position, span)
        if best is not None and best[0] == len(wanted.columns):
            break
    if best is None or best[0] == 0 or best[0] < len(wanted.columns) / 3:
        raise SourceError(
            "No header row was found.",
            where=wanted.place,
            expected="a row with the headings " + ", ".join(options[0] for options in wanted.columns.values()),
            todo="Check that this is the right file and sheet, and that its separator is the declared one.",
            code="no_header",
        )
    _, position, span = best
    while span > 1 and _is_title(rows, position, span, merged):
        position, span = position + 1, span - 1
    while span < MOST_LEVELS and _goes_on(rows, position, span, merged):
        span += 1
    names = _Names(rows, position, span, merged)
    found = names.found(wanted)
    place = f"{wanted.place}, row {rows[position + span - 1][0]}"
    faults = Faults()
    for field, options in wanted.columns.items():
        if field not in found.columns:
            faults.meet(_group(names, field, options, place, wanted) or _missing(names, field, found, place, wanted))
        elif len(found.columns[field]) > 1 and not wanted.versions:
            faults.meet(_twice(names, field, found, place, wanted))
    faults.stop()
    return replace(found, texts=names.own)


def nearest(text: str, known: Sequence[str]) -> str | None:
    """The known heading most like `text`, or None if none is like it."""
    hit = process.extractOne(text, known, scorer=fuzz.WRatio, processor=normalise, score_cutoff=_NEAR)
    return None if hit is None else str(hit[0])


class _Names:
    """The headings of some rows: for each column the texts above it, group first."""

    def __init__(self, rows: Sequence[Row], position: int, span: int, merged: Sequence[Merged] | None) -> None:
        self.position, self.span = position, span
        levels = [rows[position + i][1] for i in range(span)]
        own = [{i: text for i, text in enumerate(cells) if text} for cells in levels]
        self.own = tuple({i: normalise(text) for i, text in level.items()} for level in own)
        above: dict[int, tuple[str, ...]] = {}
        for depth, level in enumerate(own):
            reach = _reach(level, rows[position + depth][0], merged) if depth < span - 1 else level
            lower = {i for deeper in own[depth + 1 :] for i in deeper}
            parents = above
            above = {}
            for i in {*parents, *reach}:
                text = reach.get(i)
                mine = text is not None and (i in level or i in lower)
                above[i] = (*parents.get(i, ()), *((text,) if mine and text is not None else ()))
        last = {i for level in own for i in level}
        self.paths = {i: _distinct(path) for i, path in above.items() if path and i in last}
        self.groups = {normalise(part) for path in self.paths.values() for part in path[:-1]}

    def found(self, wanted: Wanted) -> Header:
        """The columns of the declared fields, and what they are called."""
        by_name: list[dict[str, list[int]]] = [{}, {}, {}]
        for column, path in self.paths.items():
            whole = {normalise(" / ".join(path)), normalise(" ".join(path))}
            ends = {normalise(mark.join(path[k:])) for k in range(1, len(path)) for mark in (" / ", " ")}
            parts = (_FORM_PATH.split(path[-1])[-1], path[-1].split("/")[-1]) if wanted.versions else ()
            forms = {normalise(part) for part in parts}
            for names, level in zip((whole, ends, forms), by_name, strict=True):
                for name in names:
                    level.setdefault(name, []).append(column)
        columns: dict[str, tuple[int, ...]] = {}
        headings: dict[str, str] = {}
        for field, options in wanted.columns.items():
            hits = self._hits(options, by_name, wanted.versions)
            if hits:
                columns[field] = tuple(hits)
                headings[field] = self._shown(hits[0], options)
        return Header(self.position, self.position + self.span - 1, columns, headings)

    def _hits(self, options: Sequence[str], by_name: list[dict[str, list[int]]], versions: bool) -> list[int]:
        texts = [_spaced(option) for option in options]
        if versions:
            return sorted({i for text in texts for level in by_name for i in level.get(text, ())})
        for text in texts:
            for level in by_name[:2]:
                if text in level and not (text in self.groups and level is by_name[1]):
                    return sorted(set(level[text]))
        return []

    def _shown(self, column: int, options: Sequence[str]) -> str:
        path = self.paths[column]
        accepted = {_spaced(option) for option in options}
        leaf = normalise(path[-1]) in accepted
        return re.sub(r"\s+", " ", path[-1] if leaf else " / ".join(path)).strip()

    def shown(self, columns: Sequence[int]) -> list[str]:
        return [re.sub(r"\s+", " ", " / ".join(self.paths[i])).strip() for i in columns]


def _spaced(option: str) -> str:
    """A declared heading, with one blank on either side of the stroke between group and heading."""
    parts = [normalise(part) for part in option.split(" / ")]
    return " / ".join(parts)


def _distinct(path: Sequence[str]) -> tuple[str, ...]:
    """A path without a level that repeats the one above it."""
    kept: list[str] = []
    for text in path:
        if not kept or normalise(text) != normalise(kept[-1]):
            kept.append(text)
    return tuple(kept)


def _reach(level: Mapping[int, str], row: int, merged: Sequence[Merged] | None) -> dict[int, str]:
    """The texts of a header's row over all columns they stand above: merged cells, or blanks up to the next text."""
    wide = [m for m in merged or () if m[0] <= row <= m[1] and m[3] > m[2]]
    reach = dict(level)
    if wide:
        for _, _, left, right in wide:
            if left in level:
                reach |= dict.fromkeys(range(left, right + 1), level[left])
        return reach
    group = None
    for i in range(max(level, default=-1) + 64):  # a last group may reach beyond the row's last text
        group = level.get(i, group)
        if group is not None:
            reach[i] = group
    return reach


def _goes_on(rows: Sequence[Row], position: int, span: int, merged: Sequence[Merged] | None) -> bool:
    """Whether the row below a header is its next row, and no data."""
    if position + span >= len(rows):
        return False
    above = {i for k in range(span) for i, text in enumerate(rows[position + k][1]) if text}
    last, number = rows[position + span - 1][0], rows[position + span][0]
    below = {i: text for i, text in enumerate(rows[position + span][1]) if text}
    if not below:
        return False
    if any(m[0] <= last and m[1] >= number for m in merged or ()):
        return True
    gaps = {i for i in below if i not in above}
    starts = {i for i in below if i in above and i + 1 not in above and i + 1 in below}
    if not gaps or any(looks_like_number(text) for text in below.values()):
        return False
    if set(below) <= gaps | starts and min(gaps) > min(above):
        return True
    inside = {i for i in gaps if i < max(above)}
    return bool(inside) and _words_over_numbers(rows[position + span + 1 :][:8], set(below))


def _is_title(rows: Sequence[Row], position: int, span: int, merged: Sequence[Merged] | None) -> bool:
    """Whether the top row of a header is one text over all of its columns: a title, and no group."""
    top = {i: text for i, text in enumerate(rows[position][1]) if text}
    below = {i for k in range(1, span) for i, text in enumerate(rows[position + k][1]) if text}
    return len(top) == 1 and below <= set(_reach(top, rows[position][0], merged))


def _words_over_numbers(rows: Sequence[Row], columns: set[int]) -> bool:
    """Whether some column that holds words in this row holds nothing but figures in the next ones."""
    for i in columns:
        cells = [cells[i] for _, cells in rows if i < len(cells) and cells[i]]
        if len(cells) >= 2 and all(looks_like_number(cell or "") for cell in cells):
            return True
    return False


def _group(names: _Names, field: str, options: Sequence[str], place: str, wanted: Wanted) -> SourceError | None:
    for option in options:
        under = [i for i, path in names.paths.items() if normalise(option) in {normalise(part) for part in path[:-1]}]
        if under:
            choices = names.shown(sorted(under))
            return SourceError(
                f"{option!r} is a group of {len(choices)} columns, and no column.",
                where=place,
                expected="one of " + ", ".join(repr(choice) for choice in choices),
                todo=f"Name the column that is meant under {wanted.key(field)} of the study.",
                code="column_group",
            )
    return None


def _twice(names: _Names, field: str, found: Header, place: str, wanted: Wanted) -> SourceError:
    choices = names.shown(found.columns[field])
    if len({normalise(choice) for choice in choices}) == len(choices):
        return SourceError(
            f"The heading {found.headings[field]!r} stands under several groups.",
            where=place,
            expected="one of " + ", ".join(repr(choice) for choice in choices),
            todo=f"Name the column with its group under {wanted.key(field)} of the study.",
            code="column_twice",
        )
    return SourceError(
        f"The heading {found.headings[field]!r} stands more than once.",
        where=place,
        expected="each declared heading once",
        todo="Rename or remove the column that is not meant.",
        code="column_twice",
    )


def _missing(names: _Names, field: str, found: Header, place: str, wanted: Wanted) -> SourceError:
    if wanted.versions:
        split = [text for text in names.shown([*names.paths]) if field in _FORM_PATH.split(text)[:-1]]
        if split:
            return SourceError(
                f"The question {field!r} is split into {len(split)} columns, one a choice.",
                where=place,
                expected=f"one column {field!r} with the code of the choice",
                todo="Export again with select-multiple questions in a single column and XML values.",
                code="split_question",
            )
    used = {i for hits in found.columns.values() for i in hits}
    free = names.shown([i for i in names.paths if i not in used])
    options = wanted.columns[field]
    near = next((hit for hit in (nearest(option, free) for option in options) if hit), None)
    hint = f"The nearest heading in the file is {near!r}. " if near else ""
    key = wanted.key(field)
    there = "" if near else "The file has " + ", ".join(repr(text) for text in free[:12]) + ". " if free else ""
    return SourceError(
        f"The column {options[0]!r} is missing.",
        where=place,
        expected="one of the headings " + ", ".join(repr(option) for option in options),
        todo=f"{hint}{there}Restore the heading in the file, or "
        + (f"add the new one under {key} of the study." if "columns" in key else f"change the key {key} of the study."),
        code="column_missing",
    )
