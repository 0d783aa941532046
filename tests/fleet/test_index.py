"""The page over all places: what it may know, what it links to, and what it says in both languages."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from lxml import html

from pipeline.errors import StudyError
from pipeline.fleet.index import write_index
from pipeline.fleet.results import Place, place_of
from pipeline.fleet.work import Fault, Made
from pipeline.methods.pooling import pool
from pipeline.study import load_study
from tests.fleet.given import LANG, places, publish


def written(root: Path, given: list[Place], languages: tuple[str, ...] = ("en",), out: str = "out") -> Path:
    studies = [load_study(place.study, root) for place in given if place.fault is None]
    hrefs = {place.study: f"../../{place.study}/{place.edition}/{{lang}}/report.html" for place in given}
    write_index(given, studies, hrefs, languages, root / "work", root / out)
    return root / out


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Place], Path]:
    """Fourteen places, and one without a report; the page in both languages."""
    root = tmp_path_factory.mktemp("index")
    given = places(root)
    return root, given, written(root, given, ("id", "en"))


def test_every_number_of_a_place_is_one_of_its_published_ledger(made: tuple[Path, list[Place], Path]) -> None:
    root, given, out = made
    table = rows(out / "places.csv")
    assert len(table) == len(given)
    for row in (one for one in table if one["report"]):
        ledger = json.loads((root / "reports" / row["study"] / "2024" / LANG / "ledger.json").read_text())
        number, told = ledger["numbers"]["att_score"], ledger["tables"]["tbl_effects"]["rows"][0]
        assert [float(row[key]) for key in ("value", "low", "high", "p")] == [
            number[key] for key in ("value", "low", "high", "p")
        ]
        assert (int(row["units"]), row["verdict"]) == (told["units"], ledger["texts"]["verdict_score"])


def test_pooled_effects_are_those_of_the_places(made: tuple[Path, list[Place], Path]) -> None:
    _, given, out = made
    effects = [place.effects["score"] for place in given if place.fault is None]
    found = pool([e.value or 0 for e in effects], [e.se or 0 for e in effects])
    (row,) = rows(out / "pooled.csv")
    assert (int(row["k"]), int(row["units"])) == (14, sum(e.units or 0 for e in effects))
    for key in ("value", "se", "low", "high", "low_new", "high_new", "tau2", "q"):
        assert float(row[key]) == pytest.approx(getattr(found, key))
    assert float(row["i2"]) == pytest.approx(100 * found.i2)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_page_stands_alone_and_leads_to_each_report(made: tuple[Path, list[Place], Path], lang: str) -> None:
    _, given, out = made
    page = html.parse(str(out / f"index-{lang}.html")).getroot()
    assert page.get("lang") == lang
    links = {link.get("href"): link.text_content() for link in page.xpath("//table//a")}
    for place in (one for one in given if one.fault is None):
        assert links[f"../../{place.study}/2024/{lang}/report.html"] == place.label
    loaded = page.xpath(
        "//img/@src | //script/@src | //link[@rel='stylesheet']/@href | //*[local-name()='image']/@href"
    )
    assert [one for one in loaded if not one.startswith("data:")] == []
    for picture in page.xpath("//img | //*[local-name()='svg'][@role='img']"):
        assert picture.get("alt") or picture.get("aria-label") or picture.get("aria-labelledby")
    assert page.xpath("//main") and page.xpath("//table//th")  # noqa: PT018
    text = " ".join(page.text_content().split())
    assert ("kesalahan" if lang == "id" else "fault") in text
    assert not re.search(r"\{\w+\}|\bplace/", text)


def test_a_fault_is_told_by_its_kind_and_never_by_its_message(made: tuple[Path, list[Place], Path]) -> None:
    _, _, out = made
    text = html.parse(str(out / "index-en.html")).getroot().text_content()
    assert "A column that the evaluation needs is missing or has another heading." in text
    assert "Kabupaten Buruk" in text
    for path in out.iterdir():
        assert "Rahma" not in path.read_text(encoding="utf-8")


def test_the_same_places_make_the_same_bytes(made: tuple[Path, list[Place], Path]) -> None:
    root, given, out = made
    again = written(root, given, ("id", "en"), "again")
    assert {p.name: p.read_bytes() for p in out.iterdir()} == {p.name: p.read_bytes() for p in again.iterdir()}


@pytest.mark.parametrize(
    "hidden", [{"value": "[c]", "se": "[c]", "units": "[c]"}, {"value": 0.3, "units": "[c]"}, {"value": None}]
)
def test_what_a_report_withholds_is_in_no_total_and_no_pooled_effect(tmp_path: Path, hidden: dict) -> None:
    """Else it could be had by taking the published others from the total."""
    given = places(tmp_path, 4, bad=False)
    publish(tmp_path, "kab-secret", **{"units": 17, **hidden})
    secret = place_of(Made("kab-secret", 2024), "Kabupaten Rahasia", tmp_path, LANG)
    assert secret.effects["score"].withheld
    out = written(tmp_path, [*given, secret])
    known = [place.effects["score"] for place in given]
    (row,) = rows(out / "pooled.csv")
    assert (int(row["k"]), int(row["units"])) == (4, sum(e.units or 0 for e in known))
    assert float(row["value"]) == pytest.approx(pool([e.value or 0 for e in known], [e.se or 0 for e in known]).value)
    told = rows(out / "places.csv")[-1]
    assert [told[key] for key in ("value", "low", "high", "p", "units")] == [""] * 5
    text = " ".join(html.parse(str(out / "index.html")).getroot().text_content().split())
    assert "One place with a report is left out" in text


def test_a_place_of_few_units_is_hidden_by_the_strictest_of_all_rules(tmp_path: Path) -> None:
    """A study that lets one unit be shown, among others that ask for three: its effect is in no total and not pooled."""
    given = places(tmp_path, 4, bad=False)
    publish(tmp_path, "kab-small", 0.3, 0.2, 2)
    mild = tmp_path / "studies/kab-small/study.yml"
    mild.write_text(mild.read_text(encoding="utf-8") + "disclosure: {min_units: 1}\n", encoding="utf-8")
    small = place_of(Made("kab-small", 2024), "Kabupaten Kecil", tmp_path, LANG)
    assert small.effects["score"].units == 2
    out = written(tmp_path, [*given, small])
    (row,) = rows(out / "pooled.csv")
    assert (int(row["k"]), int(row["units"])) == (4, sum(place.effects["score"].units or 0 for place in given))
    assert [rows(out / "places.csv")[-1][key] for key in ("value", "units")] == ["", ""]


def test_two_places_have_no_interval_for_a_new_one_and_one_is_not_pooled(tmp_path: Path) -> None:
    given = places(tmp_path, 2, bad=False)
    text = html.parse(str(written(tmp_path, given) / "index.html")).getroot().text_content()
    assert "With two places no interval can be given for a new one." in " ".join(text.split())
    alone = html.parse(str(written(tmp_path, given[:1], out="one") / "index.html")).getroot().text_content()
    assert "are not pooled" in " ".join(alone.split())
    assert rows(tmp_path / "one" / "pooled.csv") == []


def test_a_fleet_without_a_report_has_a_page_too(tmp_path: Path) -> None:
    bad = Place("kab-x", "Kabupaten X", 0, {}, Fault("worker"))
    text = html.parse(str(written(tmp_path, [bad]) / "index.html")).getroot().text_content()
    assert "The machine that made the report was lost again and again." in text


def test_a_published_ledger_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    places(tmp_path, 1, bad=False)
    (tmp_path / "reports/kab-00/2024/en/ledger.json").write_text("{", encoding="utf-8")
    with pytest.raises(StudyError, match="published ledger"):
        place_of(Made("kab-00", 2024), "Kabupaten 00", tmp_path, LANG)


def outcome_of(root: Path, name: str, more: str) -> None:
    """Make a study's outcome another one."""
    path = root / "studies" / name / "study.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("unit: points", more), encoding="utf-8")


def read(root: Path, names: list[str], out: str, lang: str = "en") -> str:
    given = [place_of(Made(name, 2024), name, root, LANG) for name in names]
    page = written(root, given, (lang,), out=out) / "index.html"
    return " ".join(html.parse(str(page)).getroot().text_content().split())


@pytest.mark.parametrize(
    ("lang", "own", "given_sd", "apart"),
    [
        (
            "en",
            "standard deviations of its own comparison",
            "standard deviations as its own file has them",
            "not drawn together",
        ),
        (
            "id",
            "simpangan baku pembandingnya sendiri",
            "simpangan baku menurut berkasnya sendiri",
            "tidak digambar bersama",
        ),
    ],
)
def test_effects_on_other_scales_are_kept_apart_and_own_deviations_said(
    tmp_path: Path, lang: str, own: str, given_sd: str, apart: str
) -> None:
    names = [f"kab-{k:02d}" for k in range(6)]
    places(tmp_path, 6, bad=False)
    for name in names[:3]:
        outcome_of(tmp_path, name, "unit: sd, transform: standardise")
    outcome_of(tmp_path, names[3], "unit: sd")
    outcome_of(tmp_path, names[4], "unit: sd")
    local = read(tmp_path, names[:3], "local", lang)
    assert own in local
    assert given_sd not in local
    assert int(rows(tmp_path / "local" / "pooled.csv")[0]["k"]) == 3
    assert given_sd in read(tmp_path, names[3:5], "given", lang)
    mixed = read(tmp_path, names[2:5], "mixed", lang)  # one unit in name, two ways to it
    assert apart in mixed
    assert own not in mixed
    assert rows(tmp_path / "mixed" / "pooled.csv") == []
    assert [row["transform"] for row in rows(tmp_path / "mixed" / "places.csv")] == ["standardise", "none", "none"]
    assert "fig-fleet-score" not in (tmp_path / "mixed" / "index.html").read_text(encoding="utf-8")
    assert "fig-fleet-score" in (tmp_path / "local" / "index.html").read_text(encoding="utf-8")
    assert apart in read(tmp_path, names[4:], "units", lang)


@pytest.mark.parametrize("weak", ["yes", "no"])
def test_a_null_of_a_place_is_worded_by_whether_its_data_could_have_told(tmp_path: Path, weak: str) -> None:
    places(tmp_path, 1, bad=False)
    path = tmp_path / "reports/kab-00/2024/en/ledger.json"
    ledger = json.loads(path.read_text(encoding="utf-8"))
    ledger["texts"] |= {"verdict_score": "none", "underpowered_score": weak}
    path.write_text(json.dumps(ledger), encoding="utf-8")
    assert ("Data cannot tell" in read(tmp_path, ["kab-00"], "told")) == (weak == "yes")
