"""What became of reviewers' remarks on the last edition: where, of what kind, in which role, their state and the answer.

The remarks' own words stay in the list (`pipeline.review.listing`): they were written for those who make the report, and may
name persons. What is told lies beside it, without words and initials; reviewers are told by the role that the list declares.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import yaml

from pipeline.errors import StudyError
from pipeline.languages.message import Text, literal, msg
from pipeline.ledger.entries import Column, Ledger
from pipeline.published.record import BACK
from pipeline.report.doc import Doc, when
from pipeline.review.listing import path_of, read, told_path, told_text
from pipeline.review.remark import KINDS, STATES

if TYPE_CHECKING:
    from pipeline.notebook import Edition

_KINDS = {kind: msg(f"reviewed-kind-{kind}") for kind in KINDS}
_STATES = {state: msg(f"reviewed-state-{state}") for state in STATES}


def record(ledger: Ledger, context: Edition) -> None:
    """The table of remarks on the newest earlier edition that has some; each year is asked for by its name.

    Raises:
        StudyError: The list was edited since what is told was written.
    """
    study, root = context.study.name, context.root
    for year in range(context.year - 1, context.year - 1 - BACK, -1):
        path = told_path(study, year, root)
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            _check_fresh(path_of(study, year, root), text)
            context.inputs[path.relative_to(root).as_posix()] = path
            ledger.text("reviewed_edition", str(year))
            _table(ledger, _rows(text, path))
            return


def _check_fresh(full: Path, text: str) -> None:
    if full.is_file() and told_text(read(full)) != text:
        raise StudyError(
            "The list of reviewers' remarks was edited since.",
            where=str(full),
            todo="Type `make review` for that edition: it writes anew what the report tells.",
        )


def _rows(text: str, path: Path) -> list[dict[str, Any]]:
    rows = yaml.safe_load(text) or []
    whole = isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
    if not whole or any(row.get("kind") not in KINDS or row.get("state") not in STATES for row in rows):
        raise StudyError(
            "What is told of remarks was edited by hand.", where=str(path), todo="Type `make review` again."
        )
    return list(rows)


def _table(ledger: Ledger, told: Sequence[Mapping[str, Any]]) -> None:
    texts: dict[str, Text] = {"nobody": msg("reviewed-by-unknown"), "none": literal("–")}
    rows = []
    for order, one in enumerate(told):
        texts |= {f"{key}_{order}": dict(one[key]) for key in ("role", "answer") if one.get(key)}
        rows.append(
            {
                "place": one.get("place") or "–",
                "kind": one["kind"],
                "by": f"role_{order}" if one.get("role") else "nobody",
                "date": one.get("date") or None,
                "state": one["state"],
                "answer": f"answer_{order}" if one.get("answer") else "none",
            }
        )
    ledger.table(
        "tbl_reviewed",
        pd.DataFrame(rows),
        [
            Column("place", msg("reviewed-place")),
            Column("kind", msg("reviewed-kind"), "code", codes=_KINDS),
            Column("by", msg("reviewed-by"), "code", codes=texts),
            Column("date", msg("reviewed-date")),
            Column("state", msg("reviewed-state"), "code", codes=_STATES),
            Column("answer", msg("reviewed-answer"), "code", codes=texts),
        ],
        caption=msg("tbl-reviewed"),
        notes=msg("tbl-reviewed.notes"),
    )


# --- what the report says ---------------------------------------------------------------------------------------------


def results(doc: Doc) -> None:
    """What became of the remarks, where there were any."""
    doc.paragraph(when(doc.has("tbl_reviewed"), "reviewed-told"))
    doc.table("tbl_reviewed")
