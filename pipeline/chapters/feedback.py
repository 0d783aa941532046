"""Exhibits of feedback: response rates, who stays silent, weights, bounds, and advice for the next wave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.chapters import titles
from pipeline.chapters.analysis import finite
from pipeline.chapters.feedback_words import ADVICE, ESTIMATES, TRAITS, group_names, named_groups
from pipeline.chapters.style import ACCENT, PALE, locale_axis, new_figure, titled
from pipeline.chapters.words import HIGH, LOW, PERIOD, P, with_n
from pipeline.languages import locale
from pipeline.languages.catalogue import say
from pipeline.languages.message import Text, literal, msg
from pipeline.ledger.counts import NOTHING, PERSONS, Counts, share_of
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.feedback import bounds, next_wave, rates, response, weights
from pipeline.methods.feedback.shares import design_mean
from pipeline.methods.indicators import scales
from pipeline.notebook import Edition
from pipeline.report.doc import Doc, Part, when
from pipeline.study import Study
from pipeline.study.survey import Survey

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Tables = Callable[[str], "pd.DataFrame | None"]
RATE = msg("feedback-rate")


def answer_weights(tables: Tables) -> pd.Series | None:
    """Raked weights of the answers, aligned with the table `answers`; None where there is no survey."""
    answers, invited, batches = tables("answers"), tables("invited"), tables("batches")
    if answers is None or invited is None or batches is None:
        return None
    frame = weights.with_batch_group(weights.eligible(invited), batches)
    return weights.raked(answers, frame)


def record(ledger: Ledger, context: Edition) -> None:
    """Who answered the survey, what silence may hide, and what to do in the next wave."""
    study, survey, tables = context.study, context.study.survey, context.find
    invited, answers, batches = tables("invited"), tables("answers"), tables("batches")
    if survey is None or invited is None or answers is None or batches is None or answers.empty:
        return
    frame = _with_active(invited, tables("treatment"))
    dispositions = tables("dispositions")
    assert dispositions is not None, "the cleaning step writes it beside the answers"
    _rates(ledger, dispositions)
    groups = _groups(ledger, study, frame)
    last = frame[frame["period"] == frame["period"].max()]
    partial, silent = _silence(ledger, study, last)
    weight = answer_weights(tables)
    assert weight is not None
    inverse = weights.inverse_chance(answers, weights.with_batch_group(weights.eligible(invited), batches))
    effect = weights.design_effect(weight[answers["period"] == answers["period"].max()])
    ledger.number("weight_effect", effect, decimals=2)
    _estimates(ledger, study, survey, frame, answers, weight, inverse)
    effort = tables("effort")
    assert effort is not None, "the cleaning step writes it beside the answers"
    contacts = _effort(ledger, survey, last, effort)
    _advice(ledger, last, partial if silent else partial.iloc[:0], effect, groups, contacts)


def _with_active(invited: pd.DataFrame, treatment: pd.DataFrame | None) -> pd.DataFrame:
    if treatment is None:
        return invited
    cohort = invited["unit"].map(treatment.set_index("unit")["cohort"])
    active = (invited["period"] >= cohort).fillna(False).astype(bool)
    return invited.assign(active=active.map({True: "yes", False: "no"}))


def _rates(results: Ledger, dispositions: pd.DataFrame) -> None:
    rows = []
    for wave, part in dispositions.groupby("period"):
        cases = part["disposition"].repeat(part["n"])
        found = rates.rates(cases)
        invited = int((cases != "not_eligible").sum())
        rows.append({"period": wave, "invited": invited, **{k: 100 * v for k, v in found.items()}})
    table = pd.DataFrame(rows)
    last = table.iloc[-1]
    invited_last = Counts("persons", "invited", at={"period": int(last["period"])}, count=int(last["invited"]))
    results.number(
        "response_rate", float(last["rr2"]), unit="percent", n=int(last["invited"]), decimals=1, counts=invited_last
    )
    results.number("response_rate_first", float(table["rr2"].iloc[0]), unit="percent", decimals=1)
    results.table(
        "tbl_response",
        table,
        [
            Column("period", PERIOD, "period"),
            Column("invited", msg("feedback-eligible"), "int", counts=Counts("persons", "invited", by=("period",))),
            *(Column(f"rr{k}", msg("feedback-rr", k=k), "number", 1) for k in range(1, 7)),
        ],
        behind="invited",
        caption=msg("tbl-response"),
        notes=msg("tbl-response.notes"),
    )  # fmt: skip


def _groups(results: Ledger, study: Study, frame: pd.DataFrame) -> pd.DataFrame:
    """Rates of the last wave by trait."""
    last = frame[frame["period"] == frame["period"].max()]
    parts = []
    for trait in response.TRAITS:
        if trait in last:
            table = rates.by_group(last, trait, study.inference.level).rename(columns={trait: "value"})
            parts.append(table.assign(trait=trait))
    table = pd.concat(parts, ignore_index=True)
    table["value"] = table["trait"] + "_" + table["value"].astype(str)
    place = {"by": ("trait:value",), "totals": ("trait:value",)}
    eligible = Counts("persons", "invited", **place, at={"period": int(last["period"].iloc[0])})
    columns = [
        Column("trait", msg("common-trait"), "code", codes=TRAITS),
        Column("value", msg("common-group"), "code", codes=group_names(table["value"])),
        Column("eligible", msg("feedback-invited"), "int", counts=eligible),
        *(Column(name, label, "number", 1, behind=("answered", "eligible"))
          for name, label in (("rate", RATE), ("low", LOW), ("high", HIGH))),
        Column("answered", RATE, "int", shown=False,
               counts=replace(eligible, at={**eligible.at, "answered": "yes"}, group="answered")),
    ]  # fmt: skip
    results.table(
        "tbl_response_groups",
        table,
        columns,
        caption=msg("tbl-response-groups"),
        notes=msg("tbl-response-groups.notes"),
    )

    named = named_groups(table)

    def said(shown: pd.DataFrame) -> Text:
        return titles.ends(shown, "rate", "value", named)

    results.figure(
        "fig_response",
        titled(
            lambda lang, shown: response_rates(
                shown.dropna(subset=["rate"]), {k: say(v, lang) for k, v in named.items()}, lang
            ),
            said,
        ),
        frame=table,
        columns=columns,
        caption=msg("tbl-response-groups"),
        alt=msg("fig-response.alt"),
    )
    units = rates.by_group(last, "unit")
    enough = units[results.enough(units["eligible"], "persons")]
    if len(enough):
        none = enough["answered"] == 0
        silent = 100 * float(none.mean())
        behind = share_of("units", "units_silent", int(none.sum()), len(enough))
        results.number("units_silent", silent, unit="percent", n=len(enough), decimals=1, counts=behind)
    modes = table[table["trait"] == "mode"]
    return modes.assign(mode=modes["value"].str.removeprefix("mode_"))


def _silence(results: Ledger, study: Study, last: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    """Model of response and representativeness in the last wave."""
    model = response.response_model(last, level=study.inference.level)
    if model is None:
        return pd.DataFrame(columns=["trait", "value", "partial"]), False
    found = response.representativeness(last, model)
    results.number("r_indicator", found.r, n=model.n, decimals=2)
    results.number("response_cv", found.cv, decimals=2)
    effects = model.effects.assign(
        value=model.effects["trait"] + "_" + model.effects["value"],
        reference=model.effects["trait"] + "_" + model.effects["reference"],
    )
    keys = pd.concat([effects["value"], effects["reference"]])
    for column in ("low", "high", "p"):
        effects[column] = [finite(v) for v in effects[column]]
    results.table(
        "tbl_silence",
        effects,
        [
            Column("trait", msg("common-trait"), "code", codes=TRAITS),
            Column("value", msg("common-group"), "code", codes=group_names(keys)),
            Column("reference", msg("feedback-against"), "code", codes=group_names(keys)),
            Column("effect", msg("feedback-difference-chance-points"), "number", 1),
            Column("low", LOW, "number", 1),
            Column("high", HIGH, "number", 1),
            Column("p", P, "p"),
        ],
        caption=msg("tbl-silence"),
        notes=msg("tbl-silence.notes"),
    )  # fmt: skip
    return found.partial, True


def _estimates(
    results: Ledger,
    study: Study,
    survey: Survey,
    frame: pd.DataFrame,
    answers: pd.DataFrame,
    weight: pd.Series,
    inverse: pd.Series,
) -> None:
    """Each scale's mean in the last wave: as answered, weighted, and between bounds."""
    here = answers["period"] == answers["period"].max()
    eligible = weights.eligible(frame[frame["period"] == answers["period"].max()])
    rate, level, points = float(weights.answered(eligible).mean()), study.inference.level, len(survey.points)
    rows = []
    for scale in survey.scales:
        value = scales.score(scales.turned(answers, scale, points))[here].dropna()
        plain = design_mean(value, pd.Series(1.0, index=value.index))
        for kind, w in (("answered", None), ("raked", weight), ("inverse", inverse)):
            share = plain if w is None else design_mean(value, w[value.index])
            rows.append((scale.name, kind, share.value, share.value, *share.interval(level)))
        said = len(value) / len(eligible)  # who skipped the scale is silent on it
        worst = bounds.worst_case(plain.value, plain.se, said, len(eligible), 1, points, level)
        mono = bounds.monotone(plain.value, plain.se, said, len(eligible), 1, level)
        rows.append((scale.name, "worst", worst.low, worst.high, worst.ci_low, worst.ci_high))
        rows.append((scale.name, "monotone", mono.low, mono.high, mono.ci_low, mono.ci_high))
        low, high = plain.interval(level)
        results.number(f"mean_{scale.name}", plain.value, low=low, high=high, n=plain.n, decimals=2)
        results.number(f"bounds_{scale.name}", worst.high - worst.low, low=worst.low, high=worst.high, decimals=2)
    results.number("response_share", 100 * rate, unit="percent", decimals=1)
    results.table(
        "tbl_bounds",
        pd.DataFrame(rows, columns=["scale", "kind", "low", "high", "ci_low", "ci_high"]),
        [
            Column("scale", msg("common-scale"), "code", codes={s.name: s.label.model_dump() for s in survey.scales}),
            Column("kind", msg("common-method"), "code", codes=ESTIMATES),
            Column("low", msg("feedback-from"), "number", 2),
            Column("high", msg("feedback-to"), "number", 2),
            Column("ci_low", LOW, "number", 2),
            Column("ci_high", HIGH, "number", 2),
        ],
        caption=msg("tbl-bounds"),
        notes=msg("tbl-bounds.notes"),
    )  # fmt: skip


def _effort(results: Ledger, survey: Survey, last: pd.DataFrame, effort: pd.DataFrame) -> pd.DataFrame:
    """What each contact brought, and whether late answers differ."""
    eligible = weights.eligible(last)
    counts = eligible["answered_at"].dropna().astype(int).value_counts().sort_index()
    contacts = pd.DataFrame({"contact": counts.index, "rate": 100 * counts.to_numpy() / len(eligible)})
    table, differ = effort.copy(), 0
    for scale, p in effort.drop_duplicates("scale").set_index("scale")["p"].items():
        if finite(p) is not None:
            results.number(f"late_{scale}", p, p=p, decimals=3)
            differ += p < 0.05 / len(survey.scales)
    results.number("late_differ", differ, decimals=0)
    for column in ("low", "high"):
        table[column] = [finite(v) for v in table[column]]
    results.table(
        "tbl_effort",
        table,
        [
            Column("scale", msg("common-scale"), "code", codes={s.name: s.label.model_dump() for s in survey.scales}),
            Column("contact", msg("feedback-answered-at-contact"), "int", counts=NOTHING),
            Column("value", msg("common-mean"), "number", 2),
            Column("low", LOW, "number", 2),
            Column("high", HIGH, "number", 2),
            Column("running", msg("feedback-mean-up-this-contact"), "number", 2),
            Column("n", msg("common-answers"), "int", counts=PERSONS),
        ],
        behind="n",
        caption=msg("tbl-effort"),
        notes=msg("tbl-effort.notes"),
    )  # fmt: skip
    return contacts


def _advice(
    results: Ledger,
    last: pd.DataFrame,
    partial: pd.DataFrame,
    effect: float,
    modes: pd.DataFrame,
    contacts: pd.DataFrame,
) -> None:
    eligible = weights.eligible(last)
    rate = float(weights.answered(eligible).mean())
    found = next_wave.advise(rate, effect, len(eligible), partial, modes, contacts)
    results.number("next_answers", found.answers, decimals=0)
    results.number("next_half_width", 100 * next_wave.HALF_WIDTH, unit="percent", decimals=0)
    rows: list[dict[str, Any]] = [{"advice": "answers", "persons": found.answers}]
    rows.append({"advice": "invite_all" if found.invitations is None else "invite", "persons": found.invitations})
    texts: dict[str, Text] = {}
    if found.remind is not None:
        key = "_".join(found.remind)
        texts[key] = group_names(pd.Series([key]))[key]
        rows.append({"advice": "remind", "what": key})
    if found.mode is not None:
        key = f"mode_{found.mode}"
        texts[key] = group_names(pd.Series([key]))[key]
        rows.append({"advice": "mode_clear" if found.mode_clear else "mode_open", "what": key})
    rows.append({"advice": "last_contact", "points": found.last_contact})
    results.table(
        "tbl_next_wave",
        pd.DataFrame(rows, columns=["advice", "persons", "points", "what"]),
        [
            Column("advice", msg("feedback-advice"), "code", codes=ADVICE),
            Column("persons", msg("feedback-advice-persons"), "int", counts=NOTHING),
            Column("points", msg("feedback-advice-points"), "number", 1),
            Column("what", msg("feedback-what"), "code", codes=texts),
        ],
        caption=msg("tbl-next-wave"),
        notes=[msg("tbl-next-wave.notes"), *([msg("tbl-next-wave.modes")] if found.mode and len(partial) else [])],
    )


# --- figures -----------------------------------------------------------------------------------------------------------


def response_rates(table: pd.DataFrame, labels: Mapping[str, str], lang: str) -> Figure:
    """Points with intervals, one block a trait.

    Args:
        table: `trait`, `value`, `eligible`, `rate`, `low`, `high`, in the order shown.
        labels: Wording of each value.
        lang: "id" or "en".
    """
    figure, axes = new_figure(1.8 + 0.6 * len(table))
    for place, row in enumerate(table.itertuples()):
        axes.hlines(-place, row.low, row.high, color=ACCENT, lw=1.6)
        axes.plot(row.rate, -place, "o", color=ACCENT, ms=4.5)
        if place and table["trait"].iloc[place - 1] != row.trait:
            axes.axhline(-place + 0.5, color=PALE, lw=0.7)
    invited = zip(table["value"], table["eligible"], strict=True)
    named = [say(with_n(literal(labels[value]), int(n)), lang) for value, n in invited]
    axes.set_yticks([-k for k in range(len(table))], named)
    axes.set_ylim(-len(table) + 0.4, 0.6)
    axes.set_xlabel(say("feedback-response-rate-per-cent", lang))
    locale_axis(axes.xaxis, lang, 0)
    return figure


# --- what the report says ---------------------------------------------------------------------------------------------


def _some_silent(doc: Doc) -> bool:
    """Whether anybody who was invited did not answer; a number that the gate took out says nothing."""
    return bool(doc.value("response_rate") < 100)


def _bounds(doc: Doc) -> list[Part]:
    """The mean of each scale among all invited, whatever the silent think."""
    survey = doc.study.survey
    scales = [s for s in survey.scales if doc.has(f"bounds_{s.name}")] if survey else []
    points = len(survey.points) if survey else 0
    return [
        msg(
            "feedback-bounds-next" if k else "feedback-bounds",
            scale=locale.inside(doc.say(s.label)),
            bounds=f"bounds_{s.name}",
            points=points,
        )
        for k, s in enumerate(scales)
    ]


def results(doc: Doc) -> None:
    """The section on who answers."""
    if not doc.has("tbl_response"):
        return
    doc.heading("feedback-title", id="sec-feedback")
    doc.paragraph("feedback-rates", when(doc.has("units_silent"), "feedback-silent-units"))
    doc.table("tbl_response")
    doc.figure("fig_response")
    if doc.has("r_indicator"):
        doc.paragraph("feedback-silence")
        doc.table("tbl_silence")
    late = "feedback-late-differ" if doc.value("late_differ") > 0 else "feedback-late-alike"
    doc.paragraph("feedback-weighting", _bounds(doc), when(_some_silent(doc), "feedback-bounds-wide"), late)
    doc.table("tbl_bounds")
    doc.paragraph("feedback-next-wave-text")
    doc.table("tbl_next_wave")


def tables(doc: Doc) -> None:
    """The annex tables on response."""
    if doc.has("tbl_response_groups"):
        doc.heading("feedback-tables-title")
        doc.table("tbl_response_groups")
        doc.table("tbl_effort")


def technical(doc: Doc) -> None:
    """The technical note on response, weights and bounds."""
    if doc.has("tbl_response"):
        doc.paragraph("feedback-technical")
