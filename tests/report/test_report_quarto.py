"""Quarto: what is handed to it, how it is called, what its failures mean, and how it ends."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.errors import RenderError
from pipeline.report import quarto
from pipeline.report.assets import front_matter, metadata
from pipeline.report.project import write_project
from pipeline.report.render import available_engines, project_folder, render
from pipeline.run.closure import PACKAGE

FORMATS = ("html", "pdf", "docx")
KINDS = ("html", "typst", "docx")
MOMENT = {"stamp": "2024-06-30"}


class Home:
    """Folder of the stand-in: `set` says how it behaves, `calls` how it was called."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.command = str(folder / "quarto")
        self.set(mode="render", version="1.9.38")

    def set(self, **values: str) -> None:
        for name, value in values.items():
            (self.folder / name).write_text(value)

    def fail(self, said: str, status: int = 1) -> None:
        self.set(said=said, mode=f"fail said {status}")

    def calls(self) -> list[dict[str, Any]]:
        path = self.folder / "calls.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    folder = tmp_path / "bin"
    folder.mkdir()
    script = (
        f"#!{sys.executable}\nimport sys\nfrom pathlib import Path\nsys.path.insert(0, {str(PACKAGE.parent)!r})\n"
        "from tests.report.quarto_stand_in import main\n"
        f"sys.exit(main(Path({str(folder)!r}), sys.argv[1:]))\n"
    )
    (folder / "quarto").write_text(script)
    (folder / "quarto").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.delenv("QUARTO_PATH", raising=False)
    return Home(folder)


@pytest.fixture
def project(sample: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    write_project(sample, folder, FORMATS, metadata(front_matter(sample), "id", MOMENT))
    return folder


def nodes(part: Any) -> list[dict[str, Any]]:
    """All elements of a part of Pandoc's JSON, in order."""
    if isinstance(part, list):
        return [node for item in part for node in nodes(item)]
    if not isinstance(part, dict):
        return []
    return [part, *(node for item in part.values() for node in nodes(item))]


def document(project: Path, kind: str) -> Any:
    return json.loads((project / f"report.{kind}.json").read_text(encoding="utf-8"))


# ------------------------------------------------------------------------------------- what is handed to Quarto


def test_both_engines_are_given_the_same_bytes_and_give_the_same_bytes(stand_in, sample, tmp_path):
    ours = render(sample, tmp_path / "ours", lang="id", meta=MOMENT, engine="embedded")
    theirs = render(sample, tmp_path / "theirs", lang="id", meta=MOMENT, engine="quarto")
    handed = {p.relative_to(ours.project): p for p in ours.project.rglob("*") if p.is_file()}
    for place, path in handed.items():
        assert (theirs.project / place).read_bytes() == path.read_bytes(), place
    for name in FORMATS:
        assert theirs.files[name].read_bytes() == ours.files[name].read_bytes(), name
    assert len(stand_in.calls()) == 3


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_folder_is_a_complete_quarto_project(sample, tmp_path, lang):
    folder = tmp_path / "project"
    write_project(sample, folder, FORMATS, metadata(front_matter(sample), lang, MOMENT))
    settings = yaml.safe_load((folder / "_quarto.yml").read_text(encoding="utf-8"))
    assert settings == {
        "project": {"type": "default", "output-dir": "_output", "render": ["report.qmd"]},
        "lang": lang,
        "number-sections": False,
        "toc": False,
        "syntax-highlighting": "none",
        "filters": [{"at": "post-finalize", "path": "resolved.lua"}],
        "format": {
            "html": {
                "template": "template.html",
                "css": "report.css",
                "theme": "none",
                "minimal": True,
                "embed-resources": True,
                "html-math-method": "mathml",
                "appendix-style": "none",
                "format-links": False,
            },
            "typst": {
                "template": "template.typst",
                "pdf-standard": "ua-1",
                "keep-typ": True,
                "shift-heading-level-by": 0,
            },
            "docx": {"template": "template.openxml", "reference-doc": "reference.docx"},
        },
    }
    named = re.findall(r"[\w-]+\.(?:html|css|typst|openxml|docx|lua|qmd)\b", (folder / "_quarto.yml").read_text())
    pictures = {
        node["c"][2][0]
        for kind in ("html", "docx")
        for node in nodes(document(folder, kind))
        if node.get("t") == "Image"
    }
    pictures |= set(re.findall(r'image\("([^"]+)"', json.dumps(document(folder, "typst")).replace('\\"', '"')))
    assert pictures == {"figures/event.svg", "figures/trend.svg", "figures/event.png", "figures/trend.png"}
    for name in {*named, *pictures, *(f"report.{kind}.json" for kind in KINDS)}:
        assert (folder / name).is_file(), name
    assert not [p for p in folder.rglob("*") if p.name in ("references.json", "author-date.csl", "metadata.json")]


def test_the_source_is_one_full_stop(project):
    text = (project / "report.qmd").read_text(encoding="utf-8")
    assert text == "---\nengine: markdown\nvolume: report\n---\n\n.\n"


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_left_for_quarto_to_number_refer_or_cite(project, kind):
    found = document(project, kind)
    kinds = {node.get("t") for node in nodes(found)}
    assert "Cite" not in kinds
    assert not {"bibliography", "csl", "date"} & set(found["meta"])
    text = json.dumps(found, ensure_ascii=False)
    assert not re.search(r"@(sec|tbl|fig|eq)-", text)
    # In the DOCX a number is the result of a field: its words stand between tags, apart from its instruction.
    text = re.sub(r"<w:instrText.*?</w:instrText>|<w:[^>]*>|</w:[^>]*>", "", text)
    for said in ("Tabel\u00a02.1", "Tabel\u00a0A.1", "Gambar\u00a02.2", "Persamaan\u00a02.1", "Lampiran\u00a0A"):
        assert said in text or said.replace("\u00a0", "~") in text, said


def test_an_unnumbered_heading_can_be_referred_to(sample, tmp_path):
    text = sample.read_text(encoding="utf-8").replace("Akhir bab;", "Lihat @sec-ringkasan. Akhir bab;")
    sample.write_text(text, encoding="utf-8")
    folder = tmp_path / "project"
    write_project(sample, folder, FORMATS, metadata(front_matter(sample), "id", MOMENT))
    links = [node["c"] for node in nodes(document(folder, "html")) if node.get("t") == "Link"]
    assert [link for link in links if link[2][0] == "#sec-ringkasan" and "crossref" in link[0][1]]


def test_appendices_are_in_the_contents_and_in_place(project):
    found = document(project, "html")
    contents = [node["c"][2][0] for node in nodes(found["meta"]["contents"]) if node.get("t") == "Link"]
    headings = [node["c"][1][0] for node in found["blocks"] if node["t"] == "Header" and node["c"][0] == 1]
    assert headings == ["sec-ringkasan", "sec-pendahuluan", "sec-hasil", "sec-pustaka", "sec-teknis"]
    assert [target for target in contents if target.lstrip("#") in headings] == [f"#{name}" for name in headings]


def test_every_equation_and_picture_has_its_text_alternative_before_typst_sees_it(project):
    found = document(project, "typst")
    assert not [node for node in nodes(found["blocks"]) if node.get("t") in ("Math", "Image", "Table", "Figure")]
    code = "\n".join(node["c"][1] for node in nodes(found["blocks"]) if node.get("t") in ("RawBlock", "RawInline"))
    assert code.count("math.equation(") == len(re.findall(r'math\.equation\(block: \w+, alt: "[^"]+"', code)) == 3
    assert code.count("image(") == len(re.findall(r'image\("[^"]+", width: [\d.]+%, alt: "[^"]+"\)', code)) == 2


def test_no_template_or_filter_calls_the_network(project):
    for path in project.iterdir():
        if path.suffix in (".lua", ".html", ".typst", ".openxml", ".css", ".yml"):
            text = path.read_text(encoding="utf-8")
            # Names of XML namespaces are not addresses that anybody calls.
            loads = re.findall(
                r"@preview|@import|url\((?!data:)|(?<!xmlns)(?<!xmlns:\w)(?<!xmlns:\w\w)https?://",
                re.sub(r'xmlns(:\w+)?="[^"]*"', "", text),
            )
            assert not loads, path.name


def test_the_filter_names_a_format_that_the_report_does_not_have(project):
    from pipeline.report.pandoc import run

    done = run(["--lua-filter", "resolved.lua", "--to", "latex", "report.qmd"], project)
    assert done.returncode != 0
    assert "formats html, typst and docx, not latex" in done.stderr


def test_a_report_in_one_format_hands_over_one(stand_in, sample, tmp_path):
    record = render(sample, tmp_path / "out", formats=("html",), engine="quarto")
    assert set(yaml.safe_load((record.project / "_quarto.yml").read_text())["format"]) == {"html"}
    assert [path.name for path in record.project.glob("report.*.json")] == ["report.html.json"]


# ------------------------------------------------------------------------------------------------ how it is called


def test_auto_takes_quarto_where_it_is_installed_and_new_enough(stand_in, sample, tmp_path):
    record = render(sample, tmp_path / "out", lang="id", meta=MOMENT)
    assert (record.engine, record.version) == ("quarto", "1.9.38")
    assert record.tools == {"quarto": "1.9.38", "pandoc": "3.8.3", "typst": "0.14.2"}
    assert available_engines() == ("embedded", "quarto")
    assert [call["argv"] for call in stand_in.calls()] == [
        ["render", "report.qmd", "--to", target] for target in ("html", "typst", "docx")
    ]
    assert {call["cwd"] for call in stand_in.calls()} == {str(project_folder(tmp_path / "out"))}
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["report.docx", "report.html", "report.pdf"]


def test_the_environment_is_fixed_and_the_callers_wishes_do_not_leak_in(stand_in, sample, tmp_path, monkeypatch):
    for key in ("TYPST_FONT_PATHS", "QUARTO_PROFILE", "QUARTO_PDF_STANDARD", "LUA_PATH", "SOURCE_DATE_EPOCH"):
        monkeypatch.setenv(key, "/elsewhere")
    monkeypatch.setenv("LANG", "id_ID.ISO-8859-1")
    monkeypatch.setenv("QUARTO_PANDOC", "/conda/bin/pandoc")  # a conda environment says where Quarto's parts lie
    render(sample, tmp_path / "out", formats=("html",), meta=MOMENT, engine="quarto")
    environment = stand_in.calls()[0]["env"]
    assert environment["SOURCE_DATE_EPOCH"] == "1719705600"
    assert environment["LC_ALL"] == environment["LANG"] == "C.UTF-8"
    assert (environment["NO_COLOR"], environment["TZ"]) == ("1", "UTC")
    assert environment["TYPST_IGNORE_SYSTEM_FONTS"] == "true"
    assert environment["QUARTO_PANDOC"] == "/conda/bin/pandoc"
    assert not {"TYPST_FONT_PATHS", "QUARTO_PROFILE", "QUARTO_PDF_STANDARD", "LUA_PATH"} & set(environment)
    assert Path(environment["TMPDIR"]).is_relative_to(project_folder(tmp_path / "out"))
    assert not Path(environment["TMPDIR"]).exists()


@pytest.mark.parametrize("said", ["1.9.20", "1.9.38", "1.10.18", "2.0.0", "99.9.9"])
def test_a_new_quarto_is_taken(stand_in, said):
    stand_in.set(version=said)
    assert quarto.check_version(stand_in.command) == said


def test_without_quarto_auto_is_embedded_in_silence_and_quarto_is_an_error(sample, tmp_path, monkeypatch, caplog):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("QUARTO_PATH", raising=False)
    assert render(sample, tmp_path / "out", formats=("html",)).engine == "embedded"
    assert not caplog.messages
    with pytest.raises(RenderError, match="Quarto is not installed") as caught:
        render(sample, tmp_path / "out", engine="quarto")
    assert "ENGINE=embedded" in caught.value.todo


# ----------------------------------------------------------------------------------------- what its failures mean

FAILURES = {
    "typst": (
        "ERROR: NotFound: Failed to spawn '/opt/quarto/bin/tools/x86_64/typst': entity not found",
        "Typst is missing",
    ),
    "include": ("ERROR: NotFound: No such file or directory (os error 2), open 'template.html'", "missed a file"),
    "lua": (
        "Error running filter main.lua:\nresolved.lua:5: report.html.json: No such file or directory",
        "missed a file",
    ),
    "document": (
        "error: PDF/UA-1 error: missing alt text\n   ┌─ report.typ:10:1\n   │\n\nERROR: Typst compilation failed",
        "report.typ",
    ),
    "memory": ("ERROR: Out of memory", "want of memory"),
    "other": ("ERROR: The 'nonsense' does not parse", "repeats it"),
}


def test_our_own_check_comes_before_quarto(stand_in, sample, tmp_path):
    sample.write_text(sample.read_text(encoding="utf-8").replace("@fig-trend", "@fig-nowhere"), encoding="utf-8")
    with pytest.raises(RenderError, match="@fig-nowhere"):
        render(sample, tmp_path / "out", engine="quarto")
    assert stand_in.calls() == []


# --------------------------------------------------------------------------------------------------- how it ends


CALLER = """
import sys
from pathlib import Path
from pipeline.report import quarto
quarto.render(sys.argv[1], Path(sys.argv[2]), ("html",), {"stamp": "2024-06-30"})
"""
