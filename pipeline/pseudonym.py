"""Keyed pseudonyms of persons (HMAC-SHA-256, RFC 2104): the same person, the same pseudonym; no way back without the key."""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.errors import StudyError
from pipeline.study import Study

KEY_VARIABLE = "EVALUATION_KEY"
KEY_FILE = "pseudonym.key"
IDS = ("person", "mentor", "pupil")
"""Columns of the tidy tables that hold pseudonyms."""
_LETTERS = str.maketrans("0123456789abcdef", "bcdfghjkmnpqrtvw")  # no digits: nothing that could pass for a number


def study_key(study: Study, root: Path) -> bytes:
    """The key of a study: published for demonstrations, else from the environment or the key file (made on first use).

    Raises:
        StudyError: The key is shorter than 16 characters, or its file can be read by others.
    """
    return secret_key(root) if study.public_key is None else study.public_key.encode()


def secret_key(root: Path) -> bytes:
    """The key that nobody publishes: from the environment, or the key file, which is made on first use.

    Raises:
        StudyError: The key is shorter than 16 characters, or its file can be read by others.
    """
    given = os.environ.get(KEY_VARIABLE, "")
    path = root / KEY_FILE
    if not given:
        if not path.exists():
            _make_key(path)
        if path.stat().st_mode & 0o077:
            raise StudyError(
                "The key file can be read by others.", where=KEY_FILE, expected="mode 600", todo=f"chmod 600 {KEY_FILE}"
            )
        given = path.read_text(encoding="ascii").strip()
    if len(given) < 16:
        raise StudyError("The key of pseudonyms is too short.", where=KEY_VARIABLE, expected="16 characters or more")
    return given.encode()


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


def _make_key(path: Path) -> None:
    """Made whole under another name first: who looks for it at the same time finds none, or all of it, and one alone."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    except OSError:  # a disk that knows no second name for a file
        if not path.exists():
            fresh.rename(path)
    finally:
        fresh.unlink(missing_ok=True)
