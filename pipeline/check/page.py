"""The page of `make check`: what a person must decide, what needs a look, and what was understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from pipeline.chapters.check import exhibits
from pipeline.check.understanding import Look
from pipeline.errors import UserError
from pipeline.languages.message import Message, Period, msg
from pipeline.report.doc import Doc, when
from pipeline.report.tables import escape
from pipeline.study import Study

_ROW = re.compile(r"\brow (\d+)")
_EMPTY = re.compile(r"\b(?:nan|NaN|NaT|None|Undefined)\b")


def page(doc: Doc, faults: Sequence[UserError], looks: Sequence[Look]) -> None:
    """The page of `make check`: what a person must decide, what needs a look, and what was understood."""
    doc.heading("check-title", 1, "sec-check", ["unnumbered"])
    doc.paragraph(msg("check-result", faults=len(faults), looks=len(looks)))
    if faults:
        doc.heading("check-faults")
        doc.raw("\n\n".join(_fault(doc, count, fault) for count, fault in enumerate(faults, 1)))
    if looks:
        doc.heading("check-looks")
        doc.raw("\n".join(f"- {_literal(look_words(doc, look))}" for look in looks))
    doc.heading("check-understood")
    doc.paragraph("check-opening", when(bool(faults), "check-not-made"))
    exhibits(doc)


def look_words(doc: Doc, look: Look) -> str:
    """A thing to look at in the document's language, with its file."""
    said = doc.say(look_message(look, doc.study, lambda row: doc.say("letter-place-row", row=row)))
    return f"{look.file}: {said}" if look.file else said


def look_message(look: Look, study: Study, row_words: Callable[[str], str]) -> Message:
    """A thing to look at as a message; `row_words` names a row of a file in the language it will be said in."""
    args: dict[str, Any] = dict(look.args)
    args |= {name: Period(args[name], study.period_kind) for name in ("period", "cohort") if name in args}
    if "shown" in args:
        args["shown"] = _ROW.sub(lambda found: row_words(found[1]), args["shown"])
    return msg(f"check-look-{look.code}", **args)


def fault_words(fault: UserError) -> Message:
    """The kind of a fault in words of the catalogues."""
    return msg(f"fault-{fault.code.replace('_', '-')}" if fault.code else "fault-other")


def _fault(doc: Doc, count: int, fault: UserError) -> str:
    where = _literal(" ".join(fault.where.split()))
    lines = "\n".join(f"    | {_literal(line)}" for line in fault.alone().splitlines())
    return f"{count}.  **{where}** — {doc.say(fault_words(fault))}\n\n{lines}"


def _literal(text: str) -> str:
    """Text as it stands, though it be a word that stands for a missing value elsewhere in a report."""
    return _EMPTY.sub(lambda word: f"&#{ord(word[0][0])};{word[0][1:]}", escape(text.strip()))
