"""Messages of figures: each on numbers on which it may stand, and on those on which it may not."""

from __future__ import annotations

import json
import math
import re

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from pipeline.chapters import titles
from pipeline.chapters.event_time import Measured, by_event_time, cohort_effects, event_study
from pipeline.chapters.how import cell_means, draw_how, gaps_of, record_how
from pipeline.chapters.style import legend_below, locale_axis, message_title, panel_grid
from pipeline.languages.catalogue import say
from pipeline.languages.message import from_json, literal, to_json
from pipeline.ledger.entries import Ledger, Number, read_results
from pipeline.methods.effects import group_time, make_design
from pipeline.report.wording import alternative
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
    assert "(excluding zero before entry: 1 of 2)" in say(titles.event(rows, "higher", 2, literal("points")), "en")


def test_cohorts_title_counts_them_and_gives_the_overall_effect() -> None:
    group = pd.DataFrame(
        {"cohort": [1.0, 2.0], "low": [-0.1, 0.1], "high": [0.2, 0.5], "value": [0.05, 0.3], "n_units": [9, 9]}
    )
    whole = type("Estimate", (), {"value": 0.2, "low": -0.01, "high": 0.41})()
    figure = cohort_effects(group, whole, str, POINTS, "en")
    said = figure.get_suptitle().replace("\n", " ")
    assert said == (
        "The average effect is 0.200 points (−0.010 to 0.410); cohorts with their interval on the wanted side of zero: "
        "1 of 2, on the other: 0"
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
    FigureCanvasAgg(figure).draw()
    said = [label.get_text().replace(",", ".").replace("−", "-") for label in axes.get_xticklabels()]
    assert [float(text) for text in said] == pytest.approx(list(np.arange(5) * step), abs=1e-12)
    assert len({len(text.partition(".")[2]) for text in said}) == 1, "all with the same decimals"
    plt.close(figure)


def test_the_smallest_effect_of_interest_is_drawn_on_the_wanted_side_with_its_name() -> None:
    for better, place in (("higher", 0.05), ("lower", -0.05)):
        figure = event_study(GOOD, Measured(literal("points"), better, 0.05), "en")
        lines = [line.get_ydata()[0] for line in figure.axes[0].lines if len(set(line.get_ydata())) == 1]
        assert place in lines
        named = [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
        assert "smallest effect of interest" in named, "in the legend: on the line it would lie over the data"
        assert "n\u00a0=\u00a010 to 13" in [text.get_text() for text in figure.axes[0].texts]
        assert figure.axes[0].get_ylabel() == "Effect (points)"
        plt.close(figure)


def _cut(figure) -> list[str]:
    """Texts that reach beyond the figure's edges."""
    FigureCanvasAgg(figure).draw()
    whole = figure.bbox
    texts = [text for text in figure.findobj(Text) if re.search("[A-Za-z]{2}", text.get_text()) and text.get_visible()]
    ends = [(text.get_text(), text.get_window_extent()) for text in texts]
    return [said for said, box in ends if box.x0 < whole.x0 - 1 or box.x1 > whole.x1 + 1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_several_outcomes_labels_are_whole_and_lie_over_no_data(lang: str) -> None:
    label = "An outcome with a name of some length"
    panels = [(label, POINTS, GOOD)] * 4
    figure = by_event_time(panels, literal("said"), lang)
    assert _cut(figure) == []
    assert [text.get_text() for axes in figure.axes for text in axes.texts] == []
    named = say("titles-smallest", lang)
    assert [text.get_text() for text in figure.legends[0].get_texts()] == [named]
    assert [axes.get_title("left").replace("\n", " ").startswith(label) for axes in figure.axes] == [True] * 4
    boxes = [figure.legends[0].get_window_extent(), *(axes.get_tightbbox() for axes in figure.axes)]
    assert not [1 for k, box in enumerate(boxes) for other in boxes[:k] if box.overlaps(other)]
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
        record_how(ledger, medan, panel, medan.outcome("literacy"), scale, 0.3)
        record_how(ledger, medan, panel.dropna(subset=["cohort"]), medan.outcome("numeracy"), scale, 0.3)
    found = read_results(tmp_path)
    assert list(found.figures) == ["fig_how_literacy"], "without units never treated there is no such figure"
    means = cell_means(panel, "literacy")
    gaps = gaps_of(means)
    after = gaps[gaps["after"]]
    change = np.average(after["effect"], weights=after["n_units"])
    figure = draw_how(means, scale, change, medan, "en")
    assert len(figure.axes) == 3
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["smallest effect of interest"]
    assert not figure.axes[2].texts, "the name would lie over the lines of the cohorts"
    assert figure.get_suptitle().replace("\n", " ").endswith(f"a change of +{change:.3f} points")
    assert f"a change of +{change:.3f}" in alternative(found.figures["fig_how_literacy"], "en")
    differs = "; the estimated effect is +0.300, and the notes say why they differ"
    assert differs in alternative(found.figures["fig_how_literacy"], "en")
    plt.close(figure)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_raw_means_are_called_the_effect_only_where_they_are(medan, tmp_path, lang: str) -> None:
    """Every unit in every period: the changes are the effects. Where some are not measured they differ, and why is said."""
    whole = schools(90)
    gone = (whole["unit"] == whole["unit"].iloc[0]) & (whole["period"] == 2019)
    holes = whole.assign(literacy=whole["literacy"].mask(gone))
    later = medan.model_copy(update={"inference": medan.inference.model_copy(update={"control": "not_yet"})})
    for study, panel, kind in ((medan, whole, "equal"), (medan, holes, "unequal"), (later, whole, "comparison")):
        with Ledger("03_effects", tmp_path / kind) as ledger:
            record_how(ledger, study, panel, study.outcome("literacy"), POINTS, 0.3)
        notes = say(read_results(tmp_path / kind).figures["fig_how_literacy"].notes, lang)
        said = {k for k in ("equal", "unequal", "comparison") if say(f"how-notes-{k}", lang) in notes}
        assert said == {kind}


@pytest.mark.parametrize("size", [0.0, -0.5])
def test_without_an_effect_or_with_harm_the_title_says_so(medan, size: float) -> None:
    panel = schools(90)
    on = (panel["cohort"] <= panel["period"]).fillna(False)
    panel["literacy"] = panel["literacy"].where(~on, panel["literacy"] - 0.3 + size)
    figure = draw_how(cell_means(panel, "literacy"), POINTS, math.nan, medan, "en")
    said = figure.get_suptitle().replace("\n", " ")
    change = float(said.rpartition("a change of ")[2].removesuffix(" points").replace("−", "-"))
    assert change == pytest.approx(size, abs=0.1)
    plt.close(figure)


# --- figures of delivery, of other aims and of the annexes --------------------------------------------------------------


def _said(text, lang: str = "en") -> str:
    """The words, of a message that a ledger can hold."""
    return say(from_json(json.loads(json.dumps(to_json(text)))), lang)


@pytest.mark.parametrize(
    ("better", "said"), [("higher", "side of zero: 1 of 3; on the other: 1; that include it: 1"),
                         ("lower", "side of zero: 1 of 3; on the other: 1; that include it: 1")]
)  # fmt: skip
def test_intervals_are_counted_by_their_side_and_refused_ones_not(better, said) -> None:
    rows = pd.DataFrame({"low": [0.1, -0.3, -0.1, None], "high": [0.2, -0.1, 0.1, None]})
    assert said in _said(titles.intervals("titles-by-estimator", [(rows, better)]))
    good = rows.iloc[:1]
    assert "zero: 1 of 1; on the other: 0" in _said(titles.intervals("titles-by-area", [(good, "higher")]))
    assert "zero: 0 of 1; on the other: 1" in _said(titles.intervals("titles-by-area", [(good, "lower")]))
    assert "zero: 1 of 2; on the other: 1" in _said(
        titles.intervals("titles-by-group", [(good, "higher"), (good, "lower")])
    )


def test_the_flow_names_those_that_took_part_only_where_it_parts() -> None:
    rows = [("files", 1200, 0), ("rows", 1000, 0), ("units", 50, 0), ("treated", 20, 1), ("never", 30, 2)]
    table = pd.DataFrame(rows, columns=["stage", "count", "branch"])
    assert _said(titles.flow(table)) == "Of 1,200 rows 1,000 are used; of 50 units in the analysis 20 took part"
    assert _said(titles.flow(table.iloc[:3]), "id") == "Dari 1.200 baris 1.000 dipakai"


def test_activities_are_no_aims() -> None:
    said = _said(titles.theory(["activity", "judged", "judged", "described", "open"]))
    assert _said(titles.theory(["activity", "judged"])) == "All aims (1) are judged against a comparison"
    assert said.startswith("Of 4 aims 2 are judged against a comparison, 1 only described, 1 not measured")


def test_the_lower_half_of_a_lorenz_curve() -> None:
    persons = np.linspace(0, 1, 5)
    assert "has 50.0% of all hours" in _said(titles.lorenz(persons, persons))
    assert "has 10.0% of all hours" in _said(titles.lorenz(persons, np.array([0, 0.02, 0.1, 0.4, 1.0])))


def test_a_falling_index_is_told_as_falling() -> None:
    first, last = pd.Series({"index": 60.0, "competence": 20.0}), pd.Series({"index": 55.0, "competence": 22.0})
    said = _said(titles.dimensions(first, last, (literal("2018"), literal("2024"))))
    assert "went from 60.0 to 55.0: \u22125.0 points, of which +2.0" in said


def test_the_ends_are_named_among_what_is_shown() -> None:
    rows = pd.DataFrame({"element": ["a", "b", "c"], "value": [None, 80.04, 70.0]})
    labels = {name: literal(name.upper()) for name in "abc"}
    points = literal("points")
    assert (
        _said(titles.ends(rows, "value", "element", labels, points))
        == "Highest: B, 80.0 points; lowest: C, 70.0 points"
    )
    assert _said(titles.ends(rows, "value", "element", labels)) == "Highest: B, 80.0%; lowest: C, 70.0%"
    assert _said(titles.ends(rows.iloc[:1], "value", "element", labels)) == "No value can be shown"


def test_a_difference_between_ways_of_asking_is_told_only_where_it_is_known() -> None:
    rows = pd.DataFrame(
        {
            "design": ["direct", "pooled", "hidden"],
            "value": [12.0, 20.0, 8.0],
            "low": [9.0, 16.0, 3.0],
            "high": [15.0, 24.0, 13.0],
        }
    )
    said = _said(titles.shares(rows))
    assert said == "Asked directly 12.0% agree, under protection 20.0%: a difference of 8.0 points (3.0 to 13.0)"
    assert "difference" not in _said(titles.shares(rows.iloc[1:]))


def test_steps_outcomes_and_designs_are_counted() -> None:
    away = pd.DataFrame({"rho": [-0.1, 0.0, 0.1], "low": [-1.0, 0.1, -1.0], "high": [1.0, 0.2, 1.0]})
    near = away.assign(low=-1.0)
    assert "for 1 of 2 steps" in _said(titles.at_no_correlation([away, near]))
    designs = pd.DataFrame({"mde": [0.3, 0.1]})
    assert "find: 1 of 2" in _said(titles.detectable([(designs, 0.1), (designs, 0.05)]))
    curve = pd.DataFrame({"mbar": [0.0, 1.0, 2.0], "low": [0.2, 0.1, -0.5], "high": [0.3, 0.4, 0.9]})
    assert "(M = 1): 1 of 2" in _said(titles.breakdown([curve, curve.assign(low=[0.2, -0.1, -0.5])]))


def test_trends_compare_changes_over_the_periods_that_both_have() -> None:
    rows = [(None, 2020, 1.0), (None, 2021, 1.5), (None, 2022, 2.0), (2021, 2020, 0.0), (2021, 2022, 1.6),
            (2022, 2021, 1.0), (2022, 2022, 1.4)]  # fmt: skip
    means = pd.DataFrame(rows, columns=["cohort", "period", "mean"])
    told = _said(titles.trends(means, "higher", lambda period: literal(int(period)), 2, literal("points")))
    assert told.startswith("From 2020 to 2022 the mean of those never treated changed by +1.00")
    assert told.endswith("wanted: 1 of 2")
    down = _said(titles.trends(means, "lower", lambda period: literal(int(period)), 2, literal("points")))
    assert down.endswith("wanted: 1 of 2")
    alone = means[means["cohort"].notna()]
    assert (
        _said(titles.trends(alone, "higher", lambda period: literal(int(period)), 2, literal("points")))
        == "No comparison over time can be shown"
    )


def test_message_and_legend_of_panels_do_not_cover_each_other() -> None:
    figure, grid = panel_grid(2, 5.6, 0.8)
    for axes in grid:
        axes.plot([0, 1], [0, 1], label="a line")
    legend_below(figure, grid[0].get_legend_handles_labels()[0], 3)
    message_title(
        figure, "A message that is long enough to go over two lines of the figure, as many messages do in Indonesian"
    )
    FigureCanvasAgg(figure).draw()
    boxes = [figure._suptitle.get_window_extent(), figure.legends[0].get_window_extent()]  # type: ignore[union-attr]
    boxes += [axes.get_tightbbox() for axes in grid]
    plt.close(figure)
    apart = [(a, b) for k, a in enumerate(boxes) for b in boxes[k + 1 :] if a.overlaps(b)]
    assert apart == []
