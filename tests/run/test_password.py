"""A workbook that is locked with a password opens in a run that is given it, and in no other."""

from __future__ import annotations

import io
from pathlib import Path

import msoffcrypto.format.ooxml as ooxml

from pipeline.sources.kinds import PASSWORD_VARIABLE
from tests.conftest import make_workspace, run_pipeline

CLEAN = ("step", "01_clean", "--study", "medan-pendidikan", "--edition", "2024")


def test_the_password_of_the_environment_reaches_who_reads(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "w", "standard")
    path = root / "data" / "raw" / "medan-pendidikan" / "2024" / "sekolah.xlsx"
    locked = io.BytesIO()
    with path.open("rb") as file:
        ooxml.OOXMLFile(file).encrypt("rahasia kota", locked)
    path.write_bytes(locked.getvalue())
    refused = run_pipeline(root, *CLEAN)
    assert refused.returncode == 1
    assert "locked with a password" in refused.stderr
    assert PASSWORD_VARIABLE in refused.stderr
    done = run_pipeline(root, *CLEAN, **{PASSWORD_VARIABLE: "rahasia kota"})
    assert done.returncode == 0, done.stderr
    again = run_pipeline(root, *CLEAN)  # what was read with the password is not handed out without it
    assert again.returncode == 1
    assert "rahasia kota" not in refused.stderr + done.stderr + again.stderr
