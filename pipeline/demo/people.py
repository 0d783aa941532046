"""Invented persons: names put together by chance, numbers of the right form that belong to nobody."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.demo.world import World

_FIRST = [
    "Adi",
    "Agus",
    "Ahmad",
    "Andi",
    "Anita",
    "Ayu",
    "Bambang",
    "Benny",
    "Budi",
    "Citra",
    "Dedi",
    "Desi",
    "Dewi",
    "Dian",
    "Eka",
    "Elisa",
    "Erni",
    "Fajar",
    "Fitri",
    "Gita",
    "Hadi",
    "Hana",
    "Hendra",
    "Ida",
    "Indah",
    "Irma",
    "Joko",
    "Juli",
    "Kartika",
    "Lestari",
    "Lina",
    "Maria",
    "Mega",
    "Nadia",
    "Nina",
    "Novi",
    "Nur",
    "Putri",
    "Rahmat",
    "Ratna",
    "Reza",
    "Rina",
    "Rizki",
    "Roslina",
    "Rudi",
    "Sari",
    "Sinta",
    "Sri",
    "Surya",
    "Tiara",
    "Tuti",
    "Utami",
    "Wahyu",
    "Wati",
    "Yanti",
    "Yudi",
    "Yuni",
    "Zahra",
]
_LAST = [
    "Siregar",
    "Nasution",
    "Harahap",
    "Lubis",
    "Sinaga",
    "Situmorang",
    "Simanjuntak",
    "Hutapea",
    "Ginting",
    "Tarigan",
    "Sembiring",
    "Barus",
    "Saragih",
    "Purba",
    "Damanik",
    "Rangkuti",
    "Daulay",
    "Batubara",
    "Hasibuan",
    "Pohan",
    "Manurung",
    "Panjaitan",
    "Sitorus",
    "Marpaung",
    "Wijaya",
    "Santoso",
    "Pratama",
    "Kurniawan",
    "Saputra",
    "Hidayat",
    "Ramadhan",
    "Wibowo",
    "Setiawan",
    "Susanto",
    "Pane",
    "Tanjung",
    "Chaniago",
    "Piliang",
    "Ritonga",
    "Silalahi",
]
_RANKS = ("III/a", "III/b", "III/c", "III/d", "IV/a", "IV/b")
JUNIOR_MENTORS, NO_MENTOR, ENDED_EARLY = 0.06, 0.02, 0.12
"""Shares of mentoring pairs with a mentor drawn among all colleagues, without a mentor on record, and ended early."""
KINDS = ("Workshop", "Seminar", "Kursus Luar Daerah", "Mentoring")


def names(rng: np.random.Generator, n: int) -> list[str]:
    """Names of `n` persons."""
    first, middle, last = (rng.integers(0, len(part), n) for part in (_FIRST, _FIRST, _LAST))
    return [f"{_FIRST[a]} {_FIRST[b]} {_LAST[c]}" for a, b, c in zip(first, middle, last, strict=True)]


def nisn(rng: np.random.Generator, period: int, grades: pd.Series) -> list[str]:
    """Pupils' numbers: the last three digits of the year of birth, and a serial number used once."""
    serial = rng.choice(10_000_000, len(grades), replace=False)
    born = period - 7 - grades.to_numpy()
    return [f"{year % 1000:03d}{number:07d}" for year, number in zip(born, serial, strict=True)]


def make_teachers(world: World, rng: np.random.Generator) -> pd.DataFrame:
    """Civil servants (teachers), one row each, with the school they work in."""
    counts = np.where(world.schools["level"] == "SD", *world.settings.teachers)
    rows = world.schools.loc[world.schools.index.repeat(counts), ["npsn", "name"]].reset_index(drop=True)
    rows = rows.rename(columns={"name": "school"})
    n = len(rows)
    born = pd.Timestamp("1966-01-01") + pd.to_timedelta(rng.integers(0, 30 * 365, n), unit="D")
    pppk = rng.random(n) < 0.2
    rows["name"], rows["birth"], rows["sex"] = names(rng, n), born, np.where(rng.random(n) < 0.78, 2, 1)
    year = np.maximum(born.year + rng.integers(23, 29, n), 1990)
    year = np.where(pppk, 2019, np.minimum(year, 2017))
    month = np.where(pppk, 21, rng.integers(1, 13, n))
    rows["kind"], rows["appointed"] = np.where(pppk, "PPPK", "PNS"), year
    rows["nip"] = [
        f"{b:%Y%m%d}{y}{m:02d}{s}{k:03d}"
        for b, y, m, s, k in zip(born, year, month, rows["sex"], np.arange(n) % 990 + 1, strict=True)
    ]
    rows["rank"] = np.where(pppk, "IX", np.array(_RANKS)[np.clip((2024 - year) // 5, 0, 5)])
    rows["nik"] = [
        f"1271{k % 21 + 1:02d}{b.day + 40 * (s == 2):02d}{b:%m%y}{k % 10000:04d}"
        for k, (b, s) in enumerate(zip(born, rows["sex"], strict=True))
    ]
    return rows


def make_training(world: World, teachers: pd.DataFrame, period: int, rng: np.random.Generator) -> pd.DataFrame:
    """Training of one school year: most teachers of participating schools, some of the others."""
    joined = teachers.merge(world.schools[["npsn", "cohort", "first", "last"]], on="npsn")
    there = (joined["first"] <= period) & (joined["last"] >= period) & (joined["appointed"] < period)
    joined = joined[there].reset_index(drop=True)
    active = (joined["cohort"] <= period).fillna(False).to_numpy(bool)
    parts = []
    for kind, inside, outside in zip(KINDS, (0.55, 0.35, 0.10, 0.45), (0.06, 0.10, 0.01, 0.0), strict=True):
        chosen = joined[rng.random(len(joined)) < np.where(active, inside, outside)]
        part = chosen[["nip", "name", "npsn"]].assign(kind=kind)
        start = pd.Timestamp(f"{period - 1}-07-20") + pd.to_timedelta(rng.integers(0, 300, len(part)), unit="D")
        hours = {"Workshop": (16, 33), "Seminar": (4, 9), "Kursus Luar Daerah": (30, 61), "Mentoring": (10, 25)}[kind]
        part["start"], part["jp"] = start, rng.integers(*hours, len(part))
        part["end"] = part["start"] + pd.to_timedelta(np.ceil(part["jp"] / 8), unit="D")
        part["attended"] = np.where(rng.random(len(part)) < 0.95, "Hadir", "Tidak Hadir")
        part["mentor"] = ""
        if kind == "Mentoring" and len(part):
            seniors = joined.loc[joined["rank"].isin(["IV/a", "IV/b"]), "nip"].to_numpy()
            part["mentor"] = rng.choice(seniors if len(seniors) else joined["nip"].to_numpy(), len(part))
        parts.append(part)
    return _mentoring(pd.concat(parts, ignore_index=True), joined, world.settings.seed, period)


def _mentoring(training: pd.DataFrame, staff: pd.DataFrame, seed: int, period: int) -> pd.DataFrame:
    """Sessions of the pairs; some mentors are no seniors, some pairs end early, and some have no mentor on record."""
    rng = np.random.default_rng([seed, 11, period])
    pairs = (training["kind"] == "Mentoring").to_numpy()
    junior = rng.choice(staff["nip"].to_numpy(), len(training)) if len(staff) else np.full(len(training), "")
    chance = rng.random(len(training))
    training["mentor"] = np.where(pairs & (chance < JUNIOR_MENTORS), junior, training["mentor"])
    training["mentor"] = np.where(pairs & (chance > 1 - NO_MENTOR), "", training["mentor"])
    planned = rng.integers(6, 11, len(training))
    early = rng.random(len(training)) < ENDED_EARLY
    held = np.where(early, np.maximum(1, planned - rng.integers(2, 6, len(training))), planned)
    training["planned"], training["held"] = np.where(pairs, planned, 0), np.where(pairs, held, 0)
    return training
