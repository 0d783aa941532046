"""The content of the page's windows: told once an entry, in the language, and harmless inside a page."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from lxml import html

from pipeline.chapters import outline  # noqa: F401 - the topics' words
from pipeline.languages.known import languages
from pipeline.languages.message import literal
from pipeline.ledger.counts import PERSONS
from pipeline.ledger.entries import Column, Ledger, read_results
from pipeline.ledger.origins import Origins, RawFile
from pipeline.report.assets import CHAINS
from pipeline.report.chains import WORDS, as_script, chains, meaning
from pipeline.report.data_files import data_of
from pipeline.report.document import build_document
from pipeline.report.render import render
from pipeline.study import Study
from tests.report.test_report_document import STUDY

LAST = {
    "numbers": {"att_scrap": {"value": 0.2, "unit": "sd", "decimals": 2, "low": 0.1, "high": 0.3, "p": 0.01, "n": 7}}
}
ORIGINS = Origins((RawFile("2024/a.csv", "aa" * 32, "scores", 10, 9, 1),), {}, 7, "c", "s", LAST, "2023")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    words = dict.fromkeys(("en", "id"), r"\</script\>\<b\>")
    with Ledger("03_effects", tmp_path / "results") as results:
        results.cell, results.topic = "effects", "effects"
        results.number("att_scrap", 1 / 3, unit="sd", low=0.1, high=0.6, p=0.0003, n=40)
        results.number("rows_read", 1234, decimals=0)
        results.number("few", 2, decimals=0, counts=PERSONS)
        results.text("verdict_scrap", "weak")
        results.text("reasons_scrap", "few_clusters")
        results.number("skm_effect", 2.5, low=1.0, high=4.0)
        results.text("skm_effect_verdict", "weak")
        results.text("skm_effect_reasons", "suggestive few_clusters")
        results.text("headline", "none")
        results.text("headline_of", "scrap")
        frame = pd.DataFrame(
            {
                "outcome": ["scrap", "scrap", "other"],
                "verdict": ["weak", "same", "weak"],
                "reason": ["few_clusters", "suggestive", "suggestive"],
            }
        )
        columns = [
            Column("outcome", words, "code", codes={"scrap": literal("Scrap"), "other": literal("Other")}),
            Column("verdict", words, "code", codes={"weak": literal("weak evidence"), "same": literal("")}),
            Column("reason", words, "code", codes={"few_clusters": words, "suggestive": literal("below 10 %")}),
        ]
        results.table("tbl_verdict", frame, columns, caption=words)
    return tmp_path / "results"


def _content(ledger: Path, lang: str = "en") -> dict:
    results = read_results(ledger)
    meanings = {name: meaning(name, {"scrap": "Scrap"}, lang) for name in results.numbers}
    printed = ["att_scrap", "att_scrap", "few", "verdict_scrap", "tbl_verdict"]
    printed += ["headline", "skm_effect", "skm_effect_verdict"]
    said = dict.fromkeys(("verdict_scrap", "skm_effect_verdict", "headline"), "weak evidence")
    data = data_of(results, printed, lang, "year", meanings)
    return chains(results, ORIGINS, printed, data, meanings, lang, "year", said)


def test_a_number_is_told_with_interval_meaning_cell_files_rule_and_the_last_edition(ledger: Path) -> None:
    content = _content(ledger)
    entry = content["entries"]["att_scrap"]
    assert entry["value"] == "0.333\u00a0SD (0.100 to 0.600); p\u00a0<\u00a00.001; n\u00a0=\u00a040"
    assert entry["raw"] == repr(1 / 3)
    assert entry["what"].startswith("Scrap: average effect of the programme on those that took part")
    assert entry["last"] == "0.20\u00a0SD (0.10 to 0.30); p\u00a0=\u00a00.010; n\u00a0=\u00a07"
    assert entry["rule"] == ["</script><b>"]
    maker = content["makers"][entry["by"]]
    assert (maker["notebook"], maker["cell"]) == ("03_effects", "effects")
    assert maker["function"].endswith("ledger")
    assert content["last"] == "2023"
    judged = {"headline", "skm_effect", "skm_effect_verdict"}
    assert set(content["entries"]) == {"att_scrap", "few", "verdict_scrap", "tbl_verdict"} | judged
    assert content["entries"]["verdict_scrap"]["value"] == "weak evidence"


def test_whatever_is_judged_tells_what_chose_its_verdict(ledger: Path) -> None:
    """Other aims' effects as well as outcomes; the headline names the verdicts that it sums up, and no other."""
    entries = _content(ledger)["entries"]
    assert entries["verdict_scrap"]["rule"] == ["</script><b>"]
    assert entries["skm_effect"]["rule"] == entries["skm_effect_verdict"]["rule"] == ["below 10 %", "</script><b>"]
    assert entries["headline"]["rule"] == ["Scrap: weak evidence"]
    assert "rule" not in entries["few"]


def test_a_withheld_number_tells_no_value_anywhere(ledger: Path) -> None:
    entry = _content(ledger)["entries"]["few"]
    assert "raw" not in entry
    assert "value" not in entry


@pytest.mark.parametrize("lang", languages())
def test_every_word_of_the_window_is_said_in_each_language(ledger: Path, lang: str) -> None:
    words = _content(ledger, lang)["words"]
    assert set(words) == set(WORDS)
    assert all(words.values())


def test_nothing_in_it_can_end_the_script(ledger: Path) -> None:
    text = as_script(_content(ledger))
    assert "<" not in text
    assert json.loads(text) == _content(ledger)


def test_numbers_of_the_text_are_marked_in_the_page_and_nowhere_where_they_would_nest(
    ledger: Path, tmp_path: Path
) -> None:
    """In the page each printed number names its entry; contents, DOCX and PDF carry plain text."""
    study, root = Study.model_validate(STUDY), tmp_path / "root"
    own = root / "studies" / "contoh" / "text" / "id"
    own.mkdir(parents=True)
    lines = [
        "introduction-list = ada-title isi",
        'ada-title = Ada { NUM("rows_read") } baris',
        'isi = Efek { NUM("att_scrap") } dan { VERDICT("scrap") }, { CI("att_scrap") }.',
    ]
    (own / "own.ftl").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def layout(doc) -> None:
        doc.listed("introduction-list")
        doc.table("tbl_verdict")

    source = build_document(study, 2024, "id", ledger, tmp_path / "out", layout=layout, root=root, origins=ORIGINS)
    files = render(source, tmp_path / "made", ("html", "docx", "pdf"), lang="id", engine="embedded").files
    page = html.parse(str(files["html"])).getroot()
    marked = page.xpath("//main//*[contains(@class, 'entry') and @data-entry]")
    names = [mark.get("data-entry") for mark in marked]  # those of the approval page first
    assert names[-3:] == ["att_scrap", "verdict_scrap", "att_scrap"]
    assert "cells_counted" in names[:-3]
    assert page.xpath("//nav//*[@data-entry] | //h2//*[@data-entry] | //a//*[@data-entry]") == []
    told = json.loads(page.get_element_by_id("chains").text)
    assert {mark.get("data-entry") for mark in marked} <= set(told["entries"])
    assert page.xpath("//a/@href[starts-with(., 'data/')]") == ["data/tbl_verdict.csv"]
    assert (tmp_path / "out" / "data" / "tbl_verdict.csv").is_file()
    assert b"data-entry" not in files["docx"].read_bytes()
    assert page.xpath("//*[@src or @srcset][not(starts-with(@src, 'data:'))]") == []
    again = render(source, tmp_path / "again", ("html",), lang="id", engine="embedded").files["html"]
    assert again.read_bytes() == files["html"].read_bytes()


def test_a_document_that_is_not_to_be_followed_has_neither_marks_nor_windows(ledger: Path, tmp_path: Path) -> None:
    study = Study.model_validate(STUDY)
    source = build_document(study, 2024, "id", ledger, tmp_path / "out", layout=lambda doc: doc.table("tbl_verdict"))
    made = render(source, tmp_path / "made", ("html",), lang="id", engine="embedded").files["html"].read_text("utf-8")
    assert 'id="chains"' not in made
    assert "data/tbl_verdict.csv" not in made
    assert not (source.parent / CHAINS).exists()
