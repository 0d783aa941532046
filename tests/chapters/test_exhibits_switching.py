"""Treatment that goes off again: refused where the study does not ask for it, else the effect of having started."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from pipeline.chapters import switching
from pipeline.chapters.analysis import estimate_outcome
from pipeline.clean.blind import blind_panel
from pipeline.clean.run import gather
from pipeline.errors import StudyError
from pipeline.ledger.entries import Ledger, read_results
from pipeline.report.doc import Doc
from pipeline.report.prose import Prose
from pipeline.study import load_study
from tests.chapters.test_exhibits_doses import STUDY
from tests.given import Given


def _rows(seed: int = 4) -> pd.DataFrame:
    """Half of forty units start in 2020 or 2021; every second of them stops after one period, some start again."""
    rng = np.random.default_rng(seed)
    rows = []
    for unit in range(40):
        first = [None, 2020, None, 2021][unit % 4]
        level = rng.normal()
        for year in range(2018, 2024):
            on = int(first is not None and year >= first and not (unit % 8 > 3 and year == first + 1))
            rows.append((f"s{unit:02d}", year, on, level + 0.1 * year + 2.0 * on + rng.normal(0, 0.3)))
    return pd.DataFrame(rows, columns=["unit", "year", "on", "score"])


def _study(folder: Path, **panel: str) -> Path:
    content = {key: value for key, value in STUDY.items() if key not in ("name", "dose")}
    content["panel"] = {"file": "panel.csv", "unit": "unit", "period": "year", "treated": "on", **panel}
    (folder / "studies/stop").mkdir(parents=True)
    (folder / "studies/stop/study.yml").write_text(yaml.safe_dump(content), encoding="utf-8")
    (folder / "data/raw/stop/2023").mkdir(parents=True)
    _rows().to_csv(folder / "data/raw/stop/2023/panel.csv", index=False)
    return folder


def _gathered(folder: Path, **panel: str):
    root = _study(folder, **panel)
    study = load_study("stop", root)
    return study, gather(study, 2023, study.raw_root(root))


def test_it_is_refused_where_the_study_does_not_ask_for_it(tmp_path):
    _, found = _gathered(tmp_path)
    (fault,) = found.faults.found
    assert fault.code == "switches_off"
    assert "10 units" in str(fault)
    assert "panel.switches: started" in str(fault)


def test_the_key_belongs_to_a_status(tmp_path):
    root = _study(tmp_path, switches="started")
    path = root / "studies/stop/study.yml"
    path.write_text(path.read_text().replace("treated: 'on'", "cohort: 'on'").replace("treated: on", "cohort: on"))
    with pytest.raises(StudyError, match="no `treated`"):
        load_study("stop", root)


def test_the_effect_of_having_started_by_hand(tmp_path):
    """Cohort by period against units that never start; divided by the share of these cells under treatment."""
    study, found = _gathered(tmp_path, switches="started")
    assert not found.faults.found
    panel = found.tables["panel"]
    rows = _rows()
    first = rows[rows["on"] == 1].groupby("unit")["year"].min()
    assert panel.drop_duplicates("unit").set_index("unit")["cohort"].dropna().astype(int).to_dict() == first.to_dict()
    effects = {o.name: estimate_outcome(study, panel, o) for o in study.outcomes}
    wide, on = (rows.pivot(index="unit", columns="year", values=name) for name in ("score", "on"))
    group = first.reindex(wide.index)
    cells, doses, sizes = [], [], []
    for cohort in (2020, 2021):
        for year in range(cohort, 2024):
            change = wide[year] - wide[cohort - 1]
            cells.append(change[group == cohort].mean() - change[group.isna()].mean())
            doses.append(on.loc[group == cohort, year].mean())
            sizes.append((group == cohort).sum())
    effect, share = np.average(cells, weights=sizes), np.average(doses, weights=sizes)
    assert effects["score"].main.overall.value == pytest.approx(effect, abs=1e-10)
    with Ledger("03_effects", tmp_path / "r") as ledger:
        switching.record(ledger, Given(study, tmp_path, {"panel": panel}, effects))
    kept = read_results(tmp_path / "r").numbers
    assert kept["switching_effect_score"].value == pytest.approx(effect / share, abs=1e-10)
    assert kept["switching_effect_score"].low < 2.0 < kept["switching_effect_score"].high
    assert (kept["switching_units"].value, kept["switching_off"].value) == (20, 10)
    assert effects["score"].main.overall.high < 2.0
    for lang, words in (("en", "having started"), ("id", "telah mulai")):
        doc = Doc(Prose(study, 2023, lang, read_results(tmp_path / "r"), tmp_path / "figures"))
        switching.results(doc)
        assert words in doc.markdown()


def test_without_stops_nothing_is_said_and_a_blind_panel_does_not_tell_who_took_part(tmp_path):
    study, found = _gathered(tmp_path, switches="started")
    panel = found.tables["panel"]
    assert "under_treatment" not in blind_panel(panel, 1)
    with Ledger("03_effects", tmp_path / "r") as ledger:
        switching.record(ledger, Given(study, tmp_path, {"panel": panel.drop(columns="under_treatment")}, {}))
    assert "switching_share" not in read_results(tmp_path / "r").numbers
