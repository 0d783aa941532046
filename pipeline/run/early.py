"""A fork server that begins while the study is still being read, with what every notebook needs."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from pipeline.installed import whole_code
from pipeline.languages.known import languages
from pipeline.run.environment import clean_environment
from pipeline.run.run_folder import run_folder
from pipeline.run.server import Forkserver

COMMON = ("ipykernel.kernelapp", "ipykernel.ipkernel", "IPython.core.completer", "pipeline.notebook")
"""What every notebook's kernel needs."""


class Early:
    """Opened with `with` before anything is known of the run: it holds no lock, forks nothing and writes nothing there.

    Args:
        root: Where the data lie.
        lang: The languages, as they were asked for.

    Attributes:
        code: The code that lay there before the server loaded anything of it.
        server: The server; None where none could be started (what starts one later tells why), and when it was closed.
    """

    def __init__(self, root: Path, lang: str) -> None:
        self.code = whole_code()
        self.server: Forkserver | None = None
        self._stack = ExitStack()
        asked = tuple(part.strip() for part in lang.split(",")) if lang != "all" else tuple(languages())
        try:
            private = self._stack.enter_context(run_folder())
            environment = clean_environment(root, private, asked)
            self.server = self._stack.enter_context(Forkserver(root, private, environment))
        except OSError:
            self.close()
        else:
            self.server.load(list(COMMON))

    def close(self) -> None:
        """End the server, where it has not ended, and remove its folder."""
        self.server = None
        self._stack.close()

    def __enter__(self) -> Early:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()
