"""The report as one Markdown document: front matter, then the chapters that a layout writes."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from pipeline.errors import RenderError
from pipeline.languages import overrides
from pipeline.languages.catalogue import use
from pipeline.languages.known import HERE
from pipeline.ledger.entries import read_results
from pipeline.ledger.origins import Origins
from pipeline.report import brand
from pipeline.report.assets import ASSETS, CHAINS
from pipeline.report.chains import LEDGER, as_script, chains, meaning, shipped
from pipeline.report.data_files import FOLDER as DATA
from pipeline.report.data_files import data_of, write_data
from pipeline.report.doc import Doc
from pipeline.report.marks import origin
from pipeline.report.prose import Prose
from pipeline.report.prose_rule import check_prose
from pipeline.report.withheld import withheld
from pipeline.report.wording import label
from pipeline.study import ROOT, Study
from pipeline.study.dates import document_day
from pipeline.uncollected import uncollected

SLIPS = re.compile(r"(?<![\w@#/.-])(nan|NaN|None(?! of\b)|NaT|<NA>|Undefined)(?![\w-])|\?\?|\{\{ | \}\}|\{%")
"""What a missing value or a place that nobody filled leaves in a text."""

Layout: TypeAlias = Callable[[Doc], None]
"""Writes a report's chapters."""


@uncollected()
def build_document(
    study: Study,
    edition: int,
    lang: str,
    results_dir: Path,
    out_dir: Path,
    *,
    layout: Layout,
    root: Path = ROOT,
    extra: Mapping[str, Any] | None = None,
    blind: bool = False,
    origins: Origins | None = None,
) -> Path:
    """Write `report.md` with its figures, references and citation style into `out_dir`.

    With `origins`, also what lets a reader follow a number: the folder `data`, `ledger.json`, and `chains.json` for the
    page's script.

    Args:
        study: The study.
        edition: The edition's year.
        lang: Language.
        results_dir: Folder of the ledgers.
        out_dir: Folder for the document; what an earlier call left there is replaced.
        layout: Writes the chapters, such as `pipeline.chapters.outline.write`.
        root: The repository.
        extra: More values, such as the record of the run.
        blind: Whether participation was dealt out anew; the cover and every footer say so.
        origins: What the edition was made from.

    Returns:
        Path of `report.md`.

    Raises:
        RenderError: A message names something that the ledger does not have, cannot be said, or holds raw code or a
            picture from outside the report.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    figures = out_dir / "figures"
    shutil.rmtree(figures, ignore_errors=True)
    own = root / "studies" / study.name / "text"
    check_prose(path for folder in (HERE / lang, own / lang) for path in sorted(folder.rglob("*.ftl")))
    overrides.check(own)
    use(own)
    results = read_results(results_dir)
    values = {**(extra or {}), "blind": blind}
    prose = Prose(study, edition, lang, results, figures, values, own / lang, followed=origins is not None)
    doc = Doc(prose, own / lang, root)
    layout(doc)
    body = doc.markdown()
    _check(body)
    _write_references(study, out_dir, root)
    shutil.copyfile(ASSETS / "author-date.csl", out_dir / "author-date.csl")
    matter = front_matter(study, edition, lang, blind=blind, root=root) | brand.front_matter(study, root, out_dir)
    if study.report.signatories:
        matter["approval"] = _approval(doc)
    front = yaml.safe_dump(matter, allow_unicode=True, sort_keys=False, width=1000)
    if origins is not None:
        write_following(doc, origins, out_dir)
    path = out_dir / "report.md"
    path.write_text(f"---\n{front}---\n\n{body}", encoding="utf-8")
    return path


def write_following(doc: Doc, origins: Origins, out_dir: Path) -> None:
    """What lets a reader follow the document's numbers: their data, the ledger, and the content of the page's windows."""
    prose, lang = doc.prose, doc.lang
    results, kind = prose.results, prose.period_kind
    labels = {outcome.name: outcome.label for outcome in prose.outcomes}
    meanings = {name: meaning(name, labels, lang) for name in results.numbers}
    data = data_of(results, prose.printed, lang, kind, meanings)
    shutil.rmtree(out_dir / DATA, ignore_errors=True)
    write_data(data, lang, out_dir / DATA)
    head = {"study": doc.study.name, "edition": doc.edition, "language": lang, "blind": prose.extra["blind"]}
    ledger = shipped(results, origins, head, prose.codes, lang, meanings)
    (out_dir / LEDGER).write_text(ledger, encoding="utf-8")
    content = chains(results, origins, prose.printed, data, meanings, lang, kind, prose.verdicts)
    (out_dir / CHAINS).write_text(as_script(content), encoding="utf-8")


def _approval(doc: Doc) -> str:
    """What the approval page says: approved only where every signatory is named; and what was withheld, by rule."""
    named = all(line.name for line in doc.study.report.signatories)
    return doc.sentence("approval-signed" if named else "approval-open", withheld(doc))


def front_matter(study: Study, edition: int, lang: str, *, blind: bool = False, root: Path = ROOT) -> dict[str, Any]:
    """The document's metadata: cover, approval page, notice, language, bibliography."""
    report = study.report
    signatories = [
        {"role": line.role[lang], **({"name": line.name} if line.name else {})} for line in report.signatories
    ]
    notices = [key for key, said in (("blind", blind), ("demonstration", study.demonstration)) if said]
    matter: dict[str, Any] = {
        "title": study.title[lang],
        "subtitle": report.subtitle[lang] if report.subtitle else None,
        "institution": report.institution[lang],
        "place": report.place or None,
        "edition": edition or None,
        "lang": lang,
        "notice": " ".join(label(key, lang) for key in notices) or None,
        "signatories": signatories or None,
        # The study's date, not the clock: the same edition makes the same bytes. What has no edition carries no date.
        "origin": origin(study.name, edition, lang) if edition else None,
        "stamp": document_day(study, edition, root).isoformat() if edition else None,
        "bibliography": "references.json",
        "csl": "author-date.csl",
        "volumes": True,
    }
    return {key: value for key, value in matter.items() if value is not None}


def _write_references(study: Study, out_dir: Path, root: Path) -> None:
    """The common references, and those of `studies/<name>/references.json` where it exists (its entries win)."""
    entries = {entry["id"]: entry for entry in json.loads((ASSETS / "references.json").read_text(encoding="utf-8"))}
    own = root / "studies" / study.name / "references.json"
    if own.is_file():
        try:
            entries |= {entry["id"]: entry for entry in json.loads(own.read_text(encoding="utf-8"))}
        except (ValueError, KeyError, TypeError) as error:
            place = f"studies/{study.name}/references.json"
            raise RenderError("The study's references are not CSL JSON.", where=f"{place}: {error}") from None
    text = json.dumps([entries[key] for key in sorted(entries)], ensure_ascii=False, indent=1)
    (out_dir / "references.json").write_text(text + "\n", encoding="utf-8")


def _check(body: str) -> None:
    """No missing value may have become a word of the report."""
    for count, line in enumerate(body.splitlines(), 1):
        slip = SLIPS.search(line)
        if slip:
            raise RenderError(
                f"The report's text holds {slip[0]!r}.",
                where=f"report.md, line {count} of the chapters: {line.strip()[:160]}",
                expected="a value, or another wording where the word itself is meant",
                todo="Correct the message or the ledger entry.",
            )
