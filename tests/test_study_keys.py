"""Every key of a study is carried out or refused: none is taken and passed over.

The keys that a report of the demonstration reads are told by its own records (`tests/acceptance/test_report.py`); the
others are changed here one by one, on a small panel, and each must change what is made, or be refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.chapters import replication
from pipeline.chapters.analysis import estimate_outcome, judge_outcomes, smallest_of
from pipeline.clean.run import gather
from pipeline.errors import StudyError, UserError
from pipeline.ledger.entries import Ledger, read_results
from pipeline.report import brand
from pipeline.report.document import front_matter
from pipeline.study import load_study
from tests.given import Given
from tests.keys_elsewhere import ELSEWHERE, work
from tests.study_keys import keys_of_the_model

Change = dict[str, Any]


def _made(folder: Path, tmp_path: Path) -> str:
    """What a study makes of its panel: tables, estimates, verdicts, ledger of the replication, cover; as one text."""
    study = load_study("mine", folder)
    found = gather(study, 2024, study.raw_root(folder))
    found.faults.stop()
    panel = found.tables["panel"]
    account = found.accounts[0]
    effects = {o.name: estimate_outcome(study, panel, o) for o in study.outcomes}
    results = tmp_path / "results"
    with Ledger("03_effects", results) as ledger:
        replication.record(ledger, Given(study, tmp_path, {"panel": panel}, effects))

    verdicts = judge_outcomes(study, effects, read_results(results))
    overall = {
        name: (repr(found.main.overall), found.main.event, found.main.calendar) for name, found in effects.items()
    }
    told = [panel.to_csv(), account.rows(), account.raw.reading, overall, verdicts, front_matter(study, 2024, "id")]
    told.append(brand.front_matter(study, folder, tmp_path))
    return "\n".join(map(str, [*told, (results / "03_effects.json").read_text()]))


_REPLICATION = {"outcome": "score", "lags": 1, "vcov": "classical", "n": 280, "source": {"id": "Tabel 1"},
    "terms": [{"term": "lag_0", "label": {"id": "Program"}, "value": 2.0, "se": 0.1}]}  # fmt: skip
PANEL: dict[str, tuple[Change, Change]] = {
    "panel.file": ({}, {"panel.file": "no_such.csv"}),
    "panel.unit": ({}, {"panel.unit": "group"}),
    "panel.period": ({}, {"panel.period": "lag"}),
    "panel.frequency": ({}, {"panel.frequency": "quarter"}),
    "panel.cohort": ({}, {"panel.cohort": "no_such_column"}),
    "panel.treated": ({}, {"panel.cohort": None, "panel.treated": "area"}),
    "panel.dose": ({}, {"panel.cohort": None, "panel.dose": "other"}),
    "panel.switches": (
        {"panel.cohort": None, "panel.treated": "spell"},
        {"panel.cohort": None, "panel.treated": "spell", "panel.switches": "started"},
    ),
    "panel.treated_from": (
        {"panel.cohort": None, "panel.treated": "part", "panel.treated_from": 0.25},
        {"panel.cohort": None, "panel.treated": "part", "panel.treated_from": 0.75},
    ),
    "panel.cluster": ({}, {"panel.cluster": "area"}),
    "panel.covariates": ({}, {"panel.covariates": ["size"]}),
    "panel.stratum": ({"program.timing": "random"}, {"program.timing": "random", "panel.stratum": "area"}),
    "panel.weight": ({}, {"panel.weight": "pop"}),
    "panel.skm": ({}, {"panel.skm": {"n": "n", "elements": [f"u{k}" for k in range(1, 10)]}}),
    "panel.skm.n": ({}, {"panel.skm": {"n": "n", "elements": ["score"] * 9}}),
    "panel.skm.elements": ({}, {"panel.skm": {"n": "pop", "elements": [f"u{k}" for k in range(1, 10)]}}),
    "panel.person_units": ({}, {"panel.person_units": True}),
    "panel.encoding": ({}, {"panel.encoding": "utf-16"}),
    "panel.separator": ({}, {"panel.separator": ";"}),
    "panel.decimal": ({}, {"panel.decimal": ","}),
    "panel.sheet": ({}, {"panel.sheet": "no_such_sheet"}),
    "panel.missing": ({}, {"panel.missing": [11.274]}),
    "panel.never": ({}, {"panel.never": [2021]}),
    "panel.alike": ({"panel.unit": "twin"}, {"panel.unit": "twin", "panel.alike": "distinct"}),
    "panel.expect": ({}, {"panel.expect": {"rows": 7, "units": 40}}),
    "panel.expect.rows": ({}, {"panel.expect": {"rows": 281}}),
    "panel.expect.units": ({}, {"panel.expect": {"units": 41}}),
    "panel.tolerances": ({}, {"panel.tolerances": {"bad_nmber": 0.5}}),
    "outcomes.*.smallest_effect_unit": (
        {"outcomes.0.smallest_effect": 0.5},
        {"outcomes.0.smallest_effect": 0.5, "outcomes.0.smallest_effect_unit": "sd"},
    ),
    "outcomes.*.column": ({}, {"outcomes.0.column": "other"}),
    "outcomes.*.denominator": ({}, {"outcomes.0.denominator": "pop"}),
    "outcomes.*.transform": ({}, {"outcomes.0.transform": "log"}),
    "covariates": ({}, {"covariates": ["size"]}),
    "inference.level": ({}, {"inference.level": 0.9}),
    "inference.bootstrap_draws": ({}, {"inference.bootstrap_draws": 199}),
    "inference.control": ({"panel.cohort": "later"}, {"panel.cohort": "later", "inference.control": "not_yet"}),
    "inference.min_cohort_units": ({}, {"inference.min_cohort_units": 21}),
    "program.assigned_at": ({}, {"program.assigned_at": "cluster"}),
    "seed": ({}, {"seed": 2}),
    "kit": ({}, {"kit": "health"}),
    "report.brand.colour": ({}, {"report.brand": {"colour": "#006747"}}),
    "report.brand.logo": ({}, {"report.brand": {"logo": "no_such.png"}}),
    "report.brand.font": ({}, {"report.brand": {"font": "no_such.ttf"}}),
    "replication": ({}, {"replication": _REPLICATION}),
    "replication.outcome": ({}, {"replication": {**_REPLICATION, "outcome": "scor"}}),
    "replication.lags": ({"replication": _REPLICATION}, {"replication": {**_REPLICATION, "lags": 2}}),
    "replication.vcov": ({"replication": _REPLICATION}, {"replication": {**_REPLICATION, "vcov": "cluster"}}),
    "replication.n": ({"replication": _REPLICATION}, {"replication": {**_REPLICATION, "n": 281}}),
    "replication.source": ({"replication": _REPLICATION}, {"replication": {**_REPLICATION, "source": {"id": "Tabel 2"}}}),
    **{
        f"replication.terms.*.{key}": (
            {"replication": _REPLICATION},
            {"replication": {**_REPLICATION, "terms": [{**_REPLICATION["terms"][0], key: value}]}},  # type: ignore[index]
        )
        for key, value in {"term": "period_2019", "label": {"id": "Lain"}, "value": 3.0, "se": 0.2}.items()
    },
    "first_period": ({}, {"first_period": 2020}),
    "period_start_month": ({}, {"period_start_month": 1}),
    **{
        f"specifications.samples.*.{key}": ({}, {"specifications": {"samples": [{"code": "a", key: value}]}})
        for key, value in {"where": {"nothing": 1}, "without_cohorts": [1], "first_period": 2030}.items()
    },
}  # fmt: skip


_DOSE = {"label": {"id": "dosis"}, "step_label": {"id": "satu langkah"}}


def _outcome(folder: Path, tmp_path: Path) -> str:
    try:
        return _made(folder, tmp_path)
    except UserError as error:
        return f"refused: {error}"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Change], str]:
    """What the study makes before a change; each once."""
    made: dict[str, str] = {}

    def make(changes: Change) -> str:
        key = json.dumps(changes, sort_keys=True)
        if key not in made:
            folder = tmp_path_factory.mktemp("plain")
            made[key] = _outcome(work(folder / "w", changes), folder)
        return made[key]

    return make


@pytest.mark.parametrize("key", PANEL)
def test_a_change_of_the_key_changes_what_is_made_or_is_refused(
    key: str, plain: Callable[[Change], str], tmp_path: Path
) -> None:
    before, after = PANEL[key]
    assert _outcome(work(tmp_path / "w", after), tmp_path) != plain(before)


def test_nothing_changes_where_nothing_is_changed(plain: Callable[[Change], str], tmp_path: Path) -> None:
    assert not plain({}).startswith("refused")
    assert _outcome(work(tmp_path / "w", {}), tmp_path) == plain({})


@pytest.mark.parametrize("probe", dict.fromkeys(ELSEWHERE.values()), ids=lambda probe: probe.__name__.strip("_"))
def test_keys_that_no_notebook_reads_have_their_effect(probe: Callable[[Path], None], tmp_path: Path) -> None:
    probe(tmp_path)


def test_every_key_listed_here_is_one_of_the_model() -> None:
    known = set(keys_of_the_model())
    assert [key for key in (*PANEL, *ELSEWHERE) if key not in known] == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"covariates": ["siz"]}, "column 'siz' is missing"),
        ({"program.assigned_at": "cluster"}, "panel.cluster"),
        ({"panel.tolerances": {"bad_nmber": 0.1}}, "did you mean 'bad_number'?"),
        ({"panel.tolerances": {"bad_number": 1.5}}, "between 0 and 1"),
        ({"panel.weight": "no_such_column"}, "no_such_column"),
        ({"first_period": 2020}, "a panel alone has none"),
        ({"verdict": {"power_": 0.9}}, "power"),
        ({"verdict": {"power": 1.9}}, "less than 1"),
        ({"dose": {"label": {"id": "a"}, "step_label": {"id": "b"}}}, "both or neither"),
        ({"panel.dose": "pop"}, "two designs"),
        ({"panel.cohort": None, "panel.treated": "status", "panel.dose": "pop", "dose": _DOSE}, "two designs"),
        ({"outcomes.0.denominator": "no_such_column"}, "no_such_column"),
        ({"panel.cohort": None, "panel.dose": "pop", "dose": _DOSE, "outcomes.0.denominator": "n"}, "denominator"),
        (
            {"panel.cohort": None, "panel.dose": "pop", "dose": _DOSE, "verdict": {"power": 0.9}},
            "`verdict` is for programmes",
        ),
        ({"panel.cohort": None, "panel.dose": "pop", "dose": _DOSE, "inference.control": "never"}, "inference.control"),
        ({"panel.cohort": None, "panel.dose": "pop", "dose": _DOSE, "panel.weight": "pop"}, "panel.weight"),
        (
            {"panel.cohort": None, "panel.dose": "pop", "dose": _DOSE, "outcomes.0.smallest_effect": 1},
            "smallest_effect",
        ),
        ({"panel.cohort": None, "panel.dose": "pop", "dose": {**_DOSE, "lags": 9}}, "less than or equal to 4"),
        ({"panel.treated_from": 0.5}, "this panel has no `treated`"),
        ({"panel.stratum": "area"}, "needs `program.timing: random`"),
        ({"program.timing": "random", "panel.stratum": "no_such_column"}, "no_such_column"),
        ({"program.timing": "random", "panel.stratum": "lag"}, "more than one stratum"),
        ({"panel.cohort": None, "panel.dose": "pop", "dose": _DOSE, "program.timing": "random"}, "program.timing"),
        ({"shape": {"count_maen": 5}}, "did you mean 'count_mean'?"),
        ({"shape": {"bound_share": 1.5}}, "less than 1"),
    ],
)
def test_what_cannot_be_carried_out_is_refused_by_its_name(change: Change, words: str, tmp_path: Path) -> None:
    told = _outcome(work(tmp_path / "w", change), tmp_path)
    assert told.startswith("refused")
    assert words in told


def test_a_key_that_stands_twice_is_refused_with_its_line(tmp_path: Path) -> None:
    path = work(tmp_path / "w", {}) / "studies/mine/study.yml"
    lines = len(path.read_text().splitlines())
    path.write_text(path.read_text() + "seed: 2\n")
    with pytest.raises(StudyError, match="the key 'seed' stands twice") as caught:
        load_study("mine", tmp_path / "w")
    assert f"line {lines + 1}" in str(caught.value)


def test_covariates_at_either_place_are_the_same(tmp_path: Path) -> None:
    top = _outcome(work(tmp_path / "a", {"covariates": ["size"]}), tmp_path / "x")
    inside = _outcome(work(tmp_path / "b", {"panel.covariates": ["size"]}), tmp_path / "y")
    assert top == inside
    assert not top.startswith("refused")


def test_the_power_of_the_study_is_that_of_the_test_before_the_programme(tmp_path: Path) -> None:
    """What the pre-trend test could have found is said for the power that the study declares."""
    found = {}
    for power in (0.8, 0.95):
        study = load_study("mine", work(tmp_path / str(power), {"verdict": {"power": power}}))
        panel = gather(study, 2024, study.raw_root(tmp_path / str(power))).tables["panel"]
        found[power] = estimate_outcome(study, panel, study.outcomes[0]).pretrend
    assert [one.power for one in found.values()] == [0.8, 0.95]
    assert found[0.95].detectable_slope > found[0.8].detectable_slope


def test_a_smallest_effect_means_the_same_in_every_unit(tmp_path: Path) -> None:
    """Half a standard deviation, the same in points, and the same of an outcome in hundredths: one verdict, one number."""
    kept = {}
    for name, change in {
        "sd": {"outcomes.0.smallest_effect": 0.5, "outcomes.0.smallest_effect_unit": "sd"},
        "hundredths": {
            "outcomes.0.smallest_effect": 0.5,
            "outcomes.0.smallest_effect_unit": "sd",
            "outcomes.0.column": "hundredths",
        },
    }.items():
        folder = work(tmp_path / name, change)
        path = folder / "data/raw/mine/2024/panel.csv"
        panel = pd.read_csv(path, dtype={"first_treated": str}, keep_default_na=False)
        panel.assign(hundredths=panel["score"] * 100).to_csv(path, index=False)
        study = load_study("mine", folder)
        tidy = gather(study, 2024, study.raw_root(folder)).tables["panel"]
        effects = {o.name: estimate_outcome(study, tidy, o) for o in study.outcomes}
        kept[name] = smallest_of(study, study.outcomes[0], effects["score"]), judge_outcomes(study, effects)["score"]
    (points, verdict), (hundredths, other) = kept["sd"], kept["hundredths"]
    assert points is not None
    assert hundredths == pytest.approx(100 * points)
    assert verdict.smallest_effect == pytest.approx(points)
    assert (verdict.code, verdict.codes) == (other.code, other.codes)
