"""Drives a headless Chromium by its DevTools protocol: opens a file, runs script, presses keys, notes requests."""

from __future__ import annotations

import atexit
import json
import shutil
import subprocess
import tempfile
import threading
import time
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any

import websocket

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
KEYS = {"Enter": (13, "\r"), "Escape": (27, ""), "Tab": (9, ""), "ArrowDown": (40, ""), "ArrowRight": (39, "")}
_FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", "--remote-allow-origins=*"]
_PATIENCE = 300


class _Channel:
    """Commands of the protocol and what is said to them."""

    def __init__(self, url: str) -> None:
        self._socket = websocket.create_connection(url, timeout=_PATIENCE)
        self._sent, self.requests = 0, list[str]()

    def call(self, method: str, **given: Any) -> dict[str, Any]:
        """One command of the protocol and its result."""
        self._sent += 1
        self._socket.send(json.dumps({"id": self._sent, "method": method, "params": given}))
        while True:
            said = json.loads(self._socket.recv())
            if said.get("method") == "Network.requestWillBeSent":
                self.requests.append(said["params"]["request"]["url"])
            if said.get("id") == self._sent:
                assert "error" not in said, said
                result: dict[str, Any] = said["result"]
                return result

    def close(self) -> None:
        self._socket.close()


@cache
def _chromium() -> tuple[str, _Channel]:
    """One Chromium for all tests of a process: where it listens, and its own channel."""
    assert CHROMIUM is not None
    profile = tempfile.mkdtemp()
    command = [CHROMIUM, *_FLAGS, f"--user-data-dir={profile}", "about:blank"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def end() -> None:
        process.terminate()
        process.wait(timeout=_PATIENCE)
        shutil.rmtree(profile, ignore_errors=True)

    atexit.register(end)
    assert process.stderr is not None
    line = next(line for line in process.stderr if "DevTools listening on" in line)
    threading.Thread(target=process.stderr.read, daemon=True).start()  # else it waits once the pipe is full
    url = line.split("listening on ")[1].strip()
    return url.split("ws://")[1].split("/")[0], _Channel(url)


class Browser(_Channel):
    """A page with a profile of its own: nothing is left of the page before.

    Args:
        width, height: Of the window, in CSS pixels.
        scripts: Whether the page's own scripts run.
    """

    def __init__(self, width: int = 1200, height: int = 900, *, scripts: bool = True) -> None:
        host, self._chromium = _chromium()
        self._context = self._chromium.call("Target.createBrowserContext")["browserContextId"]
        made = self._chromium.call("Target.createTarget", url="about:blank", browserContextId=self._context)
        super().__init__(f"ws://{host}/devtools/page/{made['targetId']}")
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
        )
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        for domain in ("Page", "Network", "Runtime"):
            self.call(f"{domain}.enable")

    def open(self, path: Path) -> None:
        """A file, until all of it is there."""
        self.call("Page.navigate", url=path.as_uri())
        end = time.monotonic() + _PATIENCE
        while self.run("document.readyState + location.href") != f"complete{path.as_uri()}":
            assert time.monotonic() < end
            time.sleep(0.05)

    def run(self, script: str, *, wait: bool = False) -> Any:
        """The value of a script in the page; `wait` for the value that it promises."""
        said = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=wait)
        assert "exceptionDetails" not in said, said
        return said["result"].get("value")

    def faults(self) -> list[str]:
        """What axe-core finds against the rules of accessibility, each with its rule and the first element that breaks it."""
        source = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
        self.call("Runtime.evaluate", expression=source)
        asked = (
            "axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify(r.violations.map("
            "v => v.id + ': ' + v.nodes.length + ' · ' + v.nodes[0].html.slice(0, 200))))"
        )
        said = self.call("Runtime.evaluate", expression=asked, awaitPromise=True, returnByValue=True)
        found: list[str] = json.loads(said["result"]["value"])
        return found

    def press(self, key: str) -> None:
        """A key, down and up."""
        number, text = KEYS[key]
        for kind, more in (("keyDown", {"text": text} if text else {}), ("keyUp", {})):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=number, **more)

    def click(self, selector: str) -> None:
        """The middle of the first such element, with the mouse."""
        place = self.run(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); e.scrollIntoView({{block: 'center'}});"
            " const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)

    def __enter__(self) -> Browser:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        self._chromium.call("Target.disposeBrowserContext", browserContextId=self._context)
