"""Tests of exhibits look at numbers and words: figures are drawn, and rendered only where a module says `PICTURES`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.demo_study import blank_figures


@pytest.fixture(scope="module", autouse=True)
def _figures(request: pytest.FixtureRequest) -> Iterator[None]:
    if getattr(request.module, "PICTURES", False):
        yield
    else:
        with blank_figures():
            yield
