"""An attacker who knows nothing but whole numbers: every table that fits what is shown, one after another."""

from __future__ import annotations

from collections.abc import Collection

from pipeline.ledger.cells import Cell, System


def possible(system: System, shown: Collection[Cell], cell: Cell, most: int) -> set[int]:
    """Values up to `most` that a hidden cell has in some table of whole numbers that agrees with all that is shown.

    Hidden counts are 1 or more where zeros are shown, and 0 or more in groups or where what is hidden is a rest of 0.
    """
    hidden = [c for c in system.cells if c not in shown]
    floors = {c: 0 if system.cells[c].group or system.cells[c].value == 0 else 1 for c in hidden}
    rows = [(e.total, e.parts) for e in system.equations]
    return {
        value for value in range(most + 1) if _fits(rows, dict.fromkeys([cell], value), hidden, floors, system, shown)
    }


def _fits(rows, given, hidden, floors, system, shown) -> bool:
    values = {c: int(system.cells[c].value) for c in shown} | given
    if any(given[c] < floors[c] for c in given):
        return False
    return _search(rows, values, [c for c in hidden if c not in given], floors)


def _search(rows, values, left, floors) -> bool:
    """Fill the unknown cells: what an equation settles first, then by trying."""
    values, left = dict(values), list(left)
    moved = True
    while moved:
        moved = False
        for total, parts in rows:
            unknown = [c for c in (total, *parts) if c not in values]
            if len(unknown) > 1:
                continue
            known = sum(values[c] for c in parts if c in values)
            if not unknown:
                if values[total] != known:
                    return False
                continue
            one = unknown[0]
            values[one] = known if one == total else values[total] - known
            if values[one] < floors[one]:
                return False
            left.remove(one)
            moved = True
    if not left:
        return True
    room = _room(rows, values, left[0])
    return any(_search(rows, values | {left[0]: v}, left[1:], floors) for v in range(floors[left[0]], room + 1))


def _room(rows, values, cell) -> int:
    """The most a cell can be: what is left of a total that is known, else a bound beyond every threshold here."""
    rooms = [
        values[total] - sum(values[c] for c in parts if c in values)
        for total, parts in rows
        if cell in parts and total in values
    ]
    return min([*rooms, 25])
