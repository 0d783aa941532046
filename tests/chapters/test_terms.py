"""The glossary: which abbreviations it explains, and that those of one country's offices stand only where they are used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.chapters import glossary
from pipeline.languages.known import HERE, languages
from pipeline.languages.syntax import entries
from pipeline.ledger.entries import Ledger, read_results
from pipeline.report.doc import Doc
from pipeline.report.prose import Prose

APART = frozenset({"check", "fleet", "validation", "questionnaire", "glossary", "estimands"})
"""Files whose words stand in other pages, or in windows beside the text."""
PLAIN = frozenset(
    {"DOCX", "HTML", "PROV", "GB", "ID", "IV", "COUNT", "OECD", "STROBE", "TREND", "RECORD", "SHA", "BLIND", "REPORT"}
    | {"LAPORAN", "BUTA", "SD", "SMP", "SMA", "SMK", "RR", "CFI", "IP", "R"}
)
"""Formats, roman figures, bodies and standards that references spell out, levels of schools, what a note explains."""


def _abbreviations(lang: str) -> Iterator[tuple[str, str]]:
    for path in sorted((HERE / lang).glob("*.ftl")):
        if path.stem not in APART:
            for name, words in entries(path):
                said = re.sub(r"\$[^$]*\$|`[^`]*`|\{[^{}]*\}", " ", words)
                yield from ((found, name) for found in re.findall(r"\b[A-Z]{2,}(?!-?\d)\b|\bRR2\b", said))


@pytest.mark.parametrize("lang", languages())
def test_every_abbreviation_of_the_report_is_explained(lang: str, medan, tmp_path: Path) -> None:
    doc = _doc(medan, tmp_path, lang)
    seen = [re.compile(rf"\b(?:{doc.say(f'glossary-{term}.seen')})\b") for term in glossary.TERMS]
    found = dict(_abbreviations(lang))
    assert {"PPPK", "PNS", "WWC", "AAPOR", "SKM"} <= set(found)
    assert {a: where for a, where in found.items() if a not in PLAIN and not any(s.search(a) for s in seen)} == {}


@pytest.mark.parametrize("lang", languages())
def test_what_only_some_studies_are_about_is_explained_where_it_is_used(lang: str, medan, tmp_path: Path) -> None:
    doc = _doc(medan, tmp_path, lang)
    doc.link = glossary.Linker(doc)
    doc.raw("PPPK.")
    glossary.glossary(doc)
    said = doc.markdown()
    assert "#term-pppk}" in said
    assert "#term-att}" in said
    assert not any(f"#term-{term}}}" in said for term in glossary.LOCAL - {"pppk"})
    assert doc.link("SKM, WWC, ATT") == "SKM, WWC, [ATT](#term-att)", "no link leads to what is not there"


def _doc(medan, folder: Path, lang: str) -> Doc:
    with Ledger("07_verdict", folder / "ledger") as ledger:
        ledger.number("rows_read", 10, decimals=0)
    return Doc(Prose(medan, 2024, lang, read_results(folder / "ledger"), folder / "figures"))
