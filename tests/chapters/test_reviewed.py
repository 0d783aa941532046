"""What the next edition says of reviewers' remarks: places, roles, states, answers; never their words or initials."""

from __future__ import annotations

import pytest

from pipeline.chapters import reviewed
from pipeline.errors import StudyError
from pipeline.languages.known import languages
from pipeline.ledger.entries import Ledger, read_results
from pipeline.report.doc import Doc
from pipeline.report.prose import Prose
from pipeline.review.listing import path_of, read, told_path, told_text, write_told
from tests.given import Given

LIST = """
reviewers:
  BS: {id: "Bappeda", en: "the planning agency"}
  CD: {}
remarks:
- {kind: comment, place: p-summary-question, by: BS, date: "2025-02-01T08:00:00Z", about: "rahasia", state: answered,
   text: "Tolong tanyakan Bu Rahayu.", answer: {id: "Satuan ditambahkan.", en: "The unit was added."}}
- {kind: deletion, place: "Bu Rahayu", by: CD, date: "kemarin", text: "kata rahasia", state: rejected}
- {kind: insertion, place: tbl-effects, by: XY, date: "", text: "kata baru", state: open}
"""


def _told(medan, folder, lang: str, text: str | None, year: int = 2023, *, full: bool = True) -> tuple[str, str]:
    if text is not None:
        path = path_of(medan.name, year, folder)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        if read(path).entries:
            write_told(told_path(medan.name, year, folder), told_text(read(path)))
        if full is False:
            path.unlink()
    given = Given(medan, folder)
    with Ledger("07_verdict", folder / "ledger") as ledger:
        reviewed.record(ledger, given)
    held = "".join(path.read_text(encoding="utf-8") for path in sorted((folder / "ledger").glob("*.json")))
    doc = Doc(Prose(medan, 2024, lang, read_results(folder / "ledger"), folder / "figures"))
    reviewed.results(doc)
    return doc.markdown(), held


@pytest.mark.parametrize("lang", languages())
def test_states_roles_and_answers_are_told_and_nothing_that_was_written(medan, tmp_path, lang) -> None:
    said, held = _told(medan, tmp_path, lang, LIST)
    for words in {
        "id": (
            "p-summary-question",
            "Bappeda",
            "Satuan ditambahkan.",
            "dijawab",
            "ditolak",
            "seorang penelaah",
            "2025-02-01",
        ),
        "en": (
            "p-summary-question",
            "the planning agency",
            "The unit was added.",
            "answered",
            "rejected",
            "a reviewer",
        ),
    }[lang]:
        assert words in said, words
    assert "2023" in said
    for secret in ("Rahayu", "rahasia", "kata baru", "BS", "kemarin"):
        assert secret not in said, secret
        assert secret not in held, secret


def test_the_newest_earlier_edition_counts_and_this_one_does_not(medan, tmp_path) -> None:
    said, _ = _told(medan, tmp_path, "en", LIST, year=2024)
    assert said == ""
    (tmp_path / "older").mkdir()
    said, _ = _told(medan, tmp_path / "older", "en", LIST, year=2020)
    assert "edition 2020" in said


def test_what_is_passed_on_says_the_same_without_the_list(medan, tmp_path) -> None:
    (tmp_path / "alone").mkdir()
    assert _told(medan, tmp_path / "alone", "en", LIST, full=False) == _told(medan, tmp_path, "en", LIST)
    told = told_path(medan.name, 2023, tmp_path).read_text(encoding="utf-8")
    for secret in ("Rahayu", "rahasia", "kata baru", "BS", "CD", "XY", "kemarin"):
        assert secret not in told, secret


def test_a_list_that_was_edited_since_stops_the_run_until_it_is_told_anew(medan, tmp_path) -> None:
    _told(medan, tmp_path, "en", LIST)
    path = path_of(medan.name, 2023, tmp_path)
    path.write_text(LIST.replace("state: open", "state: accepted"), encoding="utf-8")
    with pytest.raises(StudyError, match="edited since"), Ledger("07_verdict", tmp_path / "again") as ledger:
        reviewed.record(ledger, Given(medan, tmp_path))
    told_path(medan.name, 2023, tmp_path).write_text("- {kind: praise}", encoding="utf-8")
    path.unlink()
    with pytest.raises(StudyError, match="by hand"), Ledger("07_verdict", tmp_path / "third") as ledger:
        reviewed.record(ledger, Given(medan, tmp_path))


def test_without_a_list_or_with_an_empty_one_nothing_is_said(medan, tmp_path) -> None:
    for name, text in (("none", None), ("empty", "remarks: []")):
        (tmp_path / name).mkdir()
        said, _ = _told(medan, tmp_path / name, "en", text)
        assert said == ""
