"""Exhibits of professionalism: IP ASN by dimension and band, and effects of first participation on persons' scores."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipeline.chapters import titles
from pipeline.chapters.aim_effects import AimEffect, estimate_aim, record_effect, record_effects_table
from pipeline.chapters.style import ACCENT, new_figure, titled
from pipeline.chapters.words import PERIOD, n_of, period_name
from pipeline.languages.catalogue import say
from pipeline.languages.message import Digits, Period, Text, literal, msg
from pipeline.ledger.counts import PERSONS, Counts
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.indicators.bands import IP_ASN
from pipeline.methods.indicators.ip_asn import ARMS, DIMENSIONS, by_period, person_panel, scored
from pipeline.notebook import Edition
from pipeline.report.doc import Doc, Part
from pipeline.study import Study

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Tables = Callable[[str], "pd.DataFrame | None"]
SMALLEST = {"index": 1.0, "index_rest": 0.5, **dict.fromkeys(DIMENSIONS, 0.5)}
"""Smallest effects of interest, in points of the index."""
LABELS: dict[str, Text] = {
    "qualification": msg("professionalism-label-qualification"),
    "competence": msg("professionalism-label-competence"),
    "performance": msg("professionalism-label-performance"),
    "discipline": msg("professionalism-label-discipline"),
    "index": msg("professionalism-label-index"),
    "index_rest": msg("professionalism-label-index-rest"),
}
ARM_LABELS: dict[str, Text] = {
    "training": msg("professionalism-arm-labels-training"),
    "mentoring": msg("professionalism-arm-labels-mentoring"),
    "course": msg("professionalism-arm-labels-course"),
}
CAPTIONS: dict[str, Text] = {
    "tbl_ip_asn_effects": msg("professionalism-captions-tbl-ip-asn-effects"),
    "tbl_ip_asn_dimensions": msg("professionalism-captions-tbl-ip-asn-dimensions"),
}
BANDS: dict[str, Text] = {
    "very_high": msg("professionalism-bands-very-high"),
    "high": msg("common-high"),
    "moderate": msg("professionalism-bands-moderate"),
    "low": msg("common-low"),
    "very_low": msg("professionalism-bands-very-low"),
}


TEN = 10
BY_RULE = frozenset({"index", "competence"})
"""Scores that count hours of training: who was trained gets them by the rule of scoring."""


def record(ledger: Ledger, context: Edition) -> None:
    """IP ASN by period, and effects by arm on the index with and without its competence dimension."""
    study, tables = context.study, context.find
    raw, training, staff = tables("ip_asn"), tables("training"), tables("staff")
    if raw is None:
        return
    table = scored(raw)
    if not ledger.enough(table["index"].notna().sum(), "persons"):
        return
    _levels(ledger, study, by_period(table, staff))
    if training is not None and len(training):
        _effects(ledger, study, table, training)


def _levels(results: Ledger, study: Study, periods: pd.DataFrame) -> None:
    last = periods.iloc[-1]
    of_last = Counts("persons", "ip_asn", at={"period": int(last["period"])}, count=int(last["measured"]))
    counted = {"n": int(last["measured"]), "counts": of_last}
    results.number("ip_asn_mean", float(last["index"]), **counted, decimals=1)
    results.number("ip_asn_rest_mean", float(last["index_rest"]), **counted, decimals=1)
    results.text("ip_asn_band", str(IP_ASN.grade(float(last["index"]))))
    if pd.notna(last["coverage"]):
        results.number("ip_asn_coverage", float(last["coverage"]), unit="percent", decimals=1)
    results.number("ip_asn_change", float(last["index"] - periods["index"].iloc[0]), decimals=1)
    results.number("ip_asn_change_competence", float(last["competence"] - periods["competence"].iloc[0]), decimals=1)
    measured = Counts("persons", "ip_asn", by=("period",))
    results.table(
        "tbl_ip_asn",
        periods,
        [
            Column("period", PERIOD, "period"),
            Column("measured", msg("common-persons"), "int", counts=measured),
            Column("coverage", msg("professionalism-coverage"), "number", 1),
            *(Column(name, LABELS[name], "number", 1) for name in (*DIMENSIONS, "index", "index_rest")),
        ],
        behind="measured",
        caption=msg("tbl-ip-asn"),
        notes=msg("tbl-ip-asn.notes"),
    )
    shares = periods[["period", "measured", *IP_ASN.codes]].copy()
    for code in IP_ASN.codes:
        shares[f"n_{code}"] = (shares[code] / 100 * shares["measured"]).round()
    hidden = [
        Column(f"n_{code}", BANDS[code], "int", counts=replace(measured, at={"band": code}), shown=False)
        for code in IP_ASN.codes
    ]
    results.table(
        "tbl_ip_asn_bands",
        shares,
        [
            Column("period", PERIOD, "period"),
            *(
                Column(code, msg("professionalism-band-share", band=BANDS[code]), "number", 1, behind=(f"n_{code}",))
                for code in IP_ASN.codes
            ),
            *hidden,
        ],
        caption=msg("tbl-ip-asn-bands"),
        notes=msg("tbl-ip-asn-bands.notes", basis=IP_ASN.basis),
    )  # fmt: skip

    def known(shown: pd.DataFrame) -> pd.DataFrame:
        return shown.dropna(subset=["measured"]).astype(float)

    def draw(lang: str, shown: pd.DataFrame) -> Figure:
        labels = {k: say(v, lang) for k, v in LABELS.items()}
        return draw_dimensions(known(shown), labels, lang, period_name(study, lang))

    def said(shown: pd.DataFrame) -> Text:
        first, latest = known(shown).iloc[0], known(shown).iloc[-1]
        named = (literal(Period(row["period"], study.period_kind)) for row in (first, latest))
        return titles.dimensions(first, latest, tuple(named))

    parts = (*DIMENSIONS, "index")
    results.figure(
        "fig_ip_asn",
        titled(draw, said),
        frame=periods[["period", "measured", *parts]],
        columns=[
            Column("period", PERIOD, "period"),
            Column("measured", msg("common-persons"), "int", counts=measured),
            *(Column(name, LABELS[name], "number", 1, behind=("measured",)) for name in parts),
        ],
        caption=msg("fig-ip-asn"),
        alt=msg("fig-ip-asn.alt"),
    )


def _effects(results: Ledger, study: Study, table: pd.DataFrame, training: pd.DataFrame) -> None:
    rows, early, never = [], frozenset[str](), 0
    for arm in ARMS:
        panel, left_out = person_panel(table, training, arm)
        early, never = early | left_out, panel.loc[panel["cohort"].isna(), "unit"].nunique()
        if not results.enough(panel.loc[panel["cohort"].notna(), "unit"].nunique(), "persons"):
            continue
        for name in ("index_rest", "index", "competence", "performance", "qualification", "discipline"):
            # units of assignment are those whose staff go together: clusters, not persons
            effect = estimate_aim(study, panel, name, SMALLEST[name], "cluster", examined=name not in BY_RULE)
            if effect is None or not effect.overall.se > 0:
                continue  # a dimension that hardly moves, such as qualification, has nothing to estimate
            rows.append(({"arm": arm, "outcome": name}, effect))
            if name in ("index", "index_rest", "competence"):
                record_effect(results, f"ip_asn_{name}_{arm}", effect, unit="", decimals=2, of=PERSONS)
    if not rows:
        return
    # to the nearest ten: register and roster count the same persons elsewhere, and few lie between those numbers
    results.number("ip_asn_left_out", round(len(early), -1), decimals=0)
    never = round(never, -1) if results.enough(never, "persons") and never >= TEN else never
    results.number("ip_asn_comparison", never, decimals=0, counts=PERSONS)
    indices = [row for row in rows if row[0]["outcome"].startswith("index")]
    _effect_table(results, "tbl_ip_asn_effects", indices, never)
    others = [row for row in rows if not row[0]["outcome"].startswith("index")]
    if others:
        _effect_table(results, "tbl_ip_asn_dimensions", others, never)


def _effect_table(results: Ledger, name: str, rows: list[tuple[dict[str, str], AimEffect]], never: int) -> None:
    record_effects_table(
        results,
        name,
        rows,
        [
            Column("arm", msg("common-activity"), "code", codes=ARM_LABELS),
            Column("outcome", msg("common-score"), "code", codes=LABELS),
        ],
        of=PERSONS,
        caption=CAPTIONS[name],
        notes=[
            msg(
                "professionalism-points-index-comparison-persons-never-on", never=Digits(never, of="ip_asn_comparison")
            ),
            *([msg("professionalism-by-rule")] if any(codes["outcome"] in BY_RULE for codes, _ in rows) else []),
        ],
        by_rule=BY_RULE,
    )


# --- figures -----------------------------------------------------------------------------------------------------------


_FILLS = (ACCENT, "#b9cfe0", "#4d4d4d", "#bdbdbd")


def draw_dimensions(table: pd.DataFrame, labels: Mapping[str, str], lang: str, name: Callable[[float], str]) -> Figure:
    """Stacked bars of the four dimensions.

    Args:
        table: `period`, `measured` (persons) and the dimensions' means.
        labels: Wording of each dimension.
        lang: "id" or "en".
        name: How a period is named.
    """
    figure, axes = new_figure(7.2)
    places, bottom = np.arange(len(table)), np.zeros(len(table))
    for part, fill in zip(DIMENSIONS, _FILLS, strict=True):
        values = table[part].to_numpy(float)
        axes.bar(places, values, bottom=bottom, color=fill, width=0.7, label=labels[part])
        bottom += values
    counted = zip(table["period"], table["measured"], strict=True)
    named = [f"{name(period)}\n{say(n_of(n), lang)}" for period, n in counted]
    axes.set_xticks(places, named, fontsize=7.5)
    axes.set_ylabel(say("professionalism-points", lang))
    axes.set_ylim(0, 100)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=4, fontsize=7.5)
    return figure


# --- what the report says ---------------------------------------------------------------------------------------------


BEGAN = ("training", "mentoring", "course")
"""Kinds of activity that a person may have begun with."""
_EFFECT = {
    "strong": "rise",
    "moderate": "rise",
    "weak": "rise",
    "weak_decline": "unwanted",
    "decline": "unwanted",
    "not_credible": "not-credible",
    "not_assessable": "not-assessable",
}


def effect_phrase(doc: Doc, arm: str) -> str:
    """Which sentence states the effect on those who began with a kind of activity."""
    said = _EFFECT.get(doc.code(f"ip_asn_index_rest_{arm}_verdict"), "none")
    return f"professionalism-{said}{'-index' if doc.has(f'ip_asn_index_{arm}') else ''}"


def results(doc: Doc) -> None:
    """The section on professionalism."""
    if not doc.has("tbl_ip_asn"):
        return
    doc.heading("professionalism-title", id="sec-professionalism")
    doc.paragraph(f"professionalism-mean{'-coverage' if doc.has('ip_asn_coverage') else ''}")
    doc.table("tbl_ip_asn")
    doc.figure("fig_ip_asn")
    doc.table("tbl_ip_asn_bands")
    if doc.has("tbl_ip_asn_effects"):
        doc.paragraph(f"professionalism-effects{'-dimensions' if doc.has('tbl_ip_asn_dimensions') else ''}")
        items: list[Part] = []
        for arm in BEGAN:
            if doc.has(f"ip_asn_index_rest_{arm}"):
                label = msg("professionalism-arm", label=msg(f"professionalism-began-{arm}"))
                items.append([label, msg(effect_phrase(doc, arm), effect=f"ip_asn_index_rest_{arm}", arm=arm)])
        doc.bullets(*items)
        doc.paragraph("professionalism-not-drawn")
        doc.table("tbl_ip_asn_effects")


def tables(doc: Doc) -> None:
    """The annex table of dimensions."""
    if doc.has("tbl_ip_asn_dimensions"):
        doc.heading("professionalism-tables-title")
        doc.table("tbl_ip_asn_dimensions")


def technical(doc: Doc) -> None:
    """The technical note on the index."""
    if doc.has("tbl_ip_asn"):
        doc.paragraph("professionalism-technical")
