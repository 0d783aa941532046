"""Few draws, draws unlike each other, and data without noise: what variances, earlier trends and verdicts make of them."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from pipeline.methods.assignment import by_cluster
from pipeline.methods.effects import gather, group_time, headline, judge, make_design, pretrend
from pipeline.methods.effects.diagnostics.balance import spread_df
from pipeline.methods.effects.diagnostics.pretrend import f_test, wald
from pipeline.methods.effects.group_time.joint import (
    Cluster,
    Joint,
    bell_mccaffrey,
    cautious,
    powers_of,
    shared_df,
    side_factors,
)
from pipeline.methods.effects.judgement.limits import spread_at_most
from pipeline.methods.effects.judgement.types import Verdict
from pipeline.methods.effects.sensitivity.honest import relative_magnitudes, targets
from pipeline.validation.characteristics import evidence_of, verdict_of
from pipeline.validation.judged import SHAPES, Shape, Truth, draw

THREE = np.repeat([0, 2021, 2022], [20, 10, 10])


def panel_of(y: np.ndarray, first: np.ndarray, **further: np.ndarray) -> pd.DataFrame:
    """A panel of units' rows from 2018 on; `further` columns by unit."""
    n, periods = y.shape
    return pd.DataFrame(
        {
            "unit": np.repeat(np.arange(n), periods),
            "period": np.tile(np.arange(2018, 2018 + periods), n),
            "cohort": np.repeat(np.where(first > 0, first, np.nan), periods),
            "y0": y.ravel(),
            **{name: np.repeat(values, periods) for name, values in further.items()},
        }
    )


def judged(panel: pd.DataFrame) -> Verdict:
    design = make_design(panel, "y0", min_cohort_units=1)
    main = group_time.estimate(design, draws=0)
    return judge(gather(design, main, pretrend.assess(main)))


def estimates(shape: str, panels: int) -> list:
    found = (draw(SHAPES[shape], Truth(), 0.0, np.random.default_rng([5, i])) for i in range(panels))
    return [group_time.estimate(make_design(one, "y0", min_cohort_units=1), draws=0).overall for one in found]


@pytest.mark.parametrize("shape", ["loud_5_of_45", "loud_compared_5_of_45", "one_large_of_24", "weighted_60"])
def test_draws_that_are_unlike_each_other_are_no_findings(shape: str) -> None:
    """The pooled variance alone calls one panel in six significant; what is taken now keeps its level."""
    found = [one.p < 0.05 for one in estimates(shape, 150)]
    assert np.mean(found) <= 0.05 + 2 * math.sqrt(0.05 * 0.95 / 150)


def test_few_that_vary_as_the_others_do_keep_the_narrower_interval_as_a_rule() -> None:
    kinds = [one.extra["variance"] for one in estimates("treated_2_of_42", 60)]
    assert kinds.count("pooled") > 0.8 * len(kinds)


def test_the_wider_of_two_intervals_stands() -> None:
    pooled = Joint(np.eye(1), 40.0, "pooled")
    assert cautious(Joint(np.eye(1) * 9, 5.0, "robust"), 4.0, pooled).kind == "wider"
    assert cautious(Joint(np.eye(1) * 9, 5.0, "robust"), 4.0, pooled).df == 4.0
    assert cautious(Joint(np.eye(1) * 0.2, 5.0, "robust"), 5.0, pooled) is pooled
    refuted, borne = (cautious(Joint(np.eye(1) * ratio, 1.0, "robust"), 1.0, pooled) for ratio in (9.0, 2.0))
    assert (refuted.kind, refuted.df, borne.kind) == ("wider", 1.0, "pooled")


def test_the_sides_factor_is_that_of_equal_draws_and_unbiased_for_others() -> None:
    equal = np.stack([powers_of(np.full((n, 1), 1 / n)) for n in (4, 9)], axis=1)
    assert side_factors(equal).ravel() == pytest.approx([math.sqrt(4 / 3), math.sqrt(9 / 8)])
    rng = np.random.default_rng(0)
    share = np.array([0.7, 0.2, 0.05, 0.05])
    x = rng.standard_normal((200_000, 4))
    plain = (share**2 * (x - (x @ share)[:, None]) ** 2).sum(axis=1).mean()
    factor = side_factors(np.stack([powers_of(share[:, None])] * 2, axis=1))[0, 0]
    assert plain * factor**2 == pytest.approx((share**2).sum(), rel=0.01)


def test_one_draw_that_outweighs_the_others_leaves_few_degrees_of_freedom() -> None:
    v, n = np.array([[1.0], [0.5]]), np.array([10, 20])
    assert bell_mccaffrey(v, v**2 / n[:, None], n) == pytest.approx(1.5**2 / (1 / 9 + 0.25 / 19))
    assert bell_mccaffrey(v, np.array([[0.9], [0.0125]]), n) < 2.5


@pytest.mark.parametrize("step", [0.1, 0.125, 0.03])
def test_rounding_is_no_effect(step: float) -> None:
    """Nobody's change differs from anybody's, whatever the last digits of sums of such numbers say."""
    for seed in range(5):
        level = np.random.default_rng(seed).integers(40, 90, (40, 1)) / 100
        rise = level + step * np.arange(7)
        shapes = [
            rise,
            10 * rise,
            rise + 1,
            rise + 0.3 * (np.arange(2018, 2025) >= np.where(THREE > 0, THREE, 9999)[:, None]),
        ]
        for y in shapes:
            for first, values in ((THREE, y), (THREE[::-1], y[::-1])):
                verdict = judged(panel_of(values, first))
                assert (verdict.code, verdict.codes[0]) == ("not_assessable", "no_estimate")


@pytest.mark.parametrize("cluster", ["unit", "cluster"])
def test_a_large_panel_without_noise_has_no_effect_either(cluster: Cluster) -> None:
    """Nor has one of its cells, by unit or by cluster."""
    first = np.repeat([0, *range(2022, 2034)], 240)
    level = np.random.default_rng(1).integers(40, 90, (len(first), 1)) / 100
    panel = panel_of(level + 0.1 * np.arange(20), first, cluster=np.arange(len(first)) // 40)
    design = make_design(panel, "y0", cluster="cluster", min_cohort_units=1)
    main = group_time.estimate(design, draws=0, cluster=cluster)
    assert not isinstance(main.influence, np.ndarray), "this panel is to be kept as blocks"
    assert main.overall.interval_se == 0.0
    assert math.isnan(main.overall.p)
    assert (main.att["interval_se"] == 0.0).all()


def test_a_lead_that_is_known_exactly_counts() -> None:
    """All treated jump two years before their start, where nothing else moves: nothing is firm about what comes after."""
    first = np.repeat([0, 2022], [60, 60])
    for seed in range(10):
        rng = np.random.default_rng(seed)
        y = np.repeat(rng.normal(0, 0.5, (120, 1)).round(1), 7, axis=1)
        y[60:, 2:] += 1.0
        y[:, 3:] += rng.normal(0, 0.2, (120, 4))
        y[60:, 4:] += 0.5
        verdict = judged(panel_of(y, first))
        assert verdict.evidence.pretrend_p == 0.0
        assert verdict.code in ("not_credible", "weak")


def test_what_has_no_variance_is_certain_or_says_nothing() -> None:
    cov = np.diag([1.0, 0.0])
    assert wald(np.array([1.0, 0.0]), cov)[1] == 1
    assert wald(np.array([1.0, 0.5]), cov) == (math.inf, 1, 0.0)
    assert wald(np.array([0.0, 1e-15]), np.zeros((2, 2)), 1e-12)[1] == 0
    assert f_test(np.array([1.0, 0.5]), cov, 20.0)[3] == 0.0


def test_rare_events_stop_nothing() -> None:
    """Leads that no unit's change touches: a trend could not have been seen, which the verdict says."""
    blind = 0
    for seed in range(60):
        y = (np.random.default_rng(seed).random((40, 7)) < 0.02).astype(float)
        evidence = judged(panel_of(y, THREE)).evidence
        blind += evidence.detectable_bias == math.inf
        if evidence.detectable_bias == math.inf:
            claimed = judge(
                replace(
                    evidence, value=1.0, se=0.1, low=0.8, high=1.2, p=1e-9, df=40.0, earlier_value=1.0, earlier_se=0.1
                )
            )
            assert "pretrend_uninformative" in claimed.codes
    assert blind > 0


def test_covariances_from_different_draws_each_are_covariances() -> None:
    for seed in range(15):
        panel = draw(SHAPES["unbalanced_30"], Truth(effect=1.0), 0.6, np.random.default_rng(seed))
        main = group_time.estimate(make_design(panel, "y0", min_cohort_units=1), draws=0)
        assert main.event.cov is not None
        for cov in (main.cell_cov, main.event.cov):
            assert np.linalg.eigvalsh(cov).min() >= -1e-12 * np.trace(cov)
        assert math.isfinite(pretrend.assess(main).detrended.se)


@pytest.mark.parametrize(
    ("taken", "clusters"),
    [([4, 4, 0, 0], True), ([4, 4, 0, 1], True), ([2, 2, 2, 2], False), ([2, 1, 2, 3], False)],
    ids=["whole", "one unit apart", "alike", "by chance"],
)
def test_clusters_of_unequal_shares_are_draws(taken: list[int], clusters: bool) -> None:
    size = 4
    first = pd.Series([2021.0 if place < count else np.nan for count in taken * 3 for place in range(size)])
    assert by_cluster(first, pd.Series(np.repeat(np.arange(3 * len(taken)), size))) is clusters
    assert by_cluster(first, pd.Series(np.arange(len(first)))) is False, "each unit a cluster of its own"


def test_the_headline_counts_all_outcomes_on_which_nothing_can_be_said() -> None:
    assert headline(["not_credible", "not_assessable", "none"]) == "not_credible"
    assert headline(["not_assessable", "not_assessable", "not_credible", "strong"]) == "not_assessable"
    assert headline(["not_credible", "not_assessable", "strong", "strong"]) == "mixed"


def test_no_world_is_odd_without_saying_so() -> None:
    assert {name for name, shape in SHAPES.items() if shape.odd} == {
        "loud_5_of_45", "louder_5_of_45", "loud_compared_5_of_45", "clusters_uneven_12", "one_large_of_24", "weighted_60",
        "loud_2_of_42", "loud_3_of_20", "clusters_mixed_10", "quiet_20", "quiet_60", "waves_400",
        "loud_cohorts_of_3", "loud_3_of_43_one_before", "phased_9", "skewed_20", "skewed_30", "skewed_40",
    }  # fmt: skip
    assert verdict_of(draw(SHAPES["weighted_60"], Truth(), 0.0, np.random.default_rng(0)))[0]


def test_three_degrees_are_three_however_they_are_added_up() -> None:
    """A limit of three is reached by 2.9999999999999996, on whichever processor the sum ends so."""
    for seed in range(200):
        rng = np.random.default_rng(seed)
        parts = rng.random(rng.integers(2, 30))
        assert shared_df(parts, np.full(len(parts), 3.0)) == 3.0
        v = np.full((1, 1), rng.random())
        assert bell_mccaffrey(v, v**2 / 4, np.array([4])) == 3.0


_SHAPES = {
    "6 and 6": Shape(never=6, cohorts={2022: 6}),
    "3 and 2": Shape(never=2, cohorts={2022: 3}),
    "6, 6 and 6": Shape(never=6, cohorts={2021: 6, 2022: 6}),
    "5 clusters": SHAPES["clusters_5"],
}


@pytest.mark.parametrize("shape", _SHAPES.values(), ids=_SHAPES)
def test_the_verdict_changes_neither_with_the_unit_of_measure_nor_with_names(shape: Shape) -> None:
    """Of few draws: their degrees of freedom are whole numbers, at which limits lie."""
    for seed in range(12):
        rng = np.random.default_rng(seed)
        panel = draw(shape, Truth(effect=2.0), 0.3, rng)
        names = rng.permutation(panel["unit"].nunique())
        for other in (panel.assign(y0=100 * panel["y0"]), panel.assign(unit=names[panel["unit"]])):
            assert verdict_of(other)[0] == verdict_of(panel)[0]
            assert by_hand(other) == pytest.approx(by_hand(panel), rel=1e-6)


def by_hand(panel: pd.DataFrame) -> tuple[float, float, float]:
    """What stands before the limits: degrees of freedom, and p values of effect and leads."""
    (evidence,) = evidence_of(panel).values()
    return evidence.df, evidence.p, evidence.pretrend_p or 0.0


def test_units_that_are_measured_once_change_nothing() -> None:
    """Neither the weights of their cohort nor the number of clusters: no change of theirs is known."""
    panel = draw(SHAPES["units_30"], Truth(effect=1.0), 0.3, np.random.default_rng(3))
    late = panel.loc[panel["period"] == 2024, "y0"].mean()
    more = [(1000 + i, 2024, cohort, late + i) for i, cohort in enumerate([2021.0, 2021.0, 2021.0, np.nan, np.nan])]
    other = pd.concat([panel, pd.DataFrame(more, columns=["unit", "period", "cohort", "y0"])], ignore_index=True)
    (one,), (two,) = evidence_of(panel).values(), evidence_of(other).values()
    assert one == two
    assert "seen_once" in {note.code for note in make_design(other, "y0").notes}


@pytest.mark.parametrize(("before", "after"), [(3, 0), (2, 5)], ids=["a gap before", "a gap after"])
def test_a_gap_is_as_many_periods_as_it_is(before: int, after: int) -> None:
    """A violation as large as the largest before is one a period: years without measurement count in lead and reach."""
    years = [2010, 2011, 2012, 2013 + before - 1, 2014 + before - 1 + after]
    rng = np.random.default_rng(1)
    y = 0.02 * np.array(years) * (np.arange(60) < 30)[:, None] + rng.normal(0, 1e-4, (60, 5))
    rows = pd.DataFrame({"unit": np.repeat(np.arange(60), 5), "period": np.tile(years, 60), "y": y.ravel()})
    rows["cohort"] = np.where(rows["unit"] < 30, years[-1], np.nan)
    average = targets(group_time.estimate(make_design(rows, "y"), draws=0))[0]
    low, high = relative_magnitudes(average, 1.0)
    assert low < 0 < high, "a line that goes on is explained by itself"
    assert high - low == pytest.approx(2 * 0.02 * (years[-1] - years[-2]), rel=0.05)


def test_a_finding_survives_half_the_smallest_effect_a_period_however_small_the_leads() -> None:
    """Paths that part from the start on show in no lead; what a violation as large as those adds up to is no answer."""
    firm = {"moderate", "strong"}
    assert sum(verdict_of(_parting(seed))[0] in firm for seed in range(20)) <= 2
    assert sum(verdict_of(_parting(seed, effect=0.6))[0] in firm for seed in range(20)) > 15


def _parting(seed: int, effect: float = 0.0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    years, treated = np.arange(2010, 2022), np.arange(60) < 30
    path = 0.05 * 0.5 * np.maximum(years - 2012, 0) + effect * (years >= 2013)
    y = rng.normal(0, 0.5, (60, 1)) + rng.normal(0, 0.03, (60, 12)) + path * treated[:, None]
    rows = pd.DataFrame({"unit": np.repeat(np.arange(60), 12), "period": np.tile(years, 60), "y0": y.ravel()})
    return rows.assign(cohort=np.where(rows["unit"] < 30, 2013, np.nan))


def test_a_smallest_effect_from_few_units_is_taken_at_its_upper_bound() -> None:
    """The limit of a divergence rests on a standard deviation, which ten units hardly tell."""
    few = spread_at_most(1.0, 8, 0.05)
    assert few == pytest.approx(math.sqrt(8 / stats.chi2(8).ppf(0.05)))
    assert spread_at_most(1.0, math.inf, 0.05) == 1.0
    assert spread_at_most(None, 8, 0.05) is None


@pytest.mark.parametrize("draws", [2, 3, 4])
def test_so_few_that_their_ups_and_downs_look_like_trends_are_refused(draws: int) -> None:
    """A departure before the start of two or three units may be their own variation; of four it is judged."""
    rng = np.random.default_rng(5)
    panel = draw(Shape(never=17, cohorts={2022: draws}), Truth(), 0.0, rng)
    own = panel["cohort"].notna() & (panel["period"] == 2021)
    verdict = judge(next(iter(evidence_of(panel.assign(y0=panel["y0"] - 2.0 * own)).values())))
    assert verdict.codes[0] == ("few_could_vary" if draws <= 3 else "pretrend_diverges")


def test_starts_that_are_a_cluster_s_own_make_it_a_draw() -> None:
    """Half of each cluster takes part, as alike as can be, but from a day that the cluster has for itself."""
    cluster = pd.Series(np.repeat(np.arange(9), 20))
    own = np.resize([2021.0, 2022.0, 2023.0], 9)[cluster]
    half = np.tile(np.arange(20), 9) < 10
    assert by_cluster(pd.Series(np.where(half, own, np.nan)), cluster) is True
    apart = np.tile(np.resize([2021.0, 2022.0], 10).tolist() + [np.nan] * 10, 9)
    assert by_cluster(pd.Series(apart), cluster) is False


def test_leads_are_tested_by_themselves_and_those_of_very_few_are_not() -> None:
    """The last event time, or the first lead, of three units says nothing of the leads of twenty."""
    rng = np.random.default_rng(1)
    panel = draw(Shape(never=60, cohorts={2021: 3, 2022: 20}, loud=(1.25, 1.0)), Truth(), 0.0, rng)
    main = group_time.estimate(make_design(panel, "y0"), draws=0)
    found = pretrend.tested(main)
    assert found.leads.tolist() == [True] * 3
    assert found.df > 20
    late = draw(Shape(never=60, cohorts={2023: 3, 2021: 20}), Truth(), 0.0, rng)
    found = pretrend.tested(group_time.estimate(make_design(late, "y0"), draws=0))
    assert found.leads.tolist() == [False, False, True, True], "the oldest two rest on three units"
    assert found.draws > 3


def test_few_draws_without_a_lead_are_refused() -> None:
    for k, code in ((3, "not_assessable"), (5, "none")):
        shape = Shape(never=40, cohorts={2022: k}, periods=tuple(range(2021, 2025)))
        assert verdict_of(draw(shape, Truth(), 0.0, np.random.default_rng(2)))[0] == code


@pytest.mark.parametrize(("power", "most"), [(1, 38.0), (5, 12.0)], ids=["normal", "long tails"])
def test_a_spread_with_long_tails_is_known_less_well(power: int, most: float) -> None:
    levels = np.random.default_rng(3).normal(size=40) ** power
    rows = pd.DataFrame({"unit": np.repeat(np.arange(40), 3), "period": np.tile([1, 2, 3], 40)})
    rows["y"], rows["cohort"] = np.repeat(levels, 3), np.where(rows["unit"] < 20, 3, np.nan)
    df = spread_df(make_design(rows, "y"), "unit")
    assert df <= most
    assert power > 1 or df > 20


@pytest.mark.parametrize(("n", "c"), [(12, 8.0), (40, 4.0), (400, 0.4)])
def test_few_skewed_levels_are_known_less_well_than_their_kurtosis_says(n: int, c: float) -> None:
    """By hand; of many draws the kurtosis is known, and nothing is added."""
    levels = np.random.default_rng(5).gamma(2.0, size=n)
    treated = np.arange(n) % 2 == 1
    rows = pd.DataFrame({"unit": np.repeat(np.arange(n), 2), "period": np.tile([1, 2], n), "y": np.repeat(levels, 2)})
    rows["cohort"] = np.where(treated[rows["unit"]], 2, np.nan)
    z = levels - np.where(treated, levels[treated].mean(), levels[~treated].mean())
    skewness, kurtosis = stats.skew(z), stats.kurtosis(z, fisher=False)
    assert kurtosis < 3 + 8 * skewness**2, "it is not the kurtosis alone that is looked at"
    expected = 2 * n / (max(kurtosis, 3 + c * skewness**2) - 1)
    for scale in (1.0, 1e-150):
        design = make_design(rows.assign(y=rows["y"] * scale), "y")
        assert spread_df(design, "unit") == pytest.approx(min(expected, n - 2))
