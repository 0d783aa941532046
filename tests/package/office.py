"""A real office in small: persons in its files, notebooks of its own that run in seconds, a report with exhibits."""

from __future__ import annotations

import shutil
from pathlib import Path

from openpyxl import Workbook

from benchmarks.tiny import CELLS, write_notebook

NAME = "kantor"
ARCHIVE = f"reports/{NAME}/2024/{NAME}-2024-replication.zip"
STUDY = """\
title: {id: "Kecil", en: "A small office"}
seed: 7
report: {institution: {id: "Kantor Uji", en: "Test Office"}, dates: {2024: 2025-03-31}}
program:
  label: {id: "program", en: "the mentoring programme"}
  unit_label: {id: "unit", en: "units"}
  period_label: {id: "tahun", en: "year"}
panel: {file: panel.csv, unit: unit, period: year, cohort: first_treated}
outcomes: [{name: score, label: {id: "Skor", en: "Score"}, unit: points}]
sources:
  staff:
    file: pegawai.xlsx
    office: {id: "Badan Kepegawaian", en: "Personnel Agency"}
    columns: {nip: [NIP], name: [NAMA], birth_date: [TANGGAL LAHIR], rank: [GOL], npsn: [UNIT]}
  training:
    file: pelatihan.csv
    separator: ";"
    columns: {nip: [NIP], name: [Nama], npsn: [Unit], activity: [Jenis], title: [Judul], start: [Mulai], end: [Selesai],
      jp: [JP], attended: [Hadir], mentor_nip: [Mentor]}
  costs:
    file: biaya.csv
    columns: {activity: [Jenis], amount: [Biaya]}
"""
TERMS = """\
open: [biaya.csv]
access: >-
  The Personnel Agency gives the files to researchers who sign its data agreement;
  this takes about two months and costs nothing.
rights: The Test Office may use the files and may pass on the list of costs.
data_licence: CC-BY-4.0.
citations: ["Personnel Agency. 2024. “Roster of civil servants [dataset]”, unpublished."]
ethics: Approved by the ethics board of the Test Office, 12/2024.
registration: Registered as TEST-0001.
repository: "Deposited in an archive, https://doi.org/10.1234/abcd.5678."
kept_years: 5
contact: The data desk of the Test Office
"""
PERSONS = [
    (f"198{k % 10}0{1 + k % 9}1{k % 9}201001{1 + k % 2}{1 + k:03d}", f"Marwin Zulkarneyn {chr(65 + k)}qxbert")
    for k in range(12)
]
"""Number and name of each: names that nothing else holds."""
EARLIER = (f"reports/{NAME}/2023/en/ledger.json", f"data/published/{NAME}/2023.json")
"""Ledger and record of the last edition, whose raw files are no longer there; the report reads them."""
KEPT = f"data/published/{NAME}/2023/03_effects.json"
"""A ledger with small cells, which is kept for the audit; the report reads it here, and it must not go in."""
KEY = "0123456789abcdef-secret"
HEAD = "Ibu Rosmala Qwexington"
"""In a column that the study does not name, and as a heading of another."""
CLEAN = """
import pandas as pd
folder = this.study.raw_root(this.root) / "2024"
panel, costs = pd.read_csv(folder / "panel.csv"), pd.read_csv(folder / "biaya.csv")
staff = pd.read_excel(folder / "pegawai.xlsx", dtype=str)
this.build.mkdir(parents=True, exist_ok=True)
(this.build / "total.txt").write_text(f"{panel['score'].sum():.1f} {costs['Biaya'].sum()} {len(staff)}")
"""
REPORT = """
import json
draft = this.build / f"report-{lang}"
draft.mkdir(parents=True, exist_ok=True)
parts = [(this.build / name).read_text() for name in ("total.txt", "seed.txt", "label.txt", "twice.txt")]
shown = '<table><caption><span class="caption-label">Table 1.</span> Totals | all</caption></table>'
published = this.root / "data" / "published" / this.study.name
earlier = [this.root / "reports" / this.study.name / "2023" / lang / "ledger.json", published / "2023.json"]
parts += [path.read_text() for path in earlier if path.is_file()]
small = published / "2023" / "03_effects.json"
(this.build / "small.txt").write_text(small.read_text() if small.is_file() else "")
source = '<a href="notebooks/01_clean.html#cell-id=data">01_clean</a>'
figure = '<figcaption><span class="caption-label">Figure 1.</span> Nothing</figcaption>'
(draft / "report.html").write_text(f"<html><body><p>{' '.join(parts)}</p>{shown}{source}{figure}</body></html>")
(draft / "manifest.json").write_text(json.dumps({"raw": this.raw_hashes(), "versions": {"python": "3", "numpy": "2"}}))
"""
TWICE = '(this.build / "twice.txt").write_text((this.build / "total.txt").read_text() * 2)'


def make_office(root: Path) -> Path:
    """Write the study, its notebooks and its raw files below `root`."""
    study = root / "studies" / NAME
    study.mkdir(parents=True)
    (study / "study.yml").write_text(STUDY, encoding="utf-8")
    (study / "package.yml").write_text(TERMS, encoding="utf-8")
    for notebook, source in {**CELLS, "01_clean": CLEAN, "04_robustness": TWICE, "08_report": REPORT}.items():
        write_notebook(root, notebook, source, name=NAME)
    _raw_files(root / "data" / "raw" / NAME / "2024")
    for name in (*EARLIER, KEPT):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f'{{"effect of": "{name}"}}', encoding="utf-8")
    (root / "pseudonym.key").write_text(KEY + "\n", encoding="ascii")
    (root / "pseudonym.key").chmod(0o600)
    return root


def unit(number: int) -> str:
    return f"1020{number:04d}"


def _raw_files(folder: Path) -> None:
    folder.mkdir(parents=True)
    rows = [f"unit,year,first_treated,score,kepala,{HEAD}"]
    for k in range(12):
        for year in range(2020, 2025):
            entry = "" if k % 3 == 0 else str(2022 + k % 2)
            rows.append(f"{unit(k)},{year},{entry},{50 + k + year % 7}.{k % 10},{HEAD},{PERSONS[k][1]}")
    (folder / "panel.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "biaya.csv").write_text("Jenis,Biaya\nWorkshop,1000000\nSeminar,250000\n", encoding="utf-8")
    lines = ["NIP;Nama;Unit;Jenis;Judul;Mulai;Selesai;JP;Hadir;Mentor"]
    for k, (nip, name) in enumerate(PERSONS):
        lines.append(
            f"{nip};{name};{unit(k)};Workshop;Kursus {name};05/02/2024;06/02/2024;{8 + k};Hadir;{PERSONS[0][0]}"
        )
    (folder / "pelatihan.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    book = Workbook()
    book.active.title = PERSONS[3][1]
    book.active.append(["NIP", "NAMA", "TANGGAL LAHIR", "GOL", "UNIT", PERSONS[4][1]])
    for k, (nip, name) in enumerate(PERSONS):
        book.active.append([nip, name, f"{nip[6:8]}/{nip[4:6]}/{nip[:4]}", "III/a", unit(k), name.upper()])
    book.properties.creator = PERSONS[5][1]
    book.save(folder / "pegawai.xlsx")
    (folder / "catatan rapat.txt").write_text(
        f"{HEAD} menelepon {PERSONS[6][1]}, NIP {PERSONS[6][0]}\n", encoding="utf-8"
    )


def copy_of(root: Path, to: Path) -> Path:
    """The study with all that was made of it, without the code."""
    for name in ("studies", "data", "build", "reports"):
        shutil.copytree(root / name, to / name, symlinks=True)
    shutil.copy(root / "pseudonym.key", to)
    return to
