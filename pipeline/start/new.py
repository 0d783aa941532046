"""`make new`: a study file from an office's own file, with each guess shown and each question answered by a person."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import StudyError
from pipeline.languages.catalogue import say
from pipeline.languages.known import DEFAULT, languages
from pipeline.languages.message import Message, msg
from pipeline.sources.peek import Peek, peek
from pipeline.start.guess import FORMS, Guess, Guesses, guess, periods_of, unread
from pipeline.study import load_study

Ask = Callable[[str, str | None, str], str]
"""Asks a question: its words, the guess (None where there is none) and what the guess rests on; returns the answer."""


def new_study(name: str, file: Path, root: Path, ask: Ask, edition: str = "") -> Path:
    """Write studies/<name>/study.yml and put the file into data/raw/<name>/<edition>/; all of it or nothing.

    Args:
        name: The new study's name.
        file: The office's file: a panel, one row a unit and period.
        root: Folder of studies and data.
        ask: Asks a question.
        edition: The edition's year; the file's last one where not given.

    Returns:
        The study file.

    Raises:
        StudyError: The name is taken or no name, or a question has no answer.
        SourceError: The file cannot be read.
    """
    if not file.name:
        raise StudyError(
            "A new study needs a name and a file.", expected="make new STUDY=my-study FILE=path/to/panel.xlsx"
        )
    folder = root / "studies" / name
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name):
        raise StudyError(
            f"{name!r} is no name of a study.", expected="small letters, digits and hyphens: STUDY=my-study"
        )
    if folder.exists():
        raise StudyError("There is a study of that name.", where=f"studies/{name}", todo="Take another name.")
    seen = peek(file, str(file))
    found = guess(seen.frame)
    content = _content(seen, found, file.name, ask)
    year = edition or str(found.last_year or "") or ask("Year of the edition", None, "")
    raw = root / "data" / "raw" / name / year
    try:
        folder.mkdir(parents=True)
        (folder / "study.yml").write_text(_text(name, file.name, content, found), encoding="utf-8")
        raw.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, raw / file.name)
        load_study(name, root)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(raw.parent, ignore_errors=True)
        raise
    return folder / "study.yml"


def _content(seen: Peek, found: Guesses, file: str, ask: Ask) -> dict[str, Any]:
    columns = list(seen.frame)

    def column(words: str, guessed: Guess | None, *, needed: bool = True, why: str = "no column looks like it") -> str:
        default = guessed.column if guessed else None if needed else "-"
        answer = ask(words, default, guessed.why if guessed else why)
        if answer == "-" and not needed:
            return ""
        if answer not in columns:
            raise StudyError(f"The file has no column {answer!r}.", expected="one of " + ", ".join(map(repr, columns)))
        return answer

    period, frequency = _periods(seen, found, column)
    panel: dict[str, Any] = {"file": file, "unit": column("Column of the units", found.unit), "period": period}
    if found.treated is not None and found.cohort is None:
        panel["treated"] = column("Column that is 1 under the programme and 0 before", found.treated)
    else:
        panel["cohort"] = column("Column of each unit's first period in the programme", found.cohort)
    cluster = column("Column of groups that were chosen together (- for none)", found.cluster, needed=False)
    panel |= {"cluster": cluster} if cluster else {}
    panel |= _reading(seen, found, frequency)
    if found.unclear:
        panel["decimal"] = ask(
            f"Decimal mark of numbers such as {found.unclear} (a comma or a point)", found.decimal, "both fit"
        )
    outcome = column("Column of the outcome", found.outcomes[0] if found.outcomes else None)
    label = ask("Name of the outcome, as the report prints it", outcome, "the heading")
    better = ask("Is higher or lower better", "higher", "usual")

    def worded(question: str, usual: Message, why: str) -> dict[str, str]:
        """An answer for every language: where it is the usual one, each has its own."""
        each = {lang: say(usual, lang) for lang in languages()}
        given = ask(question, each[DEFAULT], why)
        return each if given == each[DEFAULT] else dict.fromkeys(each, given)

    title = worded("Title of the evaluation", msg("new-title", outcome=label), "the outcome")
    programme = worded("The programme, as inside a sentence", msg("new-programme"), "usual")
    institution = worded("Office that publishes the report", msg("new-institution"), "fill it in later")
    return {
        "title": title,
        "seed": 1,
        "report": {"institution": institution},
        "program": {
            "label": programme,
            "unit_label": {lang: say(msg("new-unit"), lang) for lang in languages()},
            "period_label": {lang: say(msg(f"new-{frequency}"), lang) for lang in languages()},
        },
        "panel": panel,
        "outcomes": [{"name": _plain(outcome), "column": outcome, "label": dict.fromkeys(languages(), label),
                      "better": better, "unit": "points"}],
    }  # fmt: skip


def _periods(seen: Peek, found: Guesses, column: Callable[..., str]) -> tuple[str, str]:
    """The column of the periods and how often they are. It is asked for first: without it no unit can be told.

    Raises:
        StudyError: Its cells cannot be read as periods.
    """

    def trouble(name: str) -> str:
        return f"column {name!r} looks like periods, but {unread(seen.frame[name])} cannot be read; read are {FORMS}"

    why = {"why": trouble(found.period_like)} if found.period_like else {}
    period = column("Column of the periods", found.period, **why)
    how = periods_of(seen.frame[period])
    if how is None:
        raise StudyError(
            f"The periods of the column {period!r} cannot be read: {unread(seen.frame[period])}.",
            expected=FORMS,
            todo="Correct the column, or name another one.",
        )
    return period, how.frequency


def _reading(seen: Peek, found: Guesses, frequency: str) -> dict[str, Any]:
    """Keys that say how the file is read, where a default would not do."""
    keys: dict[str, Any] = {}
    if frequency != "year":
        keys["frequency"] = frequency
    if found.persons:
        keys["person_units"] = True
    if found.decimal == ",":
        keys["decimal"] = ","
    if seen.grid.sheet is not None:
        keys["sheet"] = seen.grid.sheet
    if seen.grid.encoding not in (None, "utf-8", "utf-8-sig"):
        keys["encoding"] = seen.grid.encoding
    return keys


def _plain(text: str) -> str:
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])", "_", text)  # lifeExp are two words
    name = re.sub(r"[^a-z0-9]+", "_", apart.casefold()).strip("_")
    return name if re.match(r"[a-z]", name) else f"outcome_{name}".rstrip("_")


def _text(name: str, file: str, content: dict[str, Any], found: Guesses) -> str:
    told = [("unit", found.unit), ("period", found.period), ("cohort", found.cohort), ("treated", found.treated),
            ("cluster", found.cluster), *(("could be an outcome", one) for one in found.outcomes)]  # fmt: skip
    lines = [f"# The study {name}, written from {file}. What the columns looked like:"]
    lines += [f"#   {role}: {one.column!r} ({one.why})" for role, one in told if one is not None]
    lines.append("# Every key is described in docs/study.md; `make check` shows what is understood.")
    return "\n".join(lines) + "\n\n" + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
