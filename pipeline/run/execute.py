"""Execution of one notebook by papermill: parameters recorded, progress by cell, nothing half-written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from pipeline import errors
from pipeline.errors import StepError, UserError
from pipeline.run.closure import PACKAGE
from pipeline.run.progress import Reporter
from pipeline.run.steps import Step, Target

_USER_ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, UserError)}
_reporter: Reporter | None = None


class _Client(PapermillNotebookClient):
    """Reports each finished cell."""

    def papermill_execute_cells(self) -> None:
        complete = self.nb_man.cell_complete

        def counted(*args: Any, **kwargs: Any) -> None:
            complete(*args, **kwargs)
            if _reporter is not None:
                _reporter.cell_done()

        self.nb_man.cell_complete = counted
        super().papermill_execute_cells()


class _Engine(NBClientEngine):
    """Papermill's engine, with cells counted and an interrupt told apart from a kernel that died."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **kwargs: Any) -> Any:
        client = _Client(
            nb_man,
            kernel_name=kernel_name,
            timeout=None,
            startup_timeout=120,
            log_output=False,
            extra_arguments=["--log-level=CRITICAL"],  # the kernel would log the interrupt that ends it
            config=Config({"KernelManager": {"transport": "ipc"}}),  # sockets of this user only, no open port
        )
        try:
            return client.execute(cwd=kwargs.get("execution_cwd"))
        except (DeadKernelError, RuntimeError):
            if getattr(client, "_async_cleanup_kernel_future", None) is not None:
                raise KeyboardInterrupt from None
            raise
        except KeyboardInterrupt:
            _kill_kernel(client)  # between the kernel's start and its first answer nobody else does
            raise


def _kill_kernel(client: Any) -> None:
    process = getattr(getattr(client.km, "provisioner", None), "process", None)
    if process is not None and process.poll() is None:
        process.kill()
        process.wait()


papermill_engines.register("counting", _Engine)


def execute(step: Step, target: Target, reporter: Reporter) -> None:
    """Execute the step's notebook and put its executed copy in place.

    Raises:
        StepError: A cell failed; the failed copy is kept under `failed/` for inspection.
        KeyboardInterrupt: A person stopped the run.
    """
    partial = step.executed.with_name(f".{step.name}.partial.ipynb")
    partial.parent.mkdir(parents=True, exist_ok=True)
    cells = len(nbformat.read(step.notebook, as_version=4).cells)
    try:
        with reporter.step(step.name, cells), _counting(reporter), _environment(target):
            papermill.execute_notebook(
                str(step.notebook),
                str(partial),
                parameters=step.parameters,
                engine_name="counting",
                kernel_name="python3",
                progress_bar=False,
                request_save_on_cell_execute=False,
                cwd=str(target.root),
                execution_cwd=str(target.root),
            )
        _settle(partial, step)
    except PapermillExecutionError as error:
        raise _told(error, step, target, _keep_failed(partial, step)) from None
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def _counting(reporter: Reporter) -> Iterator[None]:
    global _reporter
    _reporter = reporter
    try:
        yield
    finally:
        _reporter = None


@contextmanager
def _environment(target: Target) -> Iterator[None]:
    """What the kernel inherits: the package's place, the data's place, and nothing that varies output."""
    wanted = {
        "PYTHONPATH": str(PACKAGE.parent),
        "EVALUATION_ROOT": str(target.root),
        "PYTHONHASHSEED": "0",
        "MPLBACKEND": "agg",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "COLUMNS": "100",
    }
    before = {key: os.environ.get(key) for key in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for key, value in before.items():
            if value is None:
                os.environ.pop(key, None)
            else:
                os.environ[key] = value


def _settle(partial: Path, step: Step) -> None:
    """Take times, durations and random ids out of the executed copy, and move it into place."""
    notebook = nbformat.read(partial, as_version=4)
    notebook.metadata["papermill"] = {"parameters": step.parameters}
    notebook.metadata.get("language_info", {}).pop("version", None)
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"
        tags = cell.metadata.get("tags", [])
        cell.metadata = nbformat.NotebookNode({"tags": [t for t in tags if not t.startswith("papermill-")]})
    nbformat.write(notebook, partial)
    partial.replace(step.executed)


def _keep_failed(partial: Path, step: Step) -> Path | None:
    if not partial.is_file():
        return None
    kept = step.executed.parent.parent / "failed" / f"{step.name}.ipynb"
    kept.parent.mkdir(parents=True, exist_ok=True)
    partial.replace(kept)
    return kept


def _told(error: PapermillExecutionError, step: Step, target: Target, kept: Path | None) -> StepError:
    again = f".venv/bin/python -m pipeline step {step.name} --study {target.study.name} --edition {target.edition}"
    if target.blind:
        again += " --blind"
    where = f"notebooks/{step.notebook.name}, cell [{error.exec_count}]"
    if error.ename in _USER_ERRORS:
        what = str(error.evalue)
    else:
        lines = [line for line in str(error.evalue).splitlines() if line.strip()][-12:]
        what = f"The notebook stopped with {error.ename}: " + "\n  ".join(lines)
    if kept is not None and error.ename not in _USER_ERRORS:
        where += f"\nexecuted as far as it came: {kept.relative_to(target.root)}"
    return StepError(what, where=where, todo=f"When it is mended, this runs only that step again:\n{again}")
