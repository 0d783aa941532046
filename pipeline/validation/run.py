"""`validate`: the notebook, its ledger, and a report of its own in reports/validation/."""

from __future__ import annotations

from pathlib import Path

import yaml

from pipeline.chapters import validation
from pipeline.errors import StepError
from pipeline.ledger.entries import read_results
from pipeline.report.document import build_document
from pipeline.report.render import render
from pipeline.run.places import PACKAGE
from pipeline.run.progress import Reporter, say
from pipeline.run.publish import publish_folder
from pipeline.run.steps import Step, Target, parse_languages
from pipeline.run.workshop import Workshop
from pipeline.study import Study

NOTEBOOK = PACKAGE.parent / "notebooks" / "validation" / "validation.ipynb"


def make_validation(root: Path, lang: str, engine: str, *, short: bool) -> None:
    """Run every check and publish the report; a check that fails makes the command fail after the report is written.

    Args:
        root: Where build/ and reports/ lie.
        lang, engine: As for a report.
        short: Few replications and estimators, as in the tests.

    Raises:
        StepError: The notebook stopped, or a published number, an agreement or the default's coverage fails.
    """
    study = Study.model_validate(yaml.safe_load((Path(__file__).parent / "study.yml").read_text(encoding="utf-8")))
    languages = parse_languages(lang)
    target = Target(study=study, edition=0, languages=languages, engine=engine, root=root)
    step = Step("validation", NOTEBOOK, {"short": short})
    reporter = Reporter(1)
    with Workshop(target, [step], reporter) as workshop, reporter.running():
        workshop.execute(step)
    for one in languages:
        draft = target.draft(one)
        document = build_document(study, 0, one, target.results, draft, root=root, layout=validation.write)
        render(document, draft, lang=one, engine=engine)
        publish_folder(draft, root / "reports" / "validation" / one)
        say(f"  reports/validation/{one}/")
    check_results(target.results)


def check_results(folder: Path) -> None:
    """Hold the recorded counts against what they must be.

    Raises:
        StepError: Names the part that fails.
    """
    numbers = {name: entry.value for name, entry in read_results(folder).numbers.items()}
    parts = {
        "published numbers": ("published_agree", "published_n"),
        "independent implementations": ("agreement_agree", "agreement_n"),
        "coverage of the default choice": ("default_hold", "default_worlds"),
        "bounds on the verdict's errors": ("bounds_kept", "bounds_n"),
    }
    failed = [
        f"{name}: {numbers[good]:.0f} of {numbers[every]:.0f}"
        for name, (good, every) in parts.items()
        if numbers[good] < numbers[every]
    ]
    if failed:
        raise StepError(
            "The validation does not hold.",
            where="\n".join(failed),
            expected="all of them",
            todo="See the tables in reports/validation/ before any estimate is trusted.",
        )
