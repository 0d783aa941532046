"""The rules of cleaning in words: why rows were set aside, read in a corrected form, or kept without a value."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.languages.message import Text, literal, msg
from pipeline.study.rules import RULES

READ_AS = (
    "place_spelling", "nisn_written_otherwise", "nip_written_otherwise", "activity_written_otherwise",
    "batch_written_otherwise", "name_written_otherwise", "index_differs_from_sum", "value_missing", "title_row", "blank_row",
    "fewer_rows", "fewer_units", "part_of_period",
)  # fmt: skip
"""Rules with words of their own; the others are said as the fault that they are."""
LEFT_OUT = "value_left_out_"


def rule_words(rules: Iterable[str]) -> dict[str, Text]:
    """Each rule in words; a rule that nobody has worded stands as it is called."""
    return {rule: _words(rule) for rule in rules}


def _words(rule: str) -> Text:
    if rule.startswith(LEFT_OUT):
        return msg("rules-value-left-out", why=_words(rule.removeprefix(LEFT_OUT)))
    if rule in READ_AS:
        return msg(f"rules-{rule.replace('_', '-')}")
    return msg(f"fault-{rule.replace('_', '-')}") if rule in RULES else literal(rule)


def outcome_of(outcome: str, rule: str) -> str:
    """What became of rows: a value that is missing or left out is not corrected."""
    return "incomplete" if outcome == "corrected" and rule.startswith("value_") else outcome
