"""The DOCX: styles, real tables, figures, cover and lists."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import docx as python_docx
import pytest
from lxml import etree

from pipeline.report import docx

NOTICE = "Data peragaan: orang dan hasil dalam laporan ini rekaan, bukan keadaan sebenarnya."


def squeeze(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def docx_text(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    name = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return squeeze(" ".join("".join(t.text or "" for t in p.iter(name + "t")) for p in root.iter(name + "p")))


def test_docx_has_styles_real_tables_and_a_notice_in_its_footers(rendered):
    document = python_docx.Document(rendered.files["docx"])
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings[:3] == ["Ringkasan Eksekutif", "Bab\u00a0I\u2002Pendahuluan", "Bab\u00a0II\u2002Hasil"]
    assert [row.cells[0].text for row in document.tables[0].rows][2:] == ["Literasi", "Numerasi"]
    section = document.sections[0]
    assert section.page_width.mm == pytest.approx(210, abs=0.2)
    assert NOTICE in section.footer.paragraphs[0].text
    assert NOTICE in section.first_page_footer.paragraphs[0].text
    assert document.core_properties.title == "Evaluasi Program Contoh: Studi Kasus Pendidikan"
    assert document.core_properties.created.year == 2024
    listed = [squeeze(p.text.split("\t")[0]) for p in document.paragraphs if p.style.name in ("toc 1", "TOC 1")]
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


def test_docx_short_tables_stay_whole_and_empty_cells_are_no_higher_than_text():
    row = '<w:tr><w:tc><w:p><w:pPr><w:pStyle w:val="TableText" /></w:pPr></w:p></w:tc><w:tc><w:p /></w:tc></w:tr>'
    short, long = (docx._rule_header(f"<w:tbl>{row * count}</w:tbl>") for count in (3, 20))
    assert short.count("<w:keepNext/>") == 6
    assert "<w:p />" not in short
    assert long.count('<w:pStyle w:val="TableText"/>') == 20
    assert "<w:keepNext/>" not in long


def word(path: Path, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode("utf-8")


def test_docx_tables_are_not_nested_and_say_their_alignment_once(rendered):
    root = etree.fromstring(word(rendered.files["docx"]).encode())
    space = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
    assert len(root.findall(".//w:tbl", space)) == 2
    assert not root.findall(".//w:tbl//w:tbl", space)
    for name, within in (("w:jc", "w:pPr"), ("w:pStyle", "w:pPr"), ("w:pPr", "w:p"), ("w:tcPr", "w:tc")):
        assert max(len(parent.findall(name, space)) for parent in root.iter(f"{{{space['w']}}}{within[2:]}")) == 1
    value = f"{{{space['w']}}}val"
    for table in root.findall(".//w:tbl", space):
        for row in table.findall("w:tr", space):
            for cell in row.findall("w:tc", space)[1:]:  # the first column names its row
                text = "".join(cell.itertext())
                if re.fullmatch(r"[−\d.,]+", text):
                    assert cell.find(".//w:jc", space).get(value) == "right", text


def test_docx_has_cover_approval_contents_and_lists_in_this_order(rendered):
    document = python_docx.Document(rendered.files["docx"])
    said = [(p.style.name, squeeze(p.text)) for p in document.paragraphs]
    styles = ["Cover Kind", "Title", "Subtitle", "Cover Notice", "Author", "Date"]
    assert [style for style, _ in said[:6]] == styles
    assert said[5] == ("Date", "Edisi 2024")
    fronts = [text for style, text in said if style == "Front Heading"]
    assert "Diajukan untuk disahkan." in [text for _, text in said]
    assert fronts == ["Lembar Pengesahan", "Daftar Isi", "Daftar Tabel", "Daftar Gambar"]
    first = next(i for i, (style, _) in enumerate(said) if style == "Heading 1")
    listed = [re.sub(r" \d+$", "", text) for style, text in said[:first] if style.lower() == "toc 1"]
    assert {"Ringkasan Eksekutif", "Lampiran A Catatan teknis", "Tabel A.1. Sekolah menurut kohort"} <= set(listed)


def test_docx_says_of_itself_only_what_is_so(rendered):
    for name in ("docProps/app.xml", "docProps/custom.xml"):
        assert len(etree.fromstring(word(rendered.files["docx"], name).encode())) == 0
