"""Cost of the effects on a large panel, by its number of units: 72 months, 48 cohorts, simulated from a seed.

    .venv/bin/python -m benchmarks.panel [UNITS …]

Each size runs in a process of its own: the design, the group-time effects with both comparison groups, the pre-trends, the
effect without each cohort and each period, and the two-way coefficient with its decomposition. The last column is the cost a
unit over that of the first size: 1 where cost grows in proportion to units, below 1 where a part of it does not grow at all.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

import numpy as np
import pandas as pd

SIZES = (500, 2_000, 7_785, 50_000)
MONTHS, COHORTS, FIRST = 72, 48, 13
SEED = 1


def simulated(units: int) -> pd.DataFrame:
    """Months of rare events: a unit's own rate, a common wave, a small effect from its month of training on.

    Args:
        units: Number of units, all treated in the end.

    Returns:
        `unit`, `period` (1 … 72), `cohort` (13 … 60), `y`; one row a unit and month.
    """
    rng = np.random.default_rng(SEED)
    cohort = FIRST + rng.permutation(np.arange(units) % COHORTS)
    rate = rng.gamma(2.0, 0.02, units)[:, None] * (1 + 0.3 * np.sin(np.arange(MONTHS) / 6))
    months = np.arange(1, MONTHS + 1)
    rate = rate * np.where(months >= cohort[:, None], 0.9, 1.0)
    return pd.DataFrame(
        {
            "unit": np.repeat(np.arange(units), MONTHS),
            "period": np.tile(months, units),
            "cohort": np.repeat(cohort, MONTHS),
            "y": rng.poisson(rate).ravel().astype(float),
        }
    )


def measure(units: int) -> dict[str, float]:
    """Seconds of this process's own computing, and its largest memory in MiB."""
    from pipeline.methods.effects import group_time, make_design, pretrend, twfe
    from pipeline.methods.effects.diagnostics import bacon
    from pipeline.methods.effects.sensitivity import leave_out

    panel = simulated(units)
    steps = {"start": time.process_time()}
    design = make_design(panel, "y", cluster="unit", min_cohort_units=3)
    steps["design"] = time.process_time()
    found = group_time.estimate(design, "never", seed=SEED)
    group_time.estimate(design, "not_yet", seed=SEED)
    steps["effects"] = time.process_time()
    pretrend.assess(found)
    steps["trends"] = time.process_time()
    leave_out(design)
    steps["left_out"] = time.process_time()
    twfe.overall(design)
    bacon.decompose(design)
    steps["two_way"] = time.process_time()
    times = list(steps.values())
    parts = dict(zip(list(steps)[1:], np.diff(times).tolist(), strict=True))
    return {**parts, "total": times[-1] - times[0], "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def main(sizes: list[int]) -> None:
    """Print the table: one row a size."""
    names = ("design", "effects", "trends", "left_out", "two_way", "total")
    print(f"| units | {' | '.join(n.replace('_', ' ') for n in names)} | peak MiB | cost a unit, ratio |")
    print("| ---: " * (len(names) + 3) + "|")
    first = None
    for units in sizes:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.panel", "--one", str(units)], check=True, capture_output=True, text=True
        )
        found = json.loads(done.stdout.splitlines()[-1])
        each = found["total"] / units
        first = first or each
        shown = " | ".join(f"{found[name]:.1f}" for name in names)
        print(f"| {units:,} | {shown} | {found['mib']:,.0f} | {each / first:.2f} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(int(sys.argv[2]))))
    else:
        main([int(text) for text in sys.argv[1:]] or list(SIZES))
