"""The states between an earlier edition and a later one, computed by running the edition with one thing changed at a time."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from pipeline.compare.analysis import analyse
from pipeline.compare.workspace import Workspace, key_at_hand
from pipeline.content import digest, hash_of, hashes
from pipeline.errors import StudyError, UserError
from pipeline.private import private_folder
from pipeline.published import record, split
from pipeline.published.headline import headline
from pipeline.published.record import Record
from pipeline.published.split import PARTS, Split, State
from pipeline.report.record import code_hash
from pipeline.run.build import make_target, told_in_one_screen
from pipeline.run.lock import Lock
from pipeline.run.present import key_fingerprint, lock_hash
from pipeline.run.stamp import Request
from pipeline.run.steps import Target, raw_files

FOLDER = "compare"
NO_NUMBERS = ("report", "recommendations")
"""Parts of a study file on which no number rests."""


def bring_up_to_date(request: Request, tell: Callable[[str], None]) -> None:
    """Compute and keep the states between the last published edition and this one, where anything they rest on has changed.

    The report's chapter on the last edition reads them. What stops a state is kept with it and does not stop the report;
    where there is no earlier edition, or its record cannot be read, nothing is done.

    Args:
        request: The later edition.
        tell: Called with what is being run.
    """
    target = make_target(request)
    then = _last(target)
    if then is None or kept(target, then) is not None:
        return
    tell(f"Edition {then.edition} was published here; what the differences come from is computed.")
    with told_in_one_screen(target.root), private_workspace(target, tell) as folder, key_at_hand(target):
        compute(Workspace(folder / "w", target, then, tell), request, target, tell)


def _last(target: Target) -> Record | None:
    """What the edition is held against; None for a blind one, for a first one, and where its record cannot be read."""
    try:
        return None if target.blind else record.last(target.study.name, target.edition, target.root)
    except StudyError:  # the chapter says so
        return None


def _hash(target: Target, then: Record) -> str:
    return str(hash_of(record.path_of(target.study.name, then.edition, target.root)))


def kept(target: Target, then: Record) -> Split | None:
    """The states that are kept, where all that they rest on is as it was."""
    found = split.read(split.path_of(target.study.name, then.edition, target.edition, target.root))
    return found if found is not None and found.key == key(target, _hash(target, then)) else None


def is_current(request: Request) -> bool:
    """Whether the states that are kept rest on what there is now, or there is nothing to be held against."""
    target = make_target(request)
    then = _last(target)
    return then is None or kept(target, then) is not None


def key(target: Target, then: str) -> str:
    """One hash over what the states rest on: the earlier record (by its hash), code and packages, raw files, the study,
    pseudonyms."""
    root, name = target.root, target.study.name
    raw = raw_files(target.study, target.edition, root)
    own = [path for folder in ("notebooks", "chapters") for path in sorted(_own(target).glob(f"{folder}/*"))]
    listed = {
        "then": then,
        "code": code_hash(),
        "lock": lock_hash(),
        "raw": dict(zip((path.relative_to(root).as_posix() for path in raw), hashes(raw), strict=True)),
        "own": dict(zip((path.name for path in own), hashes(own), strict=True)),
        "study": _settings(record.study_files(name, root)),
        "key": None if target.study.public_key is not None else key_fingerprint(root),
    }
    return digest(json.dumps(listed, sort_keys=True, default=str))


def compute(work: Workspace, request: Request, target: Target, tell: Callable[[str], None]) -> Split:
    """Compute the states one after another, each where something in it differs from the one before, and keep them."""
    then = _hash(target, work.then)
    before = key(target, then)
    states = _states(work, request._replace(root=work.folder, blind=False), target, tell)
    found = Split(before, then, tuple(states))
    split.keep(found, split.path_of(target.study.name, work.then.edition, target.edition, target.root))
    return found


@contextmanager
def private_workspace(target: Target, tell: Callable[[str], None]) -> Iterator[Path]:
    """A folder for the comparison, closed to others and gone afterwards; what a killed one left goes first."""
    folder = target.root / "build" / f".{FOLDER}" / target.study.name
    with Lock(target.root, f"{target.study.name}-{FOLDER}", tell, "comparing editions"):
        shutil.rmtree(folder, ignore_errors=True)
        try:
            yield private_folder(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def run(changed: str, request: Request, tell: Callable[[str], None]) -> State:
    """Analyse an edition as the workspace holds it.

    Raises:
        UserError: It cannot be analysed.
    """
    what = {
        "code": "its data and settings of then, with the code of today",
        "revised": "its files as they are today",
        "new": "its data, with the earlier settings",
        "choices": "as it is today",
    }[changed]
    tell(f"{PARTS.index(changed) + 1} of {len(PARTS)}: edition {request.edition}, {what}")
    return State(changed, headline(analyse(request)))


def _states(work: Workspace, request: Request, target: Target, tell: Callable[[str], None]) -> Iterator[State]:
    then = work.then
    earlier = request._replace(edition=str(then.edition))
    here = request._replace(edition=str(target.edition))
    work.settings_of_then()
    code = _with_the_code_of_today(work, earlier, target, tell)
    yield code
    work.data_of_now()
    unrevised = not code.lost and _raw_up_to(target, then.edition) == then.raw
    yield State("revised", code.headline) if unrevised else _tried("revised", earlier, tell)
    same = _settings(then.study_files) == _settings(record.study_files(target.study.name, target.root))
    yield State("new", None, as_today=True) if same else _tried("new", here, tell)
    work.settings_of_now()


def _with_the_code_of_today(work: Workspace, earlier: Request, target: Target, tell: Callable[[str], None]) -> State:
    then = work.then
    own = any(_own(target).glob("notebooks/*.ipynb")) or any(_own(target).glob("chapters/*.py"))
    if then.code == code_hash() and then.lock == lock_hash() and not own:
        return State("code", then.headline)  # the same input gives the same bytes: nothing is to be run
    absent = work.data_of_then()
    if absent:
        tell(f"1 of {len(PARTS)} is left out: the bytes of then are not at hand: {', '.join(absent)}")
        return State("code", None, absent=tuple(absent))
    return _tried("code", earlier, tell)


def _tried(changed: str, request: Request, tell: Callable[[str], None]) -> State:
    try:
        return run(changed, request, tell)
    except UserError as error:
        tell(f"It cannot be run: {error.what}")
        return State(changed, None, error=error.what)


def _own(target: Target) -> Path:
    return target.root / "studies" / target.study.name


def _raw_up_to(target: Target, edition: int) -> dict[str, str]:
    files = raw_files(target.study, edition, target.root)
    below = target.study.raw_root(target.root)
    found = zip((path.relative_to(below).as_posix() for path in files), hashes(files), strict=True)
    return {name: str(hash) for name, hash in found}


def _settings(files: dict[str, str]) -> dict[str, Any]:
    """What the study's files say, without what no number rests on; their text where it cannot be read."""
    said: dict[str, Any] = {}
    for name, text in files.items():
        try:
            content = yaml.safe_load(text)
        except yaml.YAMLError:
            content = text
        is_map = isinstance(content, dict)
        said[name] = {k: v for k, v in content.items() if k not in NO_NUMBERS} if is_map else content
    return said
