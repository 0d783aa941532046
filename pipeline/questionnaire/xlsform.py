"""The questionnaire as an XLSForm (xlsform.org), for KoboToolbox and ODK.

Nothing in it asks for a person, a device or a place: no `deviceid`, `username`, `start`, `geopoint`. The names of
questions are the fields that the cleaning step reads, so that an export needs no editing.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from pipeline.languages.known import DEFAULT, languages
from pipeline.questionnaire import wording
from pipeline.questionnaire.assignment import LETTERS
from pipeline.spreadsheets import append_row, repack
from pipeline.study.parts import Text
from pipeline.study.survey import FORMATS, Survey

SETTINGS = ("form_title", "form_id", "version", "default_language")

Row = dict[str, Any]


def survey_columns() -> list[str]:
    """Columns of the sheet `survey`, with a label and a hint in each language."""
    said = [*_said("label"), *_said("hint")]
    return ["type", "name", *said, "required", "relevant", "appearance", "constraint", "calculation"]


def _said(kind: str) -> list[str]:
    return [f"{kind}::{_language(lang)}" for lang in languages()]


def _language(lang: str) -> str:
    return f"{wording.word('language')[lang]} ({lang})"


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
    _fill(page, survey_columns(), _survey(survey))
    _fill(book.create_sheet("choices"), ["list_name", "name", *_said("label")], _choices(survey, batches))
    settings = {"form_title": survey.title[DEFAULT], "form_id": form_id, "version": version,
                "default_language": _language(DEFAULT)}  # fmt: skip
    _fill(book.create_sheet("settings"), list(SETTINGS), [settings])
    raw = io.BytesIO()
    book.save(raw)
    path.write_bytes(repack(raw))


def _fill(page: Any, columns: list[str], rows: list[Row]) -> None:
    append_row(page, columns)
    for row in rows:
        append_row(page, [row.get(column) for column in columns])


def _in_all(text: Text, kind: str = "label") -> Row:
    return dict(zip(_said(kind), (text[lang] for lang in languages()), strict=True))


def _survey(survey: Survey) -> list[Row]:
    rows: list[Row] = [{"type": "note", "name": "introduction", **_in_all(survey.introduction)}]
    rows.append({"type": "begin group", "name": "about", **_in_all(wording.word("about"))})
    rows.append(
        {
            "type": "select_one batches",
            "name": "batch",
            **_in_all(wording.word("batch")),
            "required": "yes",
            "appearance": "minimal",
        }
    )
    for trait in survey.demographics:
        rows.append({"type": f"select_one {trait.name}", "name": trait.name, **_in_all(trait.text), "required": "yes"})
    rows.append({"type": "select_one modes", "name": "mode", **_in_all(wording.word("mode")), "required": "yes"})
    rows.append({"type": "integer", "name": "contact", **_in_all(wording.word("contact")), "required": "yes",
                 "constraint": ". >= 1 and . <= 9"})  # fmt: skip
    rows.append({"type": "end group"})
    for scale in survey.scales:
        rows.append(
            {"type": "begin group", "name": scale.name, **_in_all(wording.word("agree")), "appearance": "field-list"}
        )
        rows += [
            {"type": "select_one points", "name": item.name, **_in_all(item.text), "appearance": "likert"}
            for item in scale.items
        ]
        rows.append({"type": "end group"})
    if survey.reward is not None:
        rows.append({"type": "begin group", "name": "reward", **_in_all(wording.word("reward"))})
        rows.append({"type": "select_one yes_no", "name": survey.reward.name, **_in_all(survey.reward.text)})
        rows.append({"type": "end group"})
    if survey.sensitive is not None:
        rows += _protected(survey)
    if survey.open_question is not None:
        rows.append({"type": "begin group", "name": "open", **_in_all(wording.word("suggestions"))})
        rows.append({"type": "text", "name": survey.open_question.name, **_in_all(survey.open_question.text),
                     **_in_all(wording.word("no-names"), "hint"), "appearance": "multiline"})  # fmt: skip
        rows.append({"type": "end group"})
    rows.append({"type": "calculate", "name": "complete", "calculation": "1"})
    return rows


def _protected(survey: Survey) -> list[Row]:
    """The letter on the card, one question a design, and the answer gathered from whichever was shown."""
    bank = survey.sensitive
    assert bank is not None
    rows: list[Row] = [{"type": "begin group", "name": "protected", **_in_all(wording.word("card"))}]
    rows.append(
        {"type": "select_one formats", "name": "format", **_in_all(wording.word("letter")), "appearance": "horizontal"}
    )
    for design in FORMATS:
        row: Row = {"type": "select_one yes_no", "name": f"by_{design}", **_in_all(wording.instruction(design, bank))}
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
        return {"list_name": kind, "name": code, **_in_all(label)}

    rows = [choice("batches", code, wording.same(code)) for code in batches]
    for trait in survey.demographics:
        rows += [choice(trait.name, one.code, one.label) for one in trait.choices]
    rows += [choice("modes", code, wording.word(f"mode-{code}")) for code in wording.MODES]
    rows += [choice("points", point.code, point.label) for point in survey.points]
    rows += [choice("yes_no", "1", wording.word("yes")), choice("yes_no", "0", wording.word("no"))]
    if survey.sensitive is not None:
        rows += [choice("formats", design, wording.same(letter)) for design, letter in LETTERS.items()]
    return rows
