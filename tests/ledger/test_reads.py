"""What a notebook reads is noted under the topic that reads it, and ledgers of other editions are no part of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.ledger.entries import Ledger, read_results
from pipeline.ledger.reads import OPENING, Reads, keys_of, tables_of


def test_reads_belong_to_the_topic_in_whose_turn_they_happen() -> None:
    reads = Reads()
    reads.table("panel", ["unit"])
    with reads.of("effects"):
        reads.table("scores")
        reads.key("inference.level", 0.95)
        reads.key("outcomes.0.name", "literacy")
    reads.table("staff")
    held = reads.to_json()
    assert tables_of(held, "effects") == ["panel", "scores", "staff"]
    assert tables_of(held, OPENING) == ["panel", "staff"]
    assert keys_of(held, "effects") == {"inference.level": 0.95, "outcomes.0.name": None}  # of words the name alone
    assert keys_of(held, "other") == {}


def test_only_the_edition_s_own_ledgers_are_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("this", "earlier"):
        with Ledger(f"03_{name}", tmp_path / name) as ledger:
            ledger.number("n", 1.0)
    reads = Reads()
    reads.ledgers_of = tmp_path / "this"
    monkeypatch.setattr(Reads, "current", reads)
    for name in ("this", "earlier"):
        read_results(tmp_path / name)
    assert reads.to_json()["topics"] == {OPENING: {"tables": [], "ledgers": ["03_this"], "keys": {}}}
