"""Keyed pseudonyms of persons (HMAC-SHA-256, RFC 2104): the same person, the same pseudonym; no way back without the key."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np
import pandas as pd

IDS = ("person", "mentor", "pupil")
"""Columns of the tidy tables that hold pseudonyms."""
_LETTERS = str.maketrans("0123456789abcdef", "bcdfghjkmnpqrtvw")  # no digits: nothing that could pass for a number


def pseudonymiser(key: bytes) -> Callable[[str], str]:
    """A function from an identifier to its pseudonym: "p" and sixteen letters (64 bits of the HMAC)."""

    @lru_cache(maxsize=1 << 16)
    def alias(text: str) -> str:  # the same persons come year after year
        return "p" + hmac.digest(key, text.encode(), "sha256").hex()[:16].translate(_LETTERS)

    return alias


def in_order_of_content(tables: Mapping[str, pd.DataFrame], names: tuple[str, ...] = IDS) -> dict[str, pd.DataFrame]:
    """The tables with pseudonyms whose order follows from the rows, not from the key.

    Whatever sorts or groups by person would else follow the key, and with it draws of the bootstrap and the order of
    sums. The order is that of a hash of everything the tables say of a person (of other persons in the same row, of what
    the tables say of them); persons of whom all tables say the same change places without changing a number. Six letters
    of the new pseudonym are its place, ten are the key's.

    Args:
        tables: Tables with pseudonyms of `pseudonymiser` in the columns `names`.
        names: Columns that hold pseudonyms.
    """
    here = {name: table for name, table in tables.items() if any(column in table for column in names)}
    if not here:
        return dict(tables)
    said = {name: _as_text(table.drop(columns=[c for c in names if c in table])) for name, table in here.items()}
    alone: dict[str, np.ndarray] = {}
    place = _content(here, said, names, alone)
    place = _content(here, said, names, alone, place)  # with what the first found of the other persons in a row
    order = pd.DataFrame({"place": place, "name": place.index}).sort_values(["place", "name"])["name"]
    new = pd.Series([f"p{k:06x}".translate(_LETTERS) + old[-10:] for k, old in enumerate(order)], index=order)
    return {
        name: table.assign(**{c: table[c].map(new, na_action="ignore") for c in names if c in table})
        for name, table in tables.items()
    }


def _as_text(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype("string").fillna("")


def _content(
    tables: Mapping[str, pd.DataFrame],
    said: Mapping[str, pd.DataFrame],
    names: tuple[str, ...],
    alone: dict[str, np.ndarray],
    known: pd.Series | None = None,
) -> pd.Series:
    """A hash of each pseudonym's rows, over all tables; sums of the rows' hashes, so that their order does not count.

    Args:
        tables: Those with pseudonyms.
        said: What they say beside pseudonyms, as text.
        names: Columns of pseudonyms.
        alone: Hashes of rows that name one person, by table and column; filled by the first call.
        known: Hashes that an earlier call found.
    """
    persons, hashes = [], []
    for table_name in sorted(tables):
        table = tables[table_name]
        here = [name for name in names if name in table]
        for name in here:
            where = f"{table_name}.{name}"
            if where not in alone or len(here) > 1:
                others = {other: table[other].map(known, na_action="ignore").astype("string").fillna("")
                          for other in here if other != name and known is not None}  # fmt: skip
                rows = said[table_name].assign(**others, _where=where)
                alone[where] = pd.util.hash_pandas_object(rows, index=False).to_numpy()
            persons.append(table[name].to_numpy(object))
            hashes.append(alone[where])
    return pd.Series(np.concatenate(hashes)).groupby(np.concatenate(persons)).sum()
