import json
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import RenderError
from pipeline.ledger.entries import Column, Table
from pipeline.report import tables
from pipeline.report.pandoc import pandoc_path

CI = {"id": "IK 95%", "en": "95% CI"}
COLUMNS = [
    Column("what", {"id": "Hasil", "en": "Outcome"}),
    Column("att", {"id": "Perkiraan", "en": "Estimate"}, "number", 3),
    Column("low", {"id": "bawah", "en": "low"}, "number", 3, group=CI),
    Column("high", {"id": "atas", "en": "high"}, "number", 3, group=CI),
    Column("p", {"id": "*p*", "en": "*p*"}, "p"),
    Column("n", {"id": "N", "en": "N"}, "int"),
]
ROWS = [
    {"what": "Literasi", "att": 0.1123, "low": 0.056, "high": 0.168, "p": 0.0001, "n": 2580},
    {"what": "a_b | *c* <x>", "att": -0.018, "low": None, "high": None, "p": 0.5, "n": 12},
]


def table(columns=COLUMNS, rows=ROWS, **changes) -> Table:
    plain = {
        "caption": {"id": "Pengaruh program", "en": "Effects"},
        "notes": {"id": "Galat baku menurut sekolah", "en": "Standard errors by school"},
        "n": {"id": "N = 430 sekolah", "en": "N = 430 schools"},
        "origin": "03_effects#group-time",
    }
    return Table(columns=list(columns), rows=list(rows), **{**plain, **changes})


def parse(markdown: str) -> list:
    done = subprocess.run(
        [pandoc_path(), "-f", "markdown", "-t", "json"], input=markdown.encode(), capture_output=True, check=True
    )
    return json.loads(done.stdout)["blocks"]


def words(node) -> str:
    if isinstance(node, list):
        return "".join(words(item) for item in node)
    if not isinstance(node, dict):
        return ""
    if node["t"] == "Str":
        return node["c"]
    if node["t"] == "Code":
        return node["c"][1]
    return " " if node["t"] in ("Space", "SoftBreak") else words(node.get("c", []))


def cells(block) -> list[list[str]]:
    head, bodies = block["c"][3], block["c"][4]
    rows = head[1] + [row for body in bodies for row in body[3]]
    return [[words(cell[4]) for cell in row[1]] for row in rows]


def test_a_grouped_table_reads_back_cell_by_cell():
    blocks = parse(tables.block("tbl_effects", table(), "id"))
    block, notes = blocks
    assert block["t"] == "Table"
    assert block["c"][0][0] == "tbl-effects"
    assert words(block["c"][1][1]) == "Pengaruh program"
    head = block["c"][3][1]
    assert [(words(c[4]), c[2], c[3]) for c in head[0][1]] == [
        ("Hasil", 2, 1), ("Perkiraan", 2, 1), ("IK 95%", 1, 2), ("p", 2, 1), ("N", 2, 1)
    ]  # fmt: skip
    assert [words(c[4]) for c in head[1][1]] == ["bawah", "atas"]
    assert cells(block)[2:] == [
        ["Literasi", "0,112", "0,056", "0,168", "<\u00a00,001", "2.580"],
        ["a_b | *c* <x>", "−0,018", "–", "–", "0,500", "12"],
    ]
    assert [spec[0]["t"] for spec in block["c"][2]] == ["AlignLeft"] + ["AlignRight"] * 5
    assert notes["c"][0][1] == ["table-notes"]
    said = words(notes["c"][1])
    assert said == (
        "Catatan. Galat baku menurut sekolah. N = 430 sekolah. – tidak ada, tidak tersedia, atau tidak dapat dihitung. "
        "Sumber: data studi, diolah (03_effects, sel group-time)."
    )


def test_a_plain_table_is_a_pipe_table_with_the_same_content():
    columns = [Column(c.key, c.label, c.kind, c.decimals) for c in COLUMNS]
    block, _ = parse(tables.block("tbl_effects", table(columns), "en"))
    assert cells(block)[1] == ["Literasi", "0.112", "0.056", "0.168", "<\u00a00.001", "2,580"]
    assert len(cells(block)) == 3


def test_a_group_heading_wider_than_its_columns_widens_them():
    wide = {"id": "Selang kepercayaan yang sangat panjang sekali", "en": "x"}
    columns = [COLUMNS[0], Column("low", {"id": "a", "en": "a"}, "number", 1, group=wide)]
    block, _ = parse(tables.block("tbl_x", table(columns, [{"what": "y", "low": 1.0}]), "id"))
    assert cells(block) == [["Hasil", wide["id"]], ["a"], ["y", "1,0"]]


def test_kinds_codes_and_periods():
    columns = [
        Column("year", {"id": "Tahun", "en": "Year"}, "period"),
        Column("v", {"id": "Putusan", "en": "Verdict"}, "code", codes={"none": {"id": "tidak ada", "en": "none"}}),
        Column("share", {"id": "Bagian", "en": "Share"}, "percent", 1),
    ]
    rows = [{"year": 2021, "v": "none", "share": 12.34}]
    assert "2020/2021" in tables.block("tbl_x", table(columns, rows), "id", period_kind="school_year")
    shown = tables.block("tbl_x", table(columns, rows), "id")
    assert "|2021 " in shown
    assert "tidak ada" in shown
    assert "12,3%" in shown
    with pytest.raises(RenderError, match="'odd' has no wording"):
        tables.block("tbl_x", table(columns, [{"year": 2021, "v": "odd", "share": 1.0}]), "id")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"rows": []}, "no rows"),
        ({"rows": [{**ROWS[0], "att": float("nan")}]}, "cannot be printed"),
        ({"rows": [{**ROWS[0], "n": 2.5}]}, "whole number"),
        ({"rows": [{**ROWS[0], "what": "nan"}]}, "holds the word"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_its_place(change, message):
    with pytest.raises(RenderError, match=message) as caught:
        tables.block("tbl_effects", table(**change), "id")
    assert "tbl_effects" in caught.value.where


def test_only_tables_and_figures_have_ids():
    assert tables.identifier("fig_event_literacy") == "fig-event-literacy"
    with pytest.raises(RenderError, match="att_literacy"):
        tables.identifier("att_literacy")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text("abc|*_~^`$@#<>[]{}\\!é–", min_size=1, max_size=12), min_size=1, max_size=4))
def test_any_text_prints_as_it_is(texts):
    rows = [{"what": f"x{text}x", "low": 1.0} for text in texts]
    columns = [COLUMNS[0], Column("low", {"id": "a", "en": "a"}, "number", 1, group=CI)]
    block = parse(tables.block("tbl_x", table(columns, rows), "id"))[0]
    assert [row[0] for row in cells(block)[2:]] == [f"x{text}x" for text in texts]
