"""Pages are filled: the measure on pages that are known, and on the small demonstration's report (slow)."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.audit.pdf_words import words_of_pages
from pipeline.report.assets import ASSETS
from tests.conftest import make_workspace, run_pipeline
from tests.report.pages import DRAWS, sheets, thin

pytestmark = pytest.mark.skipif(DRAWS is None, reason="pdftoppm (poppler-utils) is not on this machine")
PAGES = """#set document(title: "x")
#set page(paper: "a4", margin: (top: 2.8cm, bottom: 2.6cm, x: 2cm), header: [head], footer: [foot])
= One
#v(1cm)
a line
#pagebreak()
#rect(width: 2cm, height: 20cm)
= Two
a line
"""


def test_what_is_known_of_pages_is_measured(tmp_path: Path) -> None:
    import typst

    source, pdf = tmp_path / "x.typ", tmp_path / "x.pdf"
    source.write_text(PAGES.replace("= Two", "#pagebreak()\n= Two"), encoding="utf-8")
    typst.compile(str(source), output=str(pdf))
    found = sheets(pdf)
    assert [sheet.ends for sheet in found] == [False, True, True]
    assert found[0].full < 0.2
    assert found[1].full == pytest.approx(20 / 24.5, abs=0.03)
    assert [sheet.number for sheet in thin(pdf)] == [1]


def _rules() -> str:
    template = (ASSETS / "template.typst").read_text(encoding="utf-8")
    ends = (
        ("#let ink", "#set document"),
        ("#let notes-text", "#let report-figure"),
        ("#set table.cell", "#show heading:"),
    )
    return "".join(template[template.index(first) : template.index(last)] for first, last in ends)


def test_a_table_that_goes_on_begins_with_several_rows(tmp_path: Path) -> None:
    """Behind text of every height: where only the heading and a row have room, the table begins on the next page."""
    import typst

    source, pdf = tmp_path / "x.typ", tmp_path / "x.pdf"
    body = """#set page(paper: "a4", margin: (top: 2.8cm, bottom: 2.6cm, left: inner, right: outer))
    #set text(size: 11pt)
    #for n in range(0, 48) {
      block(height: n * 0.5cm, width: 100%)[Text before.]
      let rows = range(40).map(k => ([row #k.], [#lorem(4)])).flatten()
      report-table(long: true, caption: [Table #n], table(columns: 2, table.header([A], [B]), ..rows))
      pagebreak(weak: true)
    }"""
    source.write_text(_rules() + body, encoding="utf-8")
    typst.compile(str(source), output=str(pdf))
    pages = [" ".join(text.split()) for text in words_of_pages(pdf)]
    begun = [page for page in pages if "Table " in page]
    assert len(begun) == 48
    assert all("row 2." in page for page in begun), "three rows at least below each caption"
    assert any("Text before." in page and "Table" not in page for page in pages)


def test_the_notes_of_a_table_never_stand_on_a_page_without_its_rows(tmp_path: Path) -> None:
    """Tables of every length around that of a page, one after another."""
    import typst

    source, pdf = tmp_path / "x.typ", tmp_path / "x.pdf"
    body = """#set page(paper: "a4", margin: (top: 2.8cm, bottom: 2.6cm, left: inner, right: outer))
    #set text(size: 11pt)
    #for n in range(28, 80) {
      let rows = range(n).map(k => ([row], [#k])).flatten()
      report-table(notes: [NOTE #lorem(45)], caption: [Length #n], table(columns: 2, ..rows))
      pagebreak(weak: true)
    }"""
    source.write_text(_rules() + body, encoding="utf-8")
    typst.compile(str(source), output=str(pdf))
    pages = words_of_pages(pdf)
    assert sum("NOTE" in page for page in pages) == 52
    assert len(pages) > 80
    assert [number for number, text in enumerate(pages, 1) if "row" not in text] == []


@pytest.mark.slow
def test_no_page_of_a_report_is_nearly_empty_but_the_last_of_a_chapter(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, "standard")
    done = run_pipeline(workspace, "report", "--engine", "embedded", "--lang", "all")
    assert done.returncode == 0, done.stderr
    made = sorted((workspace / "reports").rglob("*.pdf"))
    assert len(made) == 4
    assert {path: thin(path) for path in made if thin(path)} == {}
