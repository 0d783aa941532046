"""A message that is parsed alone is the message of the whole file, and what it refers to comes with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from fluent.syntax import FluentParser, FluentSerializer, ast
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.errors import RenderError
from pipeline.languages.catalogue import Catalogue
from pipeline.languages.known import HERE, asked_for, languages
from pipeline.languages.syntax import Parser, entry, read, references, sources


def _written(found: ast.Message | ast.Term) -> str:
    alone = found.clone()
    alone.comment = None
    return FluentSerializer().serialize_entry(alone)


@pytest.mark.parametrize("lang", languages())
def test_each_message_alone_is_that_of_its_file(lang: str) -> None:
    for path in sorted((HERE / lang).glob("*.ftl")):
        whole = {
            ("-" if isinstance(found, ast.Term) else "") + found.id.name: _written(found)
            for found in read(path).body
            if isinstance(found, ast.Message | ast.Term)
        }
        alone = {name: _written(entry(source)) for name, source in sources(path.read_text(encoding="utf-8")).items()}
        assert alone == whole, path.name


_PARTS = [*'aZ9_-. =\r\n\t{}[]*#$"\\:,()é\u2028\0', "\r\n", "\n    ", "a-b = ", "{ $n ->", "[one]", "*[other]"]
_SIGNS = st.lists(st.sampled_from(_PARTS)).map("".join)


@given(_SIGNS | _SIGNS.map("a = {}".format))
@example("a = one\r\n    two \r\n.b = \rthree\r")
@example("a = { $n ->\n    [one] x\n   *[other] y } z  ")
@example("9 = x\n-t = { -u(v: 1) }\n")
def test_what_is_read_in_one_step_is_what_the_library_reads_letter_by_letter(source: str) -> None:
    assert Parser().parse(source).to_json() == FluentParser().parse(source).to_json()
    assert Parser().parse_entry(source).to_json() == FluentParser().parse_entry(source).to_json()


@pytest.mark.parametrize("lang", languages())
def test_every_catalogue_is_read_as_the_library_reads_it(lang: str) -> None:
    for path in sorted((HERE / lang).glob("*.ftl")):
        source = path.read_text(encoding="utf-8")
        assert Parser().parse(source).to_json() == FluentParser().parse(source).to_json(), path.name


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "mine.ftl").write_text(
        "-house = The House\n"
        "# a word of warning\n"
        "mine-first = { $n ->\n    [one] One of { -house }\n   *[other] { mine-second } of { mine-second.aside }\n}\n"
        "mine-second = Many\n    and more\n    .aside = their { -house }\n\n# the end\n",
        encoding="utf-8",
    )
    return tmp_path


def test_what_a_message_refers_to_is_there_when_it_is_said(own: Path) -> None:
    words = Catalogue("en", own)
    assert words.say("mine-first", n=1) == "One of The House"
    assert words.say("mine-first", n=3) == "Many\nand more of their The House"
    assert references(entry(sources((own / "mine.ftl").read_text())["mine-first"])) == {"-house", "mine-second"}


def test_a_fingerprint_follows_the_words_and_what_they_refer_to_but_no_comment(own: Path) -> None:
    path = own / "mine.ftl"
    before = {name: Catalogue("en", own).digest(name) for name in ("mine-first", "mine-second")}
    path.write_text(path.read_text().replace("# a word of warning", "# nothing").replace("# the end", ""))
    assert {name: Catalogue("en", own).digest(name) for name in before} == before
    path.write_text(path.read_text().replace("Many", "Most"))
    after = {name: Catalogue("en", own).digest(name) for name in before}
    assert all(after[name] != before[name] for name in before)
    assert Catalogue("en", own).digest("mine-third") is None


def test_a_study_that_says_a_part_keeps_the_rest(own: Path) -> None:
    original = Catalogue("en").say("introduction-title")
    (own / "introduction.ftl").write_text("introduction-title = Mine\n", encoding="utf-8")
    assert Catalogue("en", own).say("introduction-title") == "Mine" != original


def test_what_is_no_fluent_is_told_with_its_line(own: Path) -> None:
    (own / "mine.ftl").write_text("good = Good\nbad = { $n ->\n", encoding="utf-8")
    with pytest.raises(RenderError, match=r"mine.ftl, line 2: bad"):
        Catalogue("en", own)
    with pytest.raises(RenderError, match="cannot be read"):
        entry("bad = { $n ->")


def test_the_run_says_its_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVALUATION_LANGUAGES", "en")
    assert asked_for() == ("en",)
    monkeypatch.setenv("EVALUATION_LANGUAGES", "")
    assert asked_for() == tuple(languages())
