"""A public satisfaction survey in a ready panel: respondents, means of the nine elements, the index made of them."""

from __future__ import annotations

import pandas as pd

from pipeline.clean.account import FileAccount
from pipeline.methods.indicators.skm import ELEMENTS, unit_scores
from pipeline.study import Outcome, PanelSpec

SKM_COLUMNS = ("n", *ELEMENTS)
SKM_INDEX = "skm_index"


def derived(spec: PanelSpec, outcome: Outcome) -> bool:
    """Whether an outcome is the index made of the SKM's elements."""
    return spec.skm is not None and (outcome.column or outcome.name) == SKM_INDEX


def check_skm(account: FileAccount) -> None:
    """Leave out means outside 1-4, and set aside rows without a readable number of respondents."""
    count = account.numbers("n")
    account.drop(count.index[account.frame["n"].notna() & count.isna()].tolist(), "bad_number", "n")
    account.drop(count.index[(count < 0) | (count % 1 > 0)].tolist(), "out_of_range", "n")
    for name in ELEMENTS:
        mean = account.numbers(name)
        account.blank(mean.index[account.frame[name].notna() & mean.isna()].tolist(), "bad_number", name)
        account.blank(mean.index[mean.notna() & ~mean.between(1, 4)].tolist(), "out_of_range", name)


def skm_table(account: FileAccount) -> pd.DataFrame:
    """Respondents, means of the elements (missing where nobody answered), and the index."""
    count = account.numbers("n").fillna(0)
    means = pd.DataFrame({name: account.numbers(name).where(count > 0) for name in ELEMENTS})
    table = means.assign(n=count.astype("int64"))
    return table.assign(**{SKM_INDEX: unit_scores(table)["score"]})
