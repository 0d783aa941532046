"""The rows that break a source's rules are those that pandera names."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.sources.schemas import Failure, failures, only, source_schema

KINDS = {
    "scores": ("literacy", "numeracy"),
    "staff": (),
    "training": (),
    "skm": tuple(f"u{k}" for k in range(1, 10)),
    "costs": (),
}
CELLS = st.none() | st.sampled_from(
    [
        "10209861",
        "1234",
        "0012345678",
        "5",
        "VIII-A",
        "12,5",
        "3",
        "31/12/2023",
        "2023-13-01",
        "198001012005011001",
        "x",
        "1e9",
        "-1",
    ]
)


def _by_pandera(schema: Any, frame: pd.DataFrame) -> list[Failure]:
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases
        broken = cases[cases["index"].notna()].groupby(["column", "check"], sort=False)["index"]
        rows = {key: frozenset(int(i) for i in found) for key, found in broken}
        order = [(name, check.name) for name, column in schema.columns.items() for check in column.checks]
        return [Failure(name, rule, rows[name, rule]) for name, rule in order if (name, rule) in rows]
    return []


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_as_pandera_has_it(kind: str, data: st.DataObject) -> None:
    schema = source_schema(kind, {"literacy": ","}, (0.0, 100.0), KINDS[kind])
    names = data.draw(st.lists(st.sampled_from([*schema.columns]), min_size=1, unique=True))
    rows = data.draw(st.integers(1, 6))
    cells = {name: data.draw(st.lists(CELLS, min_size=rows, max_size=rows)) for name in names}
    frame = pd.DataFrame(cells, index=range(5, 5 + rows), dtype=object)
    assert failures(schema, frame) == _by_pandera(schema, frame)
    assert failures(only(schema, names[0]), frame) == _by_pandera(only(schema, names[0]), frame)
