import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import RenderError
from pipeline.languages import locale
from pipeline.ledger.entries import Ledger, read_results
from pipeline.report.prose import Prose
from pipeline.study import Outcome

NB = "\u00a0"


@pytest.mark.parametrize(
    ("value", "decimals", "indonesian", "english"),
    [
        (1234567.891, 2, "1.234.567,89", "1,234,567.89"),
        (-0.0184, 3, "−0,018", "−0.018"),
        (-0.0004, 3, "0,000", "0.000"),
        (0.0, 0, "0", "0"),
        (0.5, 3, "0,500", "0.500"),
        (430, 0, "430", "430"),
    ],
)
def test_numbers_follow_the_language(value, decimals, indonesian, english):
    assert locale.number(value, "id", decimals) == indonesian
    assert locale.number(value, "en", decimals) == english


def test_signed_numbers_carry_a_plus_only_when_positive():
    assert locale.number(0.2, "id", 1, signed=True) == "+0,2"
    assert locale.number(-0.2, "id", 1, signed=True) == "−0,2"
    assert locale.number(0.0, "id", 1, signed=True) == "0,0"


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("printer", [locale.number, locale.integer, locale.percent, locale.p_value, locale.share])
def test_a_missing_value_is_never_printed(printer, value):
    with pytest.raises(RenderError, match="cannot be printed"):
        printer(value, "id")


def test_an_unknown_language_is_refused():
    with pytest.raises(RenderError, match="'de'"):
        locale.number(1, "de")


def test_p_values():
    assert locale.p_value(0.0004, "id") == f"<{NB}0,001"
    assert locale.p_value(0.0123, "en") == "0.012"
    assert locale.p_sentence(0.0004, "id") == f"*p*{NB}<{NB}0,001"
    assert locale.p_sentence(0.5, "en") == f"*p*{NB}={NB}0.500"
    with pytest.raises(RenderError, match="no p-value"):
        locale.p_value(1.2, "id")


def test_intervals_percentages_and_quantities():
    assert locale.interval(-0.01, 0.168, "id") == "−0,010 sampai 0,168"
    assert locale.interval(-0.01, 0.168, "en") == "−0.010 to 0.168"
    with pytest.raises(RenderError, match="upside down"):
        locale.interval(1, 0, "id")
    assert locale.percent(57.31, "id") == "57,3%"
    assert locale.share(0.573, "en") == "57.3%"
    assert locale.quantity(0.112, "sd", "id") == f"0,112{NB}simpangan baku"
    assert locale.quantity(430, "schools", "en", 0) == f"430{NB}schools"
    assert locale.quantity(60, "percent", "id", 0) == "60%"
    assert locale.quantity(3, "kilo_watt", "id", 0) == f"3{NB}kilo watt"


def test_whole_numbers_must_be_whole():
    assert locale.integer(2580.0, "id") == "2.580"
    with pytest.raises(RenderError, match="whole number"):
        locale.integer(2.5, "id")


def test_dates_and_periods():
    assert locale.date(dt.date(2024, 1, 5), "id") == "5 Januari 2024"
    assert locale.date(dt.date(2024, 1, 5), "en") == "5 January 2024"
    assert locale.period(2024, "school_year", "id") == "2023/2024"
    assert locale.period(2024, "year", "id") == "2024"
    assert locale.years(2018, 2024) == "2018–2024"
    assert locale.years(2018, 2018) == "2018"


@given(st.floats(-1e9, 1e9), st.integers(0, 6), st.sampled_from(["id", "en"]))
def test_a_printed_number_reads_back(value, decimals, lang):
    shown = locale.number(value, lang, decimals)
    group, mark = (".", ",") if lang == "id" else (",", ".")
    back = float(shown.replace(group, "").replace(mark, ".").replace("−", "-"))
    assert back == pytest.approx(value, abs=0.5 * 10.0**-decimals + 1e-15 * abs(value))
    assert "-" not in shown


@pytest.mark.parametrize(
    ("lang", "told", "interval"),
    [("en", "+1.3 percentage points", "−0.5 to 3.1"), ("id", "+1,3 poin persen", "−0,5 sampai 3,1")],
)
@pytest.mark.parametrize(("unit", "scale"), [("share", 1.0), ("percent", 100.0)])
def test_an_effect_on_a_share_is_told_in_percentage_points(medan, tmp_path, lang, told, interval, unit, scale):
    """A change of a share by 0.013 is no 1.3 per cent of it."""
    outcome = Outcome(name="passed", label={"id": "Lulus", "en": "Passed"}, unit=unit)
    with Ledger("03_effects", tmp_path) as ledger:
        ledger.number(
            "att_passed", 0.013 * scale, low=-0.005 * scale, high=0.031 * scale, unit=outcome.unit, decimals=1
        )
        ledger.number("rate", 0.013, unit="share", decimals=1)
    prose = Prose(medan, 2024, lang, read_results(tmp_path), tmp_path)
    assert prose.num("att_passed", signed=True).replace(NB, " ") == told
    assert prose.num("att_passed", unit=False) == told.split(" ")[0].removeprefix("+")
    assert prose.ci("att_passed") == interval
    assert prose.num("rate").endswith("%")


@pytest.mark.parametrize(
    ("label", "inside"),
    [
        ("Literacy", "literacy"), ("lifeExp", "lifeExp"), ("Indeks SKM unit", "indeks SKM unit"), ("PDRB", "PDRB"),
        ("Nilai Rata-Rata", "nilai rata-rata"), ("NILAI RATA-RATA", "nilai rata-rata"), ("GDP per capita", "GDP per capita"),
    ],
)  # fmt: skip
def test_a_label_inside_a_sentence_keeps_names_and_abbreviations(label: str, inside: str) -> None:
    assert locale.inside(label) == inside
