"""How often each verdict is given in worlds whose truth is known: the product's own functions, panel by panel.

The full table is kept beside this file (`TABLE`), so that a report can print what would have been said of studies of its
own shape; `make validate` measures it anew.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.methods.effects import gather, group_time, headline, judge_family, make_design, pretrend
from pipeline.validation.judged import BOUNDS, EVENTS, REPLICATIONS, SHAPES, WORLDS, Kind, Shape, Truth, World, draw

TABLE = Path(__file__).with_name("characteristics.json")
_FOR_MDE = 40
"""Panels without effect from which a shape's minimum detectable effect is taken, as the mean that their verdicts print."""
_MANY = 40
"""Periods from which a shape is run on a tenth of the panels."""
COLUMNS = ["shape", "world", "kind", "n", "mde", *EVENTS, "mixed"]
SHORT = tuple(
    w for w in WORLDS if (w.shape, w.name) in {
        ("units_12", "no_effect"), ("units_60", "no_effect"), ("clusters_8", "no_effect"), ("outcomes_3", "no_effect"),
        ("treated_2_of_42", "no_effect"), ("units_60", "linear_half"), ("units_60", "dip"), ("units_60", "twice_mde"),
        ("clusters_8", "harm_twice_mde"),
    }
)  # fmt: skip
"""Worlds of the short version."""


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
    worlds: Sequence[World] = WORLDS,
    *,
    seed: int,
    replications: int | Mapping[Kind, int] = REPLICATIONS,
    workers: int | None = None,
) -> pd.DataFrame:
    """One row a world: `COLUMNS`, shares of studies in which the headline is each of `EVENTS`.

    Args:
        worlds: Which.
        seed: Each panel has its own stream, so that the result does not depend on the number of processes.
        replications: Panels a world, one number or by kind.
        workers: Processes; all there are without it.
    """
    jobs = []
    for shape in SHAPES:
        mine = [w for w in worlds if w.shape == shape]
        mde = any(world.truth.effect for world in mine)
        jobs += [(world, mde, _count(world, replications), seed) for world in mine]
    workers = workers or len(os.sched_getaffinity(0))
    if workers == 1:
        rows = [_world(job) for job in jobs]
    else:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            rows = list(pool.map(_world, jobs))
    return pd.DataFrame(rows, columns=COLUMNS)


def _count(world: World, replications: int | Mapping[Kind, int]) -> int:
    count = replications if isinstance(replications, int) else replications[world.kind]
    return max(count // 10, 1) if len(SHAPES[world.shape].periods) >= _MANY else count


def _world(job: tuple[World, bool, int, int]) -> dict[str, object]:
    world, needed, count, seed = job
    shape = SHAPES[world.shape]
    mde = detectable(world.shape, seed) if needed else math.nan
    number = WORLDS.index(world)
    codes = []
    for i in range(count):
        panel = draw(shape, world.truth, mde if needed else 0.0, np.random.default_rng([seed, 2, number, i]))
        codes.append(verdict_of(panel)[0])
    shares = {event: sum(c in members for c in codes) / count for event, members in EVENTS.items()}
    row = {"shape": world.shape, "world": world.name, "kind": world.kind, "n": count, "mde": mde}
    return {**row, **shares, "mixed": codes.count("mixed") / count}


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


def keep(table: pd.DataFrame, seed: int, path: Path = TABLE) -> None:
    """Write the full table beside this file."""
    rows = json.loads(table.to_json(orient="records", double_precision=4))
    path.write_text(json.dumps({"seed": seed, "worlds": rows}, indent=1) + "\n", encoding="utf-8")


def kept(path: Path = TABLE) -> pd.DataFrame:
    """The table that was written last: `COLUMNS`."""
    return pd.DataFrame(json.loads(path.read_text(encoding="utf-8"))["worlds"], columns=COLUMNS)


def nearest(draws: int, treated: int, outcomes: int = 1, *, by_cluster: bool = False) -> tuple[str, pd.DataFrame]:
    """The simulated shape nearest to a study's, and the table's rows on it.

    Near in the ratios of the numbers of independent draws, of treated ones, and of primary outcomes; a study in which whole
    clusters take part is set beside such shapes only.

    Args:
        draws, treated: Independent draws (units, or clusters where whole ones take part) that carry the estimate.
        outcomes: Primary outcomes.
        by_cluster: Whether whole clusters take part.
    """

    def distance(name: str) -> float:
        shape: Shape = SHAPES[name]
        pairs = ((draws, shape.draws), (treated, sum(shape.cohorts.values())), (outcomes, shape.outcomes))
        apart = sum(math.log(max(a, 1) / b) ** 2 for a, b in pairs)
        return apart + (0.0 if shape.by_cluster == by_cluster else 1e6)

    name = min(SHAPES, key=distance)
    table = kept()
    return name, table[table["shape"] == name].reset_index(drop=True)
