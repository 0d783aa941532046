"""A function over many jobs: on processes of this machine, or on a cluster of Dask workers that an address names.

Results come back in the order of the jobs and do not depend on how many workers there are, or on which did what: each job
is a pure function of its argument, and a worker that computes sums in another way (`arithmetic`) is refused.
"""

from __future__ import annotations

import gc
import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.arithmetic import IN_FORCE, SETTINGS
from pipeline.errors import StepError

if TYPE_CHECKING:
    from distributed import Client

SCHEDULER_VARIABLE = "EVALUATION_SCHEDULER"
"""Environment variable with the address of a standing Dask scheduler, such as tcp://10.0.0.5:8786."""
_WAIT = 30
"""Seconds until a scheduler that does not answer is given up."""
Job = TypeVar("Job")
Result = TypeVar("Result")


def each(function: Callable[[Job], Result], jobs: Iterable[Job], workers: int | None = None) -> list[Result]:
    """The results of `function` for each job, in their order.

    Args:
        function: A function of a module, not a closure.
        jobs: What it is called with.
        workers: Processes of this machine; all its cores without it. Not used where a scheduler is named.

    Raises:
        StepError: The scheduler that the environment names cannot be reached, or its workers cannot be used.
    """
    wanted = list(jobs)
    address = scheduler()
    if address:
        with client_of(address) as client:
            return list(client.gather(client.map(function, wanted, pure=False, batch_size=1000)))
    count = min(workers or cores(), max(len(wanted), 1))
    if count <= 1:
        return [function(job) for job in wanted]
    with ProcessPoolExecutor(count, mp_context=_starting(function.__module__)) as pool:
        return list(pool.map(function, wanted))


def _starting(module: str) -> BaseContext:
    """How worker processes start: forked from one process that has loaded the module once, where a system has that."""
    if "forkserver" not in get_all_start_methods() or sys.platform == "darwin":
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([module])  # counts for the first call of a process; later ones load what is left
    return context


def scheduler() -> str:
    """Address of the standing scheduler; empty where none is named."""
    return os.environ.get(SCHEDULER_VARIABLE, "").strip()


def cores() -> int:
    """Processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def client_of(address: str) -> Client:
    """A client of a standing scheduler whose workers run this very code.

    Raises:
        StepError: It cannot be reached, has no workers, or they run other code, other packages or several threads.
    """
    from distributed import Client

    where = "option SCHEDULER"
    todo = (
        "Start one: dask scheduler; then on each machine: env $(python -m pipeline.fleet.exports) "
        "dask worker ADDRESS --nworkers N --nthreads 1"
    )
    client, said = None, ""
    try:
        client = Client(address, timeout=_WAIT, set_as_default=False)
    except (OSError, ValueError) as error:
        said = str(error).splitlines()[0]
    if client is None:
        gc.collect()  # taken away while another client starts, what is left of this one would wait for that one for ever
        raise StepError(
            f"The scheduler {address!r} cannot be reached.",
            where=f"{where}: {said}",
            expected="an address such as tcp://10.0.0.5:8786",
            todo=todo,
        )
    try:
        check_workers(client, where, todo)
    except BaseException:
        client.close()
        raise
    return client


def check_workers(client: Client, where: str, todo: str) -> None:
    """Refuse workers that would compute something else than this process.

    Raises:
        StepError: None is there, or one differs; what differs is named.
    """
    try:
        found: Mapping[str, Any] = client.run(identity)
    except Exception as error:
        raise StepError(
            "The scheduler's workers cannot run this project.",
            where=f"{where}: {str(error).splitlines()[0] if str(error) else type(error).__name__}",
            expected="the same folder and the same .venv on each machine",
            todo=todo,
        ) from None
    if not found:
        raise StepError("The scheduler has no workers.", where=where, todo=todo)
    own = identity()
    for worker, theirs in sorted(found.items()):
        for name, value in own.items():
            wanted = SETTINGS.get(name, value)
            if theirs.get(name) != wanted:
                raise StepError(
                    f"The worker {worker} differs in: {name}.",
                    where=where,
                    expected=f"{name} = {wanted}" if name in SETTINGS else "the same code and packages everywhere",
                    todo=todo,
                )


def identity() -> dict[str, str]:
    """What results rest on beside a job: the code, the packages, Python, and the number of threads a library uses."""
    import platform
    from importlib.metadata import distributions

    packages = sorted({f"{one.name} {one.version}" for one in distributions()})
    return {
        "the project's code": _code(),
        "Python": platform.python_version(),
        "the installed packages": hashlib.sha256("\n".join(packages).encode()).hexdigest(),
        **IN_FORCE,
    }


@lru_cache(maxsize=1)
def _code() -> str:
    """One hash over the package's files and the notebooks."""
    package = Path(__file__).resolve().parent
    found = hashlib.sha256()
    for folder, pattern in ((package, "*.py"), (package, "*.ftl"), (package.parent / "notebooks", "*.ipynb")):
        for path in sorted(folder.rglob(pattern)):
            found.update(path.relative_to(package.parent).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()
