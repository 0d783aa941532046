"""Several outcomes judged together, the headline, and the sizes that verdicts are measured against."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from pipeline.methods.effects import (
    Thresholds,
    headline,
    judge,
    judge_family,
    smallest_effect,
)
from pipeline.methods.effects.judgement.family import holm
from pipeline.methods.effects.judgement.limits import minimum_detectable_effect
from tests.methods.effects.evidence import GOOD, NULL


def test_minimum_detectable_effect():
    assert minimum_detectable_effect(1.0) == pytest.approx(2.8016, abs=1e-4)
    # t quantiles with 10 degrees of freedom: 2.2281 + 0.8791; Bonferroni over five outcomes: 3.1693 + 0.8791
    assert minimum_detectable_effect(1.0, df=10) == pytest.approx(3.1072, abs=1e-4)
    assert minimum_detectable_effect(1.0, df=10, family=5) == pytest.approx(4.0484, abs=1e-4)


def test_smallest_effect_in_every_unit():
    assert smallest_effect(Thresholds(), sd=2.0) == (pytest.approx(0.2), True)
    assert smallest_effect(Thresholds(smallest_effect=0.3)) == (0.3, False)
    assert smallest_effect(Thresholds(smallest_effect=0.3, smallest_effect_unit="sd"), sd=2.0) == (
        pytest.approx(0.6),
        False,
    )
    percent = Thresholds(smallest_effect=5, smallest_effect_unit="percent")
    assert smallest_effect(percent, sd=2.0, mean=-40.0) == (pytest.approx(2.0), False)
    assert smallest_effect(percent, sd=2.0, mean=0.0) == (pytest.approx(0.2), True)
    derived = judge(replace(GOOD, sd=2.0))
    assert derived.smallest_effect == pytest.approx(0.2)
    assert "smallest_effect_derived" in derived.codes


def test_holm():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.5, math.nan, 0.01])[::2] == pytest.approx([0.5, 0.02])
    assert math.isnan(holm([math.nan])[0])


def test_outcomes_of_a_family_are_judged_with_their_number():
    borderline = replace(GOOD, p=0.03)
    alone = judge(borderline)
    verdicts = judge_family({"a": borderline, "b": replace(NULL, p=0.9), "c": replace(GOOD, p=1e-6)})
    assert alone.code == "strong"
    assert verdicts["a"].code == "none"
    assert verdicts["a"].codes[0] == "family_not_confirmed"
    assert verdicts["c"].code == "strong"
    assert verdicts["c"].mde > alone.mde
    leads = judge_family(
        {k: replace(GOOD, pretrend_p=p, trend_bias=0.2) for k, p in (("a", 0.02), ("b", 0.5), ("c", 0.6))}
    )
    assert {v.code for v in leads.values()} == {"strong"}  # 0.02 is 0.06 among three


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["strong"], "strong"),
        (["strong", "weak"], "weak"),
        (["strong", "strong", "none"], "strong"),
        (["strong", "weak", "none"], "weak"),
        (["strong", "none", "none"], "mixed"),
        (["strong", "none"], "mixed"),
        (["none", "none"], "none"),
        (["strong", "strong", "decline"], "decline"),
        (["strong", "weak_decline", "strong"], "mixed"),
        (["none", "weak_decline"], "weak_decline"),
        (["not_credible", "strong", "strong"], "strong"),
        (["not_credible", "strong"], "mixed"),
        (["not_assessable", "strong", "weak"], "weak"),
        (["not_credible", "strong", "none"], "mixed"),
        (["not_credible", "not_credible", "strong"], "not_credible"),
        (["not_assessable", "not_assessable", "strong"], "not_assessable"),
        (["not_credible", "not_assessable"], "not_credible"),
    ],
)
def test_headline(codes, expected):
    assert headline(codes) == expected
    assert headline(codes[::-1]) == expected


def test_no_verdict_has_no_headline():
    with pytest.raises(ValueError, match="no verdict"):
        headline([])
