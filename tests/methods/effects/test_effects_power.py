"""Power: published and independent formulas, simulated standard errors, and components that are known."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from pipeline.errors import DesignError
from pipeline.methods.effects import group_time, make_design
from pipeline.methods.effects.design.plans import (
    Test,
    candidates,
    entering_needed,
    fresh_needed,
    longer,
    numbers_entering,
    years_needed,
)
from pipeline.methods.effects.design.power import (
    ErrorProcess,
    Plan,
    burlig_variance,
    design_effect,
    detectable,
    error_process,
    freedom,
    lottery_variance,
    plan_of,
    power_of,
    variance,
)


def process(permanent=0.25, fading=0.02, decay=0.6, one_year=0.04, sampling=0.02, share=0.0, size=20.0) -> ErrorProcess:
    return ErrorProcess(permanent, fading, decay, one_year, sampling, share, size, pd.DataFrame())


PLAN = Plan((2018, 2019, 2021, 2022, 2023), {2021: 30, 2022: 40}, 60)


def test_components_make_the_covariance():
    cov = process().cov((2018, 2019, 2021))
    assert cov[0, 0] == pytest.approx(0.31)
    assert cov[0, 1] == pytest.approx(0.25 + 0.02 * 0.6)
    assert cov[1, 2] == pytest.approx(0.25 + 0.02 * 0.36)


def test_formula_of_burlig_is_the_variance_of_the_contrast():
    """One cohort, means before and after: three ways to the same number, for any covariance."""
    rng = np.random.default_rng(1)
    root = rng.normal(size=(5, 5))
    cov = root @ root.T
    plan = Plan((1, 2, 3, 4, 5), {3: 40}, 60)
    contrast = np.array([-1 / 2, -1 / 2, 1 / 3, 1 / 3, 1 / 3])
    direct = (1 / 40 + 1 / 60) * contrast @ cov @ contrast
    assert burlig_variance(cov, 2, 100, 0.4) == pytest.approx(direct)
    assert variance(plan, cov, all_before=True) == pytest.approx(direct)


def test_formula_of_burlig_agrees_with_diff_diff():
    """diff-diff has the case of equal correlations, with normal quantiles."""
    from diff_diff import compute_mde

    sigma, rho, m, r = 0.8, 0.6, 2, 3
    cov = sigma**2 * (rho + (1 - rho) * np.eye(m + r))
    se = math.sqrt(burlig_variance(cov, m, 100, 0.4))
    other = compute_mde(n_treated=40, n_control=60, sigma=sigma, n_pre=m, n_post=r, rho=rho)
    assert detectable(se, 1e9) == pytest.approx(other, rel=1e-6)


@pytest.mark.parametrize(
    ("schools", "before", "after", "pupils", "published"),
    [
        (46, 1, 1, 45, (0.48, 0.35, 0.27)),
        (46, 2, 2, 45, (0.34, 0.25, 0.19)),
        (46, 3, 2, 45, (0.31, 0.23, 0.18)),
        (382, 1, 1, 25, (0.17, 0.13, 0.10)),
        (366, 2, 2, 45, (0.12, 0.09, 0.07)),
        (382, 2, 2, 25, (0.12, 0.09, 0.07)),
        (841, 2, 2, 25, (0.08, 0.06, 0.05)),
    ],
)
def test_table_of_the_domain_findings(schools, before, after, pupils, published):
    """Section 5.4: 40 per cent treated, ICC 0.35, year-to-year correlation of the school effect 0.6, 0.8, 0.9.

    The table does not print the pupils tested; with 45 in SMP and 25 in SD all of its numbers follow.
    """
    for rho, printed in zip((0.6, 0.8, 0.9), published, strict=True):
        errors = process(permanent=0.35 * rho, fading=0.0, one_year=0.35 * (1 - rho) + 0.65 / pupils)
        se = math.sqrt(burlig_variance(errors.cov(range(before + after)), before, schools, 0.4))
        assert detectable(se, schools - 2) == pytest.approx(printed, abs=0.00501)


def simulated(cov: np.ndarray, plan: Plan, draws: int, seed: int = 2) -> tuple[np.ndarray, np.ndarray]:
    """Errors (draws × units × years) and the cohort of each unit (0 = never)."""
    cohort = np.repeat([*plan.cohorts, 0], [*plan.cohorts.values(), plan.never])
    rng = np.random.default_rng(seed)
    return rng.multivariate_normal(np.zeros(len(cov)), cov, size=(draws, len(cohort))), cohort


def by_hand(errors: np.ndarray, cohort: np.ndarray, plan: Plan) -> np.ndarray:
    """Mean group-time effect of each draw, cell by cell."""
    total = weight = 0.0
    for g, n in plan.cohorts.items():
        base = plan.periods.index(g) - 1
        for t in range(base + 1, len(plan.periods)):
            change = errors[:, :, t] - errors[:, :, base]
            total = total + n * (change[:, cohort == g].mean(axis=1) - change[:, cohort == 0].mean(axis=1))
            weight += n
    return total / weight


def test_variance_of_a_staggered_plan_is_that_of_the_simulated_estimates():
    cov = process().cov(PLAN.periods)
    errors, cohort = simulated(cov, PLAN, 4000)
    assert by_hand(errors, cohort, PLAN).std() == pytest.approx(math.sqrt(variance(PLAN, cov)), rel=0.04)


def test_the_estimate_that_was_planned_is_the_one_of_the_report():
    errors, cohort = simulated(process().cov(PLAN.periods), PLAN, 1)
    rows = [
        (f"u{i:03d}", p, cohort[i] or None, errors[0, i, k])
        for i in range(len(cohort))
        for k, p in enumerate(PLAN.periods)
    ]
    frame = pd.DataFrame(rows, columns=["unit", "period", "cohort", "y"])
    design = make_design(frame.assign(cohort=frame["cohort"].astype("Int64")), "y")
    found = group_time.estimate(design, draws=199)
    assert found.overall.value == pytest.approx(by_hand(errors, cohort, PLAN)[0], abs=1e-10)
    assert plan_of(design) == PLAN
    fitted = error_process(design)
    assert math.sqrt(variance(PLAN, fitted.cov(PLAN.periods))) == pytest.approx(found.overall.se, rel=0.12)


def test_lottery_variance_is_that_of_the_simulated_regression():
    cov = process().cov((1, 2, 3, 4))
    errors, _ = simulated(cov, Plan((1, 2, 3, 4), {3: 20}, 40), 1500)
    before, after = errors[:, :, :2].mean(axis=2), errors[:, :, 2:].mean(axis=2)
    drawn = np.arange(60) < 20
    estimates = []
    for b, a in zip(before, after, strict=True):
        x = np.column_stack([np.ones(60), drawn, b])
        estimates.append(np.linalg.lstsq(x, a, rcond=None)[0][1])
    # estimating the slope costs a little: (n - 3 - 1) degrees of freedom
    assert np.std(estimates) == pytest.approx(math.sqrt(lottery_variance(cov, 2, 20, 40)), rel=0.06)


def test_components_are_found_in_large_samples(make_panel):
    cov = process(permanent=0.3, fading=0.2, decay=0.5, one_year=0.1).cov(range(2015, 2023))
    plan = Plan(tuple(range(2015, 2023)), {2019: 2000}, 3000)
    errors, cohort = simulated(cov, plan, 1)
    units = np.repeat([f"u{i:05d}" for i in range(5000)], 8)
    frame = pd.DataFrame({"unit": units, "period": np.tile(plan.periods, 5000), "y": errors[0].ravel()})
    frame["cohort"] = pd.array(np.repeat(np.where(cohort > 0, cohort, -1), 8), dtype="Int64")
    frame["cohort"] = frame["cohort"].where(frame["cohort"] > 0)
    frame["y"] += 2.0 * (frame["cohort"].notna() & (frame["period"] >= 2019))  # an effect is no noise
    found = error_process(make_design(frame, "y"))
    assert found.variance == pytest.approx(0.6, rel=0.05)
    assert found.permanent == pytest.approx(0.3, abs=0.05)
    assert found.one_year == pytest.approx(0.1, abs=0.04)
    assert found.correlation == pytest.approx((0.3 + 0.1) / 0.6, abs=0.03)
    assert np.abs(found.lags["fitted"] - found.lags["covariance"]).max() < 0.01


def test_correlation_within_clusters_is_the_mixed_models(make_panel):
    panel = make_panel(units=400, clusters=20, noise=0.2)
    shock = np.random.default_rng(3).normal(0, 0.2, (20, 6))
    periods = sorted(panel["period"].unique())
    panel["y"] += [shock[int(c[1:]), periods.index(p)] for c, p in zip(panel["cluster"], panel["period"], strict=True)]
    design = make_design(panel, "y")
    found = error_process(design)
    assert found.cluster_share == pytest.approx(0.5, abs=0.12)
    # an independent estimate from one change
    wide = panel.pivot(index="unit", columns="period", values="y")
    units = panel.drop_duplicates("unit").set_index("unit")
    change = (wide[2022] - wide[2021]).rename("d").to_frame().join(units[["cluster", "cohort"]])
    change["d"] -= change.groupby(change["cohort"].fillna(0))["d"].transform("mean")
    fit = sm.MixedLM(change["d"], np.ones(len(change)), groups=change["cluster"]).fit()
    other = float(fit.cov_re.iloc[0, 0]) / (float(fit.cov_re.iloc[0, 0]) + fit.scale)
    assert found.cluster_share == pytest.approx(other, abs=0.15)
    assert design_effect(found) == pytest.approx(1 + 19 * found.cluster_share, rel=0.01)


def test_power_and_detectable_effect_are_each_others_inverse():
    mde = detectable(0.05, 40, 0.95, 0.8)
    assert power_of(mde, 0.05, 40) == pytest.approx(0.8)
    assert detectable(0.05, 1e9) == pytest.approx(0.05 * 2.8016, rel=1e-3)  # Bloom's 2.8
    assert detectable(0.05, 10) > detectable(0.05, 100)


def test_candidates():
    table = candidates(PLAN, process(), Test(0.1), entering=(10, 59), years=(1, 2))
    se = {(r.design, r.entering, r.years): r.se for r in table.itertuples()}
    assert se["years", 0, 2] < se["years", 0, 1] < se["now", 0, 0]
    assert se["pupils", 0, 1] < se["years", 0, 1]
    assert se["all_before", 0, 0] < se["now", 0, 0]
    assert se["lottery", 10, 2] < se["lottery", 10, 1]
    assert math.isnan(se["enter", 59, 1])  # one would remain
    now = table.iloc[0]
    assert (now["treated"], now["never"]) == (70, 60)
    entering = table[(table["design"] == "enter") & (table["entering"] == 10)].iloc[0]
    assert (entering["treated"], entering["never"]) == (80, 50)
    assert set(table["design"]) == {"now", "all_before", "years", "pupils", "enter", "lottery"}


def test_no_row_for_more_pupils_where_their_part_is_not_known():
    table = candidates(PLAN, process(sampling=math.nan), Test(0.1))
    assert "pupils" not in set(table["design"])


def test_what_an_effect_needs_is_the_least_that_finds_it():
    test = Test(0.1155)
    need = years_needed(PLAN, process(), test)
    assert need.status == "reached"

    def mde(years: int) -> float:
        plan = longer(PLAN, years)
        return detectable(math.sqrt(variance(plan, process().cov(plan.periods))), test.df(130))

    assert mde(need.n) <= 0.1155 < mde(need.n - 1)
    assert years_needed(PLAN, process(), Test(1.0)).status == "already"
    assert years_needed(PLAN, process(), Test(0.01)).status == "unreachable"
    assert entering_needed(PLAN, process(), Test(0.01), lottery=True).n is None
    drawn = entering_needed(PLAN, process(), Test(0.3), lottery=True)
    rows = candidates(PLAN, process(), Test(0.3), entering=(drawn.n - 1, drawn.n), years=(1,))
    found = rows.loc[rows["design"] == "lottery", "se"].to_numpy()
    assert detectable(found[1], 58) <= 0.3 < detectable(found[0], 58)


def test_what_extends_the_design_starts_from_its_own_standard_error_and_degrees_of_freedom():
    test = Test(0.1, se=0.2, free=17.0)
    plain, started = (candidates(PLAN, process(), one, entering=(10, 50)) for one in (Test(0.1), test))
    rows = list(zip(plain.itertuples(), started.itertuples(), strict=True))
    now, before = rows[0][1], rows[0][0]
    assert (now.se, now.mde) == (pytest.approx(0.2), pytest.approx(detectable(0.2, 17.0)))
    for one, other in rows:
        factor = 1.0 if one.design == "lottery" else 0.2 / before.se
        assert other.se == pytest.approx(factor * one.se)
    worst = next(other for _, other in rows if (other.design, other.entering, other.years) == ("enter", 50, 1))
    assert worst.mde / worst.se > now.mde / now.se, "ten that remain are known with fewer degrees of freedom"
    kept = candidates(PLAN, process(), Test(0.1, clusters=12, se=0.2, free=7.0), entering=(50,))
    extended = kept[~kept["design"].isin(["lottery"])]
    assert (extended["mde"] / extended["se"]).to_numpy() == pytest.approx(detectable(1.0, 7.0))


def test_degrees_of_freedom_are_satterthwaites_of_two_groups():
    """One cohort: those of Welch's test, with the variances of both groups' mean changes."""
    cov, plan = np.eye(2), Plan((1, 2), {2: 8}, 25)
    v = np.array([2 / 8, 2 / 25])
    assert freedom(plan, cov) == pytest.approx(v.sum() ** 2 / (v**2 / np.array([7, 24])).sum())
    assert variance(plan, cov) == pytest.approx(v.sum())


@pytest.mark.parametrize(
    ("never", "entering"), [(200, (20, 40, 80)), (60, (20, 40, 58)), (22, (20,)), (9, (2, 5, 7)), (3, (1,)), (2, ())]
)
def test_no_more_enter_than_the_comparison_can_give(never, entering):
    assert numbers_entering(Plan((1, 2), {2: 5}, never), (20, 40, 80)) == entering


def test_more_periods_are_as_far_apart_as_those_measured():
    assert longer(Plan((1952, 1957, 1962, 1967), {1962: 5}, 9), 2).periods[-2:] == (1972, 1977)
    assert longer(PLAN, 2).periods[-2:] == (2024, 2025), "a year without measurement is no step"


def test_a_fresh_study_is_just_large_enough():
    units = fresh_needed(process(), Test(0.1))

    def mde(n: int) -> float:
        return detectable(math.sqrt(burlig_variance(process().cov(range(4)), 2, n, 0.5)), n - 2)

    assert mde(units) <= 0.1 < mde(units - 2)
    assert fresh_needed(process(), Test(1e-5)) is None


def test_assigned_clusters_cost_power():
    clustered = process(share=0.2)
    by_unit, by_cluster = (candidates(PLAN, clustered, t).iloc[0] for t in (Test(0.1), Test(0.1, clusters=12)))
    assert by_cluster["se"] == pytest.approx(by_unit["se"] * math.sqrt(1 + 19 * 0.2))
    assert by_cluster["mde"] > by_unit["mde"] * math.sqrt(1 + 19 * 0.2)  # fewer degrees of freedom, too
    assert fresh_needed(clustered, Test(0.1, clusters=12)) > fresh_needed(clustered, Test(0.1))


def test_what_cannot_be_planned_is_refused(make_panel):
    with pytest.raises(DesignError, match="comparison units"):
        variance(Plan((1, 2), {2: 5}, 0), np.eye(2))
    with pytest.raises(DesignError, match="variance of the outcome"):
        error_process(make_design(make_panel(units=12, clusters=3), "y", min_cohort_units=1))
