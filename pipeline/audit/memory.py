"""What an earlier audit by the same code found clean, by content: the same bytes are not searched twice.

A list of hashes in the build folder, dropped where the code or any installed package is another. Only what was found clean
stands in it; a finding is found again each time. The list is closed to others like everything in that folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from pipeline.content import digest, look
from pipeline.found import keep_found, read_found


class Memory:
    """One audit's memory.

    Args:
        path: The list's file.
        by: What audits: a hash of the code and of the software.
    """

    def __init__(self, path: Path, by: str) -> None:
        self._path, self.by = path, by
        self._known, self._seen = set[str](read_found(path, by) or ()), set[str]()

    def clean(self, key: Key) -> bool:
        """Whether this was found clean before."""
        if key.content in self._known:
            self._seen.add(key.content)
        return key.content in self._known

    def found_clean(self, before: Key, after: Key) -> None:
        """Note that nothing was found in this, where it was no other while it was attacked."""
        if before == after:
            self._known.add(before.content)
            self._seen.add(before.content)

    def keep(self) -> None:
        """Write down what was asked for, for the next audit; what nobody asked for is forgotten."""
        keep_found(self._path, self.by, sorted(self._seen))


class Key(NamedTuple):
    """What was attacked: a hash of its content, and marks of its files that nobody can bring back (`content.Seen`)."""

    content: str
    marks: str


def key_of(files: Iterable[tuple[str, Path]], *told: str) -> Key:
    """One key over files, by the names under which they are known, and further words; a file that is not there counts.

    Where two keys are the same, before and after something was attacked, it was no other meanwhile.
    """
    seen = [(name, look(path)) for name, path in files]
    content = json.dumps([told, [(name, one.hash) for name, one in seen]])
    return Key(digest(content), digest(json.dumps([one.mark for _, one in seen])))
