"""Searching: numbers and names of persons in whatever a run leaves behind."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.audit.finding import Finding
from pipeline.audit.memory import Memory, key_of
from pipeline.audit.pdf_words import words_of_pages
from pipeline.sources.identifiers import NIP_LENGTH, Nip, bare, read_nip

if TYPE_CHECKING:
    import pandas as pd

PDF = ".pdf"
TEXTS = frozenset({".ipynb", ".json", ".html", ".md", ".txt", ".log", ".csv", ".tsv", ".svg", ".yml", ".toml", ".typ", ".qmd",
    ".ftl", ".py"})  # fmt: skip
OFFICE = frozenset({".docx", ".xlsx"})
_READ = TEXTS | OFFICE | {PDF, ".parquet"}
_DIGITS = re.compile(r"(?<![\w.])\d(?:[ .\-]?\d){9,17}(?![\w.])")
_BETWEEN = r"[ .\-]?"
_REST = r"[019] \d \d [01] \d [0-3] \d [12] [019] \d \d \d \d [12] \d \d \d"
"""After the first digit: birth date, year and number of the appointment, sex, serial."""
# what may not stand before the first digit is looked for behind it: a digit is found much faster than such a place
_NIP = re.compile(rf"[12](?<![\w.].){_BETWEEN}{_BETWEEN.join(_REST.split())}(?![\w.])")
"""Digits among which every NIP is, and few other numbers: most files hold none, and their numbers need not be judged."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
PERSON_COLUMNS = frozenset({"nip", "nik", "nisn", "name", "nama", "birth_date", "birth_year", "mentor_nip"})
"""Columns that no table past the cleaning step has."""


def searchable(path: Path) -> bool:
    """Whether a file is of a kind that is read, as it is named and as its bytes are."""
    text = path.suffix in TEXTS and b"\0" not in path.read_bytes()
    return text or path.suffix in _READ - TEXTS


def persons_in(
    paths: Iterable[Path], root: Path, known: Persons | None = None, memory: Memory | None = None
) -> list[Finding]:
    """Files that hold a NIP (by its own rules), a number or a full name known from the raw files.

    Args:
        paths: Files to read; those of other kinds than text, office files, PDF and Parquet are passed over.
        root: Folder that places are told from.
        known: Identifiers and names of the raw files.
        memory: What an earlier search without `known` found clean; such files are not searched again.
    """
    found: list[Finding] = []
    for path in (path for path in paths if path.suffix in _READ):
        if memory is None:
            found += _persons_in(path, root, known or Persons())
            continue
        before = key_of([(path.suffix, path)])
        if not memory.clean(before):
            mine = _persons_in(path, root, known or Persons())
            if not mine:
                memory.found_clean(before, key_of([(path.suffix, path)]))
            found += mine
    return found


def _persons_in(path: Path, root: Path, known: Persons) -> list[Finding]:
    place = (str(path.relative_to(root)),)
    found = [Finding(f"{kind} of a person", place) for kind in kinds_in(_words(path), known)]
    if path.suffix == ".parquet":
        from pyarrow.parquet import read_schema  # tables are searched where they are new

        found += [Finding(f"a column {name}", place) for name in sorted(PERSON_COLUMNS & set(read_schema(path).names))]
    return found


@dataclass(frozen=True)
class Persons:
    """Identifiers (bare digits) and full names (words in lower case, two or more) of the raw files."""

    numbers: frozenset[str] = frozenset()
    names: frozenset[tuple[str, ...]] = frozenset()


def known_persons(columns: Iterable[pd.Series]) -> Persons:
    """Identifiers and names in raw columns, whichever of the two each holds."""
    numbers, names = set(), set()
    for column in columns:
        for text in column.dropna().astype(str).unique():
            digits, words = bare(text), tuple(_WORD.findall(text.casefold()))
            if len(digits) >= 10 and digits.isdigit():
                numbers.add(digits)
            elif len(words) > 1 and not any(sign.isdigit() for sign in text):
                names.add(words)
    return Persons(frozenset(numbers), frozenset(names))


def kinds_in(words: str, known: Persons) -> list[str]:
    """What of persons a text holds: "a number", "a name"; empty where nothing."""
    some = known.numbers or _NIP.search(words)
    digits = (bare(match.group()) for match in _DIGITS.finditer(words)) if some else ()
    number = any(d in known.numbers or (len(d) == NIP_LENGTH and isinstance(read_nip(d), Nip)) for d in digits)
    tokens = _WORD.findall(words.casefold()) if known.names else []
    lengths = {len(name) for name in known.names}
    name = any(known.names & set(zip(*(tokens[k:] for k in range(n)), strict=False)) for n in lengths)
    return ["a number"] * number + ["a name"] * name


def _words(path: Path) -> str:
    """A file's text; nothing of files of other kinds."""
    if path.suffix == ".parquet":
        return _parquet(path)
    if path.suffix in OFFICE:
        with zipfile.ZipFile(path) as file:
            parts = [file.read(name).decode("utf-8", "replace") for name in file.namelist() if name.endswith(".xml")]
        return re.sub(r"<[^>]*>", " ", "\n".join(parts))
    if path.suffix == PDF:
        return "\n".join(words_of_pages(path))
    return path.read_text(encoding="utf-8", errors="replace") if path.suffix in TEXTS else ""


def _parquet(path: Path) -> str:
    """Every text in the columns, once; whole numbers of ten digits or more as digits."""
    import pandas as pd

    frame = pd.read_parquet(path)
    parts: list[str] = []
    for name in frame:
        column = frame[name].dropna()
        text = column.dtype == object or str(column.dtype).startswith("str")
        if text or (pd.api.types.is_integer_dtype(column) and len(column) and column.abs().max() >= 10**9):
            parts += column.astype(str).unique().tolist()
    return "\n".join(parts)
