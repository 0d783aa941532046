"""Exhibits of frankness: the sensitive statement under protection and asked directly, and themes of the open answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipeline.chapters import titles
from pipeline.chapters.style import ACCENT, INK, PALE, locale_axis, new_figure, titled
from pipeline.chapters.words import HIGH, LOW, PERIOD, SE, P, with_n
from pipeline.languages.catalogue import say
from pipeline.languages.message import Text, msg
from pipeline.ledger.counts import PERSONS, Counts
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.feedback.randomised_response import under_random_answering
from pipeline.methods.feedback.sensitive import Frankness, estimate
from pipeline.methods.feedback.shares import Share
from pipeline.notebook import Edition
from pipeline.report.doc import Doc, Part, when
from pipeline.study import Study
from pipeline.study.survey import Sensitive, Survey

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Tables = Callable[[str], "pd.DataFrame | None"]
DESIGNS: dict[str, Text] = {
    "direct": msg("frankness-design-direct"),
    "list": msg("frankness-design-list"),
    "forced": msg("frankness-design-forced"),
    "warner": msg("frankness-design-warner"),
    "crosswise": msg("frankness-design-crosswise"),
    "pooled": msg("frankness-design-pooled"),
    "hidden": msg("frankness-design-hidden"),
}
GUESSING = (0.05, 0.10, 0.20)
SHARE = msg("common-share")


def record(ledger: Ledger, context: Edition) -> None:
    """What people affirm under protection and directly, the designs' checks, and counts of open answers by theme."""
    study, survey, tables = context.study, context.study.survey, context.find
    answers = tables("answers")
    if survey is None or answers is None:
        return
    answers = answers.assign(weight=1.0)
    if survey.sensitive is not None and answers["response"].notna().any():
        found = estimate(answers, survey.sensitive)
        _shares(ledger, study, found)
        _checks(ledger, answers, tables("assignment"), survey.sensitive, found)
        _by_participation(ledger, study, answers, survey.sensitive)
    if survey.open_question is not None:
        _themes(ledger, survey, answers)


def _shares(results: Ledger, study: Study, found: Frankness) -> None:
    level = study.inference.level
    rows = {**found.shares, **({"pooled": found.pooled} if found.pooled else {})}
    if not rows:
        return
    if found.hidden is not None:
        rows["hidden"] = found.hidden
        _number(results, "hidden_share", found.hidden, level, found.p_hidden)
        low, high = found.hidden.interval(level)
        results.text("frankness", "fear" if low > 0 else "reverse" if high < 0 else "open")
    if found.pooled is not None:
        _number(results, "sensitive_pooled", found.pooled, level)
        if len(found.shares) - ("direct" in found.shares) > 1:
            results.number("sensitive_agree", found.p_agree, p=found.p_agree, decimals=3)
    if "direct" in found.shares:
        _number(results, "sensitive_direct", found.shares["direct"], level)
    frame = _frame(rows, level)
    columns = [
        Column("design", msg("common-design"), "code", codes=DESIGNS),
        *(
            Column(key, label, "number", 1, behind=("n",))
            for key, label in (("value", SHARE), ("se", SE), ("low", LOW), ("high", HIGH))
        ),
        Column("n", msg("common-answers"), "int", counts=PERSONS),
    ]
    results.table(
        "tbl_sensitive",
        frame,
        columns,
        caption=msg("tbl-sensitive"),
        notes=msg("tbl-sensitive.notes"),
    )
    results.figure(
        "fig_sensitive",
        titled(lambda lang, shown: draw_shares(_known(shown), lang), lambda shown: titles.shares(_known(shown))),
        frame=frame,
        columns=columns,
        caption=msg("fig-sensitive"),
        alt=msg("fig-sensitive.alt"),
    )


def _known(shown: pd.DataFrame) -> pd.DataFrame:
    return shown.dropna(subset=["value"]).astype(dict.fromkeys(("value", "low", "high"), float))


def _number(results: Ledger, name: str, share: Share, level: float, p: float | None = None) -> None:
    low, high = share.interval(level)
    results.number(name, 100 * share.value, unit="percent", low=100 * low, high=100 * high, p=p, n=share.n, decimals=1)


def _frame(rows: dict[str, Share], level: float) -> pd.DataFrame:
    parts = []
    for design, share in rows.items():
        low, high = share.interval(level)
        parts.append((design, 100 * share.value, 100 * share.se, 100 * low, 100 * high, share.n))
    return pd.DataFrame(parts, columns=["design", "value", "se", "low", "high", "n"])


CHECKS: dict[str, Text] = {
    "planned": msg("frankness-check-planned"),
    "sex": msg("frankness-check-sex"),
    "rank_group": msg("frankness-check-rank-group"),
    "mode": msg("frankness-check-mode"),
    "no_design_effect": msg("frankness-check-no-design-effect"),
    "floor": msg("frankness-check-floor"),
    "ceiling": msg("frankness-check-ceiling"),
    **{f"guess_{round(100 * g)}": msg("frankness-crosswise-if-per-cent-answer-at", g=round(100 * g)) for g in GUESSING},
    "refused_direct": msg("frankness-check-refused-direct"),
    "refused_protected": msg("frankness-check-refused-protected"),
}


def _checks(
    results: Ledger, answers: pd.DataFrame, assignment: pd.DataFrame | None, bank: Sensitive, found: Frankness
) -> None:
    asked = answers[answers["format"].notna()]
    tests = assignment.set_index("check")["p"] if assignment is not None else pd.Series(dtype=float)
    rows: list[tuple[str, float, float]] = [(str(check), np.nan, float(p)) for check, p in tests.items()]
    persons: dict[str, int] = {}
    if found.checks is not None:
        rows.append(("no_design_effect", np.nan, found.checks.p))
        ends = {"floor": found.checks.floor, "ceiling": found.checks.ceiling}
        rows += [(name, 100 * share, np.nan) for name, share in ends.items()]
        persons = {name: round(share * found.checks.n_control) for name, share in ends.items()}
    if "crosswise" in found.shares:
        rows += [
            (f"guess_{round(100 * g)}", 100 * under_random_answering(found.shares["crosswise"], "crosswise", bank, g), np.nan)
            for g in GUESSING
        ]  # fmt: skip
    direct = asked["format"] == "direct"
    for name, part in (("refused_direct", asked[direct]), ("refused_protected", asked[~direct])):
        if len(part):
            rows.append((name, 100 * float(part["response"].isna().mean()), np.nan))
    frame = pd.DataFrame(rows, columns=["check", "value", "p"])
    frame["persons"] = pd.array([persons.get(check) for check in frame["check"]], dtype="Int64")  # who stands at an end
    failed = int((frame["p"] < 0.05 / frame["p"].notna().sum()).sum())
    results.number("sensitive_checks_failed", failed, decimals=0)
    results.table(
        "tbl_sensitive_checks",
        frame,
        [
            Column("check", msg("frankness-check"), "code", codes=CHECKS),
            Column("value", msg("common-value"), "number", 1, behind=("persons",)),
            Column("p", P, "p"),
            Column("persons", msg("common-answers"), "int", counts=PERSONS, shown=False),
        ],
        caption=msg("tbl-sensitive-checks"),
    )


def _by_participation(results: Ledger, study: Study, answers: pd.DataFrame, bank: Sensitive) -> None:
    """Protected and direct shares among units that take part and those that do not; "never" is no year."""
    answers = answers[answers["batch_group"].notna()]
    active = answers["period"] >= pd.to_numeric(answers["batch_group"], errors="coerce")
    rows = []
    for name, part in (("active", answers[active]), ("not_active", answers[~active])):
        found = estimate(part, bank)
        for design, share in (("direct", found.shares.get("direct")), ("pooled", found.pooled)):
            if share is not None:
                rows.append(_frame({design: share}, study.inference.level).assign(group=name))
    if rows:
        results.table(
            "tbl_sensitive_groups",
            pd.concat(rows, ignore_index=True),
            [
                Column("group", msg("common-units"), "code", codes=GROUPS),
                Column("design", msg("common-design"), "code", codes=DESIGNS),
                Column("value", SHARE, "number", 1),
                Column("low", LOW, "number", 1),
                Column("high", HIGH, "number", 1),
                Column("n", msg("common-answers"), "int", counts=PERSONS),
            ],
            behind="n",
            caption=msg("tbl-sensitive-groups"),
        )


GROUPS: dict[str, Text] = {
    "active": msg("frankness-groups-active"),
    "not_active": msg("frankness-groups-not-active"),
}


def _themes(results: Ledger, survey: Survey, answers: pd.DataFrame) -> None:
    """Open answers by theme in the last waves; an answer can touch several themes, or none."""
    question = survey.open_question
    if question is None or "said" not in answers or not answers["said"].any():
        return
    said = answers[answers["said"]]
    least = results.thresholds.persons
    rows = [
        (wave, theme.name, int(part[f"theme_{theme.name}"].sum()), len(part))
        for wave, part in said.groupby("period")
        if wave >= said["period"].max() - 1
        for theme in question.themes
    ]
    table = pd.DataFrame(rows, columns=["period", "theme", "answers", "of"])
    results.text("open_waves", "more" if said["period"].nunique() > table["period"].nunique() else "all")
    results.number("open_answers", len(said), decimals=0, counts=Counts("persons", "themes"))
    last = table[table["period"] == table["period"].max()]
    if results.enough(last["answers"].max(), "persons"):
        results.text("open_top", str(last.loc[last["answers"].idxmax(), "theme"]))
    results.table(
        "tbl_themes",
        table,
        [
            Column("period", PERIOD, "period"),
            Column("theme", msg("frankness-theme"), "code", codes={t.name: t.label.model_dump() for t in question.themes}),
            # themes overlap: an answer can touch several, or none
            Column("answers", msg("common-answers"), "int",
                   counts=Counts("persons", "themes", by=("period", "theme"), overlap=("theme",))),
            Column("of", msg("frankness-open-answers"), "int", counts=Counts("persons", "themes", by=("period",))),
        ],
        caption=msg("tbl-themes"),
        notes=msg("tbl-themes.notes", least=least),
    )  # fmt: skip


# --- figures -----------------------------------------------------------------------------------------------------------


def draw_shares(frame: pd.DataFrame, lang: str) -> Figure:
    """Points with intervals, the direct question and the difference set apart from the protected designs.

    Args:
        frame: `design`, `value`, `low`, `high` in per cent, `n`, in the order shown.
        lang: "id" or "en".
    """
    figure, axes = new_figure(1.8 + 0.75 * len(frame))
    for place, row in enumerate(frame.itertuples()):
        y = -place
        color, mark = (
            (INK, "s") if row.design in ("direct", "hidden") else (ACCENT, "D" if row.design == "pooled" else "o")
        )
        axes.hlines(y, row.low, row.high, color=color, lw=1.6)
        axes.plot(row.value, y, mark, color=color, ms=5)
        if row.design in ("pooled", "hidden"):
            axes.axhline(y + 0.5, color=PALE, lw=0.7)
    axes.axvline(0, color=INK, lw=0.7)
    labels = [say(with_n(DESIGNS[row.design], int(row.n)), lang) for row in frame.itertuples()]
    axes.set_yticks([-k for k in range(len(frame))], labels)
    axes.set_ylim(-len(frame) + 0.4, 0.6)
    axes.set_xlabel(say("frankness-per-cent-confidence-interval", lang))
    locale_axis(axes.xaxis, lang, 0)
    return figure


# --- what the report says ---------------------------------------------------------------------------------------------


_FOUND = {"fear": "frankness-fear", "reverse": "frankness-reverse"}


def results(doc: Doc) -> None:
    """The sections on daring to answer, and on open answers."""
    if doc.has("tbl_sensitive"):
        _sensitive(doc)
    if doc.has("tbl_themes"):
        doc.heading("frankness-open-title")
        doc.paragraph("frankness-open-counted", when(doc.code("open_waves") == "more", "frankness-open-waves"))
        doc.table("tbl_themes")


def _sensitive(doc: Doc) -> None:
    doc.heading("frankness-title", id="sec-frankness")
    doc.paragraph(
        "frankness-opening",
        msg("frankness-statement", statement=doc.study.survey.sensitive.statement),
        when(doc.has("sensitive_direct"), "frankness-direct"),
        when(doc.has("sensitive_pooled"), "frankness-protected"),
    )
    if doc.has("hidden_share"):
        doc.paragraph(_FOUND.get(doc.code("frankness"), "frankness-unclear"))
    agree: Part = None
    if doc.has("sensitive_agree"):
        disagree = doc.value("sensitive_agree") < 1 - doc.study.inference.level
        agree = "frankness-designs-disagree" if disagree else "frankness-designs-agree"
    failed = doc.value("sensitive_checks_failed") > 0
    doc.paragraph(agree, "frankness-checks-fail" if failed else "frankness-checks-hold", "frankness-answered-only")
    doc.figure("fig_sensitive")
    doc.table("tbl_sensitive")
    doc.table("tbl_sensitive_groups")
    doc.table("tbl_sensitive_checks")


def technical(doc: Doc) -> None:
    """The technical note on sensitive questions."""
    if doc.has("tbl_sensitive"):
        doc.paragraph("frankness-technical")
