"""Exhibits of delivery: who was reached by how much, mentoring pairs, equity of reach, and costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipeline.chapters import titles
from pipeline.chapters.style import ACCENT, GREY, locale_axis, new_figure, titled
from pipeline.chapters.words import ACTIVITIES, PERIOD, n_of
from pipeline.clean.coarse import middle
from pipeline.languages.catalogue import say
from pipeline.languages.message import Text, literal, msg
from pipeline.ledger.counts import NOTHING, Counts, share_of
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.indicators import delivery, equity, mentoring
from pipeline.notebook import Edition
from pipeline.report.doc import Doc, when

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Tables = Callable[[str], "pd.DataFrame | None"]
TRAITS: dict[str, Text] = {
    "sex": msg("common-sex"),
    "employment": msg("delivery-traits-employment"),
    "rank_group": msg("common-rank"),
    "level": msg("delivery-traits-level"),
    "kecamatan": msg("delivery-traits-kecamatan"),
    "period": PERIOD,
}
_VALUES: dict[str, Text] = {
    "M": msg("common-male"),
    "F": msg("common-female"),
    "PNS": msg("delivery-values-pns"),
    "PPPK": msg("delivery-values-pppk"),
}
SENIORITY: dict[str, Text] = {
    "senior": msg("delivery-seniority-senior"),
    "not_senior": msg("delivery-seniority-not-senior"),
    "not_comparable": msg("delivery-seniority-not-comparable"),
    "no_mentor": msg("delivery-seniority-no-mentor"),
    "self": msg("delivery-seniority-self"),
}  # fmt: skip


def record(ledger: Ledger, context: Edition) -> None:
    """Reach by group and year, mentoring, equity and costs; nothing without a register and a roster."""
    tables = context.find
    training, staff = tables("training"), tables("staff")
    if training is None or staff is None or training.empty or staff.empty:
        return
    hours = delivery.yearly_hours(training, _with_traits(staff, tables("schools")))
    last = hours[hours["period"] == hours["period"].max()]
    _reach(ledger, hours, last)
    _attendance(ledger, training)
    pairs = tables("mentoring")
    if pairs is not None and len(pairs):
        _mentoring(ledger, pairs)
    _equity(ledger, last)
    costs = tables("costs")
    if costs is not None and len(costs):
        _costs(ledger, training, costs)


def _with_traits(staff: pd.DataFrame, units: pd.DataFrame | None) -> pd.DataFrame:
    if units is None:
        return staff
    return staff.merge(units[["unit", "period", "level", "kecamatan"]], on=["unit", "period"], how="left")


def _reach(results: Ledger, hours: pd.DataFrame, last: pd.DataFrame) -> None:
    never, year = 100 * float((~last["reached"]).mean()), {"period": int(last["period"].iloc[0])}
    everybody = Counts("persons", "reach", at=year, count=len(last))
    part = Counts("persons", "reach", at={**year, "never": "yes"}, count=int((~last["reached"]).sum()), group="never")
    share = {"n": len(last), "counts": (everybody, part)}
    results.number("delivery_never", never, unit="percent", decimals=1, **share)
    results.number("delivery_jp_minimum", delivery.MINIMUM_JP, unit="JP", decimals=0)
    bound = last[last["employment"] == "PNS"] if "employment" in last else last.iloc[:0]
    if len(bound):
        at, n_minimum = {**year, "employment": "PNS"}, int((bound["jp"] >= delivery.MINIMUM_JP).sum())
        whole = Counts("persons", "reach", at=at, count=len(bound))
        held = Counts("persons", "reach", at={**at, "minimum": "yes"}, count=n_minimum, group="minimum")
        percent = 100 * n_minimum / len(bound)
        results.number("delivery_minimum_pns", percent, unit="percent", decimals=1, n=len(bound), counts=(whole, held))
    years = delivery.by_group(hours, "period").assign(trait="period")
    _group_table(results, years, "tbl_delivery_years", Counts("persons", "reach", by=("period",)))
    parts = [
        delivery.by_group(last, trait).rename(columns={trait: "value"}).assign(trait=trait)
        for trait in ("sex", "employment", "rank_group", "level")
        if trait in last
    ]
    grouped = Counts("persons", "reach", by=("trait:value",), at=year)
    _group_table(results, pd.concat(parts, ignore_index=True), "tbl_delivery_groups", grouped)
    if "kecamatan" in last:
        places = delivery.by_group(last, "kecamatan").rename(columns={"kecamatan": "value"}).assign(trait="kecamatan")
        _group_table(results, places, "tbl_delivery_places", grouped)
    units = last.groupby("unit").agg(persons=("person", "nunique"), jp=("jp", "mean"))
    enough = units[results.enough(units["persons"], "persons")]
    if len(enough):
        reached = enough["jp"] >= delivery.MINIMUM_JP
        share = 100 * float(reached.mean())
        behind = share_of("units", "units_at_minimum", int(reached.sum()), len(enough))
        results.number("delivery_units_minimum", share, unit="percent", n=len(enough), decimals=1, counts=behind)


def _group_table(results: Ledger, table: pd.DataFrame, name: str, persons: Counts) -> None:
    """Persons, mean hours and shares of groups."""
    least = results.thresholds.persons
    table = table.copy()
    head = [Column("period", PERIOD, "period")]
    if "value" in table:
        known = {v: _VALUES.get(v, literal(v)) for v in table["value"].dropna().astype(str)}
        table["value"] = table["value"].astype(object).where(table["value"].notna(), "unknown")
        known["unknown"] = msg("common-unknown")
        group = Column("value", msg("common-group"), "code", codes=known)
        head = [Column("trait", msg("common-trait"), "code", codes=TRAITS), group]
        if table["trait"].nunique() == 1:
            head = [Column("value", TRAITS[table["trait"].iloc[0]], "code", codes=known)]
    captions = {
        "tbl_delivery_years": msg("delivery-captions-tbl-delivery-years"),
        "tbl_delivery_groups": msg("delivery-captions-tbl-delivery-groups"),
        "tbl_delivery_places": msg("delivery-captions-tbl-delivery-places"),
    }
    results.table(
        name,
        table,
        [
            *head,
            Column("persons", msg("common-persons"), "int", counts=persons),
            Column("jp", msg("delivery-mean-jp"), "number", 1),
            Column("minimum", msg("delivery-at-least-20-jp"), "number", 1, behind=("n_minimum", "persons")),
            Column("never", msg("delivery-never-reached"), "number", 1, behind=("n_never", "persons")),
            *(
                Column(
                    f"n_{part}",
                    msg("common-persons"),
                    "int",
                    shown=False,
                    counts=replace(persons, at={**persons.at, part: "yes"}, group=part),
                )
                for part in ("minimum", "never")
            ),
        ],
        behind="persons",
        caption=captions[name],
        notes=msg("delivery-shares-that-rest-on-fewer-than", least=least),
    )


def _attendance(results: Ledger, training: pd.DataFrame) -> None:
    table = delivery.attendance(training)
    came = training["attended"].astype(bool)
    registered = Counts("persons", "attendance", by=("activity",))
    parts = (Counts("persons", "attendance", count=len(training)),
             Counts("persons", "attendance", at={"attended": "yes"}, count=int(came.sum())))  # fmt: skip
    share = {"n": len(training), "counts": parts}
    results.number("delivery_no_show", 100 * float((~came).mean()), unit="percent", decimals=1, **share)
    results.table(
        "tbl_delivery_attendance",
        table,
        [
            Column("activity", msg("common-activity"), "code", codes=ACTIVITIES),
            Column("registered", msg("delivery-registered"), "int", counts=registered),
            Column("attended", msg("delivery-attended"), "int", counts=replace(registered, at={"attended": "yes"})),
            Column("no_show", msg("delivery-no-shows"), "number", 1),
        ],
        behind=("registered", "attended"),
        caption=msg("tbl-delivery-attendance"),
    )


def _mentoring(results: Ledger, table: pd.DataFrame) -> None:
    ended, load = mentoring.early(table), mentoring.loads(table)
    counts = table["seniority"].value_counts().reindex(list(SENIORITY)).fillna(0).astype(int)
    frame = pd.DataFrame({"seniority": counts.index, "pairs": counts.to_numpy()})
    frame = frame[frame["pairs"] > 0].assign(share=lambda t: 100 * t["pairs"] / len(table))
    # the register's mentoring rows, counted once more
    everyone = (Counts("persons", "mentoring"), Counts("persons", "attendance", at={"activity": "mentoring"}))
    results.number("mentoring_pairs", len(table), decimals=0, counts=everyone)
    wrong = table["seniority"] == "not_senior"
    part = Counts("persons", "mentoring", at={"seniority": "not_senior"}, count=int(wrong.sum()))
    share = {"n": len(table), "counts": part}
    results.number("mentoring_not_senior", 100 * float(wrong.mean()), unit="percent", decimals=1, **share)
    if len(load):
        # as it is printed: with all digits, times the mentors, it would tell the pairs, and with them a hidden row
        results.number("mentoring_load", round(float(load["mentees"].mean()), 1), n=len(load), decimals=1)
        heavy = load["mentees"] > mentoring.MOST_MENTEES
        behind = share_of("persons", "mentors", int(heavy.sum()), len(load))
        results.number(
            "mentoring_heavy", 100 * float(heavy.mean()), unit="percent", n=len(load), decimals=1, counts=behind
        )
        results.number("mentoring_most", mentoring.MOST_MENTEES, decimals=0)
    if ended.notna().any():
        known = ended.dropna().astype(float)
        behind = share_of("persons", "mentorings_with_an_end", int(known.sum()), len(known))
        results.number(
            "mentoring_early", 100 * float(known.mean()), unit="percent", n=len(known), decimals=1, counts=behind
        )
        results.number("mentoring_sessions", float(table["held"].dropna().astype(float).mean()), decimals=1)
    results.number("mentoring_days", float(table["days"].dropna().mean()), decimals=1)
    results.table(
        "tbl_mentoring",
        frame,
        [
            Column("seniority", msg("delivery-pair"), "code", codes=SENIORITY),
            Column("pairs", msg("delivery-pairs"), "int", counts=Counts("persons", "mentoring", by=("seniority",))),
            Column("share", msg("common-share"), "number", 1),
        ],
        behind="pairs",
        caption=msg("tbl-mentoring"),
        notes=msg("tbl-mentoring.notes"),
    )


def _equity(results: Ledger, last: pd.DataFrame) -> None:
    hours = last["jp"]
    results.number("delivery_gini", equity.gini(hours.to_numpy()), n=len(last), decimals=2)
    parts = equity.theil(hours, last["unit"])
    results.number("delivery_theil", parts.total, decimals=2)
    if parts.total > 0:
        results.number("delivery_theil_between", 100 * parts.between / parts.total, unit="percent", decimals=1)
    curve = equity.lorenz(hours.to_numpy(), results.thresholds.persons)
    said = titles.lorenz(*curve)
    results.figure(
        "fig_lorenz",
        titled(lambda lang: lorenz_curve(*curve, len(last), lang), said),
        caption=msg("fig-lorenz"),
        alt=msg("fig-lorenz.alt"),
    )
    traits: dict[str, tuple[Text, pd.Series]] = {
        "female": (msg("delivery-female"), (last["sex"] == "F").astype(float)),
        "pppk": (msg("delivery-values-pppk"), (last["employment"] == "PPPK").astype(float)),
        "rank_iv": (msg("delivery-rank-iv"), (last["rank_group"] == "IV").astype(float)),
        "service": (msg("delivery-years-service"), middle(last["service_group"])),
        "age": (msg("delivery-age"), middle(last["age_group"])),
    }  # fmt: skip
    groups = {"female": ("sex", "F"), "pppk": ("employment", "PPPK"), "rank_iv": ("rank_group", "IV")}
    reached, rows = last["reached"], []
    if not results.enough(min(int(reached.sum()), int((~reached).sum())), "persons"):
        return
    for name, (_, value) in traits.items():
        one, other = value[reached].dropna(), value[~reached].dropna()
        gap = equity.standardised_difference(one, other)
        if gap is not None and np.isfinite(gap):
            split, level = groups.get(name, ("", ""))
            # a mean of yes and no is a share: it can be turned back into the persons of the group that were not reached
            never = int(other.sum()) if split else None
            rows.append((name, float(one.mean()), float(other.mean()), gap, split, level, never))
    results.table(
        "tbl_delivery_equity",
        pd.DataFrame(rows, columns=["trait", "reached", "never", "gap", "split", "level", "n_never"]).astype(
            {"n_never": "Int64"}
        ),
        [
            Column("trait", msg("common-trait"), "code", codes={k: label for k, (label, _) in traits.items()}),
            Column("reached", msg("delivery-reached"), "number", 2),
            Column("never", msg("delivery-never-reached-2"), "number", 2),
            Column("gap", msg("common-standardised-difference"), "number", 2),
            Column(
                "n_never",
                msg("common-persons"),
                "int",
                shown=False,
                counts=Counts(
                    "persons",
                    "reach",
                    by=("split:level",),
                    at={"period": int(last["period"].iloc[0]), "never": "yes"},
                    group="never",
                ),
            ),
        ],
        behind="n_never",
        caption=msg("tbl-delivery-equity"),
        notes=msg("tbl-delivery-equity.notes"),
    )


def _costs(results: Ledger, training: pd.DataFrame, costs: pd.DataFrame) -> None:
    table = delivery.unit_costs(training, costs)
    results.number("delivery_amount", float(costs["amount"].sum()) / 1e6, decimals=0)
    total = training[training["attended"].astype(bool)]["jp"].sum()
    if total > 0:
        hours = Counts("persons", "attendance", at={"attended": "yes"}, quantity="hours", count=float(total))
        results.number("delivery_cost_hour", float(costs["amount"].sum() / total), decimals=0, counts=hours)
    for column in ("per_hour", "per_person"):
        table[column] = table[column].astype(object).where(table[column].notna(), None)
    hours_by_kind = Counts(
        "persons", "attendance", by=("activity",), at={"attended": "yes"}, quantity="hours", behind="attendances"
    )
    results.table(
        "tbl_delivery_costs",
        table.assign(amount=table["amount"] / 1e6),
        [
            Column("activity", msg("common-activity"), "code", codes=ACTIVITIES),
            Column("amount", msg("delivery-cost-million-rupiah"), "number", 1, counts=NOTHING),
            Column("hours", msg("delivery-hours-attended-jp"), "number", 0, counts=hours_by_kind),
            Column("per_hour", msg("delivery-rupiah-per-participant-hour"), "number", 0),
            Column("per_person", msg("delivery-rupiah-per-attendance"), "number", 0),
        ],
        behind="hours",
        caption=msg("tbl-delivery-costs"),
    )


# --- figures -----------------------------------------------------------------------------------------------------------


def lorenz_curve(persons: np.ndarray, hours: np.ndarray, n: int, lang: str) -> Figure:
    """Cumulative share of hours against that of persons, and the line of equality.

    Args:
        persons, hours: Cumulative shares from 0 to 1.
        n: Persons.
        lang: "id" or "en".
    """
    figure, axes = new_figure(7.5, 9.0)
    axes.plot([0, 1], [0, 1], color=GREY, lw=0.8, ls="--", label=say("delivery-equal", lang))
    axes.plot(persons, hours, color=ACCENT, lw=1.6, label=say("delivery-hours", lang))
    axes.fill_between(persons, persons, hours, color=ACCENT, alpha=0.10, lw=0)
    axes.text(
        0.98,
        0.02,
        say(n_of(n), lang),
        transform=axes.transAxes,
        ha="right",
        fontsize=7.5,
        color=GREY,
    )
    axes.set_xlabel(say("delivery-share-persons", lang))
    axes.set_ylabel(say("delivery-share-hours", lang))
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.legend(loc="upper left", fontsize=8)
    for axis in (axes.xaxis, axes.yaxis):
        locale_axis(axis, lang, 1)
    return figure


# --- what the report says ---------------------------------------------------------------------------------------------


def results(doc: Doc) -> None:
    """The section on delivery and equity."""
    if not doc.has("tbl_delivery_groups"):
        return
    doc.heading("delivery-title", id="sec-delivery")
    between = doc.has("delivery_theil_between")
    doc.paragraph(
        "delivery-reached-nobody",
        when(doc.has("delivery_units_minimum"), "delivery-minimum"),
        "delivery-spread-between" if between else "delivery-spread",
    )
    doc.table("tbl_delivery_groups")
    doc.table("tbl_delivery_attendance")
    doc.figure("fig_lorenz", width="60%")
    doc.table("tbl_delivery_equity")
    if doc.has("tbl_mentoring"):
        load, early = (when(doc.has(f"mentoring_{what}"), f"delivery-mentoring-{what}") for what in ("load", "early"))
        doc.paragraph("delivery-mentoring-pairs", load, early)
        doc.table("tbl_mentoring")
    if doc.has("tbl_delivery_costs"):
        doc.paragraph("delivery-costs-hour" if doc.has("delivery_cost_hour") else "delivery-costs")
        doc.table("tbl_delivery_costs")


def tables(doc: Doc) -> None:
    """The annex tables on reach."""
    if doc.has("tbl_delivery_years"):
        doc.heading("delivery-tables-title")
        doc.table("tbl_delivery_years")
        doc.table("tbl_delivery_places")


def technical(doc: Doc) -> None:
    """The technical note on equity."""
    if doc.has("tbl_delivery_groups"):
        doc.paragraph("delivery-technical")
