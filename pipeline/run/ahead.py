"""The files of an edition read in a process beside its cleaning step."""

from __future__ import annotations

from pipeline.clean.run import read_ahead
from pipeline.notebook import open_edition


def read_for(study: str, edition: str) -> None:
    """Read for the cleaning step what it will ask for; what is read is noted as that of any notebook."""
    this = open_edition(study, int(edition), as_written=True)
    read_ahead(this.study, this.year, this.study.raw_root(this.root), this.readings_folder)
