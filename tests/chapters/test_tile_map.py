"""The map of tiles: each district in its place with its share, what is too few hatched, nothing where none is declared."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from pydantic import ValidationError

from pipeline.chapters import programme, tile_map
from pipeline.errors import StudyError
from pipeline.languages.catalogue import say
from pipeline.ledger.entries import Ledger, Results, read_results
from pipeline.report.wording import alternative
from pipeline.study import Study
from tests.given import Given

UNIT = {"en": "schools", "id": "sekolah"}
PLACES = {"North": (0, 0), "East": (0, 1), "South": (1, 0), "West": (1, 1), "Empty": (2, 1)}
TOOK = {"North": (8, 6), "East": (10, 4), "South": (9, 2), "West": (12, 3)}
"""Schools and those that took part; two are fewer than may be shown, and the next smallest would give them away."""


def study(medan: Study, places: dict[str, tuple[int, int]]) -> Study:
    program = medan.program.model_copy(update={"tiles": places})
    return medan.model_copy(
        update={"program": program, "outcomes": [], "sources": {"schools": medan.sources["schools"]}}
    )


def recorded(medan: Study, folder: Path, places: dict[str, tuple[int, int]], took=TOOK) -> Results:
    rows = [
        (f"{name}{k}", name, 2024, 2021 if k < part else None) for name, (n, part) in took.items() for k in range(n)
    ]
    schools = pd.DataFrame(rows, columns=["unit", "kecamatan", "period", "cohort"])
    treatment = schools[["unit", "cohort"]].astype({"cohort": "Int64"})
    tables = {"schools": schools.drop(columns="cohort"), "treatment": treatment}
    with Ledger("02_programme", folder) as ledger:
        programme._coverage(ledger, Given(study(medan, places), folder, tables))
    return read_results(folder)


def test_tiles_tell_the_shares_that_may_be_shown_and_hatch_the_others(medan: Study, tmp_path: Path) -> None:
    found = recorded(medan, tmp_path, PLACES)
    alt = alternative(found.figures["fig_tiles"], "en")
    assert "North 75%" in alt
    assert "East 40%" in alt
    assert not {"South", "West"} & set(alt.split())
    assert alt.endswith(
        "Not shown, since too few stand behind it or since it would give away such a district: 2 tiles."
    )
    for lang, why in (
        ("en", "because it would give away such a district"),
        ("id", "dapat membuka kecamatan seperti itu"),
    ):
        assert why in say(found.figures["fig_tiles"].notes, lang), "West took part with three: enough, and not shown"
    drawn = {row["text"] for row in found.figures["fig_tiles"].data["en"]}
    assert {"North 75%", "East 40%", "South [c]", "West [c]", "Empty –"} <= drawn
    assert "22" not in " ".join(sorted(drawn)), "two of nine are not told in another way"


def test_each_tile_lies_where_the_study_says(medan: Study, tmp_path: Path) -> None:
    table = pd.DataFrame({"kecamatan": list(TOOK), "share": [75.0, 40.0, None, None]})
    figure = tile_map.draw_tiles(table, PLACES, UNIT, 40, "en")
    axes = figure.axes[0]
    places = {text.get_text().split("\n")[0]: text.get_position() for text in axes.texts if "\n" in text.get_text()}
    assert places == {name: (column + 0.5, -line - 0.5) for name, (line, column) in PLACES.items()}
    hatched = [tile.get_hatch() for tile in axes.patches]
    assert [bool(hatch) for hatch in hatched] == [False, False, True, True, False]


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        (
            [75.0, 40.0, None],
            "Between 40% and 75% of the schools of the districts shown took part: most in North, fewest in East",
        ),
        (
            [42.0, 40.0, 45.0],
            "The programme reached the districts shown alike: between 40% and 45% of their schools took part",
        ),
        ([None, None, None], "For no district may the share of schools that took part be shown"),
    ],
)
def test_the_title_says_no_more_than_the_shares_do(shares: list[float | None], said: str) -> None:
    table = pd.DataFrame({"kecamatan": list(TOOK)[:3], "share": pd.Series(shares, dtype=float)})
    figure = tile_map.draw_tiles(table, PLACES, UNIT, 40, "en")
    assert figure.get_suptitle().replace("\n", " ") == said
    assert tile_map.say(tile_map.message(table, UNIT), "id")


def test_without_tiles_there_is_no_map_and_a_district_without_a_place_stops(medan: Study, tmp_path: Path) -> None:
    assert "fig_tiles" not in recorded(medan, tmp_path / "none", {}).figures
    with pytest.raises(StudyError, match="no place for 'South'"):
        recorded(medan, tmp_path / "lost", {"North": (0, 0), "East": (0, 1)})
    with pytest.raises(ValidationError, match="the same place"):
        type(medan.program).model_validate({**medan.program.model_dump(), "tiles": {"A": [0, 0], "B": [0, 0]}})


def test_a_study_without_a_school_list_has_its_panel_s_clusters(medan: Study, tmp_path: Path) -> None:
    rows = [(f"{name}{k}", name, 2022 if k < part else None) for name, (n, part) in TOOK.items() for k in range(n)]
    units = pd.DataFrame(rows, columns=["unit", "cluster", "cohort"]).astype({"cohort": "Int64"})
    panel = pd.concat([units.assign(period=year) for year in (2021, 2022)])
    own = study(medan, PLACES).model_copy(update={"sources": {}})
    with Ledger("02_programme", tmp_path) as ledger:
        programme._training(ledger, Given(own, tmp_path, {"panel": panel}))
    assert "North 75%" in alternative(read_results(tmp_path).figures["fig_tiles"], "en")


def test_medan_s_tiles_are_its_21_districts_and_belawan_lies_north_of_tuntungan(medan: Study) -> None:
    from pipeline.sources.places import KECAMATAN

    tiles = medan.program.tiles
    assert set(tiles) == set(KECAMATAN)
    assert tiles["Medan Belawan"][0] < tiles["Medan Deli"][0] < tiles["Medan Timur"][0] < tiles["Medan Johor"][0]
    assert tiles["Medan Sunggal"][1] < tiles["Medan Petisah"][1] < tiles["Medan Kota"][1] < tiles["Medan Denai"][1]
