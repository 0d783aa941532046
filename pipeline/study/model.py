"""A whole study file, and the years of raw data that belong to it."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError, ValidationInfo, field_validator, model_validator

from pipeline.errors import StudyError
from pipeline.periods import PeriodKind, first_after
from pipeline.study.cover import Report
from pipeline.study.kits import COMMON, COMPANIONS, SECTORS
from pipeline.study.parts import (
    Disclosure,
    Dose,
    Inference,
    Outcome,
    PanelSpec,
    Part,
    Program,
    Replication,
    Run,
    Source,
    Text,
)
from pipeline.study.robustness import Specifications
from pipeline.study.survey import Survey
from pipeline.study.theory import Aim, Recommendation, check_theory
from pipeline.study.thresholds import Shape, Thresholds

ROOT = Path(__file__).resolve().parents[2]


class Study(Part):
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
    kit: str = "education"
    """Sector of a study from raw files (`pipeline.study.kits`)."""
    sources: dict[str, Source] = Field(default_factory=dict)
    panel: PanelSpec | None = None
    dose: Dose | None = None
    """What the dose of `panel.dose` is, and for which change of it effects are told."""
    outcomes: list[Outcome] = Field(min_length=1)
    covariates: list[str] = Field(default_factory=list)
    """Baseline covariates of the adjusted estimates; of a ready panel the same list as `panel.covariates`."""
    inference: Inference = Field(default_factory=Inference)
    verdict: dict[str, float] = Field(default_factory=dict)
    """Thresholds of the verdict rules that differ from their defaults (`pipeline.study.thresholds`)."""
    shape: dict[str, float] = Field(default_factory=dict)
    """From where on outcomes count as counts, floors or ceilings, where not by default (`pipeline.study.thresholds`)."""
    disclosure: Disclosure = Field(default_factory=Disclosure)
    replication: Replication | None = None
    aims: list[Aim] = Field(default_factory=list)
    """Theory of change: activities, aims, their indicators and links."""
    recommendations: list[Recommendation] = Field(default_factory=list)
    """Recommendations of earlier editions, with their state."""
    specifications: Specifications = Field(default_factory=Specifications)
    """Choices of the specification curve."""
    survey: Survey | None = None
    """Item bank of the survey of participants; `items.yml` beside the study file."""
    run: Run = Field(default_factory=Run)
    fetch: bool = False
    """True where `studies/<name>/fetch.py` writes the raw data from a published package."""

    @property
    def weighted(self) -> bool:
        """Whether units count by a weight that the study declares."""
        return self.panel is not None and self.panel.weight is not None

    @field_validator("verdict", "shape")
    @classmethod
    def _known_thresholds(cls, value: dict[str, float], info: ValidationInfo) -> dict[str, float]:
        model = Thresholds if info.field_name == "verdict" else Shape
        try:
            model.model_validate(value)
        except ValidationError as error:
            first = error.errors()[0]
            key = str(first["loc"][0])
            near = difflib.get_close_matches(key, model.model_fields, 1)
            hint = f"; did you mean {near[0]!r}?" if near and near[0] != key else ""
            known = "" if key in model.model_fields else "; there are " + ", ".join(model.model_fields)
            raise ValueError(f"the threshold {key!r} does not fit: {first['msg']}{hint or known}") from None
        return value

    @model_validator(mode="before")
    @classmethod
    def _one_list_of_covariates(cls, data: Any) -> Any:
        """A covariate named at either place is read from the panel and used: neither place alone is passed over."""
        panel = data.get("panel") if isinstance(data, dict) else None
        if not isinstance(panel, dict):
            return data
        lists = [data.get("covariates") or [], panel.get("covariates") or []]
        if not any(lists) or not all(isinstance(names, list) for names in lists):
            return data
        names = [*dict.fromkeys(name for held in lists for name in held)]
        return {**data, "covariates": names, "panel": {**panel, "covariates": names}}

    @model_validator(mode="after")
    def _consistent(self) -> Study:
        if not self.sources and self.panel is None:
            raise ValueError("give `sources` (raw files) or `panel` (a ready panel)")
        self._check_sources()
        self._check_dose()
        self._check_carried_out()
        check_theory(self.aims, self.outcome_names)
        if self.public_key is not None and not self.demonstration:
            raise ValueError("`public_key` is for demonstration studies only: real data need a secret key")
        names = [outcome.name for outcome in self.outcomes]
        if len(set(names)) < len(names):
            raise ValueError("two outcomes have the same name")
        for outcome in self.outcomes:
            if self.panel is None and outcome.source not in self.sources:
                near = difflib.get_close_matches(str(outcome.source), self.sources, 1)
                raise ValueError(
                    f"outcome {outcome.name!r} names source {outcome.source!r}, which is not among the sources"
                    + (f"; did you mean {near[0]!r}?" if near else "")
                )
        return self

    def _check_sources(self) -> None:
        if self.kit not in SECTORS:
            raise ValueError(f"there is no kit {self.kit!r}; there are {', '.join(SECTORS)}")
        if self.panel is not None and "kit" in self.model_fields_set:
            raise ValueError("`kit` is for studies from raw files; a ready panel is put together already")
        sector = SECTORS[self.kit]
        known = [*sector.required, *sector.optional, *COMMON]
        unknown = sorted(set(self.sources) - set(known))
        if unknown:
            near = difflib.get_close_matches(unknown[0], known, 1)
            raise ValueError(
                f"no reader knows the source {unknown[0]!r}" + (f"; did you mean {near[0]!r}?" if near else "")
            )
        beside = sorted(set(self.sources) - set(COMPANIONS))
        if self.panel is not None and beside:
            raise ValueError(f"a ready panel holds what the source {beside[0]!r} would bring; take one of them out")
        missing = [name for name in sector.required if name not in self.sources]
        if missing and self.panel is None:
            raise ValueError(f"a study from raw files needs the source {missing[0]!r}")
        if "answers" in self.sources and (self.survey is None or "invited" not in self.sources):
            raise ValueError("the source `answers` needs the item bank items.yml and the source `invited`, its frame")

    def _check_dose(self) -> None:
        """Refuse what a study of doses has no use for: its report holds regressions on the dose, and no verdict."""
        if (self.dose is None) != (not self.continuous):
            raise ValueError(
                "`panel.dose` names the column of the dose and `dose` says what it is: give both or neither"
            )
        if not self.continuous:
            return
        given = self.model_fields_set
        idle: list[str] = [
            str(key)
            for key in ("verdict", "specifications", "replication", "recommendations", "aims", "sources")
            if key in given
        ]
        idle += [f"inference.{key}" for key in sorted(self.inference.model_fields_set - {"level"})]
        idle += [f"panel.{key}" for key in ("weight", "stratum") if getattr(self.panel, key)]
        idle += ["program.timing"] if self.program.timing == "random" else []
        idle += ["smallest_effect" for one in self.outcomes if one.smallest_effect is not None][:1]
        if idle:
            raise ValueError(
                f"`{idle[0]}` is for programmes that start; a study of doses (`panel.dose`) makes no use of it"
            )
        if any(one.denominator for one in self.outcomes):
            raise ValueError("`denominator` is for programmes that start; of a study of doses give the ratio itself")
        if any(one.transform == "standardise" for one in self.outcomes):
            raise ValueError("`transform: standardise` needs units never treated; a study of doses has none")

    def _check_carried_out(self) -> None:
        """Refuse what nothing would carry out."""
        if self.panel is None:
            if any(one.denominator for one in self.outcomes):
                raise ValueError("`denominator` names a column of a ready panel; this study has raw files")
            sector = SECTORS[self.kit]
            unknown = sorted(set(self.covariates) - set(sector.covariates))
            if unknown:
                near = difflib.get_close_matches(unknown[0], sector.covariates, 1)
                raise ValueError(
                    f"there is no covariate {unknown[0]!r}; "
                    + (f"did you mean {near[0]!r}?" if near else f"there are {', '.join(sector.covariates)}")
                )
            for covariate, source in sector.needs:
                if covariate in self.covariates and source not in self.sources:
                    raise ValueError(f"the covariate {covariate} needs the source `{source}`")
        else:
            if self.program.assigned_at == "cluster" and self.panel.cluster is None:
                raise ValueError("`program.assigned_at: cluster` needs the column of the clusters, `panel.cluster`")
            if self.panel.stratum is not None and self.program.timing != "random":
                raise ValueError("`panel.stratum` says within what a lot was drawn; it needs `program.timing: random`")
            idle = [key for key in ("first_period", "period_start_month") if key in self.model_fields_set]
            if idle and not self.sources:
                raise ValueError(f"`{idle[0]}` is for studies with yearly sources; a panel alone has none")
        if self.replication is not None and self.replication.outcome not in self.outcome_names:
            raise ValueError(f"`replication.outcome` names {self.replication.outcome!r}, which the study lacks")

    def label(self, outcome: str, lang: str) -> str:
        """Label of an outcome by its name, in the language `lang`."""
        return self.outcome(outcome).label[lang]

    def outcome(self, name: str) -> Outcome:
        """The outcome called `name`; KeyError if the study has none."""
        return next(o for o in self.outcomes if o.name == name) if name in self.outcome_names else _no_outcome(name)

    def aim(self, name: str) -> Aim:
        """The aim called `name`; KeyError if the study has none."""
        found = {aim.name: aim for aim in self.aims}
        return found[name]

    @property
    def continuous(self) -> bool:
        """Whether treatment is a dose that every unit has in every period, so that nothing starts."""
        return self.panel is not None and self.panel.dose is not None

    @property
    def design(self) -> str:
        """What kind of study this is: "dose", or "cohorts" that start; notebooks say which they are part of."""
        return "dose" if self.continuous else "cohorts"

    @property
    def smallest_cohort(self) -> int:
        """Units that a cohort must have to be estimated: what the study asks, and never fewer than may be shown."""
        return max(self.cohort_limits.values())

    @property
    def cohort_limits(self) -> dict[str, int]:
        """The keys that say how many units a cohort must have, of which the larger one holds."""
        key = "min_persons" if self.panel is not None and self.panel.person_units else "min_units"
        own = {"inference.min_cohort_units": self.inference.min_cohort_units}
        return own | {f"disclosure.{key}": getattr(self.disclosure, key)}

    @property
    def period_kind(self) -> PeriodKind:
        """What periods are: quarters, school years (named by both of their calendar years), or years."""
        if self.panel is not None:
            return self.panel.frequency
        return "school_year" if self.period_start_month > 1 else "year"

    def period_to_come(self, edition: int, day: dt.date | None) -> int:
        """The first year, by its code, that what an edition advises can still reach.

        That is the first one to begin after the day that its document bears (`pipeline.study.dates.said_day`); the one
        after the edition where no day is said, and never an earlier one.
        """
        month = self.period_start_month if self.period_kind == "school_year" else 1
        return max(edition + 1, first_after(day, month)) if day else edition + 1

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


def edition_folder(year: int, blind: bool) -> str:
    """Name of an edition's folders: blind runs have their own, so that they never stand for the edition."""
    return f"{year}-blind" if blind else str(year)
