"""Synthetic files in place of those that cannot be passed on: made from shapes alone, by the study's seed.

Units and persons are numbers of nobody: units begin with 99, which no school's number does; persons are born in 1900;
pupils' numbers begin with a province's code, which no living pupil's does. Numbers are drawn evenly from what their
column allows, codes from the project's own lists. What is computed from such files has no meaning.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import zipfile
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import yaml
from openpyxl import Workbook

from pipeline.package.shape import Field, Shape
from pipeline.spreadsheets import repack

FOLDER = "synthetic"
_FIRST_DAY, _DAYS, _APPOINTED = dt.date(1900, 1, 1), 3650, 20
_BATCHES = 12
_STATA_TIME = dt.datetime(1980, 1, 1)  # noqa: DTZ001 - a stamp inside the file, the same each time


def stand_ins(shapes: Sequence[Shape], seed: int) -> dict[str, bytes]:
    """The content of a stand-in for each shape, by year folder and file name.

    Files of one study fit together: they name the same units, and the same persons in the same units.
    """
    lists = [shape.units for shape in shapes if shape.kind in ("schools", "panel")]
    units = min(lists) if lists else max([shape.units for shape in shapes] or [0])
    rosters = {shape.year: shape.rows for shape in shapes if shape.kind == "staff"}
    return {s.file: _written(s, _frame(s, max(units, 1), rosters.get(s.year, 0), seed)) for s in shapes}


def synthetic_study(text: str) -> str:
    """A study file for the stand-ins: every report made with it says that its data are invented."""
    content: dict[str, Any] = yaml.safe_load(text)
    for spec in (content.get("panel") or {}, *(content.get("sources") or {}).values()):
        spec.pop("expect", None)  # control totals of the real files
    content.pop("fetch", None)
    content |= {"demonstration": True, "public_key": "synthetic-stand-in-of-nobody"}
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)


def unit_code(number: int) -> str:
    """Eight digits of no school."""
    return f"99{number:06d}"


def person_code(number: int) -> str:
    """Eighteen digits in the form of a civil servant's number, of somebody born in 1900 to 1909."""
    born = _FIRST_DAY + dt.timedelta(days=int(number) % _DAYS)
    return f"{born:%Y%m%d}{born.year + _APPOINTED}01{1 + number % 2}{1 + number // _DAYS:03d}"


def _frame(shape: Shape, units: int, persons: int, seed: int) -> pd.DataFrame:
    """The cells: texts for identifiers, codes and dates; numbers where the column holds numbers; None where blank."""
    rows = np.arange(shape.rows)
    person = rows % persons if persons and shape.kind != "staff" else rows
    if shape.kind == "panel":
        unit, period = _cells_of_panel(shape)
    else:
        of_persons = any(field.type == "person" for field in shape.fields)
        unit = rows if shape.kind == "schools" else (person if of_persons else rows) % units
        period = np.full(shape.rows, shape.year)
    columns = {}
    for number, field in enumerate(shape.fields):
        columns[number] = _column(field, shape, unit, period, person, units, _generator(seed, shape.file, field.name))
    frame = pd.DataFrame(columns)
    frame.columns = [field.heading for field in shape.fields]
    return frame


def _column(
    field: Field, shape: Shape, unit: Any, period: Any, person: Any, units: int, draw: np.random.Generator
) -> list[Any]:
    rows = shape.rows
    start, end = (int(period.min()), int(period.max())) if rows else (shape.year, shape.year)
    match field.type:
        case "unit":
            return [unit_code(k) for k in unit]
        case "person":
            return [person_code(k) for k in person]
        case "mentor" | "blank":
            return [None] * rows
        case "pupil":
            return [f"11{shape.year % 100:02d}{k:06d}" for k in range(rows)]
        case "name":
            return [f"Synthetic {k + 1}" for k in range(rows)]
        case "date":
            return [dt.date(shape.year, 1, int(day)).strftime("%d/%m/%Y") for day in draw.integers(1, 29, rows)]
        case "birth":
            return [(_FIRST_DAY + dt.timedelta(days=int(k) % _DAYS)).strftime("%d/%m/%Y") for k in person]
        case "appointed":
            return ["01/01/1930"] * rows
        case "batch":
            return [f"B{k % min(_BATCHES, units):02d}" for k in unit]
        case "school_year":
            return [f"{shape.year - 1}/{shape.year}"] * rows
        case "period":
            return [_period(k, shape.quarterly) for k in period]
        case "cohort":
            first = _cohorts(shape, start, end)
            return [None if first[k] is None else _period(first[k], shape.quarterly) for k in unit]
        case "treated":
            first = _cohorts(shape, start, end)
            return [int(first[k] is not None and t >= first[k]) for k, t in zip(unit, period, strict=True)]
        case "cluster":
            return [f"C{k % max(1, shape.clusters):03d}" for k in unit]
        case "of_unit":
            return [field.codes[k % len(field.codes)] for k in unit]
        case "code":
            return [field.codes[k] for k in draw.integers(0, len(field.codes), rows)]
        case "whole":
            return list(draw.integers(int(field.low), int(field.high) + 1, rows).tolist())
    return list(draw.uniform(field.low, field.high, rows).round(1).tolist())


def _cells_of_panel(shape: Shape) -> tuple[Any, Any]:
    """Unit and period of each row: every unit in every period, less the earliest periods of the first units."""
    periods = max(1, shape.periods)
    units = max(shape.units, -(-shape.rows // periods))
    last = 4 * shape.year + 3 if shape.quarterly else shape.year
    missing = units * periods - shape.rows
    absent = {(k % units, k // units) for k in range(missing)}
    cells = [(k, t) for k in range(units) for t in range(periods) if (k, t) not in absent]
    return np.array([k for k, _ in cells]), np.array([last - periods + 1 + t for _, t in cells])


def _cohorts(shape: Shape, start: int, end: int) -> dict[int, int | None]:
    """The first treated period of each unit: a third is never treated, the others enter in as many periods as there are."""
    units = max(shape.units, -(-shape.rows // max(1, shape.periods)))
    entries = list(range(start + 2, end + 1))[: max(1, shape.cohorts)] or [end]
    return {k: None if k % 3 == 0 else entries[(k // 3) % len(entries)] for k in range(units)}


def _period(period: Any, quarterly: bool) -> Any:
    return f"{int(period) // 4}-T{int(period) % 4 + 1}" if quarterly else int(period)


def _generator(seed: int, *names: str) -> np.random.Generator:
    """Draws of a column that no other column moves."""
    digest = hashlib.sha256("/".join([str(seed), *names]).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8]))


def _one_type(column: pd.Series) -> pd.Series:
    """A column as Stata takes it: numbers, or texts of which a blank one is empty."""
    held = column.dropna()
    if len(held) and held.map(lambda value: isinstance(value, int | float)).all():
        return column.astype("float64")
    return column.fillna("").astype(str)


def _written(shape: Shape, frame: pd.DataFrame) -> bytes:
    out = io.BytesIO()
    if shape.form == "parquet":
        frame.to_parquet(out, index=False)
    elif shape.form == "dta":
        frame.apply(_one_type).to_stata(out, write_index=False, version=118, time_stamp=_STATA_TIME)
    elif shape.form == "xlsx":
        book = Workbook()
        page = book.active
        assert page is not None
        page.title = shape.sheet
        page.append(list(frame.columns))
        for row in frame.itertuples(index=False):
            page.append([None if pd.isna(value) else value for value in row])
        book.save(out)
        return repack(out, zipfile.ZIP_STORED)
    else:
        text = frame.to_csv(sep=shape.separator, decimal=shape.decimal, index=False, lineterminator="\r\n")
        return text.encode(shape.encoding)
    return out.getvalue()
