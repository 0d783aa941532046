"""The record of a run: what the report was made from and with, and its manifest."""

from __future__ import annotations

import hashlib
import json
import platform
from importlib import metadata
from pathlib import Path

from pipeline.ledger.entries import file_hash, read_results
from pipeline.notebook import Edition
from pipeline.report.pandoc import pandoc_version
from pipeline.report.render import RenderRecord
from pipeline.report.shown import fill

PACKAGE = Path(__file__).resolve().parent.parent
PACKAGES = (
    "numpy",
    "pandas",
    "scipy",
    "statsmodels",
    "diff-diff",
    "matplotlib",
    "papermill",
)


def export_notebook(path: Path) -> Path:
    """Write an executed notebook as one HTML file beside it."""
    import nbformat
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(template_name="lab", embed_images=True)
    body, _ = exporter.from_notebook_node(nbformat.read(path, as_version=4), {"metadata": {"name": path.stem}})
    target = path.with_suffix(".html")
    target.write_text(body, encoding="utf-8")
    return target


def export_notebooks(edition: Edition, lang: str, out_dir: Path) -> list[Path]:
    """Put the executed notebooks of the analysis into `out_dir/notebooks/`, their exhibits as the report may show them.

    By hand there are none: an editor shows the notebook itself.
    """
    folder = out_dir / "notebooks"
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    # a study's own notebooks may record nothing
    results = read_results(edition.results_folder) if any(edition.results_folder.glob("*.json")) else None
    for name in edition.analysis_notebooks():
        made = edition.build / "notebooks" / f"{name}.html"
        if made.is_file():
            written.append(folder / made.name)
            html = made.read_text(encoding="utf-8")
            shown = html if results is None else fill(html, results, lang, edition.study.period_kind)
            written[-1].write_text(shown, encoding="utf-8")
    return written


def code_hash() -> str:
    """One SHA-256 over the package's sources and the notebooks, by path and content."""
    digest = hashlib.sha256()
    for path in sorted([*PACKAGE.rglob("*.py"), *(PACKAGE.parent / "notebooks").glob("*.ipynb")]):
        digest.update(f"{path.relative_to(PACKAGE.parent).as_posix()} {file_hash(path)}\n".encode())
    return digest.hexdigest()


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that make numbers and figures."""
    return {"python": platform.python_version(), **{name: metadata.version(name) for name in PACKAGES}}


def write_manifest(edition: Edition, lang: str, out_dir: Path, rendered: RenderRecord) -> Path:
    """Write `manifest.json`: study, engine, versions, hashes of inputs and of every published file."""
    results = read_results(edition.results_folder)
    files = [p for p in sorted(out_dir.rglob("*")) if p.is_file() and p.suffix in {".html", ".pdf", ".docx"}]
    content = {
        "study": edition.study.name,
        "edition": edition.year,
        "language": lang,
        "demonstration": edition.study.demonstration,
        "blind": edition.blind,
        "seed": edition.study.seed,
        # Pandoc's wheel resolves the document for either engine; what writes the files are the engine's own tools.
        "engine": {
            "name": rendered.engine,
            "version": rendered.version,
            "resolved by": {"pandoc": pandoc_version()},
            "tools": rendered.tools,
        },
        "versions": versions(),
        "code": code_hash(),
        "inputs": results.inputs,
        "raw": edition.raw_hashes(),
        "files": {path.relative_to(out_dir).as_posix(): file_hash(path) for path in files},
    }
    target = out_dir / "manifest.json"
    target.write_text(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return target
