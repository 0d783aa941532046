"""The published report that is packaged: only one that is current, whole and as it was made."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.content import files_below, hash_of
from pipeline.errors import StudyError
from pipeline.languages.known import ABROAD
from pipeline.run.build import Request, make_target
from pipeline.run.certificate import check_inputs, load_certificate
from pipeline.run.present import Present
from pipeline.run.publish import is_published
from pipeline.run.records import Record, read_record, reasons
from pipeline.run.steps import Step, Target, plan_steps
from pipeline.study import LANGUAGES


@dataclass(frozen=True)
class Published:
    """An edition's report as it is out.

    Attributes:
        target: Study, edition, and the languages and engine that the report was made in.
        steps: Its steps, in order.
        records: The record of each step's execution, by name.
        certificate: The file that `make verify` wrote, where it was asked for.
    """

    target: Target
    steps: list[Step]
    records: dict[str, Record]
    certificate: Path | None

    @property
    def shown_in(self) -> str:
        """The language whose exhibits the README lists: English where there is one."""
        return ABROAD if ABROAD in self.target.languages else self.target.languages[0]

    def folder(self, lang: str) -> Path:
        """Where the report of a language lies."""
        return self.target.published(lang)

    def manifest(self, lang: str) -> dict[str, Any]:
        """What the report of a language says of its making."""
        content: dict[str, Any] = json.loads((self.folder(lang) / "manifest.json").read_text(encoding="utf-8"))
        return content


def published(request: Request) -> Published:
    """The edition's report in every language that is out, after a look at everything that it was made from.

    Raises:
        StudyError: No such study or edition, nothing is published, something has changed since, or the certificate is
            not that of these files; each is named.
    """
    target = make_target(request._replace(lang="all"))
    languages = tuple(lang for lang in LANGUAGES if target.published(lang).is_dir())
    if not languages:
        raise StudyError(
            f"No report of {target.study.name}, edition {target.folder}, is published.",
            where=f"reports/{target.study.name}/{target.folder}/",
            todo=f"Make it first: make report STUDY={target.study.name} EDITION={target.edition} LANG=all",
        )
    target = make_target(request._replace(lang=",".join(languages), engine=_engine(target, languages)))
    steps = plan_steps(target)
    records = {step.name: read_record(step.name, target) or {} for step in steps}
    _refuse_changes(target, steps, records)
    certificate = target.published(languages[0]).parent / "certificate.json"
    if not certificate.is_file():
        return Published(target, steps, records, None)
    _check_certificate(certificate, target)
    return Published(target, steps, records, certificate)


def _engine(target: Target, languages: tuple[str, ...]) -> str:
    """The engine that the report was asked for with; the records know it."""
    asked = {
        str(record["parameters"]["engine"])
        for step in plan_steps(target)
        if step.parameters.get("lang") in languages and (record := read_record(step.name, target))
    }
    return asked.pop() if len(asked) == 1 else target.engine


def _refuse_changes(target: Target, steps: list[Step], records: dict[str, Record]) -> None:
    present = Present(target)
    changed = [f"{step.name}: {reason}" for step in steps for reason in reasons(step, present)]
    changed = changed or [
        f"reports/{target.study.name}/{target.folder}/{lang}/ is not as it was made"
        for lang in target.languages
        if not all(is_published(target, lang, records[s.name]) for s in steps if s.parameters.get("lang") == lang)
    ]
    if changed:
        more = [f"… and {len(changed) - 8} more"] if len(changed) > 8 else []
        languages = "all" if len(target.languages) > 1 else target.languages[0]
        raise StudyError(
            "The published report is not current: only one that is published and unchanged can be packaged.",
            where="\n".join([*changed[:8], *more]),
            expected="a report that was made from what lies here now",
            todo=f"Make it again: make report STUDY={target.study.name} EDITION={target.edition} LANG={languages}"
            + (f" ENGINE={target.engine}" if target.engine != "auto" else ""),
        )


def _check_certificate(path: Path, target: Target) -> None:
    """The certificate must be that of the files that are out and of what they were made from."""
    content = load_certificate(path)
    before = f"{target.study.name}/{target.folder}/"
    certified = {name: hash for name, hash in content["outputs"].items() if name.startswith(before)}
    languages = {name.removeprefix(before).split("/")[0] for name in certified}
    files = [file for lang in target.languages if lang in languages for file in files_below(target.published(lang))]
    here = {file.relative_to(target.root / "reports").as_posix(): hash_of(file) for file in files}
    theirs = {name: hash for name, hash in certified.items() if name.removeprefix(before).split("/")[0] in LANGUAGES}
    differing = sorted(name for name in here.keys() | theirs.keys() if here.get(name) != theirs.get(name))
    if differing:
        raise StudyError(
            "The certificate is not that of the published report.",
            where="\n".join(f"reports/{name}" for name in differing[:8]),
            todo=f"Verify it again (make verify STUDY={target.study.name} EDITION={target.edition}), or remove "
            f"reports/{before}certificate.json.",
        )
    check_inputs(content, target)
