"""What the rules would say under other choices: every declared combination judged, for the page's panel and its table.

The tables are the source. On the page they stand whole, and a script lets the reader choose a row of them; on paper a table
sums them up and says where the whole ones lie.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from pipeline.chapters.analysis import limits_of
from pipeline.chapters.reasons import REASONS, VERDICTS, worded
from pipeline.chapters.specification import EVERYTHING, choices_of
from pipeline.chapters.words import ESTIMATE, HIGH, LOW, caption
from pipeline.languages import locale
from pipeline.languages.message import msg
from pipeline.ledger.counts import NOTHING, UNITS
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects.judgement.choices import Answer, Asked, Judged, under_each_choice
from pipeline.methods.effects.judgement.types import ORDER, Verdict
from pipeline.notebook import Edition
from pipeline.report.doc import Doc, Part, when
from pipeline.report.tables import escape
from pipeline.study import Outcome, Study

CHOICES = 5
"""Columns of a table that are chosen; the others answer."""
RULED = 1.0
"""The violation that the report's own rules ask for."""
COVARIATES = {"none": msg("common-no-covariates"), "baseline": msg("common-covariates")}
ESTIMATORS = {
    "group_time": msg("specification-codes-group-time"),
    "imputation": msg("specification-codes-imputation"),
    "two_way": msg("common-two-way"),
}
COMPARISONS = {"never": msg("whatif-never"), "not_yet": msg("whatif-not-yet"), "all": msg("whatif-of-method")}


def record(ledger: Ledger, context: Edition) -> None:
    """Every combination of each primary outcome, and how often each verdict is given."""
    study, effects, options = context.study, context.effects, context.study.inference
    chosen = [o for o in study.outcomes if o.role == "primary" and o.name in context.verdicts]
    judged = {
        o.name: Judged(context.verdicts[o.name].evidence, limits_of(study, o), effects[o.name].balance) for o in chosen
    }
    asked = Asked(
        covariates=[x for x in study.covariates if x in context.panel],
        control=options.control,
        cluster="cluster" if study.program.assigned_at == "cluster" else "unit",
        level=options.level,
        min_cohort_units=study.smallest_cohort,
        draws=options.bootstrap_draws,
        seed=study.seed,
    )
    answers = under_each_choice(context.panel, judged, choices_of(study, context.panel), asked)
    for outcome in chosen:
        _combinations(ledger, study, outcome, answers[outcome.name])
    verdicts = {o.name: context.verdicts[o.name] for o in chosen}
    own = {name: worded(verdict.code, verdict.underpowered) for name, verdict in verdicts.items()}
    _summary(ledger, chosen, answers, own)


def reason_of(verdict: Verdict) -> str:
    """What limits a verdict that claims something; else why it claims nothing."""
    if verdict.code in ORDER or verdict.code in ("decline", "weak_decline"):
        return verdict.limiting.code if verdict.limiting else "nothing"
    return verdict.reasons[0].code


def _combinations(ledger: Ledger, study: Study, outcome: Outcome, answers: list[Answer]) -> None:
    rows: list[dict[str, Any]] = []
    for answer in answers:
        evidence = answer.evidence
        low, high = answer.robust or (None, None)
        rows.append(
            {
                **vars(answer.choice),
                "m": answer.violation,
                "value": evidence.value,
                "low": evidence.low,
                "high": evidence.high,
                "robust_low": low,
                "robust_high": high,
                "n_units": answer.n_units,
                "verdict": worded(answer.verdict.code, answer.verdict.underpowered),
                "reason": reason_of(answer.verdict),
            }
        )
    whole = msg("specification-all-units")
    samples = {s.code: s.label.model_dump() if s.label else whole for s in study.specifications.samples or [EVERYTHING]}
    ledger.table(
        f"tbl_whatif_{outcome.name}",
        pd.DataFrame(rows).astype({"n_units": "Int64"}),
        [
            Column("sample", msg("whatif-sample"), "code", codes=samples),
            Column("covariates", msg("whatif-covariates"), "code", codes=COVARIATES),
            Column("estimator", msg("common-estimator"), "code", codes=ESTIMATORS),
            Column("comparison", msg("common-comparison"), "code", codes=COMPARISONS),
            Column("m", msg("whatif-violation"), "number", 1, behind=("n_units",)),
            Column("value", ESTIMATE, "number", outcome.decimals),
            Column("low", LOW, "number", outcome.decimals),
            Column("high", HIGH, "number", outcome.decimals),
            Column("robust_low", msg("whatif-robust-low"), "number", outcome.decimals),
            Column("robust_high", msg("whatif-robust-high"), "number", outcome.decimals),
            Column("n_units", msg("common-units"), "int", counts=UNITS),
            Column("verdict", msg("whatif-verdict"), "code", codes=VERDICTS),
            Column("reason", msg("whatif-reason"), "code", codes=REASONS | {"nothing": msg("whatif-nothing")}),
        ],
        behind="n_units",
        caption=caption(msg("whatif-caption"), outcome, unit=True),
        notes=msg("tbl-whatif.notes"),
    )


def _summary(ledger: Ledger, chosen: list[Outcome], answers: dict[str, list[Answer]], codes: dict[str, str]) -> None:
    """How often each verdict is given among the combinations under one violation; never over several violations at once."""
    rows: list[dict[str, Any]] = []
    for outcome in chosen:
        told = [
            {"m": a.violation, "verdict": worded(a.verdict.code, a.verdict.underpowered)} for a in answers[outcome.name]
        ]
        frame = pd.DataFrame(told).astype({"m": float})
        for key, under in (("ruled", frame["m"] == RULED), ("others", frame["m"].isna())):
            if under.any():
                said = frame.loc[under, "verdict"]
                ledger.number(f"whatif_{key}_n_{outcome.name}", len(said), decimals=0)
                ledger.number(f"whatif_{key}_same_{outcome.name}", int((said == codes[outcome.name]).sum()), decimals=0)
        for m, group in frame.groupby("m", dropna=False, sort=True):
            counts = group["verdict"].value_counts()
            for code in (code for code in VERDICTS if code in counts):
                share = 100 * counts[code] / len(group)
                rows.append({"outcome": outcome.name, "m": m, "verdict": code, "count": counts[code], "share": share})
    labels = {outcome.name: outcome.label.model_dump() for outcome in chosen}
    ledger.table(
        "tbl_whatif",
        pd.DataFrame(rows),
        [
            Column("outcome", msg("common-outcome"), "code", codes=labels),
            Column("m", msg("whatif-violation"), "number", 1),
            Column("verdict", msg("whatif-verdict"), "code", codes=VERDICTS),
            Column("count", msg("whatif-count"), "int", counts=NOTHING),
            Column("share", msg("whatif-share"), "percent", 0),
        ],
        caption=msg("tbl-whatif"),
        notes=msg("tbl-whatif.notes"),
    )


# --- what the report says ---------------------------------------------------------------------------------------------


def robust(doc: Doc) -> None:
    """The section with the panel: on the page the whole tables, on paper their summary alone."""
    known = [o for o in doc.primary() if doc.has(f"tbl_whatif_{o.name}")]
    if not known:
        return
    doc.heading("whatif-title", id="sec-whatif")
    doc.paragraph("whatif-opening")
    doc.bullets(*(about_outcome(doc, outcome) for outcome in known))
    doc.table("tbl_whatif")
    doc.raw("::: {.paper-only}")
    doc.paragraph("whatif-paper")
    if doc.prose.followed:
        files = {o.label: f"tbl_whatif_{o.name}.csv" for o in known}
        doc.raw("\n".join(f"- {label}: [{escape(file)}](data/{file})" for label, file in files.items()))
    doc.raw(":::")
    doc.raw("::: {.page-only}")
    doc.paragraph("whatif-page")
    doc.raw(f"::: {{.whatif {_attributes(doc)}}}")
    for outcome in known:
        told = f'data-label="{_quoted(outcome.label)}" data-start={_start(doc, outcome.name)}'
        if doc.has(f"smallest_{outcome.name}"):
            told += f" data-smallest={doc.value(f'smallest_{outcome.name}')}"
        doc.raw(f"::: {{.whatif-of {told}}}")
        doc.table(f"tbl_whatif_{outcome.name}")
        doc.raw(":::")
    doc.raw(":::")
    doc.raw(":::")


def about_outcome(doc: Doc, outcome: Any) -> Part:
    """How many combinations get the report's verdict: those under its own violation, and those that have none."""
    ruled, others = (doc.has(f"whatif_{key}_n_{outcome.name}") for key in ("ruled", "others"))
    opening = doc.about(outcome, "whatif-outcome")
    return [
        opening,
        when(ruled, doc.about(outcome, "whatif-outcome-ruled")),
        when(others, doc.about(outcome, "whatif-outcome-others" if ruled else "whatif-outcome-without")),
    ]


def _attributes(doc: Doc) -> str:
    words = {word: f"whatif-{word}" for word in ("panel", "chosen", "own", "moved", "picture", "smallest")}
    said = {word: doc.say(name) for word, name in {**words, "outcome": "common-outcome"}.items()}
    told = {"choices": str(CHOICES), "decimal": locale.number(0.5, doc.lang, 1)[1], **said}
    return " ".join(f'data-{name}="{_quoted(text)}"' for name, text in told.items())


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', "”")


def _start(doc: Doc, outcome: str) -> int:
    """The row of the report's own choices under the violation that its rules ask for, counted from 0."""
    rows = doc.prose.results.tables[f"tbl_whatif_{outcome}"].rows
    own = {"covariates": "none", "estimator": "group_time", "comparison": doc.study.inference.control}
    first = rows[0]["sample"]
    mine = [i for i, row in enumerate(rows) if row["sample"] == first and all(row[k] == v for k, v in own.items())]
    return next((i for i in mine if rows[i]["m"] == RULED), mine[0] if mine else 0)
