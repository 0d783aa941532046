"""Adding up: how far a reader of all published tables and numbers can narrow each hidden cell.

The audit takes from the ledgers only how cells are placed and named; values come from what is published, of this edition
and of earlier ones. The linear programmes are those of Fischetti & Salazar-González (2000), section 2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.audit.finding import Finding
from pipeline.ledger.cells import Cell, Equation, System, Value, describe
from pipeline.ledger.counts import Thresholds
from pipeline.ledger.disclosure import bounds, node, sensitive, targets
from pipeline.ledger.gate import WITHHELD, Places, link, protect_alone
from pipeline.ledger.results import Results

TOLERANCE = 1e-4


def narrowed(
    recorded: Results, published: Results, earlier: Sequence[tuple[int, Results, Results]] = ()
) -> list[Finding]:
    """Hidden cells that can be narrowed below what must stay possible, with the tables that do it.

    Args:
        recorded: The ledgers as recorded.
        published: What is about to be published of them.
        earlier: Earlier editions, as (year, recorded, published): what they print is known too.

    Returns:
        One finding a cell. No value is named.
    """
    places = link(recorded)
    shown = _shown(places, recorded, published)
    system, where = places.system, _where(places)
    for year, old, old_published in earlier:
        old_places = link(old)
        system, shown, where = _joined(system, shown, where, old_places, _shown(old_places, old, old_published), year)
    shown |= {cell for cell, value in system.cells.items() if value.known}
    small = [cell for cell, value in system.cells.items() if sensitive(value, recorded.thresholds) is not None]
    found = [
        Finding(f"{describe(cell)} is printed though it rests on too few", tuple(where.get(cell, ())))
        for cell in small if cell in shown and not system.cells[cell].known
    ]  # fmt: skip
    hidden = [cell for cell in small if cell not in shown]
    goals = targets(system, hidden, recorded.thresholds)
    for cell, (low, high) in bounds(system, shown, hidden).items():
        least, most = goals[cell]
        if low > least + TOLERANCE or high < most - TOLERANCE:
            found.append(
                Finding(f"{describe(cell)} can be worked out from other cells", _witnesses(system, cell, where, shown))
            )
    return found


def too_few(published: Results, thresholds: Thresholds) -> list[Finding]:
    """Published numbers whose own N is below both thresholds."""
    least = min(thresholds.persons, thresholds.units)
    return [
        Finding(f"the number {name} rests on {number.n}", (name,))
        for name, number in published.numbers.items()
        if number.n is not None and number.n < least
    ]


def _shown(places: Places, recorded: Results, published: Results) -> set[Cell]:
    """Cells whose value a reader sees, or can turn a printed share or mean back into."""
    shown: set[Cell] = set()
    blank = {
        name: protect_alone(name, table.columns, table.rows, recorded.thresholds)
        for name, table in recorded.tables.items()
        if not table.shown
    }
    for (name, k, key), cell in places.tables.items():
        before, after = recorded.tables[name], published.tables.get(name)
        if not before.shown:
            drawn = name in published.figures and node(cell) not in blank[name]
            if drawn and places.system.cells[cell].printed:
                shown.add(cell)
            continue
        if after is None or k >= len(after.rows):
            continue
        for column in before.columns:
            seen = column.shown and key in (column.key, *column.behind)
            if seen and after.rows[k].get(column.key) not in (None, WITHHELD):
                shown.add(cell)
    for name, cells in places.numbers.items():
        if name in published.numbers and not published.numbers[name].withheld:
            shown |= set(cells)
    return shown


def _where(places: Places) -> dict[Cell, list[str]]:
    """Names of the entries that a cell stands in."""
    where: dict[Cell, list[str]] = {}
    for (name, _, _), cell in places.tables.items():
        where.setdefault(cell, []).append(name)
    for name, cells in places.numbers.items():
        for cell in cells:
            where.setdefault(cell, []).append(name)
    return {cell: sorted(set(names)) for cell, names in where.items()}


def _witnesses(system: System, cell: Cell, where: Mapping[Cell, Sequence[str]], shown: set[Cell]) -> tuple[str, ...]:
    """Entries that stand in an equation with the cell and are printed."""
    near = {other for e in system.equations if cell in (e.total, *e.parts) for other in (e.total, *e.parts)}
    near |= {total for part, total in system.below if part == cell}
    return tuple(sorted({name for other in near & shown for name in where.get(other, ())}))


def _joined(
    system: System,
    shown: set[Cell],
    where: dict[Cell, list[str]],
    old: Places,
    old_shown: set[Cell],
    year: int,
) -> tuple[System, set[Cell], dict[Cell, list[str]]]:
    """The system with an earlier edition's cells and equations in it.

    A cell of a named period is the same cell in both editions; one without a period sums over all periods so far and
    is the earlier edition's own. Where an office corrected data, and the editions differ in a cell, it is two cells.
    """
    both = System(dict(system.cells), list(system.equations), list(system.below), system.overlap)

    def renamed(cell: Cell) -> Cell:
        measure, place, quantity = cell
        mine = system.cells.get(cell)
        dated = any(name == "period" for name, _ in place)
        theirs = old.system.cells[cell]
        same = mine is not None and abs(mine.value - theirs.value) <= TOLERANCE * max(1.0, abs(mine.value))
        return cell if dated and (same or mine is None) else (measure, place | {("edition", str(year))}, quantity)

    names = {cell: renamed(cell) for cell in old.system.cells}
    for cell, value in old.system.cells.items():
        both.cells.setdefault(names[cell], Value(**vars(value)))
        both.cells[names[cell]].known |= value.known
    both.equations += [Equation(names[e.total], tuple(names[p] for p in e.parts)) for e in old.system.equations]
    both.below += [(names[a], names[b]) for a, b in old.system.below]
    found = {cell: list(entries) for cell, entries in where.items()}
    for cell, entries in _where(old).items():
        found.setdefault(names[cell], []).extend(f"{entry} of {year}" for entry in entries)
    return both, shown | {names[cell] for cell in old_shown}, found
