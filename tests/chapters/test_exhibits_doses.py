"""A study of doses: its numbers by an independent regression, its words in both languages, and a small one end to end."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
import yaml

from pipeline.chapters import doses
from pipeline.clean.run import gather
from pipeline.clean.transforms import dosed
from pipeline.errors import StudyError
from pipeline.ledger.entries import Ledger, Results, read_results
from pipeline.methods.effects.estimators.doses import Effect
from pipeline.report.doc import Doc
from pipeline.report.prose import Prose
from pipeline.run.steps import find_notebooks
from pipeline.study import Study, load_study
from tests.conftest import run_pipeline
from tests.given import Given

STUDY = {
    "name": "money",
    "title": {"id": "Uji", "en": "Test"},
    "seed": 1,
    "report": {"institution": {"id": "Kantor", "en": "Office"}},
    "program": {
        "label": {"id": "dana", "en": "money"},
        "unit_label": {"id": "sekolah", "en": "schools"},
        "period_label": {"id": "tahun", "en": "year"},
    },
    "panel": {"file": "panel.csv", "unit": "unit", "period": "year", "dose": "money", "covariates": ["x"]},
    "dose": {
        "label": {"id": "dana per murid", "en": "money per pupil"},
        "step": 2.0,
        "step_label": {"id": "dua juta lebih banyak", "en": "two millions more"},
    },
    "outcomes": [{"name": "score", "label": {"id": "Nilai", "en": "Score"}, "unit": "points", "decimals": 2}],
}


def panel(*, units: int = 40, back: float = 0.0, slope: float = 0.7, bend: float = 0.0, seed: int = 3) -> pd.DataFrame:
    """Doses with a unit's own level; with `back` a period's outcome moves the next dose."""
    rng = np.random.default_rng(seed)
    rows = []
    for unit in range(units):
        level, dose = rng.normal(0, 2), rng.normal(8, 1)
        for year in range(2018, 2024):
            error = rng.normal(0, 0.3)
            y = 3 * level + 0.2 * year + slope * dose + bend * dose**2 + error
            rows.append((f"s{unit:02d}", year, max(dose, 0.1), rng.normal(), y))
            dose = 8 + level + rng.normal(0, 1) + back * error
    return pd.DataFrame(rows, columns=["unit", "period", "dose", "x", "score"]).assign(cohort=pd.NA)


def study(**changes: object) -> Study:
    return Study.model_validate({**STUDY, **changes})


def recorded(folder: Path, given: Study, frame: pd.DataFrame) -> Results:
    with Ledger("03_dose", folder) as ledger:
        for name, value in {"n_units": 40, "n_periods": 6, "first_period": 2018, "last_period": 2023}.items():
            ledger.number(name, value, unit="", decimals=0)
        doses.record(ledger, Given(given, folder, {"panel": frame}))
    return read_results(folder)


def written(folder: Path, given: Study, results: Results, lang: str) -> str:
    doc = Doc(Prose(given, 2023, lang, results, folder / "figures"))
    doses.write(doc)
    return doc.markdown()


def test_the_table_is_the_regression_with_dummies_times_the_step(tmp_path):
    frame = panel()
    rows = {r["row"]: r for r in recorded(tmp_path, study(), frame).tables["tbl_doses_score"].rows}
    assert set(rows) == {*doses.ROWS}
    for suffix, more in (("", ""), ("_adjusted", " + x")):
        other = smf.ols(f"score ~ dose{more} + C(unit) + C(period)", frame).fit()
        assert rows[f"fixed_effects{suffix}"]["value"] == pytest.approx(2 * other.params["dose"], abs=1e-9)
    changes = frame.sort_values(["unit", "period"])
    change = changes.groupby("unit")[["score", "dose"]].diff().assign(period=changes["period"]).dropna()
    other = smf.ols("score ~ dose + C(period)", change).fit(
        cov_type="cluster", cov_kwds={"groups": changes.loc[change.index, "unit"].str[1:].astype(int)}, use_t=True
    )
    assert rows["first_differences"]["value"] == pytest.approx(2 * other.params["dose"], abs=1e-9)
    assert rows["first_differences"]["se"] == pytest.approx(2 * other.bse["dose"], abs=1e-9)


def test_with_lags_the_sum_of_the_doses_is_told(tmp_path):
    given = study(dose={**STUDY["dose"], "lags": 1})  # type: ignore[dict-item]
    frame = panel().sort_values(["unit", "period"])
    frame["earlier"] = frame.groupby("unit")["dose"].shift()
    other = smf.ols("score ~ dose + earlier + C(unit) + C(period)", frame.dropna(subset="earlier")).fit()
    found = recorded(tmp_path, given, frame).numbers["doses_effect_score"]
    assert found.value == pytest.approx(2 * (other.params["dose"] + other.params["earlier"]), abs=1e-9)


def _effect(value: float, half: float = 1.0) -> Effect:
    return Effect(value, half / 2, value - half, value + half, 0.5)


@pytest.mark.parametrize(
    ("fixed", "first", "lead_p", "code"),
    [
        (_effect(3), _effect(3.2), 0.4, "both"),
        (_effect(3), _effect(3.2), None, "both"),
        (_effect(3), _effect(3.2), 0.01, "lead"),
        (_effect(3), _effect(6), 0.4, "differ"),
        (_effect(3, 2.5), _effect(-3, 2.5), 0.4, "differ"),
        (_effect(1.5), _effect(0.8), 0.4, "one"),
        (_effect(0.5), _effect(0.2), 0.4, "neither"),
        (_effect(3), None, None, "alone"),
        (_effect(0.3), None, None, "neither"),
    ],
)
def test_what_may_be_said_follows_the_rule(fixed, first, lead_p, code):
    assert doses.reading(fixed, first, lead_p, 0.05) == code


@pytest.mark.parametrize(
    ("lang", "no_verdict", "effect", "no_effect", "lead", "bent"),
    [
        (
            "en",
            "cannot be judged by the rules",
            "if the assumptions below hold, this is an effect",
            "is not to be read as an effect",
            "ought to tell nothing",
            "does not do the same at every dose",
        ),
        (
            "id",
            "tidak dapat dinilai dengan aturan",
            "bila asumsi di bawah benar, ini adalah efek",
            "tidak untuk dibaca sebagai efek",
            "tidak semestinya menerangkan",
            "tidak berdampak sama pada setiap dosis",
        ),
    ],
)
def test_the_report_says_what_holds_and_never_a_verdict(tmp_path, lang, no_verdict, effect, no_effect, lead, bent):
    for name, frame, says, not_says in (
        ("sound", panel(), (effect, lead), (no_effect, bent)),
        ("back", panel(back=4.0), (no_effect,), (effect,)),
        ("bent", panel(bend=0.2), (bent,), ()),
    ):
        results = recorded(tmp_path / name / lang, study(), frame)
        text = written(tmp_path / name, study(), results, lang)
        assert no_verdict in text
        assert not re.search(r"\bNone\b|\bnan\b|\?\?|\binf\b", text)
        assert [words for words in says if words not in text] == [], name
        assert [words for words in not_says if words in text] == [], name
        assert not any(key.startswith("verdict") for key in results.texts)


def test_few_clusters_and_few_periods_have_their_words(tmp_path):
    frame = panel(units=12)
    text = written(tmp_path, study(), recorded(tmp_path / "a", study(), frame), "en")
    assert "likely too narrow" in text
    two = frame[frame["period"] < 2020]
    text = written(tmp_path, study(), recorded(tmp_path / "b", study(), two), "en")
    assert "cannot be tested with so few periods" in text


def test_a_start_in_the_doses_is_seen_and_said(tmp_path):
    """Units that wait at zero and stay above it once started, and units always at zero: a start that the study could name."""
    frame = panel()
    unit = frame["unit"].str[1:].astype(int)
    starting = frame.assign(dose=frame["dose"].where((unit < 20) & (frame["period"] >= 2020 + unit % 2), 0.0))
    assert doses.starts(starting) == (20, 20)
    assert doses.starts(frame) == (0, 0)
    upanddown = frame.assign(dose=frame["dose"].where((unit + frame["period"]) % 2 == 0, 0.0))
    assert doses.starts(upanddown) == (0, 0)
    for name, given, words, others in (
        ("start", starting, "These data hold a start", "does not name such a start"),
        ("none", frame, "does not name such a start", "These data hold a start"),
    ):
        text = written(tmp_path / name, study(), recorded(tmp_path / name / "r", study(), given), "en")
        assert words in text
        assert others not in text


def test_a_study_of_starts_records_nothing_of_it(medan, tmp_path):
    with Ledger("03_dose", tmp_path) as ledger:
        doses.record(ledger, Given(medan, tmp_path, {"panel": panel()}))
    assert not read_results(tmp_path).tables


def _made(folder: Path, frame: pd.DataFrame) -> Path:
    (folder / "studies/money").mkdir(parents=True)
    content = {key: value for key, value in STUDY.items() if key != "name"}
    (folder / "studies/money/study.yml").write_text(yaml.safe_dump(content), encoding="utf-8")
    raw = folder / "data/raw/money/2023"
    raw.mkdir(parents=True)
    frame.drop(columns="cohort").rename(columns={"period": "year", "dose": "money"}).to_csv(
        raw / "panel.csv", index=False
    )
    return folder


def test_a_file_of_doses_is_read_and_its_notebooks_are_chosen(tmp_path):
    root = _made(tmp_path, panel(units=20))
    given = load_study("money", root)
    found = gather(given, 2023, given.raw_root(root))
    assert not found.faults.found
    tidy = found.tables["panel"]
    assert tidy["cohort"].isna().all()
    assert tidy["dose"].notna().all()
    assert {"x", "score"} <= set(tidy)
    names = {design: [path.stem for path in find_notebooks("money", root, design)] for design in ("dose", "cohorts")}
    assert names["dose"] == ["01_clean", "03_dose", "08_report"]
    assert "03_dose" not in names["cohorts"]
    assert "03_effects" in names["cohorts"]


def test_a_dose_without_a_logarithm_is_refused(tmp_path):
    given = study(dose={**STUDY["dose"], "transform": "log"})  # type: ignore[dict-item]
    assert given.dose is not None
    assert dosed(pd.Series([1.0, np.e]), given.dose, str).tolist() == [0.0, 1.0]
    with pytest.raises(StudyError, match="no logarithm"):
        dosed(pd.Series([1.0, 0.0]), given.dose, str)


@pytest.mark.slow
def test_a_panel_of_doses_becomes_a_report(tmp_path):
    """From the file to HTML, in one language; blind runs, and checks by themselves, have their answers too."""
    root = _made(tmp_path, panel(units=20))
    done = run_pipeline(root, "report", "--study", "money", "--lang", "en", "--engine", "embedded")
    assert done.returncode == 0, done.stderr
    text = (root / "reports/money/2023/en/report.html").read_text(encoding="utf-8")
    assert "cannot be judged by the rules" in text
    assert (root / "reports/money/2023/en/data/tbl_doses_score.csv").is_file()
    blind = run_pipeline(root, "report", "--study", "money", "--lang", "en", "--engine", "embedded", "--blind")
    assert blind.returncode != 0
    assert "no participation that could be dealt out anew" in blind.stderr
    assert "Traceback" not in blind.stderr
    shutil.rmtree(root / "reports")
    checked = run_pipeline(root, "check", "--study", "money")
    assert checked.returncode == 0, checked.stderr + checked.stdout
