"""`make compare`: what differs between two editions, and which part of each difference comes from what."""

from __future__ import annotations

import shutil
from pathlib import Path

from rich.console import Console
from rich.table import Table as Screen

from pipeline.audit.bounds import narrowed, too_few
from pipeline.audit.run import refuse
from pipeline.chapters import since
from pipeline.chapters.headlines import record_split
from pipeline.compare.split import FOLDER, compute, kept, private_workspace, run
from pipeline.compare.workspace import Workspace, key_at_hand
from pipeline.errors import StudyError
from pipeline.languages.catalogue import say, use
from pipeline.languages.message import Text, literal, msg
from pipeline.ledger.counts import Thresholds
from pipeline.ledger.entries import Ledger, Results, read_ledgers, read_results
from pipeline.published.record import Record, last, path_of, read
from pipeline.published.split import State
from pipeline.report import tables
from pipeline.report.doc import Doc
from pipeline.report.document import build_document
from pipeline.report.render import render
from pipeline.report.tables import escape
from pipeline.run.build import Request, make_target, told_in_one_screen
from pipeline.run.publish import publish_folder
from pipeline.run.recorded import published_record
from pipeline.run.steps import Target

EXHIBITS = ("verdicts", "effects", "parts", "split", "data", "settings", "methods")


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
    with told_in_one_screen(target.root), private_workspace(target, tell) as folder, key_at_hand(target):
        work = Workspace(folder / "w", target, then, tell)
        found = kept(target, then) or compute(work, request, target, tell)
        here = request._replace(edition=str(target.edition), root=work.folder, blind=False)
        run("choices", here, tell)
        now = published_record(make_target(here))
        return _write(target, then, now, found.way(now.headline), folder)


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


def page(doc: Doc, found: list[State]) -> None:
    """The page: what differs, and the ways of the numbers."""
    doc.heading(msg("compare-title", then=doc.code("since_edition")), 1, "sec-compare", ["unnumbered"])
    doc.paragraph("since-opening")
    lost = [one for one in found if one.lost]
    since.split_told(doc, [msg("compare-lost", part=msg(f"compare-part-{one.changed}"), why=_why(one)) for one in lost])
    doc.table("tbl_since_split")
    doc.heading("compare-what-title")
    since.differences_told(doc)
    doc.paragraph("since-code-same" if doc.code("since_same_code") == "yes" else "since-code-other")


def _why(state: State) -> Text:
    files = ", ".join(state.absent)
    return msg("compare-absent", files=escape(files)) if files else literal(escape(state.error))


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
