"""Whole-process seconds and peak memory of `report`, beside the same notebooks run by a plain loop of papermill.

`python -m benchmarks.report [STUDY]`: works in a copy of the study, so nothing of the repository is touched.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ["01_clean", "02_programme", "03_effects", "04_robustness", "07_verdict", "08_report"]


def measure(arguments: Sequence[str], workspace: Path) -> tuple[float, float]:
    """Seconds and peak resident MiB (largest process) of one command; ends with its message where it fails."""
    environment = {**os.environ, "EVALUATION_ROOT": str(workspace), "PYTHONPATH": str(ROOT)}
    start = time.perf_counter()
    with subprocess.Popen(
        list(arguments), cwd=workspace, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        _, message = process.communicate()
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)}\n{message.decode()}")
    seconds = time.perf_counter() - start
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _touch(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def _change_raw(folder: Path) -> None:
    """Take the last row from the newest text file: the smallest real change of raw data."""
    files = sorted(p for p in folder.rglob("*") if p.suffix in {".csv", ".tsv"})
    content = files[-1].read_bytes().rstrip(b"\r\n")
    files[-1].write_bytes(content[: content.rindex(b"\n") + 1])


def main(study: str = "medan-pendidikan") -> None:
    """Print one line a case."""
    report = [sys.executable, "-m", "pipeline", "report", "--study", study]
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        for part in (Path("studies") / study, Path("data") / "raw" / study):
            if (ROOT / part).exists():
                shutil.copytree(ROOT / part, workspace / part)
        print(f"{'case':<28}{'seconds':>9}{'peak MiB':>10}{'ratio':>8}")
        cold = _line("cold report", report, workspace, None)
        _line("nothing changed", report, workspace, cold)
        text = workspace / "studies" / study / "text" / "id"
        text.mkdir(parents=True, exist_ok=True)
        source = ROOT / "pipeline" / "report" / "text" / "id" / "60_conclusion.md"
        prose = text / "60_conclusion.md"
        if not prose.exists():
            shutil.copy(source, prose)
        _touch(prose, "\n")
        _line("one prose file changed", report, workspace, cold)
        _change_raw(workspace / "data" / "raw" / study)
        _line("one raw file changed", report, workspace, cold)
        edition = max(int(p.name) for p in (workspace / "data" / "raw" / study).iterdir() if p.name.isdigit())
        loop = " && ".join(
            f"{sys.executable} -m papermill {ROOT}/notebooks/{name}.ipynb {workspace}/{name}.ipynb "
            f"-p study {study} -p edition {edition} --no-progress-bar -k python3"
            for name in NOTEBOOKS
        )
        _line("plain loop of papermill", ["bash", "-c", loop], workspace, cold)


def _line(name: str, arguments: Sequence[str], workspace: Path, base: float | None) -> float:
    seconds, memory = measure(arguments, workspace)
    print(f"{name:<28}{seconds:>9.2f}{memory:>10.0f}{seconds / (base or seconds):>8.2f}", flush=True)
    return seconds


if __name__ == "__main__":
    main(*sys.argv[1:2])
