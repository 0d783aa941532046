"""Finished volumes by the content of all that they are made of: a changed sentence writes those anew in which it stands.

Beside a draft lies a folder with one entry a volume and format. An entry is named by the hash of its volume's document, of
every other file of the project, of this package's code and of the installed software; it says the hash of each of its files.
One that was cut off, or that somebody edited, is none.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.installed import software

PACKAGE = Path(__file__).resolve().parent
_HELD = "held.json"
"""An entry's list of its files with their hashes; it is written last."""


class Kept:
    """The entries of one draft. Those that a rendering neither took nor made are dropped at its end (`sweep`).

    Args:
        folder: Where they lie; None keeps nothing.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._used: set[str] = set()

    def take(self, key: str, into: Path) -> bool:
        """Copy an entry's files to their places in a project; False where there is no whole entry of that name."""
        if self._folder is None:
            return False
        place = self._folder / key
        try:
            held = json.loads((place / _HELD).read_text(encoding="utf-8"))
            content = {name: (place / _place(number, name)).read_bytes() for number, name in enumerate(held)}
        except (OSError, ValueError, TypeError):
            return False
        if any(hashlib.sha256(content[name]).hexdigest() != hash for name, hash in held.items()):
            return False
        for name, made in content.items():
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            (into / name).write_bytes(made)
        self._used.add(key)
        return True

    def put(self, key: str, project: Path, names: Iterable[str]) -> None:
        """Keep files of a project under a name; a disk that is full keeps nothing and stops nothing."""
        if self._folder is None:
            return
        fresh, place = self._folder / f"{key}.new", self._folder / key
        with contextlib.suppress(OSError):
            for folder in (fresh, place):
                shutil.rmtree(folder, ignore_errors=True)
            fresh.mkdir(parents=True)
            held = {}
            for number, name in enumerate(names):
                made = (project / name).read_bytes()
                (fresh / _place(number, name)).write_bytes(made)
                held[name] = hashlib.sha256(made).hexdigest()
            (fresh / _HELD).write_text(json.dumps(held), encoding="utf-8")
            fresh.rename(place)
        self._used.add(key)

    def sweep(self) -> None:
        """Drop what the rendering had no use for."""
        for place in self._folder.glob("*") if self._folder is not None else ():
            if place.name not in self._used:
                shutil.rmtree(place, ignore_errors=True)


def _place(number: int, name: str) -> str:
    """A file's name in its entry; it keeps its ending, by which the audit knows what to search."""
    return f"{number}{Path(name).suffix}"


def key_of(document: bytes, surroundings: str, said: Mapping[str, Any]) -> str:
    """Name of an entry.

    Args:
        document: The volume's document.
        surroundings: What `surroundings` gave for the project's other files.
        said: Format, volume, clock and whatever else the writer is told.
    """
    told = json.dumps({**said, "surroundings": surroundings, "tools": _tools()}, sort_keys=True, default=str)
    return hashlib.sha256(told.encode() + b"\n" + document).hexdigest()


def surroundings(folder: Path, without: Iterable[str] = ()) -> str:
    """One hash over the files of a project by name and content: figures, templates, style sheets, typefaces."""
    left_out = set(without)
    names = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return _hash_of({name: names[name] for name in sorted(names.keys() - left_out)})


@cache
def _tools() -> str:
    """What writes and finishes: this package's code and filters, Python and every installed package by its version."""
    sources = {
        path.relative_to(PACKAGE).as_posix(): path
        for path in sorted(PACKAGE.rglob("*"))
        if path.is_file() and path.suffix != ".pyc"
    }
    return json.dumps([_hash_of(sources), software()])


def _hash_of(files: Mapping[str, Path]) -> str:
    digest = hashlib.sha256()
    for name, path in files.items():
        digest.update(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()
