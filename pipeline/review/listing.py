"""The list of an edition's remarks, `studies/<study>/review/<edition>.yml`: what came in, its state, and the answer.

A person edits states and answers; what was gathered is never lost by a further call.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import StudyError
from pipeline.review.remark import KINDS, STATES, Remark

_TEXTS = ("key", "kind", "place", "until", "number", "by", "date", "about", "text", "state")
_TOLD = "# Written by `make review` from the list beside it; edit that one.\n"
PLACE = re.compile(r"(?:p|n|tbl|fig|sec|eq)-[a-z0-9-]+")
"""A place of a report, and nothing that somebody wrote."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_HEAD = "# Remarks of reviewers, gathered by `make review`; `state` and `answer` are yours (docs/review.md).\n"


@dataclass(frozen=True)
class Entry:
    """A remark with its state, and what the next edition says about it, by language."""

    remark: Remark
    state: str = "open"
    answer: Mapping[str, str] | None = None
    key: str = ""
    """As it was when the remark came in, whatever was corrected since."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """What a person added."""


@dataclass(frozen=True)
class Listing:
    """Roles of reviewers by their initials, by language; and the entries, in the order of their coming."""

    roles: Mapping[str, Mapping[str, str]]
    entries: tuple[Entry, ...]


def path_of(study: str, edition: int, root: Path) -> Path:
    """Where the list of an edition lies: with the reviewers' words, for those who make the report."""
    return root / "studies" / study / "review" / f"{edition}.yml"


def told_path(study: str, edition: int, root: Path) -> Path:
    """Where that lies which the next edition tells of it, and which may be passed on."""
    return root / "studies" / study / "review" / f"{edition}-told.yml"


def told_text(listing: Listing) -> str:
    """What may be told of a list, as it is written: places, kinds, roles, dates, states, answers; no words, no initials."""
    rows = [
        {
            "place": entry.remark.place if PLACE.fullmatch(entry.remark.place) else "",
            "kind": entry.remark.kind,
            "role": dict(listing.roles.get(entry.remark.by) or {}),
            "date": entry.remark.date[:10] if _DAY.match(entry.remark.date) else "",
            "state": entry.state,
            "answer": {lang: " ".join(words.split()) for lang, words in (entry.answer or {}).items()},
        }
        for entry in listing.entries
    ]
    return _TOLD + yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=100)


def read(path: Path) -> Listing:
    """A list as it lies there; an empty one where there is none.

    Raises:
        StudyError: It is no such list, or an entry has a state that there is not; the place is named.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Listing({}, ())
    except UnicodeDecodeError:
        raise StudyError("The list of remarks is not text.", where=str(path)) from None
    try:
        content = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        raise StudyError("The list of remarks cannot be read.", where=f"{path}: {error}") from None
    if not isinstance(content, dict) or not isinstance(content.get("remarks", []), list):
        raise StudyError("The list of remarks is no such list.", where=str(path), expected="keys reviewers and remarks")
    entries = tuple(_entry(one, f"{path}, remark {k}") for k, one in enumerate(content.get("remarks", []), 1))
    return Listing(_roles(content.get("reviewers") or {}, path), entries)


def _roles(given: Any, path: Path) -> dict[str, dict[str, str]]:
    if not isinstance(given, dict) or not all(isinstance(role, dict) or role is None for role in given.values()):
        raise StudyError(
            "Reviewers are initials with their role in each language.",
            where=f"{path}, reviewers",
            expected="reviewers: {BS: {id: Bappeda, en: planning agency}}",
        )
    return {str(by): {str(k): str(v) for k, v in (role or {}).items()} for by, role in given.items()}


def _entry(one: Any, where: str) -> Entry:
    if not isinstance(one, dict) or not all(isinstance(one.get(key, ""), str) for key in _TEXTS):
        raise StudyError("A remark has other than words.", where=where, expected=", ".join(_TEXTS))
    if one.get("state", "open") not in STATES or one.get("kind") not in KINDS:
        wrong = one.get("state") if one.get("state", "open") not in STATES else one.get("kind")
        raise StudyError(
            f"There is no {wrong!r}.", where=where, expected=f"state: {', '.join(STATES)}; kind: {', '.join(KINDS)}"
        )
    answer = one.get("answer")
    if answer is not None and not (isinstance(answer, dict) and all(isinstance(v, str) for v in answer.values())):
        raise StudyError("An answer is words by language.", where=where, expected='answer: {id: "…", en: "…"}')
    names = ("kind", "place", "by", "date", "text", "about", "until", "number")
    remark = Remark(**{name: one.get(name, "") for name in names})
    extra = {key: value for key, value in one.items() if key not in (*_TEXTS, "answer")}
    return Entry(remark, one.get("state", "open"), answer, one.get("key") or remark.key, extra)


def merged(held: Listing, found: Sequence[Remark]) -> tuple[Listing, list[Remark]]:
    """The list with what is new at its end, and what that is; states and answers stay.

    A remark that the document itself calls dealt with is "answered", where nobody has said otherwise.
    """
    known = {entry.key: entry for entry in held.entries}
    new: list[Remark] = []
    for remark in found:
        if remark.key not in known:
            state = "answered" if remark.done else "open"
            known[remark.key] = Entry(replace(remark, done=False), state, key=remark.key)
            new.append(remark)
        elif remark.done and known[remark.key].state == "open":
            known[remark.key] = replace(known[remark.key], state="answered")
    roles = {**held.roles}
    for remark in new:
        roles.setdefault(remark.by, {})
    return Listing(roles, tuple(known.values())), new


def write(path: Path, listing: Listing) -> None:
    """Write the list, in one exchange: nobody sees half of it."""
    remarks = []
    for entry in listing.entries:
        one = entry.remark
        told = {
            "key": entry.key,
            "kind": one.kind,
            "place": one.place,
            "until": one.until,
            "number": one.number,
            "by": one.by,
            "date": one.date,
            "about": one.about,
            "text": one.text,
            "state": entry.state,
        }
        answer = {"answer": dict(entry.answer)} if entry.answer else {}
        remarks.append({**{key: value for key, value in told.items() if value}, **answer, **entry.extra})
    content = {"reviewers": {by: dict(role) for by, role in sorted(listing.roles.items())}, "remarks": remarks}
    text = _HEAD + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
    _put(path, text)


def write_told(path: Path, text: str) -> None:
    """Write what may be told (`told_text`), where it is not there yet."""
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        _put(path, text)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
