"""The key of pseudonyms: where it comes from, and how it is made."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from pipeline.errors import StudyError
from pipeline.study import Study

KEY_VARIABLE = "EVALUATION_KEY"
KEY_FILE = "pseudonym.key"


def study_key(study: Study, root: Path) -> bytes:
    """The key of a study: published for demonstrations, else from the environment or the key file (made on first use).

    Raises:
        StudyError: The key is shorter than 16 characters, or its file can be read by others.
    """
    return secret_key(root) if study.public_key is None else study.public_key.encode()


def secret_key(root: Path) -> bytes:
    """The key that nobody publishes: from the environment, or the key file, which is made on first use.

    Raises:
        StudyError: The key is shorter than 16 characters, or its file can be read by others.
    """
    given = os.environ.get(KEY_VARIABLE, "")
    path = root / KEY_FILE
    if not given:
        if not path.exists():
            _make_key(path)
        if path.stat().st_mode & 0o077:
            raise StudyError(
                "The key file can be read by others.", where=KEY_FILE, expected="mode 600", todo=f"chmod 600 {KEY_FILE}"
            )
        given = path.read_text(encoding="ascii").strip()
    if len(given) < 16:
        raise StudyError("The key of pseudonyms is too short.", where=KEY_VARIABLE, expected="16 characters or more")
    return given.encode()


def _make_key(path: Path) -> None:
    """Made whole under another name first: who looks for it at the same time finds none, or all of it, and one alone."""
    fresh = path.with_name(f".{os.getpid()}.{path.name}")  # a name that version control leaves out as it does the key's
    fresh.unlink(missing_ok=True)
    try:
        _write_key(fresh)
        os.link(fresh, path)
    except FileExistsError:
        pass
    except OSError:  # a disk that knows no second name for a file, or is full
        with suppress(FileExistsError):
            _write_key(path)
    finally:
        fresh.unlink(missing_ok=True)


def _write_key(path: Path) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")
