"""The Pandoc that its wheel carries, run so that nothing of the machine or its user gets in.

Its absolute path is used, never a `pandoc` of the search path; its data folder is the assets folder, where neither
templates nor abbreviations nor defaults lie; language, time zone and clock are fixed.
"""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path

import pypandoc

from pipeline.errors import RenderError
from pipeline.report.assets import ASSETS
from pipeline.report.nodes import Node

TIMEOUT = 300
SIDE_BY_SIDE = 2
"""How many of it run at once for a report."""
_ROOM = ("+RTS", "-A64m", "-RTS")
"""Room for what it makes, before it first looks for what can go: it asks for no more memory in all, and takes less time."""
AS_IT_COMES = ("--wrap", "none", "--syntax-highlighting", "none")
"""Lines as long as they come, and code without colours."""


@cache
def pandoc_path() -> str:
    """The Pandoc binary inside the wheel pypandoc-binary.

    Raises:
        RenderError: It is not installed.
    """
    files = Path(pypandoc.__file__).resolve().parent / "files"
    for name in ("pandoc", "pandoc.exe"):
        if (files / name).is_file():
            return str(files / name)
    raise RenderError("Pandoc is not installed.", where=str(files), todo="Run `make setup`.")


@cache
def pandoc_version() -> str:
    """Version of that binary, such as "3.9"."""
    return run(["--version"], ASSETS).stdout.split()[1]


def run(
    arguments: list[str], folder: Path, *, epoch: int = 0, given: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run Pandoc in `folder` and return what it said; its exit status is the caller's to judge.

    Args:
        arguments: Command line after the program's name.
        folder: Working directory, against which relative paths of the document are read.
        epoch: Seconds since 1970 that stand for "now" in what Pandoc writes.
        given: What it reads, where no file is named.

    Raises:
        RenderError: It took too long.
    """
    home = str(ASSETS)  # Pandoc looks for an `init.lua` and the like in the user's folders
    environment = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "SOURCE_DATE_EPOCH": str(epoch), "HOME": home}
    environment |= {"XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home}
    try:
        return subprocess.run(
            [pandoc_path(), *_ROOM, "--data-dir", str(ASSETS), *arguments],
            cwd=folder,
            env=environment,
            **({"stdin": subprocess.DEVNULL} if given is None else {"input": given}),
            capture_output=True,
            encoding="utf-8",
            timeout=TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RenderError(f"Pandoc took more than {TIMEOUT} s and was stopped.", where=str(folder)) from None


def run_checked(arguments: list[str], folder: Path, what: str, *, epoch: int = 0, given: str | None = None) -> str:
    """Run Pandoc and return what it wrote; a failure or a warning of it is an error.

    Raises:
        RenderError: Names `what` was being done, with Pandoc's last words.
    """
    done = run(arguments, folder, epoch=epoch, given=given)
    last = "\n".join(done.stderr.strip().splitlines()[-15:])
    if done.returncode:
        raise RenderError(f"Pandoc failed while {what} (exit status {done.returncode}).", where=f"{folder}\n{last}")
    if "[WARNING]" in done.stderr:
        raise RenderError(f"Pandoc was not content while {what}.", where=last)
    return done.stdout


def written(document: Node, kind: str, folder: Path, *options: str) -> str:
    """What Pandoc's writer makes of a document without its frame.

    Raises:
        RenderError: The writer failed, or warned.
    """
    arguments = ["--from", "json", "--to", kind, *AS_IT_COMES, *options]
    return run_checked(arguments, folder, f"writing {kind}", given=json.dumps(document, ensure_ascii=False))
