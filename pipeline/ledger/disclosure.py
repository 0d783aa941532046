"""Which cells are hidden: small ones (primary), and others so that no small one can be worked out (complementary).

Complementary suppression follows Fischetti & Salazar-González (2000, Management Science 46, 1008-1025), one sensitive
cell after another: the cheapest further cells are hidden such that the hidden ones can trade against each other by
enough. `scipy.optimize.milp` (HiGHS) solves each; a last pass shows again what need not be hidden.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import scipy

from pipeline.ledger.cells import SLACK, Cell, Node, System, Value, describe
from pipeline.ledger.counts import Thresholds

AMBIGUITY = 0.20
"""A sum that is hidden stays open by this share of its value at least, up and down."""
DOMINANCE = 0.80
"""A sum of which one contribution is more than this share counts as one person's."""


@dataclass(frozen=True)
class Hidden:
    """Places that are hidden, each with its rule: "threshold", "group", "dominance" or "complementary"."""

    rules: dict[Node, str]

    def __contains__(self, node: Node) -> bool:
        return node in self.rules


def sensitive(value: Value, thresholds: Thresholds) -> str | None:
    """The rule by which a cell is hidden for its own sake, or None."""
    least = thresholds.of(value.of)
    if value.behind is None:
        if value.value > SLACK and value.value < least - SLACK:
            return "threshold"
        return "group" if value.group and value.value <= SLACK else None
    if 0 < value.behind < least:
        return "threshold"
    if value.largest is not None and value.value > 0 and value.largest > DOMINANCE * value.value:
        return "dominance"
    return None


def _guarded(value: Value, thresholds: Thresholds) -> bool:
    """Whether hiding others can keep a cell: it is sensitive, and readers do not know it all the same."""
    return not value.known and sensitive(value, thresholds) is not None


def target(value: Value, thresholds: Thresholds) -> tuple[float, float]:
    """The range that must stay possible for a sensitive cell: from 1 (of groups 0) to the threshold; sums ± a share."""
    if value.behind is None:
        return (0.0 if value.group else 1.0), float(thresholds.of(value.of))
    return (1 - AMBIGUITY) * value.value, (1 + AMBIGUITY) * value.value


def floor(value: Value) -> float:
    """What the reader knows of a hidden cell: a count is 1 or more, for zeros are shown; groups' counts may be 0."""
    return 0.0 if value.group or value.behind is not None else 1.0


def protect(system: System, thresholds: Thresholds) -> Hidden:
    """Choose what to hide in a linked system.

    Returns:
        Hidden places. Every value in its target range stays possible for every sensitive cell, whoever adds up what is
        shown. Where a cell cannot be protected otherwise, all of its component is hidden.
    """
    rules: dict[Node, str] = {}
    for cell, value in system.cells.items():
        rule = sensitive(value, thresholds)
        if rule is not None and not value.known:
            rules.setdefault(node(cell), rule)
        elif not value.printed and not value.known:
            rules.setdefault(node(cell), "rest")  # printed by nobody, and hidden unless arithmetic gives it
    small = {cell for cell, value in system.cells.items() if _guarded(value, thresholds)}
    for component in system.components():
        if small & component:  # most components hide nothing: no matrices are made for them
            _protect(_Part(system, component), rules, thresholds)
    printed = {node(cell) for cell, value in system.cells.items() if value.printed}
    return Hidden({place: rule for place, rule in rules.items() if place in printed})


def targets(system: System, cells: Iterable[Cell], thresholds: Thresholds) -> dict[Cell, tuple[float, float]]:
    """The range that must stay possible for each sensitive cell (`target`), as far as hiding can keep it.

    A small total is at least the number of its parts that are not zero, for zeros are shown: where hiding everything
    leaves a count's least value above 1, its range begins there.
    """
    wanted, found = set(cells), {}
    for component in system.components():
        if wanted & component:
            part = _Part(system, component)
            found.update({cell: _target(part, cell, thresholds) for cell in wanted & component})
    return found


def bounds(system: System, shown: Iterable[Cell], wanted: Iterable[Cell]) -> dict[Cell, tuple[float, float]]:
    """What an attacker who adds up knows of hidden cells: the least and the largest value each can have.

    Args:
        system: Cells and equations; values of cells outside `shown` are not used.
        shown: Cells whose value is published or known.
        wanted: Hidden cells.
    """
    given, asked = set(shown), set(wanted)
    found: dict[Cell, tuple[float, float]] = {}
    for component in system.components():
        if not asked & component:
            continue
        part = _Part(system, component)
        for cell in sorted(asked & component, key=describe):
            found[cell] = part.range_of(cell, given)
    return found


def _named_zero(value: Value) -> bool:
    return value.value <= SLACK and not value.group and value.behind is None


def node(cell: Cell) -> Node:
    """The place of a cell."""
    return cell[0], cell[1]


class _Part:
    """One component of a system as matrices."""

    def __init__(self, system: System, component: set[Cell]) -> None:
        self.system = system
        self.cells = sorted(component, key=describe)
        self.index = {cell: k for k, cell in enumerate(self.cells)}
        self.values = np.array([system.cells[cell].value for cell in self.cells])
        self.floors = np.minimum(self.values, [floor(system.cells[cell]) for cell in self.cells])
        self.known = np.array([system.cells[cell].known for cell in self.cells])
        self.zero = np.array(
            [_named_zero(system.cells[cell]) for cell in self.cells]
        )  # a zero is shown: it names nobody
        self.dear = np.array([system.cells[cell].dear for cell in self.cells])
        self.equal = self._matrix([(e.total, e.parts) for e in system.equations if e.total in component])
        self.below = self._matrix([(total, (part,)) for part, total in system.below if total in component])

    def _matrix(self, rows: list[tuple[Cell, tuple[Cell, ...]]]) -> scipy.sparse.csr_array:
        """Rows total - sum of parts."""
        matrix = scipy.sparse.lil_array((len(rows), len(self.cells)))
        for k, (total, parts) in enumerate(rows):
            matrix[k, self.index[total]] += 1
            for part in parts:
                matrix[k, self.index[part]] -= 1
        return matrix.tocsr()

    def range_of(self, cell: Cell, shown: set[Cell]) -> tuple[float, float]:
        """Least and largest value of a cell, by two linear programmes."""
        options = self._limits(shown)
        return self._end(cell, options, 1.0), self._end(cell, options, -1.0)

    def least(self, cell: Cell, shown: set[Cell]) -> float:
        """Least value of a cell."""
        return self._end(cell, self._limits(shown), 1.0)

    def reaches(self, cell: Cell, shown: set[Cell], value: float) -> bool:
        """Whether a cell may have this value: the end on that side of its own is asked, for its own is possible."""
        sign = 1.0 if value < self.values[self.index[cell]] else -1.0
        end = self._end(cell, self._limits(shown), sign)
        return end - SLACK <= value if sign > 0 else value <= end + SLACK

    def spans(self, cell: Cell, shown: set[Cell], low: float, high: float) -> bool:
        """Whether a cell may have every value from `low` to `high`; its largest is asked where its least is low enough."""
        options = self._limits(shown)
        return self._end(cell, options, 1.0) - SLACK <= low and high <= self._end(cell, options, -1.0) + SLACK

    def _limits(self, shown: set[Cell]) -> dict[str, Any]:
        """What bounds all cells where the values of some are known, as `linprog` takes it."""
        fixed = np.array([other in shown for other in self.cells])
        limits = [(v, v) if f else (low, None) for v, f, low in zip(self.values, fixed, self.floors, strict=True)]
        return {
            "A_eq": self.equal if self.equal.shape[0] else None,
            "b_eq": np.zeros(self.equal.shape[0]) if self.equal.shape[0] else None,
            "A_ub": -self.below if self.below.shape[0] else None,
            "b_ub": np.zeros(self.below.shape[0]) if self.below.shape[0] else None,
            "bounds": limits,
        }

    def _end(self, cell: Cell, options: dict[str, Any], sign: float) -> float:
        """The least value of a cell (`sign` 1) or its largest (-1)."""
        cost = np.zeros(len(self.cells))
        cost[self.index[cell]] = sign
        found = scipy.optimize.linprog(cost, **options)
        if found.status == 0:
            return sign * float(found.fun)
        return 0.0 if sign > 0 else float("inf")

    def trade(self, cell: Cell, move: float, hidden: np.ndarray, group: np.ndarray) -> np.ndarray | None:
        """The cheapest further cells to hide so that `cell` can differ from its value by `move`; None if impossible.

        Args:
            cell: The sensitive cell.
            move: Wanted difference, of either sign.
            hidden: Cells hidden already.
            group: Number of each cell's place: cells of one place are hidden together.
        """
        n, places = len(self.cells), int(group.max()) + 1
        size = abs(move)
        low = np.maximum(self.floors - self.values, -size)
        high = np.full(n, size)
        fixed = self.known | self.zero
        low[fixed], high[fixed] = 0.0, 0.0
        at = self.index[cell]
        low[at] = high[at] = move
        # variables: difference of each cell, then whether each place is hidden
        free = np.zeros(places)
        free[group[hidden]] = 1.0
        weight = np.zeros(places)
        # large cells are dear, totals dearer than their parts, and what stands in a sentence dearest
        coarse = np.array([1.0 + 1.0 / (1 + len(place)) for _, place, _ in self.cells]) * (1.0 + 4.0 * self.dear)
        np.maximum.at(weight, group, coarse * (1.0 + np.log1p(np.maximum(self.values, 0.0))))
        pick = scipy.sparse.csr_array((np.ones(n), (np.arange(n), group)), shape=(n, places))
        bound = scipy.optimize.LinearConstraint
        rows = [
            bound(scipy.sparse.hstack([scipy.sparse.identity(n), -size * pick]), -np.inf, 0),
            bound(scipy.sparse.hstack([scipy.sparse.identity(n), size * pick]), 0, np.inf),
        ]
        for matrix, least, most in (
            (self.equal, 0.0, 0.0),
            (self.below, -np.asarray(self.below @ self.values).ravel() if self.below.shape[0] else 0.0, np.inf),
        ):
            if matrix.shape[0]:
                wide = scipy.sparse.hstack([matrix, scipy.sparse.csr_array((matrix.shape[0], places))])
                rows.append(bound(wide, least, most))
        found = scipy.optimize.milp(
            np.concatenate([np.zeros(n), np.where(free > 0, 0.0, weight)]),
            constraints=rows,
            integrality=np.concatenate([np.zeros(n), np.ones(places)]),
            bounds=scipy.optimize.Bounds(np.concatenate([low, free]), np.concatenate([high, np.ones(places)])),
        )
        if found.x is None:
            return None
        taken = found.x[n:] > 0.5
        return hidden | taken[group]


def _protect(part: _Part, rules: dict[Node, str], thresholds: Thresholds) -> None:
    """Hide further places of a component until each sensitive cell has its range, then show again what need not hide."""
    places = sorted({node(cell) for cell in part.cells}, key=lambda place: describe((*place, "count")))
    number = {place: k for k, place in enumerate(places)}
    group = np.array([number[node(cell)] for cell in part.cells])
    hidden = np.array([node(cell) in rules for cell in part.cells]) & ~part.known
    small = [cell for cell in part.cells if _guarded(part.system.cells[cell], thresholds)]
    if not small or (part.equal.shape[0] == 0 and part.below.shape[0] == 0):
        return
    goals = {cell: _target(part, cell, thresholds) for cell in small}
    for cell in sorted(small, key=lambda one: (-part.values[part.index[one]], describe(one))):
        for goal in goals[cell]:
            move = goal - float(part.values[part.index[cell]])
            if abs(move) < SLACK or _reached(part, cell, goal, hidden):
                continue
            more = part.trade(cell, move, hidden, group)
            hidden = ~(part.known | part.zero) if more is None else more
    hidden = _shown_again(part, rules, hidden, goals)
    for cell, gone in zip(part.cells, hidden, strict=True):
        if gone:
            rules.setdefault(node(cell), "complementary")


def _target(part: _Part, cell: Cell, thresholds: Thresholds) -> tuple[float, float]:
    low, high = target(part.system.cells[cell], thresholds)
    given = {other for other, fixed in zip(part.cells, part.known | part.zero, strict=True) if fixed} - {cell}
    return max(low, part.least(cell, given)), high


def _reached(part: _Part, cell: Cell, goal: float, hidden: np.ndarray) -> bool:
    shown = {other for other, gone in zip(part.cells, hidden, strict=True) if not gone}
    if cell in shown:
        return False
    # its own value is possible, and so is all between that and either end
    return part.reaches(cell, shown, goal)


def _shown_again(
    part: _Part, rules: dict[Node, str], hidden: np.ndarray, goals: dict[Cell, tuple[float, float]]
) -> np.ndarray:
    """Try each place that was hidden for others' sake, the largest first: later choices may have made it needless."""
    extra = {node(cell) for cell, gone in zip(part.cells, hidden, strict=True) if gone} - set(rules)
    size = dict.fromkeys(extra, 0.0)
    for cell, value in zip(part.cells, part.values, strict=True):
        if node(cell) in size:
            size[node(cell)] = max(size[node(cell)], float(value))
    for place in sorted(extra, key=lambda one: (-size[one], describe((*one, "count")))):
        without = hidden & np.array([node(cell) != place for cell in part.cells])
        shown = {cell for cell, gone in zip(part.cells, without, strict=True) if not gone}
        if all(part.spans(cell, shown, low, high) for cell, (low, high) in goals.items()):
            hidden = without
    return hidden


def suppress(
    frame: pd.DataFrame, count: str, threshold: int, *, within: str | None = None, also: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Replace counts from 1 to below `threshold` by missing, and a second one where a total would give the first away.

    Args:
        frame: One row a cell.
        count: Column of counts.
        threshold: Smallest count that may be shown; 0 is shown, for it names nobody.
        within: Column of the groups whose totals are known to the reader; the whole frame is one group without it.
        also: Further columns that are blanked with the count.

    Returns:
        A copy with a boolean column `suppressed`.
    """
    result = frame.copy()
    result[count] = result[count].astype("Float64")
    hidden = (result[count] > 0) & (result[count] < threshold)
    groups = [result.index] if within is None else [rows.index for _, rows in result.groupby(within, dropna=False)]
    for index in groups:
        inside = hidden.loc[index]
        shown = result.loc[index, count][~inside & (result.loc[index, count] > 0)]
        if inside.sum() == 1 and len(shown):
            hidden.loc[shown.idxmin()] = True  # complementary: the smallest other cell of the group
    result["suppressed"] = hidden.astype(bool)
    for column in (count, *also):
        result[column] = result[column].astype(object).where(~hidden, None)
    return result
