"""A returned office file is opened as what a stranger sent: its size is asked first, and its XML reads nothing else."""

from __future__ import annotations

import zipfile
from pathlib import Path

from lxml import etree

from pipeline.errors import SourceError

MOST = 100 * 1024 * 1024
"""Bytes of the file."""
MOST_OPEN = 400 * 1024 * 1024
"""Bytes of all its parts, unpacked."""
MOST_PART = 120 * 1024 * 1024
RATIO = 250
"""A part of more than a megabyte that is packed closer than this is no text that people wrote."""
_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_packed(path: Path) -> bool:
    """Whether the file begins as a ZIP.

    Raises:
        SourceError: It is missing, empty, too large, or locked with a password.
    """
    if not path.is_file():
        raise SourceError("There is no such file.", where=str(path), expected="a returned DOCX, or a sheet of remarks")
    size = path.stat().st_size
    if not size:
        raise SourceError("The file is empty.", where=str(path), todo="Ask for it again.")
    if size > MOST:
        raise SourceError(
            f"The file has {size // 2**20} MiB.", where=str(path), expected=f"{MOST // 2**20} MiB at most"
        )
    with path.open("rb") as file:
        head = file.read(8)
    if head == _LOCKED:
        raise SourceError(
            "The file is locked with a password, or in the old format .doc or .xls.",
            where=str(path),
            todo="Open it and save it as .docx or .xlsx without a password.",
        )
    return head[:2] == b"PK"


def parts(path: Path, wanted: tuple[str, ...]) -> dict[str, bytes]:
    """Those of the wanted parts that an office file has.

    Raises:
        SourceError: It is no ZIP, is broken, or would unpack to more than a document holds.
    """
    try:
        with zipfile.ZipFile(path) as pack:
            _check_size(pack, path)
            names = set(pack.namelist())
            return {name: pack.read(name) for name in wanted if name in names}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise SourceError("The file cannot be unpacked.", where=f"{path}: {error}", todo="Ask for it again.") from None


def _check_size(pack: zipfile.ZipFile, path: Path) -> None:
    total = 0
    for info in pack.infolist():
        total += info.file_size
        close = info.file_size > 2**20 and info.file_size > RATIO * max(1, info.compress_size)
        if close or info.file_size > MOST_PART or total > MOST_OPEN or len(pack.infolist()) > 20_000:
            raise SourceError(
                "The file would unpack to more than a report holds.",
                where=f"{path}: {info.filename}",
                expected=f"{MOST_PART // 2**20} MiB a part, {MOST_OPEN // 2**20} MiB in all",
                todo="Do not open it; ask the sender what it is.",
            )


def xml(content: bytes, where: str) -> etree._Element:
    """The XML of a part; nothing outside it is read, and no entity grows.

    Raises:
        SourceError: It is not well formed, or declares entities.
    """
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
        raise SourceError("The file declares entities, which no office file does.", where=where)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(
            "A part of the file is broken.", where=f"{where}: {error}", todo="Ask for it again."
        ) from None
