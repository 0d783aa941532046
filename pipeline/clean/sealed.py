"""What the cleaning step reads of each file, kept for its next run, so that it reads those files that are new.

Persons stand there by name and number as the office wrote them, so each is sealed (AES-256-GCM): with a key that is made of
the file's own bytes and of the key of pseudonyms (HMAC, RFC 2104). Who has not both cannot open it, and who has both has no
need to; when the raw file is gone, nothing of it can be read here any more.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import pickle
import re
import secrets
import stat
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pipeline.installed import CODE, made_by, whole_code
from pipeline.private import FILE_MODE, private_folder
from pipeline.sources.kinds import PASSWORD_VARIABLE
from pipeline.sources.table import SourceSpec

Part = TypeVar("Part")
_NAME = re.compile(r"[0-9a-f]{64}(\.\d+)?")
_NONCE = 12
"""Bytes, as the mode of the cipher has it (NIST SP 800-38D, 8.2.2)."""


class Sealed:
    """The parts of one study. Those that a run neither opened nor made are dropped at its end (`sweep`).

    Args:
        folder: Where they lie.
        key: The study's key of pseudonyms; None keeps nothing.
    """

    def __init__(self, folder: Path, key: bytes | None) -> None:
        self._folder, self._key = folder, key
        self.used: set[str] = set()
        """Names of the parts that were asked for."""

    def part(self, path: Path, told: str, read: Callable[[], Part]) -> Part:
        """What `read` makes of a file; what it made of the same bytes before, where that is kept.

        Args:
            path: The file.
            told: Everything else that `read` goes by.
            read: Reads the file.
        """
        seen = _look(path) if self._key is not None and _by() else None
        if self._key is None or seen is None:
            return read()  # which says what is wrong with the file, where something is
        told = "\n".join((told, _by(), os.environ.get(PASSWORD_VARIABLE, "")))
        secret = hmac.digest(self._key, told.encode() + b"\0" + seen[1], "sha512")
        name, seal = hashlib.sha256(secret[32:]).hexdigest(), secret[:32]
        found = self._open(name, seal)
        if found is None:
            found = read()
            if _look(path) == seen:  # else it is not known which bytes were read
                self._seal(name, seal, found)
        self.used.add(name)
        return found

    def sweep(self) -> None:
        """Drop the parts that nobody asked for; whatever else lies there stays."""
        for path in self._folder.glob("*") if _ours(self._folder) else ():
            if _NAME.fullmatch(path.name) and path.name not in self.used:
                with contextlib.suppress(OSError):
                    path.unlink()

    def _open(self, name: str, seal: bytes) -> Any:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        if not _ours(self._folder):
            return None
        try:
            held = (self._folder / name).read_bytes()
            plain = AESGCM(seal).decrypt(held[:_NONCE], held[_NONCE:], name.encode())
        except (OSError, InvalidTag, ValueError):
            return None
        return pickle.loads(plain)  # noqa: S301 - nobody seals without the file and the key

    def _seal(self, name: str, seal: bytes, part: object) -> None:
        """Keep a part; where that cannot be done (a full disk, more than the cipher takes) it is not kept, and no more."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(_NONCE)
        fresh = self._folder / f"{name}.{os.getpid()}"
        with contextlib.suppress(OSError, OverflowError, MemoryError):
            held = nonce + AESGCM(seal).encrypt(nonce, pickle.dumps(part, protocol=5), name.encode())
            if not self._folder.exists():
                private_folder(self._folder)
            if _ours(self._folder):
                fresh.touch(FILE_MODE)
                fresh.write_bytes(held)
                fresh.replace(self._folder / name)


def told_of(spec: SourceSpec) -> tuple[object, ...]:
    """All that the readers go by of what a study says of a file."""
    columns = [(name, *headings) for name, headings in spec.columns.items()]
    return (spec.file, spec.sheet, spec.encoding, spec.separator, spec.decimal, [*spec.missing], columns)


def _ours(folder: Path) -> bool:
    """Whether nobody else could have put anything into a folder: a part is a program for who opens it."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & 0o022


def _look(path: Path) -> tuple[tuple[int, ...], bytes] | None:
    """A file's marks, which every writing changes, and its bytes; None where it cannot be read."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            return (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns), file.read()
    except OSError:
        return None


@cache
def _by() -> str:
    """What reads: the code and the software; blank where the code on the disk is no longer that which was loaded."""
    return made_by(_LOADED)


_LOADED = os.environ.get(CODE) or whole_code()
