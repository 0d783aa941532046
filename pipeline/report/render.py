"""One way to HTML, PDF and DOCX: Quarto where it is installed, else the embedded engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pipeline.errors import RenderError
from pipeline.languages.catalogue import languages
from pipeline.report import embedded, quarto
from pipeline.report.assets import FORMATS, check_formats, front_matter, metadata

Engine = Literal["auto", "embedded", "quarto"]


@dataclass(frozen=True)
class RenderRecord:
    """What was written, by which engine, in which version."""

    engine: str
    version: str
    files: dict[str, Path]


def available_engines() -> tuple[str, ...]:
    """Engines that can be asked for on this machine; the embedded one is always there."""
    return ("embedded", "quarto") if quarto.find() else ("embedded",)


def render(
    source_md: Path,
    out_dir: Path,
    formats: Sequence[str] = FORMATS,
    lang: str = "id",
    meta: Mapping[str, Any] | None = None,
    engine: str = "auto",
) -> RenderRecord:
    """Render the report's Markdown into `out_dir` as report.html, report.pdf and report.docx.

    Args:
        source_md: The document; its front matter names title, institution, signatories, notice, bibliography.
        out_dir: Folder for the files; made if missing. A file is replaced only when its format is complete.
        formats: Any of "html", "pdf", "docx".
        lang: "id" or "en": language of the fixed words, numbering and bibliography.
        meta: Metadata that go before the document's own; `stamp` is the time stamp inside the files.
        engine: "auto" takes Quarto where it is installed, else the embedded engine.

    Raises:
        RenderError: The source does not hold together (each fault is named), or the engine failed.
    """
    source, wanted = Path(source_md), tuple(formats)
    check_formats(wanted)
    if lang not in languages():
        raise RenderError(f"The report has no language {lang!r}.", expected="id or en")
    if engine not in ("auto", "embedded", "quarto"):
        raise RenderError(f"There is no engine {engine!r}.", expected="auto, embedded or quarto")
    full = metadata(front_matter(source), lang, meta or {})
    chosen = ("quarto" if quarto.find() else "embedded") if engine == "auto" else engine
    if chosen == "embedded":
        return RenderRecord("embedded", embedded.version(), embedded.render(source, Path(out_dir), wanted, full))
    version = quarto.check_version()
    # Quarto prints a mark where a reference leads nowhere; the embedded reader finds it first and names it.
    embedded.resolve(source, full)
    return RenderRecord("quarto", version, quarto.render(source, Path(out_dir), wanted, full))
