"""What an earlier audit by the same code found clean, by content: the same bytes are not searched twice.

A list of hashes in the build folder, dropped where the code or any installed package is another. Only what was found clean
stands in it; a finding is found again each time. The list is closed to others like everything in that folder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from pipeline.private import FILE_MODE


class Memory:
    """One audit's memory.

    Args:
        path: The list's file.
        by: What audits: a hash of the code and of the software.
    """

    def __init__(self, path: Path, by: str) -> None:
        self._path, self._by = path, by
        self._known, self._seen = self._read(), set[str]()

    def clean(self, key: str) -> bool:
        """Whether this was found clean before."""
        if key in self._known:
            self._seen.add(key)
        return key in self._known

    def found_clean(self, key: str) -> None:
        """Note that nothing was found in this."""
        self._known.add(key)
        self._seen.add(key)

    def keep(self) -> None:
        """Write down what was asked for, for the next audit; what nobody asked for is forgotten."""
        partial = self._path.with_suffix(".partial")
        text = "\n".join(sorted(self._seen))
        content = {"by": self._by, "clean": sorted(self._seen), "sum": _digest(self._by + text)}
        partial.touch(FILE_MODE)
        partial.write_text(json.dumps(content, indent=0), encoding="utf-8")
        partial.replace(self._path)

    def _read(self) -> set[str]:
        try:
            held = json.loads(self._path.read_text(encoding="utf-8"))
            text = "\n".join(held["clean"])
            whole = held["by"] == self._by and held["sum"] == _digest(self._by + text)
        except (OSError, ValueError, KeyError, TypeError):
            return set()
        return set(held["clean"]) if whole else set()


def key_of(files: Iterable[tuple[str, Path]], *told: str) -> str:
    """One hash over files, by the names under which they are known, and further words; a file that is not there counts."""
    digest = hashlib.sha256(json.dumps(told).encode())
    for name, path in files:
        try:
            held = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            held = "not there"
        digest.update(f"{name} {held}\n".encode())
    return digest.hexdigest()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
