"""The questionnaire as an XLSForm (xlsform.org), for KoboToolbox and ODK.

Nothing in it asks for a person, a device or a place: no `deviceid`, `username`, `start`, `geopoint`. The names of
questions are the fields that the cleaning step reads, so that an export needs no editing.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from pipeline.demo.files import repack
from pipeline.questionnaire import wording
from pipeline.questionnaire.assignment import LETTERS
from pipeline.spreadsheets import append_row
from pipeline.study.parts import Text
from pipeline.study.survey import FORMATS, Survey

LABELS = ("label::Bahasa Indonesia (id)", "label::English (en)")
HINTS = ("hint::Bahasa Indonesia (id)", "hint::English (en)")
SURVEY_COLUMNS = ("type", "name", *LABELS, *HINTS, "required", "relevant", "appearance", "constraint", "calculation")
CHOICE_COLUMNS = ("list_name", "name", *LABELS)
SETTINGS = ("form_title", "form_id", "version", "default_language")

Row = dict[str, Any]


def write_xlsform(path: Path, survey: Survey, batches: list[str], form_id: str, version: str) -> None:
    """Write the workbook with its sheets survey, choices and settings; the same bytes for the same arguments.

    Args:
        path: The .xlsx file.
        survey: The item bank.
        batches: Codes of the batches to choose from.
        form_id: Name of the form on a server.
        version: Version as the server shows it.
    """
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "survey"
    _fill(page, SURVEY_COLUMNS, _survey(survey))
    _fill(book.create_sheet("choices"), CHOICE_COLUMNS, _choices(survey, batches))
    settings = {"form_title": survey.title["id"], "form_id": form_id, "version": version,
                "default_language": "Bahasa Indonesia (id)"}  # fmt: skip
    _fill(book.create_sheet("settings"), SETTINGS, [settings])
    raw = io.BytesIO()
    book.save(raw)
    path.write_bytes(repack(raw))


def _fill(page: Any, columns: tuple[str, ...], rows: list[Row]) -> None:
    append_row(page, list(columns))
    for row in rows:
        append_row(page, [row.get(column) for column in columns])


def _both(text: Text, columns: tuple[str, str] = LABELS) -> Row:
    return {columns[0]: text["id"], columns[1]: text["en"]}


def _survey(survey: Survey) -> list[Row]:
    rows: list[Row] = [{"type": "note", "name": "introduction", **_both(survey.introduction)}]
    rows.append({"type": "begin group", "name": "about", **_both(wording.text("Tentang Anda", "About you"))})
    rows.append(
        {
            "type": "select_one batches",
            "name": "batch",
            **_both(wording.BATCH),
            "required": "yes",
            "appearance": "minimal",
        }
    )
    for trait in survey.demographics:
        rows.append({"type": f"select_one {trait.name}", "name": trait.name, **_both(trait.text), "required": "yes"})
    rows.append({"type": "select_one modes", "name": "mode", **_both(wording.MODE), "required": "yes"})
    rows.append({"type": "integer", "name": "contact", **_both(wording.CONTACT), "required": "yes",
                 "constraint": ". >= 1 and . <= 9"})  # fmt: skip
    rows.append({"type": "end group"})
    for scale in survey.scales:
        rows.append({"type": "begin group", "name": scale.name, **_both(wording.AGREE), "appearance": "field-list"})
        rows += [
            {"type": "select_one points", "name": item.name, **_both(item.text), "appearance": "likert"}
            for item in scale.items
        ]
        rows.append({"type": "end group"})
    if survey.reward is not None:
        rows.append({"type": "begin group", "name": "reward", **_both(wording.text("Penghargaan", "Reward"))})
        rows.append({"type": "select_one yes_no", "name": survey.reward.name, **_both(survey.reward.text)})
        rows.append({"type": "end group"})
    if survey.sensitive is not None:
        rows += _protected(survey)
    if survey.open_question is not None:
        rows.append({"type": "begin group", "name": "open", **_both(wording.text("Saran", "Suggestions"))})
        rows.append({"type": "text", "name": survey.open_question.name, **_both(survey.open_question.text),
                     **_both(wording.NO_NAMES, HINTS), "appearance": "multiline"})  # fmt: skip
        rows.append({"type": "end group"})
    rows.append({"type": "calculate", "name": "complete", "calculation": "1"})
    return rows


def _protected(survey: Survey) -> list[Row]:
    """The letter on the card, one question a design, and the answer gathered from whichever was shown."""
    bank = survey.sensitive
    assert bank is not None
    rows: list[Row] = [{"type": "begin group", "name": "protected", **_both(wording.text("Kartu", "Card"))}]
    rows.append({"type": "select_one formats", "name": "format", **_both(wording.LETTER), "appearance": "horizontal"})
    for design in FORMATS:
        row: Row = {"type": "select_one yes_no", "name": f"by_{design}", **_both(wording.instruction(design, bank))}
        if design.startswith("list"):
            most = len(bank.list_items) + (design == "list_treatment")
            row |= {"type": "integer", "constraint": f". >= 0 and . <= {most}"}
        rows.append({**row, "relevant": f"${{format}} = '{design}'"})
    gathered = f"${{by_{FORMATS[-1]}}}"
    for design in reversed(FORMATS[:-1]):
        gathered = f"coalesce(${{by_{design}}}, {gathered})"
    rows.append({"type": "calculate", "name": "response", "calculation": gathered})
    rows.append({"type": "end group"})
    return rows


def _choices(survey: Survey, batches: list[str]) -> list[Row]:
    def choice(kind: str, code: str, label: Text) -> Row:
        return {"list_name": kind, "name": code, **_both(label)}

    rows = [choice("batches", code, wording.text(code, code)) for code in batches]
    for trait in survey.demographics:
        rows += [choice(trait.name, one.code, one.label) for one in trait.choices]
    rows += [choice("modes", code, label) for code, label in wording.MODES.items()]
    rows += [choice("points", point.code, point.label) for point in survey.points]
    rows += [choice("yes_no", "1", wording.YES), choice("yes_no", "0", wording.NO)]
    if survey.sensitive is not None:
        rows += [choice("formats", design, wording.text(letter, letter)) for design, letter in LETTERS.items()]
    return rows
