"""Raw files that tests clean time and again are read and held against their rules once a process.

Cleaning is what many tests begin with, and half of it are two functions of what they are given: a file's table of its bytes
and what is declared of it, and the rows that break a rule of the table and the rules. What they found the first time is
handed out to cleaning as a copy. Tests of the readers and of the rules call them themselves and have them as they are; tests
that clean the same files twice to compare them ask for the fixture `read_anew`. The files of words, of which each report's
catalogue begins with all, are cut into their messages once, by their text.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.clean import tables
from pipeline.languages import catalogue, syntax
from pipeline.sources import readers, schemas
from pipeline.sources.kinds import PASSWORD_VARIABLE

_READ: dict[Any, bytes] = {}
_BROKEN: dict[Any, tuple[Any, list[schemas.Failure]]] = {}
_sources = cache(syntax.sources)


@cache
def _schema(kind: str, marks: tuple[tuple[str, str], ...], limits: Any, fields: tuple[str, ...]) -> Any:
    return schemas.source_schema(kind, dict(marks), limits, fields)


def keep(patch: pytest.MonkeyPatch) -> None:
    """Let cleaning have what is kept."""

    def read_table(path: Path, spec: Any, shown: str, **more: Any) -> Any:
        if not path.is_file():
            return readers.read_table(path, spec, shown, **more)  # which says so
        told = (repr(spec), shown, repr(more), os.environ.get(PASSWORD_VARIABLE))  # which opens locked workbooks
        key = (hashlib.sha256(path.read_bytes()).digest(), *told)
        if key not in _READ:
            _READ[key] = pickle.dumps(readers.read_table(path, spec, shown, **more))
        return pickle.loads(_READ[key])

    def source_schema(kind: str, marks: dict[str, str], limits: Any, fields: tuple[str, ...]) -> Any:
        return _schema(kind, tuple(sorted(marks.items())), limits, tuple(fields))

    def failures(given: Any, frame: pd.DataFrame) -> list[schemas.Failure]:
        key = (id(given), hashlib.sha256(pickle.dumps(frame)).digest())
        if key not in _BROKEN:
            _BROKEN[key] = (given, schemas.failures(given, frame))  # with the schema: no other gets its number
        return list(_BROKEN[key][1])

    functions: tuple[Callable[..., Any], ...] = (read_table, source_schema, failures)
    for function in functions:
        patch.setattr(tables, function.__name__, function)
    patch.setattr(catalogue, "sources", _sources)
