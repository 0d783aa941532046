"""What a notebook needs of the run it belongs to: its study, its tables, its ledger.

The same calls work in a run, under plain papermill and in JupyterLab; in a run they also note what was read.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.clean.level import with_level
from pipeline.content import hash_of
from pipeline.errors import StepError
from pipeline.languages.catalogue import use
from pipeline.languages.known import asked_for
from pipeline.ledger.counts import Thresholds
from pipeline.ledger.entries import Ledger
from pipeline.ledger.reads import Reads
from pipeline.published.record import last_path
from pipeline.run import trace
from pipeline.run.keys import Note, watch
from pipeline.study import LANGUAGES, ROOT, Study, edition_folder, load_study

if TYPE_CHECKING:
    import pandas as pd


EFFECTS = "effects"
"""Name of the estimates among what a notebook reads."""


@dataclass(frozen=True)
class Edition:
    """One edition of a study, as a notebook sees it; `blind` where participation is dealt out anew.

    `languages` are those that figures are drawn in; `verdicts` those on the outcomes, where they have been judged.
    """

    study: Study
    year: int
    root: Path
    blind: bool = False
    languages: tuple[str, ...] = LANGUAGES
    verdicts: Mapping[str, Any] = field(default_factory=dict)
    reads: Reads = field(default_factory=Reads, compare=False, repr=False)

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
    def readings_folder(self) -> Path:
        """What was read of the study's files, sealed; editions share it."""
        return self.root / "build" / self.study.name / ".read"

    @property
    def results_folder(self) -> Path:
        return self.build / "results"

    def table(self, name: str) -> pd.DataFrame:
        """A tidy table of the cleaning step.

        Raises:
            StepError: The file is not the one that the cleaning step wrote.
        """
        import pandas as pd

        path = self.tables_folder / f"{name}.parquet"
        sealed = self._seal().get(path.name)
        found = hash_of(path)
        if sealed is not None and found is not None and found != sealed:
            raise _edited(path, self.root)
        self.inputs[path.name] = path
        if trace.active is not None:
            trace.active.read(path)
        frame = pd.read_parquet(path)
        self.reads.table(name, frame.columns)
        return frame

    def has(self, name: str) -> bool:
        """Whether this edition has a tidy table of that name; it is not read."""
        return (self.tables_folder / f"{name}.parquet").is_file()

    def find(self, name: str) -> pd.DataFrame | None:
        """A tidy table, or None where this edition has no such source."""
        return self.table(name) if self.has(name) else None

    @property
    def panel(self) -> pd.DataFrame:
        """One row a unit and period: what the estimates are made from."""
        self.reads.table("panel")
        return self._panel

    @cached_property
    def _panel(self) -> pd.DataFrame:
        return self.table("panel")

    @property
    def effects(self) -> dict[str, Any]:
        """The estimates of 03_effects, by outcome (`pipeline.chapters.analysis.OutcomeEffects`).

        Raises:
            StepError: The file is not the one that the step wrote.
        """
        self.reads.table(EFFECTS)
        return self._effects

    @cached_property
    def _effects(self) -> dict[str, Any]:
        path = self.build / "effects.pkl"
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != path.with_suffix(".sha256").read_text(encoding="ascii").strip():
            raise _edited(path, self.root)
        self.inputs[path.name] = path
        effects: dict[str, Any] = pickle.loads(content)  # noqa: S301 - our own build, by its hash
        return effects

    def judged(self, verdicts: Mapping[str, Any]) -> Edition:
        """This edition with the verdicts on its outcomes."""
        judged = replace(self, verdicts=verdicts)
        judged.inputs.update(self.inputs)
        return judged

    def ledger(self, notebook: str, *, raw: bool = False) -> Ledger:
        """The ledger of a notebook. It records the hash of what the notebook reads: tables, effects, or the raw files."""
        if raw:
            from pipeline.run.steps import raw_files

            files = raw_files(self.study, self.year, self.root)
            self.inputs.update({str(path.relative_to(self.root)): path for path in files})
        return Ledger(
            notebook,
            self.results_folder,
            self.inputs,
            languages=self.languages,
            thresholds=self.thresholds,
            reads=self.reads,
        )

    @cached_property
    def inputs(self) -> dict[str, Path]:
        """What was read so far through this edition: files by their names in the record."""
        return {}

    @property
    def thresholds(self) -> Thresholds:
        """Smallest numbers of persons and of units that anything shown may rest on."""
        rule = self.study.disclosure
        persons = self.study.panel is not None and self.study.panel.person_units
        return Thresholds(rule.min_persons, rule.min_persons if persons else rule.min_units)

    def seal_tables(self) -> None:
        """List the tables with their hashes; from now on `table` refuses one that is not as listed."""
        hashes = {path.name: hash_of(path) for path in sorted(self.tables_folder.glob("*.parquet"))}
        (self.tables_folder / "tables.json").write_text(json.dumps(hashes, indent=1) + "\n", encoding="utf-8")

    def save_effects(self, effects: dict[str, Any]) -> None:
        """Keep the estimates for the steps that judge them."""
        content = pickle.dumps(effects, protocol=5)
        self.build.mkdir(parents=True, exist_ok=True)
        (self.build / "effects.pkl").write_bytes(content)
        (self.build / "effects.sha256").write_text(hashlib.sha256(content).hexdigest() + "\n", encoding="ascii")

    def analysis_notebooks(self) -> list[str]:
        """Names of the notebooks that are executed once an edition, in order."""
        from pipeline.run.steps import declared, find_notebooks

        found = find_notebooks(self.study.name, self.root, self.study.design)
        return [path.stem for path in found if "each" not in declared(path)]

    def raw_hashes(self) -> dict[str, str]:
        """The raw files that the edition's tables were made from: SHA-256 by path below data/raw/<study>/.

        A run writes them when it has read the files; empty where the notebooks are run by hand.
        """
        prefix = f"data/raw/{self.study.name}/"
        found: dict[str, str] = {}
        for path in sorted((self.build / "raw").glob("*.json")):
            raw = json.loads(path.read_text(encoding="utf-8"))
            found |= {name.removeprefix(prefix): hash for name, hash in raw.items()}
        found |= self.query_hashes()
        return dict(sorted(found.items()))

    def query_hashes(self) -> dict[str, str]:
        """SHA-256 of the rows that databases gave, by year and source as `2024/scores.sql`; empty where none was asked."""
        path = self.tables_folder / "queries.json"
        return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}

    def last_published(self, lang: str, file: str) -> Path | None:
        """A file of the last edition's report (whose record is the newest before this one); None where there is none.

        None too where it was not published in that language, and for a blind edition, whose numbers stand beside no others.
        """
        record = None if self.blind else last_path(self.study.name, self.year, self.root)
        if record is None:
            return None
        folder = edition_folder(int(record.stem), blind=False)
        path = self.root / "reports" / self.study.name / folder / lang / file
        return path if path.is_file() else None

    def _seal(self) -> dict[str, str]:
        """The list of the tables' hashes. In a run each table that is read counts for itself, not the list."""
        path = self.tables_folder / "tables.json"
        with trace.active.unseen() if trace.active is not None else nullcontext():
            if not path.is_file():
                return {}
            content: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
        return content


def open_edition(study: str, edition: int, *, blind: bool = False, as_written: bool = False) -> Edition:
    """The edition a notebook's parameters name, in the folder that EVALUATION_ROOT names or in this repository.

    Figures are drawn in the languages of the run. The study is as it stands in its file where it is opened `as_written`, by
    what makes its tables; else with what these tell where it says nothing (`clean.level`).
    """
    root = Path(os.environ.get("EVALUATION_ROOT", ROOT))
    with trace.active.of_the_study() if trace.active is not None else nullcontext():
        loaded = load_study(study, root)
    year = loaded.resolve_edition(edition, root)
    use(root / "studies" / loaded.name / "text")
    this = Edition(loaded, year, root, blind, asked_for())
    if not as_written:
        this = replace(this, study=with_level(loaded, this.tables_folder))
    Reads.current, this.reads.ledgers_of = this.reads, this.results_folder
    watch(this.study, _noting(this.reads))
    return this


def _noting(reads: Reads) -> Note:
    """Notes a value of the study for the run, where there is one, and for the ledger."""
    run = trace.active

    def note(path: str, value: Any) -> None:
        if run is not None:
            run.key(path, value)
        reads.key(path, value)

    return note


def _edited(path: Path, root: Path) -> StepError:
    return StepError(
        "A result of an earlier step was edited since it was written.",
        where=str(path.relative_to(root)),
        expected="the bytes that the step wrote, by their hash",
        todo="Correct the raw file or the code instead, then type make report: the step writes it anew.",
    )
