"""The verdict's error rates: the kept table is that of the present rules, keeps the bounds, and is what is printed."""

from __future__ import annotations

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from docs import write_characteristics
from pipeline.arithmetic import SETTINGS
from pipeline.chapters import validation
from pipeline.chapters.validation import unlike
from pipeline.languages import locale
from pipeline.languages.known import languages
from pipeline.ledger.entries import Ledger, read_results
from pipeline.methods.effects.judgement.error_rates import content, kept, nearest
from pipeline.report.doc import Doc
from pipeline.report.prose import Prose
from pipeline.study import ROOT
from pipeline.study.thresholds import Thresholds
from pipeline.validation import characteristics
from pipeline.validation.characteristics import COLUMNS, against_bounds, stale
from pipeline.validation.judged import GIVEN_UP, REPLICATIONS, WORLDS
from tests.given import Given
from tests.test_arithmetic import ASKED


def test_the_table_has_every_world_with_the_panels_that_are_said() -> None:
    table = kept()
    assert {(r["shape"], r["world"]) for r in table.to_dict("records")} == {(w.shape, w.name) for w in WORLDS}
    assert set(COLUMNS) <= set(table)
    assert (table["n"] == table["kind"].map(REPLICATIONS)).all()


def test_the_rules_are_those_that_were_measured() -> None:
    """The first panel of every world is judged again; a change of the rules without a new measurement fails here."""
    assert stale(kept()) == [], ".venv/bin/python -m pipeline.validation.characteristics measures them anew"


@pytest.mark.slow
def test_another_kind_of_processor_says_the_same() -> None:
    """Its digits are others (NumPy is loaded before the project settles them); no verdict hangs on them."""
    probe = (
        "import numpy\n"
        "from pipeline.arithmetic import IN_FORCE, SETTINGS\n"
        "from pipeline.methods.effects.judgement.error_rates import kept\n"
        "from pipeline.validation.characteristics import stale\n"
        "print(IN_FORCE != SETTINGS, stale(kept()))"
    )
    plain = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    done = subprocess.run([sys.executable, "-c", probe], env=plain | ASKED, cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "True []", done.stderr


def test_a_changed_rule_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    table = kept()
    some = table[(table["shape"] == "units_60") & table["world"].isin(["twice_mde", "linear_half"])]
    real = characteristics.judge_family

    def strict(evidence, limits=None):
        return real(evidence, dict.fromkeys(evidence, replace_share(4.0)))

    monkeypatch.setattr(characteristics, "judge_family", strict)
    assert "units_60/twice_mde" in stale(some, count=5)


def replace_share(share: float) -> Thresholds:
    return Thresholds(divergence_share=share)


def test_every_bound_is_kept_but_those_that_are_given_up_with_a_reason() -> None:
    bounds = against_bounds(kept())
    broken = bounds[bounds["fails"] & ~bounds["given_up"]]
    assert broken.empty, broken.to_string()
    given_up = {(r["shape"], r["world"], r["event"]) for r in bounds[bounds["given_up"]].to_dict("records")}
    assert given_up == set(GIVEN_UP)
    assert all(len(why) > 40 for why in GIVEN_UP.values())
    assert len(bounds) > 200


def test_a_bound_that_is_broken_would_show() -> None:
    table = kept()
    table.loc[table["world"] == "no_effect", "harm"] = 0.2
    assert against_bounds(table)["fails"].sum() > 20


def test_the_page_prints_what_was_measured() -> None:
    text = write_characteristics.PAGE.read_text(encoding="utf-8")
    assert write_characteristics.page(text) == text, ".venv/bin/python -m docs.write_characteristics writes it anew"


def test_the_page_says_how_small_the_short_version_is() -> None:
    text = write_characteristics.PAGE.read_text(encoding="utf-8")
    assert f"nine worlds with {characteristics.FEW} panels" in text
    assert len(characteristics.SHORT) == 9


@pytest.mark.parametrize(
    ("draws", "treated", "by_cluster", "name"),
    [
        (60, 36, False, "units_60"),
        (12, 6, False, "units_12"),
        (8, 4, True, "clusters_8"),
        (42, 2, False, "treated_2_of_42"),
    ],
)
def test_the_nearest_shape_is_of_the_study_s_kind(draws: int, treated: int, by_cluster: bool, name: str) -> None:
    shape, table = nearest(draws, treated, by_cluster=by_cluster)
    alike = next(row for row in content()["shapes"] if row["name"] == name)
    same = ("draws", "treated_draws", "outcomes", "by_cluster")
    assert [getattr(shape, key) for key in same] == [alike[key] for key in same]
    assert set(table["shape"]) == {shape.name}


def test_a_study_of_few_periods_is_not_set_beside_one_of_decades() -> None:
    assert nearest(45, 30, periods=42)[0].name == "long_45x42"
    assert nearest(45, 30, periods=8)[0].periods < 10


def test_measured_bounds_are_recorded_with_their_errors(tmp_path) -> None:
    bounds = against_bounds(kept())
    with Ledger("validation", tmp_path) as ledger:
        validation.record_characteristics(ledger, bounds)
    found = read_results(tmp_path)
    assert found.numbers["bounds_n"].value == len(bounds) == len(found.tables["tbl_characteristics"].rows)
    assert found.numbers["bounds_kept"].value == len(bounds)


@pytest.mark.parametrize(
    ("draws", "treated", "periods", "far"),
    [(60, 36, 7, False), (6000, 3000, 7, True), (30, 15, 2, True)],
)
def test_a_study_unlike_every_simulated_shape_is_known(draws: int, treated: int, periods: int, far: bool) -> None:
    own = {"draws": draws, "treated_draws": treated, "periods": periods}
    assert unlike(nearest(draws, treated, periods=periods)[0], own) is far


def test_as_many_studies_are_said_to_be_tried_as_the_table_has(medan, tmp_path) -> None:
    """All worlds together; those without an effect, of which the rates are told, are a part of them."""
    one = SimpleNamespace(evidence=SimpleNamespace(treated_draws=256, draws=428))
    found = SimpleNamespace(main=SimpleNamespace(cluster="unit"), design=SimpleNamespace(periods=range(6)))
    names = [o.name for o in medan.outcomes if o.role == "primary"]
    given = Given(medan, tmp_path, effects=dict.fromkeys(names, found), verdicts=dict.fromkeys(names, one))
    with Ledger("07_verdict", tmp_path) as ledger:
        validation.record(ledger, given)
    kept_there = read_results(tmp_path)
    rows = {row["world"]: row["n"] for row in kept_there.tables["tbl_like"].rows}
    assert len(rows) > 1
    assert kept_there.numbers["like_panels"].value == sum(rows.values())
    assert kept_there.numbers["like_null"].value == rows["no_effect"] < sum(rows.values())
    # what the rules do where trends diverge is told beside what they do where they do not
    worst = next(row for row in kept_there.tables["tbl_like"].rows if row["world"] == "linear_half")
    for lang in languages():
        doc = Doc(Prose(medan, 2024, lang, kept_there, tmp_path / "figures"))
        validation.technical(doc)
        assert round(worst["increase"], 1) > 10
        assert locale.number(worst["increase"], lang, 1) in doc.markdown().partition("tbl-like}")[0]
        assert doc.say("validation-like-diverging") in doc.markdown()
