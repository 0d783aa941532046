"""Every sentence that is said whatever the results has a test that tries to make it untrue (`claims.toml`)."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest

from pipeline.chapters import conclusion, results
from pipeline.languages.catalogue import Catalogue
from pipeline.languages.known import DEFAULT, languages
from pipeline.ledger.entries import Column, Ledger, read_results
from pipeline.report.doc import Doc
from pipeline.report.prose import Prose
from pipeline.report.wording import HEADLINES
from pipeline.study import ROOT
from tests.languages.unconditional import unconditional

CHAPTERS = ROOT / "pipeline" / "chapters"
CLAIMS = tomllib.loads((Path(__file__).parent / "claims.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def claiming() -> frozenset[str]:
    """Messages of all chapters."""
    found: set[str] = set()
    catalogue = Catalogue(DEFAULT)
    for path in sorted(CHAPTERS.glob("*.py")):
        module = import_module(f"pipeline.chapters.{path.stem}")
        constants = {
            name: value
            for name, value in vars(module).items()
            if isinstance(value, tuple) and value and all(isinstance(one, str) for one in value)
        }
        for name, value in vars(module).items():
            if isinstance(value, dict) and value and all(isinstance(one, tuple) for one in value.values()):
                constants[name] = tuple(str(part) for one in value.values() for part in one)
        found |= unconditional(path.read_text(encoding="utf-8"), constants, catalogue)
    return frozenset(found)


def test_every_unconditional_sentence_has_its_proof_and_no_proof_is_left_over() -> None:
    proven = [name for names in CLAIMS.values() for name in names]
    assert len(proven) == len(set(proven)), "a sentence has two proofs"
    assert sorted(claiming() - set(proven)) == [], (
        "say in claims.toml which test tries to make it untrue, or say it by a rule"
    )
    assert sorted(set(proven) - claiming()) == []
    assert len(proven) > 70


@pytest.mark.parametrize("proof", CLAIMS)
def test_each_proof_exists(proof: str) -> None:
    path, _, name = proof.partition("::")
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}, proof


def test_the_rule_finds_what_is_said_and_leaves_what_is_chosen() -> None:
    source = """
def results(doc):
    doc.paragraph("topic-always", when(doc.value("x") > 0, "topic-sometimes"), when(doc.has("x"), "topic-there"))
    doc.bullets(msg("topic-told", n=1), ["topic-nested"])
    doc.steps(*(f"topic-{k}" for k in KINDS))
    doc.callout("note", doc.about(o, "topic-boxed"))
    doc.paragraph("topic-one" if doc.has("y") else "topic-other")
    if doc.value("z") > 0:
        doc.paragraph("topic-guarded")
    if doc.has("z") and doc.has("y"):
        doc.bullets(*(f"topic-{k}" for k in ("third", "fourth")))
    doc.paragraph(phrase(doc), f"topic-{code}")
    for part in ("fifth", "sixth"):
        doc.paragraph(f"topic-{part}")
    doc.heading("topic-title")
    doc.listed("a-list")
"""
    catalogue = type("C", (), {"say": staticmethod(lambda name: "own-title own-item own-words")})()
    found = unconditional(source, {"KINDS": ("first", "second")}, catalogue)
    assert found == {
        *("topic-always", "topic-told", "topic-nested", "topic-boxed", "topic-first", "topic-second"),
        *("own-item", "own-words", "topic-there", "topic-third", "topic-fourth", "topic-fifth", "topic-sixth"),
    }


# --- sentences whose proof is in their own words ----------------------------------------------------------------------


@pytest.fixture
def told(medan, tmp_path) -> Callable[..., Doc]:
    """A document whose ledger has every ground for a recommendation, with this joint verdict and these tables."""

    def make(lang: str, code: str = "moderate", tables: tuple[str, ...] = ()) -> Doc:
        with Ledger("07_verdict", tmp_path / "ledger") as ledger:
            for outcome in medan.outcomes:
                ledger.text(f"verdict_{outcome.name}", "moderate")
                ledger.text(f"underpowered_{outcome.name}", "yes")
                ledger.number(f"mde_{outcome.name}", 0.1, unit="sd")
            ledger.text("headline", code)
            ledger.text("frankness", "fear")
            numbers = {
                "share_min_jp": 40,
                "hidden_share": 12,
                "sensitive_pooled": 21,
                "rows_read": 9,
                "rows_set_aside": 1,
            }
            numbers["n_aims_open"] = 1
            for name, value in numbers.items():
                ledger.number(name, value, decimals=0)
            for name in tables:
                ledger.table(name, pd.DataFrame({"aim": ["a"]}), [Column("aim", "theory-aim")], caption="tbl-aims")
        return Doc(Prose(medan, 2024, lang, read_results(tmp_path / "ledger"), tmp_path / "figures"))

    return make


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("code", HEADLINES)
def test_each_recommendation_names_addressee_deadline_ground_and_strength(told, lang: str, code: str) -> None:
    doc = told(lang, code, ("tbl_aims", "tbl_next_wave", "tbl_delivery_years"))
    parts = {"en": ("To:", "By:", "Ground:", "Strength:"), "id": ("Kepada:", "Tenggat:", "Dasar:", "Kekuatan:")}[lang]
    said = [text for part in conclusion.recommendations(doc) if (text := doc.sentence(part))]
    assert len(said) >= 7  # and one for each further action that a verdict asks for
    for text in said:
        assert [part for part in parts if f"*{part}*" not in text] == [], text


@pytest.mark.parametrize("lang", languages())
def test_the_opening_of_results_announces_what_is_there(told, lang: str) -> None:
    reach = {"en": "who was reached", "id": "siapa yang terjangkau"}[lang]
    more = {"en": "other aims", "id": "tujuan program yang lain"}[lang]
    for tables in ((), ("tbl_training",), ("tbl_aims", "tbl_response"), ("tbl_training", "tbl_aims", "tbl_response")):
        doc = told(lang, tables=tables)
        results.opening(doc)
        said = doc.markdown()
        assert (reach in said) == ("tbl_training" in tables)
        assert (more in said) == ("tbl_response" in tables)


def _source(name: str, lang: str) -> str:
    for path in sorted((ROOT / "pipeline" / "languages" / lang).glob("*.ftl")):
        found = re.search(rf"(?m)^{re.escape(name)} = (.*(?:\n[ ]+.*)*)", path.read_text(encoding="utf-8"))
        if found:
            return found[1]
    return ""


@pytest.mark.parametrize("lang", languages())
def test_sentences_said_in_every_report_suit_every_sector(lang: str) -> None:
    """What a report of health centres or of firms says too names neither schools nor pupils, nor a result."""
    schooling = {"en": r"\b(school|pupil|teacher|classroom)", "id": r"\b(sekolah|murid|guru)\b"}[lang]
    # Said only where a study has lists of pupils, or a survey with scales and protected questions.
    own = {name for name in claiming() if name.startswith(("attrition-", "motivation-", "frankness-", "summary-cost"))}
    found = {name: hit[0] for name in claiming() - own if (hit := re.search(schooling, _source(name, lang).lower()))}
    assert found == {}


@pytest.mark.parametrize("lang", languages())
def test_no_unconditional_sentence_tells_a_result(lang: str) -> None:
    """Words by which results are told stand in sentences that a rule chooses."""
    telling = {
        "en": r"\b(improved|worsened|rose|fell|significant\w*|evidence of an? (in|de)crease)\b|programme (raised|lowered)",
        "id": r"\b(membaik|memburuk|meningkat|menurun|signifikan|program (menaikkan|menurunkan))\b",
    }[lang]
    # Rates of errors, rules and formulas are not of this study.
    known = {name for name in claiming() if not re.match(r"validation-|annexes-|.*-technical", name)}
    found = {name: hit[0] for name in known if (hit := re.search(telling, _source(name, lang).lower()))}
    assert found == {}
