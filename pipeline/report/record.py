"""The record of a run: what the report was made from and with, and its manifest."""

from __future__ import annotations

import hashlib
import json
import platform
from importlib import metadata
from pathlib import Path

from pipeline.clean.lineage import MADE_FROM
from pipeline.ledger.entries import file_hash, read_results
from pipeline.ledger.gate import WITHHELD
from pipeline.ledger.origins import CLEANING, Origins, RawFile
from pipeline.ledger.results import Results
from pipeline.notebook import Edition
from pipeline.report.chains import LEDGER
from pipeline.report.data_files import FOLDER as DATA
from pipeline.report.data_files import METADATA
from pipeline.report.pandoc import pandoc_version
from pipeline.report.render import RenderRecord
from pipeline.report.shown import fill
from pipeline.study.parts import query_file
from pipeline.uncollected import uncollected

PACKAGE = Path(__file__).resolve().parent.parent
ROW_ACCOUNT = "tbl_row_account"
PACKAGES = (
    "numpy",
    "pandas",
    "scipy",
    "statsmodels",
    "diff-diff",
    "matplotlib",
    "papermill",
)


@uncollected()
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


def origins_of(edition: Edition, lang: str) -> Origins:
    """What an edition was made from: raw files with the account of their rows, sources of tables, settings, code, and the
    last edition's ledger where it is published."""
    results = read_results(edition.results_folder)
    raw = {
        name.removeprefix(f"data/raw/{edition.study.name}/"): hash
        for name, hash in results.inputs.get(CLEANING, {}).items()
        if name.startswith("data/raw/")
    }
    account, asked = edition.table("row_account"), edition.query_hashes()
    raw |= asked
    files = []
    told = _rows_told(results)
    for source, period, file in sorted(set(zip(account["source"], account["period"], account["file"], strict=True))):
        query = f"{period}/{query_file(str(source))}"
        name = query if query in asked else f"{period}/{file}"
        files.append(RawFile(name, raw.get(name, ""), str(source), *told.get((source, period), ())))
    made_from = json.loads((edition.tables_folder / MADE_FROM).read_text(encoding="utf-8"))
    last = edition.last_published(lang, LEDGER)
    settings = edition.root / "studies" / edition.study.name / "study.yml"
    return Origins(
        files=tuple(files),
        made_from={table: tuple(sources) for table, sources in made_from.items()},
        seed=edition.study.seed,
        code=code_hash(),
        settings=file_hash(settings) if settings.is_file() else "",
        last=json.loads(last.read_text(encoding="utf-8")) if last is not None else {},
        last_name=last.parent.parent.name if last is not None else "",
    )


def _rows_told(results: Results) -> dict[tuple[str, int], list[int | None]]:
    """Rows read, kept and set aside by source and period, as the gate lets the table of the row account tell them."""
    table = results.tables.get(ROW_ACCOUNT)
    return {
        (row["source"], row["period"]): [
            None if row[name] == WITHHELD else int(row[name]) for name in ("read", "kept", "set_aside")
        ]
        for row in (table.rows if table else ())
    }


def code_hash() -> str:
    """One SHA-256 over the package's sources and the notebooks, by path and content."""
    digest = hashlib.sha256()
    for path in sorted([*PACKAGE.rglob("*.py"), *(PACKAGE.parent / "notebooks").glob("*.ipynb")]):
        digest.update(f"{path.relative_to(PACKAGE.parent).as_posix()} {file_hash(path)}\n".encode())
    return digest.hexdigest()


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that make numbers and figures."""
    return {"python": platform.python_version(), **{name: metadata.version(name) for name in PACKAGES}}


@uncollected()
def write_manifest(edition: Edition, lang: str, out_dir: Path, rendered: RenderRecord) -> Path:
    """Write `manifest.json`: study, engine, versions, hashes of inputs and of every published file."""
    results = read_results(edition.results_folder)
    published = [p for p in out_dir.rglob("*") if p.is_file() and p.suffix in {".html", ".pdf", ".docx", ".csv"}]
    published += [p for p in (out_dir / DATA / METADATA, out_dir / LEDGER) if p.is_file()]
    files = sorted(published)
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
