"""Ratings by the six criteria of the OECD's Development Assistance Committee, from verdicts and baseline alone.

A criterion for which the study brings no data is `not_assessable`; nothing is filled in from general knowledge. The
report turns the codes into words by `criteria.ftl`.

| criterion | rating |
| --- | --- |
| relevance | partly where in every primary outcome the treated stood lower than the comparison by more than the What Works Clearinghouse lets pass (need steered entry); not_shown otherwise; needs themselves are not measured |
| coherence, efficiency | not_assessable: no register of other programmes, no other way to the same aims to set costs against |
| effectiveness | over all outcomes and effects on other aims judged: not_met if one is a decline, weak or not; met if each is strong or moderate and no declared aim is unmeasured; partly if one is; else not_shown |
| impact | of the primary outcomes' joint verdict: strong met, moderate partly, mixed partly, weak and none not_shown, decline and weak_decline not_met |
| sustainability | partly where the last effect of each primary outcome with strong or moderate evidence still excludes zero on the side wanted, and there is such an outcome; not_assessable where no outcome was seen twice after entry; else not_shown |
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Mapping

from pipeline.chapters.analysis import OutcomeEffects
from pipeline.chapters.lines import code_of
from pipeline.chapters.outcomes import IMPROVED
from pipeline.chapters.theory import indicators_of
from pipeline.languages.message import literal
from pipeline.ledger.entries import Ledger, read_results
from pipeline.methods.effects import Verdict, headline
from pipeline.methods.effects.diagnostics.balance import SMALL
from pipeline.notebook import Edition
from pipeline.report.doc import Doc, Part, when
from pipeline.study import Outcome, Study
from pipeline.study.theory import Indicator

CRITERIA = ("relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability")
SILENT = ("not_credible", "not_assessable")
"""Verdicts that say nothing of the effect."""
RATINGS = ("met", "partly", "not_shown", "not_met", "not_assessable")
SHOWN = ("strong", "moderate")


def record(ledger: Ledger, context: Edition) -> None:
    """One rating a criterion, as the codes `dac_relevance` to `dac_sustainability`."""
    study, effects, verdicts = context.study, context.effects, context.verdicts
    known = read_results(ledger.folder).texts if any(ledger.folder.glob("*.json")) else {}
    others = {i.number: known.get(f"{i.number}_verdict", "none_yet") for i in _effect_indicators(study)}
    for criterion, rating in rate(study, effects, verdicts, others).items():
        ledger.text(f"dac_{criterion}", rating)


def _effect_indicators(study: Study) -> list[Indicator]:
    return [i for aim in study.aims for i in aim.indicators if i.design == "effect"]


def rate(
    study: Study,
    effects: dict[str, OutcomeEffects],
    verdicts: dict[str, Verdict],
    others: Mapping[str | None, str] | None = None,
) -> dict[str, str]:
    """The rating of each criterion by the rules above.

    Args:
        study: The study.
        effects, verdicts: By outcome.
        others: Verdict code by number of the indicators of design `effect`; one not named counts as not measured.
    """
    codes = [(others or {}).get(i.number, "none_yet") for i in _effect_indicators(study)]
    primary = [outcome for outcome in study.outcomes if outcome.role == "primary"]
    judged: list[str] = [verdicts[outcome.name].code for outcome in study.outcomes if outcome.role != "placebo"]
    judged += [code for code in codes if code != "none_yet"]
    complete = "none_yet" not in [*codes, *(i.design for aim in study.aims for i in aim.indicators)]
    return {
        "relevance": _relevance(primary, effects),
        "coherence": "not_assessable",
        "effectiveness": _effectiveness([code for code in judged if code not in SILENT], complete),
        "efficiency": "not_assessable",
        "impact": _impact(headline([verdicts[outcome.name].code for outcome in primary])),
        "sustainability": _sustainability(primary, effects, verdicts),
    }


def _relevance(primary: list[Outcome], effects: dict[str, OutcomeEffects]) -> str:
    gaps = []
    for outcome in primary:
        rows = effects[outcome.name].balance
        row = rows[(rows["variable"] == outcome.name) & rows["cohort"].isna()]
        gaps += [float(gap) * _wanted(outcome) for gap in row["std_diff"].dropna()]
    if not gaps:
        return "not_assessable"
    return "partly" if max(gaps) < -SMALL else "not_shown"


def _effectiveness(codes: list[str], complete: bool) -> str:
    if not codes:
        return "not_assessable"
    if {"decline", "weak_decline"} & set(codes):
        return "not_met"
    shown = [code in SHOWN for code in codes]
    return "met" if all(shown) and complete else "partly" if any(shown) else "not_shown"


def _impact(code: str) -> str:
    known = {"strong": "met", "moderate": "partly", "mixed": "partly", "decline": "not_met", "weak_decline": "not_met"}
    return "not_assessable" if code in SILENT else known.get(code, "not_shown")


def _sustainability(primary: list[Outcome], effects: dict[str, OutcomeEffects], verdicts: dict[str, Verdict]) -> str:
    last = {o.name: effects[o.name].main.event.table.sort_values("event_time").iloc[-1] for o in primary}
    if all(row["event_time"] < 1 for row in last.values()):
        return "not_assessable"
    shown = [outcome for outcome in primary if verdicts[outcome.name].code in SHOWN]
    bound = {o.name: last[o.name]["low"] if o.better == "higher" else -last[o.name]["high"] for o in shown}
    return "partly" if shown and all(low > 0 for low in bound.values()) else "not_shown"


def _wanted(outcome: Outcome) -> int:
    return 1 if outcome.better == "higher" else -1


# --- what the report says ---------------------------------------------------------------------------------------------


def criterion_phrases(doc: Doc, criterion: str) -> list[Part]:
    """What is said of a criterion: by its rating, and by what else holds of the verdicts behind it."""
    if criterion == "efficiency":
        return ["criteria-efficiency-costs" if doc.has("delivery_cost_hour") else "criteria-efficiency-no-costs"]
    code = doc.code(f"dac_{criterion}").replace("_", "-")
    said: list[Part] = [f"criteria-{criterion}-{code}"]
    if criterion == "effectiveness" and code == "partly" and doc.has("tbl_aims"):
        codes = {code_of(indicator, doc.prose.results) for _, indicator, _ in indicators_of(doc.study)}
        others = codes - {*SHOWN, "descriptive", "none_yet"}
        said += [
            when(bool(others), "criteria-effectiveness-others-not-shown"),
            when("none_yet" in codes, "criteria-effectiveness-others-open"),
        ]
    if criterion == "sustainability" and code == "partly":
        said += [doc.about(o, "criteria-sustainability-cohorts") for o in doc.primary() if _last_of_few(doc, o.name)]
    if criterion == "impact" and code in ("met", "partly"):
        improved = all(doc.verdict_code(outcome.name) in IMPROVED for outcome in doc.primary())
        said = [said[0] if improved else f"criteria-impact-{code}-some"]
    return [*said, when(criterion in ("relevance", "impact"), f"criteria-{criterion}-always")]


def _last_of_few(doc: Doc, name: str) -> bool:
    """Whether an effect that is shown rests in its last period on earlier cohorts than the newest."""
    known = all(doc.has(f"{part}_{name}") for part in ("att_last", "growth_cohort", "cohort_newest", "att_newest"))
    return known and doc.verdict_code(name) in SHOWN


def results(doc: Doc) -> None:
    """The section on the six criteria: their ratings with grounds, then each in words."""
    doc.heading("criteria-title")
    doc.paragraph("criteria-opening")
    doc.words_table(
        "tbl_criteria",
        ["criteria-criterion", "criteria-rating", "criteria-ground"],
        [(f"criteria-{c}", f"criteria-{doc.code(f'dac_{c}').replace('_', '-')}", _ground(doc, c)) for c in CRITERIA],
        caption="tbl-criteria",
        notes="tbl-criteria.notes",
    )
    for criterion in CRITERIA:
        doc.paragraph(literal(f"**{doc.say(f'criteria-{criterion}')}.**"), criterion_phrases(doc, criterion))


def _ground(doc: Doc, criterion: str) -> Part:
    if criterion == "sustainability":
        shown = [literal(f"@fig-event-{outcome.id}") for outcome in doc.outcomes if outcome.role == "primary"]
        return [part for figure in shown for part in ("report-and", figure)][1:]
    further = {"effectiveness": ("tbl_aims", "-aims"), "efficiency": ("delivery_cost_hour", "-costs")}
    needed, ending = further.get(criterion, ("", ""))
    return f"criteria-{criterion}.ground{ending if needed and doc.has(needed) else ''}"
