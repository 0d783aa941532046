"""What the report shows of inference, multiplicity and heterogeneity, and the prose in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline.chapters import heterogeneity, inference, multiplicity
from pipeline.chapters.analysis import OutcomeEffects, estimate_outcome
from pipeline.chapters.heterogeneity import FEATURES
from pipeline.languages.catalogue import say
from pipeline.languages.message import literal, msg
from pipeline.ledger.entries import Ledger, Results, read_results
from pipeline.methods.effects.inference import randomisation_test, restricted_bootstrap, two_way
from pipeline.report.assets import ASSETS
from pipeline.report.doc import Doc
from pipeline.report.prose import Prose
from pipeline.study import Study, load_study
from tests.chapters.robust_sample import holds_nothing, prose
from tests.given import Given

BAD = re.compile(r"\bNone\b|\bnan\b|\?\?|\binf\b")
TOPICS = ("inference", "multiplicity", "heterogeneity")


def schools(
    effect: float = 0.3, gap: float = 0.0, by_cluster: bool = False, n: int = 96, seed: int = 1
) -> pd.DataFrame:
    """Schools of two levels in twelve clusters; the effect in the upper level differs by `gap`."""
    rng = np.random.default_rng(seed)
    rows = []
    for i in range(n):
        cluster = (i // 2) % 12
        first = [None, 2021, None, 2022][cluster % 4 if by_cluster else (i // 4) % 4]
        own, size, upper = rng.normal(0, 0.3), rng.normal(5, 1), i % 2
        for p in (2018, 2019, 2021, 2022, 2023):
            on = (effect + gap * upper) if first and p >= first else 0.0
            scores = own + on + rng.normal(0, 0.15, 4)
            rows.append((f"s{i:03d}", p, first, f"k{cluster:02d}", ["SD", "SMP"][upper], size, *scores))
    names = ["unit", "period", "cohort", "cluster", "level", "log_pupils"]
    outcomes = ["literacy", "numeracy", "innovative_methods", "pupil_activity"]
    frame = pd.DataFrame(rows, columns=[*names, *outcomes])
    return frame.assign(cohort=frame["cohort"].astype("Int64"))


def quick(study: Study, **program) -> Study:
    """The study with few draws."""
    inference = study.inference.model_copy(update={"bootstrap_draws": 199, "wild_draws": 199})
    changed = study.program.model_copy(update=program)
    return study.model_copy(update={"inference": inference, "program": changed})


def analysed(study: Study, panel: pd.DataFrame) -> dict[str, OutcomeEffects]:
    return {o.name: estimate_outcome(study, panel, o) for o in study.outcomes if o.name in panel}


def recorded(folder: Path, study: Study, panel: pd.DataFrame, **options) -> Results:
    effects = analysed(study, panel)
    with Ledger("04_robustness", folder) as results:
        for topic in (inference, multiplicity, heterogeneity):
            topic.record(results, Given(study, folder, {"panel": panel}, effects))
    return read_results(folder)


@pytest.fixture(scope="module")
def effective(medan, tmp_path_factory) -> Results:
    return recorded(tmp_path_factory.mktemp("effective"), quick(medan), schools(gap=0.4))


@pytest.fixture(scope="module")
def nothing(medan, tmp_path_factory) -> Results:
    return recorded(tmp_path_factory.mktemp("nothing"), quick(medan), schools(effect=0.0, seed=4))


@pytest.fixture(scope="module")
def areas(medan, tmp_path_factory) -> Results:
    study = quick(medan, assigned_at="cluster")
    return recorded(tmp_path_factory.mktemp("areas"), study, schools(by_cluster=True))


def test_every_kind_of_inference_in_one_table(medan, effective):
    rows = {r["method"]: r for r in effective.tables["tbl_inference_literacy"].rows}
    assert list(rows) == [
        *("unit_normal", "cluster_normal", "cluster_t", "multiplier", "restricted", "randomisation"),
        *("cr1s", "cr2", "cr3", "wild_rademacher", "wild_webb"),
    ]
    study = quick(medan)
    found = analysed(study, schools(gap=0.4))["literacy"]
    main = found.main.overall
    assert [rows["unit_normal"][k] for k in ("value", "se")] == pytest.approx([main.value, main.interval_se])
    assert rows["unit_normal"]["low"] > main.low  # which has a t quantile
    bell = two_way(found.design)
    assert [rows["cr2"][k] for k in ("value", "se", "df", "p")] == pytest.approx(
        [bell.value, bell.se, bell.extra["df"], bell.p]
    )
    assert rows["cr2"]["df"] < rows["cr1s"]["df"] == rows["cluster_t"]["df"] == 11
    assert rows["restricted"]["p"] == restricted_bootstrap(found.design, draws=199, seed=study.seed).p
    assert rows["randomisation"]["p"] == randomisation_test(found.design, draws=199, seed=study.seed).p
    assert rows["randomisation"]["low"] is None
    assert {r["estimand"] for m, r in rows.items() if m.startswith(("cr", "wild"))} == {"att_twfe"}
    values = [r["value"] for m, r in rows.items() if not m.startswith(("cr", "wild"))]
    assert values == pytest.approx([main.value] * 6)
    p = [r["p"] for r in rows.values()]
    assert effective.numbers["inference_highest_literacy"].value == max(p)
    assert effective.numbers["inference_n_literacy"].value == len(p) == 11
    assert effective.texts["inference_agree_literacy"] == "all"


def test_areas_are_permuted_where_areas_were_assigned(areas):
    row = {r["method"]: r for r in areas.tables["tbl_inference_literacy"].rows}
    assert row["randomisation"]["draws"] == 12
    assert row["unit_normal"]["draws"] == 96


def test_a_method_that_does_not_apply_is_a_row_of_dashes(medan, tmp_path):
    """Assigned by area, says the study; but cohorts differ within areas."""
    found = recorded(tmp_path, quick(medan, assigned_at="cluster"), schools())
    row = {r["method"]: r for r in found.tables["tbl_inference_literacy"].rows}["randomisation"]
    assert (row["p"], row["value"], row["estimand"]) == (None, None, "att")
    assert found.numbers["inference_n_literacy"].value == 10


def test_spatial_rows_where_coordinates_are_given(medan, tmp_path, monkeypatch):
    monkeypatch.setattr(inference, "CUTOFFS_KM", (1.5, 4.0))
    panel = schools(n=48)
    rng = np.random.default_rng(0)
    units = sorted(panel["unit"].unique())
    places = pd.DataFrame(
        {"latitude": 3.5 + 0.1 * rng.random(48), "longitude": 98.6 + 0.1 * rng.random(48)}, index=units
    )
    study = quick(medan)
    effects = analysed(study, panel)
    with Ledger("04_robustness", tmp_path) as results:
        inference.record(results, Given(study, tmp_path, {"panel": panel.join(places, on="unit")}, effects))
    table = read_results(tmp_path).tables["tbl_inference_literacy"]
    assert [r["method"] for r in table.rows][-2:] == ["conley_1.5", "conley_4"]
    assert [say(table.columns[0].codes["conley_1.5"], lang) for lang in ("id", "en")] == [
        "Spasial (Conley), 1,5 km",
        "Spatial (Conley), 1.5 km",
    ]


def test_families(effective, nothing):
    rows = effective.tables["tbl_multiplicity"].rows
    assert [r["outcome"] for r in rows] == ["literacy", "numeracy"]
    assert all(r["p"] <= r["p_romano_wolf"] for r in rows)
    assert (effective.texts["multiplicity_family"], nothing.texts["multiplicity_family"]) == ("all", "none")
    explored = effective.tables["tbl_multiplicity_exploratory"].rows
    assert [(r["outcome"], r["cohort"]) for r in explored] == [
        *[(o, c) for o in ("literacy", "numeracy") for c in ("2021", "2022")],
        *[(o, "never") for o in ("innovative_methods", "pupil_activity")],
    ]
    assert effective.tables["tbl_multiplicity_exploratory"].columns[1].codes["never"] == msg("multiplicity-codes-never")
    assert effective.numbers["multiplicity_found"].value == effective.numbers["multiplicity_explored"].value == 6
    assert effective.numbers["multiplicity_found_open"].value == 0


@pytest.mark.parametrize(("p", "told"), [(0.055, True), (0.02, False)])
def test_a_small_q_beside_an_interval_with_zero_is_told(medan, tmp_path, p, told):
    """With most other tests rejecting, q may be below the level where p is not."""
    table = pd.DataFrame(
        {"outcome": ["innovative_methods"] * 2, "cohort": [2021, 2022], "value": 0.1, "se": 0.05, "p": [0.001, p]}
    )
    with Ledger("04_robustness", tmp_path / "ledger") as ledger:
        multiplicity._explored(
            ledger, medan, table.assign(q=[0.001, 0.016]), {"innovative_methods": literal("M")}, 0.05
        )
    doc = Doc(Prose(medan, 2024, "en", read_results(tmp_path / "ledger"), tmp_path / "figures"))
    multiplicity.robust(doc)
    assert ("include zero all the same" in doc.markdown()) == told
    assert "not adjusted for their number" in doc.markdown()
    assert "decide nothing" not in doc.markdown()


def test_heterogeneity(effective, nothing):
    tests = {(r["outcome"], r["feature"]): r for r in effective.tables["tbl_heterogeneity_tests"].rows}
    assert set(tests) == {(o, f) for o in ("literacy", "numeracy") for f in FEATURES if f != "cluster_size"}
    assert tests["literacy", "level"]["q"] < 0.05 < tests["literacy", "size"]["q"]
    effects = effective.tables["tbl_heterogeneity_effects"].rows
    level = {r["group"]: r["value"] for r in effects if (r["outcome"], r["feature"]) == ("literacy", "level")}
    assert level["SMP"] - level["SD"] == pytest.approx(0.4, abs=0.1)
    assert set(effective.figures) == {"fig_heterogeneity_literacy", "fig_heterogeneity_numeracy"}
    assert effective.numbers["heterogeneity_found"].value == 2
    assert nothing.numbers["heterogeneity_found"].value == 0


@pytest.mark.parametrize("lang", ["id", "en"])
def test_prose_says_what_was_found(medan, effective, nothing, areas, tmp_path, lang):
    said = {}
    for name, found in (("effective", effective), ("nothing", nothing), ("areas", areas)):
        study = quick(medan, assigned_at="cluster" if name == "areas" else "unit")
        folder = tmp_path / name
        folder.mkdir()
        texts = [prose(study, found, folder, lang, topic) for topic in TOPICS]
        said[name] = "\n".join(texts)
        assert not BAD.search(said[name])
        assert all(text.startswith("## ") for text in texts)
    phrases = {
        "effective": {
            "en": (
                "Each of them rejects",
                "All of them still reject",
                "2 reject after allowance",
                "decided unit by unit",
            ),
            "id": ("Semuanya menolak", "Semuanya tetap menolak", "2 menolak setelah", "diputuskan unit demi unit"),
        },
        "nothing": {
            "en": ("Not one of them rejects after", "Not one of the 6 tests"),
            "id": ("Tidak satu pun menolak setelah", "Tidak satu pun dari 6 uji"),
        },
        "areas": {"en": ("Whole areas",), "id": ("Seluruh wilayah",)},
    }
    for name, wanted in phrases.items():
        for phrase in wanted[lang]:
            assert phrase in said[name]


def test_a_ready_panel_without_clusters_covariates_and_a_second_outcome(tmp_path):
    study = quick(load_study("jtrain"))
    panel = schools(n=54).query("period in (2019, 2021, 2022)").rename(columns={"literacy": "log_scrap"})
    found = recorded(tmp_path, study, panel[["unit", "period", "cohort", "log_scrap"]])
    rows = {r["method"]: r for r in found.tables["tbl_inference_log_scrap"].rows}
    assert "cluster_normal" not in rows
    assert rows["cr2"]["draws"] == 54
    assert "tbl_multiplicity" not in found.tables
    assert [r["cohort"] for r in found.tables["tbl_multiplicity_exploratory"].rows] == ["2021", "2022"]
    assert [r["feature"] for r in found.tables["tbl_heterogeneity_tests"].rows] == ["baseline"]
    for lang in ("id", "en"):
        for topic in TOPICS:
            assert not BAD.search(prose(study, found, tmp_path, lang, topic))


def test_nothing_is_recorded_of_nothing(medan, tmp_path):
    with Ledger("04_robustness", tmp_path) as results:
        for topic in (inference, multiplicity, heterogeneity):
            topic.record(results, Given(medan, tmp_path, {"panel": schools(n=12)}))
    found = read_results(tmp_path)
    assert holds_nothing(found)
    for lang in ("id", "en"):
        assert prose(medan, found, tmp_path, lang, "multiplicity").count("## ") == 0


def test_citations_exist():
    import json

    known = {entry["id"] for entry in json.loads((ASSETS / "references.json").read_text(encoding="utf-8"))}
    text = Path(__file__).resolve().parents[2] / "pipeline" / "languages"
    for topic in TOPICS:
        for path in text.glob(f"*/_*_{topic}.md"):
            assert set(re.findall(r"@([a-z]+[0-9]{4})", path.read_text(encoding="utf-8"))) <= known
