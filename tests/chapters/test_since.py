"""What changed since the last edition: what is said is what the records hold, and nothing where there is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from pipeline.chapters import since
from pipeline.languages.known import languages
from pipeline.languages.message import msg
from pipeline.ledger.counts import NOTHING, Counts
from pipeline.ledger.entries import Column, Ledger, file_hash, read_results
from pipeline.published import split
from pipeline.published.headline import Effect, Headline
from pipeline.published.record import Record, keep
from pipeline.published.split import State
from pipeline.report.document import build_document
from pipeline.report.record import code_hash, versions
from pipeline.study import Study
from pipeline.study.theory import Recommendation
from tests.given import Given

SETTINGS = pd.DataFrame({"key": ["seed", "report.place", "verdict.power"], "value": ["1", "Medan", "0.8"]})
THEN = Effect(0.1, 0.05, 0.15, 0.01, 400, "sd", 3, "weak", ("interval_above_zero", "few_clusters"), "few_clusters")


@pytest.fixture
def study(medan: Study) -> Study:
    return medan.model_copy(update={"outcomes": [medan.outcome("literacy")], "aims": []})


def edition(study: Study, folder: Path, *, kept: int = 80) -> Given:
    """An edition whose earlier notebooks have recorded an effect and the account of rows."""
    inputs = {}
    for name in ("2023/pelatihan.csv", "2024/pelatihan.csv"):
        path = folder / "data/raw" / study.name / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name}\n", encoding="utf-8")
        inputs[f"data/raw/{study.name}/{name}"] = path
    account = pd.DataFrame(
        {"source": "training", "period": [2023, 2024], "read": [90, kept + 2], "kept": [85, kept], "set_aside": [5, 2]}
    )
    with Ledger("01_clean", folder / "results", inputs) as ledger:
        registered = Counts("persons", "attendance", by=("period",))
        ledger.table(
            "tbl_row_account",
            account.assign(registered=account["kept"]),
            [
                Column("source", msg("data-source"), "text"),
                Column("period", msg("common-period"), "period"),
                *(
                    Column(key, msg("data-read"), "int", counts=NOTHING, behind=("registered",))
                    for key in ("read", "kept")
                ),
                Column("registered", msg("data-kept"), "int", counts=registered, shown=False),
            ],
            caption=msg("tbl-row-account"),
        )
    with Ledger("03_effects", folder / "results") as ledger:
        ledger.number("att_literacy", 0.2, low=0.1, high=0.3, p=0.001, n=420, unit="sd")
    return Given(study, folder, {"check_settings": SETTINGS})


def record(study: Study, **more: object) -> Record:
    """The record of edition 2023, alike but for what is given."""
    hashes = {"2023/pelatihan.csv": "0" * 64, "2022/pelatihan.csv": "1" * 64}
    usual = {
        "raw": hashes,
        "rows": {"2023/pelatihan.csv": [88, 80]},
        "settings": {"seed": "1", "verdict.power": "0.9"},
        "methods": {},
        "software": versions(),
        "code": code_hash(),
    }
    return Record(study.name, 2023, Headline({"att_literacy": THEN}, "weak"), **{**usual, **more})  # type: ignore[arg-type]


def made(context: Given, then: Record | None = None, said_in: tuple[str, ...] = ("en",)) -> tuple:
    """The topic recorded after the verdict; what may be shown of it."""
    if then is not None:
        keep(then, context.root)
    with Ledger("07_verdict", context.root / "results", context.inputs) as ledger:
        ledger.text("verdict_literacy", "moderate")
        ledger.text("reasons_literacy", "interval_above_zero")
        ledger.text("limiting_literacy", "nothing")
        since.record(ledger, context)
    found = read_results(context.root / "results")
    return found, {lang: _said(context, lang) for lang in said_in}


def _said(context: Given, lang: str) -> str:
    path = build_document(
        context.study,
        2024,
        lang,
        context.root / "results",
        context.root / f"out-{lang}",
        layout=lambda doc: (since.results(doc), since.tables(doc)),
        root=context.root,
    )
    return path.read_text(encoding="utf-8").rpartition("\n---\n")[2]


def sentences(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith(("#", "|", ":", "+"))]


def test_a_first_edition_says_in_one_sentence_that_there_is_none_before(study: Study, tmp_path: Path) -> None:
    found, said = made(edition(study, tmp_path), said_in=languages())
    assert found.texts["since"] == "first"
    assert not [name for name in found.tables if name.startswith("tbl_since")]
    assert all(len(sentences(text)) == 1 for text in said.values())
    assert "There is no edition before this one of which a record is kept" in said["en"]


def test_only_an_earlier_edition_is_a_last_one(study: Study, tmp_path: Path) -> None:
    for year in (2024, 2025):
        keep(replace(record(study), edition=year), tmp_path)
    assert made(edition(study, tmp_path), said_in=())[0].texts["since"] == "first"


def test_effects_and_verdicts_then_and_now(study: Study, tmp_path: Path) -> None:
    found, said = made(edition(study, tmp_path), record(study), languages())
    kept = tmp_path / "data/published" / study.name / "2023.json"
    assert found.inputs["07_verdict"] == {f"data/published/{study.name}/2023.json": file_hash(kept)}
    (row,) = found.tables["tbl_since_verdicts"].rows
    assert (row["verdict_then"], row["verdict_now"]) == ("weak", "moderate")
    assert (row["reason_then"], row["reason_now"]) == ("few_clusters", "interval_above_zero")
    assert "One verdict is another than in the last edition, among 1 that can be compared" in said["en"]
    line = next(line for line in said["en"].splitlines() if line.startswith("|Literacy"))
    assert "|0.100\N{NO-BREAK SPACE}SD (0.050 to 0.150)|0.200\N{NO-BREAK SPACE}SD (0.100 to 0.300)|" in line
    assert "(0,050 sampai 0,150)" in said["id"]


def test_an_earlier_null_is_worded_by_whether_the_data_could_have_told(study: Study, tmp_path: Path) -> None:
    null = Headline({"att_literacy": replace(THEN, verdict="none", underpowered=True)}, "none")
    found, said = made(edition(study, tmp_path), replace(record(study), headline=null))
    assert found.tables["tbl_since_verdicts"].rows[0]["verdict_then"] == "none_underpowered"
    assert "Data cannot tell" in said["en"]


def test_files_settings_and_software(study: Study, tmp_path: Path) -> None:
    software = {**versions(), "numpy": "0.1"}
    found, said = made(edition(study, tmp_path), record(study, software=software))
    files = {row["file"]: row for row in found.tables["tbl_since_data"].rows}
    assert {name: row["kind"] for name, row in files.items()} == {
        "2022/pelatihan.csv": "gone",
        "2023/pelatihan.csv": "revised",
        "2024/pelatihan.csv": "new",
    }
    revised = files["2023/pelatihan.csv"]
    assert [revised[key] for key in ("read_then", "kept_then", "read_now", "kept_now")] == [88, 80, 90, 85]
    assert "Raw files: 1 new, 1 revised, 1 gone, 0 read otherwise, 0 no longer read, 0 as they were." in said["en"]
    (setting,) = found.tables["tbl_since_settings"].rows
    assert (setting["key"], setting["then"], setting["now"]) == ("verdict.power", "0.9", "0.8")
    parts = {(row["kind"], row["key"]): (row["then"], row["now"]) for row in found.tables["tbl_since_methods"].rows}
    assert parts["software", "numpy"] == ("0.1", versions()["numpy"])
    assert parts["rules", "few_clusters"] == (None, "✓")  # the record names no methods: all are new
    assert parts["topics", "since"] == (None, "✓")


def test_nothing_is_said_to_differ_where_nothing_does(study: Study, tmp_path: Path) -> None:
    made(context := edition(study, tmp_path), said_in=())
    results = read_results(tmp_path / "results")
    same = since.record_of(study, 2023, results, SETTINGS, software=versions(), code=code_hash())
    found, said = made(context, same)
    assert [name for name in found.tables if name.startswith("tbl_since")] == [
        "tbl_since_verdicts",
        "tbl_since_effects",
    ]
    assert "No verdict is another than in the last edition" in said["en"]
    assert "0 new, 0 revised, 0 gone, 0 read otherwise, 0 no longer read, 2 as they were" in said["en"]
    for words in ("No setting of the study differs", "same estimators, rules", "is the same to the byte"):
        assert words in said["en"]
    _, other = made(context, replace(same, code="0" * 64))
    assert "The code of the project is another" in other["en"]


def test_a_row_count_that_the_gate_hides_is_not_given_away_here(study: Study, tmp_path: Path) -> None:
    """Three registrations of a year: the account hides them, and so does the chapter."""
    found, said = made(edition(study, tmp_path, kept=3), record(study))
    new = next(row for row in found.tables["tbl_since_data"].rows if row["kind"] == "new")
    assert new["read_now"] == new["kept_now"] == "[c]"
    line = next(line for line in said["en"].splitlines() if "2024/pelatihan" in line)
    assert line.count(r"\[c\]") == 2


def test_what_was_withheld_then_and_codes_of_another_version(study: Study, tmp_path: Path) -> None:
    then = replace(THEN, value=None, low=None, high=None, verdict="of_yore", reasons=("old_rule",), limiting="old_rule")
    _, said = made(edition(study, tmp_path), replace(record(study), headline=Headline({"att_literacy": then})))
    assert "not shown: it rests on too few, or would give such a number away" in said["en"]
    assert "of_yore" in said["en"].replace("\\", "")
    assert "old_rule" in said["en"].replace("\\", "")


def test_a_record_of_another_version_is_named_and_nothing_compared(study: Study, tmp_path: Path) -> None:
    path = keep(record(study), tmp_path)
    path.write_text("{}", encoding="utf-8")
    found, said = made(edition(study, tmp_path))
    assert found.texts["since"] == "unreadable"
    assert "The record of edition 2023 was written by another version" in said["en"]


def test_a_blind_run_is_not_compared(study: Study, tmp_path: Path) -> None:
    context = edition(study, tmp_path)
    object.__setattr__(context, "blind", True)
    found, said = made(context, record(study))
    assert found.texts["since"] == "blind"
    assert "0.100" not in said["en"]


STATES = ("open", "under_way", "done", "dropped")


def advised(edition: int, state: str, note: str = "") -> Recommendation:
    held = {"edition": edition, "text": {"en": f"Advice {edition} {state}"}, "state": state}
    return Recommendation.model_validate(held | ({"note": {"en": note}} if note else {}))


def test_recommendations_of_earlier_editions_stand_with_their_state(study: Study, tmp_path: Path) -> None:
    held = [advised(2022, "done", "Done in May"), *(advised(2023, state) for state in STATES), advised(2024, "open")]
    found, said = made(edition(study.model_copy(update={"recommendations": held}), tmp_path), record(study))
    rows = found.tables["tbl_since_recommendations"].rows
    assert [(row["edition"], row["state"]) for row in rows] == [
        ("2023", "open"),
        ("2023", "under-way"),
        ("2023", "done"),
        ("2023", "dropped"),
        ("2022", "done"),
    ]
    assert "Of 5 recommendations of earlier editions that the study states, 2 are not carried out yet" in said["en"]
    for words in ("Advice 2023 open", "Done in May", "under way", "carried out"):
        assert words in said["en"]
    assert "Advice 2024" not in said["en"]


def test_a_study_that_states_nothing_of_them_is_said_to(study: Study, tmp_path: Path) -> None:
    _, said = made(edition(study, tmp_path), record(study))
    assert "does not state what became of the recommendations" in said["en"]


def way(study: Study, root: Path, then: str, **lost: str) -> None:
    """Keep a way from 0.1 as published over 0.13 (code) and 0.12 (revised files) to today's 0.2, some of them lost."""
    reasons = {"absent": {"absent": ("2023/x.csv",)}, "error": {"error": "no"}}
    values = {"code": 0.13, "revised": 0.12}
    states = [
        State(name, None, **reasons[lost[name]])
        if name in lost
        else State(name, Headline({"att_literacy": replace(THEN, value=v)}))
        for name, v in values.items()
    ]
    states.append(State("new", None, as_today=True))
    split.keep(split.Split("any", then, tuple(states)), split.path_of(study.name, 2023, 2024, root))


def test_the_chapter_divides_each_difference_by_its_source(study: Study, tmp_path: Path) -> None:
    kept = keep(record(study), tmp_path)
    way(study, tmp_path, file_hash(kept))
    context = edition(study, tmp_path)
    found, said = made(context, None, languages())
    rows = found.tables["tbl_since_split"].rows
    assert [row["part"] for row in rows] == ["published", "code", "revised", "new", "choices"]
    (line,) = [
        line
        for line in said["en"].splitlines()
        if line.startswith("|Literacy") and "+0.030" in line and "−0.010" in line
    ]
    assert [cell.strip() for cell in line.strip("|").split("|")][2:6] == ["+0.030", "−0.010", "+0.080", "0.000"]
    assert "Where the Differences Come From" in said["en"]
    assert "2024-from-2023.json" in " ".join(context.inputs)


def test_what_could_not_be_computed_is_said_with_its_reason(study: Study, tmp_path: Path) -> None:
    kept = keep(record(study), tmp_path)
    way(study, tmp_path, file_hash(kept), code="absent", revised="error")
    found, said = made(edition(study, tmp_path), None, ("en",))
    assert [row["part"] for row in found.tables["tbl_since_split"].rows] == [
        "published",
        "code_revised_new",
        "choices",
    ]
    (row,) = found.tables["tbl_since_parts"].rows
    assert (row["code"], row["revised"], row["new"]) == ("joined", "joined", "att_literacy_new")
    assert "- code and software of today: the bytes that the earlier edition read are not at hand" in said["en"]
    assert "- revised files of earlier years: it cannot be analysed so by the code of today" in said["en"]


def test_a_way_from_another_record_is_not_shown(study: Study, tmp_path: Path) -> None:
    keep(record(study), tmp_path)
    way(study, tmp_path, "0" * 64)
    found, said = made(edition(study, tmp_path), None, ("en",))
    assert "tbl_since_split" not in found.tables
    assert "was not computed for this record of the last edition" in said["en"]
