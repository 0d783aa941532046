"""What is installed, the project's own code among it, told without loading any of it."""

from __future__ import annotations

import json
import platform
import sysconfig
from pathlib import Path

from pipeline.content import digest, hashes

PACKAGE = Path(__file__).resolve().parent
CODE = "EVALUATION_CODE"
"""Names to a run's kernels the code that lay there before anything of it was loaded (`whole_code`)."""


def software() -> dict[str, str]:
    """Python, the platform, and the version of every installed package: the names of their `.dist-info` folders."""
    found = {"Python": platform.python_version(), "platform": f"{platform.system()} {platform.machine()}"}
    for place in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}:
        for folder in Path(place).glob("*.dist-info"):
            package, _, version = folder.name.removesuffix(".dist-info").partition("-")
            found[package.lower().replace("_", "-")] = version
    return dict(sorted(found.items()))


def whole_code() -> str:
    """One hash over the package's sources and the project's notebooks, by path and content."""
    files = [*PACKAGE.rglob("*.py"), *(PACKAGE.parent / "notebooks").glob("*.ipynb")]
    names = (path.relative_to(PACKAGE.parent).as_posix() for path in files)
    return digest(json.dumps(sorted((name, hash or "") for name, hash in zip(names, hashes(files), strict=True))))


def made_by(code: str) -> str:
    """The code and the software of today, by which what they found may be taken for known.

    Blank, which takes nothing for known, where other code lies there now: which of it is loaded cannot be told.

    Args:
        code: What lay there before anything of it was loaded (`whole_code`).
    """
    return f"{code} {json.dumps(software())}" if whole_code() == code else ""
