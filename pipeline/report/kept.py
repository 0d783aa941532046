"""Finished volumes by the content of all that they are made of: a changed sentence writes those anew in which it stands.

Beside a draft lies a folder with one entry a volume and format, and one for each chapter that was read of the source, or
written of the page. An entry is named by the hash of its document, of every other file that it is made with, of this
package's code and of the installed software; it says the hash of each of its files. One that was cut off, or that somebody
edited, is none.
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
        self._made = False

    def take(self, key: str, into: Path) -> bool:
        """Copy an entry's files to their places in a project; False where there is no whole entry of that name."""
        content = self.recall(key)
        for name, made in content.items():
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            (into / name).write_bytes(made)
        return bool(content)

    def recall(self, key: str) -> dict[str, bytes]:
        """An entry's files by name; empty where there is no whole entry of that name."""
        if self._folder is None:
            return {}
        place = self._folder / key
        try:
            held = json.loads((place / _HELD).read_text(encoding="utf-8"))
            content = {name: (place / _place(number, name)).read_bytes() for number, name in enumerate(held)}
        except (OSError, ValueError, TypeError):
            return {}
        if any(hashlib.sha256(content[name]).hexdigest() != hash for name, hash in held.items()):
            return {}
        self._used.add(key)
        return content

    def put(self, key: str, project: Path, names: Iterable[str]) -> None:
        """Keep files of a project under a name; a disk that is full keeps nothing and stops nothing."""
        with contextlib.suppress(OSError):
            self.hold(key, {name: (project / name).read_bytes() for name in names})

    def hold(self, key: str, content: Mapping[str, bytes]) -> None:
        """Keep files by name under a name; a disk that is full keeps nothing and stops nothing."""
        if self._folder is None:
            return
        fresh, place = self._folder / f"{key}.new", self._folder / key
        with contextlib.suppress(OSError):
            for folder in (fresh, place):
                shutil.rmtree(folder, ignore_errors=True)
            fresh.mkdir(parents=True)
            held = {}
            for number, (name, made) in enumerate(content.items()):
                (fresh / _place(number, name)).write_bytes(made)
                held[name] = hashlib.sha256(made).hexdigest()
            (fresh / _HELD).write_text(json.dumps(held), encoding="utf-8")
            fresh.rename(place)
        self._used.add(key)
        self._made = True

    def sweep(self) -> None:
        """Drop what the rendering had no use for; one that made nothing anew had no need to ask for all that it rests on."""
        for place in self._folder.glob("*") if self._folder is not None and self._made else ():
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


def file_hashes(folder: Path) -> dict[str, str]:
    """The files of a project by name: figures, templates, style sheets, typefaces, each with its hash."""
    return _hashes({path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()})


def surroundings(files: Mapping[str, str], without: Iterable[str] = ()) -> str:
    """One hash over files by name and content (`file_hashes`)."""
    lines = (f"{name} {files[name]}\n" for name in sorted(files.keys() - set(without)))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


@cache
def _tools() -> str:
    """What writes and finishes: this package's code and filters, Python and every installed package by its version."""
    sources = {
        path.relative_to(PACKAGE).as_posix(): path
        for path in sorted(PACKAGE.rglob("*"))
        if path.is_file() and path.suffix != ".pyc"
    }
    return json.dumps([surroundings(_hashes(sources)), software()])


def _hashes(files: Mapping[str, Path]) -> dict[str, str]:
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
