"""A whole run: which steps are out of date, their execution, and publication when all passed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.errors import StepError, StudyError
from pipeline.private import close_to_others, made_private, private_folder
from pipeline.run.stamp import Request, current, drop_stamp, stamp_of, write_stamp

if TYPE_CHECKING:
    from pipeline.run.early import Early
    from pipeline.run.progress import Reporter
    from pipeline.run.steps import Step, Target
    from pipeline.run.workshop import Workshop

__all__ = ["Request", "make_report", "make_target", "run_one_step"]
LOOKS = 3
"""How often a run goes back to what was changed while it was under way before it gives up."""


def make_report(request: Request, settled: Callable[[], bool] = lambda: True) -> bool:
    """Bring the report up to date and publish it; do nothing where it is.

    Args:
        request: Which one.
        settled: Asked at the end: whether what the report shows and no step made (what differences to the last edition
            come from) is still that of the files as they are. Where it is not, the report counts as out of date.

    Returns:
        What `settled` said.

    Raises:
        UserError: Something in the input or a step stops the run; the last good report stays as it was.
    """
    published = current(request)
    if published is not None:
        _say_current(published)
        return True
    with told_in_one_screen(request.root), made_private():
        return _make(request, settled)


def _make(request: Request, settled: Callable[[], bool]) -> bool:
    from pipeline.run.early import Early

    with Early(request.root, request.lang) as early:  # on another core, while this one reads the study
        return _make_with(request, settled, early)


def _make_with(request: Request, settled: Callable[[], bool], early: Early) -> bool:
    from pipeline.audit.run import audit, kept_folder, refuse  # it reads frames and drawings: only where there is work
    from pipeline.installed import made_by
    from pipeline.languages import overrides
    from pipeline.run.closure import remembered
    from pipeline.run.lock import Lock
    from pipeline.run.progress import Reporter, say
    from pipeline.run.steps import plan_steps
    from pipeline.run.workshop import Workshop
    from pipeline.study.dates import document_day

    def waits(text: str) -> None:
        early.close()  # nothing is loaded, perhaps for a long time, beside the run that is waited for
        _aside(text)

    target = make_target(request)
    document_day(target.study, target.edition, target.root)  # one that cannot be is told before anything runs
    say_engine(request.engine)
    with Lock(request.root, f"{target.study.name}-{target.folder}", waits) as lock:
        published = current(request) if lock.waited else None  # the run that was waited for may have made it
        if published is not None:
            _say_current(published)
            return True
        for note in overrides.check(target.root / "studies" / target.study.name / "text"):
            say(note)
        drop_stamp(request)
        for folder in (target.build, target.processed):
            close_to_others(private_folder(folder))  # an earlier version left its files open
        if kept_folder(target).is_dir():
            close_to_others(kept_folder(target))  # who unpacked a replication package has them open
        steps = plan_steps(target)
        reporter = Reporter(len(steps))
        imports = target.root / "build" / target.study.name / ".imports.json"
        with remembered(imports), Workshop(target, steps, reporter, lock, early) as workshop:
            workshop.load_ahead()  # while this process finds out what is out of date
            target, ran = bring_up_to_date(request, target, reporter, lock, Begun(workshop, early.code))
        by = made_by(early.code)
        refuse(audit(target, by=by, ahead=workshop.searched()))
        changed = _publish(target, by)
        held = settled()
        if held:
            _stamp(request, target, early.code)
    if not ran and not changed:
        say("Nothing has changed; the report is up to date:")
    else:
        done = ", ".join(f"{name} {reporter.seconds[name]:.1f} s" for name in ran) or "none"
        say(f"Executed: {done}")
        say(f"Skipped (unchanged): {', '.join(n for n in reporter.skipped if n not in ran) or 'none'}")
        say("Report:")
    for lang in target.languages:
        for path in sorted(target.published(lang).iterdir()):
            say(f"  {path.relative_to(target.root)}" + ("/" if path.is_dir() else ""))
    return held


def say_engine(choice: str) -> None:
    """Say in one line why Quarto does not render though it is installed.

    Raises:
        RenderError: The engine that was insisted on cannot render here.
    """
    from pipeline.run.present import engine

    if choice in ("auto", "embedded") and engine(choice) == "embedded":
        return  # there is no Quarto to say anything of
    from pipeline.report.engine import resolved_engine
    from pipeline.run.progress import say

    renderer = resolved_engine(choice)
    if renderer.note:
        say(renderer.note)


def make_target(request: Request) -> Target:
    """The study, edition and places that a request means; fetches published data where the study does so.

    Raises:
        StudyError: The study, edition or language does not exist.
    """
    from pipeline.run.steps import Target, parse_languages
    from pipeline.study import load_study

    study = load_study(request.study, request.root)
    languages = parse_languages(request.lang)
    if study.fetch and not study.available_periods(request.root):
        from pipeline.run.fetch import fetch

        fetch(study, request.root, _aside)
    edition = study.resolve_edition(request.edition, request.root)
    if request.blind and study.continuous:
        raise StudyError(
            "A study of doses has no participation that could be dealt out anew.",
            where=f"studies/{study.name}/study.yml, key panel.dose",
            todo="Leave out BLIND=1.",
        )
    return Target(study, edition, languages, request.engine, request.root, request.blind)


def bring_up_to_date(
    request: Request, target: Target, reporter: Reporter, lock: Any = None, begun: Begun | None = None
) -> tuple[Target, list[str]]:
    """Run the steps that are out of date until a look at everything finds none.

    What is changed while the run is under way is noticed by that look and its steps run once more, so that what is
    published comes from one state of the files.

    Args:
        request: Which report.
        target: What it means.
        reporter: Told of each cell.
        lock: The run's lock.
        begun: A workshop for the first look that loads libraries already.

    Returns:
        The target, its study as it was read last, and the names of the steps that ran.
    """
    from pipeline.run.present import Present
    from pipeline.run.records import reasons
    from pipeline.run.steps import plan_steps

    ran: list[str] = []
    moved: list[str] = []
    for look in range(LOOKS):
        target = make_target(request) if look else target
        steps = plan_steps(target)
        present = Present(target, ran)
        drop_strangers(target)
        moved = [step.name for step in steps if reasons(step, present)]
        if not moved:
            for step in steps:
                if step.name not in ran:
                    reporter.skip(step.name)
            return target, ran
        if look:
            if begun is not None:
                begun.workshop.close()  # another one is opened
            reporter.line(f"Changed while the run was under way; running again: {', '.join(moved)}")
        for name in run_out_of_date(target, steps, present, reporter, lock, None if look else begun):
            ran = [*(other for other in ran if other != name), name]
        if not look and len(ran) == len(steps) == 0:
            break
    target = make_target(request)
    present = Present(target, ran)
    steps = plan_steps(target)
    if not any(reasons(step, present) for step in steps):
        return target, ran
    raise moving(", ".join(moved))


def moving(where: str) -> StepError:
    """What is raised after `LOOKS` looks, each of which found something changed."""
    return StepError(
        "Files are being changed while the report is made.",
        where=where,
        expected="files that stay as they are for the length of a run",
        todo="Wait until nobody writes to them, then type the same command again.",
    )


class Begun(NamedTuple):
    """A workshop that was opened before it was known what will run, and the hash of the code that lay there then."""

    workshop: Workshop
    code: str


def run_out_of_date(
    target: Target, steps: list[Step], present: Any, reporter: Reporter, lock: Any = None, begun: Begun | None = None
) -> list[str]:
    """One pass over the steps; returns the names of those that ran."""
    from pipeline.run.records import reasons
    from pipeline.run.schedule import run_steps, way_to_the_end
    from pipeline.run.steps import waits_for
    from pipeline.run.workshop import Workshop, side_by_side

    first = {step.name for step in steps if reasons(step, present)}
    for name in first:  # what it said counts no more: another notebook may say it now
        (target.results / f"{name}.json").unlink(missing_ok=True)
    wanted = [step for step in steps if step.name in first or waits_for(step, steps) & first]
    weights = way_to_the_end(steps)
    ready = [step for step in wanted if not waits_for(step, steps) & first]
    order = sorted(ready, key=lambda step: -weights[step.name]) + [step for step in wanted if step not in ready]
    # what its kernels have loaded must be the code that this look has hashed
    same = begun is not None and begun.code == present.whole_code
    if begun is not None and not same:
        begun.workshop.close()
    opened = nullcontext(begun.workshop) if begun is not None and same else Workshop(target, steps, reporter, lock)
    with opened as workshop, reporter.running():
        workshop.load(order)
        ran = run_steps(steps, present, workshop.work, side_by_side(), reporter.line)
        workshop.end()
        return ran


def make_audit(request: Request) -> None:
    """Attack the edition that was made last, with the names of the raw files at hand.

    Raises:
        DisclosureError: Something gives persons or units away.
        StudyError: The edition has not been made.
    """
    from pipeline.audit.run import audit, refuse
    from pipeline.run.progress import say

    target = make_target(request._replace(lang="all"))
    if not target.results.is_dir():
        raise StudyError("There is nothing to attack yet.", where=str(target.results), todo="Run make report first.")
    refuse(audit(target, names=True))
    say("The audit found no way to a person or a unit.")


def run_one_step(request: Request, name: str) -> None:
    """Execute one step whether or not it is out of date.

    Raises:
        StudyError: No step has that name.
        StepError: A step that it waits for has not run, or it fails itself.
    """
    from pipeline.run.lock import Lock
    from pipeline.run.present import Present
    from pipeline.run.progress import Reporter
    from pipeline.run.records import MovedError, drop_record, expected, read_record
    from pipeline.run.steps import plan_steps, waits_for
    from pipeline.run.workshop import Workshop

    target = make_target(request._replace(lang="all"))
    with (
        told_in_one_screen(request.root),
        made_private(),
        Lock(request.root, f"{target.study.name}-{target.folder}", _aside) as lock,
    ):
        steps = plan_steps(target)
        step = next((step for step in steps if step.name == name), None)
        if step is None:
            raise StudyError(f"There is no step {name!r}.", expected="one of " + ", ".join(s.name for s in steps))
        absent = sorted(other for other in waits_for(step, steps) if read_record(other, target) is None)
        if absent:
            raise StepError(f"The step waits for {absent[0]}, which has not run yet.", todo="Run make report.")
        reporter = Reporter(1)
        with Workshop(target, steps, reporter, lock) as workshop, reporter.running():
            workshop.load([step])
            drop_record(step.name, target)
            try:
                workshop.work(step, expected(step, Present(target)))
            except MovedError as moved:
                raise StepError(
                    "A file was changed while the step read it.", where=str(moved), todo="Run it again."
                ) from None


def drop_strangers(target: Target) -> None:
    """Remove what steps left that are no steps any more: the report reads whatever ledgers lie there."""
    from pipeline.run.steps import plan_steps
    from pipeline.study import LANGUAGES

    known = {step.name for step in plan_steps(replace(target, languages=LANGUAGES))}
    folders = ((target.results, "json"), (target.build / "notebooks", "ipynb"), (target.build / "records", "json"))
    for folder, ending in folders:
        for path in folder.glob(f"*.{ending}"):
            if path.stem not in known:
                path.unlink()


@contextmanager
def told_in_one_screen(root: Path) -> Iterator[None]:
    """Faults of the disk (full, read-only, a folder that vanished) told as what happened, where, and what to do."""
    try:
        yield
    except OSError as error:
        import errno

        place = str(error.filename or root)
        advice = {
            errno.ENOSPC: "Free space on that disk",
            errno.EDQUOT: "Free space within your quota",
            errno.EROFS: "Make the disk writable",
            errno.EACCES: "Make the folder writable for this account",
            errno.EPERM: "Make the folder writable for this account",
            errno.ENOENT: "Leave the folders of a run alone while it works (put back what was not made by it)",
        }
        raise StepError(
            f"The run stopped: {error.strerror or error}.",
            where=place.removeprefix(f"{root}/"),
            todo=f"{advice.get(error.errno or 0, 'See to that file')}; then type the same command again. "
            "The last good report is as it was.",
        ) from None


def _publish(target: Target, by: str) -> bool:
    """Publish each language and keep what later editions are held against; whether anything was published."""
    from pipeline.audit.run import keep_ledgers
    from pipeline.run.publish import publish
    from pipeline.run.records import read_record
    from pipeline.run.steps import plan_steps

    changed = False
    for step in plan_steps(target):
        if "lang" in step.parameters:
            changed |= publish(target, str(step.parameters["lang"]), read_record(step.name, target) or {})
    keep_ledgers(target)
    if not target.blind and any(target.results.glob("*.json")):  # a study's own notebooks may record nothing
        from pipeline.run.recorded import keep_record

        keep_record(target, by)
    return changed


def _stamp(request: Request, target: Target, code: str) -> None:
    """Stamp the run, where a look at everything that begins after all was hashed still finds what was published.

    What is changed while a report is attacked and published is thus seen by the next run, whichever file it is.
    """
    from pipeline.run.present import Present
    from pipeline.run.publish import is_published
    from pipeline.run.records import read_record, reasons
    from pipeline.run.steps import plan_steps

    steps = plan_steps(target)
    records = [(step, read_record(step.name, target) or {}) for step in steps]
    content = stamp_of(request, target, Present(target), [record for _, record in records])
    now = make_target(request)
    present = Present(now)
    if (
        not any(reasons(step, present) for step in plan_steps(now))
        and all(is_published(now, str(s.parameters["lang"]), r) for s, r in records if "lang" in s.parameters)
        and present.whole_code == code
    ):
        write_stamp(request, content)


def _say_current(published: list[str]) -> None:
    sys.stdout.write("Nothing has changed; the report is up to date:\n")
    top = sorted({"/".join(name.split("/")[:5]) + ("/" if name.count("/") > 4 else "") for name in published})
    sys.stdout.writelines(f"  {name}\n" for name in top)


def _aside(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
