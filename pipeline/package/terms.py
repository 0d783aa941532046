"""What a study says of its data's availability: `studies/<name>/package.yml`, which a study may leave out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import Field, field_validator

from pipeline.study.load import load_part
from pipeline.study.parts import Part


class Terms(Part):
    """Statements that a README owes its readers and that no machine can know; each in English, in full sentences."""

    open: list[str] = Field(default_factory=list)
    """Raw files, by their names in the year folders, that hold no persons and may be passed on as they are."""
    access: str = ""
    """How to get the raw data: from whom, on what conditions, in what time and at what cost."""
    rights: str = ""
    """That the authors may use the data and, where raw files go in, pass them on; and by what permission."""
    data_licence: str = ""
    """Licence of the raw files that go in."""
    citations: list[str] = Field(default_factory=list)
    """References of the data."""
    ethics: str = ""
    """Ethics approval: which body, number, date; or why none was needed."""
    registration: str = ""
    """Where the research was registered before."""
    repository: str = ""
    """Where the package is deposited, with its DOI."""
    kept_years: int | None = Field(default=None, ge=0)
    """Years for which data that are not passed on will be kept."""
    contact: str = ""
    """Office or role to write to; no person's name."""

    @field_validator("*", mode="before")
    @classmethod
    def _on_one_line(cls, value: Any) -> Any:
        """Text that was written over several lines; a table's cell has one."""
        return " ".join(value.split()) if isinstance(value, str) else value


def load_terms(study: str, root: Path) -> Terms:
    """Read and check a study's terms; all of them empty where it gives none.

    Raises:
        StudyError: Not YAML, or a key that is unknown or of the wrong type.
    """
    path = root / "studies" / study / "package.yml"
    return load_part(path, f"studies/{study}/package.yml", Terms) if path.is_file() else Terms()
