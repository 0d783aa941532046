"""What an audit finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Something that gives persons or units away: what, and the places that do."""

    what: str
    places: tuple[str, ...]
