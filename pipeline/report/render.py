"""One way to HTML, PDF and DOCX: the source is resolved once, then Quarto or the embedded engine writes it."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import RenderError
from pipeline.languages.known import DEFAULT, languages
from pipeline.report import docx, embedded, quarto
from pipeline.report.assets import FORMATS, check_formats, front_matter, metadata, stamp
from pipeline.report.engine import resolved_engine, tools
from pipeline.report.kept import Kept
from pipeline.report.project import file_key, volumes_of, write_project

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RenderRecord:
    """What was written, by which engine, in which version, with which tools; and the project that it wrote from."""

    engine: str
    version: str
    files: dict[str, Path]
    tools: dict[str, str] = field(default_factory=dict)
    project: Path = Path()


def available_engines() -> tuple[str, ...]:
    """Engines that render on this machine; the embedded one is always there."""
    return tuple(dict.fromkeys(("embedded", resolved_engine("auto").name)))


def project_folder(out_dir: Path) -> Path:
    """Where the resolved document of a rendering stays as a Quarto project: beside the folder of the files."""
    return out_dir.with_name(f"{out_dir.name}-quarto")


def kept_folder(out_dir: Path) -> Path:
    """Where finished volumes are kept for the next rendering: beside the folder of the files, hidden."""
    return out_dir.with_name(f".{out_dir.name}-kept")


def render(
    source_md: Path,
    out_dir: Path,
    formats: Sequence[str] = FORMATS,
    lang: str = DEFAULT,
    meta: Mapping[str, Any] | None = None,
    engine: str = "auto",
    meanwhile: Callable[[], object] | None = None,
) -> RenderRecord:
    """Render the report's Markdown into `out_dir` as report.html, report.pdf and report.docx.

    Where its metadata ask for two `volumes`, appendices become supplement.pdf and supplement.docx; the HTML is whole.

    The resolved document stays in `project_folder(out_dir)`, also where rendering fails.

    Args:
        source_md: The document; its front matter names title, institution, signatories, notice, bibliography.
        out_dir: Folder for the files; made if missing. Nothing is replaced unless all formats succeeded.
        formats: Any of "html", "pdf", "docx".
        lang: "id" or "en": language of the fixed words, numbering and bibliography.
        meta: Metadata that go before the document's own; `stamp` is the time stamp inside the files.
        engine: "auto", "embedded" or "quarto" (pipeline.report.engine.resolved_engine).
        meanwhile: Other work, done while Pandoc and Typst write.

    Raises:
        RenderError: The source does not hold together (each fault is named), or the engine failed.
    """
    source, out, wanted = Path(source_md), Path(out_dir), tuple(formats)
    check_formats(wanted)
    if lang not in languages():
        raise RenderError(f"The report has no language {lang!r}.", expected="id or en")
    chosen = resolved_engine(engine)
    if chosen.note:
        _log.warning(chosen.note)
    full = metadata(front_matter(source), lang, meta or {})
    folder = project_folder(out)
    if chosen.name == "quarto":
        write_project(source, folder, wanted, full, meanwhile=meanwhile)
        made = quarto.render(chosen.path, folder, wanted, full)
        for key, path in made.items():
            _finish(key, path, folder, full)
    else:
        kept = Kept(kept_folder(out))
        writer = embedded.Writer(folder, full, _finish, kept)
        write_project(source, folder, wanted, full, kept, writer.write, meanwhile)
        made = {
            key: writer.made[key] for name in wanted for key in (file_key(v, name) for v in volumes_of(folder, name))
        }
        kept.sweep()
    return RenderRecord(chosen.name, chosen.version, _put(made, out), tools(chosen), folder)


def _finish(key: str, path: Path, folder: Path, meta: Mapping[str, Any]) -> None:
    """What no writer does of itself, done to a written file in its place."""
    if key.endswith("docx"):
        path.write_bytes(docx.finish(path.read_bytes(), folder, stamp(meta)))
    elif key.endswith("pdf"):
        from pipeline.report import pdf  # no other command needs its library

        code = (folder / f"{path.stem}.typ").read_text(encoding="utf-8")
        path.write_bytes(pdf.finish(path.read_bytes(), code))


def _put(made: Mapping[str, Path], out_dir: Path) -> dict[str, Path]:
    out_dir.mkdir(parents=True, exist_ok=True)
    files = {}
    for name, path in made.items():
        files[name] = out_dir / path.name
        partial = out_dir / f"{path.name}.partial"
        shutil.copyfile(path, partial)
        partial.replace(files[name])
    return files
