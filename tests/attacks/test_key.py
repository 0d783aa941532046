"""Attack on the key: numbers that follow it would let guess it, and no two machines would agree."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
import yaml

from pipeline.clean.run import clean_study
from pipeline.errors import DesignError
from pipeline.pseudonym import IDS, in_order_of_content, pseudonymiser
from pipeline.sources.schemas import PSEUDONYM
from pipeline.study import ROOT, load_study

KEYS = ("the first key of sixteen", "another key, quite unlike")
NAME = "medan-puskesmas"


@pytest.mark.parametrize("blind", [False, True])
def test_two_keys_give_the_same_tables_but_for_the_pseudonyms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blind: bool
) -> None:
    study = load_study(NAME, ROOT).model_copy(update={"public_key": None})
    tables = []
    for key in KEYS:
        monkeypatch.setenv("EVALUATION_KEY", key)
        tables.append(clean_study(study, 2024, study.raw_root(ROOT), tmp_path / key[:3], blind=blind).tables)
    one, other = tables
    assert one["staff"]["person"].iloc[0] != other["staff"]["person"].iloc[0]
    for name, table in one.items():
        ids = [column for column in IDS if column in table]
        for column in ids:  # the place stands in the first seven letters, the key's part behind it
            assert table[column].str[:7].equals(other[name][column].str[:7]), name
        assert table.drop(columns=ids).equals(other[name].drop(columns=ids)), name


def test_the_order_of_persons_does_not_follow_that_of_their_numbers() -> None:
    alias = pseudonymiser(KEYS[0].encode())
    numbers = [f"19{60 + k % 40}01{1 + k % 28:02d}200{k % 10}011{k:03d}" for k in range(200)]
    table = pd.DataFrame({"person": [alias(n) for n in numbers], "jp": [k + 0.5 for k in range(200)]})
    found = in_order_of_content({"training": table})["training"]
    assert found["person"].str.match(PSEUDONYM).all()
    assert found["person"].nunique() == table["person"].nunique()
    place = pd.Series(numbers).groupby(found["person"]).first().sort_index()
    assert abs(place.rank().corr(pd.Series(range(len(place)), index=place.index))) < 0.3


def test_rows_in_another_order_change_nothing() -> None:
    alias = pseudonymiser(KEYS[0].encode())
    table = pd.DataFrame({"person": [alias(str(k // 2)) for k in range(40)], "jp": [float(k % 9) for k in range(40)]})
    shuffled = table.sample(frac=1, random_state=3)
    one = in_order_of_content({"t": table})["t"].sort_values(["person", "jp"], ignore_index=True)
    other = in_order_of_content({"t": shuffled})["t"].sort_values(["person", "jp"], ignore_index=True)
    assert one.equals(other)


def test_a_persons_number_is_in_no_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A panel of persons in which a treatment switches off: the message names the row and no number."""
    monkeypatch.setenv("EVALUATION_KEY", KEYS[0])
    shutil.copytree(ROOT / "studies" / "jtrain", tmp_path / "studies" / "mine")
    path = tmp_path / "studies" / "mine" / "study.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    for key in ("fetch", "replication", "specifications", "robustness", "theory", "aims"):
        content.pop(key, None)
    content["panel"] = {"file": "p.csv", "unit": "nip", "period": "year", "treated": "on", "person_units": True}
    content["outcomes"] = [{**content["outcomes"][0], "column": "y", "transform": "none"}]
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    nip = "198501012010011{:03d}"
    rows = [
        f"{nip.format(u)},{year},{int(u % 2 == 0 and year == 2022)},{u + year % 7}"
        for u in range(1, 13)
        for year in range(2021, 2025)
    ]
    (tmp_path / "data/raw/mine/2024").mkdir(parents=True)
    (tmp_path / "data/raw/mine/2024/p.csv").write_text("nip,year,on,y\n" + "\n".join(rows) + "\n", encoding="utf-8")
    study = load_study("mine", tmp_path)
    with pytest.raises(DesignError, match="switches off") as caught:
        clean_study(study, 2024, study.raw_root(tmp_path), tmp_path / "out")
    assert not re.search(r"\d{9,}", str(caught.value))
    assert "row" in str(caught.value)
