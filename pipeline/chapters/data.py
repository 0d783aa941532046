"""Exhibits of 01_clean: the account of every row, and the flow from files to analysis."""

from __future__ import annotations

import pandas as pd

from pipeline.chapters import figures
from pipeline.chapters.words import PERIOD, SOURCES, words
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
        caption=words("Alur data dari berkas ke analisis", "Flow of the data from files to analysis"),
        alt=words(
            "Kotak berurutan dari berkas mentah ke panel analisis, dengan jumlah yang disisihkan pada tiap tahap.",
            "Boxes in sequence from raw files to the panel, with the numbers set aside at each stage.",
        ),
    )


def _account_tables(results: Ledger, account: pd.DataFrame, by_file: pd.DataFrame) -> None:
    source = Column("source", words("Sumber", "Source"), "code", codes=SOURCES)
    results.table(
        "tbl_row_account",
        by_file,
        [
            source,
            Column("period", PERIOD, "period"),
            Column("read", words("Dibaca", "Read"), "int"),
            Column("kept", words("Dipakai", "Kept"), "int"),
            Column("set_aside", words("Disisihkan", "Set aside"), "int"),
        ],
        caption=words("Pertanggungjawaban baris menurut berkas", "Account of rows by file"),
        notes=words("Dibaca = dipakai + disisihkan, untuk setiap berkas.", "Read = kept + set aside, for each file."),
    )
    notes = account[account["outcome"] != "kept"].groupby(["source", "rule", "outcome"], as_index=False)["rows"].sum()
    outcome = {"set_aside": words("Disisihkan", "Set aside"), "corrected": words("Dibetulkan", "Corrected")}
    results.table(
        "tbl_rules",
        notes,
        [
            source,
            Column("rule", words("Aturan", "Rule"), "text"),
            Column("outcome", words("Tindakan", "Action"), "code", codes=outcome),
            Column("rows", words("Baris", "Rows"), "int"),
        ],
        caption=words("Baris yang disisihkan atau dibetulkan, menurut aturan", "Rows set aside or corrected, by rule"),
        notes=words(
            "Nomor baris dan alasan setiap baris ada pada tabel set_aside.",
            "Each row's number and reason: table set_aside.",
        ),
    )
