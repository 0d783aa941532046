"""The public satisfaction survey (SKM) of the demonstration, and what trained staff truly do to it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.demo.files import date_text, write_text
from pipeline.demo.settings import Settings
from pipeline.demo.world import World

ELEMENTS = tuple(f"u{k}" for k in range(1, 10))
WEIGHTS = np.array([0.6, 0.8, 0.8, 0.2, 1.0, 1.8, 1.8, 1.2, 0.8])
"""How strongly each element answers to trained staff; their mean is 1."""
FULL_SHARE_EFFECT = 0.30
"""True effect on the mean answer (1-4) where all civil servants of a unit have been trained since its entry."""


def trained_share(world: World, teachers: pd.DataFrame, history: pd.DataFrame, period: int) -> pd.Series:
    """Share of each school's civil servants that attended something since the school's entry; index `npsn`."""
    cohort = world.schools.set_index("npsn")["cohort"]
    came = history[(history["attended"] == "Hadir") & (history["period"] <= period)]
    since = came[came["period"] >= came["npsn"].map(cohort).fillna(9999).astype(int)]
    staff = teachers[teachers["appointed"] < period].groupby("npsn").size()
    return (since.groupby("npsn")["nip"].nunique().reindex(staff.index).fillna(0) / staff).clip(upper=1.0)


def make_answers(
    world: World, teachers: pd.DataFrame, history: pd.DataFrame, period: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Answers of a year's respondents (`npsn`, `u1` … `u9`; 0 = not answered), and the truth by school.

    The truth holds `npsn`, `share` (trained) and `effect` (on the school's index, 0-100, with the same draws).
    """
    settings: Settings = world.settings
    schools = world.schools
    quality = np.random.default_rng([settings.seed, 31]).normal(0, 0.22, len(schools))
    rng = np.random.default_rng([settings.seed, 32, period])
    here = ((schools["first"] <= period) & (schools["last"] >= period)).to_numpy()
    counts = np.where(here, 6 + rng.poisson(5, len(schools)), 0)
    share = schools["npsn"].map(trained_share(world, teachers, history, period)).fillna(0).to_numpy()
    base = 3.05 + quality + 0.02 * (period - settings.periods[0]) + rng.normal(0, 0.05, len(schools))
    row = np.repeat(np.arange(len(schools)), counts)
    person = rng.normal(0, 0.35, len(row))[:, None] + rng.normal(0, 0.45, (len(row), 9))
    offsets = np.array([0.05, 0.0, -0.1, 0.15, 0.0, 0.05, 0.1, -0.15, -0.1])
    without = base[row][:, None] + offsets + person
    lift = settings.sign * FULL_SHARE_EFFECT * share[row][:, None] * WEIGHTS
    answers, untreated = (np.clip(np.round(x), 1, 4) for x in (without + lift, without))
    answered = rng.random(answers.shape) > 0.015
    frame = pd.DataFrame(np.where(answered, answers, 0).astype(int), columns=list(ELEMENTS))
    frame.insert(0, "npsn", schools["npsn"].to_numpy()[row])
    gain = pd.Series(25 * (answers - untreated).mean(axis=1)).groupby(schools["npsn"].to_numpy()[row]).mean()
    truth = pd.DataFrame({"npsn": gain.index, "period": period, "effect": gain.to_numpy()})
    return frame, truth.assign(share=truth["npsn"].map(dict(zip(schools["npsn"], share, strict=True))))


def write_answers(path: Path, answers: pd.DataFrame, period: int, settings: Settings, count: Counter[str]) -> None:
    """Write the year's respondents."""
    rng = np.random.default_rng([settings.seed, 33, period])
    rows = [["NPSN", "Tanggal", *(name.upper() for name in ELEMENTS)]]
    days = pd.Timestamp(f"{period - 1}-10-01") + pd.to_timedelta(rng.integers(0, 200, len(answers)), unit="D")
    for order, (row, day) in enumerate(zip(answers.itertuples(index=False), days, strict=True)):
        cells = ["" if value == 0 else str(value) for value in row[1:]]
        if order % 1501 == 7:  # a code outside 1-4
            cells[3] = "5"
            count["skm.csv:out_of_range"] += 1
        rows.append([row[0], date_text(day.date(), int(rng.integers(0, 2))), *cells])
    write_text(path, rows, ",", "utf-8")
