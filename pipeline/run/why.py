"""What is out of date and because of what (`why`), and what a run would do (`plan-run`); neither changes anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.run.build import Request, make_target

if TYPE_CHECKING:
    from pipeline.run.present import Present
    from pipeline.run.steps import Step


def why(request: Request) -> list[str]:
    """One line a step that must run, with its reasons below it; one line where the report is up to date."""
    steps, found, present = _judged(request)
    lines: list[str] = []
    for step in steps:
        if found[step.name]:
            lines += [f"{step.name} must run:", *(f"  {reason}" for reason in found[step.name])]
        elif behind := _behind(step, steps, found):
            lines.append(f"{step.name} runs again where these give another result: {', '.join(behind)}")
    for lang in present.target.languages:
        if not lines and not _published(present, steps, lang):
            lines.append(f"The report in {lang} is not published as it was made; it is copied again.")
    return lines or ["Everything is up to date, by content."]


def plan_run(request: Request) -> list[str]:
    """The steps in their order, each with what a run would do with it and how long it took last."""
    from pipeline.run.records import read_record

    steps, found, present = _judged(request)
    lines = []
    for step in steps:
        behind = _behind(step, steps, found)
        say = "runs" if found[step.name] else f"runs if {' or '.join(behind)} changed" if behind else "unchanged"
        seconds = (read_record(step.name, present.target) or {}).get("seconds")
        took = f"{seconds:7.1f} s last time" if seconds is not None else ""
        lines.append(f"{step.name:<16} {say:<44} {took}".rstrip())
    return lines


def _judged(request: Request) -> tuple[list[Step], dict[str, list[str]], Present]:
    from pipeline.run.present import Present
    from pipeline.run.records import reasons
    from pipeline.run.steps import plan_steps

    target = make_target(request)
    present = Present(target)
    steps = plan_steps(target)
    return steps, {step.name: reasons(step, present) for step in steps}, present


def _behind(step: Step, steps: list[Step], found: dict[str, list[str]]) -> list[str]:
    """Steps that run for certain and whose results this one reads, directly or through others."""
    from pipeline.run.steps import waits_for

    before = waits_for(step, steps)
    return [other.name for other in steps if other.name in before and found[other.name]]


def _published(present: Present, steps: list[Step], lang: str) -> bool:
    from pipeline.run.publish import is_published
    from pipeline.run.records import read_record

    records = [read_record(step.name, present.target) for step in steps if step.parameters.get("lang") == lang]
    return all(record is not None and is_published(present.target, lang, record) for record in records)
