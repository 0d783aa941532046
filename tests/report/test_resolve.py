"""A document read chapter by chapter is the document read at once, and only what changed is read again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import RenderError
from pipeline.report import resolve as resolving
from pipeline.report.assets import front_matter, metadata
from pipeline.report.kept import Kept
from pipeline.report.resolve import chapters, resolve


@pytest.fixture
def source(sample: Path) -> Path:
    """The sample without its note, which has it read at once."""
    lines = sample.read_text(encoding="utf-8").splitlines(keepends=True)
    text = "".join(line for line in lines if not line.startswith("[^1]:")).replace("[^1]", "")
    sample.write_text(text, encoding="utf-8")
    return sample


class Reads:
    """How often Pandoc reads a part of the text, and writes citations."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.texts: list[str] = []
        self.cited = 0
        run = resolving.run

        def counted(arguments: list[str], folder: Path, *, epoch: int = 0, given: str | None = None) -> Any:
            if "--citeproc" in arguments:
                self.cited += 1
            else:
                self.texts.append(given or "")
            return run(arguments, folder, epoch=epoch, given=given)

        monkeypatch.setattr(resolving, "run", counted)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    return Reads(monkeypatch)


def resolved(source: Path, kept: Kept | None = None, lang: str = "id") -> Any:
    return resolve(source, metadata(front_matter(source), lang, {}), kept)


def at_once(source: Path, monkeypatch: pytest.MonkeyPatch, lang: str = "id") -> Any:
    with monkeypatch.context() as patch:
        patch.setattr(resolving, "chapters", lambda text: [text])
        return resolved(source, lang=lang)


def alike(one: Any) -> Any:
    """Without the count of citations, which begins anew with each part and which nothing prints."""
    if isinstance(one, dict):
        return {key: alike(value) for key, value in one.items() if key != "citationNoteNum"}
    return [alike(item) for item in one] if isinstance(one, list) else one


@pytest.mark.parametrize("lang", ["id", "en"])
def test_chapters_read_one_by_one_are_the_text_read_at_once(
    source: Path, reads: Reads, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    made = resolved(source, lang=lang)
    assert len(reads.texts) > 3
    assert alike(made) == alike(at_once(source, monkeypatch, lang))


def test_the_parts_are_the_text(source: Path) -> None:
    text = source.read_text(encoding="utf-8")
    parts = list(chapters(text))
    assert "".join(parts) == text
    assert all(part.startswith("# ") for part in parts[1:])
    assert len(parts) == 1 + sum(line.startswith("# ") for line in text.splitlines())


@pytest.mark.parametrize(
    "text",
    [
        "a\n\n# B\n\nc [^1]\n\n# D\n\n[^1]: a note\n",
        "a\n\n# B\n\n[x][y]\n\n# D\n\n[y]: https://example.org\n",
        "(@one) an example\n\n# B\n\nsee (@one)\n",
        "# A\n\n<div class='x'>\n\n# B\n\n</div>\n",
        "# A\n\n\\newcommand{\\x}{y}\n\n# B\n\n$\\x$\n",
    ],
)
def test_what_one_chapter_defines_for_another_leaves_the_text_whole(text: str) -> None:
    assert list(chapters(text)) == [text]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a\n\n# B\n\n# C\n", 3),
        ("a\n# no heading without an empty line before it\n", 1),
        ("a\n\n```\n\n# a comment in code\n```\n\n# B\n", 2),
        ("a\n\n~~~~ python\n\n# a comment\n~~~\n\n# still code\n~~~~\n\n# B\n", 2),
        ("a\n\n::: {.callout-note}\n\n# A title\n\n:::\n\n# B\n", 2),
        ("a\n\n:::: outer\n\n::: {.inner}\nb\n:::\n\n# C\n\n::::\n\n# D\n", 2),
        ("a\n\n## B\n\n### C\n", 1),
    ],
)
def test_a_text_is_cut_before_headings_of_chapters_alone(text: str, count: int) -> None:
    parts = list(chapters(text))
    assert len(parts) == count
    assert "".join(parts) == text


def test_chapters_whose_sections_have_the_same_words_keep_the_names_of_one_text(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = "\n\n# Satu {#sec-satu}\n\n## Catatan akhir\n\nSatu.\n\n# Dua {#sec-dua}\n\n## Catatan akhir\n\nDua.\n"
    source.write_text(source.read_text(encoding="utf-8") + more, encoding="utf-8")
    made = resolved(source)
    assert alike(made) == alike(at_once(source, monkeypatch))
    assert '"catatan-akhir-1"' in json.dumps(made)


def test_a_sentence_has_its_chapter_read_and_no_other(source: Path, tmp_path: Path, reads: Reads) -> None:
    resolved(source, Kept(tmp_path / "kept"))
    assert reads.cited == 1
    assert len(reads.texts) == len(list(chapters(source.read_text(encoding="utf-8"))))
    reads.texts.clear()
    assert resolved(source, Kept(tmp_path / "kept")) == resolved(source)
    text = source.read_text(encoding="utf-8")
    source.write_text(text + "\nSatu kalimat lagi.\n", encoding="utf-8")
    reads.texts.clear()
    made = resolved(source, Kept(tmp_path / "kept"))
    assert [read.endswith("Satu kalimat lagi.\n") for read in reads.texts] == [True]
    assert reads.cited == 2, "the second without anything kept"
    assert made == resolved(source)


def test_another_citation_has_all_citations_written_anew(source: Path, tmp_path: Path, reads: Reads) -> None:
    """How one is written hangs on the others: two works of one author and year are told apart by letters."""
    listed = json.loads((source.parent / "references.json").read_text(encoding="utf-8"))
    first = next(entry for entry in listed if entry["id"] == "roth2022")
    second = {**first, "id": "roth2022b", "title": "Another work of the year"}
    (source.parent / "references.json").write_text(json.dumps([*listed, second]), encoding="utf-8")
    resolved(source, Kept(tmp_path / "kept"))
    source.write_text(source.read_text(encoding="utf-8") + "\nLihat @roth2022b.\n", encoding="utf-8")
    made = json.dumps(resolved(source, Kept(tmp_path / "kept")))
    assert reads.cited == 2
    assert "2022a" in made
    assert "2022b" in made


def test_other_references_have_all_citations_written_anew(source: Path, tmp_path: Path, reads: Reads) -> None:
    resolved(source, Kept(tmp_path / "kept"))
    path = source.parent / "references.json"
    path.write_text(path.read_text(encoding="utf-8").replace("Roth", "Rothe"), encoding="utf-8")
    assert "Rothe" in json.dumps(resolved(source, Kept(tmp_path / "kept")))
    assert reads.cited == 2


def test_what_does_not_hold_together_is_told_with_its_place_in_the_whole_text(source: Path) -> None:
    text = source.read_text(encoding="utf-8") + "\n# Lagi\n\nLihat @tbl-nowhere.\n"
    source.write_text(text, encoding="utf-8")
    with pytest.raises(RenderError) as caught:
        resolved(source)
    assert f"line {len(text.splitlines())}: unresolved cross-reference: @tbl-nowhere" in caught.value.where


def test_a_heading_without_a_number_that_refers_cannot_be_referred_to(source: Path) -> None:
    more = "\n\n# Lihat @tbl-effects {#sec-lihat .unnumbered}\n\nTeks @sec-lihat.\n"
    source.write_text(source.read_text(encoding="utf-8") + more, encoding="utf-8")
    with pytest.raises(RenderError, match=r"in the heading of @sec-lihat"):
        resolved(source)


def test_a_hundred_chapters_have_roman_numbers(tmp_path: Path) -> None:
    body = "".join(f"# Bab ke-{k} {{#sec-{k}}}\n\nTeks.\n\n" for k in range(1, 110))
    source = tmp_path / "report.md"
    source.write_text(f"---\ntitle: Judul\n---\n\n{body}Lihat @sec-109, @sec-49 dan @sec-94.\n", encoding="utf-8")
    made = json.dumps(resolved(source), ensure_ascii=False)
    for mark in ("Bab CIX", "Bab XLIX", "Bab XCIV"):
        assert mark.replace(" ", "\N{NO-BREAK SPACE}") in made
