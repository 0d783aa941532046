"""The record of a published edition: what a later one is held against.

`data/published/<study>/<year>.json` is written when an edition is published, beside its ledgers. It holds the headline as
it was published, the raw files by hash with their rows, the settings in force, the methods, the software, and the study
file itself, so that the edition can be run again by it. The last edition's record is an input of the next edition's report.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import StudyError
from pipeline.ledger.results import Results
from pipeline.private import FILE_MODE, private_folder
from pipeline.published.headline import Headline, headline
from pipeline.study import Study
from pipeline.study.parts import query_file

if TYPE_CHECKING:
    import pandas as pd

BACK = 15
"""Years before an edition in which its last one is looked for."""
METHODS = ("estimators", "rules", "topics")
"""Texts of the ledger that list an edition's methods, as `methods_<kind>`."""
STUDY_FILES = ("study.yml", "items.yml")
_NOT_COMPARED = ("report.", "run.")
"""Settings of the cover and of the machine, on which no number rests."""


@dataclass(frozen=True)
class Record:
    """A published edition.

    Attributes:
        study, edition: Whose.
        headline: Effects and verdicts, as they may be shown.
        raw: SHA-256 of each raw file, by its path below the study's folder of raw data.
        rows: Rows read and kept by raw file, as the report's account shows them ("[c]" where withheld).
        settings: Settings in force by key, as text.
        methods: Codes of the estimators, of the verdict's rules, and of the topics.
        software: Versions that make numbers.
        code, lock: Hash of the project's code, and of the list of pinned packages.
        study_files: Text of the study's files by name.
    """

    study: str
    edition: int
    headline: Headline
    raw: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[Any]] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    methods: dict[str, list[str]] = field(default_factory=dict)
    software: dict[str, str] = field(default_factory=dict)
    code: str = ""
    lock: str = ""
    study_files: dict[str, str] = field(default_factory=dict)


def record_of(study: Study, edition: int, results: Results, settings: pd.DataFrame | None, **more: Any) -> Record:
    """The record of an edition.

    Args:
        study, edition: Whose.
        results: Its ledgers, through the gate.
        settings: The tidy table of settings in force (`key`, `value`); None where there is none.
        more: Further attributes of the record: software, code, lock, study files; and the raw files, where they are known
            otherwise than by the ledgers.
    """
    prefix = f"data/raw/{study.name}/"
    hashes = {name: hash for files in results.inputs.values() for name, hash in files.items()}
    named = {name.removeprefix(prefix): hash for name, hash in hashes.items() if name.startswith(prefix)}
    raw = more.pop("raw", {}) or named
    pairs = () if settings is None else zip(settings["key"], settings["value"], strict=True)
    return Record(
        study=study.name,
        edition=edition,
        headline=headline(results),
        raw=dict(sorted(raw.items())),
        rows=_rows(study, results),
        settings={str(key): str(value) for key, value in pairs if not str(key).startswith(_NOT_COMPARED)},
        methods={kind: results.texts.get(f"methods_{kind}", "").split() for kind in METHODS},
        **more,
    )


def keep(record: Record, root: Path) -> Path:
    """Write a record in one piece, closed to others as the ledgers beside it are."""
    path = path_of(record.study, record.edition, root)
    content = {**vars(record), "headline": record.headline.to_json()}
    private_folder(path.parent)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    partial.chmod(FILE_MODE)
    partial.replace(path)
    return path


def read(study: str, edition: int, root: Path) -> Record | None:
    """The record of an edition; None where it was not published here.

    Raises:
        StudyError: The file is not a record of this version.
    """
    path = path_of(study, edition, root)
    if not path.is_file():
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Record(**{**content, "headline": Headline.from_json(content["headline"])})
    except (ValueError, KeyError, TypeError):
        raise StudyError(
            f"The record of edition {edition} cannot be read.",
            where=path.relative_to(root).as_posix(),
            expected="JSON as this version writes it when an edition is published",
            todo=f"Publish it again: make report STUDY={study} EDITION={edition}",
        ) from None


def last(study: str, edition: int, root: Path) -> Record | None:
    """The record of the newest edition before this one; None where there is none."""
    path = last_path(study, edition, root)
    return None if path is None else read(study, int(path.stem), root)


def last_path(study: str, edition: int, root: Path) -> Path | None:
    """The file of the newest edition's record before this one; None where there is none.

    Each year is asked for by its name, so that a run notes also what is not there.
    """
    years = (path_of(study, year, root) for year in range(edition - 1, edition - 1 - BACK, -1))
    return next((path for path in years if path.is_file()), None)


def path_of(study: str, edition: int, root: Path) -> Path:
    """Where the record of an edition lies."""
    return root / "data" / "published" / study / f"{edition}.json"


def study_files(study: str, root: Path) -> dict[str, str]:
    """Text of the files that hold a study's settings, by name."""
    folder = root / "studies" / study
    return {name: (folder / name).read_text(encoding="utf-8") for name in STUDY_FILES if (folder / name).is_file()}


def _rows(study: Study, results: Results) -> dict[str, list[Any]]:
    table = results.tables.get("tbl_row_account")
    files = {name: source.file or query_file(name) for name, source in study.sources.items()}
    if study.panel is not None:
        files["panel"] = study.panel.file
    rows = table.rows if table else []
    return {
        f"{row['period']}/{files[row['source']]}": [row["read"], row["kept"]] for row in rows if row["source"] in files
    }
