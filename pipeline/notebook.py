"""What a notebook needs of the run it belongs to: its study, its tables, its ledger."""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.languages.catalogue import use
from pipeline.ledger.entries import Ledger, file_hash
from pipeline.study import ROOT, Study, edition_folder, load_study


@dataclass(frozen=True)
class Edition:
    """One edition of a study, as a notebook sees it; `blind` where participation is dealt out anew."""

    study: Study
    year: int
    root: Path
    blind: bool = False

    @property
    def folder(self) -> str:
        """Name of the edition's folders."""
        return edition_folder(self.year, self.blind)

    @property
    def tables_folder(self) -> Path:
        return self.root / "data" / "processed" / self.study.name / self.folder

    @property
    def build(self) -> Path:
        return self.root / "build" / self.study.name / self.folder

    @property
    def results_folder(self) -> Path:
        return self.build / "results"

    def table(self, name: str) -> pd.DataFrame:
        """A tidy table of the cleaning step."""
        return pd.read_parquet(self.tables_folder / f"{name}.parquet")

    def find(self, name: str) -> pd.DataFrame | None:
        """A tidy table, or None where this edition has no such source."""
        return self.table(name) if (self.tables_folder / f"{name}.parquet").is_file() else None

    def ledger(self, notebook: str, tables: Sequence[str] = ()) -> Ledger:
        """The ledger of a notebook that reads these tables."""
        return Ledger(notebook, self.results_folder, [self.tables_folder / f"{name}.parquet" for name in tables])

    def seal_tables(self) -> None:
        """List the tables with their hashes, so that later steps rerun when one changed and not otherwise."""
        hashes = {path.name: file_hash(path) for path in sorted(self.tables_folder.glob("*.parquet"))}
        (self.tables_folder / "tables.json").write_text(json.dumps(hashes, indent=1) + "\n", encoding="utf-8")

    def save_effects(self, effects: dict[str, Any]) -> None:
        """Keep the estimates for the steps that judge them."""
        (self.build / "effects.pkl").write_bytes(pickle.dumps(effects, protocol=5))

    def load_effects(self) -> dict[str, Any]:
        """The estimates of 03_effects, by outcome."""
        content: dict[str, Any] = pickle.loads((self.build / "effects.pkl").read_bytes())  # noqa: S301 - our own build
        return content


def open_edition(study: str, edition: int, *, blind: bool = False) -> Edition:
    """The edition a notebook's parameters name, in the folder that EVALUATION_ROOT names or in this repository."""
    root = Path(os.environ.get("EVALUATION_ROOT", ROOT))
    loaded = load_study(study, root)
    use(root / "studies" / loaded.name / "text")
    return Edition(study=loaded, year=loaded.resolve_edition(edition, root), root=root, blind=blind)
