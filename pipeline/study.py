"""A study: its sources, editions, design and options, read from `studies/<name>/study.yml` and checked.

Every key is described where it is declared. A key that is not known, a value of the wrong type and a path outside
the repository's data folders are each refused with one line that names the place and what was expected.
"""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from pipeline.errors import StudyError

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("id", "en")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(_Part):
    """A wording in both languages of the report."""

    id: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return str(getattr(self, lang))


class Signatory(_Part):
    """One line of the approval page; the name stays open until somebody signs."""

    role: Text
    name: str = ""


class Report(_Part):
    """What the cover and the approval page say."""

    institution: Text
    place: str = ""
    subtitle: Text | None = None
    signatories: list[Signatory] = Field(default_factory=list)


class Source(_Part):
    """One kind of raw file, found in each year's folder under the same name."""

    file: str
    sheet: str | None = None
    encoding: str = "utf-8"
    separator: str | None = None
    decimal: Literal[",", "."] = "."
    columns: dict[str, list[str]]
    """Field -> headings that offices give it; the first is the usual one. Only these columns are read."""
    tolerances: dict[str, float] = Field(default_factory=dict)
    """Rule -> share of a file's rows that may be set aside by it; a rule not named has none."""
    value_range: tuple[float, float] | None = None
    absent_periods: dict[int, Text] = Field(default_factory=dict)
    """Period -> why no such file exists for it."""

    @field_validator("file")
    @classmethod
    def _plain_name(cls, value: str) -> str:
        return _inside_folder(value)

    @field_validator("tolerances")
    @classmethod
    def _shares(cls, value: dict[str, float]) -> dict[str, float]:
        wrong = [rule for rule, share in value.items() if not 0 <= share <= 1]
        if wrong:
            raise ValueError(f"a tolerance is a share between 0 and 1 (rule {wrong[0]!r})")
        return value


class PanelSpec(_Part):
    """A ready panel: one row a unit and period, in one file of the edition's folder."""

    file: str
    unit: str
    period: str
    cohort: str | None = None
    """Column with the first treated period; empty or 0 for units never treated. Or give `treated`."""
    treated: str | None = None
    """Column with 1 in periods under treatment and 0 before."""
    cluster: str | None = None
    covariates: list[str] = Field(default_factory=list)
    weight: str | None = None
    person_units: bool = False
    """True where a unit is a person: unit identifiers then become pseudonyms."""
    encoding: str = "utf-8"
    separator: str = ","
    decimal: Literal[",", "."] = "."
    sheet: str | None = None
    tolerances: dict[str, float] = Field(default_factory=dict)

    @field_validator("file")
    @classmethod
    def _plain_name(cls, value: str) -> str:
        return _inside_folder(value)

    @model_validator(mode="after")
    def _one_treatment(self) -> PanelSpec:
        if (self.cohort is None) == (self.treated is None):
            raise ValueError("give exactly one of `cohort` and `treated`")
        return self


class Outcome(_Part):
    """A quantity that the programme is meant to move."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Text
    role: Literal["primary", "mechanism", "placebo"] = "primary"
    column: str | None = None
    """Column of the source or panel; the outcome's name where not given."""
    source: str | None = None
    """Source that holds it (studies from raw files only)."""
    transform: Literal["none", "log", "standardise"] = "none"
    unit: str = "sd"
    """Unit of the effect as the report prints it: sd, log_points or a word of one's own."""
    better: Literal["higher", "lower"] = "higher"
    decimals: int = Field(default=3, ge=0, le=6)
    smallest_effect: float | None = Field(default=None, gt=0)
    """Smallest effect of interest, in the outcome's unit."""
    phrase: Text | None = None
    """The outcome inside a sentence; the label in lower case where not given."""


class Program(_Part):
    """How treatment is known."""

    label: Text
    unit_label: Text
    period_label: Text
    assigned_at: Literal["unit", "cluster"] = "unit"
    """Level at which treatment was decided: standard errors are clustered there."""
    cluster_label: Text | None = None


class Inference(_Part):
    """Options of the estimates' uncertainty."""

    level: float = Field(default=0.95, gt=0.5, lt=1)
    bootstrap_draws: int = Field(default=1999, ge=199)
    wild_draws: int = Field(default=9999, ge=199)
    control: Literal["never", "not_yet"] = "never"
    min_cohort_units: int = Field(default=2, ge=1)


class Disclosure(_Part):
    """No cell, point or row rests on fewer than this."""

    min_persons: int = Field(default=5, ge=1)
    min_schools: int = Field(default=3, ge=1)


class PublishedTerm(_Part):
    """One printed number pair that the report's table sets ours beside."""

    term: str
    label: Text
    value: float
    se: float
    decimals: int = 3


class Replication(_Part):
    """A published table, reproduced by the two-way fixed-effects regression with lags of treatment."""

    outcome: str
    lags: int = Field(default=1, ge=0)
    vcov: Literal["classical", "cluster"] = "classical"
    source: Text
    n: int
    terms: list[PublishedTerm]


class Study(_Part):
    """A whole study file."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: Text
    demonstration: bool = False
    """True where the data are invented: every report says so on its cover and in its footer."""
    public_key: str | None = None
    """Published key of pseudonyms; for demonstration data only."""
    seed: int = Field(ge=0)
    first_period: int | None = None
    """First year folder that belongs to the study (studies from raw files)."""
    period_start_month: int = Field(default=7, ge=1, le=12)
    report: Report
    program: Program
    sources: dict[str, Source] = Field(default_factory=dict)
    panel: PanelSpec | None = None
    outcomes: list[Outcome] = Field(min_length=1)
    covariates: list[str] = Field(default_factory=list)
    """Baseline covariates of the adjusted estimates."""
    inference: Inference = Field(default_factory=Inference)
    verdict: dict[str, float] = Field(default_factory=dict)
    """Thresholds of the verdict rules that differ from their defaults (pipeline.effects.verdict)."""
    disclosure: Disclosure = Field(default_factory=Disclosure)
    replication: Replication | None = None
    fetch: bool = False
    """True where `studies/<name>/fetch.py` writes the raw data from a published package."""

    @model_validator(mode="after")
    def _consistent(self) -> Study:
        if bool(self.sources) == (self.panel is not None):
            raise ValueError("give exactly one of `sources` (raw files) and `panel` (a ready panel)")
        if self.public_key is not None and not self.demonstration:
            raise ValueError("`public_key` is for demonstration studies only: real data need a secret key")
        names = [outcome.name for outcome in self.outcomes]
        if len(set(names)) < len(names):
            raise ValueError("two outcomes have the same name")
        for outcome in self.outcomes:
            if self.sources and outcome.source not in self.sources:
                near = difflib.get_close_matches(str(outcome.source), self.sources, 1)
                raise ValueError(
                    f"outcome {outcome.name!r} names source {outcome.source!r}, which is not among the sources"
                    + (f"; did you mean {near[0]!r}?" if near else "")
                )
        return self

    def label(self, outcome: str, lang: str) -> str:
        """Label of an outcome by its name, in the language `lang`."""
        return self.outcome(outcome).label[lang]

    def outcome(self, name: str) -> Outcome:
        """The outcome called `name`; KeyError if the study has none."""
        return next(o for o in self.outcomes if o.name == name) if name in self.outcome_names else _no_outcome(name)

    @property
    def outcome_names(self) -> list[str]:
        return [outcome.name for outcome in self.outcomes]

    def raw_root(self, root: Path = ROOT) -> Path:
        """Folder that holds one folder a year of raw files."""
        return root / "data" / "raw" / self.name

    def available_periods(self, root: Path = ROOT) -> list[int]:
        """Years that have a folder of raw files, ascending."""
        folder = self.raw_root(root)
        years = sorted(int(p.name) for p in folder.glob("[0-9][0-9][0-9][0-9]") if p.is_dir())
        return [year for year in years if self.first_period is None or year >= self.first_period]

    def resolve_edition(self, edition: str | int, root: Path = ROOT) -> int:
        """The edition's year: the newest with a folder for "latest".

        Raises:
            StudyError: No year folder at all, or none for the year asked for.
        """
        years = self.available_periods(root)
        folder = f"data/raw/{self.name}/"
        if not years:
            hint = f"run `python -m studies.{self.name}.fetch`" if self.fetch else "put the files into a folder a year"
            raise StudyError("There are no raw data for this study.", where=folder, todo=hint)
        if str(edition) == "latest":
            return years[-1]
        if not re.fullmatch(r"\d{4}", str(edition)) or int(edition) not in years:
            raise StudyError(
                f"Edition {edition} has no folder of raw data.",
                where=f"{folder}{edition}/",
                expected="one of the years " + ", ".join(map(str, years)),
                todo=f"Put that year's files into {folder}{edition}/, or name one of these years.",
            )
        return int(edition)


def _no_outcome(name: str) -> Outcome:
    raise KeyError(name)


def _inside_folder(value: str) -> str:
    path = Path(value)
    if path.is_absolute() or ".." in path.parts or "\\" in value or not value.strip():
        raise ValueError(
            f"{value!r} is not a plain file name: a path is relative to the year's folder in data/raw/ and stays inside"
        )
    return value


def study_path(name: str, root: Path = ROOT) -> Path:
    """Path of the study file of that name."""
    return root / "studies" / name / "study.yml"


def load_study(name: str, root: Path = ROOT) -> Study:
    """Read and check the study called `name`.

    Raises:
        StudyError: No such study, not YAML, or a key that is unknown, missing or of the wrong type.
    """
    path = study_path(name, root)
    where = f"studies/{name}/study.yml"
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name) or not path.is_file():
        known = sorted(p.parent.name for p in (root / "studies").glob("*/study.yml"))
        near = difflib.get_close_matches(name, known, 1)
        raise StudyError(
            f"There is no study called {name!r}.",
            where=where,
            expected="one of " + ", ".join(known),
            todo=f"Did you mean {near[0]!r}?" if near else "Name one of these studies, or write that file.",
        )
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{where}, line {mark.line + 1}, column {mark.column + 1}" if mark else where
        problem = getattr(error, "problem", None) or "not UTF-8 text"
        raise StudyError(
            f"The study file is not valid YAML: {problem}.", where=place, todo="Correct that line."
        ) from None
    if not isinstance(content, dict):
        raise StudyError("The study file is empty or not a mapping.", where=where, expected="`key: value` lines")
    if content.get("name", name) != name:
        raise StudyError(
            f"The study file calls itself {content['name']!r}.", where=f"{where}, key name", expected=f"name: {name}"
        )
    try:
        return Study.model_validate({"name": name, **content})
    except ValidationError as error:
        raise _plain_error(error, where) from None


def _plain_error(error: ValidationError, where: str) -> StudyError:
    first = error.errors(include_url=False, include_input=True)[0]
    keys = [str(key) for key in first["loc"]]
    place = f"{where}, key {'.'.join(keys) or '(whole file)'}"
    more = error.error_count() - 1
    todo = f"Correct it; {more} more like it may follow." if more else "Correct it."
    if first["type"] == "extra_forbidden":
        known = _known_keys(keys[:-1])
        near = difflib.get_close_matches(keys[-1], known, 1, 0.5)
        hint = f"did you mean {near[0]!r}?" if near else "known here: " + ", ".join(sorted(known))
        return StudyError(f"Unknown key {keys[-1]!r}.", where=place, expected=hint, todo=todo)
    if first["type"] == "missing":
        return StudyError(f"The key {keys[-1]!r} is missing.", where=place, expected="a value", todo=todo)
    message = first["msg"].removeprefix("Value error, ")
    given = first["input"]
    shown = f" (given: {given!r})" if isinstance(given, str | int | float | bool) else ""
    return StudyError(f"A value does not fit{shown}.", where=place, expected=message, todo=todo)


def _known_keys(path: list[str]) -> list[str]:
    model: Any = Study
    for key in path:
        fields = getattr(model, "model_fields", None)
        if fields is None or key not in fields:
            continue  # a list's index or a mapping's free key: the model stays
        model = _inner_model(fields[key].annotation)
    return list(getattr(model, "model_fields", {}))


def _inner_model(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _inner_model(inner)
        if found is not None:
            return found
    return None
