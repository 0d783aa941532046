"""A study: its sources, editions, design and options, read from `studies/<name>/study.yml` and checked.

A key that is not known, a value of the wrong type and a path outside the repository's data folders are each refused
with one line that names the place and what was expected.
"""

from pipeline.languages.known import languages
from pipeline.study.cover import Report, Signatory
from pipeline.study.load import items_path, load_study, load_survey, plan_path, study_path
from pipeline.study.model import ROOT, Study, edition_folder
from pipeline.study.parts import (
    Disclosure,
    Dose,
    Inference,
    Outcome,
    PanelSpec,
    Program,
    PublishedTerm,
    Replication,
    Source,
    Text,
)

LANGUAGES = tuple(languages())
"""The languages that a report can be written in."""

__all__ = [
    "LANGUAGES",
    "ROOT",
    "Disclosure",
    "Dose",
    "Inference",
    "Outcome",
    "PanelSpec",
    "Program",
    "PublishedTerm",
    "Replication",
    "Report",
    "Signatory",
    "Source",
    "Study",
    "Text",
    "edition_folder",
    "items_path",
    "load_study",
    "load_survey",
    "plan_path",
    "study_path",
]
