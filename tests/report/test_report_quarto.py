"""The wrapper of Quarto's command line, tried on a stand-in that records how it is called and does as it is told."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typst
import yaml
from lxml import html
from pypdf import PdfReader

from pipeline.errors import RenderError
from pipeline.report import quarto, quarto_opening
from pipeline.report.assets import front_matter, metadata
from pipeline.report.embedded import pandoc_path
from pipeline.report.render import available_engines, render

STAND_IN = '''#!{python}
"""Records argv, environment and folder; then writes, fails, sleeps or stays silent as MODE says."""
import json, os, pathlib, subprocess, sys, time
home = pathlib.Path({home!r})
mode = (home / "mode").read_text()
calls = home / "calls.jsonl"
arguments = sys.argv[1:]
if arguments == ["--version"]:
    print((home / "version").read_text())
    sys.exit(0)
here = pathlib.Path.cwd()
with calls.open("a") as file:
    file.write(json.dumps({{"argv": arguments, "env": dict(os.environ), "cwd": str(here),
        "project": (here / "_quarto.yml").read_text(), "files": sorted(str(p.relative_to(here))
        for p in here.rglob("*") if p.is_file()), "source": (here / "report.qmd").read_text()}}) + "\\n")
target = arguments[arguments.index("--to") + 1]
ending = {{"html": "html", "typst": "pdf", "docx": "docx"}}[target]
if mode == "fail" or mode == "fail " + ending:
    for i in range(40):
        print("line", i)
    print("ERROR: Error running filter", file=sys.stderr)
    sys.exit(3)
if mode == "sleep":
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    (home / "child").write_text(str(child.pid))
    print("Starting the engine", flush=True)
    time.sleep(60)
if mode == "unresolved":
    print("WARNING: Unable to resolve crossref @fig-lost", file=sys.stderr)
out = here / "_output"
out.mkdir(exist_ok=True)
if mode == "empty":
    (out / ("report." + ending)).write_bytes(b"")
elif mode != "silent":
    made = home / ("made." + ending)
    (out / ("report." + ending)).write_bytes(made.read_bytes() if made.exists() else ending.encode())
'''


class Home:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.set(mode="write", version="1.6.40")

    def set(self, **values: str) -> None:
        for name, value in values.items():
            (self.folder / name).write_text(value)

    def calls(self) -> list[dict]:
        path = self.folder / "calls.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@pytest.fixture
def stand_in(tmp_path, monkeypatch, rendered) -> Home:
    folder = tmp_path / "bin"
    folder.mkdir()
    command = folder / "quarto"
    command.write_text(STAND_IN.format(python=sys.executable, home=str(folder)))
    command.chmod(0o755)
    (folder / "made.docx").write_bytes(rendered.files["docx"].read_bytes())
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.delenv("QUARTO_PATH", raising=False)
    return Home(folder)


def test_auto_takes_quarto_where_it_is_installed(stand_in, sample, tmp_path):
    record = render(sample, tmp_path / "out", lang="id", meta={"stamp": "2024-01-01"})
    assert (record.engine, record.version) == ("quarto", "1.6.40")
    assert available_engines() == ("embedded", "quarto")
    assert [call["argv"] for call in stand_in.calls()] == [
        ["render", "report.qmd", "--to", target, "--no-execute"] for target in ("html", "typst", "docx")
    ]
    assert record.files["html"].read_bytes() == b"html"
    assert record.files["pdf"].read_bytes() == b"pdf"
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["report.docx", "report.html", "report.pdf"]


def test_quarto_is_given_a_folder_of_its_own_with_all_it_needs(stand_in, sample, tmp_path):
    render(sample, tmp_path / "out", lang="id", formats=("html",), engine="quarto")
    call = stand_in.calls()[0]
    assert Path(call["cwd"]) != sample.parent
    assert not Path(call["cwd"]).exists()
    wanted = {"report.qmd", "references.json", "author-date.csl", "figures/event.svg", "figures/event.png"}
    assert wanted | {
        "_quarto.yml",
        "quarto.css",
        "figure-format.lua",
        "reference.docx",
        "title-block.html",
        "typst-show.typ",
    } <= set(call["files"])
    head, front, body = sample.read_text(encoding="utf-8").split("---\n", 2)
    assert call["source"].startswith(f"{head}---\n{front}---\n")
    assert call["source"].endswith(body.lstrip())
    assert not (sample.parent / "_quarto.yml").exists()


def test_word_opens_with_notice_and_approval_page(stand_in, sample, tmp_path):
    signatories = [{"role": "Ketua Tim *A*", "name": "A. Penilai"}, {"role": "Kepala Dinas"}]
    meta = {"notice": "Data peragaan", "signatories": signatories}
    render(sample, tmp_path / "out", lang="id", formats=("docx",), meta=meta, engine="quarto")
    source = stand_in.calls()[0]["source"].split("---\n", 2)[2]
    opening, _, rest = source.partition("\n::::\n")
    assert opening.lstrip().startswith(':::: {.content-visible when-format="docx"}')
    assert rest.lstrip().startswith("# Ringkasan Eksekutif")
    for style, text in (("Cover Notice", "Data peragaan"), ("Front Heading", "Lembar Pengesahan")):
        assert f'::: {{custom-style="{style}"}}\n{text}\n:::' in opening
    assert r"Ketua Tim \*A\*" in opening
    assert "A. Penilai`<w:r><w:tab/></w:r>`{=openxml}Tanggal:" in opening
    assert "Nama:`<w:r>" in opening


OPENING = {
    "title": 'Evaluasi $5 & \\ "lima"',
    "institution": "Kota #contoh",
    "edition": 2024,
    "notice": "Data peragaan: <rekaan>",
    "signatories": [{"role": "Ketua Tim", "name": "A. Penilai"}, {"role": "Kepala Dinas"}],
}


def pandoc(folder: Path, to: str, template: str, body: str) -> str:
    """What Pandoc makes of a template that calls a partial, as Quarto's own templates do."""
    (folder / f"template.{to}").write_text(template, encoding="utf-8")
    arguments = ["--from", "markdown", "--to", to, "--standalone", "--template", str(folder / f"template.{to}")]
    done = subprocess.run(
        [pandoc_path(), *arguments, "--metadata", "title=x"], input=body, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_the_pdf_partial_makes_cover_approval_page_and_footers(tmp_path):
    quarto_opening.write_partials(tmp_path, metadata(OPENING, "id", {}))
    code = pandoc(tmp_path, "typst", "$typst-show.typ()$\n\n$body$\n", "# Pendahuluan\n\nIsi.\n\n# Hasil\n\nIsi.\n")
    made = typst.compile(code.encode(), ignore_system_fonts=True, pdf_standards=["ua-1"])
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]
    assert 'Evaluasi $5 & \\ "lima"' in " ".join(pages[0].split())
    assert "LAPORANEVALUASI" in pages[0].replace(" ", "")  # set with wide spacing
    assert "Kota #contoh" in pages[0]
    assert "Edisi 2024" in pages[0]
    assert all("Data peragaan: <rekaan>" in page for page in pages)
    for words in ("Lembar Pengesahan", "Ketua Tim", "A. Penilai", "Kepala Dinas", "Nama:", "Tanggal:"):
        assert words in pages[1]
    assert "Daftar Isi" in pages[2]
    assert pages[-1].rstrip().endswith("2")  # the chapters count from 1, each on a page of its own


def test_the_page_partial_makes_cover_and_approval(tmp_path):
    quarto_opening.write_partials(tmp_path, metadata(OPENING, "en", {}))
    page = html.fromstring(pandoc(tmp_path, "html", "<body>$title-block.html()$</body>", "x"))
    assert page.xpath("string(//h1[@class='title'])") == 'Evaluasi $5 & \\ "lima"'
    assert page.xpath("string(//p[@class='notice-box'])") == "Data peragaan: <rekaan>"
    assert page.xpath("string(//p[@class='issuer'])") == "Kota #contohEdition 2024"
    assert [cell.text_content() for cell in page.xpath("//div[@class='signatures']/div")] == [
        "Ketua TimA. PenilaiDate:",
        "Kepala DinasName:Date:",
    ]


def test_a_report_without_notice_or_signatories_has_neither(tmp_path):
    plain = metadata({"title": "T", "institution": "I"}, "en", {})
    assert "notice-box" not in quarto_opening.title_block(plain)
    assert "approval" not in quarto_opening.title_block(plain)
    assert "Cover Notice" not in quarto_opening.docx_opening(plain)
    quarto_opening.write_partials(tmp_path, plain)
    code = pandoc(tmp_path, "typst", "$typst-show.typ()$\n\n$body$\n", "# A\n\nb\n")
    pages = PdfReader(io.BytesIO(typst.compile(code.encode(), ignore_system_fonts=True))).pages
    assert not any("Approval" in page.extract_text() for page in pages)


def test_environment_is_fixed(stand_in, sample, tmp_path, monkeypatch):
    monkeypatch.setenv("LANG", "id_ID.ISO-8859-1")
    render(sample, tmp_path / "out", lang="id", formats=("html",), meta={"stamp": "2024-01-01"}, engine="quarto")
    environment = stand_in.calls()[0]["env"]
    assert environment["SOURCE_DATE_EPOCH"] == "1704067200"
    assert environment["LC_ALL"] == environment["LANG"] == "C.UTF-8"
    assert environment["NO_COLOR"] == "1"
    assert environment["TZ"] == "UTC"


def test_project_file_says_language_numbering_and_formats(stand_in, sample, tmp_path):
    render(sample, tmp_path / "out", lang="id", formats=("html",), engine="quarto")
    project = yaml.safe_load(stand_in.calls()[0]["project"])
    assert project["project"]["output-dir"] == "_output"
    assert project["lang"] == "id"
    assert project["number-sections"] is True
    assert project["crossref"]["chapters"] is True
    assert project["crossref"]["tbl-prefix"] == "Tabel"
    assert project["language"]["callout-warning-title"] == "Peringatan"
    assert project["format"]["html"]["embed-resources"] is True
    assert "Data peragaan" in project["format"]["html"]["include-after-body"]["text"]
    assert project["format"]["typst"]["pdf-standard"] == "ua-1"
    assert project["format"]["typst"]["template-partials"] == ["typst-show.typ"]
    assert project["format"]["typst"]["citeproc"] is True
    assert project["format"]["html"]["template-partials"] == ["title-block.html"]
    assert project["format"]["docx"]["reference-doc"] == "reference.docx"


@pytest.mark.parametrize("said", ["1.4.557", "1.4", "0.9.1"])
def test_an_old_quarto_is_refused(stand_in, sample, tmp_path, said):
    stand_in.set(version=said)
    with pytest.raises(RenderError, match=f"Quarto {said} is too old") as caught:
        render(sample, tmp_path / "out", engine="quarto")
    assert "1.5.0 or newer" in str(caught.value)
    assert stand_in.calls() == []


def test_a_development_version_is_newer_than_any(stand_in):
    stand_in.set(version="99.9.9")
    assert quarto.check_version() == "99.9.9"


def test_a_quarto_that_tells_no_version_is_refused(stand_in):
    stand_in.set(version="hello")
    with pytest.raises(RenderError, match="did not tell its version") as caught:
        quarto.check_version()
    assert "hello" in caught.value.where


def test_a_failure_shows_the_last_lines_and_leaves_the_last_good_report(stand_in, sample, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "report.html").write_text("good")
    stand_in.set(mode="fail pdf")
    with pytest.raises(RenderError, match="exit status 3") as caught:
        render(sample, out, engine="quarto")
    message = str(caught.value)
    assert "quarto render report.qmd --to typst --no-execute" in message
    assert "ERROR: Error running filter" in message
    assert "line 39" in message
    assert "line 5\n" not in message
    assert "ENGINE=embedded" in message
    assert [p.name for p in out.iterdir()] == ["report.html"]
    assert (out / "report.html").read_text() == "good"


@pytest.mark.parametrize("mode", ["silent", "empty"])
def test_missing_output_is_told(stand_in, sample, tmp_path, mode):
    stand_in.set(mode=mode)
    with pytest.raises(RenderError, match="wrote no HTML"):
        render(sample, tmp_path / "out", engine="quarto")
    assert not (tmp_path / "out").exists()


def test_a_reference_that_quarto_cannot_resolve_is_named(stand_in, sample, tmp_path):
    stand_in.set(mode="unresolved")
    with pytest.raises(RenderError, match="@fig-lost"):
        render(sample, tmp_path / "out", engine="quarto")


def test_our_own_check_comes_before_quarto(stand_in, sample, tmp_path):
    sample.write_text(sample.read_text(encoding="utf-8").replace("@fig-trend", "@fig-nowhere"), encoding="utf-8")
    with pytest.raises(RenderError, match="@fig-nowhere"):
        render(sample, tmp_path / "out", engine="quarto")
    assert stand_in.calls() == []


def test_a_time_out_ends_quarto_and_everything_it_started(stand_in, sample, tmp_path):
    stand_in.set(mode="sleep")
    meta = metadata(front_matter(sample), "id", {})
    before = time.monotonic()
    with pytest.raises(RenderError, match=r"more than 2 s") as caught:
        quarto.render(sample, tmp_path / "out", ("html",), meta, timeout=2)
    assert time.monotonic() - before < 30
    assert "Starting the engine" in str(caught.value)
    child = int((stand_in.folder / "child").read_text())
    for _ in range(50):
        if not alive(child):
            break
        time.sleep(0.1)
    assert not alive(child)
    assert not (tmp_path / "out").exists()


def alive(pid: int) -> bool:
    """Whether the process still runs; one that ended and waits to be reaped does not."""
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat")
        return not (state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] == "Z")
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_ctrl_c_ends_quarto_too(stand_in, sample, tmp_path, monkeypatch):
    stand_in.set(mode="sleep")
    meta = metadata(front_matter(sample), "id", {})
    signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 2)
    try:
        with pytest.raises(KeyboardInterrupt):
            quarto.render(sample, tmp_path / "out", ("html",), meta)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
    assert not alive(int((stand_in.folder / "child").read_text()))


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_without_quarto_auto_is_embedded_and_quarto_is_an_error(sample, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("QUARTO_PATH", raising=False)
    assert render(sample, tmp_path / "out", formats=("html",)).engine == "embedded"
    with pytest.raises(RenderError, match="Quarto is not installed") as caught:
        render(sample, tmp_path / "out", engine="quarto")
    assert "environment.yml" in caught.value.todo


def test_a_command_that_cannot_be_started_is_told(sample, tmp_path, monkeypatch):
    broken = tmp_path / "quarto"
    broken.write_text("no program")
    monkeypatch.setenv("QUARTO_PATH", str(broken))
    with pytest.raises(RenderError, match="could not be started"):
        render(sample, tmp_path / "out", engine="quarto")
