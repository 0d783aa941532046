"""Every key of a study is carried out or refused: none is taken and passed over.

The keys that a report of the demonstration reads are told by its own records (`tests/acceptance/test_report.py`); the
others are changed here one by one, on a small panel, and each must change what is made, or be refused.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from pipeline.chapters import doses, estimators, replication, shape, since, timing
from pipeline.chapters.analysis import estimate_outcome, judge_outcomes, smallest_of
from pipeline.check.letter import letters
from pipeline.clean.run import gather
from pipeline.errors import SourceError, StudyError, UserError
from pipeline.languages.message import msg
from pipeline.ledger.entries import Ledger, read_results
from pipeline.questionnaire.run import make_questionnaire
from pipeline.report import brand
from pipeline.report.doc import Doc
from pipeline.report.document import front_matter
from pipeline.report.prose import Prose
from pipeline.run.build import make_target
from pipeline.run.stamp import Request
from pipeline.sources.engine import Engine, opened
from pipeline.study import ROOT, load_study
from tests.clean.pupils_study import YEARS, cleaned, settle, text_of, usual, workspace
from tests.given import Given
from tests.study_keys import keys_of_the_model

Change = dict[str, Any]
BASE = ROOT / "tests/cases/inputs/02-weight-column"


def _work(folder: Path, changes: Change) -> Path:
    """The small panel with further columns, and a study of which the keys at some paths are set."""
    shutil.copytree(BASE, folder)
    path = folder / "data/raw/mine/2024/panel.csv"
    panel = pd.read_csv(path, dtype={"first_treated": str}, keep_default_na=False)
    order = panel["unit"].rank(method="dense").astype(int)
    panel["area"] = [f"a{k % 8}" for k in order]
    panel["status"] = ((panel["first_treated"] != "") & (panel["year"].astype(str) >= panel["first_treated"])).astype(
        int
    )
    panel["spell"] = panel["status"].where(panel["year"] < panel["year"].max(), 0)
    panel["size"] = (order * 7 % 11) + panel["score"].groupby(panel["unit"]).transform("first") / 10
    panel["other"] = panel["score"] * 2 + order % 3
    panel["lag"] = panel["year"] + 1
    late = (order % 2 == 0) & (panel["first_treated"] != "")
    panel["later"] = panel["first_treated"].mask(late, "2023")
    panel["twin"] = panel["unit"].replace({"u01": "U00"})
    panel["group"] = panel["unit"].str.upper()
    panel.to_csv(path, index=False)
    study = folder / "studies/mine/study.yml"
    content = yaml.safe_load(study.read_text(encoding="utf-8"))
    content["panel"].pop("weight")
    for key, value in changes.items():
        _set(content, key.split("."), value)
    study.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return folder


def _set(content: Any, path: list[str], value: Any) -> None:
    here, (*way, last) = content, path
    for name in way:
        here = here[int(name)] if isinstance(here, list) else here.setdefault(name, {})
    if value is None:
        here.pop(last, None)
    else:
        here[int(last) if isinstance(here, list) else last] = value


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
    from pipeline.ledger.entries import read_results

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
    "panel.cluster": ({}, {"panel.cluster": "area"}),
    "panel.covariates": ({}, {"panel.covariates": ["size"]}),
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
            made[key] = _outcome(_work(folder / "w", changes), folder)
        return made[key]

    return make


@pytest.mark.parametrize("key", PANEL)
def test_a_change_of_the_key_changes_what_is_made_or_is_refused(
    key: str, plain: Callable[[Change], str], tmp_path: Path
) -> None:
    before, after = PANEL[key]
    assert _outcome(_work(tmp_path / "w", after), tmp_path) != plain(before)


def test_nothing_changes_where_nothing_is_changed(plain: Callable[[Change], str], tmp_path: Path) -> None:
    assert not plain({}).startswith("refused")
    assert _outcome(_work(tmp_path / "w", {}), tmp_path) == plain({})


def _office(folder: Path) -> None:
    _work(folder / "w", {"panel.office": {"id": "Dinas Uji"}})
    study = load_study("mine", folder / "w")
    fault = SourceError("x", where="data/raw/mine/2024/panel.csv, row 2", code="bad_number")
    letters(study, 2024, [fault], folder)
    from docx import Document

    assert any("Dinas Uji" in p.text for p in Document(str(folder / "letter-2024-panel.csv.docx")).paragraphs)


def _source_office_and_totals(folder: Path) -> None:
    shutil.copytree(ROOT / "studies/medan-pendidikan", folder / "studies/medan-pendidikan")
    path = folder / "studies/medan-pendidikan/study.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content["sources"]["costs"] |= {"office": {"id": "Badan Uji"}, "expect": {2024: {"rows": 999, "units": 5}}}
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    shutil.copytree(ROOT / "data/raw/medan-pendidikan", folder / "data/raw/medan-pendidikan")
    study = load_study("medan-pendidikan", folder)
    faults = gather(study, 2024, study.raw_root(folder)).faults.found
    assert [fault.code for fault in faults] == ["control_total"]
    assert "999 rows" in str(faults[0])
    (letter,) = letters(study, 2024, faults, folder)
    from docx import Document

    assert any("Badan Uji" in p.text for p in Document(str(letter)).paragraphs)


def _questionnaire(folder: Path) -> None:
    shutil.copytree(ROOT / "studies/medan-pendidikan", folder / "studies/medan-pendidikan")
    path = folder / "studies/medan-pendidikan/items.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    said = {"title": "JUDUL UJI", "introduction": "PENGANTAR UJI"}
    content |= {key: {"id": text, "en": text} for key, text in said.items()}
    content["sensitive"] |= {key: {"id": f"{key} UJI", "en": f"{key} UJI"} for key in ("statement", "innocuous")}
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    batches = folder / "batches.csv"
    batches.write_text("batch,forms\nA,12\n", encoding="utf-8")
    made = make_questionnaire("medan-pendidikan", folder, folder / "out", batches)
    from openpyxl import load_workbook

    book = load_workbook(next(path for path in made if path.suffix == ".xlsx"))
    cells = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)
    for word in (*said.values(), "statement UJI", "innocuous UJI"):
        assert word in cells, word


def _recommendations(folder: Path) -> None:
    """Each part of a recommendation stands in the report of a later edition."""
    said = {"edition": 2023, "text": {"id": "ANJURAN UJI"}, "state": "dropped", "note": {"id": "SEBAB UJI"}}
    _work(folder / "w", {"recommendations": [said]})
    with Ledger("07_verdict", folder / "results") as ledger:
        since.record(ledger, Given(load_study("mine", folder / "w"), folder))
    kept = (folder / "results/07_verdict.json").read_text(encoding="utf-8")
    for words in ('"2023"', "ANJURAN UJI", '"dropped"', "SEBAB UJI"):
        assert words in kept, words
    _work(folder / "x", {"recommendations": [{**said, "state": "forgotten"}]})
    with pytest.raises(StudyError, match="under_way"):
        load_study("mine", folder / "x")


def _large(folder: Path) -> None:
    """A query's connection is opened by its name, the engine keeps sums unless rows are asked for, within its memory."""
    texts = {year: text_of(usual(year)) for year in YEARS}
    workspace(folder, texts, engine="duckdb", file="nilai.csv")
    for keep, table in (("rows", "scores"), ("sums", "pupil_sums")):
        assert table in cleaned(folder, file="nilai.csv", engine="duckdb", keep=keep).tables
    asked = {"sql": "SELECT {period}", "connection": "env:NO_SUCH_VARIABLE_HERE"}
    assert "NO_SUCH_VARIABLE_HERE" in cleaned(folder, **asked).faults.found[0].what
    study = settle(folder, file="nilai.csv", run={"memory_gb": 0.5})
    assert Engine(study.run.memory_gb, folder).own_mb == 250
    with opened(Engine(study.run.memory_gb, folder)) as connection:
        assert connection.execute("SELECT current_setting('memory_limit')").fetchone() == ("238.4 MiB",)


def _dose(folder: Path) -> None:
    """Each part of a dose moves the tables or the words of its report."""
    said = {"label": {"id": "DOSIS UJI"}, "step_label": {"id": "LANGKAH UJI"}}
    made = {}
    for name, more in {"plain": {}, "log": {"transform": "log"}, "step": {"step": 2.0}, "lags": {"lags": 1}}.items():
        root = _work(folder / name, {"panel.cohort": None, "panel.dose": "pop", "dose": {**said, **more}})
        study = load_study("mine", root)
        panel = gather(study, 2024, study.raw_root(root)).tables["panel"]
        panel["dose"] += panel.groupby("unit").cumcount() ** 2 * panel["unit"].str[1:].astype(int) / 100
        with Ledger("03_dose", root / "results") as ledger:
            doses.record(ledger, Given(study, root, {"panel": panel}))
        made[name] = (root / "results/03_dose.json").read_text(encoding="utf-8")
    assert len(set(made.values())) == len(made)
    assert "LANGKAH UJI" in made["plain"]
    doc = Doc(Prose(study, 2024, "id", read_results(root / "results"), root))
    doc.paragraph(msg("doses-methods", dose=study.dose.label.model_dump()))
    assert "DOSIS UJI" in doc.markdown()


def _timing(folder: Path) -> None:
    """Estimates from the lot alone are told where the study says that there was one."""
    told = {}
    for word in ("chosen", "random"):
        root = _work(folder / word, {"program.timing": word})
        study = load_study("mine", root)
        panel = gather(study, 2024, study.raw_root(root)).tables["panel"]
        effects = {o.name: estimate_outcome(study, panel, o) for o in study.outcomes}
        with Ledger("04_robustness", root / "results") as ledger:
            timing.record(ledger, Given(study, root, {}, effects))
        told[word] = "tbl_timing" in (root / "results/04_robustness.json").read_text(encoding="utf-8")
        rows = estimators.side_by_side(study, effects["score"])
        assert ("efficient_random_timing" in set(rows["method"])) == told[word]
    assert told == {"chosen": False, "random": True}


def _shape(folder: Path) -> None:
    """A limit that the study sets makes a floor of what would be none."""
    told = {}
    for share in (0.15, 0.001):
        root = _work(folder / str(share), {"shape": {"bound_share": share}})
        study = load_study("mine", root)
        panel = gather(study, 2024, study.raw_root(root)).tables["panel"]
        effects = {o.name: estimate_outcome(study, panel, o) for o in study.outcomes}
        with Ledger("04_robustness", root / "results") as ledger:
            shape.record(ledger, Given(study, root, {}, effects))
        told[share] = "tbl_shape" in (root / "results/04_robustness.json").read_text(encoding="utf-8")
    assert told == {0.15: False, 0.001: True}


def _fetch(folder: Path) -> None:
    _work(folder / "w", {"fetch": True})
    shutil.rmtree(folder / "w/data/raw/mine")
    with pytest.raises(StudyError, match="fetch"):
        make_target(Request("mine", "latest", "id", "embedded", folder / "w", False))


ELSEWHERE: dict[str, Callable[[Path], None]] = {
    "panel.office": _office,
    "sources.*.office": _source_office_and_totals,
    "sources.*.expect": _source_office_and_totals,
    "survey.title": _questionnaire,
    "survey.introduction": _questionnaire,
    "survey.sensitive.statement": _questionnaire,
    "survey.sensitive.innocuous": _questionnaire,
    "fetch": _fetch,
    "run.memory_gb": _large,
    **{f"sources.*.{key}": _large for key in ("sql", "connection", "engine", "keep")},
    "shape": _shape,
    "program.timing": _timing,
    "dose": _dose,
    **{f"dose.{key}": _dose for key in ("label", "transform", "step", "step_label", "lags")},
    "recommendations": _recommendations,
    **{f"recommendations.*.{key}": _recommendations for key in ("edition", "text", "state", "note")},
}


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
        ({"panel.dose": "pop"}, "exactly one of"),
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
        ({"shape": {"count_maen": 5}}, "did you mean 'count_mean'?"),
        ({"shape": {"bound_share": 1.5}}, "less than 1"),
    ],
)
def test_what_cannot_be_carried_out_is_refused_by_its_name(change: Change, words: str, tmp_path: Path) -> None:
    told = _outcome(_work(tmp_path / "w", change), tmp_path)
    assert told.startswith("refused")
    assert words in told


def test_a_key_that_stands_twice_is_refused_with_its_line(tmp_path: Path) -> None:
    path = _work(tmp_path / "w", {}) / "studies/mine/study.yml"
    lines = len(path.read_text().splitlines())
    path.write_text(path.read_text() + "seed: 2\n")
    with pytest.raises(StudyError, match="the key 'seed' stands twice") as caught:
        load_study("mine", tmp_path / "w")
    assert f"line {lines + 1}" in str(caught.value)


def test_covariates_at_either_place_are_the_same(tmp_path: Path) -> None:
    top = _outcome(_work(tmp_path / "a", {"covariates": ["size"]}), tmp_path / "x")
    inside = _outcome(_work(tmp_path / "b", {"panel.covariates": ["size"]}), tmp_path / "y")
    assert top == inside
    assert not top.startswith("refused")


def test_the_power_of_the_study_is_that_of_the_test_before_the_programme(tmp_path: Path) -> None:
    """What the pre-trend test could have found is said for the power that the study declares."""
    found = {}
    for power in (0.8, 0.95):
        study = load_study("mine", _work(tmp_path / str(power), {"verdict": {"power": power}}))
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
        folder = _work(tmp_path / name, change)
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
