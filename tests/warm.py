"""The command line in processes forked from one that has loaded everything.

Most of what a small run costs is loading libraries, once for the command and once for its kernels, and tests make hundreds
of such runs. Here one process (multiprocessing's fork server) loads them once; each command, and the server that a command
starts for its kernels, is forked from it: the same functions with the same arguments, environment, folder and files, but for
the start of the interpreter. That start is made as it is by the tests of signals, of packages, of setting up, and here below.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from functools import cache
from multiprocessing import reduction
from pathlib import Path
from typing import Any

from pipeline.run.environment import clean_environment
from pipeline.study import ROOT

POSSIBLE = sys.platform.startswith("linux")
"""Elsewhere libraries may not survive a fork, and nothing lists a process's open files."""


def run(arguments: tuple[str, ...], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """`python -m pipeline` with these arguments and this environment, as `subprocess.run` would tell of it."""
    if not POSSIBLE:
        return started(arguments, environment)
    with tempfile.TemporaryDirectory() as folder:
        files = (Path(folder) / "out", Path(folder) / "err")
        process = _server().Process(target=_command, args=(arguments, environment, files))
        process.start()
        process.join()
        out, err = (file.read_text(encoding="utf-8") for file in files)
        return subprocess.CompletedProcess(arguments, process.exitcode, out, err)


def started(arguments: tuple[str, ...], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """The same by an interpreter of its own, as a person starts it."""
    command = [sys.executable, "-m", "pipeline", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@cache
def _server() -> Any:
    """multiprocessing's context of the fork server, which is started once, in the environment that kernels have."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.warm_libraries"])
    folder = Path(tempfile.mkdtemp(prefix="warm-"))
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(clean_environment(folder, folder, given=before))
    try:
        first = context.Process(target=int)
        first.start()
        first.join()
    finally:
        os.environ.clear()
        os.environ.update(before)
    return context


def _command(arguments: tuple[str, ...], environment: dict[str, str], files: tuple[Path, Path]) -> None:
    """In a fork of the server: become the command."""
    from pipeline import __main__
    from pipeline.run import server
    from pipeline.run.forkserver import LEFT_OUT

    _become(environment, ROOT, ["pipeline", *arguments])
    for number, path in enumerate(files, 1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", 1, encoding="utf-8", closefd=False)
    for name in LEFT_OUT:  # what a process that is forked must not have, a command may load
        sys.modules.pop(name, None)
    server.start_server = _start_server  # type: ignore[assignment]
    __main__.main()


def _start_server(arguments: list[str], kept: list[int], environment: dict[str, str]) -> _Forked:
    """In the command: fork the server of its kernels, as `pipeline.run.server.start_server` starts it."""
    from pipeline.run import forkserver
    from pipeline.run.places import CODE

    assert threading.active_count() == 1, "a process with threads is not forked"
    pid = os.fork()
    if pid:
        return _Forked(pid)
    try:
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for number in [int(path.name) for path in Path("/proc/self/fd").iterdir()]:
            if number > 2 and number not in kept:
                with contextlib.suppress(OSError):
                    os.close(number)
        _become(environment, CODE, ["forkserver", *arguments])
        forkserver.main()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)


def kernel_server(arguments: list[str], kept: list[int], environment: dict[str, str]) -> _Server:
    """In a test that calls the run itself: the server of its kernels, as `pipeline.run.server.start_server` starts it."""
    mask = os.umask(0o077)
    os.umask(mask)
    process = _server().Process(target=_serve, args=(arguments, [_Kept(number) for number in kept], environment, mask))
    process.start()
    return _Server(process)


class _Kept:
    """An open file on its way to another process, where it is its number there."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __reduce__(self) -> tuple[Any, ...]:
        return _received, (reduction.DupFd(self.number),)


def _received(sent: Any) -> int:
    return int(sent.detach())


def _serve(arguments: list[str], kept: list[int], environment: dict[str, str], mask: int) -> None:
    """In a fork of the server: become the server of one run's kernels."""
    from pipeline.run import forkserver
    from pipeline.run.places import CODE

    os.setsid()
    os.umask(mask)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    _become(environment, CODE, ["forkserver", str(kept[0]), *arguments[1:]])
    forkserver.main()


class _Server:
    """What is asked of its process."""

    def __init__(self, process: Any) -> None:
        self._process, self.pid = process, process.pid

    def wait(self) -> int:
        self._process.join()
        return int(self._process.exitcode)

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)


def _become(environment: dict[str, str], folder: Path, arguments: list[str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    time.tzset()
    tempfile.tempdir = None
    sys.argv = arguments


class _Forked:
    """What is asked of a process."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def wait(self) -> int:
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
