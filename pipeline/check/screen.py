"""What was understood, on one screen of a terminal."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.check.cohorts import COMPARISON
from pipeline.check.files import FileRead
from pipeline.check.page import look_message
from pipeline.check.panel import PanelRead
from pipeline.check.understanding import Look, Understanding
from pipeline.languages import locale
from pipeline.languages.catalogue import say
from pipeline.study import Study

LANG = "en"
"""Language of the command line."""
_FAULTS, _LOOKS = 4, 8
"""How many are shown; the page and the JSON hold all."""


def show(what: Understanding, console: Console) -> None:
    """Print what a person must decide, what needs a look, and what was understood; colours on a terminal only."""
    console.print(f"[bold]{what.study.name}, edition {what.edition}[/bold]")
    _faults(what, console)
    console.print(_file_table(what.files))
    if what.panel is not None:
        _panel(what.panel, what, console)
    _looks(what.looks, what.study, console)
    _settings(what, console)


def _faults(what: Understanding, console: Console) -> None:
    for count, fault in enumerate(what.faults[:_FAULTS], 1):
        head, *rest = fault.alone().splitlines()
        console.print(f"[bold red]Fault {count}:[/bold red] {escape(head)}")
        for line in rest:
            console.print(escape(line), soft_wrap=True)
    if len(what.faults) > _FAULTS:
        console.print(f"[bold red]… and {len(what.faults) - _FAULTS} more faults[/bold red] on the page.")


def _file_table(files: Sequence[FileRead]) -> Table:
    """One row a source: its years together, and how they were read where all were read alike."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("source", "years", "read as"):
        table.add_column(name, overflow="fold")
    for name in ("rows", "kept", "aside"):
        table.add_column(name, justify="right", no_wrap=True)
    by_source: dict[str, list[FileRead]] = {}
    for file in files:
        by_source.setdefault(file.source, []).append(file)
    for source, parts in by_source.items():
        years = sorted(file.period for file in parts)
        aside = sum(file.broken for file in parts)
        table.add_row(
            source,
            f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0]),
            escape(_how(parts)),
            f"{sum(file.read for file in parts):,}",
            f"{sum(file.kept for file in parts):,}",
            f"[yellow]{aside:,}[/yellow]" if aside else "0",
        )
    return table


def _how(parts: Sequence[FileRead]) -> str:
    said = [
        ("", "kind"),
        ("sheet ", "sheet"),
        ("header row ", "header_rows"),
        ("", "encoding"),
        ("separator ", "separator"),
    ]
    told = [f"{word}{value}" for word, name in said if (value := _same(parts, name))]
    marks = {style[1] for file in parts for style in file.reading.decimals.values()}
    declared = all(style.endswith("declared") for file in parts for style in file.reading.decimals.values())
    decimal = f"decimal {' '.join(sorted(marks))}{'' if declared else ' (decided)'}" if marks else ""
    hidden = "hidden parts" if any(file.reading.hidden for file in parts) else ""
    return ", ".join(filter(None, [*told, decimal, hidden]))


def _same(parts: Sequence[FileRead], name: str) -> str:
    """What all files of a source have in common; "(varies)" where they differ."""
    values = [getattr(file.reading, name) for file in parts]
    if any(value != values[0] for value in values):
        return "(varies)"
    value = values[0]
    if isinstance(value, tuple):
        return "–".join(str(row) for row in dict.fromkeys((value[0], value[-1]))) if value else ""
    return {"\t": "tab", None: "", ";": "semicolon", ",": "comma"}.get(value, str(value))


def _panel(panel: PanelRead, what: Understanding, console: Console) -> None:
    units, periods = panel.periods["units"], panel.periods["period"]
    console.print(f"Panel: {len(periods)} periods, {units.min()} to {units.max()} units in each")
    told = [_cohort(rows, what.study) for _, rows in panel.cohorts.groupby("cohort", dropna=False)]
    more = f", … {len(told) - 12} more" if len(told) > 12 else ""
    console.print(f"Cohorts (units): {', '.join(told[:12])}{more}")
    for row in panel.outcomes.head(8).to_dict("records"):
        console.print(
            f"Outcome {row['outcome']}: {row['values']:,} values, {row['missing']:,} missing, "
            f"5 % {row['low']:.4g}, median {row['median']:.4g}, 95 % {row['high']:.4g}"
        )
    console.print(f"Covariates used: {', '.join(what.study.covariates) or 'none'}")


def _cohort(rows: pd.DataFrame, study: Study) -> str:
    """A cohort's units in the files and in the estimates, of all primary outcomes, and as which cohort they are there."""
    row = rows.iloc[0]
    kind = study.period_kind
    name = "never treated" if pd.isna(row["cohort"]) else locale.period(row["cohort"], kind, LANG)
    given, least, most = row["given"], rows["used"].min(), rows["used"].max()
    moved = sorted({locale.period(int(at), kind, LANG) for at in rows["since"] if at.isdigit()} - {name})
    notes = [f"{least if least == most else f'{least} to {most}'} used"] if least < given else []
    notes += [f"counted from {' or '.join(moved)} on"] if moved else []
    notes += ["counted as comparison"] if not pd.isna(row["cohort"]) and COMPARISON in set(rows["since"]) else []
    files = " in the files" if least < given else ""
    return f"[yellow]{name}: {given}{files}, {', '.join(notes)}[/yellow]" if notes else f"{name}: {given}"


def _looks(looks: Sequence[Look], study: Study, console: Console) -> None:
    for look in looks[:_LOOKS]:
        said = say(look_message(look, study, lambda row: f"row {row}"), LANG)
        console.print(f"[yellow]Look:[/yellow] {escape(look.file + ': ' if look.file else '')}{escape(said)}")
    if len(looks) > _LOOKS:
        console.print(f"[yellow]… and {len(looks) - _LOOKS} more to look at[/yellow] on the page.")


def _settings(what: Understanding, console: Console) -> None:
    chosen = [s for s in what.settings if s.source != "default" and s.key.split(".")[0] in ("inference", "verdict",
        "program", "disclosure", "specifications", "run", "seed", "first_period", "period_start_month")]  # fmt: skip
    count = len(what.settings)
    console.print(f"Settings that are not the default ({count} in force, all on the page):", style="bold")
    console.print(escape("; ".join(f"{one.key} = {one.value}" for one in chosen) or "none"))
