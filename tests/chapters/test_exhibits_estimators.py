"""What the report shows of the estimators: tables, codes of the prose, and the prose itself in both languages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline.chapters import estimators
from pipeline.chapters.analysis import OutcomeEffects, estimate_outcome
from pipeline.chapters.estimator_words import COMPARISONS, ESTIMANDS, NAMES, NOTES, REFUSALS
from pipeline.languages.catalogue import say
from pipeline.languages.known import HERE
from pipeline.ledger.entries import Ledger, Results, read_results
from pipeline.methods.effects.estimators import METHODS
from pipeline.report.assets import ASSETS
from pipeline.study import Study
from tests.chapters.robust_sample import holds_nothing
from tests.chapters.robust_sample import prose as said
from tests.given import Given


def prose(study: Study, results: Results, folder: Path, lang: str) -> str:
    return said(study, results, folder, lang, "estimators")


SOURCE = Path(__file__).resolve().parents[2] / "pipeline" / "methods" / "effects"


def schools(growth: float = 0.0, cohorts: tuple[int, ...] = (2021, 2022, 2023), seed: int = 1) -> pd.DataFrame:
    """Sixty schools in six clusters; the effect grows from 0.2 by `growth` a measured period."""
    rng = np.random.default_rng(seed)
    periods = [2018, 2019, 2021, 2022, 2023, 2024]
    rows = []
    for i in range(60):
        first = [None, *cohorts][i % (len(cohorts) + 1)]
        level, x = rng.normal(size=2)
        for k, p in enumerate(periods):
            effect = 0.2 + growth * (k - periods.index(first)) if first and p >= first else 0.0
            y = level + 0.1 * k + effect + rng.normal(0, 0.1, 2)
            rows.append((f"s{i:02d}", p, first, f"k{i % 6}", *y, x))
    frame = pd.DataFrame(rows, columns=["unit", "period", "cohort", "cluster", "literacy", "numeracy", "log_pupils"])
    return frame.assign(cohort=frame["cohort"].astype("Int64"))


def effects_of(study: Study, panel: pd.DataFrame) -> dict[str, OutcomeEffects]:
    return {o.name: estimate_outcome(study, panel, o) for o in study.outcomes if o.name in panel}


def recorded(folder: Path, study: Study, panel: pd.DataFrame) -> Results:
    with Ledger("04_robustness", folder) as results:
        estimators.record(results, Given(study, folder, {}, effects_of(study, panel)))
    return read_results(folder)


@pytest.fixture(scope="module")
def flat(medan: Study, tmp_path_factory: pytest.TempPathFactory) -> Results:
    return recorded(tmp_path_factory.mktemp("flat"), medan, schools())


@pytest.fixture(scope="module")
def growing(medan: Study, tmp_path_factory: pytest.TempPathFactory) -> Results:
    return recorded(tmp_path_factory.mktemp("growing"), medan, schools(growth=0.5))


def test_one_table_a_primary_outcome_and_one_figure(flat):
    assert {"tbl_estimators_literacy", "tbl_estimators_numeracy", "tbl_estimators_methods"} <= set(flat.tables)
    assert list(flat.figures) == ["fig_estimators"]
    rows = flat.tables["tbl_estimators_literacy"].rows
    assert {r["row"] for r in rows} == {
        *(m for m, d in METHODS.items() if m not in ("cs_reg_never", "cs_ipw_never") and not d.random_timing),
        *(f"{m}_adjusted" for m, d in METHODS.items() if d.handles_covariates and m != "cs_dr_never_universal"),
    }
    main = next(r for r in rows if r["row"] == "cs_dr_never")
    assert main["departure"] == pytest.approx(0, abs=1e-9)


def test_agreement_in_numbers(flat):
    rows = {r["row"]: r for r in flat.tables["tbl_estimators_literacy"].rows}
    common = [r for name, r in rows.items() if METHODS[name.removesuffix("_adjusted")].common]
    assert flat.numbers["estimators_count_literacy"].value == len(common)
    assert flat.numbers["estimators_low_literacy"].value == min(r["value"] for r in common)
    farthest = max(common, key=lambda r: abs(r["departure"]))
    assert flat.numbers["estimators_farthest_literacy"].value == pytest.approx(abs(farthest["departure"]))
    assert flat.texts["estimators_farthest_literacy"] == farthest["row"].removesuffix("_adjusted")


def test_two_way_distance_is_explained(growing):
    n = {key: growing.numbers[f"{key}_literacy"].value for key in ("twfe_gap", "twfe_distance", "twfe_reweighting")}
    assert n["twfe_distance"] > 3
    assert n["twfe_reweighting"] == pytest.approx(n["twfe_gap"], rel=0.2)
    assert growing.numbers["twfe_first_weight_literacy"].value > growing.numbers["twfe_first_share_literacy"].value
    assert 0 < growing.numbers["twfe_forbidden_literacy"].value < 1


@pytest.mark.parametrize(
    ("lang", "near", "far"),
    [
        ("id", "Tidak satu pun menyimpang", "Bobotnya semata menyumbang"),
        ("en", "Not one departs from the main", "Its weights alone account"),
    ],
)
def test_prose_says_when_and_why_they_differ(medan, flat, growing, tmp_path, lang, near, far):
    for name, results in (("flat", flat), ("growing", growing)):
        (tmp_path / name).mkdir()
        text = prose(medan, results, tmp_path / name, lang)
        assert far in text
        assert not re.search(r"\bNone\b|\bnan\b|\?\?|\binf\b", text)
        if name == "flat" and results.numbers["estimators_farthest_literacy"].value < 1:
            assert near in text
        if name == "growing":
            differs = {"id": "berbeda dari estimasi utama sebesar −", "en": "differs from the main estimate by −"}
            assert differs[lang] in text
        assert {"id": "## Estimator\n", "en": "## Estimators\n"}[lang] in text


@pytest.mark.parametrize("lang", ["id", "en"])
def test_prose_of_a_farther_estimator_and_of_disagreement(medan, flat, tmp_path, lang):
    """Every method that can lie farthest has its words, and every reason."""
    words = {"id": "Yang terjauh dari estimasi utama", "en": "Farthest from the main estimate"}
    numbers = dict(flat.numbers)
    key = "estimators_farthest_literacy"
    numbers[key] = numbers[key].__class__(**{**numbers[key].__dict__, "value": 2.5})
    for method in (m for m, d in METHODS.items() if d.common):
        for why in ("base", "comparison", "anticipation", "weights", "rows"):
            texts = flat.texts | {
                "estimators_farthest_literacy": method,
                "estimators_why_literacy": why,
                "estimators_sign_literacy": "mixed",
                "estimators_exclude_zero_literacy": "some",
                "estimators_farthest_adjusted_literacy": "yes",
            }
            changed = flat.__class__(**{**flat.__dict__, "numbers": numbers, "texts": texts})
            folder = tmp_path / f"{method}_{why}"
            folder.mkdir()
            text = prose(medan, changed, folder, lang)
            assert words[lang] in text
            assert {"id": "**temuan ini bergantung pada estimator**", "en": "**the finding depends on"}[lang] in text


def test_refused_estimators_are_rows_with_a_reason(medan, tmp_path):
    """A cohort with one period before its start: no estimate with anticipation, told in words."""
    results = recorded(tmp_path, medan, schools(cohorts=(2019,)))
    row = next(r for r in results.tables["tbl_estimators_literacy"].rows if r["row"] == "cs_anticipation_1")
    assert row["value"] is None
    assert results.numbers["estimators_refused_literacy"].value == 2  # with covariates too
    notes = results.tables["tbl_estimators_notes"]
    assert {"method": "cs_anticipation_1", "outcome": "every", "note": "refused_no_earlier_base"} in notes.rows
    assert {"method": "design", "outcome": "every", "note": "one_pre_period"} in notes.rows
    text = prose(medan, results, tmp_path, "en")
    assert "Estimates that these data do not allow: 2" in text
    assert say(REFUSALS["no_earlier_base"], "en") in text


def test_notes_name_the_outcome_where_it_matters(medan, tmp_path):
    panel = schools()
    panel.loc[(panel["unit"] == "s05") & (panel["period"] == 2022), "numeracy"] = np.nan
    notes = recorded(tmp_path, medan, panel).tables["tbl_estimators_notes"].rows
    assert {"method": "design", "outcome": "numeracy", "note": "unbalanced"} in notes
    assert {"method": "synthetic_did", "outcome": "numeracy", "note": "balanced_only"} in notes
    assert not [r for r in notes if r["note"] == "unbalanced" and r["outcome"] != "numeracy"]


def test_bare_panels_are_shown_too(medan, tmp_path):
    """No cluster, no covariate, three periods, two cohorts."""
    panel = schools(cohorts=(2019, 2021)).query("period <= 2021").drop(columns=["cluster", "log_pupils", "numeracy"])
    results = recorded(tmp_path, medan, panel)
    assert {r["row"] for r in results.tables["tbl_estimators_literacy"].rows} <= set(METHODS)
    assert "## Estimators" in prose(medan, results, tmp_path, "en")


def test_nothing_is_recorded_without_primary_outcomes(medan, tmp_path):
    with Ledger("04_robustness", tmp_path) as results:
        estimators.record(results, Given(medan, tmp_path))
    found = read_results(tmp_path)
    assert holds_nothing(found)
    assert prose(medan, found, tmp_path, "en").strip() == ""


def test_every_method_note_and_refusal_has_words():
    for code in METHODS:
        for lang in ("id", "en"):
            assert say(NAMES[code], lang)
            assert say(ESTIMANDS[code], lang)
    assert {m.comparison for m in METHODS.values()} <= set(COMPARISONS)
    files = [
        SOURCE / "library.py",
        *(p for name in ("estimators", "design", "group_time") for p in (SOURCE / name).glob("*.py")),
    ]
    source = "\n".join(path.read_text(encoding="utf-8") for path in files)
    told = set(re.findall(r'Note\(\s*"([a-z_]+)"', source)) | set(re.findall(r'\(r".*", "([a-z_]+)"', source))
    assert len(told) > 30
    assert told - {"library"} <= set(NOTES)
    errors = [
        {k.arg: k.value for k in node.keywords}.get("code")
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "").endswith("Error")
    ]
    codes = {node.value for node in errors if isinstance(node, ast.Constant)}
    assert codes
    assert codes <= set(REFUSALS)


def test_every_citation_exists():
    known = set(re.findall(r'"id": "([^"]+)"', (ASSETS / "references.json").read_text(encoding="utf-8")))
    cited = {key for method in METHODS.values() for key in method.citations}
    for lang in ("id", "en"):
        text = (HERE / lang / "estimators.ftl").read_text(encoding="utf-8")
        cited |= {key for key in re.findall(r"@([a-z0-9-]+)", text) if not key.startswith(("tbl-", "fig-", "sec-"))}
    assert cited <= known
