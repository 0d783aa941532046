"""Captions, references and contents of the DOCX are fields that show what they would count."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from pipeline.report import docx_pages
from pipeline.report.render import RenderRecord, render
from tests.report.office_fields import W, faults, read_fields
from tests.report.test_volumes import SOURCE

WORDS = ("Tabel", "Gambar")
LONG = """# Bab pertama {#sec-one}

Lihat @tbl-a, [@fig-event; @fig-trend] dan @eq-x pada @sec-two dan @sec-last. Catatan.[^1]

[^1]: Di kaki: @tbl-b.

| a | b |
|:--|--:|
| x | 1 |

: Satu {#tbl-a}

| a | b |
|:--|--:|
| lihat @tbl-a | 1 |

: Dua, sesudah @tbl-a {#tbl-b}

## Subbab {#sec-two}

$$ y = 1 $$ {#eq-x}

# Tanpa nomor {#sec-last .unnumbered}

| a | b |
|:--|--:|
| x | 1 |

: Tiga {#tbl-c}

# Bab kedua {#sec-three}

| a | b |
|:--|--:|
| x | 1 |

: Empat {#tbl-d}

# Lagi tanpa nomor {#sec-again .unnumbered}

| a | b |
|:--|--:|
| x | 1 |

: Lima, yang namanya lebih panjang daripada empat puluh huruf {#tbl-a-name-that-is-longer-than-forty-letters-one}

| a | b |
|:--|--:|
| x | 1 |

: Enam {#tbl-a-name-that-is-longer-than-forty-letters-two}

Lihat @tbl-a-name-that-is-longer-than-forty-letters-one dan @tbl-a-name-that-is-longer-than-forty-letters-two.

![Gambar acara](figures/event.svg){#fig-event fig-alt="Titik."}

![Tren](figures/trend.svg){#fig-trend fig-alt="Garis."}
"""


@pytest.fixture(scope="module")
def long(sample_into, tmp_path_factory) -> RenderRecord:
    """Chapters with and without numbers, long ids, references in captions, cells and footnotes."""
    folder = tmp_path_factory.mktemp("long")
    source = sample_into(folder / "source")
    front = source.read_text(encoding="utf-8").split("---\n", 2)[1]
    source.write_text(f"---\n{front}---\n\n{LONG}", encoding="utf-8")
    return render(source, folder / "out", ("docx",), lang="id", meta={"stamp": "2024-01-01"}, engine="embedded")


@pytest.fixture(scope="module")
def volumes(sample_into, tmp_path_factory) -> RenderRecord:
    folder = tmp_path_factory.mktemp("volumes")
    source = sample_into(folder / "source")
    source.write_text(SOURCE, encoding="utf-8")
    return render(source, folder / "out", ("docx",), lang="id", engine="embedded")


def test_fields_show_what_they_would_count_and_repeat(rendered, long, volumes) -> None:
    for made in (rendered, long, volumes):
        for key in (key for key in made.files if key.endswith("docx")):
            assert faults(made.files[key], WORDS) == []


def test_numbers_of_chapters_without_one_run_on_over_the_others(long) -> None:
    fields = read_fields(long.files["docx"])
    captions = [text for text in faults_captions(long.files["docx"]) if text.startswith("Tabel")]
    assert [text.split(".")[0:2] for text in captions][:2] == [["Tabel\u00a01", "1"], ["Tabel\u00a01", "2"]]
    assert [re.match(r"Tabel\u00a0([\d.]+)\.", text)[1] for text in captions] == ["1.1", "1.2", "1", "2.1", "2", "3"]
    counted = [(code, text) for code, text in fields.found if code.startswith("SEQ Table")]
    assert [text for _, text in counted] == ["1", "2", "1", "1", "2", "3"]
    # a caption that is put in between would move those behind it, and none of another chapter
    assert ["\\r" in code for code, _ in counted] == [False, False, True, True, False, False]


def faults_captions(path: Path) -> list[str]:
    root = etree.fromstring(zipfile.ZipFile(path).read("word/document.xml"))
    kinds = ("TableCaption", "ImageCaption")
    return [
        "".join(t.text or "" for t in p.iter(f"{W}t"))
        for p in root.iter(f"{W}p")
        if (style := p.find(f"{W}pPr/{W}pStyle")) is not None and style.get(f"{W}val") in kinds
    ]


def test_references_of_every_kind_repeat_their_place(long) -> None:
    said = [text for code, text in read_fields(long.files["docx"]).found if code.startswith("REF ")]
    assert {"Tabel\u00a01.1", "Gambar\u00a01", "Gambar\u00a02", "1.1", "Tanpa nomor", "Tabel\u00a01.2"} <= set(said)
    names = [name for name in read_fields(long.files["docx"]).bookmarks if name.startswith("_Ref_")]
    assert all(re.fullmatch(r"_Ref_\w{1,35}", name) for name in names)  # what Word allows, forty letters at most


def test_a_reference_to_the_other_volume_stays_words(volumes) -> None:
    report = read_fields(volumes.files["docx"])
    assert not any("far" in code for code, _ in report.found)
    with zipfile.ZipFile(volumes.files["docx"]) as pack:
        assert "Tabel\u00a0A.1" in pack.read("word/document.xml").decode()
        assert "supplement.docx#tbl-far" in pack.read("word/_rels/document.xml.rels").decode()
    supplement = read_fields(volumes.files["supplement.docx"])
    assert ("REF _Ref_tbl_far \\h \\* MERGEFORMAT", "Tabel\u00a0A.1") in supplement.found


def test_the_check_finds_what_differs(rendered, tmp_path) -> None:
    """The same check, on documents in which a caption, a reference or a number was changed by hand."""
    changes = {
        "counts": (r'(SEQ Table \\\* ARABIC.*?<w:t xml:space="preserve">)1', r"\g<1>7"),
        "shows": (r'(REF _Ref_tbl_effects .*?<w:t xml:space="preserve">)Tabel.2\.1', r"\g<1>Tabel 9.9"),
        "leads nowhere": (r'w:name="_Ref_fig_event"', 'w:name="_Ref_elsewhere"'),
        "does not count": (r" SEQ Figure ", " QUOTE Figure "),
        "is no field": (
            r"<w:t xml:space=\"preserve\">Angka diambil",
            '<w:t xml:space="preserve">Tabel\u00a02.1 diambil',
        ),
    }
    for words, (old, new) in changes.items():
        target = tmp_path / "changed.docx"
        with zipfile.ZipFile(rendered.files["docx"]) as pack, zipfile.ZipFile(target, "w") as made:
            for name in pack.namelist():
                content = pack.read(name)
                if name == "word/document.xml":
                    text, count = re.subn(old, new, content.decode(), count=1, flags=re.DOTALL)
                    assert count == 1, words
                    content = text.encode()
                made.writestr(name, content)
        assert any(words in fault for fault in faults(target, WORDS)), words


def test_contents_have_pages_and_no_program_asks_to_update_them(rendered) -> None:
    with zipfile.ZipFile(rendered.files["docx"]) as pack:
        document, settings = pack.read("word/document.xml").decode(), pack.read("word/settings.xml").decode()
    assert "updateFields" not in settings
    assert "w:dirty" not in document
    codes = [code for code, _ in read_fields(rendered.files["docx"]).found]
    assert {'TOC \\o "1-2" \\h \\z \\u', 'TOC \\h \\z \\c "Table"', 'TOC \\h \\z \\c "Figure"'} <= set(codes)
    pages = {
        code.split()[1]: int(text) for code, text in read_fields(rendered.files["docx"]).found if code[:4] == "PAGE"
    }
    # cover, approval, contents, lists; then each chapter begins a page (LibreOffice shows the same)
    expected = {"ringkasan": 5, "pendahuluan": 6, "hasil": 7, "pustaka": 9, "teknis": 10}
    assert {key: pages[f"_Ref_sec_{key}"] for key in expected} == expected


def test_pages_are_reckoned_from_heights() -> None:
    def paragraph(words: int, name: str, style: str = "Normal") -> str:
        mark = f'<w:bookmarkStart w:id="1" w:name="{name}"/><w:bookmarkEnd w:id="1"/>'
        text = " ".join(["kata"] * words)
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{mark}<w:r><w:t>{text}</w:t></w:r></w:p>'

    from pipeline.report.docx_styles import NAMESPACE, styles_xml

    def pages(*blocks: str) -> dict[str, int]:
        body = f'<w:document xmlns:w="{NAMESPACE}"><w:body>{"".join(blocks)}</w:body></w:document>'
        return docx_pages.pages_of(body.encode(), styles_xml("id").encode())

    lines = int(docx_pages.PAGE / (11 * 1.172))
    short = [paragraph(1, f"p{i}") for i in range(lines + 1)]
    found = pages(*short)
    assert [found[f"p{i}"] for i in (0, lines - 1, lines)] == [1, 1, 2]
    assert pages(paragraph(1, "a"), paragraph(1, "b", "Heading1")) == {"a": 1, "b": 2}
    # a heading does not stay behind at the foot of a page
    kept = pages(*short[: lines - 1], paragraph(1, "head", "Heading2"), paragraph(1, "text"))
    assert kept["head"] == kept["text"] == 2
    assert pages(paragraph(3000, "long"), paragraph(1, "after"))["after"] > 2


def test_every_drawing_says_what_it_shows_and_headings_of_tables_are_repeated(rendered) -> None:
    root = etree.fromstring(zipfile.ZipFile(rendered.files["docx"]).read("word/document.xml"))
    drawings = [e.get("descr") for e in root.iter("{*}docPr")]
    assert len(drawings) == 2
    assert all(alt and not alt.endswith((".png", ".svg")) for alt in drawings)
    for table in root.iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
        assert heads[0]
        assert heads == sorted(heads, reverse=True)  # the heads come first, one after another
        assert not all(heads)
        assert len([h for h in heads if h]) == (2 if "IK 95%" in "".join(rows[0].itertext()) else 1)


def test_the_same_source_makes_the_same_bytes(rendered, sample_into, tmp_path) -> None:
    source = sample_into(tmp_path / "source")
    again = render(source, tmp_path / "out", ("docx",), lang="id", meta={"stamp": "2024-01-01"}, engine="embedded")
    assert again.files["docx"].read_bytes() == rendered.files["docx"].read_bytes()
