"""The way from one edition's numbers to another's: parts add up, and what cannot be told apart is told together."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.tiny import make_tiny
from pipeline.compare import split as split_run
from pipeline.compare.workspace import Workspace
from pipeline.content import hash_of
from pipeline.errors import StudyError
from pipeline.published import differences
from pipeline.published.headline import Effect, Headline
from pipeline.published.record import Record, keep, last, last_path, read
from pipeline.published.split import Part, State, parts, path_of
from pipeline.published.split import read as read_split
from pipeline.report.record import code_hash
from pipeline.run.build import make_target
from pipeline.run.present import lock_hash
from pipeline.run.stamp import Request
from tests.compare.small import data, setting, under_version_control


def held(value: float | None) -> Headline:
    effect = Effect(value, None, None, None, None, "points", 1, "weak")
    return Headline({"att_score": effect})


def way(*values: float | str | None) -> list[Part]:
    """Parts from 100 on; a state that could not be run is "lost"."""
    names = ("code", "revised", "new", "choices")
    found = [State(name, None if value == "lost" else held(value)) for name, value in zip(names, values, strict=True)]  # type: ignore[arg-type]
    return parts(held(100.0), found, "att_score")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ((101.0, 103.0, 106.0, 110.0), [("code", 1), ("revised", 2), ("new", 3), ("choices", 4)]),
        (("lost", 103.0, 106.0, 110.0), [("code revised", 3), ("new", 3), ("choices", 4)]),
        (("lost", "lost", "lost", 110.0), [("code revised new choices", 10)]),
        ((101.0, "lost", 106.0, 110.0), [("code", 1), ("revised new", 5), ("choices", 4)]),
        ((101.0, None, 106.0, 110.0), [("code", 1), ("revised", None), ("new", None), ("choices", 4)]),
    ],
)
def test_parts_add_up_and_a_state_that_was_not_run_joins_two(values: tuple, told: list) -> None:
    found = way(*values)
    assert [(" ".join(part.changed), part.change) for part in found] == told
    if None not in [change for _, change in told]:
        assert sum(part.change or 0 for part in found) == pytest.approx(10)


def test_an_effect_that_is_new_has_no_change() -> None:
    found = parts(Headline({}), [State("code", held(3.0))], "att_score")
    assert [(part.change, part.after.value if part.after else None) for part in found] == [(None, 3.0)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A study with two years of data."""
    root = make_tiny(tmp_path / "w")
    data(root, 2023, 7)
    return root


def record(root: Path) -> Record:
    """The record of edition 2023 as its files lie there."""
    raw = {"2023/panel.csv": str(hash_of(root / "data/raw/tiny/2023/panel.csv"))}
    files = {"study.yml": (root / "studies/tiny/study.yml").read_text(encoding="utf-8")}
    return Record("tiny", 2023, held(1.0), raw=raw, study_files=files)


def workspace(root: Path, then: Record, folder: Path) -> tuple[Workspace, Path]:
    work = Workspace(folder, make_target(Request("tiny", "2024", "en", "embedded", root)), then, print)
    return work, folder / "data/raw/tiny"


@pytest.mark.parametrize("relative", [True, False])
def test_what_a_link_leads_to_is_copied_and_never_written_to(root: Path, tmp_path: Path, relative: bool) -> None:
    """An office keeps its files elsewhere and links them: the comparison puts old bytes into its own copy."""
    then, raw = record(root), root / "data/raw/tiny/2023"
    under_version_control(root)
    kept = tmp_path / "office" / "panel.csv"
    kept.parent.mkdir()
    kept.write_text("8\n", encoding="utf-8")
    (kept.parent / "round").symlink_to(kept.parent)  # and round about for ever
    (raw / "panel.csv").unlink()
    (raw / "panel.csv").symlink_to(os.path.relpath(kept, raw) if relative else kept)
    (raw / "more").symlink_to(kept.parent)
    work, copied = workspace(root, then, tmp_path / "v")
    assert (copied / "2023/panel.csv").read_text() == "8\n"
    assert work.data_of_then() == []
    assert (copied / "2023/panel.csv").read_text() == "7\n"
    work.data_of_now()
    assert (copied / "2023/panel.csv").read_text() == "8\n"
    assert kept.read_text() == "8\n"
    assert [path for path in (tmp_path / "v").rglob("*") if path.is_symlink()] == []


def test_earlier_bytes_come_from_the_history_of_version_control(root: Path, tmp_path: Path) -> None:
    then = record(root)
    under_version_control(root)
    data(root, 2023, 8)
    (root / "data/raw/tiny/2023/late.csv").write_text("1\n", encoding="utf-8")
    work, raw = workspace(root, then, tmp_path / "v")
    assert work.data_of_then() == []
    assert (raw / "2023/panel.csv").read_text() == "7\n"
    assert sorted(path.name for path in (raw / "2023").iterdir()) == ["panel.csv"]
    assert (raw / "2024/panel.csv").is_file()
    work.data_of_now()
    assert (raw / "2023/panel.csv").read_text() == "8\n"
    assert (raw / "2023/late.csv").is_file()
    assert (root / "data/raw/tiny/2023/panel.csv").read_text() == "8\n"


def test_bytes_that_are_nowhere_are_named_and_nothing_is_changed(root: Path, tmp_path: Path) -> None:
    then = record(root)
    data(root, 2023, 8)
    work, raw = workspace(root, then, tmp_path / "v")
    assert work.data_of_then() == ["2023/panel.csv"]
    assert (raw / "2023/panel.csv").read_text() == "8\n"


def test_a_commit_that_holds_other_bytes_is_not_taken_for_them(root: Path, tmp_path: Path) -> None:
    then = record(root)
    data(root, 2023, 8)
    under_version_control(root)
    data(root, 2023, 9)
    subprocess.run(["git", "-C", str(root), "add", "-A"], check=True)
    assert workspace(root, then, tmp_path / "v")[0].data_of_then() == ["2023/panel.csv"]


def test_a_record_that_lists_no_files_puts_none_back_and_takes_none_away(root: Path, tmp_path: Path) -> None:
    work, raw = workspace(root, replace(record(root), raw={}), tmp_path / "v")
    assert work.data_of_then() != []
    assert (raw / "2023/panel.csv").is_file()


def test_settings_of_then_and_of_now(root: Path, tmp_path: Path) -> None:
    then = record(root)
    setting(root, "seed: 1", "seed: 2")
    work, _ = workspace(root, then, tmp_path / "v")
    path = tmp_path / "v/studies/tiny/study.yml"
    work.settings_of_then()
    assert "seed: 1" in path.read_text()
    work.settings_of_now()
    assert "seed: 2" in path.read_text()
    assert "seed: 2" in (root / "studies/tiny/study.yml").read_text()


def test_a_workspace_is_closed_to_others(root: Path, tmp_path: Path) -> None:
    workspace(root, record(root), tmp_path / "v")
    assert (tmp_path / "v").stat().st_mode & 0o077 == 0


def test_what_a_killed_comparison_left_goes_first_and_nothing_stays(root: Path) -> None:
    left = root / "build/.compare/tiny/w/data/raw/tiny/2024/panel.csv"
    left.parent.mkdir(parents=True)
    left.write_text("1\n", encoding="utf-8")
    target = make_target(Request("tiny", "2024", "en", "embedded", root))
    with suppress(KeyboardInterrupt), split_run.private_workspace(target, print) as folder:
        assert list(folder.iterdir()) == []
        assert folder.stat().st_mode & 0o077 == 0
        (folder / "x").write_text("x", encoding="utf-8")
        raise KeyboardInterrupt
    assert not (root / "build/.compare/tiny").exists()


def test_the_last_edition_is_the_newest_before(tmp_path: Path) -> None:
    assert last_path("tiny", 2024, tmp_path) is None
    for year in (2019, 2021, 2024, 2025):
        keep(Record("tiny", year, held(float(year))), tmp_path)
    assert [last("tiny", year, tmp_path).edition for year in (2020, 2022, 2024, 2025)] == [2019, 2021, 2021, 2024]  # type: ignore[union-attr]
    assert last("tiny", 2019, tmp_path) is None
    assert read("tiny", 2021, tmp_path) == Record("tiny", 2021, held(2021.0))


def test_a_record_that_cannot_be_read_says_what_to_do(tmp_path: Path) -> None:
    path = keep(Record("tiny", 2023, held(1.0)), tmp_path)
    for text in ("[]", "{", "{}", path.read_text().replace('"edition"', '"year"')):
        path.write_text(text)
        with pytest.raises(StudyError, match=r"make report STUDY=tiny EDITION=2023"):
            last("tiny", 2024, tmp_path)


def test_differences_of_files_settings_methods_and_software() -> None:
    then = Record(
        "tiny", 2023, held(1.0), {"2022/a": "1", "2022/b": "1", "2023/a": "1", "2023/b": "1", "2023/c": "1"},
        {"2022/a": [9, 8], "2023/a": [5, 5], "2023/b": [4, 4], "2023/c": [3, 3]}, {"seed": "1", "kit": "x"},
        {"estimators": ["one", "two"]}, {"numpy": "1"},
    )  # fmt: skip
    now = replace(
        then,
        edition=2024,
        raw={"2022/a": "1", "2022/b": "1", "2023/a": "2", "2023/b": "1", "2024/a": "1", "2023/c": "1"},
        rows={"2022/a": [9, 8], "2023/a": [6, 6], "2023/b": [4, 3], "2024/a": [2, 2]},
        settings={"seed": "2", "kit": "x", "new": "y"},
        methods={"estimators": ["two", "three"]},
        software={"numpy": "2"},
    )
    assert [(one.file, one.kind) for one in differences.files(then, now)] == [
        ("2023/a", "revised"),
        ("2023/b", "read_otherwise"),
        ("2023/c", "unread"),
        ("2024/a", "new"),
    ]
    assert [(one.file, one.kind) for one in differences.files(now, then)][-1] == ("2024/a", "gone")
    assert [(one.key, one.then, one.now) for one in differences.settings(then, now)] == [
        ("new", None, "y"),
        ("seed", "1", "2"),
    ]
    assert [(one.key, one.then, one.now) for one in differences.methods(then, now)] == [
        ("one", "✓", None),
        ("three", None, "✓"),
    ]
    assert [(one.key, one.then, one.now) for one in differences.software(then, now)] == [("numpy", "1", "2")]
    assert differences.files(then, then) == differences.settings(then, then) == differences.methods(then, then) == []


@pytest.fixture
def two_editions(root: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, list[str]]:
    """A study without notebooks of its own, its edition 2023 published by the code of today; and which states are run."""
    shutil.rmtree(root / "studies/tiny/notebooks")
    keep(replace(record(root), code=code_hash(), lock=lock_hash() or ""), root)
    ran: list[str] = []

    def run(changed: str, request: Request, tell: object) -> State:
        ran.append(f"{changed} {request.edition}")
        return State(changed, held(float(len(ran))))

    monkeypatch.setattr(split_run, "run", run)
    return root, ran


def bring(root: Path, edition: str = "2024") -> list[str]:
    """Bring the way up to date; what was told."""
    told: list[str] = []
    split_run.bring_up_to_date(Request("tiny", edition, "en", "embedded", root), told.append)
    return told


def states_of(root: Path) -> list[tuple[str, object]]:
    found = read_split(path_of("tiny", 2023, 2024, root))
    assert found is not None
    return [
        (one.changed, "today" if one.as_today else one.lost or one.headline.effects["att_score"].value)  # type: ignore[union-attr]
        for one in found.states
    ]


def test_where_only_data_are_new_nothing_is_run(two_editions: tuple[Path, list[str]]) -> None:
    root, ran = two_editions
    assert bring(root)
    assert ran == []
    assert states_of(root) == [("code", 1.0), ("revised", 1.0), ("new", "today")]
    assert path_of("tiny", 2023, 2024, root).stat().st_mode & 0o077 == 0
    assert bring(root) == []  # and it is not computed twice


@pytest.mark.parametrize(
    ("change", "runs"),
    [
        (lambda root: data(root, 2023, 8), ["revised 2023"]),
        (lambda root: setting(root, "seed: 1", "seed: 2"), ["new 2024"]),
        (lambda root: setting(root, "seed: 1", "seed: 1  # as last year"), []),
        (lambda root: keep(replace(record(root), code="0" * 64), root), ["code 2023"]),
        (lambda root: keep(replace(record(root), code=code_hash(), lock="0" * 64), root), ["code 2023"]),
    ],
)
def test_what_differs_is_run_and_nothing_else(
    two_editions: tuple[Path, list[str]], change: Callable, runs: list
) -> None:
    root, ran = two_editions
    bring(root)
    ran.clear()
    change(root)
    bring(root)
    assert ran == runs


def test_a_state_that_fails_is_kept_with_its_reason_and_stops_nothing(
    two_editions: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, _ = two_editions

    def fails(*_: object) -> State:
        raise StudyError("No such setting any more.")

    monkeypatch.setattr(split_run, "run", fails)
    setting(root, "seed: 1", "seed: 2")
    assert "It cannot be run: No such setting any more." in bring(root)
    assert states_of(root) == [("code", 1.0), ("revised", 1.0), ("new", "error")]


def test_no_earlier_edition_or_one_of_another_version_costs_nothing(two_editions: tuple[Path, list[str]]) -> None:
    root, ran = two_editions
    assert bring(root, "2023") == []
    (root / "data/published/tiny/2023.json").write_text("{}", encoding="utf-8")
    assert bring(root) == []
    assert ran == []


def test_states_that_another_version_wrote_are_computed_again(two_editions: tuple[Path, list[str]]) -> None:
    root, _ = two_editions
    bring(root)
    path = path_of("tiny", 2023, 2024, root)
    path.write_text(path.read_text(encoding="utf-8").replace('"as_today"', '"as_now"'), encoding="utf-8")
    assert bring(root)
    assert states_of(root)[-1] == ("new", "today")
