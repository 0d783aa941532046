"""On data whose truth is known the estimates cover it, and the report's sentences say what the data allow."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.report.document import build_document
from tests.conftest import make_workspace
from tests.demo_study import analyse

CAUSAL = {
    "id": ("bukti kuat adanya kenaikan", "bukti sedang adanya kenaikan"),
    "en": ("strong evidence of an increase",),
}


@pytest.fixture(scope="module", params=["no_effect", "harmful", "diverging_pretrends", "few_clusters"])
def variant(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    workspace = make_workspace(tmp_path_factory.mktemp(request.param), request.param, "full")
    this, effects, verdicts = analyse(workspace)
    text = {}
    for lang in ("id", "en"):
        path = build_document(this.study, this.year, lang, this.results_folder, workspace / lang, root=workspace)
        text[lang] = path.read_text(encoding="utf-8")
    truth = json.loads((workspace / "truth" / f"{request.param}-full.json").read_text(encoding="utf-8"))
    return request.param, effects, verdicts, text, truth


@pytest.mark.slow
def test_sentences_follow_the_truth(variant) -> None:
    name, effects, verdicts, text, truth = variant
    codes = {outcome: verdict.code for outcome, verdict in verdicts.items()}
    if name == "no_effect":
        assert set(codes.values()) <= {"none", "weak"}, codes
        assert "no evidence of an increase was found" in text["en"]
        assert "tidak ditemukan bukti adanya kenaikan" in text["id"]
    if name == "harmful":
        assert codes["literacy"] == codes["innovative_methods"] == "decline"
        assert "evidence of a decrease" in text["en"]
        assert "ditinjau segera" in text["id"]
    if name == "diverging_pretrends":
        assert codes["literacy"] == codes["numeracy"] == "not_credible"
        assert "no statement on an effect is made" in text["en"]
        assert "tidak diberikan pernyataan tentang efek" in text["id"]
    if name == "few_clusters":
        assert "strong" not in codes.values(), "six kecamatan cannot carry strong evidence"
    if name in ("no_effect", "harmful", "diverging_pretrends"):
        for lang, words in CAUSAL.items():
            assert not any(word in text[lang] for word in words)
    if name != "diverging_pretrends":
        for outcome, found in effects.items():
            value, se = found.main.overall.value, found.main.overall.se
            assert abs(value - truth["effects"][outcome]["simple"]) < 3 * se, outcome


def test_no_effect_is_reported_as_none_found(tmp_path: Path) -> None:
    """The small size, so that every run of the tests sees one null report."""
    workspace = make_workspace(tmp_path, "no_effect")
    this, _, verdicts = analyse(workspace)
    assert "strong" not in {verdict.code for verdict in verdicts.values()}
    for lang, phrase in (("id", "bukti kuat adanya kenaikan"), ("en", "strong evidence of an increase")):
        text = build_document(this.study, this.year, lang, this.results_folder, tmp_path / lang, root=workspace)
        assert phrase not in text.read_text(encoding="utf-8")


@pytest.mark.slow
def test_committed_demonstration_covers_its_truth(tmp_path: Path) -> None:
    """Each main estimate lies within its own 95 % interval of the known truth."""
    workspace = make_workspace(tmp_path, "standard", "full")
    _, effects, _ = analyse(workspace)
    truth = json.loads((workspace / "truth" / "standard-full.json").read_text(encoding="utf-8"))["effects"]
    for outcome, found in effects.items():
        overall = found.main.overall
        assert overall.low <= truth[outcome]["simple"] <= overall.high, outcome
