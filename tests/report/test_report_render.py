"""The three formats of the sample, by parsing them: structure, numbers, references, accessibility, bytes."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import docx as python_docx
import pytest
from lxml import etree, html
from pypdf import PdfReader

from pipeline.audit.pdf_words import words_of_pages
from pipeline.errors import RenderError
from pipeline.report.exported import export_notebook
from pipeline.report.render import available_engines, render
from pipeline.run.closure import PACKAGE
from pipeline.run.places import NOTEBOOKS

NUMBERS = ["0,112", "0,056", "0,168", "−0,018", "−0,071", "0,035", "0,502", "2.580", "170"]
REFERENCES = [
    "Tabel 2.1",
    "Gambar 2.1",
    "Gambar 2.2",
    "Tabel A.1",
    "Bab II",
    "Subbab 1.1",
    "Lampiran A",
    "Persamaan 2.1",
]
CITED = [
    "Callaway dan Sant’Anna, 2021",
    "Goodman-Bacon, 2021, hlm. 260",
    "Roth (2022)",
    "Cameron dkk., 2008",
    "UU 20/2023",
]
NOTICE = "Data peragaan: orang dan hasil dalam laporan ini rekaan, bukan keadaan sebenarnya."
FORMATS = ("html", "pdf", "docx")


def squeeze(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def html_text(path: Path) -> str:
    tree = html.parse(str(path), html.HTMLParser(encoding="utf-8"))
    for element in tree.xpath("//script|//style"):
        element.drop_tree()
    return squeeze(tree.getroot().text_content())


def pdf_text(path: Path) -> str:
    return squeeze(" ".join(words_of_pages(path)))


def docx_text(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    name = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return squeeze(" ".join("".join(t.text or "" for t in p.iter(name + "t")) for p in root.iter(name + "p")))


READERS = {"html": html_text, "pdf": pdf_text, "docx": docx_text}


@pytest.mark.parametrize("kind", FORMATS)
def test_numbers_references_and_citations_are_the_same_in_every_format(rendered, kind):
    text = READERS[kind](rendered.files[kind])
    missing = [said for said in [*NUMBERS, *REFERENCES, *CITED, NOTICE] if said not in text]
    assert not missing
    assert not re.search(r"\?\?|\bnan\b|\bNone\b|@(fig|tbl|sec|eq)-|\[@", text)


@pytest.mark.parametrize("engine", available_engines())
def test_every_installed_engine_gives_the_same_report(rendered, sample_into, tmp_path, engine):
    record = render(
        sample_into(tmp_path / "source"), tmp_path / "out", lang="id", meta={"stamp": "2024-01-01"}, engine=engine
    )
    assert record.engine == engine
    assert re.search(r"\d+\.\d+", record.version)
    for kind in FORMATS:
        assert READERS[kind](record.files[kind]) == READERS[kind](rendered.files[kind])
        assert loaded_from_outside(record.files[kind]) == []
    ours, theirs = (html.parse(str(one.files["html"])) for one in (rendered, record))
    for path in ("//@id", "//@href", "//*/@aria-label", "//table//td/@style", "//nav//a/text()"):
        assert theirs.xpath(path) == ours.xpath(path), path
    assert pdf_marks(record.files["pdf"]) == pdf_marks(rendered.files["pdf"])
    paragraphs = [
        [(p.style.name, p.text) for p in python_docx.Document(r.files["docx"]).paragraphs] for r in (rendered, record)
    ]
    assert paragraphs[0] == paragraphs[1]


def pdf_marks(path: Path) -> list[tuple[str, int | None]]:
    """Bookmarks with their page, and the number of pages."""
    reader = PdfReader(path)

    def flat(entries: list) -> list:
        return [one for entry in entries for one in (flat(entry) if isinstance(entry, list) else [entry])]

    marks = [(entry.title, reader.get_destination_page_number(entry)) for entry in flat(reader.outline)]
    return [*marks, ("pages", len(reader.pages))]


def loaded_from_outside(path: Path) -> list[str]:
    """What a reader's program would fetch to show the file; hyperlinks, which a person follows, are not meant."""
    if path.suffix == ".html":
        text = path.read_text(encoding="utf-8")
        tree = html.fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
        found = tree.xpath(
            "//*[not(self::a)]/@*[contains('|src|srcset|href|data|poster|action|xlink:href|background|', "
            "concat('|', name(), '|'))]"
        )
        code = " ".join(tree.xpath("//style//text() | //@style | //script//text()"))
        found += re.findall(r"url\(\s*['\"]?([^'\")]+)", code) + re.findall(r"@import\s+[^;]+", code)
        found += re.findall(r"(?:fetch|XMLHttpRequest|import|WebSocket|sendBeacon)\s*\(", code)
        return [str(one) for one in found if not str(one).startswith(("data:", "#"))]
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            parts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".rels")]
        entries = [entry for part in parts for entry in re.findall(r"<Relationship [^>]*>", part)]
        return [one for one in entries if 'TargetMode="External"' in one and "/hyperlink" not in one]
    reader = PdfReader(path)
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots") or []]
    kinds = [str(note["/A"]["/S"]) for note in notes if "/A" in note]
    kinds += [key for key in ("/OpenAction", "/AA", "/AcroForm") if key in reader.root_object]
    kinds += [key for key in ("/JavaScript", "/EmbeddedFiles") if key in reader.root_object.get("/Names", {})]
    fonts = [f.get_object() for page in reader.pages for f in page["/Resources"].get("/Font", {}).values()]
    parts = [font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font for font in fonts]
    bare = [
        str(part["/BaseFont"])
        for part in parts
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(part.get("/FontDescriptor", {}))
    ]
    return [kind for kind in kinds if kind not in ("/URI", "/GoTo")] + bare


@pytest.mark.parametrize("kind", FORMATS)
def test_no_file_calls_the_network(rendered, kind):
    assert loaded_from_outside(rendered.files[kind]) == []


@pytest.mark.parametrize("name", ["02_programme", "07_verdict"])
def test_no_executed_notebook_calls_the_network(tmp_path, name):
    """And what a cell shows, as a study's own notebook may, is kept from it by the page's own rule."""
    shutil.copyfile(NOTEBOOKS / f"{name}.ipynb", tmp_path / "one.ipynb")
    page = export_notebook(str(tmp_path / "one.ipynb"))
    assert loaded_from_outside(page) == []
    assert html.parse(str(page)).xpath("//script") == []
    (rule,) = html.parse(str(page)).xpath("//head/meta[@http-equiv='Content-Security-Policy']/@content")
    assert rule.startswith("default-src 'none';")
    assert not re.search(r"https?:|script-src|connect-src|\*", rule)


@pytest.mark.parametrize(
    "code",
    [
        '<link rel="stylesheet" href="https://fonts.example/a.css">',
        '<img src="figures/x.svg">',
        "<style>@import url(https://fonts.example/a.css);</style>",
        "<style>p { background: url('//example.org/x') }</style>",
        "<script>fetch('https://example.org')</script>",
        '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="http://example.org/x.png"/></svg>',
    ],
)
def test_the_search_for_network_calls_finds_them(tmp_path, code):
    page = tmp_path / "page.html"
    page.write_text(f"<html><body><a href='https://example.org'>x</a>{code}</body></html>")
    assert len(loaded_from_outside(page)) >= 1


def test_html_is_one_file_with_contents_tables_and_text_alternatives(rendered):
    tree = html.parse(str(rendered.files["html"]), html.HTMLParser(encoding="utf-8")).getroot()
    assert tree.get("lang") == "id"
    assert tree.findtext(".//title") == "Evaluasi Program Contoh: Studi Kasus Pendidikan"
    outside = [u for u in tree.xpath("//@src|//link/@href") if not u.startswith("data:")]
    assert not outside
    contents = [squeeze(a.text_content()) for a in tree.xpath("//nav//a")]
    assert contents[:3] == ["Ringkasan Eksekutif", "Bab I Pendahuluan", "1.1 Latar belakang"]
    ids = set(tree.xpath("//@id"))
    assert not [h for h in tree.xpath("//a/@href") if h.startswith("#") and h[1:] not in ids]
    assert all(image.get("alt") for image in tree.xpath("//img"))
    table = tree.xpath("//table[@id='tbl-effects']")[0]
    assert squeeze(table.findtext(".//caption") or table.xpath("string(.//caption)")).startswith("Tabel 2.1. Pengaruh")
    assert [squeeze(th.text_content()) for th in table.xpath(".//thead//th")][:3] == ["Hasil", "Perkiraan", "IK 95%"]
    assert len(tree.xpath("//div[contains(@class,'callout ')]")) == 2
    assert squeeze(tree.xpath("//footer")[0].text_content()) == NOTICE
    style = "".join(tree.xpath("//style//text()"))
    assert "prefers-color-scheme: dark" in style
    assert tree.xpath("//button[@id='theme']")


def test_pdf_is_tagged_and_says_that_it_is_pdf_ua(rendered):
    reader = PdfReader(rendered.files["pdf"])
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith("id")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert reader.metadata.title == "Evaluasi Program Contoh: Studi Kasus Pendidikan"
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfuaid:part[>=\"]+1", xmp)


def test_pdf_has_bookmarks_front_matter_page_labels_and_the_notice_on_every_page(rendered):
    reader = PdfReader(rendered.files["pdf"])
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert titles[0] == "Lembar Pengesahan"
    assert {"Bab I Pendahuluan", "Bab II Hasil", "Lampiran A Catatan teknis", "Daftar Tabel"} <= set(titles)
    pages = [squeeze(text) for text in words_of_pages(rendered.files["pdf"])]
    assert all(NOTICE in page for page in pages)
    assert "Daftar Isi" in pages[2]
    assert "Gambar 2.2. Tren mentah" in " ".join(pages[3:5])


def test_pdf_figures_stay_vectors(rendered):
    reader = PdfReader(rendered.files["pdf"])
    images = [o for page in reader.pages for o in (page.get("/Resources", {}).get("/XObject") or {}).values()]
    assert not [o for o in images if o.get_object().get("/Subtype") == "/Image"]


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_source_makes_the_same_bytes(rendered, sample_into, tmp_path, kind):
    source = sample_into(tmp_path / "elsewhere")
    again = render(source, tmp_path / "out", formats=(kind,), meta={"stamp": "2024-01-01"}, engine="embedded")
    assert again.files[kind].read_bytes() == rendered.files[kind].read_bytes()


def test_english_words_numbering_and_bibliography(sample, tmp_path):
    text = sample.read_text(encoding="utf-8").replace("lang: id", "lang: en").replace("hlm.", "p.")
    sample.write_text(text, encoding="utf-8")
    made = html_text(render(sample, tmp_path, formats=("html",), lang="en", engine="embedded").files["html"])
    for said in (
        "Table 2.1",
        "Figure 2.2",
        "Chapter 2",
        "Section 1.1",
        "Appendix A",
        "Cameron et al., 2008",
        "Contents",
    ):
        assert said in made
    assert "Callaway and Sant’Anna, 2021" in made


def test_references_in_captions_and_floats_before_the_first_chapter(sample, tmp_path):
    text = sample.read_text(encoding="utf-8")
    floats = "| a | b |\n|:--|--:|\n| x | 1 |\n\n: Depan, lihat @tbl-effects {#tbl-front}\n\n"
    tail = "# Penutup {.unnumbered}\n\n| a | b |\n|:--|--:|\n| x | 1 |\n\n: Akhir {#tbl-back}\n\n"
    text = text.replace("# Pendahuluan {#sec-pen", floats + "# Pendahuluan {#sec-pen")
    sample.write_text(text.replace("# Daftar Pustaka", tail + "# Daftar Pustaka"), encoding="utf-8")
    record = render(sample, tmp_path / "out", engine="embedded")
    for kind in FORMATS:
        made = READERS[kind](record.files[kind])
        assert "Tabel 1. Depan, lihat Tabel 2.1" in made
        assert "Tabel 2. Akhir" in made
        assert "@tbl" not in made
    assert not html.parse(str(record.files["html"])).xpath("//a//a")
    # lxml repairs nested links, so the source itself is searched too
    listed = re.search(r"<details.*?</details>", record.files["html"].read_text("utf-8"), re.DOTALL)[0]
    assert listed.count("<a ") == listed.count("<li") == 4


def test_a_failed_writer_leaves_the_last_good_files(sample, tmp_path):
    out = tmp_path / "out"
    before = render(sample, out, formats=("html",), engine="embedded").files["html"].read_bytes()
    (sample.parent / "figures" / "event.svg").write_text("<svg", encoding="utf-8")
    with pytest.raises(RenderError):
        render(sample, out, formats=("html", "pdf"), engine="embedded")
    assert (out / "report.html").read_bytes() == before
    assert [p.name for p in out.iterdir()] == ["report.html"]


def test_other_work_is_done_meanwhile_and_its_failure_is_told_after_that_of_a_writer(sample, tmp_path):
    done = []
    render(sample, tmp_path / "out", ("html",), engine="embedded", meanwhile=lambda: done.append("other"))
    assert done == ["other"]
    with pytest.raises(ZeroDivisionError):
        render(sample, tmp_path / "out", ("html",), engine="embedded", meanwhile=lambda: 1 / 0)
    (sample.parent / "figures" / "event.svg").write_text("<svg", encoding="utf-8")
    with pytest.raises(RenderError):
        render(sample, tmp_path / "out", ("pdf",), engine="embedded", meanwhile=lambda: 1 / 0)


def test_a_report_without_notice_or_signatories_has_neither(sample, tmp_path):
    text = re.sub(r"notice:.*\napproval:.*\nsignatories:\n(  .*\n)+", "", sample.read_text(encoding="utf-8"))
    sample.write_text(text, encoding="utf-8")
    record = render(sample, tmp_path, engine="embedded")
    for kind in FORMATS:
        text = READERS[kind](record.files[kind])
        assert "Data peragaan" not in text
        assert "Lembar Pengesahan" not in text
    document = python_docx.Document(io.BytesIO(record.files["docx"].read_bytes()))
    assert "Pemerintah Kota Contoh" in document.sections[0].footer.paragraphs[0].text


def word(path: Path, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode("utf-8")


NARROW = "| " + " | ".join(["Keteranganyangpanjangsekali"] * 9) + " |\n|" + "--:|" * 9 + "\n"
NARROW += "| " + " | ".join(["−0,4945"] * 9) + " |\n\n: Sempit {#tbl-narrow}\n\n"


def test_numbers_keep_their_room_where_words_have_none(sample, tmp_path):
    text = sample.read_text(encoding="utf-8")
    sample.write_text(text.replace("# Daftar Pustaka", NARROW + "# Daftar Pustaka"), encoding="utf-8")
    path = render(sample, tmp_path / "out", formats=("docx",), engine="embedded").files["docx"]
    [table] = [t for t in re.findall(r"<w:tbl>.*?</w:tbl>", word(path), re.DOTALL) if "Sempit" in t]
    widths = [int(w) for w in re.findall(r'<w:gridCol w:w="(\d+)"', table)]
    # Seven digits of 7.5 points in the widest of the usual fonts (0.556 em), and the cell's margins, in twentieths.
    assert min(widths) >= 7 * 7.5 * 0.556 * 20 + 160
    assert sum(widths) <= 11906 - 1361 - 1531 + 10


@pytest.mark.parametrize(("stamp", "told"), [("2023-06-30", "20230630"), (None, None)])
def test_the_files_have_the_reports_date_or_none(sample, tmp_path, stamp, told):
    record = render(sample, tmp_path / "out", meta={"stamp": stamp}, engine="embedded")
    metadata = PdfReader(record.files["pdf"]).metadata
    core = word(record.files["docx"], "docProps/core.xml")
    if told:
        assert metadata["/CreationDate"].startswith(f"D:{told}")
        assert core.count("2023-06-30T00:00:00Z") == 2
    else:
        assert "/CreationDate" not in metadata
        assert "dcterms:" not in core.replace("xmlns:dcterms", "")


def test_the_users_pandoc_locale_time_zone_and_umask_have_no_influence(rendered, sample_into, tmp_path):
    home, source = tmp_path / "home", sample_into(tmp_path / "source")
    data = home / ".local" / "share" / "pandoc"
    (data / "templates").mkdir(parents=True)
    (data / "abbreviations").write_text("lihat\nhlm.\n")
    (data / "init.lua").write_text("error('the user's own Lua')")
    (data / "templates" / "template.html").write_text("x")
    (home / "bin").mkdir()
    for name in ("pandoc", "typst"):
        (home / "bin" / name).write_text("#!/bin/sh\nexit 9\n")
        (home / "bin" / name).chmod(0o755)
    code = (
        "import os, sys; os.umask(0o077); from pathlib import Path; from pipeline.report.render import render; "
        "render(Path(sys.argv[1]), Path(sys.argv[2]), lang='id', meta={'stamp': '2024-01-01'}, engine='embedded')"
    )
    environment = {
        "PATH": f"{home / 'bin'}:/usr/bin:/bin",
        "HOME": str(home),
        "LANG": "tr_TR.UTF-8",
        "TZ": "Asia/Jakarta",
    }
    environment |= {"XDG_DATA_HOME": str(home / ".local" / "share"), "PYTHONPATH": str(PACKAGE.parent)}
    environment |= {"SOURCE_DATE_EPOCH": "1", "LC_ALL": "", "TYPST_FONT_PATHS": str(home), "PYTHONUTF8": "1"}
    subprocess.run([sys.executable, "-c", code, str(source), str(tmp_path / "out")], env=environment, check=True)
    for kind, path in rendered.files.items():
        assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes(), kind
