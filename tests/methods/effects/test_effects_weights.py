"""Units' weights: every method that takes a design uses them or refuses; estimates checked against other code."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from pipeline.errors import DesignError, WeightsError
from pipeline.methods import effects
from pipeline.methods.effects import group_time, heterogeneity, make_design, twfe
from pipeline.methods.effects.design import Design
from pipeline.methods.effects.design.power import error_process
from pipeline.methods.effects.diagnostics import bacon, balance
from pipeline.methods.effects.estimators import METHODS, estimate, linear
from pipeline.methods.effects.estimators.weights import two_way_weights
from pipeline.methods.effects.group_time.refit import overall, rows_of
from pipeline.methods.effects.heterogeneity.arms import by_group
from pipeline.methods.effects.heterogeneity.mechanism import link
from pipeline.methods.effects.inference import randomisation_test, restricted_bootstrap, two_way, wild
from pipeline.methods.effects.sensitivity import leave_out, placebo_dates
from pipeline.methods.effects.sensitivity.stability import stability


@pytest.fixture(scope="module")
def rows(make_panel: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    """A panel whose effects and trends differ by the weight, so that passing over it shows."""
    frame = make_panel(units=80, effect=0.5, growth=0.2, missing=0.05, seed=4)
    unit = frame["unit"].str[1:].astype(int)
    frame["weight"] = (unit % 4 + 1).astype(float)
    after = frame["cohort"].notna() & (frame["period"] >= frame["cohort"].fillna(9999))
    frame["y"] += after * frame["weight"] + 0.1 * (frame["period"] - 2018) * (frame["weight"] - 2.5)
    return frame


def copied(rows: pd.DataFrame) -> pd.DataFrame:
    """Each unit as many times as it weighs."""
    parts = [rows[rows["weight"] > k].assign(unit=rows["unit"] + f"-{k}") for k in range(int(rows["weight"].max()))]
    return pd.concat(parts, ignore_index=True).drop(columns="weight")


ESTIMATES: dict[str, Callable[[Design], float]] = {
    "group_time": lambda d: group_time.estimate(d, draws=2).overall.value,
    "not_yet": lambda d: group_time.estimate(d, "not_yet", draws=2).overall.value,
    "adjusted": lambda d: group_time.estimate(d, covariates=True, draws=2).overall.value,
    "event": lambda d: float(group_time.estimate(d, draws=2).event.table["value"].sum()),
    "calendar": lambda d: float(group_time.estimate(d, draws=2).calendar["value"].sum()),
    "cohorts": lambda d: float(group_time.estimate(d, draws=2).group["value"].iloc[-1]),
    "twfe": lambda d: twfe.overall(d).value,
    "twfe_event": lambda d: float(twfe.event_study(d).table["value"].sum()),
    "two_way": lambda d: linear.two_way(d).value,
    "two_way_adjusted": lambda d: linear.two_way(d, True).value,
    "imputation": lambda d: linear.imputation(d).value,
    "restricted_bootstrap": lambda d: restricted_bootstrap(d, draws=199).value,
    "randomisation": lambda d: randomisation_test(d, draws=19).value,
    "two_way_weights": lambda d: float(two_way_weights(d).table["weight"].iloc[-1]),
    "rows_of": lambda d: overall(rows_of(d)).value,
    "leave_out": lambda d: float(leave_out(d)["value"].iloc[0]),
    "placebo_dates": lambda d: float(placebo_dates(d, (1,))["value"].iloc[0]),
    "balance": lambda d: float(balance.table(d)["difference"].iloc[0]),
    "heterogeneity": lambda d: float(heterogeneity.by_group(d, _halves(d)).table["value"].iloc[0]),
    "arms": lambda d: float(by_group(d, _halves(d), order=("high", "low")).table["value"].iloc[0]),
}


def _halves(design: Design) -> pd.Series:
    return (design.units["x"] > 0).map({True: "high", False: "low"})


@pytest.mark.parametrize("name", ESTIMATES)
def test_a_weight_of_k_counts_as_k_equal_units(rows: pd.DataFrame, name: str) -> None:
    run = ESTIMATES[name]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        weighted = run(make_design(rows, "y", covariates=["x"]))
        plain = run(make_design(rows.drop(columns="weight"), "y", covariates=["x"]))
        many = run(make_design(copied(rows), "y", covariates=["x"]))
    assert weighted == pytest.approx(many, abs=1e-6)
    assert abs(weighted - plain) > 1e-6


@pytest.mark.parametrize(
    "run",
    [
        bacon.decompose,
        error_process,
        stability,
        two_way,
        wild.wild_cluster_bootstrap,
        lambda d: link(d, d),
    ],
)
def test_a_method_without_weights_refuses_them(rows: pd.DataFrame, run: Callable[[Design], object]) -> None:
    with pytest.raises(WeightsError, match="does not take weights"):
        run(make_design(rows, "y", covariates=["x"]))


@pytest.mark.parametrize("name", METHODS)
def test_each_estimator_uses_weights_or_refuses_them(rows: pd.DataFrame, name: str) -> None:
    design = make_design(rows, "y")
    if not METHODS[name].handles_weights:
        with pytest.raises(DesignError) as refused:
            estimate(design, name)
        assert getattr(refused.value, "code", None) == "weights"
        return
    assert estimate(design, name).value == pytest.approx(estimate(make_design(copied(rows), "y"), name).value, abs=1e-6)


def test_two_way_standard_error_is_that_of_weighted_least_squares(rows: pd.DataFrame) -> None:
    found = twfe.overall(make_design(rows, "y"))
    seen = rows.dropna(subset="y")
    seen = seen[seen.groupby("unit")["y"].transform("size") > 1]
    X = pd.get_dummies(seen[["unit", "period"]].astype(str), drop_first=True, dtype=float).assign(const=1.0)
    X["d"] = (seen["period"] >= seen["cohort"].fillna(9999)).astype(float)
    codes = pd.factorize(seen["unit"])[0]
    other = sm.WLS(seen["y"], X, weights=seen["weight"]).fit(cov_type="cluster", cov_kwds={"groups": codes})
    assert found.value == pytest.approx(other.params["d"], abs=1e-8)
    k, absorbed, n = X.shape[1], seen["unit"].nunique() - 1, len(seen)
    assert found.se == pytest.approx(other.bse["d"] * np.sqrt((n - k) / (n - (k - absorbed - 1))), rel=1e-6)
    part = linear.two_way(make_design(rows, "y"))
    assert part.value == pytest.approx(found.value, abs=1e-8)


def test_influence_gives_the_jackknife_standard_error(rows: pd.DataFrame) -> None:
    """Leaving out each unit in turn: what the influence functions promise, weights of the cohorts included."""
    for run, se in (
        (ESTIMATES["group_time"], group_time.estimate(make_design(rows, "y"), draws=2).overall.se),
        (ESTIMATES["imputation"], float(np.sqrt((linear.imputation(make_design(rows, "y")).psi ** 2).sum()))),
        (ESTIMATES["restricted_bootstrap"], None),
    ):
        if se is None:
            se = restricted_bootstrap(make_design(rows.assign(cluster=rows["unit"]), "y"), draws=199).se
            assert se == pytest.approx(
                group_time.estimate(make_design(rows, "y"), draws=2).overall.se, rel=0.04
            )  # n/(n-1) by side
            continue
        units = rows["unit"].unique()
        values = np.array([run(make_design(rows[rows["unit"] != unit], "y")) for unit in units])
        jackknife = float(np.sqrt((len(units) - 1) / len(units) * ((values - values.mean()) ** 2).sum()))
        assert se == pytest.approx(jackknife, rel=0.12)


def test_equal_weights_change_nothing(rows: pd.DataFrame) -> None:
    plain = group_time.estimate(make_design(rows.drop(columns="weight"), "y"), draws=2)
    equal = group_time.estimate(make_design(rows.assign(weight=7.0), "y"), draws=2)
    assert (equal.overall.value, equal.overall.se) == (plain.overall.value, plain.overall.se)


def test_a_weight_that_changes_counts_by_its_first_value_and_is_noted(rows: pd.DataFrame) -> None:
    moving = rows.assign(weight=rows["weight"] * (1 + 0.1 * (rows["period"] - 2018)))
    design = make_design(moving, "y")
    assert any(str(note).startswith("weight_varies: ") for note in design.notes)
    assert design.units["weight"].to_numpy() == pytest.approx(make_design(rows, "y").units["weight"].to_numpy())


@pytest.mark.parametrize("bad", [0.0, -1.0, np.nan, np.inf])
def test_a_weight_that_is_no_weight_is_refused(rows: pd.DataFrame, bad: float) -> None:
    wrong = rows.copy()
    wrong.loc[3, "weight"] = bad
    with pytest.raises(DesignError, match="weight is missing or not above 0"):
        make_design(wrong, "y")


def test_the_weighted_effect_by_hand() -> None:
    """Two groups, one start: the mean over periods of the difference of weighted mean changes from the base period."""
    rng = np.random.default_rng(0)
    unit = np.arange(30)
    frame = pd.DataFrame(
        [(u, p, 2021 if u < 12 else None, rng.normal() + (u < 12) * (p >= 2021) * (u % 5), 1.0 + u % 5)
         for u in unit for p in range(2018, 2025)],
        columns=["unit", "period", "cohort", "y", "weight"],
    )  # fmt: skip
    wide, first = frame.pivot(index="unit", columns="period", values="y"), frame.drop_duplicates("unit")
    t, w = (first["cohort"].notna()).to_numpy(), first["weight"].to_numpy()
    gaps = [np.average((wide[p] - wide[2020])[t], weights=w[t]) - np.average((wide[p] - wide[2020])[~t], weights=w[~t])
            for p in range(2021, 2025)]  # fmt: skip
    assert group_time.estimate(make_design(frame, "y"), draws=2).overall.value == pytest.approx(np.mean(gaps))


def test_every_method_that_takes_a_design_is_tried_here() -> None:
    """A new module that reads a design's rows must be added to the lists above."""
    folder = Path(effects.__file__).parent
    tried = {
        "design/cells.py", "design/design.py", "design/power.py", "diagnostics/balance.py", "diagnostics/bacon.py",
        "group_time/att_gt.py", "group_time/cell_means.py", "group_time/engine.py", "group_time/means.py",
        "group_time/refit.py",
        "heterogeneity/arms.py", "heterogeneity/dose.py", "heterogeneity/groups.py", "heterogeneity/mechanism.py",
        "inference/multiplier.py", "inference/small_sample.py", "inference/wild.py", "sensitivity/specification.py",
        "sensitivity/stability.py", "library.py",
    }  # fmt: skip
    own = {"estimators"}  # guarded by `Method.handles_weights`, tested above
    marks = (".data[", "design.data", "value_counts()", ".repeated()", ".balanced()", "frame(design")
    readers = {
        str(path.relative_to(folder))
        for path in folder.rglob("*.py")
        if any(mark in path.read_text(encoding="utf-8") for mark in marks)
    }
    assert {name for name in readers if name.split("/")[0] not in own} <= tried
