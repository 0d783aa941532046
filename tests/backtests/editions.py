"""The editions that have back-tests, and how each is made."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from pipeline.compare.analysis import analyse
from pipeline.demo.generate import generate
from pipeline.ledger.results import Results
from pipeline.run.stamp import Request
from pipeline.study import ROOT


@dataclass(frozen=True)
class Shipped:
    """A study's edition on the data that are shipped; `small`: on the small demonstration, which other tests make too."""

    study: str
    edition: int
    small: bool = False

    @property
    def name(self) -> str:
        return f"{self.study}-{self.edition}" + ("-small" if self.small else "")

    def prepare(self, folder: Path) -> Path:
        """Put the study and its data into an empty folder."""
        shutil.copytree(ROOT / "studies" / self.study, folder / "studies" / self.study)
        raw = Path("data/raw") / self.study
        if self.small:
            generate(folder / raw, variant="standard", size="small", truth_dir=folder / "truth")
        else:
            shutil.copytree(ROOT / raw, folder / raw)
        return folder

    def make(self, folder: Path) -> Results:
        """Analyse the edition in a folder that is prepared, as a report does; what may be shown of it."""
        return analyse(Request(self.study, str(self.edition), "id", "embedded", folder))


PENDIDIKAN = "medan-pendidikan"
SMALL = Shipped(PENDIDIKAN, 2024, small=True)
HEALTH = Shipped("medan-puskesmas", 2024)
EDITIONS = (*(Shipped(PENDIDIKAN, year) for year in (2021, 2022, 2023, 2024)), HEALTH, SMALL)
"""The first school entered in 2021; the health centres' panel comes with 2024."""
