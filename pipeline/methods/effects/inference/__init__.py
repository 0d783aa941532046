"""Inference with few clusters: small-sample covariances, bootstraps over clusters, randomisation, spatial correlation.

Nothing here changes an estimate; each module gives another law to set the same estimate against.
"""

from pipeline.methods.effects.inference.conley import conley
from pipeline.methods.effects.inference.multiplier import cluster_bootstrap, restricted_bootstrap
from pipeline.methods.effects.inference.randomisation import randomisation_test
from pipeline.methods.effects.inference.small_sample import Regression, regress, two_way

__all__ = [
    "Regression",
    "cluster_bootstrap",
    "conley",
    "randomisation_test",
    "regress",
    "restricted_bootstrap",
    "two_way",
]
