"""All keys that a study file may have, with `*` for the items of lists and mappings: "outcomes.*.label"."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from pipeline.study import Study
from pipeline.study.parts import Text


def keys_of_the_model(model: type[BaseModel] = Study, path: str = "") -> list[str]:
    """Every key of the model and of the parts inside it."""
    return list(dict.fromkeys(_keys(model, path)))


def _keys(model: type[BaseModel], path: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield path + name
        types = list(_inside(field.annotation))
        many = any(typing.get_origin(one) in (list, dict) for one in types)
        for inner in types:
            if isinstance(inner, type) and issubclass(inner, BaseModel) and inner is not Text:
                yield from _keys(inner, f"{path}{name}.{'*.' if many else ''}")


def _inside(annotation: Any) -> Iterator[Any]:
    yield annotation
    for inner in typing.get_args(annotation):
        yield from _inside(inner)
