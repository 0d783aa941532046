"""Workbooks whose size cannot be told beforehand are opened in a process of its own, with limits on memory and time.

Run as a module, it reads a request from standard input and writes the answer to standard output (both pickled, by this
project's own processes only).
"""

from __future__ import annotations

import io
import pickle
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import python_calamine as calamine

from pipeline.errors import SourceError
from pipeline.sources.kinds import Kind, damaged
from pipeline.sources.limits import CHILD_SECONDS, MAX_CELLS, MAX_CHILD, too_many_cells


class Page(NamedTuple):
    """The values of a sheet from its first row and column on, and its merged cells (None where the kind does not tell)."""

    rows: list[list[Any]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]] | None


def visible_sheets(book: calamine.CalamineWorkbook) -> dict[str, bool]:
    """Name of each sheet of cells, in order, and whether it is visible."""
    return {
        sheet.name: sheet.visible == calamine.SheetVisibleEnum.Visible
        for sheet in book.sheets_metadata
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet
    }


def page(book: calamine.CalamineWorkbook, name: str) -> Page:
    """All values of a sheet."""
    sheet = book.get_sheet_by_name(name)
    return Page(sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges)


def ask(content: bytes, name: str | None, kind: Kind, shown: str) -> Any:
    """The sheets of a workbook (name None), or one of them, read in another process.

    Raises:
        SourceError: Damaged, or more than the limits allow.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pipeline.sources.child"],
            input=pickle.dumps((content, name)),
            capture_output=True,
            check=False,
            timeout=CHILD_SECONDS,
            cwd=Path(__file__).parents[2],
        )
    except subprocess.TimeoutExpired:
        raise _beyond(shown, f"takes more than {CHILD_SECONDS} seconds") from None
    if done.returncode < 0:  # ended by a signal: memory was refused
        raise _beyond(shown, f"needs more than {MAX_CHILD / 1e9:.1f} GB of memory")
    if done.returncode:
        raise damaged(shown, kind)
    word, value = pickle.loads(done.stdout)  # noqa: S301 - written by this module
    if word == "cells":
        raise too_many_cells(f"{shown}, sheet {name}", *value)
    if word == "memory":
        raise _beyond(shown, f"needs more than {MAX_CHILD / 1e9:.1f} GB of memory")
    return Page(*value) if word == "page" else value


def _beyond(shown: str, what: str) -> SourceError:
    return SourceError(
        f"The workbook {what} to open.",
        where=shown,
        expected="a table of the size of the others of its kind",
        todo="Delete what stands far outside the table, or save the columns that the study names as CSV.",
        code="too_large",
    )


def _answer(content: bytes, name: str | None) -> tuple[str, Any]:
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    if name is None:
        return "sheets", visible_sheets(book)
    sheet = book.get_sheet_by_name(name)
    if sheet.end is not None:
        height, width = sheet.end[0] + 1, sheet.end[1] + 1
        if height * width > MAX_CELLS:
            return "cells", (height, width)
    return "page", tuple(page(book, name))


def _main() -> int:
    request = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by this module
    resource.setrlimit(resource.RLIMIT_AS, (MAX_CHILD, MAX_CHILD))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer = _answer(*request)
    except MemoryError:
        answer = ("memory", None)
    except Exception:  # the bytes may be anything; the asker says that the file is damaged
        return 1
    pickle.dump(answer, sys.stdout.buffer)
    return 0


if __name__ == "__main__":
    sys.exit(_main())
