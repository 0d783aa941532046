"""Numbers at the ticks of an axis. Apart from the style, which is loaded where nothing is drawn too."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from matplotlib.ticker import Formatter

MOST_DECIMALS = 6


class Ticks(Formatter):
    """A tick's label is the tick's value: 0.025 is not 0.03.

    Args:
        lang: Language.
        least: Decimals at least.
        text: How a number is written, given its value, the language and its decimals.
    """

    def __init__(self, lang: str, least: int, text: Callable[[float, str, int], str]) -> None:
        self.lang, self.least, self.text, self.places = lang, least, text, list[float]()

    def set_locs(self, locs: Sequence[float]) -> None:
        """The axis tells its ticks before it asks for their labels."""
        self.places = [float(place) for place in locs if math.isfinite(place)]

    def __call__(self, x: float, pos: int | None = None) -> str:  # noqa: ARG002 - as Matplotlib calls it
        """The label of a tick."""
        places = self.places or [x]
        near = 1e-6 * (max(map(abs, places)) or 1.0)
        exact = (d for d in range(MOST_DECIMALS) if all(abs(round(place, d) - place) <= near for place in places))
        return self.text(x, self.lang, max(self.least, next(exact, MOST_DECIMALS)))
