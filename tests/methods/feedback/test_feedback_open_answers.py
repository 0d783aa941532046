"""Open answers: nothing that names a person or a unit survives, and themes are found by the beginnings of words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.methods.feedback.open_answers import redact, themes

TIME = {"time": ["waktu", "jadwal", "kurang waktu"]}
FAIR = {"fair": ["adil", "pilih kasih"]}


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Pak Hendra Siregar kurang membantu", "Hendra"),
        ("hubungi 0812 3456 7890 ya", "3456"),
        ("NIP 19800101 200501 1 001 salah", "200501"),
        ("surat ke budi@medan.go.id", "budi"),
        ("di SDN 060874 tidak ada", "060874"),
        ("Ibu Sari dan Drs. H. Lubis", "Lubis"),
        ("menurut kata Rina Nasution itu", "Nasution"),
        ("lihat www.medan.go.id/budi", "medan"),
    ],
)
def test_what_names_somebody_goes(text: str, gone: str) -> None:
    assert gone not in redact(text)


def test_known_names_go_whatever_their_case() -> None:
    assert "siregar" not in redact("siregar jarang datang", ["Siregar"]).casefold()


def test_common_words_stay() -> None:
    text = "Jadwal terlalu padat dan waktu bertabrakan."
    assert redact(text) == text


@given(st.text(alphabet="0123456789 .-/", min_size=0, max_size=40), st.text(max_size=30))
def test_no_run_of_digits_survives(digits: str, words: str) -> None:
    assert not re.search(r"[0-9](?:[\s.\-/]{0,3}[0-9]){5,}", redact(f"{words} {digits} {words}"))


def test_themes_by_beginnings_of_words() -> None:
    assert themes("Jadwalnya padat, kurang waktu", TIME | FAIR) == {"time"}
    assert themes("TIDAK ADIL, pilih kasih", TIME | FAIR) == {"fair"}
    assert themes("keadilan", FAIR) == set()  # "adil" inside a word is no beginning of it
    assert themes("", TIME | FAIR) == set()
