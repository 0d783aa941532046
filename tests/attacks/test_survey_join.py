"""Attack: join the answers to the list of invited persons on all they share, with all that the study knows of both."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean.anonymous import SHARED, coarsened
from pipeline.clean.run import CleanResult, clean_study
from pipeline.methods.feedback.weights import with_batch_group
from pipeline.study import ROOT, load_study

STUDIES = ("medan-puskesmas", "medan-pendidikan")
LEAST = 5


@pytest.fixture(scope="module", params=STUDIES)
def cleaned(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> CleanResult:
    if request.param == "medan-pendidikan":
        return request.getfixturevalue("demonstration")
    study = load_study(request.param, ROOT)
    out = tmp_path_factory.mktemp(request.param) / "2024"
    return clean_study(study, 2024, study.raw_root(ROOT), out)


def _candidates(answers: pd.DataFrame, said: pd.DataFrame, traits: tuple[str, ...]) -> pd.Series:
    """For each answer, how many persons who answered agree with it in every trait that it still has."""
    keys = answers[list(traits)].astype("string")
    theirs = said[list(traits)].astype("string").fillna("")
    counts = {}
    for key in keys.drop_duplicates().itertuples(index=False, name=None):
        fits = np.ones(len(said), bool)
        for name, value in zip(traits, key, strict=True):
            fits &= (theirs[name] == value).to_numpy(bool) if pd.notna(value) else True
        counts[key] = int(fits.sum())
    return pd.Series([counts[key] for key in keys.itertuples(index=False, name=None)])


def test_no_answer_fits_fewer_persons_than_the_threshold(cleaned: CleanResult) -> None:
    frame = with_batch_group(cleaned.tables["invited"], cleaned.tables["batches"])
    shared = set(cleaned.tables["answers"]) & set(frame)
    assert shared == set(SHARED)
    said = frame[frame["disposition"] == "complete"]
    assert _candidates(cleaned.tables["answers"], said, SHARED).min() >= LEAST


def test_what_an_answer_lost_does_not_single_it_out(cleaned: CleanResult) -> None:
    """Who knows the rule looks for the lost trait among those only whom the rule makes lose it: still enough."""
    answers = cleaned.tables["answers"]
    assert answers.groupby(list(SHARED), dropna=False).size().min() >= LEAST - 1  # rows set aside on one side only


def test_answers_hold_nothing_that_a_register_knows(cleaned: CleanResult) -> None:
    answers = set(cleaned.tables["answers"])
    others = set().union(*(set(t) for name, t in cleaned.tables.items() if name not in ("answers", "panel")))
    assert answers & others <= {*SHARED, "response"}
    assert not {"batch", "mode", "contact", "contacts", "complete", "course_away", "unit", "person"} & answers
    assert "person" not in cleaned.tables["invited"]


def test_waves_have_no_common_order(cleaned: CleanResult) -> None:
    """Rows stand in an order drawn by lot over all waves: the place of an answer in one says nothing of another."""
    period = cleaned.tables["answers"]["period"].to_numpy()
    assert (np.diff(period) < 0).sum() > 10


TRAITS = st.tuples(st.sampled_from("ab"), st.sampled_from("MF"), st.sampled_from(["II", "III", "IV"]))


@settings(max_examples=150, deadline=None)
@given(st.lists(TRAITS, min_size=5, max_size=60), st.integers(2, 6))
def test_every_set_of_traits_left_is_shared_by_enough(rows: list[tuple[str, str, str]], least: int) -> None:
    frame = pd.DataFrame(rows, columns=["batch_group", "sex", "rank_group"]).assign(period=1)
    if len(frame) < least:
        return
    found = coarsened(frame, frame, least)
    assert found.groupby(list(SHARED), dropna=False).size().min() >= least
    kept = found[list(SHARED)]
    assert (kept.isna() | (kept.astype("string") == frame[list(SHARED)].astype("string"))).all(axis=None)
