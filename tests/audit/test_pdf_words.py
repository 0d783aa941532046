"""What the audit reads of a PDF is what a reader sees on its pages."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
import typst

from pipeline.audit.pdf_words import words_of_pages

SOURCE = """#set page(width: 6cm, height: 8cm)
#text(tracking: 0.1em)[EVALUASI KARIER]
#pagebreak()
#set text(lang: "en", hyphenate: true)
#set par(justify: true)
Siti Rahmawati Nasution 196505051990031234 internationalisation responsibilities characterisation
"""


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pdf")
    (folder / "a.typ").write_text(SOURCE, encoding="utf-8")
    typst.compile(str(folder / "a.typ"), output=str(folder / "a.pdf"))
    return folder / "a.pdf"


def test_a_page_a_text_and_no_word_in_parts(pdf: Path) -> None:
    first, second = words_of_pages(pdf)
    assert first.split() == ["EVALUASI", "KARIER"]
    assert "Siti Rahmawati Nasution" in " ".join(second.split())
    assert "196505051990031234" in second


def test_a_word_that_a_line_s_end_parts_is_whole(pdf: Path) -> None:
    """A name could hide so."""
    second = words_of_pages(pdf)[1]
    assert {"internationalisation", "responsibilities", "characterisation"} <= set(second.split())
    assert "\r" not in second


def test_bytes_say_the_same_and_what_is_no_pdf_is_refused(pdf: Path) -> None:
    assert words_of_pages(pdf.read_bytes()) == words_of_pages(pdf)
    with pytest.raises(pypdfium2.PdfiumError):
        words_of_pages(b"no PDF")
