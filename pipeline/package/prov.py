"""Provenance of the report as PROV-JSON (W3C Member Submission of 2013): every step, what it read, what it wrote.

Entities are files by name and hash; activities are the notebooks' executions; the agent is the institution. Taken from the
records of the steps, which hold the hash of what was read while it was read. Files of the code stand as one entity.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pipeline.package.readme import Told
from pipeline.run.records import Record

Statements = dict[str, dict[str, Any]]
PREFIX = {
    "file": "urn:evaluation:file:",
    "step": "urn:evaluation:step:",
    "agent": "urn:evaluation:agent:",
    "evaluation": "urn:evaluation:",
}
_TOLD = ("data/", "build/", "studies/", "reports/")
"""Below these lies what a step reads, beside the code."""


def provenance(told: Told) -> bytes:
    """`provenance/prov.json`."""
    content: Statements = {"prefix": dict(PREFIX), "entity": {}, "activity": {}, "agent": {}}
    content |= {"used": {}, "wasGeneratedBy": {}, "wasAssociatedWith": {}, "wasDerivedFrom": {}}
    content["agent"]["agent:institution"] = {"prov:type": _typed("prov:Organization"), "prov:label": told.institution}
    _entity(content, "file:code", "the code and the notebooks", _whole_code(told))
    for step in told.found.steps:
        _step(content, step.name, told.found.records[step.name])
    for lang in told.found.target.languages:
        _report(content, told, lang)
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _step(content: Statements, name: str, record: Record) -> None:
    activity = f"step:{name}"
    parameters = {f"evaluation:{key}": str(value) for key, value in sorted(record["parameters"].items())}
    content["activity"][activity] = {"prov:label": f"notebook {name}", **parameters}
    _relate(content, "wasAssociatedWith", activity, {"prov:activity": activity, "prov:agent": "agent:institution"})
    _relate(content, "used", f"{activity}-code", {"prov:activity": activity, "prov:entity": "file:code"})
    for file, digest in _read(record):
        entity = _entity(content, f"file:{_id(file)}", file, digest)
        _relate(content, "used", f"{activity}-{file}", {"prov:activity": activity, "prov:entity": entity})
    for file, digest in sorted(record["outputs"].items()):
        entity = _entity(content, f"file:{_id(file)}", file, digest)
        _relate(content, "wasGeneratedBy", f"{activity}-{file}", {"prov:entity": entity, "prov:activity": activity})


def _read(record: Record) -> Iterator[tuple[str, str]]:
    """Raw files, tables, ledgers and files of the study that a step read; those that were not there had no hash."""
    held = record["files"] | record.get("raw", {})
    for file, digest in sorted(held.items()):
        if digest is not None and file.startswith(_TOLD) and file not in record["outputs"]:
            yield file, digest


def _report(content: Statements, told: Told, lang: str) -> None:
    """The published files are those of the draft: the same bytes under another name."""
    target = told.found.target
    draft = f"build/{target.study.name}/{target.folder}/report-{lang}/"
    for record in told.found.records.values():
        for file, digest in sorted(record["outputs"].items()):
            path = told.found.folder(lang) / file.removeprefix(draft)
            if file.startswith(draft) and path.is_file():
                name = f"published/{lang}/{file.removeprefix(draft)}"
                entity = _entity(content, f"file:{_id(name)}", name, digest)
                ends = {"prov:generatedEntity": entity, "prov:usedEntity": f"file:{_id(file)}"}
                _relate(content, "wasDerivedFrom", name, ends)


def _entity(content: Statements, entity: str, name: str, digest: str | None) -> str:
    """A file; one that was written anew between two steps is two entities."""
    known = content["entity"].get(entity)
    if known is not None and known.get("evaluation:sha256") != digest:
        entity = f"{entity}-{(digest or '')[:12]}"
    content["entity"][entity] = {"prov:label": name, "evaluation:sha256": digest}
    return entity


def _relate(content: Statements, relation: str, name: str, ends: dict[str, str]) -> None:
    content[relation][f"_:{relation}-{_id(name)}"] = ends


def _whole_code(told: Told) -> str | None:
    """The hash of the code that the report states."""
    return next((r["whole code"] for r in told.found.records.values() if "whole code" in r), None)


def _id(name: str) -> str:
    return name.replace(" ", "%20")


def _typed(name: str) -> dict[str, str]:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}
