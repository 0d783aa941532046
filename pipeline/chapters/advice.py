"""What is advised: one rule from a verdict's code, asked by the first page, the closing table and the recommendations.

| verdict | action |
| --- | --- |
| strong | `extend` |
| moderate | `observe` |
| weak; none where the data could not have told | `strengthen` |
| none | `review` |
| weak_decline, decline | `halt` |
| not_credible; descriptive where no indicator of the aim is judged | `compare` |
| not_assessable | `gather` |
| none_yet | `measure` |
| descriptive beside an indicator that is judged | none of its own |
| mixed (the joint verdict alone) | `select` |

Recommendation 1 is of the programme as a whole, by the joint verdict of the primary outcomes; it is that of every indicator
with the same action too. Each other action of the closing table is a recommendation of its own, in the order of `ORDER`.
After them come those that rest on something else than a verdict (`further`); an indicator that is only described is part
of the one that quotes its number (`QUOTED`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.chapters.lines import Line
from pipeline.languages.message import Text, msg
from pipeline.ledger.entries import Results
from pipeline.methods.effects import headline
from pipeline.report.doc import Doc
from pipeline.study import Study

ACTIONS = {
    "strong": "extend",
    "moderate": "observe",
    "weak": "strengthen",
    "none": "review",
    "weak_decline": "halt",
    "decline": "halt",
    "not_credible": "compare",
    "descriptive": "compare",
    "not_assessable": "gather",
    "none_yet": "measure",
    "mixed": "select",
}
ORDER = ("halt", "review", "extend", "observe", "strengthen", "compare", "gather", "measure")
OFFICE = ("halt", "review", "extend", "observe")
"""Actions of the office that runs the programme; the others are those of the evaluation team."""
BESIDE = ""
"""No action of its own."""
QUOTED = {"share_min_jp": "hours", "hidden_share": "fear"}
"""Numbers of the ledger that a recommendation of `further` quotes."""


@dataclass(frozen=True)
class Step:
    """One recommendation on single aims: its number in the list, its action, and the lines that it is of."""

    number: int
    action: str
    lines: tuple[Line, ...]

    @property
    def labels(self) -> list[Text]:
        """The indicators' wordings."""
        return [line.label for line in self.lines]


def action_of(code: str, underpowered: bool = False) -> str:
    """What follows from a verdict, or from a joint verdict."""
    return "strengthen" if code == "none" and underpowered else ACTIONS[code]


def of_line(line: Line, lines: Iterable[Line]) -> str:
    """What follows for an indicator; what is only described has no action beside one of its aim that is judged."""
    judged = any(o.name == line.name and o.code not in ("descriptive", "none_yet") for o in lines)
    return BESIDE if line.code == "descriptive" and judged else action_of(line.code, line.underpowered)


def of_programme(primary: Iterable[tuple[str, bool]]) -> str:
    """What follows for the programme from the verdicts on its primary outcomes: code, and whether data were too weak."""
    judged = list(primary)
    return action_of(headline([code for code, _ in judged]), all(weak for code, weak in judged if code == "none"))


def of_report(doc: Doc) -> str:
    """What the report's joint verdict advises of the programme."""
    judged = [
        (doc.verdict_code(o.name), doc.code(f"underpowered_{o.name}")) for o in doc.outcomes if o.role == "primary"
    ]
    return action_of(doc.verdict_code("headline"), all(weak == "yes" for code, weak in judged if code == "none"))


def steps(lines: Sequence[Line], programme: str) -> list[Step]:
    """The recommendations on single aims, in the order in which they are numbered.

    Args:
        lines: Those of the closing table.
        programme: The action of recommendation 1.
    """
    held = {action: tuple(line for line in lines if of_line(line, lines) == action) for action in ORDER}
    present = sorted((action for action in ORDER if held[action]), key=lambda action: action != programme)
    first = 1 if programme in present else 2
    return [Step(number, action, held[action]) for number, action in enumerate(present, first)]


def further(study: Study, known: Results, found: Sequence[Step]) -> dict[str, int]:
    """The recommendations that follow those of verdicts, in order, each with its number in the list.

    "survey" is named "fear" where it asks that what people fear to answer go on being asked under protection.

    Args:
        study: The study.
        known: What the steps before recorded, as it may be shown.
        found: The recommendations on single aims.
    """

    def there(table: str) -> bool:
        return table in known.tables and bool(known.tables[table].rows)

    hours = known.numbers.get("share_min_jp")
    covered = {line.outcome for step in found if step.action == "strengthen" for line in step.lines}
    weak = (known.texts.get(f"underpowered_{o.name}") == "yes" for o in study.outcomes if o.name not in covered)
    fear = "hidden_share" in known.numbers and known.texts.get("frankness") == "fear"
    holds = {
        "lot": study.program.timing == "chosen",
        "hours": hours is not None and hours.value < 100 and there("tbl_delivery_years"),
        "power": any(weak),
        "files": True,
        "fear" if fear else "survey": there("tbl_next_wave"),
    }
    first = max((step.number for step in found), default=1) + 1
    return {name: number for number, name in enumerate((name for name, held in holds.items() if held), first)}


def in_table(line: Line, lines: Sequence[Line], found: Iterable[Step], others: Mapping[str, int]) -> Text:
    """What the closing table says of an indicator: the action, and the number of the recommendation that it is part of.

    Args:
        line: The indicator.
        lines: All of them.
        found: The recommendations on single aims.
        others: Those of `further`.
    """
    action = of_line(line, lines)
    if action == BESIDE:
        action = QUOTED.get(line.measure, BESIDE)
        if action not in others:
            return msg("advice-beside")
        return msg("advice-in-table", advice=msg(f"advice-{action}"), number=others[action])
    number = next(step.number for step in found if step.action == action)
    return msg("advice-in-table", advice=msg(f"advice-{action}"), number=number)
