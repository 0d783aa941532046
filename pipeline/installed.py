"""What is installed, told without loading any of it."""

from __future__ import annotations

import platform
import sysconfig
from pathlib import Path


def software() -> dict[str, str]:
    """Python, the platform, and the version of every installed package: the names of their `.dist-info` folders."""
    found = {"Python": platform.python_version(), "platform": f"{platform.system()} {platform.machine()}"}
    for place in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}:
        for folder in Path(place).glob("*.dist-info"):
            package, _, version = folder.name.removesuffix(".dist-info").partition("-")
            found[package.lower().replace("_", "-")] = version
    return dict(sorted(found.items()))
