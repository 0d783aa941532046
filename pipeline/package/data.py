"""Which raw files may leave the office in a package. Where there is doubt whether persons are in a file, they are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.audit.search import persons_in, searchable
from pipeline.errors import DisclosureError, StudyError
from pipeline.package.terms import Terms
from pipeline.run.places import name_of
from pipeline.run.records import Record
from pipeline.run.steps import Target, raw_files
from pipeline.study import Source

PERSONS_KINDS = frozenset({"scores", "staff", "training", "ip_asn", "invited", "answers"})
"""Sources that hold a row a person: no study can declare them open."""


@dataclass(frozen=True)
class RawFile:
    """A raw file of the edition.

    Attributes:
        path: Where it lies.
        name: Its name in records and in the archive, such as "data/raw/medan-pendidikan/2024/asesmen.csv".
        hash: SHA-256 as it was read by the run.
        size: Bytes.
        kind: The source that names it, "panel", or "" where the study names it nowhere.
        year: Folder that it lies in.
        included: Whether it goes into the archive as it is.
        why: The reason, in half a sentence.
    """

    path: Path
    name: str
    hash: str
    size: int
    kind: str
    year: int
    included: bool
    why: str


def raw_data(target: Target, terms: Terms, records: dict[str, Record]) -> list[RawFile]:
    """The edition's raw files, in order, each with whether it may be passed on.

    Raises:
        StudyError: The terms declare a file open that the study does not have or that holds persons.
        DisclosureError: A file that is declared open holds a number of a person.
    """
    hashes: dict[str, str] = {}
    for record in records.values():
        hashes |= record.get("raw", {})
    _check_open(target, terms)
    found = []
    for path in raw_files(target.study, target.edition, target.root):
        name, folder = name_of(path, target.root), target.study.raw_root(target.root)
        inside = path.relative_to(folder)
        kind = _kind(target, "/".join(inside.parts[1:]))
        included, why = _judged(target, terms, "/".join(inside.parts[1:]), kind)
        file = RawFile(path, name, hashes[name], path.stat().st_size, kind, int(inside.parts[0]), included, why)
        found.append(file)
    if not target.study.demonstration:
        _refuse_persons([file.path for file in found if file.included], target.root)
    return found


def spec_of(target: Target, kind: str) -> Source | None:
    """The declaration of a source; None for a panel and for files that the study does not name."""
    return target.study.sources.get(kind)


def _judged(target: Target, terms: Terms, file: str, kind: str) -> tuple[bool, str]:
    if target.study.demonstration:
        return True, "invented by a seeded generator; no person is in it"
    if file in terms.open:
        return True, "the study declares that no person is in it"
    if kind in PERSONS_KINDS or (kind == "panel" and _persons_panel(target)):
        return False, "a row of it is a person"
    if not kind:
        return False, "the study does not say what it holds"
    return False, "the study does not declare that no person is in it"


def _kind(target: Target, file: str) -> str:
    study = target.study
    if study.panel is not None and study.panel.file == file:
        return "panel"
    return next((kind for kind, source in study.sources.items() if source.file == file), "")


def _persons_panel(target: Target) -> bool:
    return target.study.panel is not None and target.study.panel.person_units


def _check_open(target: Target, terms: Terms) -> None:
    where = f"studies/{target.study.name}/package.yml, key open"
    for file in terms.open:
        kind = _kind(target, file)
        if not kind:
            raise StudyError(
                f"The study has no raw file {file!r}.",
                where=where,
                expected="names of files that the study file gives to its sources or its panel",
            )
        if kind in PERSONS_KINDS or (kind == "panel" and _persons_panel(target)):
            raise StudyError(
                f"{file} holds persons and cannot be declared open.",
                where=where,
                expected="files in which no row is a person",
                todo="Take it out of the list: the package then tells how to obtain it.",
            )


def _refuse_persons(paths: list[Path], root: Path) -> None:
    unread = [name_of(path, root) for path in paths if not searchable(path)]
    if unread:
        raise StudyError(
            "A raw file that is declared open cannot be searched for persons.",
            where="\n".join(unread),
            expected=".csv, .tsv or .txt in UTF-8, .xlsx or .parquet",
            todo="Save it so, and name it so in the study file; or take it out of `open` in the study's package.yml.",
        )
    found = persons_in(paths, root)
    if found:
        raise DisclosureError(
            "A raw file that is declared open holds persons; nothing was packaged.",
            where="\n".join(f"{finding.places[0]}: {finding.what}" for finding in found[:8]),
            expected="no number of a person in a file that is passed on",
            todo="Take the file out of `open` in the study's package.yml.",
        )
