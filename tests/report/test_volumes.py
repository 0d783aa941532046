"""Two volumes: the report ends before its first appendix; what it refers to there leads to the supplement's file."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

from pipeline.audit.pdf_words import words_of_pages
from pipeline.report.assets import ASSETS
from pipeline.report.render import RenderRecord, render

SOURCE = """---
title: Judul
institution: Kantor
lang: id
volumes: true
signatories: [{role: Ketua}]
bibliography: references.json
csl: author-date.csl
---

# Satu {#sec-one}

Lihat @tbl-far dan @sec-two. Menurut [@imai2010].

| a | b |
|:--|--:|
| x | 1 |

: Tabel dekat {#tbl-near}

# Daftar Pustaka {.unnumbered}

::: {#refs}
:::

# Dua {#sec-two .appendix}

Kembali ke @tbl-near dan @tbl-far.

| a | b |
|:--|--:|
| y | 2 |

: Tabel jauh {#tbl-far}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> RenderRecord:
    return _render(tmp_path_factory.mktemp("volumes"), SOURCE)


def _render(folder: Path, text: str, formats: tuple[str, ...] = ("html", "pdf", "docx")) -> RenderRecord:
    (folder / "report.md").write_text(text, encoding="utf-8")
    for name in ("references.json", "author-date.csl"):
        (folder / name).write_bytes((ASSETS / name).read_bytes())
    return render(
        folder / "report.md", folder / "out", formats, lang="id", meta={"stamp": "2024-12-31"}, engine="embedded"
    )


def _pdf(path: Path) -> str:
    return "\n".join(words_of_pages(path))


def _docx(path: Path) -> str:
    with zipfile.ZipFile(path) as pack:
        parts = [pack.read("word/document.xml").decode(), pack.read("word/_rels/document.xml.rels").decode()]
    return "\n".join(parts)


def test_there_are_two_volumes_of_pages_and_one_page_of_html(made: RenderRecord) -> None:
    assert sorted(path.name for path in made.files.values()) == [
        "report.docx",
        "report.html",
        "report.pdf",
        "supplement.docx",
        "supplement.pdf",
    ]
    html = made.files["html"].read_text(encoding="utf-8")
    assert "Tabel jauh" in html
    assert "Tabel dekat" in html


def test_each_volume_holds_its_part_with_the_numbers_of_the_whole(made: RenderRecord) -> None:
    report, supplement = _pdf(made.files["pdf"]), _pdf(made.files["supplement.pdf"])
    assert "Tabel dekat" in report
    assert "Tabel jauh" not in report
    assert re.search(r"Tabel\s1\.1", report)
    assert re.search(r"Tabel\sA\.1", report)  # what is referred to keeps its number
    assert "Tabel jauh" in supplement
    assert "Imai" not in supplement
    assert "SUPLEMEN" in supplement.replace(" ", "")
    assert "Pengesahan" in report
    assert "Pengesahan" not in supplement


def test_references_across_lead_to_the_other_file(made: RenderRecord) -> None:
    def targets(path: Path) -> set[str]:
        found = set()
        for page in PdfReader(path).pages:
            for note in page.get("/Annots", []):
                action = note.get_object().get("/A", {})
                if "/URI" in action:
                    found.add(str(action["/URI"]))
        return found

    assert "supplement.pdf#tbl-far" in targets(made.files["pdf"])
    assert "report.pdf#tbl-near" in targets(made.files["supplement.pdf"])
    assert "supplement.docx" in _docx(made.files["docx"])
    assert "report.docx" in _docx(made.files["supplement.docx"])


def test_without_an_appendix_or_without_asking_there_is_one_volume(tmp_path: Path) -> None:
    for name, text in (
        ("plain", SOURCE.replace("volumes: true\n", "")),
        ("short", SOURCE.replace(" .appendix", "").replace("Satu {#sec-one}", "Satu {#sec-one}")),
    ):
        (tmp_path / name).mkdir()
        made = _render(tmp_path / name, text, ("pdf",))
        assert list(made.files) == ["pdf"]
        assert "Tabel jauh" in _pdf(made.files["pdf"])
