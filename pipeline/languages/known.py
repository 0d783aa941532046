"""The languages that a report can be written in, and a study's own words in them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DEFAULT = "id"
"""The language of a report where none is asked for, and of a study's words where it has none in the one asked for."""
ABROAD = "en"
"""The language of what strangers read, such as a replication package."""


def languages() -> list[str]:
    """The languages that the report can be written in: the folders with catalogues."""
    with os.scandir(HERE) as found:
        folders = tuple((entry.name, entry.stat().st_mtime_ns) for entry in found if entry.is_dir())
    return list(_with_catalogues(folders))


def asked_for() -> tuple[str, ...]:
    """The languages of the run, which EVALUATION_LANGUAGES names, such as "id,en"; all where it is not set."""
    return tuple(lang for lang in os.environ.get("EVALUATION_LANGUAGES", "").split(",") if lang) or tuple(languages())


@lru_cache(maxsize=4)
def _with_catalogues(folders: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
    """Those of the folders, each with the time of its last change, that hold catalogues."""
    return tuple(sorted(name for name, _ in folders if any((HERE / name).glob("*.ftl"))))


def own_words(words: Any, lang: str) -> str:
    """A study's own words in a language; where the study has none in it, the default one, then whichever come first."""
    words = words if isinstance(words, Mapping) else words.model_dump()
    return str(words.get(lang) or words.get(DEFAULT) or next(iter(words.values())))
