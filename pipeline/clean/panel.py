"""The panel: school × year × level, outcomes standardised on schools never treated."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pipeline.errors import Faults, StudyError
from pipeline.study import Study


def before_entry(panel: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """The panel without units that are treated in their first period: nothing tells what they were before.

    Returns:
        The panel, and for each of its former rows whether it was left out.
    """
    first = panel.groupby("unit")["period"].transform("min")
    always = (panel["cohort"] <= first).fillna(False).astype(bool)
    return panel[~always], always


def check_samples(study: Study, panel: pd.DataFrame) -> None:
    """Refuse samples of the specification curve that name what the panel does not have, all at once.

    Raises:
        StudyError: A column, a value, a cohort or a first period that is not in the panel.
    """
    faults = Faults()
    cohorts = sorted({int(cohort) for cohort in panel["cohort"].dropna().unique()})
    for sample in study.specifications.samples:
        wrong: list[tuple[str, list[Any]]] = []
        for name, value in sample.where.items():
            if name not in panel:
                wrong.append((f"The panel has no column {name!r}.", list(panel.columns)))
            elif not (panel[name] == value).any():
                wrong.append((f"No row has {name} = {value!r}.", sorted(panel[name].dropna().unique())))
        strange = sorted(set(sample.without_cohorts) - set(cohorts))
        wrong += [(f"The panel has no cohort {cohort}.", cohorts) for cohort in strange]
        if sample.first_period is not None and not (panel["period"] >= sample.first_period).any():
            wrong.append((f"No period is {sample.first_period} or later.", sorted(panel["period"].unique())))
        place = f"studies/{study.name}/study.yml, key specifications.samples, {sample.code}"
        for what, there in wrong:
            some = ", ".join(map(str, there[:12])) + (", …" if len(there) > 12 else "")
            faults.meet(StudyError(what, where=place, expected=f"one of {some}", todo="Correct the sample."))
    faults.stop()
