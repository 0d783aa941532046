"""A ledger table as a Markdown table that Pandoc and Quarto read alike.

Without column groups it is a pipe table; with them a grid table with a two-row header. Numbers are right-aligned with
fixed decimals, so that the decimal marks stand under each other. Notes, N and source follow in a `.table-notes` block.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from pipeline.errors import RenderError
from pipeline.languages import locale
from pipeline.languages.catalogue import say
from pipeline.languages.message import Text
from pipeline.ledger.entries import Column, Table
from pipeline.ledger.gate import WITHHELD
from pipeline.periods import PeriodKind
from pipeline.report.wording import label

DASH = "–"
_NUMERIC = ("int", "number", "p", "percent")
_SPECIAL = re.compile(r"([\\`*_{}\[\]#|~^$@<>])")


def block(
    name: str,
    table: Table,
    lang: str,
    *,
    period_kind: PeriodKind = "year",
    data: bool = False,
    told: Callable[[Text], str] | None = None,
) -> str:
    """The whole table block: caption with its id, the table, and the notes.

    Args:
        name: Ledger name such as "tbl_balance"; the id is "tbl-balance".
        table: The ledger's table.
        lang: Language of headings, caption, notes and numbers.
        period_kind: What the study's periods are; school years print as 2023/2024, quarters as 2023 Q2.
        data: Whether its CSV lies beside the report.
        told: Says caption and notes, where their numbers are to be followed.

    Raises:
        RenderError: The table has no rows, lacks a wording, or a cell cannot be printed as its kind says.
    """
    where = f"ledger table {name}"
    if not table.rows:
        raise RenderError("A table of the report has no rows.", where=where, todo="Leave it out by `has(...)`.")
    cells = [[cell(row.get(c.key), c, lang, period_kind, where) for c in table.columns] for row in table.rows]
    heads = [_plain_line(_word(column.label, lang, where)) for column in table.columns]
    align = ["right" if column.kind in _NUMERIC else "left" for column in table.columns]
    groups = [_plain_line(_word(c.group, lang, where)) if c.group else "" for c in table.columns]
    body = grid(groups, heads, align, cells) if any(groups) else pipe(heads, align, cells)
    caption = _plain_line(_word(table.caption, lang, where, told))
    notes = _notes(table, cells, lang, where, name if data else "", told)
    return f"{body}\n\n: {caption} {{#{identifier(name)}}}\n\n{notes}\n"


def identifier(name: str) -> str:
    """The cross-reference id of a ledger name: tbl_balance -> tbl-balance, att_x -> tbl-… is never guessed.

    Raises:
        RenderError: The name does not begin with tbl_ or fig_.
    """
    if not name.startswith(("tbl_", "fig_")):
        raise RenderError(
            f"The ledger name {name!r} cannot be referred to.", expected="a name that begins tbl_ or fig_"
        )
    return name.replace("_", "-")


def escape(text: str) -> str:
    """Plain text as Markdown that prints the same characters, on one line."""
    return _SPECIAL.sub(r"\\\1", _plain_line(text))


def pipe(heads: Sequence[str], align: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    """A pipe table; separators are as long as the columns are wide, which sets relative widths where lines are long."""
    widths = _widths(heads, cells)
    rule = [
        (":" + "-" * (w - 1)) if side == "left" else ("-" * (w - 1) + ":")
        for side, w in zip(align, widths, strict=True)
    ]
    lines = [_pipe_line(heads, widths, align), "|" + "|".join(rule) + "|"]
    lines += [_pipe_line(row, widths, align) for row in cells]
    return "\n".join(lines)


def grid(groups: Sequence[str], heads: Sequence[str], align: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    """A grid table with a two-row header: neighbours of the same group share one heading cell above their own."""
    widths = _widths(heads, cells)
    runs = [(key, [i for i, _ in run]) for key, run in groupby(enumerate(groups), key=lambda pair: pair[1])]
    for key, columns in runs:
        lack = len(key) - (sum(widths[i] for i in columns) + 3 * (len(columns) - 1))
        if key and lack > 0:
            widths[columns[-1]] += lack
    rule = "+" + "+".join("-" * (w + 2) for w in widths) + "+"
    parts, upper, middle, lower = [], [], [], []
    for key, columns in runs:
        if key:
            span = sum(widths[i] for i in columns) + 3 * (len(columns) - 1)
            upper.append(f" {key:<{span}} ")
            parts.append("-" * (span + 2))
            middle += ["-" * (widths[i] + 2) for i in columns]
            lower += [f" {heads[i]:<{widths[i]}} " for i in columns]
        else:  # an ungrouped heading spans both rows of the header
            upper += [f" {heads[i]:<{widths[i]}} " for i in columns]
            parts += ["-" * (widths[i] + 2) for i in columns]
            middle += [" " * (widths[i] + 2) for i in columns]
            lower += [" " * (widths[i] + 2) for i in columns]
    marks = [
        (":" + "=" * (w + 1)) if side == "left" else ("=" * (w + 1) + ":")
        for side, w in zip(align, widths, strict=True)
    ]
    lines = ["+" + "+".join(parts) + "+", "|" + "|".join(upper) + "|", _joint(middle), "|" + "|".join(lower) + "|"]
    lines.append("+" + "+".join(marks) + "+")
    for row in cells:
        lines += ["|" + "|".join(f" {cell:<{w}} " for cell, w in zip(row, widths, strict=True)) + "|", rule]
    return "\n".join(lines)


def _joint(parts: Sequence[str]) -> str:
    """The line between two header rows: a corner only where a rule begins or ends."""
    line = "+" if parts[0].startswith("-") else "|"
    for left, right in zip(parts, [*parts[1:], ""], strict=True):
        line += left + ("+" if left.startswith("-") or right.startswith("-") else "|")
    return line


def _pipe_line(row: Sequence[str], widths: Sequence[int], align: Sequence[str]) -> str:
    padded = [
        f"{cell:<{w}}" if side == "left" else f"{cell:>{w}}" for cell, w, side in zip(row, widths, align, strict=True)
    ]
    return "|" + "|".join(padded) + "|"


def _widths(heads: Sequence[str], cells: Sequence[Sequence[str]]) -> list[int]:
    return [max(3, len(head), *(len(row[i]) for row in cells)) for i, head in enumerate(heads)]


def cell(value: Any, column: Column, lang: str, period_kind: PeriodKind, where: str) -> str:
    """A cell as it prints, as Markdown; `where` names the table in an error."""
    place = f"{where}, column {column.key}"
    if value is None:
        return DASH
    if column.kind in ("text", "code"):
        return _text_cell(value, column, lang, place)
    try:
        # A word among numbers, such as "ref.", is meant as a word.
        shown = escape(value) if isinstance(value, str) else _printed(value, column, lang, period_kind)
    except RenderError as error:
        raise RenderError(error.what, where=place, expected=error.expected) from None
    return shown.replace("<", r"\<")


def _printed(value: Any, column: Column, lang: str, period_kind: PeriodKind) -> str:
    """A number of a cell as its column's kind says."""
    if column.kind == "int":
        return locale.integer(value, lang)
    if column.kind == "p":
        return locale.p_value(value, lang, column.decimals)
    if column.kind == "percent":
        return locale.percent(value, lang, column.decimals)
    if column.kind == "period":
        return escape(locale.period(value, period_kind, lang))
    return locale.number(value, lang, column.decimals)


def _text_cell(value: Any, column: Column, lang: str, place: str) -> str:
    if column.kind == "code":
        if str(value) not in column.codes:
            raise RenderError(
                f"The code {value!r} has no wording.", where=place, expected="one of " + ", ".join(column.codes)
            )
        return _plain_line(_word(column.codes[str(value)], lang, place))
    shown = escape(str(value))
    if shown.lower() in ("nan", "none", "<na>", "nat", "inf", "-inf"):
        raise RenderError(f"A cell holds the word {value!r}.", where=place, todo="Give a missing value, not its name.")
    return shown or DASH


def _notes(
    table: Table,
    cells: Sequence[Sequence[str]],
    lang: str,
    where: str,
    data: str,
    told: Callable[[Text], str] | None,
) -> str:
    parts = [_plain_line(_word(text, lang, where, told)) for text in (table.notes, table.n) if text]
    if any(cell == DASH for row in cells for cell in row):
        parts.append(label("missing", lang))
    if any(WITHHELD in row.values() for row in table.rows):
        parts.append(label("withheld", lang))
    text = " ".join(part if part.endswith((".", "!", "?")) else part + "." for part in parts if part)
    return notes_block(text, table.origin, lang, "table-notes", data)


def notes_block(text: str, origin: str, lang: str, kind: str, data: str = "") -> str:
    """The block under a table or figure: notes (Markdown), the source with a link to the notebook's cell, and the data.

    `data` is the name of the CSV in the folder `data` beside the report, where there is one.
    """
    notebook, _, cell = origin.partition("#")
    place = escape(notebook)
    if cell:
        place = f"[{place}, {label('cell', lang)} `{cell}`](notebooks/{notebook}.html#cell-id={cell})"
    source = f"{label('source', lang)}: {label('processed', lang)} ({place})"
    head = f"*{label('notes', lang)}.* {text} " if text else ""
    style = "Table Notes" if kind == "table-notes" else "Figure Notes"
    more = f" {say('trace-data', lang)}: [{escape(data)}.csv](data/{data}.csv)." if data else ""
    return f'::: {{.{kind} custom-style="{style}"}}\n{head}{source}.{more}\n:::'


def words_notes(text: str, lang: str) -> str:
    """Notes under a table of words, which has no notebook for its source."""
    return f'::: {{.table-notes custom-style="Table Notes"}}\n*{label("notes", lang)}.* {text}\n:::'


def _word(text: Text, lang: str, where: str, told: Callable[[Text], str] | None = None) -> str:
    try:
        return told(text) if told else say(text, lang)
    except RenderError as error:
        raise RenderError(error.what, where=where, expected=error.expected, todo=error.todo) from None


def _plain_line(text: str) -> str:
    # Only blanks and line ends: a no-break space is meant.
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")
