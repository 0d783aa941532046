"""A headline number that moves fails until CHANGELOG.md says from what to what, and why."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.ledger.results import Number, Results
from pipeline.published.headline import headline
from tests.backtests import keep
from tests.backtests.__main__ import main
from tests.backtests.editions import EDITIONS, SMALL, Shipped

NAME = "one-2024"
RELEASED = "# Changelog\n\n## [Unreleased]\n\n## [0.1.0] - 2026-01-01\n\n- First.\n"


def results(
    value: float = 0.1234, verdict: str = "moderate", reasons: str = "interval_above_zero few_clusters"
) -> Results:
    numbers = {
        "att_score": Number(value, "sd", 3, value - 0.05, value + 0.05, 0.0004, 40, "03_effects"),
        "mde_score": Number(0.08, "sd", 3, None, None, None, None, "07_verdict"),
        "other": Number(1.0, "sd", 1, None, None, None, None, "06_aims"),
        "no_verdict": Number(1.0, "sd", 1, None, None, None, None, "06_aims"),
    }
    texts = {"verdict_score": verdict, "reasons_score": reasons, "headline": verdict, "other_verdict": "weak"}
    return Results(numbers, texts, {}, {}, {}, Path())


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A folder with a back-test and a changelog that has nothing to tell."""
    (tmp_path / "CHANGELOG.md").write_text(RELEASED, encoding="utf-8")
    assert keep.accept(NAME, results(), tmp_path, tmp_path / "CHANGELOG.md") == ""
    return tmp_path


def check(folder: Path, found: Results) -> None:
    keep.check(NAME, found, folder, folder / "CHANGELOG.md")


def accept(folder: Path, found: Results) -> str:
    return keep.accept(NAME, found, folder, folder / "CHANGELOG.md")


def tell(folder: Path, text: str) -> None:
    path = folder / "CHANGELOG.md"
    path.write_text(RELEASED.replace("[Unreleased]\n", f"[Unreleased]\n\n{text}\n"), encoding="utf-8")


def test_what_a_reader_sees_is_kept_and_no_more(kept: Path) -> None:
    assert keep.read(NAME, kept)["values"] == {
        "att_score": "0.123",
        "att_score.high": "0.173",
        "att_score.low": "0.073",
        "att_score.mde": "0.080",
        "att_score.n": "40",
        "att_score.p": "0.000",
        "att_score.reasons": "interval_above_zero few_clusters",
        "att_score.verdict": "moderate",
        "headline": "moderate",
        "other": "1.0",
        "other.verdict": "weak",
    }
    check(kept, results(0.12341))  # the fifth digit is printed nowhere


@pytest.mark.parametrize(
    ("found", "key", "words"),
    [
        (results(0.1244), "att_score", "0.123 → 0.124"),
        (results(verdict="weak"), "att_score.verdict", "moderate → weak"),
        (
            results(reasons="interval_above_zero"),
            "att_score.reasons",
            "interval_above_zero few_clusters → interval_above",
        ),
        (replace(results(), texts={"verdict_score": "moderate"}), "other", "1.0 → –"),
    ],
)
def test_what_moved_is_named_with_both_values_and_what_to_do(kept: Path, found: Results, key: str, words: str) -> None:
    with pytest.raises(keep.MovedError) as caught:
        check(kept, found)
    said = str(caught.value)
    assert re.search(rf"^  {re.escape(key)} +{re.escape(words)}", said, re.MULTILINE)
    assert f"tests.backtests --accept {NAME}" in said
    assert f"- Moved in `{NAME}`: " in said


def test_accepting_is_not_enough_the_changelog_must_say_what_and_why(kept: Path) -> None:
    found = results(0.1244)
    line = accept(kept, found)
    assert line.startswith(f"- Moved in `{NAME}`: `att_score` 0.123 → 0.124; ")
    for text in (
        "",
        line,  # its reason is not written yet
        line.replace("…", "so."),
        line.replace("0.124", "0.125").replace("…", "variances are now those of clusters."),
        line.replace("; `att_score.low` 0.073 → 0.074", "").replace("…", "variances are now those of clusters."),
        line.replace(NAME, "other").replace("…", "variances are now those of clusters."),
    ):
        tell(kept, text)
        with pytest.raises(keep.MovedError, match=r"CHANGELOG\.md does not say"):
            check(kept, found)
    told = line.replace("…", "variances are now\n  those of clusters.").replace(
        "; `att_score.high`", ";\n  `att_score.high`"
    )
    tell(kept, told)
    check(kept, found)
    with pytest.raises(keep.MovedError, match="moved"):
        check(kept, results())


def test_an_entry_of_a_released_version_tells_nothing_of_later_moves(kept: Path) -> None:
    line = accept(kept, results(0.1244)).replace("…", "variances are now those of clusters.")
    path = kept / "CHANGELOG.md"
    path.write_text(f"{RELEASED}{line}\n", encoding="utf-8")
    with pytest.raises(keep.MovedError, match="does not say"):
        check(kept, results(0.1244))


def test_several_moves_of_one_version_are_told_as_one_and_none_where_it_moved_back(kept: Path) -> None:
    accept(kept, results(0.1244))
    assert "`att_score` 0.123 → 0.126; " in accept(kept, results(0.1264))
    assert accept(kept, results()) == ""
    check(kept, results())


def test_after_a_release_moves_begin_anew(kept: Path) -> None:
    line = accept(kept, results(0.1244)).replace("…", "variances are now those of clusters.")
    released = RELEASED.replace("## [0.1.0]", f"## [0.2.0] - 2026-02-01\n\n{line}\n\n## [0.1.0]")
    (kept / "CHANGELOG.md").write_text(released, encoding="utf-8")
    check(kept, results(0.1244))
    assert "`att_score` 0.124 → 0.126; " in accept(kept, results(0.1264))


def test_a_file_edited_by_hand_is_refused(kept: Path) -> None:
    path = kept / f"{NAME}.json"
    path.write_text(path.read_text(encoding="utf-8").replace("0.123", "0.124"), encoding="utf-8")
    with pytest.raises(keep.MovedError, match="edited by hand"):
        check(kept, results(0.1244))


def test_what_the_gate_withholds_is_kept_as_withheld() -> None:
    found = results()
    hidden = replace(found.numbers["att_score"], value=float("nan"), low=None, high=None, p=None, n=None, withheld=True)
    told = headline(replace(found, numbers={**found.numbers, "att_score": hidden})).printed()
    assert told["att_score"] == "[c]"
    assert "att_score.low" not in told


def test_each_edition_has_its_file_and_the_changelog_tells_what_moved_in_it() -> None:
    assert {path.stem for path in keep.FOLDER.glob("*.json")} == {edition.name for edition in EDITIONS}
    for edition in EDITIONS:
        kept_one = keep.read(edition.name)
        assert len(kept_one["values"]) > 10
        assert keep.untold_moves(edition.name, kept_one) == {}
        text = (keep.FOLDER / f"{edition.name}.json").read_text(encoding="utf-8")
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def test_a_slip_in_a_name_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["medan-2024"]) == 2
    assert "medan-pendidikan-2024" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("edition", [one for one in EDITIONS if one != SMALL], ids=lambda one: one.name)
def test_an_edition_made_anew_has_its_headline(edition: Shipped, tmp_path: Path) -> None:
    keep.check(edition.name, edition.make(edition.prepare(tmp_path)))
