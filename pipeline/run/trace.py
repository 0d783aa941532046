"""What a step really read: files, lists of names and values of its study, noted in the kernel while it runs.

An audit hook sees every file that Python opens and hashes it at its first opening, so that the record holds the bytes
that were read, not those that lie there later. Files that were looked for in vain and folders that were listed count as
read too: a file that is added is a change. What compiled libraries open by themselves (Parquet) is noted by whoever asks
them. Of the study, the values that were used count, by their keys. Outside a run nothing of this is active.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from pipeline.content import look, names_in
from pipeline.languages.catalogue import listen
from pipeline.run.places import PACKAGE

_CODE_ENDINGS = (".py", ".pyc", ".pyi", ".ipynb")
"""Code counts by what a step imports, not by what is opened: kernels are forked with their libraries loaded."""
_READ_AS_DATA = ("build", "studies")
"""Where code is a file like others: executed notebooks, a study's own chapters and notebooks."""
_LISTED = ("studies", "languages", "assets", "text")
"""Folders whose lists of names are inputs; those of build/ and data/ are the steps' own business."""
_DATA = ("studies", "build", "data", "reports")
_OWN_HIDDEN = ("build", "reports")
"""Where hidden files are this project's own half-made ones; one that lies among the data is data to who reads it."""
active: Trace | None = None


class Trace:
    """Notes of one process, each written down at once: a kernel that is killed leaves what it had read so far.

    Args:
        root: Where `studies/`, `data/` and `build/` lie.
    """

    def __init__(self, root: Path) -> None:
        self.notes: list[dict[str, Any]] = []
        self._root, self._package = os.path.abspath(root) + os.sep, str(PACKAGE) + os.sep
        self._sink: int | None = None
        self._known: set[str] = set()
        self._made: set[str] = set()
        self._local = threading.local()
        self._kind = "file"

    def write_to(self, path: Path) -> None:
        """From now on notes go to a file, those made so far (while libraries were imported) first."""
        self._sink = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        for note in self.notes:
            self._send(note)

    def read(self, path: str | os.PathLike[str]) -> None:
        """Note that a file is about to be read, with the hash of its bytes."""
        place = self._place(path)
        if place is None or place in self._known or self._own_work(place):
            return
        with self.unseen():
            seen = look(Path(place))
        self._note(place, {self._kind: place, "hash": seen.hash, "mark": seen.mark})

    def missed(self, path: str | os.PathLike[str]) -> None:
        """Note that a file was looked for and is not there."""
        place = self._place(path)
        if place is not None and not self._own_work(place):
            self._note(place, {self._kind: place, "hash": None, "mark": ""})

    def made(self, path: str | os.PathLike[str]) -> None:
        """Note that a file or folder is being made by this step."""
        place = self._place(path)
        if place is not None and place not in self._made:
            self._made.add(place)
            self._note("made " + place, {"made": place})

    def listed(self, folder: str | os.PathLike[str]) -> None:
        """Note that the names in a folder were asked for."""
        place = self._place(folder)
        below = (place or "").removeprefix(self._root).removeprefix(self._package).split(os.sep)
        if place is None or "names " + place in self._known:
            return
        if not self._own_work(place) and any(part in below for part in _LISTED):
            with self.unseen():
                found = names_in(Path(place))
            self._note("names " + place, {"names": place, "hash": found})

    def word(self, lang: str, name: str, fingerprint: str | None) -> None:
        """Note that a message of a catalogue was asked for."""
        if not getattr(self._local, "unseen", False):
            self._note(f"word {lang}/{name}", {"word": f"{lang}/{name}", "hash": fingerprint})

    def key(self, path: str, value: Any) -> None:
        """Note that a value of the study was used."""
        self._note("key " + path, {"key": path, "value": value})

    @contextlib.contextmanager
    def of_the_study(self) -> Iterator[None]:
        """What is read inside is the study file and what belongs to it."""
        self._kind = "study"
        try:
            yield
        finally:
            self._kind = "file"

    def on_event(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Python's audit hook."""
        if event == "open":
            path, _, flags = arguments
            if isinstance(path, str | bytes | os.PathLike) and isinstance(flags, int):
                writes = flags & (os.O_WRONLY | os.O_RDWR)
                (self.made if writes else self.read)(os.fsdecode(path))
        elif event == "os.rename":
            self.made(os.fsdecode(arguments[1]))
        elif event in ("os.listdir", "os.scandir") and isinstance(arguments[0], str):
            self.listed(arguments[0])

    def _own_work(self, place: str) -> bool:
        return any(place == made or place.startswith(made + os.sep) for made in self._made)

    def _place(self, path: str | os.PathLike[str]) -> str | None:
        """The absolute path, or None where it is none of ours."""
        if getattr(self._local, "unseen", False):
            return None
        place = os.path.abspath(path)
        code = place.endswith(_CODE_ENDINGS)
        if place.startswith(self._package):
            return None if code or "__pycache__" in place else place
        parts = place.removeprefix(self._root).split(os.sep) if place.startswith(self._root) else [""]
        if code and parts[0] not in _READ_AS_DATA:
            return None
        own = parts[0] in _OWN_HIDDEN and any(part.startswith(".") for part in parts)
        return place if parts[0] in _DATA and not own else None

    @contextlib.contextmanager
    def unseen(self) -> Iterator[None]:
        """What is read inside counts for nothing."""
        self._local.unseen = True
        try:
            yield
        finally:
            self._local.unseen = False

    def _note(self, known: str, note: dict[str, Any]) -> None:
        if known in self._known:
            return
        self._known.add(known)
        if self._sink is None:
            self.notes.append(note | {"by": _reader(), "loading": True})
        else:
            self._send(note)

    def _send(self, note: dict[str, Any]) -> None:
        assert self._sink is not None
        os.write(self._sink, (json.dumps(note, ensure_ascii=False, default=str) + "\n").encode())


def start(root: Path) -> Trace:
    """Trace this process from now on; once a process."""
    global active
    active = Trace(root)
    sys.addaudithook(active.on_event)
    os.stat = _asking(active)  # `is_file` and `exists` raise no audit event
    listen(active.word, active.unseen)
    return active


def _asking(trace: Trace) -> Any:
    ask = os.stat

    def stat(path: Any, *args: Any, **options: Any) -> os.stat_result:
        try:
            return ask(path, *args, **options)
        except (FileNotFoundError, NotADirectoryError):
            if isinstance(path, str | os.PathLike):
                trace.missed(os.fsdecode(path))
            raise

    return stat


def _reader() -> str:
    """The project's module that does what is being noted: the innermost of its frames outside this folder."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(str(PACKAGE)) and os.sep + "run" + os.sep not in name:
            return name
        frame = frame.f_back
    return ""
