"""`make fleet`: the reports of many studies on many workers, and the page over all of them."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import Faults, StepError, StudyError
from pipeline.fleet.work import LOST, OTHER, Fault, Job, Made, edition_of, make_one
from pipeline.private import FILE_MODE, made_private, private_folder
from pipeline.run.lock import Lock
from pipeline.run.progress import say
from pipeline.run.stamp import Request, current

if TYPE_CHECKING:
    from pipeline.fleet.cluster import Crew

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
WORKING = "making the reports of many studies"


@dataclass(frozen=True)
class Fleet:
    """What is asked for.

    Attributes:
        name: Of the folder `reports/fleet/<name>/` with the page.
        home: Where `reports/` and `build/` of the person who runs it lie.
        root: Where the studies and their data lie: `home`, or the work folder of a national file.
        studies: Names of the studies, sorted.
        labels: How each is named on the page.
        edition, lang, engine: As for one report.
    """

    name: str
    home: Path
    root: Path
    studies: tuple[str, ...]
    labels: Mapping[str, str]
    edition: str = "latest"
    lang: str = "id"
    engine: str = "auto"

    @property
    def page(self) -> Path:
        return self.home / "reports" / "fleet" / self.name

    @property
    def build(self) -> Path:
        return self.home / "build" / "fleet" / self.name

    def job(self, study: str) -> Job:
        """The report of one study."""
        return Job(study, self.edition, self.lang, self.engine, str(self.root))

    def href(self, study: str, edition: int) -> str:
        """The way from the page to a report, with "{lang}" for its language."""
        own = f"{study}/{edition}/{{lang}}/report.html"
        return own if self.root != self.home else f"../../{own}"


def fleet_of(studies: str, home: Path, name: str = "", **options: str) -> Fleet:
    """The fleet of studies that are there.

    Args:
        studies: Their names, apart by blanks or commas.
        home: Where they lie.
        name: Of the page's folder; "studies" where not given.
        options: edition, lang, engine.

    Raises:
        StudyError: A study does not exist, stands twice, or the name is none; all such faults at once.
    """
    from pipeline.run.steps import parse_languages
    from pipeline.study import load_study

    parse_languages(options.get("lang", "id"))
    asked = [part for part in re.split(r"[\s,]+", studies) if part]
    if not asked:
        raise StudyError("No study is named.", where="option STUDIES", expected='make fleet STUDIES="a b c"')
    faults = Faults()
    labels: dict[str, str] = {}
    for one in asked:
        if one in labels:
            faults.meet(StudyError(f"The study {one!r} stands twice.", where="option STUDIES", expected="each once"))
            continue
        labels[one] = one
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", one) or not (home / "studies" / one).is_dir():
            with faults.kept():
                load_study(one, home)
    faults.stop()
    return Fleet(checked_name(name or "studies"), home, home, tuple(sorted(labels)), labels, **options)


def checked_name(name: str) -> str:
    """A fleet's name, if it is one.

    Raises:
        StudyError: It is not.
    """
    if not NAME.fullmatch(name):
        raise StudyError(
            f"{name!r} is no name of a fleet.", where="option FLEET", expected="small letters, digits and hyphens"
        )
    return name


def make_fleet(fleet: Fleet, *, workers: int = 0, scheduler: str = "", queue: Path | None = None) -> bool:
    """Bring all reports up to date, then the page; what is up to date is left alone.

    Args:
        fleet: What is asked for.
        workers: Workers on this machine; one a core where not given.
        scheduler: Address of a standing scheduler.
        queue: File that describes jobs of a batch system.

    Returns:
        Whether every study has a report.

    Raises:
        UserError: The workers cannot be used, or the page cannot be written. Reports that were finished stay.
    """
    from pipeline.run.build import told_in_one_screen

    with told_in_one_screen(fleet.home), made_private(), Lock(fleet.home, f"fleet-{fleet.name}", _aside, WORKING):
        made, waiting = up_to_date(fleet)
        if waiting:
            from pipeline.fleet.cluster import crew

            with crew(fleet.home, workers=workers, scheduler=scheduler, queue=queue) as hands, _progress(fleet) as bar:
                bar.begin(len(made), hands, len(waiting))
                for one in run(fleet, waiting, hands):
                    made[one.study] = one
                    bar.done(one)
        keep_faults(fleet, list(made.values()))
        _page(fleet, made)
        return all(one.fault is None for one in made.values())


def up_to_date(fleet: Fleet) -> tuple[dict[str, Made], list[str]]:
    """Studies whose report is there and up to date, by content, and the names of the others."""
    made: dict[str, Made] = {}
    waiting: list[str] = []
    for study in fleet.studies:
        request = Request(study, fleet.edition, fleet.lang, fleet.engine, fleet.root)
        if current(request) is None:
            waiting.append(study)
        else:
            made[study] = Made(study, edition_of(study, fleet.edition, fleet.root))
    return made, waiting


def run(fleet: Fleet, studies: Sequence[str], hands: Crew) -> Iterator[Made]:
    """What came of each study, as each ends.

    A study whose worker was lost is given to another; one that loses several is a fault of its own, and no other's.

    Raises:
        StepError: The scheduler is gone.
    """
    from concurrent.futures import CancelledError

    from distributed import as_completed
    from distributed.scheduler import KilledWorker, NoValidWorkerError

    futures = {
        hands.client.submit(make_one, fleet.job(study), key=f"{fleet.name}-{study}", pure=False, retries=1): study
        for study in studies
    }
    try:
        for future in as_completed(futures, loop=hands.client.loop):
            study = futures[future]
            try:
                yield future.result()
            except KilledWorker:
                yield Made(study, fault=Fault(LOST, text="Its workers were lost again and again."))
            except (CancelledError, NoValidWorkerError):
                raise StepError(
                    "The scheduler is gone, or has no workers any more.",
                    todo="Start them again, then type the same command; finished reports stay.",
                ) from None
            except Exception as error:
                yield Made(study, fault=Fault(OTHER, text=f"{type(error).__name__}: {error}"))
    finally:
        hands.client.cancel(list(futures), force=True)


def keep_faults(fleet: Fleet, made: Sequence[Made]) -> None:
    """Put the whole message of each fault where only the person who runs it can read it."""
    folder = fleet.build / "faults"
    shutil.rmtree(folder, ignore_errors=True)
    for one in made:
        if one.fault is not None:
            path = private_folder(folder) / f"{one.study}.txt"
            path.write_text(f"{one.fault.text}\n\n{one.told}".rstrip() + "\n", encoding="utf-8")
            path.chmod(FILE_MODE)


def _page(fleet: Fleet, made: Mapping[str, Made]) -> None:
    from pipeline.fleet.index import write_index
    from pipeline.fleet.results import place_of
    from pipeline.run.steps import parse_languages
    from pipeline.study import load_study

    languages = parse_languages(fleet.lang)
    places = [place_of(made[study], fleet.labels[study], fleet.root, languages[0]) for study in fleet.studies]
    studies = [load_study(place.study, fleet.root) for place in places if place.fault is None]
    hrefs = {place.study: fleet.href(place.study, place.edition) for place in places}
    paths = write_index(places, studies, hrefs, languages, fleet.build / "page", fleet.page)
    lost = [place for place in places if place.fault is not None]
    say(f"{len(places) - len(lost)} of {len(places)} reports are up to date.")
    for place in lost:
        first = (place.fault.text if place.fault else "").splitlines() or [""]
        say(f"  no report: {place.study}: {first[0]}")
    if lost:
        say(f"Whole messages: {(fleet.build / 'faults').relative_to(fleet.home)}/")
    for path in paths:
        say(f"  {path.relative_to(fleet.home)}")


class _Bar:
    """How far a fleet is: a bar on a terminal; elsewhere one line at the start, and one for each fault."""

    def __init__(self, fleet: Fleet) -> None:
        from rich.console import Console

        self.console = Console(stderr=True, highlight=False, soft_wrap=True)
        self.bar: Any = None
        self._task: Any = None
        self._fleet = fleet

    def begin(self, known: int, hands: Crew, waiting: int) -> None:
        """Say what there is to do, and where to look."""
        self._line(f"{waiting} reports to make, {known} up to date, {hands.count} workers.")
        for link in hands.links:
            self._line(f"Look on: {link}")
        if hands.links and not hands.links[0].endswith("/status"):
            self._line("(The dashboard with its charts needs the package bokeh, which is not installed.)")
        if self.bar is not None:
            self._task = self.bar.add_task("reports", total=waiting)

    def done(self, one: Made) -> None:
        """Count a study."""
        if self.bar is not None:
            self.bar.advance(self._task)
        if one.fault is not None:
            self._line(f"{one.study}: {(one.fault.text.splitlines() or [''])[0]}")

    def _line(self, text: str) -> None:
        self.console.print(text, markup=False)


@contextmanager
def _progress(fleet: Fleet) -> Iterator[_Bar]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    told = _Bar(fleet)
    if not told.console.is_terminal:
        yield told
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=told.console, transient=True) as bar:
        told.bar = bar
        yield told


def _aside(text: str) -> None:
    os.write(2, (text + "\n").encode())
