"""What the first page must say though it is not comfortable, what is not known, and what would change the judgement.

The least comfortable facts are the first two that hold of the list in `docs/page-one.md`, in the order of `UNCOMFORTABLE`.

A judgement changes with the reason that limits it (`CHANGES`), and with an interval that reaches or leaves zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pipeline.chapters.discussion import links
from pipeline.chapters.lines import Line, lines_of
from pipeline.chapters.outcomes import IMPROVED, exposure, moved_before, moved_by_others, thresholds
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
        "one_treated", "one_comparison", "too_few_draws", "few_could_vary", "few_comparison",
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
    facts = (fact for told in UNCOMFORTABLE.values() for fact in told(doc))
    return [fact for _, fact in zip(range(most), facts, strict=False)]


def few(labels: list[Text]) -> list[Text]:
    """The first labels of a list, and that there are more: the page is one sheet."""
    return [*labels[:FEW], *([msg("summary-more")] if len(labels) > FEW else [])]


def _judged(name: str, *codes: str) -> Callable[[Doc], Iterator[Part]]:
    """The fact that indicators have one of these verdicts, though the data could have told."""

    def told(doc: Doc) -> Iterator[Part]:
        lines = lines_of(doc.study, doc.prose.results)
        found = [line.label for line in lines if line.code in codes and not line.underpowered]
        if found:
            yield msg(f"summary-fact-{name}", labels=few(found), count=len(found))

    return told


def _apart(doc: Doc) -> Iterator[Part]:
    """Main outcomes that improved, on which the groups stood far apart before."""
    large = thresholds(doc).baseline_large
    far = [o for o in doc.primary("baseline") if abs(doc.value(f"baseline_{o.name}")) > large]
    labels = [doc.about(o, "summary-fact-apart-one") for o in far if doc.verdict_code(o.name) in IMPROVED]
    if labels and doc.has("tbl_balance"):
        yield msg("summary-fact-apart", labels=few([*labels]))


def _groups(doc: Doc) -> Iterator[Part]:
    """Improvements that rest on fewer units than clusters are called few."""
    least = thresholds(doc).few_clusters
    labels: list[Text] = []
    for line in lines_of(doc.study, doc.prose.results):
        n = None if line.shown is None or line.code not in IMPROVED else line.shown.n
        if n is not None and n < least:
            name = line.measure or f"att_{line.outcome}"
            labels.append(msg("summary-fact-groups-one", label=line.label, number=name))
    if labels and doc.has("fig_summary"):
        yield msg("summary-fact-groups", labels=few(labels))


def _unlinked(doc: Doc) -> Iterator[Part]:
    if links(doc) in ("discussion-links-none", "discussion-links-against"):
        yield "summary-fact-unlinked"


def _fragile(doc: Doc) -> Iterator[Part]:
    """The finding on an outcome that is held back most, with those that are held back by the same."""
    lines = lines_of(doc.study, doc.prose.results)
    fragile = [line for line in lines if line.outcome and line.code in IMPROVED and line.limiting != "nothing"]
    if fragile:
        first = min(fragile, key=lambda line: int(line.security or 0))
        same = [line.label for line in fragile if line.limiting == first.limiting]
        yield msg("summary-fact-fragile", labels=few(same), reason=REASONS[str(first.limiting)])


def _where(fact: str, holds: Callable[[Doc], bool]) -> Callable[[Doc], Iterator[Part]]:
    """A fact of one sentence."""

    def told(doc: Doc) -> Iterator[Part]:
        if holds(doc):
            yield f"summary-fact-{fact}"

    return told


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


UNCOMFORTABLE: Mapping[str, Callable[[Doc], Iterator[Part]]] = {
    "harm": _judged("harm", "decline", "weak_decline"),
    "silent": _judged("silent", "not_credible", "not_assessable"),
    "null": _judged("null", "none"),
    "newest": _newest,
    "doubted": _doubted,
    "apart": _apart,
    "groups": _groups,
    "unlinked": _unlinked,
    "unheard": _where("unheard", lambda doc: _below(doc, "response_rate", MOST_HEARD)),
    "fear": _where("fear", lambda doc: doc.has("hidden_share") and doc.code("frankness") == "fear"),
    "fragile": _fragile,
    "open": _judged("open", "none_yet"),
    "unreached": _where("unreached", lambda doc: _below(doc, "share_min_jp", 50) and doc.has("tbl_delivery_years")),
    "dear": _dear,
    "not_drawn": _where("not-drawn", lambda doc: doc.study.program.timing == "chosen"),
    "unseen": _where("unseen", lambda _: True),
}
"""The least comfortable facts in their order: the answers of the page, what they and the column of security do not tell, what
the column tells, and the rest. `docs/page-one.md` has the same list."""
