"""The reasons of every verdict stand in a table: of outcomes in one, of the indicators of other aims in another."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from pipeline.chapters import summary, verdicts
from pipeline.chapters.reasons import record_verdict
from pipeline.languages.catalogue import say
from pipeline.ledger.entries import Ledger, Results, read_results
from pipeline.methods.effects.judgement.types import Reason
from pipeline.report.doc import Doc
from pipeline.report.prose import Prose
from tests.demo_study import blank_figures
from tests.given import Given


def _verdict(code: str, *reasons: Reason) -> SimpleNamespace:
    """What a topic asks of a verdict."""
    capped = next((reason for reason in reasons if reason.cap), None)
    codes = [reason.code for reason in reasons]
    return SimpleNamespace(
        code=code, reasons=reasons, codes=codes, underpowered=False, security=4, limiting=capped, mde=0.2
    )


def _recorded(study, folder, names: tuple[str, ...]) -> Results:
    doubt = (Reason("interval_above_zero"), Reason("few_treated", cap="moderate"))
    judged = {outcome.name: _verdict("moderate", *doubt) for outcome in study.outcomes}
    with Ledger("06_aims", folder) as ledger:
        for name in names:
            ledger.number(name, 1.5, low=0.5, high=2.5, decimals=2)
            caps = (Reason("interval_above_zero"), Reason("breakdown_below_one", cap="moderate"))
            record_verdict(ledger, _verdict("moderate", *caps), lambda part, name=name: f"{name}_{part}")
    with blank_figures(), Ledger("07_verdict", folder) as ledger:
        given = Given(study, folder, {}, verdicts=judged)
        verdicts.record(ledger, given)
        summary.record(ledger, given)
    return read_results(folder)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_every_effect_on_another_aim_has_its_reasons_where_page_one_says(medan, tmp_path, count) -> None:
    """Page 1 cites the second table exactly where it has rows, and these are of the indicators that were judged."""
    declared = [i for aim in medan.aims for i in aim.indicators if i.design == "effect"]
    names = tuple(i.number for i in declared[:count])
    found = _recorded(medan, tmp_path, names)
    doc = Doc(Prose(medan, 2024, "en", found, tmp_path / "figures"))
    notes = say(found.tables["tbl_summary"].notes, "en")
    assert ("@tbl-aim-verdicts" in notes) == (count > 0) == ("tbl_aim_verdicts" in found.tables)
    verdicts.results(doc)
    assert ("@tbl-aim-verdicts" in doc.markdown()) == (count > 0)
    if not count:
        return
    table = found.tables["tbl_aim_verdicts"]
    labels = next(column.codes for column in table.columns if column.key == "outcome")
    assert {say(labels[row["outcome"]], "en") for row in table.rows} == {i.label.en for i in declared[:count]}
    assert [(row["reason"], row["cap"]) for row in table.rows[:2]] == [
        ("interval_above_zero", "no_cap"),
        ("breakdown_below_one", "moderate"),
    ]
