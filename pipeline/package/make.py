"""`make package`: look, decide, gather, describe, write."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import yaml

from pipeline.audit.run import raw_persons
from pipeline.audit.search import kinds_in, persons_in
from pipeline.content import files_below, hashes
from pipeline.errors import DisclosureError, StudyError
from pipeline.package.archive import write_archive
from pipeline.package.codebook import codebook
from pipeline.package.crate import crate
from pipeline.package.data import RawFile, raw_data
from pipeline.package.exhibits import exhibits
from pipeline.package.members import Files, code_files, earlier_reports, refuse_outputs, report_files, study_files
from pipeline.package.prov import provenance
from pipeline.package.published import Published, published
from pipeline.package.readme import Told, fill, licence_of_data, readme
from pipeline.package.shape import shape_of
from pipeline.package.stand_in import FOLDER, stand_ins, synthetic_study
from pipeline.package.terms import Terms, load_terms
from pipeline.run.build import Request, make_target, told_in_one_screen
from pipeline.run.lock import Lock
from pipeline.run.places import CODE
from pipeline.run.records import asks_databases
from pipeline.run.steps import Target

Content = dict[str, bytes]
_DOI = re.compile(r"\b10\.\d{4,9}/\S+[^\s.,;)]")


def make_package(request: Request, tell: Callable[[str], None]) -> Path:
    """Write the replication package of an edition's published report.

    Args:
        request: Study, edition and root; languages and engine are those of the report that is out.
        tell: Called with a sentence where another run is waited for.

    Returns:
        The archive: reports/<study>/<edition>/<study>-<edition>-replication.zip.

    Raises:
        UserError: Nothing is published, something changed since, or persons would leave; nothing is written then.
    """
    target = make_target(request._replace(lang="all"))
    if asks_databases(target):
        raise StudyError(
            "The study asks a database, which no package can carry.",
            where=f"studies/{target.study.name}/study.yml, key sources",
            expected="sources that are files",
            todo="Write the rows of each query as Parquet into the years' folders, and name them with `file`.",
        )
    with (
        told_in_one_screen(request.root),
        Lock(request.root, f"{target.study.name}-{target.folder}", tell, "packaging"),
    ):
        found = published(request)
        terms = load_terms(target.study.name, target.root)
        members = gather(found, terms)
        name = f"{target.study.name}-{target.folder}-replication"
        folder = target.published(target.languages[0]).parent
        digests = {f"{name}/{path}": digest for path, (digest, _) in _hashes(members).items()}
        published(request)  # what was gathered is what was looked at: a change in between shows now
        inside = {f"{name}/{path}": content for path, content in members.items()}
        return write_archive(inside, folder / f"{name}.zip", digests)


def gather(found: Published, terms: Terms) -> dict[str, bytes | Path]:
    """Everything that the archive holds, by name.

    Raises:
        UserError: A file cannot be passed on.
    """
    target = found.target
    code, study, report = code_files(), study_files(target), report_files(found) | earlier_reports(found)
    refuse_outputs(code | study)
    data = raw_data(target, terms, found.records)
    open_files: Files = {file.name: file.path for file in data if file.included}
    made: Content = {"codebook.csv": codebook(target.study)}
    made |= _stand_ins(found, data, study)
    files: dict[str, bytes | Path] = {**code, **study, **report, **open_files, **made}
    told = Told(
        found=found,
        terms=terms,
        data=data,
        exhibits=exhibits(found.folder(found.shown_in) / "report.html"),
        stand_ins=sorted(name for name in made if name.startswith(f"{FOLDER}/data/")),
        size=sum(len(c) if isinstance(c, bytes) else c.stat().st_size for c in files.values()),
        built=_size(target.build) + _size(target.processed),
    )
    files |= {"README.md": readme(told), "LICENSE.txt": _licence(told), "CITATION.cff": _citation(told)}
    files["provenance/prov.json"] = provenance(told)
    files["ro-crate-metadata.json"] = crate(told, _hashes(files))
    if not target.study.demonstration:
        told_of_data = ("README.md", "LICENSE.txt", "CITATION.cff", "provenance/prov.json", "ro-crate-metadata.json")
        _refuse_persons(target, study | report, {name: files[name] for name in told_of_data})
    files["checksums.sha256"] = _checksums(files)
    return files


def _stand_ins(found: Published, data: list[RawFile], study: Files) -> Content:
    """A study with stand-ins for all of its raw files, where some cannot be passed on."""
    target = found.target
    if all(file.included for file in data):
        return {}
    shapes = [shape for file in data if (shape := shape_of(target, file)) is not None]
    name, settings = target.study.name, f"studies/{target.study.name}/study.yml"
    made = {f"{FOLDER}/data/raw/{name}/{file}": c for file, c in stand_ins(shapes, target.study.seed).items()}
    left_out = ("plan.json", "package.yml", "fetch.py")  # a plan is bound to the real data
    copied = {
        f"{FOLDER}/{file}": path.read_bytes() for file, path in study.items() if file.split("/", 2)[2] not in left_out
    }
    copied[f"{FOLDER}/{settings}"] = synthetic_study(study[settings].read_text(encoding="utf-8")).encode()
    return made | copied


def _refuse_persons(target: Target, files: Files, made: Mapping[str, bytes | Path]) -> None:
    """Search what is passed on, and what is said of the data, for numbers and names of the raw files' persons.

    Raises:
        DisclosureError: Names the files.
    """
    known = raw_persons(target)
    leaks = [f"{leak.places[0]}: {leak.what}" for leak in persons_in(files.values(), target.root, known)]
    for name, content in made.items():
        said = content.decode().replace("%20", " ") if isinstance(content, bytes) else ""
        leaks += [f"{name}: {kind} of a person, perhaps in the name of a raw file" for kind in kinds_in(said, known)]
    if leaks:
        raise DisclosureError(
            "The package would hold numbers or names of persons; nothing was written.",
            where="\n".join(leaks[:8]),
            expected="no number or name of a person of the raw files in the study's files, the report, or a file's name",
            todo="Take it out of that file; then type make report, and make package again.",
        )


def _licence(told: Told) -> bytes:
    facts = {
        "code": (CODE / "LICENSE").read_text(encoding="utf-8").strip(),
        "data": licence_of_data(told),
        "rights": "" if told.invented else told.terms.rights,
        "stand_ins": told.stand_ins,
        "institution": told.institution,
    }
    return fill("LICENSE.txt.jinja", facts)


def _citation(told: Told) -> bytes:
    doi = _DOI.search(told.terms.repository)
    facts = {
        "title": f"Replication package: {told.found.target.study.title['en']}",
        "edition": told.found.target.folder,
        "published": told.day,
        "authors": told.found.target.study.report.authors or [told.institution],
        "doi": doi.group() if doi else "",
        "software": yaml.safe_load((CODE / "CITATION.cff").read_text(encoding="utf-8")),
    }
    return fill("CITATION.cff.jinja", facts)


def _hashes(files: dict[str, bytes | Path]) -> dict[str, tuple[str, int]]:
    """SHA-256 and size of each member."""
    paths = {name: content for name, content in files.items() if isinstance(content, Path)}
    on_disk = dict(zip(paths, hashes(paths.values()), strict=True))
    found = {name: (str(on_disk[name]), path.stat().st_size) for name, path in paths.items()}
    made = {name: content for name, content in files.items() if isinstance(content, bytes)}
    return found | {name: (hashlib.sha256(content).hexdigest(), len(content)) for name, content in made.items()}


def _checksums(files: dict[str, bytes | Path]) -> bytes:
    """The list that `sha256sum -c` reads."""
    return "".join(f"{digest}  {name}\n" for name, (digest, _) in sorted(_hashes(files).items())).encode()


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in files_below(folder)) if folder.is_dir() else 0
