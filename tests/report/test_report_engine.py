"""Which engine renders, and that another engine or version makes the report anew."""

from __future__ import annotations

import json
from dataclasses import replace
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
from pipeline.run.build import Request, make_target
from pipeline.run.stamp import is_current, write_stamp
from pipeline.run.steps import Target, plan_steps
from pipeline.study import ROOT, load_study

OLD, NEW = Engine("quarto", "1.9.38", "/bin/quarto"), Engine("quarto", "1.10.18", "/bin/quarto")


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


def test_engine_and_version_are_inputs_of_the_report_step(target):
    steps = {one: plan_steps(replace(target, renderer=one)) for one in (OLD, NEW, resolved_engine("embedded"))}
    reports = {steps[one][-1].tool for one in steps}
    assert reports == {"quarto 1.9.38", "quarto 1.10.18", f"embedded {resolved_engine('embedded').version}"}
    assert {steps[one][-1].parameters["engine"] for one in steps} == {"quarto", "embedded"}
    assert {step.tool for one in steps for step in steps[one][:-1]} == {""}


def test_a_finished_run_is_out_of_date_when_the_engine_changes(target):
    target.build.mkdir(parents=True)
    before = replace(target, renderer=OLD)
    write_stamp(before, plan_steps(before))
    assert is_current(before, plan_steps(before))
    for one in (NEW, resolved_engine("embedded")):
        after = replace(target, renderer=one)
        assert not is_current(after, plan_steps(after))


def test_the_run_says_in_one_line_why_quarto_does_not_render(tmp_path, monkeypatch, capsys):
    old = tmp_path / "quarto"
    old.write_text("#!/bin/sh\necho 1.8.27\n")
    old.chmod(0o755)
    monkeypatch.setenv("QUARTO_PATH", str(old))
    made = make_target(Request("medan-pendidikan", "latest", "id", "auto", ROOT))
    assert made.renderer is not None
    assert made.renderer.name == "embedded"
    said = capsys.readouterr()
    [line] = [line for line in (said.out + said.err).splitlines() if "Quarto" in line]
    assert "Quarto 1.8.27 is too old." in line
    with pytest.raises(RenderError, match="too old"):
        make_target(Request("medan-pendidikan", "latest", "id", "quarto", ROOT))


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
