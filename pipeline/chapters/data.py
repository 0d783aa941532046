"""Exhibits of 01_clean: the account of every row, and the flow from files to analysis."""

from __future__ import annotations

import pandas as pd

from pipeline.chapters import figures
from pipeline.chapters.words import PERIOD, SOURCES
from pipeline.languages.message import msg
from pipeline.ledger.counts import NOTHING, Counts
from pipeline.ledger.entries import Column, Ledger
from pipeline.notebook import Edition

BALANCE = ("kept", "set_aside")


def account_by_file(account: pd.DataFrame) -> pd.DataFrame:
    """Rows read, kept and set aside by source and period, from the row account by rule.

    Raises:
        ValueError: A file's rows do not add up.
    """
    wide = (
        account[account["outcome"].isin(BALANCE)]
        .pivot_table(index=["source", "period"], columns="outcome", values="rows", aggfunc="sum", fill_value=0)
        .reindex(columns=list(BALANCE), fill_value=0)
        .reset_index()
    )
    wide["read"] = wide["kept"] + wide["set_aside"]
    wide.columns.name = None
    return wide[["source", "period", "read", "kept", "set_aside"]]


def record_cleaning(results: Ledger, edition: Edition) -> None:
    """Row account by file and by rule, the flow, and the size of the panel."""
    account, panel = edition.table("row_account"), edition.table("panel")
    by_file = account_by_file(account)
    corrected = account.loc[account["outcome"] == "corrected", "rows"].sum()
    for name, value in (
        ("rows_read", by_file["read"].sum()),
        ("rows_kept", by_file["kept"].sum()),
        ("rows_set_aside", by_file["set_aside"].sum()),
        ("rows_corrected", corrected),
        ("n_units", panel["unit"].nunique()),
        ("n_periods", panel["period"].nunique()),
        ("n_obs", len(panel)),
        ("first_period", panel["period"].min()),
        ("last_period", panel["period"].max()),
    ):
        results.number(name, int(value), unit="", decimals=0)
    if "scores" in edition.study.sources:
        results.number("n_pupils", edition.table("scores")["pupil"].nunique(), unit="", decimals=0)
    if "staff" in edition.study.sources:
        results.number("n_staff", edition.table("staff")["person"].nunique(), unit="", decimals=0)
    _account_tables(results, account, by_file)
    flow = edition.table("flow")
    results.figure(
        "fig_flow",
        lambda lang: figures.flow(flow, lang),
        caption=msg("fig-flow"),
        alt=msg("fig-flow.alt"),
    )


def _account_tables(results: Ledger, account: pd.DataFrame, by_file: pd.DataFrame) -> None:
    source = Column("source", msg("data-source"), "code", codes=SOURCES)
    # a file of training has a row a registration: the same persons as in the tables of attendance
    registered = by_file["kept"].astype("Int64").where(by_file["source"] == "training")
    results.table(
        "tbl_row_account",
        by_file.assign(registered=registered),
        [
            source,
            Column("period", PERIOD, "period"),
            Column("read", msg("data-read"), "int", counts=NOTHING, behind=("registered",)),
            Column("kept", msg("data-kept"), "int", counts=NOTHING, behind=("registered",)),
            Column("set_aside", msg("data-outcome-set-aside"), "int", counts=NOTHING),
            Column(
                "registered",
                msg("data-kept"),
                "int",
                counts=Counts("persons", "attendance", by=("period",)),
                shown=False,
            ),
        ],
        caption=msg("tbl-row-account"),
        notes=msg("tbl-row-account.notes"),
    )
    notes = account[account["outcome"] != "kept"].groupby(["source", "rule", "outcome"], as_index=False)["rows"].sum()
    outcome = {"set_aside": msg("data-outcome-set-aside"), "corrected": msg("data-outcome-corrected")}
    results.table(
        "tbl_rules",
        notes,
        [
            source,
            Column("rule", msg("data-rule"), "text"),
            Column("outcome", msg("data-action"), "code", codes=outcome),
            Column("rows", msg("data-rows"), "int", counts=NOTHING),
        ],
        caption=msg("tbl-rules"),
        notes=msg("tbl-rules.notes"),
    )
