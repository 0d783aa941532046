"""The whole analysis of a small demonstration in one process: what the notebooks do, for tests of many variants."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from pipeline.chapters import check
from pipeline.chapters.analysis import estimate_outcome, judge_outcomes
from pipeline.chapters.attrition import record_attrition
from pipeline.chapters.criteria import record_criteria
from pipeline.chapters.data import record_cleaning
from pipeline.chapters.delivery import record_delivery
from pipeline.chapters.dose import record_dose
from pipeline.chapters.effects import record_effects, record_outcome, record_replication
from pipeline.chapters.estimators import record_estimators
from pipeline.chapters.feedback import record_feedback
from pipeline.chapters.frankness import record_frankness
from pipeline.chapters.heterogeneity import record_heterogeneity
from pipeline.chapters.inference import record_inference
from pipeline.chapters.mechanism import record_mechanism
from pipeline.chapters.motivation import record_motivation
from pipeline.chapters.multiplicity import record_multiplicity
from pipeline.chapters.plan import record_plan
from pipeline.chapters.power import record_power
from pipeline.chapters.professionalism import record_professionalism
from pipeline.chapters.programme import record_participation, record_training
from pipeline.chapters.robustness import record_alternatives, record_pretrends, record_verdicts
from pipeline.chapters.sensitivity import record_sensitivity
from pipeline.chapters.service import record_service
from pipeline.chapters.specification import record_specifications
from pipeline.chapters.theory import record_aims, record_theory
from pipeline.check.understanding import understood, write_tables
from pipeline.clean.run import clean_study
from pipeline.ledger import entries
from pipeline.ledger.entries import read_results
from pipeline.methods.effects import Verdict
from pipeline.notebook import Edition
from pipeline.study import load_study


@contextmanager
def blank_figures() -> Iterator[None]:
    """Figures are drawn and not rendered: for tests of numbers and sentences, which look at no picture."""
    blank: dict[str, bytes] = {}

    def save(figure: Figure, folder: Path, stem: str) -> dict[str, str]:
        if not blank:
            real(Figure(figsize=(1, 1)), folder, stem)
            blank.update({kind: (folder / f"{stem}.{kind}").read_bytes() for kind in ("svg", "png")})
        plt.close(figure)
        for kind, content in blank.items():
            (folder / f"{stem}.{kind}").write_bytes(content)
        return {kind: f"{stem}.{kind}" for kind in blank}

    real, entries._save_figure = entries._save_figure, save
    try:
        yield
    finally:
        entries._save_figure = real


def analyse(workspace: Path, year: int = 2024, *, robustness: bool = True) -> tuple[Edition, dict, dict[str, Verdict]]:
    """Clean, estimate, judge and record everything; returns the edition, the effects and the verdicts."""
    study = load_study("medan-pendidikan", workspace)
    this = Edition(study, year, workspace)
    made = clean_study(study, year, study.raw_root(workspace), this.tables_folder)
    write_tables(understood(study, year, made), this.tables_folder)
    panel = this.table("panel")
    effects = {o.name: estimate_outcome(study, panel, o) for o in study.outcomes}
    with this.ledger("01_clean") as results:
        record_cleaning(results, this)
        check.record(results, study, {name: this.table(name) for name in check.TABLES})
    with this.ledger("02_programme") as results:
        record_theory(results, study)
        record_participation(results, this)
        record_training(results, this)
        record_delivery(results, this.find)
    with this.ledger("03_effects") as results:
        record_effects(results, study, effects)
        for outcome in study.outcomes:
            record_outcome(results, study, outcome, effects[outcome.name])
        record_replication(results, study, panel)
    with this.ledger("04_robustness") as results:
        record_pretrends(results, study, effects)
        for outcome in study.outcomes:
            record_alternatives(results, outcome, effects[outcome.name])
        if robustness:
            record_estimators(results, study, effects)
            record_inference(results, study, effects)
            record_sensitivity(results, study, panel, effects, this.table)
            record_attrition(results, study, panel, effects, this.find)
            record_multiplicity(results, study, effects)
            record_heterogeneity(results, study, panel, effects)
            record_dose(results, study, panel, effects, this.table)
            record_mechanism(results, study, panel, effects)
            record_power(results, study, panel, effects, this.table)
            record_specifications(results, study, panel)
    with this.ledger("05_feedback") as results:
        record_feedback(results, study, study.survey, this.find)
        record_frankness(results, study, study.survey, this.find)
    with this.ledger("06_aims") as results:
        record_motivation(results, study, study.survey, this.find)
        record_professionalism(results, study, this.find)
        record_service(results, study, this.find)
    with this.ledger("07_verdict") as results:
        verdicts = judge_outcomes(study, effects, read_results(this.results_folder))
        record_verdicts(results, study, verdicts)
        record_aims(results, study, effects, verdicts)
        record_criteria(results, study, effects, verdicts)
        record_plan(results, study, workspace)
    return this, effects, verdicts
