"""What a file is, told by its bytes and not by its name: offices call an HTML page `.xls` and a text `.xlsx`."""

from __future__ import annotations

import io
import os
import re
import zipfile
from typing import Literal

import msoffcrypto
import olefile

from pipeline.errors import SourceError

Kind = Literal["xlsx", "xls", "xlsb", "ods", "html", "text", "parquet", "dta"]
BOOKS: tuple[Kind, ...] = ("xlsx", "xls", "xlsb", "ods")
PASSWORD_VARIABLE = "EVALUATION_PASSWORD"  # noqa: S105 - the variable's name
_NO_SECRET = "VelvetSweatshop"  # noqa: S105 - known to everybody
"""With this word spreadsheets lock what they only mean to mark as read-only; it opens without asking anybody."""
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_TABLES = {
    b"%PDF-": "a PDF document",
    b"\x89PNG\r\n": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
}
"""Beginnings of what offices send instead of a table."""
_STATA = re.compile(rb"<stata_dta>|[\x69\x6c\x6e-\x73\x76-\x77][\x01\x02]\x01\x00", re.DOTALL)
_HTML = re.compile(rb"<(?:!doctype html|html|table|body|head|meta)\b", re.IGNORECASE)


def kind_of(content: bytes, shown: str) -> tuple[Kind, bytes]:
    """The kind of a file, and its bytes, opened where they are behind a password.

    Raises:
        SourceError: A kind that nothing here reads, a damaged container, or a password that is missing or wrong.
    """
    if content.startswith(_OLE):
        return _of_compound(content, shown)
    if content.startswith(b"PK"):
        return _of_archive(content, shown), content
    if content.startswith(b"PAR1"):
        return "parquet", content
    if shown.casefold().endswith(".parquet"):
        raise damaged(shown, "Parquet")
    if content.startswith(b"<stata_dta>") or (shown.casefold().endswith(".dta") and _STATA.match(content)):
        return "dta", content
    for begin, what in _NO_TABLES.items():
        if content.startswith(begin):
            raise SourceError(
                f"The file is {what}, no table.",
                where=shown,
                expected="a workbook (.xlsx, .xls, .xlsb, .ods) or text",
                todo="Ask the office for the table itself, as a workbook or as text.",
                code="not_a_table",
            )
    head = _ascii(content[:4000]).lstrip()
    if head.startswith(b"<") and b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise SourceError(
            "The file is an XML spreadsheet of 2003, which is not read.",
            where=shown,
            expected="a workbook (.xlsx, .xls, .xlsb, .ods) or text",
            todo="Open it in a spreadsheet and save it as .xlsx.",
            code="not_a_table",
        )
    if head.startswith(b"<") and _HTML.search(head):
        return "html", content
    return "text", content


def damaged(shown: str, kind: str) -> SourceError:
    """The error for a file that begins like its kind and does not hold it."""
    noun = "workbook" if kind in BOOKS else f"{kind} file"
    return SourceError(
        f"The {noun} cannot be opened: it is cut short, damaged, or of another kind.",
        where=shown,
        expected=f"a whole {kind if kind in BOOKS else kind + ' file'}",
        todo="Copy or download the file again; open it in the program that wrote it and save it anew.",
        code="damaged",
    )


def _ascii(content: bytes) -> bytes:
    """The beginning without a byte-order mark; of UTF-16 the ASCII half."""
    return content.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\0", b"")


def _of_archive(content: bytes, shown: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            mime = archive.read("mimetype")[:100] if "mimetype" in names else b""
            sealed = "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml")
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError):
        raise damaged(shown, "xlsx") from None
    if mime.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        if sealed:
            raise SourceError(
                "The workbook is locked with a password.",
                where=shown,
                expected="an .ods workbook without a password",
                todo="Open it in a spreadsheet, take the password off, and save it again.",
                code="locked",
            )
        return "ods"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.casefold().startswith("xl/workbook") or name == "xl/" for name in names):
        return "xlsx"
    if any(name.startswith("word/") for name in names) or mime:
        what = "a document of a word processor" if any(n.startswith("word/") for n in names) else "no spreadsheet"
    else:
        what = "an archive (zip) of " + ", ".join(repr(name) for name in sorted(names)[:3]) if names else "empty"
    raise SourceError(
        f"The file is {what}.",
        where=shown,
        expected="a workbook (.xlsx, .xls, .xlsb, .ods) or text",
        todo="Take the file out of the archive, or ask the office for the table itself.",
        code="not_a_table",
    )


def _of_compound(content: bytes, shown: str) -> tuple[Kind, bytes]:
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as box:
            parts = {"/".join(parts) for parts in box.listdir()}
    except (OSError, ValueError, IndexError, TypeError):
        raise damaged(shown, "xls") from None
    if "EncryptedPackage" in parts:
        opened = _unlocked(content, shown)
        return _of_archive(opened, shown), opened
    if not parts & {"Workbook", "Book"}:
        raise SourceError(
            "The file is no workbook: it holds no sheets.",
            where=shown,
            expected="a workbook (.xlsx, .xls, .xlsb, .ods) or text",
            todo="Ask the office for the table itself.",
            code="not_a_table",
        )
    return "xls", _unlocked(content, shown) if _is_locked(content) else content


def _is_locked(content: bytes) -> bool:
    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(content)).is_encrypted())
    except Exception:  # it parses any bytes and passes on whatever breaks; the reader itself then says what is damaged
        return False


def _unlocked(content: bytes, shown: str) -> bytes:
    """The bytes of a locked workbook, opened with the word that locks nothing or the password of the environment."""
    given = os.environ.get(PASSWORD_VARIABLE, "")
    for word in filter(None, (_NO_SECRET, given)):
        opened = _open(content, word)
        if opened.startswith((_ZIP, _OLE)):
            return opened
    raise SourceError(
        "The workbook is locked with a password" + (", and the one that was given does not open it." if given else "."),
        where=shown,
        expected=f"its password in the environment variable {PASSWORD_VARIABLE}, or a workbook without one",
        todo=f"{PASSWORD_VARIABLE}='…' make report, or take the password off in a spreadsheet and save the file again.",
        code="locked",
    )


def _open(content: bytes, word: str) -> bytes:
    """The bytes of a locked workbook opened with a password; none where it does not open it."""
    out = io.BytesIO()
    try:
        book = msoffcrypto.OfficeFile(io.BytesIO(content))
        book.load_key(password=word)
        book.decrypt(out)
    except Exception:  # a wrong password shows in many ways, by the kind of encryption
        return b""
    return out.getvalue()
