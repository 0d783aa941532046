"""Tidy tables of the programme's other aims: the staff's index, public satisfaction, costs, and the survey's frame."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.clean.account import FileAccount, drop_duplicates, same_look
from pipeline.clean.tables import Cleaner, activity_of
from pipeline.sources.identifiers import Nip, bare, read_nip

ELEMENTS = tuple(f"u{k}" for k in range(1, 10))
DIMENSIONS = ("qualification", "competence", "performance", "discipline")
MODES = {"kertas": "paper", "paper": "paper", "daring": "web", "web": "web", "telepon": "phone", "phone": "phone"}
DISPOSITIONS = {
    "lengkap": "complete", "complete": "complete", "sebagian": "partial", "partial": "partial",
    "menolak": "refusal", "refusal": "refusal", "tidak terhubung": "non_contact", "non-contact": "non_contact",
    "lain-lain": "other", "other": "other", "tidak diketahui": "unknown", "unknown": "unknown",
    "tidak memenuhi syarat": "not_eligible", "not eligible": "not_eligible",
}  # fmt: skip
_RANK_HEADS = ("IV", "III", "II", "I")


def _persons(account: FileAccount, cleaner: Cleaner) -> None:
    """Set aside persons who are on no roster read so far, where the study has rosters."""
    digits = account.frame["nip"].map(bare)
    if "staff" in cleaner.study.sources:
        account.drop(digits.index[~digits.isin(cleaner.persons)].tolist(), "unknown_person", "nip")


def ip_asn(cleaner: Cleaner, period: int) -> pd.DataFrame | None:
    """IP ASN of a year: `person`, `unit`, `period` and the four dimensions as given (missing where empty)."""
    account = cleaner.open("ip_asn", period)
    if account is None:
        return None
    account.frame["digits"] = account.frame["nip"].map(bare)
    drop_duplicates(account, ["digits"])
    cleaner.know_school(account)
    _persons(account, cleaner)
    account.check()
    frame = account.frame
    parts = pd.DataFrame({name: account.numbers(name) for name in DIMENSIONS})
    if "index" in frame:
        total = account.numbers("index")
        off = (total - parts.sum(axis=1, min_count=len(DIMENSIONS))).abs() > 0.05
        account.note(int(off.sum()), "index_differs_from_sum")
    return pd.DataFrame(
        {"person": frame["digits"].map(cleaner.alias), "unit": frame["unit"], "period": period, **parts}
    ).reset_index(drop=True)


def skm(cleaner: Cleaner, period: int) -> pd.DataFrame | None:
    """Public satisfaction by unit and year: `unit`, `period`, `n` respondents, mean of each element, `sd` of the index.

    A respondent's own index is the mean of the elements answered times 25 (PermenPANRB 14/2017); `sd` is its standard
    deviation over the unit's respondents, missing where there is one.
    """
    account = cleaner.open("skm", period)
    if account is None:
        return None
    cleaner.know_school(account)
    cleaner.in_period(account, "date")
    answers = pd.DataFrame({name: account.numbers(name) for name in ELEMENTS})
    none = answers.index[answers.isna().all(axis=1)]
    account.drop(none.tolist(), "no_score", ELEMENTS[0])
    account.note(int(answers.drop(index=none).isna().sum().sum()), "value_missing")
    account.check()
    answers = answers.loc[account.frame.index].assign(unit=account.frame["unit"])
    answers["own"] = 25 * answers[list(ELEMENTS)].mean(axis=1)
    groups = answers.groupby("unit")
    table = groups[list(ELEMENTS)].mean()
    table.insert(0, "n", groups.size())
    return table.assign(sd=groups["own"].std(), period=period).reset_index()[["unit", "period", "n", *ELEMENTS, "sd"]]


def costs(cleaner: Cleaner, period: int) -> pd.DataFrame | None:
    """Spending of a year by activity: `period`, `activity`, `amount` in rupiah."""
    account = cleaner.open("costs", period)
    if account is None:
        return None
    kinds = account.frame["activity"].map(activity_of)
    account.drop(kinds.index[kinds.isna()].tolist(), "unknown_activity", "activity")
    account.check()
    frame = account.frame
    table = pd.DataFrame({"activity": kinds.loc[frame.index], "amount": account.numbers("amount")})
    return (
        table.groupby("activity", as_index=False)["amount"]
        .sum()
        .assign(period=period)[["period", "activity", "amount"]]
    )


def invited(cleaner: Cleaner, period: int) -> pd.DataFrame | None:
    """Frame of the year's survey, one row an invited person; coarse traits come from the number and the roster's rank."""
    account = cleaner.open("invited", period)
    if account is None:
        return None
    account.frame["digits"] = account.frame["nip"].map(bare)
    drop_duplicates(account, ["digits"])
    cleaner.know_school(account)
    _persons(account, cleaner)
    said = account.frame["disposition"].map(lambda text: DISPOSITIONS.get(_plain(text)))
    account.drop(said.index[said.isna()].tolist(), "unknown_disposition", "disposition")
    account.check()
    frame = account.frame
    mode = frame["mode"].map(lambda text: MODES.get(_plain(text)))
    account.note(int(mode.isna().sum()), "mode_unreadable")
    same_look(account, "batch")
    cleaner.batches[period] = frozenset(text for text in account.frame["batch"] if text)
    cleaner.answered[period] = int(said.isin(["complete", "partial"]).sum())
    parts = [read_nip(text) for text in frame["digits"]]
    sex = [part.sex if isinstance(part, Nip) else None for part in parts]
    ranks = [cleaner.ranks.get(digits) for digits in frame["digits"]]
    employment = [part.employment if isinstance(part, Nip) else None for part in parts]
    return pd.DataFrame(
        {
            "person": frame["digits"].map(cleaner.alias), "unit": frame["unit"], "period": period,
            "batch": frame["batch"].map(lambda text: (text or "").strip() or None), "sex": sex,
            "rank_group": [rank_group(r, e) for r, e in zip(ranks, employment, strict=True)], "mode": mode,
            "contacts": account.numbers("contacts").astype("Int64"), "disposition": said.loc[frame.index],
            "answered_at": account.numbers("answered_at").astype("Int64"),
        }
    ).reset_index(drop=True)  # fmt: skip


def rank_group(rank: str | None, employment: str | None) -> str | None:
    """Coarse rank: the golongan's head (I … IV) of permanent staff, PPPK for contract staff, else missing."""
    if employment == "PPPK":
        return "PPPK"
    head = (rank or "").split("/")[0]
    return head if head in _RANK_HEADS else None


def batches(frame: pd.DataFrame, treatment: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """The survey's batches by wave: `batch`, `period`, `cohort`, `cluster`, `n_invited`.

    A batch groups units of one kecamatan with one year of entry, so that answers need to carry no unit. Where units
    of a batch entered in different years, the cohort of most of its persons counts.
    """
    cohort = treatment.set_index("unit")["cohort"]
    place = units.drop_duplicates("unit").set_index("unit")["kecamatan"]
    known = frame.assign(cohort=frame["unit"].map(cohort).fillna(0).astype(int), cluster=frame["unit"].map(place))

    def usual(values: pd.Series) -> object:
        return values.mode().iloc[0] if values.notna().any() else None

    lasting = known.groupby("batch").agg(cohort=("cohort", usual), cluster=("cluster", usual))
    sizes = known.groupby(["batch", "period"]).size().rename("n_invited").reset_index()
    table = sizes.join(lasting, on="batch")
    table["cohort"] = table["cohort"].replace(0, np.nan).astype("Int64")
    return table[["batch", "period", "cohort", "cluster", "n_invited"]]


def _plain(text: str | None) -> str:
    return " ".join((text or "").split()).casefold()
