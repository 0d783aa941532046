"""The places of a published report that a remark can be fastened to, read from its page."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import html

from pipeline.errors import StudyError
from pipeline.report.marks import KINDS, bookmark

_ID = re.compile(rf"(?:{'|'.join(KINDS)})-[\w-]+")


def places(page: Path) -> dict[str, str]:
    """Name of each place of a report -> its text, in the order of the page.

    Args:
        page: The published report.html, which holds both volumes.

    Raises:
        StudyError: The report has not been made.
    """
    if not page.is_file():
        raise StudyError("The report has not been made.", where=str(page), todo="Run `make report` first.")
    found = {}
    for element in html.parse(str(page), html.HTMLParser(encoding="utf-8")).getroot().iter():
        identifier = element.get("id") if isinstance(element.tag, str) else None
        if identifier and _ID.fullmatch(identifier):
            # A paragraph's name stands on an empty mark at its beginning.
            held = element.getparent() if "place" in (element.get("class") or "").split() else element
            found[identifier] = " ".join(held.text_content().split())
    return found


def by_bookmark(known: dict[str, str]) -> dict[str, str]:
    """Bookmark of a DOCX -> name of the place; tables are found by their names too, which Pandoc writes."""
    return {bookmark(name): name for name in known} | {name: name for name in known}
