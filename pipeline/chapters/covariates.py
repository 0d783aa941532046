"""What covariates are called, what they are, and where each use of them stands."""

from __future__ import annotations

import pandas as pd

from pipeline.languages.message import Digits, Text, literal, msg
from pipeline.report.doc import Doc, Part

COVARIATES = {
    "log_pupils": msg("common-log-number-pupils"),
    "level_smp": msg("programme-covariates-level-smp"),
    "share_pns": msg("programme-covariates-share-pns"),
}


def covariate_label(name: str) -> Text:
    """What a covariate is called."""
    return COVARIATES.get(name, literal(name))


def units_told(panel: pd.DataFrame, table: str = "tbl-balance", **further: Digits | str) -> Text:
    """Which units a row of a table counts (balance, or "tbl-effects"), beside how many there are in all."""
    treated = panel.groupby("unit")["cohort"].first().notna()
    told = {"treated": Digits(int(treated.sum()), of="n_treated"), "never": Digits(int((~treated).sum()), of="n_never")}
    return msg(f"{table}.units" if told["never"].value else f"{table}.units-later", **told, **further)


def covariates_told(doc: Doc) -> list[Part]:
    """What covariates are and where each use of them stands, so that its numbers are not set beside those of another."""
    names = [covariate_label(name) for name in doc.study.covariates]
    same = doc.code("covariates_same").split()
    said: list[Part] = [msg("sensitivity-covariates", names=names), "sensitivity-covariates-uses"]
    if same:
        said.append(msg("sensitivity-covariates-same", names=[covariate_label(name) for name in same]))
    return said
