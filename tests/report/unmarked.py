"""Numbers of a page's text that lead to no entry of the ledger: each must be of a kind that is no result.

A number that a message was given stands in the page with the name that the message has for it (`.given`, `data-of`); `KINDS`
says of which names the numbers are no results. Numbers that the messages themselves have in their words are those of rules,
scales and laws. Cells of tables that a notebook recorded have their window from the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.languages.known import HERE, languages
from tests.report.following import Report

KINDS: Mapping[str, frozenset[str]] = {
    "a level, a power, a number of draws or a seed that the study sets": frozenset(
        {"level", "power", "target", "draws", "seed"}
    ),
    "a threshold of a rule, or the edge of a range that is looked at": frozenset(
        {"persons", "units", "min_persons", "least", "least_respondents", "limit", "largest", "hours", "step", "effect",
         "training", "mentoring", "course", "points"}
    ),
    "a year, a period or an edition": frozenset({"edition", "next", "next-edition", "until", "period", "year"}),
    "what the document is called by": frozenset({"version", "number", "text"}),
    "the sample of a table that somebody else published": frozenset({"published"}),
}  # fmt: skip
"""Names of arguments whose numbers are no results, by what they are."""
NUMBER = re.compile(r"(?<![\w/.,–])[+\-\u2212]?\d[\d.,]*%?(?![\w/])")
DATE = re.compile(r"\b\d{1,2} [A-Z]\w+ \d{4}\b|\b\d{4}(?:[/–-]\d{2,4})?(?: [QT]\d)?\b")
"""Days, years and periods."""
LABEL = re.compile(r"^\s*\w+\s[A-F]?\d*(?:\.\d+)*\.")
"""What a caption begins with: "Table 4.1."."""
BLOCKS = "self::p or self::li or self::caption or self::figcaption or self::td or self::th"
QUIET = (
    "@data-entry or self::a or self::code or self::nav or self::script or self::style or local-name()='math'"
    " or contains(concat(' ', @class, ' '), ' given ') or contains(@class, 'math') or contains(@class, 'csl-entry')"
)


def unmarked(report: Report, lang: str, study: Path) -> list[str]:
    """Numbers that are neither the ledger's nor of a kind, each with the text that it stands in.

    Args:
        report: The published report.
        lang: Its language.
        study: The study's folder, whose own words may hold numbers.
    """
    known = frozenset().union(*KINDS.values())
    main = report.page.xpath("//main")[0]
    given = main.xpath(".//*[contains(concat(' ', @class, ' '), ' given ')]")
    named = [f"{mark.get('data-of')}: {mark.text_content()}" for mark in given if mark.get("data-of") not in known]
    said = wording(lang) | _numbers(" ".join(p.read_text(encoding="utf-8") for p in _words_of(study)))
    loose = [
        f"{number}: {text.strip()[:120]}"
        for text in texts(main, set(report.data))
        for number in sorted(_numbers(text) - said)
    ]
    return [*named, *loose]


def texts(main: Any, recorded: set[str]) -> Iterator[str]:
    """Text of paragraphs, items, captions, notes and tables of words, without what is marked, cited or typeset."""
    for text in main.xpath(f".//text()[ancestor::*[{BLOCKS}] and not(ancestor::*[{QUIET}])]"):
        parent = text.getparent().getparent() if text.is_tail else text.getparent()
        around = [parent, *parent.iterancestors()]
        tables = [one.get("id", "").replace("-", "_") for one in around if one.tag == "table"]
        in_cell = any(one.tag in ("td", "th") for one in around)
        if in_cell and tables and tables[0] in recorded:
            continue
        yield LABEL.sub("", text) if any(one.tag in ("caption", "figcaption") for one in around) else str(text)


@lru_cache(maxsize=4)
def wording(lang: str) -> frozenset[str]:
    """Numbers that stand in the words of a language's messages."""
    assert lang in languages()
    sources = [path.read_text(encoding="utf-8") for path in sorted((HERE / lang).glob("*.ftl"))]
    return _numbers("\n".join(sources))


def _words_of(study: Path) -> list[Path]:
    return [study / "study.yml", *sorted((study / "text").rglob("*.ftl"))]


def _numbers(text: str) -> frozenset[str]:
    while (bare := re.sub(r"\{[^{}]*\}", " … ", text)) != text:
        text = bare
    return frozenset(number.rstrip(".,") for number in NUMBER.findall(DATE.sub(" ", text)))
