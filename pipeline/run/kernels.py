"""Kernels forked ready-loaded from one server process, as Jupyter's client sees them."""

from __future__ import annotations

import contextlib
import json
import math
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from traitlets import HasTraits

from pipeline.run.lock import Lock
from pipeline.run.places import CODE

_ARGUMENTS = (
    "--log-level=CRITICAL",  # the kernel would log the interrupt that ends it
    "--HistoryManager.enabled=False",
    "--InteractiveShellApp.ignore_cwd=True",  # a file in the data's root never stands for a library
    "--IPKernelApp.exec_PYTHONSTARTUP=False",
)


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
        environment: What server and kernels see of the environment.
        lock: Held by the server too, so that the next run waits until the last process of this one is gone.
    """

    def __init__(self, root: Path, private: Path, environment: dict[str, str], lock: Lock | None = None) -> None:
        self.root, self.private, self.environment = root, private, environment
        ours, theirs = socket.socketpair()
        kept = [theirs.fileno(), *([lock.number] if lock is not None and lock.number is not None else [])]
        self._process = start_server([str(theirs.fileno()), str(root), str(private)], kept, environment)
        theirs.close()
        self._channel = ours
        self._news = threading.Condition()
        self._started: dict[int, int] = {}
        self._ended: dict[int, int] = {}
        self._peaks: dict[int, float] = {}
        self._names: dict[str, int] = {}
        self._asked = 0
        self._gone = False
        threading.Thread(target=self._listen, daemon=True).start()

    def load(self, modules: list[str]) -> None:
        """Let the server import these modules, in order; an empty name waits until the first kernel is forked."""
        self._tell({"do": "load", "modules": modules})

    def fork(self, argv: list[str], cwd: Path, name: str) -> ForkedProcess:
        """A new kernel process; `name` names its trace and log in the private folder.

        Raises:
            OSError: The server is gone.
        """
        self._names[name] = self._fork(name, cwd, {"argv": argv})
        return ForkedProcess(self, self._names[name])

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

    def _fork(self, name: str, cwd: Path, what: dict[str, Any]) -> int:
        with self._news:
            self._asked += 1
            number = self._asked
        places = {"trace": str(self.trace_of(name)), "log": str(self.private / f"{name}.log"), "cwd": str(cwd)}
        self._tell({"do": "fork", "id": number, "env": self.environment, **places, **what})
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

    def close(self) -> None:
        """End the server, and with it every kernel and the private folder; waits until they are gone."""
        if not self._asked:
            self._process.kill()  # it may be loading libraries, for nobody: nothing hangs on its end
        with contextlib.suppress(OSError):
            self._channel.shutdown(socket.SHUT_WR)
        self._process.wait()
        self._channel.close()

    def __enter__(self) -> Forkserver:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _tell(self, message: dict[str, Any]) -> None:
        with contextlib.suppress(BrokenPipeError), self._news:
            self._channel.sendall(json.dumps(message).encode() + b"\n")

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


class _Client(AsyncKernelClient):
    """Jupyter's client; it is ready when the kernel says so, where the library listens into silence for 0.2 seconds more."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Until the kernel has answered, and said where its outputs come that it has done so.

        Raises:
            RuntimeError: It died, or did not answer in so many seconds.
        """
        end = math.inf if timeout is None else time.monotonic() + timeout
        while True:
            asked = self.kernel_info()
            with contextlib.suppress(Empty):
                reply = await self.shell_channel.get_msg(timeout=1)
                if reply["msg_type"] == "kernel_info_reply" and await self._is_done(asked):
                    self._handle_kernel_info_reply(reply)
                    return
            if not await self.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > end:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    async def _is_done(self, asked: str) -> bool:
        """Read the outputs up to the kernel's word that the question is done; Empty where they are not connected yet."""
        while True:
            said = await self.iopub_channel.get_msg(timeout=0.05)
            if said["parent_header"].get("msg_id") == asked and said["content"].get("execution_state") == "idle":
                return True


class _Provisioner(LocalProvisioner):
    """Asks the server for a process instead of starting one."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        manager = self.parent
        self.process = manager.server.fork(cmd, Path(kwargs["cwd"]), manager.name)
        self.pid = self.process.pid
        self.pgid = None  # signals go through the server, which knows whether the process is still the kernel
        return self.connection_info


class ForkedKernelManager(AsyncKernelManager):
    """Jupyter's kernel manager over the fork server; its sockets lie in the run's private folder.

    The kernel's specification is this one, whatever other kernels the user's account has under the name "python3".
    """

    def __init__(self, server: Forkserver, name: str, **options: Any) -> None:
        super().__init__(
            connection_file=str(server.private / f"{name}.json"),
            transport="ipc",  # sockets of this user only, no open port
            ip=str(server.private / name),
            kernel_name="python3",
            client_factory=_Client,
            **options,
        )
        self.server, self.name = server, name

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(argv=["-f", "{connection_file}", *_ARGUMENTS], display_name="Python 3", language="python")

    async def _async_wait(self, pollinterval: float = 0.005) -> None:
        """The kernel's end; the library asks ten times a second, and each notebook ends with this."""
        await super()._async_wait(pollinterval)

    async def _async_pre_start_kernel(self, **options: Any) -> Any:
        if self.provisioner is None:  # type: ignore[has-type]
            self.kernel_id = self.name
            self.provisioner = _Provisioner(kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self)
        return await super()._async_pre_start_kernel(**options)


def look_up(*kinds: type[HasTraits]) -> None:
    """Let the classes find what they name by words: they do so at their first instance, where two threads would collide."""
    for kind in kinds:
        kind.__new__(kind)


look_up(ForkedKernelManager, _Client, _Provisioner)


def cores() -> int:
    """Processor cores that this process may use; a worker beside others is told how many (`EVALUATION_CORES`)."""
    told = os.environ.get("EVALUATION_CORES", "")
    if told.isdigit() and int(told):
        return int(told)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
