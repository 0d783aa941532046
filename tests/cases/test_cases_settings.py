"""Small studies with known values: a weight column, a rotating panel, an outcome that does not vary."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pipeline.chapters import analysis, auxiliary, outline
from pipeline.chapters.analysis import OutcomeEffects, estimate_outcome
from pipeline.clean.run import clean_study
from pipeline.errors import DesignError, UserError
from pipeline.languages.catalogue import say
from pipeline.report.document import build_document
from pipeline.run.steps import NOTEBOOKS, notebook_code
from pipeline.study import load_study
from pipeline.topics import TOPICS
from tests.demo_study import blank_figures

CASES = Path(__file__).parent / "inputs"


@pytest.fixture
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copytree(CASES / request.param, tmp_path / "case"))


def estimated(root: Path) -> OutcomeEffects:
    study = load_study("mine", root)
    tables = clean_study(study, 2024, study.raw_root(root), root / "data" / "processed" / "mine" / "2024").tables
    return estimate_outcome(study, tables["panel"], study.outcomes[0])


def analysed(root: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Every notebook but the last, in this process; the report's text by language."""
    monkeypatch.setenv("EVALUATION_ROOT", str(root))
    for path in sorted(NOTEBOOKS.glob("0[1-7]_*.ipynb")):
        code = notebook_code(path).replace('study = "medan-pendidikan"', 'study = "mine"')
        exec(compile(code, path.name, "exec"), {"__name__": path.stem})
    study, build = load_study("mine", root), root / "build" / "mine" / "2024"
    made = {
        lang: build_document(study, 2024, lang, build / "results", build / lang, layout=outline.write, root=root)
        for lang in ("id", "en")
    }
    return {lang: path.read_text(encoding="utf-8") for lang, path in made.items()}


@pytest.mark.parametrize("case", ["02-weight-column"], indirect=True)
def test_the_weighted_effect_is_the_one_by_hand(case: Path) -> None:
    """Simple average of 2021-2024 against 2020, treated less untreated, each mean weighted by pop."""
    found = estimated(case)
    assert found.main.overall.value == pytest.approx(4.1179, abs=5e-5)
    assert found.missing == {"bacon": "weights"}


@pytest.mark.parametrize("case", ["02-weight-column"], indirect=True)
@pytest.mark.parametrize("bad", ["no_such_column", "unit"])
def test_a_weight_that_cannot_be_carried_out_is_refused(case: Path, bad: str) -> None:
    path = case / "studies" / "mine" / "study.yml"
    path.write_text(path.read_text().replace("weight: pop", f"weight: {bad}"))
    with pytest.raises(UserError):
        estimated(case)


@pytest.mark.parametrize("case", ["03-rotating-panel"], indirect=True)
def test_a_rotating_panel_has_a_report_with_a_note_for_the_decomposition(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = estimated(case)
    assert found.main.overall.value == pytest.approx(1.9864, abs=5e-5)
    assert found.main.overall.se == pytest.approx(0.1060, abs=5e-5)
    with blank_figures(laid_out=True):
        texts = analysed(case, monkeypatch)
    assert "Goodman-Bacon decomposition is not shown: it needs treated and comparison units" in texts["en"]
    assert "Dekomposisi Goodman-Bacon tidak ditampilkan: analisis ini memerlukan" in texts["id"]


@pytest.mark.parametrize("case", ["10-outcome-without-variation"], indirect=True)
def test_an_outcome_that_does_not_vary_is_told_in_words(case: Path) -> None:
    with pytest.raises(DesignError, match="Outcome 'score' does not vary: every value is 0"):
        estimated(case)


@pytest.mark.parametrize("case", ["03-rotating-panel"], indirect=True)
def test_the_report_stands_though_every_auxiliary_analysis_fails(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (auxiliary, analysis):
        monkeypatch.setattr(room, "attempt", lambda call: (None, "numbers"))
    with blank_figures():
        found = analysed(case, monkeypatch)
    # without the links that lead from a word's first use to the glossary
    texts = {lang: re.sub(r"\[([^\]]+)\]\(#[^)]+\)", r"\1", text) for lang, text in found.items()}
    for name in (*auxiliary.PARTS, *(topic.name for topic in TOPICS if topic.auxiliary and not topic.needs)):
        if name in ("adjusted", "not_yet_adjusted", "twfe_cluster", "wild", "balance"):
            continue  # not asked for by this study, or without a place of their own
        for lang, text in texts.items():
            assert say(auxiliary.sentence(name, "numbers"), lang) in text, (name, lang)
