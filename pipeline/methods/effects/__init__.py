"""Designs, estimators and judgement of effects (difference-in-differences with staggered adoption), one question a package.

| package | asks |
| --- | --- |
| `design` | who was treated when, how many stand behind it, and what could be found with so many? |
| `group_time` | what was the effect on each cohort in each period, and on the whole? |
| `estimators` | what do the other estimators say? |
| `inference` | how sure can one be with few clusters, or several outcomes? |
| `diagnostics` | were the groups alike, on the same path, compared with the right ones? |
| `sensitivity` | what if an assumption failed, a part of the data were not there, another choice were made? |
| `heterogeneity` | for whom, by which dose, through which steps? |
| `judgement` | what may be said of all this, by written rules? |

Each imports only those above it. Use: `design = make_design(panel, outcome)`; then `group_time.estimate(design)`,
`pretrend.assess(result)`, … and `judge(gather(…), thresholds)`.
"""

from pipeline.methods.effects import group_time
from pipeline.methods.effects.design import Design, cohort_from_status, make_design
from pipeline.methods.effects.diagnostics import pretrend
from pipeline.methods.effects.diagnostics.pretrend import PreTrend
from pipeline.methods.effects.estimate import Estimate, EventStudy
from pipeline.methods.effects.estimators import twfe
from pipeline.methods.effects.group_time import GroupTime
from pipeline.methods.effects.judgement import (
    Evidence,
    Reason,
    Robustness,
    Verdict,
    gather,
    headline,
    judge,
    judge_family,
    smallest_effect,
    thresholds_from,
)
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
    "cohort_from_status",
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
]
