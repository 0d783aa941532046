"""A deterministic archive: the same members, the same bytes, on any machine."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

from pipeline.errors import StepError, StudyError
from pipeline.private import made_public

Members = Mapping[str, bytes | Path]
"""Name inside the archive -> its content, or the file that holds it."""
_WHEN = (1980, 1, 1, 0, 0, 0)  # the earliest that the format knows
_MODE = 0o100644 << 16
_UNIX = 3
_BLOCK = 1 << 20


def write_archive(members: Members, path: Path, hashes: Mapping[str, str]) -> Path:
    """Write members into a zip file at `path`, in one piece: the old file or the new one is there, never a part of it.

    Names are sorted, times and modes fixed, and no owner is stored. Contents are stored as they are: packed by a library
    they would be other bytes with its next version.

    Args:
        members: What goes in.
        path: The archive.
        hashes: SHA-256 that each member must have as it is written.

    Raises:
        StudyError: A name is not plain ASCII, or absolute, or leaves the archive.
        StepError: A file is another one than when it was looked at.
        OSError: The disk is full or cannot be written; nothing is left of the attempt.
    """
    for name in members:
        _check_name(name)
    partial = path.with_name(f".{path.name}.partial")
    try:
        with made_public(), zipfile.ZipFile(partial, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
            for name in sorted(members):
                if _add(archive, name, members[name]) != hashes[name]:
                    raise _moved(name)
        partial.chmod(0o644)
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return path


def _add(archive: zipfile.ZipFile, name: str, content: bytes | Path) -> str:
    """Write one member; returns the hash of what was written."""
    entry = zipfile.ZipInfo(name, _WHEN)
    entry.create_system, entry.external_attr = _UNIX, _MODE
    entry.file_size = len(content) if isinstance(content, bytes) else content.stat().st_size
    written = hashlib.sha256()
    source = io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")
    with source, archive.open(entry, "w") as target:
        while block := source.read(_BLOCK):
            written.update(block)
            target.write(block)
    return written.hexdigest()


def _moved(name: str) -> StepError:
    return StepError(
        "A file was changed while it was being packaged.",
        where=name,
        expected="files that stay as they are for the length of the packaging",
        todo="Wait until nobody writes to it, make the report again where it has changed, and type make package again.",
    )


def _check_name(name: str) -> None:
    parts = name.split("/")
    if not name.isascii() or "\\" in name or any(part in ("", ".", "..") for part in parts):
        raise StudyError(
            "A file cannot go into the archive under its name.",
            where=name.encode("ascii", "backslashreplace").decode(),
            expected="a name of plain ASCII letters, which every system can unpack",
            todo="Rename the file, and name it so in the study file too; then type make report, and make package again.",
        )
