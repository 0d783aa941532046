"""The yearly survey of civil servants: a true state of mind, who answers, and what they say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from pipeline.demo.files import write_text
from pipeline.demo.settings import Settings
from pipeline.demo.world import World
from pipeline.study.survey import FORMATS, Survey

EFFECT = {"motivation": 0.25, "commitment": 0.0}
"""True effect of a unit's participation, in standard deviations of the state of mind."""
REWARD = 0.30
"""How much more motivated those are who had a course away."""
SENSITIVE = 0.32
"""True share of those invited who keep back criticism for fear."""
FRANK = 0.45
"""Chance that such a person says so when asked directly."""
RESPONSE = {"constant": -0.55, "female": 0.35, "PPPK": -0.40, "IV": 0.20, "fear": -0.80, "web": 0.25, "phone": -0.35}
"""True response model: logit of the chance that an invited person ever answers."""
PROTECTED_FROM = 2022
"""First wave with the protected questions."""
_LOADINGS = {"motivation": (0.80, 0.70, -0.65, 0.60), "commitment": (0.75, 0.80, -0.60, 0.70)}
_OPEN = (
    "Jadwal pelatihan terlalu padat dan waktu bertabrakan dengan jam kerja.",
    "Materi terlalu banyak teori, kurang praktik.",
    "Mentor jarang datang, perlu pembimbing yang lebih dekat.",
    "Mohon dukungan atasan dan dana transportasi.",
    "Kesempatan ikut kursus kurang adil, sering orang yang sama.",
    "Pak Hendra Siregar kurang membantu, hubungi 0812 3456 7890.",
    "Sudah baik, lanjutkan.",
)


@dataclass(frozen=True)
class Wave:
    """One wave: the frame (with everybody's true state), and the anonymous answers."""

    frame: pd.DataFrame
    answers: pd.DataFrame


def make_wave(world: World, teachers: pd.DataFrame, history: pd.DataFrame, survey: Survey, period: int) -> Wave:
    """Draw a wave: everybody in office is invited; whether they answer depends on traits, mode and fear."""
    settings = world.settings
    lasting = np.random.default_rng([settings.seed, 41])
    n = len(teachers)
    mind = {name: lasting.normal(0, 0.6, n) for name in EFFECT}
    fear = lasting.random(n) < SENSITIVE
    rng = np.random.default_rng([settings.seed, 42, period])
    school = world.schools.set_index("npsn").loc[teachers["npsn"]].reset_index()
    active = (school["cohort"] <= period).fillna(False).to_numpy(bool)
    away = _course_away(teachers, history, period)
    frame = teachers[["nip", "name", "npsn", "rank", "kind", "sex"]].assign(fear=fear, away=away, active=active)
    frame["batch"] = _batches(school, settings)
    frame["group"] = np.where(teachers["kind"] == "PPPK", "PPPK", teachers["rank"].str.split("/").str[0])
    for name, size in EFFECT.items():
        noise = rng.normal(0, 0.8, n)
        untreated = mind[name] + 0.03 * (period - settings.periods[0]) + noise
        lift = settings.sign * size * active + (REWARD * away if name == "motivation" else 0.0)
        frame[name] = untreated + lift
    frame["mode"] = rng.choice(["paper", "web", "phone"], n, p=[0.5, 0.35, 0.15])
    answers = _items(frame, survey, rng)
    frame = _response(frame, rng)
    there = (teachers["appointed"] < period).to_numpy()
    there &= ((school["first"] <= period) & (school["last"] >= period)).to_numpy()
    frame = frame[there].assign(period=period)
    said = frame["disposition"].isin(["complete", "partial"])
    return Wave(frame, _told(frame[said], answers.loc[frame.index[said]], survey, period, rng))


def _course_away(teachers: pd.DataFrame, history: pd.DataFrame, period: int) -> np.ndarray:
    kinds = history[(history["kind"] == "Kursus Luar Daerah") & (history["attended"] == "Hadir")]
    return teachers["nip"].isin(kinds.loc[kinds["period"].between(period - 1, period), "nip"]).to_numpy()


def _batches(school: pd.DataFrame, settings: Settings) -> list[str]:
    """The roll-out plan's groups: schools of one kecamatan that enter in the same year."""
    number = {name: k for k, name in enumerate(settings.kecamatan, 1)}
    stage = {int(year): k for k, year in enumerate(sorted(school["cohort"].dropna().unique()), 1)}
    return [
        f"K{number[place]:02d}-{0 if pd.isna(cohort) else stage[int(cohort)]}"
        for place, cohort in zip(school["kecamatan"], school["cohort"], strict=True)
    ]


def _items(frame: pd.DataFrame, survey: Survey, rng: np.random.Generator) -> pd.DataFrame:
    """What each person would tick on every item, answering or not."""
    points = len(survey.points)
    columns = {}
    for scale in survey.scales:
        for item, loading in zip(scale.items, _LOADINGS[scale.name], strict=True):
            own = rng.normal(0, np.sqrt(1 - loading**2), len(frame))
            columns[item.name] = np.clip(np.round(3.35 + 0.9 * (loading * frame[scale.name] + own)), 1, points)
    return pd.DataFrame(columns, index=frame.index)


def _response(frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Disposition and number of contacts of everybody on the frame."""
    r = RESPONSE
    score = r["constant"] + r["female"] * (frame["sex"] == 2) + r["fear"] * frame["fear"]
    score += r["PPPK"] * (frame["group"] == "PPPK") + r["IV"] * (frame["group"] == "IV")
    score += r["web"] * (frame["mode"] == "web") + r["phone"] * (frame["mode"] == "phone")
    chance = 1 / (1 + np.exp(-np.asarray(score)))
    answers = rng.random(len(frame)) < chance
    at = 1 + (rng.random((len(frame), 2)) > (0.35 + 0.5 * chance)[:, None]).cumprod(axis=1).sum(axis=1)
    silent = rng.choice(["refusal", "non_contact", "other", "unknown", "not_eligible"], len(frame),
                        p=[0.15, 0.60, 0.05, 0.16, 0.04])  # fmt: skip
    full = np.where(rng.random(len(frame)) < 0.93, "complete", "partial")
    at = at.astype(int)
    return frame.assign(
        chance=chance, disposition=np.where(answers, full, silent), contacts=np.where(answers, at, 3), at=at
    )


def _told(
    frame: pd.DataFrame, ticks: pd.DataFrame, survey: Survey, period: int, rng: np.random.Generator
) -> pd.DataFrame:
    """The answers as they arrive: shuffled, with nothing that names anybody."""
    ask = survey.sensitive
    told = ticks.where(rng.random(ticks.shape) > 0.02)
    partial = (frame["disposition"] == "partial").to_numpy()
    told.iloc[partial, len(survey.scales[0].items) :] = np.nan
    told = told.assign(batch=frame["batch"], sex=np.where(frame["sex"] == 1, "M", "F"), rank_group=frame["group"],
                       mode=frame["mode"], contact=frame["at"], complete=~partial)  # fmt: skip
    if survey.reward is not None:
        told[survey.reward.name] = frame["away"].astype(float).where(~partial)
    n, yes = len(frame), frame["fear"].to_numpy()
    if ask is not None and period >= PROTECTED_FROM:
        form = rng.choice(FORMATS, n, p=[ask.shares[name] for name in FORMATS])
        device, control = rng.random(n), (rng.random((n, 4)) < [0.55, 0.25, 0.03, 0.92]).sum(axis=1)
        forced = np.where(device < ask.forced_yes, True, np.where(device < ask.forced_yes + ask.forced_no, False, yes))
        other = rng.random(n) < ask.innocuous_share
        says = {
            "direct": yes & (rng.random(n) < FRANK), "list_control": control, "list_treatment": control + yes,
            "forced": forced, "warner": np.where(device < ask.warner, yes, ~yes), "crosswise": yes == other,
        }  # fmt: skip
        response = np.select([form == name for name in FORMATS], [says[name] for name in FORMATS]).astype(float)
        keep = ~partial & (rng.random(n) > np.where(form == "direct", 0.06, 0.02))
        told["format"], told["response"] = np.where(partial, None, form), np.where(keep, response, np.nan)
    else:
        told["format"], told["response"] = None, np.nan
    told["suggestion"] = np.where(~partial & (rng.random(n) < 0.3), rng.choice(_OPEN, n), "")
    told["fear"] = yes
    return told.sample(frac=1, random_state=int(rng.integers(2**31))).reset_index(drop=True)


def write_frame(path: Path, frame: pd.DataFrame, count: Counter[str]) -> None:
    """Write the list of invited persons with what became of each invitation."""
    head = ["NIP", "Nama", "NPSN", "Kelompok", "Moda", "Jumlah Kontak", "Hasil", "Dijawab pada Kontak"]
    words = {
        "complete": "Lengkap", "partial": "Sebagian", "refusal": "Menolak", "non_contact": "Tidak terhubung",
        "other": "Lain-lain", "unknown": "Tidak diketahui", "not_eligible": "Tidak memenuhi syarat",
    }  # fmt: skip
    modes = {"paper": "Kertas", "web": "Daring", "phone": "Telepon"}
    rows: list[list[str]] = [head]
    for row in frame.itertuples():
        at = str(row.at) if row.disposition in ("complete", "partial") else ""
        rows.append(
            [row.nip, row.name, row.npsn, row.batch, modes[row.mode], str(row.contacts), words[row.disposition], at]
        )
        if len(rows) % 701 == 0:
            rows.append(rows[-1])
            count["undangan.csv:duplicate_row"] += 1
    write_text(path, rows, ",", "utf-8-sig")


def survey_truth(waves: list[Wave]) -> dict[str, Any]:
    """True shares and chances: among all invited and among those who answered."""
    frame = pd.concat([wave.frame for wave in waves])
    asked = [wave for wave in waves if wave.frame["period"].iloc[0] >= PROTECTED_FROM]
    eligible = frame[frame["disposition"] != "not_eligible"]
    return {
        "effects_sd": EFFECT,
        "response": RESPONSE,
        "response_rate": float(eligible["disposition"].isin(["complete", "partial"]).mean()),
        "sensitive_frame": float(pd.concat([wave.frame for wave in asked])["fear"].mean()),
        "sensitive_answers": float(pd.concat([wave.answers for wave in asked])["fear"].mean()),
        "frank": FRANK,
        "means_frame": {name: float(frame[name].mean()) for name in EFFECT},
    }


def write_answers(path: Path, answers: pd.DataFrame, survey: Survey) -> None:
    """Write a wave's answers as a form server exports them: groups before names, ids of its own, nothing of persons."""
    groups = [(f"about/{name}", name) for name in ("batch", "sex", "rank_group", "mode", "contact")]
    groups += [(f"{scale.name}/{item.name}", item.name) for scale in survey.scales for item in scale.items]
    if survey.reward is not None:
        groups.append((f"reward/{survey.reward.name}", survey.reward.name))
    groups += [("protected/format", "format"), ("protected/response", "response"), ("open/suggestion", "suggestion")]
    rows = [[heading for heading, _ in groups] + ["_id", "complete"]]
    for order, row in enumerate(answers.to_dict("records"), 1):
        cells = [_cell(row[name]) for _, name in groups]
        rows.append([*cells, str(order), "1" if row["complete"] else "0"])
    write_text(path, rows, ";", "utf-8-sig")


def _cell(value: Any) -> str:
    if value is None or value != value:
        return ""
    return str(int(value)) if isinstance(value, float) else str(value)
