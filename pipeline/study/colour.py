"""Colours of a page: their contrast, by which a text can be read."""

from __future__ import annotations

from collections.abc import Sequence

LEAST_CONTRAST = 4.5
"""Of text with its page (WCAG 2.2, success criterion 1.4.3)."""
WHITE = (255, 255, 255)


def channels(colour: str) -> list[int]:
    """Red, green and blue, 0 to 255, of a colour written as `1f4e79` or `#1f4e79`."""
    digits = colour.lstrip("#")
    return [int(digits[i : i + 2], 16) for i in (0, 2, 4)]


def contrast(one: Sequence[int], other: Sequence[int]) -> float:
    """Contrast ratio of two colours in sRGB, 1 to 21 (WCAG 2.2, success criterion 1.4.3)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Sequence[int]) -> float:
    linear = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
