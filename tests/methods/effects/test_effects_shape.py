"""Counts, floors, ceilings and logs of zeros: each word has a case that calls for it and one that does not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
import statsmodels.formula.api as smf

from pipeline.errors import DesignError, TooLargeError
from pipeline.methods.effects import make_design
from pipeline.methods.effects.estimators import Settings, flags, poisson
from pipeline.methods.effects.estimators import poisson as module
from pipeline.methods.effects.estimators.shape import is_quotient, shape_notes
from pipeline.study.thresholds import Shape

RNG = np.random.default_rng(8)
COUNT = RNG.poisson(1.5, 400).astype(float)
SMOOTH = RNG.normal(50, 9, 400)
MARKS = np.clip(np.round(RNG.normal(8.6, 1.6, 400), 1), 0, 10)


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        (COUNT, ["count"]),
        (COUNT + 40, ["floor"]),
        (COUNT - 1, ["floor"]),
        (COUNT + 0.5, ["floor"]),
        (SMOOTH, []),
        (np.round(SMOOTH), []),
        (MARKS, ["ceiling"]),
        (10 - MARKS, ["floor"]),
        (MARKS - 5 * (MARKS == 10), []),
        (np.log1p(COUNT), ["log_of_zeros", "floor"]),
        (np.round(np.log1p(COUNT), 5), ["log_of_zeros", "floor"]),
        (np.log1p(COUNT + 1), ["floor"]),
        (np.log(SMOOTH), []),
        ((COUNT > 1).astype(float), ["binary"]),
        (np.append(COUNT, np.nan), ["count"]),
        (np.ones(9), []),
    ],
)
def test_each_word_has_its_case(values, codes):
    assert [note.code for note in shape_notes(values)] == codes


_TEACHERS = RNG.integers(4, 40, 400)
_RATIO = RNG.poisson(18 * _TEACHERS) / _TEACHERS


@pytest.mark.parametrize(
    ("values", "says"),
    [
        (_RATIO, True),
        (np.round(_RATIO, 4), True),
        (np.round(100 * _RATIO, 6), True),
        (np.append(_RATIO, [np.nan, np.inf]), True),
        (RNG.binomial(_TEACHERS, 0.3) / _TEACHERS, True),
        (np.round(_RATIO, 2), False),  # too few digits to tell
        (RNG.integers(0, 200, 400) / 7, False),  # one denominator: the mean of ratios is the ratio of means
        (np.round(SMOOTH, 4), False),
        (np.round(SMOOTH, 6), False),
        (SMOOTH, False),
        (COUNT, False),
        (_RATIO[:15], False),
        (np.log(_RATIO), False),
    ],
)
def test_quotients_of_whole_numbers_are_known_by_their_values(values, says):
    assert is_quotient(values) is says


def test_numbers_at_random_are_taken_for_quotients_hardly_ever():
    drawn = [is_quotient(np.round(np.random.default_rng(s).normal(5, 2, 60), d)) for s in range(40) for d in (4, 5, 7)]
    assert not any(drawn)


def test_the_study_s_limits_decide():
    assert [n.code for n in shape_notes(COUNT, Shape(count_mean=1.0))] == ["floor"]
    assert shape_notes(COUNT, Shape(count_mean=1.0, bound_share=0.5)) == ()
    assert shape_notes(MARKS, Shape(bound_share=0.6)) == ()
    assert shape_notes(MARKS, Shape(steps=99)) == ()


@pytest.fixture(scope="module")
def counted(make_panel) -> pd.DataFrame:
    """Groups that start apart and change alike in per cent; the programme adds a third."""
    panel = make_panel(units=160, noise=0.3, missing=0.04, seed=4)
    treated = panel["cohort"].notna() & (panel["period"] >= panel["cohort"].fillna(9999))
    rate = 0.1 + 0.9 * panel["cohort"].notna() + 0.15 * (panel["period"] - 2018) + np.log(4 / 3) * treated
    panel["visits"] = np.random.default_rng(3).poisson(np.exp(rate + 0.3 * panel["y"].fillna(0))).astype(float)
    panel.loc[panel["y"].isna(), "visits"] = np.nan
    return panel


def test_poisson_is_the_regression_with_all_cells(counted):
    """Coefficients, and the delta method on a clustered covariance, by statsmodels with every dummy written out."""
    design = make_design(counted, "visits")
    for cluster in ("unit", "cluster"):
        found = poisson.poisson(design, Settings(cluster=cluster))
        rows = design.data.assign(
            cell=np.where(
                design.data["event_time"] >= 0,
                design.data["cohort"].astype(str) + "_" + design.data["period"].astype(str),
                "none",
            ),
            group=design.data["cohort"].fillna(0),
        )
        fit = smf.glm("y ~ C(group) + C(period) + C(cell, Treatment('none'))", rows, family=sm.families.Poisson()).fit(
            cov_type="cluster", cov_kwds={"groups": pd.factorize(rows[cluster])[0], "use_correction": False}, tol=1e-12
        )
        on = (rows["event_time"] >= 0).to_numpy()
        own = ["cell" in name for name in fit.model.exog_names]
        full, bare = fit.model.exog, fit.model.exog * ~np.array(own)

        def effects(b, full=full, bare=bare, on=on):
            given, without = np.exp(full @ b)[on].mean(), np.exp(bare @ b)[on].mean()
            return np.array([given - without, 100 * (given / without - 1)])

        b, step = fit.params.to_numpy(), 1e-6
        slopes = np.array([effects(b + step * e) - effects(b - step * e) for e in np.eye(len(b))]).T / (2 * step)
        draws = rows[cluster].nunique()
        se = np.sqrt(np.diag(slopes @ fit.cov_params().to_numpy() @ slopes.T) * draws / (draws - 1))
        assert [found.points.value, found.percent.value] == pytest.approx(effects(b), rel=1e-8)
        assert [found.points.se, found.percent.se] == pytest.approx(se, rel=1e-5)


def test_poisson_finds_a_third_where_points_do_not(counted):
    found = poisson.poisson(make_design(counted, "visits"))
    assert found.percent.low < 100 / 3 < found.percent.high
    assert found.n_cells == 9


def test_poisson_refuses_what_has_no_logarithm(counted, monkeypatch):
    with pytest.raises(DesignError, match="below zero"):
        poisson.poisson(make_design(counted.assign(visits=counted["visits"] - 2), "visits"))
    early = counted["period"] == 2018
    with pytest.raises(DesignError, match="above zero"):
        poisson.poisson(make_design(counted.assign(visits=counted["visits"].mask(early, 0.0)), "visits"))
    monkeypatch.setattr(module, "LARGE", 10)
    with pytest.raises(TooLargeError):
        poisson.poisson(make_design(counted, "visits"))


def test_flags_of_a_design_hold_the_word(counted):
    assert "count" in [note.code for note in flags(make_design(counted, "visits"))]
    assert "count" not in [note.code for note in flags(make_design(counted, "visits"), Shape(count_mean=0.5))]
    assert flags(make_design(counted, "y"))[0].code != "count"
