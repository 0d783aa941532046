"""The languages that a report can be written in, and a study's own words in them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DEFAULT = "id"
"""The language of a report where none is asked for, and of a study's words where it has none in the one asked for."""
ABROAD = "en"
"""The language of what strangers read, such as a replication package."""


def languages() -> list[str]:
    """The languages that the report can be written in: the folders with catalogues."""
    return sorted(folder.name for folder in HERE.iterdir() if any(folder.glob("*.ftl")))


def own_words(words: Any, lang: str) -> str:
    """A study's own words in a language; where the study has none in it, the default one, then whichever come first."""
    words = words if isinstance(words, Mapping) else words.model_dump()
    return str(words.get(lang) or words.get(DEFAULT) or next(iter(words.values())))
