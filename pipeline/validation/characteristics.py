"""How often each verdict is given in worlds whose truth is known: the product's own functions, panel by panel.

The full table is kept beside this file, so that a report can print what would have been said of studies of its own shape
(`judgement.error_rates`); `make validate` measures it anew, and `python -m pipeline.validation.characteristics` measures and
keeps it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np
import pandas as pd

from pipeline.methods.effects import Evidence, gather, group_time, headline, judge_family, make_design, pretrend
from pipeline.methods.effects.judgement.error_rates import TABLE, Simulated
from pipeline.methods.effects.judgement.limits import pretrend_level
from pipeline.study.thresholds import Thresholds
from pipeline.validation.judged import BOUNDS, EVENTS, GIVEN_UP, REPLICATIONS, SHAPES, WORLDS, Kind, Truth, World, draw
from pipeline.workers import each

SEED = 20240717
_FOR_MDE = 40
"""Panels without effect from which a shape's minimum detectable effect is taken, as the mean that their verdicts print."""
_FIRST = 5
"""Panels a world whose verdicts are written one by one, so that changed rules are noticed (`stale`)."""
COLUMNS = ["shape", "world", "kind", "n", "mde", *EVENTS, "mixed", "first"]
SHARES = (0.0, 0.25, 0.5, 1.0)
"""Values of the rules' `divergence_share` between which the frontier is drawn."""
FRONTIER = tuple(
    w for w in WORLDS
    if w.shape in ("units_60", "units_400", "long_45x42") and w.name in ("linear_half", "late_half", "mde", "twice_mde")
)  # fmt: skip
SHORT = tuple(
    w for w in WORLDS if (w.shape, w.name) in {
        ("units_12", "no_effect"), ("units_60", "no_effect"), ("clusters_8", "no_effect"), ("outcomes_3", "no_effect"),
        ("treated_2_of_42", "no_effect"), ("units_60", "linear_half"), ("units_60", "dip"), ("units_60", "twice_mde"),
        ("clusters_8", "harm_twice_mde"),
    }
)  # fmt: skip
"""Worlds of the short version, and its panels a world."""
FEW = 12


def evidence_of(panel: pd.DataFrame) -> dict[str, Evidence]:
    """What the rules look at, by outcome of a simulated panel."""
    evidence = {}
    outcomes = [c for c in panel.columns if c.startswith("y")]
    alpha = pretrend_level(Thresholds(), len(outcomes))
    for name in outcomes:
        design = make_design(panel, name, min_cohort_units=1)
        main = group_time.estimate(design, draws=199)
        evidence[name] = gather(design, main, pretrend.assess(main, alpha=alpha))
    return evidence


def verdict_of(panel: pd.DataFrame) -> tuple[str, float]:
    """The headline on a simulated panel, and the mean minimum detectable effect of its outcomes."""
    verdicts = judge_family(evidence_of(panel)).values()
    return headline([v.code for v in verdicts]), float(np.mean([v.mde for v in verdicts]))


@cache
def detectable(shape: str, seed: int) -> float:
    """Minimum detectable effect of a shape."""
    streams = (np.random.default_rng([seed, 1, crc32(shape.encode()), i]) for i in range(_FOR_MDE))
    return float(np.mean([verdict_of(draw(SHAPES[shape], Truth(), 0.0, rng))[1] for rng in streams]))


def panels(world: World, count: int, seed: int, mde: float) -> Iterator[pd.DataFrame]:
    """The panels of a world, each from its own stream, so that neither other worlds nor the number of processes matter."""
    key = crc32(f"{world.shape}/{world.name}".encode())
    for i in range(count):
        yield draw(SHAPES[world.shape], world.truth, mde, np.random.default_rng([seed, 2, key, i]))


def characteristics(
    worlds: Sequence[World] = WORLDS,
    *,
    seed: int = SEED,
    replications: int | Mapping[Kind, int] = REPLICATIONS,
    workers: int | None = None,
) -> pd.DataFrame:
    """One row a world: `COLUMNS`, shares of studies in which the headline is each of `EVENTS`.

    Args:
        worlds: Which.
        seed: Of all streams.
        replications: Panels a world, one number or by kind.
        workers: Processes; all there are without it (`pipeline.workers.each`).
    """
    return pd.DataFrame(_each(_world, worlds, replications, seed, workers), columns=COLUMNS)


def frontier(
    worlds: Sequence[World] = FRONTIER,
    *,
    seed: int = SEED,
    replications: int | Mapping[Kind, int] = REPLICATIONS,
    workers: int | None = None,
) -> pd.DataFrame:
    """What a stricter or a milder rule on divergence would cost: `shape`, `world`, `n`, and the share of firm claims by
    value of `divergence_share` (`SHARES`), on the same panels as the table's."""
    return pd.DataFrame(_each(_along, worlds, replications, seed, workers))


Job = tuple[World, int, int]


def _each(
    work: Callable[[Job], dict[str, object]],
    worlds: Sequence[World],
    replications: int | Mapping[Kind, int],
    seed: int,
    workers: int | None,
) -> list[dict[str, object]]:
    jobs = [(w, replications if isinstance(replications, int) else replications[w.kind], seed) for w in worlds]
    return each(work, jobs, workers)


def _world(job: Job) -> dict[str, object]:
    world, count, seed = job
    mde = detectable(world.shape, seed) if world.truth.effect else 0.0
    codes = [verdict_of(panel)[0] for panel in panels(world, count, seed, mde)]
    shares = {event: sum(c in members for c in codes) / count for event, members in EVENTS.items()}
    row = {"shape": world.shape, "world": world.name, "kind": world.kind, "n": count, "mde": mde}
    return {**row, **shares, "mixed": codes.count("mixed") / count, "first": " ".join(codes[:_FIRST])}


def _along(job: Job) -> dict[str, object]:
    world, count, seed = job
    mde = detectable(world.shape, seed) if world.truth.effect else 0.0
    firm = dict.fromkeys(SHARES, 0)
    for panel in panels(world, count, seed, mde):
        evidence = evidence_of(panel)
        for share in SHARES:
            limits = dict.fromkeys(evidence, Thresholds(divergence_share=share))
            firm[share] += headline([v.code for v in judge_family(evidence, limits).values()]) in EVENTS["firm"]
    return {"shape": world.shape, "world": world.name, "n": count, **{f"{k:g}": v / count for k, v in firm.items()}}


def stale(table: pd.DataFrame, seed: int = SEED, count: int = 1) -> list[str]:
    """Worlds of a kept table of whose first panels the present code says something else (or that are no longer there)."""
    now = {(w.shape, w.name): w for w in WORLDS}
    changed = [f"{shape}/{name}" for shape, name in set(now) - set(zip(table["shape"], table["world"], strict=True))]
    for row in table.to_dict("records"):
        world = now.get((row["shape"], row["world"]))
        said = world and [verdict_of(panel)[0] for panel in panels(world, count, seed, row["mde"])]
        if said != row["first"].split()[:count]:
            changed.append(f"{row['shape']}/{row['world']}")
    return sorted(changed)


def against_bounds(table: pd.DataFrame) -> pd.DataFrame:
    """One row a world and bound: `shape`, `world`, `event`, `sense`, `bound`, `share`, `error`, `n`, and what came of it.

    `given_up`: it is known not to be kept (`GIVEN_UP` says why).
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
                 "share": share, "error": error, "n": row["n"], "holds": beyond <= 1e-12, "fails": beyond > 2 * error,
                 "given_up": (row["shape"], row["world"], event) in GIVEN_UP}
            )  # fmt: skip
    return pd.DataFrame(rows)


def keep(table: pd.DataFrame, along: pd.DataFrame, seed: int = SEED, path: Path = TABLE) -> None:
    """Write the full table, the shapes it speaks of and the frontier, where reports read them (`judgement.error_rates`)."""
    shapes = [asdict(simulated(name)) for name, shape in SHAPES.items() if not shape.odd]
    written = {"seed": seed, "shapes": shapes, "worlds": _rows(table), "frontier": _rows(along)}
    path.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


def simulated(name: str) -> Simulated:
    """A shape as reports name it."""
    shape = SHAPES[name]
    return Simulated(
        name=name,
        units=shape.units,
        treated=shape.treated,
        draws=shape.draws,
        treated_draws=sum(shape.cohorts.values()),
        periods=len(shape.periods),
        outcomes=shape.outcomes,
        by_cluster=shape.by_cluster,
    )


def _rows(table: pd.DataFrame) -> list[dict[str, object]]:
    return list(json.loads(table.to_json(orient="records", double_precision=10)))


if __name__ == "__main__":
    keep(characteristics(), frontier())
