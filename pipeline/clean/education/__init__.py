"""Education: schools, pupils' scores, observed lessons, and the schools that take part."""

from __future__ import annotations

from pipeline.clean.education import panel, readers, sums
from pipeline.clean.kits import Kit

KIT = Kit(
    units="schools",
    counted="schools",
    order=("schools", "scores", "staff", "training", "observations", "participation"),
    sorted_by={
        "schools": ["unit", "period"],
        "scores": ["period", "unit", "pupil", "subject"],
        "observations": ["unit", "period"],
        "participation": ["unit", "period"],
    },
    readers={
        "schools": readers.schools,
        "scores": readers.scores,
        "observations": readers.observations,
        "participation": readers.participation,
    },
    measured={"scores": ("literacy", "numeracy"), "observations": ("innovative_methods", "pupil_activity")},
    steady=frozenset({"schools", "scores", "observations"}),
    may_be_empty=frozenset({"participation"}),
    split={"scores": readers.split_scores},
    gather=sums.Pupils,
    gathered=panel.gathered,
    treatment=panel.treatment,
    assemble=panel.assemble,
)
