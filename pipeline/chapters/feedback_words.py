"""Wordings of the exhibits of feedback."""

from __future__ import annotations

import pandas as pd

from pipeline.languages.message import Text, literal, msg

TRAITS: dict[str, Text] = {
    "sex": msg("common-sex"),
    "rank_group": msg("common-rank"),
    "mode": msg("feedback-traits-mode"),
    "active": msg("feedback-traits-active"),
}
VALUES: dict[str, Text] = {
    "sex_M": msg("common-male"),
    "sex_F": msg("common-female"),
    "mode_paper": msg("feedback-values-mode-paper"),
    "mode_web": msg("feedback-values-mode-web"),
    "mode_phone": msg("feedback-values-mode-phone"),
    "active_yes": msg("feedback-values-active-yes"),
    "active_no": msg("feedback-values-active-no"),
}
ESTIMATES: dict[str, Text] = {
    "answered": msg("feedback-estimates-answered"),
    "raked": msg("feedback-estimates-raked"),
    "inverse": msg("feedback-estimates-inverse"),
    "worst": msg("feedback-estimates-worst"),
    "monotone": msg("feedback-estimates-monotone"),
}
ADVICE: dict[str, Text] = {
    "answers": msg("feedback-advice-answers"),
    "invite": msg("feedback-advice-invite"),
    "invite_all": msg("feedback-advice-invite-all"),
    "remind": msg("feedback-advice-remind"),
    "mode_clear": msg("feedback-advice-mode-clear"),
    "mode_open": msg("feedback-advice-mode-open"),
    "last_contact": msg("feedback-advice-last-contact"),
}


def named_groups(table: pd.DataFrame) -> dict[str, Text]:
    """Wordings of groups that stand alone: a code of the data follows the name of its trait."""
    known = group_names(table["value"])
    return {
        value: known[value] if value in VALUES else msg("feedback-of-trait", trait=TRAITS[trait], value=known[value])
        for trait, value in zip(table["trait"], table["value"], strict=True)
    }


def group_names(keys: pd.Series) -> dict[str, Text]:
    """Wordings of groups: known ones by name, others by their own code."""
    own = {key: next((key.removeprefix(f"{t}_") for t in TRAITS if key.startswith(f"{t}_")), key) for key in keys}
    return {key: VALUES.get(key, literal(own[key])) for key in keys}
