"""Anonymous answers of the survey: codes of closed questions, the protected response, and themes of the open answer.

The open answer itself ends here: it is redacted, its themes are counted, and its text is not kept.
"""

from __future__ import annotations

import pandas as pd

from pipeline.clean.account import FileAccount
from pipeline.clean.form_codes import choices, coded, yes_no
from pipeline.clean.tables import Cleaner
from pipeline.errors import SourceError
from pipeline.methods.feedback.open_answers import redact, themes
from pipeline.sources.names import look
from pipeline.study.rules import FEWER
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
    _know_batches(cleaner, account)
    known = choices(survey)
    parts = {name: coded(account.frame[name], known[name]) for name in (*TRAITS[1:], "format", *_closed_names(survey))}
    parts["response"] = coded(account.frame["response"], _responses(survey))
    contact = account.numbers("contact")
    wrong = [part.unknown for part in parts.values()] + [
        contact.index[account.frame["contact"].notna() & contact.isna()]
    ]
    closed = pd.DataFrame({name: parts[name].codes.astype("float64") for name in _closed_names(survey)})
    account.left_out([row for rows in wrong for row in rows], "answer_code_unknown", survey.item_names[0])
    account.note(sum(part.labels for part in parts.values()), "answer_given_as_label")
    raw = account.frame[_closed_names(survey)]
    account.drop(raw.index[raw.isna().all(axis=1)].tolist(), "no_answer", survey.item_names[0])
    account.check()
    frame = account.frame
    table = pd.DataFrame({"batch": frame["batch"], **{name: parts[name].codes.loc[frame.index] for name in TRAITS[1:]}})
    table = table.assign(period=period, contact=contact.astype("Int64"))
    table = table.join(closed)
    table["format"] = parts["format"].codes
    table["response"] = _response(account, parts["response"].codes.astype("float64"), table["format"], survey)
    table["complete"] = frame["complete"].map(lambda text: (text or "").casefold() in ("1", "true", "ya", "yes"))
    table = table.join(_themes(frame.get("open"), frame.index, survey))
    order = [*TRAITS, "contact", *closed.columns, "format", "response"]
    columns = ["period", *TRAITS, "contact", *closed.columns, "format", "response", "complete"]
    rest = [name for name in table if name not in columns]
    return table.sort_values(order, ignore_index=True, kind="stable")[[*columns, *rest]]


def _know_batches(cleaner: Cleaner, account: FileAccount) -> None:
    """Batches in the spelling of the list of invited persons; forms of others are set aside.

    Raises:
        SourceError: So many forms name other batches that the list must be short, or of another year.
    """
    period = account.period
    listed = cleaner.batches.get(period, frozenset())
    by_look = {look(text): text for text in listed}
    said = account.frame["batch"]
    batch = said.map(lambda text: None if text is None else text if text in listed else by_look.get(look(text)))
    account.note(int((batch.notna() & (batch != said)).sum()), "batch_written_otherwise")
    unknown = batch.index[batch.isna()].tolist()
    invited = cleaner.study.sources["invited"]
    if len(unknown) > account.tolerances.get("unknown_batch", 0.0) * account.raw.read:
        missing = sorted({str(text) for text in said.loc[unknown].dropna()})
        raise SourceError(
            f"{len(unknown)} of {len(said)} forms name a batch that the list of invited persons does not have"
            + (f": {', '.join(missing[:3])}" if missing else ", or none")
            + " (rule unknown_batch).",
            where=account.raw.place(int(unknown[0]), "batch"),
            expected=f"a batch of data/raw/{cleaner.study.name}/{period}/{invited.file}, which has {len(listed)} batches",
            todo=f"See whether {invited.file} of this year was cut, or is another year's; then correct the forms' batches.",
            code="unknown_batch",
        )
    account.frame["batch"] = batch
    account.drop(unknown, "unknown_batch", "batch")
    due = cleaner.answered.get(period, 0)
    if due and len(said) < (1 - FEWER["fewer_rows"]) * due:
        account.raw.reading.notes.append(f"{len(said)} forms; the list of invited persons says that {due} answered.")


def _closed_names(survey: Survey) -> list[str]:
    """The scales' items and the reward question."""
    return [*survey.item_names, *([survey.reward.name] if survey.reward is not None else [])]


def _responses(survey: Survey) -> dict[str, str]:
    """What the protected answer may say: yes or no, or how many statements of a list are true."""
    items = len(survey.sensitive.list_items) if survey.sensitive is not None else 0
    return {**{str(k): str(k) for k in range(items + 2)}, **yes_no()}


def _response(account: FileAccount, number: pd.Series, form: pd.Series, survey: Survey) -> pd.Series:
    """The protected answer; a code that the form's design does not know is left out and noted."""
    number = number.loc[account.frame.index]
    items = len(survey.sensitive.list_items) if survey.sensitive is not None else 0
    most = form.map({name: items + (name == "list_treatment") if name.startswith("list") else 1 for name in FORMATS})
    wrong = number.notna() & ~number.between(0, most.astype("float64"))
    account.note(int(wrong.sum()), "answer_code_unknown")
    return number.where(~wrong)


def _themes(text: pd.Series | None, index: pd.Index, survey: Survey) -> pd.DataFrame:
    question = survey.open_question
    if question is None or text is None:
        return pd.DataFrame({"said": False}, index=index)
    clean = text.map(lambda value: redact(value) if value else "")
    keywords = {theme.name: tuple(theme.keywords) for theme in question.themes}
    found = clean.map(lambda value: themes(value, keywords))
    flags = {f"theme_{name}": pd.Series([name in names for names in found], index=index) for name in keywords}
    return pd.DataFrame({"said": clean.str.strip() != "", **flags}, index=index)
