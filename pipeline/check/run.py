"""`make check`: what was understood on screen, as a page, as JSON, and in letters to the offices."""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console

from pipeline.chapters import check as chapter
from pipeline.check.letter import letters
from pipeline.check.page import page
from pipeline.check.screen import show
from pipeline.check.understanding import Understanding, understand
from pipeline.errors import StudyError
from pipeline.languages.catalogue import use
from pipeline.ledger.counts import Thresholds
from pipeline.ledger.entries import Ledger, read_results
from pipeline.report.document import build_document
from pipeline.report.render import render
from pipeline.run.publish import publish_folder
from pipeline.run.steps import Target
from pipeline.study.dates import document_day

FOLDER = "check"
_FAULT = ("code", "what", "where", "expected", "todo")


def check(target: Target) -> bool:
    """Read everything, say what was understood, and write it to reports/<study>/<edition>/check/.

    Args:
        target: The study and edition; the page is written in its languages.

    Returns:
        Whether a report can be made: no fault was found that a person must decide on.
    """
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = 120  # plain lines that a log can hold
    use(target.root / "studies" / target.study.name / "text")
    with console.status("Reading the files …") if console.is_terminal else nullcontext():
        what = understand(target.study, target.edition, target.study.raw_root(target.root))
    try:
        document_day(target.study, target.edition, target.root)
    except StudyError as fault:
        what.faults.append(fault)
    show(what, console)
    final = target.published(target.languages[0]).parent / FOLDER
    for path in write(what, target, final):
        console.print(str(path.relative_to(target.root)), soft_wrap=True)
    return not what.faults


def write(what: Understanding, target: Target, final: Path) -> list[Path]:
    """Write page, JSON and letters in one piece; what an earlier check left is replaced."""
    final.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".check-", dir=final.parent) as held:
        draft, results = Path(held) / FOLDER, Path(held) / "results"
        draft.mkdir()
        rule, study = what.study.disclosure, what.study
        persons = study.panel is not None and study.panel.person_units
        thresholds = Thresholds(rule.min_persons, rule.min_persons if persons else rule.min_units)
        with Ledger("check", results, languages=target.languages, thresholds=thresholds) as ledger:
            chapter.record_understood(ledger, study, what.tables(), whole=True)
        for lang in target.languages:
            _page(what, target, lang, results, Path(held) / lang, draft)
        (draft / "check.json").write_text(_json(what, results), encoding="utf-8")
        letters(study, what.edition, what.faults, draft)
        publish_folder(draft, final)
    return sorted(final.iterdir())


def _page(what: Understanding, target: Target, lang: str, results: Path, work: Path, draft: Path) -> None:
    # A page to work with, which nobody approves and which bears no day of the report's.
    unsigned = what.study.report.model_copy(update={"signatories": [], "dates": {}})
    document = build_document(
        what.study.model_copy(update={"report": unsigned}),
        what.edition,
        lang,
        results,
        work,
        layout=lambda doc: page(doc, what.faults, what.looks),
        root=target.root,
    )
    made = render(document, work / "made", ("html",), lang=lang, engine="embedded")
    shutil.copyfile(made.files["html"], draft / f"check{'' if len(target.languages) == 1 else f'-{lang}'}.html")


def _json(what: Understanding, results: Path) -> str:
    """Everything for machines; counts of units as the disclosure gate lets them out."""
    shown = read_results(results).tables
    panel = {
        name.removeprefix("tbl_check_"): shown[name].rows for name in sorted(shown) if name != "tbl_check_settings"
    }
    panel.pop("files", None)
    content: dict[str, Any] = {
        "study": what.study.name,
        "edition": what.edition,
        "ready": not what.faults,
        "faults": [{name: getattr(fault, name) for name in _FAULT} for fault in what.faults],
        "looks": [{"code": look.code, "file": look.file, **look.args} for look in what.looks],
        "files": [asdict(file) for file in what.files],
        "settings": [asdict(one) for one in what.settings],
        **panel,
    }
    return json.dumps(content, ensure_ascii=False, indent=1, default=str) + "\n"
