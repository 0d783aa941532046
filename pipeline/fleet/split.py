"""One national panel as many studies: a study a place, each from the same template, in a work folder of their own.

`data/fleet/<name>/` holds them as a root of its own (`studies/`, `data/raw/`, `data/published/`, `build/`), closed to
others; its `reports` lead to `reports/fleet/<name>/`, beside the page. What does not differ is not written again.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from pipeline.errors import Faults, SourceError, StudyError
from pipeline.fleet.run import Fleet, checked_name
from pipeline.private import FILE_MODE, private_folder
from pipeline.run.steps import parse_languages
from pipeline.secret import KEY_FILE, KEY_VARIABLE, secret_key
from pipeline.sources.kinds import BOOKS
from pipeline.sources.peek import peek
from pipeline.study import Study, load_study

FILE = "panel.csv"
"""A place's own panel."""
_LABEL = re.compile(r"[^\W_][\w .,'’()&-]*")
"""A name that is text and nothing else wherever it stands: on a page, in a path, in a spreadsheet's cell."""
_LONGEST = 60
_NOT_COPIED = ("study.yml", "plan.json", "fetch.py", "package.yml")
_SHOWN = 8


def split_fleet(
    file: Path,
    column: str,
    template: str,
    home: Path,
    name: str,
    tell: Callable[[str], None],
    **options: str,
) -> Fleet:
    """The fleet of a national file's places; writes their studies and panels.

    Args:
        file: The panel of all places: text, workbook, Parquet, Stata.
        column: Its column that names the place of each row.
        template: The study that each place's is made from: a panel study, whose `panel.file` is not read.
        home: Where studies and reports lie.
        name: Of the fleet; the template's where not given.
        tell: Told what was set aside.
        options: edition, lang, engine.

    Raises:
        SourceError: The file cannot be read.
        StudyError: The template or the column cannot be used, or names of places are none: all of those at once.
    """
    parse_languages(options.get("lang", "id"))
    study = _template(template, home)
    seen = peek(file, str(file))
    labels, places = places_of(seen.frame, column, str(file), tell)
    edition = _edition(options.get("edition", "latest"), seen.frame, study, str(file))
    chosen = checked_name(name or study.name)
    root = private_folder(home / "data" / "fleet" / chosen)
    _lead_to_reports(root, home / "reports" / "fleet" / chosen)
    _share_key(root, home, study)
    typed = seen.grid.kind in (*BOOKS, "parquet", "dta")
    content = _content(home / "studies" / template / "study.yml")
    for slug, label in labels.items():
        rows = seen.frame[(places == label).to_numpy()].drop(columns=[column])
        own = root / "studies" / slug
        _copy(home / "studies" / template, own)
        _write(own / "study.yml", study_text(content, label, typed))
        _write(root / "data" / "raw" / slug / edition / FILE, panel_text(rows))
    known = {path.parent.name for path in (root / "studies").glob("*/study.yml")}
    gone = sorted(known - labels.keys())
    if gone:
        tell(f"No longer in the file, and left as they were: {_some(gone)}")
    tell(f"{len(labels)} places of {file.name}, edition {edition}: data/fleet/{chosen}/")
    return Fleet(chosen, home, root, tuple(sorted(labels)), labels, **{**options, "edition": edition})


def places_of(
    frame: pd.DataFrame, column: str, shown: str, tell: Callable[[str], None]
) -> tuple[dict[str, str], pd.Series]:
    """The places by the name of their study, sorted, and each row's place.

    Args:
        frame: The national file's cells as text.
        column: The column of places.
        shown: The file, as messages name it.
        tell: Told how many rows name no place.

    Raises:
        StudyError: There is no such column, no place, or a name that is none or that two places share.
    """
    if column not in frame:
        heads = ", ".join(repr(str(head)) for head in frame)
        raise StudyError(
            f"The file has no column {column!r}." if column else "It is not said which column names the places.",
            where=shown,
            expected=f"COLUMN=… with one of {heads}",
        )
    places = frame[column].map(lambda cell: None if cell is None else str(cell))
    without = int(places.isna().sum())
    if without:
        tell(f"{without} of {len(frame)} rows name no place and are set aside.")
    by_slug: dict[str, list[str]] = {}
    faults = Faults()
    where, todo = f"{shown}, column {column}", "Correct the names in the file; nothing was made."
    for label in sorted(places.dropna().unique()):
        slug = slug_of(label)
        if not _LABEL.fullmatch(label) or not slug or len(label) > _LONGEST:
            faults.meet(
                StudyError(
                    f"{label[:_LONGEST]!r} cannot name a place.",
                    where=where,
                    expected=f"letters, digits, blanks and .,'()&- (at most {_LONGEST}), a letter or digit first",
                    todo=todo,
                )
            )
        else:
            by_slug.setdefault(slug, []).append(label)
    for slug, written in by_slug.items():
        if len(written) > 1:
            faults.meet(
                StudyError(
                    f"Names that differ in writing alone: {', '.join(map(repr, written))}.",
                    where=where,
                    expected=f"one name a place (they would share the folder {slug})",
                    todo=todo,
                )
            )
    faults.stop()
    if not by_slug:
        raise StudyError("No row names a place.", where=where, todo="Name another column.")
    return {slug: written[0] for slug, written in sorted(by_slug.items())}, places


def slug_of(label: str) -> str:
    """The name of a place's study: its letters and digits without accents, small, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def study_text(template: Mapping[str, Any], label: str, typed: bool) -> str:
    """A place's study file: the template with the place in the title and its own panel.

    Args:
        template: The template's file as YAML holds it.
        label: The place.
        typed: Whether the national file held numbers as numbers, which are written with a point.
    """
    title = template["title"]
    named = {lang: f"{words} – {label}" for lang, words in title.items()}
    panel = {key: value for key, value in template["panel"].items() if key not in ("encoding", "separator", "sheet")}
    if typed:
        panel["decimal"] = "."
    content = {key: value for key, value in template.items() if key != "name"}
    content |= {"title": named, "panel": panel | {"file": FILE}}
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)


def panel_text(rows: pd.DataFrame) -> str:
    """A place's rows as CSV, cells as they were read."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([str(head) for head in rows])
    writer.writerows([["" if cell is None else str(cell) for cell in row] for row in rows.itertuples(index=False)])
    return out.getvalue()


def _template(name: str, home: Path) -> Study:
    if not name:
        raise StudyError("It is not said from which study each place's is made.", expected="STUDY=template")
    study = load_study(name, home)
    where = f"studies/{name}/study.yml"
    if study.panel is None:
        raise StudyError("A national panel needs a template with a ready panel.", where=where, expected="the key panel")
    if study.panel.expect is not None:
        raise StudyError(
            "Control totals of all places together hold for none of them.",
            where=f"{where}, key panel.expect",
            todo="Take them out of the template, and hold them against the national file itself.",
        )
    return study


def _edition(asked: str, frame: pd.DataFrame, study: Study, shown: str) -> str:
    """The edition's year: the one asked for, or the last one that the column of periods names."""
    if asked != "latest":
        if not re.fullmatch(r"\d{4}", asked):
            raise StudyError(f"{asked!r} is no year.", where="option EDITION", expected="four digits")
        return asked
    assert study.panel is not None
    if study.panel.period not in frame:
        raise SourceError(
            f"The file has no column {study.panel.period!r}, which the template names for the periods.",
            where=shown,
            expected=", ".join(repr(str(head)) for head in frame),
            code="column_missing",
        )
    years = [
        int(found)
        for cell in frame[study.panel.period].dropna().unique()
        for found in re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", str(cell))
    ]
    if not years:
        raise StudyError("The periods name no year.", where=shown, expected="EDITION=2024")
    return str(max(years))


def _content(path: Path) -> dict[str, Any]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(content, dict)  # it was loaded as a study before
    return content


def _copy(template: Path, own: Path) -> None:
    """What the template's folder holds beside its study file: words, chapters, notebooks, references of its own."""
    private_folder(own)
    for source in sorted(template.rglob("*")):
        part = source.relative_to(template)
        if source.is_file() and part.parts[0] not in _NOT_COPIED and "__pycache__" not in part.parts:
            (own / part).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, own / part)


def _write(path: Path, text: str) -> None:
    """Write a file in one piece, readable by its owner only, unless it holds that text."""
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    private_folder(path.parent)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(text, encoding="utf-8", newline="")
    partial.chmod(FILE_MODE)
    partial.replace(path)


def _lead_to_reports(root: Path, final: Path) -> None:
    final.mkdir(parents=True, exist_ok=True)
    link = root / "reports"
    if not link.is_symlink() and not link.exists():
        link.symlink_to(os.path.relpath(final, root), target_is_directory=True)


def _share_key(root: Path, home: Path, study: Study) -> None:
    """One key of pseudonyms for all places, the one of the person who runs it."""
    persons = study.panel is not None and study.panel.person_units and study.public_key is None
    if persons and not os.environ.get(KEY_VARIABLE):
        secret_key(home)
    link = root / KEY_FILE
    if (home / KEY_FILE).is_file() and not link.is_symlink() and not link.exists():
        link.symlink_to(os.path.relpath(home / KEY_FILE, root))


def _some(names: list[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
