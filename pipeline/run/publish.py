"""Publication: the finished draft takes the place of the last good report in one exchange; there is always a report."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from pipeline.content import files_below, hash_of
from pipeline.errors import StepError
from pipeline.private import made_public, open_to_all
from pipeline.run.places import name_of
from pipeline.run.steps import Target

NOT_PUBLISHED = ("report.md", ".*", "figures", "*.csl", "references.json", "chains.json", "*.partial")
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2


def publish(target: Target, lang: str, record: dict[str, Any]) -> bool:
    """Put the finished draft of a language where readers find it; False where those files lie there already.

    Args:
        target: Where draft and report lie.
        lang: The language.
        record: The report step's record, which knows the draft's files and hashes.

    Raises:
        StepError: The draft is not the one that the step made; the last report stays as it was.
    """
    repair(target.published(lang))
    if is_published(target, lang, record):
        return False
    publish_folder(target.draft(lang), target.published(lang), _wanted(target, lang, record))
    return True


def is_published(target: Target, lang: str, record: dict[str, Any]) -> bool:
    """Whether the files of the draft, and no others, lie where readers find them."""
    return _held(target.published(lang)) == _wanted(target, lang, record)


def _wanted(target: Target, lang: str, record: dict[str, Any]) -> dict[str, str | None]:
    """The files that the step made and readers get, by hash."""
    before = name_of(target.draft(lang), target.root) + "/"
    made = {n.removeprefix(before): hash for n, hash in record["outputs"].items() if n.startswith(before)}
    return {name: hash for name, hash in made.items() if not _left_out(name)}


def _held(folder: Path) -> dict[str, str | None]:
    return {path.relative_to(folder).as_posix(): hash_of(path) for path in files_below(folder)}


def publish_folder(draft: Path, final: Path, wanted: dict[str, str | None] | None = None) -> None:
    """Let a finished draft take the place of `final`; files no longer made disappear with the old one.

    Where copying fails, on a full disk for one, `final` stays as it was and the copy is removed.

    Raises:
        StepError: The copy does not hold the `wanted` files, by hash.
    """
    repair(final)
    fresh, old = _beside(final)
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        with made_public():
            final.parent.mkdir(parents=True, exist_ok=True)
            _copy(draft, fresh)
        if wanted is not None and _held(fresh) != wanted:
            raise StepError(
                "The draft of the report was changed after it was made.",
                where=draft.as_posix(),
                expected="the files that the last step wrote, by their hash",
                todo="Type the same command again: the step writes them anew.",
            )
        open_to_all(fresh)
        for path in [*files_below(fresh), fresh]:
            _to_disk(path)
        if not final.exists():
            fresh.rename(final)
        elif not exchange(fresh, final):
            final.rename(old)  # a file system without exchange: for a moment there are two names and neither is `final`
            fresh.rename(final)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)


def _copy(draft: Path, fresh: Path) -> None:
    """What readers get, file by file: the first that cannot be written is the one that is told."""
    fresh.mkdir()
    for path in files_below(draft):
        name = path.relative_to(draft)
        if not _left_out(name.as_posix()):
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, fresh / name)


def repair(final: Path) -> None:
    """Undo what a run left that was killed between two renames."""
    fresh, old = _beside(final)
    if old.exists() and not final.exists():
        old.rename(final)
    shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(fresh, ignore_errors=True)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders' names in one step of the file system; False where it cannot."""
    library = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        return hasattr(library, "renamex_np") and library.renamex_np(first, second, _RENAME_SWAP) == 0
    if not hasattr(library, "renameat2"):
        return False
    return bool(library.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE) == 0)


def _beside(final: Path) -> tuple[Path, Path]:
    return final.with_name(f".{final.name}.new"), final.with_name(f".{final.name}.old")


def _left_out(name: str) -> bool:
    return any(fnmatch(part, pattern) for part in name.split("/") for pattern in NOT_PUBLISHED)


def _to_disk(path: Path) -> None:
    """The bytes are on the disk before the name points to them: a power cut leaves the old report or the new one."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
