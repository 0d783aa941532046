"""The fork server of a run, as the run sees it: a process that loads libraries, and the processes that it forks.

Nothing here imports the study's model or Jupyter: the server begins before either is loaded.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from pipeline.run.lock import Lock
from pipeline.run.places import CODE


def start_server(arguments: list[str], kept: list[int], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """The process of `pipeline.run.forkserver`, which is handed the open files `kept` and sees this environment alone."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "pipeline.run.forkserver", *arguments],
        pass_fds=kept,
        env=environment,
        cwd=CODE,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )


class Forkserver:
    """The server process of one run, and the kernels that it has forked.

    Args:
        root: Where the study's data lie.
        private: The run's private folder; the server removes it at the end of the run, whatever ends it.
        environment: What the server sees of the environment, and kernels: those that it forks from then on, where it is
            set anew.
    """

    def __init__(self, root: Path, private: Path, environment: dict[str, str]) -> None:
        self.root, self.private, self.environment = root, private, environment
        ours, theirs = socket.socketpair()
        kept = [theirs.fileno()]
        self._process = start_server([str(theirs.fileno()), str(root), str(private)], kept, environment)
        theirs.close()
        self._channel = ours
        self._news = threading.Condition()
        self._started: dict[int, int] = {}
        self._ended: dict[int, int] = {}
        self._peaks: dict[int, float] = {}
        self._names: dict[str, int] = {}
        self._channels: dict[str, socket.socket] = {}
        self._asked = 0
        self._gone = False
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def hold(self, lock: Lock | None) -> None:
        """Let the server and its kernels hold the lock too: the next run waits until the last process of this one is gone."""
        if lock is not None and lock.number is not None:
            self._tell({"do": "hold", "files": 1}, lock.number)

    def load(self, modules: list[str]) -> None:
        """Let the server import these modules, in order; an empty name waits until the first kernel is forked."""
        self._tell({"do": "load", "modules": modules})

    def fork(self, argv: list[str], cwd: Path, name: str) -> ForkedProcess:
        """A new kernel process; `name` names its trace and log in the private folder.

        Raises:
            OSError: The server is gone.
        """
        channel = self._channels.pop(name, None)
        pid = self._fork(name, cwd, {"argv": argv}, channel)
        with self._news:
            self._names[name] = pid
            self._news.notify_all()
        return ForkedProcess(self, pid)

    def wait_for_fork(self, name: str) -> None:
        """Wait until the kernel of that name has been forked, or will never be."""
        with self._news:
            self._news.wait_for(lambda: name in self._names or self._gone)

    def begin_beside(self, function: str, arguments: list[str], cwd: Path, name: str) -> None:
        """Call a function in a process beside the kernel of that name, which is forked next; each has an end of one socket.

        Raises:
            OSError: The server is gone.
        """
        ours, theirs = socket.socketpair()
        self._channels[name] = ours
        pid = self._fork(beside(name), cwd, {"argv": [], "call": [function, *arguments]}, theirs)
        with self._news:
            self._names[beside(name)] = pid

    def call(self, function: str, path: Path, name: str) -> None:
        """Call a function of one path in a process of its own, with the libraries loaded, and wait for its end.

        Args:
            function: Its full name, such as "pipeline.report.exported.export_notebook".
            path: Its argument.
            name: Names its log.

        Raises:
            OSError: It failed, or the server is gone; the last line of what it said is told.
        """
        name = f"{name}-{function.rpartition('.')[2]}"
        if self.wait(self._fork(name, path.parent, {"argv": [], "call": [function, str(path)]})) != 0:
            said = (self.private / f"{name}.log").read_text(encoding="utf-8", errors="replace").strip().splitlines()
            raise OSError(said[-1] if said else f"{function} was killed")

    def _fork(self, name: str, cwd: Path, what: dict[str, Any], channel: socket.socket | None = None) -> int:
        with self._news:
            self._asked += 1
            number = self._asked
        places = {"trace": str(self.trace_of(name)), "log": str(self.private / f"{name}.log"), "cwd": str(cwd)}
        files = [] if channel is None else [channel.fileno()]
        self._tell({"do": "fork", "id": number, "env": self.environment, "files": len(files), **places, **what}, *files)
        if channel is not None:
            channel.close()
        with self._news:
            self._news.wait_for(lambda: number in self._started or self._gone)
        if number not in self._started:
            raise OSError("the process that starts kernels has ended")
        return self._started[number]

    def peak(self, name: str) -> float | None:
        """Peak resident memory of the kernel of that name (MiB, pages shared with the server included); waits for its end."""
        pid = self._names.get(name, 0)
        if pid:
            self.wait(pid)
        return self._peaks.get(pid)

    def trace_of(self, name: str) -> Path:
        """Where the kernel of that name notes what it reads."""
        return self.private / f"{name}.trace"

    def traces_of(self, name: str) -> list[Path]:
        """Where the kernel of that name, which has ended, and what worked beside it have noted what they read."""
        if pid := self._names.get(beside(name), 0):
            self.wait(pid)
        own, other = self.trace_of(name), self.trace_of(beside(name))
        return [own, *([other] if other.is_file() else [])]  # one that ended at once has read nothing

    def status(self, pid: int) -> int | None:
        """Exit status of a kernel, negative for a signal; None while it runs."""
        with self._news:
            return self._ended.get(pid, -signal.SIGKILL if self._gone else None)

    def wait(self, pid: int) -> int:
        """Wait for a kernel's end."""
        with self._news:
            self._news.wait_for(lambda: pid in self._ended or self._gone)
        status = self.status(pid)
        return -signal.SIGKILL if status is None else status

    def send(self, pid: int, number: int) -> None:
        """Send a signal to a kernel and what it has started; nothing where it has ended."""
        self._tell({"do": "signal", "pid": pid, "signal": int(number)})

    def end(self) -> None:
        """Let the server end, and with it every kernel and the private folder."""
        if not self._asked:
            self._process.kill()  # it may be loading libraries, for nobody: nothing hangs on its end
        with contextlib.suppress(OSError):
            self._channel.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """End the server, and wait until all is gone."""
        self.end()
        self._process.wait()
        self._listener.join()
        self._channel.close()

    def __enter__(self) -> Forkserver:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _tell(self, message: dict[str, Any], *files: int) -> None:
        text = json.dumps(message).encode() + b"\n"
        with contextlib.suppress(BrokenPipeError), self._news:
            sent = socket.send_fds(self._channel, [text], files) if files else 0
            self._channel.sendall(text[sent:])

    def _listen(self) -> None:
        text = b""
        while True:
            try:
                data = self._channel.recv(1 << 16)
            except OSError:
                data = b""
            text += data
            *lines, text = text.split(b"\n")
            with self._news:
                for message in map(json.loads, lines):
                    if "kernel" in message:
                        self._started[message["kernel"]] = message["pid"]
                    else:
                        self._ended[message["ended"]] = message["status"]
                        self._peaks[message["ended"]] = message["mebibytes"]
                self._gone = not data
                self._news.notify_all()
            if not data:
                return


def beside(name: str) -> str:
    """Name of the process beside a kernel."""
    return f"{name}-beside"


class ForkedProcess:
    """What Jupyter's provisioner wants of a process: `subprocess.Popen`'s few methods."""

    stdin = stdout = stderr = None

    def __init__(self, server: Forkserver, pid: int) -> None:
        self._server, self.pid = server, pid

    def poll(self) -> int | None:
        return self._server.status(self.pid)

    def wait(self) -> int:
        return self._server.wait(self.pid)

    def send_signal(self, number: int) -> None:
        self._server.send(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def cores() -> int:
    """Processor cores that this process may use; a worker beside others is told how many (`EVALUATION_CORES`)."""
    told = os.environ.get("EVALUATION_CORES", "")
    if told.isdigit() and int(told):
        return int(told)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
