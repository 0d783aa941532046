"""What a person typed behind `make fleet`, checked before anything is done."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import StudyError
from pipeline.run.progress import say


def fleet_verb(
    home: Path,
    *,
    studies: str,
    file: Path | None,
    column: str,
    template: str,
    name: str,
    edition: str,
    lang: str,
    engine: str,
    workers: int,
    cluster: Path | None,
    job_script: bool,
    scheduler: str,
) -> bool:
    """Make a fleet; whether every study has a report.

    Raises:
        UserError: What was typed does not go together, a study or file is not there, or the workers cannot be used.
    """
    if sum((bool(scheduler), cluster is not None, workers > 0)) > 1:
        raise StudyError("Workers are named in several ways.", expected="one of WORKERS, SCHEDULER and CLUSTER")
    if job_script:
        return _show_job(cluster, home)
    if bool(studies) == (file is not None):
        raise StudyError(
            "It is not said which reports are wanted.",
            expected='STUDIES="a b c", or FILE=national.xlsx COLUMN=regency STUDY=template',
        )
    from pipeline.fleet.run import fleet_of, make_fleet

    options = {"edition": edition, "lang": lang, "engine": engine}
    if file is None:
        if column:
            raise StudyError("COLUMN splits a national file, and none is named.", expected="FILE=national.xlsx")
        fleet = fleet_of(studies, home, name, **options)
    else:
        from pipeline.fleet.split import split_fleet

        fleet = split_fleet(file, column, template, home, name, say, **options)
    return make_fleet(fleet, workers=workers, scheduler=scheduler, queue=cluster)


def _show_job(cluster: Path | None, home: Path) -> bool:
    if cluster is None:
        raise StudyError("A job script is that of a batch system.", expected="CLUSTER=file.yml")
    from pipeline.fleet.cluster import make_batch_cluster, read_queue

    made = make_batch_cluster(read_queue(cluster), home)
    try:
        say(made.job_script().rstrip())
    finally:
        made.close(timeout=10)
    return True
