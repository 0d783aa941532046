"""`report` as a person runs it: the files it makes, what they say, what it redoes, and how it fails."""

from __future__ import annotations

import copy
import json
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from functools import cache
from pathlib import Path

import docx
import pytest
from csvw import CSVW
from lxml import html
from prov.model import ProvDocument
from pypdf import PdfReader

from pipeline.ledger.entries import file_hash, read_results
from pipeline.study import ROOT
from tests.backtests import keep
from tests.backtests.editions import SMALL
from tests.clean.test_clean import _people
from tests.conftest import make_workspace, run_pipeline
from tests.keys_elsewhere import ELSEWHERE
from tests.report import cited, following, office_fields, pdf_tags, unmarked
from tests.report.browser import CHROMIUM, Browser
from tests.study_keys import keys_of_the_model
from tests.test_study_keys import PANEL

NUMBER = re.compile(r"[\d\u2212-]?\d*,\d{2,3}")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose Indonesian report has been made."""
    workspace = make_workspace(tmp_path_factory.mktemp("made"), "standard")
    done = run_pipeline(workspace, "report", "--engine", "embedded")
    assert done.returncode == 0, done.stderr
    assert "Executed: 01_clean" in done.stdout
    return workspace


def _report(workspace: Path) -> Path:
    return workspace / "reports" / "medan-pendidikan" / "2024" / "id"


@cache
def _pages(path: Path, made: int) -> list[str]:
    """The words of a PDF's pages; read once as long as it is the file that was made then."""
    return [page.extract_text() for page in PdfReader(path).pages]


def pages_of(path: Path) -> list[str]:
    return _pages(path, path.stat().st_mtime_ns)


def _texts(folder: Path) -> dict[str, str]:
    page = html.parse(str(folder / "report.html")).getroot()
    # What is told on the page alone (the rows of other choices) is in the data beside the report, not on paper.
    for extra in page.xpath("//script|//style|//svg|//div[contains(@class, 'page-only')]"):
        extra.getparent().remove(extra)
    # the supplement too: the HTML is whole
    pdf = "\n".join(text for path in sorted(folder.glob("*.pdf")) for text in pages_of(path))
    documents = [docx.Document(str(path)) for path in sorted(folder.glob("*.docx"))]
    cells = [cell.text for one in documents for table in one.tables for row in table.rows for cell in row.cells]
    return {
        "html": page.text_content(),
        "pdf": pdf,
        "docx": "\n".join([*(p.text for one in documents for p in one.paragraphs), *cells]),
    }


def test_every_key_of_the_study_is_read_by_a_step_or_has_a_test_of_its_own(made: Path) -> None:
    records = (made / "build/medan-pendidikan/2024/records").glob("*.json")
    read = {key for path in records for key in json.loads(path.read_text())["keys"]}
    assert len(read) > 300

    def is_read(key: str) -> bool:
        pattern = re.compile(re.escape(key).replace(r"\*", "[^.]+") + r"(\..*)?")
        return any(pattern.fullmatch(one) for one in read)

    tried = {*PANEL, *ELSEWHERE, "run.cell_minutes", "aims.*.indicators.*.reason"}
    unread = [key for key in keys_of_the_model() if not any(f"{key}.".startswith(f"{one}.") for one in tried)]
    assert [key for key in unread if not is_read(key)] == []
    for key, place in (("cell_minutes", "run/test_faults.py"), ("none_yet", "chapters/test_exhibits_theory.py")):
        assert key in (ROOT / "tests" / place).read_text(encoding="utf-8")


def test_the_headline_is_that_of_the_back_test(made: Path) -> None:
    keep.check(SMALL.name, read_results(made / "build/medan-pendidikan/2024/results"))


def test_what_is_kept_is_closed_to_others_and_what_is_published_open(made: Path) -> None:
    kept = [
        path for name in ("build", "data/processed") for path in (made / name).rglob("*") if ".locks" not in path.parts
    ]
    kept = [path for path in kept if "medan-pendidikan" in path.parts and path.name != "medan-pendidikan"]
    assert len(kept) > 100
    assert [str(path) for path in kept if path.stat().st_mode & 0o077] == []
    published = [*(made / "reports").rglob("*")]
    assert [str(path) for path in published if not path.stat().st_mode & 0o004] == []


def test_no_code_is_printed_and_no_mean_tells_its_sum(made: Path) -> None:
    """A formula's accent is none of the template's names; a mean with all digits, times its N, would tell a hidden row."""
    for kind, text in _texts(_report(made)).items():
        assert "rgb(" not in text, kind
    load = read_results(made / "build/medan-pendidikan/2024/results").numbers["mentoring_load"]
    assert load.value == round(load.value, load.decimals)


def test_the_three_formats_say_the_same(made: Path) -> None:
    texts = _texts(_report(made))
    numbers = {kind: set(NUMBER.findall(text)) for kind, text in texts.items()}
    assert len(numbers["html"]) > 100
    assert numbers["html"] == numbers["docx"]
    missing = numbers["html"] - numbers["pdf"]
    assert len(missing) <= 0.02 * len(numbers["html"]), missing  # a line break may part a number in the PDF's text
    for kind, text in texts.items():
        assert "??" not in text, kind
        assert not re.search(r"\b(nan|None|NaT)\b", text), kind


def test_every_link_inside_leads_somewhere(made: Path) -> None:
    page = html.parse(str(_report(made) / "report.html")).getroot()
    ids = set(page.xpath("//@id"))
    inside = [link[1:] for link in page.xpath("//a/@href") if link.startswith("#") and len(link) > 1]
    assert len(inside) > 50
    assert [link for link in inside if link not in ids] == []
    for link in page.xpath("//a/@href"):
        if link.startswith("notebooks/"):
            assert (_report(made) / link.partition("#")[0]).is_file()


def test_every_source_note_leads_to_the_cell_that_made_the_exhibit_and_shows_it(made: Path) -> None:
    """In HTML each note is followed to its cell, where the exhibit stands; PDF and DOCX have the same links."""
    folder = _report(made)
    pages = {path.name: html.parse(str(path)).getroot() for path in (folder / "notebooks").glob("*.html")}
    page = html.parse(str(folder / "report.html")).getroot()
    notes = page.xpath("//a[starts-with(@href, 'notebooks/') and contains(@href, '#cell-id=')]")
    assert len(notes) > 60
    for note in notes:
        nearest = "(preceding::*|ancestor::*)[starts-with(@id, 'tbl-') or starts-with(@id, 'fig-')]"
        exhibit = note.xpath(nearest)[-1].get("id").replace("-", "_")
        file, _, anchor = note.get("href").removeprefix("notebooks/").partition("#")
        cell = pages[file].get_element_by_id(anchor)
        shown = cell.xpath(".//*[@data-exhibit]/@data-exhibit")
        assert exhibit in [name.replace("-", "_") for name in shown], (exhibit, note.get("href"))
    links = {note.get("href") for note in notes}
    found = following.links(following.Report(folder, ","))
    assert links <= found["pdf"]
    assert links <= found["docx"]


@pytest.fixture(scope="module")
def followed(made: Path) -> following.Report:
    return following.Report(_report(made), ",")


def test_every_number_of_the_text_is_found_in_its_window_its_data_and_its_cell(followed: following.Report) -> None:
    printed = list(following.numbers_in_the_text(followed))
    assert len(printed) > 250
    wrong = {(name, said): why for name, said in printed if (why := following.check_number(followed, name, said))}
    assert wrong == {}


def test_a_number_of_the_text_is_the_ledger_s_or_no_result(made: Path, followed: following.Report) -> None:
    assert unmarked.unmarked(followed, "id", made / "studies/medan-pendidikan") == []
    given = followed.page.xpath("//main//*[@class='given']")
    assert len(given) > 50


def test_the_sign_of_a_withheld_cell_is_counted_as_often_as_it_is_printed(followed: following.Report) -> None:
    signs = [cell for cell in followed.page.xpath("//main//table//td") if cell.text_content().strip() == "[c]"]
    told = [said for name, said in following.numbers_in_the_text(followed) if name == "cells_marked"]
    assert (len(told), set(told)) == (3, {str(len(signs))})


def test_every_table_and_figure_is_found_in_its_window_its_data_and_its_cell(followed: following.Report) -> None:
    tables = [name for name in followed.data if name.startswith("tbl_")]
    figures = [name for name, entry in followed.chains["entries"].items() if entry["kind"] == "figure"]
    assert (len(tables) > 60, len(figures) > 20) == (True, True)
    assert {name: why for name in tables if (why := following.check_table(followed, name))} == {}
    assert {name: why for name in figures if (why := following.check_figure(followed, name))} == {}
    assert following.check_docx(followed) == []


@pytest.mark.parametrize(("heading", "ends"), [("sec-summary", "h1"), ("rekomendasi", "h1 h2")])
def test_each_number_of_page_one_and_of_a_recommendation_stands_in_what_is_cited_beside_it(
    followed, heading, ends
) -> None:
    blocks = list(cited.paragraphs(followed, heading, ends))
    assert sum(len(cited.numbers_of(block)) for block in blocks) >= 5
    assert {block.text_content(): lost for block in blocks if (lost := cited.lost(followed, block))} == {}
    strange = copy.deepcopy(blocks[-1])
    strange[-1].tail = f"{strange[-1].tail or ''} 77,77"
    assert cited.lost(followed, strange) == ["77,77"]


def test_each_picture_is_told_with_the_message_above_it_first(made: Path, followed: following.Report) -> None:
    recorded = read_results(made / "build/medan-pendidikan/2024/results").figures
    told = {
        place.get("id").replace("-", "_"): place.xpath(".//img/@alt") for place in followed.page.xpath("//figure[@id]")
    }
    assert len(told) > 25
    assert [name for name, alts in told.items() if not alts or not recorded[name].messages["id"]] == []
    assert {n: alts for n, alts in told.items() if not alts[0].startswith(recorded[n].messages["id"])} == {}


def test_the_walk_finds_what_differs(followed: following.Report) -> None:
    said = next(said for name, said in following.numbers_in_the_text(followed) if name == "att_literacy")
    assert following.check_number(followed, "att_literacy", said) == ""
    assert following.check_number(followed, "att_literacy", "9,876 simpangan baku").startswith("prints")
    other = copy.copy(followed)
    other.numbers = followed.numbers | {"att_literacy": {**followed.numbers["att_literacy"], "value": "0.9"}}
    assert "differ" in following.check_number(other, "att_literacy", said)
    first, *rest = followed.data["tbl_effects"]
    other.data = followed.data | {"tbl_effects": [{**first, "value": "0.9"}, *rest]}
    assert following.check_table(other, "tbl_effects").startswith("window")
    assert len(following.check_files(followed, {})) > 60
    other.notebooks = dict.fromkeys(followed.notebooks, html.fromstring("<p></p>"))
    units = next(said for name, said in following.numbers_in_the_text(followed) if name == "n_units")
    assert "cell" in following.check_number(other, "n_units", units)


def test_files_in_the_windows_are_the_raw_files_and_links_of_all_formats_lead_to_a_file(
    made: Path, followed: following.Report
) -> None:
    raw = made / "data/raw/medan-pendidikan"
    hashes = {path.relative_to(raw).as_posix(): file_hash(path) for path in raw.rglob("*") if path.is_file()}
    assert following.check_files(followed, hashes) == []
    assert sum(len(files) for files in followed.chains["files"].values()) > 60
    found = following.links(followed)
    assert len(found["html"]) > 120
    assert found["html"] == found["pdf"] == found["docx"]
    assert [link for link in found["html"] if not (followed.folder / link.partition("#")[0]).is_file()] == []


def test_what_is_shipped_is_valid_listed_with_its_hashes_and_tells_no_path_of_the_machine(
    made: Path, followed: following.Report
) -> None:
    described = CSVW(str(followed.folder / "data" / "csv-metadata.json"), validate=True)
    assert (described.is_valid, described.warnings) == (True, [])
    document = ProvDocument.deserialize(content=json.dumps(followed.ledger["provenance"]), format="json")
    assert len(document.get_records()) > 1000
    listed = json.loads((followed.folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    beside = [path for path in followed.folder.rglob("*") if path.is_file() and path.name != "manifest.json"]
    assert {path.relative_to(followed.folder).as_posix(): file_hash(path) for path in beside} == listed
    for path in beside:
        assert str(made).encode() not in path.read_bytes()


def test_a_notebook_shows_what_the_report_prints(made: Path) -> None:
    """The number of a cell in the notebook is that of the report: both come from the gated ledger."""
    folder = _report(made)
    report = html.parse(str(folder / "report.html")).getroot().get_element_by_id("tbl-effects")
    notebook = html.parse(str(folder / "notebooks" / "03_effects.html")).getroot()
    shown = notebook.xpath("//*[@data-exhibit='tbl_effects']//tr/td[position()>1]")
    said = [" ".join(cell.text_content().split()) for cell in report.xpath(".//td")]
    assert [" ".join(cell.text_content().split()) for cell in shown] == said
    assert len(said) > 20


def test_formal_structure_and_notice(made: Path) -> None:
    reader = PdfReader(_report(made) / "report.pdf")
    pages = pages_of(_report(made) / "report.pdf")
    whole = "\n".join(pages)
    for words in ("Lembar Pengesahan", "Ringkasan Eksekutif", "Pendahuluan", "Metodologi", "Hasil", "Daftar Pustaka"):
        assert words in whole
    assert all("Data simulasi" in page for page in pages)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.outline
    footers = [n for n in zipfile.ZipFile(_report(made) / "report.docx").namelist() if "footer" in n]
    assert footers


def test_both_volumes_are_told_to_a_listener_and_counted_by_a_word_processor(made: Path) -> None:
    for volume in ("report", "supplement"):
        assert pdf_tags.faults(_report(made) / f"{volume}.pdf") == []
        assert office_fields.faults(_report(made) / f"{volume}.docx", ("Tabel", "Gambar")) == []


def test_no_person_in_anything_the_run_wrote(made: Path) -> None:
    numbers, names = _people(made / "data/raw/medan-pendidikan")
    written = [p for top in ("build", "reports", "data/processed") for p in (made / top).rglob("*") if p.is_file()]
    assert len(written) > 60
    different = {path.read_bytes(): path for path in written}  # a published file is its draft
    for content, path in different.items():
        parts = [content]
        if path.suffix == ".docx":
            parts = [zipfile.ZipFile(path).read(name) for name in zipfile.ZipFile(path).namelist()]
        for part in parts:
            text = part.decode("utf-8", errors="ignore")
            runs = set(re.findall(r"(?<![\d.,])(?:\d{18}|\d{16}|\d{10})(?![\d])", text))
            assert not runs & numbers, path
            assert not any(name in text for name in list(names)[:400]), path


@pytest.mark.slow
def test_nothing_changed_then_only_what_depends(made: Path, tmp_path: Path) -> None:
    again = run_pipeline(made, "report", "--engine", "embedded")
    assert "Nothing has changed" in again.stdout
    prose = made / "studies/medan-pendidikan/text/id/one.ftl"
    prose.write_text("results-opening = Satu kalimat lagi.\n", encoding="utf-8")
    third = run_pipeline(made, "report", "--engine", "embedded")
    assert re.search(r"Executed: 08_report-id [\d.]+ s\n", third.stdout), third.stdout
    assert "Satu kalimat lagi." in _texts(_report(made))["html"]


def test_a_fault_leaves_the_last_good_report(made: Path) -> None:
    before = {p: file_hash(p) for p in _report(made).rglob("*") if p.is_file()}
    raw = made / "data/raw/medan-pendidikan/2024/asesmen.csv"
    good = raw.read_bytes()
    raw.write_bytes(good.replace(b"Literasi", b"Literasy", 1))
    done = run_pipeline(made, "report", "--engine", "embedded")
    raw.write_bytes(good)
    assert done.returncode == 1
    for words in ("asesmen.csv", "Literasi", "notebooks/01_clean.ipynb, cell [", "pipeline step 01_clean"):
        assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert {p: file_hash(p) for p in _report(made).rglob("*") if p.is_file()} == before


def _kernels(parent: int) -> list[int]:
    """Notebook kernels of a run: processes that its fork server has forked."""
    table = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in table.splitlines()[1:]]
    forked = [(int(pid), int(ppid)) for pid, ppid, args in rows if "pipeline.run.forkserver" in args]
    servers = {pid for pid, ppid in forked if ppid == parent}
    return [pid for pid, ppid in forked if ppid in servers]


@pytest.mark.slow
def test_an_interrupt_leaves_no_kernel_and_nothing_half_written(made: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    shutil.copytree(made, workspace, ignore=shutil.ignore_patterns("build", "reports", "processed"))
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "report"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "EVALUATION_ROOT": str(workspace), "HOME": str(tmp_path)},
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while not (kernels := _kernels(process.pid)) and time.monotonic() < deadline:
        assert process.poll() is None, process.stderr.read()
    process.send_signal(signal.SIGINT)
    _, message = process.communicate(timeout=60)
    assert process.returncode == 130, message
    assert "Stopped" in message
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in kernels):
        assert time.monotonic() < deadline, "a kernel outlived the run"
    assert not list(workspace.rglob("*.partial*"))
    assert not (workspace / "reports").exists()


@pytest.mark.slow
def test_the_published_study_by_make(tmp_path: Path) -> None:
    """`make report STUDY=jtrain LANG=en` in a clean copy: the table has the printed numbers."""
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in tracked.splitlines():
        if (ROOT / name).is_file() and not name.startswith("data/raw/medan"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tmp_path / name)
    (tmp_path / ".venv").symlink_to(Path(sys.prefix))
    (Path(sys.prefix) / ".ready").touch()
    done = subprocess.run(
        ["make", "report", "STUDY=jtrain", "LANG=en"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "reports/jtrain/1989/en"
    for text in _texts(folder).values():
        for printed in ("0.080", "0.109", "0.247", "0.133", "0.252", "0.151", "0.422", "0.210"):
            assert printed in text


def test_ten_lines_make_a_report_of_ones_own(tmp_path: Path) -> None:
    """The README's study, as written, on a panel with two cohorts."""
    text = (ROOT / "README.md").read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    (tmp_path / "studies/mine").mkdir(parents=True)
    (tmp_path / "studies/mine/study.yml").write_text(text, encoding="utf-8")
    (tmp_path / "data/raw/mine/2024").mkdir(parents=True)
    rows = ["unit,year,first_treated,score"]
    for unit in range(60):
        first = (2022, 2023, None)[unit % 3]
        for year in range(2019, 2025):
            effect = 2.0 if first and year >= first else 0.0
            noise = ((unit * 7919 + year * 104729) % 1000) / 500 - 1
            rows.append(f"u{unit},{year},{first or ''},{50 + unit % 7 + year - 2019 + effect + noise:.2f}")
    (tmp_path / "data/raw/mine/2024/panel.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    done = run_pipeline(tmp_path, "report", "--study", "mine", "--lang", "en", "--engine", "embedded")
    assert done.returncode == 0, done.stderr
    assert "evidence of an increase" in _texts(tmp_path / "reports/mine/2024/en")["html"]


def test_the_summary_is_one_page_and_the_chapters_are_few(made: Path) -> None:
    """Chapters I to VI take at most 35 pages; the rest is the supplement."""
    pages = pages_of(_report(made) / "report.pdf")
    first = next(k for k, text in enumerate(pages) if "Ringkasan Eksekutif" in text and "Daftar Isi" not in text)
    assert re.search(r"BAB\sI\b", pages[first + 1]), pages[first + 1][:200]
    for part in ("Catatan kritis", "Yang belum diketahui", "Yang perlu dilakukan"):
        assert part in pages[first]
    last = max(k for k, text in enumerate(pages) if "Daftar Pustaka" in text and "Daftar Isi" not in text)
    assert last - first <= 35
    assert (_report(made) / "supplement.pdf").is_file()
    assert "Glosarium" in "".join(pages)


def _accessible(made: Path) -> None:
    pages = [_report(made) / "report.html", *sorted((_report(made) / "notebooks").glob("0[237]*.html"))]
    for page in pages:
        with Browser() as browser:
            browser.open(page)
            assert browser.faults() == [], page.name


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed: `make test-slow` asks for it")
def test_report_and_notebooks_are_accessible(made: Path) -> None:
    _accessible(made)


@pytest.mark.slow
def test_a_browser_is_there_to_tell_whether_the_report_is_accessible() -> None:
    assert CHROMIUM is not None, "install Chromium: `apt install chromium`, or Google Chrome from its maker"
