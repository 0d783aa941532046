"""The steps of one edition's report: notebooks with declared inputs, parameters and outputs."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.errors import StudyError
from pipeline.report.engine import Engine, resolved_engine
from pipeline.run.closure import PACKAGE, code_dependencies
from pipeline.study import LANGUAGES, Study, edition_folder, items_path, plan_path, study_path

NOTEBOOKS = PACKAGE.parent / "notebooks"
ANALYSIS = ("01_clean", "02_programme", "03_effects", "04_robustness", "05_feedback", "06_aims", "07_verdict")
USE_EFFECTS = ("04_robustness", "07_verdict")
"""Notebooks that read the estimates of 03_effects."""
REPORT = "08_report"
FORMATS = ("html", "pdf", "docx")


Parameters = dict[str, str | int | bool]


@dataclass(frozen=True)
class Target:
    """What is asked for: a study, an edition, languages and an engine; and where things lie.

    `engine` is the choice as typed, `renderer` what it means on this machine.
    """

    study: Study
    edition: int
    languages: tuple[str, ...]
    engine: str
    root: Path
    blind: bool = False
    renderer: Engine | None = None

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

    `name` is unique within a run ("03_effects", "08_report-id"); `reads` are the files whose content decides whether
    it is out of date, `tool` the name and version of a tool outside the project that decides too; `writes` the files
    that must exist afterwards, the executed copy among them.
    """

    name: str
    notebook: Path
    parameters: Parameters
    reads: tuple[Path, ...]
    writes: tuple[Path, ...]
    executed: Path = field(compare=False)
    tool: str = ""


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
    """The steps in their order of execution."""
    steps = [_analysis_step(target, name, index) for index, name in enumerate(ANALYSIS)]
    return [*steps, *(_report_step(target, lang) for lang in target.languages)]


def raw_files(target: Target) -> list[Path]:
    """Every file of the study's raw folders up to the edition, and nothing hidden."""
    years = [year for year in target.study.available_periods(target.root) if year <= target.edition]
    folder = target.study.raw_root(target.root)
    return sorted(
        path
        for year in years
        for path in (folder / str(year)).rglob("*")
        if path.is_file() and not path.name.startswith((".", "~"))
    )


def study_files(target: Target) -> list[Path]:
    """The study file and, where the study has a survey, its item bank."""
    items = items_path(target.study.name, target.root)
    return [study_path(target.study.name, target.root), *([items] if items.is_file() else [])]


def _analysis_step(target: Target, name: str, index: int) -> Step:
    ledger = target.results / f"{name}.json"
    tables = target.processed / "tables.json"
    executed = target.build / "notebooks" / f"{name}.ipynb"
    effects = target.build / "effects.pkl"
    if index == 0:
        reads, writes = [*study_files(target), *raw_files(target)], [tables, ledger, executed]
    else:
        reads, writes = [*study_files(target), tables], [ledger, executed]
    if name == "03_effects":
        writes.append(effects)
    elif name in USE_EFFECTS:
        reads.append(effects)
    if name == "07_verdict":
        plan = plan_path(target.study, target.root)
        described = [target.results / f"{other}.json" for other in ("02_programme", "05_feedback", "06_aims")]
        reads += [*described, *([plan] if plan.is_file() else [])]
    return _step(target, name, name, {}, reads, writes, executed)


def _report_step(target: Target, lang: str) -> Step:
    draft = target.draft(lang)
    executed = target.build / "notebooks" / f"{REPORT}-{lang}.ipynb"
    ledgers = [target.results / f"{name}.json" for name in ANALYSIS]
    copies = [target.build / "notebooks" / f"{name}.ipynb" for name in ANALYSIS]
    texts = [PACKAGE / "languages" / lang, target.root / "studies" / target.study.name / "text" / lang]
    words = sorted(p for folder in [*texts, PACKAGE / "report" / "assets"] for p in folder.rglob("*") if p.is_file())
    reads = [*study_files(target), *ledgers, *copies, *words]
    writes = [*(draft / f"report.{ending}" for ending in FORMATS), draft / "manifest.json", executed]
    renderer = target.renderer or resolved_engine(target.engine)
    parameters: Parameters = {"lang": lang, "engine": renderer.name}
    step = _step(target, f"{REPORT}-{lang}", REPORT, parameters, reads, writes, executed)
    return replace(step, tool=f"{renderer.name} {renderer.version}")


def _step(
    target: Target,
    name: str,
    notebook: str,
    parameters: Parameters,
    reads: list[Path],
    writes: list[Path],
    executed: Path,
) -> Step:
    path = NOTEBOOKS / f"{notebook}.ipynb"
    return Step(
        name=name,
        notebook=path,
        parameters={"study": target.study.name, "edition": target.edition, "blind": target.blind, **parameters},
        reads=(path, *code_dependencies(notebook_code(path)), *reads),
        writes=tuple(writes),
        executed=executed,
    )


def notebook_code(path: Path) -> str:
    """The code cells of a notebook as one Python text."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
