"""Group-time effects as differences of mean changes, all cells at once.

Without covariates each effect of Callaway & Sant'Anna (2021, equation 2.4) is the mean change of a cohort since its base
period less that of its comparison group, so no library is needed; the tests hold this against diff-diff to 1e-8.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.design import Design
from pipeline.methods.effects.estimate import Note
from pipeline.methods.effects.group_time.blocks import NEVER, Blocks, block_cells

__all__ = ["LARGE", "NEVER", "Cells", "Control", "mean_cells", "no_effect", "with_effects"]
Control = Literal["never", "not_yet"]
LARGE = 300_000
"""Units times cells from which cells are kept as blocks of levels (`blocks`), not as matrices of that size."""


@dataclass(frozen=True, eq=False)
class Cells:
    """Cohort-by-period effects with their influence on each unit.

    `table` columns: `g`, `t` (indices), `value`, `n_treated`, `n_control`. `influence` is units × cells, scaled
    so that the variance of a cell is the sum of its squares. `pull`, `rest` and `seen` are None where an effect is no
    difference of means (covariates), and where `influence` is kept as blocks, which hold all three.

    Attributes:
        pull: Units × cells, the weight of a unit's change in the effect (positive treated, negative comparison).
        rest: Units × cells, the change less the mean of the unit's own cohort; 0 where not observed.
        seen: Units × cells, whether the change is observed.
        rounding: What differs by no more than this differs in nothing but the last digits of the numbers.
        sides: Units × cells, 1 where a unit's change enters as treated and -1 where it is compared with; given where `pull`
            is not known.
    """

    table: pd.DataFrame
    influence: np.ndarray | Blocks
    units: np.ndarray
    notes: tuple[Note, ...]
    pull: np.ndarray | None = None
    rest: np.ndarray | None = None
    seen: np.ndarray | None = None
    rounding: float = 0.0
    sides: np.ndarray | None = None

    def carriers(self, start: int = 0) -> np.ndarray:
        """Which units' changes enter cells of their own cohort from `start` periods after its first on.

        They are what an effect rests on, so that a cohort weighs by them: one that was seen twice, but not at its base or
        never after it, says nothing of the effect.
        """
        after = (self.table["t"] - self.table["g"] >= start).to_numpy()
        if isinstance(self.influence, Blocks):
            return self.influence.treated(after)
        return np.asarray((self.entering[:, after] > 0).any(axis=1))

    @property
    def entering(self) -> np.ndarray:
        """By unit and cell, positive where the unit's change enters as treated, negative where it is compared with."""
        found = self.sides if self.pull is None else self.pull
        assert found is not None
        return found


def with_effects(cells: Cells, start: int = 0) -> Cells:
    """The cells of cohorts that have one from `start` periods after their first on.

    Where no unit of a cohort carries an effect, its leads say nothing of the units that do.
    """
    g, t = cells.table["g"].to_numpy(), cells.table["t"].to_numpy()
    kept = np.isin(g, g[t - g >= start])
    if kept.all():
        return cells
    influence = cells.influence.only(kept) if isinstance(cells.influence, Blocks) else cells.influence[:, kept]
    known = (cells.pull, cells.rest, cells.seen, cells.sides)
    pull, rest, seen, sides = (None if part is None else part[:, kept] for part in known)
    table = cells.table[kept].reset_index(drop=True)
    return replace(cells, table=table, influence=influence, pull=pull, rest=rest, seen=seen, sides=sides)


def mean_cells(design: Design, control: Control) -> Cells:
    """Effects of each cohort in each period with varying base period, no covariates.

    The base of a period under treatment is the last measured period before the start; that of an earlier period is the
    one before it. Units count by their weights.

    Raises:
        DesignError: No effect after the start can be estimated.
    """
    data, units = design.data, design.units
    code = units["g"].fillna(NEVER).astype(int).to_numpy()
    y = np.full((len(units), len(design.periods)), np.nan)
    y[np.searchsorted(units.index.to_numpy(), data["unit"].to_numpy()), data["t"]] = data["y"]
    return cells_of(y, code, units["weight"].to_numpy(float), units.index.to_numpy(), control, design.outcome)


def cells_of(
    y: np.ndarray, code: np.ndarray, w: np.ndarray, units: np.ndarray, control: Control, outcome: str
) -> Cells:
    """The same from arrays.

    Args:
        y: Units × periods, NaN where not seen.
        code: Index of each unit's first treated period, `NEVER` for none.
        w, units: Weight and name of each unit.
        control, outcome: As above.

    Raises:
        DesignError: No effect after the start can be estimated.
    """
    cohorts = np.unique(code[code != NEVER])
    if len(cohorts) * (y.shape[1] - 1) * len(units) > LARGE:
        table, blocks, empty = block_cells(y, code, w, control == "not_yet")
        _refuse_none(table, outcome)
        return with_effects(Cells(table, blocks, units, _notes(y, empty), rounding=rounding_of(y)))
    pairs = [(int(g), t) for g in cohorts for t in range(1, y.shape[1])]
    parts = [_cell(y, code, w, g, t, control) for g, t in pairs]
    kept = [part for part in parts if part is not None]
    notes = _notes(y, len(parts) - len(kept))
    table = pd.DataFrame([part[0] for part in kept], columns=["g", "t", "value", "n_treated", "n_control"])
    _refuse_none(table, outcome)
    influence = np.column_stack([part[1] for part in kept])
    pull, change = (np.column_stack([part[i] for part in kept]) for i in (2, 3))
    seen = np.isfinite(change)
    return with_effects(Cells(table, influence, units, notes, pull, _rest(change, seen, code, w), seen, rounding_of(y)))


def rounding_of(y: np.ndarray) -> float:
    """How far sums and differences of such numbers may lie from what they are: 64 units in the last place of the largest."""
    return float(64 * np.finfo(float).eps * np.nanmax(np.abs(y), initial=0.0))


def _refuse_none(table: pd.DataFrame, outcome: str) -> None:
    if not (table["t"] >= table["g"]).any():
        raise no_effect(outcome)


def _notes(y: np.ndarray, empty: int) -> tuple[Note, ...]:
    notes = []
    if not np.isfinite(y).all():
        notes.append(Note("unbalanced", "each effect rests on the units observed in both of its periods"))
    if empty:
        notes.append(Note("cells_missing", "some cohort-by-period effects could not be estimated and were left out"))
    return tuple(notes)


def no_effect(outcome: str) -> DesignError:
    """The error where nothing after the start can be estimated."""
    return DesignError(
        "No effect after the start of treatment can be estimated.",
        where=f"outcome {outcome!r}",
        expected="units of a cohort and of its comparison group observed before and after treatment starts",
        todo="Check missing outcomes and the cohorts' sizes.",
    )


Part = tuple[tuple[int, int, float, int, int], np.ndarray, np.ndarray, np.ndarray]


def _cell(y: np.ndarray, code: np.ndarray, w: np.ndarray, g: int, t: int, control: Control) -> Part | None:
    """One cell: its row, influence, pull and change; None where a side is empty."""
    base = min(t, g) - 1
    change = y[:, t] - y[:, base]
    seen = np.isfinite(change)
    one = (code == g) & seen
    zero = ((code == NEVER) if control == "never" else (code > max(t, base)) & (code != g)) & seen
    if not (one.any() and zero.any()):
        return None
    known = np.where(seen, change, 0.0)
    treated, compared = one * w / (one @ w), zero * w / (zero @ w)
    m1, m0 = float(treated @ known), float(compared @ known)
    psi = treated * (known - m1) - compared * (known - m0)
    row = (g, t, m1 - m0, int(one.sum()), int(zero.sum()))
    return row, psi, treated - compared, change


def _rest(change: np.ndarray, seen: np.ndarray, code: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Changes less the mean of the unit's cohort, 0 where not observed."""
    groups, at = np.unique(code, return_inverse=True)
    member = (at[:, None] == np.arange(len(groups))) * w[:, None]
    known = np.where(seen, change, 0.0)
    mean = (member.T @ known) / np.maximum(member.T @ seen.astype(float), 1e-300)
    return np.where(seen, known - mean[at], 0.0)
