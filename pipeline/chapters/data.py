"""Exhibits of 01_clean: the account of every row, and the flow from files to analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pipeline.chapters import titles
from pipeline.chapters.rules import outcome_of, rule_words
from pipeline.chapters.style import (
    GREY,
    INK,
    new_figure,
    titled,
)
from pipeline.chapters.words import PERIOD, SOURCES
from pipeline.clean.education.sums import COUNT
from pipeline.languages import locale
from pipeline.languages.catalogue import say
from pipeline.languages.message import msg
from pipeline.ledger.counts import NOTHING, Counts
from pipeline.ledger.entries import Column, Ledger
from pipeline.notebook import Edition

if TYPE_CHECKING:
    from matplotlib.figure import Figure

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


REGISTERED = Column(
    "registered", msg("data-kept"), "int", counts=Counts("persons", "attendance", by=("period",)), shown=False
)
"""Rows of a file of training, for the gate alone: a row is a registration, of the persons in the tables of attendance."""
OF_PERSONS = ("scores", "staff", "training", "ip_asn", "skm", "invited", "answers")
"""Files of which a row is about a person: how many of them were set aside is a count of persons."""
ASIDE = "rows_set_aside"
OUTCOMES = {name: msg(f"data-outcome-{name.replace('_', '-')}") for name in ("set_aside", "corrected", "incomplete")}


def record(ledger: Ledger, context: Edition) -> None:
    """Row account by file and by rule, the flow, and the size of the panel."""
    account, panel = context.table("row_account"), context.table("panel")
    by_file = account_by_file(account)
    aside = int(by_file.loc[by_file["source"].isin(OF_PERSONS), "set_aside"].sum())
    few = aside > 0 and not ledger.enough(aside, "persons")
    whole = Counts("persons", ASIDE, count=aside)
    for name, value in (
        ("rows_read", by_file["read"].sum()),
        ("rows_kept", by_file["kept"].sum()),
        ("rows_set_aside", by_file["set_aside"].sum()),
        ("n_units", panel["unit"].nunique()),
        ("n_periods", panel["period"].nunique()),
        ("n_periods_spanned", panel["period"].max() - panel["period"].min() + 1),
        ("n_obs", len(panel)),
        ("first_period", panel["period"].min()),
        ("last_period", panel["period"].max()),
    ):
        hides = few and name in ("rows_read", "rows_set_aside")
        ledger.number(name, int(value), unit="", decimals=0, **({"counts": whole} if hides else {}))
    if "scores" in context.study.sources:
        rows = context.find("scores")
        count = rows["pupil"].nunique() if rows is not None else int(context.table(COUNT)["pupils"].iloc[0])
        ledger.number("n_pupils", count, unit="", decimals=0)
    if "staff" in context.study.sources:
        ledger.number("n_staff", context.table("staff")["person"].nunique(), unit="", decimals=0)
    _account_tables(ledger, account, by_file, few)
    flow = context.table("flow")
    if few:  # what was read and is not used would tell it
        flow = flow[flow["stage"] != "files"].assign(excluded=0)
    said = titles.flow(flow)
    ledger.figure(
        "fig_flow",
        titled(lambda lang: draw_flow(flow, lang), said),
        caption=msg("fig-flow"),
        alt=msg("fig-flow.alt"),
    )


def _account_tables(results: Ledger, account: pd.DataFrame, by_file: pd.DataFrame, few: bool) -> None:
    """The tables of rows; `few` where so few rows of persons were set aside in all that their sum is not told either."""
    source = Column("source", msg("data-source"), "code", codes=SOURCES)
    # a file of training has a row a registration: the same persons as in the tables of attendance
    registered = by_file["kept"].astype("Int64").where(by_file["source"] == "training")
    persons = by_file["set_aside"].astype("Int64").where(by_file["source"].isin(OF_PERSONS))
    results.table(
        "tbl_row_account",
        by_file.assign(
            registered=registered, persons=persons, of_source=persons.groupby(by_file["source"]).transform("sum")
        ),
        [
            source,
            Column("period", PERIOD, "period"),
            Column("read", msg("data-read"), "int", counts=NOTHING, behind=("registered", "persons")),
            Column("kept", msg("data-kept"), "int", counts=NOTHING, behind=("registered",)),
            Column("set_aside", msg("data-outcome-set-aside"), "int", counts=NOTHING, behind=("persons",)),
            REGISTERED,
            _persons("period"),
            Column(
                "of_source",
                msg("data-outcome-set-aside"),
                "int",
                shown=False,
                counts=Counts("persons", ASIDE, by=("source",), totals=() if few else ("source",)),
            ),
        ],
        caption=msg("tbl-row-account"),
        notes=msg("tbl-row-account.notes"),
    )
    notes = account[account["outcome"] != "kept"].groupby(["source", "rule", "outcome"], as_index=False)["rows"].sum()
    notes["outcome"] = [outcome_of(*row) for row in notes[["outcome", "rule"]].itertuples(index=False)]
    of_persons = (notes["outcome"] == "set_aside") & notes["source"].isin(OF_PERSONS)
    results.table(
        "tbl_rules",
        notes.assign(persons=notes["rows"].astype("Int64").where(of_persons)),
        [
            source,
            Column("rule", msg("data-rule"), "code", codes=rule_words(notes["rule"])),
            Column("outcome", msg("data-action"), "code", codes=OUTCOMES),
            Column("rows", msg("data-rows"), "int", counts=NOTHING, behind=("persons",)),
            _persons("rule"),
        ],
        caption=msg("tbl-rules"),
        notes=msg("tbl-rules.notes"),
    )


def _persons(over: str) -> Column:
    """Rows set aside of files of persons, for the gate alone; the sum of a source is the same in both tables.

    What was read is hidden with them: what was kept stands in many tables, and the difference would tell.
    """
    counts = Counts("persons", ASIDE, by=("source", over))
    return Column("persons", msg("data-outcome-set-aside"), "int", counts=counts, shown=False)


# --- figures -----------------------------------------------------------------------------------------------------------


def draw_flow(table: pd.DataFrame, lang: str) -> Figure:
    """The flow from files to analysis as boxes; what leaves at a stage stands beside it.

    Args:
        table: In order, `stage` (of data-stage-…), `count` and `of` (of data-count-…), `excluded` (how many left
            on the way to this stage), `branch` (0 for the trunk, 1 and 2 for the two groups at its end).
        lang: "id" or "en".
    """
    trunk = table[table["branch"] == 0]
    ends = table[table["branch"] > 0]
    figure, axes = new_figure(1.6 * (len(trunk) + (len(ends) > 0)) + 0.4)
    axes.set_axis_off()
    rows = len(trunk) + (len(ends) > 0)
    axes.set_xlim(0, 10)
    axes.set_ylim(-0.1, rows)
    for order, stage in enumerate(trunk.itertuples()):
        y = rows - order - 0.5
        _box(axes, 5.0, y, _stage(stage, lang))
        if order:
            _arrow(axes, 5.0, y + 0.68, 5.0, y + 0.3)
        if order and stage.excluded > 0:
            aside = say("programme-set-aside", lang)
            axes.text(
                7.6, y + 0.5, f"→ {locale.integer(stage.excluded, lang)} {aside}", fontsize=8, color=GREY, va="center"
            )
    for stage, x in zip(ends.itertuples(), (2.6, 7.4), strict=False):
        _arrow(axes, 5.0, 1.2, x, 0.8)
        _box(axes, x, 0.5, _stage(stage, lang))
    return figure


def _stage(stage: object, lang: str) -> str:
    name = str(stage.stage).replace("_", "-")  # type: ignore[attr-defined]
    counted = say(f"data-count-{stage.of}", lang)  # type: ignore[attr-defined]
    return f"{say(f'data-stage-{name}', lang)}\n{locale.integer(stage.count, lang)} {counted}"  # type: ignore[attr-defined]


def _box(axes: object, x: float, y: float, text: str) -> None:
    from matplotlib.patches import FancyBboxPatch

    box = FancyBboxPatch((x - 2.2, y - 0.27), 4.4, 0.54, boxstyle="round,pad=0.02", fc="white", ec=INK, lw=0.9)
    axes.add_patch(box)  # type: ignore[attr-defined]
    axes.text(x, y, text, ha="center", va="center", fontsize=8.5, color=INK, linespacing=1.4)  # type: ignore[attr-defined]


def _arrow(axes: object, x0: float, y0: float, x1: float, y1: float) -> None:
    axes.annotate("", (x1, y1), (x0, y0), arrowprops={"arrowstyle": "-|>", "color": INK, "lw": 0.9})  # type: ignore[attr-defined]
