"""The theory of change: checked as data, drawn, and closed aim by aim by the verdicts."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from pipeline.chapters import aims, theory
from pipeline.chapters.theory import _columns
from pipeline.languages.catalogue import say
from pipeline.ledger.entries import Ledger, read_results
from pipeline.report.wording import alternative
from pipeline.study.theory import Aim, check_theory, layers
from tests.given import Given

WORD = {"id": "x", "en": "x"}


def _aim(name: str, *leads_to: str, **more) -> Aim:
    return Aim(name=name, label=WORD, kind="activity", leads_to=list(leads_to), **more)


def test_layers_are_the_longest_way() -> None:
    assert layers([_aim("a", "b", "d"), _aim("b", "c"), _aim("c", "d"), _aim("d")]) == {"a": 0, "b": 1, "c": 2, "d": 3}


@pytest.mark.parametrize(
    ("aims", "words"),
    [
        ([_aim("a", "b"), _aim("b", "a")], "circle"),
        ([_aim("a", "z")], "not among"),
        ([_aim("a"), _aim("a")], "two aims"),
        ([Aim(name="a", label=WORD)], "no indicator"),
    ],
)
def test_what_does_not_fit_is_refused(aims: list[Aim], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        check_theory(aims, ["y"])


def test_an_indicator_says_what_judges_it() -> None:
    plain = {"label": WORD, "source": WORD}
    for wrong in ({"design": "did"}, {"design": "none_yet", "outcome": "y"}, {"design": "descriptive"}):
        with pytest.raises(ValueError, match="design"):
            Aim(name="a", label=WORD, indicators=[{**plain, **wrong}])
    aim = Aim(name="a", label=WORD, indicators=[{**plain, "design": "did", "outcome": "lost"}])
    with pytest.raises(ValueError, match="lost"):
        check_theory([aim], ["y"])
    with pytest.raises(ValueError, match="reason"):
        Aim(name="a", label=WORD, indicators=[{**plain, "design": "none_yet"}])


def test_boxes_stand_below_their_causes() -> None:
    boxes = [(name, name, "open") for name in "abcd"]
    columns, share = _columns(boxes, [("a", "c"), ("b", "d"), ("b", "c")], {"a": 0, "b": 0, "c": 2, "d": 1})
    assert columns == {"a": 0, "b": 1, "d": 1, "c": 0}
    assert share == 8.0


def test_the_closing_table_follows_the_verdicts(medan, tmp_path) -> None:
    overall = SimpleNamespace(value=0.25, low=0.1, high=0.4)
    effects = {o.name: SimpleNamespace(main=SimpleNamespace(overall=overall)) for o in medan.outcomes}
    said = {"underpowered": False, "security": 5, "limiting": None}
    verdicts = {o.name: SimpleNamespace(code="none", **said) for o in medan.outcomes}
    verdicts["literacy"] = SimpleNamespace(code="strong", **said)
    with Ledger("02_programme", tmp_path) as results:
        theory.record(results, Given(medan, tmp_path))
        results.number("share_min_jp", 41.3, unit="percent", decimals=1)
        results.number("skm_effect", 6.2, low=5.0, high=7.4, decimals=1)
        results.text("skm_effect_verdict", "strong")
    with Ledger("07_verdict", tmp_path) as results:
        aims.record(results, Given(medan, tmp_path, {}, effects, verdicts))
    found = read_results(tmp_path)
    counted = {name: found.numbers[name].value for name in ("n_aims", "n_aims_judged", "n_aims_open")}
    assert counted == {
        "n_aims": 7,
        "n_aims_judged": 4,
        "n_aims_open": 2,
    }  # motivation, professionalism have no source here
    rows = found.tables["tbl_aims"].rows
    assert len(rows) == sum(len(aim.indicators) for aim in medan.aims)
    codes = {row["indicator"]: row["strength"] for row in rows}
    assert codes["achievement_0_indicator"] == "strong"
    assert codes["achievement_1_indicator"] == "none"
    assert codes["motivation_0_indicator"] == "none_yet"  # its effect was not recorded
    assert codes["service_0_indicator"] == "strong"
    shown = next(c for c in found.tables["tbl_aims"].columns if c.key == "result").codes
    assert say(shown["competence_0_result"], "id") == "41,3%"
    assert say(shown["achievement_0_result"], "id") == "0,250\N{NO-BREAK SPACE}simpangan baku (0,100 sampai 0,400)"
    assert say(shown["motivation_0_result"], "en").startswith("not assessed in this edition, because")
    assert say(shown["service_0_result"], "en") == "6.2 (5.0 to 7.4)"
    assert "fig_theory" in found.figures
    assert "→" in alternative(found.figures["fig_theory"], "id")


def test_a_study_without_aims_records_nothing(medan, tmp_path) -> None:
    bare = medan.model_copy(update={"aims": []})
    with Ledger("07_verdict", tmp_path) as results:
        theory.record(results, Given(bare, tmp_path))
        aims.record(results, Given(bare, tmp_path))
    found = read_results(tmp_path)
    assert not found.tables
    assert not found.figures
