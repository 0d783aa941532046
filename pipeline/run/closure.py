"""Which of the project's files a notebook depends on, found by reading imports, so that no more than that reruns."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pipeline.run.places import PACKAGE


def code_dependencies(source: str) -> list[Path]:
    """Files of the package that the Python text `source` imports, directly or through other modules; sorted.

    The files in the folder `assets` of a package count with its modules: templates, filters, style sheets.
    """
    found: set[Path] = set()
    waiting = list(_imports(source, "pipeline"))
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imports_of_file(path)
    assets = {file for path in found for file in _assets(path.parent)}
    return sorted(found | assets)


def imported_modules(source: str) -> list[str]:
    """Names of the package's modules that the Python text imports itself, in its order."""
    files = [path.relative_to(PACKAGE.parent) for path in _imports(source, "pipeline")]
    names = [".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in files]
    return list(dict.fromkeys(names))


@cache
def _assets(folder: Path) -> tuple[Path, ...]:
    return tuple(path for path in (folder / "assets").rglob("*") if path.is_file() and path.suffix != ".pyc")


@cache
def _imports_of_file(path: Path) -> tuple[Path, ...]:
    relative = path.relative_to(PACKAGE.parent).with_suffix("")
    parts, source = relative.parts[:-1], path.read_text(encoding="utf-8")
    # A package that gathers its modules by their names in the folder stands on all of them.
    gathered = sorted(path.parent.glob("*.py")) if "iter_modules(__path__)" in source else []
    return (*_imports(source, ".".join(parts)), *gathered)


def _imports(source: str, package: str) -> Iterator[Path]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from _module_files(alias.name)
        elif isinstance(node, ast.ImportFrom):
            parent = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*parent, *([node.module] if node.module else [])])
            yield from _module_files(base)
            for alias in node.names:
                yield from _module_files(f"{base}.{alias.name}")


def _module_files(name: str) -> Iterator[Path]:
    """The module's file and the `__init__.py` of each package above it; nothing for what is not the project's."""
    parts = name.split(".")
    if parts[0] != PACKAGE.name:
        return
    for end in range(1, len(parts) + 1):
        stem = PACKAGE.parent.joinpath(*parts[:end])
        for candidate in (stem / "__init__.py", stem.with_suffix(".py")):
            if candidate.is_file():
                yield candidate
