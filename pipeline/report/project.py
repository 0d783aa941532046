"""The report resolved once, as a folder that either engine renders: a complete Quarto project.

`pipeline.report.resolve` has Pandoc read the source, numbers it and resolves its references, and has citeproc write the
citations; `pipeline.report.layout` then lays that one document out for each format. What comes of it lies beside
everything that a writer needs:

    _quarto.yml  report.qmd (a single full stop)  resolved.lua       for Quarto
    report.html.json  report.typst.json  report.docx.json            the document, every number already text
    supplement.qmd  supplement.typst.json  supplement.docx.json      the second volume, where there are two
    template.html  template.typst  template.openxml  report.css  reference.docx  figures/

The embedded engine writes these files by the wheels' Pandoc and Typst. Quarto gets the same files: its only filter puts
the JSON in the place of the full stop. Neither numbers, refers, cites or measures any more.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import yaml

from pipeline.report import brand, docx
from pipeline.report.annotate import annotated
from pipeline.report.assets import ASSETS, CHAINS, EPOCH, stamp
from pipeline.report.images import image_files
from pipeline.report.kept import Kept, file_hashes, key_of, surroundings
from pipeline.report.layout import lay_out
from pipeline.report.nodes import Node
from pipeline.report.resolve import resolve
from pipeline.report.volumes import VOLUMES, documents
from pipeline.uncollected import uncollected

WRITERS = {"html": "html", "pdf": "typst", "docx": "docx"}
"""Format of the report -> the name by which Pandoc and Quarto know it."""
LONGEST_FIRST = ("pdf", "docx", "html")
"""Formats by the time that their writers take."""
_FILES = {"html": ("template.html", "report.css"), "pdf": ("template.typst",), "docx": ("template.openxml",)}
Then = Callable[[str, str, str, Node | None], None]
"""Called with volume, format, name among the kept, and the document as it was laid out (None where it was kept)."""
OUTPUT = "_output"
"""Subfolder for the rendered files."""


@uncollected()
def write_project(
    source: Path,
    folder: Path,
    formats: tuple[str, ...],
    meta: Mapping[str, Any],
    kept: Kept | None = None,
    then: Then | None = None,
    meanwhile: Callable[[], object] | None = None,
) -> None:
    """Resolve `source` and write the whole project into `folder`; what lay there is replaced.

    Args:
        source: The report's Markdown.
        folder: Folder for the project.
        formats: Formats that it is written for.
        meta: Metadata of the rendering.
        kept: Volumes that an earlier rendering finished; one that would come out the same is put in its place.
        then: Called for each volume once it lies there, while others are still laid out.
        meanwhile: Called when all are laid out, while they are written.

    Raises:
        RenderError: The source does not hold together, or a figure's file is missing.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tree = annotated(resolve(source, meta, kept), str(meta["lang"]), source.parent / "references.json")
    for target, file in image_files(tree, source).items():
        (folder / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, folder / target)
    if (source.parent / CHAINS).is_file():
        shutil.copyfile(source.parent / CHAINS, folder / CHAINS)
    _copy_assets(source, folder, formats, meta)
    parts = documents(tree, formats, meta)
    _write_for_quarto(folder, formats, sorted({volume for _, volume in parts}), meta)
    keys = _keys(parts, folder, meta) if kept is not None else {}

    # One after another, for layouts only compute: while the next is laid out, the last is with Pandoc and Typst.
    with ThreadPoolExecutor(len(WRITERS)) as pool:
        writing: dict[tuple[str, str], Future[None]] = {}
        for name, volume in sorted(parts, key=lambda part: LONGEST_FIRST.index(part[0])):
            key = keys.get((name, volume), "")
            taken = kept is not None and kept.take(key, folder)
            laid_out = None if taken else _lay_out(folder, name, volume, parts[name, volume])
            if then is not None:
                writing[name, volume] = pool.submit(then, volume, name, key, laid_out)
        other = pool.submit(meanwhile) if meanwhile is not None else None
        for part in parts if writing else ():
            writing[part].result()
        if other is not None:
            other.result()


def _copy_assets(source: Path, folder: Path, formats: tuple[str, ...], meta: Mapping[str, Any]) -> None:
    for name in formats:
        for file_name in _FILES[name]:
            text = (ASSETS / file_name).read_text(encoding="utf-8")
            (folder / file_name).write_text(brand.dressed(file_name, text, meta), encoding="utf-8")
    brand.copy_files(meta, source.parent, folder)
    if "docx" in formats:
        (folder / "reference.docx").write_bytes(docx.reference(meta, stamp(meta) or EPOCH))


def _keys(parts: Mapping[tuple[str, str], bytes], folder: Path, meta: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """Name among the kept of each format and volume: what the page's windows show is a part of the HTML alone."""
    files = file_hashes(folder)
    whole, paper = surroundings(files), surroundings(files, {CHAINS})
    return {
        (name, volume): key_of(
            document, whole if name == "html" else paper, {"format": name, "volume": volume, "meta": dict(meta)}
        )
        for (name, volume), document in parts.items()
    }


def _write_for_quarto(folder: Path, formats: tuple[str, ...], sources: list[str], meta: Mapping[str, Any]) -> None:
    shutil.copyfile(ASSETS / "resolved.lua", folder / "resolved.lua")
    for volume in sources:
        text = f"---\nengine: markdown\nvolume: {volume}\n---\n\n.\n"
        (folder / f"{volume}.qmd").write_text(text, encoding="utf-8")
    text = yaml.safe_dump(
        quarto_yml(str(meta["lang"]), formats, sources, fonts="font-file" in meta), sort_keys=False, width=1000
    )
    (folder / "_quarto.yml").write_text(text, encoding="utf-8")


def _lay_out(folder: Path, name: str, volume: str, document: bytes) -> Node:
    laid_out = lay_out(json.loads(document), WRITERS[name], folder)
    text = json.dumps(laid_out, ensure_ascii=False, separators=(",", ":"))
    (folder / f"{volume}.{WRITERS[name]}.json").write_text(text, encoding="utf-8")
    return laid_out


def volumes_of(folder: Path, name: str) -> list[str]:
    """The volumes that a format of the project has, the report first."""
    return [volume for volume in VOLUMES if (folder / f"{volume}.{WRITERS[name]}.json").is_file()]


def file_key(volume: str, name: str) -> str:
    """Key of a written file: the format, after the volume where it is not the report."""
    return name if volume == VOLUMES[0] else f"{volume}.{name}"


def quarto_yml(
    lang: str, formats: tuple[str, ...], sources: Sequence[str] = ("report",), *, fonts: bool = False
) -> dict[str, Any]:
    """The project file: our templates, and nothing that Quarto would number, refer, highlight or fetch by itself.

    `sources`: the volumes. `fonts`: whether the folder of the brand holds a font.
    """
    # `post-finalize` is the last of Quarto's entry points: none of its own filters sees the document afterwards.
    known: dict[str, dict[str, Any]] = {
        "html": {
            "template": "template.html",
            "css": "report.css",
            "theme": "none",
            "minimal": True,
            "embed-resources": True,
            "html-math-method": "mathml",
            "appendix-style": "none",
            "format-links": False,
        },
        "typst": {
            "template": "template.typst",
            "pdf-standard": "ua-1",
            "keep-typ": True,
            # A body without headings would have Quarto shift every level.
            "shift-heading-level-by": 0,
            **({"font-paths": [brand.FOLDER]} if fonts else {}),
        },
        "docx": {"template": "template.openxml", "reference-doc": "reference.docx"},
    }
    return {
        "project": {"type": "default", "output-dir": OUTPUT, "render": [f"{volume}.qmd" for volume in sources]},
        "lang": lang,
        "number-sections": False,
        "toc": False,
        "syntax-highlighting": "none",
        "filters": [{"at": "post-finalize", "path": "resolved.lua"}],
        "format": {WRITERS[name]: known[WRITERS[name]] for name in formats},
    }
