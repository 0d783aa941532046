"""The shape of a raw file: columns that the study declares, their types, and how many rows; no value of any cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.clean.account import DATES, NUMBERS
from pipeline.clean.form_codes import choices, with_items
from pipeline.clean.ready import raw_panel
from pipeline.clean.ready_skm import SKM_INDEX
from pipeline.clean.tables import fields_of
from pipeline.errors import SourceError
from pipeline.package.data import RawFile
from pipeline.run.steps import Target
from pipeline.sources.places import KECAMATAN
from pipeline.sources.readers import read_table
from pipeline.sources.schemas import DIMENSION_LIMITS
from pipeline.sources.table import RawTable
from pipeline.study import Source, Study
from pipeline.study.survey import Survey

Type = Literal[
    "unit", "person", "mentor", "pupil", "name", "date", "birth", "appointed", "whole", "number", "code", "of_unit",
    "batch", "school_year", "period", "cohort", "treated", "cluster", "blank",
]  # fmt: skip
"""Of "of_unit" every row of a unit holds the same code."""
_IDENTIFIERS: Mapping[str, Type] = {
    "npsn": "unit", "nip": "person", "mentor_nip": "mentor", "nisn": "pupil", "name": "name", "title": "blank",
    "position": "blank", "note": "blank", "decree": "blank", "open": "blank", "birth_date": "birth",
    "appointed": "appointed", "batch": "batch", "school_year": "school_year", "unit": "unit", "period": "period",
    "cohort": "cohort", "treated": "treated", "cluster": "cluster", "stratum": "cluster",
}  # fmt: skip
_OF_UNITS = {"level": ("SD", "SMP"), "status": ("Negeri",), "kecamatan": KECAMATAN}
_CODES: Mapping[str, tuple[str, ...]] = {
    "sex": ("L", "P"), "employment": ("PNS",), "rank": ("II/c", "III/a", "III/b", "III/d", "IV/a"), "grade": ("4", "5"),
    "activity": ("Workshop", "Seminar", "Kursus Luar Daerah", "Mentoring"), "attended": ("Hadir", "Tidak Hadir"),
    "mode": ("Kertas", "Daring", "Telepon"), "complete": ("1",),
    "disposition": ("Lengkap", "Sebagian", "Menolak", "Tidak terhubung"),
}  # fmt: skip
"""Codes of the project's own readers; which of them a file holds is not looked at."""
_LIMITS: Mapping[str, tuple[float, float]] = {
    "pupils": (60, 600), "teachers": (5, 50), "jp": (2, 40), "sessions_planned": (4, 6), "sessions_held": (1, 6),
    "amount": (1e6, 1e9), "contacts": (1, 3), "contact": (1, 3), "answered_at": (1, 3), "index": (0, 100), "n": (20, 60),
    **{f"u{k}": (1, 4) for k in range(1, 10)}, **{name: (0, most) for name, most in DIMENSION_LIMITS.items()},
}  # fmt: skip
_WHOLE = frozenset({"pupils", "teachers", "jp", "sessions_planned", "sessions_held", "amount", "contacts", "contact", "n",
    "answered_at", *(f"u{k}" for k in range(1, 10))})  # fmt: skip


@dataclass(frozen=True)
class Field:
    """A column: heading as the study declares it, type, and what its type allows."""

    name: str
    heading: str
    type: Type
    low: float = 0
    high: float = 100
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shape:
    """A file's shape.

    Attributes:
        file: Year folder and name, "2024/asesmen.csv".
        kind: The source, or "panel".
        year: The folder's.
        form: "text", "parquet", "dta", or "xlsx" for every kind of workbook.
        encoding, separator, decimal: Of a text.
        sheet: Of a workbook, as the study declares it.
        rows: Rows of the table.
        units, periods, cohorts, clusters: How many different ones; of periods, cohorts and clusters in a panel only.
        quarterly: Whether periods are quarters.
        fields: The declared columns that the file has.
    """

    file: str
    kind: str
    year: int
    form: str
    encoding: str
    separator: str
    decimal: str
    sheet: str
    rows: int
    units: int
    fields: tuple[Field, ...]
    periods: int = 0
    cohorts: int = 0
    clusters: int = 0
    quarterly: bool = False


def shape_of(target: Target, file: RawFile) -> Shape | None:
    """The shape of a raw file; None where the study does not name it, or reads it by code of its own and not as declared."""
    study = target.study
    try:
        if file.kind == "panel":
            return _of_panel(study, file)
        return _of_source(study, file) if file.kind else None
    except SourceError:
        return None


def declared_fields(study: Study) -> dict[str, tuple[str, list[tuple[Field, list[str]]]]]:
    """By source: the file's name, and each column that the study declares, with the headings that it may have."""
    found = {}
    if study.panel is not None:
        columns = _panel_columns(study)
        found["panel"] = (
            study.panel.file,
            [(_of_column(name, heading), [heading]) for name, heading in columns.items()],
        )
    for kind, spec in study.sources.items():
        named = _declared(study, kind).columns
        found[kind] = (spec.file, [(_field(name, names[0], kind, study), names) for name, names in named.items()])
    return found


def _declared(study: Study, kind: str) -> Source:
    """A source's declaration; that of the survey's answers with the items of the item bank."""
    spec = study.sources[kind]
    return with_items(spec, study.survey) if kind == "answers" and study.survey is not None else spec


def _of_source(study: Study, file: RawFile) -> Shape:
    spec, declared = study.sources[file.kind], _declared(study, file.kind)
    raw = read_table(file.path, declared, file.name, may_be_empty=True, fields=fields_of(file.kind, declared))
    fields = tuple(
        _field(name, names[0], file.kind, study) for name, names in declared.columns.items() if name in raw.headings
    )
    units = int(raw.frame["npsn"].nunique()) if "npsn" in raw.frame else 0
    return Shape(fields=fields, units=units, **_form(file, raw, spec.decimal, spec.sheet))


def _field(name: str, heading: str, kind: str, study: Study) -> Field:
    if kind == "answers" and study.survey is not None:
        return _answer(name, heading, study.survey)
    if name in _IDENTIFIERS:
        return Field(name, heading, _IDENTIFIERS[name])
    if name in _OF_UNITS:
        return Field(name, heading, "of_unit", codes=_OF_UNITS[name])
    if name in _CODES:
        return Field(name, heading, "code", codes=_CODES[name])
    if name in DATES:
        return Field(name, heading, "date")
    if name in NUMBERS:
        low, high = _LIMITS.get(name) or study.sources[kind].value_range or (0, 100)
        return Field(name, heading, "whole" if name in _WHOLE else "number", low, high)
    return Field(name, heading, "blank")


def _answer(name: str, heading: str, survey: Survey) -> Field:
    """A column of the survey's answers: the codes are the item bank's."""
    known = {**_CODES, **{item: tuple(sorted(set(codes.values()))) for item, codes in choices(survey).items()}}
    if name in ("batch", "open"):
        return Field(name, heading, _IDENTIFIERS[name])
    if name == "contact":
        return Field(name, heading, "whole", *_LIMITS[name])
    codes = ("0", "1") if name == "response" else known.get(name, ())
    return Field(name, heading, "code" if codes else "blank", codes=codes)


def _of_panel(study: Study, file: RawFile) -> Shape:
    spec = study.panel
    assert spec is not None, "called for panel studies"
    raw = raw_panel(study, spec, file.path, file.name)
    columns = _panel_columns(study)
    fields = tuple(_of_column(name, columns[name]) for name in raw.headings)
    count = {
        name: int(raw.frame[name].nunique()) for name in ("unit", "period", "cohort", "cluster") if name in raw.frame
    }
    form = _form(file, raw, spec.decimal, spec.sheet)
    return Shape(
        fields=fields, units=count["unit"], periods=count["period"], cohorts=count.get("cohort", 1),
        clusters=count.get("cluster", 0), quarterly=spec.frequency == "quarter", **form,
    )  # fmt: skip


def _panel_columns(study: Study) -> dict[str, str]:
    """Field -> heading of the columns that a panel is asked for."""
    spec = study.panel
    assert spec is not None, "called for panel studies"
    columns = {"unit": spec.unit, "period": spec.period, "cohort": spec.cohort, "treated": spec.treated}
    columns |= {name: getattr(spec, name) for name in ("cluster", "stratum", "weight")}
    columns |= {name: name for name in spec.covariates}
    columns |= {outcome.name: outcome.column or outcome.name for outcome in study.outcomes}
    columns |= {outcome.denominator_column: outcome.denominator for outcome in study.outcomes}
    if spec.skm is not None:
        columns.pop(SKM_INDEX, None)
        columns |= {"n": spec.skm.n, **{f"u{k}": name for k, name in enumerate(spec.skm.elements, 1)}}
    return {name: heading for name, heading in columns.items() if heading}


def _of_column(name: str, heading: str) -> Field:
    if name in ("unit", "period", "cohort", "treated", "cluster", "stratum"):
        return Field(name, heading, _IDENTIFIERS[name])
    low, high = _LIMITS.get(name, (1, 100))
    return Field(name, heading, "whole" if name in _WHOLE else "number", low, high)


def _form(file: RawFile, raw: RawTable, decimal: str | None, sheet: str | None) -> dict[str, Any]:
    kind = raw.reading.kind
    marks = {mark for mark in raw.marks.values() if mark}
    return {
        "file": file.name.split("/", 3)[3],
        "kind": file.kind,
        "year": file.year,
        "form": kind if kind in ("text", "parquet", "dta") else "xlsx",
        "encoding": raw.reading.encoding or "utf-8",
        "separator": raw.reading.separator or ",",
        "decimal": decimal or (marks.pop() if len(marks) == 1 else "."),
        "sheet": sheet or "Data",
        "rows": len(raw.frame),
    }
