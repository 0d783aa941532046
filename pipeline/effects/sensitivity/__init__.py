"""What the main estimate would be if its assumptions failed, or if a part of the data were not there."""

from pipeline.effects.sensitivity.honest import Target, breakdown, relative_magnitudes, smoothness, targets
from pipeline.effects.sensitivity.leave_out import leave_out
from pipeline.effects.sensitivity.placebo import placebo_dates, placebo_outcomes
from pipeline.effects.sensitivity.pretest import bias_after_passing
from pipeline.effects.sensitivity.spillover import spillover
from pipeline.effects.sensitivity.stability import Stability, stability

__all__ = [
    "Stability",
    "Target",
    "bias_after_passing",
    "breakdown",
    "leave_out",
    "placebo_dates",
    "placebo_outcomes",
    "relative_magnitudes",
    "smoothness",
    "spillover",
    "stability",
    "targets",
]
