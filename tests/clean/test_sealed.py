"""What was read of a file is kept sealed: it comes back for the same bytes alone, and nobody else can open it."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import installed
from pipeline.clean import run, sealed, tables
from pipeline.clean.run import CleanResult, clean_study
from pipeline.clean.sealed import Sealed
from pipeline.installed import CODE, whole_code
from pipeline.secret import KEY_FILE
from pipeline.sources.kinds import PASSWORD_VARIABLE
from pipeline.study import ROOT, Study, load_study
from tests.clean.test_clean import _people

KEY = b"a key of pseudonyms"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "nilai.csv"
    path.write_text("a;b\n1;2\n", encoding="utf-8")
    return path


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept"


def _read(path: Path, folder: Path, key: bytes = KEY, told: str = "told") -> bool:
    """Whether the file itself was read; what is handed out is what it says in either case."""
    asked: list[str] = []

    def read() -> str:
        asked.append("")
        return path.read_text(encoding="utf-8")

    assert Sealed(folder, key).part(path, told, read) == path.read_text(encoding="utf-8")
    return bool(asked)


def test_the_same_bytes_are_read_once(file: Path, kept: Path) -> None:
    assert [_read(file, kept) for _ in range(3)] == [True, False, False]
    file.write_text("a;b\n1;3\n", encoding="utf-8")
    assert _read(file, kept)


@pytest.mark.parametrize("changed", ["told", "key", "code", "password"])
def test_whatever_else_reading_goes_by_has_it_read_anew(
    file: Path, kept: Path, changed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _read(file, kept)
    if changed == "code":
        monkeypatch.setattr(sealed, "_by", lambda: "another")
    if changed == "password":
        monkeypatch.setenv(PASSWORD_VARIABLE, "rahasia")
    assert _read(file, kept, b"another key" if changed == "key" else KEY, "other" if changed == "told" else "told")


def test_what_is_kept_cannot_be_opened_with_less_than_the_file_and_the_key(file: Path, kept: Path) -> None:
    """Names and seals of every part are tried with each key and each file that an attacker may have."""
    _read(file, kept)
    (part,) = kept.iterdir()
    assert file.read_bytes() not in part.read_bytes()
    other = file.with_name("other.csv")
    other.write_text("a;b\n1;9\n", encoding="utf-8")
    for key, path in ((b"", file), (b"another key", file), (KEY, other)):
        asked: list[int] = []
        thief = Sealed(kept, key)
        thief._open = lambda name, seal, open=thief._open: open(part.name, seal)  # type: ignore[method-assign]
        thief.part(path, "told", lambda asked=asked: asked.append(1))  # type: ignore[misc]
        assert asked == [1]
    assert not _read(file, kept)


@pytest.mark.parametrize("harm", [b"", b"short", b"x" * 400, "flipped", "another's"])
def test_a_part_that_was_cut_or_edited_or_put_in_anothers_place_is_read_anew(
    file: Path, kept: Path, harm: bytes | str
) -> None:
    _read(file, kept)
    (part,) = kept.iterdir()
    whole = part.read_bytes()
    if harm == "another's":
        other = file.with_name("other.csv")
        other.write_text("a;b\n7;7\n", encoding="utf-8")
        _read(other, kept)
        (theirs,) = (path for path in kept.iterdir() if path != part)
        theirs.replace(part)
    else:
        part.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]) if isinstance(harm, str) else harm)
    assert _read(file, kept)
    assert not _read(file, kept)


def test_nothing_is_kept_of_a_file_that_was_written_while_it_was_read(file: Path, kept: Path) -> None:
    """Which bytes were read is not known then, also where they are put back."""
    text = file.read_text(encoding="utf-8")

    def read() -> str:
        file.write_text("a;b\n5;5\n", encoding="utf-8")
        said = file.read_text(encoding="utf-8")
        file.write_text(text, encoding="utf-8")
        return said

    assert Sealed(kept, KEY).part(file, "told", read) == "a;b\n5;5\n"
    assert _read(file, kept)


def test_a_disk_that_is_full_keeps_nothing_and_stops_nothing(file: Path, tmp_path: Path) -> None:
    place = tmp_path / "no folder"
    place.write_text("", encoding="utf-8")
    assert [_read(file, place) for _ in range(2)] == [True, True]


def test_it_is_closed_to_others(file: Path, kept: Path) -> None:
    _read(file, kept)
    assert kept.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in kept.iterdir()] == [0o600]


def test_code_that_is_another_than_the_loaded_one_keeps_nothing_and_opens_nothing(
    file: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What reads is then neither: it would be found by the next run as what the new code has read."""
    assert [_read(file, kept) for _ in range(2)] == [True, False]
    monkeypatch.setattr(installed, "whole_code", lambda: "edited")
    sealed._by.cache_clear()
    try:
        assert _read(file, kept)
        file.write_text("a;b\n1;3\n", encoding="utf-8")
        assert [_read(file, kept) for _ in range(2)] == [True, True]
    finally:
        sealed._by.cache_clear()


def test_a_run_says_which_code_was_loaded(tmp_path: Path) -> None:
    """What lay there when the run began, and not what lies there when a kernel asks."""
    script = "from pipeline.clean import sealed; print(bool(sealed._by()), sealed._LOADED)"
    told = [{}, {CODE: whole_code()}, {CODE: "before it was edited"}]
    said = [
        subprocess.run(
            [sys.executable, "-c", script], env=os.environ | one, cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.split()
        for one in told
    ]
    assert said == [["True", whole_code()], ["True", whole_code()], ["False", *"before it was edited".split()]]


@pytest.mark.parametrize("way", ["a link", "open to others", "another's"])
def test_nothing_is_opened_that_another_account_could_have_put_there(
    file: Path, kept: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key of a demonstration is known to all, and what is kept is a program to who opens it."""
    _read(file, kept)
    if way == "a link":
        kept.rename(kept.with_name("elsewhere"))
        kept.symlink_to(kept.with_name("elsewhere"))
    elif way == "open to others":
        kept.chmod(0o777)
    else:
        monkeypatch.setattr(sealed.os, "getuid", lambda: 4711)
    before = {path.name: path.read_bytes() for path in kept.iterdir()}
    assert [_read(file, kept) for _ in range(2)] == [True, True]
    Sealed(kept, KEY).sweep()
    assert {path.name: path.read_bytes() for path in kept.iterdir()} == before


def test_what_is_no_part_stays_and_stops_nothing(file: Path, kept: Path) -> None:
    _read(file, kept)
    (kept / "@eaDir").mkdir()
    (kept / "thesis.docx").write_text("mine", encoding="utf-8")
    (kept / ("a" * 64)).mkdir()  # cannot be taken away like a file
    Sealed(kept, KEY).sweep()
    assert sorted(path.name for path in kept.iterdir()) == ["@eaDir", "a" * 64, "thesis.docx"]


def test_what_is_no_file_is_not_waited_for(tmp_path: Path, kept: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert Sealed(kept, KEY).part(tmp_path / "pipe.csv", "told", lambda: "read") == "read"
    assert not kept.exists()


@pytest.mark.parametrize("error", [OverflowError, MemoryError, OSError])
def test_a_part_that_cannot_be_sealed_is_not_kept(
    file: Path, kept: Path, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> bytes:
        raise error

    monkeypatch.setattr(sealed.pickle, "dumps", fails)
    assert [_read(file, kept) for _ in range(2)] == [True, True]


def test_what_nobody_asked_for_goes(file: Path, kept: Path) -> None:
    _read(file, kept)
    before = set(kept.iterdir())
    file.write_text("a;b\n4;4\n", encoding="utf-8")
    _read(file, kept)
    store = Sealed(kept, KEY)
    assert len(list(kept.iterdir())) == 2
    store.part(file, "told", lambda: file.read_text(encoding="utf-8"))
    store.sweep()
    assert set(kept.iterdir()).isdisjoint(before)
    assert not _read(file, kept)
    Sealed(kept, None).sweep()  # of a study that has no such files any more
    assert list(kept.iterdir()) == []


def test_a_study_without_persons_asks_for_no_key(tmp_path: Path) -> None:
    panel, path = load_study("jtrain", ROOT), tmp_path / "panel.csv"
    path.write_text("a;b\n", encoding="utf-8")
    kept = run._sealed(panel, panel.raw_root(tmp_path), tmp_path / "kept")
    assert kept is not None
    assert kept.part(path, "told", lambda: "read") == "read"
    assert [one.name for one in tmp_path.iterdir()] == ["panel.csv"]
    assert panel.panel is not None
    persons = panel.model_copy(update={"panel": panel.panel.model_copy(update={"person_units": True})})
    run._sealed(persons, panel.raw_root(tmp_path), tmp_path / "kept")
    assert (tmp_path / KEY_FILE).is_file()


@pytest.fixture
def workspace(small: Path, tmp_path: Path) -> Path:
    shutil.copytree(small / "data" / "raw" / "medan-pendidikan", tmp_path / "data" / "raw" / "medan-pendidikan")
    return tmp_path


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read, from now on."""
    names: list[str] = []
    reader: Callable[..., Any] = tables.read_table

    def noting(path: Path, *given: Any, **more: Any) -> Any:
        names.append(f"{path.parent.name}/{path.name}")
        return reader(path, *given, **more)

    monkeypatch.setattr(tables, "read_table", noting)
    return names


def _clean(study: Study, root: Path, place: str) -> CleanResult:
    raw = root / "data" / "raw" / study.name
    return clean_study(study, 2024, raw, root / place, keep=root / "build" / "kept")


def _bytes(made: CleanResult) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(made.folder.iterdir())}


@pytest.mark.usefixtures("read_anew")
def test_of_all_files_the_one_that_changed_is_read(medan: Study, workspace: Path, read: list[str]) -> None:
    first = _clean(medan, workspace, "one")
    everything = sorted(read)
    read.clear()
    again = _clean(medan, workspace, "two")
    assert read == []
    assert _bytes(again) == _bytes(first)
    assert [account.rows() for account in again.accounts] == [account.rows() for account in first.accounts]
    path = workspace / "data" / "raw" / medan.name / "2023" / "skm.csv"
    path.write_text("\n".join(path.read_text(encoding="utf-8").splitlines()[:-1]) + "\n", encoding="utf-8")
    changed = _clean(medan, workspace, "three")
    assert read == ["2023/skm.csv"]
    shutil.rmtree(workspace / "build")
    read.clear()
    assert _bytes(_clean(medan, workspace, "four")) == _bytes(changed)
    assert sorted(read) == everything


@pytest.mark.usefixtures("read_anew")
def test_next_years_edition_reads_next_years_files(medan: Study, workspace: Path, read: list[str]) -> None:
    raw, kept = workspace / "data" / "raw" / medan.name, workspace / "build" / "kept"
    clean_study(medan, 2023, raw, workspace / "one", keep=kept)
    read.clear()
    clean_study(medan, 2024, raw, workspace / "two", keep=kept)
    assert read
    assert {name.partition("/")[0] for name in read} == {"2024"}


@pytest.mark.usefixtures("read_anew")
def test_no_person_stands_in_what_is_kept(medan: Study, workspace: Path) -> None:
    _clean(medan, workspace, "one")
    numbers, names = _people(workspace / "data" / "raw" / medan.name)
    held = [path.read_bytes() for path in (workspace / "build" / "kept").iterdir()]
    assert len(held) > 10
    plain = pickle.dumps(sorted(numbers)[:1])
    assert sorted(numbers)[0].encode() in plain  # so they would stand there, unsealed
    whole = b"\n".join(held)
    assert not any(text.encode() in whole for text in numbers | {name for name in names if len(name) > 8})
