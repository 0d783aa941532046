"""The data behind a report: a CSV of each table and figure and of the numbers in the text, described by CSV on the Web.

Values come from the gated ledger and are not rounded; a withheld cell holds `[c]` as it does in print, a missing one
nothing. Files are UTF-8 with commas and decimal points (RFC 4180). `csv-metadata.json` (W3C Tabular Metadata, 2015) tells
each column's heading, type and unit, and each table's title and notes in the report's language.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.languages import locale
from pipeline.languages.catalogue import say
from pipeline.ledger import drawn
from pipeline.ledger.gate import WITHHELD
from pipeline.ledger.results import Column, FigureEntry, Number, Results, Table
from pipeline.periods import PeriodKind
from pipeline.report.wording import alternative, label

FOLDER = "data"
METADATA = "csv-metadata.json"
NUMBERS = "numbers"
"""The file of the numbers that stand in the text."""
NULLS = ["", WITHHELD]
_TYPES = {"int": "integer", "number": "double", "p": "double", "percent": "double"}
Cells = list[list[Any]]


@dataclass(frozen=True)
class Field:
    """A column of a CSV: its name for programs, heading for readers, type (of XML Schema) and unit."""

    name: str
    title: str
    datatype: str = "string"
    unit: str = ""

    def to_json(self) -> dict[str, Any]:
        """The column as CSVW describes it."""
        unit = {"schema:unitText": self.unit} if self.unit else {}
        return {"name": self.name, "titles": self.title, "datatype": self.datatype, "null": NULLS} | unit


@dataclass(frozen=True)
class DataFile:
    """A CSV: name without ending, title, notes, the cell that made its content, columns and rows."""

    name: str
    title: str
    fields: Sequence[Field]
    rows: Cells
    notes: str = ""
    origin: str = ""

    def to_json(self, lang: str) -> dict[str, Any]:
        """The table as CSVW describes it."""
        said = {"dc:title": self.title, "dc:description": self.notes, "dc:source": self.origin}
        schema = {"columns": [one.to_json() for one in self.fields]}
        known = {"url": f"{self.name}.csv", "lang": lang, "tableSchema": schema}
        return known | {key: text for key, text in said.items() if text}


def data_of(
    results: Results, names: Iterable[str], lang: str, period_kind: PeriodKind, about: Mapping[str, str]
) -> list[DataFile]:
    """The data of what a report prints: tables and figures each by itself, the numbers of the text together.

    Args:
        results: What may be shown.
        names: Entries that the report prints.
        lang, period_kind: How words and periods are said.
        about: What a number is, by name, where it can be said.
    """
    names = list(dict.fromkeys(names))
    files = [table_file(name, results.tables[name], lang, period_kind) for name in names if name in results.tables]
    files += [figure_file(name, results.figures[name], lang) for name in names if name in results.figures]
    return [*files, numbers_file({n: results.numbers[n] for n in names if n in results.numbers}, lang, about)]


def write_data(files: Iterable[DataFile], lang: str, folder: Path) -> list[Path]:
    """Write data as files with their description; what has no rows gets none.

    Args:
        files: What `data_of` gave.
        lang: Their language.
        folder: Where the files go; made if missing.

    Returns:
        Paths of the files, the description last.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = sorted((file for file in files if file.rows), key=lambda file: file.name)
    for file in files:
        with (folder / f"{file.name}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\r\n")
            writer.writerow([one.title for one in file.fields])
            writer.writerows([[_text(cell) for cell in row] for row in file.rows])
    context = ["http://www.w3.org/ns/csvw", {"@language": lang}]
    group = {"@context": context, "tables": [file.to_json(lang) for file in files]}
    (folder / METADATA).write_text(json.dumps(group, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [*(folder / f"{file.name}.csv" for file in files), folder / METADATA]


def table_file(name: str, table: Table, lang: str, period_kind: PeriodKind) -> DataFile:
    """A ledger table as it may be shown: its printed columns, every value as the ledger holds it."""
    columns = [column for column in table.columns if column.shown]
    rows = [[_value(row.get(column.key), column, lang, period_kind) for column in columns] for row in table.rows]
    fields = _fields(columns, rows, lang)
    notes = [said_plainly(text, lang) for text in (table.notes, table.n) if text]
    if any(WITHHELD in row for row in rows):
        notes.append(label("withheld", lang))
    return DataFile(name, said_plainly(table.caption, lang), fields, rows, " ".join(notes), table.origin)


def figure_file(name: str, figure: FigureEntry, lang: str) -> DataFile:
    """What a ledger figure draws: a row a mark, with its place on the axes."""
    drawn_rows = figure.data.get(lang, [])
    keys = list(drawn_rows[0]) if drawn_rows else []
    types = {key: "double" if key in drawn.NUMBERS else "string" for key in keys}
    fields = [Field(key, say(f"csv-{key.replace('_', '-')}", lang), types[key]) for key in keys]
    marks = {mark: say(f"csv-mark-{mark}", lang) for mark in {row["mark"] for row in drawn_rows}}
    rows = [[marks[row[key]] if key == "mark" else row[key] for key in keys] for row in drawn_rows]
    notes = " ".join([alternative(figure, lang), *([said_plainly(figure.notes, lang)] if figure.notes else [])])
    return DataFile(name, said_plainly(figure.caption, lang), fields, rows, notes, figure.origin)


def numbers_file(numbers: Mapping[str, Number], lang: str, about: Mapping[str, str]) -> DataFile:
    """The numbers of the text: value, unit, interval, p-value and N, a row each."""
    kinds = {"name": "string", "meaning": "string", "value": "double", "unit": "string", "low": "double"}
    kinds |= {"high": "double", "p": "double", "n": "integer", "source": "string"}
    fields = [Field(key, say(f"csv-{key}", lang), datatype) for key, datatype in kinds.items()]
    rows = []
    for name, number in sorted(numbers.items()):
        values = [number.value, unit_of(number, lang), number.low, number.high, number.p, number.n]
        if number.withheld:
            values = [WITHHELD, unit_of(number, lang), None, None, None, None]
        rows.append([name, about.get(name), *values, number.origin])
    return DataFile(NUMBERS, label("numbers", lang), fields, rows)


def read_back(folder: Path) -> dict[str, list[dict[str, str]]]:
    """Every CSV of a folder as a reader finds it: rows by the names of their columns, by the file's name without ending.

    Raises:
        ValueError: A file is not described, or one that is described is not there.
    """
    described = json.loads((folder / METADATA).read_text(encoding="utf-8"))["tables"]
    names = {table["url"]: [column["name"] for column in table["tableSchema"]["columns"]] for table in described}
    there = {path.name for path in folder.iterdir()} - {METADATA}
    if there != set(names):
        raise ValueError(f"{METADATA} and the folder differ in {', '.join(sorted(there ^ set(names)))}")
    found = {}
    for url, keys in names.items():
        with (folder / url).open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))[1:]
        found[url.removesuffix(".csv")] = [dict(zip(keys, line, strict=True)) for line in lines]
    return found


def unit_of(number: Number, lang: str) -> str:
    """A number's unit in words; "share" is a fraction of 1, and so is "share_points", a change of one."""
    if number.unit in ("percent", "share", "share_points"):
        return "%" if number.unit == "percent" else ""
    return locale.unit_word(number.unit, lang) if number.unit else ""


def said_plainly(text: Any, lang: str) -> str:
    """A text of the ledger in one line, without the signs of Markdown."""
    words = re.sub(r"[ \t\r\n]+", " ", say(text, lang)).strip(" ")
    return re.sub(r"\\([^a-zA-Z0-9\s])", r"\1", re.sub(r"(?<!\\)\*+", "", words))


def _fields(columns: Sequence[Column], rows: Cells, lang: str) -> list[Field]:
    fields, taken = [], set()
    for k, column in enumerate(columns):
        heading = [said_plainly(text, lang) for text in (column.group, column.label) if text]
        title = wanted = ": ".join(part for part in heading if part) or column.key
        count = 1
        while title in taken:
            count += 1
            title = f"{wanted} ({count})"
        taken.add(title)
        words = any(isinstance(row[k], str) and row[k] != WITHHELD for row in rows)
        fields.append(
            Field(column.key, title, "string" if words else _TYPES.get(column.kind, "string"), _unit(column, lang))
        )
    return fields


def _unit(column: Column, lang: str) -> str:
    if column.kind == "percent":
        return "%"
    counted = column.counts is not None and column.kind == "int" and column.counts.quantity == "count"
    assert column.counts is None or column.counts.of in ("persons", "units", "nothing")
    if counted and column.counts is not None and column.counts.of != "nothing":
        return say(f"unit-{column.counts.of}", lang)
    return ""


def _value(value: Any, column: Column, lang: str, period_kind: PeriodKind) -> Any:
    if value is None or value == WITHHELD:
        return value
    if column.kind == "code":
        return said_plainly(column.codes[str(value)], lang)
    if column.kind == "period":
        return locale.period(value, period_kind, lang)
    if column.kind == "int" and isinstance(value, float):
        return int(value)
    return value if column.kind != "text" else str(value)


def _text(cell: Any) -> str:
    """A cell as it is written: Python's shortest digits that give the same number back."""
    if cell is None:
        return ""
    return repr(cell) if isinstance(cell, float) else str(cell)
