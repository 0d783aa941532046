"""The report's words on the scale of an outcome, in both languages: where they hold and where they do not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipeline.chapters import shape
from pipeline.chapters.analysis import estimate_outcome
from pipeline.errors import StudyError
from pipeline.ledger.entries import Ledger, read_results
from tests.chapters.robust_sample import prose
from tests.given import Given


def _recorded(study, folder, panel):
    effects = {o.name: estimate_outcome(study, panel, o) for o in study.outcomes}
    with Ledger("04_robustness", folder) as ledger:
        shape.record(ledger, Given(study, folder, {"panel": panel}, effects))
    return read_results(folder)


def _panel(values):
    from tests.chapters.test_exhibits_estimators import schools

    panel = schools()
    return panel.assign(literacy=values(panel))


def _count(panel):
    return np.random.default_rng(2).poisson(2, len(panel)).astype(float)


def _marks(panel):
    return np.clip(np.round(panel["literacy"] * 20 + 90), 0, 100)


@pytest.fixture
def study(medan):
    return medan.model_copy(update={"outcomes": [medan.outcome("literacy")], "covariates": []})


@pytest.mark.parametrize(
    ("lang", "counts", "per_cent", "ceiling"),
    [
        ("en", "is a count", "Under parallel trends in per cent", "have the greatest value there is"),
        ("id", "adalah cacahan", "Menurut tren sejajar dalam persen", "bernilai paling tinggi"),
    ],
)
def test_a_count_has_its_word_and_a_poisson_regression(study, tmp_path, lang, counts, per_cent, ceiling):
    found = _recorded(study, tmp_path / "count", _panel(_count))
    rows = {row["row"]: row for row in found.tables["tbl_shape_poisson"].rows}
    assert set(rows) == {"main", "poisson", "poisson_percent"}
    assert rows["poisson"]["value"] == found.numbers["shape_poisson_literacy"].value
    text = prose(study, found, tmp_path, lang, "shape")
    assert counts in text
    assert per_cent in text
    assert ceiling not in text
    full = _recorded(study, tmp_path / "full", _panel(_marks))
    (tmp_path / "b").mkdir()
    text = prose(study, full, tmp_path / "b", lang, "shape")
    assert ceiling in text
    assert per_cent not in text
    assert "tbl_shape_poisson" not in full.tables


def _ratio(panel):
    """Large units gain and small ones do not: teachers by unit, and twenty pupils to each."""
    order = panel["unit"].rank(method="dense").astype(int)
    teachers = pd.Series(np.where(order % 3 == 0, 60, 5 + order % 7), index=panel.index)
    on = (panel["period"] >= panel["cohort"]).fillna(False).astype(bool)
    pupils = np.random.default_rng(4).poisson(20 * teachers) - 5.0 * teachers * (on & (teachers == 60))
    return panel.assign(literacy=pupils / teachers, literacy_denominator=teachers)


@pytest.mark.parametrize(
    ("lang", "ratio", "alike", "looks"),
    [
        (
            "en",
            "is a ratio of two columns",
            "a small unit counts as much as a large one",
            "its study can name the denominator",
        ),
        (
            "id",
            "adalah rasio dua kolom",
            "unit kecil dihitung sama seperti unit besar",
            "studinya dapat menyebut penyebutnya",
        ),
    ],
)
def test_a_ratio_says_whose_mean_it_is_and_shows_the_ratio_of_totals(study, tmp_path, lang, ratio, alike, looks):
    from tests.chapters.test_exhibits_estimators import schools

    panel = _ratio(schools())
    declared = study.outcomes[0].model_copy(update={"denominator": "teachers", "transform": "none", "source": None})
    given = study.model_copy(update={"outcomes": [declared]})
    found = _recorded(given, tmp_path / "declared", panel)
    rows = {row["row"]: row for row in found.tables["tbl_shape_ratio"].rows}
    first = panel.sort_values("period").groupby("unit")["literacy_denominator"].transform("first")
    by_hand = estimate_outcome(given, panel.assign(weight=first), declared).main.overall
    assert rows["pooled"]["value"] == pytest.approx(by_hand.value, abs=1e-12)
    assert rows["pooled"]["value"] < rows["main"]["value"] - 0.5  # large units decide the ratio of totals
    text = prose(given, found, tmp_path, lang, "shape")
    assert [words for words in (ratio, alike) if words not in text] == []
    assert looks not in text
    (tmp_path / "looks-text").mkdir()
    text = prose(study, _recorded(study, tmp_path / "looks", panel), tmp_path / "looks-text", lang, "shape")
    assert looks in text
    assert ratio not in text


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "has one value in all periods"), ("id", "bernilai sama pada semua")]
)
def test_a_group_in_which_nothing_moves_is_named(study, tmp_path, lang, words):
    from tests.chapters.test_exhibits_estimators import schools

    panel = schools()
    first = panel.groupby("unit")["literacy"].transform("first")
    for name, still in (("treated", panel["cohort"].notna()), ("comparison", panel["cohort"].isna())):
        found = _recorded(study, tmp_path / name, panel.assign(literacy=panel["literacy"].mask(still, first)))
        assert found.texts["shape_still_literacy"] == name
        (tmp_path / f"{name}-text").mkdir()
        assert words in prose(study, found, tmp_path / f"{name}-text", lang, "shape")


def test_nothing_is_said_of_a_plain_outcome(study, tmp_path):
    found = _recorded(study, tmp_path, _panel(lambda panel: panel["literacy"]))
    assert not found.tables
    assert not found.numbers


def test_where_a_poisson_regression_does_not_apply_that_is_said(study, tmp_path):
    found = _recorded(study, tmp_path / "r", _panel(lambda p: np.where(p["period"] == 2018, 0.0, _count(p))))
    assert found.texts["shape_poisson_missing_literacy"] == "needs"
    text = prose(study, found, tmp_path, "en", "shape")
    assert "cannot be set beside it" in text


def test_the_log_of_a_zero_is_refused_with_the_way_out():
    from pipeline.clean.transforms import transformed
    from pipeline.study import Outcome

    panel = _panel(_count)
    outcome = Outcome(name="literacy", label={"en": "Visits"}, transform="log")
    with pytest.raises(StudyError, match=r"by the choice of y's unit"):
        transformed(panel["literacy"], panel, outcome, "panel.csv, row {}".format)
