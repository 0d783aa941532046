"""Links and shares: an independent regression, statsmodels' mediation, known shares, an unobserved confounder."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
import statsmodels.formula.api as smf
from statsmodels.stats.mediation import Mediation

from pipeline.errors import DesignError
from pipeline.methods.effects import group_time, make_design
from pipeline.methods.effects.heterogeneity.mechanism import link, mediation, product


def chain(
    slope: float = 0.5,
    direct: float = 0.1,
    step: float = 0.4,
    confounding: float = 0.0,
    n: int = 300,
    periods: tuple[int, ...] = (2018, 2019, 2021, 2022),
    cohorts: tuple[int, ...] = (2021, 2022),
    seed: int = 3,
) -> pd.DataFrame:
    """Participation moves m by `step`; y = slope × m + direct effect; the errors of both correlate by `confounding`."""
    rng = np.random.default_rng(seed)
    first = np.array([0, *cohorts])[np.arange(n) % (len(cohorts) + 1)]
    rows = []
    for i in range(n):
        a, b = rng.normal(size=2)
        for p in periods:
            e = rng.multivariate_normal([0, 0], [[1, confounding], [confounding, 1]]) * 0.3
            on = float(0 < first[i] <= p)
            m = a + 0.1 * (p - 2018) + step * on + e[0]
            rows.append((f"u{i:03d}", p, first[i] or None, f"k{i % 10}", m, b + slope * m + direct * on + e[1]))
    frame = pd.DataFrame(rows, columns=["unit", "period", "cohort", "cluster", "m", "y"])
    return frame.assign(cohort=frame["cohort"].astype("Int64"))


def parts(panel: pd.DataFrame):
    m, y = make_design(panel, "m"), make_design(panel, "y")
    # units are the draws here, though the clusters made above happen to hold one cohort each
    first, total = (group_time.estimate(design, draws=199, cluster="unit") for design in (m, y))
    return first, link(m, y), total


@pytest.mark.filterwarnings("ignore:The design matrix is rank-deficient")  # one dummy too many, on purpose
def test_link_is_the_dummy_variable_regression():
    panel = chain(n=60)
    panel.loc[[5, 17, 40], "m"] = np.nan  # an unbalanced panel
    found = link(make_design(panel, "m"), make_design(panel, "y"))
    used = panel.dropna(subset=["m"]).assign(cell=lambda d: d["cohort"].astype(str) + "_" + d["period"].astype(str))
    fit = smf.ols("y ~ m + C(unit) + C(cell)", used)
    codes = pd.factorize(used["unit"])[0]
    fit = fit.fit(cov_type="cluster", cov_kwds={"groups": codes, "use_correction": False})
    assert found.slope == pytest.approx(fit.params["m"], abs=1e-8)
    assert found.se == pytest.approx(fit.bse["m"] * math.sqrt(60 / 59), rel=1e-6)
    assert found.n_obs == len(used)
    assert (found.influence**2).sum() == pytest.approx(found.se**2)


@pytest.mark.filterwarnings("ignore:The design matrix is rank-deficient")
def test_link_by_cluster():
    panel = chain(n=60)
    found = link(make_design(panel, "m"), make_design(panel, "y"), cluster="cluster")
    used = panel.assign(cell=panel["cohort"].astype(str) + "_" + panel["period"].astype(str))
    fit = smf.ols("y ~ m + C(unit) + C(cell)", used)
    codes = pd.factorize(used["cluster"])[0]
    fit = fit.fit(cov_type="cluster", cov_kwds={"groups": codes, "use_correction": False})
    assert found.se == pytest.approx(fit.bse["m"] * math.sqrt(10 / 9), rel=1e-6)
    assert found.n_clusters == 10


def test_the_effect_of_participation_makes_no_link():
    """Both steps are moved by the programme, by an effect that grows with cohort and time, and by nothing in common."""
    panel = chain(slope=0.0, direct=0.8, step=0.8)
    found = link(make_design(panel, "m"), make_design(panel, "y"))
    assert found.low < 0 < found.high
    pooled = sm.OLS(panel["y"], sm.add_constant(panel["m"])).fit()
    assert pooled.pvalues["m"] < 0.01  # what a careless regression would have said


def test_a_known_share_is_found():
    share = mediation(*_with_links(chain()), seed=1)
    assert share.path == ("m", "y")
    assert share.indirect == pytest.approx(0.5 * 0.4, abs=0.04)
    assert share.low < 0.2 / 0.3 < share.high
    assert share.high - share.low < 0.4


def test_product_at_rho_zero_is_a_times_b_and_vanishes_at_rho_tilde():
    first, one, _ = parts(chain())
    assert product(0.4, [one]) == pytest.approx(0.4 * one.slope)
    assert product(0.4, [one], one.correlation) == pytest.approx(0, abs=1e-12)
    share = mediation(first, [one], first, seed=1)
    assert share.rho_zero == one.correlation


def test_an_unobserved_confounder_bends_the_share_and_the_range_covers_it():
    panel = chain(confounding=0.5, n=600)
    first, one, total = parts(panel)
    share = mediation(first, [one], total, rho_max=0.6, seed=1)
    truth = 0.2 / 0.3
    assert not share.low < truth < share.high
    assert share.bound_low < truth < share.bound_high
    assert one.slope > 0.9  # slope 0.5 and half of the confounder's
    assert product(1.0, [one], 0.5) == pytest.approx(0.5, abs=0.05)


def test_two_periods_agree_with_statsmodels_mediation():
    panel = chain(n=120, periods=(2018, 2021), cohorts=(2021,))
    share = mediation(*_with_links(panel), seed=1)
    wide = panel.pivot(index="unit", columns="period", values=["m", "y"])
    data = pd.DataFrame({"m": wide["m"][2021] - wide["m"][2018], "y": wide["y"][2021] - wide["y"][2018]})
    data["d"] = panel.drop_duplicates("unit").set_index("unit")["cohort"].notna().astype(float)
    models = sm.OLS.from_formula("y ~ d + m", data), sm.OLS.from_formula("m ~ d", data)
    other = Mediation(*models, "d", "m").fit(method="parametric", n_rep=100, rng=1).summary()
    row = other.loc["ACME (average)"]
    assert share.indirect == pytest.approx(row["Estimate"], abs=0.02)
    assert share.indirect_low == pytest.approx(row["Lower CI bound"], abs=0.05)
    assert share.indirect_high == pytest.approx(row["Upper CI bound"], abs=0.05)


def test_monte_carlo_interval_agrees_with_the_bootstrap_over_units():
    panel = chain(n=600, direct=0.3, periods=(2018, 2021), cohorts=(2021,))
    share = mediation(*_with_links(panel), seed=1)
    wide = panel.pivot(index="unit", columns="period", values=["m", "y"])
    m, y = (wide[k][2021] - wide[k][2018] for k in "my")
    d = panel.drop_duplicates("unit").set_index("unit")["cohort"].notna().to_numpy(float)
    rng, draws = np.random.default_rng(5), []
    for _ in range(600):
        i = rng.integers(len(d), size=len(d))
        b = np.linalg.lstsq(np.column_stack([np.ones(len(i)), d[i], m.to_numpy()[i]]), y.to_numpy()[i], rcond=None)[0]
        a = m.to_numpy()[i][d[i] == 1].mean() - m.to_numpy()[i][d[i] == 0].mean()
        draws.append(a * b[2] / (b[1] + a * b[2]))
    low, high = np.quantile(draws, [0.025, 0.975])
    assert share.low == pytest.approx(low, abs=0.08)
    assert share.high == pytest.approx(high, abs=0.08)


def test_a_chain_of_two_links():
    panel = chain()
    rng = np.random.default_rng(9)
    panel["z"] = 0.5 * panel["y"] + rng.normal(0, 0.1, len(panel))
    m, y, z = (make_design(panel, k) for k in "myz")
    first, total = group_time.estimate(m, draws=199), group_time.estimate(z, draws=199)
    share = mediation(first, [link(m, y), link(y, z)], total, seed=1)
    assert share.path == ("m", "y", "z")
    assert share.indirect == pytest.approx(0.4 * 0.5 * 0.5, abs=0.03)
    assert math.isnan(share.rho_zero)
    assert share.bound_low <= share.low < share.high <= share.bound_high


def test_no_share_of_an_effect_that_may_be_nothing():
    share = mediation(*_with_links(chain(direct=-0.2)), seed=1)
    assert math.isnan(share.share)
    assert math.isnan(share.bound_low)
    assert share.indirect > 0.1


def test_the_same_seed_gives_the_same_interval():
    args = _with_links(chain(n=60))
    assert mediation(*args, seed=4).low == mediation(*args, seed=4).low


def test_a_step_that_does_not_move_or_is_hardly_there_is_refused():
    panel = chain(n=60)
    flat = panel.assign(m=panel["unit"].str[1:].astype(float))
    with pytest.raises(DesignError, match="does not change"):
        link(make_design(flat, "m"), make_design(panel, "y"))
    with pytest.raises(DesignError, match="Too few units"):
        link(make_design(chain(n=9), "m"), make_design(chain(n=9), "y"))


def _with_links(panel: pd.DataFrame):
    first, one, total = parts(panel)
    return first, [one], total
