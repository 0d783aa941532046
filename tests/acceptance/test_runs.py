"""`report` as a person runs it again, with a fault in the data, with an interrupt, and on studies of one's own."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.ledger.entries import file_hash
from pipeline.study import ROOT
from tests.acceptance.formats import report_in, texts_of
from tests.conftest import run_pipeline


@pytest.fixture
def copied(made: Path, tmp_path: Path) -> Path:
    """A workspace of one's own whose report has been made."""
    return shutil.copytree(made, tmp_path / "copied", symlinks=True)


def test_ten_lines_make_a_report_of_ones_own(tmp_path: Path) -> None:
    """The README's study, as written, on a panel with two cohorts."""
    text = (ROOT / "README.md").read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    (tmp_path / "studies/mine").mkdir(parents=True)
    (tmp_path / "studies/mine/study.yml").write_text(text, encoding="utf-8")
    (tmp_path / "data/raw/mine/2024").mkdir(parents=True)
    rows = ["unit,year,first_treated,score"]
    for unit in range(60):
        first = (2022, 2023, None)[unit % 3]
        for year in range(2019, 2025):
            effect = 2.0 if first and year >= first else 0.0
            noise = ((unit * 7919 + year * 104729) % 1000) / 500 - 1
            rows.append(f"u{unit},{year},{first or ''},{50 + unit % 7 + year - 2019 + effect + noise:.2f}")
    (tmp_path / "data/raw/mine/2024/panel.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    done = run_pipeline(tmp_path, "report", "--study", "mine", "--lang", "en", "--engine", "embedded")
    assert done.returncode == 0, done.stderr
    assert "evidence of an increase" in texts_of(tmp_path / "reports/mine/2024/en")["html"]


@pytest.mark.slow
def test_nothing_changed_then_only_what_depends(copied: Path, tmp_path: Path) -> None:
    again = run_pipeline(copied, "report", "--engine", "embedded")
    assert "Nothing has changed" in again.stdout
    prose = copied / "studies/medan-pendidikan/text/id/one.ftl"
    prose.write_text("results-opening = Satu kalimat lagi.\n", encoding="utf-8")
    third = run_pipeline(copied, "report", "--engine", "embedded")
    assert re.search(r"Executed: 08_report-id [\d.]+ s\n", third.stdout), third.stdout
    assert "Satu kalimat lagi." in texts_of(report_in(copied))["html"]


def test_a_fault_leaves_the_last_good_report(copied: Path) -> None:
    before = {p: file_hash(p) for p in report_in(copied).rglob("*") if p.is_file()}
    raw = copied / "data/raw/medan-pendidikan/2024/asesmen.csv"
    good = raw.read_bytes()
    raw.write_bytes(good.replace(b"Literasi", b"Literasy", 1))
    done = run_pipeline(copied, "report", "--engine", "embedded")
    raw.write_bytes(good)
    assert done.returncode == 1
    for words in ("asesmen.csv", "Literasi", "notebooks/01_clean.ipynb, cell [", "pipeline step 01_clean"):
        assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert {p: file_hash(p) for p in report_in(copied).rglob("*") if p.is_file()} == before


def _kernels(parent: int) -> list[int]:
    """Notebook kernels of a run: processes that its fork server has forked."""
    table = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in table.splitlines()[1:]]
    forked = [(int(pid), int(ppid)) for pid, ppid, args in rows if "pipeline.run.forkserver" in args]
    servers = {pid for pid, ppid in forked if ppid == parent}
    return [pid for pid, ppid in forked if ppid in servers]


@pytest.mark.slow
def test_an_interrupt_leaves_no_kernel_and_nothing_half_written(copied: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    shutil.copytree(copied, workspace, ignore=shutil.ignore_patterns("build", "reports", "processed"))
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "report"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "EVALUATION_ROOT": str(workspace), "HOME": str(tmp_path)},
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while not (kernels := _kernels(process.pid)) and time.monotonic() < deadline:
        assert process.poll() is None, process.stderr.read()
    process.send_signal(signal.SIGINT)
    _, message = process.communicate(timeout=60)
    assert process.returncode == 130, message
    assert "Stopped" in message
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in kernels):
        assert time.monotonic() < deadline, "a kernel outlived the run"
    assert not list(workspace.rglob("*.partial*"))
    assert not (workspace / "reports").exists()


@pytest.mark.slow
def test_the_published_study_by_make(tmp_path: Path) -> None:
    """`make report STUDY=jtrain LANG=en` in a clean copy: the table has the printed numbers."""
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in tracked.splitlines():
        if (ROOT / name).is_file() and not name.startswith("data/raw/medan"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tmp_path / name)
    (tmp_path / ".venv").symlink_to(Path(sys.prefix))
    (Path(sys.prefix) / ".ready").touch()
    done = subprocess.run(
        ["make", "report", "STUDY=jtrain", "LANG=en"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "reports/jtrain/1989/en"
    for text in texts_of(folder).values():
        for printed in ("0.080", "0.109", "0.247", "0.133", "0.252", "0.151", "0.422", "0.210"):
            assert printed in text
