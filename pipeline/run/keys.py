"""Which values of a study a step uses: every reading of a field is noted by its key, such as `outcomes.0.label.en`.

A list or mapping of plain values counts as one value; of one that holds parts of the study (outcomes, sources) the list
itself counts by its length or names, and each part by the fields that are read of it. Whatever goes around the fields
(comparison, copying, pickling) counts as reading all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel

Note = Callable[[str, Any], None]
_AROUND = {
    "__dict__",
    "__pydantic_serializer__",
    "__reduce__",
    "__reduce_ex__",
    "__getstate__",
    "model_dump_json",
    "model_copy",
    "copy",
}
_paths: dict[int, tuple[BaseModel, str]] = {}
_note: Note | None = None
_watched: set[type] = set()
_told: dict[tuple[int, str], tuple[str, Any]] = {}


def watch(study: BaseModel, note: Note) -> None:
    """Call `note(key, value)` whenever a field of the study or of one of its parts is read, from now on."""
    global _note
    _note = None
    _paths.clear()
    _told.clear()
    for path, part in parts_of(study):
        _paths[id(part)] = (part, path)
        _teach(type(part))
    _note = note


def parts_of(value: Any, path: str = "") -> Iterator[tuple[str, BaseModel]]:
    """The model and every model inside it, each with its key."""
    if isinstance(value, BaseModel):
        yield path, value
        for name in type(value).model_fields:
            yield from parts_of(value.__dict__[name], _join(path, name))
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from parts_of(inner, _join(path, str(name)))
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from parts_of(inner, _join(path, str(index)))


def value_at(study: BaseModel, path: str) -> Any:
    """What a noted key holds in a study, as plain values; None where there is no such key any more."""
    here: Any = study
    for part in path.split("."):
        if isinstance(here, BaseModel):
            extra = here.__pydantic_extra__ or {}
            here = here.__dict__.get(part) if part in type(here).model_fields else extra.get(part)
        elif isinstance(here, dict):
            here = next((inner for name, inner in here.items() if str(name) == part), None)
        elif isinstance(here, list | tuple) and part.isdigit() and int(part) < len(here):
            here = here[int(part)]
        else:
            return None
    return plain(here)


def plain(value: Any) -> Any:
    """A value as JSON has it; parts of the study inside stand for themselves by name only."""
    if isinstance(value, BaseModel):
        return f"<{type(value).__name__}>"
    if isinstance(value, dict):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(inner) for inner in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _fields(part: BaseModel) -> dict[str, Any]:
    return {**{name: part.__dict__.get(name) for name in type(part).model_fields}, **(part.__pydantic_extra__ or {})}


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _teach(kind: type[BaseModel]) -> None:
    """Let a model's class note what is read of its watched instances."""
    if kind in _watched:
        return
    _watched.add(kind)
    fields = frozenset(kind.model_fields)
    free = kind.model_config.get("extra") == "allow"  # whatever a study names, such as the languages of a wording
    own = frozenset(dir(kind))
    get: Callable[[Any, str], Any] = kind.__getattribute__

    def noting(self: Any, name: str) -> Any:
        asked = name in fields or name in _AROUND or name == "model_dump"
        if _note is not None and (asked or (free and name not in own and not name.startswith("_"))):
            known = _paths.get(id(self))
            if known is not None and known[0] is self:
                return _noted(self, known[1], name, get)
        return get(self, name)

    kind.__getattribute__ = noting  # type: ignore[method-assign]


def _noted(part: Any, path: str, name: str, get: Any) -> Any:
    global _note
    note, _note = _note, None
    assert note is not None
    try:
        if name == "model_dump":
            return _dumping(part, path, note)
        if not hasattr(type(part), name) and name not in type(part).model_fields:
            note(_join(path, name), _fields(part).get(name))  # a language without words is noted as such
            return get(part, name)
        value = get(part, name)
        if name in _AROUND:
            _all(part, path, note)
        else:
            if (id(part), name) not in _told:  # put into plain values once: some fields are read thousands of times
                _told[id(part), name] = (_join(path, name), plain(value))
            note(*_told[id(part), name])
        return value
    finally:
        _note = note


def _dumping(part: Any, path: str, note: Note) -> Callable[..., dict[str, Any]]:
    """`model_dump` that notes what it gives away; fields that the call leaves out are not read."""

    def dump(**options: Any) -> dict[str, Any]:
        global _note
        held, _note = _note, None
        try:
            content: dict[str, Any] = type(part).model_dump(part, **options)
            for name in content:
                if name in _fields(part):
                    _all(_fields(part)[name], _join(path, name), note)
            return content
        finally:
            _note = held

    return dump


def _all(value: Any, path: str, note: Note) -> None:
    if not isinstance(value, BaseModel):
        note(path, plain(value))
    for inner_path, inner in parts_of(value, path):
        for name, held in _fields(inner).items():
            note(_join(inner_path, name), plain(held))
