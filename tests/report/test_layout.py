"""What the layouts make themselves is what Pandoc would make of it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.report.assets import front_matter, metadata
from pipeline.report.layout import lay_out, typst
from pipeline.report.layout.contents import table_of_contents
from pipeline.report.layout.parts import attr, plain
from pipeline.report.layout.tables import fit, set_widths
from pipeline.report.nodes import Node, plain_text, string
from pipeline.report.pandoc import run, written
from pipeline.report.resolve import resolve

CONTENTS = """
function Pandoc(doc)
  local options = pandoc.WriterOptions{toc_depth = 2}
  return pandoc.Pandoc({pandoc.structure.table_of_contents(doc, options)})
end
"""

TABLE = (
    "| Kata | Angka | Kata |\n|:--|--:|:--|\n"
    + "| Kesinambungan-pemberdayaan | 1.234.567,89 | Pemberdayaan-masyarakat |\n" * 3
)


def read(text: str) -> Any:
    return json.loads(run(["--from", "markdown", "--to", "json"], Path("/"), given=text).stdout)


HEADINGS = st.tuples(
    st.integers(1, 4), st.sampled_from(["", " {.unlisted}", " {#own}", " {.unnumbered}"]), st.booleans(), st.booleans()
)
"""Level, marks, whether in a Div of its own, and whether a paragraph comes before it there."""


@settings(max_examples=60, deadline=None)
@given(st.lists(HEADINGS, min_size=1))
def test_the_contents_are_those_of_pandoc(
    tmp_path_factory: pytest.TempPathFactory, headings: list[tuple[int, str, bool, bool]]
) -> None:
    words = ["*Words* of [a link](https://example.org)", "Plain^[a note]", "`code` [span]{.named}"]
    parts = []
    for k, (level, mark, inside, late) in enumerate(headings):
        heading = f"{'#' * level} {words[k % 3]} {k}{mark.replace('own', f'own-{k}')}\n\nA paragraph."
        if inside:
            heading = "::: {.part}\n\n" + ("Before.\n\n" if late else "") + f"{heading}\n\n#### Below {k}\n\n:::"
        parts.append(heading)
    text = "\n\n".join(parts)
    document = read(f"An introduction.\n\n{text}\n")
    script = tmp_path_factory.mktemp("contents") / "contents.lua"
    script.write_text(CONTENTS, encoding="utf-8")
    arguments = ["--from", "json", "--to", "json", "--lua-filter", str(script)]
    theirs = json.loads(run(arguments, Path("/"), given=json.dumps(document)).stdout)["blocks"]
    assert [table_of_contents(document["blocks"], 2)] == theirs


def test_an_empty_document_has_empty_contents() -> None:
    assert table_of_contents([plain(string("words"))], 2) == {"t": "BulletList", "c": []}


@pytest.fixture
def document(sample: Path) -> Any:
    tree = resolve(sample, metadata(front_matter(sample), "id", {}))
    return {**tree, "meta": {**tree["meta"], "spoken": {"t": "MetaMap", "c": {}}}}


def test_typst_code_written_in_one_go_is_that_of_each_piece_alone(
    document: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = json.loads(json.dumps(document))
    at_once = lay_out(document, "typst", tmp_path)
    calls = []

    def one_by_one(whole: Node, kind: str, folder: Path) -> str:
        calls.append(whole)
        parts: list[list[Node]] = []
        for block in whole["blocks"]:
            if block["t"] == "RawBlock" and re.fullmatch("\ue002[0-9]+\ue002", block["c"][1]):
                parts.append([block])
            else:
                parts[-1].append(block)
        pieces = [written({**whole, "blocks": piece}, kind, folder) for _, *piece in parts]
        return "".join(f"{head[0]['c'][1]}\n\n{text}" for head, text in zip(parts, pieces, strict=True))

    monkeypatch.setattr(typst, "written", one_by_one)
    assert lay_out(again, "typst", tmp_path) == at_once
    assert len(calls) == 1
    assert len(calls[0]["blocks"]) > 20


@pytest.mark.parametrize("kind", ["html", "typst", "docx"])
def test_no_sign_or_mark_of_the_layout_is_left(document: Any, tmp_path: Path, kind: str) -> None:
    text = json.dumps(lay_out(document, kind, tmp_path), ensure_ascii=False)
    assert not re.search("[\ue000-\ue002]", text)
    assert '"mark"' not in text
    assert '"Cite"' not in text


def test_a_word_gives_way_and_a_number_never() -> None:
    """Where a line has no room for all, a column of numbers keeps its longest one."""
    table, word, number, room = read(TABLE)["blocks"][0], "Kesinambungan-pemberdayaan", "1.234.567,89", 40
    fit(table)
    set_widths(table, room, 1)
    widths = [spec[1]["c"] * room for spec in table["c"][2]]
    assert widths[1] == pytest.approx(len(number) + 2)
    assert sum(widths) == pytest.approx(room)
    assert widths[0] < len(word)


@pytest.mark.parametrize(
    "text",
    [
        "*Words* and **more** `code` $x^2$",
        "\"Quoted\" and 'more' – with a dash…",
        "A [link](https://example.org) and an image ![alt](a.png)",
        "A note^[inside] here",
        "a\\\nline",
        "- one\n- two\n\n1. three\n\n> quoted",
        "# Heading {#x .y key=value}\n\n::: {.z}\ninside\n:::",
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n: Caption\n\n```\ncode\n```",
        "Term\n:   defined",
    ],
)
def test_plain_words_are_those_of_pandoc(text: str, tmp_path: Path) -> None:
    script = tmp_path / "words.lua"
    script.write_text(
        "function Pandoc(doc) return pandoc.Pandoc{pandoc.CodeBlock(pandoc.utils.stringify(doc.blocks))} end", "utf-8"
    )
    document = read(text)
    arguments = ["--from", "json", "--to", "json", "--lua-filter", str(script)]
    theirs = json.loads(run(arguments, tmp_path, given=json.dumps(document)).stdout)["blocks"][0]["c"][1]
    assert plain_text(document["blocks"]) == theirs


def test_attributes_are_written_as_pandoc_writes_them() -> None:
    assert attr("x", "a b", data_head="h") == ["x", ["a", "b"], [["data-head", "h"]]]
