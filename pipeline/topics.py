"""The topics of the analysis: the one list that says what is recorded, by which notebook, and in which order it is told.

A topic is a module of `pipeline.chapters` of the same name. It has `record(ledger, context)`, which asks the methods and
hands numbers, tables and figures to the ledger; and the parts it has in the report: `results` in a chapter, `tables`,
`robust` and `technical` in the annexes. Notebooks, report and tests follow this list.

A study's own topics lie in `studies/<name>/chapters/<topic>.py`, each with its registration as `TOPIC`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from pipeline.errors import StudyError


@dataclass(frozen=True)
class Topic:
    """A registration.

    Attributes:
        name: The module's.
        notebook: The notebook that records it.
        needs: Tidy tables without which there is nothing to record.
        auxiliary: Whether the report stands without it: where it fails, its place says why. The cleaning, the main estimate
            and what restates them are not.
        optional: Whether a study may do without what it is about: where nothing is recorded, there is nothing to note.
        place: Chapter of the report in which its `results` stand.
        after: Of a study's own topic: the topic that it follows; without one it follows all.
    """

    name: str
    notebook: str
    needs: tuple[str, ...] = ()
    auxiliary: bool = False
    optional: bool = False
    place: str = "results"
    after: str = ""


TOPICS = (
    Topic("data", "01_clean"),
    Topic("check", "01_clean"),
    Topic("theory", "02_programme"),
    Topic("programme", "02_programme"),
    Topic("delivery", "02_programme", needs=("training", "staff"), auxiliary=True, optional=True),
    Topic("effects", "03_effects"),
    Topic("switching", "03_effects", auxiliary=True, optional=True),
    Topic("replication", "03_effects", auxiliary=True, optional=True),
    Topic("group_time", "03_effects"),
    Topic("doses", "03_dose"),
    Topic("robustness", "04_robustness"),
    Topic("plan", "07_verdict"),
    Topic("estimators", "04_robustness", auxiliary=True),
    Topic("shape", "04_robustness", auxiliary=True, optional=True),
    Topic("timing", "04_robustness", auxiliary=True, optional=True),
    Topic("inference", "04_robustness", auxiliary=True),
    Topic("sensitivity", "04_sensitivity", auxiliary=True),
    Topic("attrition", "04_robustness", auxiliary=True),
    Topic("multiplicity", "04_robustness", auxiliary=True),
    Topic("heterogeneity", "04_robustness", auxiliary=True),
    Topic("dose", "04_robustness", auxiliary=True),
    Topic("mechanism", "04_robustness", auxiliary=True),
    Topic("power", "04_robustness", auxiliary=True),
    Topic("specification", "04_specification", auxiliary=True),
    Topic("verdicts", "07_verdict"),
    Topic("whatif", "07_verdict", auxiliary=True),
    Topic("professionalism", "06_aims", needs=("ip_asn",), auxiliary=True, optional=True),
    Topic("motivation", "06_aims", needs=("answers", "batches"), auxiliary=True, optional=True),
    Topic("service", "06_aims", needs=("skm",), auxiliary=True, optional=True),
    Topic("feedback", "05_feedback", needs=("invited", "answers", "batches"), auxiliary=True, optional=True),
    Topic("frankness", "05_feedback", needs=("answers",), auxiliary=True, optional=True),
    Topic("aims", "07_verdict"),
    Topic("summary", "07_verdict", place="summary"),
    Topic("criteria", "07_verdict", place="discussion"),
    Topic("validation", "07_verdict", auxiliary=True, optional=True),
    Topic("since", "07_verdict", auxiliary=True, place="since"),
    Topic("reviewed", "07_verdict", auxiliary=True, optional=True, place="since"),
)


def topics(study: str = "", root: Path | None = None) -> tuple[Topic, ...]:
    """All topics in order, with the study's own where a study is named.

    Raises:
        StudyError: A study's own topic cannot be read, or follows one that there is not.
    """
    found = list(TOPICS)
    for path in own_chapters(study, root):
        topic = _own(path).TOPIC
        names = [other.name for other in found]
        if topic.name != path.stem or topic.name in names or (topic.after and topic.after not in names):
            raise StudyError(
                f"The topic {topic.name!r} cannot take its place among the topics.",
                where=path.name,
                expected="a name of its own, that of its file, and `after` (if given) one of " + ", ".join(names),
            )
        found.insert(names.index(topic.after) + 1 if topic.after else len(found), topic)
    return tuple(found)


def own_chapters(study: str, root: Path | None) -> list[Path]:
    """Files of a study's own topics, by name."""
    return sorted((root / "studies" / study / "chapters").glob("*.py")) if study and root is not None else []


def of_notebook(notebook: str, study: str = "", root: Path | None = None) -> list[Topic]:
    """The topics that a notebook records, in order."""
    return [topic for topic in topics(study, root) if topic.notebook == notebook]


def module_of(topic: Topic, study: str = "", root: Path | None = None) -> ModuleType:
    """The module of a topic, the project's or the study's own."""
    own = _file(topic, study, root)
    return import_module(f"pipeline.chapters.{topic.name}") if own is None else _own(own)


def source_of(topic: Topic, study: str = "", root: Path | None = None) -> str:
    """Python text that names the code of a topic: an import of the project's module, or a study's own module as it stands."""
    own = _file(topic, study, root)
    return f"import pipeline.chapters.{topic.name}" if own is None else own.read_text(encoding="utf-8")


def _file(topic: Topic, study: str, root: Path | None) -> Path | None:
    """The file of a study's own topic; None for one of the project's."""
    return next((path for path in own_chapters(study, root) if path.stem == topic.name), None)


def _own(path: Path) -> ModuleType:
    return _executed(path, path.read_text(encoding="utf-8"))


@lru_cache
def _executed(path: Path, source: str) -> ModuleType:
    """A study's own module. Its file is read as data, so that a run notes it among what it stands on."""
    module = ModuleType(f"own_chapters_{path.stem}")
    module.__file__ = str(path)
    try:
        exec(compile(source, str(path), "exec"), module.__dict__)  # noqa: S102 - the study's own code, as its notebooks are
    except Exception as error:
        raise StudyError(
            f"The study's own chapter cannot be read: {type(error).__name__}: {error}.",
            where=f"chapters/{path.name}",
            todo="Correct the file; CONTRIBUTING.md shows one that works.",
        ) from error
    if not isinstance(getattr(module, "TOPIC", None), Topic) or not callable(getattr(module, "record", None)):
        raise StudyError(
            "The study's own chapter does not say what it is.",
            where=f"chapters/{path.name}",
            expected="TOPIC = Topic(…) and a function record(ledger, context); see CONTRIBUTING.md",
        )
    return module
