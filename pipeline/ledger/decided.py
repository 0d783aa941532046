"""What the gate decided about the same ledgers before, so that a changed sentence does not ask every linear programme again.

Only the places that were hidden are kept, by the content of all ledgers, in a run's kernels and by the code that they have
loaded. The audit never goes by it: it decides anew what may be shown, and holds what lies beside a report against that.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.found import keep_found, read_found
from pipeline.installed import CODE, software, whole_code
from pipeline.ledger.cells import System
from pipeline.ledger.counts import Thresholds
from pipeline.ledger.disclosure import Hidden, protect

FILE = ".decided.json"


class Decided:
    """The decisions about one edition's ledgers, in the order in which the gate asks for them.

    Args:
        folder: The ledgers' folder; the file lies beside it.
        contents: Their bytes.
    """

    def __init__(self, folder: Path, contents: Sequence[bytes]) -> None:
        self._code = os.environ.get(CODE, "")
        self._path = folder.parent / FILE
        self._by = f"{self._code} {json.dumps(software())}"
        self._key = hashlib.sha256(b"".join(hashlib.sha256(content).digest() for content in contents)).hexdigest()
        held = read_found(self._path, self._by) if self._code else None
        self._held = [_hidden(one) for one in held["hidden"]] if held and held["key"] == self._key else []
        self._made: list[Hidden] = []

    def protect(self, system: System, thresholds: Thresholds) -> Hidden:
        """As `disclosure.protect`."""
        if self._held:
            return self._held.pop(0)
        self._made.append(protect(system, thresholds))
        return self._made[-1]

    def keep(self) -> None:
        """Write down what was decided anew; nothing where other code lies there than was loaded."""
        if self._made and self._code and whole_code() == self._code:
            with contextlib.suppress(OSError):
                keep_found(self._path, self._by, {"key": self._key, "hidden": [_plain(one) for one in self._made]})


def _plain(hidden: Hidden) -> list[Any]:
    return [[measure, sorted(place, key=str), rule] for (measure, place), rule in hidden.rules.items()]


def _hidden(held: list[Any]) -> Hidden:
    return Hidden({(measure, frozenset((name, at) for name, at in place)): rule for measure, place, rule in held})
