"""An edition whose tables, effects and verdicts a test gives, for topics that are recorded by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.notebook import Edition
from pipeline.study import Study


class Given(Edition):
    """An edition in memory.

    Args:
        study: The study.
        folder: Where its ledgers would lie.
        tables: Tidy tables by name; others are not there.
        effects, verdicts: By outcome.
        year: The edition's.
    """

    def __init__(
        self,
        study: Study,
        folder: Path,
        tables: Mapping[str, pd.DataFrame] | None = None,
        effects: Mapping[str, Any] | None = None,
        verdicts: Mapping[str, Any] | None = None,
        year: int = 2024,
    ) -> None:
        super().__init__(study, year, folder, verdicts=verdicts or {})
        self.__dict__["_effects"] = dict(effects or {})
        self.__dict__["given"] = dict(tables or {})

    def table(self, name: str) -> pd.DataFrame:
        return self.__dict__["given"][name]

    def find(self, name: str) -> pd.DataFrame | None:
        return self.__dict__["given"].get(name)
