"""Counted cells and how they add up: the linear system that the gate protects and the audit attacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.ledger.counts import Of

Coordinates = frozenset[tuple[str, Any]]
Node = tuple[str, Coordinates]
"""A place: measure and coordinates. Its quantities are shown or hidden together."""
Cell = tuple[str, Coordinates, str]
"""A quantity at a place."""
REST = "(rest)"
"""Coordinate of what is left of a total once its printed parts are taken off."""
SLACK = 1e-6


@dataclass
class Value:
    """A cell's true value and what makes it sensitive.

    `behind` is the number of persons or units that a sum rests on; `group` is the coordinate of a trait of which none and
    all are sensitive; `printed` is False for what no table prints but arithmetic gives (rests, and totals that readers
    know: those are `known`); what stands in a sentence is `dear`.
    """

    value: float
    of: Of
    behind: float | None = None
    largest: float | None = None
    group: str = ""
    printed: bool = True
    known: bool = False
    dear: bool = False


@dataclass(frozen=True)
class Equation:
    """total = sum of parts, for one quantity."""

    total: Cell
    parts: tuple[Cell, ...]


@dataclass
class System:
    """All counted cells of one or more editions, the equations between them, and pairs (part, total) that overlap."""

    cells: dict[Cell, Value] = field(default_factory=dict)
    equations: list[Equation] = field(default_factory=list)
    below: list[tuple[Cell, Cell]] = field(default_factory=list)
    overlap: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, cell: Cell, value: Value, overlap: Iterable[str] = ()) -> None:
        """Enter a cell; a second entry of the same cell must say the same.

        Raises:
            ValueError: Two entries of one cell have different values.
        """
        self.overlap[cell[0]] |= set(overlap)
        before = self.cells.get(cell)
        if before is None:
            self.cells[cell] = value
            return
        if abs(before.value - value.value) > SLACK * max(1.0, abs(value.value)):
            raise ValueError(f"two entries of the cell {describe(cell)} differ: {before.value:g} and {value.value:g}")
        before.printed |= value.printed
        before.known |= value.known
        before.dear |= value.dear
        before.group = before.group or value.group
        before.behind = value.behind if before.behind is None else before.behind
        before.largest = value.largest if before.largest is None else before.largest

    def add_total(self, cell: Cell, over: str) -> None:
        """Let the reader know the total of a cell's row over one of its coordinates, though it is not printed."""
        measure, place, quantity = cell
        rest = frozenset(pair for pair in place if pair[0] != over)
        total = (measure, rest, quantity)
        if total in self.cells:
            self.cells[total].known = True
            return
        parts = [v for (m, p, q), v in self.cells.items() if m == measure and q == quantity and _dims(p) == _dims(place)
                 and rest <= p]  # fmt: skip
        behind = None if quantity == "count" else sum(v.behind or 0 for v in parts)
        self.cells[total] = Value(sum(v.value for v in parts), parts[0].of, behind, printed=False, known=True)

    def link(self) -> None:
        """Write down how the cells add up, with a rest where printed parts leave something of their total.

        Raises:
            ValueError: Parts exceed their total: their categories overlap and were not declared so.
        """
        families: dict[tuple[str, str], dict[frozenset[str], list[Coordinates]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for measure, place, quantity in sorted(self.cells, key=describe):
            families[measure, quantity][_dims(place)].append(place)
        for (measure, quantity), shapes in families.items():
            for shape, totals in shapes.items():
                for finer in shapes:
                    if shape < finer:
                        self._link_shapes(measure, quantity, totals, shapes[finer], finer - shape)

    def _link_shapes(
        self, measure: str, quantity: str, totals: list[Coordinates], finer: list[Coordinates], over: frozenset[str]
    ) -> None:
        for place in totals:
            total = (measure, place, quantity)
            parts = [(measure, p, quantity) for p in finer if place <= p]
            if not parts:
                continue
            if over & self.overlap[measure]:
                self.below += [(part, total) for part in parts]
                continue
            rest = self.cells[total].value - sum(self.cells[part].value for part in parts)
            if rest < -SLACK * max(1.0, self.cells[total].value):
                raise ValueError(
                    f"the parts of {describe(total)} exceed it: over {', '.join(sorted(over))} they overlap"
                )
            group = next(iter(over)) if {self.cells[part].group for part in parts} == over else ""
            if rest > SLACK * max(1.0, self.cells[total].value) or group:
                parts.append(self._rest(total, over, max(rest, 0.0), group))
            self.equations.append(Equation(total, tuple(parts)))

    def _rest(self, total: Cell, over: frozenset[str], rest: float, group: str) -> Cell:
        measure, place, quantity = total
        cell = (measure, place | {(name, REST) for name in over}, quantity)
        value = self.cells[total]
        behind = None if value.behind is None else max(0.0, value.behind - sum(
            v.behind or 0 for (m, p, q), v in self.cells.items()
            if m == measure and q == quantity and place < p and _dims(p) == _dims(cell[1])
        ))  # fmt: skip
        self.cells[cell] = Value(rest, value.of, behind, group=group, printed=False)
        return cell

    def components(self) -> list[set[Cell]]:
        """Cells that hang together by equations, each set apart from the others."""
        links: dict[Cell, set[Cell]] = {cell: {cell} for cell in self.cells}
        for group in [(e.total, *e.parts) for e in self.equations] + self.below:
            whole = set().union(*(links[cell] for cell in group))
            for cell in whole:
                links[cell] = whole
        seen: dict[int, set[Cell]] = {id(group): group for group in links.values()}
        return list(seen.values())


def describe(cell: Cell) -> str:
    """A cell in words, such as "attendance (activity=seminar, period=2022)"; never its value."""
    measure, place, quantity = cell
    inside = ", ".join(f"{name}={value}" for name, value in sorted(place, key=lambda pair: (pair[0], str(pair[1]))))
    return f"{measure}{'' if quantity == 'count' else '.' + quantity} ({inside or 'all'})"


def coordinates(row: Mapping[str, Any], by: Iterable[str], at: Mapping[str, Any]) -> Coordinates:
    """A cell's coordinates from a table's row; a number given as a text counts as that text."""
    split = [(*name.partition(":"),) for name in by]
    pairs = {str(row[name]) if value else name: row[value or name] for name, _, value in split} | dict(at)
    return frozenset((name, None if value is None else str(value)) for name, value in pairs.items())


def _dims(place: Coordinates) -> frozenset[str]:
    return frozenset(name for name, _ in place)
