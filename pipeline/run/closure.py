"""Which of the project's files a notebook depends on, found by reading imports, so that no more than that reruns."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pipeline.run.places import PACKAGE

Import = ast.Import | ast.ImportFrom


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


def imported_in_functions(files: list[Path]) -> list[str]:
    """Names of modules that files of the package import when a function of theirs is called, in the files' order."""
    inside = [_read(path)[1] for path in files if path.suffix == ".py" and path.is_relative_to(PACKAGE)]
    return list(dict.fromkeys(name for names in inside for name in names))


def _imports_of_file(path: Path) -> tuple[Path, ...]:
    return _read(path)[0]


@cache
def _read(path: Path) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Files of the package that a file imports, and modules that it imports inside functions; a file is read once a run."""
    relative = path.relative_to(PACKAGE.parent).with_suffix("")
    package, source = ".".join(relative.parts[:-1]), path.read_text(encoding="utf-8")
    # A package that gathers its modules by their names in the folder stands on all of them.
    gathered = sorted(path.parent.glob("*.py")) if "iter_modules(__path__)" in source else []
    found = list(_statements(ast.parse(source).body))
    inside = [name for node, in_function in found if in_function for name in _names(node)]
    files = [file for node, _ in found for file in _files(node, package)]
    return (*dict.fromkeys(files), *gathered), tuple(inside)


def _imports(source: str, package: str) -> Iterator[Path]:
    for node, _ in _statements(ast.parse(source).body):
        yield from _files(node, package)


def _statements(body: list[ast.stmt], in_function: bool = False) -> Iterator[tuple[Import, bool]]:
    """The imports among statements and in the blocks below them, and whether they stand in a function.

    An import is a statement: expressions, which are most of a file, are not looked through.
    """
    for node in body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node, in_function
            continue
        inside = in_function or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for block in ("body", "orelse", "finalbody"):
            yield from _statements(getattr(node, block, []), inside)
        for part in (*getattr(node, "handlers", []), *getattr(node, "cases", [])):
            yield from _statements(part.body, inside)


def _names(node: Import) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if node.module and not node.level else []


def _files(node: Import, package: str) -> Iterator[Path]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield from _module_files(alias.name)
        return
    parent = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
    base = ".".join([*parent, *([node.module] if node.module else [])])
    yield from _module_files(base)
    for alias in node.names:
        yield from _module_files(f"{base}.{alias.name}")


@cache
def _module_files(name: str) -> tuple[Path, ...]:
    """The module's file and the `__init__.py` of each package above it; nothing for what is not the project's."""
    parts = name.split(".")
    if parts[0] != PACKAGE.name:
        return ()
    stems = (PACKAGE.parent.joinpath(*parts[:end]) for end in range(1, len(parts) + 1))
    candidates = (path for stem in stems for path in (stem / "__init__.py", stem.with_suffix(".py")))
    return tuple(path for path in candidates if path.is_file())
