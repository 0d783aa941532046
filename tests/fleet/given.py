"""Places of a fleet as they would have been published, without a run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.tiny import STUDY
from pipeline.fleet.results import Place, place_of
from pipeline.fleet.work import Fault, Made

LANG = "en"


def publish(
    root: Path, name: str, value: float | str | None, se: float | str | None = 0.2, units: int | str = 30, **more: Any
) -> None:
    """Write a study, and the ledger that would lie beside its report."""
    folder = root / "studies" / name
    folder.mkdir(parents=True)
    (folder / "study.yml").write_text(STUDY, encoding="utf-8")
    known = isinstance(value, float) and isinstance(se, float)
    low, high = (value - 2 * se, value + 2 * se) if known else (value, value)  # type: ignore[operator]
    number = {"value": value, "low": low, "high": high, "p": 0.04 if known else value, "n": units} | more
    row = {"outcome": "score", "value": value, "se": se, "low": low, "high": high, "p": 0.04, "units": units}
    ledger = root / "reports" / name / "2024" / LANG / "ledger.json"
    ledger.parent.mkdir(parents=True)
    content = {
        "numbers": {"att_score": number, "secret": {"value": 2.0}},
        "texts": {"verdict_score": "moderate"},
        "tables": {"tbl_effects": {"rows": [row]}},
    }
    ledger.write_text(json.dumps(content), encoding="utf-8")


def places(root: Path, count: int = 14, bad: bool = True, seed: int = 3) -> list[Place]:
    """So many places with effects around 0.4, and one without a report."""
    rng = np.random.default_rng(seed)
    made = []
    for k in range(count):
        name = f"kab-{k:02d}"
        publish(root, name, float(rng.normal(0.4, 0.3)), float(rng.uniform(0.1, 0.3)), int(rng.integers(12, 90)))
        made.append(place_of(Made(name, 2024), f"Kabupaten {k:02d}", root, LANG))
    if bad:
        fault = Fault("source", ("column_missing", "bad_number"), "01_clean", "Row 7 holds 'Siti Rahma'.")
        made.append(place_of(Made("kab-bad", fault=fault), "Kabupaten Buruk", root, LANG))
    return made
