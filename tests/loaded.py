"""Which libraries a piece of code loads, in a process of its own."""

from __future__ import annotations

import subprocess
import sys


def loaded(code: str) -> set[str]:
    """Names of all modules, without their parts, that are loaded when this Python text has run."""
    told = f"{code}\nimport sys\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    return set(done.stdout.split())
