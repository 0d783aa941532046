"""No number of the text stands without saying whose it is: an entry of the ledger, or a setting, a year, a rule."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from lxml import html

from pipeline.languages.known import languages
from pipeline.languages.message import Digits, literal, msg
from pipeline.ledger.counts import UNITS
from pipeline.ledger.entries import Column, Ledger, read_results
from pipeline.report.document import build_document
from pipeline.report.render import render
from pipeline.study import Study
from tests.report import unmarked
from tests.report.test_chains import ORIGINS
from tests.report.test_report_document import STUDY


def page(folder: Path, layout: Any, *, balanced: int = 419, lang: str = "id") -> SimpleNamespace:
    """A report of one layout, with a table whose note tells a number of the ledger and a setting."""
    with Ledger("03_effects", folder / "results") as ledger:
        ledger.cell, ledger.topic = "effects", "effects"
        ledger.number("bacon_units_scrap", balanced, decimals=0, counts=UNITS)
        notes = [
            msg("tbl-bacon.notes", balanced=Digits(balanced, of="bacon_units_scrap")),
            msg("common-interval-note", level=95, cluster="unit"),
        ]
        ledger.table(
            "tbl_main", pd.DataFrame({"a": ["x"]}), [Column("a", literal("A"))], caption=literal("T"), notes=notes
        )
    study = Study.model_validate(STUDY)

    def write(doc: Any) -> None:
        doc.heading(literal("One"), 1)
        layout(doc)
        doc.table("tbl_main")

    args = (study, 2024, lang, folder / "results", folder / "out")
    source = build_document(*args, layout=write, root=folder / "root", origins=ORIGINS)
    made = render(source, folder / "made", ("html", "pdf", "docx"), lang=lang, engine="embedded").files
    tree = html.parse(str(made["html"])).getroot()
    chains = json.loads(tree.get_element_by_id("chains").text)
    (folder / "study.yml").touch()
    return SimpleNamespace(page=tree, chains=chains, data={"tbl_main": []}, folder=folder, files=made)


@pytest.mark.parametrize("lang", languages())
def test_a_number_of_a_note_is_the_ledger_s_with_its_window_and_a_setting_is_called_one(tmp_path, lang: str) -> None:
    found = page(tmp_path, lambda doc: doc.paragraph(msg("methods-detectable", power=0.8)), lang=lang)
    marks = found.page.xpath("//*[contains(@class, 'table-notes')]//*[@data-entry]")
    assert [(mark.get("data-entry"), mark.text_content()) for mark in marks] == [("bacon_units_scrap", "419")]
    window = found.chains["entries"]["bacon_units_scrap"]
    assert window["raw"] == "419"
    assert window["what"].partition(": ")[2]
    given = {mark.get("data-of"): mark.text_content() for mark in found.page.xpath("//*[@class='given']")}
    assert given == {"level": "95", "power": "80%"}
    assert unmarked.unmarked(found, lang, tmp_path) == []
    assert b"data-of" not in found.files["docx"].read_bytes()


def test_a_number_of_the_ledger_that_is_withheld_stands_in_no_note_and_no_sentence(tmp_path) -> None:
    told = Digits(2, of="bacon_units_scrap")
    found = page(tmp_path, lambda doc: doc.paragraph(msg("titles-flow-kept", kept=told)), balanced=2)
    assert found.page.xpath("//*[@data-entry='bacon_units_scrap']")[0].text_content() == "[c]"
    assert "dengan [c] unit" in found.page.xpath("//*[contains(@class, 'table-notes')]")[0].text_content()
    table = read_results(tmp_path / "results").tables["tbl_main"]
    assert table.notes[0].args == {"balanced": "[c]"}
    assert "2 unit" not in (tmp_path / "out" / "data" / "csv-metadata.json").read_text(encoding="utf-8")


def test_a_result_that_is_handed_to_a_message_as_it_is_would_be_found(tmp_path) -> None:
    found = page(tmp_path, lambda doc: doc.paragraph(msg("titles-flow-kept", kept=1234)))
    assert unmarked.unmarked(found, "id", tmp_path) == ["kept: 1234"]


def test_a_number_that_is_typed_or_pasted_into_the_text_would_be_found(tmp_path) -> None:
    def layout(doc: Any) -> None:
        doc.raw("Dari 4.711 baris 13 Mei 2024 dipakai 77,7%.\n\n- edisi 2024: 3.141 butir")

    found = page(tmp_path, layout)
    assert [one.split(":")[0] for one in unmarked.unmarked(found, "id", tmp_path)] == ["4.711", "77,7%", "3.141"]


def test_words_of_a_study_and_of_messages_may_hold_numbers(tmp_path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "own.ftl").write_text("a = Sedikitnya 4.711 JP { $n } kali\n", encoding="utf-8")
    found = page(tmp_path, lambda doc: doc.raw("Sedikitnya 4.711 JP, dari 0 sampai 100."))
    assert unmarked.unmarked(found, "id", tmp_path) == []
