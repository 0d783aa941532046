"""What is about to lie beside the report, read as a stranger reads it: the CSV files and the ledger.

The audit attacks what these files show, not what the gate meant to show: a cell counts as printed where any of them
holds a value, and whatever the gate let not out is a finding.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.audit.finding import Finding
from pipeline.ledger.gate import WITHHELD
from pipeline.ledger.results import Results, Table
from pipeline.report.chains import LEDGER
from pipeline.report.data_files import FOLDER, METADATA, NUMBERS, read_back

Rows = Sequence[Mapping[str, Any]]


def as_shipped(
    published: Results, recorded: Results, drafts: Sequence[Path], root: Path
) -> tuple[Results, list[Finding]]:
    """What the drafts show of tables and numbers, and what they hold beyond what the gate let out.

    Args:
        published: What the gate let out.
        recorded: The ledgers as recorded.
        drafts: Folders of reports that are about to be published; those without data are passed over.
        root: Folder that places are told from.
    """
    found: list[Finding] = []
    tables, numbers = dict(published.tables), dict(published.numbers)
    for draft in drafts:
        try:
            shown = list(_shown(draft))
        except (ValueError, KeyError, TypeError, OSError) as error:
            found.append(
                Finding(f"data beside the report that cannot be read ({error})", (str(draft.relative_to(root)),))
            )
            continue
        for place, name, rows in shown:
            where = (f"{(draft / place).relative_to(root)}",)
            if name == NUMBERS:
                for told in rows:
                    number = recorded.numbers.get(told["name"]) or published.numbers.get(told["name"])
                    if number is None:
                        found.append(Finding(f"a number {told['name']} that no ledger has", where))
                    elif told["value"] not in ("", WITHHELD, None):
                        numbers[told["name"]] = replace(numbers.get(told["name"], number), withheld=False)
            elif name in published.tables:
                held = recorded.tables[name]
                strange = {key for row in rows for key in row} - {c.key for c in held.columns if c.shown}
                if strange or len(rows) > len(held.rows):
                    found.append(Finding(f"columns or rows of {name} that the gate does not let out", where))
                tables[name] = _both(tables[name], rows)
            elif name not in published.figures:
                found.append(Finding(f"data of {name}, which the gate does not let out", where))
            elif len(rows) > max((len(drawn) for drawn in published.figures[name].data.values()), default=0):
                found.append(Finding(f"more data of {name} than the figure draws", where))
    return replace(published, tables=tables, numbers=numbers), found


def _shown(draft: Path) -> Iterator[tuple[str, str, Rows]]:
    """File, entry and rows of everything that a draft ships."""
    folder = draft / FOLDER
    if (folder / METADATA).is_file() or folder.is_dir():
        for name, rows in read_back(folder).items():
            yield f"{FOLDER}/{name}.csv", name, rows
    if (draft / LEDGER).is_file():
        held = json.loads((draft / LEDGER).read_text(encoding="utf-8"))
        yield LEDGER, NUMBERS, [{"name": name, "value": one.get("value")} for name, one in held["numbers"].items()]
        for name, one in held["tables"].items():
            yield LEDGER, name, one["rows"]
        for kind, one in held["provenance"]["entity"].items():
            if kind.startswith("ev:number/"):
                yield LEDGER, NUMBERS, [{"name": kind.removeprefix("ev:number/"), "value": one.get("prov:value")}]


def _both(table: Table, rows: Rows) -> Table:
    """The table with every cell that it or these rows show."""
    joined = [dict(row) for row in table.rows]
    for mine, theirs in zip(joined, rows, strict=False):
        for key, value in theirs.items():
            if mine.get(key) in (None, WITHHELD) and value not in (None, "", WITHHELD):
                mine[key] = value
    return replace(table, rows=joined)
