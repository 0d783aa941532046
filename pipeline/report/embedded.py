"""The embedded engine: the Pandoc and Typst that their wheels carry write the project's resolved documents."""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipeline.errors import RenderError
from pipeline.report.assets import epoch
from pipeline.report.brand import FOLDER
from pipeline.report.kept import Kept, key_of
from pipeline.report.layout.parts import meta_blocks, raw_block
from pipeline.report.nodes import Node, found
from pipeline.report.pandoc import AS_IT_COMES, SIDE_BY_SIDE, pandoc_version, run_checked, written
from pipeline.report.project import OUTPUT, WRITERS, file_key
from pipeline.report.self_contained import self_contained


def versions() -> dict[str, str]:
    """Name and version of the engine's parts; Typst by its wheel, whose number is not that of the Typst inside."""
    return {"pandoc": pandoc_version(), "typst (wheel)": importlib.metadata.version("typst")}


_BODY, _SCRIPTS = "<!-- the chapters -->", "<!-- the scripts -->"
"""Stand for them in the frame of the page; prose holds no such code (`crossref.py`)."""
Finish = Callable[[str, Path, Path, Mapping[str, Any]], None]


class Writer:
    """Writes each volume of the project in `folder` (pipeline.report.project) into its output folder once it is laid out.

    Args:
        folder: The project.
        meta: Metadata of the rendering.
        finish: Called with key, file, project and metadata once a file is written, while others still are.
        kept: Where finished volumes are kept; those that it gave back lie in the output folder already.
    """

    def __init__(self, folder: Path, meta: Mapping[str, Any], finish: Finish, kept: Kept) -> None:
        self.folder, self._meta, self._finish, self._kept = folder, meta, finish, kept
        self.made: dict[str, Path] = {}
        """What was written, by `file_key`."""

    def write(self, volume: str, name: str, key: str, document: Node | None) -> None:
        """Write a volume in a format, and keep it under `key`.

        Args:
            volume, name: Which, in which format.
            key: Its name among the kept.
            document: It as it was laid out; None where the kept one lies there already.

        Raises:
            RenderError: The writer failed.
        """
        folder, file = self.folder, file_key(volume, name)
        path = folder / OUTPUT / f"{volume}.{name}"
        if document is not None:
            path.parent.mkdir(exist_ok=True)
            WRITE[name](folder, volume, document, epoch(self._meta), self._kept)
            self._finish(file, path, folder, self._meta)
            laid_out = [f"{volume}.{WRITERS[name]}.json", *([f"{volume}.typ"] if name == "pdf" else [])]
            self._kept.put(key, folder, [*laid_out, f"{OUTPUT}/{path.name}"])
        self.made[file] = path


def _html(folder: Path, volume: str, document: Node, epoch: int, kept: Kept) -> None:
    """The page is written chapter by chapter, and those that are known are taken; its frame is written around signs."""
    body = _chapters(document, folder, kept)
    scripts = "\n".join(block["c"][1] for block in document["meta"]["scripts"]["c"])
    meta = {**document["meta"], "scripts": meta_blocks(raw_block("html", _SCRIPTS))}
    frame = folder / f"{volume}.html.frame.json"
    frame.write_text(json.dumps({**document, "meta": meta, "blocks": [raw_block("html", _BODY)]}), encoding="utf-8")
    options = ["--template", "template.html", "--css", "report.css", "--mathml"]
    path = _write(folder, frame.name, "html", f"{OUTPUT}/{volume}.html", options, epoch)
    frame.unlink()
    before, after = path.read_text(encoding="utf-8").split(_BODY)
    page = before + body + after.replace(_SCRIPTS, scripts, 1)
    path.write_text(self_contained(page, folder), encoding="utf-8")


def _chapters(document: Node, folder: Path, kept: Kept) -> str:
    """The chapters of the page as HTML."""
    blocks = document["blocks"]
    begins = [k for k, block in enumerate(blocks) if block["t"] == "Header" and block["c"][0] == 1]
    if found(blocks, {"Note"}):  # notes are counted through all chapters, and stand at their end
        begins = []
    ends = [0, *(k for k in begins if k), len(blocks)]

    def write(part: tuple[int, int]) -> str:
        chapter = {**document, "meta": {}, "blocks": blocks[slice(*part)]}
        key = key_of(json.dumps(chapter, ensure_ascii=False).encode(), "chapter", {"format": "html"})
        held = kept.recall(key).get("chapter.html")
        if held is None:
            held = written(chapter, "html", folder, "--mathml").encode()
            kept.hold(key, {"chapter.html": held})
        return held.decode().rstrip("\n")

    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        parts = pool.map(write, pairwise(ends))
        return "\n".join(part for part in parts if part)


def _docx(folder: Path, volume: str, _: Node, epoch: int, __: Kept) -> None:
    options = ["--reference-doc", "reference.docx", "--template", "template.openxml"]
    _write(folder, f"{volume}.docx.json", "docx", f"{OUTPUT}/{volume}.docx", options, epoch)


def _pdf(folder: Path, volume: str, _: Node, epoch: int, __: Kept) -> None:
    import typst  # no other command needs it

    code = _write(folder, f"{volume}.typst.json", "typst", f"{volume}.typ", ["--template", "template.typst"], epoch)
    target = folder / OUTPUT / f"{volume}.pdf"
    try:
        typst.compile(
            str(code),
            output=str(target),
            root=str(folder.resolve()),
            ignore_system_fonts=True,
            font_paths=[str(folder / FOLDER)] if (folder / FOLDER).is_dir() else [],
            pdf_standards=["ua-1"],
            timestamp=epoch,
        )
    except (typst.TypstError, RuntimeError, ValueError) as error:
        hints = "\n".join(getattr(error, "hints", None) or [])
        raise RenderError("Typst could not write the PDF.", where=f"{error}\n{hints}".strip()) from None
    if not target.is_file() or not target.stat().st_size:
        raise RenderError("Typst wrote no PDF.", where=str(code))


def _write(folder: Path, source: str, kind: str, output: str, options: list[str], epoch: int) -> Path:
    arguments = ["--from", "json", "--to", kind, "--standalone", *AS_IT_COMES]
    run_checked([*arguments, *options, "--output", output, source], folder, f"writing {kind}", epoch=epoch)
    return folder / output


WRITE = {"html": _html, "pdf": _pdf, "docx": _docx}
"""What writes a format."""
