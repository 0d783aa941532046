"""Which form asks the protected question by which design: drawn by lot within each batch, known to the form alone."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.study.survey import FORMATS, Sensitive

LETTERS = dict(zip(FORMATS, "ABCDEF", strict=True))
"""Letter printed on a form, which tells the design and nothing else."""


@dataclass(frozen=True)
class Secret:
    """What a wave's codes are drawn from: a key that nobody publishes, the study, and the wave.

    The same key, study and wave give the same codes, so that forms already printed stay valid; another wave gives
    others, none of them the same: the first sign of each code stands for the wave (it comes round after 24 waves).
    """

    key: bytes
    study: str
    wave: int

    def draw(self, purpose: str) -> np.random.Generator:
        """A generator for one purpose; nobody without the key can draw the same."""
        message = f"{purpose}/{self.study}/{self.wave}".encode()
        return np.random.default_rng(int.from_bytes(hmac.new(self.key, message, hashlib.sha256).digest()))


_SIGNS = "23456789CDFGHJKMNPQRTVWX"  # no vowels, nothing that looks like another sign


def assign(bank: Sensitive, batches: dict[str, int], secret: Secret) -> pd.DataFrame:
    """Draw the designs of each batch's forms.

    Within a batch the forms are dealt in the planned shares as nearly as whole forms allow (largest remainders), in an
    order drawn by lot, so that a batch's designs differ from the plan by less than one form each.

    Args:
        bank: The sensitive question with the shares of its designs.
        batches: Number of forms by batch.
        secret: Key, study and wave.

    Returns:
        `form` (a code used once), `batch`, `format`, `letter`; in the order of batches.
    """
    rng = secret.draw("forms")
    shares = np.array([bank.shares[name] for name in FORMATS])
    codes = _codes(sum(batches.values()), rng, secret.wave)
    rows, position = [], 0
    for batch, forms in batches.items():
        counts = np.floor(shares * forms).astype(int)
        # ties in the remainders are broken by lot, so that no design gains over many small batches
        order = np.lexsort((rng.random(len(shares)), -(shares * forms - counts)))
        counts[order[: forms - counts.sum()]] += 1
        dealt = rng.permutation(np.repeat(FORMATS, counts))
        for name in dealt:
            rows.append((codes[position], batch, str(name), LETTERS[str(name)]))  # type: ignore[index]
            position += 1
    return pd.DataFrame(rows, columns=["form", "batch", "format", "letter"])


def tokens(count: int, secret: Secret) -> pd.DataFrame:
    """Participation tokens: handed back apart from the answers, to tell who need not be reminded. Not tied to forms."""
    return pd.DataFrame({"token": _codes(count, secret.draw("tokens"), secret.wave)})


def _codes(count: int, rng: np.random.Generator, wave: int, length: int = 6) -> Sequence[str]:
    first = _SIGNS[wave % len(_SIGNS)]
    found: dict[str, None] = {}
    while len(found) < count:
        signs = rng.integers(0, len(_SIGNS), (count, length))
        found |= dict.fromkeys(first + "".join(_SIGNS[k] for k in row) for row in signs)
    return list(found)[:count]
