"""A small invented study for the exhibits of dose, mechanism and power: estimates, tables, and the rendered prose."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from pipeline.ledger.entries import Results
from pipeline.methods.effects import group_time, make_design, pretrend
from pipeline.report.doc import Doc
from pipeline.report.prose import Prose
from pipeline.study import Study

PERIODS = (2018, 2019, 2021, 2022, 2023)


def schools(n: int = 180, per_hour: float = 0.0, link: float = 0.0, seed: int = 1) -> pd.DataFrame:
    """Effect 0.3 on every step, and `per_hour` more an hour of dose; activity follows methods by `link`, and so on."""
    rng = np.random.default_rng(seed)
    rows = []
    for i in range(n):
        first = [None, 2021, 2022][i % 3]
        level = rng.normal(0, 0.5)
        for p in PERIODS:
            on = 0.3 + per_hour * hours(i) if first and p >= first else 0.0
            values, carry = [], 0.0
            for _ in range(4):  # methods, activity, literacy, numeracy
                noise = rng.normal(0, 0.2)
                carry = link * carry + noise
                values.append(level + on + carry)
            rows.append((f"s{i:03d}", p, first, f"k{i % 9}", *values))
    names = ["innovative_methods", "pupil_activity", "literacy", "numeracy"]
    frame = pd.DataFrame(rows, columns=["unit", "period", "cohort", "cluster", *names])
    return frame.assign(cohort=frame["cohort"].astype("Int64"))


def hours(i: int) -> float:
    """Workshop hours per teacher and year of school `i` under treatment."""
    return 10.0 + (i * 7) % 23


def raw_tables(panel: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Training of two teachers a school: all attend workshops, every second school's are mentored too; ten pupils."""
    rng = np.random.default_rng(2)
    teachers, training, scores = [], [], []
    for unit, period, first in panel[["unit", "period", "cohort"]].itertuples(index=False):
        number = int(unit[1:])
        under = not pd.isna(first) and period >= first
        for k in range(2):
            person = f"{unit}{k}"
            teachers.append((person, unit, period))
            training.append((person, unit, period, "workshop", hours(number) if under else 1.0, True))
            if under and number % 2:
                training.append((person, unit, period, "mentoring", 5.0, True))
        for subject in ("literacy", "numeracy"):
            scores += [(unit, period, 5, subject, score) for score in rng.normal(50, 10, 10)]
    return {
        "staff": pd.DataFrame(teachers, columns=["person", "unit", "period"]),
        "training": pd.DataFrame(training, columns=["person", "unit", "period", "activity", "jp", "attended"]),
        "scores": pd.DataFrame(scores, columns=["unit", "period", "grade", "subject", "score"]),
    }


def effects_of(study: Study, panel: pd.DataFrame) -> Any:
    """Design, main estimate and trends before by outcome: what these exhibits take of `OutcomeEffects`."""
    cluster = "cluster" if study.program.assigned_at == "cluster" else "unit"
    found = {}
    for outcome in study.outcomes:
        if outcome.name in panel:
            design = make_design(panel, outcome.name)
            main = group_time.estimate(design, draws=199, cluster=cluster)  # type: ignore[arg-type]
            found[outcome.name] = SimpleNamespace(design=design, main=main, pretrend=pretrend.assess(main, alpha=0.02))
    return found


def prose(study: Study, results: Results, folder: Path, lang: str, topic: str) -> str:
    """What a topic's two sections say."""
    doc = Doc(Prose(study, 2024, lang, results, folder / "figures"))
    module = import_module(f"pipeline.chapters.{topic}")
    for part in ("robust", "technical"):
        if hasattr(module, part):
            getattr(module, part)(doc)
    return doc.markdown()


def holds_nothing(found: Results) -> bool:
    """Whether a ledger holds no more than what the gate itself counts."""
    own = {name for name in found.numbers if not name.startswith("cells_")}
    return not (found.tables or found.figures or found.texts or own)
