"""The panel of other choices in a real browser: what it shows is the ledger's, by keyboard, on a phone, without scripts."""

from __future__ import annotations

import json
from typing import Any

import docx
import pytest

from pipeline.audit.pdf_words import words_of_pages
from pipeline.languages import locale
from pipeline.languages.catalogue import say
from pipeline.report.tables import cell
from tests.report.browser import CHROMIUM, Browser
from tests.report.whatif_page import OUTCOMES, judged, page

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
CHOSEN = """(wanted => {
  const lists = [...document.querySelectorAll('.whatif-asked select')];
  const out = [];
  for (const choice of wanted) {
    choice.forEach((said, k) => {
      const list = document.querySelectorAll('.whatif-asked select')[k];
      if (list.value !== said) { list.value = said; list.dispatchEvent(new Event('change')); }
    });
    const values = [...document.querySelectorAll('.whatif-asked select')].map(list => list.value);
    const rows = [...document.querySelectorAll('.whatif-answer tbody tr')];
    out.push([values, Object.fromEntries(rows.map(r => [r.cells[0].textContent, r.cells[1].textContent]))]);
  }
  return out;
})"""


def expected(outcome: str, lang: str) -> list[tuple[list[str], dict[str, str]]]:
    """Of each row of the ledger the words that are chosen and what is answered, as the language prints them."""
    study, results, _ = judged()
    table = results.tables[f"tbl_whatif_{outcome}"]
    label = study.outcome(outcome).label[lang]

    def said(row: dict[str, Any], column: Any) -> str:
        return cell(row[column.key], column, lang, study.period_kind, "").replace("\\\\", "")

    return [
        (
            [label, *(said(row, column) for column in table.columns[:5])],
            {say(column.label, lang): said(row, column) for column in table.columns[5:]},
        )
        for row in table.rows
    ]


@pytest.mark.parametrize("lang", ["en", "id"])
def test_each_combination_shows_the_ledger_s_numbers_and_the_rules_verdict(lang: str) -> None:
    with Browser() as browser:
        browser.open(page(lang)["html"])
        for outcome in OUTCOMES:
            wanted = expected(outcome, lang)
            shown = browser.run(f"{CHOSEN}({json.dumps([choice for choice, _ in wanted])})")
            assert shown == [[choice, answer] for choice, answer in wanted]
        assert [url for url in browser.requests if not url.startswith(("file:", "data:"))] == []


def test_it_opens_on_the_report_s_own_choices_beside_the_report_s_own_verdict() -> None:
    _, _, verdicts = judged()
    own = say(f"verdict-verdicts-{verdicts['literacy'].code.replace('_', '-')}", "en")
    with Browser() as browser:
        browser.open(page("en")["html"])
        first = "[...document.querySelectorAll('.whatif-answer tbody tr:first-child td')].map(c => c.textContent)"
        assert browser.run(first) == [own, own]
        estimate = locale.number(verdicts["literacy"].evidence.value, "en", 3)
        assert (
            browser.run("document.querySelector('.whatif-panel [role=status].heard').textContent")
            == f"{own}: {estimate}"
        )


def test_a_combination_that_does_not_exist_moves_what_it_must_and_says_so() -> None:
    with Browser() as browser:
        browser.open(page("en")["html"])
        script = (
            "(() => { const list = document.querySelectorAll('.whatif-asked select')[3]; list.value = 'Imputation';"
            " list.dispatchEvent(new Event('change')); return document.querySelector('.whatif-moved').textContent; })()"
        )
        assert browser.run(script) == (
            "Not every combination exists. Changed as well: Comparison: Set by the method; Violation M: –"
        )


@pytest.mark.parametrize("width", [1200, 360])
def test_it_works_by_keyboard_fits_the_screen_and_breaks_no_rule_of_accessibility(width: int) -> None:
    with Browser(width, 800) as browser:
        browser.open(page("en")["html"])
        browser.run("document.querySelectorAll('.whatif-asked select')[1].focus()")
        browser.press("ArrowDown")
        assert browser.run("document.activeElement.value") == "Observed in every year"
        sample = "document.querySelector('.whatif-chosen').cells[0].textContent"
        assert browser.run(sample) == "Observed in every year"
        assert browser.run("document.documentElement.scrollWidth") <= width
        assert browser.faults() == []


def test_the_longest_words_of_an_answer_fit_a_phone() -> None:
    """What limits a verdict is told in words such as "menggugurkannya", one beside another."""
    with Browser(360, 800) as browser:
        browser.open(page("id")["html"])
        browser.run(
            "document.querySelectorAll('.whatif-answer tbody td').forEach(c => { c.textContent = 'akan menggugurkannya'; })"
        )
        assert browser.run("document.documentElement.scrollWidth") <= 360


def test_without_scripts_the_tables_stand_and_print_has_no_panel() -> None:
    _, results, _ = judged()
    with Browser(scripts=False) as browser:
        browser.open(page("en")["html"])
        for outcome in OUTCOMES:
            rows = f"document.querySelectorAll('#tbl-whatif-{outcome} tbody tr').length"
            assert browser.run(rows) == len(results.tables[f"tbl_whatif_{outcome}"].rows)
            place = f"document.querySelector('#tbl-whatif-{outcome}').getBoundingClientRect().height"
            assert browser.run(place) > 500
        assert browser.run("document.querySelector('.whatif-panel')") is None
    with Browser() as browser:
        browser.open(page("en")["html"])
        browser.call("Emulation.setEmulatedMedia", media="print")
        assert browser.run("getComputedStyle(document.querySelector('.whatif-panel')).display") == "none"
        shown = "[...document.querySelectorAll('.whatif-of')].map(p => getComputedStyle(p).display)"
        assert browser.run(shown) == ["block"] * len(OUTCOMES)


def test_paper_has_the_summary_and_says_where_the_whole_is() -> None:
    files = page("en")
    printed = " ".join(words_of_pages(files["pdf"]))
    paragraphs = " ".join(p.text for p in docx.Document(str(files["docx"])).paragraphs)
    rows = [len(table.rows) for table in docx.Document(str(files["docx"])).tables]
    for text in (" ".join(printed.split()), paragraphs):
        assert "has a panel in which a reader chooses" in text
        assert "Each row below" not in text
    assert len(rows) == 2  # the summary, and the rules that it speaks of
    html = files["html"].read_text(encoding="utf-8")
    assert "has a panel in which a reader chooses" not in html
    assert "Each row below" in html
