"""How often each verdict is given in worlds whose truth is known: the product's own functions, panel by panel."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pandas as pd

from pipeline.methods.effects import gather, group_time, headline, judge_family, make_design, pretrend
from pipeline.validation.judged import BOUNDS, EVENTS, SHAPES, WORLDS, Truth, World, draw

_FOR_MDE = 40
"""Panels without effect from which a shape's minimum detectable effect is taken, as the mean that their verdicts print."""
COLUMNS = ["shape", "world", "kind", "n", "mde", *EVENTS, "mixed"]


def verdict_of(panel: pd.DataFrame) -> tuple[str, float]:
    """The headline on a simulated panel, and the mean minimum detectable effect of its outcomes."""
    evidence = {}
    for name in (c for c in panel.columns if c.startswith("y")):
        design = make_design(panel, name, min_cohort_units=1)
        main = group_time.estimate(design, draws=199)
        evidence[name] = gather(design, main, pretrend.assess(main))
    verdicts = judge_family(evidence)
    return headline([v.code for v in verdicts.values()]), float(np.mean([v.mde for v in verdicts.values()]))


def detectable(shape: str, seed: int) -> float:
    """Minimum detectable effect of a shape."""
    found = [
        verdict_of(draw(SHAPES[shape], Truth(), 0.0, np.random.default_rng([seed, 1, list(SHAPES).index(shape), i])))[1]
        for i in range(_FOR_MDE)
    ]
    return float(np.mean(found))


def characteristics(
    worlds: Sequence[World] = WORLDS, *, replications: int, seed: int, workers: int | None = None
) -> pd.DataFrame:
    """One row a world: `COLUMNS`, shares of studies in which the headline is each of `EVENTS`.

    Args:
        worlds: Which.
        replications: Panels a world.
        seed: Each panel has its own stream, so that the result does not depend on the number of processes.
        workers: Processes; all there are without it.
    """
    jobs = [(shape, [w for w in worlds if w.shape == shape], replications, seed) for shape in SHAPES]
    jobs = [job for job in jobs if job[1]]
    workers = workers or len(os.sched_getaffinity(0))
    if workers == 1:
        parts = [_shape(job) for job in jobs]
    else:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            parts = list(pool.map(_shape, jobs))
    return pd.DataFrame([row for part in parts for row in part], columns=COLUMNS)


def _shape(job: tuple[str, list[World], int, int]) -> list[dict[str, object]]:
    shape, worlds, replications, seed = job
    mde = detectable(shape, seed) if any(w.truth.effect for w in worlds) else float("nan")
    rows = []
    for world in worlds:
        number = WORLDS.index(world) if world in WORLDS else 10_000 + worlds.index(world)
        codes = [
            verdict_of(
                draw(SHAPES[shape], world.truth, np.nan_to_num(mde), np.random.default_rng([seed, 2, number, i]))
            )[0]
            for i in range(replications)
        ]
        shares = {event: float(np.mean([c in members for c in codes])) for event, members in EVENTS.items()}
        rows.append(
            {"shape": shape, "world": world.name, "kind": world.kind, "n": replications, "mde": mde, **shares,
             "mixed": codes.count("mixed") / replications}
        )  # fmt: skip
    return rows


def against_bounds(table: pd.DataFrame) -> pd.DataFrame:
    """One row a world and bound: `shape`, `world`, `event`, `sense`, `bound`, `share`, `error`, `n`, `holds`, `fails`.

    `holds`: the measured share keeps the bound. `fails`: it breaks it by more than two Monte Carlo standard errors (taken at
    the bound), which chance does not explain.
    """
    rows = []
    for row in table.to_dict("records"):
        for event, (sense, bound) in BOUNDS[row["kind"]].items():
            share, error = row[event], float(np.sqrt(bound * (1 - bound) / row["n"]))
            beyond = share - bound if sense == "<=" else bound - share
            rows.append(
                {"shape": row["shape"], "world": row["world"], "event": event, "sense": sense, "bound": bound,
                 "share": share, "error": error, "n": row["n"], "holds": beyond <= 1e-12, "fails": beyond > 2 * error}
            )  # fmt: skip
    return pd.DataFrame(rows)
