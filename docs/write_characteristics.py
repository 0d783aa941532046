"""The tables of docs/error-rates.md on the verdict's error rates, written from what was measured.

.venv/bin/python -m docs.write_characteristics
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from pipeline.methods.effects.judgement.error_rates import content, kept
from pipeline.validation.characteristics import against_bounds
from pipeline.validation.judged import GIVEN_UP

PAGE = Path(__file__).with_name("error-rates.md")
BEGIN, END = "<!-- error rates: begin -->", "<!-- error rates: end -->"
EVENTS = ("increase", "firm", "strong", "harm", "not_credible", "not_assessable", "none")


def tables() -> str:
    """Bounds with what was measured, every verdict by world, and the frontier, as Markdown."""
    table = kept()
    bounds = against_bounds(table)
    parts = [_summary(bounds), _bounds(bounds), _verdicts(table), _frontier(pd.DataFrame(content()["frontier"]))]
    return "\n\n".join(parts)


def _summary(bounds: pd.DataFrame) -> str:
    near = int((~bounds["holds"] & ~bounds["fails"]).sum())
    broken, given_up = (int((bounds["fails"] & mask).sum()) for mask in (~bounds["given_up"], bounds["given_up"]))
    reasons = [f"- `{shape}`, {world}, {event}: {why}." for (shape, world, event), why in GIVEN_UP.items()]
    told = (
        f"Of {len(bounds)} bounds the measured share keeps {bounds['holds'].sum()}; in {near} it lies on the other side by "
        f'no more than two Monte Carlo errors ("within error"); {broken} are not held, and {given_up} given up on purpose:'
    )
    return "\n".join([told, "", *reasons])


def _bounds(bounds: pd.DataFrame) -> str:
    lines = ["| shape | world | verdict | bound | measured | Monte Carlo error | panels | |", "|" + " --- |" * 8]
    for row in bounds.to_dict("records"):
        broken = "given up" if row["given_up"] else "**NOT held**"
        said = "held" if row["holds"] else broken if row["fails"] else "within error"
        sense = {"<=": "at most", ">=": "at least"}[row["sense"]]
        lines.append(
            f"| {row['shape']} | {row['world']} | {row['event']} | {sense} {_percent(row['bound'])} "
            f"| {_percent(row['share'])} | {_percent(row['error'])} | {row['n']} | {said} |"
        )
    return "\n".join(lines)


def _verdicts(table: pd.DataFrame) -> str:
    lines = ["| shape | world | " + " | ".join(EVENTS) + " |", "|" + " --- |" * (2 + len(EVENTS))]
    for row in table.to_dict("records"):
        shares = " | ".join(_percent(row[event]) for event in EVENTS)
        lines.append(f"| {row['shape']} | {row['world']} | {shares} |")
    return "\n".join(lines)


def _frontier(along: pd.DataFrame) -> str:
    values = [name for name in along if name not in ("shape", "world", "n")]
    head = " | ".join(f"`divergence_share` {value}" for value in values)
    lines = [f"| shape | world | {head} |", "|" + " --- |" * (2 + len(values))]
    for row in along.to_dict("records"):
        lines.append(f"| {row['shape']} | {row['world']} | " + " | ".join(_percent(row[v]) for v in values) + " |")
    return "\n".join(lines)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def page(text: str) -> str:
    """The page with its tables written anew."""
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n\n{tables()}\n\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
