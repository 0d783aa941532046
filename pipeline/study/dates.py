"""The day that an edition's document bears: never one before the last revision of the study's plan.

A report says by which choices its numbers were judged, so that it cannot be older than these choices. Where no day is given
and the plan was revised after the edition's year, the document bears the day of that revision: an older edition that is
made again by later choices is no document of its own year.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from pipeline.errors import StudyError
from pipeline.study import ROOT, Study, plan_path


def planned_day(study: Study, root: Path = ROOT) -> dt.date | None:
    """The day of the plan's last revision; None without a plan. Whether the plan is sound, `pipeline.plan` says."""
    path = plan_path(study, root)
    if not path.is_file():
        return None
    try:
        return max(
            (dt.date.fromisoformat(entry["date"]) for entry in json.loads(path.read_text("utf-8"))), default=None
        )
    except (ValueError, TypeError, KeyError):
        return None


def said_day(study: Study, edition: int, root: Path = ROOT) -> dt.date | None:
    """The day that the study gives an edition, or that its plan leaves; None where neither says one.

    Raises:
        StudyError: The day that is given lies before the last revision of the plan.
    """
    given, planned = study.report.dates.get(edition), planned_day(study, root)
    if given and planned and given < planned:
        raise StudyError(
            f"The report would bear the date {given}, but its choices were last revised on {planned}.",
            where=f"studies/{study.name}/study.yml, key report.dates, edition {edition}",
            expected=f"a day on or after {planned}",
            todo="Give the edition the day on which it is signed, or leave the day out.",
            code="dated-before-plan",
        )
    return given or (planned if planned and planned > dt.date(edition, 12, 31) else None)


def document_day(study: Study, edition: int, root: Path = ROOT) -> dt.date:
    """The day that an edition's document bears: `said_day`, else the last of the edition's year."""
    return said_day(study, edition, root) or dt.date(edition, 12, 31)
