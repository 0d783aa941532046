"""What was understood of a study's edition: its settings, its files, its panel, its faults, and what needs a look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.check.cohorts import AND
from pipeline.check.files import EXAMPLES, Fate, FileRead, file_read
from pipeline.check.panel import PanelRead, panel_read
from pipeline.check.settings import Setting, settings
from pipeline.clean.level import declared, level_of
from pipeline.clean.run import CleanResult, Gathered, gather
from pipeline.errors import UserError
from pipeline.study import Outcome, Study
from pipeline.study.rules import EXEMPT_RULES

if TYPE_CHECKING:
    from pipeline.methods.effects.design import Design

_FEW = 0.9
"""Share of the largest period's units below which a period is worth a look."""
_MUCH = 0.02
"""Share of a file's rows set aside that is worth a look."""


@dataclass(frozen=True)
class Look:
    """Something that stops nothing and that a person should look at.

    Attributes:
        code: Message `check-look-<code>` of the catalogues.
        args: Arguments of the message; they name no person and no count of units, which may be few.
        file: The file; "" where it is about the panel.
    """

    code: str
    args: Mapping[str, str | int] = field(default_factory=dict)
    file: str = ""


@dataclass(frozen=True)
class Understanding:
    """What was understood; `panel` is None where faults keep it from being made."""

    study: Study
    edition: int
    settings: list[Setting]
    files: list[FileRead]
    panel: PanelRead | None
    faults: list[UserError]
    looks: list[Look]

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables of the report's annex, by name; those of the panel where there is one."""
        made = {
            "check_files": _file_table(self.files),
            "check_fates": _fate_table(self.files),
            "check_settings": pd.DataFrame(map(asdict, self.settings)),
        }
        if self.panel is not None:
            made["check_cohorts"], made["check_periods"] = self.panel.cohorts, self.panel.periods
            jumps = self.panel.jumps.groupby("outcome").size()
            made["check_outcomes"] = self.panel.outcomes.assign(
                jumps=[int(jumps.get(name, 0)) for name in self.panel.outcomes["outcome"]]
            )
        return made


def understand(study: Study, edition: int, raw_root: Path) -> Understanding:
    """Read everything that an edition uses, and say what was understood; no fault of the files stops it.

    A panel that allows no design, such as one without units to compare with, is a fault too: the report would stop there.

    Args:
        study: The study.
        edition: The edition's year.
        raw_root: Folder that holds the year folders.
    """
    found = gather(study, edition, raw_root)
    return understood(study, edition, found, cover=True, designs=_designs(study, found, study.outcomes))


def _designs(study: Study, found: Gathered, outcomes: Sequence[Outcome]) -> dict[str, Design | None]:
    """The designs of outcomes, None where the data allow none: that is kept as a fault."""
    if study.continuous or "panel" not in found.tables:
        return {}
    from pipeline.chapters.analysis import design_of  # loads the regressions: only where there is a panel

    designs: dict[str, Design | None] = {}
    for outcome in outcomes:
        designs[outcome.name] = None
        with found.faults.kept():
            designs[outcome.name] = design_of(study, found.tables["panel"], outcome)
    return designs


def understood(
    study: Study,
    edition: int,
    found: Gathered | CleanResult,
    *,
    cover: bool = False,
    designs: Mapping[str, Design | None] | None = None,
) -> Understanding:
    """What was understood of files that were read already; settings of the cover only where asked for.

    `designs` are those of the outcomes, where they were made already.
    """
    gathered = found if isinstance(found, Gathered) else Gathered(found.tables, list(found.accounts))
    files = [file_read(account) for account in gathered.accounts]
    primary = [outcome for outcome in study.outcomes if outcome.role == "primary"] or study.outcomes
    # a design that the data do not allow stops the report where it is estimated
    made = _designs(study, Gathered(gathered.tables), primary) if designs is None else designs
    panel = panel_read(study, gathered, {o.name: made.get(o.name) for o in primary})
    looks = [*_of_files(files), *_of_panel(panel)]
    known = settings(study, cover=cover)
    level = level_of(gathered.tables["panel"]) if "panel" in gathered.tables else ""
    if level and not declared(study):
        known = [replace(one, value=level, source="data") if one.key == "program.assigned_at" else one for one in known]
    elif level == "cluster" and study.program.assigned_at == "unit":
        looks.append(Look("level"))
    return Understanding(study, edition, known, files, panel, gathered.faults.found, looks)


def write_tables(what: Understanding, folder: Path) -> None:
    """Put the annex's tables beside the tidy tables."""
    for name, table in what.tables().items():
        table.to_parquet(folder / f"{name}.parquet", index=False)


def _file_table(files: list[FileRead]) -> pd.DataFrame:
    """How the files were read: a row a source, and more where its years were read in different ways."""
    years: dict[tuple[str | None, ...], list[int]] = {}
    for file in files:
        years.setdefault((file.source, *_how(file)), []).append(file.period)
    columns = ["source", "kind", "sheet", "header", "encoding", "separator", "decimal"]
    frame = pd.DataFrame([*years], columns=columns)
    order = {source: count for count, source in enumerate(dict.fromkeys(frame["source"]))}
    frame = frame.assign(years=[_span(held) for held in years.values()])
    return frame.sort_values("source", key=lambda column: column.map(order), kind="stable", ignore_index=True)


def _fate_table(files: list[FileRead]) -> pd.DataFrame:
    """Rows by source and fate over all years, with up to three places as "12 (Numerasi: 250,0)" and their year."""
    rows: dict[tuple[str, str, str], int] = {}
    shown: dict[tuple[str, str, str], list[str]] = {}
    for file in files:
        for fate in file.fates:
            key = (file.source, fate.rule, fate.outcome)
            rows[key] = rows.get(key, 0) + fate.rows
            shown.setdefault(key, []).extend(f"{file.period}: {_neutral(example)}" for example in fate.examples)
    columns = ["source", "rule", "outcome"]
    frame = pd.DataFrame([*rows], columns=columns).assign(rows=[*rows.values()])
    examples: list[Any] = ["; ".join(held[:EXAMPLES]) or None for held in shown.values()]
    return frame.assign(examples=examples)


def _neutral(example: str) -> str:
    """A place such as "row 12, Numerasi: 250,0" without words of a language: "12 (Numerasi: 250,0)"."""
    number, _, rest = example.removeprefix("row ").replace(": ", ", ", 1 if "," not in example else 0).partition(", ")
    return f"{number} ({rest})" if rest else number


def _how(file: FileRead) -> tuple[str | None, ...]:
    how = file.reading
    header = (
        "–".join(str(row) for row in sorted({how.header_rows[0], how.header_rows[-1]})) if how.header_rows else None
    )
    marks = sorted({style[1] for style in how.decimals.values()})
    separator = "tab" if how.separator == "\t" else how.separator
    return how.kind, how.sheet, header, how.encoding, separator, " ".join(marks) or None


def _span(years: list[int]) -> str:
    """Years in order, those that follow one another as one span: "2018–2020, 2022"."""
    spans: list[list[int]] = []
    for year in sorted(years):
        if spans and year == spans[-1][1] + 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(f"{first}–{last}" if last > first else str(first) for first, last in spans)


def _of_files(files: list[FileRead]) -> list[Look]:
    """What the reading of files asks to be looked at; the same thing in the files of several years once."""
    said: dict[tuple[str, str, str], list[FileRead]] = {}
    aside: dict[tuple[str, str], list[tuple[FileRead, Fate]]] = {}
    for file in files:
        for code, texts in (("hidden", file.reading.hidden), ("note", file.reading.notes)):
            for text in texts:
                said.setdefault((code, file.source, text), []).append(file)
        for fate in file.fates:
            much = fate.outcome == "set_aside" and fate.rule not in EXEMPT_RULES and fate.rows > _MUCH * file.read
            if much:
                aside.setdefault((file.source, fate.rule), []).append((file, fate))
    found = [Look(code, {"said": text}, _names(held)) for (code, _, text), held in said.items()]
    for (_, rule), parts in aside.items():
        rows, of = sum(fate.rows for _, fate in parts), sum(file.read for file, _ in parts)
        args: dict[str, str | int] = {"rows": rows, "of": of, "rule": rule, "shown": "; ".join(parts[0][1].examples)}
        found.append(Look("aside", args, _names([file for file, _ in parts])))
    return found


def _names(files: list[FileRead]) -> str:
    """The files of one source by their years, such as "sekolah.xlsx (2018–2020)"."""
    return f"{Path(files[0].reading.file).name} ({_span([file.period for file in files])})"


def _missing(periods: list[int]) -> list[int]:
    """Periods between the first and the last that are not there, where the others follow one another at one step."""
    step = min((after - before for before, after in pairwise(periods)), default=1)
    there = set(periods)
    return [period for period in range(periods[0], periods[-1], step) if period not in there] if periods else []


def _of_cohorts(cohorts: pd.DataFrame) -> list[Look]:
    """Units that no estimate uses: one look a reason and cohort, with the outcomes that it holds for where they differ."""
    held: dict[tuple[str, int | None], list[str]] = {}
    for row in cohorts.to_dict("records"):
        for reason in filter(None, str(row["why"]).split(AND)):
            # a cohort too small to be shown is not named: beside how many units are left out that would tell its size
            named = not pd.isna(row["cohort"]) and reason != "too_few"
            names = held.setdefault((reason, int(row["cohort"]) if named else None), [])
            names += filter(None, str(row["outcome"]).split(AND))
    every = {name for names in cohorts["outcome"] for name in filter(None, str(names).split(AND))}
    found = []
    for (reason, cohort), names in held.items():
        if reason == "no_estimate":
            continue  # a fault, which is told with its place
        args: dict[str, str | int] = {"outcome": ", ".join(names), "which": "all" if set(names) == every else "some"}
        args |= {} if cohort is None else {"cohort": cohort}
        if reason == "too_few":
            found.append(Look("cohort-too-few", args))
        else:
            found.append(Look("unused", {**args, "reason": reason, "who": "never" if cohort is None else "cohort"}))
    return found


def _of_panel(panel: PanelRead | None) -> list[Look]:
    if panel is None:
        return []
    found = _of_cohorts(panel.cohorts)
    most = int(panel.periods["units"].max()) if len(panel.periods) else 0
    few = panel.periods[panel.periods["units"] < _FEW * most]
    found += [Look("period", {"period": int(period)}) for period in few["period"]]
    missing = _missing(panel.periods["period"].astype(int).tolist())
    if missing:
        found.append(Look("gap", {"period": missing[0], "count": len(missing)}))
    for (outcome, kind), rows in panel.jumps.groupby(["outcome", "kind"], sort=False):
        first = rows.iloc[0]
        args: dict[str, str | int] = {"outcome": str(outcome), "period": int(first["period"]), "count": len(rows),
            "before": f"{first['before']:.4g}", "after": f"{first['after']:.4g}", "unit": first["unit"] or "–"}  # fmt: skip
        found.append(Look(f"jump-{kind}", args))
    return found
