"""A study's own messages: each replaces one that there is; an original that changed since is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.errors import RenderError
from pipeline.languages import overrides
from pipeline.languages.catalogue import Catalogue
from pipeline.study import ROOT


@pytest.fixture
def own(tmp_path: Path):
    """Writes a study's messages and gives its folder of texts."""

    def put(text: str, lang: str = "en") -> Path:
        folder = tmp_path / "studies" / "mine" / "text"
        (folder / lang).mkdir(parents=True, exist_ok=True)
        (folder / lang / "own.ftl").write_text(text, encoding="utf-8")
        return folder

    return put


def test_an_override_with_its_originals_hash_is_silent_and_is_said(own) -> None:
    [note] = overrides.check(own("introduction-scope = Here only.\n"))
    assert note.startswith("studies/mine/text/en/own.ftl: introduction-scope: its original is not named")
    line = re.search(r"# original: \w{8}$", note)[0]
    folder = own(f"{line}\nintroduction-scope = Here only.\n")
    assert overrides.check(folder) == []
    assert Catalogue("en", folder / "en").say("introduction-scope") == "Here only."


def test_an_original_that_changed_since_is_told_in_one_line(own) -> None:
    [note] = overrides.check(own("# original: 00000000\nintroduction-scope = Here only.\n"))
    assert "has changed since it was written" in note
    assert "\n" not in note


def test_the_hash_follows_the_words_and_not_the_comment(tmp_path: Path) -> None:
    def digest(text: str) -> str:
        path = tmp_path / "x.ftl"
        path.write_text(text, encoding="utf-8")
        return overrides.digest(next(overrides._messages(path)))

    assert digest("a = One.\n    .alt = two\n") == digest("# remark\na = One.\n    .alt = two\n")
    assert digest("a = One.\n    .alt = two\n") != digest("a = One.\n    .alt = three\n")
    assert digest("a = One.\n") != digest("a = One!\n")


def test_an_override_of_nothing_is_refused_with_near_names(own) -> None:
    with pytest.raises(RenderError) as caught:
        overrides.check(own("introduction-scop = Here only.\n"))
    assert "'introduction-scop'" in caught.value.what
    assert "introduction-scope" in caught.value.expected
    assert caught.value.where == "studies/mine/text/en/own.ftl"


def test_a_list_that_the_study_says_anew_lets_it_have_messages_of_its_own(own) -> None:
    listed = "# original: x\nintroduction-list = introduction-scope mine\nmine = Ours.\n"
    assert len(overrides.check(own(listed))) == 1
    with pytest.raises(RenderError, match="'my-list'"):
        overrides.check(own("my-list = mine\nmine = Ours.\n"))  # no list of the report


def test_an_attribute_that_the_original_has_not_is_refused(own) -> None:
    with pytest.raises(RenderError) as caught:
        overrides.check(own("tbl-skm-grades =\n    .note = Ours.\n"))
    assert "tbl-skm-grades.note" in caught.value.what
    assert "notes" in caught.value.expected


def test_words_in_a_language_that_there_is_not_are_refused(own) -> None:
    with pytest.raises(RenderError, match="no language of the report"):
        overrides.check(own("introduction-scope = x\n", "xx"))


@pytest.mark.parametrize("study", sorted(path.name for path in (ROOT / "studies").iterdir() if path.is_dir()))
def test_the_projects_own_studies_were_written_for_the_present_originals(study: str) -> None:
    assert overrides.check(ROOT / "studies" / study / "text") == []
