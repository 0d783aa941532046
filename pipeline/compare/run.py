"""`make compare`: what differs between two editions, and which part of each difference comes from what."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table as Screen

from pipeline.audit.bounds import narrowed, too_few
from pipeline.audit.run import refuse
from pipeline.chapters import since
from pipeline.chapters.reasons import VERDICTS
from pipeline.compare.split import State, parts, states
from pipeline.compare.workspace import Workspace, key_at_hand
from pipeline.errors import StudyError
from pipeline.languages.catalogue import say, use
from pipeline.languages.message import Digits, Text, literal, msg
from pipeline.ledger.counts import Thresholds
from pipeline.ledger.entries import Column, Ledger, Results, read_ledgers, read_results
from pipeline.private import private_folder
from pipeline.published.record import Record, last, path_of, read
from pipeline.report import tables
from pipeline.report.doc import Doc, when
from pipeline.report.document import build_document
from pipeline.report.render import render
from pipeline.run.build import Request, make_target, published_record, told_in_one_screen
from pipeline.run.lock import Lock
from pipeline.run.publish import publish_folder
from pipeline.run.steps import Target

FOLDER = "compare"
EXHIBITS = ("verdicts", "effects", "split", "data", "settings", "methods")


def compare(request: Request, with_edition: str = "") -> list[Path]:
    """Compare an edition with an earlier one that was published, on the screen and in reports/<study>/<edition>/compare/.

    Args:
        request: The later edition.
        with_edition: Year of the earlier one; the last that was published where not given.

    Returns:
        The files written.

    Raises:
        StudyError: One of the editions is not there.
        UserError: The later edition cannot be made.
    """
    console = Console(stderr=True, highlight=False, soft_wrap=True)

    def tell(text: str) -> None:
        console.print(text, markup=False)

    target = make_target(request._replace(blind=False))
    then = _then(target, with_edition)
    use(target.root / "studies" / target.study.name / "text")
    with told_in_one_screen(target.root), _private(target, tell) as folder, key_at_hand(target):
        work = Workspace(folder / "w", target, then, tell)
        here = request._replace(edition=str(target.edition), root=work.folder, blind=False)
        found = states(work, here, tell)
        now = published_record(make_target(here))
        return _write(target, then, now, found, folder)


@contextmanager
def _private(target: Target, tell: Callable[[str], None]) -> Iterator[Path]:
    """A folder for the comparison, closed to others and gone afterwards; what a killed one left goes first."""
    folder = target.root / "build" / f".{FOLDER}" / target.study.name
    with Lock(target.root, f"{target.study.name}-{FOLDER}", tell, "comparing editions"):
        shutil.rmtree(folder, ignore_errors=True)
        try:
            yield private_folder(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _then(target: Target, asked: str) -> Record:
    """The record of the earlier edition."""
    study, edition, root = target.study.name, target.edition, target.root
    if not asked:
        found = last(study, edition, root)
        if found is None:
            raise StudyError(
                f"No edition before {edition} was published here.",
                where=f"data/published/{study}/",
                todo=f"Publish the earlier one first: make report STUDY={study} EDITION={edition - 1}",
            )
        return found
    if not asked.isdigit() or int(asked) >= edition:
        raise StudyError(
            f"Edition {edition} cannot be compared with {asked!r}.", expected=f"the year of an edition before {edition}"
        )
    found = read(study, int(asked), root)
    if found is None:
        raise StudyError(
            f"Edition {asked} was not published here.",
            where=path_of(study, int(asked), root).relative_to(root).as_posix(),
            expected="the record that is written when an edition is published",
            todo=f"Make it first: make report STUDY={study} EDITION={asked}",
        )
    return found


def _write(target: Target, then: Record, now: Record, found: list[State], work: Path) -> list[Path]:
    """Record what differs, show it, and publish its page in one piece."""
    results, study = work / "results", target.study
    rule = study.disclosure
    persons = study.panel is not None and study.panel.person_units
    limits = Thresholds(rule.min_persons, rule.min_persons if persons else rule.min_units)
    with Ledger(FOLDER, results, languages=target.languages, thresholds=limits) as ledger:
        ledger.text("since_edition", str(then.edition))
        ledger.text("since_same_code", "yes" if then.code == now.code else "no")
        since.record_differences(ledger, study, then, now)
        record_split(ledger, study, then, now, found)
    recorded, shown = read_ledgers(results), read_results(results)
    refuse([*narrowed(recorded, shown, []), *too_few(shown, recorded.thresholds)])
    draft = work / FOLDER
    draft.mkdir()
    unsigned = study.model_copy(update={"report": study.report.model_copy(update={"signatories": []})})
    for lang in target.languages:
        stem = FOLDER if len(target.languages) == 1 else f"{FOLDER}-{lang}"
        document = build_document(
            unsigned,
            target.edition,
            lang,
            results,
            work / lang,
            layout=lambda doc: page(doc, found),
            root=target.root,
        )
        made = render(document, work / lang / "made", ("html",), lang=lang, engine="embedded")
        shutil.copyfile(made.files["html"], draft / f"{stem}.html")
        shutil.copyfile(document, draft / f"{stem}.md")
    show(shown, target)
    final = target.published(target.languages[0]).parent / FOLDER
    publish_folder(draft, final)
    return sorted(final.iterdir())


def record_split(ledger: Ledger, study: Any, then: Record, now: Record, found: list[State]) -> None:
    """The table of the ways from the earlier edition's numbers to the later's; nothing where no effect has one."""
    named = since.labels(study, then.headline, now.headline)
    texts: dict[str, Text] = {
        "same": literal(""),
        "as_published": msg("compare-as-published", edition=str(then.edition)),
    }
    rows: list[dict[str, Any]] = []
    for name in named:
        first = then.headline.effects.get(name)
        texts[f"{name}_0"] = since.shown(first)
        start = {"effect": name, "part": "as_published", "change": "same", "after": f"{name}_0"}
        rows.append(start | {"verdict": first.verdict if first else None})
        for order, part in enumerate(parts(then.headline, found, name), 1):
            key = "_".join(part.changed)
            words = [msg(f"compare-part-{one}") for one in part.changed]
            texts[key] = words[0] if len(words) == 1 else msg("compare-together", parts=words)
            texts[f"{name}_{order}"] = since.shown(part.after)
            step = f"{name}_change_{order}"
            decimals = part.after.decimals if part.after else 3
            texts[step] = literal("–" if part.change is None else Digits(part.change, decimals, signed=True))
            row = {"effect": "same", "part": key, "change": step, "after": f"{name}_{order}"}
            rows.append(row | {"verdict": part.after.verdict if part.after else None})
    if not rows:
        return
    frame = pd.DataFrame(rows)
    verdicts = since.coded(VERDICTS, frame["verdict"])
    ledger.table(
        "tbl_since_split",
        frame,
        [
            Column("effect", msg("common-effect"), "code", codes={**named, "same": literal("")}),
            Column("part", msg("compare-part"), "code", codes=texts),
            Column("change", msg("compare-change"), "code", codes=texts),
            Column("after", msg("compare-after"), "code", codes=texts),
            Column("verdict", msg("common-verdict"), "code", codes=verdicts),
        ],
        caption=msg("tbl-since-split"),
        notes=msg("tbl-since-split.notes"),
    )


def page(doc: Doc, found: list[State]) -> None:
    """The page: what differs, and the ways of the numbers."""
    doc.heading(msg("compare-title", then=doc.code("since_edition")), 1, "sec-compare", ["unnumbered"])
    doc.paragraph("since-opening")
    if doc.has("tbl_since_split"):
        doc.heading("compare-split-title")
        doc.paragraph("compare-split", when(any(state.headline is None for state in found), "compare-not-run"))
        lost = [state for state in found if state.headline is None]
        doc.bullets(*(msg("compare-lost", part=msg(f"compare-part-{one.changed}"), why=one.why) for one in lost))
        doc.table("tbl_since_split")
    doc.heading("compare-what-title")
    since.differences_told(doc)
    doc.paragraph("since-code-same" if doc.code("since_same_code") == "yes" else "since-code-other")


def show(shown: Results, target: Target) -> None:
    """The tables on the screen, in the first of the languages."""
    console, lang = Console(highlight=False), target.languages[0]
    if not console.is_terminal:
        console.width = 160  # plain lines that a log can hold
    for name in (f"tbl_since_{exhibit}" for exhibit in EXHIBITS):
        entry = shown.tables.get(name)
        if entry is None:
            continue
        screen = Screen(title=say(entry.caption, lang), title_justify="left")
        for column in entry.columns:
            head = say(column.label, lang)
            screen.add_column(f"{say(column.group, lang)}: {head}" if column.group else head)
        for row in entry.rows:
            cells = [tables.cell(row.get(c.key), c, lang, target.study.period_kind, name) for c in entry.columns]
            screen.add_row(*(cell.replace("\\", "").replace("[", r"\[") for cell in cells))
        console.print(screen)
