"""The topics: each is registered once, is recorded where it says, and has the one signature."""

from __future__ import annotations

import inspect
import json
import re
from importlib import import_module

import pytest

from pipeline.chapters.outline import OUTLINE
from pipeline.errors import StudyError
from pipeline.languages.catalogue import Catalogue
from pipeline.languages.known import languages
from pipeline.run.places import NOTEBOOKS
from pipeline.run.steps import code_of
from pipeline.study import ROOT
from pipeline.topics import TOPICS, topics

CHAPTERS = ROOT / "pipeline" / "chapters"
PARTS = ("results", "tables", "robust", "technical")


def test_every_chapter_that_records_is_a_topic_and_has_the_one_signature() -> None:
    modules = {path.stem: import_module(f"pipeline.chapters.{path.stem}") for path in CHAPTERS.glob("[a-z]*.py")}
    recording = {name for name, module in modules.items() if hasattr(module, "record") and name != "recording"}
    assert recording == {topic.name for topic in TOPICS}
    assert {tuple(inspect.signature(modules[name].record).parameters) for name in recording} == {("ledger", "context")}


def test_nothing_else_records() -> None:
    """Notebooks call the registry, not chapters."""
    for path in NOTEBOOKS.glob("*.ipynb"):
        cells = ["".join(cell["source"]) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]]
        assert not re.search(r"\brecord_(?!rest)\w+|\.record\(", "\n".join(cells)), path.name


@pytest.mark.parametrize("notebook", sorted({topic.notebook for topic in TOPICS}))
def test_a_notebook_records_its_topics_in_cells_of_their_own_and_then_the_rest(notebook: str) -> None:
    cells = json.loads((NOTEBOOKS / f"{notebook}.ipynb").read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells]
    recorded = re.findall(r'^record\("(\w+)", ledger, this\)$', "\n".join(sources), re.MULTILINE)
    assert len(recorded) == len(set(recorded)) > 0
    assert set(recorded) <= {topic.name for topic in TOPICS if topic.notebook == notebook}
    assert sources.index("record_rest(ledger, this)") > max(
        sources.index(s) for s in sources if s.startswith("record(")
    )
    asked = [sources[i - 1] for i, source in enumerate(sources) if source.startswith("record(")]
    assert all(text.startswith("## ") for text in asked), "each cell is preceded by what is asked"


def test_every_part_of_every_topic_stands_in_the_report() -> None:
    named = [part for listed in OUTLINE.values() for part in listed]
    placed = {part for part in named if isinstance(part, str)}
    assert placed == set(PARTS)
    assert {topic.place for topic in TOPICS} <= {chapter for chapter, listed in OUTLINE.items() if "results" in listed}
    silent = [
        t.name for t in TOPICS if not any(hasattr(import_module(f"pipeline.chapters.{t.name}"), p) for p in PARTS)
    ]
    assert silent == ["data", "check", "theory", "aims"], "told by chapters of their own"


def test_auxiliary_topics_have_words_for_where_they_are_missing() -> None:
    for lang in languages():
        words = Catalogue(lang)
        missing = [t.name for t in TOPICS if t.auxiliary and not words.has(f"auxiliary-{t.name}.needs")]
        assert missing == []


def test_a_step_stands_on_the_code_of_its_topics_and_the_report_on_that_of_all() -> None:
    aims = code_of(NOTEBOOKS / "06_aims.ipynb", "mine", ROOT)
    assert "import pipeline.chapters.service" in aims
    assert "pipeline.chapters.dose" not in aims
    report = code_of(NOTEBOOKS / "08_report.ipynb", "mine", ROOT)
    assert all(f"import pipeline.chapters.{topic.name}" in report for topic in TOPICS)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("size", 'TOPIC = Topic("other", "06_aims")'),
        ("service", 'TOPIC = Topic("service", "06_aims")'),
        ("size", 'TOPIC = Topic("size", "06_aims", after="nowhere")'),
        ("size", "TOPIC = 3"),
        ("size", "1 / 0"),
    ],
)
def test_a_study_s_own_topic_that_cannot_take_its_place_is_refused(tmp_path, name: str, text: str) -> None:
    folder = tmp_path / "studies" / "mine" / "chapters"
    folder.mkdir(parents=True)
    body = f"from pipeline.topics import Topic\n{text}\n\ndef record(ledger, context): pass\n"
    (folder / f"{name}.py").write_text(body, encoding="utf-8")
    with pytest.raises(StudyError, match=rf"{name}\.py"):
        topics("mine", tmp_path)


def test_a_study_s_own_topic_follows_the_one_that_it_names(tmp_path) -> None:
    folder = tmp_path / "studies" / "mine" / "chapters"
    folder.mkdir(parents=True)
    head = 'from pipeline.topics import Topic\nTOPIC = Topic("size", "06_aims", after="dose")\n'
    body = head + "def record(ledger, context): pass\n"
    (folder / "size.py").write_text(body, encoding="utf-8")
    names = [topic.name for topic in topics("mine", tmp_path)]
    assert names[names.index("dose") + 1] == "size"
    assert [topic.name for topic in topics("other", tmp_path)] == [topic.name for topic in TOPICS]
