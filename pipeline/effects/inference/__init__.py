"""Inference with few clusters: small-sample covariances, bootstraps over clusters, randomisation, spatial correlation.

Nothing here changes an estimate; each module gives another law to set the same estimate against.
"""

from pipeline.effects.inference.conley import conley
from pipeline.effects.inference.multiplier import cluster_bootstrap, restricted_bootstrap
from pipeline.effects.inference.randomisation import randomisation_test
from pipeline.effects.inference.small_sample import Regression, regress, two_way

__all__ = [
    "Regression",
    "cluster_bootstrap",
    "conley",
    "randomisation_test",
    "regress",
    "restricted_bootstrap",
    "two_way",
]
