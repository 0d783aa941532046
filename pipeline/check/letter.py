"""A letter, in Indonesian, to the office that sent a file: what keeps the file from being used, and where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from pipeline.check.page import fault_words
from pipeline.errors import StudyError, UserError
from pipeline.languages.catalogue import say
from pipeline.languages.known import DEFAULT
from pipeline.languages.message import Text, msg
from pipeline.report import pandoc
from pipeline.report.tables import escape
from pipeline.study import Study

LANG = DEFAULT
"""Offices are written to in Indonesian, whatever the language of the report."""
_PLACE = re.compile(
    r"(?P<file>data/raw/[^,]+?)(?: \(an HTML page\))?(?:, sheet (?P<sheet>.+?))?(?:, row (?P<row>\d+))?"
    r"(?:, column (?P<column>.+))?"
)
_MOST = 40
"""Faults that one letter lists."""


def letters(study: Study, edition: int, faults: Sequence[UserError], folder: Path) -> list[Path]:
    """Write one letter (DOCX) for each raw file at fault.

    Args:
        study: The study; the key `office` of a source or of the panel names who sent its file.
        edition: The edition's year.
        faults: What stops the report; those that are about no raw file have no letter, and neither have those that the
            study has to mend: an office cannot answer for what is asked of its file.
        folder: Where the letters go, as letter-<year>-<file>.docx.

    Returns:
        The letters.
    """
    by_file: dict[str, list[UserError]] = {}
    for fault in faults:
        place = _place(fault)
        if place is not None and not isinstance(fault, StudyError):
            by_file.setdefault(place["file"], []).append(fault)
    written = []
    for file, found in sorted(by_file.items()):
        stem = re.sub(r"[^\w.-]+", "-", "-".join(Path(file).parts[-2:]))
        path = folder / f"letter-{stem}.docx"
        _write(_text(study, edition, file, found), path)
        written.append(path)
    return written


def _place(fault: UserError) -> dict[str, str] | None:
    found = _PLACE.fullmatch(fault.where.splitlines()[0] if fault.where else "")
    return found.groupdict() if found else None


def _text(study: Study, edition: int, file: str, faults: Sequence[UserError]) -> str:
    name = "/".join(Path(file).parts[-2:])
    office = _office(study, Path(file).name)
    about = {"file": name, "title": study.title[LANG], "edition": str(edition)}
    lines = [escape(study.report.institution[LANG]), f"**{_say('letter-title')}**"]
    lines += [escape(_say("letter-to", office=office)), escape(_say("letter-subject", **about))]
    lines.append(escape(_say("letter-opening", **about)))
    for count, fault in enumerate(faults[:_MOST], 1):
        place = _place(fault) or {}
        named = [part for part in ("sheet", "row", "column") if place.get(part)]
        where = [_say(f"letter-place-{part}", **{part: place[part]}) for part in named]
        said = (f"**{escape(', '.join(where))}**: " if where else "") + escape(say(fault_words(fault), LANG))
        lines.append(f"{count}.  {said}\n\n    *{_say('letter-technical')}*: {escape(fault.what)}")
    lines += [_say("letter-request"), _say("letter-closing")]
    place_of_report = f"{study.report.place}, " if study.report.place else ""
    lines.append(escape(f"{place_of_report}…………………… {edition + 1}"))
    lines += [escape(f"{line.role[LANG]}\n\n{line.name or '……………………'}") for line in study.report.signatories[:1]]
    return "\n\n".join(lines) + "\n"  # fmt: skip


def _office(study: Study, file: str) -> str:
    named = {Path(source.file).name: source.office for source in study.sources.values()}
    if study.panel is not None:
        named[Path(study.panel.file).name] = study.panel.office
    office = named.get(file)
    return office[LANG] if office is not None else _say("letter-office")


def _say(name: Text, **args: str) -> str:
    return say(msg(str(name), **args), LANG)


def _write(text: str, path: Path) -> None:
    source = path.with_suffix(".md")
    source.write_text(text, encoding="utf-8")
    try:
        pandoc.run_checked(
            ["--from=markdown", "--to=docx", f"--metadata=lang:{LANG}", f"--output={path.name}", source.name],
            path.parent,
            "writing a letter",
        )
    finally:
        source.unlink()
