"""Provenance: each entry knows its cell, function, tables, files and settings; PROV-JSON that a library of others reads."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from prov.model import ProvDocument, ProvGeneration, ProvUsage

from pipeline.ledger.counts import PERSONS
from pipeline.ledger.entries import Column, Ledger, read_ledgers
from pipeline.ledger.gate import gate
from pipeline.ledger.origins import Maker, Origins, RawFile, maker_of
from pipeline.ledger.provenance import provenance
from pipeline.ledger.reads import Reads
from pipeline.ledger.results import Results

ORIGINS = Origins(
    files=(
        RawFile("2023/a b.csv", "aa", "scores", 10, 9, 1),
        RawFile("2024/a b.csv", "bb", "scores", 12, 12, 0),
        RawFile("2024/list.xlsx", "cc", "schools", 5, 4, 1),
        RawFile("2024/other.csv", "dd", "costs", 3, 3, 0),
    ),
    made_from={"panel": ("schools", "scores"), "prices": ("costs",)},
    seed=7,
    code="ee",
    settings="ff",
)


def _effects(ledger: Ledger) -> None:
    ledger.number("att_score", 0.25, unit="sd", low=0.1, high=0.4, n=40)
    ledger.number("few", 2, unit="persons", decimals=0, counts=PERSONS)


@pytest.fixture
def results(tmp_path: Path) -> Results:
    """Three notebooks: the estimates, prices, and a judgement that reads both the estimates and the first ledger."""
    folder, reads = tmp_path / "results", Reads()
    reads.table("panel", ["unit", "score"])
    reads.table("panel")  # asked for again
    reads.key("inference.level", 0.95)
    reads.key("outcomes.0.label.en", "Score")
    reads.key("outcomes.0", "<Outcome>")
    (tmp_path / "panel.parquet").write_bytes(b"panel")
    with Ledger("03_effects", folder, {"panel.parquet": tmp_path / "panel.parquet"}, ("en",), reads=reads) as ledger:
        ledger.cell, ledger.topic = "effects", "effects"
        with reads.of("effects"):
            reads.table("effects")
            reads.key("seed", 7)
            _effects(ledger)
    reads = Reads()
    with Ledger("02_programme", folder, languages=("en",), reads=reads) as ledger, reads.of("delivery"):
        ledger.cell, ledger.topic = "delivery", "delivery"
        reads.table("prices", ["amount"])
        ledger.number("delivery_amount", 5.0)
    reads = Reads()
    with Ledger("07_verdict", folder, languages=("en",), reads=reads) as ledger, reads.of("verdicts"):
        ledger.cell, ledger.topic = "verdicts", "verdicts"
        reads.table("effects")
        reads.ledger(["02_programme", "07_verdict"])
        ledger.text("verdict_score", "weak")
        ledger.text("reasons_score", "few_clusters wild_borderline")
        ledger.text("unsaid", "secret")
        frame = pd.DataFrame({"outcome": ["score", "same"], "reason": ["few_clusters", "wild_borderline"]})
        columns = [Column(key, {"en": key, "id": key}) for key in frame]
        ledger.table("tbl_verdict", frame, columns, caption={"en": "v", "id": "v"})
    return gate(read_ledgers(folder))


def test_an_entry_knows_its_cell_function_tables_and_settings(results: Results) -> None:
    maker = maker_of(results, "numbers", "att_score")
    assert maker == Maker(
        "03_effects",
        "effects",
        "effects",
        "tests.ledger.test_provenance._effects" if "tests" in __name__ else f"{__name__}._effects",
        ("panel",),
        (),
        (("inference.level", 0.95), ("seed", 7)),  # words and parts of the study are no settings
    )


def test_a_judgement_rests_on_what_the_ledgers_and_estimates_that_it_read_rest_on(results: Results) -> None:
    maker = maker_of(results, "texts", "verdict_score")
    assert maker.ledgers == ("02_programme",)
    assert maker.tables == ("panel", "prices")
    assert ORIGINS.sources(maker.tables) == ["costs", "schools", "scores"]
    assert ORIGINS.sources(["panel"]) == ["schools", "scores"]
    assert ORIGINS.sources(["row_account"]) == ["costs", "schools", "scores"]  # it tells of all files


def _document(results: Results) -> ProvDocument:
    held = provenance(results, ORIGINS, ("verdict_score",))
    return ProvDocument.deserialize(content=json.dumps(held), format="json")


def test_a_library_of_others_follows_a_number_to_its_raw_files(results: Results) -> None:
    document = _document(results)

    def related(kind: type, start: str) -> list[str]:
        pairs = [[str(value) for _, value in record.formal_attributes[:2]] for record in document.get_records(kind)]
        return [other for one, other in pairs if one == start]

    (cell,) = related(ProvGeneration, "ev:number/att_score")
    (told,) = document.get_record(cell)
    assert {str(key): str(value) for key, value in told.attributes}["ev:cell"] == "effects"
    used = set(related(ProvUsage, cell))
    assert used == {"ev:data/panel", "ev:effects", "ev:settings"}
    (cleaning,) = related(ProvGeneration, "ev:data/panel")
    raw = {name for name in related(ProvUsage, cleaning) if name.startswith("ev:raw/")}
    assert raw == {"ev:raw/scores/2023/a%20b.csv", "ev:raw/scores/2024/a%20b.csv", "ev:raw/schools/2024/list.xlsx",
                   "ev:raw/costs/2024/other.csv"}  # fmt: skip
    derived = [r for r in provenance(results, ORIGINS)["wasDerivedFrom"].values()
               if r["prov:generatedEntity"] == "ev:data/panel"]  # fmt: skip
    assert {record["prov:usedEntity"] for record in derived} == raw - {"ev:raw/costs/2024/other.csv"}
    (panel,) = document.get_record("ev:data/panel")
    assert {str(key): value for key, value in panel.attributes}["ev:columns"] == "unit score"
    held = {str(key): value for key, value in document.get_record("ev:raw/scores/2023/a%20b.csv")[0].attributes}
    assert [held[key] for key in ("ev:sha256", "ev:rowsRead", "ev:rowsKept", "ev:rowsSetAside")] == ["aa", 10, 9, 1]


def test_every_relation_leads_to_something_that_is_told(results: Results) -> None:
    held = provenance(results, ORIGINS, ("verdict_score",))
    known = {name for kind in ("entity", "activity", "agent") for name in held[kind]}
    for kind in ("used", "wasGeneratedBy", "wasDerivedFrom", "wasAssociatedWith"):
        for record in held[kind].values():
            ends = [value for key, value in record.items() if key.startswith("prov:")]
            assert set(ends) <= known, (kind, record)


def test_a_verdict_knows_its_rule(results: Results) -> None:
    told = provenance(results, ORIGINS, ("verdict_score",))["entity"]["ev:text/verdict_score"]
    assert told["ev:rule"] == "pipeline.methods.effects.judgement.verdict"
    assert told["ev:reasons"] == "few_clusters wild_borderline"


def test_what_the_gate_hides_and_what_the_report_does_not_say_is_not_in_it(results: Results) -> None:
    held = provenance(results, ORIGINS, ("verdict_score",))
    assert held["entity"]["ev:number/few"] == {"prov:type": "ev:Number", "ev:unit": "persons", "ev:withheld": True}
    assert "secret" not in json.dumps(held)


def test_the_same_results_give_the_same_document_and_no_path_of_the_machine(results: Results, tmp_path: Path) -> None:
    first, second = (json.dumps(provenance(results, ORIGINS)) for _ in range(2))
    assert first == second
    assert str(tmp_path) not in first
