"""Tidy tables of the other aims on the small demonstration: what is read, set aside, and never kept."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from pipeline.clean.aims import batches, rank_group
from pipeline.clean.run import CleanResult, clean_study
from pipeline.errors import SourceError
from pipeline.study import load_study
from tests.conftest import make_workspace


def _clean(workspace: Path, name: str = "out") -> CleanResult:
    study = load_study("medan-pendidikan", workspace)
    return clean_study(study, 2024, study.raw_root(workspace), workspace / name)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_workspace(tmp_path_factory.mktemp("aims"), "standard")


@pytest.fixture(scope="module")
def cleaned(workspace: Path) -> CleanResult:
    return _clean(workspace)


def test_faults_put_in_are_found(workspace: Path, cleaned: CleanResult) -> None:
    truth = json.loads((workspace / "truth" / "standard-small.json").read_text())["faults"]
    account = cleaned.tables["row_account"]

    def noted(source: str, rule: str) -> int:
        return int(account.loc[(account["source"] == source) & (account["rule"] == rule), "rows"].sum())

    def put_in(fault: str) -> int:
        return sum(year.get(fault, 0) for year in truth.values())

    assert noted("ip_asn", "index_differs_from_sum") == put_in("ip_asn.csv:index_differs_from_sum") > 0
    assert noted("skm", "value_left_out_out_of_range") == put_in("skm.csv:out_of_range") > 0
    assert noted("invited", "duplicate_row") == put_in("undangan.csv:duplicate_row")


def test_answers_hold_nothing_of_a_person(workspace: Path, cleaned: CleanResult) -> None:
    answers = cleaned.tables["answers"]
    assert not {"person", "unit", "nip", "suggestion", "open"} & set(answers)
    raw = (workspace / "data/raw/medan-pendidikan/2023/jawaban.csv").read_text(encoding="utf-8-sig")
    assert "Hendra Siregar" in raw  # the open answers do name people
    text = answers.to_csv(index=False)
    assert "Siregar" not in text
    assert not re.search(r"\d{8,}", text)
    assert answers["theme_time"].any()
    assert answers.loc[answers["theme_time"], "said"].all()


def test_answers_come_in_no_order_of_arrival(workspace: Path, cleaned: CleanResult) -> None:
    raw = pd.read_csv(workspace / "data/raw/medan-pendidikan/2023/jawaban.csv", sep=";", encoding="utf-8-sig")
    answers = cleaned.tables["answers"]
    one, came = answers.loc[answers["period"] == 2023, "m1"].to_numpy(), raw["motivation/m1"].to_numpy(float)
    n = min(len(one), len(came))
    assert abs(pd.Series(one[:n]).corr(pd.Series(came[:n]))) < 0.2
    assert one.tolist() != sorted(one.tolist())


def test_responses_of_the_frame_are_the_answers(cleaned: CleanResult) -> None:
    invited, answers = cleaned.tables["invited"], cleaned.tables["answers"]
    said = invited[invited["disposition"].isin(["complete", "partial"])]
    assert abs(len(said) - len(answers)) <= 5  # rows with a spoilt number are set aside on one side only
    assert said["answered_at"].notna().all()


def test_skm_is_the_mean_of_answers(workspace: Path, cleaned: CleanResult) -> None:
    raw = pd.read_csv(workspace / "data/raw/medan-pendidikan/2022/skm.csv", dtype={"NPSN": str})
    unit = raw["NPSN"].iloc[0]
    mine = raw[(raw["NPSN"] == unit)]
    tidy = cleaned.tables["skm"].set_index(["unit", "period"]).loc[(unit, 2022)]
    assert tidy["n"] == len(mine)
    answered = mine["U6"].where(mine["U6"].between(1, 4))
    assert tidy["u6"] == pytest.approx(answered.mean())


def test_batches_have_the_cohort_of_their_units(cleaned: CleanResult) -> None:
    table = cleaned.tables["batches"].drop_duplicates("batch").set_index("batch")
    stage = {"0": None, "1": 2021, "2": 2022, "3": 2023}
    for name, row in table.iterrows():
        expected = stage[str(name)[-1]]
        assert (pd.isna(row["cohort"]) and expected is None) or row["cohort"] == expected


def test_a_mixed_batch_takes_the_cohort_of_most_persons() -> None:
    frame = pd.DataFrame({"batch": "b", "period": 2021, "unit": ["u1", "u2", "u2"], "person": list("pqr")})
    treatment = pd.DataFrame({"unit": ["u1", "u2"], "cohort": pd.array([2021, None], dtype="Int64")})
    units = pd.DataFrame({"unit": ["u1", "u2"], "kecamatan": "Medan Kota"})
    row = batches(frame, treatment, units).iloc[0]
    assert pd.isna(row["cohort"])
    assert (row["n_invited"], row["cluster"]) == (3, "Medan Kota")


@pytest.mark.parametrize(
    ("rank", "employment", "group"),
    [("III/b", "PNS", "III"), ("IV/a", "PNS", "IV"), ("IX", "PPPK", "PPPK"), (None, "PNS", None), ("IX", "PNS", None)],
)
def test_rank_group(rank: str | None, employment: str, group: str | None) -> None:
    assert rank_group(rank, employment) == group


def test_an_unknown_batch_is_set_aside_within_tolerance_and_stops_beyond(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, "standard")
    path = workspace / "data/raw/medan-pendidikan/2024/jawaban.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    spoilt = [lines[0], "K99-9" + lines[1][lines[1].index(";") :], *lines[2:]]
    path.write_text("\n".join(spoilt) + "\n", encoding="utf-8-sig")
    account = _clean(workspace).tables["row_account"]
    hit = account[(account["source"] == "answers") & (account["rule"] == "unknown_batch")]
    assert hit["rows"].tolist() == [1]
    path.write_text("\n".join([lines[0], *["K99-9" + x[x.index(";") :] for x in lines[1:20]], *lines[20:]]) + "\n")
    with pytest.raises(SourceError, match=r"unknown_batch"):
        _clean(workspace, "again")
