"""The overall effect on many parts of one panel: each as `make_design` and `estimate` would give it, from arrays.

A panel is laid out once, units × periods; a part of it is a choice of units, periods or values. What a design asks of a panel
(cohorts moved to measured periods, the last cohort as comparison where nobody is never treated, small cohorts left out) is
asked here of the arrays; the tests hold both ways together. What estimates a study's effect once more lays out the rows of
its design (`rows_of`), so that the units of the effect enter, and no others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.design import Design
from pipeline.methods.effects.estimate import Estimate
from pipeline.methods.effects.group_time.aggregate import Aggregator
from pipeline.methods.effects.group_time.att_gt import overall_of
from pipeline.methods.effects.group_time.joint import Cluster
from pipeline.methods.effects.group_time.means import NEVER, Control, cells_of
from pipeline.methods.effects.group_time.spread import spread


@dataclass(frozen=True, eq=False)
class Wide:
    """A panel of one outcome.

    Attributes:
        outcome: Its name.
        unit, cohort, cluster: One value a unit; `cohort` is the first treated period, NaN for none.
        period: Periods, ascending.
        y: Units × periods, NaN where there is no row or no value.
        weight: Units × periods, NaN where there is no row; None where all count alike.
        has_cluster: Whether there is a level above the unit.
    """

    outcome: str
    unit: np.ndarray
    cohort: np.ndarray
    cluster: np.ndarray
    period: np.ndarray
    y: np.ndarray
    weight: np.ndarray | None
    has_cluster: bool

    def keep(self, units: np.ndarray | None = None, periods: np.ndarray | None = None) -> Wide:
        """Some units (rows that are true) or some periods."""
        u = slice(None) if units is None else units
        t = slice(None) if periods is None else periods
        weight = None if self.weight is None else self.weight[u][:, t]
        return replace(
            self, unit=self.unit[u], cohort=self.cohort[u], cluster=self.cluster[u], period=self.period[t],
            y=self.y[u][:, t], weight=weight,
        )  # fmt: skip


def wide(panel: pd.DataFrame, outcome: str) -> Wide:
    """Lay a panel out: columns as `make_design` takes them, with `cluster` and `weight` where it has them.

    Raises:
        DesignError: A unit and period occur twice.
    """
    if panel.duplicated(["unit", "period"]).any():
        raise DesignError("A unit and period occur twice.", expected="one row a unit and period")
    unit, at = np.unique(panel["unit"].to_numpy(), return_inverse=True)
    period, when = np.unique(panel["period"].to_numpy(), return_inverse=True)

    def laid(column: str) -> np.ndarray:
        out = np.full((len(unit), len(period)), np.nan)
        out[at, when] = pd.to_numeric(panel[column], errors="coerce").astype(float)
        return out

    first = np.full(len(unit), np.nan)
    first[at] = pd.to_numeric(panel["cohort"], errors="coerce").astype(float)
    has_cluster = "cluster" in panel
    cluster = np.empty(len(unit), dtype=object)
    cluster[at] = panel["cluster" if has_cluster else "unit"].to_numpy()
    weight = laid("weight") if "weight" in panel else None
    return Wide(outcome, unit, first, cluster, period.astype(float), laid(outcome), weight, has_cluster)


def rows_of(design: Design) -> Wide:
    """The rows of a design laid out: its units and periods, with the cohorts that they have in it."""
    none = ["cluster"] * design.cluster_is_unit + ["weight"] * (not design.weighted)
    return replace(wide(design.data.drop(columns=none), "y"), outcome=design.outcome)


def control_of(design: Design, control: Control) -> Control:
    """The comparison group that `estimate` takes on the design: those not treated yet where all are treated in the end."""
    return "not_yet" if design.all_treated else control


def overall(
    panel: Wide,
    *,
    control: Control = "never",
    level: float = 0.95,
    cluster: Cluster = "unit",
    min_cohort_units: int = 2,
) -> Estimate:
    """The overall group-time effect on what `panel` holds, without covariates.

    Args:
        panel: From `wide`.
        control, level, cluster: As in `estimate`.
        min_cohort_units: Fewest units a cohort may have.

    Raises:
        DesignError: The effect cannot be estimated on it.
    """
    settled, w, all_treated = _settled(panel, min_cohort_units)
    at = np.searchsorted(settled.period, settled.cohort)
    known = np.append(settled.period, np.nan)[at] == settled.cohort
    code = np.where(known, at, NEVER)
    if all_treated and control == "never":
        control = "not_yet"
    cells = cells_of(settled.y, code, w, settled.unit, control, settled.outcome)
    units = pd.DataFrame(
        {"g": np.where(code == NEVER, np.nan, code), "cluster": settled.cluster, "weight": w, "unit": settled.unit}
    )
    parts = spread(cells, units, cluster)
    make = Aggregator.of(cells, units, cluster=cluster, level=level, draws=0, seed=0, parts=parts)
    post = (cells.table["t"] >= cells.table["g"]).to_numpy()
    return overall_of(make, post, int(np.isfinite(settled.y).sum()), control, "dr", ())


def _settled(panel: Wide, min_units: int) -> tuple[Wide, np.ndarray, bool]:
    """Measured rows with effective cohorts, the units' weights, and whether everybody is treated in the end."""
    w = np.ones(len(panel.unit))
    if panel.weight is not None:
        there = np.isfinite(panel.weight)
        first = panel.weight[np.arange(len(w)), there.argmax(axis=1)]
        w = first / first[there.any(axis=1)].mean()
    panel, w = _measured(panel, w)
    if len(panel.period) < 2 or np.nanmin(panel.y) == np.nanmax(panel.y) or np.isnan(panel.cohort).all():
        raise _refused(panel)
    at = np.searchsorted(panel.period, panel.cohort)  # NaN sorts beyond the last period
    inside = np.minimum(at, len(panel.period) - 1)
    cohort = np.where(at == len(panel.period), np.nan, np.where(at > 0, panel.period[inside], panel.cohort))
    panel = replace(panel, cohort=cohort)
    if np.isnan(cohort).all():
        raise _refused(panel)
    all_treated = bool(np.isfinite(cohort).all())
    if all_treated:
        panel, w = _last_as_comparison(panel, w)
    late = ~(panel.cohort <= panel.period[0])
    if not (panel.cohort > panel.period[0]).any():
        raise _refused(panel)
    panel, w = panel.keep(late), w[late]
    known, sizes = np.unique(panel.cohort[np.isfinite(panel.cohort)], return_counts=True)
    small = known[sizes < min_units]
    if len(small) == len(known):
        raise _refused(panel)
    rest = ~np.isin(panel.cohort, small)
    panel, w = _measured(panel.keep(rest), w[rest])
    if panel.has_cluster and len(set(panel.cluster)) < 2:
        raise _refused(panel)
    return panel, w, all_treated


def _last_as_comparison(panel: Wide, w: np.ndarray) -> tuple[Wide, np.ndarray]:
    cohorts = np.unique(panel.cohort)
    before = panel.period < cohorts[-1]
    if len(cohorts) < 2 or not before.any() or not cohorts[0] <= panel.period[before].max():
        raise _refused(panel)
    waiting = panel.cohort == cohorts[-1]
    return _measured(replace(panel, cohort=np.where(waiting, np.nan, panel.cohort)).keep(periods=before), w)


def _measured(panel: Wide, w: np.ndarray) -> tuple[Wide, np.ndarray]:
    """Units and periods with at least one value."""
    seen = np.isfinite(panel.y)
    if not seen.any():
        raise _refused(panel)
    if seen.all():
        return panel, w
    units = seen.any(axis=1)
    return panel.keep(units, seen[units].any(axis=0)), w[units]


def _refused(panel: Wide) -> DesignError:
    return DesignError("The effect cannot be estimated on this part of the panel.", where=f"outcome {panel.outcome!r}")
