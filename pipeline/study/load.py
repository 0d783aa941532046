"""Reading a study file, with one clear line for whatever does not fit in it."""

from __future__ import annotations

import difflib
import re
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from pipeline.errors import StudyError
from pipeline.study.model import ROOT, Study
from pipeline.study.survey import Survey

Model = TypeVar("Model", bound=BaseModel)


def study_path(name: str, root: Path = ROOT) -> Path:
    """Path of the study file of that name."""
    return root / "studies" / name / "study.yml"


def items_path(name: str, root: Path = ROOT) -> Path:
    """Path of the survey's item bank; a study without a survey has none."""
    return root / "studies" / name / "items.yml"


def plan_path(study: Study, root: Path = ROOT) -> Path:
    """Where the pre-analysis plan of a study lies."""
    return root / "studies" / study.name / "plan.json"


def load_study(name: str, root: Path = ROOT) -> Study:
    """Read and check the study called `name`.

    Raises:
        StudyError: No such study, not YAML, or a key that is unknown, missing or of the wrong type.
    """
    path = study_path(name, root)
    where = f"studies/{name}/study.yml"
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name) or not path.is_file():
        known = sorted(p.parent.name for p in (root / "studies").glob("*/study.yml"))
        near = difflib.get_close_matches(name, known, 1)
        raise StudyError(
            f"There is no study called {name!r}.",
            where=where,
            expected="one of " + ", ".join(known),
            todo=f"Did you mean {near[0]!r}?" if near else "Name one of these studies, or write that file.",
        )
    content = _mapping(path, where)
    if content.get("name", name) != name:
        raise StudyError(
            f"The study file calls itself {content['name']!r}.", where=f"{where}, key name", expected=f"name: {name}"
        )
    items = items_path(name, root)
    if items.is_file():
        content["survey"] = load_survey(name, root)
    try:
        return Study.model_validate({"name": name, **content})
    except ValidationError as error:
        raise _plain_error(error, where, Study) from None


def load_survey(name: str, root: Path = ROOT) -> Survey:
    """Read and check the item bank of the study called `name`.

    Raises:
        StudyError: No such file, not YAML, or a key that is unknown, missing or of the wrong type.
    """
    where = f"studies/{name}/items.yml"
    if not items_path(name, root).is_file():
        raise StudyError(
            "This study has no item bank.",
            where=where,
            todo="Write it; studies/medan-pendidikan/items.yml is an example.",
        )
    return load_part(items_path(name, root), where, Survey)


def load_part(path: Path, where: str, model: type[Model]) -> Model:
    """Read and check a YAML file that stands beside a study file.

    Args:
        path: The file.
        where: Its path as messages show it.
        model: What it must say.

    Raises:
        StudyError: Not YAML, or a key that is unknown, missing or of the wrong type.
    """
    try:
        return model.model_validate(_mapping(path, where))
    except ValidationError as error:
        raise _plain_error(error, where, model) from None


class _Loader(yaml.SafeLoader):
    """YAML whose mappings hold each key once: of two the last would win without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key, _ in node.value:
            name = key.value
            if name in seen and name != "<<":
                raise yaml.constructor.ConstructorError(None, None, f"the key {name!r} stands twice", key.start_mark)
            seen.add(name)
        return super().construct_mapping(node, deep)


@lru_cache(maxsize=8)
def _parsed(text: str) -> Any:
    """What a text says, parsed once: a run reads its study each time that it looks for changes. Not to be changed."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader


def _mapping(path: Path, where: str) -> dict[str, Any]:
    try:
        content = deepcopy(_parsed(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{where}, line {mark.line + 1}, column {mark.column + 1}" if mark else where
        problem = getattr(error, "problem", None) or "not UTF-8 text"
        raise StudyError(f"The file is not valid YAML: {problem}.", where=place, todo="Correct that line.") from None
    if not isinstance(content, dict):
        raise StudyError("The file is empty or not a mapping.", where=where, expected="`key: value` lines")
    return content


def _plain_error(error: ValidationError, where: str, model: type[BaseModel]) -> StudyError:
    """The first fault of a file, with all others beside it."""
    first, *others = [_one(detail, where, model) for detail in error.errors(include_url=False, include_input=True)]
    return StudyError(first.what, where=first.where, expected=first.expected, todo=first.todo, others=others)


def _one(detail: Any, where: str, model: type[BaseModel]) -> StudyError:
    keys = [str(key) for key in detail["loc"]]
    place = f"{where}, key {'.'.join(keys) or '(whole file)'}"
    if detail["type"] == "extra_forbidden":
        known = _known_keys(keys[:-1], model)
        near = difflib.get_close_matches(keys[-1], known, 1, 0.5)
        hint = f"did you mean {near[0]!r}?" if near else "known here: " + ", ".join(sorted(known))
        return StudyError(f"Unknown key {keys[-1]!r}.", where=place, expected=hint, todo="Correct it.")
    if detail["type"] == "missing":
        return StudyError(f"The key {keys[-1]!r} is missing.", where=place, expected="a value", todo="Add it.")
    message = detail["msg"].removeprefix("Value error, ")
    given = detail["input"]
    secret = keys[-1:] == ["connection"]  # who writes the connection itself there finds it in no message
    shown = f" (given: {given!r})" if isinstance(given, str | int | float | bool) and not secret else ""
    return StudyError(f"A value does not fit{shown}.", where=place, expected=message, todo="Correct it.")


def _known_keys(path: list[str], model: Any) -> list[str]:
    for key in path:
        fields = getattr(model, "model_fields", None)
        if fields is None or key not in fields:
            continue  # a list's index or a mapping's free key: the model stays
        model = _inner_model(fields[key].annotation)
    return list(getattr(model, "model_fields", {}))


def _inner_model(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _inner_model(inner)
        if found is not None:
            return found
    return None
