"""Figures say in which unit their axes are, and on how many what they show rests."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt

from tests.acceptance import figures


def test_every_axis_of_numbers_has_its_unit_and_every_figure_its_n(made: Path) -> None:
    assert figures.faults(made / "build" / "medan-pendidikan" / "2024" / "results", "id") == []


def test_the_rule_sees_what_it_is_for(tmp_path: Path) -> None:
    def drawn(label: str, text: str) -> list[str]:
        figure, axes = plt.subplots()
        axes.plot([0, 1], [0.1, 0.2])
        axes.set_xticks([0, 1], ["a", "b"])
        axes.set_ylabel(label)
        axes.text(0, 0.1, text)
        figure.savefig(tmp_path / "fig_x.en.svg")
        plt.close(figure)
        return figures.faults(tmp_path, "en")

    assert drawn("Effect (SD)", "n = 9") == []
    assert drawn("Effect", "n = 9") == ["fig_x.en.svg: no unit in 'Effect'"]
    assert drawn("Effect (SD)", "nine") == ["fig_x.en.svg: no n"]
    assert drawn("Period", "n = 9") == []
