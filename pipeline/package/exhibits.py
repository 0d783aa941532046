"""The tables and figures of a published report, each with the notebook and the cell that its source note names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from lxml import html

_LINK = re.compile(r"notebooks/(?P<notebook>[\w-]+)\.html#cell-id=(?P<cell>[\w-]+)")
_LABEL = "caption-label"


@dataclass(frozen=True)
class Exhibit:
    """A table or figure: label ("Table 4.2"), caption, notebook and cell; the last two empty where no note names them."""

    label: str
    caption: str
    notebook: str = ""
    cell: str = ""


def exhibits(report: Path) -> list[Exhibit]:
    """The exhibits of an HTML report in the order in which they stand; a study's own report may have none."""
    text = report.read_text(encoding="utf-8")
    if not text.strip():
        return []
    found: list[Exhibit] = []
    for element in html.fromstring(text).iter("span", "a"):
        link = _LINK.search(element.get("href", ""))
        if _LABEL in element.get("class", "").split():
            label = " ".join(element.text_content().split()).rstrip(".")
            found.append(Exhibit(label, " ".join((element.tail or "").split())))
        elif link and found and not found[-1].notebook:
            found[-1] = Exhibit(found[-1].label, found[-1].caption, link["notebook"], link["cell"])
    return found
