"""What a worker does: the report of one study, and what came of it as plain values."""

from __future__ import annotations

import contextlib
import io
import os
import resource
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.arithmetic import SETTINGS
from pipeline.errors import StepError, UserError
from pipeline.workers import SCHEDULER_VARIABLE

CORES_VARIABLE = "EVALUATION_CORES"
"""Environment variable with the cores that one report may use; a worker has one."""
ENVIRONMENT = {**SETTINGS, CORES_VARIABLE: "1"}
"""What workers are started with."""
LOST, OTHER = "worker", "other"
"""Kinds of fault that are none of the project's own errors: the worker was lost, or something else happened."""
_KINDS = {
    "StudyError": "study",
    "SourceError": "source",
    "DesignError": "design",
    "RenderError": "render",
    "DisclosureError": "disclosure",
    "StepError": "step",
}
_ONE_AT_A_TIME = threading.Lock()
"""A run sets the umask of its process: two at once would open each other's files."""


@dataclass(frozen=True)
class Job:
    """A report to be made: a study below a root that all workers see under the same path."""

    study: str
    edition: str
    lang: str
    engine: str
    root: str


@dataclass(frozen=True)
class Fault:
    """Why there is no report.

    Attributes:
        kind: "study", "source", "design", "render", "disclosure", "step", "worker" or "other".
        codes: Kinds of faults of the files, as the catalogues word them (`fault-<code>`).
        step: The notebook that stopped, such as "03_effects"; "" where none did.
        text: The whole message, for the person who runs it; never published, for it may quote a file.
    """

    kind: str
    codes: tuple[str, ...] = ()
    step: str = ""
    text: str = ""


@dataclass(frozen=True)
class Made:
    """What came of a job: the edition that was made, or a fault; seconds, and processor seconds with all children."""

    study: str
    edition: int = 0
    fault: Fault | None = None
    seconds: float = 0.0
    processor: float = 0.0
    told: str = field(default="", repr=False)


def make_one(job: Job) -> Made:
    """Bring a study's report up to date, quietly; a user's mistake is a result, not an error.

    What was made before is kept by content, so that a job that a lost worker had begun goes on where it was.
    """
    from pipeline.compare.report import make_compared
    from pipeline.run.stamp import Request

    os.environ.pop(SCHEDULER_VARIABLE, None)  # a worker that waits for other workers could wait for itself
    os.environ.setdefault(CORES_VARIABLE, "1")
    request = Request(job.study, job.edition, job.lang, job.engine, Path(job.root))
    said = io.StringIO()
    with _ONE_AT_A_TIME, contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        start, processor = time.perf_counter(), _processor()
        edition, fault = 0, None
        try:
            if not request.root.is_dir():
                raise StepError(
                    "The worker does not see the folder of studies and data.",
                    where=job.root,
                    expected="the same path on each machine",
                )
            make_compared(request, print)
            edition = edition_of(request.study, request.edition, request.root)
        except UserError as error:
            fault = fault_of(error, job)
        return Made(
            job.study, edition, fault, time.perf_counter() - start, _processor() - processor, said.getvalue()[-20000:]
        )


def edition_of(study: str, edition: str, root: Path) -> int:
    """The year that an edition asked for is."""
    from pipeline.study import load_study

    return int(load_study(study, root).resolve_edition(edition, root))


def fault_of(error: UserError, job: Job) -> Fault:
    """A fault with its kind; of files with the kinds of all their faults, as `make check` finds them."""
    name = error.cause if error.cause in _KINDS else type(error).__name__
    first = error.where.splitlines()[0] if error.where else ""
    step = Path(first.partition(",")[0]).stem if "notebooks/" in first else ""
    codes = [one.code for one in error.all() if one.code]
    if name in ("SourceError", "DesignError") and not codes:
        codes = _codes(job)
    return Fault(_KINDS.get(name, OTHER), tuple(dict.fromkeys(codes)), step, str(error))


def _codes(job: Job) -> list[str]:
    from pipeline.check.understanding import understand
    from pipeline.study import load_study

    root = Path(job.root)
    with contextlib.suppress(UserError):
        study = load_study(job.study, root)
        edition = study.resolve_edition(job.edition, root)
        return [fault.code for fault in understand(study, edition, study.raw_root(root)).faults if fault.code]
    return []


def _processor() -> float:
    """Processor seconds of this process and of its children that have ended."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )
