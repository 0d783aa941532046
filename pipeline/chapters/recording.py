"""Recording topics in a notebook, and the parts that they have in the report, as they are registered in `pipeline.topics`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.chapters import style
from pipeline.chapters.auxiliary import auxiliary
from pipeline.ledger.entries import Ledger
from pipeline.notebook import Edition
from pipeline.report.shown import Shown
from pipeline.topics import Topic, module_of, of_notebook, topics

PARTS = ("results", "robust", "tables", "technical")
"""Parts of the report that a topic may have."""
REST = "rest"
"""Id of the cell that calls `record_rest`. The cell that records a topic is called like the topic, with hyphens."""


def cell_of(topic: str) -> str:
    """Id of the cell that records a topic."""
    return topic.replace("_", "-")


def record(name: str, ledger: Ledger, context: Edition, *, cell: str = "") -> Shown:
    """Record one topic by its registration; a notebook shows what it is given back: the topic's exhibits.

    Args:
        name: The topic's.
        ledger: Ledger of the notebook that it is registered with.
        context: The edition: its study, tables, effects, verdicts.
        cell: Id of the cell, where it is not the topic's own; the entries name it as their origin.
    """
    before = set(ledger.names())
    ledger.cell, ledger.topic = cell or cell_of(name), name
    brand = context.study.report.brand
    style.dress(brand.colour if brand else "")
    topic = next(topic for topic in topics(context.study.name, context.root) if topic.name == name)

    def call() -> None:
        if all(context.has(table) for table in topic.needs):
            module_of(topic, context.study.name, context.root).record(ledger, context)

    ledger.recorded.append(name)
    with context.reads.of(name):
        if topic.auxiliary:
            auxiliary(ledger, name, call, optional=topic.optional)
        else:
            call()
    new = [name for name in ledger.names() if name not in before]
    return Shown(ledger, new, context.languages[0], context.study.period_kind)


def record_rest(ledger: Ledger, context: Edition) -> Shown:
    """Record the topics of the ledger's notebook that have no cell of their own there."""
    found = of_notebook(ledger.notebook, context.study.name, context.root)
    shown = [record(topic.name, ledger, context, cell=REST) for topic in found if topic.name not in ledger.recorded]
    names = [name for one in shown for name in one.names]
    return Shown(ledger, names, context.languages[0], context.study.period_kind)


def parts(part: str, place: str, study: str, root: Path) -> Iterator[tuple[Topic, Any]]:
    """The topics that have this part of the report, in order, each with the function that writes it to a `Doc`.

    Args:
        part: "results", "tables", "robust" or "technical".
        place: Of results, the chapter.
        study, root: Whose own topics stand among the common ones.
    """
    for topic in topics(study, root):
        write = getattr(module_of(topic, study, root), part, None)
        if write is not None and (part != "results" or topic.place == place):
            yield topic, write


def first_part(topic: Topic, study: str, root: Path) -> str:
    """The part in which a topic is told first: where it is missing, that is where it says so."""
    module = module_of(topic, study, root)
    return next((part for part in PARTS if hasattr(module, part)), "")
