"""Messages of figures: each on numbers on which it may stand, and on those on which it may not."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from pipeline.chapters import titles
from pipeline.chapters.event_time import Measured, by_event_time, cohort_effects, event_study
from pipeline.chapters.how import cell_means, draw_how, gaps_of, record_how
from pipeline.chapters.style import locale_axis
from pipeline.languages.catalogue import say
from pipeline.languages.message import literal
from pipeline.ledger.entries import Ledger, Number, read_results
from pipeline.methods.effects import group_time, make_design
from tests.chapters.robust_sample import schools

POINTS = Measured(literal("points"), smallest=0.05)
LANGUAGES = ("en", "id")


def effects(*ends: tuple[float, float], leads: int = 2) -> pd.DataFrame:
    """Effects after entry with these intervals, after leads that include zero."""
    whole = [(-0.1, 0.1)] * leads + list(ends)
    frame = pd.DataFrame(whole, columns=["low", "high"])
    times = [*range(-leads, 0), *range(len(ends))]
    return frame.assign(event_time=times, value=frame.mean(axis=1), n_units=[*range(10, 10 + len(whole))])


GOOD, NULL, BAD = (
    effects((0.1, 0.3), (0.2, 0.4)),
    effects((-0.1, 0.3), (-0.2, 0.1)),
    effects((-0.3, -0.1), (-0.4, -0.2)),
)
HALF = effects((-0.1, 0.3), (0.2, 0.4))


@pytest.mark.parametrize(
    ("panels", "better", "said"),
    [
        ([GOOD, GOOD], "higher", "In all 2 outcomes every interval after entry lies on the wanted side of zero"),
        (
            [GOOD, GOOD],
            "lower",
            "In all 2 outcomes every interval after entry lies on the side of zero that is not wanted",
        ),
        ([BAD, BAD], "lower", "In all 2 outcomes every interval after entry lies on the wanted side of zero"),
        ([NULL, NULL], "higher", "In none of the 2 outcomes does an interval after entry exclude zero"),
        (
            [GOOD, BAD, HALF],
            "higher",
            "Outcomes with every interval after entry on the wanted side of zero: 1 of 3; on the other side: 1; "
            "with only some intervals that exclude zero: 1",
        ),
        (
            [GOOD, NULL],
            "higher",
            "Outcomes with every interval after entry on the wanted side of zero: 1 of 2; on the other side: 0; "
            "with only some intervals that exclude zero: 0",
        ),
    ],
)
def test_effects_of_several_outcomes_are_counted_by_side(panels: list[pd.DataFrame], better: str, said: str) -> None:
    named = {f"o{k}": rows for k, rows in enumerate(panels)}
    message = titles.by_outcome(named, dict.fromkeys(named, better))
    assert say(message, "en") == said
    figure = by_event_time([(name, POINTS, rows) for name, rows in named.items()], message, "en")
    assert figure.get_suptitle().replace("\n", " ") == said
    plt.close(figure)


@pytest.mark.parametrize(("rows", "good", "bad"), [(GOOD, 2, 0), (NULL, 0, 0), (BAD, 0, 2), (HALF, 1, 0)])
def test_one_outcome_s_effects_are_told_by_range_and_count(rows: pd.DataFrame, good: int, bad: int) -> None:
    after = rows[rows["event_time"] >= 0]["value"]
    for better, counts in (("higher", (good, bad)), ("lower", (bad, good))):
        figure = event_study(rows, Measured(literal("points"), better), "en")
        said = figure.get_suptitle().replace("\n", " ")
        assert f"intervals on the wanted side of zero: {counts[0]} of 2, on the other: {counts[1]}" in said
        assert say(literal(f"{after.min():.3f}"), "en").replace("-", "−") in said
        assert said.endswith("(excluding zero before entry: 0 of 2)")
        plt.close(figure)


def test_leads_that_exclude_zero_are_told_in_the_title() -> None:
    rows = effects((0.1, 0.3)).assign(low=[0.01, -0.1, 0.1])
    assert "(excluding zero before entry: 1 of 2)" in say(titles.event(rows, "higher", 2), "en")


def test_cohorts_title_counts_them_and_gives_the_overall_effect() -> None:
    group = pd.DataFrame(
        {"cohort": [1.0, 2.0], "low": [-0.1, 0.1], "high": [0.2, 0.5], "value": [0.05, 0.3], "n_units": [9, 9]}
    )
    whole = type("Estimate", (), {"value": 0.2, "low": -0.01, "high": 0.41})()
    figure = cohort_effects(group, whole, str, POINTS, "en")
    said = figure.get_suptitle().replace("\n", " ")
    assert said == (
        "The average effect is 0.200 (−0.010 to 0.410); cohorts with their interval on the wanted side of zero: 1 of 2, "
        "on the other: 0"
    )
    plt.close(figure)


def test_the_first_page_s_title_counts_each_interval_once() -> None:
    def number(low: float, high: float) -> Number:
        return Number((low + high) / 2, "sd", 3, low, high, None, None, "")

    panels = [(number(0.1, 0.2), "higher"), (number(0.1, 0.2), "lower"), (number(-0.1, 0.2), "higher")]
    said = "Intervals on the wanted side of zero: 1 of 3; on the other: 1; that include it: 1"
    assert say(titles.summary(panels), "en") == said


def test_coverage_names_no_district_that_is_hidden() -> None:
    rows = pd.DataFrame({"kecamatan": ["A", "B", "C"], "schools": [9, 8, 7], "shown": [None, 4.0, 5.0]})
    assert say(titles.coverage(rows), "en") == "Most participating schools of a district are in C: 5 of 7"
    assert "no district" in say(titles.coverage(rows.assign(shown=np.nan)), "en")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("step", [0.025, 0.05, 0.5, 1.0, 0.0125])
def test_a_tick_s_label_is_the_tick_s_value(lang: str, step: float) -> None:
    figure, axes = plt.subplots()
    axes.plot([0, 4 * step], [0, 1])
    axes.set_xticks(np.arange(5) * step)
    locale_axis(axes.xaxis, lang, 1)
    figure.canvas.draw()
    said = [label.get_text().replace(",", ".").replace("−", "-") for label in axes.get_xticklabels()]
    assert [float(text) for text in said] == pytest.approx(list(np.arange(5) * step), abs=1e-12)
    assert len({len(text.partition(".")[2]) for text in said}) == 1, "all with the same decimals"
    plt.close(figure)


def test_the_smallest_effect_of_interest_is_drawn_on_the_wanted_side_with_its_name() -> None:
    for better, place in (("higher", 0.05), ("lower", -0.05)):
        figure = event_study(GOOD, Measured(literal("points"), better, 0.05), "en")
        lines = [line.get_ydata()[0] for line in figure.axes[0].lines if len(set(line.get_ydata())) == 1]
        assert place in lines
        assert "smallest effect of interest" in [text.get_text() for text in figure.axes[0].texts]
        assert "n = 10 to 13" in [text.get_text() for text in figure.axes[0].texts]
        assert figure.axes[0].get_ylabel() == "Effect (points)"
        plt.close(figure)


# --- the effect and how it comes about --------------------------------------------------------------------------------


def test_the_change_of_the_gap_is_the_cohort_s_effect() -> None:
    panel = schools(90)
    found = group_time.estimate(make_design(panel, "literacy"), draws=199).att
    known = {(row.cohort, row.period): row.value for row in found.itertuples()}
    gaps = gaps_of(cell_means(panel, "literacy"))
    after = gaps[gaps["after"]]
    assert len(after) == 5
    for row in after.itertuples():
        assert row.effect == pytest.approx(known[row.cohort, row.period], abs=1e-9)
    assert gaps.loc[gaps["period"] == 2019, "effect"].tolist()[0] == 0


def test_the_figure_has_three_panels_and_a_title_of_its_numbers(medan, tmp_path) -> None:
    panel = schools(90)
    scale = Measured(literal("points"), smallest=0.05)
    with Ledger("03_effects", tmp_path) as ledger:
        record_how(ledger, medan, panel, medan.outcome("literacy"), scale)
        record_how(ledger, medan, panel.dropna(subset=["cohort"]), medan.outcome("numeracy"), scale)
    found = read_results(tmp_path)
    assert list(found.figures) == ["fig_how_literacy"], "without units never treated there is no such figure"
    means = cell_means(panel, "literacy")
    gaps = gaps_of(means)
    after = gaps[gaps["after"]]
    change = np.average(after["effect"], weights=after["n_units"])
    figure = draw_how(means, scale, medan, "en")
    assert len(figure.axes) == 3
    assert f"a change of +{change:.3f}" in figure.get_suptitle().replace("\n", " ")
    assert f"a change of +{change:.3f}" in say(found.figures["fig_how_literacy"].alt, "en")
    plt.close(figure)


@pytest.mark.parametrize("size", [0.0, -0.5])
def test_without_an_effect_or_with_harm_the_title_says_so(medan, size: float) -> None:
    panel = schools(90)
    on = (panel["cohort"] <= panel["period"]).fillna(False)
    panel["literacy"] = panel["literacy"].where(~on, panel["literacy"] - 0.3 + size)
    figure = draw_how(cell_means(panel, "literacy"), POINTS, medan, "en")
    said = figure.get_suptitle().replace("\n", " ")
    change = float(said.rpartition("a change of ")[2].replace("−", "-"))
    assert change == pytest.approx(size, abs=0.1)
    plt.close(figure)
