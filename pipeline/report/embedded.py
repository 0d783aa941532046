"""The embedded engine: the Pandoc and Typst that their wheels carry, with our Lua filters and templates.

The source is parsed once: `crossref.lua` numbers it and resolves references, citeproc the citations. From that one
document `layout.lua` and the writers make HTML, DOCX and Typst code, so all formats print the same numbers.
"""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import json
import os
import re
import subprocess
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import pypandoc
import typst

from pipeline.errors import RenderError
from pipeline.report import docx
from pipeline.report.assets import ASSETS

TIMEOUT = 300
EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""Time stamp inside the files where the document gives none: the same input makes the same bytes."""
_READER = "markdown+smart-implicit_header_references"


@cache
def pandoc_path() -> str:
    """The Pandoc binary that comes with pypandoc-binary.

    Raises:
        RenderError: It is not installed.
    """
    try:
        return str(pypandoc.get_pandoc_path())
    except OSError:
        raise RenderError("Pandoc is not installed.", todo="Run `make setup`.") from None


def version() -> str:
    """Versions of the engine's parts, such as "pandoc 3.9, typst 0.15.2"."""
    return f"pandoc {pypandoc.get_pandoc_version()}, typst {importlib.metadata.version('typst')}"


def resolve(source: Path, meta: Mapping[str, Any]) -> bytes:
    """The document as Pandoc's JSON with every number, cross-reference and citation in place.

    Raises:
        RenderError: A reference, citation, caption or text alternative is missing; each is named.
    """
    with tempfile.TemporaryDirectory() as folder:
        meta_file = _write_meta(Path(folder), meta)
        filters = ["--lua-filter", str(ASSETS / "crossref.lua"), "--citeproc"]
        arguments = ["--from", _READER, "--to", "json", "--metadata-file", meta_file, *filters, source.name]
        done = _run(arguments, source.parent)
    problems = re.findall(r"^report-error: (.+)$", done.stderr, re.MULTILINE)
    problems += [f"no such citation: @{key}" for key in re.findall(r"[Cc]itation (\S+) not found", done.stderr)]
    if problems:
        shown = "\n".join(dict.fromkeys(problems))
        raise RenderError(
            "The report's source does not hold together.",
            where=f"{source}\n{shown}",
            expected="every reference leads to one captioned place, every citation is in references.json",
            todo="Correct the prose template or the ledger entry that is named.",
        )
    _check_exit(done, "reading the source", source)
    return done.stdout.encode()


def render(source: Path, out_dir: Path, formats: tuple[str, ...], meta: Mapping[str, Any]) -> dict[str, Path]:
    """Write the report in each format as `report.<format>` into `out_dir`.

    Raises:
        RenderError: The source does not hold together, a figure's file is missing, or a writer failed.
    """
    document = resolve(source, meta)
    _check_images(document, source)
    writers = {"html": _html, "pdf": _pdf, "docx": _docx}
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        work = Path(folder)
        (work / "document.json").write_bytes(document)
        _write_meta(work, meta)
        jobs = {name: pool.submit(writers[name], work, source, meta) for name in formats}
        made = {name: job.result() for name, job in jobs.items()}
        out_dir.mkdir(parents=True, exist_ok=True)
        files = {}
        for name, content in made.items():
            files[name] = out_dir / f"report.{name}"
            partial = files[name].with_suffix(f".{name}.partial")
            partial.write_bytes(content)
            partial.replace(files[name])
    return files


def _html(work: Path, source: Path, meta: Mapping[str, Any]) -> bytes:
    options = ["--template", str(ASSETS / "report.html"), "--css", str(ASSETS / "report.css"), "--embed-resources"]
    options += ["--mathml", "--toc", "--toc-depth=2", "--variable", f"pagetitle={meta['title']}"]
    return _write(work, source, "html5", "html", [*options, *_plain_variables(meta)])


def _pdf(work: Path, source: Path, meta: Mapping[str, Any]) -> bytes:
    code = _write(
        work, source, "typst-citations", "typ", ["--template", str(ASSETS / "report.typst"), *_plain_variables(meta)]
    )
    try:
        made = typst.compile(
            code,  # type: ignore[type-var]  # bytes are source code; the stub says a file's name
            root=str(source.parent.resolve()),
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=int(stamp(meta).timestamp()),
        )
    except (typst.TypstError, RuntimeError, ValueError) as error:
        hints = "\n".join(getattr(error, "hints", None) or [])
        raise RenderError("Typst could not write the PDF.", where=f"{error}\n{hints}".strip()) from None
    if not isinstance(made, bytes) or not made:
        raise RenderError("Typst wrote no PDF.", where=str(source))
    return made


def _docx(work: Path, source: Path, meta: Mapping[str, Any]) -> bytes:
    reference = work / "reference.docx"
    reference.write_bytes(docx.reference(meta, stamp(meta)))
    options = ["--reference-doc", str(reference), "--template", str(ASSETS / "report.openxml")]
    options += ["--metadata", f"author={meta['institution']}"]
    made = _write(work, source, "docx", "docx", options, epoch=str(int(stamp(meta).timestamp())))
    return docx.finish(made, source.parent, stamp(meta))


def _write(
    work: Path, source: Path, to: str, ending: str, options: list[str], epoch: str = str(int(EPOCH.timestamp()))
) -> bytes:
    output = work / f"report.{ending}"
    arguments = ["--from", "json", "--to", to, "--standalone", "--output", str(output), "--wrap", "none"]
    arguments += ["--metadata-file", str(work / "metadata.json"), "--lua-filter", str(ASSETS / "layout.lua")]
    arguments += [*options, str(work / "document.json")]
    done = _run(arguments, source.parent, epoch=epoch)
    _check_exit(done, f"writing {to}", source)
    if "[WARNING]" in done.stderr:
        raise RenderError(f"Pandoc was not content while writing {to}.", where=_last_lines(done.stderr))
    return output.read_bytes()


def _run(arguments: list[str], folder: Path, epoch: str = "0") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": epoch, "LC_ALL": "C.UTF-8"}
    try:
        return subprocess.run(
            [pandoc_path(), *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            timeout=TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RenderError(f"Pandoc took more than {TIMEOUT} s and was stopped.", where=str(folder)) from None


def _check_exit(done: subprocess.CompletedProcess[str], what: str, source: Path) -> None:
    if done.returncode:
        raise RenderError(
            f"Pandoc failed while {what} (exit {done.returncode}).", where=f"{source}\n{_last_lines(done.stderr)}"
        )


def _last_lines(text: str, count: int = 15) -> str:
    return "\n".join(text.strip().splitlines()[-count:])


def _check_images(document: bytes, source: Path) -> None:
    """Every image is a local file; for DOCX an SVG needs its PNG beside it."""
    for target in _image_targets(json.loads(document)["blocks"]):
        path = source.parent / target
        wanted = [path, path.with_suffix(".png")] if path.suffix == ".svg" else [path]
        for file in wanted:
            if not file.is_file():
                raise RenderError("A figure's file is missing.", where=f"{source}: {target}", expected=str(file))


def _image_targets(node: Any) -> list[str]:
    if isinstance(node, list):
        return [target for item in node for target in _image_targets(item)]
    if not isinstance(node, dict):
        return []
    if node.get("t") == "Image":
        return [str(node["c"][2][0])]
    return [target for item in node.values() for target in _image_targets(item)]


def _plain_variables(meta: Mapping[str, Any]) -> list[str]:
    """Texts for places that take no markup: the HTML head and the PDF's document information."""
    out: list[str] = []
    for key in ("title", "subtitle", "institution"):
        text = " ".join(str(meta.get(key) or "").split()).replace("\\", "/").replace('"', "”")
        out += ["--variable", f"{key}-plain={text}"]
    return out


def _write_meta(folder: Path, meta: Mapping[str, Any]) -> str:
    path = folder / "metadata.json"
    path.write_text(json.dumps(dict(meta), ensure_ascii=False, default=str), encoding="utf-8")
    return str(path)


def stamp(meta: Mapping[str, Any]) -> dt.datetime:
    """Time stamp for the files: the metadata's `stamp` (ISO date or time, UTC where no zone is given)."""
    given = meta.get("stamp")
    if given is None:
        return EPOCH
    stamp = dt.datetime.fromisoformat(str(given))
    return stamp if stamp.tzinfo else stamp.replace(tzinfo=dt.UTC)
