"""Quarto's command line, called as a subprocess in the folder of the resolved document (pipeline.report.project).

One call a format and volume: `quarto render report.qmd --to html|typst|docx`. What is rendered is settled before;
here stand only the search for the command, its version, its environment, its end and what its failures mean.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import RenderError
from pipeline.report import quarto_leash
from pipeline.report.assets import epoch
from pipeline.report.project import OUTPUT, WRITERS, file_key, volumes_of
from pipeline.report.quarto_failure import advice, explain

MINIMUM = (1, 9, 20)
"""First version that knows `pdf-standard` and `syntax-highlighting` and carries a Typst (0.14) that gives equations
their text alternative."""
TIMEOUT = 600.0
_UNWANTED = re.compile(
    r"TYPST_|LUA_|PANDOC_|SOURCE_DATE_EPOCH$"
    r"|QUARTO_(PROFILE|PDF_STANDARD|PROJECT_|LOG|DEBUG|PRINT_STACK|TRACE|VERSION_REQ|CAPTURE)"
)
"""Variables of the caller that would change what is rendered. QUARTO_PANDOC and the like stay: a conda environment says
by them where Quarto's parts lie."""


def find() -> str | None:
    """Path of the Quarto command: QUARTO_PATH if set, else `quarto` on the search path; None where there is none."""
    named = os.environ.get("QUARTO_PATH", "")
    return named or shutil.which("quarto")


def check_version(command: str, timeout: float = 60.0) -> str:
    """Version of the Quarto at the path `command`.

    Raises:
        RenderError: It cannot be started, does not answer, or is older than `MINIMUM`.
    """
    said = _call(command, ["--version"], Path.cwd(), {}, timeout).strip()
    match = re.search(r"^(\d+)\.(\d+)(?:\.(\d+))?", said, re.MULTILINE)
    if not match:
        raise RenderError(
            "Quarto did not tell its version.", where=f"{command}\n{said[:300]}".strip(), todo=advice("install")
        )
    if tuple(int(part or 0) for part in match.groups()) < MINIMUM:
        raise RenderError(
            f"Quarto {match[0]} is too old.",
            where=command,
            expected=f"{'.'.join(map(str, MINIMUM))} or newer",
            todo=advice("install"),
        )
    return match[0]


def versions(command: str, version: str) -> dict[str, str]:
    """Name and version of Quarto and of the Pandoc and Typst that it calls."""
    found = {"quarto": version}
    for tool in ("pandoc", "typst"):
        said = _call(command, [tool, "--version"], Path.cwd(), {}, 60.0)
        match = re.search(r"\d+\.\d+[.\d]*", said)
        found[tool] = match[0] if match else "unknown"
    return found


def render(
    command: str, folder: Path, formats: Sequence[str], meta: Mapping[str, Any], *, timeout: float = TIMEOUT
) -> dict[str, Path]:
    """Render the project in `folder` in each format and volume; the files lie in its output folder, by `file_key`.

    Args:
        command: Path of Quarto.
        folder: The resolved document as a Quarto project.
        formats: Any of "html", "pdf", "docx".
        meta: Metadata of the rendering; its `stamp` is the clock that Quarto sees.
        timeout: Seconds that one format may take.

    Raises:
        RenderError: Quarto cannot be started, exits with an error, takes too long, or writes no output.
    """
    scratch = folder / ".quarto" / "tmp"
    scratch.mkdir(parents=True, exist_ok=True)
    environment = {"SOURCE_DATE_EPOCH": str(epoch(meta)), "TMPDIR": str(scratch.resolve())}
    try:
        return {
            file_key(volume, name): _one_format(command, folder, name, volume, environment, timeout)
            for name in formats
            for volume in volumes_of(folder, name)
        }
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _one_format(
    command: str, folder: Path, name: str, volume: str, environment: Mapping[str, str], timeout: float
) -> Path:
    arguments = ["render", f"{volume}.qmd", "--to", WRITERS[name]]
    said = _call(command, arguments, folder, environment, timeout)
    output = folder / OUTPUT / f"{volume}.{name}"
    if not output.is_file() or not output.stat().st_size:
        raise RenderError(
            f"Quarto ended without an error but wrote no {name.upper()}.",
            where=f"quarto {' '.join(arguments)}\nin {folder}\n{said.strip()[-500:]}".strip(),
            expected=f"{OUTPUT}/{volume}.{name}",
            todo=advice("other"),
        )
    return output


def _call(command: str, arguments: list[str], folder: Path, environment: Mapping[str, str], timeout: float) -> str:
    """What Quarto printed. Quarto starts Deno, Pandoc and Typst: they end with it, and it ends with us."""
    shown = f"quarto {' '.join(arguments)}\nin {folder}"
    held, kept_open = os.pipe()  # the end that we keep closes when we end, whatever ends us
    try:
        process = subprocess.Popen(
            [sys.executable, "-I", quarto_leash.__file__, command, *arguments],
            cwd=folder,
            env=_environment(environment),
            stdin=held,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
        try:
            said, _ = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            said = _kill(process)
            raise RenderError(
                f"Quarto took more than {timeout:g} s and was stopped.",
                where="\n".join([shown, *explain(said, 0)[0]]),
                todo=advice("time"),
            ) from None
        except BaseException:  # Ctrl-C leaves nothing running
            _kill(process)
            raise
    finally:
        os.close(held)
        os.close(kept_open)
    if process.returncode == quarto_leash.NOT_STARTED:
        raise RenderError(f"Quarto could not be started: {said.strip()}.", where=command, todo=advice("install"))
    if process.returncode:
        lines, cause = explain(said, process.returncode)
        raise RenderError(
            f"Quarto failed with exit status {process.returncode}.",
            where="\n".join([shown, *lines]),
            todo=advice(cause),
        )
    return said


def _kill(process: subprocess.Popen[str]) -> str:
    with contextlib.suppress(ProcessLookupError):  # it may have ended by itself meanwhile
        os.killpg(process.pid, signal.SIGKILL)
    said, _ = process.communicate()
    return said or ""


def _environment(added: Mapping[str, str]) -> dict[str, str]:
    """The caller's, without what would change the report; language, time zone and log are fixed."""
    kept = {key: value for key, value in os.environ.items() if not _UNWANTED.match(key)}
    fixed = {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1", "QUARTO_LOG_LEVEL": "INFO"}
    return {**kept, **fixed, "TYPST_IGNORE_SYSTEM_FONTS": "true", **added}
