"""What each office sends for one school year, with the faults that such files have."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from pipeline.demo.files import date_text, decimal, write_text, write_workbook
from pipeline.demo.people import make_training, names, nisn
from pipeline.demo.settings import GAP
from pipeline.demo.world import World

_OTHER_NPSN = "10999999"


def spelled(name: str, rng: np.random.Generator, share: float) -> str:
    """A kecamatan as an office may write it."""
    if rng.random() >= share:
        return name
    forms = [f"Kec. {name}", name.upper(), f"{name} ", name.replace("Medan", "Mdn.")]
    return "Kec. Medan Kota Belawan" if name == "Medan Belawan" else forms[int(rng.integers(0, len(forms)))]


def write_year(
    folder: Path,
    world: World,
    teachers: pd.DataFrame,
    history: list[pd.DataFrame],
    period: int,
    rng: np.random.Generator,
) -> Counter[str]:
    """Write the year's files and append its training to `history`; returns how often each fault was put in."""
    folder.mkdir(parents=True, exist_ok=True)
    count: Counter[str] = Counter()
    here = world.schools[(world.schools["first"] <= period) & (world.schools["last"] >= period)]
    _school_list(folder / "sekolah.xlsx", world, period, rng, count)
    write_roster(folder / "guru_asn.xlsx", world, teachers[teachers["npsn"].isin(here["npsn"])], period, rng, count)
    history.append(make_training(world, teachers, period, rng).assign(period=period))
    write_register(folder / "pelatihan.csv", world, history[-1], rng, count)
    write_costs(folder / "biaya.csv", history[-1], world.settings.seed, period)
    _participants(folder / "peserta_program.xlsx", here, period, rng, count, world)
    if period not in GAP:
        _assessment(folder / "asesmen.csv", world, period, rng, count)
        _observations(folder / "observasi.tsv", world, period, rng, count)
    return count


def _school_list(path: Path, world: World, period: int, rng: np.random.Generator, count: Counter[str]) -> None:
    listed = world.schools[(world.schools["first"] <= period) & (world.schools["last"] >= period - 1)]
    rows: list[list[Any]] = [
        ["DAFTAR SEKOLAH NEGERI KOTA MEDAN"], [f"Tahun Ajaran {period - 1}/{period}"], ["Data peragaan (bukan data nyata)"],
        ["No", "Identitas", None, None, None, "Lokasi", None, "Jumlah", None, "Keterangan"],
        [None, "NPSN", "Nama Sekolah", "Bentuk", "Status", "Kecamatan", None, "Peserta Didik", "Guru", None],
    ]  # fmt: skip
    number = 0
    for kecamatan, group in listed.groupby("kecamatan", sort=False):
        first = len(rows)
        for school in group.itertuples():
            number += 1
            npsn = int(school.npsn) if number % 3 == 0 else school.npsn
            note = "Baru" if school.first == period and period > world.settings.periods[0] else None
            if school.last < period:
                note = f"Digabung ke NPSN {school.successor}" if school.successor else "Tutup"
            place = spelled(str(kecamatan), rng, world.settings.faults.spelling)
            pupils = int(school.pupils * (1 + 0.02 * (number % 5 - 2)))
            rows.append(
                [number, npsn, school.name, school.level, "Negeri", place, None, pupils, max(6, pupils // 19), note]
            )
        total = [sum(r[k] for r in rows[first:]) for k in (7, 8)]
        rows.append([None, "Jumlah", None, None, None, None, None, *total, None])
        count["sekolah.xlsx:total_row"] += 1
    for k in range(3):
        number += 1
        rows.append(
            [
                number,
                f"1021099{k}",
                f"SMAN {k + 1}",
                "SMA",
                "Negeri",
                "Medan Kota",
                None,
                900,
                60,
                "kewenangan provinsi",
            ]
        )
        count["sekolah.xlsx:out_of_scope"] += 1
    rows += [["Jumlah seluruhnya"], ["Catatan: keadaan per 31 Desember."]]
    areas = ["A1:J1", "A2:J2", "A3:J3", "B4:E4", "F4:G4", "H4:I4", "A4:A5", "J4:J5"]
    write_workbook(path, "Daftar Sekolah", rows, areas)


def write_roster(
    path: Path,
    world: World,
    teachers: pd.DataFrame,
    period: int,
    rng: np.random.Generator,
    count: Counter[str],
    position: str = "Guru",
) -> None:
    """Write the roster of those appointed before the year."""
    head = ["NIP BARU", "NAMA", "TANGGAL LAHIR", "JENIS KELAMIN", "JENIS PEGAWAI NAMA", "GOL AKHIR NAMA", "TMT CPNS", "NIK",
            "NPSN", "NAMA SEKOLAH", "JABATAN NAMA"]  # fmt: skip
    rows: list[list[Any]] = [head]
    for t in teachers[teachers["appointed"] < period].itertuples():
        chance = rng.random()
        nip: Any = t.nip
        if chance < world.settings.faults.spoilt_nip:
            nip = int(float(f"{int(t.nip):.14e}"))
            count[f"{path.name}:spoilt_nip"] += 1
        elif chance < 0.05:
            nip = f"'{t.nip}"
        elif chance < 0.10:
            nip = f"{t.nip[:8]} {t.nip[8:14]} {t.nip[14]} {t.nip[15:]}"
        birth = date_text(t.birth.date(), int(rng.integers(0, 2)))
        sex = "Laki-laki" if t.sex == 1 else "Perempuan"
        rows.append(
            [nip, t.name, birth, sex, t.kind, t.rank, f"01-01-{t.appointed}", t.nik, t.npsn, t.school, position]
        )
        if rng.random() < world.settings.faults.duplicate:
            rows.append(rows[-1])
            count[f"{path.name}:duplicate_row"] += 1
    write_workbook(path, "DATA ASN", rows)


def write_register(
    path: Path,
    world: World,
    training: pd.DataFrame,
    rng: np.random.Generator,
    count: Counter[str],
    people: str = "guru",
) -> None:
    """Write the year's training register."""
    head = ["NIP", "Nama", "NPSN", "Jenis Kegiatan", "Nama Kegiatan", "Tanggal Mulai", "Tanggal Selesai", "JP", "Kehadiran",
            "NIP Mentor", "Sesi Direncanakan", "Sesi Terlaksana"]  # fmt: skip
    rows = [head]
    forms = {"Kursus Luar Daerah": ["Kursus Luar Daerah", "kursus luar daerah", "Kursus di Luar Daerah"]}
    for t in training.itertuples():
        options = forms.get(t.kind, [t.kind, t.kind.upper(), f"{t.kind} "])
        kind = options[0] if rng.random() > 0.1 else options[int(rng.integers(1, 3))]
        style = int(rng.integers(0, 4))
        nip = t.nip
        if rng.random() < world.settings.faults.spoilt_nip:
            nip = f"{int(nip):.5E}"
            count["pelatihan.csv:spoilt_nip"] += 1
        start, end = date_text(t.start.date(), style), date_text(t.end.date(), style)
        rows.append([nip, t.name, t.npsn, kind, f"{t.kind} {people}", start, end, f"{t.jp:.1f}", t.attended, t.mentor,
                     *(str(k) if k else "" for k in (t.planned, t.held))])  # fmt: skip
        if rng.random() < world.settings.faults.duplicate:
            rows.append(rows[-1])
            count["pelatihan.csv:duplicate_row"] += 1
    write_text(path, rows, ",", "utf-8-sig")


COST_PER_HOUR = {"Workshop": 65_000, "Seminar": 40_000, "Kursus Luar Daerah": 240_000, "Mentoring": 25_000}
"""Rupiah an hour and person registered, before the year's own chance."""


def write_costs(path: Path, training: pd.DataFrame, seed: int, period: int) -> None:
    """Write the year's spending by kind of activity."""
    rng = np.random.default_rng([seed, 12, period])
    hours = training.groupby("kind")["jp"].sum()
    rows = [["Jenis Kegiatan", "Biaya (Rp)"]]
    for kind, price in COST_PER_HOUR.items():
        amount = round(float(hours.get(kind, 0)) * price * (1 + 0.1 * rng.normal()), -3)
        rows.append([kind, f"{amount:,.0f}".replace(",", ".")])
    write_text(path, rows, ";", "utf-8")


def _participants(
    path: Path, here: pd.DataFrame, period: int, rng: np.random.Generator, count: Counter[str], world: World
) -> None:
    rows: list[list[Any]] = [
        ["SEKOLAH PESERTA PROGRAM PENGEMBANGAN KARIER ASN"],
        [f"Tahun Ajaran {period - 1}/{period}"],
        [None],
    ]
    rows.append(["No", "NPSN", "Nama Sekolah", "Kecamatan", "Tahun Ajaran", "Nomor SK"])
    active = here[(here["cohort"] <= period).fillna(False).astype(bool)]
    for number, school in enumerate(active.itertuples(), 1):
        place = spelled(school.kecamatan, rng, world.settings.faults.spelling)
        rows.append([number, school.npsn, school.name, place, f"{period - 1}/{period}", f"800/{period - 1}"])
    rows.append(["Jumlah", len(active)])
    count["peserta_program.xlsx:total_row"] += 1
    write_workbook(path, "Sekolah Peserta", rows, ["A1:F1", "A2:F2"])


def _assessment(path: Path, world: World, period: int, rng: np.random.Generator, count: Counter[str]) -> None:
    pupils = world.scores[world.scores["period"] == period]
    faults = world.settings.faults
    rows = [["NISN", "Nama Peserta Didik", "NPSN", "Kelas", "Literasi", "Numerasi", "Tanggal Tes"]]
    who = zip(pupils.itertuples(), nisn(rng, period, pupils["grade"]), names(rng, len(pupils)), strict=True)
    for p, number, name in who:
        values, npsn, chance = [decimal(p.literacy), decimal(p.numeracy)], p.npsn, rng.random()
        place = int(rng.integers(0, 2))
        if chance < faults.no_score:
            values = (
                ["", ""] if chance < faults.no_score / 2 else ["" if k == place else v for k, v in enumerate(values)]
            )
            count["asesmen.csv:no_score"] += values.count("")
        elif chance < faults.no_score + faults.out_of_range:
            values[place] = values[place].replace(",", "")
            count["asesmen.csv:out_of_range"] += float(values[place]) > 100
        elif chance < faults.no_score + faults.out_of_range + faults.text_score:
            values[place] = "absen"
            count["asesmen.csv:bad_number"] += 1
        elif chance > 1 - faults.unknown_npsn:
            npsn = _OTHER_NPSN
            count["asesmen.csv:unknown_npsn"] += 1
        day = pd.Timestamp(f"{period}-05-06") + pd.Timedelta(int(rng.integers(0, 12)), "D")
        rows.append([number, name, npsn, str(p.grade), *values, date_text(day.date(), int(rng.integers(0, 4)))])
        if rng.random() < faults.duplicate:
            rows.append(rows[-1])
            count["asesmen.csv:duplicate_row"] += 1
    write_text(path, rows, ";", "windows-1252")


def _observations(path: Path, world: World, period: int, rng: np.random.Generator, count: Counter[str]) -> None:
    visits = world.visits[world.visits["period"] == period]
    rows = [["NPSN", "Tanggal", "Indeks Metode Inovatif", "Indeks Aktivitas Siswa"]]
    for v in visits.itertuples():
        day = pd.Timestamp(f"{period - 1}-09-01") + pd.Timedelta(int(rng.integers(0, 240)), "D")
        rows.append(
            [
                v.npsn,
                date_text(day.date(), int(rng.integers(0, 4))),
                decimal(v.innovative_methods),
                decimal(v.pupil_activity),
            ]
        )
    unique = [row for k, row in enumerate(rows) if row not in rows[max(0, k - 4) : k]]
    count["observasi.tsv:rows"] += len(unique) - 1
    write_text(path, unique, "\t", "utf-8")
