"""Treatment that goes off again: refused where the study does not ask for it, else the effect of having started."""

from __future__ import annotations

import re
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
from pipeline.languages import locale
from pipeline.ledger.entries import Ledger, read_results
from pipeline.report.doc import Doc
from pipeline.report.prose import Prose
from pipeline.study import load_study
from tests.chapters.test_exhibits_doses import STUDY
from tests.given import Given


def _rows(seed: int = 4, stays: float = 0.0) -> pd.DataFrame:
    """Half of forty units start in 2020 or 2021; every second of them stops after one period, some start again.

    `stays` is the share of the effect that is left while they are without treatment.
    """
    rng = np.random.default_rng(seed)
    rows = []
    for unit in range(40):
        first = [None, 2020, None, 2021][unit % 4]
        level = rng.normal()
        for year in range(2018, 2024):
            since = first is not None and year >= first
            on = int(first is not None and year >= first and not (unit % 8 > 3 and year == first + 1))
            rows.append(
                (f"s{unit:02d}", year, on, level + 0.1 * year + 2.0 * max(on, stays * since) + rng.normal(0, 0.3))
            )
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
    assert kept["switching_share_score"].value == pytest.approx(share), (
        "that of the cells, beside the effect it divides"
    )
    assert kept["switching_effect_score"].low < 2.0 < kept["switching_effect_score"].high
    assert (kept["switching_units"].value, kept["switching_off"].value) == (20, 10)
    assert effects["score"].main.overall.high < 2.0
    for lang, words in (("en", "having started"), ("id", "telah mulai")):
        doc = Doc(Prose(study, 2023, lang, read_results(tmp_path / "r"), tmp_path / "figures"))
        switching.results(doc)
        assert words in doc.markdown()
        assert re.search(r"\b20 .* 10 ", doc.markdown())
        under = on.stack()[lambda s: [first.get(unit, 9999) <= year for unit, year in s.index]].mean()
        assert locale.share(under, lang, 0) in doc.markdown()
        assert locale.number(effect / share, lang, study.outcomes[0].decimals, signed=True) in doc.markdown()


@pytest.mark.parametrize("stays", [0.0, 0.5, 1.0])
def test_the_effect_is_that_of_what_became_of_those_that_started_whatever_a_stop_leaves(tmp_path, stays):
    """Whether nothing, half or all of the effect stays after a stop: the estimate is what those that started gained."""
    study, _ = _gathered(tmp_path, switches="started")
    rows = _rows(seed=9, stays=stays)
    first = rows[rows["on"] == 1].groupby("unit")["year"].min().reindex(rows["unit"]).to_numpy()
    panel = pd.DataFrame({"unit": rows["unit"], "period": rows["year"], "cohort": pd.array(first, "Int64")}).assign(
        score=rows["score"].to_numpy(), cluster=rows["unit"]
    )
    found = estimate_outcome(study, panel, study.outcomes[0]).main.overall
    after = rows[(first <= rows["year"]).to_numpy()]
    weights = {2020: 4, 2021: 3}  # each cell by its cohort's size: all periods after the start count alike
    gained = 2.0 * after["on"].where(after["on"] == 1, stays)
    assert len(after) == 10 * sum(weights.values())
    assert found.value == pytest.approx(float(gained.mean()), abs=3 * found.se)
    if stays == 1.0:
        assert found.low < 2.0 < found.high


def test_without_stops_nothing_is_said_and_a_blind_panel_does_not_tell_who_took_part(tmp_path):
    study, found = _gathered(tmp_path, switches="started")
    panel = found.tables["panel"]
    assert "under_treatment" not in blind_panel(panel, 1)
    with Ledger("03_effects", tmp_path / "r") as ledger:
        switching.record(ledger, Given(study, tmp_path, {"panel": panel.drop(columns="under_treatment")}, {}))
    assert "switching_share" not in read_results(tmp_path / "r").numbers
