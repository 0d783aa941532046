"""RO-Crate 1.2 metadata of the archive (w3id.org/ro/crate/1.2): what it holds, and the run that made the report.

Written here and not by the library `rocrate`: that one takes the time of its call for the date of publication, and copies
and packs files by itself; what is left of it is this dictionary. Its values come from the study and the records alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.package.readme import Told, licence_of_data

Entity = dict[str, Any]
CONTEXT, CONFORMS = "https://w3id.org/ro/crate/1.2/context", "https://w3id.org/ro/crate/1.2"
RUN = "#run"
_KINDS = {
    ".csv": "text/csv", ".tsv": "text/tab-separated-values", ".pdf": "application/pdf", ".html": "text/html",
    ".json": "application/json", ".md": "text/markdown", ".txt": "text/plain", ".cff": "text/yaml", ".yml": "text/yaml",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xls": "application/vnd.ms-excel", ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".ipynb": "application/x-ipynb+json", ".parquet": "application/vnd.apache.parquet",
}  # fmt: skip
_FOLDERS = {
    "pipeline/": "The code that the notebooks call",
    "notebooks/": "The steps, as Jupyter notebooks without outputs",
    "docs/": "What the code does and promises",
    "studies/": "The study: settings, words and the frozen plan where there is one",
    "synthetic/": "The study with synthetic stand-ins for its raw files",
}
_BELOW = {
    "published/": "Published with the report",
    "data/published/": "Record of an earlier edition that is published; its numbers stand beside this one's",
    "data/": "Raw data as the run read them",
    "notebooks/": "A step of the analysis",
    "studies/": "A step of the analysis, of the study's own",
    "reports/": "Of an earlier edition that is published; its numbers stand beside this one's",
}
_NAMED = {
    "README.md": "README in the template of the social science data editors, version 1.1",
    "LICENSE.txt": "Licences of code and data",
    "CITATION.cff": "How to cite the package",
    "codebook.csv": "Every variable that is read, with type and allowed values",
    "requirements.lock": "Every package with version and hash",
    "Makefile": "The verbs that make the report again",
    "provenance/prov.json": "Provenance of the report (W3C PROV, PROV-JSON)",
    "checksums.sha256": "SHA-256 of every other file",
}


def crate(told: Told, hashes: Mapping[str, tuple[str, int]]) -> bytes:
    """`ro-crate-metadata.json`.

    Args:
        told: What the README is filled from.
        hashes: By name of each file in the archive, its SHA-256 and its size in bytes; without those made last.
    """
    notebooks = sorted(told.notebooks.values())
    parts = [_file(name, hashes, notebooks) for name in _listed(hashes, notebooks)] + _folders(hashes)
    run = _run(told, hashes, notebooks)
    graph = [_descriptor(), _root(told, parts), *parts, *_withheld(told), *_agents(told), run, _python(told)]
    content = {"@context": CONTEXT, "@graph": graph}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _descriptor() -> Entity:
    return {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": CONFORMS},
        "about": {"@id": "./"},
    }


def _root(told: Told, parts: Sequence[Entity]) -> Entity:
    target, terms = told.found.target, told.terms
    root: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"Replication package: {target.study.title['en']}, edition {target.folder}",
        "description": f"Data, code and documents from which the evaluation report of {told.institution} on "
        f"{target.study.program.label['en']} is made again, byte for byte.",
        "datePublished": told.day.isoformat(),
        "license": {"@id": "LICENSE.txt"},
        "author": {"@id": "#institution"},
        "publisher": {"@id": "#institution"},
        "version": target.folder,
        "keywords": "programme evaluation, difference-in-differences, replication package",
        "conditionsOfAccess": licence_of_data(told),
        "hasPart": [{"@id": part["@id"]} for part in parts],
        "mentions": [{"@id": RUN}, *({"@id": _id(file.name)} for file in told.closed)],
    }
    return root | ({"identifier": terms.repository} if terms.repository else {})


def _listed(hashes: Mapping[str, Any], notebooks: Sequence[str]) -> list[str]:
    """Files that are told one by one: report, raw data, notebooks, and what describes the whole; others by their folder."""
    told = {*_NAMED, *notebooks}
    return [name for name in sorted(hashes) if name.startswith(("published/", "data/", "reports/")) or name in told]


def _file(name: str, hashes: Mapping[str, tuple[str, int]], notebooks: Sequence[str]) -> Entity:
    digest, size = hashes[name]
    entity: Entity = {
        "@id": name.replace(" ", "%20"),
        "@type": "File",
        "name": name,
        "description": _NAMED.get(name) or next(words for start, words in _BELOW.items() if name.startswith(start)),
        "contentSize": str(size),
        "sha256": digest,
        "encodingFormat": _KINDS.get("." + name.rsplit(".", 1)[-1].lower(), "text/plain"),
    }
    if name in notebooks:
        entity |= {"@type": ["File", "SoftwareSourceCode"], "programmingLanguage": {"@id": "#python"}}
    return entity | ({"@type": ["File", "CreativeWork"]} if name == "LICENSE.txt" else {})


def _folders(hashes: Mapping[str, Any]) -> list[Entity]:
    return [
        {"@id": name, "@type": "Dataset", "name": name.rstrip("/"), "description": words}
        for name, words in _FOLDERS.items()
        if any(held.startswith(name) for held in hashes)
    ]


def _withheld(told: Told) -> list[Entity]:
    """Raw files that are not in the archive: no files of the crate, but known by name and hash."""
    return [
        {
            "@id": _id(file.name),
            "@type": "CreativeWork",
            "name": file.name,
            "sha256": file.hash,
            "description": f"Raw data that are not in the archive: {file.why}.",
            "conditionsOfAccess": told.terms.access or "The study does not say.",
        }
        for file in told.closed
    ]


def _agents(told: Told) -> list[Entity]:
    institution: Entity = {"@id": "#institution", "@type": "Organization", "name": told.institution}
    if told.contact == told.institution:
        return [institution]
    contact = {"@id": "#contact", "@type": "ContactPoint", "name": told.contact, "contactType": "data"}
    return [institution | {"contactPoint": {"@id": "#contact"}}, contact]


def _run(told: Told, hashes: Mapping[str, Any], notebooks: Sequence[str]) -> Entity:
    """The run as an action: raw data in, report out."""
    raw = [{"@id": file.name.replace(" ", "%20") if file.included else _id(file.name)} for file in told.data]
    made = [{"@id": name.replace(" ", "%20")} for name in sorted(hashes) if name.startswith("published/")]
    return {
        "@id": RUN,
        "@type": "CreateAction",
        "name": f"The report was made: {told.command}",
        "agent": {"@id": "#institution"},
        "instrument": [{"@id": name} for name in notebooks],
        "object": raw,
        "result": made,
    }


def _python(told: Told) -> Entity:
    installed = next(iter(told.found.records.values()))["software"]
    return {
        "@id": "#python",
        "@type": "ComputerLanguage",
        "name": "Python",
        "version": installed["Python"],
        "url": "https://www.python.org/",
    }


def _id(name: str) -> str:
    """What stands for a file that is not in the archive."""
    return "#" + name.replace(" ", "%20")
