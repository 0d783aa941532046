"""What the pages of docs/ name exists, and the picture of the architecture is that of the code."""

from __future__ import annotations

import re

import matplotlib as mpl
import pytest

from docs import draw_architecture
from pipeline.study import ROOT

PAGES = ["README.md", "CONTRIBUTING.md", *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")))]


@pytest.mark.parametrize("page", PAGES)
def test_every_link_inside_leads_somewhere(page: str) -> None:
    path = ROOT / page
    links = re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8"))
    inside = [link for link in links if "://" not in link]
    assert [link for link in inside if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/words.md"])
def test_every_file_that_a_page_names_exists(page: str) -> None:
    named = re.findall(r"`((?:pipeline|notebooks|tests|docs|studies)/[\w./-]*[\w/])`", (ROOT / page).read_text("utf-8"))
    own = ("studies/mine/",)  # the reader's own
    assert [name for name in named if not (ROOT / name).exists() and not name.startswith(own)] == []


def test_the_picture_is_drawn_from_the_imports(tmp_path, monkeypatch) -> None:
    drawn = draw_architecture.PICTURE.read_bytes()
    monkeypatch.setattr(draw_architecture, "PICTURE", tmp_path / "new.svg")
    with mpl.rc_context(mpl.rcParamsDefault):
        draw_architecture.main()
    assert (tmp_path / "new.svg").read_bytes() == drawn, ".venv/bin/python -m docs.draw_architecture draws it anew"


def test_no_arrow_goes_round() -> None:
    arrows = draw_architecture.imports()
    level = draw_architecture.floors(arrows)
    assert all(level[a] > level[b] for a, b in arrows)
    with pytest.raises(ValueError, match="go round"):
        draw_architecture.floors(arrows + type(arrows)({("languages", "chapters"): 1}))
