"""Progress of a run: a bar over steps and cells on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn


class Reporter:
    """Tells a person how far the run is, on standard error; knows how long each step took. Steps may run side by side."""

    def __init__(self, steps: int) -> None:
        self.console = Console(stderr=True, highlight=False, soft_wrap=True)
        self.seconds: dict[str, float] = {}
        self.skipped: list[str] = []
        self._steps = steps
        self._bar: Progress | None = None
        self._overall: TaskID | None = None
        self._cells: dict[str, TaskID] = {}
        self._lock = threading.Lock()

    @contextmanager
    def running(self) -> Iterator[Reporter]:
        """Show the bar while the block runs, where there is a terminal to show it on."""
        if not self.console.is_terminal:
            yield self
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self.console, transient=True) as bar:
            self._bar = bar
            self._overall = bar.add_task("steps", total=self._steps)
            yield self
        self._bar = None

    @contextmanager
    def step(self, name: str, cells: int) -> Iterator[None]:
        """Time one step and count its cells."""
        start = time.perf_counter()
        if self._bar is not None:
            self._cells[name] = self._bar.add_task(name, total=cells)
        try:
            yield
        finally:
            if self._bar is not None and name in self._cells:
                self._bar.remove_task(self._cells.pop(name))
        with self._lock:
            self.seconds[name] = time.perf_counter() - start
        self._advance()
        self.line(f"{name:<14} {self.seconds[name]:5.1f} s")

    def cell_done(self, name: str) -> None:
        """Count one executed cell of a step."""
        if self._bar is not None and name in self._cells:
            self._bar.advance(self._cells[name])

    def skip(self, name: str) -> None:
        """Note a step that was up to date."""
        self.skipped.append(name)
        self._advance()

    def line(self, text: str) -> None:
        """Print one plain line above the bar."""
        self.console.print(text, markup=False)

    def _advance(self) -> None:
        if self._bar is not None and self._overall is not None:
            self._bar.advance(self._overall)


def say(text: str) -> None:
    """Print the run's result on standard output."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
