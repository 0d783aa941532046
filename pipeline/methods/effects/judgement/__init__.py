"""What may be said of an effect, by rules that are written down, and of several outcomes together."""

from pipeline.methods.effects.judgement.evidence import gather
from pipeline.methods.effects.judgement.family import headline, judge_family
from pipeline.methods.effects.judgement.limits import smallest_effect, thresholds_from
from pipeline.methods.effects.judgement.types import Evidence, Reason, Robustness, Verdict
from pipeline.methods.effects.judgement.verdict import judge

__all__ = [
    "Evidence",
    "Reason",
    "Robustness",
    "Verdict",
    "gather",
    "headline",
    "judge",
    "judge_family",
    "smallest_effect",
    "thresholds_from",
]
