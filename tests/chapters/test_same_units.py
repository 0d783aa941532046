"""What the report says of "the effect" rests on the units of the main effect, whichever chapter estimates it once more."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from pipeline.chapters import programme
from pipeline.chapters.analysis import estimate_outcome, judge_outcomes
from pipeline.ledger.entries import Ledger
from pipeline.methods.effects.design import Design
from pipeline.methods.effects.group_time.aggregate import Aggregator
from pipeline.study import Study
from pipeline.topics import TOPICS, module_of
from tests.chapters.robust_sample import raw_tables, schools
from tests.given import Given

ROOT = Path(__file__).resolve().parents[2]
FEWER = {
    "dose": "an arm or a dose is compared with the comparison alone",
    "estimators": "some estimators take units that are observed in every period, and say so",
    "sensitivity": "a part is left out; placebos and spill-over say which units they are of",
    "specification": "a declared sample is a part of the units",
    "whatif": "a declared sample is a part of the units",
}
"""Chapters that may take some of the main effect's units, and why; nowhere do others come in."""
DESIGNS = {
    "pipeline/chapters/aim_effects.py": "an effect on another outcome, its own units",
    "pipeline/chapters/analysis.py": "the main effect",
    "pipeline/chapters/programme.py": "balance of the main effect's units",
    "pipeline/chapters/replication.py": "a published table's sample, with no group-time effect",
    "pipeline/methods/effects/sensitivity/attrition.py": "units that the chapter chooses: those of the main effect",
    "pipeline/methods/effects/sensitivity/placebo.py": "an effect on a column that is no outcome of the study",
    "pipeline/methods/effects/sensitivity/specification.py": "the main effect on a declared sample, by its rule of cohorts",
}
"""Where a design is made of a panel, and what it is of."""


def _with_few(panel: pd.DataFrame) -> pd.DataFrame:
    """More units that no effect may rest on: cohorts of one and two, one treated from the first period, one seen once.

    One of the others is not observed in a period.
    """
    rows = []
    periods = sorted(panel["period"].unique())
    given = {"early": periods[1], "late0": periods[-1], "late1": periods[-1], "always": periods[0], "once": np.nan}
    for k, (name, first) in enumerate(given.items()):
        own = panel[panel["unit"] == panel["unit"].unique()[k]].assign(cohort=float(first))
        own["unit"] = f"s9{k:02d}"
        rows.append(own.head(1) if name == "once" else own)
    whole = pd.concat([panel.astype({"cohort": float}), *rows], ignore_index=True)
    return whole[(whole["unit"] != "s004") | (whole["period"] != periods[1])].astype({"cohort": "Int64"})


@pytest.fixture(scope="module")
def seen(medan: Study, tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """Units of every design and group-time estimate that a chapter makes, by chapter, and those of the main effects."""
    number = schools(60)["unit"].str[1:].astype(int)
    panel = _with_few(schools(60).assign(level=np.where(number < 40, "SD", "SMP"), log_pupils=number % 7 + 1.0))
    inference = medan.inference.model_copy(update={"bootstrap_draws": 99, "wild_draws": 99})
    study = medan.model_copy(update={"inference": inference})
    effects = {o.name: estimate_outcome(study, panel, o) for o in study.outcomes}
    tables = {"panel": panel, **raw_tables(panel)}
    tables["tested"] = (
        tables["scores"].groupby(["unit", "period", "subject"]).size().rename("scored").reset_index()
    ).assign(listed=lambda f: f["scored"] + np.arange(len(f)) % 3)
    found: dict[str, list[frozenset[str]]] = defaultdict(list)
    now = ["main"]
    with pytest.MonkeyPatch.context() as patch:
        made, aggregated = Design.__init__, Aggregator.__init__

        def of_design(self: Design, data: pd.DataFrame, *given: object, **named: object) -> None:
            found[now[0]].append(frozenset(data["unit"]))
            made(self, data, *given, **named)  # type: ignore[arg-type]

        def of_cells(self: Aggregator, table: object, influence: object, units: pd.DataFrame, **named: object) -> None:
            found[now[0]].append(frozenset(units["unit"]))
            aggregated(self, table, influence, units, **named)  # type: ignore[arg-type]

        patch.setattr(Design, "__init__", of_design)
        patch.setattr(Aggregator, "__init__", of_cells)
        folder = tmp_path_factory.mktemp("units")
        verdicts = judge_outcomes(study, effects)
        for topic in TOPICS:
            if topic.notebook.startswith(("03_effects", "04_")) or topic.name == "whatif":
                now[0] = topic.name
                with Ledger(topic.notebook, folder / topic.name) as ledger:
                    module_of(topic).record(ledger, Given(study, folder, tables, effects, verdicts))
        now[0] = "programme"
        with Ledger("02_programme", folder / "balance") as ledger:
            programme._balance(ledger, study, panel)
    main = {frozenset(one.design.data["unit"]) for one in effects.values()}
    assert len(main) == 1
    return SimpleNamespace(by_chapter=dict(found), main=main.pop(), panel=set(panel["unit"]))


def test_the_sample_has_units_that_the_main_effect_leaves_out(seen) -> None:
    assert seen.panel - seen.main == {"s900", "s901", "s902", "s903", "s904"}


def test_no_chapter_brings_in_units_that_the_main_effect_leaves_out(seen) -> None:
    others = {name: set().union(*units) - seen.main for name, units in seen.by_chapter.items()}
    assert not any(others.values()), {name: found for name, found in others.items() if found}
    asked = {"sensitivity", "specification", "whatif", "attrition", "inference", "programme"}
    assert asked <= set(seen.by_chapter)


def test_a_chapter_that_takes_some_of_them_has_a_reason(seen) -> None:
    assert {name for name, units in seen.by_chapter.items() if any(one < seen.main for one in units)} == set(FEWER)


def test_every_design_made_of_a_panel_is_known() -> None:
    """A new one is to say what it is of, and to take the study's smallest cohort or the main effect's rows."""
    places = [*(ROOT / "pipeline/chapters").rglob("*.py"), *(ROOT / "pipeline/methods").rglob("*.py")]
    makes = re.compile(r"(?<!def )\bmake_design\(")
    makers = {p.relative_to(ROOT).as_posix() for p in places if p.parent.name != "design" and makes.search(_code(p))}
    assert makers == set(DESIGNS)


def _code(path: Path) -> str:
    """A module without its strings: docstrings may name what it does not call."""
    return re.sub(r'""".*?"""', "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
