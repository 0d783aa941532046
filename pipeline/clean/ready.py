"""A ready panel: one file with units, periods, treatment and outcomes, checked like any raw file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd

from pipeline.clean import complete
from pipeline.clean.account import FileAccount, alike_words, drop_duplicates
from pipeline.clean.complete import Size
from pipeline.clean.panel import before_entry
from pipeline.clean.ready_skm import SKM_COLUMNS, SKM_INDEX, check_skm, derived, skm_table
from pipeline.clean.ready_status import check_cohorts, check_entries, check_status, unlikely, whole_status
from pipeline.clean.sealed import Sealed, told_of
from pipeline.clean.transforms import dosed, transformed
from pipeline.errors import Faults, SourceError
from pipeline.periods import year_of
from pipeline.pseudonym import pseudonymiser
from pipeline.secret import study_key
from pipeline.sources import values
from pipeline.sources.identifiers import looks_like_person, read_npsn
from pipeline.sources.names import alike, plain_name
from pipeline.sources.readers import read_table
from pipeline.sources.table import Fields, RawTable
from pipeline.study import Outcome, PanelSpec, Study

UNDER = "under_treatment"
"""Column of panels whose treatment switches off: 1 in periods that are really under treatment."""
CODED = {"quarter": values.parse_quarter, "month": values.parse_month}
_NEVER = ("0", "inf", "+inf", "infinity")
_FIRST_DAY = re.compile(r"\d{4}-01-01")
_NAMES = ("unit", "cluster", "stratum")
"""Fields that are names, and no numbers."""
_FIELDS = (*_NAMES, "period", "cohort", "treated", "dose", "weight")


@dataclass(frozen=True)
class _Spec:
    """What the readers ask of a source, for a panel."""

    file: str
    sheet: str | None
    encoding: str
    separator: str | None
    decimal: str | None
    missing: list[str | int | float]
    columns: dict[str, list[str]]


def read_panel(
    study: Study,
    edition: int,
    raw_root: Path,
    accounts: list[FileAccount] | None = None,
    sealed: Sealed | None = None,
) -> tuple[pd.DataFrame, FileAccount]:
    """Read, check and name the columns of a study's panel.

    Args:
        study: The study.
        edition: The edition's year.
        raw_root: Folder that holds the year folders.
        accounts: Takes the file's account, also where the panel is refused.
        sealed: What an earlier run read.

    Returns:
        The panel (`unit`, `period`, `cohort`, outcomes, and where declared `cluster`, `stratum`, `weight`, covariates and the
        SKM's columns) and its account. Quarters and months are codes of `pipeline.periods`. Units that are treated in
        their first period are left out: nothing tells what they were before.

    Raises:
        SourceError: A file that cannot be read or looks cut, names that look alike, or rows beyond a rule's tolerance.
        DesignError: Treatment switches off.
        Either names all faults at once.
    """
    spec = study.panel
    assert spec is not None, "called for panel studies"
    shown = f"data/raw/{study.name}/{edition}/{spec.file}"
    raw = raw_panel(study, spec, raw_root / str(edition) / spec.file, shown, sealed)
    faults = Faults()
    account = FileAccount("panel", edition, raw, spec.tolerances, faults=faults)
    if accounts is not None:
        accounts.append(account)
    with faults.kept():
        _plain_names(account, spec)
    with faults.kept():
        _check_whole(account, study, spec, edition, raw_root)
    _plain_periods(account, spec)
    if study.sources:
        _units(account)
    outcomes = [outcome.name for outcome in study.outcomes if not derived(spec, outcome)]
    treatment = "dose" if spec.dose else "cohort" if spec.cohort else "treated"
    further = [name for name in ("cluster", "stratum", "weight") if getattr(spec, name)]
    for name in ("unit", "period", treatment, *outcomes, *spec.covariates, *further):
        _check_column(account, name, spec, edition, required=name in ("unit", "period", "treated", "weight"))
    if spec.skm is not None:
        check_skm(account)
    for outcome in study.outcomes:
        if outcome.denominator:
            _check_denominator(account, outcome.denominator_column)
    drop_duplicates(account, ["unit", "period"])
    check_cohorts(account, spec)
    check_entries(account, spec)
    account.check()
    with faults.kept():
        check_status(account, spec)
    faults.stop()
    panel = _typed(account, spec, study)
    account.cohorts = panel.groupby("unit")["cohort"].first()
    panel = _before_entry(panel, account)
    if panel[study.outcome_names].notna().sum().sum() == 0:
        raise SourceError("Every outcome is missing.", where=shown, todo="Fill the outcome's column.", code="no_values")
    if spec.person_units:
        panel["unit"] = panel["unit"].map(pseudonymiser(study_key(study, raw_root.parents[2])))
    return panel.sort_values(["unit", "period"], ignore_index=True), account


def raw_panel(study: Study, spec: PanelSpec, path: Path, shown: str, sealed: Sealed | None = None) -> RawTable:
    """A panel's file as text, under the names of its fields; as an earlier run read it where that is `sealed`.

    Raises:
        SourceError: It cannot be read.
    """
    columns = _columns(spec, study.outcomes)
    keys = {name: f"panel.{name}" for name in _FIELDS}
    keys |= {o.name: f"outcomes, {o.name}: column" for o in study.outcomes}
    keys |= {o.denominator_column: f"outcomes, {o.name}: denominator" for o in study.outcomes}
    keys |= dict.fromkeys(SKM_COLUMNS, "panel.skm") | dict.fromkeys(spec.covariates, "panel.covariates")
    fields = Fields(
        numbers=[name for name in columns if name not in _NAMES and not _is_coded(name, spec)],
        keys=keys,
        decimal_key="panel",
    )
    reader = _Spec(spec.file, spec.sheet, spec.encoding, spec.separator, spec.decimal, spec.missing, columns)

    def read() -> RawTable:
        return read_table(path, reader, shown, fields=fields)

    return read() if sealed is None else sealed.part(path, repr(("panel", shown, *told_of(reader), fields)), read)


def _is_coded(name: str, spec: PanelSpec) -> bool:
    """Whether a column holds quarters or months, which are no numbers as they are written."""
    return spec.frequency in CODED and name in ("period", "cohort")


def _columns(spec: PanelSpec, outcomes: list[Outcome]) -> dict[str, list[str]]:
    columns = {"unit": [spec.unit], "period": [spec.period]}
    columns |= {name: [getattr(spec, name)] for name in ("cohort", "treated", "dose") if getattr(spec, name)}
    columns |= {name: [getattr(spec, name)] for name in ("cluster", "stratum", "weight") if getattr(spec, name)}
    columns |= {o.name: [o.column or o.name] for o in outcomes if not derived(spec, o)}
    columns |= {o.denominator_column: [o.denominator] for o in outcomes if o.denominator}
    if spec.skm is not None:
        columns |= {
            name: [heading] for name, heading in zip(SKM_COLUMNS, [spec.skm.n, *spec.skm.elements], strict=True)
        }
    return columns | {name: [name] for name in spec.covariates}


def _plain_names(account: FileAccount, spec: PanelSpec) -> None:
    """Names of units and clusters as one name each; names that only look alike are refused, or made one.

    Raises:
        SourceError: Two names look alike and the study does not say what they are.
    """
    for name in _NAMES:
        if name not in account.frame or spec.alike == "distinct":
            continue
        column = values.parsed(account.frame[name], plain_name)
        groups = alike(column.dropna().unique())
        if groups and spec.alike == "refuse":
            raise _look_alike(account, name, groups, column, persons=spec.person_units)
        one = {text: group[0] for group in groups for text in group}
        changed = column.replace(one) if one else column
        account.note(int((changed.dropna() != column.dropna()).sum()), "name_written_otherwise")
        account.frame[name] = changed


def _look_alike(
    account: FileAccount, name: str, groups: list[tuple[str, ...]], column: pd.Series, *, persons: bool
) -> SourceError:
    rows = {text: int(row) for row, text in reversed(list(column.dropna().items()))}
    pairs = [
        " and ".join(
            f"row {rows[text]}" if persons or looks_like_person(text) else f"{text!r} (row {rows[text]})" for text in g
        )
        for g in groups[:3]
    ]
    return SourceError(
        alike_words(len(groups)),
        where=account.raw.place(None, name),
        expected="one name for one unit; here " + "; ".join(pairs),
        todo="Correct the file; or say in the study `panel.alike: one` (they are one) or `panel.alike: distinct`.",
        code="alike",
    )


def _check_whole(account: FileAccount, study: Study, spec: PanelSpec, edition: int, raw_root: Path) -> None:
    """Compare the panel with its control totals, its own shape, and the panel of an edition before."""
    frame = account.raw.frame
    size = Size(len(frame), frozenset(account.frame["unit"].dropna()))
    complete.check_expected(account, size, spec.expect, "panel")
    complete.check_tail(account, account.frame[["unit", "period"]].dropna(), spec.expect)
    older = sorted(int(path.parent.name) for path in raw_root.glob(f"[0-9][0-9][0-9][0-9]/{spec.file}"))
    older = [year for year in older if year < edition]
    if not older or (spec.expect is not None and spec.expect.rows is not None):
        return
    shown = f"data/raw/{study.name}/{older[-1]}/{spec.file}"
    before = raw_panel(study, spec, raw_root / str(older[-1]) / spec.file, shown).frame
    names = before["unit"].dropna().map(plain_name)
    complete.check_before(account, size, Size(len(before), frozenset(names)), None, older[-1])


def _plain_periods(account: FileAccount, spec: PanelSpec) -> None:
    """Periods as the text of whole numbers; cohorts that say "never" as blank ones.

    Quarters and months, however written, become their codes, so that the same one is the same text. A year that a
    program wrote as the first day of that year is the year.
    """
    for name in ("period", "cohort"):
        if name not in account.frame:
            continue
        column = account.frame[name]
        if name == "cohort":
            says = {text for text in column.dropna().unique() if _says_never(text, spec)}
            column = column.where(~column.isin(says), None)
        if spec.frequency in CODED:
            codes = values.parsed(column, CODED[spec.frequency])
            account.frame[name] = column
            account.drop(column.index[column.notna() & codes.isna()].tolist(), "bad_period", name)
            column = codes.loc[account.frame.index].map(lambda code: None if pd.isna(code) else str(int(code)))
        elif all(_FIRST_DAY.fullmatch(text) for text in column.dropna().unique()):
            column = values.parsed(column, lambda text: text[:4])
        elif len(column.dropna()) and all(_school_year(text) for text in column.dropna().unique()):
            column = values.parsed(column, lambda text: str(_school_year(text)))
            account.raw.reading.notes.append(
                f"School years of {account.heading(name)} were read as the years in which they end."
            )
        account.frame[name] = column


def _school_year(text: str) -> int | None:
    """The year in which a school year such as "2022/2023" ends; None of a text without its mark."""
    return values.parse_school_year(text) if re.search(r"[/–-]", text) else None


def _says_never(text: str | None, spec: PanelSpec) -> bool:
    if text is None:
        return False
    words = {*_NEVER, *(str(word).casefold() for word in spec.never)}
    if text.casefold() in words:
        return True
    number = values.parse_number(text, ".")
    return number is not None and number in {values.parse_number(word, ".") for word in words}


def _units(account: FileAccount) -> None:
    """Units that other files name, by their eight digits."""
    codes = values.parsed(account.frame["unit"], read_npsn)
    account.drop(codes.index[codes.isna()].tolist(), "bad_npsn", "unit")
    account.frame["unit"] = codes.loc[account.frame.index]


def _check_column(account: FileAccount, name: str, spec: PanelSpec, edition: int, *, required: bool) -> None:
    column = account.frame[name]
    if name in _NAMES:
        account.drop(column.index[column.isna()].tolist(), "missing_key", name)
        if not spec.person_units:
            account.drop(
                column.index[values.parsed(column, looks_like_person).eq(True)].tolist(), "person_number", name
            )
        return
    numbers = account.numbers(name)
    wrong = numbers.isna() & (column.notna() | required)
    # a word in place of the first period mostly means never
    account.drop(column.index[wrong].tolist(), "cohort_unlikely" if name == "cohort" else "bad_number", name)
    if name in ("period", "cohort"):
        account.drop(numbers.index[numbers.notna() & (numbers % 1 != 0)].tolist(), "bad_number", name)
    if name == "period":
        account.drop(numbers.index[numbers.map(year_of) > edition].tolist(), "outside_period", name)
    if name == "weight":
        account.drop(numbers.index[~(numbers > 0)].tolist(), "bad_weight", name)
    if name == "cohort":
        account.drop(numbers.index[unlikely(numbers, account.numbers("period"))].tolist(), "cohort_unlikely", name)
    if name == "treated":
        whole_status(account, spec)


def _check_denominator(account: FileAccount, name: str) -> None:
    """Leave out denominators that are no number above zero: what is divided by them is missing, and the row is kept."""
    numbers = account.numbers(name)
    account.blank(numbers.index[account.frame[name].notna() & ~(numbers > 0)].tolist(), "bad_denominator", name)


def _typed(account: FileAccount, spec: PanelSpec, study: Study) -> pd.DataFrame:
    frame = account.frame
    panel = pd.DataFrame({"unit": frame["unit"].str.strip()})
    panel["period"] = account.numbers("period").astype("int64")
    if spec.cohort:
        cohort = account.numbers("cohort")
        panel["cohort"] = cohort.mask(cohort == 0).astype("Int64")
    elif spec.dose:
        assert study.dose is not None, "the study's own check"
        panel["cohort"] = pd.Series(pd.NA, index=panel.index, dtype="Int64")  # a dose has no start
        panel["dose"] = dosed(account.numbers("dose"), study.dose, partial(account.raw.place, field_name="dose"))
    else:
        from pipeline.methods.effects.design import cohort_from_status

        panel["treated"] = account.numbers("treated").astype("int64")
        if spec.switches == "started":
            panel[UNDER] = panel["treated"]
            order = panel.sort_values(["unit", "period"], kind="stable")
            panel["treated"] = order.groupby("unit")["treated"].cummax().reindex(panel.index)
        panel["cohort"] = cohort_from_status(panel, "unit", "period", "treated").astype("Int64")
    for name in ("cluster", "stratum"):
        if name in frame:
            panel[name] = frame[name].str.strip()
    if spec.weight:
        panel["weight"] = account.numbers("weight")
    if spec.skm is not None:
        panel = panel.join(skm_table(account))
    for outcome in study.outcomes:
        column = panel[SKM_INDEX] if derived(spec, outcome) else account.numbers(outcome.name)
        if outcome.denominator:
            panel[outcome.denominator_column] = account.numbers(outcome.denominator_column)
            column = column / panel[outcome.denominator_column]
        named = None if derived(spec, outcome) else outcome.name
        panel[outcome.name] = transformed(column, panel, outcome, partial(account.raw.place, field_name=named))
    for name in spec.covariates:
        panel[name] = account.numbers(name)
    return panel.drop(columns="treated", errors="ignore")


def _before_entry(panel: pd.DataFrame, account: FileAccount) -> pd.DataFrame:
    """The panel without units that are treated in their first period, with a note."""
    kept, always = before_entry(panel)
    if not always.any():
        return panel
    account.from_start = frozenset(panel.loc[always, "unit"])
    account.raw.reading.notes.append("Units that are treated in their first period were left out.")
    account.drop(panel.index[always].tolist(), "treated_from_start")
    return kept
