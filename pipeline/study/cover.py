"""What a study file says of the report as a document: its cover, its signatories, its house style."""

from __future__ import annotations

import datetime as dt
import re

from pydantic import Field, ValidationInfo, field_validator

from pipeline.study.colour import LEAST_CONTRAST, WHITE, channels, contrast
from pipeline.study.parts import Part, Text


class Signatory(Part):
    """One line of the approval page; the name stays open until somebody signs."""

    role: Text
    name: str = ""


class Brand(Part):
    """The report's look: a colour for headings, links and figures, a logo on the cover, a typeface."""

    colour: str = ""
    """As `#1f4e79`; dark enough to be read on white."""
    logo: str = ""
    """File in `studies/<name>/brand/`: PNG or JPEG."""
    font: str = ""
    """Font file in `studies/<name>/brand/`: TrueType or OpenType. It is put into HTML and PDF; DOCX names it."""

    @field_validator("colour")
    @classmethod
    def _readable(cls, value: str) -> str:
        if value and not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
            raise ValueError(f"{value!r} is no colour: write it as '#1f4e79', in quotation marks")
        if value:
            ratio = contrast(channels(value), WHITE)
            if ratio < LEAST_CONTRAST:
                raise ValueError(
                    f"{value!r} is too light to be read on white (contrast {ratio:.1f}, at least {LEAST_CONTRAST})"
                )
        return value

    @field_validator("logo", "font")
    @classmethod
    def _a_file_of_the_folder(cls, value: str, info: ValidationInfo) -> str:
        kinds = {"logo": (".png", ".jpg", ".jpeg"), "font": (".ttf", ".otf")}[str(info.field_name)]
        if value and (not re.fullmatch(r"[\w.-]+", value) or not value.lower().endswith(kinds)):
            raise ValueError(f"{value!r} is no file name that ends in " + ", ".join(kinds))
        return value


class Offices(Part):
    """Offices that recommendations are addressed to, by what they do; one that is not named is told by its task alone."""

    programme: Text | None = None
    """Runs the programme and decides on it."""
    training: Text | None = None
    """Provides training."""
    data: Text | None = None
    """Sends the data."""
    evaluation: Text | None = None
    """Evaluates."""


class Report(Part):
    """What the cover and the approval page say."""

    institution: Text
    place: str = ""
    subtitle: Text | None = None
    signatories: list[Signatory] = Field(default_factory=list)
    offices: Offices = Field(default_factory=Offices)
    brand: Brand | None = None
    number: str = ""
    """Number of the document; "{edition}" in it stands for the edition's year."""
    version: str = "1.0"
    dates: dict[int, dt.date] = Field(default_factory=dict)
    """Day of each edition's document; where not given and how early it may be: `pipeline.study.dates`."""
    authors: list[str] = Field(default_factory=list)
    contact: str = ""
