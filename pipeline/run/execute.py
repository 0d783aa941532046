"""Execution of one notebook by papermill in a forked kernel: parameters recorded, progress by cell, nothing half-written."""

from __future__ import annotations

import errno
import logging
from pathlib import Path
from typing import Any

import nbformat
import papermill
from jupyter_core.utils import ensure_event_loop
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from papermill.exceptions import PapermillExecutionError

from pipeline import errors
from pipeline.errors import StepError, UserError
from pipeline.run.kernels import ForkedKernelManager, look_up
from pipeline.run.places import NOTEBOOKS
from pipeline.run.progress import Reporter
from pipeline.run.server import Forkserver
from pipeline.run.steps import INJECTED, Step, Target, executed

_USER_ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, UserError)}
_DISK = {
    errno.ENOSPC: "The disk is full.",
    errno.EDQUOT: "The disk quota is used up.",
    errno.EROFS: "The disk is read-only.",
}


class _Client(PapermillNotebookClient):
    """Papermill's client, with a forked kernel and each finished cell reported."""

    def __init__(self, nb_man: Any, server: Forkserver, name: str, reporter: Reporter, **options: Any) -> None:
        quiet = logging.getLogger("pipeline.run.execute")
        quiet.disabled = True  # what there is to say about a kernel's end is said by this project, once
        super().__init__(nb_man, log=quiet, **options)
        self._server, self._name, self._reporter = server, name, reporter
        self.at = 0

    def create_kernel_manager(self) -> Any:
        self.km = ForkedKernelManager(self._server, self._name)
        return self.km

    def papermill_execute_cells(self) -> None:
        start, complete = self.nb_man.cell_start, self.nb_man.cell_complete

        def started(cell: Any, cell_index: int, *args: Any, **kwargs: Any) -> None:
            self.at = cell_index
            start(cell, cell_index, *args, **kwargs)

        def counted(*args: Any, **kwargs: Any) -> None:
            complete(*args, **kwargs)
            self._reporter.cell_done(self._name)

        self.nb_man.cell_start, self.nb_man.cell_complete = started, counted
        super().papermill_execute_cells()


class _Engine(NBClientEngine):
    """Papermill's engine; where a kernel dies or hangs it says in which cell."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
        client = _Client(
            nb_man,
            options["server"],
            options["step_name"],
            options["reporter"],
            kernel_name=kernel_name,
            timeout=int(options["cell_seconds"]),
            startup_timeout=120,
            shutdown_kernel="immediate",
            ipython_hist_file="",
        )
        try:
            return client.execute(cwd=options["execution_cwd"])
        except (DeadKernelError, CellTimeoutError, RuntimeError) as error:
            raise _StoppedError(error, client.at, nb_man.nb) from None


class _StoppedError(Exception):
    """A kernel that died or hung: why, in which cell (index), and the notebook as far as it came."""

    def __init__(self, cause: Exception, index: int, notebook: Any) -> None:
        super().__init__(str(cause))
        self.cause, self.index, self.notebook = cause, index, notebook


papermill_engines.register("forked", _Engine)
look_up(_Client)


def execute(step: Step, target: Target, reporter: Reporter, server: Forkserver) -> None:
    """Execute the step's notebook and put its executed copy in place.

    Raises:
        StepError: A cell failed, took too long, or its kernel died; the copy as far as it came is kept under `failed/`.
    """
    final = executed(step, target)
    partial = final.with_name(f".{step.name}.partial.ipynb")
    partial.parent.mkdir(parents=True, exist_ok=True)
    cells = len(nbformat.read(step.notebook, as_version=4).cells)
    minutes = target.study.run.cell_minutes
    try:
        with reporter.step(step.name, cells):
            papermill.execute_notebook(
                str(step.notebook),
                str(partial),
                parameters=step.parameters,
                engine_name="forked",
                kernel_name="python3",
                progress_bar=False,
                request_save_on_cell_execute=False,
                execution_cwd=str(target.root),
                server=server,
                step_name=step.name,
                reporter=reporter,
                cell_seconds=max(1, round(minutes * 60)),
            )
            _settle(partial, final, step)
    except PapermillExecutionError as error:
        raise _failed(error, step, target, _keep_failed(partial, step, target)) from None
    except _StoppedError as stopped:
        nbformat.write(stopped.notebook, partial)
        raise _stopped(stopped, step, target, minutes, _keep_failed(partial, step, target)) from None
    except FileNotFoundError:
        if partial.parent.is_dir():
            raise
        # papermill says so in words alone
        raise FileNotFoundError(
            errno.ENOENT, "A folder was removed while it was written to", str(partial.parent)
        ) from None
    finally:
        partial.unlink(missing_ok=True)
        _close_loop()


def _close_loop() -> None:
    """Close the event loop that the client left in this thread: one that is collected open tells of it on the screen."""
    loop = ensure_event_loop()
    if not loop.is_running():
        loop.close()


def _settle(partial: Path, final: Path, step: Step) -> None:
    """Take times, durations and random ids out of the executed copy, and move it into place.

    Cells keep the ids that they have in the notebook, so that a number's source can name its cell for good.
    """
    notebook = nbformat.read(partial, as_version=4)
    notebook.metadata["papermill"] = {"parameters": step.parameters}
    notebook.metadata.get("language_info", {}).pop("version", None)
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if INJECTED in tags:
            cell["id"] = INJECTED
        cell.metadata = nbformat.NotebookNode({"tags": [t for t in tags if not t.startswith("papermill-")]})
    nbformat.write(notebook, partial)
    partial.replace(final)


def _keep_failed(partial: Path, step: Step, target: Target) -> Path | None:
    if not partial.is_file():
        return None
    kept = target.build / "failed" / f"{step.name}.ipynb"
    kept.parent.mkdir(parents=True, exist_ok=True)
    partial.replace(kept)
    return kept


def again(step: Step, target: Target) -> str:
    """The command that runs only this step again."""
    command = f"python -m pipeline step {step.name} --study {target.study.name} --edition {target.edition}"
    return f".venv/bin/{command}" + (" --blind" if target.blind else "")


def _place(step: Step) -> str:
    own = "notebooks" if step.notebook.parent == NOTEBOOKS else f"{step.notebook.parents[1].name}/notebooks"
    return f"{own}/{step.notebook.name}"


def _failed(error: PapermillExecutionError, step: Step, target: Target, kept: Path | None) -> StepError:
    where = f"{_place(step)}, cell [{error.exec_count}]"
    if error.ename in _USER_ERRORS:
        what = str(error.evalue)
    elif full := next((say for number, say in _DISK.items() if f"[Errno {number}]" in str(error.evalue)), None):
        what = f"{full} {str(error.evalue).splitlines()[0]}"
    elif error.ename == "MemoryError":
        what = "The memory is used up."
    else:
        lines = [line for line in str(error.evalue).splitlines() if line.strip()][-12:]
        what = f"The notebook stopped with {error.ename}: " + "\n  ".join(lines)
    if kept is not None and error.ename not in _USER_ERRORS:
        where += f"\nexecuted as far as it came: {kept.relative_to(target.root)}"
    todo = f"When it is mended, this runs only that step again:\n{again(step, target)}"
    if step.raw and error.ename in ("SourceError", "DesignError"):
        asked = f"STUDY={target.study.name} EDITION={target.edition}"
        todo = f"make check {asked} writes this as a page, and as letters to the offices.\n{todo}"
    failed = StepError(what, where=where, todo=todo)
    failed.cause = error.ename
    return failed


def _stopped(stopped: _StoppedError, step: Step, target: Target, minutes: float, kept: Path | None) -> StepError:
    count = sum(cell.cell_type == "code" for cell in stopped.notebook.cells[: stopped.index + 1])
    where = f"{_place(step)}, cell [{count}]"
    if kept is not None:
        where += f"\nexecuted as far as it came: {kept.relative_to(target.root)}"
    if isinstance(stopped.cause, CellTimeoutError):
        what = f"The cell took more than {minutes:g} minutes and was stopped."
        todo = "Give it longer in study.yml (run: {cell_minutes: …}), or find out what it waits for; then:"
    elif isinstance(stopped.cause, DeadKernelError):
        what = "The notebook's kernel died; somebody or the system killed it, perhaps for want of memory."
        todo = "Close other programs, or use a machine with more memory; then this runs only that step again:"
    else:
        what = f"The notebook's kernel could not be used: {str(stopped.cause).splitlines()[0]}"
        todo = "This runs only that step again:"
    return StepError(what, where=where, todo=f"{todo}\n{again(step, target)}")
