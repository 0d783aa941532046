"""Parallel efficiency of `make fleet`, and a model of what many regencies cost on many workers.

`python -m benchmarks.fleet [--regencies 20] [--workers 1,2] [--lean]`: makes small regency studies in a temporary folder,
and the reports of all of them on each number of workers, from nothing. The machine may be shared: each run is paired with
the processor seconds of its workers, and the load before and after it is printed.

Efficiency on N workers = seconds on one worker / (N × seconds on N). On a shared machine a wall clock says little, so that
it is told a second way: the share of N × seconds in which the workers had a report under their hands (`busy`), times the
ratio of the processor seconds a report (`work`).
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.tiny import STUDY, tiny_fleet
from pipeline.fleet.run import Fleet, fleet_of, run
from pipeline.fleet.work import Made

NATION = 500
NATION_WORKERS = (1, 2, 8, 32, 128, 500)


HEAD = """\
| workers | load before, after | start | seconds | a report | processor | busy | model | model / measured |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"""


@dataclass(frozen=True)
class Measured:
    """A run on so many workers.

    Attributes:
        workers: How many.
        start: Seconds until they were there.
        seconds: From then to the last report.
        reports: Seconds of each report, on its worker.
        processor: Processor seconds of each report, with its children.
    """

    workers: int
    start: float
    seconds: float
    reports: tuple[float, ...]
    processor: tuple[float, ...]


def write_regencies(root: Path, count: int, units: int = 30) -> list[str]:
    """So many studies with a panel of 30 schools and six years; their names."""
    names = [f"kab-{k:03d}" for k in range(count)]
    for k, name in enumerate(names):
        rng = np.random.default_rng([7, k])
        rows = []
        for unit in range(units):
            first = 2022 if unit < units // 4 else 2023 if unit < units // 2 else None
            level = rng.normal()
            for year in range(2019, 2025):
                effect = 0.8 if first and year >= first else 0.0
                value = 50 + level + 0.1 * (year - 2019) + effect + rng.normal(0, 0.5)
                rows.append((f"u{unit:02d}", year, first or "", round(value, 3)))
        folder = root / "data" / "raw" / name / "2024"
        folder.mkdir(parents=True)
        pd.DataFrame(rows, columns=["unit", "year", "first_treated", "score"]).to_csv(folder / "panel.csv", index=False)
        study = root / "studies" / name
        study.mkdir(parents=True)
        (study / "study.yml").write_text(STUDY, encoding="utf-8")
    return names


def write_lean(root: Path, count: int) -> list[str]:
    """So many studies whose notebooks do next to nothing; their names."""
    names = [f"kab-{k:03d}" for k in range(count)]
    tiny_fleet(root, *names)
    return names


def measure(fleet: Fleet, workers: int) -> Measured:
    """All reports from nothing on so many workers."""
    from pipeline.fleet.cluster import crew

    begin = time.perf_counter()
    with crew(fleet.home, workers=workers) as hands:
        there = time.perf_counter()
        made: list[Made] = list(run(fleet, fleet.studies, hands))
        end = time.perf_counter()
    lost = [one for one in made if one.fault is not None]
    if lost:
        raise SystemExit(f"{lost[0].study}: {lost[0].fault}")
    return Measured(
        workers,
        there - begin,
        end - there,
        tuple(one.seconds for one in made),
        tuple(one.processor for one in made),
    )


def efficiency(one: Measured, many: Measured) -> float:
    """Seconds on one worker over N times the seconds on N."""
    return one.seconds / (many.workers * many.seconds)


def busy(found: Measured) -> float:
    """Share of the workers' time in which they had a report under their hands."""
    return sum(found.reports) / (found.workers * found.seconds)


def model(reports: int, workers: int, seconds: float, first: float = 0.0) -> float:
    """Seconds of so many reports on so many workers.

    Workers take the next report when one is done, so that the last round is as full as it can be: ceil(reports / workers)
    reports one after another, and what a worker's first report costs beyond the others, once.

    Args:
        reports, workers: How many.
        seconds: Of a report on a worker that has made one before.
        first: What a worker's first report takes longer.
    """
    return first + seconds * -(-reports // workers)


def main() -> None:
    """Measure and print the tables of docs/performance.md."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--regencies", type=int, default=20)
    options.add_argument(
        "--lean", action="store_true", help="notebooks that do next to nothing: what a fleet itself costs"
    )
    options.add_argument("--workers", default="1,2", type=lambda text: [int(part) for part in text.split(",")])
    asked = options.parse_args()
    found = []
    print(HEAD)
    for workers in asked.workers:
        with tempfile.TemporaryDirectory() as folder:
            make = write_lean if asked.lean else write_regencies
            names = make(Path(folder), asked.regencies)
            fleet = fleet_of(" ".join(names), Path(folder), "", edition="2024", lang="en", engine="embedded")
            before = os.getloadavg()[0]
            found.append(measure(fleet, workers))
            print(_row(found[-1], before, os.getloadavg()[0]), flush=True)
    _efficiencies(found)
    _nation(found)


def _row(found: Measured, before: float, after: float) -> str:
    mean = float(np.mean(found.reports))
    told = model(len(found.reports), found.workers, mean)
    return (
        f"| {found.workers} | {before:.1f}, {after:.1f} | {found.start:.1f} | {found.seconds:.0f} | {mean:.1f} "
        f"| {np.mean(found.processor):.1f} | {busy(found):.2f} | {told:.0f} | {told / found.seconds:.2f} |"
    )


def _efficiencies(found: Sequence[Measured]) -> None:
    one = next((each for each in found if each.workers == 1), None)
    for many in (each for each in found if each.workers > 1 and one is not None):
        assert one is not None
        work = float(np.mean(one.processor) / np.mean(many.processor))
        print(
            f"\n{many.workers} workers: efficiency {efficiency(one, many):.2f} by the clock; busy {busy(many):.2f} × work "
            f"{work:.2f} = {busy(many) * work:.2f} by processor seconds."
        )


def _nation(found: Sequence[Measured]) -> None:
    seconds = float(np.mean(found[-1].processor))
    print(f"\n{NATION} regencies, {seconds:.0f} processor seconds each, a core a worker:\n")
    print("| workers | hours |\n| ---: | ---: |")
    for workers in NATION_WORKERS:
        print(f"| {workers} | {model(NATION, workers, seconds) / 3600:.2f} |")


if __name__ == "__main__":
    main()
