"""What a kernel sees of the environment: this project's settings, and nothing of the user's account that changes output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pipeline.arithmetic import SETTINGS
from pipeline.run.places import CODE, PACKAGE

PASSED = (
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "EVALUATION_KEY",
    "EVALUATION_PASSWORD",
    "EVALUATION_SCHEDULER",
    "QUARTO_PATH",
    "QUARTO_PYTHON",
    "LD_LIBRARY_PATH",
    "SystemRoot",
)
"""Taken over from the account: where programs lie, the study's key, its workbooks' password, and who shares its work."""
_ONE_THREAD = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM", "BLIS", "POLARS_MAX", "RAYON")


def without_slow_grammars() -> None:
    """Call before nbformat is imported: jsonschema then checks neither internationalised addresses nor durations.

    Notebooks have none, and at import the grammar of the former takes a second to compile.
    """
    for name in ("rfc3987_syntax", "isoduration"):
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]


@contextmanager
def without(module: str) -> Iterator[None]:
    """Inside, a library that is not loaded yet cannot be: what would take it along where it is there does without."""
    loaded = module in sys.modules
    if not loaded:
        sys.modules[module] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if not loaded:
            del sys.modules[module]


def clean_environment(
    root: Path, private: Path, languages: tuple[str, ...] = (), given: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The whole environment of a run's kernels.

    Fixed are the locale, the time zone, the hash seed, the width of printed tables, one thread a library and the kind of
    processor that it counts for (`arithmetic`: sums in another order end in other digits). The folders where Jupyter,
    IPython and matplotlib look for a user's settings are the run's own and empty; matplotlib's list of fonts is kept in
    build/, for it takes seconds to make.

    Args:
        root: Where the data lie.
        private: The run's private folder.
        languages: Languages that figures are drawn in; all where none is named.
        given: The account's environment; that of this process where not given.
    """
    account = os.environ if given is None else given
    kept = {name: account[name] for name in PASSED if account.get(name)}
    threads = {f"{name}_{'THREADS' if 'MAX' in name else 'NUM_THREADS'}": "1" for name in _ONE_THREAD}
    fixed = {
        "EVALUATION_ROOT": str(root),
        "EVALUATION_LANGUAGES": ",".join(languages),
        "PYTHONPATH": str(CODE),
        "PYTHONHASHSEED": "0",
        "PYTHONNOUSERSITE": "1",
        "PYTHONDONTWRITEBYTECODE": "1" if not os.access(PACKAGE, os.W_OK) else "",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "LC_ALL": "C.UTF-8",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "JE_ARROW_MALLOC_CONF": "background_thread:false",  # a process that is forked has one thread
        "COLUMNS": "100",
        "TMPDIR": str(private),
        "MPLBACKEND": "agg",
        "MPLCONFIGDIR": str(root / "build" / ".matplotlib"),
        "MATPLOTLIBRC": str(PACKAGE / "run" / "assets" / "matplotlibrc"),
        "IPYTHONDIR": str(private / "ipython"),
        "JUPYTER_NO_CONFIG": "1",
        "JUPYTER_PLATFORM_DIRS": "1",
        **{f"JUPYTER_{kind}_DIR": str(private / "jupyter") for kind in ("CONFIG", "DATA", "RUNTIME")},
        **{f"XDG_{kind}_HOME": str(private / "xdg") for kind in ("CONFIG", "DATA", "CACHE")},
    }
    return {name: value for name, value in (kept | threads | SETTINGS | fixed).items() if value}
