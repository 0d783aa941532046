"""The demonstration as a whole: from a seed to a folder a year, and the truth for tests."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from pipeline.demo.aims import Aims
from pipeline.demo.offices import write_year
from pipeline.demo.people import make_teachers
from pipeline.demo.settings import GAP, OUTCOMES, Settings, make_settings
from pipeline.demo.world import World, make_world
from pipeline.study import load_survey

SEED = 20240717


def generate(
    out_dir: Path, *, variant: str = "standard", size: str = "full", seed: int = SEED, truth_dir: Path | None = None
) -> Path:
    """Write one folder a year into `out_dir`, the same bytes for the same arguments.

    Args:
        out_dir: Folder of the study's raw data.
        variant: "standard", "no_effect", "harmful", "diverging_pretrends" or "few_clusters".
        size: "full" (about 430 schools) or "small".
        seed: Seed of every draw.
        truth_dir: Where to write `<variant>-<size>.json` with the true effects; not written without it.

    Raises:
        UserError: Unknown variant or size.
    """
    settings = make_settings(variant, size, seed)
    world = make_world(settings)
    rng = np.random.default_rng([seed, 1])
    teachers = make_teachers(world, rng)
    faults: dict[str, Counter[str]] = {}
    history: list[pd.DataFrame] = []
    aims = Aims(world, teachers, load_survey("medan-pendidikan"))
    for period in settings.periods:
        folder = Path(out_dir) / str(period)
        faults[str(period)] = write_year(folder, world, teachers, history, period, rng)
        aims.write_year(folder, pd.concat(history, ignore_index=True), period, faults[str(period)])
    if truth_dir is not None:
        truth_dir.mkdir(parents=True, exist_ok=True)
        everything = truth(world, faults) | aims.truth(pd.concat(history, ignore_index=True))
        text = json.dumps(everything, indent=1, sort_keys=True)
        (truth_dir / f"{variant}-{size}.json").write_text(text + "\n", encoding="utf-8")
    return Path(out_dir)


def truth(world: World, faults: dict[str, Counter[str]] | None = None) -> dict[str, Any]:
    """True effects of the drawn schools: by cohort and period, and averaged as estimators average them."""
    settings = world.settings
    sizes = world.schools["cohort"].dropna().astype(int).value_counts().sort_index()
    out: dict[str, Any] = {"variant": settings.variant, "cohort_sizes": {str(c): int(n) for c, n in sizes.items()}}
    out["schools"] = len(world.schools)
    out["faults"] = {year: dict(count) for year, count in (faults or {}).items()}
    out["effects"] = {outcome: averages(_cells(settings, sizes, outcome)) for outcome in OUTCOMES}
    return out


def _cells(settings: Settings, sizes: pd.Series, outcome: str) -> pd.DataFrame:
    rows = [
        (int(cohort), period, settings.effect(outcome, int(cohort), period - int(cohort)), int(n))
        for cohort, n in sizes.items()
        for period in settings.periods
        if period not in GAP and period >= int(cohort)
    ]
    return pd.DataFrame(rows, columns=["cohort", "period", "effect", "n"])


def averages(cells: pd.DataFrame) -> dict[str, Any]:
    """True effects by `cohort` and `period` (with `effect` and `n`), and averaged as estimators average them."""
    weighted = cells.assign(product=cells["effect"] * cells["n"], event=cells["period"] - cells["cohort"])
    by_event = weighted.groupby("event")[["product", "n"]].sum()
    return {
        "cells": {
            f"{c}:{p}": float(e) for c, p, e in zip(cells["cohort"], cells["period"], cells["effect"], strict=True)
        },
        "simple": float(weighted["product"].sum() / cells["n"].sum()),
        "cohort": {str(c): float(v) for c, v in cells.groupby("cohort")["effect"].mean().items()},
        "event": {str(e): float(v) for e, v in (by_event["product"] / by_event["n"]).items()},
    }
