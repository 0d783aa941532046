"""The workers: a cluster on this machine, a standing scheduler, or jobs of Slurm and PBS."""

from __future__ import annotations

import contextlib
import logging
import os
import shlex
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from pipeline.errors import StepError
from pipeline.fleet.work import ENVIRONMENT
from pipeline.private import private_folder
from pipeline.workers import check_workers, client_of, cores

if TYPE_CHECKING:
    from distributed import Client

LOST = 3
"""Workers that a study may lose before it is given up: its report itself may be what ends them."""
LOCAL = {
    "distributed.deploy.lost-worker-timeout": "1 day",
    "distributed.scheduler.no-workers-timeout": "15 minutes",
}
"""Of a cluster on this machine: a busy machine may take long to start a lost worker anew (Dask would stop trying after 15
seconds); where none comes at all the run ends instead of waiting for ever."""
_TODO = "See docs/fleet.md, section on Slurm and PBS."


class Queue(BaseModel):
    """What the file of the option CLUSTER says: jobs of a batch system, each with so many workers of one core."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    system: Literal["slurm", "pbs"]
    jobs: int = Field(ge=1)
    """Jobs to submit."""
    workers: int = Field(default=1, ge=1)
    """Workers a job, each with one core."""
    memory: str
    """Memory of a job, such as "8 GB"; a report takes about 1.2 GB a worker."""
    walltime: str
    """Longest time of a job, such as "04:00:00"; what it has not finished another job goes on with."""
    queue: str | None = None
    """Partition (Slurm) or queue (PBS)."""
    account: str | None = None
    interface: str | None = None
    """Network interface by which workers reach the scheduler, such as ib0."""
    directives: list[str] = Field(default_factory=list)
    """Further lines of the job's head, such as "--constraint=skylake"."""
    prologue: list[str] = Field(default_factory=list)
    """Commands before a worker starts, such as "module load python"."""


@dataclass
class Crew:
    """The workers of a run: a client that hands out work, and where to look while it runs."""

    client: Client
    count: int
    links: tuple[str, ...] = ()


@contextlib.contextmanager
def crew(root: Path, *, workers: int = 0, scheduler: str = "", queue: Path | None = None) -> Iterator[Crew]:
    """The workers that were asked for, gone at the end; those of a standing scheduler stay.

    Args:
        root: Where build/ lies.
        workers: Workers on this machine; one a core where not given.
        scheduler: Address of a standing scheduler.
        queue: File that describes jobs of a batch system.

    Raises:
        StepError: The scheduler cannot be reached, or its workers compute something else.
    """
    _quiet()
    if scheduler:
        client = client_of(scheduler)
        try:
            yield Crew(client, len(client.scheduler_info(n_workers=-1)["workers"]), links(client))
        finally:
            client.close()
        return
    if queue is not None:
        with batch_cluster(read_queue(queue), root) as cluster:
            yield from _of(cluster, 0)
        return
    with local_cluster(workers or cores()) as cluster:
        yield from _of(cluster, workers or cores())


def _of(cluster: Any, count: int) -> Iterator[Crew]:
    from distributed import Client

    with Client(cluster, set_as_default=False) as client:
        if not count:  # of a batch system the first job may have to wait; the others come when they come
            client.wait_for_workers(1)
            check_workers(client, "option CLUSTER", _TODO)
        yield Crew(client, count or len(cluster.worker_spec), links(client))


@contextlib.contextmanager
def local_cluster(count: int, *, secure: bool = True) -> Iterator[Any]:
    """Worker processes on this machine, each with one core; others of its accounts cannot speak to them (TLS).

    A worker that is lost is started anew. They hear no Ctrl-C: who runs them ends them.

    Args:
        count: Workers.
        secure: Whether whoever speaks to them must hold this run's key.
    """
    import dask
    from distributed import LocalCluster

    dask.config.set(LOCAL)
    # the process that distributes work needs no limit of memory: what takes it are the kernels, which Dask does not see
    cluster = LocalCluster(
        n_workers=count,
        threads_per_worker=1,
        processes=True,
        memory_limit=0,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        security=secure or None,
        silence_logs=logging.CRITICAL,
        env=dict(ENVIRONMENT),
        preload=["pipeline.fleet.preload"],
    )
    try:
        yield cluster
    except BaseException:
        _end_now(cluster)
        raise
    finally:
        with contextlib.suppress(Exception):
            cluster.close(timeout=10)


def _end_now(cluster: Any) -> None:
    """End the workers at once: the report under each one's hands is begun anew from its last finished step."""
    for nanny in list(cluster.workers.values()):
        if nanny.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(nanny.pid, signal.SIGKILL)


@contextlib.contextmanager
def batch_cluster(asked: Queue, root: Path) -> Iterator[Any]:
    """Jobs of a batch system as workers; they end with the run."""
    cluster = make_batch_cluster(asked, root)
    try:
        cluster.scale(jobs=asked.jobs)
        yield cluster
    finally:
        with contextlib.suppress(Exception):
            cluster.close(timeout=10)


def make_batch_cluster(asked: Queue, root: Path) -> Any:
    """The cluster, before a job is submitted; `job_script()` tells the script that would be.

    Raises:
        StepError: dask-jobqueue refuses what the file says.
    """
    from dask_jobqueue.pbs import PBSCluster
    from dask_jobqueue.slurm import SLURMCluster

    kind: Any = {"slurm": SLURMCluster, "pbs": PBSCluster}[asked.system]
    logs, secrets = (private_folder(root / "build" / "fleet" / name) for name in ("jobs", "keys"))
    code = Path(__file__).resolve().parents[2]
    exports = f"export $({shlex.quote(sys.executable)} -m pipeline.fleet.exports)"  # as its own processor needs
    given = {"interface": asked.interface, "queue": asked.queue, "account": asked.account}
    try:
        return kind(
            cores=asked.workers,
            processes=asked.workers,
            memory=asked.memory,
            walltime=asked.walltime,
            job_name="evaluation",
            log_directory=str(logs),
            local_directory=os.environ.get("TMPDIR") or None,
            job_extra_directives=list(asked.directives),
            job_script_prologue=[*asked.prologue, f"cd {shlex.quote(str(code))}", exports],
            worker_extra_args=["--preload", "pipeline.fleet.preload", "--no-dashboard", "--memory-limit", "0"],
            security=True,
            shared_temp_directory=str(secrets),
            scheduler_options={"dashboard_address": ":0"},
            silence_logs=logging.CRITICAL,
            **{name: value for name, value in given.items() if value is not None},
        )
    except (ValueError, TypeError, OSError) as error:
        raise StepError(
            f"No jobs can be made of this: {str(error).splitlines()[0]}", where="option CLUSTER", todo=_TODO
        ) from None


def read_queue(path: Path) -> Queue:
    """The file of the option CLUSTER.

    Raises:
        StudyError: Not YAML, or a key that is unknown, missing or of the wrong type.
    """
    from pipeline.study.load import load_part

    if not path.is_file():
        raise StepError("There is no such file.", where=f"option CLUSTER: {path}", todo=_TODO)
    return load_part(path, str(path), Queue)


def links(client: Client) -> tuple[str, ...]:
    """Where to look while a run lasts: the dashboard where Bokeh is installed, else pages and counts that need nothing."""
    known = client.scheduler_info(n_workers=0)
    port = known["services"].get("dashboard")
    if not port:
        return ()
    address = str(known["address"]).rpartition("//")[2].rpartition(":")[0]
    base = f"http://{address}:{port}"
    if find_spec("bokeh"):
        return (f"{base}/status",)
    return (f"{base}/info/main/workers.html", f"{base}/json/counts.json")


def _quiet() -> None:
    """What Dask has to say of connections that end is not for a person; a study may lose `LOST` workers."""
    import dask

    dask.config.set({"distributed.scheduler.allowed-failures": LOST})
    for name in ("distributed", "tornado", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
