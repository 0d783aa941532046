"""The validation, short: every part runs, holds, and fails where an estimator is broken."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from pipeline.chapters.validation import record_experiment, remarks
from pipeline.errors import StepError
from pipeline.ledger.entries import Ledger, read_results
from pipeline.methods.effects import group_time, make_design
from pipeline.methods.effects.estimators import doses, linear
from pipeline.methods.effects.judgement.error_rates import beyond_by_chance
from pipeline.report.doc import Doc
from pipeline.report.prose import Prose
from pipeline.study import ROOT, Study
from pipeline.validation import agreement as agreement_module
from pipeline.validation import data
from pipeline.validation.agreement import agreement
from pipeline.validation.montecarlo import DEFAULT, default_choice, experiment
from pipeline.validation.published import published
from pipeline.validation.run import check_results
from pipeline.validation.worlds import SCENARIOS, draw, simulate, true_effect
from tests import warm


def test_printed_numbers_are_reproduced() -> None:
    table = published()
    assert table["set"].nunique() == 9
    assert len(table) == 58
    assert table["agrees"].all(), table[~table["agrees"]]


def test_implementations_agree() -> None:
    table = agreement()
    assert table["agrees"].all(), table[~table["agrees"]]


def test_a_broken_estimator_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    right = linear.imputation

    def shifted(*args, **kwargs):
        found = right(*args, **kwargs)
        return linear.Influence(found.value + 1e-5, found.psi, found.units, found.n_obs)

    monkeypatch.setattr(agreement_module.linear, "imputation", shifted)
    table = agreement().set_index("quantity")
    assert not table.loc["imputation_library", "agrees"]
    assert table.loc["twfe_dummies", "agrees"]


def test_worlds_are_what_they_say() -> None:
    rng = np.random.default_rng(1)
    assert true_effect(simulate(SCENARIOS["none"], rng)) == 0
    assert true_effect(simulate(SCENARIOS["constant"], rng)) == pytest.approx(0.15)
    few = simulate(SCENARIOS["few_clusters"], rng)
    assert few.groupby("cluster")["cohort"].nunique(dropna=False).eq(1).all()
    assert 2020 not in set(simulate(SCENARIOS["gap"], rng)["period"])
    wide = (
        simulate(SCENARIOS["serial"], rng)
        .assign(e=lambda f: f["y"] - f["effect"])
        .pivot(index="unit", columns="period", values="e")
    )
    wide = wide.sub(wide.mean(axis=1), axis=0) - wide.mean()
    near, far = wide.corr().to_numpy()[0, 1], wide.corr().to_numpy()[0, 6]
    assert near > far + 0.3


def test_the_generators_panels_carry_their_truth() -> None:
    """Averaged over draws, cell means move by the recorded effects; each draw is another world."""
    panels = [draw("generator", 3, number) for number in range(12)]
    assert not panels[0]["y"].equals(panels[1]["y"])
    gaps = []
    for panel in panels:
        assert (panel["effect"] > 0).any()
        assert panel["cluster"].nunique() == 21
        means = panel.groupby([panel["cohort"].fillna(0), "period"])["y"].mean()
        truth = panel[panel["cohort"] == 2021].groupby("period")["effect"].mean()
        found = (means[2021, 2024] - means[2021, 2019]) - (means[0, 2024] - means[0, 2019])
        gaps.append(found - truth[2024])
    assert abs(np.mean(gaps)) < 3.5 * np.std(gaps) / np.sqrt(len(gaps))


def test_the_number_of_processes_does_not_matter() -> None:
    one, two = (experiment(["constant"], [DEFAULT], 4, 5, wild_draws=199, workers=n) for n in (1, 2))
    assert one.equals(two)


def test_the_short_report_by_command(tmp_path) -> None:
    # started as a person starts it: its notebook shares work among processes, which need libraries as they load them
    asked = ("validate", "--short", "--lang", "en", "--engine", "embedded")
    done = warm.started(asked, {**os.environ, "EVALUATION_ROOT": str(tmp_path)})
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "reports/validation/en/report.html").read_text(encoding="utf-8")
    assert "This is the short version" in page
    assert "Drunk driving laws" in page
    assert (tmp_path / "reports/validation/en/report.pdf").is_file()


def test_coverage_outside_its_range_fails(tmp_path) -> None:
    table = experiment(["constant"], [DEFAULT], 6, 5, wild_draws=199, workers=1)
    assert default_choice(table)["holds"].all()
    poor = default_choice(table.assign(coverage=0.5, n=400))
    assert not poor["holds"].any()
    with Ledger("validation", tmp_path) as results:
        for name, value in (("published", 1), ("agreement", 1)):
            results.number(f"{name}_n", value)
            results.number(f"{name}_agree", value)
        for name in ("bounds_n", "bounds_kept", "default_worlds"):
            results.number(name, 1)
        results.number("default_hold", int(poor["holds"].sum()))
    with pytest.raises(StepError, match="coverage of the default choice"):
        check_results(tmp_path)


def test_what_chance_brings_is_that_of_simulated_coverage() -> None:
    panels, most = [400] * 6 + [1000], 2.0
    rng = np.random.default_rng(3)
    shares = np.column_stack([rng.binomial(n, 0.95, 40_000) / n for n in panels])
    off = np.abs(shares - 0.95) / np.sqrt(0.95 * 0.05 / np.array(panels)) > most
    expected, chance = beyond_by_chance(panels, 2, most)
    assert expected == pytest.approx(off.sum(axis=1).mean(), abs=0.01)
    assert chance == pytest.approx((off.sum(axis=1) >= 2).mean(), abs=0.005)
    assert beyond_by_chance(panels, 0, most)[1] == pytest.approx(1.0)


def _coverage(**shares: float) -> pd.DataFrame:
    """What an experiment of the default choice would have found, with 400 panels a world."""
    rows = [
        {"scenario": name, "method": DEFAULT, "inference": "unit", "n": 400, "coverage": share, "common": True}
        | dict.fromkeys(("bias", "bias_se", "sd", "mean_se", "flagged", "coverage_se"), 0.01)
        for name, share in shares.items()
    ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("lang", "above", "below", "none"),
    [
        (
            "en",
            "Unbalanced panel: 97.5%, by 2.3 Monte Carlo errors above",
            "own generator: 92.0%, by 2.8",
            "none lies further",
        ),
        (
            "id",
            "97,5%, 2,3 galat Monte Carlo di atas",
            "92,0%, 2,8 galat Monte Carlo di bawah",
            "tidak ada yang terletak",
        ),
    ],
)
def test_every_world_further_off_than_chance_explains_is_remarked_on(tmp_path, lang, above, below, none) -> None:
    study = Study.model_validate(yaml.safe_load((Path(data.__file__).parent / "study.yml").read_text(encoding="utf-8")))
    told = {}
    worlds = {"none": 0.953, "constant": 0.948, "few_clusters": 0.74}
    for name, more in (("off", {"unbalanced": 0.975, "generator": 0.92}), ("still", {"unbalanced": 0.96})):
        runs = _coverage(**worlds, **more)
        with Ledger("validation", tmp_path / name) as results:
            record_experiment(results, runs, default_choice(runs), 400)
        doc = Doc(Prose(study, 0, lang, read_results(tmp_path / name), tmp_path / f"figures-{name}"))
        remarks(doc)
        told[name] = doc.markdown().replace("\u00a0", " ")
    assert above in told["off"]
    assert below in told["off"]
    assert told["off"].count("Monte Carlo") == 3
    assert none in told["still"]
    assert none not in told["off"]


def test_the_shipped_copy_of_castle_is_what_the_page_says() -> None:
    """States, years, first laws; no column beyond the four; what group-time effects say."""
    path = Path(data.__file__).with_name("castle.csv")
    assert path.read_text(encoding="utf-8").splitlines()[0] == "sid,year,post,l_homicide"
    frame = data.castle_doctrine()
    assert (frame["unit"].nunique(), len(frame), frame["period"].min(), frame["period"].max()) == (50, 550, 2000, 2010)
    first = frame.drop_duplicates("unit")["cohort"].value_counts().sort_index()
    assert first.to_dict() == {2006: 1, 2007: 13, 2008: 4, 2009: 2, 2010: 1}
    found = group_time.estimate(make_design(frame, "l_homicide", min_cohort_units=1), draws=199).overall
    text = (ROOT / "docs/validation.md").read_text(encoding="utf-8")
    assert f"{found.value:.3f} ({found.se:.3f}), from\n{found.low:.3f} to {found.high:.3f}" in text


def test_the_clustered_error_of_spending_is_that_of_the_page() -> None:
    panel = data.school_spending()
    table = doses.first_differences(panel, "math4", "lrexpp", lags=1, covariates=["lenrol", "lunch"]).table
    assert f"{table.set_index('term').loc['dose_lag_1', 'se']:.2f}" == "5.13"
