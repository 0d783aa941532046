"""The report's words on the scale of an outcome, in both languages: where they hold and where they do not."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.chapters import shape
from pipeline.chapters.analysis import estimate_outcome
from pipeline.errors import SourceError
from pipeline.ledger.entries import Ledger, read_results
from tests.chapters.robust_sample import prose
from tests.given import Given


def _recorded(study, folder, panel):
    effects = {o.name: estimate_outcome(study, panel, o) for o in study.outcomes}
    with Ledger("04_robustness", folder) as ledger:
        shape.record(ledger, Given(study, folder, {}, effects))
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
    with pytest.raises(SourceError, match=r"by the choice of y's unit"):
        transformed(panel["literacy"], panel, outcome, "panel.csv")
