"""The parts of a study file, each key described where it is declared."""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, field_validator, model_validator

from pipeline.languages.known import own_words
from pipeline.study.rules import RULES
from pipeline.study.thresholds import Unit


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(BaseModel):
    """A wording by language, in one at least; where a language has none, another's stands in (`own_words`)."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, str]

    @model_validator(mode="after")
    def _has_words(self) -> Text:
        held = self.model_extra or {}
        odd = [lang for lang in held if not re.fullmatch(r"[a-z]{2,3}([_-][A-Za-z0-9]+)*", lang)]
        if odd:
            raise ValueError(f"{odd[0]!r} is no language: write codes such as id or en")
        if not any(held.values()):
            raise ValueError("words in one language at least, such as id: kata")
        return self

    def __getitem__(self, lang: str) -> str:
        said = getattr(self, lang, None)
        return str(said) if said else own_words(self.model_dump(), lang)


class Expect(Part):
    """Control totals that the office gave with a file: rows of its table, and different units in it."""

    rows: int | None = Field(default=None, ge=0)
    units: int | None = Field(default=None, ge=0)


PERIOD = "{period}"
"""Stands for the year in a source's query."""


def query_file(source: str) -> str:
    """What stands for a source's query where others name their file."""
    return f"{source}.sql"


class Source(Part):
    """One kind of raw file, found in each year's folder under the same name; or a query of a database (`sql`)."""

    file: str = ""
    sql: str | None = None
    """A SELECT in place of a file; {period} in it stands for the year."""
    connection: str | None = None
    """Environment variable that holds the database's connection, as env:NAME."""
    office: Text | None = None
    """The office that sends this file: whom `make check` writes to about its faults."""
    sheet: str | None = None
    """Sheet of a workbook; the visible one that holds the headings where not given."""
    encoding: str = "utf-8"
    separator: str | None = None
    """Character between the columns of a text; the one that fits where not given."""
    decimal: Literal[",", "."] | None = None
    """Decimal mark; decided from the whole of each column where not given."""
    missing: list[str | int | float] = Field(default_factory=list)
    """Words and codes for "no value", beside blank cells and NA, N/A, #N/A, NaN, null, none and a lone point."""
    expect: Expect | dict[int, Expect] | None = None
    """Control totals: by period, or of the edition's own year."""
    columns: dict[str, list[str]]
    """Field -> headings that offices give it; the first is the usual one. Only these columns are read."""
    tolerances: dict[str, float] = Field(default_factory=dict)
    """Rule -> share of a file's rows that may be set aside by it; a rule not named has none."""
    value_range: tuple[float, float] | None = None
    engine: Literal["auto", "memory", "duckdb"] = "auto"
    """What reads a file of pupils: data frames in memory, or an engine for files larger than memory; by size."""
    keep: Literal["rows", "sums"] | None = None
    """Of pupils: rows under pseudonyms, or sums by school, grade and subject alone, which is what the engine keeps."""
    absent_periods: dict[int, Text] = Field(default_factory=dict)
    """Period -> why no such file exists for it."""

    @field_validator("file")
    @classmethod
    def _plain_name(cls, value: str) -> str:
        return _inside_folder(value)

    @field_validator("connection")
    @classmethod
    def _a_variable(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"env:[A-Za-z_][A-Za-z0-9_]*", value):
            # what stands here may be the secret itself: it is not shown
            raise ValueError(
                "a connection is named as env:NAME: it is a secret, and stands in this variable, in no file"
            )
        return value

    @field_validator("tolerances")
    @classmethod
    def _known_shares(cls, value: dict[str, float]) -> dict[str, float]:
        return _tolerances(value)

    @model_validator(mode="after")
    def _one_origin(self) -> Source:
        if bool(self.file) == (self.sql is not None):
            raise ValueError("give exactly one of `file` and `sql`")
        if (self.sql is None) != (self.connection is None):
            raise ValueError("`sql` and `connection` belong together: a query, and env:NAME of its database")
        if self.sql is None:
            return self
        if PERIOD not in self.sql:
            raise ValueError(
                "the query must name {period}, which stands for the year: else each year would be all years"
            )
        idle = sorted({"sheet", "encoding", "separator"} & self.model_fields_set)
        if idle:
            raise ValueError(f"`{idle[0]}` is for files; a query has none")
        return self


class Dose(Part):
    """A treatment that is a quantity, which every unit has more or less of in every period (`panel.dose` is its column)."""

    label: Text
    """The dose as a reader calls it, inside a sentence."""
    transform: Literal["none", "log"] = "none"
    step: float = Field(default=1.0, gt=0)
    """Change of the (transformed) dose for which effects are told: 0.1 of a logarithm is about ten per cent."""
    step_label: Text
    """That change in words, as in "an effect of …"."""
    lags: int = Field(default=0, ge=0, le=4)
    """How many earlier periods' doses enter too; the effect told is the sum over them."""


class SkmColumns(Part):
    """Where a ready panel holds a public satisfaction survey (SKM): respondents, and the mean answer (1-4) of U1-U9."""

    n: str
    elements: list[str] = Field(min_length=9, max_length=9)


class PanelSpec(Part):
    """A ready panel: one row a unit and period, in one file of the edition's folder."""

    file: str
    office: Text | None = None
    """The office that sends this file: whom `make check` writes to about its faults."""
    unit: str
    period: str
    frequency: Literal["year", "quarter", "month"] = "year"
    """Quarters are written as 2023-T2, 2023 TW II, 2023Q2 or Triwulan II 2023, in `period` and `cohort` alike;
    months as 2023-04, 2023-04-01, 2023M4, 04/2023 or April 2023. Months numbered from 1 on are whole numbers like years."""
    cohort: str | None = None
    """Column with the first treated period; empty or 0 for units never treated. Or give `treated`."""
    treated: str | None = None
    """Column with 1 in periods under treatment and 0 before."""
    switches: Literal["refuse", "started"] = "refuse"
    """Where `treated` goes back to 0: stop; or take a unit for treated from its first start on, whatever came after."""
    treated_from: float | None = Field(default=None, gt=0, le=1)
    """Where `treated` holds shares of a period, such as 0.417 in the year of change: the least that counts as under it."""
    dose: str | None = None
    """Column with how much treatment each unit had in each period, where all have some: instead of the two above."""
    cluster: str | None = None
    stratum: str | None = None
    """Column of the strata within which each unit's start was drawn by lot (`program.timing: random`)."""
    covariates: list[str] = Field(default_factory=list)
    weight: str | None = None
    skm: SkmColumns | None = None
    """Adds the table `skm` and the column `skm_index`, the index of 0-100, which outcomes can name."""
    person_units: bool = False
    """True where a unit is a person: unit identifiers then become pseudonyms."""
    encoding: str = "utf-8"
    separator: str | None = None
    """Character between the columns of a text; the one that fits where not given."""
    decimal: Literal[",", "."] | None = None
    """Decimal mark; decided from the whole of each column where not given."""
    sheet: str | None = None
    """Sheet of a workbook; the visible one that holds the headings where not given."""
    missing: list[str | int | float] = Field(default_factory=list)
    """Words and codes for "no value", beside blank cells and NA, N/A, #N/A, NaN, null, none and a lone point."""
    never: list[str | int | float] = Field(default_factory=list)
    """What `cohort` holds for units never treated, beside blank cells, 0 and Inf: -1, 9999, "never" …"""
    alike: Literal["refuse", "one", "distinct"] = "refuse"
    """Names of units or clusters that differ only in case, leading zeros or marks: stop, take them for one, or for two."""
    expect: Expect | None = None
    """Control totals of the office."""
    tolerances: dict[str, float] = Field(default_factory=dict)

    @field_validator("file")
    @classmethod
    def _plain_name(cls, value: str) -> str:
        return _inside_folder(value)

    @field_validator("tolerances")
    @classmethod
    def _known_shares(cls, value: dict[str, float]) -> dict[str, float]:
        return _tolerances(value)

    @model_validator(mode="after")
    def _one_treatment(self) -> PanelSpec:
        if self.dose is not None and (self.cohort is not None or self.treated is not None):
            raise ValueError(
                "`dose` is named beside a start (`cohort` or `treated`), and these are two designs: keep the start, and the "
                "effect of having started is estimated and judged; or keep `dose`: the report holds "
                "regressions on the quantity, without a verdict. Effects by the dose of a start are told of studies "
                "from raw files, by their training register"
            )
        if sum(name is not None for name in (self.cohort, self.treated, self.dose)) != 1:
            raise ValueError("give exactly one of `cohort`, `treated` and `dose`")
        if self.switches != "refuse" and self.treated is None:
            raise ValueError("`switches` says what is done where `treated` goes back to 0; this panel has no `treated`")
        if self.treated_from is not None and self.treated is None:
            raise ValueError("`treated_from` says from which share on `treated` is 1; this panel has no `treated`")
        return self


class Scale(Part):
    """What one standard deviation of a measure is worth, in a unit that people know."""

    sd: float = Field(gt=0)
    """Points of the measure's own scale that one standard deviation is worth."""
    unit: Text
    """The points, as they follow a number: "of 100 points"."""
    of: Text
    """Whose standard deviation it is, one of them: "pupil"."""
    source: Text
    """Where the worth of a standard deviation is taken from."""


class Outcome(Part):
    """A quantity that the programme is meant to move."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Text
    role: Literal["primary", "mechanism", "placebo"] = "primary"
    column: str | None = None
    """Column of the source or panel; the outcome's name where not given."""
    denominator: str | None = None
    """Column of a ready panel by which `column` is divided: pupils per teacher, complaints per visit."""
    source: str | None = None
    """Source that holds it (studies from raw files only)."""
    transform: Literal["none", "log", "standardise"] = "none"
    unit: str = "sd"
    """Unit of the effect as the report prints it: sd, log_points, share, percent or a word of one's own.

    A change of a share or of per cent is told in percentage points: inside it is `share_points`, `percent_points`.
    """
    better: Literal["higher", "lower"] = "higher"
    decimals: int = Field(default=3, ge=0, le=6)
    smallest_effect: float | None = Field(default=None, gt=0)
    """Smallest effect of interest, in `smallest_effect_unit`."""
    smallest_effect_unit: Unit = "own"
    """own or points: the outcome's unit; sd: standard deviations at baseline; percent: of the comparison's mean then."""
    phrase: Text | None = None
    """The outcome inside a sentence; the label in lower case where not given."""
    scale: Scale | None = None
    """What a standard deviation is worth, where the effect is in standard deviations: the first page says it so."""

    @field_validator("unit")
    @classmethod
    def _of_a_change(cls, value: str) -> str:
        return {"share": "share_points", "percent": "percent_points", "%": "percent_points"}.get(value, value)

    @model_validator(mode="after")
    def _scaled(self) -> Outcome:
        if self.scale is not None and self.unit != "sd":
            raise ValueError(f"`scale` says what a standard deviation is worth, and the effect is in {self.unit!r}")
        return self

    @property
    def denominator_column(self) -> str:
        """The denominator's column in the tidy panel, where there is one."""
        return f"{self.name}_denominator"

    @property
    def known_sds(self) -> dict[str, float]:
        """Standard deviations that differences at baseline are divided by, where units' own is the wrong one.

        Pupils' scores are standardised among pupils: 1 is their standard deviation, and means of schools vary less.
        """
        return {self.name: 1.0} if self.transform == "standardise" and self.source == "scores" else {}


class Program(Part):
    """How treatment is known."""

    label: Text
    unit_label: Text
    period_label: Text
    assigned_at: Literal["unit", "cluster"] = "unit"
    """Level at which treatment was decided: standard errors are clustered there. Where it is not said, the data tell it
    (`pipeline.methods.assignment`)."""
    cluster_label: Text | None = None
    timing: Literal["chosen", "random"] = "chosen"
    """random: when each unit starts was drawn by lot, so that estimates from that randomness alone are told too."""
    tiles: dict[str, tuple[NonNegativeInt, NonNegativeInt]] = Field(default_factory=dict)
    """Row (from the north) and column (from the west) of each district on a map of tiles; without them there is none."""

    @model_validator(mode="after")
    def _apart(self) -> Program:
        taken: dict[tuple[int, int], str] = {}
        for name, place in self.tiles.items():
            if place in taken:
                raise ValueError(f"`tiles`: {name!r} and {taken[place]!r} have the same place")
            taken[place] = name
        return self


class Inference(Part):
    """Options of the estimates' uncertainty."""

    level: float = Field(default=0.95, gt=0.5, lt=1)
    bootstrap_draws: int = Field(default=1999, ge=199)
    wild_draws: int = Field(default=9999, ge=199)
    control: Literal["never", "not_yet"] = "never"
    min_cohort_units: int = Field(default=3, ge=1)
    """Smaller cohorts are left out of the estimates; never fewer than `disclosure` allows to be shown."""


class Run(Part):
    """How the notebooks are executed."""

    cell_minutes: float = Field(default=120, gt=0)
    """Minutes after which a cell that has not ended is stopped."""
    memory_gb: float = Field(default=3.5, ge=0.25)
    """Gigabytes of memory that reading a file larger than memory may take."""


class Disclosure(Part):
    """No cell, point or row rests on fewer persons or units than this; where units are persons, `min_persons` holds."""

    min_persons: int = Field(default=5, ge=1)
    min_units: int = Field(default=3, ge=1)


class PublishedTerm(Part):
    """One printed number pair that the report's table sets ours beside."""

    term: str
    label: Text
    value: float
    se: float


class Replication(Part):
    """A published table, reproduced by the two-way fixed-effects regression with lags of treatment."""

    outcome: str
    lags: int = Field(default=1, ge=0)
    vcov: Literal["classical", "cluster"] = "classical"
    source: Text
    n: int
    terms: list[PublishedTerm]


def _tolerances(value: dict[str, float]) -> dict[str, float]:
    for rule, share in value.items():
        if rule not in RULES:
            near = difflib.get_close_matches(rule, RULES, 1)
            raise ValueError(f"there is no rule {rule!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
        if not 0 <= share <= 1:
            raise ValueError(f"a tolerance is a share between 0 and 1 (rule {rule!r})")
    return value


def _inside_folder(value: str) -> str:
    path = Path(value)
    if path.is_absolute() or ".." in path.parts or "\\" in value or not value.strip():
        raise ValueError(
            f"{value!r} is not a plain file name: a path is relative to the year's folder in data/raw/ and stays inside"
        )
    return value
