"""Which step runs when: what is out of date, side by side where nothing waits, the longest way to the report first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

from pipeline.run.closure import code_dependencies, imported_in_functions, imported_modules
from pipeline.run.early import COMMON
from pipeline.run.present import Present
from pipeline.run.records import MovedError, drop_record, expected, reasons
from pipeline.run.steps import Step, cells_of, code_of, declared, notebook_code

Work = Callable[[Step, dict[str, Any]], dict[str, Any]]
"""Runs one step, given what `expected` says of it; returns its record."""


def run_steps(
    steps: list[Step], present: Present, work: Work, side_by_side: int, tell: Callable[[str], None]
) -> list[str]:
    """Run what is out of date and return the names of what ran.

    A step is judged when all that it waits for has ended: where these made the same bytes as before, it need not run.
    At the first failure nothing more is started and the failure is raised; a step under whose hands a file was changed
    (`MovedError`) counts as not run, and what waits for it is left for the next look.
    """
    waiting = {step.name: step for step in steps}
    weights = way_to_the_end(steps)
    ended: set[str] = set()
    ran: list[str] = []
    running: dict[Future[dict[str, Any]], Step] = {}
    pool = ThreadPoolExecutor(side_by_side)
    try:
        while waiting or running:
            ready = [step for step in waiting.values() if all(name in ended for name in step.after)]
            for step in sorted(ready, key=lambda step: -weights[step.name]):
                if len(running) == side_by_side:
                    break
                del waiting[step.name]
                if reasons(step, present):
                    drop_record(step.name, present.target)
                    running[pool.submit(work, step, expected(step, present))] = step
                else:
                    ended.add(step.name)
            if not running:
                if any(all(name in ended for name in step.after) for step in waiting.values()):
                    continue
                break  # the rest waits for a step that must run again
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                step = running.pop(future)
                try:
                    record = future.result()
                except MovedError as moved:
                    tell(f"{moved} was changed while {step.name} ran")
                    continue
                present.forget(list(record["outputs"]))
                ended.add(step.name)
                ran.append(step.name)
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()
    return ran


def way_to_the_end(steps: list[Step]) -> dict[str, int]:
    """For each step the number of cells on the longest way from it to the end of the run."""
    own = {step.name: int(declared(step.notebook).get("weight", len(cells_of(step.notebook)))) for step in steps}
    total = dict.fromkeys(own, 0)
    for step in reversed(steps):
        total[step.name] += own[step.name]
        for name in step.after:
            total[name] = max(total[name], total[step.name])
    return total


def modules_of(steps: list[Step], study: str, root: Path) -> Iterator[list[str]]:
    """What the fork server should load: the first step's modules and a mark; then, known later, those of the others."""
    first, *others = steps
    own = code_of(first.notebook, study, root)
    shared = _shared(own)
    now, exported = imported_modules(own), []
    if "lang" in first.parameters:  # a report says what others have estimated and drawn
        now += SAYING
    else:
        estimating = [name for name in shared if name.split(".")[0] in ESTIMATING]
        now += [name for name in shared if name not in estimating]
        exported = ["pipeline.languages.ready", "pipeline.report.exported", *(estimating if others else [])]
    yield [*COMMON, *now, ""]
    later: list[str] = []
    for code in (code_of(step.notebook, study, root) for step in others):
        later += [*imported_modules(code), *_shared(code)]
    yield [*BOOTING, *exported, *later]


def _shared(code: str) -> list[str]:
    """Libraries that functions import; a study's own notebook that records no topic loads what it needs by itself."""
    files = code_dependencies(code)
    return _third_party(files) if _chapters(files) else []


def modules_at_first(steps: list[Step]) -> list[str]:
    """What the fork server may load before it is known which steps will run."""
    saying = SAYING if "lang" in steps[0].parameters else ()
    return [*COMMON, *imported_modules(notebook_code(steps[0].notebook)), *saying]


def _chapters(files: tuple[Path, ...]) -> bool:
    from pipeline.run.places import PACKAGE

    return any(path.parent == PACKAGE / "chapters" for path in files)


def _third_party(files: tuple[Path, ...]) -> list[str]:
    """Libraries that the package's files import inside functions, where loading them can be shared all the same."""
    return [name for name in imported_in_functions(files) if name.split(".")[0] in SHARED]


SAYING = ("pipeline.languages.ready",)
"""What a report needs beside what it imports: its words. The gate's linear programmes are asked where ledgers changed."""
BOOTING = ("IPython.core.debugger", "ipykernel.debugger", "tornado.platform.asyncio", "tornado.queues")
"""What a kernel loads when it begins: the first does so itself, while nothing else could be done."""
ESTIMATING = ("diff_diff", "statsmodels")
"""Libraries of the estimators: what runs first, the cleaning of files, does without them."""
SHARED = {
    "matplotlib",
    "pandas",
    "pyarrow",
    "statsmodels",
    "scipy",
    "diff_diff",
    "openpyxl",
    "pandera",
    "nbconvert",
    "nbformat",
    "IPython",
}
"""Libraries that start no thread when they are loaded, so that a process which has them may be forked."""
