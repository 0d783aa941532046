"""A ready panel says what it says: never treated, look-alikes, units treated from the start, gaps, cut files, totals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from pipeline.clean.run import CleanResult, clean_study
from pipeline.errors import SourceError
from pipeline.study import ROOT, load_study

YEARS = range(2018, 2025)


def _study(folder: Path, year: int, frame: pd.DataFrame, **panel: Any) -> None:
    raw = folder / "data/raw/mine" / str(year)
    raw.mkdir(parents=True)
    frame.to_csv(raw / "panel.csv", index=False)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    content = yaml.safe_load(readme.split("```yaml\n")[1].split("```")[0])
    content["panel"] |= panel
    content["panel"] = {key: value for key, value in content["panel"].items() if value is not None}
    (folder / "studies/mine").mkdir(parents=True, exist_ok=True)
    (folder / "studies/mine/study.yml").write_text(yaml.safe_dump(content), encoding="utf-8")


def _clean(folder: Path, frame: pd.DataFrame, **panel: Any) -> CleanResult:
    _study(folder, 2024, frame, **panel)
    return clean_study(load_study("mine", folder), 2024, folder / "data/raw/mine", folder / "out")


def _refusal(folder: Path, frame: pd.DataFrame, **panel: Any) -> str:
    with pytest.raises(SourceError) as caught:
        _clean(folder, frame, **panel)
    assert not (folder / "out").exists()
    return str(caught.value)


def _frame(units: int = 12, name: str = "unit{:02d}", never: object = None) -> pd.DataFrame:
    rows = [
        (name.format(u), year, 2021 if u % 2 else never, round(10 + u / 7 + year % 5, 2))
        for u in range(units)
        for year in YEARS
    ]
    frame = pd.DataFrame(rows, columns=["unit", "year", "first_treated", "score"])
    return frame.astype({"first_treated": "Int64"}) if never is None else frame


def _treated(result: CleanResult) -> int:
    return int(result.tables["panel"].groupby("unit")["cohort"].first().notna().sum())


@pytest.mark.parametrize("never", [None, 0, "NA", "Inf", ".", "n/a"])
def test_usual_words_for_never(never: object, tmp_path: Path) -> None:
    assert _treated(_clean(tmp_path, _frame(never=never))) == 6


@pytest.mark.parametrize("never", [-1, 9999, "belum"])
def test_other_words_for_never_are_refused_until_they_are_declared(never: object, tmp_path: Path) -> None:
    message = _refusal(tmp_path / "a", _frame(never=never))
    assert "first_treated" in message
    assert _treated(_clean(tmp_path / "b", _frame(never=never), never=[never])) == 6


def test_declared_words_for_missing(tmp_path: Path) -> None:
    frame = _frame()
    frame["score"] = frame["score"].astype(object)
    frame.loc[3, "score"] = "-99"
    assert _clean(tmp_path, frame, missing=[-99]).tables["panel"]["score"].isna().sum() == 1


@pytest.mark.parametrize("other", ["UNIT04", "unit4", "unit  04", "unit04\u200b"])
def test_look_alikes_are_one_name_or_a_refusal_that_names_them(other: str, tmp_path: Path) -> None:
    frame = _frame(name="unit {:02d}" if " " in other else "unit{:02d}")
    half = (frame["unit"] == frame["unit"][28]) & (frame["year"] > 2020)
    frame.loc[half, "unit"] = other
    if other in ("unit04\u200b", "unit  04"):
        assert _clean(tmp_path, frame).tables["panel"]["unit"].nunique() == 12
        return
    message = _refusal(tmp_path / "a", frame)
    assert "'unit04' (row 30)" in message
    assert f"'{other}' (row 33)" in message
    assert _clean(tmp_path / "b", frame, alike="one").tables["panel"]["unit"].nunique() == 12
    assert _clean(tmp_path / "c", frame, alike="distinct").tables["panel"]["unit"].nunique() == 13


def test_look_alike_persons_are_not_named(tmp_path: Path) -> None:
    frame = _frame(name="19800101200501{:04d}")
    frame.loc[frame["year"] > 2020, "unit"] += ".0"
    frame.loc[1, "unit"] = "0" + frame.loc[1, "unit"]
    message = _refusal(tmp_path, frame, person_units=True)
    assert "1980" not in message
    assert "row 2 and row 3" in message


def test_clusters_that_look_alike(tmp_path: Path) -> None:
    frame = _frame().assign(area="Medan Kota")
    frame.loc[frame.index % 2 == 1, "area"] = "MEDAN KOTA"
    assert "'Medan Kota' (row 2) and 'MEDAN KOTA' (row 3)" in _refusal(tmp_path, frame, cluster="area")


def test_units_treated_from_the_start_are_left_out_with_a_note(tmp_path: Path) -> None:
    frame = _frame()
    frame.loc[frame["unit"] == "unit01", "first_treated"] = 2018
    frame = frame[~((frame["unit"] == "unit03") & (frame["year"] < 2021))]
    result = _clean(tmp_path, frame)
    assert result.tables["panel"]["unit"].nunique() == 10
    account = result.tables["row_account"].set_index("rule")["rows"]
    assert account["treated_from_start"] == 7 + 4
    assert account["kept"] == len(result.tables["panel"])


def test_a_gap_before_entry_does_not_move_the_cohort(tmp_path: Path) -> None:
    frame = _frame().assign(on=lambda f: (f["year"] >= f["first_treated"].fillna(9999)).astype(int))
    frame = frame.drop(columns="first_treated")
    gap = frame[~((frame["unit"] == "unit01") & (frame["year"] == 2020))]
    message = _refusal(tmp_path / "a", gap, cohort=None, treated="on")
    assert "entry_unseen" in message
    assert "panel.cohort" in message
    elsewhere = frame[~((frame["unit"] == "unit01") & (frame["year"] == 2019))]
    assert _treated(_clean(tmp_path / "b", elsewhere, cohort=None, treated="on")) == 6
    truth = frame.assign(on=frame["on"].map({0: "FALSE", 1: "TRUE"}))
    assert _treated(_clean(tmp_path / "c", truth, cohort=None, treated="on")) == 6


@pytest.mark.parametrize("order", [["unit", "year"], ["year", "unit"]])
def test_a_file_cut_at_a_lines_end(order: list[str], tmp_path: Path) -> None:
    frame = _frame().sort_values(order).iloc[:-4]
    message = _refusal(tmp_path / "a", frame)
    assert "looks cut" in message
    assert "panel.csv, row 81" in message
    assert len(_clean(tmp_path / "b", frame, expect={"rows": 80}).tables["panel"]) == 80


def test_control_totals(tmp_path: Path) -> None:
    assert "is short: it has 84 rows and not 90" in _refusal(tmp_path / "a", _frame(), expect={"rows": 90})
    assert "12 units and not 13" in _refusal(tmp_path / "b", _frame(), expect={"units": 13})
    assert len(_clean(tmp_path / "c", _frame(), expect={"rows": 84, "units": 12}).tables["panel"]) == 84


def test_units_of_the_edition_before_are_missed(tmp_path: Path) -> None:
    whole = _frame(units=40)
    _study(tmp_path, 2023, whole[whole["year"] < 2024])
    message = _refusal(tmp_path, whole[whole["unit"] < "unit36"])
    assert "4 of 40 units of 2023" in message
    assert "2024/panel.csv" in message


def test_a_wrong_column_names_its_key(tmp_path: Path) -> None:
    assert "key panel.unit" in _refusal(tmp_path, _frame().rename(columns={"unit": "desa"}))


def test_a_decimal_comma_under_a_declared_point_names_the_key(tmp_path: Path) -> None:
    frame = _frame()
    frame["score"] = frame["score"].map(lambda value: f"{value:.2f}".replace(".", ","))
    assert 'decimal: ","' in _refusal(tmp_path / "a", frame, decimal=".")
    assert _clean(tmp_path / "b", frame).tables["panel"]["score"].max() < 30


def test_a_row_called_total_that_adds_nothing_up_is_asked_about(tmp_path: Path) -> None:
    frame = _frame()
    frame["unit"] = frame["unit"].replace("unit02", "Total")
    assert "total_unclear" in _refusal(tmp_path, frame)
