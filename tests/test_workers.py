"""A function over jobs: the same results on one process, on several, and on a cluster of Dask workers."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from distributed import Client, LocalCluster

from pipeline import workers
from pipeline.arithmetic import SETTINGS
from pipeline.errors import DesignError, StepError
from pipeline.fleet.cluster import local_cluster
from pipeline.methods.effects.sensitivity.specification import Choices, curve
from pipeline.study import ROOT
from pipeline.study.robustness import Sample
from pipeline.validation.montecarlo import experiment
from pipeline.workers import SCHEDULER_VARIABLE, each, identity
from tests.fleet.process import process


def square(number: int) -> float:
    """A job of a test."""
    if number < 0:
        raise DesignError("A negative number.", code="negative")
    return number**2 + np.random.default_rng(number).normal()


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Address of a scheduler with two workers in this process."""
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": False, "dashboard_address": ":0"}
    with LocalCluster(**options, protocol="tcp", host="127.0.0.1") as here:
        yield here.scheduler_address


@pytest.fixture
def on_cluster(cluster: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv(SCHEDULER_VARIABLE, cluster)
    return cluster


def test_results_are_the_same_and_in_order(on_cluster: str, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = list(range(30))
    there = each(square, jobs)
    monkeypatch.delenv(SCHEDULER_VARIABLE)
    assert there == each(square, jobs, 1) == [square(job) for job in jobs]


def test_without_a_scheduler_it_is_this_machine() -> None:
    assert each(process, [1, 2], 1) == [os.getpid()] * 2
    assert os.getpid() not in each(process, [1, 2, 3], 2)
    assert each(process, []) == []


def test_a_user_s_mistake_comes_back_as_it_was(on_cluster: str) -> None:
    with pytest.raises(DesignError) as met:
        each(square, [1, -1])
    assert (met.value.what, met.value.code) == ("A negative number.", "negative")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense", "http://127.0.0.1:1"])
def test_a_scheduler_that_is_not_there_is_told(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SCHEDULER_VARIABLE, address)
    monkeypatch.setattr(workers, "_WAIT", 1)
    gc.collect()
    before = clients()
    with pytest.raises(StepError, match="cannot be reached"):
        each(square, [1])
    assert clients() == before, "one that is half made would be waited for by the next, for ever"


def clients() -> int:
    """Clients that are there, those included that nobody holds any more."""
    return sum(isinstance(one, Client) for one in gc.get_objects())


@pytest.mark.parametrize("name", ["the project's code", "the installed packages", "OMP_NUM_THREADS"])
def test_workers_that_would_compute_something_else_are_refused(
    on_cluster: str, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(workers, "identity", pickled_identity(name))
    with pytest.raises(StepError, match=f"differs in: {name}"):
        each(square, [1])


class pickled_identity:  # noqa: N801 - called as the function that it stands for
    """`identity` that says something else on a worker, where it arrives as a copy."""

    def __init__(self, name: str, there: bool = False) -> None:
        self.name, self.there = name, there

    def __reduce__(self) -> tuple[object, ...]:
        return pickled_identity, (self.name, True)

    def __call__(self) -> dict[str, str]:
        return identity() | ({self.name: "other"} if self.there else {})


def test_a_scheduler_without_workers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with LocalCluster(n_workers=0, processes=False, dashboard_address=":0", protocol="tcp", host="127.0.0.1") as nobody:
        monkeypatch.setenv(SCHEDULER_VARIABLE, nobody.scheduler_address)
        with pytest.raises(StepError, match="has no workers"):
            each(square, [1])


DOCUMENTED = (
    "`env $(.venv/bin/python -m pipeline.fleet.exports) .venv/bin/dask worker ADDRESS --nworkers 8 --nthreads 1`"
)


def test_workers_that_are_started_as_documented_are_used_and_others_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert DOCUMENTED in (ROOT / "docs" / "fleet.md").read_text(encoding="utf-8")
    plain = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    with LocalCluster(n_workers=0, processes=False, dashboard_address=":0", protocol="tcp", host="127.0.0.1") as here:
        monkeypatch.setenv(SCHEDULER_VARIABLE, here.scheduler_address)
        rest = ["-m", "dask", "worker", here.scheduler_address, "--nworkers", "1", "--nthreads", "1", "--no-dashboard"]
        exports = [sys.executable, "-m", "pipeline.fleet.exports"]
        said = subprocess.run(exports, cwd=ROOT, env=plain, capture_output=True, text=True, check=True).stdout.split()
        for settings in ([], said):
            command = ["env", *settings, sys.executable, *rest]
            worker = subprocess.Popen(command, cwd=ROOT, env=plain, stderr=subprocess.DEVNULL, start_new_session=True)
            with Client(here.scheduler_address, set_as_default=False) as client:
                client.wait_for_workers(1, timeout=60)
            try:
                if settings:
                    assert each(square, [1, 2]) == [square(1), square(2)]
                elif "OPENBLAS_CORETYPE" in SETTINGS:
                    with pytest.raises(StepError, match="differs in: OPENBLAS_CORETYPE"):
                        each(square, [1])
            finally:
                os.killpg(worker.pid, signal.SIGTERM)
                worker.wait()


def panel() -> pd.DataFrame:
    rng = np.random.default_rng(1)
    rows = [
        (f"u{u:02d}", year, 2022 if u < 12 else np.nan, rng.normal() + 0.5 * (u < 12 and year >= 2022))
        for u in range(30)
        for year in range(2019, 2025)
    ]
    return pd.DataFrame(rows, columns=["unit", "period", "cohort", "y"]).astype({"cohort": "Int64"})


CHOICES = Choices(
    samples=(Sample(code="all"), Sample(code="late", first_period=2020)),
    covariates=("none",),
    estimators=("group_time", "two_way"),
    comparisons=("never", "not_yet"),
    scalings=("declared", "rank"),
    clusters=("unit",),
)


def test_the_specification_curve_is_the_same_to_the_byte(on_cluster: str, monkeypatch: pytest.MonkeyPatch) -> None:
    there = curve(panel(), "y", CHOICES, draws=199)
    monkeypatch.delenv(SCHEDULER_VARIABLE)
    here = curve(panel(), "y", CHOICES, draws=199, workers=1)
    for one, other in ((there.table, here.table), (there.joint, here.joint)):
        assert pickle.dumps(one.to_csv(float_format="%r")) == pickle.dumps(other.to_csv(float_format="%r"))


@pytest.mark.slow
def test_experiments_are_the_same_on_worker_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = (("constant",), ("cs_dr_never", "twfe"), 6, 20240717)
    here = experiment(*asked, wild_draws=99, workers=1)
    with local_cluster(2, secure=False) as processes:
        monkeypatch.setenv(SCHEDULER_VARIABLE, processes.scheduler_address)
        there = experiment(*asked, wild_draws=99)
    assert here.to_csv(float_format="%r") == there.to_csv(float_format="%r")


def way(_: int) -> list[str | None]:
    """A job that says how it computes."""
    return [os.environ.get(name) for name in SETTINGS]


def test_processes_compute_in_one_way_whatever_the_caller_asks_for() -> None:
    code = (
        "from tests.test_workers import each, os, way; os.environ['OMP_NUM_THREADS'] = '2'; print(each(way, [1, 2], 2))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == str([list(SETTINGS.values())] * 2), done.stderr
