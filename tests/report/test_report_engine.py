"""Which engine renders, and that another engine or version makes the report anew."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline.errors import RenderError
from pipeline.ledger.entries import Ledger
from pipeline.report import engine
from pipeline.report.engine import Engine, resolved_engine
from pipeline.report.pandoc import pandoc_version
from pipeline.report.record import versions, write_manifest
from pipeline.report.render import RenderRecord
from pipeline.run.build import say_engine
from pipeline.run.present import Present
from pipeline.run.records import _compared, expected
from pipeline.run.steps import Target, plan_steps
from pipeline.study import ROOT, load_study

OLD = Engine("quarto", "1.9.38", "/bin/quarto")


@pytest.fixture
def target(tmp_path: Path) -> Target:
    return Target(load_study("medan-pendidikan", ROOT), 2024, ("id",), "auto", tmp_path)


def test_the_embedded_engine_tells_its_parts_versions():
    found = resolved_engine("embedded")
    assert found.name == "embedded"
    assert found.version.startswith("pandoc 3.")
    assert ", typst (wheel) 0." in found.version
    assert (found.path, found.note) == ("", "")


def test_another_word_is_refused():
    with pytest.raises(RenderError, match="no engine 'word'"):
        resolved_engine("word")


def put_quarto(folder: Path, version: str) -> Path:
    """A command of that version, laid out as Quarto's own."""
    command = folder / "bin" / "quarto"
    command.parent.mkdir(parents=True, exist_ok=True)
    (folder / "share").mkdir(exist_ok=True)
    (folder / "share" / "version").write_text(version)
    command.write_text(f"#!/bin/sh\necho {version}\n")
    command.chmod(0o755)
    return command


def test_another_engine_or_version_makes_the_report_anew(target, tmp_path, monkeypatch):
    report = plan_steps(target)[-1]
    monkeypatch.setenv("QUARTO_PATH", str(put_quarto(tmp_path / "q", "1.9.38")))
    first = expected(report, Present(target))
    assert first == expected(report, Present(target))
    put_quarto(tmp_path / "q", "1.10.18")
    second = expected(report, Present(target))
    monkeypatch.setenv("QUARTO_PATH", "")
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    third = expected(report, Present(target))
    assert third["engine"] == "embedded"
    for one, other in ((first, second), (second, third)):
        assert list(_compared({**one, "draws": False}, other)) == ["the engine that writes the report is another"]


def test_the_run_says_in_one_line_why_quarto_does_not_render(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("QUARTO_PATH", str(put_quarto(tmp_path, "1.8.27")))
    say_engine("auto")
    said = capsys.readouterr()
    [line] = [line for line in (said.out + said.err).splitlines() if "Quarto" in line]
    assert "Quarto 1.8.27 is too old." in line
    with pytest.raises(RenderError, match="too old"):
        say_engine("quarto")


def test_what_did_not_render_is_not_among_the_versions(monkeypatch):
    assert not {"typst", "pypandoc-binary", "pandoc", "quarto"} & set(versions())
    monkeypatch.setattr(engine.quarto, "versions", lambda path, version: {"quarto": version, "path": path})
    assert engine.tools(OLD) == {"quarto": "1.9.38", "path": "/bin/quarto"}
    assert set(engine.tools(resolved_engine("embedded"))) == {"pandoc", "typst (wheel)"}


def test_the_manifest_names_the_tools_that_rendered(tmp_path):
    study = load_study("medan-pendidikan", ROOT)
    edition = SimpleNamespace(results_folder=tmp_path / "results", study=study, year=2024, blind=False)
    with Ledger("01_clean", edition.results_folder):
        pass
    tools = {"quarto": "1.9.38", "pandoc": "3.8.3", "typst": "0.14.2"}
    rendered = RenderRecord("quarto", "1.9.38", {}, tools)
    content = json.loads(write_manifest(edition, "id", tmp_path, rendered).read_text(encoding="utf-8"))
    assert content["engine"] == {
        "name": "quarto",
        "version": "1.9.38",
        "resolved by": {"pandoc": pandoc_version()},
        "tools": tools,
    }
    assert not {"typst", "pypandoc-binary"} & set(content["versions"])
