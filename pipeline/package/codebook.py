"""The codebook: every variable that the study reads, with its headings, type and allowed values."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from pipeline.package.shape import Field, declared_fields
from pipeline.sources.schemas import DIMENSION_LIMITS
from pipeline.study import Study

_WORDS = {
    "unit": "identifier of a unit", "person": "identifier of a person (NIP)",
    "mentor": "identifier of a person (NIP), or blank",
    "pupil": "identifier of a pupil (NISN)", "name": "name", "date": "date", "birth": "date", "appointed": "date",
    "whole": "whole number", "number": "number", "code": "code", "of_unit": "code", "batch": "code of a group of units",
    "school_year": "school year, as 2023/2024", "period": "period", "cohort": "first treated period, blank where never",
    "under_treatment": "1 in periods under treatment", "dose": "dose, as the study transforms it",
    "treated": "0 or 1", "cluster": "code of a cluster", "blank": "text",
}  # fmt: skip

_LIMITS = {**{name: (0, most) for name, most in DIMENSION_LIMITS.items()}, **{f"u{k}": (1, 4) for k in range(1, 10)}}
_MEASURED = ("scores", "observations")


def codebook(study: Study) -> bytes:
    """The codebook as CSV: source, file, field, headings, type, allowed values."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["source", "file", "field", "headings", "type", "allowed values"])
    for kind, file, field, headings in _rows(study):
        writer.writerow(
            [kind, file, field.name, " | ".join(headings), _WORDS[field.type], _allowed(field, kind, study)]
        )
    return out.getvalue().encode()


def _rows(study: Study) -> Iterator[tuple[str, str, Field, list[str]]]:
    for kind, (file, fields) in declared_fields(study).items():
        for field, headings in fields:
            yield kind, file, field, headings


def _allowed(field: Field, kind: str, study: Study) -> str:
    """The codes in their usual spelling, or the limits that the readers check."""
    if field.codes:
        return " | ".join(field.codes)
    if field.name in _LIMITS:
        low, high = _LIMITS[field.name]
        return f"{low:g} to {high:g}"
    source = study.sources.get(kind)
    if kind in _MEASURED and source is not None and source.value_range and field.type == "number":
        return f"{source.value_range[0]:g} to {source.value_range[1]:g}"
    return "0 | 1" if field.type == "treated" else ""
