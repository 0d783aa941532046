"""The second demonstration: the same bytes each time, small, and the truth it claims."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from pipeline.demo.health import EFFECT, ENTRY, QUARTERS, UNITS, WEIGHTS, generate_health, make_panel, make_units, truth
from pipeline.sources.places import KECAMATAN
from pipeline.study import ROOT

COMMITTED = ROOT / "data" / "raw" / "medan-puskesmas"


def test_committed_data_are_what_the_seed_gives(tmp_path: Path) -> None:
    made = generate_health(tmp_path / "made", truth_dir=tmp_path / "truth")
    names = sorted(str(p.relative_to(made)) for p in made.rglob("*") if p.is_file())
    assert names == sorted(str(p.relative_to(COMMITTED)) for p in COMMITTED.rglob("*") if p.is_file())
    assert all((made / name).read_bytes() == (COMMITTED / name).read_bytes() for name in names)
    assert sum((made / name).stat().st_size for name in names) < 1_000_000
    kept = ROOT / "tests" / "demo" / "truth" / "puskesmas.json"
    assert (tmp_path / "truth" / "puskesmas.json").read_text() == kept.read_text()


def test_units_enter_in_three_quarters_and_weaker_ones_first() -> None:
    units = make_units().schools
    assert len(units) == UNITS == 41
    assert set(units["kecamatan"]) == set(KECAMATAN)
    assert units["entry"].value_counts().to_dict() == ENTRY
    assert units.loc[units["entry"].notna(), "quality"].mean() < units.loc[units["entry"].isna(), "quality"].mean()


def test_means_of_many_worlds_lie_at_the_truth() -> None:
    """The change of a cohort beyond the never-treated, over forty seeds, is the effect that is recorded."""
    assert pytest.approx(1) == WEIGHTS.mean()
    entry, base = min(ENTRY), QUARTERS.index(min(ENTRY)) - 1
    changes = []
    for seed in range(40):
        world = make_units(seed)
        panel = make_panel(world)
        panel["index"] = 25 * panel[[f"u{k}" for k in range(1, 10)]].mean(axis=1)
        wide = panel.pivot(index="npsn", columns="period", values="index").reindex(world.schools["npsn"])
        change = wide.iloc[:, base + 1 :].sub(wide.iloc[:, base], axis=0)
        first = (world.schools["entry"] == entry).fillna(False).to_numpy(bool)
        never = world.schools["entry"].isna().to_numpy()
        changes.append((change[first].mean() - change[never].mean()).to_numpy())
    assert np.mean(changes, axis=0) == pytest.approx(EFFECT, abs=0.25)
    assert truth(make_units())["effects"]["skm_index"]["cohort"][str(entry)] == pytest.approx(np.mean(EFFECT))


def test_truth_is_averaged_over_cells_by_cohort_size() -> None:
    kept = json.loads((ROOT / "tests/demo/truth/puskesmas.json").read_text(encoding="utf-8"))["effects"]["skm_index"]
    cells = [(n, EFFECT[t - entry]) for entry, n in ENTRY.items() for t in QUARTERS if t >= entry]
    assert kept["simple"] == pytest.approx(sum(n * e for n, e in cells) / sum(n for n, _ in cells))
