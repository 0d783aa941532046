"""Kernels forked ready-loaded from one server process (`pipeline.run.server`), as Jupyter's client sees them."""

from __future__ import annotations

import contextlib
import math
import time
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from traitlets import HasTraits

from pipeline.run.server import Forkserver

_ARGUMENTS = (
    "--log-level=CRITICAL",  # the kernel would log the interrupt that ends it
    "--HistoryManager.enabled=False",
    "--InteractiveShellApp.ignore_cwd=True",  # a file in the data's root never stands for a library
    "--IPKernelApp.exec_PYTHONSTARTUP=False",
)


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
