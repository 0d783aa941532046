"""Draw docs/pictures/architecture.svg from the imports: `.venv/bin/python -m docs.draw_architecture`.

A box is a part of `pipeline`, an arrow an import (thin where few modules do it). Floors are the longest ways to the ground,
so that every arrow points down.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import grimp
import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

PICTURE = Path(__file__).parent / "pictures" / "architecture.svg"
GROUND = ("errors", "periods", "private", "pseudonym", "spreadsheets", "conda", "workers")
"""Small modules that anybody may use; they are left out of the picture."""
WORDS = {
    "methods": "frames to results", "chapters": "what is asked, recorded, said", "ledger": "entries and the gate",
    "languages": "every word", "report": "one document, three files", "run": "steps, kernels, publication",
    "sources": "office files", "clean": "tidy tables", "study": "one study as data", "audit": "attacks what is published",
    "notebook": "what a cell has at hand", "demo": "invented data", "validation": "methods held to known numbers",
    "questionnaire": "the survey's forms", "plan": "choices frozen before", "published": "what is kept of an edition",
    "compare": "editions held together", "__main__": "the verbs",
    "package": "made again by strangers", "fleet": "many studies, one page",
}  # fmt: skip


def imports() -> Counter[tuple[str, str]]:
    """How many modules of one part import something of another."""
    graph = grimp.build_graph("pipeline", cache_dir=None)
    found: Counter[tuple[str, str]] = Counter()
    for module in sorted(graph.modules):
        own = _part(module)
        for other in {_part(name) for name in graph.find_modules_directly_imported_by(module)}:
            if own != other and own and other:
                found[own, other] += 1
    return found


def _part(module: str) -> str:
    parts = module.split(".")
    if parts[:2] == ["pipeline", "run"]:
        # What a step read, and how steps are found, is ground that notebooks and the audit stand on.
        low = parts[2:3] in (["trace"], ["content"], ["keys"], ["steps"], ["places"], ["closure"])
        return "run (what was read)" if low else "run"
    return parts[1] if len(parts) > 1 and parts[1] not in GROUND else ""


def floors(arrows: Counter[tuple[str, str]]) -> dict[str, int]:
    """Each part's floor: one above the highest that it imports.

    Raises:
        ValueError: Two parts import each other.
    """
    parts = {part for pair in arrows for part in pair}
    found: dict[str, int] = {}
    while len(found) < len(parts):
        ready = [p for p in parts - found.keys() if all(b in found for a, b in arrows if a == p)]
        if not ready:
            raise ValueError(f"imports go round among {', '.join(sorted(parts - found.keys()))}")
        for part in ready:
            found[part] = 1 + max((found[b] for a, b in arrows if a == part), default=-1)
    return found


def draw(arrows: Counter[tuple[str, str]]) -> Figure:
    """The picture, for a page 17 cm wide."""
    level = floors(arrows)
    rows: dict[int, list[str]] = {}
    for part in sorted(level):
        rows.setdefault(level[part], []).append(part)
    figure = Figure(figsize=(9, 1.05 * len(rows) + 0.3))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, 10)
    axes.set_ylim(-0.7, len(rows) - 0.3)
    place = {part: ((k + 0.5) * 10 / len(row), y) for y, row in rows.items() for k, part in enumerate(row)}
    for (a, b), count in sorted(arrows.items()):
        style = {"arrowstyle": "-|>", "color": "#9aa5b1", "lw": 0.5 + min(count, 40) / 20, "shrinkA": 14, "shrinkB": 14}
        axes.annotate("", place[b], place[a], arrowprops=style, zorder=1)
    for part, (x, y) in place.items():
        axes.add_patch(
            FancyBboxPatch(
                (x - 0.98, y - 0.22), 1.96, 0.44, boxstyle="round,pad=0.02", fc="white", ec="#1f4e79", zorder=2
            )
        )
        axes.text(x, y + 0.07, part, ha="center", va="center", fontsize=9, weight="bold", color="#1f4e79", zorder=3)
        axes.text(x, y - 0.11, WORDS.get(part, "hashes, keys, steps"), ha="center", va="center", fontsize=6.5, zorder=3)
    return figure


def main() -> None:
    """Write the picture; the same imports give the same bytes."""
    PICTURE.parent.mkdir(exist_ok=True)
    with mpl.rc_context({"svg.hashsalt": "architecture", "svg.fonttype": "none", "font.family": "sans-serif"}):
        draw(imports()).savefig(PICTURE, metadata={"Date": None})


if __name__ == "__main__":
    main()
