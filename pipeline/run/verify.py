"""Reproducibility: the report made twice from nothing, under different conditions, must be the same to the byte.

The two runs differ in time zone, locale, umask, number of cores, the kind of processor that libraries of arrays are asked
to count for, the path of the workspace, and the settings that the account has for matplotlib, IPython and Jupyter. Both
use one key of pseudonyms, so studies with real persons verify too.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.arithmetic import SETTINGS
from pipeline.content import copy_files, files_below, hash_of
from pipeline.errors import StepError
from pipeline.published.split import read_by
from pipeline.run.build import Request, make_target
from pipeline.run.certificate import (
    Certificate,
    Hashes,
    certify,
    check_inputs,
    inputs_of,
    key_of,
    last_ledgers,
    load_certificate,
    write_certificate,
)
from pipeline.run.places import CODE
from pipeline.run.progress import say
from pipeline.run.steps import Target


@dataclass(frozen=True)
class Condition:
    """What surrounds one of the runs."""

    name: str
    environment: dict[str, str]
    umask: int
    one_core: bool


PLAIN = Condition("workspace", {"TZ": "UTC", "LC_ALL": "C.UTF-8"}, 0o022, one_core=False)
_OTHER_PROCESSOR = {"OPENBLAS_CORETYPE": "Nehalem", "NPY_DISABLE_CPU_FEATURES": "X86_V3", "OMP_NUM_THREADS": "3"}
OTHER = Condition(
    "another workspace with a longer name",
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C"} | {n: v for n, v in _OTHER_PROCESSOR.items() if n in SETTINGS},
    0o077,
    one_core=True,
)


def verify_report(request: Request, out: Path | None = None, sign: Path | None = None) -> Path:
    """Make the report in two empty workspaces, compare every file, and write a certificate.

    Args:
        request: Which report.
        out: Where the certificate goes; beside the edition's reports where not given.
        sign: File with an Ed25519 private key (PEM) to sign it with.

    Returns:
        Path of the certificate.

    Raises:
        StepError: A run failed, or a file differs.
    """
    target = make_target(request)
    before = inputs_of(target)
    found = _made_twice(request, target)
    if inputs_of(target) != before:
        raise StepError("The study's files were changed during the verification.", todo="Run it again.")
    place = out or target.published(target.languages[0]).parent / "certificate.json"
    write_certificate(certify(request, target, before, found), place, sign)
    say(f"Two runs under different conditions gave the same {len(found)} files, byte for byte.")
    say(f"Certificate: {place}")
    return place


def verify_certificate(path: Path, root: Path, public_key: Path | None = None) -> None:
    """Make the certified report here, from nothing, and hold it against the certificate.

    Raises:
        StepError: The signature, an input, or an output is not as certified.
    """
    content = load_certificate(path, public_key)
    asked = content["report"]
    request = Request(asked["study"], asked["edition"], asked["languages"], asked["engine"], root, asked["blind"])
    target = make_target(request)
    check_inputs(content, target)
    with tempfile.TemporaryDirectory() as folder:
        made = _made_in(Path(folder) / PLAIN.name, request, target, PLAIN)
    compare_certified(content, made, target)
    say(f"The report was made again: {len(made)} files, each as certified.")


def compare_certified(content: Certificate, made: Hashes, target: Target) -> None:
    """Hold what was made against a certificate; say so where the key of pseudonyms is another than the certified one.

    Raises:
        StepError: A file differs.
    """
    try:
        compare(content["outputs"], made)
    except StepError as error:
        if content["key"] == key_of(target):
            raise
        raise StepError(
            "The report is not as certified, and the key of pseudonyms is another.",
            where=error.where,
            expected=error.expected,
            todo="Give the certified key, in EVALUATION_KEY or pseudonym.key: hashes of tables with pseudonyms depend on it, "
            "and the manifest and the annex print them.",
        ) from None


def compare(first: Hashes, second: Hashes) -> None:
    """Hold two runs' hashes by file name together.

    Raises:
        StepError: A file is in one run only, or differs; the first twenty are named.
    """
    differing = sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))
    if differing:
        raise StepError(
            "Two runs on the same input differ.",
            where="\n".join(differing[:20]),
            expected="the same bytes in every file",
            todo="Look for time stamps, unseeded draws or unordered sets in what made these files.",
        )


def _made_twice(request: Request, target: Target) -> Hashes:
    with tempfile.TemporaryDirectory() as folder:
        first, second = (_made_in(Path(folder) / c.name, request, target, c) for c in (PLAIN, OTHER))
    compare(first, second)
    return first


def _made_in(folder: Path, request: Request, target: Target, condition: Condition) -> Hashes:
    """Copy what the study needs into an empty folder, make the report there, and hash what was published."""
    for part in (Path("studies") / target.study.name, Path("data") / "raw" / target.study.name):
        copy_files(request.root / part, folder / part)
    earlier = [*last_ledgers(target), *read_by(target.study.name, target.edition, request.root)]
    for path in earlier:
        place = folder / path.relative_to(request.root)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
    asked = ["--edition", str(target.edition), "--lang", ",".join(target.languages), "--engine", request.engine]
    command = [sys.executable, "-m", "pipeline", "report", "--study", request.study, *asked]
    home = _account(folder / "home")
    done = subprocess.run(
        [*command, *(["--blind"] if request.blind else [])],
        cwd=CODE,
        env={**os.environ, **condition.environment, **home, **key_environment(target), "EVALUATION_ROOT": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=_surroundings(condition),
    )
    if done.returncode != 0:
        raise StepError("The report could not be made.", where="\n".join(done.stderr.strip().splitlines()[-12:]))
    reports = folder / "reports"
    made = [path for path in files_below(reports) if request.root / path.relative_to(folder) not in earlier]
    return {path.relative_to(reports).as_posix(): str(hash_of(path)) for path in made}


def _surroundings(condition: Condition) -> Callable[[], None]:
    def apply() -> None:
        os.umask(condition.umask)
        if condition.one_core and hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

    return apply


def _account(home: Path) -> dict[str, str]:
    """A home whose settings would show in every figure and notebook, if they were read."""
    files = {
        ".config/matplotlib/matplotlibrc": "lines.linewidth: 9\naxes.facecolor: yellow\nsavefig.dpi: 30\n",
        ".ipython/profile_default/startup/00.py": "print('from the account')\n",
        ".ipython/profile_default/ipython_config.py": "c.InteractiveShell.ast_node_interactivity = 'all'\n",
        ".pandoc/abbreviations": "Abb.\n",
    }
    for name, text in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    return {"HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config"), "XDG_DATA_HOME": str(home / ".local/share")}


def key_environment(target: Target) -> dict[str, str]:
    """The study's own key, for both runs; a new one for both where none was made yet."""
    if target.study.public_key is not None or os.environ.get("EVALUATION_KEY"):
        return {}
    from pipeline.secret import study_key

    return {"EVALUATION_KEY": study_key(target.study, target.root).decode()}
