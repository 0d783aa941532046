"""Where things lie: the code, the data's root, and names of files that do not depend on either's place on the disk.

Nothing here imports the study's model: that a report is up to date is known before a library is loaded.
"""

from __future__ import annotations

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
CODE = PACKAGE.parent
"""The repository: the package and its notebooks."""
NOTEBOOKS = CODE / "notebooks"
_PREFIX = "code:"
_CODE, _PACKAGE, _NOTEBOOKS = (os.fspath(place) for place in (CODE, PACKAGE, NOTEBOOKS))


def name_of(path: Path | str, root: Path) -> str:
    """A file's name in records: "code:pipeline/plan.py" for the project's own, else its path below the data's root."""
    place = os.fspath(path)
    for own in (_PACKAGE, _NOTEBOOKS):
        if place == own or place.startswith(own + os.sep):
            return _PREFIX + Path(place[len(_CODE) + 1 :]).as_posix()
    below = os.fspath(root) + os.sep
    return Path(place.removeprefix(below)).as_posix()


def path_of(name: str, root: Path) -> Path:
    """The file that a record names, here and now."""
    return CODE / name.removeprefix(_PREFIX) if name.startswith(_PREFIX) else root / name


def shown(name: str) -> str:
    """A record's name as a person reads it."""
    return name.removeprefix(_PREFIX)
