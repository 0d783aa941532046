"""The words of a PDF's pages, as PDFium reads them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path


def words_of_pages(content: Path | bytes) -> list[str]:
    """The text of each page, in the order in which it was written to the page; a word that a line's end parts is whole.

    Args:
        content: A file, or its bytes.

    Raises:
        pypdfium2.PdfiumError: It is no PDF that can be read.
    """
    import pypdfium2  # only where PDF files are read

    with closing(pypdfium2.PdfDocument(content)) as document:
        return [_plain(page.get_textpage().get_text_range()) for page in document]


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\ufffe", "")  # PDFium's sign for a hyphen at a line's end
