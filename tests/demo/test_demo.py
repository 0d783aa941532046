"""The demonstration: the same bytes each time, the truth it claims, the faults it announces."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline.demo.generate import SEED, generate, truth
from pipeline.demo.settings import GAP, PERIODS, PUBLIC_SCHOOLS, VARIANTS, make_settings
from pipeline.demo.world import make_world
from pipeline.errors import UserError
from pipeline.sources.identifiers import Nip, read_nip
from pipeline.study import ROOT


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_same_bytes(small: Path, tmp_path: Path) -> None:
    again = generate(tmp_path / "again", size="small")
    assert _bytes(again) == _bytes(small / "data" / "raw" / "medan-pendidikan")


def test_another_seed_is_another_world(small: Path, tmp_path: Path) -> None:
    other = generate(tmp_path / "other", size="small", seed=1)
    assert _bytes(other) != _bytes(small / "data" / "raw" / "medan-pendidikan")


def test_frame_is_the_citys() -> None:
    assert len(PUBLIC_SCHOOLS) == 21
    assert (sum(n for n, _ in PUBLIC_SCHOOLS.values()), sum(n for _, n in PUBLIC_SCHOOLS.values())) == (382, 46)


def test_committed_data_are_complete_and_small() -> None:
    folder = ROOT / "data" / "raw" / "medan-pendidikan"
    assert sorted(int(p.name) for p in folder.iterdir()) == list(PERIODS)
    assert sum(p.stat().st_size for p in folder.rglob("*")) < 12_000_000
    for year in GAP:
        assert not (folder / str(year) / "asesmen.csv").exists()


@pytest.mark.parametrize("variant", VARIANTS)
def test_effects_of_noiseless_worlds_are_the_truth(variant: str) -> None:
    """Without noise, difference-in-differences of means gives the recorded effects (or, diverging, the trend)."""
    settings = make_settings(variant, "small", 3)
    world = make_world(settings)
    recorded = truth(world)["effects"]["literacy"]
    sign = {"standard": 1, "harmful": -1}.get(variant, 1 if variant == "few_clusters" else 0)
    assert np.sign(recorded["simple"]) == sign
    assert world.schools["cohort"].isna().any()
    assert set(world.schools["cohort"].dropna()) == {2021, 2022, 2023}


def test_weaker_schools_enter_earlier() -> None:
    means = make_world(make_settings("standard", "full", 5)).schools.groupby("cohort", dropna=False)["ability"].mean()
    assert list(means) == sorted(means)


def test_means_of_many_pupils_lie_at_the_truth() -> None:
    settings = replace(make_settings("standard", "full", 11), pupils=(120, 120), school_year_sd=0.0)
    world = make_world(settings)
    scores = world.scores.merge(world.schools[["npsn", "cohort", "first", "last"]], on="npsn")
    scores = scores[(scores["first"] == 2018) & (scores["last"] == 2024)]
    never = scores[scores["cohort"].isna()]
    scale = never.groupby(["period", "grade"])["literacy"].agg(["mean", "std"]).reset_index()
    scores = scores.merge(scale, on=["period", "grade"])
    scores["z"] = (scores["literacy"] - scores["mean"]) / scores["std"]
    z = scores.groupby(["cohort", "period"], dropna=False)["z"].mean()
    for cohort, base in ((2021, 2019), (2022, 2021), (2023, 2022)):
        for period in range(cohort, 2025):
            found = z[cohort, period] - z[cohort, base]
            assert found == pytest.approx(settings.effect("literacy", cohort, period - cohort), abs=0.04)


def test_committed_truth_is_that_of_the_settings() -> None:
    kept = json.loads((ROOT / "tests/demo/truth/standard-full.json").read_text(encoding="utf-8"))
    made = truth(make_world(make_settings("standard", "full", SEED)), None)
    assert {key: kept[key] for key in made if key != "faults"} == {
        key: value for key, value in made.items() if key != "faults"
    }


def test_faults_are_counted(small: Path) -> None:
    content = json.loads((small / "truth" / "standard-small.json").read_text(encoding="utf-8"))
    found = pd.DataFrame(content["faults"]).sum(axis=1)
    assert (found > 0).all()
    assert {"asesmen.csv:no_score", "guru_asn.xlsx:spoilt_nip", "asesmen.csv:unknown_npsn"} <= set(found.index)


def test_identifiers_have_the_right_form(small: Path) -> None:
    table = pd.read_csv(small / "data/raw/medan-pendidikan/2023/pelatihan.csv", dtype=str, encoding="utf-8-sig")
    kinds = {type(read_nip(text)) for text in table["NIP"] if "E" not in text}
    assert kinds == {Nip}


def test_unknown_variant_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no_effect"):
        generate(tmp_path, variant="wishful")
