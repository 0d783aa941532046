"""Monte Carlo experiments: bias, coverage and size of each estimator and kind of inference in each world."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects import gather, group_time, judge, make_design, pretrend
from pipeline.methods.effects.estimators import METHODS, Settings, estimate
from pipeline.methods.effects.inference import restricted_bootstrap
from pipeline.methods.effects.inference.wild import wild_cluster_bootstrap
from pipeline.methods.effects.judgement.limits import pretrend_level
from pipeline.study.thresholds import Thresholds
from pipeline.validation.worlds import WORLDS, draw, true_effect
from pipeline.workers import each

DEFAULT = "cs_dr_never"
LEVEL = 0.95


@dataclass(frozen=True)
class Size:
    """How much is run."""

    scenarios: tuple[str, ...]
    methods: tuple[str, ...]
    replications: int


SHORT = Size(("constant", "growing", "few_clusters", "generator"), (DEFAULT, "twfe", "imputation"), 6)
FULL = Size(
    WORLDS,
    (DEFAULT, "cs_dr_not_yet", "sun_abraham", "imputation", "two_stage", "wooldridge", "stacked", "twfe"),
    400,
)
_Task = tuple[str, int, int, tuple[str, ...], int]


def experiment(
    scenarios: Sequence[str],
    methods: Sequence[str],
    replications: int,
    seed: int,
    *,
    wild_draws: int = 399,
    workers: int | None = None,
) -> pd.DataFrame:
    """One row a scenario, method and inference.

    Args:
        scenarios: Names of `WORLDS`.
        methods: Keys of `methods.effects.estimators.METHODS`; each is run with standard errors by unit and by cluster.
        replications: Panels a scenario.
        seed: Each panel has its own stream, so that the result does not depend on the number of processes.
        wild_draws: Draws of the wild bootstrap of the two-way coefficient (its row is "twfe", "wild").
        workers: Processes; all there are without it (`pipeline.workers.each`).

    Returns:
        `scenario`, `method`, `inference`, `common` (whether the method estimates the same effect as the main one),
        `n` (estimates), `bias`, `bias_se`, `sd`, `mean_se`, `coverage`, `coverage_se`, and `flagged`: share of panels on
        which the verdict names too few clusters, or calls the design not credible.
    """
    chunk = max(1, min(25, replications // 2))
    tasks: list[_Task] = [
        (name, start, min(chunk, replications - start), tuple(methods), seed)
        for name in scenarios
        for start in range(0, replications, chunk)
    ]
    jobs = [(task, wild_draws) for task in tasks]
    return _summary(pd.concat(each(_run, jobs, workers), ignore_index=True))


def _run(job: tuple[_Task, int]) -> pd.DataFrame:
    (name, start, count, methods, seed), draws = job
    rows = []
    for number in range(start, start + count):
        panel = draw(name, seed, number)
        rows += [{"scenario": name, **row} for row in _one(panel, methods, draws, number)]
    return pd.DataFrame(rows)


def _one(panel: pd.DataFrame, methods: Sequence[str], draws: int, number: int) -> Iterator[dict[str, object]]:
    truth, design = true_effect(panel), make_design(panel, "y")
    wild = wild_cluster_bootstrap(design, draws=draws, seed=number, level=LEVEL)
    main = group_time.estimate(design, draws=199, seed=number)
    boot = restricted_bootstrap(design, draws=draws, seed=number)
    verdict = judge(gather(design, main, pretrend.assess(main, alpha=pretrend_level(Thresholds())), wild=boot))
    warned = {"too_few_clusters", "few_clusters"} & set(verdict.codes) or verdict.code == "not_credible"
    shared = {"truth": truth, "flagged": bool(warned)}
    for method in methods:
        for cluster in ("unit", "cluster"):
            try:
                found = estimate(design, method, Settings(cluster=cluster))
            except DesignError:
                continue
            yield {**shared, "method": method, "inference": cluster, "value": found.value, "se": found.se,
                   "covers": found.low <= truth <= found.high}  # fmt: skip
    yield {**shared, "method": "twfe", "inference": "wild", "value": wild.value, "se": wild.se,
           "covers": wild.low <= truth <= wild.high}  # fmt: skip


def _summary(runs: pd.DataFrame) -> pd.DataFrame:
    runs = runs.assign(error=runs["value"] - runs["truth"])
    groups = runs.groupby(["scenario", "method", "inference"], sort=False)
    out = groups.agg(
        n=("error", "size"),
        bias=("error", "mean"),
        sd=("error", "std"),
        mean_se=("se", "mean"),
        coverage=("covers", "mean"),
        flagged=("flagged", "mean"),
    ).reset_index()
    out["bias_se"] = out["sd"] / np.sqrt(out["n"])
    out["coverage_se"] = np.sqrt(out["coverage"] * (1 - out["coverage"]) / out["n"])
    out["common"] = [METHODS[method].common for method in out["method"]]
    order = {name: i for i, name in enumerate(WORLDS)}
    return out.sort_values("scenario", key=lambda s: s.map(order), kind="stable", ignore_index=True)


def default_choice(table: pd.DataFrame) -> pd.DataFrame:
    """Coverage of the default choice in each world, and whether it lies within 93 to 97 per cent.

    `holds` is False where the share lies outside that range by more than two Monte Carlo standard errors; `off` is its
    distance from 95 per cent in Monte Carlo standard errors, both taken at 95 per cent.
    """
    rows = table[(table["method"] == DEFAULT) & (table["inference"] == "unit")].copy()
    error = np.sqrt(LEVEL * (1 - LEVEL) / rows["n"])
    rows["holds"] = (rows["coverage"] >= 0.93 - 2 * error) & (rows["coverage"] <= 0.97 + 2 * error)
    rows["off"] = (rows["coverage"] - LEVEL) / error
    return rows[["scenario", "n", "coverage", "coverage_se", "off", "holds", "flagged"]].reset_index(drop=True)
