"""Which of the project's files a notebook depends on, found by reading imports, so that no more than that reruns."""

from __future__ import annotations

import ast
import contextlib
import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.found import keep_found, read_found
from pipeline.run.places import PACKAGE


class Import(NamedTuple):
    """An import statement: `import names`, or `from module import names` (`out_of`) with so many dots (`level`)."""

    out_of: bool
    module: str
    level: int
    names: list[str]
    in_function: bool


@cache
def code_dependencies(source: str) -> tuple[Path, ...]:
    """Files of the package that the Python text `source` imports, directly or through other modules; sorted.

    The files in the folder `assets` of a package count with its modules: templates, filters, style sheets.
    As the files are read once a run, so is what a text depends on.
    """
    found: set[Path] = set()
    waiting = list(_imports(source, "pipeline"))
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imports_of_file(path)
    folders = {os.path.dirname(path) for path in found}
    assets = {file for folder in folders for file in _assets(folder)}
    return tuple(sorted(found | assets, key=str))


def imported_modules(source: str) -> list[str]:
    """Names of the package's modules that the Python text imports itself, in its order."""
    files = [path.relative_to(PACKAGE.parent) for path in _imports(source, "pipeline")]
    names = [".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in files]
    return list(dict.fromkeys(names))


@cache
def _assets(folder: str) -> tuple[Path, ...]:
    return tuple(path for path in Path(folder, "assets").rglob("*") if path.is_file() and path.suffix != ".pyc")


def imported_in_functions(files: Iterable[Path]) -> list[str]:
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
    found = _statements_of(source)
    inside = [name for one in found if one.in_function for name in _names(one)]
    files = [file for one in found for file in _files(one, package)]
    return (*dict.fromkeys(files), *gathered), tuple(inside)


def _imports(source: str, package: str) -> Iterator[Path]:
    for one in _statements_of(source):
        yield from _files(one, package)


def _statements_of(source: str) -> list[Import]:
    """The imports of a Python text: known by its content, or read from its tree, which takes most of a look's time."""
    key = hashlib.sha256(source.encode()).hexdigest()
    if key not in _known:
        _known[key] = _parsed(source)
    _asked.add(key)
    return _known[key]


def _parsed(source: str) -> list[Import]:
    return list(_statements(ast.parse(source).body))


_known: dict[str, list[Import]] = {}
_asked: set[str] = set()


@contextmanager
def remembered(path: Path) -> Iterator[None]:
    """What was read of the texts' trees is kept in a file for the next look, by the content of each text."""
    by = hashlib.sha256(Path(__file__).read_bytes() + sys.version.encode()).hexdigest()
    held = read_found(path, by)
    _known.update({key: [Import(*one) for one in found] for key, found in (held or {}).items()})
    yield
    texts = {key: [list(one) for one in _known[key]] for key in sorted(_asked)}
    if texts != held:
        with contextlib.suppress(OSError):  # a build folder that cannot be written to is told by what needs it
            keep_found(path, by, texts)


def _statements(body: list[ast.stmt], in_function: bool = False) -> Iterator[Import]:
    """The imports among statements and in the blocks below them, and whether they stand in a function.

    An import is a statement: expressions, which are most of a file, are not looked through.
    """
    for node in body:
        if isinstance(node, ast.Import):
            yield Import(False, "", 0, [alias.name for alias in node.names], in_function)
            continue
        if isinstance(node, ast.ImportFrom):
            yield Import(True, node.module or "", node.level, [alias.name for alias in node.names], in_function)
            continue
        inside = in_function or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for block in ("body", "orelse", "finalbody"):
            yield from _statements(getattr(node, block, []), inside)
        for part in (*getattr(node, "handlers", []), *getattr(node, "cases", [])):
            yield from _statements(part.body, inside)


def _names(one: Import) -> list[str]:
    if not one.out_of:
        return one.names
    return [one.module] if one.module and not one.level else []


def _files(one: Import, package: str) -> Iterator[Path]:
    if not one.out_of:
        for name in one.names:
            yield from _module_files(name)
        return
    parent = package.split(".")[: len(package.split(".")) - one.level + 1] if one.level else []
    base = ".".join([*parent, *([one.module] if one.module else [])])
    yield from _module_files(base)
    for name in one.names:
        yield from _module_files(f"{base}.{name}")


@cache
def _module_files(name: str) -> tuple[Path, ...]:
    """The module's file and the `__init__.py` of each package above it; nothing for what is not the project's."""
    parts = name.split(".")
    if parts[0] != PACKAGE.name:
        return ()
    stems = ("/".join(parts[:end]) for end in range(1, len(parts) + 1))
    candidates = (path for stem in stems for path in (f"{stem}/__init__.py", f"{stem}.py"))
    return tuple(_modules()[path] for path in candidates if path in _modules())


@cache
def _modules() -> dict[str, Path]:
    """The package's files of code by their paths below its parent, listed once a run."""
    return {path.relative_to(PACKAGE.parent).as_posix(): path for path in PACKAGE.rglob("*.py")}
