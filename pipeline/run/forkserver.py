"""The process that loads the libraries once and forks a notebook's kernel from itself whenever one is asked for.

`python -m pipeline.run.forkserver SOCKET ROOT PRIVATE`: reads one JSON line a request from the socket, loads modules
while it has nothing better to do, and reports each kernel's end. When the socket closes (the run ended, whatever ended
it) it kills every kernel, removes the run's private folder and goes. It starts no thread: a fork copies only one.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import json
import os
import selectors
import shutil
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

from pipeline.beside import CHANNEL
from pipeline.run import trace
from pipeline.run.environment import without_slow_grammars

_PR_SET_PDEATHSIG = 1
LEFT_OUT = ("polars", "svy", "duckdb", "distributed")
"""Libraries that start threads when loaded, or must not be forked: a kernel that needs one loads it itself."""
DEBUGGER = "debugpy"
"""What a kernel loads for editors that step through it: nobody does so in a run."""


class Server:
    """Serves one run.

    Args:
        channel: Connected socket to the run.
        root: Where the study's data lie.
        private: The run's private folder.
    """

    def __init__(self, channel: socket.socket, root: Path, private: Path) -> None:
        self.channel, self.private = channel, private
        self.trace = trace.start(root)
        self.children: set[int] = set()
        self.beside: set[int] = set()
        self.files: list[int] = []
        self.held: list[int] = []
        self.modules: list[str] = []
        self._asked: list[dict[str, Any]] = []
        self._text = b""
        self._may_load = True
        signal.signal(signal.SIGCHLD, lambda *_: None)
        woken, wake = socket.socketpair()
        for end in (woken, wake):
            end.setblocking(False)
        signal.set_wakeup_fd(wake.fileno())
        self._wake = (woken, wake)
        self._selector = selectors.DefaultSelector()
        self._selector.register(channel, selectors.EVENT_READ)
        self._selector.register(woken, selectors.EVENT_READ)

    def serve(self) -> None:
        """Until the run closes its end."""
        try:
            while True:
                for key, _ in self._selector.select(0 if self._has_time() else None):
                    if key.fileobj is self.channel:
                        if not self._requests():
                            return
                    else:
                        self._drain()
                self._reap()
                while self._asked and not self._unfinished():
                    self._fork(self._asked.pop(0))
                if self._has_time():
                    self._load(self.modules.pop(0))
        finally:
            self._end()

    def _has_time(self) -> bool:
        """Whether there are modules to be loaded, and a core for that: not while a process works beside the first kernel."""
        return bool(self.modules) and self._may_load and not self.beside

    def _unfinished(self) -> bool:
        """Whether modules stand before the mark: a kernel that is forked now would load them once more."""
        return "" in self.modules and bool(self.modules[0])

    def _load(self, name: str) -> None:
        if not name:  # a mark in the list: what comes after it is loaded while the first kernel runs
            self._may_load = bool(self.children)
            if not self._may_load:
                self.modules.insert(0, "")
            return
        with contextlib.suppress(Exception):  # a module that does not load says so in the notebook that needs it
            importlib.import_module(name)

    def _requests(self) -> bool:
        data, files, _, _ = socket.recv_fds(self.channel, 1 << 16, 1)
        self.files += files  # they come in the order of the requests that name them
        self._text += data
        *lines, self._text = self._text.split(b"\n")
        for line in lines:
            request = json.loads(line)
            if request["do"] == "load":
                self.modules += request["modules"]
            elif request["do"] == "hold":
                self.held.append(self.files.pop(0))  # the run's lock: open as long as one of these processes lives
            elif request["do"] == "fork":
                request["channel"] = self.files.pop(0) if request["files"] else None
                self._asked.append(request)
            elif request["do"] == "signal" and request["pid"] in self.children:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(request["pid"], request["signal"])
        return bool(data)

    def _fork(self, request: dict[str, Any]) -> None:
        gc.freeze()  # a kernel that collected what it inherits would write to, and so copy, every page of it
        pid = os.fork()
        if pid == 0:
            self._become_child(request)
        if request["channel"] is not None:
            os.close(request["channel"])
        with contextlib.suppress(OSError):
            os.setpgid(pid, pid)
        self.children.add(pid)
        if "call" in request and request["channel"] is not None:
            self.beside.add(pid)
        self._may_load = True
        self._tell({"kernel": request["id"], "pid": pid})

    def _become_child(self, request: dict[str, Any]) -> None:
        try:
            _die_with_parent()
            with contextlib.suppress(OSError):
                os.setpgid(0, 0)
            signal.set_wakeup_fd(-1)
            for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM):
                signal.signal(number, signal.SIG_DFL)
            self._selector.close()
            self.channel.close()
            for end in self._wake:
                end.close()
            log = os.open(request["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            null = os.open(os.devnull, os.O_RDONLY)
            for source, target in ((null, 0), (log, 1), (log, 2)):
                os.dup2(source, target)
            gc.enable()
            gc.set_threshold(10_000, 10, 10)  # a notebook makes millions of pieces: after each 700 is too often
            os.environ.update(request["env"])
            for number in [*self.files, *(other["channel"] for other in self._asked if other["channel"] is not None)]:
                os.close(number)  # others' sockets: their end is seen when who they belong to has ended
            if request["channel"] is not None:
                os.environ[CHANNEL] = str(request["channel"])
            os.chdir(request["cwd"])
            sys.argv = ["kernel", *request["argv"]]
            for name in LEFT_OUT:
                sys.modules.pop(name, None)
            self.trace.write_to(Path(request["trace"]))
            if "call" in request:
                _call(*request["call"])
            else:
                _run_kernel(request["argv"])
        except BaseException:
            import traceback

            traceback.print_exc()
            os._exit(1)
        os._exit(0)

    def _reap(self) -> None:
        for pid in list(self.children):
            done, status, usage = os.wait4(pid, os.WNOHANG)
            if done:
                self.children.discard(pid)
                self.beside.discard(pid)
                mebibytes = round(usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2), 1)
                self._tell({"ended": pid, "status": os.waitstatus_to_exitcode(status), "mebibytes": mebibytes})

    def _drain(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while self._wake[0].recv(256):
                pass

    def _tell(self, message: dict[str, Any]) -> None:
        with contextlib.suppress(OSError):
            self.channel.sendall(json.dumps(message).encode() + b"\n")

    def _end(self) -> None:
        for pid in self.children:
            with contextlib.suppress(OSError):
                os.killpg(pid, signal.SIGKILL)
            with contextlib.suppress(OSError):
                os.waitpid(pid, 0)
        shutil.rmtree(self.private, ignore_errors=True)


def leave_out() -> None:
    """Loading any of `LEFT_OUT` fails from now on, and the debugger fails in kernels too.

    Libraries that would take them along, where they are there, do without.
    """
    for name in (*LEFT_OUT, DEBUGGER):
        sys.modules[name] = None  # type: ignore[assignment]


def _run_kernel(argv: list[str]) -> None:
    from ipykernel.kernelapp import IPKernelApp

    time.tzset()
    app = IPKernelApp.instance()
    app.initialize(argv)
    app.start()


def _call(function: str, *arguments: str) -> None:
    module, _, name = function.rpartition(".")
    getattr(importlib.import_module(module), name)(*arguments)


def _die_with_parent() -> None:
    """The system kills this process with the one that forked it (Linux; elsewhere the closed socket does, a bit later)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def main() -> None:
    """Serve the run at the other end of the socket."""
    number, root, private = sys.argv[1:4]
    gc.disable()  # it looks through all that is loaded, again and again, for the little that loading leaves behind
    without_slow_grammars()
    leave_out()
    for ignored in (signal.SIGINT, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)  # the run decides; it closes the socket
    Server(socket.socket(fileno=int(number)), Path(root), Path(private)).serve()


if __name__ == "__main__":
    main()
