"""Small cells are hidden, and so is the cell that a total would reveal them by."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ledger.disclosure import suppress


def test_primary_and_complementary() -> None:
    cells = suppress(pd.DataFrame({"n": [2, 10, 7]}), "n", 5)
    assert cells["suppressed"].tolist() == [True, False, True]
    assert cells["n"].tolist() == [None, 10, None]


def test_zero_is_shown_and_groups_are_apart() -> None:
    frame = pd.DataFrame({"g": ["a", "a", "b", "b"], "n": [0, 9, 3, 8], "hours": [0, 1, 2, 3]})
    cells = suppress(frame, "n", 5, within="g", also=("hours",))
    assert cells["suppressed"].tolist() == [False, False, True, True]
    assert cells["hours"].tolist() == [0, 1, None, None]


@given(st.lists(st.integers(0, 30), min_size=1, max_size=12), st.integers(1, 8))
def test_no_hidden_cell_can_be_worked_out_from_the_total(counts: list[int], threshold: int) -> None:
    cells = suppress(pd.DataFrame({"n": counts}), "n", threshold)
    shown = cells.loc[~cells["suppressed"], "n"]
    assert all(n == 0 or n >= threshold for n in shown)
    others = [n for n, hidden in zip(counts, cells["suppressed"], strict=True) if not hidden and n > 0]
    assert cells["suppressed"].sum() != 1 or not others
