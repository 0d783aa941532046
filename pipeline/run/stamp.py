"""The stamp of a finished run: content hashes of all it read and published, so that a second call ends at once."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.ledger.entries import file_hash
from pipeline.run.steps import Step, Target

Hashes = dict[str, str]


def is_current(target: Target, steps: list[Step]) -> bool:
    """Whether nothing that the last run read or published has changed since."""
    try:
        recorded = json.loads(_path(target).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(recorded == _state(target, steps))


def write_stamp(target: Target, steps: list[Step]) -> None:
    """Record the present content of everything the run read and published."""
    path = _path(target)
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(_state(target, steps), indent=0, sort_keys=True), encoding="utf-8")
    partial.replace(path)


def drop_stamp(target: Target) -> None:
    """Forget the last run: it is being made anew."""
    _path(target).unlink(missing_ok=True)


def _path(target: Target) -> Path:
    return target.build / f"stamp-{'-'.join(target.languages)}-{target.engine}.json"


def _state(target: Target, steps: list[Step]) -> dict[str, Hashes]:
    made = {path for step in steps for path in step.writes}
    read = {path for step in steps for path in step.reads} - made
    published = [path for lang in target.languages for path in sorted(target.published(lang).rglob("*"))]
    return {
        "tools": {step.name: step.tool for step in steps},
        "read": {str(path): file_hash(path) if path.is_file() else "" for path in sorted(read)},
        "published": {str(path): file_hash(path) for path in published if path.is_file()},
    }
