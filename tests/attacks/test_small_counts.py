"""Small counts that stood beside the tables of persons: rows set aside, tiles that are hatched, a mean that tells a sum."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipeline.audit.bounds import narrowed, too_few
from pipeline.chapters import data, programme, tile_map
from pipeline.languages.message import literal
from pipeline.ledger.counts import Counts, share_step
from pipeline.ledger.entries import Column, Ledger, Results, read_ledgers, read_results
from pipeline.ledger.gate import WITHHELD, gate
from tests.demo_study import blank_figures
from tests.given import Given

# --- rows set aside ---------------------------------------------------------------------------------------------------

ASIDE = {("invited", 2021): 21, ("invited", 2022): 2, ("invited", 2023): 3, ("ip_asn", 2021): 0, ("ip_asn", 2022): 1,
         ("ip_asn", 2023): 40, ("schools", 2021): 2, ("costs", 2021): 0}  # fmt: skip
KEPT = 1000


def _account(aside: dict[tuple[str, int], int]) -> pd.DataFrame:
    kept = [(source, period, "kept", "kept", KEPT) for source, period in aside]
    gone = [(source, period, "set_aside", "duplicate_row", rows) for (source, period), rows in aside.items() if rows]
    return pd.DataFrame([*kept, *gone], columns=["source", "period", "outcome", "rule", "rows"])


def _published(study, folder, aside: dict[tuple[str, int], int]) -> tuple[Results, Results]:
    """The account of rows as recorded, and as published."""
    account = _account(aside)
    read = KEPT * len(aside) + sum(aside.values())
    stages = [("files", read, 0, 0), ("rows", KEPT * len(aside), sum(aside.values()), 0), ("units", 9, 0, 0),
              ("treated", 4, 0, 1), ("never", 5, 0, 2)]  # fmt: skip
    flow = pd.DataFrame(stages, columns=["stage", "count", "excluded", "branch"]).assign(of="rows")
    panel = pd.DataFrame({"unit": ["a", "b"], "period": [2021, 2023]})
    bare = study.model_copy(update={"sources": {}})
    with Ledger("01_clean", folder) as ledger:
        data.record(ledger, Given(bare, folder, {"row_account": account, "panel": panel, "flow": flow}))
    recorded = read_ledgers(folder)
    return recorded, gate(recorded)


@pytest.fixture
def rows(medan, tmp_path) -> tuple[Results, Results]:
    return _published(medan, tmp_path, ASIDE)


@pytest.mark.parametrize(
    "aside",
    [
        {("invited", 2022): 1, ("invited", 2023): 0, ("schools", 2023): 9},
        {("invited", 2022): 1, ("ip_asn", 2022): 1, ("staff", 2023): 0},
        {("invited", 2022): 1, ("ip_asn", 2022): 1, ("staff", 2022): 4, ("staff", 2023): 7, ("staff", 2024): 6},
        {("training", 2022): 2, ("training", 2023): 40, ("schools", 2023): 3},
    ],
)
def test_few_rows_in_all_sources_or_one_of_many_are_not_worked_out(medan, tmp_path, aside) -> None:
    """A source's only row is what is left of the sum over sources, and the sum may be that one row."""
    recorded, published = _published(medan, tmp_path, aside)
    assert narrowed(recorded, published) + too_few(published, recorded.thresholds) == []
    few = sum(count for (source, _), count in aside.items() if source in data.OF_PERSONS) < 5
    assert (published.numbers["rows_set_aside"].withheld, published.numbers["rows_read"].withheld) == (few, few)
    drawn = " ".join(str(row) for row in published.figures["fig_flow"].data["en"])
    assert (f"{KEPT * len(aside) + sum(aside.values()):,}" in drawn) != few
    assert (f"{sum(aside.values())} set aside" in drawn) != few


def test_no_small_number_of_persons_set_aside_is_read_or_worked_out(rows) -> None:
    recorded, published = rows
    known: dict[tuple[str, int], int] = {}
    for row in published.tables["tbl_row_account"].rows:
        place, read, kept, aside = (row["source"], row["period"]), row["read"], row["kept"], row["set_aside"]
        if aside != WITHHELD:
            known[place] = aside
        if WITHHELD not in (read, kept):
            known[place] = read - kept
    small = {place for place, count in ASIDE.items() if 0 < count < 5 and place[0] in data.OF_PERSONS}
    assert small & set(known) == set()
    assert len(small) == 3
    # the sum over years stands in the table of rules: no year is what is left of it
    for source in {place[0] for place in small}:
        hidden = [place for place in ASIDE if place[0] == source and place not in known]
        assert len(hidden) > 1
    assert narrowed(recorded, published) + too_few(published, recorded.thresholds) == []


def test_what_names_no_person_stays_and_what_was_kept_too(rows) -> None:
    table = rows[1].tables["tbl_row_account"].rows
    assert {row["kept"] for row in table} == {KEPT}
    shown = {(row["source"], row["period"]): row["set_aside"] for row in table}
    assert (shown["schools", 2021], shown["costs", 2021], shown["ip_asn", 2021]) == (2, 0, 0)
    assert {row["source"]: row["rows"] for row in rows[1].tables["tbl_rules"].rows} == {
        "invited": 26,
        "ip_asn": 41,
        "schools": 2,
    }


def test_printing_what_was_read_after_all_is_found(rows) -> None:
    """The attack that the gate stops: read less kept."""
    recorded, published = rows
    for before, row in zip(
        recorded.tables["tbl_row_account"].rows, published.tables["tbl_row_account"].rows, strict=True
    ):
        row["set_aside"] = before["set_aside"]
    assert narrowed(recorded, published) != []


# --- a mean that tells its sum ----------------------------------------------------------------------------------------


def _balance(study, folder, share: float) -> list[dict]:
    """The table of balance where all staff are permanent but in one school, of which this share is."""
    rng = np.random.default_rng(5)
    units = [f"u{k:03d}" for k in range(240)]
    rows = [
        (unit, period, 2022 if k % 2 else None, score, share if k == 8 else 1.0)
        for k, (unit, score) in enumerate(zip(units, rng.normal(size=len(units)), strict=True))
        for period in (2020, 2021, 2022)
    ]
    panel = pd.DataFrame(rows, columns=["unit", "period", "cohort", "literacy", "share_pns"]).assign(
        cohort=lambda table: table["cohort"].astype("Int64"), cluster=lambda table: table["unit"]
    )
    with Ledger("02_programme", folder) as ledger:
        programme._balance(ledger, study, panel)
    return read_results(folder).tables["tbl_balance"].rows


def test_one_schools_share_of_permanent_staff_is_not_worked_out_from_the_mean(medan, tmp_path) -> None:
    """Whoever knows all the others multiplies the mean by N and takes them off: the share stays anything from 0 to 1."""
    study = medan.model_copy(update={"outcomes": [medan.outcome("literacy")], "covariates": ["share_pns"]})
    found = [_balance(study, tmp_path / str(share), share) for share in (0.1, 0.5, 0.9)]
    told = [next(row for row in rows if row["variable"] == "share_pns") for rows in found]
    sums = [row["control_mean"] * row["n_control"] for row in told]
    for total, row in zip(sums, told, strict=True):
        alone = total - (row["n_control"] - 1)
        slack = 0.5 * share_step(120, 3) * row["n_control"]  # of the rounding
        assert alone - slack <= 0.1
        assert alone + slack >= 0.9
    assert len({(row["control_mean"], row["std_diff"]) for row in told}) == 1


# --- hatched tiles ----------------------------------------------------------------------------------------------------


def test_hatched_tiles_are_among_the_cells_that_are_said_to_be_hidden(medan, tmp_path) -> None:
    places = sorted(medan.program.tiles)
    part = [2 if k in (3, 7) else 10 for k in range(len(places))]
    coverage = pd.DataFrame({"kecamatan": places, "schools": 20, "participating": part})
    counts = Counts("units", "units", by=("kecamatan",), at={"treated": "yes", "listed": "yes"}, totals=("kecamatan",))
    columns = [
        Column("kecamatan", literal("x"), "text"),
        Column("participating", literal("x"), "int", counts=counts),
    ]
    with blank_figures(), Ledger("02_programme", tmp_path) as ledger:
        ledger.number("n_treated", sum(part), decimals=0, counts=Counts("units", "all"))
        tile_map.record_tiles(ledger, medan.program, coverage, columns)
    found = read_results(tmp_path)
    hatched = sum(row["participating"] < 3 for row in read_ledgers(tmp_path).tables["fig_tiles"].rows)
    numbers = {name: found.numbers[f"cells_{name}"].value for name in ("counted", "hidden", "hidden_threshold")}
    assert hatched == 2
    assert numbers["hidden"] == numbers["hidden_threshold"] == hatched
    assert numbers["counted"] == 1 + 2 * len(places)
