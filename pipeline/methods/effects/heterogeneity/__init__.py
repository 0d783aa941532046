"""For whom the effect is larger, by which dose, and through which steps."""

from pipeline.methods.effects.heterogeneity.groups import (
    Heterogeneity,
    baseline_terciles,
    by_group,
    cluster_sizes,
    equality,
    halves,
)

__all__ = ["Heterogeneity", "baseline_terciles", "by_group", "cluster_sizes", "equality", "halves"]
