"""A ready panel: one file with units, periods, treatment and outcomes, checked like any raw file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.clean.account import FileAccount, drop_duplicates
from pipeline.clean.pseudonym import pseudonymiser, study_key
from pipeline.errors import SourceError
from pipeline.methods.indicators.skm import ELEMENTS, unit_scores
from pipeline.periods import year_of
from pipeline.sources import values
from pipeline.sources.identifiers import looks_like_person, read_npsn
from pipeline.sources.readers import read_table
from pipeline.study import Outcome, PanelSpec, Study

SKM_COLUMNS = ("n", *ELEMENTS)
SKM_INDEX = "skm_index"


@dataclass(frozen=True)
class _Spec:
    """What the readers ask of a source, for a panel."""

    file: str
    sheet: str | None
    encoding: str
    separator: str
    decimal: str
    columns: dict[str, list[str]]


def read_panel(study: Study, edition: int, raw_root: Path) -> tuple[pd.DataFrame, FileAccount]:
    """Read, check and name the columns of a study's panel.

    Returns:
        The panel (`unit`, `period`, `cohort`, outcomes, and where declared `cluster`, `weight`, covariates and the
        SKM's columns) and its account. Quarters are codes of `pipeline.periods`.

    Raises:
        SourceError: A file that cannot be read, or rows beyond a rule's tolerance.
        DesignError: Treatment switches off.
    """
    spec = study.panel
    assert spec is not None, "called for panel studies"
    columns = _columns(spec, study.outcomes)
    shown = f"data/raw/{study.name}/{edition}/{spec.file}"
    reader = _Spec(spec.file, spec.sheet, spec.encoding, spec.separator, spec.decimal, columns)
    raw = read_table(raw_root / str(edition) / spec.file, reader, shown)
    account = FileAccount("panel", edition, raw, spec.tolerances)
    if spec.frequency == "quarter":
        _quarters(account)
    if study.sources:
        _units(account)
    outcomes = [outcome.name for outcome in study.outcomes if not _derived(spec, outcome)]
    treatment = "cohort" if spec.cohort else "treated"
    further = [name for name in ("cluster", "weight") if getattr(spec, name)]
    for name in ("unit", "period", treatment, *outcomes, *spec.covariates, *further):
        _check_column(account, name, spec, edition, required=name in ("unit", "period", "treated", "weight"))
    if spec.skm is not None:
        _check_skm(account, spec)
    drop_duplicates(account, spec.decimal, ["unit", "period"])
    _check_cohorts(account, spec)
    account.check()
    panel = _typed(account.frame, spec, study)
    if panel[study.outcome_names].notna().sum().sum() == 0:
        raise SourceError("Every outcome is missing.", where=shown, todo="Fill the outcome's column.")
    if spec.person_units:
        panel["unit"] = panel["unit"].map(pseudonymiser(study_key(study, raw_root.parents[2])))
    return panel.sort_values(["unit", "period"], ignore_index=True), account


def _columns(spec: PanelSpec, outcomes: list[Outcome]) -> dict[str, list[str]]:
    columns = {"unit": [spec.unit], "period": [spec.period]}
    columns |= {"cohort": [spec.cohort]} if spec.cohort else {"treated": [spec.treated or ""]}
    columns |= {"cluster": [spec.cluster]} if spec.cluster else {}
    columns |= {"weight": [spec.weight]} if spec.weight else {}
    columns |= {o.name: [o.column or o.name] for o in outcomes if not _derived(spec, o)}
    if spec.skm is not None:
        columns |= {
            name: [heading] for name, heading in zip(SKM_COLUMNS, [spec.skm.n, *spec.skm.elements], strict=True)
        }
    return columns | {name: [name] for name in spec.covariates}


def _derived(spec: PanelSpec, outcome: Outcome) -> bool:
    """Whether an outcome is the index made of the SKM's elements."""
    return spec.skm is not None and (outcome.column or outcome.name) == SKM_INDEX


def _quarters(account: FileAccount) -> None:
    """Replace quarters, however written, by their codes, so that the same quarter is the same text; 0 stays "never"."""
    for name in {"period", "cohort"} & set(account.frame):
        column = account.frame[name]
        codes = values.parsed(column, lambda text: 0 if text.strip() == "0" else values.parse_quarter(text))
        account.drop(column.index[column.notna() & codes.isna()].tolist(), "bad_period", name)
        account.frame[name] = [None if code is None else str(code) for code in codes.loc[account.frame.index]]


def _units(account: FileAccount) -> None:
    """Units that other files name, by their eight digits."""
    codes = values.parsed(account.frame["unit"], read_npsn)
    account.drop(codes.index[codes.isna()].tolist(), "bad_npsn", "unit")
    account.frame["unit"] = codes.loc[account.frame.index]


def _check_skm(account: FileAccount, spec: PanelSpec) -> None:
    """Leave out means outside 1-4, and set aside rows without a readable number of respondents."""
    count = values.numbers(account.frame["n"], spec.decimal)
    account.drop(count.index[account.frame["n"].notna() & count.isna()].tolist(), "bad_number", "n")
    account.drop(count.index[(count < 0) | (count % 1 > 0)].tolist(), "out_of_range", "n")
    for name in ELEMENTS:
        mean = values.numbers(account.frame[name], spec.decimal)
        account.blank(mean.index[account.frame[name].notna() & mean.isna()].tolist(), "bad_number", name)
        account.blank(mean.index[mean.notna() & ~mean.between(1, 4)].tolist(), "out_of_range", name)


def _check_column(account: FileAccount, name: str, spec: PanelSpec, edition: int, *, required: bool) -> None:
    column = account.frame[name]
    if name in ("unit", "cluster"):
        account.drop(column.index[column.isna()].tolist(), "missing_key", name)
        if not spec.person_units:
            account.drop(column.index[column.map(looks_like_person)].tolist(), "person_number", name)
        return
    numbers = values.numbers(column, spec.decimal)
    wrong = numbers.isna() & (column.notna() | required)
    account.drop(column.index[wrong].tolist(), "bad_number", name)
    if name in ("period", "cohort"):
        account.drop(numbers.index[numbers.notna() & (numbers % 1 != 0)].tolist(), "bad_number", name)
    if name == "period":
        account.drop(numbers.index[numbers.map(year_of) > edition].tolist(), "outside_period", name)
    if name == "weight":
        account.drop(numbers.index[~(numbers > 0)].tolist(), "bad_weight", name)
    if name == "treated":
        account.drop(numbers.index[~numbers.isin([0, 1])].tolist(), "out_of_range", name)


def _typed(frame: pd.DataFrame, spec: PanelSpec, study: Study) -> pd.DataFrame:
    panel = pd.DataFrame({"unit": frame["unit"].str.strip()})
    panel["period"] = values.numbers(frame["period"], spec.decimal).astype("int64")
    if spec.cohort:
        cohort = values.numbers(frame["cohort"], spec.decimal)
        panel["cohort"] = cohort.mask(cohort == 0).astype("Int64")
    else:
        from pipeline.methods.effects.design import (
            cohort_from_status,  # its package loads the regressions: only where needed
        )

        panel["treated"] = values.numbers(frame["treated"], spec.decimal).astype("int64")
        panel["cohort"] = cohort_from_status(panel, "unit", "period", "treated").astype("Int64")
    if spec.cluster:
        panel["cluster"] = frame["cluster"].str.strip()
    if spec.weight:
        panel["weight"] = values.numbers(frame["weight"], spec.decimal)
    if spec.skm is not None:
        panel = panel.join(_skm(frame, spec))
    for outcome in study.outcomes:
        derived = _derived(spec, outcome)
        column = panel[SKM_INDEX] if derived else values.numbers(frame[outcome.name], spec.decimal)
        panel[outcome.name] = _transformed(column, panel, outcome, f"data/raw/{study.name}/")
    for name in spec.covariates:
        panel[name] = values.numbers(frame[name], spec.decimal)
    return panel.drop(columns="treated", errors="ignore")


def _skm(frame: pd.DataFrame, spec: PanelSpec) -> pd.DataFrame:
    """Respondents, means of the elements (missing where nobody answered), and the index."""
    count = values.numbers(frame["n"], spec.decimal).fillna(0)
    means = pd.DataFrame({name: values.numbers(frame[name], spec.decimal).where(count > 0) for name in ELEMENTS})
    table = means.assign(n=count.astype("int64"))
    return table.assign(**{SKM_INDEX: unit_scores(table)["score"]})


def skm_table(panel: pd.DataFrame) -> pd.DataFrame:
    """The tidy table `skm` of a panel that holds the survey: a row where somebody answered; `sd` is not known."""
    asked = panel[panel["n"] > 0]
    return asked[["unit", "period", *SKM_COLUMNS]].assign(sd=np.nan).reset_index(drop=True)


def yearly_treatment(panel: pd.DataFrame) -> pd.DataFrame:
    """Each unit's cohort as the year of its entry, for the yearly sources: `unit`, `cohort` (missing = never)."""
    first = panel.drop_duplicates("unit")[["unit", "cohort"]].sort_values("unit", ignore_index=True)
    return first.assign(cohort=first["cohort"].map(year_of, na_action="ignore").astype("Int64"))


def _check_cohorts(account: FileAccount, spec: PanelSpec) -> None:
    """Set aside rows of units whose first treated period is not the same in all their rows."""
    if spec.cohort is None:
        return
    cohort = values.numbers(account.frame["cohort"], spec.decimal).fillna(0)
    units = account.frame["unit"].str.strip()
    many = cohort.groupby(units).transform("nunique") > 1
    first = cohort.groupby(units).transform("first")
    wrong = account.frame.index[many & (cohort != first)]
    account.drop(wrong.tolist(), "cohort_varies", "cohort")


def _transformed(column: pd.Series, panel: pd.DataFrame, outcome: Outcome, shown: str) -> pd.Series:
    if outcome.transform == "log":
        if (column <= 0).any():
            raise SourceError(
                f"The outcome {outcome.name!r} has a value that is not positive, so it has no logarithm.",
                where=f"{shown}, row {column.index[column <= 0][0]}",
                todo="Correct the value, or set `transform: none`.",
            )
        return np.log(column)
    if outcome.transform == "standardise":
        never = column[panel["cohort"].isna()].groupby(panel["period"])
        scale = never.std()
        bare = sorted(set(panel.loc[column.notna(), "period"]) - set(scale.index[scale > 0]))
        if bare:
            raise SourceError(
                f"In period {bare[0]} the outcome {outcome.name!r} cannot be standardised.",
                where=shown,
                expected="two never-treated units or more with different values in every period",
                todo="Set `transform: none`, or give data of units never treated.",
            )
        return (column - panel["period"].map(never.mean())) / panel["period"].map(scale)
    return column
