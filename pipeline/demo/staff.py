"""The civil servants' index (IP ASN) of the demonstration, and what the programme truly does to it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from pipeline.demo.files import decimal, write_text
from pipeline.demo.settings import Settings

SKP_EFFECT = {"training": 1.5, "mentoring": 3.0, "course": 2.0}
"""True effect of having taken part in an arm, in points of the yearly appraisal (SKP, 0-100)."""
ARM = {"Workshop": "training", "Seminar": "training", "Mentoring": "mentoring", "Kursus Luar Daerah": "course"}
_SKP_BANDS = (90, 75, 60, 50)
_SKP_SCORES = (30.0, 25.0, 15.0, 5.0, 1.0)
DIMENSIONS = ("qualification", "competence", "performance", "discipline")


def first_years(history: pd.DataFrame) -> pd.DataFrame:
    """First attended year of each person and arm: index `nip`, one column an arm."""
    came = history[history["attended"] == "Hadir"].assign(arm=lambda t: t["kind"].map(ARM))
    return came.groupby(["nip", "arm"])["period"].min().unstack("arm").reindex(columns=list(SKP_EFFECT))


def make_index(teachers: pd.DataFrame, history: pd.DataFrame, period: int, settings: Settings) -> pd.DataFrame:
    """Scores of one year, one row a civil servant, with `untreated` = the performance score had nobody taken part.

    A person's lasting traits are drawn from the seed alone, the year's shock from seed and year, so that each year
    can be made by itself.
    """
    lasting = np.random.default_rng([settings.seed, 21])
    n = len(teachers)
    ability, degree, basic = lasting.normal(82, 6, n), lasting.random(n), lasting.random(n)
    yearly = np.random.default_rng([settings.seed, 22, period])
    skp = ability + 0.4 * (period - settings.periods[0]) + yearly.normal(0, 4, n)
    clean, measured = yearly.random(n) > 0.01, yearly.random(n) > 0.04
    started = first_years(history).reindex(teachers["nip"])
    shift = sum(settings.sign * size * (started[arm] <= period).to_numpy(bool) for arm, size in SKP_EFFECT.items())
    done = history[history["attended"] == "Hadir"]
    technical = done[(done["period"] == period) & (done["kind"] != "Seminar")].groupby("nip")["jp"].sum()
    seminar = set(done.loc[done["period"].between(period - 1, period) & (done["kind"] == "Seminar"), "nip"])
    hours = technical.reindex(teachers["nip"]).fillna(0).to_numpy(float)
    heard = teachers["nip"].isin(seminar).to_numpy(bool)
    frame = pd.DataFrame(
        {
            "nip": teachers["nip"],
            "qualification": np.where(degree < 0.12, 20.0, np.where(degree < 0.95, 15.0, 10.0)),
            "competence": 15.0 * (basic < 0.5) + 15.0 * (hours >= 20) + 10.0 * heard,
            "performance": _skp_score(skp + shift),
            "discipline": np.where(clean, 5.0, 3.0),
            "untreated": _skp_score(skp),
            "period": period,
        }
    )
    there = (teachers["appointed"] < period).to_numpy() & measured
    return frame[there].reset_index(drop=True)


def _skp_score(skp: np.ndarray) -> np.ndarray:
    """The performance score that an appraisal gives."""
    conditions = [np.round(skp) > edge for edge in _SKP_BANDS]
    return np.select(conditions, _SKP_SCORES[:-1], default=_SKP_SCORES[-1])


def write_index(path: Path, index: pd.DataFrame, teachers: pd.DataFrame, count: Counter[str]) -> None:
    """Write the year's export of the index."""
    who = teachers.set_index("nip")
    rows: list[list[Any]] = [
        ["NIP", "Nama", "NPSN", "Kualifikasi", "Kompetensi", "Kinerja", "Disiplin", "Nilai IP ASN"]
    ]
    for order, row in enumerate(index.itertuples()):
        person = who.loc[str(row.nip)]
        parts = [getattr(row, name) for name in DIMENSIONS]
        nip = row.nip if order % 211 else f"{row.nip[:8]} {row.nip[8:14]} {row.nip[14]} {row.nip[15:]}"
        total = sum(parts)
        if order % 397 == 5:  # a total that its parts do not give
            total += 10
            count["ip_asn.csv:index_differs_from_sum"] += 1
        rows.append([nip, person["name"], person["npsn"], *map(decimal, parts), decimal(total)])
    write_text(path, rows, ";", "utf-8")


def index_truth(index: pd.DataFrame, history: pd.DataFrame) -> dict[str, float]:
    """True mean effect on the performance score of those who took part, from their start on, by arm.

    The score someone would have had without any participation is known here; each arm's number is of those who
    began with it, and includes what they later got from others.
    """
    started = first_years(history)
    out = {}
    for arm in SKP_EFFECT:
        first = index["nip"].map(started[arm].where(started[arm] == started.min(axis=1)))
        # who took part in the first year is left out by every estimator, for there is nothing before; so is who
        # began with another arm
        after = index[(index["period"] >= first) & (first > index["period"].min())]
        out[arm] = float((after["performance"] - after["untreated"]).mean())
    return out
