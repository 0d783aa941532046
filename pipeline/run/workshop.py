"""Where a run's steps are executed: a private folder, one fork server, and a clean environment for its kernels."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import UserError
from pipeline.installed import CODE, made_by, whole_code
from pipeline.private import sweep
from pipeline.run.environment import clean_environment, without, without_slow_grammars
from pipeline.run.lock import Lock
from pipeline.run.progress import Reporter
from pipeline.run.records import check_order, read_record, settle
from pipeline.run.run_folder import run_folder
from pipeline.run.schedule import modules_at_first, modules_of
from pipeline.run.server import Forkserver, cores
from pipeline.run.steps import Step, Target, executed, waits_for
from pipeline.secret import study_key
from pipeline.sources.engine import SPILL
from pipeline.study import study_path

if TYPE_CHECKING:
    from pipeline.audit.memory import Memory
    from pipeline.run.early import Early

READER, READ_AHEAD = "code:pipeline/clean/run.py", "pipeline.run.ahead.read_for"
"""By which a step is known that reads raw files, and what is called beside it."""


def side_by_side() -> int:
    """How many steps run at once: one more than cores, where there are several, for one that begins or ends idles."""
    return cores() + 1 if cores() > 1 else 1


class Workshop:
    """Opened by a run with `with`; whatever ends the run ends the kernels and removes the folder.

    Args:
        target: What is asked for.
        steps: All steps of the run.
        reporter: Told of each cell.
        lock: The run's lock, which its processes hold too.
        early: A server that has begun already, to be ended with this.
    """

    def __init__(
        self,
        target: Target,
        steps: list[Step],
        reporter: Reporter,
        lock: Lock | None = None,
        early: Early | None = None,
    ) -> None:
        self.target, self.steps, self.reporter, self._lock, self._early = target, steps, reporter, lock, early
        self._stack = ExitStack()
        self._search: Future[Memory] | None = None
        self._attacked = False
        self._client = False
        self._others: threading.Thread | None = None

    def __enter__(self) -> Workshop:
        self._code = self._early.code if self._early is not None else whole_code()
        self._sweep()  # what a run that was killed left
        self._stack.callback(self._sweep)  # what a kernel of this one leaves that is killed
        self.server = self._begun() or self._started()
        self.server.environment = self._environment(self.server.private)
        self.server.hold(self._lock)
        return self

    def __exit__(self, *details: Any) -> None:
        self._stop_loading()
        self._stack.__exit__(*details)

    def end(self) -> None:
        """Let the server go: nothing more is executed. Whoever opened the workshop waits for that when it closes."""
        self._stop_loading()
        self.server.end()

    def _stop_loading(self) -> None:
        if self._others is not None:
            self._others.join()

    def close(self) -> None:
        """As at the end of `with`, and before it."""
        self._stop_loading()
        self._stack.close()

    def _begun(self) -> Forkserver | None:
        if self._early is not None:
            self._stack.callback(self._early.close)
        return self._early.server if self._early is not None else None

    def _started(self) -> Forkserver:
        private = self._stack.enter_context(run_folder())
        return self._stack.enter_context(Forkserver(self.target.root, private, self._environment(private)))

    def _environment(self, private: Path) -> dict[str, str]:
        languages = tuple(dict.fromkeys(lang for step in self.steps for lang in step.languages))
        return clean_environment(self.target.root, private, languages) | self._named() | {CODE: self._code}

    def _sweep(self) -> None:
        sweep(self.target.root / "build", SPILL)

    def load(self, steps: list[Step]) -> None:
        """Let the server load what these steps need, in this order; the client's libraries load meanwhile.

        What the others need is found out while the first is executed.
        """
        if steps:
            self._load_client()
            lists = modules_of(steps, self.target.study.name, self.target.root)
            self.server.load(next(lists))
            self._others = threading.Thread(target=self._load_others, args=(lists,))
            self._others.start()

    def _load_others(self, lists: Iterator[list[str]]) -> None:
        with suppress(Exception):  # a notebook that cannot be read says so when its turn comes
            for names in lists:
                self.server.load(names)

    def load_ahead(self) -> None:
        """Let the server begin before it is known what will run: with the first step, or the last where all have run once."""
        self._load_client()
        ran = all(read_record(step.name, self.target) is not None for step in self.steps[:-1])
        self.server.load(modules_at_first(self.steps[-1:] if ran else self.steps))

    def _load_client(self) -> None:
        if not self._client:
            self._client = True
            threading.Thread(target=_load_client, daemon=True).start()

    def work(self, step: Step, before: dict[str, Any]) -> dict[str, Any]:
        """Execute a step and write its record.

        Raises:
            MovedError: A file that it read was changed before it ended.
            StepError: It failed, or read the result of a notebook that it does not wait for.
        """
        if step.raw and READER in before["code"] and cores() > 1 and self._reads_files():
            with suppress(UserError, OSError):  # the step says so itself
                study_key(self.target.study, self.target.root)  # made on first use, by one process and not by two
            edition = [str(step.parameters[name]) for name in ("study", "edition")]
            self.server.begin_beside(READ_AHEAD, edition, self.target.root, step.name)
        self._search_beside(step)
        self.execute(step)
        copy = executed(step, self.target)
        made = [copy]
        if "lang" not in step.parameters:  # the report shows the analysis, not its own making
            self.server.call("pipeline.report.exported.export_notebook", copy, step.name)
            made.append(copy.with_suffix(".html"))
        facts = {"seconds": round(self.reporter.seconds[step.name], 2), "mebibytes": self.server.peak(step.name)}
        record = settle(step, self.target, before, self.server.traces_of(step.name), made, facts)
        check_order(step, self.steps, record, self.target)
        return record

    def _search_beside(self, step: Step) -> None:
        """Search for persons what lies there, beside a step that nothing else runs beside, and beside the report."""
        if self._early is None:
            return  # nobody has asked for what it would find
        reports = "lang" in step.parameters
        others = {other.name for other in self.steps if "lang" not in other.parameters}
        alone = waits_for(step, self.steps) == others - {step.name}
        if not self._attacked if reports else self._search is None and alone:
            self._attacked = reports
            ready = partial(self.server.wait_for_fork, step.name)
            self._search = _aside(partial(_search, self.target, self._code, ready, self._search, results=reports))

    def execute(self, step: Step) -> None:
        """Execute a step without keeping a record."""
        from pipeline.run.execute import execute

        execute(step, self.target, self.reporter, self.server)

    def _reads_files(self) -> bool:
        return any(source.sql is None for source in self.target.study.sources.values())

    def searched(self) -> Memory | None:
        """What was searched for persons while a report was written; None where none was, or the search failed."""
        if self._search is None:
            return None
        return None if self._search.exception() is not None else self._search.result()

    def _named(self) -> dict[str, str]:
        """Variables that the study names as `env:NAME`, for secrets that stand in no file."""
        text = study_path(self.target.study.name, self.target.root)
        names = (
            re.findall(r"\benv:([A-Za-z_][A-Za-z0-9_]*)", text.read_text(encoding="utf-8")) if text.is_file() else []
        )
        return {name: os.environ[name] for name in names if name in os.environ}


def _aside(work: Callable[[], Memory]) -> Future[Memory]:
    """Do it on a thread that no end of the program waits for."""
    future: Future[Memory] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except Exception as error:  # the audit looks again, and tells what stops it
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return future


def _search(
    target: Target, code: str, ready: Callable[[], None], before: Future[Memory] | None, *, results: bool
) -> Memory:
    """Search, when that holds up no kernel any more: until it is forked, this process is what it waits for."""
    ready()
    from pipeline.audit.run import search_ahead

    found = search_ahead(target, made_by(code), before.result() if before is not None else None, results=results)
    import pipeline.audit.bounds
    import pipeline.audit.shipped  # noqa: F401 - what the audit needs itself, where something is to be attacked again

    return found


def _load_client() -> None:
    """Jupyter's client, and what attacks the results at the end of the run is loaded by the search of them."""
    without_slow_grammars()
    with without("pyarrow.fs"):  # papermill would read notebooks of a Hadoop cluster with it
        import pipeline.run.execute  # noqa: F401
