"""Who was treated when: checked data with measured periods, cohorts and clusters; its cells; power of the next one."""

from pipeline.methods.effects.design.build import cohort_from_status, make_design
from pipeline.methods.effects.design.design import Design, refuse_large

__all__ = ["Design", "cohort_from_status", "make_design", "refuse_large"]
