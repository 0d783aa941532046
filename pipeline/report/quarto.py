"""Quarto's command line, called as a subprocess in a folder of its own.

The source is plain Quarto Markdown. Everything else that Quarto must know stands in a `_quarto.yml` beside it: formats,
wording of cross-references and callouts, style sheets, notice; cover and approval page: `quarto_opening`. One call a
format: `quarto render report.qmd --to html|typst|docx --no-execute`.

Quarto numbers by itself: it writes "Bab 4" where the embedded engine writes "Bab IV", and goes on counting through the
appendices.
"""

from __future__ import annotations

import contextlib
import html
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import RenderError
from pipeline.report import docx, quarto_opening
from pipeline.report.assets import ASSETS
from pipeline.report.embedded import stamp

MINIMUM = (1, 5, 0)
"""First version whose Typst knows `context` and whose partials and cross-reference divs this wrapper relies on."""
TIMEOUT = 600.0
_TARGETS = {"html": "html", "pdf": "typst", "docx": "docx"}
_LAST_LINES = 15


def find() -> str | None:
    """Path of the Quarto command: QUARTO_PATH if set, else `quarto` on the search path; None where there is none."""
    named = os.environ.get("QUARTO_PATH", "")
    return named or shutil.which("quarto")


def check_version(timeout: float = 60.0) -> str:
    """Version of the installed Quarto.

    Raises:
        RenderError: Quarto is not installed, does not answer, or is older than `MINIMUM`.
    """
    said = _call(["--version"], Path.cwd(), {}, timeout).strip()
    match = re.search(r"^(\d+)\.(\d+)(?:\.(\d+))?", said, re.MULTILINE)
    if not match:
        raise RenderError("Quarto did not tell its version.", where=_last_lines(said), todo=_advice())
    if tuple(int(part or 0) for part in match.groups()) < MINIMUM:
        wanted = ".".join(map(str, MINIMUM))
        raise RenderError(
            f"Quarto {match[0]} is too old.", where=str(find()), expected=f"{wanted} or newer", todo=_advice()
        )
    return match[0]


def render(
    source: Path, out_dir: Path, formats: Sequence[str], meta: Mapping[str, Any], *, timeout: float = TIMEOUT
) -> dict[str, Path]:
    """Render `source` in each format as `report.<format>` into `out_dir`; nothing is replaced unless all succeeded.

    Args:
        source: The report's Markdown; its whole folder (figures, references) goes along.
        out_dir: Folder for the files.
        formats: Any of "html", "pdf", "docx".
        meta: Metadata of the rendering (pipeline.report.assets.metadata).
        timeout: Seconds that one format may take.

    Raises:
        RenderError: Quarto is absent, exits with an error, takes too long, or writes no output.
    """
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "report"
        shutil.copytree(source.parent, work, ignore=shutil.ignore_patterns("report.html", "report.pdf", "report.docx"))
        (work / source.name).rename(work / "report.qmd")
        _write_opening(work / "report.qmd", meta)
        _write_project(work, meta)
        environment = _environment(Path(folder), meta)
        made = {name: _one_format(work, name, environment, timeout) for name in formats}
        if "docx" in made:
            made["docx"].write_bytes(docx.finish(made["docx"].read_bytes(), work, stamp(meta)))
        out_dir.mkdir(parents=True, exist_ok=True)
        files = {}
        for name, path in made.items():
            files[name] = out_dir / f"report.{name}"
            partial = files[name].with_suffix(f".{name}.partial")
            shutil.copyfile(path, partial)
            partial.replace(files[name])
    return files


def _one_format(work: Path, name: str, environment: Mapping[str, str], timeout: float) -> Path:
    said = _call(["render", "report.qmd", "--to", _TARGETS[name], "--no-execute"], work, environment, timeout)
    output = work / "_output" / f"report.{name}"
    if not output.is_file() or not output.stat().st_size:
        raise RenderError(
            f"Quarto ended without an error but wrote no {name.upper()}.",
            where=f"quarto render report.qmd --to {_TARGETS[name]}\n{_last_lines(said)}",
            expected=f"_output/report.{name}",
            todo=_advice(),
        )
    unresolved = re.findall(r"(?:Unable to resolve crossref @?|[Cc]itation )([\w-]+)", said)
    if unresolved:
        raise RenderError("Quarto found no target for a reference.", where="\n".join(f"@{key}" for key in unresolved))
    return output


def _call(arguments: list[str], folder: Path, environment: Mapping[str, str], timeout: float) -> str:
    """What Quarto printed; its whole process group ends with it, since Quarto starts Deno, Pandoc and Typst."""
    command = find()
    if command is None:
        raise RenderError("Quarto is not installed.", where="quarto (not on the search path)", todo=_advice())
    shown = "quarto " + " ".join(arguments)
    try:
        process = subprocess.Popen(
            [command, *arguments],
            cwd=folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
    except OSError as error:
        raise RenderError(f"Quarto could not be started: {error.strerror}.", where=command, todo=_advice()) from None
    try:
        said, _ = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        said = _kill(process)
        raise RenderError(
            f"Quarto took more than {timeout:g} s and was stopped.",
            where=f"{shown}\n{_last_lines(said)}",
            todo=_advice(),
        ) from None
    except BaseException:  # Ctrl-C leaves nothing running
        _kill(process)
        raise
    if process.returncode:
        raise RenderError(
            f"Quarto failed with exit status {process.returncode}.",
            where=f"{shown}\n{_last_lines(said)}",
            todo=_advice(),
        )
    return said


def _kill(process: subprocess.Popen[str]) -> str:
    with contextlib.suppress(ProcessLookupError):  # it may have ended by itself meanwhile
        os.killpg(process.pid, signal.SIGKILL)
    said, _ = process.communicate()
    return said or ""


def _environment(folder: Path, meta: Mapping[str, Any]) -> dict[str, str]:
    """Fixed language and time; no Jupyter or R is asked for, since the source has no code to run."""
    return {
        "LC_ALL": "C.UTF-8",
        "LANG": "C.UTF-8",
        "NO_COLOR": "1",
        "TZ": "UTC",
        "SOURCE_DATE_EPOCH": str(int(stamp(meta).timestamp())),
        "QUARTO_LOG_LEVEL": "INFO",
        "TMPDIR": str(folder),
    }


def _write_project(work: Path, meta: Mapping[str, Any]) -> None:
    """The project file and the files it names, beside the source."""
    for name in ("quarto.css", "figure-format.lua"):
        shutil.copyfile(ASSETS / name, work / name)
    quarto_opening.write_partials(work, meta)
    (work / "reference.docx").write_bytes(docx.reference(meta, stamp(meta)))
    project = {
        "project": {"type": "default", "output-dir": "_output", "render": ["report.qmd"]},
        "lang": meta["lang"],
        "number-sections": True,
        "toc": True,
        "toc-depth": 2,
        "author": meta.get("institution", ""),
        "date": meta.get("edition-line", ""),
        "link-citations": True,
        "crossref": _crossref(meta),
        "language": _language(meta),
        "format": {"html": _html(meta), "typst": _typst(), "docx": _docx_format()},
    }
    text = yaml.safe_dump(project, allow_unicode=True, sort_keys=False, width=1000)
    (work / "_quarto.yml").write_text(text, encoding="utf-8")


def _write_opening(path: Path, meta: Mapping[str, Any]) -> None:
    """The opening of the DOCX, between front matter and chapters; the other formats take theirs from partials."""
    head, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    opening = quarto_opening.docx_opening(meta)
    path.write_text(f"{head}---\n{front}---\n\n{opening}\n\n{body.lstrip()}", encoding="utf-8")


def _crossref(meta: Mapping[str, Any]) -> dict[str, Any]:
    words = meta["labels"]
    return {
        "chapters": True,
        "title-delim": ".",
        "fig-title": words["figure"],
        "fig-prefix": words["figure"],
        "tbl-title": words["table"],
        "tbl-prefix": words["table"],
        "eq-prefix": words["equation"],
        "sec-prefix": words["chapter"],
    }


def _language(meta: Mapping[str, Any]) -> dict[str, str]:
    words = meta["labels"]
    callouts = {f"{key}-title": words[key] for key in words if key.startswith("callout-")}
    return {"toc-title-document": words["contents"], "section-title-references": words["references"], **callouts}


def _html(meta: Mapping[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {
        "embed-resources": True,
        "toc-location": "left",
        "html-math-method": "mathml",
        "theme": {"light": "cosmo", "dark": "darkly"},
        "respect-user-color-scheme": True,
        "css": ["quarto.css"],
        "template-partials": [quarto_opening.HTML_PARTIAL],
    }
    if meta.get("notice"):
        bar = f'<footer class="notice" role="contentinfo">{html.escape(str(meta["notice"]))}</footer>'
        out["include-after-body"] = {"text": bar}
    return out


def _typst() -> dict[str, Any]:
    """Pandoc's citation processing, since Typst's own reads no CSL JSON. `pdf-standard` is known from Quarto 1.9 on."""
    return {
        "papersize": "a4",
        "template-partials": [quarto_opening.TYPST_PARTIAL],
        "citeproc": True,
        "pdf-standard": "ua-1",
    }


def _docx_format() -> dict[str, Any]:
    return {"reference-doc": "reference.docx", "filters": ["figure-format.lua"]}


def _last_lines(text: str) -> str:
    return "\n".join(text.strip().splitlines()[-_LAST_LINES:])


def _advice() -> str:
    wanted = ".".join(map(str, MINIMUM))
    return f"Install Quarto {wanted} or newer (environment.yml does), or use the embedded engine: ENGINE=embedded."
