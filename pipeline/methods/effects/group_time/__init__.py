"""Effects of each cohort in each period (Callaway & Sant'Anna 2021), their aggregates and the variance of these."""

from pipeline.methods.effects.group_time.att_gt import GroupTime, estimate

__all__ = ["GroupTime", "estimate"]
