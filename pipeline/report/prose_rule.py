"""A rule of the prose: Markdown alone, and no picture from outside the report.

Raw HTML, Typst or WordprocessingML would be missing from the other formats, and could read any file or call the network
while the report is made or read. `crossref.py` refuses whatever Pandoc takes for such code; here the catalogues are looked
through before, since only they have a file and a line that a person can open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.errors import RenderError

_LITERAL = re.compile(r'\{\s*"((?:[^"\\\n]|\\.)*)"\s*\}')  # text that a message writes as { "text" }
_PLACEABLE = re.compile(r'\{(?:[^{}"]|"(?:[^"\\\n]|\\.)*")*\}')
_BLANKED = (
    r"(?<!`)(`+)(?!`)[^\n]+?(?<!`)\1(?!`)(?!\{=)",  # code to be shown
    r"\$\$[^\n]*?\$\$|\$[^$\s](?:[^$\n]*[^$\s])?\$(?!\d)",  # mathematics
)
_FORBIDDEN = {
    "raw HTML": r"(?<!\\)<(?!https?://|mailto:|[^\s<>]+@[^\s<>]+>)(?:!--|[?/]?[A-Za-z])[^>\n]*",
    "code of one format": r"`\{=[\w-]+\}|^(?:```+|~~~+) *\{=[\w-]+\}",
    "a picture from outside the report": r"!\[[^\]]*\]\(\s*<?(?:[/\\]|[A-Za-z][\w+.-]*:|(?:[^)\s]*/)?\.\./)[^)\n]*",
}


def check_prose(files: Iterable[Path]) -> None:
    """Look catalogues through.

    Raises:
        RenderError: Names each place by file and line.
    """
    found = [place for path in files for place in _faults(path)]
    if found:
        raise RenderError(
            "The prose holds what a report may not hold.",
            where="\n".join(found[:20]),
            expected="Markdown; pictures are the chapters' own figures",
            todo="Say it in Markdown, or show code between backticks.",
        )


def _faults(path: Path) -> Iterator[str]:
    # A comment is not said; a placeable's value is the ledger's; what stands between quotation marks is said.
    text = re.sub(r"(?m)^#.*", "", path.read_text(encoding="utf-8"))
    text = _PLACEABLE.sub(_value, _LITERAL.sub(lambda match: _unescaped(match[1]), text))
    for pattern in _BLANKED:
        text = re.sub(pattern, lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    for number, line in enumerate(text.splitlines(), 1):
        for kind, pattern in _FORBIDDEN.items():
            match = re.search(pattern, line)
            if match:
                yield f"{_shown(path)}, line {number}: {kind}: {match[0][:80]}"


def _value(match: re.Match[str]) -> str:
    return match[0] if match[0].startswith("{=") else re.sub(r"[^\n]", " ", match[0])


def _unescaped(text: str) -> str:
    """What a quoted text of Fluent stands for."""
    text = re.sub(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{6})", lambda m: chr(int(m[1] or m[2], 16)), text)
    return re.sub(r"\\(.)", r"\1", text)


def _shown(path: Path) -> str:
    parts = path.parts
    for top in ("studies", "pipeline"):
        if top in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(top) :])
    return str(path)
