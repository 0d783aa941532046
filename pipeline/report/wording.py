"""The report's fixed words outside its chapters, from the catalogue `report.ftl`."""

from __future__ import annotations

from pipeline.languages.catalogue import catalogue, say
from pipeline.ledger.results import FigureEntry

VERDICTS = ("strong", "moderate", "weak", "none", "weak_decline", "decline", "not_credible", "not_assessable")
"""Graded judgements by the code that the verdict rules chose."""
HEADLINES = (*VERDICTS, "mixed")
"""Judgements over several primary outcomes."""


def label(key: str, lang: str) -> str:
    """A fixed word of the report in the language `lang`."""
    return say(f"report-{key}", lang)


def labels(lang: str) -> dict[str, str]:
    """All fixed words of the report by key, for the templates of the page."""
    words = catalogue(lang)
    return {
        name.removeprefix("report-"): words.say(name) for name in sorted(words.names()) if name.startswith("report-")
    }


def verdict_phrase(code: str, lang: str, *, better: str = "higher") -> str:
    """The judgement in words; for an outcome where lower is better the wanted change is a decrease.

    `better` is "higher", "lower", or "either" for several outcomes of both kinds.

    Raises:
        RenderError: The code is none of `HEADLINES`, nor "none_underpowered" (none, where the data could not have told).
    """
    return say(f"verdict-phrase-{code.replace('_', '-')}-{better}", lang)


def alternative(figure: FigureEntry, lang: str) -> str:
    """A figure in words: the message that stands above it, then what is drawn."""
    message = figure.messages.get(lang, "")
    ended = message if not message or message.endswith((".", "!", "?")) else f"{message}."
    return " ".join(f"{ended} {say(figure.alt, lang)}".split())
