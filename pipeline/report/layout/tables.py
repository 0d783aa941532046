"""What all formats do with a table: which columns take which width, and which head their rows."""

from __future__ import annotations

import math
import re
from typing import Any

from pipeline.report.nodes import Node, plain_text

WIDE_FROM = 9
"""A table with this many columns is set smaller."""
_DIGIT, _LETTER = re.compile("[0-9]"), re.compile("[A-Za-z]")


def head_rows(table: Node) -> list[Any]:
    rows: list[Any] = table["c"][3][1]
    return rows


def body_rows(table: Node) -> list[list[Any]]:
    """The rows of each body."""
    return [body[3] for body in table["c"][4]]


def fit(table: Node) -> None:
    """Columns take the width they need; the first column of words heads its row."""
    specs = table["c"][2]
    for spec in specs:
        spec[1] = {"t": "ColWidthDefault"}
    for row in head_rows(table):
        for cell in row[1]:
            if cell[3] > 1:
                cell[1] = {"t": "AlignCenter"}
    if specs[0][0]["t"] == "AlignLeft":
        for body in table["c"][4]:
            body[1] = 1


def set_widths(table: Node, room: int, digits: float, *, long_only: bool = False) -> None:
    """Widths as a browser finds them: each column between its longest word and its longest line.

    Not every program that opens a DOCX fits columns by itself, and Typst starves a column of words beside columns of
    numbers. Where even the longest words have no room, words give way, never numbers: a number that breaks is another one.

    Args:
        table: Fitted.
        room: Characters in a line.
        digits: Width of a digit against the average letter's.
        long_only: Leave a table alone that fits in its lines.
    """
    number, least, full = _measured(table, digits)
    sum_number, sum_least, sum_full = sum(number), sum(least), sum(full)
    if sum_least > room and sum_number < room:
        share = (room - sum_number) / (sum_least - sum_number)
        least = [n + share * (x - n) for n, x in zip(number, least, strict=True)]
        sum_least = room
    if long_only and sum_full <= room:
        return
    stretch = min(1.25, room / sum_full)  # a table with room to spare gets some: fonts differ from office to office
    slack = max(0, room - sum_least) / max(1, sum_full - sum_least)
    for k, spec in enumerate(table["c"][2]):
        width = full[k] * stretch if sum_full <= room else least[k] + min(1, slack) * (full[k] - least[k])
        spec[1] = {"t": "ColWidth", "c": width / max(room, sum_least)}


def _measured(table: Node, digits: float) -> tuple[list[int], list[float], list[int]]:
    """Characters that each column's longest number, longest word and longest line take, with their margins."""
    count = len(table["c"][2])
    number, least, full = [3] * count, [3.0] * count, [3] * count
    for rows in (head_rows(table), *body_rows(table)):
        busy: dict[int, int] = {}  # column -> rows that a cell above still reaches into
        for row in rows:
            k = 0
            for cell in row[1]:
                while busy.get(k, 0) > 0:
                    busy[k] -= 1
                    k += 1
                if cell[3] == 1:
                    said = plain_text(cell[4])
                    full[k] = max(full[k], len(said) + 2)
                    for word in filter(None, said.split(" ")):
                        length = len(word) + 2
                        if _DIGIT.search(word) and not _LETTER.search(word):
                            length = math.ceil(len(word) * digits) + 2
                            number[k] = max(number[k], length)
                        least[k] = max(least[k], length)
                    busy[k] = cell[2] - 1
                k += cell[3]
    return number, least, full
