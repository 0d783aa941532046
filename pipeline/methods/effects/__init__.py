"""Designs, estimators and judgement of effects (difference-in-differences with staggered adoption).

Use: `design = make_design(panel, outcome)`; then `twfe.overall(design)`, `group_time.estimate(design)`,
`pretrend.assess(result)`, … and `verdict.judge(evidence.gather(…), thresholds)`.
"""

from pipeline.methods.effects import bacon, balance, cells, evidence, group_time, pretrend, twfe, verdict, wild
from pipeline.methods.effects.design import Design, cohort_from_status, make_design
from pipeline.methods.effects.estimate import Estimate, EventStudy
from pipeline.methods.effects.evidence import gather
from pipeline.methods.effects.family import headline, judge_family
from pipeline.methods.effects.group_time import GroupTime
from pipeline.methods.effects.pretrend import PreTrend
from pipeline.methods.effects.verdict import (
    Evidence,
    Reason,
    Robustness,
    Verdict,
    judge,
    smallest_effect,
    thresholds_from,
)
from pipeline.methods.effects.wild import wild_cluster_bootstrap
from pipeline.study.thresholds import Thresholds

__all__ = [
    "Design",
    "Estimate",
    "EventStudy",
    "Evidence",
    "GroupTime",
    "PreTrend",
    "Reason",
    "Robustness",
    "Thresholds",
    "Verdict",
    "bacon",
    "balance",
    "cells",
    "cohort_from_status",
    "evidence",
    "gather",
    "group_time",
    "headline",
    "judge",
    "judge_family",
    "make_design",
    "pretrend",
    "smallest_effect",
    "thresholds_from",
    "twfe",
    "verdict",
    "wild",
    "wild_cluster_bootstrap",
]
