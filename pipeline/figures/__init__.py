"""The report's figures: one style, in both languages, readable in grey print."""

from pipeline.figures.effects import cohort_effects, event_study, main
from pipeline.figures.programme import coverage, flow, trends

__all__ = ["cohort_effects", "coverage", "event_study", "flow", "main", "trends"]
