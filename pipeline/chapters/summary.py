"""The first page: every aim with its answer, its size in units people know, how secure it is and why; then what to do.

What stands on it follows by rule from verdicts and ledger, the worst as well as the best: `pipeline.chapters.facts`.
"""

from __future__ import annotations

import math
import textwrap
from dataclasses import replace
from functools import reduce
from statistics import NormalDist
from typing import TYPE_CHECKING

import pandas as pd

from pipeline.chapters import advice, facts, titles
from pipeline.chapters.aims import known_to
from pipeline.chapters.cohorts import differ
from pipeline.chapters.lines import Line, lines_of
from pipeline.chapters.outcomes import IMPROVED, others_disagree
from pipeline.chapters.reasons import VERDICTS
from pipeline.chapters.style import ACCENT, GREY, INK, decimals_for, few_ticks, locale_axis, message_title, panel_grid
from pipeline.chapters.theory import AIM
from pipeline.chapters.words import LONG_UNITS, axis, with_n
from pipeline.languages.catalogue import say
from pipeline.languages.message import Digits, Text, literal, msg
from pipeline.ledger.counts import NOTHING
from pipeline.ledger.entries import Column, Ledger, Number
from pipeline.notebook import Edition
from pipeline.report.doc import Doc, Part, when
from pipeline.study.dates import said_day

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST = 12
"""Panels of the page's figure; further lines stand in the table alone."""
ABREAST, LINE_CM, HEAD_CM = 6, 1.75, 0.6
LETTERS = 22
"""Of a line of a panel's title."""


def record(ledger: Ledger, context: Edition) -> None:
    """The table and the figure of the first page, and what the programme costs by what it brings about."""
    lines = list(lines_of(context.study, known_to(ledger, context)))
    _table(ledger, told(lines))
    effects = [line for line in lines if line.code != "descriptive"]
    drawn = [line for line in effects if line.shown is not None and line.shown.low is not None][:MOST]
    if drawn:
        ledger.figure(
            "fig_summary",
            lambda lang: small_multiples([(say(_counted(line), lang), *_drawn(line)) for line in drawn], lang),
            caption=msg("fig-summary", marked="yes" if any(line.smallest is not None for line in drawn) else "no"),
            alt=[
                msg("fig-summary.alt"),
                *(msg("fig-summary.line", label=one.label, size=_interval(one)) for one in drawn),
            ],
        )
    _costs(ledger, context, lines)


def _counted(line: Line) -> Text:
    n = line.number.n if line.number is not None else None
    return line.label if n is None else with_n(line.label, n)


def told(lines: list[Line]) -> list[Line]:
    """The lines of the table: a description stands only where its aim has nothing else."""
    kept: list[Line] = []
    for aim in dict.fromkeys(line.name for line in lines):
        own = [line for line in lines if line.name == aim]
        judged = [line for line in own if line.code != "descriptive"] or own
        kept += [judged[0] if judged[0].aim == own[0].aim else replace(judged[0], aim=own[0].aim), *judged[1:]]
    return kept


def _table(ledger: Ledger, lines: list[Line]) -> None:
    texts: dict[str, Text] = {}
    numbers = ledger.results().numbers
    ranked: list[Text] = list({str(line.scale.of): line.scale.of.model_dump() for line in lines if line.scale}.values())
    for line in lines:
        texts |= {
            f"{line.key}_aim": line.aim,
            f"{line.key}_measure": line.label,
            f"{line.key}_answer": answer(line),
            f"{line.key}_size": size(line),
            f"{line.key}_security": security(line, disagree=others_disagree(numbers, line.outcome)),
        }
    parts = ("aim", "measure", "answer", "size", "security")
    heads = (AIM, msg("summary-measure"), msg("summary-answer"), msg("summary-size"), msg("summary-security"))
    if all(line.aim == literal("") for line in lines):
        parts, heads = parts[1:], heads[1:]  # type: ignore[assignment]
    others = any(line.code in VERDICTS and not line.outcome for line in lines)
    ledger.table(
        "tbl_summary",
        pd.DataFrame([{part: f"{line.key}_{part}" for part in parts} for line in lines]),
        [Column(part, head, "code", codes=texts) for part, head in zip(parts, heads, strict=True)],
        caption=msg("tbl-summary"),
        notes=[
            msg("tbl-summary.notes", others="yes" if others else "no"),
            *([msg("tbl-summary.ranks", of=reduce(_either, ranked))] if ranked else []),
            *([msg("tbl-summary.alone")] if any(map(_claimed_alone, lines)) else []),
        ],
    )


def _either(first: Text, second: Text) -> Text:
    return msg("summary-or", first=first, second=second)


def answer(line: Line) -> Text:
    """The answer to whether the aim was reached, in a sentence; a claim that is judged by itself has a mark."""
    said = msg(f"summary-answer-{line.told.replace('_', '-')}")
    return msg("summary-answer-alone", answer=said) if _claimed_alone(line) else said


def _claimed_alone(line: Line) -> bool:
    return line.alone and line.code in (*IMPROVED, "weak_decline", "decline")


def size(line: Line) -> Text:
    """The size of the effect with its interval, and in units that people know where they are declared or known."""
    if line.number is not None and line.number.withheld:
        return msg("theory-withheld")
    if line.shown is None:
        return literal("–")
    value, unit = line.shown.value, line.shown.unit
    if line.scale is not None and unit == "sd":
        return msg(
            "summary-size-scale",
            value=Digits(value, line.shown.decimals, unit=unit),
            points=Digits(abs(value) * line.scale.sd, 1),
            unit=line.scale.unit.model_dump(),
            place=Digits(100 * NormalDist().cdf(value)),
        )
    if unit == "log_points" and not line.log_of_zeros:
        return msg("summary-size-log", share=Digits(100 * math.expm1(value), 1, signed=True))
    return (
        literal(Digits(value, line.shown.decimals, unit=unit))
        if unit
        else msg("summary-size-points", value=Digits(value, line.shown.decimals))
    )


def security(line: Line, *, disagree: bool = False) -> Text:
    """Steps of security of five, with the kind of the reason that limits it; `tbl_verdict` has the reason itself.

    Where other estimators mostly give another verdict (`disagree`), that stands beside it: no rule counts it.
    """
    if line.security is None or line.limiting is None:
        return literal("–")
    kind = next((kind for kind, reasons in facts.CHANGES.items() if line.limiting in reasons), "")
    limits = [f"summary-limit-{one}" for one in (kind, "others" if disagree and line.code in IMPROVED else "") if one]
    if not limits:
        return msg("summary-secure", steps=line.security)
    return msg("summary-secure-but", steps=line.security, limit=[msg(limit) for limit in limits])


def _interval(line: Line) -> Text:
    number = line.shown
    assert number is not None
    assert number.low is not None
    assert number.high is not None
    value, low, high = (Digits(bound, number.decimals) for bound in (number.value, number.low, number.high))
    return msg("theory-result-interval", value=value, low=low, high=high)


def _drawn(line: Line) -> tuple[Number, float | None, str]:
    assert line.shown is not None
    return line.shown, line.smallest, line.better


def _costs(ledger: Ledger, context: Edition, lines: list[Line]) -> None:
    """Spending since the first entry for each pupil and year in units that had entered, and for each tenth of an SD."""
    costs, schools, treatment = context.find("costs"), context.find("schools"), context.find("treatment")
    if costs is None or schools is None or treatment is None or "pupils" not in schools:
        return
    entered = schools.merge(treatment.dropna(subset=["cohort"]), on="unit")
    entered = entered[entered["period"] >= entered["cohort"].astype(float)]
    spent = float(costs.loc[costs["period"] >= entered["period"].min(), "amount"].sum())
    pupils = float(entered["pupils"].sum())
    if not (spent > 0 and pupils > 0):
        return
    each = spent / pupils
    ledger.number("cost_pupil", each, unit="", decimals=0, counts=NOTHING)
    rows = [
        ("spent", msg("summary-spent"), spent),
        ("pupils", msg("summary-pupil-years"), pupils),
        ("each", msg("summary-each"), each),
    ]
    for line in lines:
        number = line.shown
        primary = line.outcome and context.study.outcome(line.outcome).role == "primary"
        if primary and line.code in IMPROVED and number is not None and number.unit == "sd":
            tenth = 0.1 * each / abs(number.value)
            ledger.number(f"cost_tenth_{line.outcome}", tenth, decimals=0, counts=NOTHING)
            label = context.study.outcome(line.outcome).label.model_dump()
            rows.append(
                (line.outcome, msg("summary-tenth", outcome=label, effect=Digits(number.value, number.decimals)), tenth)
            )
    ledger.table(
        "tbl_costs",
        pd.DataFrame([{"what": key, "value": value} for key, _, value in rows]),
        [
            Column("what", msg("summary-cost-what"), "code", codes={key: label for key, label, _ in rows}),
            Column("value", msg("summary-cost-value"), "number", 0),
        ],
        caption=msg("tbl-costs"),
        notes=msg("tbl-costs.notes"),
    )


# --- figure -----------------------------------------------------------------------------------------------------------


def small_multiples(panels: list[tuple[str, Number, float | None, str]], lang: str) -> Figure:
    """Each effect with its interval on an axis of its own, zero and the smallest effect of interest marked.

    Args:
        panels: Label, number, smallest effect of interest, and which direction is better.
        lang: "id" or "en".
    """
    figure, grid = panel_grid(len(panels), LINE_CM, HEAD_CM, abreast=ABREAST)
    for axes, (label, number, smallest, better) in zip(grid, panels, strict=True):
        axes.axvline(0, color=INK, lw=0.8)
        axes.hlines(0, number.low, number.high, color=ACCENT, lw=2)
        axes.plot(number.value, 0, "o", color=ACCENT, ms=5)
        if smallest is not None:
            axes.plot(smallest if better == "higher" else -smallest, 0, "|", color=GREY, ms=14, mew=1.4)
        axes.set_title("\n".join(textwrap.wrap(label, LETTERS)), fontsize=6, loc="left", pad=3)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_ylim(-1, 1)
        axes.margins(x=0.12)
        few_ticks(axes.xaxis, 3)
        axes.tick_params(axis="x", labelsize=6)
        unit = _short(number.unit)
        axes.set_xlabel(say(axis(msg("common-effect"), unit), lang), fontsize=6, labelpad=1)
        locale_axis(axes.xaxis, lang, decimals_for(pd.DataFrame({"low": [number.low], "high": [number.high]})))
    message_title(figure, say(titles.summary([(number, better) for _, number, _, better in panels]), lang), size=7.5)
    return figure


def _short(unit: str) -> Text:
    """A unit as briefly as it is told: panels are narrow."""
    return (
        msg(f"unit-{unit.replace('_', '-')}") if unit in LONG_UNITS else literal(unit) if unit else msg("unit-points")
    )


# --- what the report says ---------------------------------------------------------------------------------------------


NO_CLAIM = ("none", "mixed", "not_credible", "not_assessable")
"""Headlines whose words are no noun that there could be one of."""


def headline_phrase(doc: Doc) -> str:
    """The sentence that says the headline."""
    return "summary-headline-plain" if doc.verdict_code("headline") in NO_CLAIM else "summary-headline"


def results(doc: Doc) -> None:
    """The page: the question, the aims, what is least comfortable, what is not known, what to do, what would change it."""
    action = advice.of_report(doc)
    doubts = facts.doubts(doc, action)  # what answers those about trends stands under what would change the judgement
    doc.heading("summary-title", 1, "sec-summary", ["unnumbered"])
    doc.raw("::: {.compact}")
    doc.paragraph(
        msg(
            "summary-question" if doc.value("n_never") != 0 else "summary-question-later",
            gap="yes" if doc.value("n_periods_spanned") > doc.value("n_periods") else "no",
            differ=differ(doc),
        ),
        when(doc.study.demonstration, "summary-demonstration"),
        msg(headline_phrase(doc), outcomes=[literal(outcome.label) for outcome in doc.primary()]),
        when(doc.has("cost_pupil"), "summary-cost", facts.cost_by_effect(doc)),
    )
    doc.table("tbl_summary")
    doc.figure("fig_summary")
    doc.bullets(
        ["summary-uncomfortable", *facts.uncomfortable(doc)],
        ["summary-unknown", *facts.unknown(doc)],
        [
            "summary-advice",
            f"advice-{action}-programme",
            doubts if doubts == "advice-doubts-next" else None,
            *_to_whom(doc),
        ],
        ["summary-change", *facts.would_change(doc)],
    )
    doc.raw("::: {.paper-only}")
    doc.paragraph("summary-supplement")
    doc.raw(":::")
    doc.raw(":::")


def _to_whom(doc: Doc) -> list[Part]:
    """Who decides by when, and what the other recommendations are about."""
    lines = list(lines_of(doc.study, doc.prose.results)) if doc.has("tbl_aims") else []
    found = advice.steps(lines, advice.of_report(doc))
    topics = [step.action for step in found if step.number > 1]
    topics += advice.further(doc.study, doc.prose.results, found)
    return [
        msg(
            "summary-to", next=float(doc.study.period_to_come(doc.edition, said_day(doc.study, doc.edition, doc.root)))
        ),
        msg("summary-others", topics=[msg(f"advice-topic-{topic}") for topic in topics]) if topics else None,
    ]


def tables(doc: Doc) -> None:
    """What the costs of the first page are made of."""
    if doc.has("tbl_costs"):
        doc.heading("summary-costs-title")
        doc.table("tbl_costs")
