"""The report's figures: one style, in both languages, readable in grey print."""

from pipeline.chapters.figures.effects import cohort_effects, event_study, main
from pipeline.chapters.figures.programme import coverage, flow, trends

__all__ = ["cohort_effects", "coverage", "event_study", "flow", "main", "trends"]
