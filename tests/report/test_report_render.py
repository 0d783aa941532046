"""The three formats of the sample, by parsing them: structure, numbers, references, accessibility, bytes."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx as python_docx
import pytest
from lxml import etree, html
from pypdf import PdfReader

from pipeline.errors import RenderError
from pipeline.report import docx
from pipeline.report.render import available_engines, render

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
    return squeeze(" ".join(page.extract_text() for page in PdfReader(path).pages))


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
def test_every_installed_engine_gives_all_three_formats(sample_into, tmp_path, engine):
    record = render(sample_into(tmp_path / "source"), tmp_path / "out", lang="id", engine=engine)
    assert record.engine == engine
    assert re.search(r"\d+\.\d+", record.version)
    for kind in FORMATS:
        text = READERS[kind](record.files[kind])
        assert not [said for said in NUMBERS if said not in text]
        assert "??" not in text
    ids = set(html.parse(str(record.files["html"])).xpath("//@id"))
    assert {"sec-hasil", "tbl-effects", "tbl-cohorts", "fig-event", "fig-trend", "sec-teknis"} <= ids


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
    pages = [squeeze(page.extract_text()) for page in reader.pages]
    assert all(NOTICE in page for page in pages)
    assert "Daftar Isi" in pages[2]
    assert "Gambar 2.2. Tren mentah" in " ".join(pages[3:5])


def test_pdf_figures_stay_vectors(rendered):
    reader = PdfReader(rendered.files["pdf"])
    images = [o for page in reader.pages for o in (page.get("/Resources", {}).get("/XObject") or {}).values()]
    assert not [o for o in images if o.get_object().get("/Subtype") == "/Image"]


def test_docx_has_styles_real_tables_and_a_notice_in_its_footers(rendered):
    document = python_docx.Document(rendered.files["docx"])
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings[:3] == ["Ringkasan Eksekutif", "Bab I\u2002Pendahuluan", "Bab II\u2002Hasil"]
    assert [row.cells[0].text for row in document.tables[0].rows][2:] == ["Literasi", "Numerasi"]
    section = document.sections[0]
    assert section.page_width.mm == pytest.approx(210, abs=0.2)
    assert NOTICE in section.footer.paragraphs[0].text
    assert NOTICE in section.first_page_footer.paragraphs[0].text
    assert document.core_properties.title == "Evaluasi Program Contoh: Studi Kasus Pendidikan"
    assert document.core_properties.created.year == 2024
    listed = [squeeze(p.text) for p in document.paragraphs if p.style.name in ("toc 1", "TOC 1")]
    assert "Tabel 2.1. Pengaruh program menurut hasil" in listed
    assert "Gambar 2.1. Pengaruh menurut lama keikutsertaan" in listed


def test_docx_figures_are_svg_with_a_png_to_fall_back_on(rendered):
    with zipfile.ZipFile(rendered.files["docx"]) as archive:
        names = archive.namelist()
        document = archive.read("word/document.xml").decode()
        for name in names:
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))  # well formed
    assert len([n for n in names if n.endswith(".svg")]) == len([n for n in names if n.endswith(".png")]) == 2
    assert document.count("svgBlip") == 2
    bookmarks = set(re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', document))
    assert set(re.findall(r'<w:hyperlink w:anchor="([^"]+)"', document)) <= bookmarks
    assert re.findall(r'<pic:cNvPr descr="([^"]{0,14})', document) == ["Titik perkiraa", "Dua garis tren"]


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


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("@fig-trend", "@fig-nowhere", "unresolved cross-reference: @fig-nowhere"),
        ("@sec-teknis", "@sec-lost", "unresolved cross-reference: @sec-lost"),
        ("@roth2022", "@nobody1999", "no such citation: @nobody1999"),
        ("[@tbl-effects; @tbl-cohorts]", "[@tbl-effects; @roth2022]", "references and citations mixed"),
        ("{#tbl-cohorts}", "{#tbl-effects}", "duplicate id: tbl-effects"),
        (' fig-alt="Dua garis tren sejajar sebelum program."', "", "no fig-alt (text alternative): fig-trend"),
        ("::: {.callout-note}", "::: {.callout-nota}", "unknown kind of callout: callout-nota"),
        ("lihat @tbl-effects", "lihat [ini](#sec-void)", "link to an unknown place: #sec-void"),
        (": Sekolah menurut kohort {#tbl-cohorts}", "", "unresolved cross-reference: @tbl-cohorts"),
    ],
)
def test_what_does_not_hold_together_is_named(sample, tmp_path, old, new, named):
    text = sample.read_text(encoding="utf-8")
    assert old in text
    sample.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RenderError) as caught:
        render(sample, tmp_path / "out", engine="embedded")
    assert named in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_a_missing_figure_file_is_named(sample, tmp_path):
    (sample.parent / "figures" / "trend.png").unlink()
    with pytest.raises(RenderError, match=r"trend\.png"):
        render(sample, tmp_path / "out", engine="embedded")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"formats": ("odt",)}, "format 'odt'"),
        ({"formats": ()}, "format"),
        ({"lang": "de"}, "language 'de'"),
        ({"engine": "word"}, "engine 'word'"),
    ],
)
def test_wrong_arguments_are_told(sample, tmp_path, arguments, message):
    with pytest.raises(RenderError, match=message):
        render(sample, tmp_path, **arguments)


def test_a_source_without_title_is_told(tmp_path):
    source = tmp_path / "report.md"
    source.write_text("# Bab\n", encoding="utf-8")
    with pytest.raises(RenderError, match="no front matter"):
        render(source, tmp_path / "out")
    with pytest.raises(RenderError, match="source is missing"):
        render(tmp_path / "other.md", tmp_path / "out")


def test_a_failed_writer_leaves_the_last_good_files(sample, tmp_path):
    out = tmp_path / "out"
    before = render(sample, out, formats=("html",), engine="embedded").files["html"].read_bytes()
    (sample.parent / "figures" / "event.svg").write_text("<svg", encoding="utf-8")
    with pytest.raises(RenderError):
        render(sample, out, formats=("html", "pdf"), engine="embedded")
    assert (out / "report.html").read_bytes() == before
    assert [p.name for p in out.iterdir()] == ["report.html"]


def test_a_report_without_notice_or_signatories_has_neither(sample, tmp_path):
    text = re.sub(r"notice:.*\nsignatories:\n(  .*\n)+", "", sample.read_text(encoding="utf-8"))
    sample.write_text(text, encoding="utf-8")
    record = render(sample, tmp_path, engine="embedded")
    for kind in FORMATS:
        text = READERS[kind](record.files[kind])
        assert "Data peragaan" not in text
        assert "Lembar Pengesahan" not in text
    document = python_docx.Document(io.BytesIO(record.files["docx"].read_bytes()))
    assert "Pemerintah Kota Contoh" in document.sections[0].footer.paragraphs[0].text


def test_docx_short_tables_stay_whole_and_empty_cells_are_no_higher_than_text():
    row = '<w:tr><w:tc><w:p><w:pPr><w:pStyle w:val="TableText" /></w:pPr></w:p></w:tc><w:tc><w:p /></w:tc></w:tr>'
    short, long = (docx._rule_header(f"<w:tbl>{row * count}</w:tbl>") for count in (3, 20))
    assert short.count("<w:keepNext/>") == 6
    assert "<w:p />" not in short
    assert long.count('<w:pStyle w:val="TableText"/>') == 20
    assert "<w:keepNext/>" not in long
