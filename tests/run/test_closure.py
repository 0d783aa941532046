"""A notebook depends on the modules it imports, directly or not, and on no others."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.run import closure
from pipeline.run.closure import code_dependencies
from pipeline.run.places import NOTEBOOKS, PACKAGE
from pipeline.run.steps import notebook_code


def _names(source: str) -> set[str]:
    return {path.relative_to(PACKAGE).as_posix() for path in code_dependencies(source)}


def test_follows_imports_inside_functions() -> None:
    names = _names("from pipeline.methods.effects import make_design")
    assert {"__init__.py", "methods/effects/__init__.py", "methods/effects/design/design.py", "errors.py"} <= names
    assert not any(name.startswith(("report/", "sources/", "run/")) for name in names)


def _quick(path: Path) -> object:
    """The first, the estimating and the last notebook in `make test`; the others in `make test-slow`."""
    few = path.stem in ("01_clean", "03_effects", "08_report")
    return pytest.param(path, id=path.stem, marks=() if few else pytest.mark.slow)


@pytest.mark.parametrize("path", [_quick(path) for path in sorted(NOTEBOOKS.glob("*.ipynb"))])
def test_covers_what_python_really_loads(path) -> None:
    code = notebook_code(path)
    imports = "\n".join(line for line in code.splitlines() if line.startswith(("import ", "from ")))
    block = [part for part in code.split("\n") if part.startswith("from pipeline")]
    assert block, "a notebook calls the package"
    probe = (
        imports.replace("(\n", "(")
        + "\nimport sys; print(*[m.__file__ for n, m in sys.modules.items() if n.split('.')[0] == 'pipeline'])"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    assert set(done.stdout.split()) <= {str(path) for path in code_dependencies(code)}


def test_what_was_read_of_a_text_is_kept_by_its_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list that was cut off, edited, or made by other code counts for nothing; a text that changed is read anew."""
    kept, read = tmp_path / "build" / ".imports.json", []
    parsed = closure._parsed
    monkeypatch.setattr(closure, "_parsed", lambda source: read.append(source) or parsed(source))

    def look(source: str) -> tuple[Path, ...]:
        for memory in (closure._known, closure._asked):
            memory.clear()
        for function in (closure.code_dependencies, closure._read, closure._module_files, closure._assets):
            function.cache_clear()
        read.clear()
        with closure.remembered(kept):
            return code_dependencies(source)

    one, other = "from pipeline.periods import label", "from pipeline import errors"
    first = look(one)
    assert one in read
    assert look(one) == first
    assert read == []
    assert PACKAGE / "errors.py" in look(other)
    assert other in read
    assert look(one) == first
    text = kept.read_text(encoding="utf-8")
    for harm in (text[:99], text.replace("label", "another"), text.replace('"by": "', '"by": "0'), "[]"):
        kept.write_text(harm, encoding="utf-8")
        assert look(one) == first
        assert one in read
