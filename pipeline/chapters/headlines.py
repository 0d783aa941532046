"""Headline effects of two editions as tables print them: their names, their values, and the way from one to the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from pipeline.chapters.reasons import VERDICTS, worded
from pipeline.languages.message import Digits, Text, literal, msg
from pipeline.ledger.entries import Column, Ledger
from pipeline.published import split
from pipeline.published.headline import Effect, Headline
from pipeline.published.record import Record
from pipeline.published.split import Part, State, parts
from pipeline.study import Study


def record_split(ledger: Ledger, study: Study, then: Record, now: Record, way: list[State]) -> None:
    """The ways from the earlier edition's numbers to the later's, by effect and by state; nothing where no effect has one."""
    for state in way:
        if state.lost:
            ledger.text(f"since_lost_{state.changed}", state.lost)
    named = labels(study, then.headline, now.headline)
    if not named:
        return
    told = {name: parts(then.headline, way, name) for name in named}
    _parts(ledger, then, now, named, told)
    _states(ledger, then, named, told)


def _change(part: Part) -> Text:
    decimals = part.after.decimals if part.after else 3
    return literal("–" if part.change is None else Digits(part.change, decimals, signed=True))


def _verdict(effect: Effect | None) -> str | None:
    return worded(effect.verdict, effect.underpowered) if effect else None


def _parts(
    ledger: Ledger, then: Record, now: Record, named: Mapping[str, Text], told: Mapping[str, list[Part]]
) -> None:
    """A row an effect: what it was, what each part of the way added, what it is."""
    texts: dict[str, Text] = {"joined": literal("→")}
    rows = []
    for name in named:
        row = {"effect": name, "then": f"{name}_then", "now": f"{name}_now"}
        for side, held in (("then", then.headline), ("now", now.headline)):
            texts[row[side]] = shown(held.effects.get(name), interval=False)
        for part in told[name]:
            row |= dict.fromkeys(part.changed, "joined") | {part.changed[-1]: f"{name}_{part.changed[-1]}"}
            texts[row[part.changed[-1]]] = _change(part)
        rows.append(row)
    heads = {"then": msg("since-then", edition=str(then.edition))}
    heads |= {one: msg(f"compare-part-{one}") for one in split.PARTS}
    heads |= {"now": msg("since-now", edition=str(now.edition))}
    ledger.table(
        "tbl_since_parts",
        pd.DataFrame(rows),
        [
            Column("effect", msg("common-effect"), "code", codes=named),
            *(Column(key, head, "code", codes=texts) for key, head in heads.items()),
        ],
        caption=msg("tbl-since-parts"),
        notes=msg("tbl-since-parts.notes"),
    )


def _states(ledger: Ledger, then: Record, named: Mapping[str, Text], told: Mapping[str, list[Part]]) -> None:
    """A row a state of each effect, with interval and verdict."""
    texts: dict[str, Text] = {
        "start": literal("–"),
        "published": msg("compare-as-published", edition=str(then.edition)),
    }
    rows: list[dict[str, Any]] = []
    for name in named:
        first = then.headline.effects.get(name)
        texts[f"{name}_0"] = shown(first)
        start = {"effect": name, "part": "published", "change": "start", "after": f"{name}_0"}
        rows.append(start | {"verdict": _verdict(first)})
        for order, part in enumerate(told[name], 1):
            key = "_".join(part.changed)
            words = [msg(f"compare-part-{one}") for one in part.changed]
            texts[key] = words[0] if len(words) == 1 else msg("compare-together", parts=words)
            texts[f"{name}_{order}"] = shown(part.after)
            texts[f"{name}_change_{order}"] = _change(part)
            row = {"effect": name, "part": key, "change": f"{name}_change_{order}", "after": f"{name}_{order}"}
            rows.append(row | {"verdict": _verdict(part.after)})
    frame = pd.DataFrame(rows)
    ledger.table(
        "tbl_since_split",
        frame,
        [
            Column("effect", msg("common-effect"), "code", codes=named),
            Column("part", msg("compare-part"), "code", codes=texts),
            Column("change", msg("compare-change"), "code", codes=texts),
            Column("after", msg("compare-after"), "code", codes=texts),
            Column("verdict", msg("common-verdict"), "code", codes=coded(VERDICTS, frame["verdict"])),
        ],
        caption=msg("tbl-since-split"),
        notes=msg("tbl-since-split.notes"),
    )


def labels(study: Study, *held: Headline) -> dict[str, Text]:
    """Names of the effects that a report tells: those of outcomes, then those that an aim is read from."""
    named: dict[str, Text] = {f"att_{o.name}": o.label.model_dump() for o in study.outcomes}
    for aim in study.aims:
        for indicator in aim.indicators:
            if indicator.number is not None:
                named.setdefault(indicator.number, indicator.label.model_dump())
    return {name: label for name, label in named.items() if any(name in one.effects for one in held)}


def shown(effect: Effect | None, *, interval: bool = True) -> Text:
    """An effect, with its interval where asked for, as text."""
    if effect is None:
        return literal("–")
    if effect.value is None:
        return msg("theory-withheld")
    value = Digits(effect.value, effect.decimals, unit=effect.unit)
    if not interval or effect.low is None or effect.high is None:
        return literal(value)
    low, high = (Digits(bound, effect.decimals) for bound in (effect.low, effect.high))
    return msg("theory-result-interval", value=value, low=low, high=high)


def coded(codes: Mapping[str, Text], found: Iterable[str | None]) -> dict[str, Text]:
    """The wordings of codes; one that this version does not know any more stands for itself."""
    return {code: codes.get(code, literal(code)) for code in found if code}
