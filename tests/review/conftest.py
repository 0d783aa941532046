"""A published report to be reviewed, made once for these tests."""

from __future__ import annotations

import pytest

from pipeline.review.places import places
from pipeline.run.steps import Target
from tests.review.returned import publish


@pytest.fixture(scope="session")
def target(tmp_path_factory: pytest.TempPathFactory, medan) -> Target:
    return publish(tmp_path_factory.mktemp("review"), medan)


@pytest.fixture
def known(target: Target) -> dict[str, str]:
    return places(target.published("id") / "report.html")
