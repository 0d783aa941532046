"""The pre-analysis plan: the study's primary choices, frozen with a date and a hash before the effect is seen.

`studies/<name>/plan.json` keeps every freezing in order; later ones are revisions and need a reason. A report made
later shows each revision and every difference between the last plan and the study as it stands.

Each freezing's hash covers its date, its choices, the hash of the raw data that lay there, and the hash of the freezing
before: one that is edited, left out or put in between breaks every later one. What this proves: the file as it stands was
not changed in parts. What it cannot prove alone: that it was not written anew as a whole, on another day. For that the
last hash must have been left with somebody else on that day (a commit pushed to a server, a registry of trials, a letter);
`make plan` prints it for the purpose, and with it a reader can check the date and that the data of that day are the data
at hand (`data_state`).
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from pipeline.content import IGNORED, digest, files_below, hash_of
from pipeline.errors import StudyError
from pipeline.methods.effects.judgement.limits import thresholds_from
from pipeline.study import ROOT, Outcome, PanelSpec, Study, plan_path

_WORDS_ONLY = {"label", "phrase", "scale"}
"""Keys that change no estimate and no verdict: words, and what a standard deviation is worth in them."""


@dataclass(frozen=True)
class Frozen:
    """One freezing.

    Attributes:
        date: ISO date.
        reason: Why the plan was revised; empty for the first.
        data_until: Newest year whose raw data lay in the study's folder on that day; None where there were none.
        choices: Flat mapping of keys such as "outcomes.literacy.smallest_effect" to plain values.
        digest: SHA-256 over all of this and over the freezing before.
        data: SHA-256 over names and bytes of those raw files; None in plans of before this was kept.
        before: Digest of the freezing before; empty for the first.
    """

    date: str
    reason: str
    data_until: int | None
    choices: dict[str, Any]
    digest: str
    data: str | None = None
    before: str = ""


@dataclass(frozen=True)
class Change:
    """A choice that differs: between two plans (`date`, `reason`) or between the last plan and the study now."""

    key: str
    planned: str
    now: str
    date: str = ""
    reason: str = ""


def _newer(panel: PanelSpec) -> set[str]:
    """Keys that plans of earlier versions did not have, where they say nothing: no plan shall differ for them."""
    silent = {"dose": None, "stratum": None, "switches": "refuse", "treated_from": None}
    return {key for key, word in silent.items() if getattr(panel, key) == word}


def _left_out(outcome: Outcome) -> set[str]:
    """Keys of an outcome that a plan does not hold: words, and a newer key where it says nothing."""
    return _WORDS_ONLY | {"name", "smallest_effect_unit"} | (set() if outcome.denominator else {"denominator"})


def primary_choices(study: Study) -> dict[str, Any]:
    """What decides the estimates and the verdicts, as a flat mapping; wordings and the files' layout are not in it."""
    outcomes = {o.name: o.model_dump(exclude=_left_out(o)) for o in study.outcomes}
    limits = {o.name: thresholds_from(study.verdict, o.smallest_effect, o.smallest_effect_unit) for o in study.outcomes}
    thresholds = {name: one.model_dump() for name, one in limits.items()}
    samples = [sample.model_dump(exclude={"label"}) for sample in study.specifications.samples]
    content: dict[str, Any] = {
        "seed": study.seed,
        "first_period": study.first_period,
        "assigned_at": study.program.assigned_at,
        "covariates": study.covariates,
        "outcomes": outcomes,
        "inference": study.inference.model_dump(),
        "verdict": thresholds,
        "specifications": {**study.specifications.model_dump(exclude={"samples"}), "samples": samples},
        "tolerances": {name: source.tolerances for name, source in study.sources.items()},
        "panel": study.panel.model_dump(exclude=_newer(study.panel)) if study.panel else None,
    }
    if study.program.timing == "random":
        content["timing"] = "random"
    if study.dose is not None:
        content["dose"] = study.dose.model_dump(exclude={"label", "step_label"})
    return dict(_flat("", json.loads(json.dumps(content))))


def freeze(study: Study, today: dt.date, root: Path = ROOT, reason: str = "") -> Frozen:
    """Freeze the study's choices as they stand and write the plan.

    Raises:
        StudyError: A plan exists and no reason for a revision is given, or nothing has changed since.
    """
    plans = read_plan(study, root)
    shown = f"studies/{study.name}/plan.json"
    choices = primary_choices(study)
    if plans and plans[-1].choices == choices:
        raise StudyError("Nothing has changed since the plan was frozen.", where=f"{shown}, {plans[-1].date}")
    if plans and not reason.strip():
        raise StudyError(
            f"A plan was frozen on {plans[-1].date}; changing it is a revision.",
            where=shown,
            expected="a reason, which every later report prints",
            todo='Say why: make plan REASON="…"',
        )
    years = study.available_periods(root)
    until = years[-1] if years else None
    kept = reason.strip() if plans else ""
    if plans and plans[-1].date > today.isoformat():
        raise StudyError(
            f"The last plan is of {plans[-1].date}, which is after today ({today.isoformat()}).",
            where=shown,
            expected="freezings in the order of their dates",
            todo="Set the computer's clock.",
        )
    before = plans[-1].digest if plans else ""
    bare = Frozen(today.isoformat(), kept, until, choices, "", data_hash(study, until, root), before)
    frozen = replace(bare, digest=plan_digest(bare))
    text = json.dumps([vars(plan) for plan in (*plans, frozen)], ensure_ascii=False, indent=1, sort_keys=True)
    path = plan_path(study, root)
    partial = path.with_name(".plan.json")
    partial.write_text(text + "\n", encoding="utf-8")
    partial.replace(path)
    return frozen


def read_plan(study: Study, root: Path = ROOT) -> list[Frozen]:
    """The freezings in order; empty where no plan was made.

    Raises:
        StudyError: The file is not a plan, or was edited after freezing.
    """
    path, shown = plan_path(study, root), f"studies/{study.name}/plan.json"
    if not path.is_file():
        return []
    try:
        plans = [Frozen(**entry) for entry in json.loads(path.read_text(encoding="utf-8"))]
    except (ValueError, TypeError):
        raise StudyError(
            "The pre-analysis plan cannot be read.", where=shown, todo="Take the file back from version control."
        ) from None
    for earlier, plan in zip([None, *plans], plans, strict=False):
        chained = plan.data is not None or plan.before
        in_order = earlier is None or earlier.date <= plan.date
        follows = not chained or plan.before == (earlier.digest if earlier else "")
        if plan.digest != plan_digest(plan) or not follows or not in_order:
            raise StudyError(
                f"The pre-analysis plan of {plan.date} was edited after it was frozen.",
                where=shown,
                expected=f"content with the hash {plan.digest[:16]}…",
                todo='Take the file back from version control; a change of plan is a revision: make plan REASON="…"',
            )
    return plans


def changes(study: Study, plans: list[Frozen]) -> list[Change]:
    """Revisions between plans with their date and reason, then deviations of the study from its last plan."""
    found: list[Change] = []
    for earlier, later in itertools.pairwise(plans):
        found += _differences(earlier.choices, later.choices, later.date, later.reason)
    return [*found, *_differences(plans[-1].choices, primary_choices(study))] if plans else []


def _differences(planned: dict[str, Any], now: dict[str, Any], date: str = "", reason: str = "") -> list[Change]:
    keys = [key for key in sorted(planned.keys() | now.keys()) if planned.get(key) != now.get(key)]
    return [Change(key, _shown(planned, key), _shown(now, key), date, reason) for key in keys]


def _shown(choices: dict[str, Any], key: str) -> str:
    value = choices.get(key)
    return "–" if value is None else str(value)


def _flat(prefix: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _flat(f"{prefix}.{key}" if prefix else str(key), inner)
    elif isinstance(value, list):
        yield prefix, ", ".join(json.dumps(v, sort_keys=True) if isinstance(v, dict) else str(v) for v in value)
    else:
        yield prefix, None if value == {} else value


def data_hash(study: Study, until: int | None, root: Path = ROOT) -> str:
    """SHA-256 over names and bytes of the raw files of all years up to `until`."""
    years = [year for year in study.available_periods(root) if until is not None and year <= until]
    folder = study.raw_root(root)
    paths = [path for year in years for path in files_below(folder / str(year))]
    return _hash_of_files({path.relative_to(folder).as_posix(): hash_of(path) for path in paths})


def data_state(plan: Frozen, raw: Mapping[str, str], edition: int) -> Literal["same", "changed", "unknown"]:
    """Whether the raw files that lay there when the plan was frozen had the same names and bytes when an edition read them.

    Args:
        plan: The freezing.
        raw: SHA-256 of the raw files that the edition read, by path below the study's folder of raw data.
        edition: Its year: where the plan was frozen with data of later years, which it does not read, nothing is known.
    """
    until = plan.data_until
    if plan.data is None or not raw or (until is not None and until > edition):
        return "unknown"
    counted = {name: hash for name, hash in raw.items() if not any(p.startswith(IGNORED) for p in name.split("/"))}
    held = {name: hash for name, hash in counted.items() if until is not None and int(name.split("/")[0]) <= until}
    return "same" if _hash_of_files(held) == plan.data else "changed"


def _hash_of_files(hashes: Mapping[str, str | None]) -> str:
    return digest(json.dumps(sorted(hashes.items())))


def plan_digest(plan: Frozen) -> str:
    """The hash that a freezing must carry: over all its fields but the hash itself."""
    covered: list[Any] = [plan.date, plan.reason, plan.data_until, plan.choices]
    if plan.data is not None or plan.before:  # plans of before the chain keep their hash
        covered += [plan.data, plan.before]
    return digest(json.dumps(covered, ensure_ascii=False, sort_keys=True))
