"""What the studies of each sector bring: the sources that they need, those that they may have, and their covariates.

How the sources are read stands in `pipeline.clean.<sector>`.
"""

from __future__ import annotations

from dataclasses import dataclass

COMMON = ("staff", "training", "costs", "ip_asn", "skm", "invited", "answers")
"""Sources of every sector."""
COMPANIONS = ("staff", "training", "costs", "ip_asn", "invited", "answers")
"""Yearly sources that a ready panel may have beside it; the units they name are the panel's."""


@dataclass(frozen=True)
class Sector:
    """A sector's own sources and covariates; `needs` names the source that a covariate is made from."""

    required: tuple[str, ...]
    optional: tuple[str, ...]
    covariates: tuple[str, ...]
    needs: tuple[tuple[str, str], ...] = ()


SECTORS = {
    "education": Sector(
        required=("schools", "scores", "participation"),
        optional=("observations",),
        covariates=("log_pupils", "level_smp", "share_pns"),
        needs=(("share_pns", "staff"),),
    ),
}
