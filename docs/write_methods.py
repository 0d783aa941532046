"""Write the register of estimators in docs/methods.md from what each estimator says of itself."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.methods.effects.estimators import METHODS

PAGE = Path(__file__).with_name("methods.md")
HEAD = "| estimator | source | where ours deviates | held by |\n| --- | --- | --- | --- |\n"


def table() -> str:
    """The rows of the section on effects."""
    rows = [
        f"| `{m.code}` | {m.source} | {m.deviates} | {', '.join(f'`{test}`' for test in m.held_by)} |"
        for m in METHODS.values()
    ]
    return HEAD + "\n".join(rows) + "\n"


def page() -> str:
    """The page as it should stand."""
    return re.sub(re.escape(HEAD) + r"(?:\|.*\n)*", lambda _: table(), PAGE.read_text(encoding="utf-8"), count=1)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
