"""What changed since the last edition: data, settings, methods, software, numbers, verdicts; and the state of its advice."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.chapters.data import REGISTERED
from pipeline.chapters.headlines import coded, labels, record_split, shown
from pipeline.chapters.reasons import REASONS, VERDICTS, worded
from pipeline.errors import StudyError
from pipeline.languages.message import Text, literal, msg
from pipeline.ledger.counts import NOTHING
from pipeline.ledger.entries import Column, Ledger, Results, file_hash, read_results
from pipeline.methods.effects.estimators import METHODS
from pipeline.published import differences, split
from pipeline.published.record import Record, last, last_path, record_of
from pipeline.report.doc import Doc, when
from pipeline.report.record import code_hash, versions
from pipeline.study import Study
from pipeline.topics import topics

if TYPE_CHECKING:
    from pipeline.notebook import Edition

TABLES = ("verdicts", "effects", "data", "settings", "methods")
KINDS = {kind: msg(f"since-{kind}") for kind in ("new", "revised", "gone", "read-otherwise", "unread")}
PARTS = {kind: msg(f"since-part-{kind}") for kind in ("estimators", "rules", "topics", "software")}
STATES = {state: msg(f"since-state-{state}") for state in ("done", "under-way", "open", "dropped")}


def record(ledger: Ledger, context: Edition) -> None:
    """The methods of this edition, for the next one; and everything that differs from the last edition's record."""
    study = context.study
    methods = {"estimators": METHODS, "rules": REASONS, "topics": [t.name for t in topics(study.name, context.root)]}
    for kind, codes in methods.items():
        ledger.text(f"methods_{kind}", " ".join(codes))
    _recommendations(ledger, context)
    if context.blind:
        ledger.text("since", "blind")
        return
    path = last_path(study.name, context.year, context.root)
    if path is None:
        ledger.text("since", "first")
        return
    context.inputs[path.relative_to(context.root).as_posix()] = path
    ledger.text("since_edition", path.stem)
    try:
        then = last(study.name, context.year, context.root)
    except StudyError:
        ledger.text("since", "unreadable")
        return
    assert then is not None
    now = record_of(study, context.year, _so_far(ledger), context.find("check_settings"), software=versions())
    ledger.text("since", "compared")
    ledger.text("since_code", then.code)
    record_differences(ledger, study, then, now)
    _split(ledger, context, then, now, path)


def _split(ledger: Ledger, context: Edition, then: Record, now: Record, record: Path) -> None:
    """Where the differences come from, where a run has computed it from that record of the last edition."""
    path = split.path_of(then.study, then.edition, now.edition, context.root)
    found = split.read(path)
    if found is None or found.then != file_hash(record):
        ledger.text("since_split", "none")
        return
    context.inputs[path.relative_to(context.root).as_posix()] = path
    ledger.text("since_split", "computed")
    record_split(ledger, study=context.study, then=then, now=now, way=found.way(now.headline))


def record_differences(ledger: Ledger, study: Study, then: Record, now: Record) -> None:
    """The tables of what differs between two editions of a study, and how many of each there are."""
    _effects(ledger, study, then, now)
    _data(ledger, study, then, now)
    for name, changes in (
        ("settings", differences.settings(then, now)),
        ("methods", [*differences.methods(then, now), *differences.software(then, now)]),
    ):
        _count(ledger, {name: len(changes)})
        if changes:
            frame = pd.DataFrame([vars(change) for change in changes])
            kind = [Column("kind", msg("since-part"), "code", codes=PARTS)] if name == "methods" else []
            ledger.table(
                f"tbl_since_{name}",
                frame,
                [
                    *kind,
                    Column("key", msg(f"since-{name}-key")),
                    Column("then", msg("since-then", edition=str(then.edition))),
                    Column("now", msg("since-now", edition=str(now.edition))),
                ],
                caption=msg(f"tbl-since-{name}"),
            )


def _so_far(ledger: Ledger) -> Results:
    """What was recorded before this notebook, through the gate, with the texts and numbers of its own ledger."""
    own = ledger.results()
    if not any(path != ledger.path for path in ledger.folder.glob("*.json")):
        return own
    before = read_results(ledger.folder)
    return Results(
        numbers=own.numbers | before.numbers,
        texts=own.texts | before.texts,
        tables=before.tables,
        figures={},
        inputs=before.inputs,
        folder=before.folder,
    )


def _count(ledger: Ledger, counts: Mapping[str, int]) -> None:
    for name, value in counts.items():
        ledger.number(f"since_{name}_n", value, decimals=0)


def _effects(ledger: Ledger, study: Study, then: Record, now: Record) -> None:
    named = labels(study, then.headline, now.headline)
    rows: list[dict[str, Any]] = []
    texts: dict[str, Text] = {}
    for name in named:
        row: dict[str, Any] = {"effect": name}
        for side, held in (("then", then.headline), ("now", now.headline)):
            effect = held.effects.get(name)
            row[side] = f"{name}_{side}"
            texts[row[side]] = shown(effect)
            row[f"verdict_{side}"] = worded(effect.verdict, effect.underpowered) if effect else None
            row[f"reason_{side}"] = (effect.limiting or next(iter(effect.reasons), None)) if effect else None
        rows.append(row)
    pairs = [(row["verdict_then"], row["verdict_now"]) for row in rows if row["verdict_then"] and row["verdict_now"]]
    _count(ledger, {"effects": len(pairs), "verdicts_moved": sum(then != now for then, now in pairs)})
    if not rows:
        return
    frame = pd.DataFrame(rows)
    heads = {"then": msg("since-then", edition=str(then.edition)), "now": msg("since-now", edition=str(now.edition))}
    effect_column = Column("effect", msg("common-effect"), "code", codes=named)

    def column(name: str, side: str, label: str, codes: Mapping[str, Text]) -> Column:
        found = coded(codes, frame[f"{name}_{side}"])
        return Column(f"{name}_{side}", msg(label), "code", codes=found, group=heads[side])

    ledger.table(
        "tbl_since_verdicts",
        frame,
        [
            effect_column,
            *(
                one
                for side in heads
                for one in (
                    column("verdict", side, "common-verdict", VERDICTS),
                    column("reason", side, "since-limit", REASONS),
                )
            ),
        ],
        caption=msg("tbl-since-verdicts"),
        notes=msg("tbl-since-verdicts.notes"),
    )
    ledger.table(
        "tbl_since_effects",
        frame,
        [effect_column, *(Column(side, heads[side], "code", codes=texts) for side in heads)],
        caption=msg("tbl-since-effects"),
        notes=msg("tbl-since-effects.notes"),
    )


def _data(ledger: Ledger, study: Study, then: Record, now: Record) -> None:
    found = differences.files(then, now)
    kinds = [change.kind.replace("_", "-") for change in found]
    same = len(now.raw.keys() & then.raw.keys()) - sum(kind not in ("new", "gone") for kind in kinds)
    _count(ledger, {kind.replace("-", "_"): kinds.count(kind) for kind in KINDS} | {"same": same})
    if not found:
        return
    frame = pd.DataFrame([vars(change) for change in found]).assign(kind=kinds)
    # a file of training has a row a registration: the same persons as in the tables of attendance of this edition
    training = study.sources["training"].file if "training" in study.sources else ""
    persons = [change.file.endswith(f"/{training}") and isinstance(change.kept_now, int) for change in found]
    frame["period"] = pd.Series(
        [change.year for change in found], dtype=object
    )  # the coordinate of the account of rows
    frame["registered"] = frame["kept_now"].where(persons)
    rows = {name: msg(f"data-{name}") for name in ("read", "kept")}
    ledger.table(
        "tbl_since_data",
        frame,
        [
            Column("file", msg("since-file")),
            Column("kind", msg("since-change"), "code", codes=KINDS),
            *(
                Column(f"{name}_then", label, "int", counts=NOTHING, group=msg("since-then", edition=str(then.edition)))
                for name, label in rows.items()
            ),
            *(
                Column(
                    f"{name}_now",
                    label,
                    "int",
                    counts=NOTHING,
                    behind=("registered",),
                    group=msg("since-now", edition=str(now.edition)),
                )
                for name, label in rows.items()
            ),
            REGISTERED,
        ],
        caption=msg("tbl-since-data"),
        notes=msg("tbl-since-data.notes"),
    )


def _recommendations(ledger: Ledger, context: Edition) -> None:
    """What became of the recommendations of earlier editions, as the study holds it."""
    held = [one for one in context.study.recommendations if one.edition < context.year]
    _count(ledger, {"recommendations": len(held), "undone": sum(one.state in ("open", "under_way") for one in held)})
    if not held:
        return
    held.sort(key=lambda one: -one.edition)
    texts: dict[str, Text] = {"no_note": literal("–")}
    rows = []
    for order, one in enumerate(held):
        texts[f"text_{order}"] = one.text.model_dump()
        if one.note:
            texts[f"note_{order}"] = one.note.model_dump()
        rows.append(
            {
                "edition": str(one.edition),
                "text": f"text_{order}",
                "state": one.state.replace("_", "-"),
                "note": f"note_{order}" if one.note else "no_note",
            }
        )
    ledger.table(
        "tbl_since_recommendations",
        pd.DataFrame(rows),
        [
            Column("edition", msg("since-edition")),
            Column("text", msg("since-recommendation"), "code", codes=texts),
            Column("state", msg("since-state"), "code", codes=STATES),
            Column("note", msg("since-remark"), "code", codes=texts),
        ],
        caption=msg("tbl-since-recommendations"),
    )


# --- what the report says ---------------------------------------------------------------------------------------------


def results(doc: Doc) -> None:
    """The chapter on what changed since the last edition."""
    if not doc.has("since"):
        return
    found = doc.code("since")
    # Where there is only a sentence to say, it is a section of the chapter before, not a page of its own.
    doc.heading("since-title", 1 if found == "compared" else 2, "sec-since")
    if found != "compared":
        doc.paragraph(f"since-{found}")
    else:
        doc.paragraph("since-opening")
        differences_told(doc)
        lost = {part: doc.code(f"since_lost_{part}") for part in split.PARTS if doc.has(f"since_lost_{part}")}
        told = [msg("compare-lost", part=msg(f"compare-part-{p}"), why=msg(f"since-lost-{w}")) for p, w in lost.items()]
        doc.paragraph(when(doc.code("since_split") == "none", "since-split-none"))
        split_told(doc, told)
        doc.paragraph("since-code-same" if doc.code("since_code") == code_hash() else "since-code-other")
    if found != "first":
        doc.paragraph(
            "since-recommendations-told" if doc.has("tbl_since_recommendations") else "since-recommendations-none"
        )
    doc.table("tbl_since_recommendations")


def tables(doc: Doc) -> None:
    """The annex: the states between the two editions, with interval and verdict."""
    if doc.has("tbl_since_split"):
        doc.heading("since-steps-title")
        doc.table("tbl_since_split")


def split_told(doc: Doc, lost: list[Text]) -> None:
    """Where the differences come from, and what could not be computed; also on the page of `make compare`."""
    if not doc.has("tbl_since_parts"):
        return
    doc.heading("compare-split-title")
    doc.paragraph("compare-split", when(bool(lost), "compare-not-run"))
    doc.bullets(*lost)
    doc.table("tbl_since_parts")


def differences_told(doc: Doc) -> None:
    """What differs, in sentences and tables; also the page of `make compare`."""
    verdicts = doc.has("tbl_since_verdicts")
    doc.paragraph(when(verdicts, "since-verdicts"))
    doc.table("tbl_since_verdicts")
    doc.table("tbl_since_effects")
    doc.paragraph("since-data")
    doc.table("tbl_since_data")
    for name in ("settings", "methods"):
        some = doc.value(f"since_{name}_n") > 0
        doc.paragraph(f"since-{name}-some" if some else f"since-{name}-none")
        doc.table(f"tbl_since_{name}")
