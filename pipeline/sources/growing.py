"""Arrays that are filled piece by piece, as a file is read."""

from __future__ import annotations

import numpy as np


class Growing:
    """An array in one piece from the start: pieces put together at the end would be in memory twice, and its pages are asked
    of the system one by one where they come in small pieces."""

    def __init__(self, kind: type | np.dtype, length: int) -> None:
        """Args: what it holds, and how much will come; where more comes, or a wider kind, it is made anew."""
        self._values, self._count = np.empty(length, dtype=kind), 0

    def add(self, more: np.ndarray) -> None:
        """Add values at the end."""
        end = self._count + len(more)
        kind = np.promote_types(self._values.dtype, more.dtype)
        if end > len(self._values) or kind != self._values.dtype:
            length = len(self._values) if end <= len(self._values) else end + end // 2
            wider = np.empty(length, dtype=kind)
            wider[: self._count] = self._values[: self._count]
            self._values = wider
        self._values[self._count : end] = more
        self._count = end

    def done(self) -> np.ndarray:
        """All values."""
        return self._values[: self._count]
