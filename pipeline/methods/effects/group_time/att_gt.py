"""Group-time effects of Callaway & Sant'Anna (2021) and their aggregates.

Differences of mean changes (or diff-diff, with covariates) give each cohort-by-period effect and its influence function;
the aggregates, their covariances and the simultaneous bands are formed here from those, so that every number of a report
shares one covariance. All aggregates weigh cohorts by their number of units, P(G = g) (section 3 of the paper; with
units' weights by their sum). In an unbalanced panel those units count whose changes enter a cell of their cohort from the
start on. Intervals, bands and tests are given these sizes; the column `se` takes them as drawn, as the paper and `did` do.
Variances and degrees of freedom: `spread`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import special

from pipeline.errors import DesignError
from pipeline.methods.assignment import by_cluster
from pipeline.methods.effects.design import Design
from pipeline.methods.effects.estimate import Estimate, EventStudy, Note, normal_interval
from pipeline.methods.effects.group_time.aggregate import Aggregator, Family, collapse
from pipeline.methods.effects.group_time.blocks import Blocks
from pipeline.methods.effects.group_time.engine import Method, group_time_cells
from pipeline.methods.effects.group_time.means import Cells, Control
from pipeline.methods.effects.group_time.spread import Cluster, Spread, spread
from pipeline.methods.effects.group_time.spread_blocks import BlockSpread


@dataclass(frozen=True, eq=False)
class GroupTime:
    """Cohort-by-period effects, their aggregates, and the influence functions behind them.

    Attributes:
        att: `cohort`, `period`, `base_period` (calendar), `event_time` (measured periods), `value`, `se`, `low`,
            `high`, `n_treated`, `n_control`.
        overall: All cells after the start, weighted by the cohort's units that carry them ("simple" aggregate).
        influence: Units × cells of `att`, scaled so that a variance is a sum of squares over units; large panels keep it
            as blocks, which `@` a matrix of combinations all the same.
        units: `unit`, `cohort`, its index `g`, `cluster` and `weight` of each row of `influence`.
        overall_influence: One value a unit, scaled likewise, of the overall effect, given the cohorts' sizes.
        overall_weights: Weight of each row of `att` in the overall effect.
        parts: The cells by independent draw, from which variances are taken.
        make: What aggregates them.

    `group` and `calendar` have `cohort` or `period`, then `value`, `se`, `low`, `high`, `band_low`, `band_high`, `n_units`;
    `event` is by event time, leads included. With a varying base period each lead is a change from one measured period to
    the next, so there is no reference row.
    """

    att: pd.DataFrame
    overall: Estimate
    warnings: tuple[Note, ...]
    control: Control
    method: Method
    covariates: tuple[str, ...]
    level: float
    cluster: Cluster
    influence: np.ndarray | Blocks = field(repr=False)
    units: pd.DataFrame = field(repr=False)
    overall_influence: np.ndarray = field(repr=False)
    overall_weights: np.ndarray = field(repr=False)
    parts: Spread | BlockSpread = field(repr=False)
    make: Aggregator = field(repr=False)

    @cached_property
    def group(self) -> pd.DataFrame:
        """By cohort; many estimates are asked for their overall effect alone."""
        return self._family("cohort", self.att["event_time"] >= 0).table

    @cached_property
    def calendar(self) -> pd.DataFrame:
        """By period."""
        return self._family("period", self.att["event_time"] >= 0).table

    @cached_property
    def event(self) -> EventStudy:
        """By event time."""
        found = self._family("event_time", self.att["event_time"].notna())
        table = found.table.assign(reference=False)
        return EventStudy("callaway_santanna", table, self.level, found.critical, found.cov, found.df)

    def _family(self, key: str, cells: pd.Series) -> Family:
        values = self.att[key].to_numpy()
        wanted = np.unique(values[cells])
        return self.make.family(key, [(one.item(), cells.to_numpy() & (values == one)) for one in wanted])

    @property
    def cell_cov(self) -> np.ndarray:
        """Covariance of the rows of `att`."""
        return self.parts.joint(np.eye(len(self.att))).cov

    @property
    def scaled_influence(self) -> np.ndarray:
        """`overall_influence` times the factor with which its variance by draw is the reported one.

        So that estimates which are set beside each other by their influence show the standard error of the estimate.
        """
        sums = collapse(self.overall_influence[:, None], self.units, self.cluster)[:, 0]
        plain = float(np.sqrt(sums @ sums))
        return self.overall_influence * (self.overall.interval_se / plain if plain > 0 else 1.0)

    @property
    def df(self) -> float:
        """Degrees of freedom of the overall effect's variance."""
        return float(self.overall.extra["df"])


def estimate(
    design: Design,
    control: Control = "never",
    method: Method = "dr",
    covariates: bool = False,
    seed: int = 0,
    draws: int = 1999,
    level: float = 0.95,
    cluster: Cluster | None = None,
) -> GroupTime:
    """Estimate the group-time effects and aggregate them.

    Args:
        design: From `make_design`.
        control: Compare with units never treated, or also with those not treated yet. Where every unit is treated in
            the end those not treated yet are taken in any case, with a note.
        method: Doubly robust, outcome regression or inverse probability weighting (alike without covariates).
        covariates: Condition on the design's covariates; units without a value of one are left out with a note.
        seed, draws: Draws of the simultaneous bands' critical value.
        level: Coverage of intervals and bands.
        cluster: Level of independent draws; where not given, what the data tell (`assignment.by_cluster`).

    Raises:
        DesignError: Covariates asked for and none there, or no effect can be estimated.
    """
    notes: list[Note] = list(design.notes)
    names = design.covariates if covariates else ()
    if covariates and not names:
        raise DesignError(
            "The design has no covariate that varies between units.", todo="Name covariates in the study."
        )
    if control == "never" and design.all_treated:
        control = "not_yet"
        notes.append(
            Note("not_yet_chosen", "every unit is treated in the end, so units not treated yet are the comparison")
        )
    used = _complete(design, names, notes)
    cells = group_time_cells(used, control, method, names)
    units = used.units.loc[cells.units, ["cohort", "g", "cluster", "weight"]].reset_index()
    if cluster is None:
        cluster = "cluster" if by_cluster(units["g"], units["cluster"]) else "unit"
        if cluster == "cluster":
            notes.append(
                Note("whole_clusters", "clusters take part, not single units, so that a cluster counts as one draw")
            )
    parts = spread(cells, units, cluster)
    make = Aggregator.of(cells, units, cluster=cluster, level=level, draws=draws, seed=seed, parts=parts)
    g, t = cells.table["g"].to_numpy(), cells.table["t"].to_numpy()
    post = t >= g
    return GroupTime(
        att=_att_table(cells, used, parts, level),
        overall=overall_of(make, post, used.n_obs, control, method, names),
        warnings=tuple(dict.fromkeys([*notes, *cells.notes])),
        control=control,
        method=method,
        covariates=names,
        level=level,
        cluster=cluster,
        influence=cells.influence,
        units=units,
        overall_influence=make.mean(post)[1],
        overall_weights=make.weights(post),
        parts=parts,
        make=make,
    )


def _complete(design: Design, names: tuple[str, ...], notes: list[Note]) -> Design:
    """Units that have a value of every covariate."""
    missing = design.data[list(names)].isna().any(axis=1)
    if not missing.any():
        return design
    n = design.data.loc[missing, "unit"].nunique()
    notes.append(
        Note("covariate_units", f"{n} units without a value of a covariate were left out of the adjusted estimate")
    )
    part = design.keep(~missing)
    if part.data["cohort"].isna().all() or part.data["cohort"].notna().all():
        raise DesignError(
            "No treated or no comparison unit has a value of every covariate.",
            where="covariates " + ", ".join(names),
            todo="Complete the covariates, or leave some out.",
        )
    return part


def _att_table(cells: Cells, design: Design, parts: Spread | BlockSpread, level: float) -> pd.DataFrame:
    table, periods = cells.table, np.array(design.periods)
    g, t = table["g"].to_numpy(), table["t"].to_numpy()
    known, df, pooled = parts.single()
    half = np.where(known > 0, special.stdtrit(df, 0.5 + level / 2) * known, np.nan)
    plain = parts.plain_se() if isinstance(parts, BlockSpread) else _plain_se(parts, cells.influence)
    se = np.where(pooled, known, plain)
    return pd.DataFrame(
        {
            "cohort": periods[g],
            "period": periods[t],
            # varying base: the last measured period before treatment, or for a lead the period just before it
            "base_period": periods[np.minimum(t, g) - 1],
            "event_time": t - g,
            "value": table["value"],
            "se": se,
            "interval_se": known,
            "low": table["value"] - half,
            "high": table["value"] + half,
            "n_treated": table["n_treated"],
            "n_control": table["n_control"],
        }
    )


def _plain_se(parts: Spread, influence: np.ndarray | Blocks) -> np.ndarray:
    return np.asarray(np.sqrt(((parts.members @ influence) ** 2).sum(axis=0)))


def overall_of(
    make: Aggregator, post: np.ndarray, n_obs: int, control: Control, method: Method, names: tuple[str, ...]
) -> Estimate:
    """The overall effect: cells in `post`, weighted by cohort; `n_obs` rows of data stand behind them."""
    simple: Family = make.family("simple", [(0, post)])
    row = simple.table.iloc[0]
    value, known = float(row["value"]), float(row["interval_se"])
    low, high, p = normal_interval(value, known, make.level, simple.df)
    carrying = make.in_cells(post)
    compared = make.compared(post)
    draw = make.units[make.cluster]
    treated_draws, draws = make.parts.carrying(make.weights(post))
    return Estimate(
        estimand="att",
        estimator="callaway_santanna",
        value=value,
        se=float(row["se"]),
        low=low,
        high=high,
        p=p,
        n_obs=n_obs,
        n_units=int(carrying.sum()),
        n_treated=int((carrying & make.units["g"].notna().to_numpy()).sum()),
        n_clusters=int(make.units.loc[carrying, make.cluster].nunique()),
        inference=f"influence_function_{make.cluster}",
        level=make.level,
        extra={
            "control": control,
            "method": method,
            "covariates": names,
            "df": simple.df,
            "interval_se": known,
            "variance": simple.kind,
            "draws": draws,
            "treated_draws": treated_draws,
            "n_compared": int(compared.sum()),
            "compared_draws": int(draw[compared].nunique()),
            "clusters": int(make.units.loc[carrying, "cluster"].nunique()),
        },
    )
