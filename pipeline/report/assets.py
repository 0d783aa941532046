"""Where the rendering's own files lie, and what metadata every rendering is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import RenderError
from pipeline.report.wording import labels

ASSETS = Path(__file__).resolve().parent / "assets"
FORMATS = ("html", "pdf", "docx")
CHAINS = "chains.json"
"""What the page's windows show, beside the document: for the HTML, and not published by itself."""
EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""The clock that the writers see where the document has no date; it is printed nowhere."""


def front_matter(source: Path) -> dict[str, Any]:
    """The YAML block at the top of a Markdown document.

    Raises:
        RenderError: The document is missing, has no YAML block, or the block lacks a title.
    """
    try:
        text = source.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise RenderError("The report's source is missing.", where=str(source)) from None
    parts = text.split("---\n", 2)
    try:
        content = yaml.safe_load(parts[1]) if len(parts) == 3 and not parts[0].strip() else None
    except yaml.YAMLError as error:
        raise RenderError("The report's front matter is not valid YAML.", where=f"{source}: {error}") from None
    if not isinstance(content, dict) or not content.get("title"):
        raise RenderError("The report's source has no front matter with a title.", where=str(source))
    return content


def metadata(front: Mapping[str, Any], lang: str, meta: Mapping[str, Any]) -> dict[str, Any]:
    """Metadata of a rendering: the caller's over the document's own, with every fixed word in the language `lang`.

    `edition-line` and `running-title` are filled in where the document does not give them.
    """
    given = {**front, **meta, "lang": lang}
    edition = str(given.get("edition", ""))
    words = labels(lang)
    filled = {
        "running-title": given["title"],
        "edition-line": f"{words['edition']} {edition}" if edition else "",
        "report-kind": words["report-kind"],
        "institution": "",
        "link-citations": True,
        "labels": words,
    }
    return {**filled, **given}


def check_formats(formats: tuple[str, ...]) -> None:
    """Refuse formats that nobody writes.

    Raises:
        RenderError: A format is not among `FORMATS`, or there is none.
    """
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        given = unknown[0] if unknown else "(none)"
        raise RenderError(f"The report has no format {given!r}.", expected="html, pdf, docx")


def stamp(meta: Mapping[str, Any]) -> dt.datetime | None:
    """Date of the report for the files: the metadata's `stamp` (ISO date or time, UTC where no zone is given), or none."""
    given = meta.get("stamp")
    if given is None:
        return None
    moment = dt.datetime.fromisoformat(str(given))
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def epoch(meta: Mapping[str, Any]) -> int:
    """The clock that the writers see, in seconds since 1970."""
    return int((stamp(meta) or EPOCH).timestamp())
