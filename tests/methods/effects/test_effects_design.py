"""Every refusal names what and where; what is left out is noted."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipeline.errors import DesignError
from pipeline.methods.effects import cohort_from_status, group_time, make_design


@pytest.fixture
def base(make_panel):
    return make_panel(units=40)


def refused(panel: pd.DataFrame, outcome: str = "y", **options) -> str:
    with pytest.raises(DesignError) as caught:
        make_design(panel, outcome, **options)
    assert len(str(caught.value).splitlines()) < 20
    return str(caught.value)


def test_one_period(base):
    message = refused(base[base["period"] == 2018])
    assert "one period only (2018)" in message


def test_one_period_because_the_outcome_is_missing_in_the_others(base):
    assert "one period only" in refused(base.assign(y=base["y"].where(base["period"] == 2022)))


def test_all_outcomes_missing(base):
    message = refused(base.assign(y=np.nan))
    assert "All values of outcome 'y' are missing" in message


def test_text_outcome_counts_as_missing(base):
    assert "missing" in refused(base.assign(y="n/a"))


def test_everybody_treated_at_once(base):
    assert "no never-treated and no not-yet-treated" in refused(base.assign(cohort=2021))


def test_nobody_treated(base):
    assert "No unit is ever treated" in refused(base.assign(cohort=pd.NA))


def test_nobody_treated_yet(base):
    cohort = base["cohort"].where(base["cohort"].isna(), 2030)
    assert "under treatment in a period" in refused(base.assign(cohort=cohort))


def test_no_period_before_treatment(base):
    cohort = base["cohort"].where(base["cohort"].isna(), 2018)
    message = refused(base.assign(cohort=cohort))
    assert "no" in message.lower()
    assert "2018" in message


def test_one_cluster(base):
    message = refused(base.assign(cluster="Medan Kota"))
    assert "one cluster" in message
    assert "Medan Kota" in message


def test_without_a_cluster_column_units_are_clusters(base):
    design = make_design(base.drop(columns="cluster"), "y")
    assert design.cluster_is_unit
    assert design.n_clusters == design.n_units


def test_missing_cluster(base):
    broken = base.assign(cluster=base["cluster"].where(base["unit"] != "u0003"))
    assert "u0003" in refused(broken)


def test_duplicated_unit_and_period(base):
    message = refused(pd.concat([base, base.iloc[[7]]]))
    assert str(base.iloc[7]["unit"]) in message
    assert str(base.iloc[7]["period"]) in message


@pytest.mark.parametrize(("column", "words"), [("cohort", "first treated periods"), ("cluster", "clusters")])
def test_unit_with_two_values(base, column, words):
    broken = base.copy()
    rows = broken.index[broken["unit"] == "u0005"]
    broken.loc[rows[0], column] = 2022 if column == "cohort" else "elsewhere"
    broken.loc[rows[1], column] = 2023 if column == "cohort" else "nowhere"
    message = refused(broken)
    assert words in message
    assert "u0005" in message


def test_missing_column(base):
    message = refused(base, "literacy")
    assert "'literacy'" in message
    assert "cohort" in message


def test_row_without_period(base):
    assert "no unit or no period" in refused(base.assign(period=base["period"].astype(float).where(base.index != 3)))


def test_cohorts_too_small(base):
    assert "No cohort has 30 units" in refused(base, min_cohort_units=30)


def test_small_cohort_is_left_out_with_a_note(base):
    lone = base.assign(cohort=base["cohort"].where(base["unit"] != "u0001", 2024))
    design = make_design(lone, "y")
    assert "u0001" not in set(design.data["unit"])
    assert any(str(n).startswith("small_cohort: cohort 2024") for n in design.notes)


def test_always_treated_are_left_out_with_a_note(base):
    first = base["unit"].isin(["u0001", "u0002"])
    design = make_design(base.assign(cohort=base["cohort"].mask(first, 2017)), "y")
    assert not {"u0001", "u0002"} & set(design.data["unit"])
    assert any(str(n).startswith("always_treated: 2 units") for n in design.notes)


def test_later_cohort_counts_as_untreated_in_an_older_edition(base):
    design = make_design(base[base["period"] <= 2022], "y")
    assert design.cohorts == (2021, 2022)
    assert any(str(n).startswith("treated_later") for n in design.notes)
    assert design.data.loc[design.data["unit"].isin(base.loc[base["cohort"] == 2023, "unit"]), "cohort"].isna().all()


def test_gap_year_is_no_period(base):
    design = make_design(base, "y")
    assert design.periods == (2018, 2019, 2021, 2022, 2023, 2024)
    row = design.data[(design.data["cohort"] == 2021) & (design.data["period"] == 2019)].iloc[0]
    assert (row["t"], row["g"], row["event_time"]) == (1, 2, -1)


def test_cohort_of_an_unmeasured_year_moves_to_the_next_measured(base):
    design = make_design(base.assign(cohort=base["cohort"].replace(2021, 2020)), "y")
    assert design.cohorts == (2021, 2022, 2023)
    assert any(str(n).startswith("cohort_moved: cohort 2020") for n in design.notes)


def test_covariates_are_frozen_at_the_first_observation(base):
    moving = base.assign(x=base["x"] + base["period"], flat=1.0)
    design = make_design(moving, "y", covariates=["x", "flat"])
    assert design.covariates == ("x",)
    assert (design.data.groupby("unit")["x"].nunique() == 1).all()
    assert any(str(n).startswith("constant_covariate: flat") for n in design.notes)


def test_missing_covariate_leaves_the_unit_out_of_the_adjusted_estimate_only(base):
    holed = base.assign(x=base["x"].where(base["unit"] != "u0004"))
    design = make_design(holed, "y", covariates=["x"])
    assert design.n_units == 40
    result = group_time.estimate(design, covariates=True, method="reg", draws=199)
    assert result.overall.n_units == 39
    assert any(str(n).startswith("covariate_units: 1 units") for n in result.warnings)


def test_adjusted_without_covariates_is_refused(base):
    with pytest.raises(DesignError, match="no covariate"):
        group_time.estimate(make_design(base, "y"), covariates=True)


def test_input_is_not_changed(base):
    before = base.copy(deep=True)
    make_design(base, "y", covariates=["x"])
    pd.testing.assert_frame_equal(base, before)


def test_no_balanced_panel(base):
    order = base.groupby("unit").cumcount()
    design = make_design(base.assign(y=base["y"].where(order != base["unit"].str[-1].astype(int) % 6)), "y")
    with pytest.raises(DesignError, match="balanced"):
        design.balanced()


class TestStatus:
    def frame(self, **changes: int) -> pd.DataFrame:
        status = {("a", 1): 0, ("a", 2): 1, ("a", 3): 1, ("b", 1): 0, ("b", 2): 0, ("b", 3): 0}
        rows = [(u, p, changes.get(f"{u}{p}", s)) for (u, p), s in status.items()]
        return pd.DataFrame(rows, columns=["firm", "year", "on"]).sample(frac=1, random_state=1)

    def test_first_treated_period(self):
        frame = self.frame()
        cohort = cohort_from_status(frame, "firm", "year", "on")
        assert cohort.dtype == "Int64"
        assert set(cohort[frame["firm"] == "a"]) == {2}
        assert cohort[frame["firm"] == "b"].isna().all()

    def test_switching_off_names_unit_and_period(self):
        with pytest.raises(DesignError) as caught:
            cohort_from_status(self.frame(a3=0), "firm", "year", "on")
        assert "switches off" in str(caught.value)
        assert "unit a, period 3" in str(caught.value)

    def test_neither_zero_nor_one(self):
        with pytest.raises(DesignError, match="unit b, period 2"):
            cohort_from_status(self.frame(b2=7), "firm", "year", "on")

    def test_unknown_status_is_passed_over(self):
        frame = self.frame()
        frame["on"] = frame["on"].astype(float).mask((frame["firm"] == "a") & (frame["year"] == 3))
        assert set(cohort_from_status(frame, "firm", "year", "on")[frame["firm"] == "a"]) == {2}

    def test_text_status_is_refused(self):
        frame = self.frame().astype({"on": object})
        frame.loc[frame.index[0], "on"] = "yes"
        with pytest.raises(DesignError, match="'yes'"):
            cohort_from_status(frame, "firm", "year", "on")
