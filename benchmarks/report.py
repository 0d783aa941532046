"""Seconds and memory of `report`, each as a ratio to the same cells run in one process without kernels.

`python -m benchmarks.report [--study NAME] [--check]`: works in a copy of the study, so nothing of the repository is
touched. With `--check` it fails where a ratio is more than a quarter above the table in docs/performance.md.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALLOWED_LOSS = 1.25
SENTENCE = "One more sentence was added."
PURE = """
import json, os, sys
from pathlib import Path
for path in sorted(Path(sys.argv[1]).glob("*.ipynb")):
    names = {}
    for cell in json.loads(path.read_text())["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
            if "parameters" in cell["metadata"].get("tags", []):
                names |= {"study": sys.argv[2], "edition": int(sys.argv[3])} | ({"lang": "en"} if "lang" in names else {})
"""


def measure(arguments: Sequence[str], workspace: Path) -> tuple[float, float]:
    """Seconds, and peak MiB of all processes together (shared pages counted once); ends where the command fails."""
    environment = {**os.environ, "EVALUATION_ROOT": str(workspace), "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    environment |= {"OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "agg", "EVALUATION_LANGUAGES": "en"}
    start = time.perf_counter()
    with subprocess.Popen(
        list(arguments), cwd=workspace, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        done, peak = threading.Event(), [0.0]
        watcher = threading.Thread(target=_watch, args=(process.pid, done, peak))
        watcher.start()
        _, message = process.communicate()
        seconds = time.perf_counter() - start
        done.set()
        watcher.join()
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)[:200]}\n{message.decode()}")
    return seconds, peak[0]


def documented(text: str) -> dict[str, float]:
    """The ratios of the table in docs/performance.md, by case."""
    rows = re.findall(r"^\| ([^|]+?) \| [\d.]+ \| [\d.]+ \| ([\d.]+) \|$", text, re.MULTILINE)
    return {case: float(ratio) for case, ratio in rows}


def losses(measured: dict[str, float], table: dict[str, float]) -> list[str]:
    """Cases whose ratio is more than a quarter above the table's."""
    return [
        f"{case}: {ratio:.2f}, documented {table[case]:.2f}"
        for case, ratio in measured.items()
        if case in table and ratio > ALLOWED_LOSS * table[case] + 0.01
    ]


def with_sentence(text: str) -> str:
    """A file of words with one more sentence at the end of its first paragraph that says no number.

    Raises:
        ValueError: There is no such paragraph.
    """
    changed, count = re.subn(r"^([a-z-]+ = [^{}\n]{80,}\.)$", rf"\1 {SENTENCE}", text, count=1, flags=re.MULTILINE)
    if not count:
        raise ValueError("the file has no paragraph of words alone")
    return changed


def run(study: str) -> dict[str, float]:
    """Print one line a case; the ratios by case."""
    report = [sys.executable, "-m", "pipeline", "report", "--study", study, "--lang", "en", "--engine", "embedded"]
    ratios: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        workspace, by_hand = Path(folder) / "run", Path(folder) / "hand"
        for place in (workspace, by_hand):
            for part in (Path("studies") / study, Path("data") / "raw" / study):
                shutil.copytree(ROOT / part, place / part)
        years = (workspace / "data" / "raw" / study).iterdir()
        edition = max(int(p.name) for p in years if p.name.isdigit())
        pure = [sys.executable, "-c", PURE, str(ROOT / "notebooks"), study, str(edition)]
        loop = " && ".join(
            f"{sys.executable} -m papermill {path} {by_hand}/{path.name} -p study {study} -p edition {edition}"
            f"{' -p lang en' if 'report' in path.stem else ''} --no-progress-bar -k python3"
            for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
        )
        print(f"| {'case':<44} | seconds | peak MiB | ratio |\n| --- | ---: | ---: | ---: |")

        def line(case: str, arguments: Sequence[str], place: Path) -> float:
            seconds, memory = measure(arguments, place)
            ratios[case] = seconds / (base or seconds)
            print(f"| {case} | {seconds:.2f} | {memory:.0f} | {ratios[case]:.2f} |", flush=True)
            return seconds

        base = 0.0
        base = line("the same cells in one process, no kernels", pure, by_hand)
        line("the same notebooks by a plain loop of papermill", ["bash", "-c", loop], by_hand)
        line("cold report", report, workspace)
        line("nothing changed", report, workspace)
        prose = workspace / "studies" / study / "text" / "en" / "introduction.ftl"
        prose.write_text(with_sentence(prose.read_text(encoding="utf-8")), encoding="utf-8")
        line("one prose file changed", report, workspace)
        page = workspace / "reports" / study / str(edition) / "en" / "report.html"
        if SENTENCE not in page.read_text(encoding="utf-8"):
            raise SystemExit(
                "The sentence that was added is not in the report: what was measured is no change of prose."
            )
        with (workspace / "studies" / study / "study.yml").open("a", encoding="utf-8") as file:
            file.write("# a comment\n")
        line("a comment in study.yml", report, workspace)
    return ratios


def main() -> None:
    """Measure, and hold against the documented table where that is asked."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--study", default="medan-pendidikan")
    options.add_argument("--check", action="store_true")
    given = options.parse_args()
    ratios = run(given.study)
    lost = losses(ratios, documented((ROOT / "docs" / "performance.md").read_text(encoding="utf-8")))
    if given.check and lost:
        raise SystemExit("Slower than documented by more than a quarter:\n" + "\n".join(lost))


def _watch(pid: int, done: threading.Event, peak: list[float]) -> None:
    while not done.wait(0.3):
        peak[0] = max(peak[0], sum(_proportional(process) for process in _family(pid)))


def _family(pid: int) -> list[int]:
    """A process and all below it."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue
        parents.setdefault(parent, []).append(int(path.parent.name))
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += parents.get(one, [])
    return found


def _proportional(pid: int) -> float:
    """Resident MiB of a process, each shared page divided among those that share it; 0 where it has ended."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    found = re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    main()
