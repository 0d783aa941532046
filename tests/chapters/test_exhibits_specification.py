"""What the report says of the specification curve: its shares beyond zero, which way they lie, and what is tested."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.chapters import specification
from pipeline.ledger.entries import Ledger, read_results
from pipeline.methods.effects.sensitivity.specification import Curve
from pipeline.study import Study
from tests.chapters.robust_sample import prose, schools
from tests.given import Given


@pytest.mark.parametrize("better", ["higher", "lower"])
def test_intervals_beyond_zero_are_counted_each_way_and_add_up_to_those_of_the_figure(
    medan: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, better: str
) -> None:
    """The joint test of shares looks either way: where none lies beyond zero as wanted, what it saw stands beside it."""
    curves: list[Curve] = []
    whole = specification.curve
    monkeypatch.setattr(
        specification, "curve", lambda *given, **named: curves.append(whole(*given, **named)) or curves[-1]
    )
    first = medan.outcomes[0].model_copy(update={"better": better})
    choices = medan.specifications.model_copy(update={"samples": medan.specifications.samples[:2], "draws": 199})
    study = medan.model_copy(update={"outcomes": [first], "specifications": choices})
    panel = schools(60).assign(literacy=lambda f: f["literacy"] - 0.28 * (f["period"] >= f["cohort"]).fillna(False))
    with Ledger("04_specification", tmp_path / "ledger") as ledger:
        specification.record(ledger, Given(study, tmp_path, {"panel": panel}))
    found = read_results(tmp_path / "ledger")
    row, table = found.tables["tbl_specifications"].rows[0], curves[0].table
    above, below = (table["low"] > 0), (table["high"] < 0)
    wanted, against = (above, below) if better == "higher" else (below, above)
    assert (row["significant"], row["against"]) == (100 * wanted.mean(), 100 * against.mean())
    for lang, words in (("id", "ke arah sebaliknya"), ("en", "in the other direction")):
        assert (words in prose(study, found, tmp_path, lang, "specification")) is (row["against"] > 0)


def test_a_harm_that_every_specification_shows_stands_in_the_table(medan: Study, tmp_path: Path) -> None:
    choices = medan.specifications.model_copy(update={"samples": medan.specifications.samples[:1], "draws": 199})
    study = medan.model_copy(update={"outcomes": medan.outcomes[:1], "specifications": choices})
    panel = schools(60).assign(literacy=lambda f: f["literacy"] - 1.0 * (f["period"] >= f["cohort"]).fillna(False))
    with Ledger("04_specification", tmp_path / "ledger") as ledger:
        specification.record(ledger, Given(study, tmp_path, {"panel": panel}))
    found = read_results(tmp_path / "ledger")
    row = found.tables["tbl_specifications"].rows[0]
    assert (row["significant"], row["against"]) == (0, 100)
    assert row["p_share"] < 0.05
    text = prose(study, found, tmp_path, "en", "specification")
    assert "In none of them" in text
    assert "In 100% of them it lies beyond zero in the other direction" in text
