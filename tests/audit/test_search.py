"""Numbers of persons are found in a text by a cheap first look, and no other ones than by judging every number."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.audit.search import _DIGITS, _NIP, Persons, kinds_in
from pipeline.sources.identifiers import NIP_LENGTH, Nip, bare, read_nip

NIP = "198504172010012003"


def _every_number_judged(words: str, known: Persons) -> list[str]:
    digits = [bare(match.group()) for match in _DIGITS.finditer(words)]
    found = any(d in known.numbers or (len(d) == NIP_LENGTH and isinstance(read_nip(d), Nip)) for d in digits)
    return ["a number"] * found


def _two(low: int, high: int) -> st.SearchStrategy[str]:
    return st.integers(low, high).map("{:02d}".format)


_MARKS = st.sampled_from([*" .-x_\n'\u00a0é<٣", ""])
_NIPS = st.tuples(
    st.integers(1895, 2105).map(str), _two(0, 13), _two(0, 32), st.integers(1900, 2180).map(str), _two(0, 99),
    st.sampled_from("0123"), st.integers(0, 999).map("{:03d}".format),
).map("".join)  # fmt: skip
_PARTED = st.tuples(_NIPS, st.lists(st.sampled_from(["", "", "", " ", ".", "-"]), min_size=18, max_size=18)).map(
    lambda both: "".join(digit + mark for digit, mark in zip(*both, strict=True)).rstrip(" .-")
)
_TEXTS = st.lists(_NIPS | _PARTED | _MARKS | st.text("0129 .-", max_size=24), max_size=6).map("".join)


@given(_TEXTS, st.sampled_from([Persons(), Persons(frozenset({"1234567890", NIP[:16]}))]))
@example(f"NIP {NIP}", Persons())
@example("1985 0417-2010.01 2 003", Persons())
@example(f"1234567890 {NIP}", Persons())
@example(f"1234 5678901234 {NIP}", Persons())
@example(f"1{NIP} {NIP}9 x{NIP} .{NIP} {NIP}.", Persons())
@example("12 1234567890 3", Persons(frozenset({"1234567890"})))
def test_the_first_look_changes_no_finding(words: str, known: Persons) -> None:
    assert kinds_in(words, known) == _every_number_judged(words, known)


@given(_PARTED)
@example(NIP)
def test_no_nip_goes_by_the_first_look(written: str) -> None:
    if isinstance(read_nip(bare(written)), Nip):
        assert _NIP.search(f"({written})") is not None


def test_what_is_found_at_all() -> None:
    assert kinds_in(f"a {NIP} b", Persons()) == ["a number"]
    assert kinds_in("a 19850417 201001 2 003 b", Persons()) == ["a number"]
    assert kinds_in("a 198513172010012003 b 1.985041720100120e17", Persons()) == []
