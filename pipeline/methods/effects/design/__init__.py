"""Who was treated when: checked data with measured periods, cohorts and clusters; its cells; power of the next one."""

from pipeline.methods.effects.design.build import Design, WeightsError, cohort_from_status, make_design

__all__ = ["Design", "WeightsError", "cohort_from_status", "make_design"]
