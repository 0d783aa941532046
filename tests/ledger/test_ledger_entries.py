"""The ledger keeps what it is given, refuses what cannot be printed, and writes the same bytes each time."""

from __future__ import annotations

import math
from pathlib import Path
from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from PIL import Image

from pipeline.languages.message import literal
from pipeline.ledger.entries import Column, Ledger, read_results
from pipeline.ledger.raster import DPI

WORDS = {"id": "Satu", "en": "One"}


def _draw(lang: str):
    figure, axes = plt.subplots(figsize=(2, 1))
    axes.plot([0, 1], [0, 1], label=lang)
    return figure


def _fill(folder: Path) -> None:
    source = folder.parent / "input.txt"
    source.write_text("x", encoding="utf-8")
    with Ledger("03_effects", folder, {source.name: source}) as results:
        results.number("att", np.float64(0.125), unit="sd", low=0.05, high=0.2, n=np.int64(400))
        results.text("verdict", "strong")
        frame = pd.DataFrame({"cohort": pd.array([2021, None], dtype="Int64"), "value": [0.1, np.nan]})
        results.table(
            "tbl_x", frame, [Column("cohort", WORDS, "period"), Column("value", WORDS, "number")], caption=WORDS
        )
        results.figure("fig_x", _draw, caption=WORDS, alt=WORDS)


def test_round_trip(tmp_path: Path) -> None:
    _fill(tmp_path / "r")
    found = read_results(tmp_path / "r")
    assert found.numbers["att"].value == 0.125
    assert found.numbers["att"].n == 400
    assert found.texts == {"verdict": "strong"}
    assert found.tables["tbl_x"].rows == [{"cohort": 2021, "value": 0.1}, {"cohort": None, "value": None}]
    assert found.tables["tbl_x"].columns[0].kind == "period"
    assert (tmp_path / "r" / found.figures["fig_x"].files["id"]["svg"]).is_file()
    assert found.inputs["03_effects"].keys() == {"input.txt"}


def test_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        _fill(tmp_path / name / "r")
    first, second = ({p.name: p.read_bytes() for p in (tmp_path / n / "r").iterdir()} for n in ("a", "b"))
    assert first == second


def test_an_estimate_is_the_number_that_it_is_in_the_unit_that_is_asked_for(tmp_path: Path) -> None:
    """And what cannot be known of it, as bounds without a variance, is noted as unknown, not lost."""
    with Ledger("03_effects", tmp_path) as results:
        results.estimate("share", SimpleNamespace(value=0.5, low=0.25, high=1.0, p=0.03), times=100, n=9, decimals=1)
        results.estimate("bare", SimpleNamespace(value=0.5, low=math.nan, high=math.inf, p=math.nan), unit="sd")
    found = read_results(tmp_path).numbers
    share, bare = found["share"], found["bare"]
    assert (share.value, share.low, share.high, share.p, share.n, share.decimals) == (50.0, 25.0, 100.0, 0.03, 9, 1)
    assert (bare.value, bare.low, bare.high, bare.p, bare.unit) == (0.5, None, None, None, "sd")
    assert set(bare.unknown) == {"low", "high", "p"}


def test_refuses_a_number_without_a_value(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no value"):
        Ledger("x", tmp_path).number("n", None)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_is_not_finite_is_kept_as_unknown(tmp_path: Path, value: float) -> None:
    with Ledger("x", tmp_path) as ledger:
        ledger.number("none", value)
        ledger.number("open", 1.0, low=value, high=2.0, p=value)
        ledger.table(
            "tbl_t", pd.DataFrame({"a": [value, 1.0]}), [Column("a", literal("a"), "number")], caption=literal("t")
        )
    found = read_results(tmp_path)
    assert found.numbers["none"].unknown == ("value",)
    assert math.isnan(found.numbers["none"].value)
    assert found.numbers["open"].unknown == ("low", "p")
    assert (found.numbers["open"].value, found.numbers["open"].low, found.numbers["open"].high) == (1.0, None, 2.0)
    assert [row["a"] for row in found.tables["tbl_t"].rows] == [None, 1.0]


def test_refuses_a_name_twice(tmp_path: Path) -> None:
    ledger = Ledger("x", tmp_path)
    ledger.number("n", 1)
    with pytest.raises(ValueError, match="taken"):
        ledger.number("n", 2)
    ledger.close()
    other = Ledger("y", tmp_path)
    other.number("n", 1)
    other.close()
    with pytest.raises(ValueError, match="repeats"):
        read_results(tmp_path)


def test_a_failed_notebook_leaves_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), Ledger("x", tmp_path):
        raise RuntimeError
    assert not list(tmp_path.glob("*.json"))


def test_the_picture_in_points_is_the_drawing(tmp_path: Path) -> None:
    """Of the size that the figure was given, with its resolution, dark where the SVG is (drawn here by matplotlib itself)."""
    _fill(tmp_path / "r")
    found = read_results(tmp_path / "r").figures["fig_x"].files["id"]
    made = Image.open(tmp_path / "r" / found["png"])
    figure = _draw("id")
    figure.savefig(tmp_path / "own.png", dpi=DPI)
    own = Image.open(tmp_path / "own.png")
    assert made.info["dpi"] == pytest.approx((DPI, DPI), abs=0.1)
    assert all(abs(a - b) <= 1 for a, b in zip(made.size, own.size, strict=True))
    ink = [np.asarray(one.convert("L").resize((60, 30)), float).ravel() for one in (made, own)]
    assert np.corrcoef(ink[0], ink[1])[0, 1] > 0.99
