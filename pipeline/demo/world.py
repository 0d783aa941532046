"""The invented world: schools, who takes part, and true outcomes, before any office writes a file."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.demo.settings import COHORTS, GAP, PUBLIC_SCHOOLS, Settings


@dataclass(frozen=True)
class World:
    """Schools (one row each), scores (one row a pupil), visits (one row an observation), and scales of the truth."""

    settings: Settings
    schools: pd.DataFrame
    scores: pd.DataFrame
    visits: pd.DataFrame


def make_world(settings: Settings) -> World:
    """Draw the world of a demonstration from its seed."""
    rng = np.random.default_rng(settings.seed)
    schools = _schools(settings, rng)
    return World(settings, schools, _scores(settings, schools, rng), _visits(settings, schools, rng))


def _schools(settings: Settings, rng: np.random.Generator) -> pd.DataFrame:
    rows = []
    for kecamatan in settings.kecamatan:
        for level, count in zip(("SD", "SMP"), PUBLIC_SCHOOLS[kecamatan], strict=True):
            rows += [(kecamatan, level)] * int(np.ceil(count * settings.school_share))
    schools = pd.DataFrame(rows, columns=["kecamatan", "level"])
    n = len(schools)
    schools["npsn"] = [f"10{290000 + int(k)}" for k in rng.choice(9000, n, replace=False)]
    schools["name"] = [
        f"UPT {lv}N {k:06d}" if lv == "SD" else f"UPT SMPN {k}" for k, lv in enumerate(schools["level"], 1)
    ]
    schools["ability"] = rng.normal(0, np.sqrt(settings.icc), n)
    schools["practice"] = 0.5 * schools["ability"] + rng.normal(0, 0.6, n)
    schools["activity"] = 0.6 * schools["practice"] + rng.normal(0, 0.5, n)
    size = np.where(schools["level"] == "SD", 330, 870) * np.exp(rng.normal(0, 0.35, n))
    schools["pupils"] = size.round().astype(int)
    schools["cohort"] = _cohorts(settings, schools, rng)
    return _lives(settings, schools, rng)


def _cohorts(settings: Settings, schools: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    """Weaker schools enter earlier: selection on lasting ability and noise, never on a year's shock."""
    order = schools["ability"] + rng.normal(0, settings.selection_noise, len(schools))
    eligible = schools["kecamatan"].isin(settings.treated_kecamatan)
    share = order.where(eligible).groupby(schools["level"]).rank(pct=True)
    step = (1 - settings.share_never) / len(COHORTS)
    cohort = pd.Series(pd.NA, index=schools.index, dtype="Int64")
    for position, year in enumerate(COHORTS):
        cohort[(share > position * step) & (share <= (position + 1) * step)] = year
    return cohort


def _lives(settings: Settings, schools: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """First and last year of each school, and the note of the office in the year that something ends or begins."""
    schools["first"], schools["last"], schools["successor"] = settings.periods[0], settings.periods[-1], ""
    never = schools.index[schools["cohort"].isna() & (schools["level"] == "SD")]
    picked = rng.permutation(never)
    ends = settings.merges + settings.closings
    for order, index in enumerate(picked[:ends]):
        schools.loc[index, "last"] = int(rng.choice(settings.periods[2:-1]))
        if order < settings.merges:
            near = picked[ends + settings.openings :]
            same = [i for i in near if schools.loc[i, "kecamatan"] == schools.loc[index, "kecamatan"]]
            schools.loc[index, "successor"] = schools.loc[(same or list(near))[0], "npsn"]
    for index in picked[ends : ends + settings.openings]:
        schools.loc[index, "first"] = int(rng.choice(settings.periods[2:5]))
    return schools


def _effects(settings: Settings, schools: pd.DataFrame, outcome: str, period: int) -> np.ndarray:
    out = np.zeros(len(schools))
    for position, cohort in enumerate(schools["cohort"]):
        if pd.isna(cohort):
            continue
        if period >= cohort:
            out[position] = settings.effect(outcome, int(cohort), period - int(cohort))
        out[position] += settings.trend * (period - settings.periods[0])
    return out


def _open(schools: pd.DataFrame, period: int) -> pd.DataFrame:
    return schools[(schools["first"] <= period) & (schools["last"] >= period)]


def _scores(settings: Settings, schools: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Scores of sampled pupils, 0–100, on a scale that shifts from year to year."""
    parts = []
    for number, period in enumerate(settings.periods):
        if period in GAP:
            continue
        here = _open(schools, period)
        counts = np.where(here["level"] == "SD", *settings.pupils)
        rows = here.loc[here.index.repeat(counts), ["npsn", "level"]].assign(period=period)
        rows["grade"] = np.where(rows["level"] == "SD", 5, 8)
        talent = rng.normal(0, 1, len(rows))
        late = period > max(GAP)
        for subject, mean in (("literacy", 58.0), ("numeracy", 52.0)):
            ability = here["ability"].to_numpy() + rng.normal(0, settings.school_year_sd, len(here))
            never = here["cohort"].isna().to_numpy()
            scale = np.sqrt(ability[never].var() + 1 - settings.icc)  # a comparison pupil's standard deviation
            latent = ability + scale * _effects(settings, here, subject, period)
            noise = np.sqrt(1 - settings.icc) * (0.6 * talent + 0.8 * rng.normal(0, 1, len(rows)))
            points = (10.0 if late else 13.0) * (np.repeat(latent, counts) + noise)
            rows[subject] = np.clip(mean - 8 * late + 1.2 * number + points, 0, 100).round(1)
        parts.append(rows)
    return pd.concat(parts, ignore_index=True)


def _visits(settings: Settings, schools: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    parts = []
    for number, period in enumerate(settings.periods):
        if period in GAP:
            continue
        here = _open(schools, period)
        counts = rng.integers(2, 4, len(here))
        rows = here.loc[here.index.repeat(counts), ["npsn", "level"]].assign(period=period)
        never = here["cohort"].isna().to_numpy()
        for outcome, trait in (("innovative_methods", "practice"), ("pupil_activity", "activity")):
            base = here[trait].to_numpy() + rng.normal(0, 0.25, len(here))
            noise = rng.normal(0, 0.5, len(rows))
            mean = base + np.array([part.mean() for part in np.split(noise, np.cumsum(counts)[:-1])])
            scale = mean[never].std()  # a comparison school's standard deviation of its yearly mean
            latent = base + scale * _effects(settings, here, outcome, period)
            rows[outcome] = np.clip(48 + 0.8 * number + 9 * (np.repeat(latent, counts) + noise), 0, 100).round(1)
        parts.append(rows)
    return pd.concat(parts, ignore_index=True)
