"""A report of one section, the panel of other choices, on an invented study: made once for the tests that look at it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

import pandas as pd

from pipeline.chapters import annexes, whatif
from pipeline.chapters.analysis import estimate_outcome, judge_outcomes
from pipeline.chapters.verdicts import record as record_verdicts
from pipeline.ledger.entries import Ledger, Results, read_results
from pipeline.methods.effects import Verdict
from pipeline.report.doc import Doc
from pipeline.report.document import build_document
from pipeline.report.render import render
from pipeline.study import Study, load_study
from tests.chapters.robust_sample import schools
from tests.given import Given

OUTCOMES = ("literacy", "numeracy")


def panel() -> pd.DataFrame:
    """Schools with an effect on literacy that stands out, and one on numeracy that hardly does."""
    frame = schools(90, link=0.3)
    number = frame["unit"].str[1:].astype(int)
    frame = frame.assign(level=(number % 5 > 0).map({True: "SD", False: "SMP"}), log_pupils=4 + (number * 7) % 13 / 10)
    frame["numeracy"] -= 0.25 * frame["cohort"].le(frame["period"]).fillna(False)
    return frame


@lru_cache(maxsize=1)
def judged() -> tuple[Study, Results, dict[str, Verdict]]:
    """The study of two outcomes, the ledger of its other choices, and the verdicts that the report gives."""
    study = load_study("medan-pendidikan")
    study = study.model_copy(update={"outcomes": [study.outcome(name) for name in OUTCOMES]})
    frame = panel()
    effects = {o.name: estimate_outcome(study, frame, o) for o in study.outcomes}
    verdicts = judge_outcomes(study, effects)
    folder = Path(mkdtemp())
    with Ledger("07_verdict", folder) as ledger:
        given = Given(study, folder, {"panel": frame}, effects, verdicts)
        record_verdicts(ledger, given)
        whatif.record(ledger, given)
    return study, read_results(folder), verdicts


@lru_cache(maxsize=2)
def page(lang: str) -> dict[str, Path]:
    """The files of that report, by format."""
    study, results, _ = judged()
    folder = Path(mkdtemp())

    def layout(doc: Doc) -> None:
        doc.heading("whatif-title", 1)
        whatif.robust(doc)
        doc.heading("annexes-technical-title", 1, "sec-technical")
        annexes.caps(doc)
        doc.heading("annexes-references-title", 1, "sec-references", ["unnumbered"])
        doc.raw("::: {#refs}\n:::")

    source = build_document(study, 2024, lang, results.folder, folder / "out", layout=layout)
    return render(source, folder / "made", lang=lang, engine="embedded").files
