"""Identifiers of persons and schools by their rules: NIP (also of PPPK), NISN, NPSN; NIK is refused.

Readers here give a value or the code of the rule that is broken. They never put an identifier into a message:
it carries birth date and sex even when cut short.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.errors import StudyError
from pipeline.sources.headings import normalise

NIP_LENGTH, NISN_LENGTH, NPSN_LENGTH, NIK_LENGTH = 18, 10, 8, 16
PPPK_FIRST_APPOINTMENT = 21
MIN_AGE_AT_APPOINTMENT = 15
PROVINCES = frozenset(map(str, (*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82,
    *range(91, 98))))  # fmt: skip
"""First two digits of the codes of regions, of BPS and of the Ministry of Home Affairs."""
REFUSED_HEADINGS = frozenset(
    {"nik", "no nik", "nomor nik", "no. nik", "nik ktp", "nomor induk kependudukan", "no kk", "no. kk", "nomor kk"}
)
_EXPONENT = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.IGNORECASE | re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)


@dataclass(frozen=True)
class Nip:
    """A NIP taken apart. `digits` is the identifier itself: pseudonymise it, never show it."""

    digits: str
    birth: dt.date
    sex: Literal["M", "F"]
    employment: Literal["PNS", "PPPK"]

    def __repr__(self) -> str:  # a stray print or assertion must not show a person
        return "Nip(…)"


def bare(text: str | None) -> str:
    """An identifier without what spreadsheets and printouts add: apostrophe, blanks, dots, hyphens."""
    given = text or ""
    return given if given.isalnum() else re.sub(r"[\s.\-'’`\u00a0]", "", given)


@lru_cache(maxsize=65536)
def read_nip(text: str | None) -> Nip | str:
    """Take a NIP apart.

    Eighteen digits: birth date YYYYMMDD; then, for PNS, the month of appointment YYYYMM, and for PPPK the year and a
    number of the appointment from 21; sex (1 man, 2 woman); serial from 001 (Perka BKN 22/2007).

    Returns:
        The parts, or the broken rule: "spoilt_nip" where a spreadsheet has eaten the last digits (exponent form, or
        zeros after the fifteenth digit; the digits cannot be brought back), "bad_nip" for anything else.
    """
    stripped = (text or "").strip().lstrip("'’`")
    if _EXPONENT.fullmatch(stripped):
        return "spoilt_nip"
    digits = bare(text)
    if len(digits) != NIP_LENGTH or not _DIGITS.fullmatch(digits):
        return "bad_nip"
    if digits.endswith("000"):
        return "spoilt_nip"
    birth = _day(digits[:8])
    year, code, sex = int(digits[8:12]), int(digits[12:14]), digits[14]
    if birth is None or sex not in "12" or not birth.year + MIN_AGE_AT_APPOINTMENT <= year <= birth.year + 75:
        return "bad_nip"
    if 1 <= code <= 12:
        employment: Literal["PNS", "PPPK"] = "PNS"
    elif code >= PPPK_FIRST_APPOINTMENT:
        employment = "PPPK"  # digits 13-14 count appointments and are no month
    else:
        return "bad_nip"
    return Nip(digits, birth, "M" if sex == "1" else "F", employment)


def _day(digits: str) -> dt.date | None:
    try:
        value = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return value if 1900 <= value.year <= 2100 else None


@lru_cache(maxsize=65536)
def read_nisn(text: str | None) -> str | None:
    """A pupil's ten digits, or None. Zeros that a spreadsheet dropped in front (at most two) are put back."""
    digits = bare(text)
    if not _DIGITS.fullmatch(digits) or not NISN_LENGTH - 2 <= len(digits) <= NISN_LENGTH:
        return None
    return digits.zfill(NISN_LENGTH)


@lru_cache(maxsize=65536)
def read_npsn(text: str | None) -> str | None:
    """A school's eight digits as text, or None. `10209861.0` and `10209861,0` are read as the number they came from."""
    stripped = re.sub(r"[.,]0+$", "", (text or "").strip())
    digits = bare(stripped)
    return digits if len(digits) == NPSN_LENGTH and _DIGITS.fullmatch(digits) else None


def looks_like_person(text: str | None) -> bool:
    """Whether a text has the form of a person's identifier: NIP (18 digits), NIK or NUPTK (16), NISN (10).

    A NISN begins with the last three digits of a year of birth: 0.. since 2000, 9[89]. before. Ten digits that begin with
    the code of a province are a village's code (province, regency, district, village), which no living pupil's NISN is.
    """
    digits = bare(text)
    if not _DIGITS.fullmatch(digits):
        return False
    if len(digits) == NISN_LENGTH:
        return digits[:2] not in PROVINCES
    return len(digits) in (NIP_LENGTH, NIK_LENGTH)


def refuse_resident_number(columns: Mapping[str, Sequence[str]] | Iterable[str], where: str) -> None:
    """Refuse a study that asks for NIK or the family card's number: no evaluation needs them.

    Raises:
        StudyError: A field or heading of `columns` is a resident's number.
    """
    named = [*columns]
    headings = [heading for options in columns.values() for heading in options] if isinstance(columns, Mapping) else []
    for text in (*named, *headings):
        if normalise(text.replace("_", " ")) in REFUSED_HEADINGS:
            raise StudyError(
                f"The study asks for the column {text!r}.",
                where=where,
                expected="no NIK and no family card number: they are never needed and are not kept",
                todo="Remove this column from the study.",
            )
