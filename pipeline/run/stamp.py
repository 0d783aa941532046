"""The stamp of a finished run: content of all it read and made, so that a second call ends before a library is loaded."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.content import digest, files_below, hash_of, hashes, names_in
from pipeline.installed import software
from pipeline.run.places import NOTEBOOKS, PACKAGE, name_of, path_of
from pipeline.run.present import engine, key_fingerprint

if TYPE_CHECKING:
    from pipeline.run.present import Present
    from pipeline.run.steps import Target

Stamp = dict[str, Any]


class Request(NamedTuple):
    """What a person typed."""

    study: str
    edition: str
    lang: str
    engine: str
    root: Path
    blind: bool = False


def current(request: Request) -> list[str] | None:
    """The published files, where all that the last such run read, made and published holds what it held; else None."""
    try:
        stamp = json.loads(_path(request).read_text(encoding="utf-8"))
        if stamp["software"] != _software() or stamp["engine"] != engine(request.engine):
            return None
        if stamp["key"] is not None and stamp["key"] != key_fingerprint(request.root):
            return None
        if stamp["raw"] != _raw_names(request.root, request.study, stamp["years"]):
            return None
        if stamp["code files"] != _code_files():
            return None
        if any(names_in(path_of(name, request.root)) != hash for name, hash in stamp["names"].items()):
            return None
        published = [name for folder in stamp["published"] for name in _published(request.root, folder)]
        if published != stamp["reports"]:
            return None
        files = stamp["files"]
        # what was written since is looked at first: where one of these is another, the rest can wait
        written = _path(request).stat().st_ctime_ns
        if any(hash_of(path) != files[name] for name, path in _since(written, files, request.root)):
            return None
        same = hashes(path_of(name, request.root) for name in files) == list(files.values())
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return published if same else None


def stamp_of(request: Request, target: Target, present: Present, records: list[dict[str, Any]]) -> Stamp:
    """The content of all that the run's records name, as `present` finds it, and of what may change what they name."""
    files: dict[str, str | None] = {}
    names: dict[str, str | None] = {}
    drafts = tuple(name_of(target.draft(lang), target.root) + "/" for lang in target.languages)
    for record in records:
        outputs = {name: hash for name, hash in record["outputs"].items() if not name.startswith(drafts)}
        study = {name: present.hash(name) for name in record["study"]}
        files |= record["code"] | record["files"] | record.get("raw", {}) | outputs | study
        names |= record["names"]
    files = {name: hash for name, hash in files.items() if not name.startswith(drafts)}
    for name in (name_of(path, target.root) for path in [*_notebooks(target), *PACKAGE.rglob("*.py")]):
        files[name] = present.hash(name)
    for name in _word_files(target.root, target.study.name):
        files[name] = present.hash(name)
    for folder in [*_word_folders(target.root, target.study.name), *_notebook_folders(target)]:
        names[folder] = present.names(folder)
    folders = [name_of(target.published(lang), target.root) for lang in target.languages]
    reports = [name for folder in folders for name in _published(target.root, folder)]
    files |= {name: present.hash(name) for name in reports}
    years = [year for year in target.study.available_periods(target.root) if year <= target.edition]
    return {
        "software": _software(),
        "engine": engine(request.engine),
        "key": present.key(),
        "years": years,
        "raw": _raw_names(target.root, target.study.name, years),
        "names": names,
        "code files": _code_files(),
        "published": folders,
        "reports": reports,
        "files": dict(sorted(files.items())),
    }


def _since(written: int, files: Iterable[str], root: Path) -> Iterator[tuple[str, Path]]:
    """Files that were written, or put there, since a time; those that are gone too."""
    for name in files:
        path = path_of(name, root)
        try:
            if path.stat().st_ctime_ns > written:
                yield name, path
        except OSError:
            yield name, path


def write_stamp(request: Request, content: Stamp) -> None:
    """Write a stamp in one piece."""
    path = _path(request)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(content, indent=0, sort_keys=True), encoding="utf-8")
    partial.replace(path)


def drop_stamp(request: Request) -> None:
    """Forget the last run: it is being made anew."""
    _path(request).unlink(missing_ok=True)


def _path(request: Request) -> Path:
    asked = digest(json.dumps([request.edition, request.lang, request.engine, request.blind]))[:16]
    return request.root / "build" / request.study / "stamps" / f"{asked}.json"


def _notebooks(target: Target) -> list[Path]:
    from pipeline.run.steps import find_notebooks

    return find_notebooks(target.study.name, target.root, target.study.design)


def _notebook_folders(target: Target) -> list[str]:
    """Where a notebook that is added becomes a step, whether the study has any of its own or not."""
    return [name_of(p, target.root) for p in (NOTEBOOKS, target.root / "studies" / target.study.name / "notebooks")]


def _word_folders(root: Path, study: str) -> list[str]:
    """Folders of catalogues, those of the study too, whether they are there or not."""
    own = root / "studies" / study / "text"
    here = [PACKAGE / "languages", *sorted(p for p in (PACKAGE / "languages").iterdir() if p.is_dir())]
    return [name_of(p, root) for p in [*here, own, *(own / p.name for p in here[1:])]]


def _word_files(root: Path, study: str) -> list[str]:
    """Every catalogue of words: which messages of it a step said stands in the steps' own records."""
    places = (PACKAGE / "languages", root / "studies" / study / "text")
    return [name_of(p, root) for place in places for p in sorted(place.rglob("*")) if p.suffix in (".ftl", ".toml")]


def _code_files() -> list[str]:
    return sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


def _software() -> str:
    return digest(json.dumps(software()))


def _published(root: Path, folder: str) -> list[str]:
    return [name_of(path, root) for path in files_below(root / folder)]


def _raw_names(root: Path, study: str, years: list[int]) -> list[str]:
    """All year folders there are, and the files in those that the edition uses."""
    folder = root / "data" / "raw" / study
    there = sorted(p.name for p in folder.glob("[0-9][0-9][0-9][0-9]"))
    return [*there, *(name_of(path, root) for year in years for path in files_below(folder / str(year)))]
