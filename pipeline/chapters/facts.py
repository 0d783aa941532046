"""What the first page must say though it is not comfortable, what is not known, and what would change the judgement.

The least comfortable facts are the first two of this list that hold:

| fact | holds where |
| --- | --- |
| `harm` | an indicator moved the way that is not wanted (decline, weak_decline) |
| `silent` | of an indicator nothing can be said (not_credible, not_assessable) |
| `null` | of an indicator no improvement is shown (none), though the data could have told; others are "not known" |
| `newest` | cohorts differ in an outcome that improved overall, and the newest's interval includes zero in one at least |
| `doubted` | other estimators mostly give another verdict on an outcome that improved, or before entry it moved |
| `unlinked` | changes of the steps of the theory of change do not go together within units |
| `fragile` | a finding on an outcome is limited by a reason (steps of security below five) |
| `open` | an indicator is not measured |
| `unheard` | fewer than `MOST_HEARD` of those invited to the survey answered |
| `fear` | more hide their answer when asked directly than when protected |
| `unreached` | fewer than half reached the yearly minimum of training |
| `dear` | an hour of one activity costs `DEAR` times or more that of another |
| `not_drawn` | who took part was not drawn by lot (`program.timing: chosen`) |
| `unseen` | always: what happens once support ends was not observed |

A judgement changes with the reason that limits it (`CHANGES`), and with an interval that reaches or leaves zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.chapters.discussion import links
from pipeline.chapters.lines import Line, lines_of
from pipeline.chapters.outcomes import IMPROVED, exposure, moved_before, moved_by_others
from pipeline.chapters.reasons import NO_CAP, REASONS
from pipeline.chapters.words import ACTIVITIES
from pipeline.languages.message import Text, msg
from pipeline.report.doc import Doc, Part

DEAR = 5
"""Times the cheapest activity's cost of an hour, from which on the dearest is a fact of the first page; the words say it."""
MOST_HEARD = 60
"""Per cent of those invited; below, silence is a fact of the first page."""
CHANGES = {
    "trend": (
        "pretrend_untested", "pretrend_rejected", "pretrend_uninformative", "trend_could_explain", "breakdown_below_one",
        "detrended_includes_zero", "earlier_base_unconfirmed", "earlier_base_disagrees", "pretrend_diverges",
    ),
    "few": (
        "few_clusters", "too_few_clusters", "few_treated", "pooled_variance", "wild_not_confirmed", "wild_borderline",
        "one_treated", "one_comparison", "too_few_draws", "few_comparison",
    ),
    "precision": (
        "band_includes_zero", "interval_includes_zero", "family_not_confirmed", "no_estimate",
        "mde_exceeds_smallest_effect", "smallest_effect_not_ruled_out",
    ),
    "comparison": (
        "baseline_unadjusted", "baseline_unexplained", "baseline_disagrees", "adjusted_disagrees", "spillover_seen",
        "one_part_carries",
    ),
    "placebo": ("placebo_date_moves", "placebo_outcome_moves"),
    "missing": ("attrition_could_explain",),
    "examined": ("not_examined",),
}  # fmt: skip
"""What would raise a judgement: by the reason that limits it."""
FEW = 3
"""Labels that a sentence of the page names."""


def uncomfortable(doc: Doc, most: int = 2) -> list[Part]:
    """The least comfortable facts, each a sentence."""
    return [fact for _, fact in zip(range(most), _facts(doc), strict=False)]


def _facts(doc: Doc) -> Iterator[Part]:
    lines = list(lines_of(doc.study, doc.prose.results))
    for name, codes in (
        ("harm", ("decline", "weak_decline")),
        ("silent", ("not_credible", "not_assessable")),
        ("null", ("none",)),
    ):
        found = [line.label for line in lines if line.code in codes and not line.underpowered]
        if found:
            yield msg(f"summary-fact-{name}", labels=few(found), count=len(found))
    yield from _newest(doc)
    yield from _doubted(doc)
    if links(doc) in ("discussion-links-none", "discussion-links-against"):
        yield "summary-fact-unlinked"
    fragile = [line for line in lines if line.outcome and line.code in IMPROVED and line.limiting != "nothing"]
    if fragile:
        first = min(fragile, key=lambda line: int(line.security or 0))
        same = [line.label for line in fragile if line.limiting == first.limiting]
        yield msg("summary-fact-fragile", labels=few(same), reason=REASONS[str(first.limiting)])
    unmeasured = [line.label for line in lines if line.code == "none_yet"]
    if unmeasured:
        yield msg("summary-fact-open", labels=few(unmeasured), count=len(unmeasured))
    if _below(doc, "response_rate", MOST_HEARD):
        yield "summary-fact-unheard"
    if doc.has("hidden_share") and doc.code("frankness") == "fear":
        yield "summary-fact-fear"
    if _below(doc, "share_min_jp", 50) and doc.has("tbl_delivery_years"):
        yield "summary-fact-unreached"
    yield from _dear(doc)
    if doc.study.program.timing == "chosen":
        yield "summary-fact-not-drawn"
    yield "summary-fact-unseen"


def few(labels: list[Text]) -> list[Text]:
    """The first labels of a list, and that there are more: the page is one sheet."""
    return [*labels[:FEW], *([msg("summary-more")] if len(labels) > FEW else [])]


def _below(doc: Doc, name: str, limit: float) -> bool:
    return doc.has(name) and doc.value(name) < limit


def _newest(doc: Doc) -> Iterator[Part]:
    """Where cohorts differ in an outcome that improved overall: every such outcome whose newest interval includes zero.

    All of them, and not those alone in which the difference was found: with the same interval each would read as an effect.
    """
    numbers = doc.prose.results.numbers
    known = [
        (outcome, numbers[f"att_newest_{outcome.name}"])
        for outcome in doc.outcomes
        if doc.has(f"att_newest_{outcome.name}") and doc.verdict_code(outcome.name) in IMPROVED
    ]
    alpha = 1 - doc.study.inference.level
    without = [
        o for o, found in known if found.low is not None and found.high is not None and found.low <= 0 <= found.high
    ]
    if without and any(doc.p_value(f"cohorts_differ_{o.name}") < alpha for o, _ in known):
        labels = [doc.about(o, "summary-fact-newest-one") for o in without]
        others = "yes" if len(without) < len(known) else "no"
        less = [doc.about(o, "summary-fact-exposure-one") for o in gained_less(doc) if o in without]
        yield [
            msg("summary-fact-newest", labels=[*labels], others=others, less="yes" if less else "no"),
            msg("summary-fact-exposure", labels=[*less]) if less else None,
        ]


def _doubted(doc: Doc) -> Iterator[Part]:
    """What the security of an improvement does not tell: each main outcome that other choices or a placebo speak against."""
    said: list[Part] = []
    for outcome in doc.primary():
        if doc.verdict_code(outcome.name) not in IMPROVED:
            continue
        against = [
            doc.about(outcome, "summary-fact-doubted-others") if moved_by_others(doc, outcome.name) else None,
            doc.about(outcome, "summary-fact-doubted-before") if moved_before(doc, outcome.name) else None,
        ]
        if any(against):
            said.append([doc.about(outcome, "summary-fact-doubted"), *against])
    if said:
        yield said


def gained_less(doc: Doc) -> list[Any]:
    """Outcomes that improved overall, on which the newest cohort gained less than earlier ones had in the same time."""
    improved = (outcome for outcome in doc.outcomes if doc.verdict_code(outcome.name) in IMPROVED)
    return [outcome for outcome in improved if exposure(doc, outcome) == "less"]


def _dear(doc: Doc) -> Iterator[Part]:
    """The dearest and the cheapest activity by the hour, where they are far apart."""
    table = doc.prose.results.tables.get("tbl_delivery_costs")
    costs = {row["activity"]: row["per_hour"] for row in table.rows} if table else {}
    known = sorted((cost, str(kind)) for kind, cost in costs.items() if isinstance(cost, float) and cost > 0)
    if known and known[-1][0] >= DEAR * known[0][0]:
        yield msg("summary-fact-dear", dear=ACTIVITIES[known[-1][1]], cheap=ACTIVITIES[known[0][1]])


def unknown(doc: Doc) -> list[Part]:
    """What this edition leaves open: what could not be told, what is only described, and what nobody has seen."""
    lines = list(lines_of(doc.study, doc.prose.results))
    undecided = [line.label for line in lines if line.underpowered]
    described = [
        msg("summary-described-one", label=line.label, number=line.measure) if line.shown is not None else line.label
        for line in lines
        if line.code == "descriptive"
    ]
    return [
        *([msg("summary-unknown-undecided", labels=few(undecided))] if undecided else []),
        *([msg("summary-unknown-described", labels=few(described))] if described else []),
        "summary-unknown-always",
    ]


def limits(doc: Doc, line: Line) -> list[str]:
    """Kinds of what holds a finding back: of every reason that caps it, and the precision of what could not be told."""
    codes = doc.prose.results.texts
    ends = [f"{part}_{line.outcome}" if line.outcome else f"{line.measure}_{part}" for part in ("reasons", "caps")]
    reasons, caps = (codes.get(name, "").split() for name in ends)
    capped = {reason for reason, cap in zip(reasons, caps, strict=False) if cap != NO_CAP} | {line.limiting}
    return [
        kind for kind, known in CHANGES.items() if capped & set(known) or (kind == "precision" and line.underpowered)
    ]


def doubts(doc: Doc, action: str) -> Part:
    """Where and by what the doubts of a programme that goes on under observation can be answered."""
    if action != "observe":
        return None
    primary = [
        line for line in lines_of(doc.study, doc.prose.results) if line.outcome in {o.name for o in doc.primary()}
    ]
    only_trends = all(limits(doc, line) == ["trend"] for line in primary if line.limiting != "nothing")
    return "advice-doubts-trend" if primary and only_trends else "advice-doubts-next"


def would_change(doc: Doc) -> list[Part]:
    """What result of the next edition would change the judgement on the outcomes."""
    lines = [line for line in lines_of(doc.study, doc.prose.results) if line.outcome]
    following = str(doc.edition + 1)
    said: list[Part] = []
    if any(line.code in IMPROVED for line in lines):
        said.append(msg("summary-change-down", next=following))
    said += [msg(f"summary-change-{kind}") for kind in CHANGES if any(line.limiting in CHANGES[kind] for line in lines)]
    if any(line.code in ("decline", "weak_decline") for line in lines):
        said.append(msg("summary-change-harm", next=following))
    return said or [msg("summary-change-any", next=following)]


def cost_by_effect(doc: Doc) -> Part:
    """What a tenth of a standard deviation costs, for each main outcome that it is known for."""
    known = [outcome for outcome in doc.outcomes if doc.has(f"cost_tenth_{outcome.name}")]
    each = [doc.say(doc.about(outcome, "summary-cost-of")) for outcome in known]
    return msg("summary-cost-tenth", costs=each) if each else None
