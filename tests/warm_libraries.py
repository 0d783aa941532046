"""Loaded once by the process that `tests.warm` forks commands and the servers of their kernels from."""

from __future__ import annotations

import contextlib
import gc
import importlib

from pipeline.run.closure import code_dependencies
from pipeline.run.environment import without_slow_grammars
from pipeline.run.forkserver import leave_out
from pipeline.run.places import NOTEBOOKS, PACKAGE
from pipeline.run.steps import code_of

without_slow_grammars()
leave_out()
for _name in ("ipykernel.kernelapp", "ipykernel.ipkernel", "IPython.core.completer"):
    importlib.import_module(_name)
for _path in sorted(PACKAGE.rglob("*.py")):
    _module = ".".join(_path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
    with contextlib.suppress(ImportError):  # it needs one of the libraries that must not be forked
        importlib.import_module(_module)
for _notebook in sorted(NOTEBOOKS.glob("*.ipynb")):
    code_dependencies(code_of(_notebook, "", PACKAGE))  # what the package's files import is read once a process
gc.collect()
gc.freeze()
