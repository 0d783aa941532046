"""The gate: the one place that decides what of an edition's entries may be shown.

It reads all ledgers of an edition together, links their counted cells, hides small ones and what would give them away
(`pipeline.ledger.disclosure`), and hands on results without them. A hidden cell holds `WITHHELD`, a missing one None.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pipeline.errors import DisclosureError
from pipeline.languages.message import closed
from pipeline.ledger.cells import Cell, Node, System, Value, coordinates
from pipeline.ledger.counts import Thresholds
from pipeline.ledger.disclosure import Hidden, node, protect

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.ledger.results import Column, Number, Results, Table

WITHHELD = "[c]"
"""What stands in a hidden cell: "confidential", as official statistics mark it."""
ROW = "row"
"""Coordinate of a count that stands for itself."""
Protect = Callable[[System, Thresholds], Hidden]
RULES = ("threshold", "group", "dominance", "complementary")


@dataclass(frozen=True)
class Places:
    """Where the cells of an edition stand: the linked system, and the cells of each entry.

    `tables` maps (table, row, column) to the cell, `numbers` a number's name to its cells; `drawn` is what figures hide by
    themselves, by their name.
    """

    system: System
    tables: Mapping[tuple[str, int, str], Cell]
    numbers: Mapping[str, tuple[Cell, ...]]
    drawn: Mapping[str, Hidden] = field(default_factory=dict)

    def by_table(self) -> dict[str, dict[tuple[int, str], Cell]]:
        """The cells of each table by row and column."""
        found: dict[str, dict[tuple[int, str], Cell]] = {}
        for (name, k, key), cell in self.tables.items():
            found.setdefault(name, {})[k, key] = cell
        return found


def gate(results: Results, decide: Protect = protect) -> Results:
    """Results as they may be published; `decide` chooses what is hidden of a linked system.

    Where cells are counted, numbers `cells_counted`, `cells_hidden`, `cells_hidden_<rule>` and `cells_hidden_share` (per
    cent) are added to them: what was hidden, and by which rule; and `cells_marked`: cells of tables that bear the sign.

    Raises:
        DisclosureError: A column or number counts something and does not say what.
    """
    refuse_undeclared(results)
    places = link(results, decide)
    hidden = decide(places.system, results.thresholds)
    cells = places.by_table()
    tables = {n: _table(table, cells.get(n, {}), hidden) for n, table in results.tables.items() if table.shown}
    lost = {n for n in results.figures if n in places.drawn and _lost(cells.get(n, {}), places.drawn[n], hidden)}
    numbers = {
        name: _withheld(number) if any(node(cell) in hidden for cell in places.numbers.get(name, ())) else number
        for name, number in results.numbers.items()
    }
    gone = {name for name, number in numbers.items() if number.withheld}
    tables = {name: replace(table, notes=closed(table.notes, gone, WITHHELD)) for name, table in tables.items()}
    figures = {
        name: replace(figure, notes=closed(figure.notes, gone, WITHHELD))
        for name, figure in results.figures.items()
        if name not in lost
    }
    return replace(results, tables=tables, numbers={**numbers, **_account(places, hidden, tables)}, figures=figures)


def link(results: Results, decide: Protect = protect) -> Places:
    """All counted cells of the results and how they add up.

    Raises:
        DisclosureError: Entries of the same cell differ, or parts exceed their total.
    """
    system, tables, totals = System(), {}, []
    numbers: dict[str, tuple[Cell, ...]] = {}
    drawn: dict[str, Hidden] = {}
    try:
        for name, table in results.tables.items():
            if not table.shown:
                drawn[name] = protect_alone(name, table.columns, table.rows, results.thresholds, decide)
            for k, column, cell, value in counted(name, table.columns, table.rows):
                tables[name, k, column.key] = cell
                value.printed = _printed(column, table) and (name not in drawn or node(cell) not in drawn[name])
                assert column.counts is not None
                system.add(cell, value, (*column.counts.overlap, ROW))
                totals += [(cell, over) for over in _totals(column, table.rows[k])]
        for name, number in results.numbers.items():
            measured = [counts for counts in number.counts if counts.of != "nothing"]
            numbers[name] = tuple((c.measure or name, coordinates({}, (), c.at), c.quantity) for c in measured)
            for cell, counts in zip(numbers[name], measured, strict=True):
                count = number.value if counts.count is None else counts.count
                system.add(cell, Value(float(count), counts.of, group=counts.group, dear=True), counts.overlap)
        for cell, over in totals:
            system.add_total(cell, over)
        system.link()
    except ValueError as error:
        raise DisclosureError(
            f"The ledger's counts do not fit together: {error}.",
            expected="cells of one measure that mean the same everywhere and add up",
            todo="Correct the declaration `counts` of the tables and numbers that count this.",
        ) from None
    return Places(system, tables, numbers, drawn)


def counted(
    name: str, columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[int, Column, Cell, Value]]:
    """The counted cells of a table: row, column, cell and value; missing ones are none."""
    for column in columns:
        counts = column.counts
        if counts is None or counts.of == "nothing":
            continue
        for k, row in enumerate(rows):
            if row[column.key] is None:
                continue
            lone = (f"{name}.{column.key}", frozenset({(ROW, str(k + 1))}), counts.quantity)
            placed = (counts.measure, coordinates(row, counts.by, counts.at), counts.quantity)
            cell = placed if counts.measure else lone
            behind, largest = (row[key] if key else None for key in (counts.behind, counts.largest))
            behind = 0 if counts.behind and behind is None else behind
            known = bool(counts.known) and bool(row[counts.known])
            yield k, column, cell, Value(float(row[column.key]), counts.of, behind, largest, counts.group, known=known)


def protect_alone(
    name: str,
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, Any]],
    thresholds: Thresholds,
    decide: Protect = protect,
) -> Hidden:
    """What is hidden of one table if there were no other."""
    system, totals = System(), []
    for k, column, cell, value in counted(name, columns, rows):
        assert column.counts is not None
        system.add(cell, value, (*column.counts.overlap, ROW))
        totals += [(cell, over) for over in _totals(column, rows[k])]
    for cell, over in totals:
        system.add_total(cell, over)
    system.link()
    return decide(system, thresholds)


def blanked(
    name: str,
    frame: pd.DataFrame,
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, Any]],
    thresholds: Thresholds,
) -> pd.DataFrame:
    """A figure's frame with hidden cells missing, and those of the columns that rest on them.

    Raises:
        DisclosureError: The figure's cells do not fit together.
    """
    try:
        hidden = protect_alone(name, columns, rows, thresholds)
    except ValueError as error:
        raise DisclosureError(f"The counts of {name} do not fit together: {error}.") from None
    cells = {(k, column.key): cell for k, column, cell, _ in counted(name, columns, rows)}
    shown = frame.copy()
    for column in columns:
        gone = [_gone(k, column, cells, hidden) for k in range(len(rows))]
        if any(gone):
            shown[column.key] = [
                None if lost else value for value, lost in zip(shown[column.key].astype(object), gone, strict=True)
            ]
    return shown


def refuse_undeclared(results: Results) -> None:
    """Stop where integers and shares do not say what they count, or a statistic rests on few and does not say on whom.

    Raises:
        DisclosureError: Names the entry.
    """
    todo = "Give `counts=` (Counts of persons or units, or NOTHING), or `behind=` the counting columns."
    for name, table in results.tables.items():
        declared = {column.key for column in table.columns if column.counts is not None}
        for column in table.columns:
            wrong = [key for key in column.behind if key not in declared]
            if wrong:
                raise DisclosureError(
                    f"The column {column.key} rests on {wrong[0]}, which counts nothing.", where=name, todo=todo
                )
            if column.kind == "int" and column.counts is None and not column.behind:
                raise DisclosureError(f"The column {column.key} does not say what it counts.", where=name, todo=todo)
    for name, number in results.numbers.items():
        if number.counts:
            continue
        if number.n is not None and number.n < min(results.thresholds.persons, results.thresholds.units):
            raise DisclosureError(f"The number {name} rests on few and does not say on whom.", todo=todo)
        if number.unit == "percent" and number.n is not None and number.low is None:
            raise DisclosureError(f"The share {name} can be turned into a count and does not say of what.", todo=todo)


def _totals(column: Column, row: Mapping[str, Any]) -> list[str]:
    """Names of the coordinates over which a cell's total is known."""
    assert column.counts is not None
    return [str(row[over.partition(":")[0]]) if ":" in over else over for over in column.counts.totals]


def _printed(column: Column, table: Table) -> bool:
    """Whether a counting column, or one that rests on it, is seen."""
    return column.shown or any(other.shown and column.key in other.behind for other in table.columns)


def _gone(k: int, column: Column, cells: Mapping[tuple[int, str], Cell], hidden: Hidden) -> bool:
    keys = [column.key, *column.behind]
    return any(node(cells[k, key]) in hidden for key in keys if (k, key) in cells)


def _table(table: Table, cells: Mapping[tuple[int, str], Cell], hidden: Hidden) -> Table:
    """The table without its hidden cells and hidden columns."""
    columns = [column for column in table.columns if column.shown]
    rows = [
        {c.key: WITHHELD if row[c.key] is not None and _gone(k, c, cells, hidden) else row[c.key] for c in columns}
        for k, row in enumerate(table.rows)
    ]
    return replace(table, columns=columns, rows=rows)


def _lost(cells: Mapping[tuple[int, str], Cell], own: Hidden, hidden: Hidden) -> bool:
    """Whether a figure, which hides what it must by itself, shows a place that all tables together ask to hide."""
    return any(node(cell) in hidden and node(cell) not in own for cell in cells.values())


def _withheld(number: Number) -> Number:
    gone = float("nan")
    return replace(number, value=gone, low=None, high=None, p=None, n=None, counts=(), withheld=True)


def _account(places: Places, hidden: Hidden, tables: Mapping[str, Table]) -> dict[str, Number]:
    """What was hidden, as numbers of the ledger: printed and drawn cells, by rule. Empty where nothing is counted."""
    from pipeline.ledger.results import Number

    printed: set[Node] = {node(cell) for cell, value in places.system.cells.items() if value.printed}
    drawn = {place: rule for own in places.drawn.values() for place, rule in own.rules.items()}
    printed |= set(drawn)
    if not printed:
        return {}
    rules = {**drawn, **hidden.rules}
    by_rule = Counter("complementary" if rule == "rest" else rule for rule in rules.values())
    counts = {"cells_counted": len(printed), "cells_hidden": sum(by_rule.values())}
    counts |= {f"cells_hidden_{rule}": by_rule[rule] for rule in RULES}
    counts["cells_marked"] = sum(value == WITHHELD for t in tables.values() for row in t.rows for value in row.values())
    share = 100 * counts["cells_hidden"] / len(printed)
    numbers = {name: Number(value, "", 0, None, None, None, None, "gate") for name, value in counts.items()}
    return {**numbers, "cells_hidden_share": Number(share, "percent", 1, None, None, None, None, "gate")}
