"""A figure's data: what it draws, where, and under which name."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from pipeline.ledger.drawn import drawn


def _rows(figure: Figure, mark: str) -> list[dict]:
    return [row for row in drawn(figure) if row["mark"] == mark]


def test_lines_points_bars_intervals_and_areas_are_given_at_their_places() -> None:
    figure = Figure()
    axes = figure.subplots()
    axes.plot([1, 2], [0.1, np.nan], label="a line")
    axes.plot([1, 2], [0.3, 0.4], "o", label="points")
    axes.scatter([5], [6], label="scattered")
    axes.bar([7], [8], width=0.5, label="bars")
    axes.errorbar([1], [2], yerr=[[0.5], [1.0]], fmt="o", capsize=3, label="estimate")
    axes.fill_between([1, 2], [0, 0], [1, 1], label="band")
    axes.set(title="A panel", xlabel="year", ylabel="points")
    assert [(row["x"], row["y"]) for row in _rows(figure, "line")] == [(1.0, 0.1)]
    points = {row["series"]: (row["x"], row["y"]) for row in _rows(figure, "points")}
    assert points == {"points": (2.0, 0.4), "scattered": (5.0, 6.0), "estimate": (1.0, 2.0)}
    (bar,) = _rows(figure, "bar")
    assert [bar[key] for key in ("series", "x", "x_end", "y", "y_end")] == ["bars", 6.75, 7.25, 0.0, 8.0]
    (interval,) = _rows(figure, "interval")
    assert [interval[key] for key in ("series", "x", "y", "y_end")] == ["estimate", 1.0, 1.5, 3.0]
    assert {row["y"] for row in _rows(figure, "area")} == {0.0, 1.0}
    assert {(row["panel"], row["x_axis"], row["y_axis"]) for row in drawn(figure)} == {("A panel", "year", "points")}


def test_lines_across_the_page_and_panels_that_are_hidden_are_no_data() -> None:
    figure = Figure()
    first, second = figure.subplots(1, 2)
    first.axhline(0)
    first.axvspan(0, 1)
    first.plot([1], [1], "o")
    second.plot([9], [9], "o")
    second.set_visible(False)
    assert [(row["x"], row["y"]) for row in drawn(figure)] == [(1.0, 1.0)]


def test_names_at_the_ticks_are_told_and_numbers_are_not_taken_for_names() -> None:
    figure = Figure()
    axes = figure.subplots()
    axes.set_yticks([0, 1], labels=["Literacy", "Numeracy"])
    axes.set_xticks([1000, 2000], labels=["1.000", "2.000"])
    axes.plot([1000, 1500], [0.2, 1], "s")
    rows = drawn(figure)
    assert [row["y_name"] for row in rows] == ["Literacy", "Numeracy"]
    assert "x_name" not in rows[0]


def test_a_series_is_named_by_the_legend_s_entry_of_its_look_and_never_by_another_s() -> None:
    figure = Figure()
    axes = figure.subplots()
    axes.plot([1], [1], "o", color="black")
    axes.plot([2], [2], "s", color="black")
    axes.plot([3, 4], [3, 4], color="red")
    handles = [
        Line2D([], [], marker="s", color="black", ls="", label="squares"),
        Line2D([], [], color="red", label="red"),
    ]
    axes.legend(handles=handles)
    assert [row["series"] for row in drawn(figure)] == [None, "squares", "red", "red"]


def test_a_diagram_gives_its_texts_from_the_top() -> None:
    figure = Figure()
    axes = figure.subplots()
    axes.text(0.5, 0.1, "below")
    axes.text(0.5, 0.9, "21 rows\nread")
    assert drawn(figure) == [{"mark": "text", "text": "21 rows read"}, {"mark": "text", "text": "below"}]
