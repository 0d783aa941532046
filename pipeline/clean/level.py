"""The level at which treatment was given, where the study does not say it: told by the data, kept beside the tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.study import Study

if TYPE_CHECKING:
    import pandas as pd

LEVEL = "assigned_at.txt"
"""File beside an edition's tables with what its data tell."""
_KEY = "assigned_at"


def declared(study: Study) -> bool:
    """Whether the study says it."""
    return _KEY in study.program.model_fields_set


def level_of(panel: pd.DataFrame) -> str:
    """What the panel's data tell: "unit" or "cluster"."""
    from pipeline.methods.assignment import by_cluster

    if "cluster" not in panel or "cohort" not in panel:
        return "unit"
    units = panel.groupby("unit")[["cohort", "cluster"]].first()
    return "cluster" if by_cluster(units["cohort"], units["cluster"]) else "unit"


def with_level(study: Study, tables: Path) -> Study:
    """The study with the level that its data tell, where it says none and its tables have been made."""
    path = tables / LEVEL
    if declared(study) or not path.is_file():
        return study
    level = path.read_text(encoding="ascii").strip()
    program = study.program.model_copy(update={_KEY: level})
    program.model_fields_set.discard(_KEY)  # it is the data that say it
    return study.model_copy(update={"program": program})
