"""A rule of the prose: Markdown alone, and no picture from outside the report.

Raw HTML, Typst or WordprocessingML would be missing from the other formats, and could read any file or call the network
while the report is made or read. `crossref.lua` refuses whatever Pandoc takes for such code; here the templates are looked
through before, since only they have a file and a line that a person can open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.errors import RenderError

_BLANKED = (
    r"\{##.*?##\}|\{%.*?%\}|\{\{.*?\}\}",  # the template's own language
    r"(?m)^(```+|~~~+)(?! *\{=).*?^\1",  # code to be shown
    r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)(?!\{=)",
    r"\$\$.*?\$\$|\$[^$\s](?:[^$\n]*[^$\s])?\$(?!\d)",  # mathematics
)
_FORBIDDEN = {
    "raw HTML": r"(?<!\\)<(?!https?://|mailto:|[^\s<>]+@[^\s<>]+>)(?:!--|[?/]?[A-Za-z])[^>\n]*",
    "code of one format": r"`\{=[\w-]+\}|^(?:```+|~~~+) *\{=[\w-]+\}",
    "a picture from outside the report": r"!\[[^\]]*\]\(\s*<?(?:[/\\]|[A-Za-z][\w+.-]*:|(?:[^)\s]*/)?\.\./)[^)\n]*",
}


def check_prose(files: Iterable[Path]) -> None:
    """Look the templates through.

    Raises:
        RenderError: Names each place by file and line.
    """
    found = [place for path in files for place in _faults(path)]
    if found:
        raise RenderError(
            "The prose holds what a report may not hold.",
            where="\n".join(found[:20]),
            expected="Markdown; pictures by figure(…) or as figures/name.svg",
            todo="Say it in Markdown, or show code between backticks.",
        )


def _faults(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    for pattern in _BLANKED:
        text = re.sub(pattern, lambda match: re.sub(r"[^\n]", " ", match[0]), text, flags=re.DOTALL)
    for number, line in enumerate(text.splitlines(), 1):
        for kind, pattern in _FORBIDDEN.items():
            match = re.search(pattern, line)
            if match:
                yield f"{_shown(path)}, line {number}: {kind}: {match[0][:80]}"


def _shown(path: Path) -> str:
    parts = path.parts
    for top in ("studies", "pipeline"):
        if top in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(top) :])
    return str(path)
