"""Exhibits of the mechanism: effects on each step, what goes with what, and shares of the effect with their bounds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.chapters import titles
from pipeline.chapters.analysis import OutcomeEffects, finite
from pipeline.chapters.style import DASHES, GREY, INK, PALE, SHADES, legend_below, locale_axis, panel_grid, titled
from pipeline.chapters.words import HIGH, LOW, P, axis, effect_columns, interval_note, unit_words, with_n
from pipeline.errors import DesignError, WeightsError
from pipeline.languages.catalogue import say
from pipeline.languages.message import Text, msg, plain
from pipeline.ledger.counts import UNITS
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects.heterogeneity.mechanism import Link, Share, link, mediation
from pipeline.notebook import Edition
from pipeline.report.doc import Doc, Part
from pipeline.study import Outcome, Study

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DRAWS = 4000
"""Of the Monte Carlo intervals."""
RHO_MAX = 0.3
Links = dict[tuple[str, str], Link]


def record(ledger: Ledger, context: Edition) -> None:
    """The chain of steps in the study's order (its outcomes of the role "mechanism"); nothing where it names none."""
    study, effects = context.study, context.effects
    steps = [o for o in study.outcomes if o.role == "mechanism" and o.name in effects]
    goals = [o for o in study.outcomes if o.role == "primary" and o.name in effects]
    if not steps or not goals:
        return
    links = _links(study, steps, goals, effects)
    if not links:
        return
    shares = _shares(study, steps, goals, effects, links, DRAWS)
    ledger.text("mechanism_last_step", steps[-1].name)
    ledger.number("mechanism_rho_max", RHO_MAX, decimals=1)
    _record_steps(ledger, study, [*steps, *goals], effects)
    _record_links(ledger, study, effects, links)
    if shares:
        _record_shares(ledger, study, shares)
        _record_figure(ledger, study, effects, shares)


def _links(study: Study, steps: list[Outcome], goals: list[Outcome], effects: dict[str, OutcomeEffects]) -> Links:
    """Each step with the next, then each step with each outcome, where the data allow it."""
    wanted = [(a.name, b.name) for a, b in pairwise(steps)]
    wanted += [(s.name, o.name) for o in goals for s in steps]
    found: Links = {}
    for source, target in wanted:
        try:
            found[source, target] = link(
                effects[source].design,
                effects[target].design,
                level=study.inference.level,
                cluster=effects[target].main.cluster,
            )
        except WeightsError:
            raise
        except DesignError:
            continue
    return found


def _shares(
    study: Study,
    steps: list[Outcome],
    goals: list[Outcome],
    effects: dict[str, OutcomeEffects],
    links: Links,
    draws: int,
) -> list[Share]:
    """By outcome: each step alone, then the whole chain."""
    paths: list[tuple[str, ...]] = [(s.name, o.name) for o in goals for s in steps]
    if len(steps) > 1:
        paths += [(*(s.name for s in steps), o.name) for o in goals]
    found = []
    for path in paths:
        parts = [links.get(pair) for pair in pairwise(path)]
        known = [part for part in parts if part is not None]
        if len(known) < len(parts):
            continue
        first, total = effects[path[0]].main, effects[path[-1]].main
        found.append(
            mediation(first, known, total, level=study.inference.level, rho_max=RHO_MAX, draws=draws, seed=study.seed)
        )
    return found


def _labels(study: Study) -> dict[str, dict[str, str]]:
    return {o.name: o.label.model_dump() for o in study.outcomes}


def _record_steps(results: Ledger, study: Study, chain: list[Outcome], effects: dict[str, OutcomeEffects]) -> None:
    rows = []
    for outcome in chain:
        found = effects[outcome.name].main.overall
        keys = ("value", "se", "low", "high", "p", "n_units")
        rows.append({"outcome": outcome.name, **{key: getattr(found, key) for key in keys}})
        state = "up" if found.low > 0 else "down" if found.high < 0 else "unclear"
        results.text(f"mechanism_step_{outcome.name}", state)
    results.table(
        "tbl_mechanism_steps",
        pd.DataFrame(rows),
        [
            Column("outcome", msg("mechanism-step"), "code", codes=_labels(study)),
            *effect_columns(3),
            Column("p", P, "p"),
            Column("n_units", msg("common-units"), "int", counts=UNITS),
        ],
        behind="n_units",
        caption=msg("tbl-mechanism-steps"),
        notes=interval_note(study),
    )


def _record_links(results: Ledger, study: Study, effects: dict[str, OutcomeEffects], links: Links) -> None:
    rows = []
    for (source, target), one in links.items():
        first, last = effects[source].main.overall, effects[target].main.overall
        known = first.low > 0 or first.high < 0
        rows.append(
            {
                "source": source,
                "target": target,
                "value": one.slope,
                "se": one.se,
                "low": one.low,
                "high": one.high,
                "p": one.p,
                "implied": last.value / first.value if known else None,
                "n_units": one.n_units,
            }
        )
        state = "with" if one.low > 0 else "against" if one.high < 0 else "unclear"
        results.text(f"mechanism_link_{source}_{target}", state)
        results.number(
            f"mechanism_link_{source}_{target}", one.slope, low=one.low, high=one.high, p=one.p, n=one.n_units
        )
    results.table(
        "tbl_mechanism_links",
        pd.DataFrame(rows),
        [
            Column("source", msg("mechanism-step"), "code", codes=_labels(study)),
            Column("target", msg("mechanism-goes"), "code", codes=_labels(study)),
            *effect_columns(3),
            Column("p", P, "p"),
            Column("implied", msg("mechanism-ratio-effects"), "number", 3),
            Column("n_units", msg("common-units"), "int", counts=UNITS),
        ],
        behind="n_units",
        caption=msg("tbl-mechanism-links"),
        notes=(msg("tbl-mechanism-links.notes"), interval_note(study)),
    )


def _path_words(study: Study, path: tuple[str, ...]) -> Text:
    labels = _labels(study)
    return msg(f"mechanism-path-{len(path)}", **{f"step{n}": labels[step] for n, step in enumerate(path, 1)})


def _record_shares(results: Ledger, study: Study, shares: list[Share]) -> None:
    rows: list[dict[str, Any]] = []
    for one in shares:
        code = "__".join(one.path)
        keys = ("indirect", "indirect_low", "indirect_high", "rho_zero")
        shown = {key: finite(getattr(one, key)) for key in keys}
        percent = {
            key: None if math.isnan(value) else 100 * value
            for key, value in (
                ("share", one.share),
                ("low", one.low),
                ("high", one.high),
                ("bound_low", one.bound_low),
                ("bound_high", one.bound_high),
            )
        }
        rows.append({"path": code, **shown, **percent})
        _record_share(results, one, "chain" if len(one.path) > 2 else one.path[0])
    codes = {"__".join(one.path): _path_words(study, one.path) for one in shares}
    results.table(
        "tbl_mechanism_shares",
        pd.DataFrame(rows),
        [
            Column("path", msg("mechanism-path"), "code", codes=codes),
            Column("indirect", msg("mechanism-product"), "number", 3),
            Column("indirect_low", LOW, "number", 3),
            Column("indirect_high", HIGH, "number", 3),
            Column("share", msg("mechanism-share"), "percent", 0),
            Column("low", LOW, "percent", 0),
            Column("high", HIGH, "percent", 0),
            Column("rho_zero", msg("mechanism-rho-for-zero"), "number", 2),
            Column("bound_low", msg("mechanism-range-lower"), "percent", 0),
            Column("bound_high", msg("mechanism-range-upper"), "percent", 0),
        ],
        caption=msg("tbl-mechanism-shares"),
        notes=msg("tbl-mechanism-shares.notes", limit=plain(RHO_MAX)),
    )


def _record_share(results: Ledger, one: Share, step: str) -> None:
    name = f"{step}_{one.path[-1]}"
    if math.isnan(one.share):
        results.text(f"mechanism_share_{name}", "total_unclear")
        return
    clear = one.indirect_low > 0 or one.indirect_high < 0
    held = one.indirect_bound_low > 0 or one.indirect_bound_high < 0
    results.text(f"mechanism_share_{name}", "held" if held else "clear" if clear else "unclear")
    results.number(f"mechanism_share_{name}", one.share, unit="share", low=one.low, high=one.high, decimals=0)
    results.number(
        f"mechanism_range_{name}", one.share, unit="share", low=one.bound_low, high=one.bound_high, decimals=0
    )
    if math.isfinite(one.rho_zero):
        results.number(f"mechanism_rho_zero_{name}", one.rho_zero, decimals=2)


def _record_figure(results: Ledger, study: Study, effects: dict[str, OutcomeEffects], shares: list[Share]) -> None:
    single = [one for one in shares if len(one.path) == 2]
    goals = list(dict.fromkeys(one.path[-1] for one in single))

    def draw(lang: str) -> Any:
        panels = [
            (
                say(with_n(study.outcome(goal).label.model_dump(), effects[goal].design.n_units), lang),
                [(study.label(one.path[0], lang), one.curve) for one in single if one.path[-1] == goal],
                effects[goal].main.overall.value,
                say(axis(msg("mechanism-product"), unit_words(study.outcome(goal).unit)), lang),
            )
            for goal in goals
        ]
        return indirect_effects(panels, RHO_MAX, lang)

    said = titles.at_no_correlation([one.curve for one in single])
    results.figure(
        "fig_mechanism",
        titled(draw, said),
        caption=msg("fig-mechanism"),
        alt=msg("fig-mechanism.alt"),
    )


# --- figures -----------------------------------------------------------------------------------------------------------


Panel = tuple[str, Sequence[tuple[str, pd.DataFrame]], float, str]


def indirect_effects(panels: Sequence[Panel], rho_max: float, lang: str) -> Figure:
    """One panel an outcome, one line a step.

    Args:
        panels: Title; step and its curve (`rho`, `indirect`, `low`, `high`); the whole effect; name of the axis.
        rho_max: Edge of the field that the range is taken over.
        lang: "id" or "en".
    """
    figure, grid = panel_grid(len(panels), 5.6, 0.8)
    for axes, (title, curves, total, scale) in zip(grid, panels, strict=True):
        axes.axvspan(-rho_max, rho_max, color=PALE, alpha=0.45, lw=0)
        axes.axhline(0, color=INK, lw=0.8)
        axes.axhline(total, color=GREY, lw=0.9, ls="--", label=say("mechanism-whole-effect", lang))
        for number, (step, curve) in enumerate(curves):
            shown = curve[curve["rho"].abs() <= 0.7]
            colour = SHADES[number % len(SHADES)]
            axes.fill_between(shown["rho"], shown["low"], shown["high"], color=colour, alpha=0.18, lw=0)
            axes.plot(
                shown["rho"], shown["indirect"], color=colour, ls=DASHES[number % len(DASHES)], lw=1.3, label=step
            )
        axes.set_title(title, fontsize=9)
        axes.tick_params(labelsize=7.5)
        axes.set_xlabel(say("mechanism-correlation-errors-rho", lang), fontsize=8)
        axes.set_ylabel(scale, fontsize=8)
        locale_axis(axes.xaxis, lang, 1)
        locale_axis(axes.yaxis, lang, 2)
    legend_below(figure, grid[0].get_legend_handles_labels()[0], 3)
    return figure


# --- what the report says ---------------------------------------------------------------------------------------------


_LINKS = {"with": "mechanism-with", "against": "mechanism-against"}


def links(doc: Doc) -> list[Part]:
    """One item a pair of steps: whether changes in them go together."""
    items: list[Part] = []
    for first in doc.outcomes:
        for second in doc.outcomes:
            link = f"mechanism_link_{first.name}_{second.name}"
            if doc.has(link):
                phrase = _LINKS.get(doc.code(link), "mechanism-no-association")
                items.append([msg("mechanism-pair", first=first.label, second=second.label), msg(phrase, link=link)])
    return items


def share_phrase(doc: Doc, outcome: Any, step: str) -> Part:
    """What the product of coefficients says of an outcome, and what would undo it."""
    share, end = f"mechanism_share_{step}_{outcome.name}", f"{step}_{outcome.name}"
    code = doc.code(share)
    if code == "total_unclear":
        return [doc.about(outcome, "mechanism-outcome"), msg("mechanism-total-unclear")]
    told = f"mechanism-share-{code if code in ('held', 'clear') else 'unclear'}"
    names = {"share": share, "range": f"mechanism_range_{end}", "zero": f"mechanism_rho_zero_{end}"}
    return [doc.about(outcome, "mechanism-outcome"), msg("mechanism-on-last-step", **names), msg(told, **names)]


def robust(doc: Doc) -> None:
    """The section on steps between taking part and the outcome."""
    if not doc.has("tbl_mechanism_links"):
        return
    doc.heading("mechanism-title")
    doc.paragraph("mechanism-opening")
    doc.bullets(*links(doc))
    if doc.has("tbl_mechanism_shares"):
        step = doc.code("mechanism_last_step")
        for outcome in doc.primary(f"mechanism_share_{step}"):
            doc.paragraph(share_phrase(doc, outcome, step))
        doc.paragraph("mechanism-ignorability")
    for table in ("steps", "links", "shares"):
        doc.table(f"tbl_mechanism_{table}")
    doc.figure("fig_mechanism")


def technical(doc: Doc) -> None:
    """The technical notes on links and shares."""
    if not doc.has("tbl_mechanism_links"):
        return
    doc.heading("mechanism-technical-title")
    for question in ("steps", "links", "shares", "sensitivity"):
        doc.paragraph(f"mechanism-technical-{question}")
