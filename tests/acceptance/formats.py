"""What a published report says, in each of its formats."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import docx
from lxml import html

from pipeline.audit.pdf_words import words_of_pages


def report_in(workspace: Path) -> Path:
    return workspace / "reports" / "medan-pendidikan" / "2024" / "id"


@cache
def _pages(path: Path, made: int) -> list[str]:
    """The words of a PDF's pages; read once as long as it is the file that was made then."""
    return words_of_pages(path)


def pages_of(path: Path) -> list[str]:
    return _pages(path, path.stat().st_mtime_ns)


def texts_of(folder: Path) -> dict[str, str]:
    page = html.parse(str(folder / "report.html")).getroot()
    # What is told on the page alone (the rows of other choices) is in the data beside the report, not on paper.
    for extra in page.xpath("//script|//style|//svg|//div[contains(@class, 'page-only')]"):
        extra.getparent().remove(extra)
    # the supplement too: the HTML is whole
    pdf = "\n".join(text for path in sorted(folder.glob("*.pdf")) for text in pages_of(path))
    documents = [docx.Document(str(path)) for path in sorted(folder.glob("*.docx"))]
    cells = [cell.text for one in documents for table in one.tables for row in table.rows for cell in row.cells]
    return {
        "html": page.text_content(),
        "pdf": pdf,
        "docx": "\n".join([*(p.text for one in documents for p in one.paragraphs), *cells]),
    }
