"""Why a headline number is another than in an earlier edition, by running the edition with one thing changed after another.

From the earlier edition as it was published the way leads over four states to the edition of today: its data and settings
with the code of today; the same with its files as they are today; the later edition with the earlier settings; and with its
own. Each differs from the one before in one thing, so that the differences add up to the whole. Where a state cannot be
run, the difference over it is that of both things together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.compare.analysis import analyse
from pipeline.compare.workspace import Workspace
from pipeline.errors import UserError
from pipeline.languages.message import Text, literal, msg
from pipeline.published.headline import Effect, Headline, headline
from pipeline.report.tables import escape
from pipeline.run.stamp import Request

PARTS = ("code", "revised", "new", "choices")
"""What is changed on the way, in order: code and software; revised data; new data; the study's choices."""


@dataclass(frozen=True)
class State:
    """The headline after a change; None where the state could not be run, with what says why, as Markdown."""

    changed: str
    headline: Headline | None
    why: Text = ""


@dataclass(frozen=True)
class Part:
    """What a change did to an effect.

    Attributes:
        changed: What was changed; several where they cannot be told apart.
        after: The effect after the change; None where there is none.
        change: Its value less that before; None where either has none.
    """

    changed: tuple[str, ...]
    after: Effect | None
    change: float | None


def states(work: Workspace, request: Request, tell: Callable[[str], None]) -> list[State]:
    """Run the four states one after another.

    Args:
        work: Where they are run.
        request: The later edition, with the folder of `work` as its root.
        tell: Called with what is being run.

    Raises:
        UserError: The edition of today cannot be made.
    """
    earlier = request._replace(edition=str(work.then.edition))
    work.settings_of_then()
    absent = work.data_of_then()
    if absent:
        tell(f"1 of {len(PARTS)} is left out: the bytes of then are not at hand: {', '.join(absent)}")
        found = [State("code", None, msg("compare-absent", files=escape(", ".join(absent))))]
    else:
        found = [_run("code", earlier, tell)]
    work.data_of_now()
    found += [_run("revised", earlier, tell), _run("new", request, tell)]
    work.settings_of_now()
    last = _run("choices", request, tell, needed=True)
    return [*found, last]


def parts(then: Headline, found: list[State], name: str) -> list[Part]:
    """The way of one effect from the earlier edition to the later."""
    told: list[Part] = []
    before, waiting = then.effects.get(name), []
    for state in found:
        waiting.append(state.changed)
        if state.headline is None:
            continue
        after = state.headline.effects.get(name)
        values = [None if one is None else one.value for one in (before, after)]
        change = None if values[0] is None or values[1] is None else values[1] - values[0]
        told.append(Part(tuple(waiting), after, change))
        before, waiting = after, []
    return told


def _run(changed: str, request: Request, tell: Callable[[str], None], *, needed: bool = False) -> State:
    what = {
        "code": "its data and settings of then, with the code of today",
        "revised": "its files as they are today",
        "new": "its data, with the earlier settings",
        "choices": "as it is today",
    }[changed]
    tell(f"{PARTS.index(changed) + 1} of {len(PARTS)}: edition {request.edition}, {what}")
    try:
        return State(changed, headline(analyse(request)))
    except UserError as error:
        if needed:
            raise
        tell(f"It cannot be run: {error.what}")
        return State(changed, None, literal(escape(error.what)))
