"""The record of an edition that is being published, made where anything that it is made of is another than last time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.content import files_below
from pipeline.run.places import name_of
from pipeline.run.present import lock_hash
from pipeline.run.steps import Target

if TYPE_CHECKING:
    from pipeline.published.record import Record

_NO_PART = (".ftl", ".ipynb", ".svg", ".png")
"""Words, notebooks and pictures: the record holds none of them."""


def keep_record(target: Target, by: str) -> None:
    """Keep the edition's record, where anything that it is made of, or the record itself, is another than last time.

    Args:
        target: The edition.
        by: What `pipeline.installed.made_by` says.
    """
    from pipeline.audit.memory import Key, Memory, key_of

    def key() -> Key:
        folders = (target.results, target.build / "raw", target.processed, target.root / "studies" / target.study.name)
        files = [path for folder in folders for path in files_below(folder) if path.suffix not in _NO_PART]
        files.append(target.root / "data" / "published" / target.study.name / f"{target.edition}.json")
        return key_of([(name_of(path, target.root), path) for path in files], lock_hash() or "")

    memory = Memory(target.build / ".recorded.json", by)
    if by and memory.clean(key()):
        return
    from pipeline.published.record import keep

    keep(published_record(target), target.root)
    if by:
        now = key()  # with the record that was just written
        memory.found_clean(now, now)
        memory.keep()


def published_record(target: Target) -> Record:
    """The record of an edition as it was analysed last, by the code of today."""
    from pipeline.ledger.results import read_results
    from pipeline.notebook import Edition
    from pipeline.published.record import record_of, study_files
    from pipeline.report.record import code_hash, versions

    edition = Edition(target.study, target.edition, target.root, target.blind)
    return record_of(
        target.study,
        target.edition,
        read_results(target.results),
        edition.find("check_settings"),
        raw=edition.raw_hashes(),
        software=versions(),
        code=code_hash(),
        lock=lock_hash() or "",
        study_files=study_files(target.study.name, target.root),
    )
