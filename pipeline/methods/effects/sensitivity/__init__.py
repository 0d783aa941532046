"""What the main estimate would be if its assumptions failed, or if a part of the data were not there."""

from pipeline.methods.effects.sensitivity.honest import Target, breakdown, relative_magnitudes, smoothness, targets
from pipeline.methods.effects.sensitivity.leave_out import leave_out
from pipeline.methods.effects.sensitivity.placebo import placebo_dates, placebo_outcomes
from pipeline.methods.effects.sensitivity.pretest import bias_after_passing
from pipeline.methods.effects.sensitivity.spillover import spillover
from pipeline.methods.effects.sensitivity.stability import Stability, stability

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
