"""The record of each step's last execution, by content, and in words why it would run again.

`build/<study>/<edition>/records/<step>.json` is written when a step has run and everything that it read still holds what
was read. There is no record of a step that was cut off, failed, or had a file changed under its hands.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.content import Seen, digest, files_below, look
from pipeline.errors import StepError
from pipeline.run.places import name_of, path_of, shown
from pipeline.run.present import Present, engine
from pipeline.run.steps import Step, Target, cells_of, executed, waits_for

Record = dict[str, Any]
_MANY = 3
_DRAWN = (".svg", ".png")
"""Endings of figures, which are drawn in the languages that a run asks for."""


class MovedError(Exception):
    """Something that a step had read was changed before the step ended; the step must run again."""


def record_path(step_name: str, target: Target) -> Path:
    return target.build / "records" / f"{step_name}.json"


def read_record(step_name: str, target: Target) -> Record | None:
    """The last execution's record; None where there is none that can be read."""
    try:
        content: Record = json.loads(record_path(step_name, target).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content


def drop_record(step_name: str, target: Target) -> None:
    record_path(step_name, target).unlink(missing_ok=True)


def expected(step: Step, present: Present) -> Record:
    """What can be known of a step before it runs."""
    known: Record = {
        "cells": cells_hash(step.notebook),
        "parameters": step.parameters,
        "languages": list(step.languages),
        "code": present.code(step),
        "software": present.software,
    }
    if "engine" in step.parameters:
        known["engine"] = engine(str(step.parameters["engine"]))
        known["whole code"] = present.whole_code  # the manifest states it
    if step.raw:
        known |= {"raw": present.raw, "key": present.key()}
    return known


def cells_hash(notebook: Path) -> str:
    """One hash over a notebook's cells, the same for its executed copy."""
    return digest(json.dumps(cells_of(notebook), ensure_ascii=False))


def asks_databases(target: Target) -> bool:
    """Whether the study reads a database: its rows are read at each run, and what they say decides about later steps."""
    return any(source.sql is not None for source in target.study.sources.values())


def reasons(step: Step, present: Present) -> list[str]:
    """Why a step must run again, one sentence each; empty where all that it read and wrote is as it was."""
    record = read_record(step.name, present.target)
    if record is None:
        return ["it has not run to its end yet"]
    if step.raw and asks_databases(present.target) and step.name not in present.ran:
        return ["it asks a database, which does not tell whether it changed"]
    try:
        return [*_compared(record, expected(step, present)), *_compared_reads(record, present)]
    except (KeyError, TypeError, AttributeError):
        return ["its record is not one of this version"]


def settle(step: Step, target: Target, before: Record, traces: list[Path], made: list[Path], facts: Record) -> Record:
    """Write the record of a step that has run.

    Args:
        step: The step.
        target: Where things lie.
        before: What `expected` gave before it ran.
        traces: The notes of the kernel, and of what worked beside it.
        made: What the run itself wrote for the step: the executed copy.
        facts: Further facts to keep, such as seconds.

    Raises:
        MovedError: Something that it read is no longer what was read.
        StepError: It read the result of a notebook that it does not name.
    """
    present = Present(target)
    seen, noted = _noted(target, traces, made, before)
    record = before | noted | facts
    if step.raw:
        record["key"] = present.key()  # made on first use
        _list_raw(step, target, record)
    moved = [name for name, hash in record["code"].items() if present.hash(name) != hash]
    raw = before.get("raw", {})
    if step.raw and present.raw != raw:
        moved += sorted(n for n in present.raw.keys() | raw if present.raw.get(n) != raw.get(n))
    # what was read is what the record says, even where it was put back before the step ended
    moved += [name for name, one in seen.items() if present.seen(name) != one or raw.get(name, one.hash) != one.hash]
    moved += [name for name, hash in record["names"].items() if present.names(name) != hash]
    if cells_hash(executed(step, target)) != before["cells"]:
        moved.append(name_of(step.notebook, target.root))
    if moved:
        raise MovedError(shown(moved[0]))
    path = record_path(step.name, target)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(record, ensure_ascii=False, indent=0, sort_keys=True), encoding="utf-8")
    partial.replace(path)
    return record


def check_order(step: Step, steps: list[Step], record: Record, target: Target) -> None:
    """Every result of another notebook that a step read must come from one that it waits for.

    Raises:
        StepError: Names the notebook and the file.
    """
    before = waits_for(step, steps)
    for other in steps:
        if other.name == step.name or other.name in before:
            continue
        made = (read_record(other.name, target) or {}).get("outputs", {})
        strange = sorted(made.keys() & record["files"].keys())
        if strange:
            raise StepError(
                f"The notebook {step.name} reads a result of {other.name} without waiting for it.",
                where=shown(strange[0]),
                expected=f"{other.name!r} in its metadata, evaluation.after",
            )


def _noted(target: Target, traces: list[Path], own: list[Path], before: Record) -> tuple[dict[str, Seen], Record]:
    """The notes, put in order: files as they were read, and what the record keeps.

    What a library read while it was loaded counts where the step imports it.
    """
    found: Record = {"files": {}, "study": {}, "names": {}, "keys": {}, "words": {}}
    seen: dict[str, Seen] = {}
    root = target.root
    made = {name_of(path, root) for path in own}
    # a line that has no end was cut off with the process that wrote it
    for line in [line for trace in traces for line in trace.read_text(encoding="utf-8").split("\n")[:-1]]:
        note = json.loads(line)
        if note.get("loading") and name_of(note["by"], root) not in before["code"]:
            continue
        if "key" in note:
            found["keys"][note["key"]] = note["value"]
        elif "word" in note:
            found["words"][note["word"]] = note["hash"]
        elif "made" in note:
            made.add(name_of(note["made"], root))
        else:
            kind = next(kind for kind in ("file", "study", "names") if kind in note)
            name = name_of(note[kind], root)
            found["files" if kind == "file" else kind][name] = note["hash"]
            if kind != "names":
                one = Seen(note["hash"], note["mark"])
                if seen.setdefault(name, one) != one:
                    raise MovedError(shown(name))  # between its reading in two processes
    for name in [n for n in found["files"] if _below(n, made)]:
        del found["files"][name], seen[name]
    for name in found["files"].keys() & before.get("raw", {}):
        del found["files"][name]  # `raw` holds it
    found["outputs"] = _outputs(sorted(made), root)
    found["draws"] = any(name.endswith(_DRAWN) for name in found["outputs"])
    return seen, found


def _list_raw(step: Step, target: Target, record: Record) -> None:
    """Put the hashes of the raw files beside the step's results: the manifest names them."""
    path = target.build / "raw" / f"{step.name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(record["raw"], ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    record["outputs"][name_of(path, target.root)] = look(path).hash


def _below(name: str, folders: set[str]) -> bool:
    while name:
        if name in folders:
            return True
        name = name.rpartition("/")[0]
    return False


def _outputs(made: list[str], root: Path) -> dict[str, str | None]:
    """Hash by name of every file that a step has left."""
    files: set[Path] = set()
    for name in made:
        path = path_of(name, root)
        files |= set(files_below(path)) if path.is_dir() else {path} if path.is_file() else set()
    return {name_of(path, root): look(path).hash for path in sorted(files)}


def _compared(record: Record, now: Record) -> Iterator[str]:
    if record["cells"] != now["cells"]:
        yield "cells of the notebook were edited"
    for name in sorted(record["parameters"].keys() | now["parameters"]):
        then, here = record["parameters"].get(name), now["parameters"].get(name)
        if then != here:
            yield f"the parameter {name} was {then!r} and is {here!r}"
    if record["draws"] and not set(now["languages"]) <= set(record["languages"]):
        yield f"figures are asked for in {', '.join(now['languages'])} and were drawn in {', '.join(record['languages'])}"
    yield from _told("the code", _differing(record["code"], now["code"]))
    software = sorted(
        n for n in record["software"].keys() | now["software"] if record["software"].get(n) != now["software"].get(n)
    )
    for name in software[:_MANY]:
        yield f"{name} was {record['software'].get(name, 'absent')} and is {now['software'].get(name, 'absent')}"
    if len(software) > _MANY:
        yield f"{len(software) - _MANY} more packages have another version"
    if record.get("engine") != now.get("engine"):
        yield "the engine that writes the report is another"
    if record.get("whole code") != now.get("whole code") and record["code"] == now["code"]:
        yield "code of the project changed, whose hash the manifest states"
    if record.get("key") != now.get("key"):
        yield "the key of pseudonyms is another"
    yield from _told("the raw data", _differing(record.get("raw", {}), now.get("raw", {})))


def _compared_reads(record: Record, present: Present) -> Iterator[str]:
    for key, then in sorted(record["keys"].items()):
        here = present.value(key, as_written="raw" in record)
        if here != then:
            yield f"the study's {key} was {_short(then)} and is {_short(here)}"
    for word, then in sorted(record["words"].items()):
        if present.word(word) != then:
            yield f"the message {word} is said differently"
    now = {name: present.hash(name) for name in record["files"]}
    yield from _told("what it read", _differing(record["files"], now))
    for name, then in sorted(record["names"].items()):
        if present.names(name) != then:
            yield f"files were added to or taken from {shown(name)}/"
    now = {name: present.hash(name) for name in record["outputs"]}
    for name, change in _differing(record["outputs"], now)[:_MANY]:
        yield f"its result {shown(name)} " + ("is gone" if change == "is gone" else "was edited since it was written")


def _differing(then: dict[str, Any], now: dict[str, Any]) -> list[tuple[str, str]]:
    found = []
    for name in sorted(then.keys() | now.keys()):
        old, new = then.get(name), now.get(name)
        if old != new:
            found.append((name, "is new" if old is None else "is gone" if new is None else "was changed"))
    return found


def _told(what: str, differing: list[tuple[str, str]]) -> Iterator[str]:
    for name, change in differing[:_MANY]:
        yield f"{shown(name)} {change}"
    if len(differing) > _MANY:
        yield f"{len(differing) - _MANY} more files of {what} changed"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "…"
