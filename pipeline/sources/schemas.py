"""Schemas of the raw sources and of the tidy tables (pandera).

A source's schema works on the text as read: each check carries the name of the rule that it stands for, so that a
failing row is set aside under that rule. A tidy table's schema is the last gate before a table is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from pipeline.errors import SourceError
from pipeline.periods import quarter_code
from pipeline.sources import identifiers, values

DIMENSION_LIMITS = {"qualification": 25, "competence": 40, "performance": 30, "discipline": 5}
"""Most points of each dimension of IP ASN (Peraturan BKN 8/2019)."""

Test = Callable[[pd.Series], "pd.Series[bool]"]


def _pandera() -> Any:
    """Loaded when a table is checked: who asks for the limits and names that stand here checks none."""
    import pandera.pandas as pa

    return pa


@dataclass(frozen=True)
class Failure:
    """Rows (index labels) of a raw table that break a rule in a column."""

    field: str
    rule: str
    rows: frozenset[int]


def _check(test: Callable[[Any], bool], rule: str) -> Any:
    """A check of every distinct text of a column, blank ones (None) too."""

    def run(column: pd.Series) -> pd.Series:
        passed = {text: test(text) for text in column.dropna().unique()}
        if column.isna().any():
            blank = test(None)
            return pd.Series(
                [blank if text is None else passed[text] for text in column], index=column.index, dtype=bool
            )
        return pd.Series([passed[text] for text in column], index=column.index, dtype=bool)

    return _pandera().Check(run, name=rule, ignore_na=False)


def _column(*checks: Any) -> Any:
    return _pandera().Column(object, list(checks), nullable=True)


def _npsn() -> Any:
    return _column(_check(lambda text: identifiers.read_npsn(text) is not None, "bad_npsn"))


def _nip() -> Any:
    return _column(
        _check(lambda text: identifiers.read_nip(text) != "spoilt_nip", "spoilt_nip"),
        _check(lambda text: identifiers.read_nip(text) != "bad_nip", "bad_nip"),
    )


def number_column(decimal: str, limits: tuple[float, float] | None = None, *, required: bool = False) -> Any:
    """Schema of a column of numbers: readable in the declared style ("bad_number") and within `limits` if given."""

    def readable(text: str | None) -> bool:
        return (text is None and not required) or values.parse_number(text, decimal) is not None

    def inside(text: str | None) -> bool:
        value = values.parse_number(text, decimal)
        return value is None or limits is None or limits[0] <= value <= limits[1]

    return _column(_check(readable, "bad_number"), _check(inside, "out_of_range"))


def date_column(*, required: bool) -> Any:
    """Schema of a column of dates in the offices' styles."""
    return _column(_check(lambda t: (t is None and not required) or values.parse_date(t) is not None, "bad_date"))


def source_schema(
    kind: str, marks: Mapping[str, str], limits: tuple[float, float] | None = None, value_fields: Sequence[str] = ()
) -> Any:
    """The schema of a kind of source, of those that `pipeline.study.kits` names.

    Args:
        kind: Name of the source.
        marks: Field -> decimal mark of its column; a point where not given.
        limits: Least and greatest value of the measured fields.
        value_fields: Measured fields (scores and observations).
    """

    def number(name: str, within: tuple[float, float] | None, *, required: bool = False) -> Any:
        return number_column(marks.get(name, "."), within, required=required)

    measured = {name: number(name, limits) for name in value_fields}
    columns: dict[str, dict[str, Any]] = {
        "schools": {
            "npsn": _npsn(),
            "pupils": number("pupils", (0, 100_000)),
            "teachers": number("teachers", (0, 100_000)),
        },
        "scores": {
            "npsn": _npsn(),
            "nisn": _column(_check(lambda text: identifiers.read_nisn(text) is not None, "bad_nisn")),
            "grade": _column(_check(lambda text: read_grade(text) is not None, "bad_grade")),
            "date": date_column(required=False),
            **measured,
        },
        "staff": {"nip": _nip(), "npsn": _npsn(), "birth_date": date_column(required=False)},
        "training": {
            "nip": _nip(),
            "npsn": _npsn(),
            "jp": number("jp", (0, 2000), required=True),
            "start": date_column(required=True),
            "end": date_column(required=False),
        },
        "observations": {"npsn": _npsn(), "date": date_column(required=False), **measured},
        "participation": {"npsn": _npsn()},
        "costs": {"amount": number("amount", (0, 1e15), required=True)},
        "ip_asn": {
            "nip": _nip(),
            "npsn": _npsn(),
            **{name: number(name, (0, most)) for name, most in DIMENSION_LIMITS.items()},
        },
        "skm": {
            "npsn": _npsn(),
            "date": date_column(required=False),
            **{f"u{k}": number(f"u{k}", (1, 4)) for k in range(1, 10)},
        },
        "answers": {},
        "invited": {"nip": _nip(), "npsn": _npsn(), "contacts": number("contacts", (1, 99), required=True)},
    }
    return _pandera().DataFrameSchema(columns[kind], strict=False)


def only(schema: Any, name: str) -> Any:
    """The part of a source's schema that is about one column; it may be about none."""
    columns = {name: schema.columns[name]} if name in schema.columns else {}
    return _pandera().DataFrameSchema(columns, strict=False)


def read_grade(text: str | None) -> int | None:
    """A grade 1-9 from "5", "Kelas 5", "VIII" or "VIII-A", else None."""
    body = (text or "").strip().upper().removeprefix("KELAS").strip()
    head = body.replace(".", "-").replace(" ", "-").split("-")[0]
    roman = {name: i for i, name in enumerate("I II III IV V VI VII VIII IX".split(), 1)}
    if head in roman:
        return roman[head]
    digits = head.rstrip("ABCDEFGH")
    return int(digits) if len(digits) == 1 and digits in "123456789" else None


def failures(schema: Any, frame: pd.DataFrame) -> list[Failure]:
    """Which rows break which rule of a source's schema, in the schema's order. Values of cells are not kept.

    The rules are asked one by one: the library's own account of what breaks them takes as long again.
    """
    found = []
    for name, column in schema.columns.items():
        for check in column.checks if name in frame else ():
            broken = frame.index[~check._check_fn(frame[name]).to_numpy(bool)]
            if len(broken):
                found.append(Failure(name, check.name, frozenset(int(row) for row in broken)))
    return found


def _text(allowed: Sequence[str] | None = None, pattern: str | None = None, *, nullable: bool = False) -> Any:
    checks = [_pandera().Check.isin(list(allowed))] if allowed else []
    checks += [_pandera().Check.str_matches(pattern)] if pattern else []
    return _pandera().Column(object, checks, nullable=nullable)


def _whole(low: int, high: int, *, nullable: bool = False) -> Any:
    kind = "Int64" if nullable else "int64"
    return _pandera().Column(kind, _pandera().Check.in_range(low, high), nullable=nullable)


def _float(*, nullable: bool = True) -> Any:
    return _pandera().Column(
        "float64", _pandera().Check(lambda s: np.isfinite(s.dropna()).all(), name="finite"), nullable=nullable
    )


ACTIVITIES = ("workshop", "seminar", "out_of_region", "mentoring")
PSEUDONYM = r"^p[bcdfghjkmnpqrtvw]{16}$"


@cache
def _tidy() -> Mapping[str, Any]:
    """The schemas of the tidy tables, by the table's name."""
    pa = _pandera()
    unit, span = _text(pattern=r"^\d{8}$"), _whole(1900, 2100)
    return {
        "schools": pa.DataFrameSchema(
            {
                "unit": unit, "period": span, "level": _text(("SD", "SMP")), "kecamatan": _text(),
                "pupils": _whole(0, 100_000, nullable=True), "teachers": _whole(0, 100_000, nullable=True),
                "status_note": _text(("open", "new", "merged", "closed")),
            },
            strict=True, unique=["unit", "period"],
        ),
        "scores": pa.DataFrameSchema(
            {
                "pupil": _text(pattern=PSEUDONYM), "unit": unit, "period": span, "grade": _whole(1, 9),
                "subject": _text(pattern=r"^[a-z][a-z0-9_]*$"), "score": _float(nullable=False),
            },
            strict=True, unique=["pupil", "period", "subject"],
        ),
        "staff": pa.DataFrameSchema(
            {
                "person": _text(pattern=PSEUDONYM), "unit": unit, "period": span, "sex": _text(("M", "F")),
                "birth_year": _whole(1900, 2100, nullable=True), "employment": _text(("PNS", "PPPK")),
                "rank": _text(pattern=r"^(?:I|II|III|IV)/[a-e]$|^[IVX]+$", nullable=True),
                "appointed": _whole(1900, 2100, nullable=True),
            },
            strict=True, unique=["person", "period"],
        ),
        "training": pa.DataFrameSchema(
            {
                "person": _text(pattern=PSEUDONYM), "unit": unit, "period": span,
                "activity": _text(ACTIVITIES), "jp": _float(nullable=False),
                "start": pa.Column(object), "end": pa.Column(object), "attended": pa.Column(bool),
                "mentor": _text(pattern=PSEUDONYM, nullable=True),
                "sessions_planned": _whole(0, 1000, nullable=True), "sessions_held": _whole(0, 1000, nullable=True),
            },
            strict=True,
        ),
        "tested": pa.DataFrameSchema(
            {
                "unit": unit, "period": span, "subject": _text(pattern=r"^[a-z][a-z0-9_]*$"), "listed": _whole(1, 1_000_000),
                "scored": _whole(0, 1_000_000),
            },
            strict=True, unique=["unit", "period", "subject"],
        ),
        "pupil_sums": pa.DataFrameSchema(
            {
                "unit": unit, "period": span, "grade": _whole(1, 9), "subject": _text(pattern=r"^[a-z][a-z0-9_]*$"),
                "n": _whole(1, 100_000_000), "mean": _float(nullable=False), "spread": _float(nullable=False),
            },
            strict=True, unique=["unit", "period", "grade", "subject"],
        ),
        "participation": pa.DataFrameSchema({"unit": unit, "period": span}, strict=True, unique=["unit", "period"]),
        "costs": pa.DataFrameSchema(
            {"period": span, "activity": _text(ACTIVITIES), "amount": _float(nullable=False)},
            strict=True, unique=["period", "activity"],
        ),
        "ip_asn": pa.DataFrameSchema(
            {"person": _text(pattern=PSEUDONYM), "unit": unit, "period": span, **{k: _float() for k in DIMENSION_LIMITS}},
            strict=True, unique=["person", "period"],
        ),
        "skm": pa.DataFrameSchema(
            {
                "unit": unit, "period": _whole(1900, quarter_code(2100, 4)), "n": _whole(1, 10_000_000), "sd": _float(),
                **{f"u{k}": _float() for k in range(1, 10)},
            },
            strict=True, unique=["unit", "period"],
        ),
        "invited": pa.DataFrameSchema(
            {
                "person": _text(pattern=PSEUDONYM), "unit": unit, "period": span, "batch": _text(nullable=True),
                "sex": _text(("M", "F"), nullable=True), "rank_group": _text(("I", "II", "III", "IV", "PPPK"), nullable=True),
                "mode": _text(("paper", "web", "phone"), nullable=True), "contacts": _whole(1, 99),
                "disposition": _text(
                    ("complete", "partial", "refusal", "non_contact", "other", "unknown", "not_eligible")
                ),
                "answered_at": _whole(1, 99, nullable=True),
            },
            strict=True, unique=["person", "period"],
        ),
        "treatment": pa.DataFrameSchema(
            {"unit": _text(), "cohort": pa.Column("Int64", nullable=True)}, strict=True, unique=["unit"]
        ),
    }  # fmt: skip


def check_tidy(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The table itself, checked against its schema if it has one.

    Raises:
        SourceError: A value that the readers should not have let through; the message names no value.
    """
    if name not in _tidy():
        return frame
    try:
        return _tidy()[name].validate(frame, lazy=True)  # type: ignore[no-any-return]
    except _pandera().errors.SchemaErrors as error:
        first = error.failure_cases.iloc[0]
        raise SourceError(
            f"The tidy table {name!r} breaks its schema at {len(error.failure_cases)} places.",
            where=f"table {name}, column {first['column']}",
            expected=str(first["check"]),
            todo="Set the rows aside by a rule of this source, or report this as a fault of the readers.",
        ) from None
