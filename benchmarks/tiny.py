"""A study whose notebooks are its own and do next to nothing: whole runs in seconds, through the real machinery.

Tests and benchmarks of the machinery run it.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

STUDY = """\
title: {id: "Kecil", en: "Tiny"}
seed: 1
report: {institution: {id: "Kantor", en: "Office"}}
program:
  label: {id: "program", en: "the programme"}
  unit_label: {id: "unit", en: "units"}
  period_label: {id: "tahun", en: "year"}
panel: {file: panel.csv, unit: unit, period: year, cohort: first_treated, decimal: "."}
outcomes: [{name: score, label: {id: "Skor", en: "Score"}, unit: points}]
"""
CELLS = {
    "01_clean": """
raw = this.study.raw_root(this.root) / "2024" / "panel.csv"
total = sum(map(int, raw.read_text().split()))
this.build.mkdir(parents=True, exist_ok=True)
(this.build / "total.txt").write_text(str(total))
""",
    "02_programme": '(this.build / "seed.txt").write_text(str(this.study.seed))',
    "03_effects": '(this.build / "label.txt").write_text(this.study.label("score", "en"))',
    "04_robustness": '(this.build / "twice.txt").write_text(str(2 * int((this.build / "total.txt").read_text())))',
    "04_sensitivity": "4 + 4",
    "04_specification": "5 + 5",
    "05_feedback": "1 + 1",
    "06_aims": "2 + 2",
    "07_verdict": "3 + 3",
    "08_report": """
draft = this.build / f"report-{lang}"
draft.mkdir(parents=True, exist_ok=True)
parts = [(this.build / name).read_text() for name in ("total.txt", "seed.txt", "label.txt", "twice.txt")]
prose = this.root / "studies" / "tiny" / "text" / lang / "more.md"
parts.append(prose.read_text() if prose.is_file() else "")
(draft / "report.html").write_text(" ".join(parts))
(draft / "manifest.json").write_text("{}")
""",
}
FLEET_REPORT = """
import json
draft = this.build / f"report-{lang}"
draft.mkdir(parents=True, exist_ok=True)
total = float((this.build / "total.txt").read_text())
number = {"value": total / 10, "low": total / 10 - 0.4, "high": total / 10 + 0.4, "p": 0.03, "n": 20}
row = {"outcome": "score", "se": 0.2, "units": 20}
ledger = {
    "numbers": {"att_score": number},
    "texts": {"verdict_score": "moderate"},
    "tables": {"tbl_effects": {"rows": [row]}},
}
(draft / "report.html").write_text(str(total))
(draft / "ledger.json").write_text(json.dumps(ledger))
(draft / "manifest.json").write_text("{}")
"""
"""The report of a place of a fleet: a ledger with an effect, its total divided by ten."""
AFTER = {
    "01_clean": {"raw": True},
    "04_robustness": {"after": ["01_clean"]},
    "08_report": {"after": "all", "each": "language"},
}
OPEN = "from pipeline.notebook import open_edition\n\nthis = open_edition(study, edition, blind=blind)\n"
PARAMETERS = 'study = "tiny"\nedition = 2024\nblind = False\n'


def make_tiny(root: Path, name: str = "tiny") -> Path:
    """Write the study, its notebooks and one raw file below `root`."""
    study = root / "studies" / name
    study.mkdir(parents=True)
    (study / "study.yml").write_text(STUDY, encoding="utf-8")
    for notebook, source in CELLS.items():
        write_notebook(root, notebook, source, name=name)
    raw = root / "data" / "raw" / name / "2024"
    raw.mkdir(parents=True)
    (raw / "panel.csv").write_text("1 2 3\n", encoding="utf-8")
    return root


def write_notebook(root: Path, notebook: str, source: str, name: str = "tiny") -> None:
    """Write one of the study's notebooks anew: the parameters, then one cell."""
    more = 'lang = "id"\nengine = "auto"\n' if notebook == "08_report" else ""
    cells = [(PARAMETERS + more, ["parameters"]), (OPEN + source.strip().replace('"tiny"', f'"{name}"'), [])]
    content = {
        "cells": [
            {
                "cell_type": "code",
                "id": f"c{number}",
                "metadata": {"tags": tags},
                "execution_count": None,
                "outputs": [],
                "source": text,
            }
            for number, (text, tags) in enumerate(cells)
        ],
        "metadata": {
            "evaluation": AFTER.get(notebook, {}),
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path = root / "studies" / name / "notebooks" / f"{notebook}.ipynb"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def report_of(root: Path, name: str = "tiny") -> str:
    """What the published report says."""
    return (root / "reports" / name / "2024" / "en" / "report.html").read_text(encoding="utf-8")


def copy_of(root: Path, to: Path) -> Path:
    shutil.copytree(root, to, symlinks=True)
    return to


def tiny_fleet(root: Path, *names: str, bad: str = "") -> Path:
    """Studies whose runs take seconds through the real machinery; `bad` names one whose raw file stops it."""
    for k, name in enumerate(names):
        make_tiny(root, name)
        write_notebook(root, "08_report", FLEET_REPORT, name=name)
        text = f"{k} 2 3\n" if name != bad else "no numbers: Siti Rahma\n"
        (root / "data" / "raw" / name / "2024" / "panel.csv").write_text(text, encoding="utf-8")
    return root
