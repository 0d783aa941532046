"""`make bench` reads the documented table and fails on a loss of more than a quarter."""

from __future__ import annotations

import pytest

from benchmarks.report import SENTENCE, documented, losses, with_sentence
from pipeline.study import ROOT


def test_the_documented_table_is_read() -> None:
    table = documented((ROOT / "docs" / "performance.md").read_text(encoding="utf-8"))
    assert {"cold report", "nothing changed", "one prose file changed", "a comment in study.yml"} <= table.keys()


def test_a_loss_of_more_than_a_quarter_is_named() -> None:
    assert losses({"cold report": 0.88, "new": 9.0}, {"cold report": 0.70}) == []
    assert losses({"cold report": 0.90}, {"cold report": 0.70}) == ["cold report: 0.90, documented 0.70"]


def test_the_changed_prose_is_a_sentence_of_the_report() -> None:
    """A file that no report reads would measure nothing."""
    text = (ROOT / "studies" / "medan-pendidikan" / "text" / "en" / "introduction.ftl").read_text(encoding="utf-8")
    changed = with_sentence(text)
    (before, after), *others = [
        pair for pair in zip(text.splitlines(), changed.splitlines(), strict=True) if pair[0] != pair[1]
    ]
    assert others == []
    assert after == f"{before} {SENTENCE}"
    assert before.startswith("introduction-")
    with pytest.raises(ValueError, match="no paragraph"):
        with_sentence("introduction-title = Title")
