"""The second demonstration: service quality of public health centres (puskesmas), unit by quarter, from a seed.

A ready panel holds the public satisfaction survey by quarter; staff, training, costs, IP ASN and the staff survey are
yearly files as in the first demonstration, made by the same functions.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from pipeline.demo import staff, survey
from pipeline.demo.files import write_text
from pipeline.demo.generate import averages
from pipeline.demo.offices import write_costs, write_register, write_roster
from pipeline.demo.people import make_teachers, make_training
from pipeline.demo.settings import Settings
from pipeline.demo.world import World
from pipeline.periods import quarter_code, year_of
from pipeline.sources.places import KECAMATAN
from pipeline.study import load_survey

SEED = 20250117
UNITS = 41
YEARS = (2022, 2023, 2024)
QUARTERS = tuple(quarter_code(year, number) for year in YEARS for number in (1, 2, 3, 4))
ENTRY = {quarter_code(2023, 1): 9, quarter_code(2023, 3): 8, quarter_code(2024, 1): 8}
"""Units that enter, by quarter of entry."""
EFFECT = (1.0, 1.6, 2.2, 2.7, 3.1, 3.4, 3.6, 3.8)
"""True effect on the index (0-100) by quarters since entry."""
WEIGHTS = np.array([0.6, 0.8, 1.0, 0.2, 1.0, 1.8, 1.8, 1.0, 0.8])
"""How strongly each element answers to the programme; their mean is 1."""
_OFFSETS = np.array([0.05, 0.0, -0.15, 0.20, 0.0, 0.05, 0.1, -0.15, -0.1])
_SPELLINGS = ("{year}-T{k}", "{year} TW {roman}", "{year}Q{k}", "Triwulan {roman} {year}")
_ROMAN = ("I", "II", "III", "IV")
_SHIFT = pd.Timedelta(166, "D")  # the first demonstration's school year begins in July, here the year in January


def generate_health(out_dir: Path, *, seed: int = SEED, truth_dir: Path | None = None) -> Path:
    """Write a folder a year, the same bytes for the same seed; the quarterly panel lies in the last.

    Args:
        out_dir: Folder of the study's raw data.
        seed: Seed of every draw.
        truth_dir: Where to write `puskesmas.json` with the true effects; not written without it.
    """
    world = make_units(seed)
    rng = np.random.default_rng([seed, 1])
    people = make_teachers(world, rng)
    bank = load_survey("medan-puskesmas")
    history = pd.DataFrame()
    count: Counter[str] = Counter()
    scores, waves = [], []
    for year in YEARS:
        folder = Path(out_dir) / str(year)
        folder.mkdir(parents=True, exist_ok=True)
        write_roster(folder / "pegawai.xlsx", world, people, year, rng, count, position="Tenaga Kesehatan")
        training = make_training(world, people, year, rng).assign(period=year)
        training[["start", "end"]] += _SHIFT
        history = pd.concat([history, training], ignore_index=True)
        write_register(folder / "pelatihan.csv", world, training, rng, count, people="pelayanan kesehatan")
        write_costs(folder / "biaya.csv", training, seed, year)
        scores.append(staff.make_index(people, history, year, world.settings))
        staff.write_index(folder / "ip_asn.csv", scores[-1], people, count)
        waves.append(survey.make_wave(world, people, history, bank, year))
        survey.write_frame(folder / "undangan.csv", waves[-1].frame, count)
        survey.write_answers(folder / "jawaban.csv", waves[-1].answers, bank)
    panel = make_panel(world)
    _write_panel(Path(out_dir) / str(YEARS[-1]) / "skm_triwulan.csv", world, panel, count)
    if truth_dir is not None:
        truth_dir.mkdir(parents=True, exist_ok=True)
        everything = truth(world) | {
            "faults": dict(count),
            "ip_asn": staff.index_truth(pd.concat(scores, ignore_index=True), history),
            "survey": survey.survey_truth(waves),
        }
        text = json.dumps(everything, indent=1, sort_keys=True)
        (truth_dir / "puskesmas.json").write_text(text + "\n", encoding="utf-8")
    return Path(out_dir)


def make_units(seed: int = SEED) -> World:
    """The units: `npsn` (eight digits), name, kecamatan, lasting quality, quarter of entry (`entry`) and its year.

    Weaker units enter earlier: selection on lasting quality and noise, never on a quarter's shock.
    """
    rng = np.random.default_rng(seed)
    units = pd.DataFrame({"npsn": [f"990000{k:02d}" for k in range(1, UNITS + 1)]})
    units["name"] = [f"Puskesmas Peragaan {k:02d}" for k in range(1, UNITS + 1)]
    units["kecamatan"] = [KECAMATAN[k % len(KECAMATAN)] for k in range(UNITS)]
    units["quality"] = rng.normal(0, 0.12, UNITS)
    order = np.argsort(units["quality"].to_numpy() + rng.normal(0, 0.12, UNITS))
    entry = pd.Series(pd.NA, index=units.index, dtype="Int64")
    entry.iloc[order[: sum(ENTRY.values())]] = np.repeat(list(ENTRY), list(ENTRY.values()))
    units["entry"] = entry
    units["cohort"] = entry.map(year_of, na_action="ignore").astype("Int64")
    units = units.assign(level="", first=YEARS[0], last=YEARS[-1])
    settings = Settings(seed=seed, periods=YEARS, kecamatan=KECAMATAN, teachers=(12, 12))
    return World(settings, units, scores=pd.DataFrame(), visits=pd.DataFrame())


def make_panel(world: World) -> pd.DataFrame:
    """Means of the nine elements by unit and quarter: `npsn`, `period`, `n` (respondents), `u1` … `u9`."""
    units = world.schools
    rng = np.random.default_rng([world.settings.seed, 2])
    parts = []
    for number, period in enumerate(QUARTERS):
        since = (period - units["entry"]).fillna(-1).astype(int)
        lift = np.array([EFFECT[e] if e >= 0 else 0.0 for e in since]) / 25
        level = (
            3.12 + units["quality"].to_numpy() + 0.006 * number + 0.02 * (number % 4 == 3) + rng.normal(0, 0.04, UNITS)
        )
        means = level[:, None] + _OFFSETS + lift[:, None] * WEIGHTS + rng.normal(0, 0.06, (UNITS, 9))
        part = pd.DataFrame(np.clip(means, 1, 4).round(3), columns=[f"u{k}" for k in range(1, 10)])
        parts.append(part.assign(npsn=units["npsn"], period=period, n=30 + rng.poisson(14, UNITS)))
    panel = pd.concat(parts, ignore_index=True)
    panel.loc[100, "n"] = 3  # too few to have an index
    return panel


def _write_panel(path: Path, world: World, panel: pd.DataFrame, count: Counter[str]) -> None:
    units = world.schools.set_index("npsn")
    rows = [
        ["Kode Faskes", "Nama", "Kecamatan", "Triwulan", "Mulai Ikut", "Responden", *(f"U{k}" for k in range(1, 10))]
    ]
    for order, row in enumerate(panel.sort_values(["npsn", "period"]).to_dict("records")):
        unit = units.loc[row["npsn"]]
        style = order // 7 % 4 if order % 7 == 0 else 0
        entry = "" if pd.isna(unit["entry"]) else _quarter(int(unit["entry"]), 0)
        means = [f"{row[f'u{k}']:.3f}".replace(".", ",") for k in range(1, 10)]
        rows.append(
            [row["npsn"], unit["name"], unit["kecamatan"], _quarter(row["period"], style), entry, str(row["n"]), *means]
        )
        if order == 250:
            rows.append(rows[-1])
            count[f"{path.name}:duplicate_row"] += 1
    write_text(path, rows, ";", "utf-8-sig")


def _quarter(code: int, style: int) -> str:
    return _SPELLINGS[style].format(year=year_of(code), k=code % 4 + 1, roman=_ROMAN[code % 4])


def truth(world: World) -> dict[str, Any]:
    """True effects on the index, by cohort and quarter and averaged as estimators average them."""
    rows = [(entry, t, EFFECT[t - entry], n) for entry, n in ENTRY.items() for t in QUARTERS if t >= entry]
    cells = pd.DataFrame(rows, columns=["cohort", "period", "effect", "n"])
    return {"units": len(world.schools), "effects": {"skm_index": averages(cells)}}
