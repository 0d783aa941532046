"""Whole fleets through the real machinery, with studies whose runs take seconds; workers that are killed among it."""

from __future__ import annotations

import csv
import gc
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from importlib.machinery import ModuleSpec
from pathlib import Path

import psutil
import pytest
from distributed import Client

from benchmarks.tiny import tiny_fleet, write_notebook
from pipeline.errors import StudyError
from pipeline.fleet import cluster as workers
from pipeline.fleet.cluster import crew
from pipeline.fleet.run import Fleet, _progress, fleet_of, make_fleet, run, up_to_date
from pipeline.fleet.verb import fleet_verb
from pipeline.fleet.work import make_one
from pipeline.study import ROOT
from tests.conftest import run_pipeline

OPTIONS = {"edition": "2024", "lang": "en", "engine": "embedded"}


def fleet(root: Path, *names: str) -> Fleet:
    return fleet_of(" ".join(names), root, "", **OPTIONS)


def until(condition, seconds: float = 900.0) -> None:
    """Wait for what is to become true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def table(root: Path) -> dict[str, dict[str, str]]:
    with (root / "reports/fleet/studies/places.csv").open(encoding="utf-8", newline="") as file:
        return {row["study"]: row for row in csv.DictReader(file)}


def records(root: Path, study: str) -> dict[str, int]:
    """The records of a study's finished steps, by when they were written."""
    return {path.stem: path.stat().st_mtime_ns for path in (root / "build" / study / "2024/records").glob("*.json")}


def stamped(root: Path, study: str) -> bool:
    """Whether a study's report is there, and known to be whole."""
    return any((root / "build" / study / "stamps").glob("*.json"))


# --- what is refused before anything is done ---------------------------------------------------------------------------


def asked(**given: object) -> dict:
    nothing = dict.fromkeys(("studies", "column", "template", "name", "scheduler"), "")
    return {**nothing, **OPTIONS, "file": None, "cluster": None, "workers": 0, "job_script": False, **given}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "not said which reports"),
        ({"studies": "a", "file": Path("x.csv")}, "not said which reports"),
        ({"studies": " , "}, "No study is named"),
        ({"studies": "aa", "column": "regency"}, "splits a national file"),
        ({"studies": "aa", "workers": 2, "scheduler": "tcp://x:1"}, "several ways"),
        ({"studies": "aa aa"}, "stands twice"),
        ({"studies": "aa ../aa"}, "no study called"),
        ({"studies": "aa", "name": "../x"}, "no name of a fleet"),
        ({"studies": "aa", "lang": "xx"}, "no report in the language"),
        ({"job_script": True}, "of a batch system"),
    ],
)
def test_what_does_not_go_together_is_refused(tmp_path: Path, given: dict, words: str) -> None:
    tiny_fleet(tmp_path, "aa")
    with pytest.raises(StudyError, match=words):
        fleet_verb(tmp_path, **asked(**given))
    assert not (tmp_path / "reports").exists()


@pytest.mark.usefixtures("forked_kernels")
def test_a_study_that_fails_is_a_result_with_its_kind(tmp_path: Path) -> None:
    tiny_fleet(tmp_path, "bad", bad="bad")
    given = fleet(tmp_path, "bad")
    done = make_one(given.job("bad"))
    assert done.fault is not None
    assert (done.fault.kind, done.fault.step) == ("step", "01_clean")
    assert "ValueError" in done.fault.text
    assert up_to_date(given) == ({}, ["bad"])


# --- whole runs --------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_one_bad_study_stops_no_other_and_a_second_call_redoes_nothing_that_is_done(tmp_path: Path) -> None:
    tiny_fleet(tmp_path, "aa", "bad", "cc", bad="bad")
    command = ("fleet", "--studies", "aa bad cc", "--lang", "en", "--engine", "embedded")
    done = run_pipeline(tmp_path, *command)
    assert done.returncode == 1
    assert "2 of 3 reports are up to date." in done.stdout
    assert (
        done.stderr.count("\n") == 5
    )  # quiet where there is no terminal: what there is to do, where to look, one fault
    assert "needs the package bokeh" in done.stderr
    found = table(tmp_path)
    assert [found[name]["value"] for name in ("aa", "cc")] == ["0.5", "0.7"]
    assert found["bad"]["fault"] == "step"
    assert "invalid literal" in (tmp_path / "build/fleet/studies/faults/bad.txt").read_text(encoding="utf-8")
    before = {name: records(tmp_path, name) for name in ("aa", "cc")}
    pages = {path.name: path.read_bytes() for path in (tmp_path / "reports/fleet/studies").iterdir()}
    (tmp_path / "data/raw/bad/2024/panel.csv").write_text("1 2 3\n", encoding="utf-8")
    again = run_pipeline(tmp_path, *command)
    assert again.returncode == 0, again.stderr
    assert "1 reports to make, 2 up to date" in again.stderr
    assert {name: records(tmp_path, name) for name in ("aa", "cc")} == before
    assert table(tmp_path)["bad"]["value"] == "0.6"
    assert {path.name: path.read_bytes() for path in (tmp_path / "reports/fleet/studies").iterdir()} != pages


@pytest.mark.slow
def test_a_killed_worker_loses_nothing(tmp_path: Path) -> None:
    """Killed while it makes a report: another goes on from the last finished step, and the result is the same bytes."""
    names = ("aa", "bb", "cc")
    tiny_fleet(tmp_path / "killed", *names)
    given = fleet(tmp_path / "killed", *names)
    kept: dict[str, dict[str, int]] = {}

    with crew(given.home, workers=2) as hands:
        with pytest.raises((OSError, TypeError)):  # who holds no key of this run cannot hand its workers anything
            Client(hands.client.scheduler.address, timeout=5, set_as_default=False)
        gc.collect()  # what is left of it goes now, not in the middle of another client's start
        for link in hands.links:
            with urllib.request.urlopen(link, timeout=30) as answer:
                assert answer.status == 200

        def kill() -> None:
            until(lambda: any(len(records(given.home, name)) >= 3 for name in names))
            victim = next(name for name in names if len(records(given.home, name)) >= 3)
            pids = hands.client.run(os.getpid)
            worker = next(
                address
                for address, tasks in hands.client.processing().items()
                if any(victim in str(key) for key in tasks)
            )
            os.kill(pids[worker], signal.SIGKILL)
            kept[victim] = records(given.home, victim)

        killer = threading.Thread(target=kill)
        killer.start()
        done = {one.study: one for one in run(given, names, hands)}
        killer.join()
    assert kept
    assert [one.fault for one in done.values()] == [None] * 3
    for name, finished in kept.items():
        now = records(given.home, name)
        assert {step: now[step] for step in finished} == finished  # what was finished was not made again
    assert make_fleet(given)
    tiny_fleet(tmp_path / "calm", *names)
    assert make_fleet(fleet(tmp_path / "calm", *names), workers=1)
    for name in (*(f"{name}/2024/en" for name in names), "fleet/studies"):
        one, other = (tmp_path / where / "reports" / name for where in ("killed", "calm"))
        assert {p.name: p.read_bytes() for p in one.iterdir() if p.is_file()} == {
            p.name: p.read_bytes() for p in other.iterdir() if p.is_file()
        }


KILLER = """
import os
import signal

import psutil

worker = next(one for one in psutil.Process().parents() if "spawn_main" in " ".join(one.cmdline()))
os.kill(worker.pid, signal.SIGKILL)
"""


@pytest.mark.slow
def test_a_study_that_ends_its_workers_is_given_up_and_stops_no_other(tmp_path: Path) -> None:
    tiny_fleet(tmp_path, "aa", "killer")
    write_notebook(tmp_path, "01_clean", KILLER, name="killer")
    assert not make_fleet(fleet(tmp_path, "aa", "killer"), workers=1)
    found = table(tmp_path)
    assert found["aa"]["value"] == "0.5"
    assert found["killer"]["fault"] == "worker"


@pytest.mark.slow
def test_ctrl_c_leaves_finished_reports_and_the_next_call_goes_on(tmp_path: Path) -> None:
    names = ("aa", "bb", "cc")
    tiny_fleet(tmp_path, *names)
    command = [
        *(sys.executable, "-m", "pipeline", "fleet", "--studies", " ".join(names)),
        *("--lang", "en", "--engine", "embedded", "--workers", "1"),
    ]
    environment = {**os.environ, "EVALUATION_ROOT": str(tmp_path)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        until(lambda: any(stamped(tmp_path, name) for name in names))
        family = psutil.Process(process.pid).children(recursive=True)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of its processes
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Traceback" not in said
    _, alive = psutil.wait_procs(family, timeout=30)
    assert alive == []
    finished = [name for name in names if stamped(tmp_path, name)]
    assert 1 <= len(finished) < 3
    before = {name: records(tmp_path, name) for name in finished}
    done = run_pipeline(tmp_path, *command[3:])
    assert done.returncode == 0, done.stderr
    assert f"{3 - len(finished)} reports to make, {len(finished)} up to date" in done.stderr
    assert {name: records(tmp_path, name) for name in finished} == before


@pytest.mark.parametrize("drawn", [True, False], ids=["with-bokeh", "without"])
def test_where_to_look_is_said_and_leads_there_while_workers_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], drawn: bool
) -> None:
    """The dashboard where its charts can be drawn; else pages that answer, and why there is no dashboard."""
    if drawn:
        monkeypatch.setattr(workers, "find_spec", lambda name: ModuleSpec(name, None))
    with crew(tmp_path, workers=1) as hands:
        with _progress(fleet_of("aa", tiny_fleet(tmp_path, "aa"), "", **OPTIONS)) as bar:
            bar.begin(2, hands, 3)
        said = capsys.readouterr().err.splitlines()
        assert said[0] == "3 reports to make, 2 up to date, 1 workers."
        found = [line.removeprefix("Look on: ") for line in said if line.startswith("Look on: ")]
        assert found == list(hands.links)
        assert any("needs the package bokeh" in line for line in said) is not drawn
        if drawn:
            assert [link.rpartition("/")[2] for link in found] == ["status"]
        else:
            counts = next(link for link in found if link.endswith(".json"))
            with urllib.request.urlopen(counts, timeout=30) as answer:
                assert json.load(answer)["workers"] == 1
    with pytest.raises(urllib.error.URLError):  # and goes with the run
        urllib.request.urlopen(found[0], timeout=30)


# --- batch systems -----------------------------------------------------------------------------------------------------

QUEUE = """\
system: {system}
jobs: 1
workers: 2
memory: 6 GiB
walltime: "01:00:00"
queue: short
account: office
interface: lo
directives: ["{directive}"]
prologue: ["module load python"]
"""


SLURM = ("-p short", "-A office", "--cpus-per-task=2", "--mem=6G", "-t 01:00:00", "--constraint=x")
PBS = ("-q short", "-A office", "-l select=1:ncpus=2:mem=6144MB", "-l walltime=01:00:00", "--constraint=x")


@pytest.mark.parametrize(
    ("system", "head"), [("slurm", [f"#SBATCH {one}" for one in SLURM]), ("pbs", [f"#PBS {one}" for one in PBS])]
)
def test_the_job_that_a_batch_system_would_get(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], system: str, head: list[str]
) -> None:
    file = tmp_path / "queue.yml"
    file.write_text(QUEUE.format(system=system, directive="--constraint=x"), encoding="utf-8")
    assert fleet_verb(tmp_path, **asked(job_script=True, cluster=file))
    script = capsys.readouterr().out.splitlines()
    exports = f"export $({sys.executable} -m pipeline.fleet.exports)"
    for line in (*head, "module load python", f"cd {ROOT}", exports):
        assert line in script
    worker = script[-1].split()
    assert worker[:3] == [sys.executable, "-m", "distributed.cli.dask_worker"]
    for option, value in (("--nthreads", "1"), ("--nworkers", "2"), ("--preload", "pipeline.fleet.preload")):
        assert worker[worker.index(option) + 1] == value
    assert worker[3].startswith("tls://")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("system: lsf\njobs: 1\nmemory: 1 GB\nwalltime: '1'\n", "system"),
        ("system: slurm\nmemory: 1 GB\nwalltime: '1'\n", "jobs"),
        ("system: slurm\njobs: 1\nmemory: 1 GB\nwalltime: '1'\nkores: 2\n", "kores"),
        ("- 1\n", "queue.yml"),
    ],
)
def test_a_wrong_file_of_a_batch_system_is_told(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "queue.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(StudyError, match=words):
        fleet_verb(tmp_path, **asked(job_script=True, cluster=file))


SBATCH = """\
#!/bin/bash
script=$(mktemp {log}.XXXXXX)
grep -v 'module load' "$1" > "$script"
setsid bash "$script" >> {log} 2>&1 < /dev/null &
echo "Submitted batch job $!"
"""


@pytest.mark.slow
def test_a_fleet_on_jobs_that_slurm_would_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real dask-jobqueue, its script and its workers; in Slurm's place a command that runs the script at once."""
    tiny_fleet(tmp_path, "aa", "bb")
    (tmp_path / "bin").mkdir()
    for name, text in (("sbatch", SBATCH.format(log=tmp_path / "log")), ("scancel", '#!/bin/sh\nkill -- "-$1"\n')):
        (tmp_path / "bin" / name).write_text(text, encoding="utf-8")
        (tmp_path / "bin" / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    file = tmp_path / "queue.yml"
    file.write_text(QUEUE.format(system="slurm", directive="--constraint=x"), encoding="utf-8")
    assert make_fleet(fleet(tmp_path, "aa", "bb"), queue=file), (tmp_path / "log").read_text(encoding="utf-8")
    assert [row["value"] for row in table(tmp_path).values()] == ["0.5", "0.6"]
    assert json.loads((tmp_path / "reports/aa/2024/en/ledger.json").read_text(encoding="utf-8"))["numbers"]
