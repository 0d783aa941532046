"""`python -m tests.backtests [--accept] [NAME …]`: hold editions against what is kept, or keep them as they are now."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.backtests import keep
from tests.backtests.editions import EDITIONS


def main(arguments: list[str]) -> int:
    """Make each edition that is named (all where none is) and check or accept it; 1 where one moved, 2 for a slip."""
    accepting = "--accept" in arguments
    names = [name for name in arguments if name != "--accept"]
    known = [edition.name for edition in EDITIONS]
    if not set(names) <= set(known):
        sys.stderr.write(f"There is no back-test {sorted(set(names) - set(known))[0]}; there are {', '.join(known)}\n")
        return 2
    failed = False
    for edition in EDITIONS:
        if names and edition.name not in names:
            continue
        sys.stderr.write(f"{edition.name} …\n")
        with tempfile.TemporaryDirectory() as folder:
            results = edition.make(edition.prepare(Path(folder)))
        try:
            if accepting:
                line = keep.accept(edition.name, results)
                sys.stdout.write(f"Kept {edition.name}." + (f" For CHANGELOG.md:\n{line}\n" if line else "\n"))
            else:
                keep.check(edition.name, results)
                sys.stdout.write(f"{edition.name}: as kept.\n")
        except keep.MovedError as moved:
            failed = True
            sys.stdout.write(f"{moved}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
