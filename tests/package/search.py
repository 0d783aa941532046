"""Looking for persons in whatever an archive holds: nested archives and workbooks, PDF, any encoding, any spelling."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.audit.pdf_words import words_of_pages

_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "latin-1")


def texts(content: bytes, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text inside a file, whatever it is inside: (place, text in lower case)."""
    for encoding in _ENCODINGS:
        yield name, content.decode(encoding, "ignore").casefold()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                yield f"{name}!{entry.filename}", entry.filename.casefold()
                yield from texts(archive.read(entry), f"{name}!{entry.filename}")
    elif content.startswith(b"%PDF"):
        yield name, "\n".join(words_of_pages(content)).casefold()


def found(path: Path, words: Iterable[str]) -> list[str]:
    """Which words stand somewhere in an archive, with their place; digits also where they are set apart."""
    wanted = [_pattern(word) for word in words]
    return [
        f"{place}: {pattern.pattern}"
        for place, text in texts(path.read_bytes(), path.name)
        for pattern in wanted
        if pattern.search(text)
    ]


def _pattern(word: str) -> re.Pattern[str]:
    if word.isdigit():
        return re.compile(r"[ .\-]?".join(word))
    return re.compile(r"\W+".join(map(re.escape, word.casefold().split())))
