"""Whom training reached beyond those that took part, and the duty's own group."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.chapters import delivery, introduction
from pipeline.languages.known import languages
from pipeline.ledger.entries import Ledger, Results, read_results
from pipeline.report.doc import Doc
from pipeline.report.prose import Prose
from tests.demo_study import blank_figures
from tests.given import Given


def _recorded(study, folder, *, reached: int) -> Results:
    """Forty persons of schools that never took part, so many of them reached, beside forty that took part."""
    people = [(f"p{k}", "A" if k < 40 else "B", 2024, "PNS" if k % 2 else "PPPK") for k in range(80)]
    staff = pd.DataFrame(people, columns=["person", "unit", "period", "employment"]).assign(
        sex="F", rank_group="III", service_group=2, age_group=4
    )
    came = [f"p{k}" for k in (*range(reached), *range(40, 80))]
    training = pd.DataFrame({"person": came, "period": 2024, "activity": "workshop", "jp": 24.0, "attended": True})
    tables = {"staff": staff, "training": training}
    with blank_figures(), Ledger("02_programme", folder) as ledger:
        delivery.record(ledger, Given(study, folder, tables))
        ledger.number("dose_mean", 20.2, unit="JP", decimals=1)
        ledger.number("dose_mean_never", 2.4 if reached else 0.0, unit="JP", decimals=1)
        for name in ("n_units", "n_treated", "n_never", "share_treated", "n_compared_treated", "n_compared_never"):
            ledger.number(name, 2, decimals=0)
    return read_results(folder)


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("reached", [0, 25])
def test_a_comparison_that_was_trained_too_is_said_to_be(medan, tmp_path, lang, reached) -> None:
    found = _recorded(medan, tmp_path / "ledger", reached=reached)
    doc = Doc(Prose(medan, 2024, lang, found, tmp_path / "figures"))
    doc.table = lambda name: None  # type: ignore[method-assign]
    introduction.background(doc)
    words = {"en": "The comparison is not without training", "id": "Pembanding bukan tanpa pelatihan"}[lang]
    assert (words in doc.markdown()) is bool(reached)
    if reached:
        assert {"en": "20.2", "id": "20,2"}[lang] in doc.markdown()
        assert {"en": "2.4", "id": "2,4"}[lang] in doc.markdown()


def test_the_share_of_those_whom_the_duty_binds_is_their_own(medan, tmp_path) -> None:
    found = _recorded(medan, tmp_path, reached=25)
    assert found.numbers["delivery_minimum_pns"].value == pytest.approx(100 * (12 + 20) / 40)


def test_units_reach_the_minimum_by_the_mean_of_all_their_staff(medan, tmp_path) -> None:
    """Seven of twelve units: in the others half of the staff have 24 hours, so 12 on average; one of three persons is left
    out."""
    people = [(f"u{u}", f"u{u}p{k}") for u in range(12) for k in range(10)] + [("few", f"few{k}") for k in range(3)]
    staff = pd.DataFrame(people, columns=["unit", "person"]).assign(
        period=2024, employment="PNS", sex="F", rank_group="III", service_group=2, age_group=4
    )
    came = [p for u, p in people if u in {f"u{k}" for k in range(7)} or (u != "few" and int(p[-1]) < 5)]
    training = pd.DataFrame({"person": came, "period": 2024, "activity": "workshop", "jp": 24.0, "attended": True})
    with blank_figures(), Ledger("02_programme", tmp_path) as ledger:
        delivery.record(ledger, Given(medan, tmp_path, {"staff": staff, "training": training}))
    found = read_results(tmp_path).numbers["delivery_units_minimum"]
    assert found.n == 12
    assert found.value == pytest.approx(100 * 7 / 12)
