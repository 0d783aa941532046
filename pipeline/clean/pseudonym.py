"""Keyed pseudonyms of persons (HMAC-SHA-256, RFC 2104): the same person, the same pseudonym; no way back without the key."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import StudyError
from pipeline.study import Study

KEY_VARIABLE = "EVALUATION_KEY"
KEY_FILE = "pseudonym.key"
_LETTERS = str.maketrans("0123456789abcdef", "bcdfghjkmnpqrtvw")  # no digits: nothing that could pass for a number


def study_key(study: Study, root: Path) -> bytes:
    """The key of a study: published for demonstrations, else from the environment or the key file (made on first use).

    Raises:
        StudyError: The key is shorter than 16 characters, or its file can be read by others.
    """
    if study.public_key is not None:
        return study.public_key.encode()
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


def pseudonymiser(key: bytes) -> Callable[[str], str]:
    """A function from an identifier to its pseudonym: "p" and sixteen letters (64 bits of the HMAC)."""
    return lambda text: "p" + hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:16].translate(_LETTERS)


def _make_key(path: Path) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")
