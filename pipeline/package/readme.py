"""The README, in the template of the social science data editors (version 1.1), filled from the study and its run.

The words stand in `assets/README.md.jinja`; here are the facts that they ask for.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel import Locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.languages.known import ABROAD
from pipeline.package.data import PERSONS_KINDS, RawFile
from pipeline.package.exhibits import Exhibit
from pipeline.package.members import earlier_reports
from pipeline.package.published import Published
from pipeline.package.terms import Terms
from pipeline.run.places import CODE
from pipeline.study import plan_path
from pipeline.study.dates import document_day

ASSETS = Path(__file__).parent / "assets"
_TIMES = (
    ("<10 minutes", 10), ("10-60 minutes", 60), ("1-2 hours", 120), ("2-8 hours", 480), ("8-24 hours", 1440),
    ("1-3 days", 4320), ("3-14 days", 20160), ("> 14 days", math.inf),
)  # fmt: skip
"""The template's boxes, with the most minutes of each."""
_SPACES = (
    ("< 25 MBytes", 25), ("25 MB - 250 MB", 250), ("250 MB - 2 GB", 2000), ("2 GB - 25 GB", 25000),
    ("25 GB - 250 GB", 250000), ("> 250 GB", math.inf),
)  # fmt: skip
"""The template's boxes, with the most megabytes of each."""
_ENVIRONMENT = 1600
"""Megabytes of the virtual environment, as measured on Linux."""
_MEGA = 1e6


@dataclass(frozen=True)
class Told:
    """What the README is filled from.

    Attributes:
        found: The published report and the records of its run.
        terms: What the study says of its data.
        data: The raw files.
        exhibits: The report's tables and figures.
        stand_ins: Names of synthetic files in the archive.
        size: Bytes of the archive's other members.
        built: Bytes that the run left beside the report.
    """

    found: Published
    terms: Terms
    data: Sequence[RawFile]
    exhibits: Sequence[Exhibit]
    stand_ins: Sequence[str]
    size: int
    built: int

    @property
    def invented(self) -> bool:
        return self.found.target.study.demonstration

    @property
    def closed(self) -> list[RawFile]:
        """Raw files that are not passed on."""
        return [file for file in self.data if not file.included]

    @property
    def keyed(self) -> bool:
        """Whether tables of the study hold pseudonyms that are made with a secret key."""
        study = self.found.target.study
        persons = any(kind in PERSONS_KINDS for kind in study.sources)
        return study.public_key is None and (persons or (study.panel is not None and study.panel.person_units))

    @property
    def notebooks(self) -> dict[str, str]:
        """Name of each notebook that the run executed -> its name in the archive."""
        roots = (CODE, self.found.target.root)
        paths = {step.notebook for step in self.found.steps}
        return {p.stem: p.relative_to(next(r for r in roots if p.is_relative_to(r))).as_posix() for p in sorted(paths)}

    @property
    def institution(self) -> str:
        return self.found.target.study.report.institution["en"]

    @property
    def contact(self) -> str:
        """Whom to ask for data."""
        return self.terms.contact or self.found.target.study.report.contact or self.institution

    @property
    def day(self) -> dt.date:
        """The day that the edition's document bears."""
        return document_day(self.found.target.study, self.found.target.edition, self.found.target.root)

    @property
    def command(self) -> str:
        """What makes the report again."""
        target = self.found.target
        options = f"STUDY={target.study.name} EDITION={target.edition} LANG={','.join(target.languages)}"
        blind = " BLIND=1" if target.blind else ""
        return f"make report {options}{blind}" + (f" ENGINE={target.engine}" if target.engine != "auto" else "")


def readme(told: Told) -> bytes:
    """The README as Markdown."""
    facts = _study(told) | _data(told) | _run(told)
    return fill("README.md.jinja", facts)


def fill(template: str, facts: dict[str, Any]) -> bytes:
    """A template of this folder, filled; a fact that it asks for and does not get is an error of ours."""
    words = Environment(
        loader=FileSystemLoader(ASSETS),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 - Markdown and plain text: there is nothing to escape
    )
    return (words.get_template(template).render(facts).strip() + "\n").encode()


def licence_of_data(told: Told) -> str:
    """The licence of the raw data in the archive, in a sentence."""
    if told.invented:
        return "The invented data are licensed as the code is: MIT."
    if len(told.closed) == len(told.data):
        return "No raw data are in the archive. The synthetic stand-ins are in the public domain (CC0 1.0)."
    return told.terms.data_licence or "The study does not say under which licence the raw data in the archive are."


def _study(told: Told) -> dict[str, Any]:
    target, study = told.found.target, told.found.target.study
    return {
        "study": study,
        "title": study.title["en"],
        "program": study.program.label["en"],
        "institution": told.institution,
        "contact": told.contact,
        "edition": target.folder,
        "terms": told.terms,
        "invented": told.invented,
        "planned": plan_path(study, target.root).is_file(),
        "codes": target.languages,
        "languages": [Locale(lang).get_language_name(ABROAD) for lang in target.languages],
        "command": told.command,
        "certificate": told.found.certificate is not None,
        "exhibits": told.exhibits,
        "earlier": sorted(earlier_reports(told.found)),
        "shown_in": told.found.shown_in,
        "notebooks": told.notebooks,
    }


def _data(told: Told) -> dict[str, Any]:
    kinds = dict.fromkeys(file.kind for file in told.data)
    return {
        "data": told.data,
        "closed": told.closed,
        "keyed": told.keyed,
        "open": [file for file in told.data if file.included],
        "stand_ins": told.stand_ins,
        "licence_of_data": licence_of_data(told),
        "sources": [_source(told, kind) for kind in kinds],
        "references": told.terms.citations or [_reference(told, kind) for kind in kinds if kind],
    }


def _source(told: Told, kind: str) -> dict[str, Any]:
    files = [file for file in told.data if file.kind == kind]
    return {
        "kind": kind,
        "file": _spec(told, kind).file if kind else "",
        "office": _office(told, kind),
        "years": _years(files),
        "included": files[0].included,
        "why": files[0].why,
        "names": [file.name for file in files],
    }


def _reference(told: Told, kind: str) -> str:
    """A data citation without a persistent identifier: who made the data, when, what they are, where they come from."""
    files = [file for file in told.data if file.kind == kind]
    what = (
        "seeded demonstration data, generated by this project" if told.invented else "unpublished administrative data"
    )
    return f"{_office(told, kind) or told.institution}. {_years(files)}. “{files[0].path.name} [dataset]”, {what}."


def _office(told: Told, kind: str) -> str:
    office = _spec(told, kind).office if kind else None
    return office["en"] if office is not None else ""


def _spec(told: Told, kind: str) -> Any:
    study = told.found.target.study
    return study.panel if kind == "panel" else study.sources[kind]


def _years(files: Sequence[RawFile]) -> str:
    years = sorted({file.year for file in files})
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _run(told: Told) -> dict[str, Any]:
    """Software, time and memory as the records of the run hold them."""
    records = told.found.records
    software = next(iter(records.values()))["software"]
    manifest = told.found.manifest(told.found.target.languages[0])
    steps = [
        {
            "name": step.name,
            "seconds": round(_seconds(told, step.name)),
            "memory": round(records[step.name]["mebibytes"] or 0),
        }
        for step in told.found.steps
    ]
    minutes = sum(_seconds(told, step.name) for step in told.found.steps) / 60
    return {
        "python": software["Python"],
        "platform": software["platform"],
        "packages": sorted(
            (name, version) for name, version in manifest.get("versions", {}).items() if name != "python"
        ),
        "engine": manifest.get("engine", {}).get("version", "the study's own notebook"),
        "steps": steps,
        "time": _time(minutes),
        "cleaning": _time(_seconds(told, "01_clean") / 60),
        "memory": max(step["memory"] for step in steps),
        "built": math.ceil(told.built / _MEGA),
        "times": _boxes(_TIMES, minutes),
        "spaces": _boxes(_SPACES, (told.size + told.built) / _MEGA + _ENVIRONMENT),
    }


def _seconds(told: Told, step: str) -> float:
    return float(told.found.records.get(step, {}).get("seconds") or 0)


def _time(minutes: float) -> str:
    return (
        f"about {minutes:.0f} minutes"
        if minutes >= 1.5
        else "about a minute"
        if minutes >= 0.75
        else "less than a minute"
    )


def _boxes(steps: Sequence[tuple[str, float]], value: float) -> list[tuple[str, bool]]:
    first = next(name for name, most in steps if value <= most)
    return [(name, name == first) for name, _ in steps]
