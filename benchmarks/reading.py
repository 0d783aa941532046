"""Seconds to read the demonstration's workbooks, beside the former way (openpyxl, read-only) in the same run.

`python -m benchmarks.reading [ROUNDS]`. Both give every cell of the declared sheet as text; this project's also tells
what the sheet hides, formulas without values, and its size before it is opened.
"""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import openpyxl

from pipeline.sources.cells import cell_text
from pipeline.sources.kinds import BOOKS, kind_of
from pipeline.sources.workbooks import workbook_grid
from pipeline.study import ROOT, load_study


def _former(path: Path, sheet: str | None) -> list[list[str | None]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    page = book[sheet] if sheet else book[book.sheetnames[0]]
    page.reset_dimensions()
    rows = [[cell_text(value) for value in values] for values in page.iter_rows(values_only=True)]
    book.close()
    return rows


def _now(path: Path, sheet: str | None) -> list[list[str | None]]:
    kind, content = kind_of(path.read_bytes(), path.name)
    assert kind in BOOKS
    grid = workbook_grid(content, kind, sheet, path.name, lambda _: True)
    return [[cell_text(value) for value in cells] for _, cells in grid.rows]


def _files() -> list[tuple[Path, str | None]]:
    found = []
    for name in ("medan-pendidikan", "medan-puskesmas"):
        study = load_study(name, ROOT)
        for source in study.sources.values():
            paths = sorted(study.raw_root(ROOT).glob(f"*/{source.file}"))
            found += [(path, source.sheet) for path in paths if path.suffix == ".xlsx"]
    return found


def _seconds(read: Callable[[Path, str | None], object], files: list[tuple[Path, str | None]], rounds: int) -> float:
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        for path, sheet in files:
            read(path, sheet)
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    """Measure both and print the ratio."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    files = _files()
    same = all(_same(_former(path, sheet), _now(path, sheet)) for path, sheet in files)
    former, now = _seconds(_former, files, rounds), _seconds(_now, files, rounds)
    print(
        f"{len(files)} workbooks, best of {rounds}: openpyxl {former:.2f} s, now {now:.2f} s: {former / now:.1f} times"
    )
    print("every cell the same" if same else "cells differ")


def _same(one: list[list[str | None]], other: list[list[str | None]]) -> bool:
    def bare(rows: list[list[str | None]]) -> list[tuple[int, int, str]]:
        return [(i, k, cell) for i, row in enumerate(rows) for k, cell in enumerate(row) if cell]

    return bare(one) == bare(other)


if __name__ == "__main__":
    main()
