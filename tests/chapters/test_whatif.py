"""Other choices: the report's own choices get the report's own verdict, and every row is what the rules say of it."""

from __future__ import annotations

import pytest

from pipeline.chapters.reasons import worded
from pipeline.chapters.specification import choices_of
from pipeline.chapters.whatif import CHOICES, reason_of
from pipeline.methods.effects.judgement import Evidence, judge
from pipeline.methods.effects.judgement.choices import MAGNITUDES
from pipeline.methods.effects.sensitivity.specification import curve
from tests.report.whatif_page import OUTCOMES, judged, panel


def rows(outcome: str) -> list[dict]:
    return judged()[1].tables[f"tbl_whatif_{outcome}"].rows


def own(outcome: str) -> list[dict]:
    wanted = {"sample": "all_schools", "covariates": "none", "estimator": "group_time", "comparison": "never"}
    return [row for row in rows(outcome) if all(row[key] == value for key, value in wanted.items())]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_report_s_own_choices_get_its_own_verdict_and_numbers(outcome: str) -> None:
    _, _, verdicts = judged()
    verdict, mine = verdicts[outcome], {row["m"]: row for row in own(outcome)}
    assert tuple(mine) == MAGNITUDES
    assert (mine[1.0]["verdict"], mine[1.0]["reason"]) == (
        worded(verdict.code, verdict.underpowered),
        reason_of(verdict),
    )
    evidence = verdict.evidence
    for row in mine.values():
        assert [row[k] for k in ("value", "low", "high")] == [evidence.value, evidence.low, evidence.high]
    assert [mine[1.0][k] for k in ("robust_low", "robust_high")] == [evidence.mbar_low, evidence.mbar_high]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_larger_violation_never_makes_a_verdict_stronger(outcome: str) -> None:
    order = {"not_credible": 0, "none": 0, "none_underpowered": 0, "weak": 1, "moderate": 2, "strong": 3}
    grades = [order[row["verdict"]] for row in own(outcome)]
    assert grades == sorted(grades, reverse=True)
    widths = [row["robust_high"] - row["robust_low"] for row in own(outcome)]
    assert widths == sorted(widths)


def test_choices_do_change_verdicts_so_that_a_constant_table_would_be_seen() -> None:
    assert len({row["verdict"] for outcome in OUTCOMES for row in rows(outcome)}) >= 3


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_estimates_are_those_of_the_specification_curve(outcome: str) -> None:
    study, _, _ = judged()
    frame = panel()
    covariates = [name for name in study.covariates if name in frame]
    found = curve(frame, outcome, choices_of(study, frame), covariates=covariates, min_cohort_units=2, draws=199)
    keys = ("sample", "covariates", "estimator", "comparison")
    known = {
        tuple(row[key] for key in keys): row
        for row in found.table.to_dict("records")
        if row["scaling"] == "declared" and row["cluster"] == "unit"
    }
    mine = {tuple(row[key] for key in keys): row for row in rows(outcome)}
    assert set(mine) == set(known)
    for key, row in mine.items():
        assert row["value"] == pytest.approx(known[key]["value"], abs=1e-9), key
        if row["estimator"] != "group_time":
            assert row["low"] == pytest.approx(known[key]["low"], abs=1e-9), key


def test_a_verdict_that_claims_nothing_says_why_and_one_without_limits_says_so() -> None:
    null = judge(
        Evidence(value=0.01, se=0.02, low=-0.03, high=0.05, p=0.6, n_treated=50, n_clusters=80, pretrend_p=0.5)
    )
    assert reason_of(null) == "interval_includes_zero"
    assert list(rows("literacy")[0]).index("value") == CHOICES


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_summary_counts_the_rows_under_one_violation_at_a_time(outcome: str) -> None:
    _, results, verdicts = judged()
    summary = [row for row in results.tables["tbl_whatif"].rows if row["outcome"] == outcome]
    for m in (*MAGNITUDES, None):
        said = [row["verdict"] for row in rows(outcome) if row["m"] == m]
        told = {row["verdict"]: row for row in summary if row["m"] == m}
        assert {code: row["count"] for code, row in told.items()} == {code: said.count(code) for code in set(said)}
        assert sum(row["share"] for row in told.values()) == pytest.approx(100)
        key = {1.0: "ruled", None: "others"}.get(m)
        if key:
            assert results.numbers[f"whatif_{key}_n_{outcome}"].value == len(said)
            assert results.numbers[f"whatif_{key}_same_{outcome}"].value == said.count(
                worded(verdicts[outcome].code, verdicts[outcome].underpowered)
            )
    assert sum(row["count"] for row in summary) == len(rows(outcome))
    assert all(row["estimator"] == "group_time" for row in rows(outcome) if row["m"] is not None)
