"""An exhibit in a notebook says what is computed, and shows the source of the function that did it."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from pipeline.chapters import theory
from pipeline.ledger.entries import Ledger
from pipeline.report.shown import exhibits, source_of
from pipeline.study import Study
from tests.given import Given


def test_an_exhibit_has_the_source_of_the_function_that_made_it(medan: Study, tmp_path: Path) -> None:
    with Ledger("02_programme", tmp_path) as ledger:
        ledger.cell = "theory"
        theory.record(ledger, Given(medan, tmp_path))
        html = exhibits(ledger.results(), ["tbl_indicators"], "en", "year")
    shown = re.search(r'<details class="made-by">.*?<code>(.*?)</code>.*?<pre>(.*?)</pre></details>', html, re.DOTALL)
    assert shown is not None
    assert shown[1] == "pipeline.chapters.theory.record"
    assert unescape(shown[2]) in Path(theory.__file__).read_text(encoding="utf-8")
    assert 'ledger.table(\n        "tbl_indicators"' in unescape(shown[2])


def test_only_the_projects_own_functions_are_shown() -> None:
    assert source_of("pipeline.chapters.facts.few").startswith("def few(")
    for other in ("os.path.join", "", "pipeline.chapters.aims.no_such", "pipeline.no_such.at_all"):
        assert source_of(other) == ""
