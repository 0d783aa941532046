"""The whole analysis of a small demonstration in one process: what the notebooks do, for tests of many variants."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from pipeline.chapters.analysis import estimate_outcome, judge_outcomes
from pipeline.chapters.recording import record, record_rest
from pipeline.check.understanding import understood, write_tables
from pipeline.clean.run import clean_study
from pipeline.ledger import entries
from pipeline.ledger.entries import read_results
from pipeline.methods.effects import Verdict
from pipeline.notebook import Edition
from pipeline.study import load_study
from pipeline.topics import TOPICS


@contextmanager
def blank_figures(*, laid_out: bool = False) -> Iterator[dict[str, str]]:
    """Figures are drawn and not rendered: for tests of numbers and sentences, which look at no picture.

    With `laid_out` each is laid out as rendering would, for data of an unusual shape.

    Yields the message above each, as it was handed to the picture, by name and language.
    """
    blank: dict[str, bytes] = {}
    above: dict[str, str] = {}

    def save(figure: Figure, folder: Path, stem: str) -> dict[str, str]:
        if not blank:
            real(Figure(figsize=(1, 1)), folder, stem)
            blank.update({kind: (folder / f"{stem}.{kind}").read_bytes() for kind in ("svg", "png")})
        above[stem] = str(figure.get_label()) if figure.get_suptitle() else ""
        if laid_out:
            figure.draw_without_rendering()
        plt.close(figure)
        for kind, content in blank.items():
            (folder / f"{stem}.{kind}").write_bytes(content)
        return {kind: f"{stem}.{kind}" for kind in blank}

    real, entries._save_figure = entries._save_figure, save
    try:
        yield above
    finally:
        entries._save_figure = real


def analyse(
    workspace: Path, year: int = 2024, *, robustness: bool = True, without: tuple[str, ...] = ()
) -> tuple[Edition, dict, dict[str, Verdict]]:
    """Clean, estimate, judge and record everything but the notebooks `without`; the edition, the effects, the verdicts."""
    study = load_study("medan-pendidikan", workspace)
    this = Edition(study, year, workspace)
    made = clean_study(study, year, study.raw_root(workspace), this.tables_folder)
    write_tables(understood(study, year, made), this.tables_folder)
    this.save_effects({o.name: estimate_outcome(study, this.panel, o) for o in study.outcomes})
    steps = dict.fromkeys(sorted(topic.notebook for topic in TOPICS if topic.notebook < "07"))
    for notebook in (step for step in steps if step not in without):
        with this.ledger(notebook) as ledger:
            if robustness or not notebook.startswith("04"):
                record_rest(ledger, this)
            elif notebook == "04_robustness":
                record("robustness", ledger, this)
    this = this.judged(judge_outcomes(study, this.effects, read_results(this.results_folder)))
    with this.ledger("07_verdict") as ledger:
        record_rest(ledger, this)
    return this, this.effects, dict(this.verdicts)
