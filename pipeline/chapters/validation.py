"""Exhibits of the validation report; and of a study's report, what the verdict's rules say of simulated studies like it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipeline.chapters import annexes
from pipeline.chapters.estimator_words import NAMES
from pipeline.chapters.style import GREY, INK, MARKERS, PALE, SHADES, locale_axis, new_figure
from pipeline.languages.catalogue import say
from pipeline.languages.message import Text, msg
from pipeline.ledger.counts import NOTHING
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects.judgement.error_rates import Simulated, beyond_by_chance, nearest
from pipeline.notebook import Edition
from pipeline.report.doc import Doc, when

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SETS = {
    "jtrain": msg("validation-sets-jtrain"),
    "kielmc": msg("validation-sets-kielmc"),
    "injury": msg("validation-sets-injury"),
    "mpdta": msg("validation-sets-mpdta"),
    "traffic1": msg("validation-sets-traffic1"),
    "ezunem": msg("validation-sets-ezunem"),
    "wagepan": msg("validation-sets-wagepan"),
    "castle": msg("validation-sets-castle"),
    "mathpnl": msg("validation-sets-mathpnl"),
}
WORLDS = {
    "none": msg("validation-worlds-none"),
    "constant": msg("validation-worlds-constant"),
    "growing": msg("validation-worlds-growing"),
    "few_clusters": msg("validation-worlds-few-clusters"),
    "unbalanced": msg("validation-worlds-unbalanced"),
    "generator": msg("validation-worlds-generator"),
    "serial": msg("validation-worlds-serial"),
    "gap": msg("validation-worlds-gap"),
}
INFERENCE = {
    "unit": msg("common-unit"),
    "cluster": msg("common-cluster"),
    "wild": msg("validation-inference-wild"),
}
PAIRS = {
    "twfe_dummies": msg("validation-pairs-twfe-dummies"),
    "linear_two_way_dummies": msg("validation-pairs-linear-two-way-dummies"),
    "imputation_library": msg("validation-pairs-imputation-library"),
    "imputation_wooldridge": msg("validation-pairs-imputation-wooldridge"),
    "sun_abraham_group_time": msg("validation-pairs-sun-abraham-group-time"),
    "group_time_moderndid": msg("validation-pairs-group-time-moderndid"),
    "wild_enumeration": msg("validation-pairs-wild-enumeration"),
    "castle_dummies": msg("validation-pairs-castle-dummies"),
    "castle_group_time_moderndid": msg("validation-pairs-castle-group-time-moderndid"),
    "dose_dummies": msg("validation-pairs-dose-dummies"),
}
FAR = 2.0
"""Ratio of independent draws, treated draws or periods beyond which the nearest simulated shape is no likeness of a study."""
REMARKED = 2.0
"""Monte Carlo errors from 95 per cent beyond which the coverage in a world is remarked on."""
YES = {True: msg("common-yes"), False: msg("validation-no")}

LIKE = {
    "no_effect": msg("validation-like-no-effect"),
    "mde": msg("validation-like-mde"),
    "twice_mde": msg("validation-like-twice-mde"),
    "linear_half": msg("validation-like-linear-half"),
}
EVENTS = {
    "increase": msg("validation-event-increase"),
    "firm": msg("validation-event-firm"),
    "strong": msg("validation-event-strong"),
    "harm": msg("validation-event-harm"),
    "not_credible": msg("validation-event-not-credible"),
    "not_assessable": msg("validation-event-not-assessable"),
    "none": msg("validation-event-none"),
}


def record(ledger: Ledger, context: Edition) -> None:
    """What the rules said of simulated studies of the shape nearest to this one."""
    primary = [o.name for o in context.study.outcomes if o.role == "primary" and o.name in context.verdicts]
    evidence = [context.verdicts[name].evidence for name in primary]
    known = [(e.treated_draws, e.draws) for e in evidence if e.treated_draws and e.draws]
    if not known:
        return
    treated, draws = min(known)
    found = context.effects[primary[0]]
    by_cluster = found.main.cluster == "cluster"
    shape, table = nearest(draws, treated, len(primary), len(found.design.periods), by_cluster=by_cluster)
    own = {"draws": draws, "treated_draws": treated, "periods": len(found.design.periods)}
    if unlike(shape, own):
        for name, value in own.items():
            ledger.number(f"like_own_{name}", value, decimals=0)
    rows = table[table["world"].isin(list(LIKE))]
    for name in ("units", "treated", "draws", "treated_draws", "periods", "outcomes"):
        ledger.number(f"like_{name}", getattr(shape, name), decimals=0)
    ledger.text("like_level", "cluster" if by_cluster else "unit")
    null = rows[rows["world"] == "no_effect"].iloc[0]
    for event in ("increase", "harm", "not_credible"):
        ledger.number(f"like_{event}", 100 * float(null[event]), decimals=1)
    ledger.number("like_panels", int(rows["n"].sum()), decimals=0)
    ledger.number("like_null", int(null["n"]), decimals=0)
    for diverging in rows[rows["world"] == "linear_half"].to_dict("records"):
        ledger.number("like_diverging", int(diverging["n"]), decimals=0)
        for event in ("increase", "not_credible"):
            ledger.number(f"like_diverging_{event}", 100 * float(diverging[event]), decimals=1)
    ledger.table(
        "tbl_like",
        rows.assign(**{event: 100 * rows[event] for event in EVENTS}),
        [
            Column("world", msg("validation-world"), "code", codes=LIKE),
            Column("n", msg("validation-panels"), "int", counts=NOTHING),
            *(Column(event, label, "number", 1) for event, label in EVENTS.items()),
        ],
        caption=msg("tbl-like"),
        notes=msg("tbl-like.notes"),
    )


def unlike(shape: Simulated, own: Mapping[str, int]) -> bool:
    """Whether a shape has more than `FAR` times, or less than so small a part of, what a study has of anything named."""
    return any(max(n, getattr(shape, name)) > FAR * min(n, getattr(shape, name)) for name, n in own.items())


def record_characteristics(results: Ledger, bounds: pd.DataFrame) -> None:
    """The verdict's bounds with what was measured, and those that are not held."""
    results.number("bounds_n", len(bounds), decimals=0)
    kept = ~bounds["fails"] | bounds["given_up"]
    results.number("bounds_held", int(bounds["holds"].sum()), decimals=0)
    results.number("bounds_within", int((~bounds["holds"] & ~bounds["fails"]).sum()), decimals=0)
    results.number("bounds_given_up", int((bounds["fails"] & bounds["given_up"]).sum()), decimals=0)
    results.number("bounds_kept", int(kept.sum()), decimals=0)
    shown = bounds.assign(
        world=bounds["shape"] + ": " + bounds["world"],
        bound=bounds["sense"].map({"<=": "≤", ">=": "≥"}) + [f" {100 * b:g}" for b in bounds["bound"]],
        share=100 * bounds["share"],
        error=100 * bounds["error"],
        holds=(~bounds["fails"]).astype(str),
    )
    results.table(
        "tbl_characteristics",
        shown,
        [
            Column("world", msg("validation-world"), "text"),
            Column("event", msg("common-verdict"), "code", codes=EVENTS),
            Column("bound", msg("validation-bound"), "text"),
            Column("share", msg("validation-share"), "percent", 1),
            Column("error", msg("validation-its-error"), "percent", 1),
            Column("n", msg("validation-panels"), "int", counts=NOTHING),
            Column("holds", msg("validation-holds"), "code", codes=_yes()),
        ],
        caption=msg("tbl-characteristics"),
        notes=msg("tbl-characteristics.notes"),
    )


def record_published(results: Ledger, table: pd.DataFrame) -> None:
    """Published numbers beside ours."""
    results.number("published_n", len(table), decimals=0)
    results.number("published_agree", int(table["agrees"].sum()), decimals=0)
    results.number("published_sets", table["set"].nunique(), decimals=0)
    frame = table.assign(printed=[_fixed(v, d) for v, d in zip(table["printed"], table["decimals"], strict=True)])
    frame["ours"] = [_fixed(v, int(d) + 2) for v, d in zip(table["ours"], table["decimals"], strict=True)]
    results.table(
        "tbl_published",
        frame.assign(agrees=frame["agrees"].astype(str)),
        [
            Column("set", msg("validation-data-set"), "code", codes=SETS),
            Column("quantity", msg("validation-quantity"), "text"),
            Column("printed", msg("common-published"), "text"),
            Column("ours", msg("validation-ours"), "text"),
            Column("difference", msg("validation-difference"), "number", 5),
            Column("agrees", msg("validation-same-printed-digit"), "code", codes=_yes()),
        ],
        caption=msg("tbl-published"),
        notes=msg("tbl-published.notes"),
    )


def _fixed(value: float, decimals: int) -> str:
    return f"{value:.{int(decimals)}f}"


def _yes() -> dict[str, Text]:
    return {str(key): value for key, value in YES.items()}


def record_agreement(results: Ledger, table: pd.DataFrame, tolerance: float) -> None:
    """Independent implementations on the same data."""
    results.number("agreement_n", len(table), decimals=0)
    results.number("agreement_agree", int(table["agrees"].sum()), decimals=0)
    shown = table.assign(difference=[f"{abs(d):.1e}" for d in table["difference"]], agrees=table["agrees"].astype(str))
    results.table(
        "tbl_agreement",
        shown,
        [
            Column("quantity", msg("validation-quantity"), "code", codes=PAIRS),
            Column("first", msg("validation-first"), "number", 6),
            Column("second", msg("validation-second"), "number", 6),
            Column("difference", msg("validation-absolute-difference"), "text"),
            Column("agrees", msg("validation-agree"), "code", codes=_yes()),
        ],
        caption=msg("tbl-agreement"),
        notes=msg("tbl-agreement.notes", tolerance=f"{tolerance:g}"),
    )


def record_experiment(results: Ledger, table: pd.DataFrame, default: pd.DataFrame, replications: int) -> None:
    """Bias, coverage and size; the default choice; and the warnings."""
    results.number("replications", replications, decimals=0)
    # Where its assumptions hold: every world but the one in which whole areas take part.
    sound = default[default["scenario"] != "few_clusters"]
    results.number("default_worlds", len(sound), decimals=0)
    results.number("default_hold", int(sound["holds"].sum()), decimals=0)
    off = sound["off"].abs() > REMARKED
    expected, chance = beyond_by_chance(sound["n"].tolist(), int(off.sum()), REMARKED)
    results.number("default_off", int(off.sum()), decimals=0)
    results.number("default_off_expected", expected, decimals=1)
    results.number("default_off_chance", chance, p=chance)
    for row in sound[off].to_dict("records"):
        results.number(f"off_{row['scenario']}", abs(row["off"]), decimals=1)
        results.number(f"coverage_{row['scenario']}", 100 * row["coverage"], unit="percent", decimals=1)
    few = default[default["scenario"] == "few_clusters"]
    if len(few):
        results.number("few_coverage", 100 * float(few["coverage"].iloc[0]), unit="percent", decimals=1)
        results.number("few_flagged", 100 * float(few["flagged"].iloc[0]), unit="percent", decimals=1)
    for name, frame, head in (
        ("tbl_default", default, msg("validation-coverage-default-choice")),
        (
            "tbl_experiment",
            table,
            msg("validation-bias-coverage-world-estimator-inference"),
        ),
    ):
        shown = frame.assign(**{k: 100 * frame[k] for k in ("coverage", "coverage_se", "flagged")})
        columns = [Column("scenario", msg("validation-world"), "code", codes=WORLDS)]
        if name == "tbl_experiment":
            columns += [
                Column("method", msg("common-estimator"), "code", codes=NAMES),
                Column("inference", msg("validation-inference"), "code", codes=INFERENCE),
                Column("bias", msg("common-bias"), "number", 4),
                Column("bias_se", msg("validation-its-error-2"), "number", 4),
                Column("sd", msg("validation-standard-deviation"), "number", 4),
                Column("mean_se", msg("validation-mean-standard-error"), "number", 4),
            ]
        columns += [
            Column("n", msg("validation-panels"), "int", counts=NOTHING),
            Column("coverage", msg("validation-coverage"), "percent", 1),
            Column("coverage_se", msg("validation-its-error"), "percent", 1),
        ]
        if name == "tbl_default":
            shown["holds"] = shown["holds"].astype(str)
            columns.append(Column("off", msg("validation-off"), "number", 1))
            columns.append(Column("holds", msg("validation-n-93-97"), "code", codes=_yes()))
            columns.append(Column("flagged", msg("validation-warned"), "percent", 1))
        results.table(
            name,
            shown,
            columns,
            caption=head,
            notes=msg("validation-n-93-97-not-outside-that-range"),
        )
    results.figure(
        "fig_coverage",
        lambda lang: draw_coverage(table, WORLDS, NAMES, lang),
        caption=msg("fig-validation-coverage"),
        alt=msg("fig-validation-coverage.alt"),
    )


# --- figures -----------------------------------------------------------------------------------------------------------


Labels = Mapping[str, Mapping[str, str]]


def draw_coverage(table: pd.DataFrame, worlds: Labels, methods: Labels, lang: str) -> Figure:
    """Coverage with standard errors by unit, one row a world, one mark a method.

    Args:
        table: `scenario`, `method`, `inference`, `coverage` (share).
        worlds, methods: Wordings by code.
        lang: "id" or "en".
    """
    rows = table[table["inference"] == "unit"]
    scenarios, names = list(dict.fromkeys(rows["scenario"])), list(dict.fromkeys(rows["method"]))
    figure, axes = new_figure(3.2 + 1.25 * len(scenarios))
    axes.axvspan(93, 97, color=PALE, lw=0)
    axes.axvline(95, color=INK, lw=0.8)
    spread = np.linspace(0.3, -0.3, len(names)) if len(names) > 1 else np.zeros(1)
    for order, name in enumerate(names):
        mine = rows[rows["method"] == name]
        places = [len(scenarios) - scenarios.index(s) + spread[order] for s in mine["scenario"]]
        style = {"marker": MARKERS[order % len(MARKERS)], "color": SHADES[order % len(SHADES)]}
        face = {} if order < len(MARKERS) else {"mfc": "white"}
        axes.plot(100 * mine["coverage"], places, ls="", ms=4.2, label=say(methods[name], lang), **style, **face)
    axes.set_yticks(range(len(scenarios), 0, -1), [say(worlds[s], lang) for s in scenarios])
    for line in range(1, len(scenarios)):
        axes.axhline(line + 0.5, color=GREY, lw=0.3)
    axes.set_ylim(0.5, len(scenarios) + 0.5)
    axes.set_xlabel(say("validation-coverage-per-cent", lang))
    locale_axis(axes.xaxis, lang, 0)
    axes.legend(loc="lower center", bbox_to_anchor=(0.35, 1.0), ncols=2, fontsize=7)
    return figure


# --- what the report says ---------------------------------------------------------------------------------------------


SHORT = 100
"""With fewer panels a world than this, the report says that it is the short version."""


def technical(doc: Doc) -> None:
    """In a study's report: the verdicts on simulated studies like it."""
    if not doc.has("tbl_like"):
        return
    doc.heading("validation-like-title")
    doc.paragraph(
        "validation-like",
        when(doc.has("like_diverging"), "validation-like-diverging"),
        when(doc.has("like_own_draws"), "validation-like-far"),
    )
    doc.table("tbl_like")


def remarks(doc: Doc) -> None:
    """Every world whose coverage lies further from 95 per cent than two Monte Carlo errors, and what chance brings."""
    doc.paragraph("validation-off-some" if doc.value("default_off") else "validation-off-none")
    rows = doc.prose.results.tables["tbl_default"].rows
    remarked = [row for row in rows if doc.has(f"off_{row['scenario']}")]
    doc.bullets(
        *(
            msg(
                f"validation-off-{'above' if row['off'] > 0 else 'below'}",
                world=WORLDS[row["scenario"]],
                of=row["scenario"],
            )
            for row in remarked
        )
    )


def write(doc: Doc) -> None:
    """The report of the validation."""
    doc.heading("validation-summary-title", level=1, id="sec-summary", classes=["unnumbered"])
    doc.paragraph("validation-summary")
    few = "-few" if doc.has("few_coverage") else ""
    doc.bullets(
        "validation-summary-published",
        "validation-summary-agreement",
        f"validation-summary-experiments{few}",
        "validation-summary-characteristics",
    )
    if doc.value("replications") < SHORT:
        doc.callout("important", "validation-short")
    for chapter, exhibits in (
        ("published", ("tbl_published",)),
        ("agreement", ("tbl_agreement",)),
        ("experiments", ("tbl_default", "fig_coverage", "tbl_experiment")),
        ("characteristics", ("tbl_characteristics",)),
    ):
        doc.heading(f"validation-{chapter}-title", level=1, id=f"sec-{chapter}")
        doc.paragraph(f"validation-{chapter}")
        if chapter == "experiments":
            remarks(doc)
        for name in exhibits:
            (doc.table if name.startswith("tbl_") else doc.figure)(name)
    annexes.references(doc)
