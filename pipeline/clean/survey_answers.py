"""Anonymous answers of the survey: codes of closed questions, the protected response, and themes of the open answer.

The open answer itself ends here: it is redacted, its themes are counted, and its text is not kept.
"""

from __future__ import annotations

import pandas as pd

from pipeline.clean.account import FileAccount
from pipeline.clean.tables import Cleaner
from pipeline.methods.feedback.open_answers import redact, themes
from pipeline.sources import values
from pipeline.study.survey import FORMATS, Survey

TRAITS = ("batch", "sex", "rank_group", "mode")


def answers(cleaner: Cleaner, period: int) -> pd.DataFrame | None:
    """Answers of a wave, one row a form, in the order of their content so that no order of arrival is left.

    Returns:
        `period`, the traits (`batch`, `sex`, `rank_group`, `mode`), `contact`, one float column an item (codes as
        given, reversed items not turned), the reward question (1/0), `format`, `response`, `complete`, `said` (any open
        answer) and `theme_<name>`; None where there was no wave.
    """
    account = cleaner.open("answers", period)
    if account is None:
        return None
    survey = cleaner.study.survey
    assert survey is not None, "the study's own check asks for the item bank"
    batch = account.frame["batch"].map(_text)
    known = cleaner.batches.get(period, frozenset())
    account.drop(batch.index[~batch.isin(known)].tolist(), "unknown_batch", "batch")
    closed = _closed(account, survey)
    silent = closed.index[closed.notna().sum(axis=1) == 0]
    account.drop(silent.tolist(), "no_answer", survey.item_names[0])
    account.check()
    frame = account.frame
    table = pd.DataFrame({name: frame[name].map(_text) for name in TRAITS}).assign(period=period)
    table["contact"] = values.numbers(frame["contact"], ".").astype("Int64")
    table = table.join(closed)
    table["format"] = frame["format"].map(_text).where(lambda s: s.isin(FORMATS), None)
    table["response"] = _response(account, table["format"], survey)
    table["complete"] = frame["complete"].map(lambda text: _text(text) in ("1", "true", "ya", "yes"))
    table = table.join(_themes(frame.get("open"), frame.index, survey))
    order = [*TRAITS, "contact", *closed.columns, "format", "response"]
    columns = ["period", *TRAITS, "contact", *closed.columns, "format", "response", "complete"]
    rest = [name for name in table if name not in columns]
    return table.sort_values(order, ignore_index=True, kind="stable")[[*columns, *rest]]


def _closed(account: FileAccount, survey: Survey) -> pd.DataFrame:
    """Codes of the scales' items and of the reward question; a code that no point has is left out and noted."""
    points = len(survey.points)
    limits = dict.fromkeys(survey.item_names, (1, points))
    if survey.reward is not None:
        limits[survey.reward.name] = (0, 1)
    parts = {}
    for name, (low, high) in limits.items():
        number = values.numbers(account.frame[name], ".")
        wrong = number.notna() & ~(number.between(low, high) & (number % 1 == 0))
        unread = account.frame[name].map(_text).notna() & number.isna()
        account.note(int((wrong | unread).sum()), "answer_code_unknown")
        parts[name] = number.where(~wrong)
    return pd.DataFrame(parts)


def _response(account: FileAccount, form: pd.Series, survey: Survey) -> pd.Series:
    """The protected answer; a code that the form's design does not know is left out and noted."""
    number = values.numbers(account.frame["response"], ".")
    items = len(survey.sensitive.list_items) if survey.sensitive is not None else 0
    most = form.map({name: items + (name == "list_treatment") if name.startswith("list") else 1 for name in FORMATS})
    wrong = number.notna() & ~(number.between(0, most.astype("float64")) & (number % 1 == 0))
    account.note(int(wrong.sum()), "answer_code_unknown")
    return number.where(~wrong)


def _themes(text: pd.Series | None, index: pd.Index, survey: Survey) -> pd.DataFrame:
    question = survey.open_question
    if question is None or text is None:
        return pd.DataFrame({"said": False}, index=index)
    clean = text.map(lambda value: redact(value) if value else "")
    found = clean.map(lambda value: themes(value, question.themes))
    flags = {f"theme_{t.name}": pd.Series([t.name in names for names in found], index=index) for t in question.themes}
    return pd.DataFrame({"said": clean.str.strip() != "", **flags}, index=index)


def _text(value: object) -> str | None:
    return str(value).strip() or None if value is not None else None
