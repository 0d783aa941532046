"""The steps of one edition's report: one notebook each, in the order that the notebooks' own metadata give.

A notebook says in its metadata, under `evaluation`, what it stands on:

- `after`: names of the notebooks whose results it reads; "others" for every other notebook of the analysis but those that
  come after it; or "all" for every notebook of the analysis;
- `raw`: true where it reads the raw files (they are hashed before and after it runs);
- `weight`: how long it takes, in cells of usual length; the number of its cells where not given;
- `designs`: kinds of studies that it is part of, "cohorts" (a programme starts) and "dose" (`Study.design`); the first alone
  where not given;
- `each`: "language" where it is executed once a language, with the parameters `lang` and `engine`.

Notebooks lie in `notebooks/` and, a study's own, in `studies/<name>/notebooks/`. What a step really reads is noted while
it runs (`pipeline.run.trace`) and decides when it runs again; `after` decides the order, and a notebook that reads the
result of one that it does not name is stopped.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.content import IGNORED, files_below
from pipeline.errors import StudyError
from pipeline.run.places import NOTEBOOKS, PACKAGE
from pipeline.study import LANGUAGES, Study, edition_folder

Parameters = dict[str, str | int | bool]
INJECTED = "injected-parameters"
"""Tag of the cell with which papermill hands over the parameters."""


@dataclass(frozen=True)
class Target:
    """What is asked for: a study, an edition, languages and an engine; and where things lie."""

    study: Study
    edition: int
    languages: tuple[str, ...]
    engine: str
    root: Path
    blind: bool = False

    @property
    def folder(self) -> str:
        """Name of the edition's folders."""
        return edition_folder(self.edition, self.blind)

    @property
    def build(self) -> Path:
        return self.root / "build" / self.study.name / self.folder

    @property
    def processed(self) -> Path:
        return self.root / "data" / "processed" / self.study.name / self.folder

    @property
    def results(self) -> Path:
        return self.build / "results"

    def draft(self, lang: str) -> Path:
        """Folder where the report of a language is made before it is published."""
        return self.build / f"report-{lang}"

    def published(self, lang: str) -> Path:
        return self.root / "reports" / self.study.name / self.folder / lang


@dataclass(frozen=True)
class Step:
    """One notebook's execution.

    Attributes:
        name: Unique within a run ("03_effects", "08_report-id"); also the executed copy's name.
        notebook: The notebook's file.
        parameters: What papermill hands to it.
        after: Names of the steps whose results it reads.
        raw: Whether it reads the raw files.
        languages: Languages that its figures are drawn in.
    """

    name: str
    notebook: Path
    parameters: Parameters
    after: tuple[str, ...] = ()
    raw: bool = False
    languages: tuple[str, ...] = LANGUAGES


def parse_languages(text: str) -> tuple[str, ...]:
    """Languages named by an option: "id", "en", "id,en" or "all".

    Raises:
        StudyError: Another word.
    """
    languages = LANGUAGES if text == "all" else tuple(part.strip() for part in text.split(",") if part.strip())
    wrong = [lang for lang in languages if lang not in LANGUAGES]
    if wrong or not languages:
        raise StudyError(
            f"There is no report in the language {text!r}.", where="option LANG (--lang)", expected="id, en or all"
        )
    return tuple(dict.fromkeys(languages))


def plan_steps(target: Target) -> list[Step]:
    """The steps in an order in which each comes after those that it reads.

    Raises:
        StudyError: A notebook names one that does not exist, or two wait for each other.
    """
    notebooks = {
        path.stem: (path, declared(path))
        for path in find_notebooks(target.study.name, target.root, target.study.design)
    }
    analysis = [name for name, (_, says) in notebooks.items() if "each" not in says]
    common: Parameters = {"study": target.study.name, "edition": target.edition, "blind": target.blind}
    steps = []
    for name, (path, says) in notebooks.items():
        after = _after(name, notebooks)
        unknown = [other for other in after if other not in analysis or other == name]
        if unknown:
            raise StudyError(
                f"The notebook {name} comes after {unknown[0]!r}, which is not another notebook of the analysis.",
                where=f"{path.name}, metadata, evaluation.after",
                expected="names among " + ", ".join(analysis),
            )
        raw = bool(says.get("raw", False))
        if says.get("each") == "language":
            for lang in target.languages:
                own = common | {"lang": lang, "engine": target.engine}
                steps.append(Step(f"{name}-{lang}", path, own, after, raw, (lang,)))
        else:
            steps.append(Step(name, path, dict(common), after, raw, target.languages))
    return _ordered(steps)


def _after(name: str, notebooks: Mapping[str, tuple[Path, dict[str, Any]]]) -> tuple[str, ...]:
    said = {other: says.get("after", ()) for other, (_, says) in notebooks.items()}
    analysis = [other for other, (_, says) in notebooks.items() if "each" not in says]
    if said[name] == "all":
        return tuple(analysis)
    if said[name] == "others":
        return tuple(o for o in analysis if o != name and said[o] not in ("all", "others") and name not in said[o])
    return tuple(said[name])


def find_notebooks(study: str, root: Path, design: str) -> list[Path]:
    """The project's notebooks for a design and the study's own, by name; a study's own takes the place of one of its name."""
    own = root / "studies" / study / "notebooks"
    found = {path.stem: path for folder in (NOTEBOOKS, own) for path in sorted(folder.glob("*.ipynb"))}
    return [
        found[name]
        for name in sorted(found)
        if not name.startswith(IGNORED)
        and (found[name].parent == own or design in declared(found[name]).get("designs", ("cohorts",)))
    ]


def declared(notebook: Path) -> dict[str, Any]:
    """What a notebook's metadata say of it."""
    says = json.loads(notebook.read_text(encoding="utf-8"))["metadata"].get("evaluation", {})
    return dict(says)


def raw_files(study: Study, edition: int, root: Path) -> list[Path]:
    """Every file of the study's raw folders up to the edition, without what programs leave behind."""
    years = [year for year in study.available_periods(root) if year <= edition]
    return [path for year in years for path in files_below(study.raw_root(root) / str(year))]


def executed(step: Step, target: Target) -> Path:
    """Where the executed copy of a step's notebook lies."""
    return target.build / "notebooks" / f"{step.name}.ipynb"


def waits_for(step: Step, steps: list[Step]) -> set[str]:
    """Names of all steps that come before it, directly or through others."""
    by_name = {other.name: other for other in steps}
    found: set[str] = set()
    waiting = list(step.after)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += by_name[name].after
    return found


def cells_of(notebook: Path) -> list[list[object]]:
    """Kind, source and tags of each cell: what a step depends on, whatever outputs an editor saved in the file.

    The parameters that papermill puts in are no cell of the notebook: each execution puts its own in their place.
    """
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    told = [
        [cell["cell_type"], "".join(cell["source"]), sorted(cell.get("metadata", {}).get("tags", []))] for cell in cells
    ]
    return [cell for cell in told if INJECTED not in cell[2]]


def notebook_code(path: Path) -> str:
    """The code cells of a notebook as one Python text."""
    return "\n".join(str(source) for kind, source, _ in cells_of(path) if kind == "code")


def code_of(notebook: Path, study: str, root: Path) -> str:
    """The code that a notebook runs, as one Python text: its cells, and the topics that it records or reports."""
    from pipeline.run.closure import code_dependencies
    from pipeline.topics import source_of, topics

    cells, chapters = notebook_code(notebook), PACKAGE / "chapters"
    asked = set(code_dependencies(cells))
    reports = chapters / "outline.py" in asked
    records = chapters / "recording.py" in asked  # a study's own notebook may do without the project's topics
    told = [t for t in topics(study, root) if reports or (records and t.notebook == notebook.stem)]
    return "\n".join([cells, *(source_of(topic, study, root) for topic in told)])


def _ordered(steps: list[Step]) -> list[Step]:
    done: dict[str, Step] = {}
    waiting = list(steps)
    while waiting:
        ready = [step for step in waiting if all(name in done for name in step.after)]
        if not ready:
            names = ", ".join(step.name for step in waiting)
            raise StudyError(f"Notebooks wait for each other: {names}.", where="metadata, evaluation.after")
        done[ready[0].name] = ready[0]
        waiting.remove(ready[0])
    return list(done.values())
