"""Tests compute as runs do: the project is imported before the first library of arrays is."""

import pipeline  # noqa: F401
