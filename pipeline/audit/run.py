"""The audit of an edition: everything that is about to be published, and everything a run leaves behind."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.audit.finding import Finding
from pipeline.audit.memory import Key, Memory, key_of
from pipeline.audit.search import PDF, Persons, known_persons, persons_in
from pipeline.content import files_below
from pipeline.errors import DisclosureError, UserError
from pipeline.private import FILE_MODE, private_folder
from pipeline.run.places import name_of
from pipeline.run.steps import Target

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.ledger.results import Results

MEMORY = ".audited.json"
MOST_POINTS = 400
"""No path of a figure has more vertices, and no series more marks: one a person would give each person away."""
PERSON_FIELDS = ("nip", "name", "nisn", "mentor_nip")
PERSONS_BY = {"nip", "nisn"}


def audit(target: Target, *, names: bool = False, by: str = "", ahead: Memory | None = None) -> list[Finding]:
    """Attack an edition's results, figures and files.

    Args:
        target: Study, edition and places.
        names: Read the raw files, and search for their persons' names and numbers too; slower, and all anew.
        by: The code and the software that audit; what the same found clean is not searched again. All is without it.
        ahead: What `search_ahead` found; nothing where something else searched.

    Returns:
        What gives persons or units away; empty where nothing was found.
    """
    files = [path for path in _files(target) if names or path.suffix != PDF]  # of a PDF the same text is in the HTML
    if names or not by:
        found = _ledgers(target) + persons_in(files, target.root, raw_persons(target) if names else None)
    else:
        memory = ahead if ahead is not None and ahead.by == by else Memory(target.build / MEMORY, by)
        key = _ledgers_key(target)
        found = [] if memory.clean(key) else _ledgers(target, memory)
        if not found:
            memory.found_clean(key, _ledgers_key(target))
            memory.clean(_results_key(target))  # kept for the next audit
        found += persons_in(files, target.root, memory=memory)
        memory.keep()
    return found + _open_to_others(target)


def search_ahead(target: Target, by: str, before: Memory | None = None, *, results: bool = True) -> Memory:
    """Search what the analysis has left, while its report is still being written: the audit need not do so again.

    What was found is not told here: the audit finds it once more.

    Args:
        target, by: As for `audit`.
        before: What an earlier search of the same run found.
        results: Whether the results are all there and are attacked, too.
    """
    memory = before or Memory(target.build / MEMORY, by)
    key = _results_key(target)
    if results and any(target.results.glob("*.json")) and not memory.clean(key):
        from pipeline.ledger.results import read_ledgers, read_results

        _attacked(target, read_ledgers(target.results), read_results(target.results, anew=True), memory, key)
    folders = (target.results, target.build / "notebooks", target.processed)
    persons_in([path for folder in folders for path in files_below(folder)], target.root, memory=memory)
    return memory


def _ledgers(target: Target, memory: Memory | None = None) -> list[Finding]:
    """What the ledgers, the figures and the data beside the report give away."""
    if not any(target.results.glob("*.json")):
        return []  # a study's own notebooks may record nothing: no library is loaded for them
    from pipeline.audit.shipped import as_shipped
    from pipeline.ledger.results import read_ledgers, read_results

    before = _results_key(target)
    recorded, let_out = read_ledgers(target.results), read_results(target.results, anew=True)
    drafts = [target.draft(lang) for lang in target.languages]
    shown, found = as_shipped(let_out, recorded, drafts, target.root)
    same = shown.tables == let_out.tables and shown.numbers == let_out.numbers
    return found + _attacked(target, recorded, shown, memory if same else None, before)


def _attacked(target: Target, recorded: Results, shown: Results, memory: Memory | None, before: Key) -> list[Finding]:
    """What can be worked out from what is shown.

    Args:
        target: Study, edition and places.
        recorded: The ledgers as recorded.
        shown: What readers see of them.
        memory: What was found clean before, where `shown` is what the gate lets out and no more.
        before: The results' key (`_results_key`) when they were about to be read.
    """
    from pipeline.audit.bounds import narrowed, too_few

    if memory is not None and memory.clean(before):
        return []
    found = narrowed(recorded, shown, _earlier(target)) + too_few(shown, recorded.thresholds) + _figures(shown, target)
    if memory is not None and not found:
        memory.found_clean(before, _results_key(target))
    return found


def _results_key(target: Target) -> Key:
    """One hash over the results, their figures, and those of earlier editions."""
    earlier = _earlier_folders(target)
    read = [*files_below(target.results), *(path for folder in earlier.values() for path in folder.glob("*.json"))]
    return key_of([(name_of(path, target.root), path) for path in sorted(read)], "results", *earlier)


def _ledgers_key(target: Target) -> Key:
    """One hash over all that `_ledgers` reads: results, what lies beside the drafts, and earlier editions."""
    from pipeline.report.chains import LEDGER
    from pipeline.report.data_files import FOLDER

    read = [path for path in target.results.rglob("*") if path.is_file()]
    for lang in target.languages:
        read += [target.draft(lang) / LEDGER, *(target.draft(lang) / FOLDER).glob("*")]
    earlier = _earlier_folders(target)
    read += [path for folder in earlier.values() for path in folder.glob("*.json")]
    return key_of([(name_of(path, target.root), path) for path in sorted(read)], *earlier)


def refuse(found: Iterable[Finding]) -> None:
    """Stop publication where the audit found something.

    Raises:
        DisclosureError: Names what is given away and by which tables or files; never a value.
    """
    findings = list(found)
    if not findings:
        return
    lines = [f"{finding.what}: {', '.join(finding.places) or 'the ledger'}" for finding in findings[:12]]
    more = [f"… and {len(findings) - 12} more"] if len(findings) > 12 else []
    raise DisclosureError(
        f"The audit found {len(findings)} ways to persons or units; nothing was published.",
        where="\n".join([*lines, *more]),
        expected="no hidden cell that can be narrowed below the threshold, no number or name of a person in any file",
        todo="Correct the declarations `counts` of these entries, or take the entry or file out.",
    )


def keep_ledgers(target: Target) -> None:
    """Keep the ledgers of what was published, closed to others: later editions are audited together with them."""
    ledgers = sorted(target.results.glob("*.json"))
    if not ledgers:
        return
    kept = kept_folder(target) / target.folder
    fresh = kept.with_name(f".{kept.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    private_folder(kept.parent)
    private_folder(fresh)
    for path in ledgers:
        shutil.copyfile(path, fresh / path.name)
        (fresh / path.name).chmod(FILE_MODE)
    shutil.rmtree(kept, ignore_errors=True)
    fresh.rename(kept)


def kept_folder(target: Target) -> Path:
    """Where ledgers and records of published editions are kept, closed to others."""
    return target.root / "data" / "published" / target.study.name


def _earlier(target: Target) -> list[tuple[int, Results, Results]]:
    """Earlier editions and blind runs of this one that are out: (year, recorded, published)."""
    from pipeline.ledger.gate import gate
    from pipeline.ledger.results import read_ledgers

    found = []
    for name, folder in _earlier_folders(target).items():
        try:
            recorded = read_ledgers(folder)
            found.append((int(name.split("-")[0]), recorded, gate(recorded)))
        except (UserError, FileNotFoundError, ValueError, KeyError, TypeError):
            continue  # made by another version: its report is out, its ledgers cannot be read
    return found


def _earlier_folders(target: Target) -> dict[str, Path]:
    """Where the ledgers of earlier editions and blind runs lie that are out, by name."""
    build = target.root / "build" / target.study.name
    published = target.root / "reports" / target.study.name
    folders = {folder.parent.name: folder for folder in build.glob("*/results")}
    folders |= {folder.name: folder for folder in kept_folder(target).glob("[!.]*") if folder.is_dir()}
    return {
        name: folder
        for name, folder in sorted(folders.items())
        if name != target.folder
        and name.split("-")[0].isdigit()
        and int(name.split("-")[0]) <= target.edition
        and (published / name).is_dir()
    }


def _figures(published: Results, target: Target) -> list[Finding]:
    from pipeline.audit.drawings import most_points

    found = []
    for name, figure in published.figures.items():
        for files in figure.files.values():
            path = target.results / files["svg"]
            if path.is_file() and most_points(path) > MOST_POINTS:
                found.append(Finding(f"a figure draws more than {MOST_POINTS} points in one series", (name,)))
                break
    return found


def _files(target: Target) -> list[Path]:
    """What a run leaves behind, and what of it is published: executed notebooks, ledgers, drafts, tables, logs."""
    folders = [target.build, target.processed, target.published(target.languages[0]).parent / "check"]
    return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())


def _open_to_others(target: Target) -> list[Finding]:
    """Folders and files of tables and of the build that others on this machine may read."""
    others = stat.S_IRWXG | stat.S_IRWXO
    if os.name != "posix":
        return []
    paths = [
        path
        for folder in (target.processed, target.build, kept_folder(target))
        for path in [folder, *folder.rglob("*")]
    ]
    wrong = [path for path in paths if path.exists() and path.stat().st_mode & others]
    return [Finding("a file or folder that others may read", (str(path.relative_to(target.root)),)) for path in wrong]


def raw_persons(target: Target) -> Persons:
    """Identifiers and names of the raw files that the edition reads."""
    from pipeline.clean.persons import person_cells

    columns: list[pd.Series] = []
    years = [year for year in target.study.available_periods(target.root) if year <= target.edition]
    raw_root = target.study.raw_root(target.root)
    for name, spec in target.study.sources.items():
        # a list without identifiers names schools or activities, not persons
        wanted = [field for field in PERSON_FIELDS if field in spec.columns] if PERSONS_BY & set(spec.columns) else []
        if wanted:
            columns += person_cells(target.study, name, years, raw_root, wanted)
    return known_persons([*columns, *_person_units(target)])


def _person_units(target: Target) -> list[pd.Series]:
    """The units of a panel whose units are persons, as its file names them."""
    from pipeline.clean.ready import raw_panel

    panel = target.study.panel
    if panel is None or not panel.person_units:
        return []
    path = target.study.raw_root(target.root) / str(target.edition) / panel.file
    return [raw_panel(target.study, panel, path, panel.file).frame["unit"]]
