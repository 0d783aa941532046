"""What is said of the cells that the gate hides: how many, by which rules, and how often the sign stands in tables."""

from __future__ import annotations

from pipeline.languages.message import msg
from pipeline.ledger.gate import RULES
from pipeline.report.doc import Doc, Part


def withheld(doc: Doc) -> Part:
    """Cells counted and hidden, the rules that hid some, and cells of tables that bear the sign; nothing without counts."""
    if not doc.has("cells_counted"):
        return None
    if doc.value("cells_hidden") == 0:
        return "methods-protection-none"
    rules = [msg(f"methods-protection-{rule}") for rule in RULES if doc.value(f"cells_hidden_{rule}") > 0]
    return [msg("methods-protection-cells", rules=rules), "methods-protection-sign"]
