"""Pages are filled: the measure on pages that are known, and on the small demonstration's report (slow)."""

from __future__ import annotations

from pathlib import Path

import pytest

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


@pytest.mark.slow
def test_no_page_of_a_report_is_nearly_empty_but_the_last_of_a_chapter(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, "standard")
    done = run_pipeline(workspace, "report", "--engine", "embedded", "--lang", "all")
    assert done.returncode == 0, done.stderr
    made = sorted((workspace / "reports").rglob("*.pdf"))
    assert len(made) == 4
    assert {path: thin(path) for path in made if thin(path)} == {}
