"""A national file as studies: names that are text and nothing else, rows without a place, what a place's study says."""

from __future__ import annotations

import stat
from pathlib import Path

import pandas as pd
import pytest
import yaml

from benchmarks.tiny import make_tiny
from pipeline.errors import StudyError, UserError
from pipeline.fleet.split import places_of, slug_of, split_fleet
from pipeline.study import load_study

HOSTILE = (
    *(
        "../../etc",
        "a/b",
        "a\\b",
        "..",
        ".hidden",
        "~root",
        "/abs",
        "Kab\x00x",
        "<script>alert(1)</script>",
        "$(touch X)",
    ),
    *("`touch X`", "=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "-x", "[a](javascript:x)", "*bold*", "a|b", "{{x}}", "a:b"),
    *("x" * 61, "日本", "«»", "_a", '"a"'),
)


def frame(*names: str | None) -> pd.DataFrame:
    return pd.DataFrame({"regency": names, "unit": [f"u{k}" for k in range(len(names))]}, dtype=object)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_is_more_than_text_is_refused(name: str) -> None:
    with pytest.raises(StudyError, match="cannot name a place"):
        places_of(frame("Kota Medan", name), "regency", "n.csv", lambda _: None)


def test_all_such_names_are_told_at_once() -> None:
    with pytest.raises(StudyError) as met:
        places_of(frame("a/b", "Kab. Karo", "KAB KARO", ".."), "regency", "n.csv", lambda _: None)
    assert len(met.value.all()) == 3
    assert "they would share the folder kab-karo" in str(met.value)


def test_names_become_folders() -> None:
    labels, places = places_of(
        frame("Kab. Toba Samosir", "Kota Médan", "1201", "Kota Médan"), "regency", "n.csv", lambda _: None
    )
    assert labels == {"1201": "1201", "kab-toba-samosir": "Kab. Toba Samosir", "kota-medan": "Kota Médan"}
    assert list(places) == ["Kab. Toba Samosir", "Kota Médan", "1201", "Kota Médan"]
    assert slug_of("Kep. Riau (Tanjung)") == "kep-riau-tanjung"


def test_rows_without_a_place_are_told() -> None:
    told: list[str] = []
    labels, _ = places_of(frame("Karo", None, None), "regency", "n.csv", told.append)
    assert list(labels) == ["karo"]
    assert told == ["2 of 3 rows name no place and are set aside."]


@pytest.mark.parametrize(("column", "rows"), [("kab", ["a"]), ("", ["a"]), ("regency", [None])])
def test_no_column_or_no_place_is_told(column: str, rows: list[str | None]) -> None:
    with pytest.raises(StudyError):
        places_of(frame(*rows), column, "n.csv", lambda _: None)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The template `tiny` and a national file of two places."""
    make_tiny(tmp_path)
    template = tmp_path / "studies" / "tiny" / "study.yml"
    template.write_text(template.read_text(encoding="utf-8").replace(', decimal: "."', ""), encoding="utf-8")
    rows = [
        (place, f"{place[:2]}{u}", year, "" if u % 2 else 2023, 0.5 + u)
        for place in ("Kota Medan", "Kab. Karo")
        for u in range(4)
        for year in (2022, 2023)
    ]
    national = pd.DataFrame(rows, columns=["regency", "unit", "year", "first_treated", "score"])
    national.to_csv(tmp_path / "national.csv", index=False)
    national.to_excel(tmp_path / "national.xlsx", index=False)
    return tmp_path


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_each_place_is_a_study_of_its_own(home: Path, kind: str) -> None:
    told: list[str] = []
    fleet = split_fleet(home / f"national.{kind}", "regency", "tiny", home, "", told.append)
    assert (fleet.studies, fleet.edition, fleet.name) == (("kab-karo", "kota-medan"), "2023", "tiny")
    root = home / "data" / "fleet" / "tiny"
    assert fleet.root == root
    assert sorted(path.name for path in (home / "studies").iterdir()) == ["tiny"]
    study = load_study("kota-medan", root)
    assert study.title["en"] == "Tiny – Kota Medan"
    assert study.panel is not None
    assert study.panel.file == "panel.csv"
    assert (study.panel.decimal == ".") is (kind == "xlsx")
    own = pd.read_csv(root / "data/raw/kota-medan/2023/panel.csv")
    assert list(own) == ["unit", "year", "first_treated", "score"]
    assert set(own["unit"].str[:2]) == {"Ko"}
    assert len(own) == 8
    assert (root / "studies/kota-medan/notebooks/01_clean.ipynb").is_file()
    assert stat.S_IMODE(root.stat().st_mode) == 0o700
    assert (root / "reports").resolve() == (home / "reports" / "fleet" / "tiny").resolve()


def test_what_does_not_differ_is_not_written_again(home: Path) -> None:
    def written() -> dict[str, int]:
        split_fleet(home / "national.csv", "regency", "tiny", home, "", lambda _: None)
        root = home / "data" / "fleet" / "tiny"
        return {path.name + path.parent.name: path.stat().st_ino for path in root.glob("data/raw/*/*/*")}

    assert written() == written()


def test_a_place_that_left_the_file_is_told_and_kept(home: Path) -> None:
    split_fleet(home / "national.csv", "regency", "tiny", home, "", lambda _: None)
    rows = pd.read_csv(home / "national.csv")
    rows[rows["regency"] != "Kab. Karo"].to_csv(home / "national.csv", index=False)
    told: list[str] = []
    fleet = split_fleet(home / "national.csv", "regency", "tiny", home, "", told.append)
    assert fleet.studies == ("kota-medan",)
    assert "No longer in the file, and left as they were: kab-karo" in told
    assert (fleet.root / "studies/kab-karo/study.yml").is_file()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"panel": {"expect": {"units": 8}}}, "Control totals"),
        ({"name": "../x"}, "is no name of a fleet"),
        ({"template": ""}, "from which study"),
        ({"template": "nix"}, "no study called"),
        ({"edition": "soon"}, "is no year"),
    ],
)
def test_what_cannot_be_split_is_refused_before_anything_is_made(home: Path, change: dict, words: str) -> None:
    if "panel" in change:
        path = home / "studies/tiny/study.yml"
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        content["panel"] |= change["panel"]
        path.write_text(yaml.safe_dump(content), encoding="utf-8")
    template, name = change.get("template", "tiny"), change.get("name", "")
    with pytest.raises(UserError, match=words):
        split_fleet(
            home / "national.csv", "regency", template, home, name, lambda _: None,
            edition=change.get("edition", "latest"),
        )  # fmt: skip
    assert not (home / "data" / "fleet").exists()
