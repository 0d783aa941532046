"""Why a headline number is another than in an earlier edition: the states of the way between the two, as they were computed.

From the earlier edition as it was published the way leads over its data and settings with the code of today, the same with
its files as they are today, and the later edition with the earlier settings, to the later edition with its own. Each state
differs from the one before in one thing, so that the differences add up to the whole. Where a state cannot be computed, the
difference over it is that of both things together.

`data/published/<study>/<later>-from-<earlier>.json` keeps the states before the last one, which is the later edition itself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.private import FILE_MODE, private_folder
from pipeline.published.headline import Effect, Headline
from pipeline.published.record import last_path

PARTS = ("code", "revised", "new", "choices")
"""What is changed on the way, in order: code and software; revised data; new data; the study's choices."""


@dataclass(frozen=True)
class State:
    """What the headline is after a change.

    Attributes:
        changed: What was changed, one of `PARTS`.
        headline: None where the state could not be computed, or is as it is at the end of the way.
        absent: Files whose bytes of then are not at hand, where that is why it could not be computed.
        error: What stopped it, where something did.
        as_today: Whether nothing that is changed later differs, so that it is the later edition itself.
    """

    changed: str
    headline: Headline | None
    absent: tuple[str, ...] = ()
    error: str = ""
    as_today: bool = False

    @property
    def lost(self) -> str:
        """Why the state could not be computed: "absent", "error", or "" where it could."""
        return "absent" if self.absent else "error" if self.error else ""


@dataclass(frozen=True)
class Split:
    """The states of a way before its last.

    Attributes:
        key: One hash over all that they were computed from.
        then: Hash of the earlier edition's record.
        states: In the order of `PARTS`.
    """

    key: str
    then: str
    states: tuple[State, ...]

    def way(self, now: Headline) -> list[State]:
        """All states, with the later edition as the last."""
        before = [State(one.changed, now) if one.as_today else one for one in self.states]
        return [*before, State(PARTS[-1], now)]


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


def parts(then: Headline, way: list[State], name: str) -> list[Part]:
    """The way of one effect from the earlier edition to the later."""
    told: list[Part] = []
    before, waiting = then.effects.get(name), []
    for state in way:
        waiting.append(state.changed)
        if state.headline is None:
            continue
        after = state.headline.effects.get(name)
        values = [None if one is None else one.value for one in (before, after)]
        change = None if values[0] is None or values[1] is None else values[1] - values[0]
        told.append(Part(tuple(waiting), after, change))
        before, waiting = after, []
    return told


def read_by(study: str, edition: int, root: Path) -> list[Path]:
    """What an edition's report reads of the last one: its record, and the way from it; none where there is no last one."""
    last = last_path(study, edition, root)
    if last is None:
        return []
    way = path_of(study, int(last.stem), edition, root)
    return [last, way] if way.is_file() else [last]


def path_of(study: str, then: int, now: int, root: Path) -> Path:
    """Where the way from one edition to a later one is kept."""
    return root / "data" / "published" / study / f"{now}-from-{then}.json"


def keep(split: Split, path: Path) -> None:
    """Write the states in one piece, closed to others as the records beside them are."""
    states = [
        {**vars(state), "headline": None if state.headline is None else state.headline.to_json()}
        for state in split.states
    ]
    content = {"key": split.key, "then": split.then, "states": states}
    private_folder(path.parent)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    partial.chmod(FILE_MODE)
    partial.replace(path)


def read(path: Path) -> Split | None:
    """The states that are kept there; None where there are none that this version can read."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Split(content["key"], content["then"], tuple(_state(one) for one in content["states"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _state(held: dict[str, Any]) -> State:
    kept = None if held["headline"] is None else Headline.from_json(held["headline"])
    return State(**{**held, "headline": kept, "absent": tuple(held["absent"])})
