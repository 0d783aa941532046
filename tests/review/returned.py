"""A small published report with named paragraphs, and what a reviewer does to its DOCX."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx

from pipeline.report.assets import ASSETS
from pipeline.report.marks import origin
from pipeline.report.render import render
from pipeline.review import listing
from pipeline.review.remark import Remark
from pipeline.review.run import read, review
from pipeline.run.steps import Target
from pipeline.study import Study

WANTED = origin("medan-pendidikan", 2024, "id")
SOURCE = f"""---
title: Judul
institution: Kantor
lang: id
volumes: true
origin: {origin("medan-pendidikan", 2024, "id")}
bibliography: references.json
csl: author-date.csl
---

# Satu {{#sec-one}}

[]{{#p-one .place}}Efek sebesar [0,11]{{.entry entry=att_literacy}} poin menurut @tbl-near.

[]{{#p-two .place}}Paragraf kedua tanpa angka.

- []{{#p-item .place}}Butir dengan kata.

| a | b |
|:--|--:|
| sel kiri | 1 |

: Tabel dekat {{#tbl-near}}

[]{{#p-a-name-that-is-longer-than-forty-letters-in-all .place}}Nama panjang.[^1]

[^1]: Sebuah catatan.

# Dua {{#sec-two .appendix}}

[]{{#p-far .place}}Paragraf suplemen.

| a | b |
|:--|--:|
| y | 2 |

: Tabel jauh {{#tbl-far}}
"""
LONG = "p-a-name-that-is-longer-than-forty-letters-in-all"


def publish(root: Path, study: Study, source: str = SOURCE) -> Target:
    """A workspace with the report published in `reports/`; its DOCX files beside it."""
    folder = root / "source"
    folder.mkdir(parents=True)
    (folder / "report.md").write_text(source, encoding="utf-8")
    for name in ("references.json", "author-date.csl"):
        (folder / name).write_bytes((ASSETS / name).read_bytes())
    target = Target(study, 2024, ("id",), "embedded", root)
    render(folder / "report.md", target.published("id"), ("html", "docx"), lang="id", engine="embedded")
    return target


def commented(original: Path, returned: Path, *remarks: tuple[str, str, str]) -> Path:
    """The DOCX with comments: (words of the paragraph, the comment, its author)."""
    document = docx.Document(str(original))
    paragraphs = [*document.paragraphs, *(p for t in document.tables for c in t._cells for p in c.paragraphs)]
    for words, text, author in remarks:
        paragraph = next(p for p in paragraphs if words in p.text and not p.style.name.lower().startswith("toc"))
        run = next((r for r in paragraph.runs if words in r.text), paragraph.runs[0])
        document.add_comment(run, text=text, author=author, initials="".join(w[0] for w in author.split()))
    document.save(str(returned))
    return returned


def edited(original: Path, returned: Path, change: Callable[[str], str], part: str = "word/document.xml") -> Path:
    """The DOCX with one part's XML changed."""
    with zipfile.ZipFile(original) as pack:
        held = {name: pack.read(name) for name in pack.namelist()}
    held[part] = change(held[part].decode("utf-8")).encode()
    with zipfile.ZipFile(returned, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in held.items():
            pack.writestr(name, content)
    return returned


def tracked(document: str) -> str:
    """Words put in and taken out by a reviewer, as Word writes them."""
    who = 'w:id="900" w:author="Citra Dewi" w:date="2025-02-01T08:00:00Z"'
    old = re.search(r'<w:r><w:t xml:space="preserve">Paragraf kedua tanpa angka\.</w:t></w:r>', document)
    assert old
    made = (
        '<w:r><w:t xml:space="preserve">Paragraf kedua </w:t></w:r>'
        f'<w:del {who}><w:r><w:delText xml:space="preserve">tanpa </w:delText></w:r></w:del>'
        f'<w:ins {who}><w:r><w:t xml:space="preserve">dengan </w:t></w:r></w:ins>'
        f'<w:ins {who}><w:r><w:t xml:space="preserve">banyak </w:t></w:r></w:ins>'
        '<w:r><w:t xml:space="preserve">angka.</w:t></w:r>'
    )
    return document.replace(old[0], made)


def docx_of(target: Target, volume: str = "report") -> Path:
    return target.published("id") / f"{volume}.docx"


def found_in(file: Path, known: dict[str, str]) -> list[Remark]:
    return read(file, known, WANTED)


def reviewed(target: Target, file: Path | None) -> tuple[listing.Listing, list[str]]:
    said: list[str] = []
    return listing.read(review(target, "id", file, said.append)), said
