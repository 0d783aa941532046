"""Exhibits in an executed notebook: each is shown where it was made, as it may be published.

While a notebook runs, what its own ledger holds so far is gated and shown. When a report is published its notebooks are
filled anew from the gate over all ledgers of the edition, in the report's language, so that none shows what another hides.
"""

from __future__ import annotations

import base64
import inspect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import import_module

from pipeline.errors import UserError
from pipeline.languages import locale
from pipeline.languages.catalogue import say, unheard
from pipeline.ledger.entries import FigureEntry, Ledger, Number, Results, Table
from pipeline.ledger.gate import WITHHELD, gate
from pipeline.ledger.origins import maker_of
from pipeline.periods import PeriodKind
from pipeline.report import tables
from pipeline.report.wording import alternative

_PLACE = re.compile(r'<div class="exhibit" data-exhibit="(\w+)">.*?<!-- \1 --></div>', re.DOTALL)
_NUMBERS = re.compile(r'<details class="numbers" data-names="([\w ]*)">.*?</details>', re.DOTALL)


@dataclass(frozen=True)
class Shown:
    """What a cell recorded, for a notebook to show: names of tables, figures and numbers of an open ledger."""

    ledger: Ledger
    names: Sequence[str]
    lang: str
    period_kind: PeriodKind

    def _repr_html_(self) -> str:
        if not self.names:
            return ""
        try:
            results = gate(self.ledger.results())
        except UserError as error:
            return f"<p>{escape(str(error))}</p>"
        with unheard():  # `fill` says the words when the report is made: a caption is no reason to estimate again
            return exhibits(results, self.names, self.lang, self.period_kind)

    def __repr__(self) -> str:
        return ", ".join(self.names)


def exhibits(results: Results, names: Sequence[str], lang: str, period_kind: PeriodKind) -> str:
    """Tables and figures one after another, then the numbers, folded, as HTML.

    Args:
        results: What may be shown.
        names: Of entries; a table that only holds a figure's data is not shown.
        lang, period_kind: How words, numbers and periods print.
    """
    parts = [
        _place(name, results, lang, period_kind) for name in names if name in results.tables or name in results.figures
    ]
    numbers = [name for name in names if name in results.numbers]
    return "\n".join([*parts, *([_numbers(results, numbers, lang)] if numbers else [])])


def fill(html: str, results: Results, lang: str, period_kind: PeriodKind) -> str:
    """An exported notebook with its exhibits as these results have them, in this language; what they lack is withheld."""
    html = _PLACE.sub(lambda found: _place(found[1], results, lang, period_kind), html)
    return _NUMBERS.sub(lambda found: _numbers(results, found[1].split(), lang), html)


def _place(name: str, results: Results, lang: str, period_kind: PeriodKind) -> str:
    if name in results.figures:
        body = _figure(results.figures[name], results, lang) + _made_by("figures", name, results, lang)
    elif name in results.tables:
        body = _table(results.tables[name], lang, period_kind, name) + _made_by("tables", name, results, lang)
    else:
        body = f"<p>{escape(say('report-withheld', lang))}</p>"
    return f'<div class="exhibit" data-exhibit="{name}">{body}<!-- {name} --></div>'


def _table(table: Table, lang: str, period_kind: PeriodKind, name: str) -> str:
    heads = "".join(f'<th scope="col">{escape(say(column.label, lang))}</th>' for column in table.columns)
    rows = []
    for row in table.rows:
        cells = [tables.cell(row.get(c.key), c, lang, period_kind, f"ledger table {name}") for c in table.columns]
        rows.append("<tr>" + "".join(f"<td>{_plain(cell)}</td>" for cell in cells) + "</tr>")
    caption = f"<caption>{_plain(say(table.caption, lang))}</caption>"
    return f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _figure(figure: FigureEntry, results: Results, lang: str) -> str:
    drawn = figure.files.get(lang) or next(iter(figure.files.values()))
    content = base64.b64encode((results.folder / drawn["svg"]).read_bytes()).decode("ascii")
    alt = escape(alternative(figure, lang), quote=True)
    picture = f'<img src="data:image/svg+xml;base64,{content}" alt="{alt}" style="max-width: 100%">'
    return f"<figure>{picture}<figcaption>{_plain(say(figure.caption, lang))}</figcaption></figure>"


def _made_by(kind: str, name: str, results: Results, lang: str) -> str:
    """What is computed, in the words of the exhibit's notes, and the function that did it with its source, folded."""
    entry = results.figures[name] if kind == "figures" else results.tables[name]
    notes = f'<p class="notes">{_plain(say(entry.notes, lang))}</p>' if entry.notes else ""
    function = maker_of(results, kind, name).function
    source = source_of(function)
    if not source:
        return notes
    title = f"{escape(say('report-made-by', lang))} <code>{escape(function)}</code>"
    return f'{notes}<details class="made-by"><summary>{title}</summary><pre>{escape(source)}</pre></details>'


@cache
def source_of(function: str) -> str:
    """The source of a function of the project by its full name; empty where it is none of the project's."""
    module, _, name = function.rpartition(".")
    if not module.startswith("pipeline."):
        return ""
    try:
        return inspect.getsource(getattr(import_module(module), name))
    except (ImportError, AttributeError, OSError, TypeError):
        return ""


def _numbers(results: Results, names: Sequence[str], lang: str) -> str:
    rows = "".join(
        f"<tr><td><code>{name}</code></td><td>{_number(results.numbers[name], lang)}</td></tr>"
        for name in names
        if name in results.numbers
    )
    title = escape(say("report-numbers", lang))
    listed = f'<details class="numbers" data-names="{" ".join(names)}"><summary>{title} ({len(names)})</summary>'
    return f"{listed}<table><tbody>{rows}</tbody></table></details>"


def _number(number: Number, lang: str) -> str:
    if number.withheld:
        return WITHHELD
    if "value" in number.unknown:
        return escape(say("report-no-value", lang))

    def shown(value: float) -> str:
        return locale.number(value, lang, number.decimals)

    interval = f" ({shown(number.low)}; {shown(number.high)})" if None not in (number.low, number.high) else ""  # type: ignore[arg-type]
    return escape(shown(number.value) + interval + (f", n = {number.n}" if number.n is not None else ""))


def _plain(markdown: str) -> str:
    """One line of a cell's Markdown as HTML text."""
    return escape(re.sub(r"\\([^a-zA-Z0-9\s])", r"\1", " ".join(markdown.split())))
