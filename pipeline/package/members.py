"""Which files of the project, the study and the report go into the archive, and under which names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from pipeline.content import files_below
from pipeline.errors import DisclosureError, StudyError
from pipeline.package.published import Published
from pipeline.run.places import CODE, NOTEBOOKS, PACKAGE
from pipeline.run.steps import Target

SET_UP = (
    "Makefile",
    "requirements.in",
    "requirements.lock",
    "requirements-setup.in",
    "requirements-setup.lock",
    "environment.yml",
    "pyproject.toml",
    "CHANGELOG.md",
)
"""Files of the project's own folder that set it up or tell of it."""
OF_A_STUDY = (
    "*.yml", "plan.json", "*.py", "README.md", "text/*/*.ftl", "text/*/*.md", "text/*/*.toml",
    "notebooks/*.ipynb", "chapters/*.py", "brand/*.png", "brand/*.jpg", "brand/*.jpeg", "brand/*.ttf", "brand/*.otf",
    "brand/*.txt", "review/*-told.yml",
)  # fmt: skip
"""What a study's folder may hold: settings, words, code, its look. Data belong below data/raw/."""

Files = dict[str, Path]


def code_files() -> Files:
    """The code with its set-up and documents, by the name in the archive."""
    folders = [*files_below(PACKAGE), *files_below(NOTEBOOKS), *_documents()]
    files = [CODE / name for name in SET_UP] + [path for path in folders if not _made(path)]
    return {path.relative_to(CODE).as_posix(): path for path in files if path.is_file()}


def study_files(target: Target) -> Files:
    """The study's own files: what it says, and nothing that a person left beside it.

    Raises:
        StudyError: The folder holds a file of another kind, which may be data.
        DisclosureError: A notebook of the study holds outputs, which may show persons.
    """
    folder = target.root / "studies" / target.study.name
    files = {path.relative_to(folder).as_posix(): path for path in files_below(folder) if not _made(path)}
    # Reviewers' own words stay; what the report tells of them goes.
    files = {name: path for name, path in files.items() if name.endswith("-told.yml") or not name.startswith("review/")}
    strange = [name for name in files if not any(_fits(name, pattern) for pattern in OF_A_STUDY)]
    if strange:
        raise StudyError(
            "The study's folder holds files that are neither settings nor words nor code.",
            where="\n".join(f"studies/{target.study.name}/{name}" for name in strange[:8]),
            expected="data below data/raw/, so that it is decided for each file whether it may be passed on",
            todo="Move or remove them; then type make report, and make package again.",
        )
    return {f"studies/{target.study.name}/{name}": path for name, path in files.items()}


def refuse_outputs(files: Files) -> None:
    """Stop where a notebook holds outputs that an editor saved in it.

    Raises:
        DisclosureError: Names the notebooks.
    """
    full = [name for name, path in files.items() if path.suffix == ".ipynb" and any(_outputs(path))]
    if full:
        raise DisclosureError(
            "Notebooks hold outputs that an editor saved; they may show rows of persons.",
            where="\n".join(full),
            expected="notebooks without outputs, as they are committed",
            todo=f".venv/bin/nbstripout --keep-id {full[0]} … ; then type make report, and make package again.",
        )


def report_files(found: Published) -> Files:
    """The published report in its languages, with its certificate where there is one."""
    files: Files = {}
    for lang in found.target.languages:
        folder = found.folder(lang)
        files |= {f"published/{lang}/{p.relative_to(folder).as_posix()}": p for p in files_below(folder)}
    if found.certificate is not None:
        files["published/certificate.json"] = found.certificate
    return files


def earlier_reports(found: Published) -> Files:
    """What the run read of earlier editions that are published, beside whose numbers it set its own.

    That are the ledgers beside their reports, and their records (`pipeline.published`), which hold what may be shown; the
    ledgers that are kept for the audit hold small cells, and stay.
    """
    study = found.target.study.name
    told = re.compile(rf"reports/{study}/.+|data/published/{study}/\d{{4}}(-from-\d{{4}})?\.json")
    read: dict[str, str | None] = {}
    for record in found.records.values():
        read |= record["files"]
    return {
        name: found.target.root / name
        for name, digest in sorted(read.items())
        if digest is not None and told.fullmatch(name)
    }


def _documents() -> list[Path]:
    docs = CODE / "docs"
    return [*docs.glob("*.md"), *docs.glob("pictures/*.svg"), *files_below(docs / "workflows")]


def _made(path: Path) -> bool:
    """Whether a program left the file: no source."""
    return path.suffix == ".pyc" or "__pycache__" in path.parts


def _fits(name: str, pattern: str) -> bool:
    parts, wanted = name.split("/"), pattern.split("/")
    return len(parts) == len(wanted) and all(map(fnmatch, parts, wanted))


def _outputs(path: Path) -> Iterator[object]:
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        yield cell.get("outputs") or cell.get("execution_count")
