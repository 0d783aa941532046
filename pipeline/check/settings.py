"""The settings in force: each key of a study with its value, and whether the study says it or it is the default."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from pipeline.sources.table import MISSING
from pipeline.study import Study
from pipeline.study.parts import Text
from pipeline.study.thresholds import Shape, Thresholds

NOT_SETTINGS = frozenset({"survey", "aims", "name", "replication", "recommendations"})
"""Parts that describe the survey, the theory, a published table and what became of advice, and steer nothing else."""
COVER = frozenset({"report"})


@dataclass(frozen=True)
class Setting:
    """A key such as "inference.level", its value as text, and its source: "study", "default", "data" or "disclosure"."""

    key: str
    value: str
    source: str


def settings(study: Study, *, cover: bool = True) -> list[Setting]:
    """Every setting of a study in the order of its file; wordings are left out.

    Without the `cover` what stands on it alone is not read: who signs is no reason to clean the data again.
    """
    left_out = NOT_SETTINGS if cover else NOT_SETTINGS | COVER
    found = [_in_force(study, one) for one in _of(study, "", left_out)]
    for name, said, model in (("verdict", study.verdict, Thresholds), ("shape", study.shape, Shape)):
        found += [
            Setting(f"{name}.{key}", _plain(said.get(key, field.default)), "study" if key in said else "default")
            for key, field in model.model_fields.items()
            if not key.startswith("smallest_effect")
        ]
    return found


def _in_force(study: Study, said: Setting) -> Setting:
    """The setting as it holds: a cohort never needs fewer units than may be shown, whatever the study says."""
    if said.key != "inference.min_cohort_units" or study.continuous:
        return said
    raised = study.smallest_cohort > study.inference.min_cohort_units
    return Setting(said.key, _plain(study.smallest_cohort), "disclosure") if raised else said


def _of(part: BaseModel, path: str, left_out: frozenset[str] = frozenset()) -> Iterator[Setting]:
    for key in type(part).model_fields:
        if key in left_out:
            continue
        value, here = getattr(part, key), f"{path}{key}"
        if isinstance(value, Text) or key in ("verdict", "shape"):
            continue
        source = "study" if key in part.model_fields_set else "default"
        inner = _parts(value)
        if inner:
            for name, one in inner:
                yield from _of(one, f"{here}.{name}." if name else f"{here}.")
        elif not _only_words(value):
            yield Setting(here, _plain(value), source)


def _parts(value: Any) -> list[tuple[str, BaseModel]]:
    """The parts of a study inside a value, by name or number."""
    if isinstance(value, BaseModel):
        return [("", value)]
    if isinstance(value, dict):
        return [(str(name), one) for name, one in value.items() if isinstance(one, BaseModel) and not _is_text(one)]
    if isinstance(value, list):
        parts = [one for one in value if isinstance(one, BaseModel) and not _is_text(one)]
        return [(str(getattr(one, "name", "") or count), one) for count, one in enumerate(parts, 1)]
    return []


def _is_text(value: object) -> bool:
    return isinstance(value, Text)


def _only_words(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and all(_is_text(one) for one in value.values())


def _plain(value: Any) -> str:
    if value is None or value in ([], {}):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_plain(inner)}" for name, inner in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_plain(inner) for inner in value)
    return f"'{value}'" if str(value).casefold() in MISSING else str(value)  # a word that a table takes for no value
