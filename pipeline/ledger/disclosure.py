"""Small cells: no published count rests on fewer than the study's threshold, nor can one be worked out from totals."""

from __future__ import annotations

import pandas as pd


def suppress(
    frame: pd.DataFrame, count: str, threshold: int, *, within: str | None = None, also: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Replace counts from 1 to below `threshold` by missing, and a second one where a total would give the first away.

    Args:
        frame: One row a cell.
        count: Column of counts.
        threshold: Smallest count that may be shown; 0 is shown, for it names nobody.
        within: Column of the groups whose totals are known to the reader; the whole frame is one group without it.
        also: Further columns that are blanked with the count.

    Returns:
        A copy with a boolean column `suppressed`.
    """
    result = frame.copy()
    result[count] = result[count].astype("Float64")
    hidden = (result[count] > 0) & (result[count] < threshold)
    groups = [result.index] if within is None else [rows.index for _, rows in result.groupby(within, dropna=False)]
    for index in groups:
        inside = hidden.loc[index]
        shown = result.loc[index, count][~inside & (result.loc[index, count] > 0)]
        if inside.sum() == 1 and len(shown):
            hidden.loc[shown.idxmin()] = True  # complementary: the smallest other cell of the group
    result["suppressed"] = hidden.astype(bool)
    for column in (count, *also):
        result[column] = result[column].astype(object).where(~hidden, None)
    return result
