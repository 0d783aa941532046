"""The analysis of an edition without its report: brought up to date by the run's own machinery, and its headline."""

from __future__ import annotations

from pipeline.errors import StepError
from pipeline.ledger.results import Results, read_results
from pipeline.private import made_private
from pipeline.run.build import LOOKS, Request, make_target, run_out_of_date, told_in_one_screen
from pipeline.run.lock import Lock
from pipeline.run.present import Present
from pipeline.run.progress import Reporter, say
from pipeline.run.records import reasons
from pipeline.run.steps import plan_steps


def analyse(request: Request) -> Results:
    """Run the steps of the analysis that are out of date, by content, and read what they recorded through the gate.

    Args:
        request: Which edition, and the folder that holds study and data: steps that ran there before and read the same do
            not run again.

    Raises:
        UserError: The study, the data or a step stops it.
    """
    target = make_target(request)
    lock = Lock(request.root, f"{target.study.name}-{target.folder}", say)
    steps = [step for step in plan_steps(target) if "lang" not in step.parameters]
    reporter = Reporter(len(steps))
    with told_in_one_screen(request.root), made_private(), lock:
        ran: list[str] = []
        for _ in range(LOOKS):
            present = Present(target, ran)
            if not any(reasons(step, present) for step in steps):
                return read_results(target.results)
            ran += run_out_of_date(target, steps, present, reporter, lock)
    raise StepError("Files are being changed while the edition is analysed.", todo="Wait, then run it again.")
