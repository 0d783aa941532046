"""What a failed call of Quarto means: its own words without the stack trace, the cause, and advice that fits it."""

from __future__ import annotations

import re

_MOST = 8
_MARK = re.compile(r"^(ERROR\b|error\b|FATAL|fatal|hint\b|.*\[typst\].*rror|Error running filter|pandoc: )")
_STACK = re.compile(r"^\s*(at |Stack trace:|stack traceback:|\[C\]: in )")
_CAUSES = (
    ("memory", r"(?i)out of memory|\bkilled\b"),
    ("typst", r"(?i)failed to spawn '[^']*typst|install the typst cli|typst: command not found"),
    ("include", r"(?i)no such file|not found|does not exist|could not find"),
    ("document", r"(?m)^error: |Typst compilation failed"),
)
"""Causes by what Quarto, Deno, Pandoc, Lua and Typst say; the first that fits."""
_BY_SIGNAL = (134, 137, 139)
_ADVICE = {
    "install": "Install Quarto 1.9 or newer, or use the embedded engine, which needs nothing: ENGINE=embedded.",
    "memory": "Something killed Quarto, mostly for want of memory: free some and run the same command again, or use "
    "ENGINE=embedded, which needs less.",
    "time": "Run the same command again when the machine is less busy, or use ENGINE=embedded, which is faster.",
    "typst": "Quarto's own Typst is missing: install Quarto anew (its archive carries Typst) and unset QUARTO_TYPST; or "
    "use ENGINE=embedded.",
    "include": "Quarto missed a file: the folder named above is written anew by the same command. If it fails again, "
    "Quarto's installation is incomplete; ENGINE=embedded needs none.",
    "document": "The message is about the file report.typ in the folder named above. Run ENGINE=embedded: where it fails "
    "too, the text is at fault, else this Quarto.",
    "other": "`quarto render report.qmd` in the folder named above repeats it. ENGINE=embedded makes the report meanwhile.",
}


def explain(said: str, status: int) -> tuple[list[str], str]:
    """Quarto's own error lines, and the cause as a key of the advice.

    Args:
        said: Everything Quarto printed.
        status: Its exit status.

    Returns:
        The lines that begin with ERROR, or with a mark of Typst or Pandoc, each with what belongs to it, without
        stack trace; the last lines where there is none.
    """
    found: list[str] = []
    inside = False
    for line in said.splitlines():
        if _STACK.match(line) or not line.strip():
            inside = False
        elif _MARK.match(line):
            inside = True
        if inside:
            found.append(line.rstrip())
    lines = list(dict.fromkeys(found))[:_MOST]
    if not lines:
        plain = [line.rstrip() for line in said.splitlines() if line.strip() and not _STACK.match(line)]
        lines = plain[-_MOST:]
    if status in _BY_SIGNAL:
        return lines, "memory"
    text = "\n".join(lines)
    return lines, next((cause for cause, pattern in _CAUSES if re.search(pattern, text)), "other")


def advice(cause: str) -> str:
    """What to do next."""
    return _ADVICE[cause]
