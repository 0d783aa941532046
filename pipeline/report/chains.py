"""What a reader sees of a number who follows it: the window's content in the HTML, and the ledger beside the report.

Each printed entry is told once, however often it is printed: value with interval, what it is, cell and function, tables
and raw files with the account of their rows, the rule of a verdict, and the same number in the last edition.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.errors import RenderError
from pipeline.languages import locale
from pipeline.languages.catalogue import catalogue, say
from pipeline.languages.locale import NBSP
from pipeline.languages.message import msg
from pipeline.ledger.gate import WITHHELD
from pipeline.ledger.origins import Maker, Origins, maker_of, table_hash
from pipeline.ledger.provenance import provenance, reasons_of
from pipeline.ledger.results import Number, Results
from pipeline.periods import PeriodKind
from pipeline.report.data_files import DataFile, said_plainly
from pipeline.report.tables import identifier

LEDGER = "ledger.json"
FAMILIES = frozenset(
    "effect alpha holm mean bounds late reward ip-asn-index ip-asn-index-rest ip-asn-competence like".split()
)
"""Numbers that one message tells, whatever the rest of their names: a scale, a kind of activity."""
WORDS = (
    "title close follow raw what cell function tables files file read kept aside rule last not-there settings seed data"
    " withheld column row cells"
).split()
"""Words of the window: messages `trace-…`."""


def chains(
    results: Results,
    origins: Origins,
    printed: Iterable[str],
    data: Iterable[DataFile],
    meanings: Mapping[str, str],
    lang: str,
    period_kind: PeriodKind,
    verdicts: Mapping[str, str],
) -> dict[str, Any]:
    """The content of the windows, for the page's script.

    Args:
        results: What may be shown.
        origins: What the edition was made from.
        printed: Names of the entries that the report prints.
        data: Their data (`data_of`).
        meanings: What a number is, by name.
        lang, period_kind: How it is said.
        verdicts: The words of a verdict's code, by the name of its entry.
    """
    files_of = {file.name: file for file in data}
    makers: dict[Maker, int] = {}
    entries: dict[str, Any] = {}
    for name in dict.fromkeys(printed):
        kinds = [kind for kind in ("numbers", "tables", "figures") if name in getattr(results, kind)]
        kinds = ["texts"] if name in verdicts else kinds
        for kind in kinds[:1]:
            maker = maker_of(results, kind, name)
            if kind in KIND:
                told = _exhibit(kind, files_of[name])
            else:
                told = _told(results, kind, name, origins, meanings, lang, period_kind, verdicts)
            entries[name] = {**told, "by": makers.setdefault(maker, len(makers))}
    used = {source for maker in makers for source in origins.sources(maker.tables)}
    files: dict[str, list[list[Any]]] = {}
    for file in origins.files:
        if file.source in used:
            files.setdefault(file.source, []).append([file.name, file.hash, file.read, file.kept, file.aside])
    return {
        "words": {word: say(f"trace-{word}", lang) for word in WORDS},
        "withheld": WITHHELD,
        "seed": origins.seed,
        "last": origins.last_name,
        "files": files,
        "makers": [_maker(maker, results, origins) for maker in makers],
        "entries": entries,
    }


def as_script(content: Mapping[str, Any]) -> str:
    """JSON that may stand inside a page's script element."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def shipped(
    results: Results,
    origins: Origins,
    head: Mapping[str, Any],
    texts: Iterable[str],
    lang: str,
    meanings: Mapping[str, str],
) -> str:
    """The ledger that lies beside the report, as JSON: entries as they may be shown, and their provenance (W3C PROV).

    Args:
        results, origins, lang, meanings: As for `chains`.
        head: Study, edition and the like.
        texts: Names of the codes that chose words of the report; others are left out.
    """
    codes = tuple(dict.fromkeys(name for name in texts if name in results.texts))
    content = {
        **head,
        "numbers": {name: _number(number, meanings.get(name)) for name, number in results.numbers.items()},
        "texts": {name: results.texts[name] for name in codes},
        "tables": {
            name: {
                "caption": said_plainly(table.caption, lang),
                "columns": [
                    {"key": c.key, "label": said_plainly(c.label, lang), "kind": c.kind} for c in table.columns
                ],
                "rows": [{c.key: row.get(c.key) for c in table.columns} for row in table.rows],
                "origin": table.origin,
            }
            for name, table in results.tables.items()
            if table.shown
        },
        "figures": {
            name: {"caption": said_plainly(figure.caption, lang), "origin": figure.origin}
            for name, figure in results.figures.items()
        },
        "provenance": provenance(results, origins, codes),
    }
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def meaning(name: str, outcomes: Mapping[str, str], lang: str) -> str:
    """What a number is, in a sentence; nothing where its family has no words (`estimand-…` in the catalogues).

    Args:
        name: The ledger's, such as "att_literacy".
        outcomes: Labels of the study's outcomes by name.
        lang: Language.
    """
    about: list[str] = []
    stem = name
    for outcome in sorted(outcomes, key=len, reverse=True):
        stem, count = re.subn(rf"_{re.escape(outcome)}(?=_|$)", "", stem)
        about += [outcomes[outcome]] * count
    about.sort(key=lambda label: name.find(next(key for key, held in outcomes.items() if held == label)))
    said = _estimand(stem, lang)
    return say(msg("estimand-of", outcome=" – ".join(about), estimand=said), lang) if about and said else said


def _estimand(stem: str, lang: str) -> str:
    """The words of a number: by its whole name, or by those of a family whose names end in a scale, kind or setting."""
    if stem.endswith("_mde") and (base := _estimand(stem.removesuffix("_mde"), lang)):
        return say(msg("estimand-mde-of", estimand=base), lang)
    parts = stem.split("_")
    for count in range(len(parts), 0, -1):
        family = "-".join(parts[:count])
        if (count == len(parts) or family in FAMILIES) and catalogue(lang).has(f"estimand-{family}"):
            return say(f"estimand-{family}", lang)
    return ""


def _told(
    results: Results,
    kind: str,
    name: str,
    origins: Origins,
    meanings: Mapping[str, str],
    lang: str,
    period_kind: PeriodKind,
    verdicts: Mapping[str, str],
) -> dict[str, Any]:
    rule = _rule(results, name, lang)
    if kind == "numbers":
        number = results.numbers[name]
        if name.startswith(PERIODS):  # a code: it prints as a period, and has no unrounded value
            when = {
                "kind": "number",
                "value": locale.period(number.value, period_kind, lang),
                "what": meanings.get(name),
            }
            return {k: v for k, v in {**when, "last": _last(name, origins, lang, period_kind)}.items() if v}
        now = {"kind": "number", "value": printed_number(number, lang), "raw": _raw(number), "what": meanings.get(name)}
        return {k: v for k, v in {**now, "last": _last(name, origins, lang, period_kind), "rule": rule}.items() if v}
    return {"kind": "verdict", "value": verdicts.get(name, results.texts[name]), "rule": rule}


def _exhibit(kind: str, file: DataFile) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": KIND[kind], "id": identifier(file.name), "what": file.title}
    return (
        told
        | ({"cells": _cells(file)} if kind == "tables" else {})
        | ({"csv": f"{file.name}.csv"} if file.rows else {})
    )


PERIODS = ("first_period", "last_period", "growth_cohort_", "cohort_least_", "cohort_most_")
"""Beginnings of the names of numbers that are periods."""
KIND = {"tables": "table", "figures": "figure"}


def _cells(file: DataFile) -> dict[str, Any]:
    """A table's columns and rows, unrounded, for the reader who asks for one of its cells."""
    return {"heads": [one.title for one in file.fields], "rows": file.rows}


def _rule(results: Results, name: str, lang: str) -> list[str]:
    """What chose a verdict, in words, told of the verdict and of the effect that it is about: its reasons; of the
    headline, which sums up the verdicts on the main outcomes, those verdicts."""
    if "tbl_verdict" not in results.tables:
        return []
    table = results.tables["tbl_verdict"]
    codes = {column.key: column.codes for column in table.columns}
    if name == "headline":
        summed = results.texts.get("headline_of", "").split()
        rows = [row for row in table.rows if row["outcome"] in summed and row["verdict"] != "same"]
        said = [[said_plainly(codes[key][row[key]], lang) for key in ("outcome", "verdict")] for row in rows]
        return [f"{outcome}: {verdict}" for outcome, verdict in said]
    about = (name, f"verdict_{name.removeprefix('att_')}", f"{name}_verdict")
    verdict = next((one for one in about if one in results.texts), "")
    return [said_plainly(codes["reason"][reason], lang) for reason in reasons_of(results, verdict)]


def _last(name: str, origins: Origins, lang: str, period_kind: PeriodKind) -> str:
    """The same number in the last edition, as it is published there."""
    held = origins.last.get("numbers", {}).get(name)
    if not held or held.get("withheld"):
        return ""
    if name.startswith(PERIODS):
        return locale.period(held["value"], period_kind, lang)
    keys = ("value", "unit", "decimals", "low", "high", "p", "n")
    return printed_number(Number(**{key: held.get(key) for key in keys}, origin=""), lang)


def printed_number(number: Number, lang: str) -> str:
    """A number with its unit, interval, p-value and N as the report prints them."""
    if number.withheld:
        return ""
    try:
        said = locale.quantity(number.value, number.unit, lang, number.decimals)
        if number.low is not None and number.high is not None:
            low, high = (locale.scaled(end, number.unit) for end in (number.low, number.high))
            ends = locale.interval(low, high, lang, number.decimals)
            said += f" ({ends})"
    except RenderError:  # a period or a code: it prints in its own way
        said = str(number.value)
    if number.p is not None:
        said += f"; {locale.p_sentence(number.p, lang).replace('*', '')}"
    return said + (f"; n{NBSP}={NBSP}{locale.integer(number.n, lang)}" if number.n is not None else "")


def _raw(number: Number) -> str:
    return "" if number.withheld else repr(number.value)


def _number(number: Number, what: str | None) -> dict[str, Any]:
    head = {"meaning": what, "unit": number.unit, "decimals": number.decimals, "origin": number.origin}
    if number.withheld:
        return {**head, "withheld": True}
    return {"value": number.value, "low": number.low, "high": number.high, "p": number.p, "n": number.n, **head}


def _maker(maker: Maker, results: Results, origins: Origins) -> dict[str, Any]:
    return {
        "notebook": maker.notebook,
        "cell": maker.cell,
        "function": maker.function,
        "tables": [[table, table_hash(results, table)[:12]] for table in maker.tables],
        "sources": origins.sources(maker.tables),
        "keys": [[key, value] for key, value in maker.keys if value is not None],
    }
