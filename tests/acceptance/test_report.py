"""`report` as a person runs it: the files it makes and what they say."""

from __future__ import annotations

import copy
import json
import re
import zipfile
from pathlib import Path

import pytest
from csvw import CSVW
from lxml import html
from prov.model import ProvDocument
from pypdf import PdfReader

from pipeline.ledger.entries import file_hash, read_results
from pipeline.ledger.gate import WITHHELD
from pipeline.study import ROOT
from tests.acceptance.formats import pages_of, report_in, texts_of
from tests.backtests import keep
from tests.backtests.editions import SMALL
from tests.clean.test_clean import _people
from tests.keys_elsewhere import ELSEWHERE
from tests.report import cited, following, office_fields, pdf_tags, unmarked
from tests.report.browser import CHROMIUM, Browser
from tests.study_keys import keys_of_the_model
from tests.test_study_keys import PANEL

NUMBER = re.compile(r"[\d\u2212-]?\d*,\d{2,3}")


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
    for kind, text in texts_of(report_in(made)).items():
        assert "rgb(" not in text, kind
    load = read_results(made / "build/medan-pendidikan/2024/results").numbers["mentoring_load"]
    assert load.value == round(load.value, load.decimals)


def test_the_three_formats_say_the_same(made: Path) -> None:
    texts = texts_of(report_in(made))
    numbers = {kind: set(NUMBER.findall(text)) for kind, text in texts.items()}
    assert len(numbers["html"]) > 100
    assert numbers["html"] == numbers["docx"]
    missing = numbers["html"] - numbers["pdf"]
    assert len(missing) <= 0.02 * len(numbers["html"]), missing  # a line break may part a number in the PDF's text
    for kind, text in texts.items():
        assert "??" not in text, kind
        assert not re.search(r"\b(nan|None|NaT)\b", text), kind


def test_every_link_inside_leads_somewhere(made: Path) -> None:
    page = html.parse(str(report_in(made) / "report.html")).getroot()
    ids = set(page.xpath("//@id"))
    inside = [link[1:] for link in page.xpath("//a/@href") if link.startswith("#") and len(link) > 1]
    assert len(inside) > 50
    assert [link for link in inside if link not in ids] == []
    for link in page.xpath("//a/@href"):
        if link.startswith("notebooks/"):
            assert (report_in(made) / link.partition("#")[0]).is_file()


def test_every_source_note_leads_to_the_cell_that_made_the_exhibit_and_shows_it(made: Path) -> None:
    """In HTML each note is followed to its cell, where the exhibit stands; PDF and DOCX have the same links."""
    folder = report_in(made)
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
    return following.Report(report_in(made), ",")


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
    folder = report_in(made)
    report = html.parse(str(folder / "report.html")).getroot().get_element_by_id("tbl-effects")
    notebook = html.parse(str(folder / "notebooks" / "03_effects.html")).getroot()
    shown = notebook.xpath("//*[@data-exhibit='tbl_effects']//tr/td[position()>1]")
    said = [" ".join(cell.text_content().split()) for cell in report.xpath(".//td")]
    assert [" ".join(cell.text_content().split()) for cell in shown] == said
    assert len(said) > 20


def test_no_notebook_tells_moments_of_who_starts_when(made: Path) -> None:
    """From count, mean and spread of the first periods the sizes of small cohorts can be solved for."""
    shown = html.parse(str(report_in(made) / "notebooks" / "01_clean.html")).getroot()
    heads = {" ".join(cell.text_content().split()) for cell in shown.xpath("//th")}
    assert "literacy" in heads
    assert not heads & {"cohort", "unit", "period"}


def test_formal_structure_and_notice(made: Path) -> None:
    reader = PdfReader(report_in(made) / "report.pdf")
    pages = pages_of(report_in(made) / "report.pdf")
    whole = "\n".join(pages)
    for words in ("Lembar Pengesahan", "Ringkasan Eksekutif", "Pendahuluan", "Metodologi", "Hasil", "Daftar Pustaka"):
        assert words in whole
    assert all("Data simulasi" in page for page in pages)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.outline
    footers = [n for n in zipfile.ZipFile(report_in(made) / "report.docx").namelist() if "footer" in n]
    assert footers


def test_both_volumes_are_told_to_a_listener_and_counted_by_a_word_processor(made: Path) -> None:
    for volume in ("report", "supplement"):
        assert pdf_tags.faults(report_in(made) / f"{volume}.pdf") == []
        assert office_fields.faults(report_in(made) / f"{volume}.docx", ("Tabel", "Gambar")) == []


def test_what_the_row_account_withholds_stands_in_no_window_and_no_provenance(made: Path) -> None:
    """Rows read, kept and set aside of a file are told by the table, by the ledger and by the page: alike, or nowhere."""
    folder = report_in(made)
    ledger = json.loads((folder / "ledger.json").read_text(encoding="utf-8"))
    rows, entities = ledger["tables"]["tbl_row_account"]["rows"], ledger["provenance"]["entity"]
    page = (folder / "report.html").read_text(encoding="utf-8")
    files = json.loads(re.search(r'"files":(\{.*?\]\]\})', page)[1])  # type: ignore[index]
    hidden = 0
    for row in rows:
        source, period = row["source"], row["period"]
        told = [None if row[key] == WITHHELD else row[key] for key in ("read", "kept", "set_aside")]
        hidden += None in told
        (entity,) = (one for name, one in entities.items() if name.startswith(f"ev:raw/{source}/{period}/"))
        assert [entity.get(f"ev:rows{what}") for what in ("Read", "Kept", "SetAside")] == told, row
        for name, _, *counts in files.get(source, ()):
            assert not name.startswith(f"{period}/") or counts == told, row
    assert hidden


def test_persons_that_the_register_counts_another_way_are_told_to_the_nearest_ten(made: Path) -> None:
    """Roster less those that were reached is printed exactly: what lies between told a single person."""
    numbers = read_results(made / "build/medan-pendidikan/2024/results").numbers
    for name in ("ip_asn_left_out", "ip_asn_comparison"):
        assert numbers[name].value > 0
        assert numbers[name].value % 10 == 0, name


def test_no_person_in_anything_the_run_wrote(made: Path) -> None:
    numbers, names = _people(made / "data/raw/medan-pendidikan")
    written = [p for top in ("build", "reports", "data/processed") for p in (made / top).rglob("*") if p.is_file()]
    assert len(written) > 60
    different = {path.read_bytes(): path for path in written}  # a published file is its draft
    firsts = {"".join(name.partition(" ")[:2]) for name in names}  # few, so that all names can be looked for
    begun = {first: [name for name in names if name.startswith(first)] for first in firsts}
    for content, path in different.items():
        parts = [content]
        if path.suffix == ".docx":
            parts = [zipfile.ZipFile(path).read(name) for name in zipfile.ZipFile(path).namelist()]
        for part in parts:
            text = part.decode("utf-8", errors="ignore")
            runs = set(re.findall(r"(?<![\d.,])\d{10}(?:\d{6}(?:\d\d)?)?(?!\d)", text))  # of 10, 16 or 18 digits
            assert not runs & numbers, path
            here = [name for first, whole in begun.items() if first in text for name in whole]
            assert not any(name in text for name in here), path


def test_the_summary_is_one_page_and_the_chapters_are_few(made: Path) -> None:
    """Chapters I to VI take at most 35 pages; the rest is the supplement."""
    pages = pages_of(report_in(made) / "report.pdf")
    first = next(k for k, text in enumerate(pages) if "Ringkasan Eksekutif" in text and "Daftar Isi" not in text)
    assert re.search(r"BAB\sI\b", pages[first + 1]), pages[first + 1][:200]
    for part in ("Catatan kritis", "Yang belum diketahui", "Yang perlu dilakukan"):
        assert part in pages[first]
    last = max(k for k, text in enumerate(pages) if "Daftar Pustaka" in text and "Daftar Isi" not in text)
    assert last - first <= 35
    assert (report_in(made) / "supplement.pdf").is_file()
    texts = texts_of(report_in(made))
    assert [kind for kind, text in texts.items() if "ada dalam suplemen" in " ".join(text.split())] == ["pdf", "docx"]
    assert "ada dalam suplemen" in " ".join(pages[first].split()), "the first page cites tables of the supplement"
    contents = " ".join(next(text for text in pages if "Daftar Isi" in text).split())
    assert "Suplemen: lampiran" in contents
    assert "Glosarium" in "".join(pages)


def _accessible(made: Path) -> None:
    pages = [report_in(made) / "report.html", *sorted((report_in(made) / "notebooks").glob("0[237]*.html"))]
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
