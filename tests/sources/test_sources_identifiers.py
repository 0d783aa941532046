"""Identifiers by their rules; spoilt ones are known as such; persons never show. All numbers here are invented."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import StudyError
from pipeline.sources import identifiers
from pipeline.sources.cells import cell_text
from pipeline.sources.identifiers import Nip, read_nip, read_nisn, read_npsn
from pipeline.sources.places import KECAMATAN, match_kecamatan

BIRTHS = st.dates(dt.date(1955, 1, 1), dt.date(2000, 12, 31))


@given(BIRTHS, st.integers(18, 35), st.integers(1, 12), st.sampled_from("12"), st.integers(1, 999))
def test_nip_of_a_civil_servant(birth: dt.date, age: int, month: int, sex: str, serial: int) -> None:
    digits = f"{birth:%Y%m%d}{birth.year + age}{month:02d}{sex}{serial:03d}"
    nip = read_nip(f"'{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}")
    assert isinstance(nip, Nip)
    assert (nip.digits, nip.birth, nip.sex, nip.employment) == (digits, birth, "M" if sex == "1" else "F", "PNS")
    assert digits not in repr(nip)


@given(BIRTHS, st.integers(18, 50), st.integers(21, 99), st.sampled_from("12"), st.integers(1, 999))
def test_nip_of_contract_staff_has_no_month(birth: dt.date, age: int, code: int, sex: str, serial: int) -> None:
    nip = read_nip(f"{birth:%Y%m%d}{birth.year + age}{code}{sex}{serial:03d}")
    assert isinstance(nip, Nip)
    assert nip.employment == "PPPK"


@given(BIRTHS, st.integers(1, 12), st.integers(1, 999))
def test_a_number_cell_loses_digits_and_says_so(birth: dt.date, month: int, serial: int) -> None:
    number = int(f"{birth:%Y%m%d}{birth.year + 25}{month:02d}1{serial:03d}")
    assert read_nip(cell_text(float(number), ",")) == "spoilt_nip"
    assert read_nip(str(number // 1000 * 1000)) == "spoilt_nip"


@pytest.mark.parametrize("text", ["1.96608E+17", "1,96608E+17", "1.96608011988031e+17"])
def test_exponent_forms_are_spoilt(text: str) -> None:
    assert read_nip(text) == "spoilt_nip"


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "199001012015031",
        "199013012015031001",
        "199001012015131001",
        "199001012015033001",
        "199001011990031001",
    ],
    ids=["none", "blank", "short", "birth month", "code 13", "sex 3", "appointed at birth"],
)
def test_no_nip(text: str | None) -> None:
    assert read_nip(text) == "bad_nip"


@given(st.text())
def test_garbage_raises_nothing(text: str) -> None:
    assert isinstance(read_nip(text), Nip | str)
    assert isinstance(read_nisn(text), str | None)
    assert isinstance(read_npsn(text), str | None)
    assert match_kecamatan(text).name in {*KECAMATAN, None}


@given(st.integers(10**7, 10**10 - 1))
def test_nisn_keeps_its_leading_zeros(number: int) -> None:
    digits = f"{number:010d}"
    assert read_nisn(digits) == read_nisn(f"'{digits}") == read_nisn(str(number)) == digits


@given(st.integers(10**7, 10**8 - 1))
def test_npsn_as_text_and_as_number(number: int) -> None:
    assert {read_npsn(t) for t in (str(number), f" {number} ", f"{number}.0", cell_text(float(number), ","))} == {
        str(number)
    }
    assert read_npsn(str(number)[:7]) is None
    assert read_npsn(f"{number}.5") is None


@pytest.mark.parametrize("heading", ["NIK", "nik", "No. KK", "Nomor Induk Kependudukan"])
def test_resident_numbers_are_refused(heading: str) -> None:
    with pytest.raises(StudyError, match="asks for the column"):
        identifiers.refuse_resident_number({"x": [heading]}, "study.yml")


@pytest.mark.parametrize("name", KECAMATAN)
def test_usual_spellings_of_a_kecamatan(name: str) -> None:
    short = name.removeprefix("Medan ")
    for text in (name, name.upper(), f"{name} ", f"Kec. {name}", f"Mdn. {short}", short, f"Kecamatan  {name.lower()}"):
        assert match_kecamatan(text).name == name, text


def test_belawan_is_not_medan_kota_and_the_city_is_neither() -> None:
    assert match_kecamatan("Kec. Medan Kota Belawan").name == "Medan Belawan"
    assert match_kecamatan("Medan Kota").name == "Medan Kota"
    for text in ("Kota Medan", "Medan", "Kec.", "", "Medan Kota Bel", "Binjai Kota"):
        assert match_kecamatan(text).name is None, text


def test_likeness_has_a_limit() -> None:
    assert (match_kecamatan("Medan Tembumg").name, match_kecamatan("Medan Tembumg").how) == (
        "Medan Tembung",
        "misspelt",
    )
    assert match_kecamatan("Medan Perjuagan").name == "Medan Perjuangan"
    assert match_kecamatan("Medan Batu").name is None, "one letter from Baru: too little to tell"
