"""Remarks of returned documents and sheets: where they are, what is kept, what merges, what is refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import yaml

from pipeline.errors import StudyError
from pipeline.report.marks import Names, bookmark
from pipeline.review import listing
from pipeline.review.remark import initials, kept
from tests.review.returned import LONG, WANTED, commented, docx_of, edited, found_in, publish, reviewed, tracked

# --- names ------------------------------------------------------------------------------------------------------------


def test_names_stay_when_others_come_and_go() -> None:
    names, fewer = Names(), Names()
    first = [names.name("p", "outcomes-judge.wanted", o) for o in ("literacy", "innovative_methods", "literacy")]
    assert first == [f"p-outcomes-judge-wanted-{o}" for o in ("literacy", "innovative-methods", "literacy-2")]
    assert fewer.name("p", "outcomes-judge.wanted", "innovative_methods") == first[1]


def test_bookmarks_are_what_word_allows_and_differ() -> None:
    long = [f"p-{'very-' * 8}long-{k}" for k in range(50)]
    marks = [bookmark(name) for name in [*long, "p-a", "n-a", "tbl-a", "sec-a"]]
    assert len(set(marks)) == len(marks)
    assert all(len(mark) <= 40 and mark.replace("_", "a").isalnum() for mark in marks)


def test_the_page_knows_each_place_and_the_docx_carries_it(target, known) -> None:
    assert {"p-one", "p-two", "p-item", "p-far", LONG, "n-att-literacy", "tbl-near", "tbl-far", "sec-one"} <= set(known)
    assert known["p-two"] == "Paragraf kedua tanpa angka."
    documents = ""
    for volume in ("report", "supplement"):
        with zipfile.ZipFile(docx_of(target, volume)) as pack:
            documents += pack.read("word/document.xml").decode()
    assert documents.count(f'w:name="{WANTED}"') == 2
    for name in known:
        if not name.startswith("eq-"):
            assert documents.count(f'w:name="{bookmark(name)}"') == 1, name


# --- returned documents -----------------------------------------------------------------------------------------------


def test_comments_are_found_at_their_paragraph_number_and_table(target, known, tmp_path) -> None:
    file = commented(
        docx_of(target),
        tmp_path / "returned.docx",
        ("0,11", "Apa satuannya?", "Budi Santoso"),
        ("Paragraf kedua", "Jelaskan.", "Budi Santoso"),
        ("Butir dengan", "Tambah contoh.", "Citra Dewi"),
        ("sel kiri", "Kolom ini apa?", "Citra Dewi"),
        ("Nama panjang", "Terlalu panjang.", "Citra Dewi"),
        ("Satu", "Judul bab?", "Budi Santoso"),
    )
    found = {one.text: one for one in found_in(file, known)}
    assert {text: (one.place, one.by) for text, one in found.items()} == {
        "Apa satuannya?": ("p-one", "BS"),
        "Jelaskan.": ("p-two", "BS"),
        "Tambah contoh.": ("p-item", "CD"),
        "Kolom ini apa?": ("tbl-near", "CD"),
        "Terlalu panjang.": (LONG, "CD"),
        "Judul bab?": ("sec-one", "BS"),
    }
    assert found["Apa satuannya?"].number == "n-att-literacy"
    assert found["Jelaskan."].number == ""
    assert found["Jelaskan."].about.startswith("Paragraf kedua")


def test_comments_in_the_supplement_are_found(target, known, tmp_path) -> None:
    file = commented(docx_of(target, "supplement"), tmp_path / "s.docx", ("Paragraf suplemen", "Ya.", "B S"))
    assert [one.place for one in found_in(file, known)] == ["p-far"]


def test_a_comment_over_paragraphs_says_where_it_begins_and_ends(target, known, tmp_path) -> None:
    file = commented(docx_of(target), tmp_path / "a.docx", ("Paragraf kedua", "Gabungkan.", "B S"))

    def longer(document: str) -> str:
        end = '<w:commentRangeEnd w:id="0"/>'
        assert end in document
        return document.replace(end, "", 1).replace(
            "Butir dengan kata.</w:t></w:r>", f"Butir dengan kata.</w:t></w:r>{end}", 1
        )

    one = found_in(edited(file, tmp_path / "b.docx", longer), known)[0]
    assert (one.place, one.until) == ("p-two", "p-item")
    assert "Paragraf kedua" in one.about
    assert "Butir dengan kata" in one.about


def test_tracked_changes_are_found_as_words_put_in_and_taken_out(target, known, tmp_path) -> None:
    file = edited(docx_of(target), tmp_path / "t.docx", tracked)
    found = [(one.kind, one.place, one.by, one.date, one.text) for one in found_in(file, known)]
    assert found == [
        ("deletion", "p-two", "CD", "2025-02-01T08:00:00Z", "tanpa"),
        ("insertion", "p-two", "CD", "2025-02-01T08:00:00Z", "dengan banyak"),
    ]


def test_a_tracked_change_in_a_footnote_is_told_as_one(target, known, tmp_path) -> None:
    def change(notes: str) -> str:
        return notes.replace(
            "Sebuah catatan.</w:t></w:r>",
            'Sebuah catatan.</w:t></w:r><w:ins w:id="1" w:author="B S" w:date=""><w:r><w:t>Baru.</w:t></w:r></w:ins>',
        )

    file = edited(docx_of(target), tmp_path / "n.docx", change, "word/footnotes.xml")
    assert [(one.kind, one.place, one.text) for one in found_in(file, known)] == [("insertion", "footnote", "Baru.")]


def test_a_document_saved_by_libreoffice_is_read_alike(known) -> None:
    """`saved-by-libreoffice.docx` is this report with comments, opened and saved by LibreOffice 7.4."""
    found = found_in(Path(__file__).parent / "saved-by-libreoffice.docx", known)
    assert {(one.kind, one.place, one.text, one.by) for one in found} >= {
        ("comment", "p-one", "Apa satuannya?", "BS"),
        ("comment", "p-item", "Tambah contoh.", "CD"),
        ("comment", "tbl-near", "Kolom ini apa?", "CD"),
        ("deletion", "p-two", "tanpa", "CD"),
        ("insertion", "p-two", "dengan banyak", "CD"),
    }


# --- the list ---------------------------------------------------------------------------------------------------------


def test_a_second_call_merges_loses_nothing_and_keeps_states(target, tmp_path) -> None:
    path = listing.path_of("medan-pendidikan", 2024, target.root)
    path.unlink(missing_ok=True)
    one = commented(docx_of(target), tmp_path / "1.docx", ("0,11", "Apa satuannya?", "Budi Santoso"))
    held, said = reviewed(target, one)
    assert said[0] == "1.docx: 1 remarks, 1 new; the list holds 1."
    before = path.read_bytes()
    reviewed(target, one)
    assert path.read_bytes() == before  # the same file again
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content["remarks"][0] |= {
        "state": "accepted",
        "answer": {"id": "Satuan ditambahkan.", "en": "Unit added."},
        "who": "tim",
    }
    content["remarks"][0]["text"] = "Apa satuannya? (diperjelas)"  # a person tidies the list up
    content["reviewers"]["BS"] = {"id": "Bappeda", "en": "planning agency"}
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    two = commented(
        docx_of(target),
        tmp_path / "2.docx",
        ("0,11", "Apa satuannya?", "Budi Santoso"),
        ("Butir dengan", "Tambah contoh.", "Citra Dewi"),
    )
    (tmp_path / "1.docx").unlink()
    held, said = reviewed(target, edited(two, tmp_path / "3.docx", lambda xml: xml))
    dates = {entry.remark.date for entry in held.entries}
    states = [
        (entry.remark.text, entry.state)
        for entry in held.entries
        if entry.state != "open" or "contoh" in entry.remark.text
    ]
    assert ("Apa satuannya? (diperjelas)", "accepted") in states
    assert ("Tambah contoh.", "open") in states
    assert held.entries[0].answer == {"id": "Satuan ditambahkan.", "en": "Unit added."}
    assert held.entries[0].extra == {"who": "tim"}
    assert held.roles == {"BS": {"id": "Bappeda", "en": "planning agency"}, "CD": {}}
    assert all(dates)
    text = path.read_text(encoding="utf-8")
    assert "Santoso" not in text
    assert "Dewi" not in text


def test_a_remark_at_a_paragraph_that_is_gone_is_told(target, tmp_path, medan) -> None:
    file = commented(docx_of(target), tmp_path / "g.docx", ("Paragraf kedua", "Jelaskan.", "B S"))
    shorter = publish(tmp_path / "later", medan, _without_second())
    held, said = reviewed(shorter, file)
    assert [entry.remark.place for entry in held.entries] == ["p-two"]
    assert "p-two (no longer in the report)" in said


def _without_second() -> str:
    from tests.review.returned import SOURCE

    return SOURCE.replace("[]{#p-two .place}Paragraf kedua tanpa angka.\n\n", "")


def test_what_is_ticked_off_in_word_is_answered(target, known, tmp_path) -> None:
    file = commented(docx_of(target), tmp_path / "d.docx", ("0,11", "Apa satuannya?", "B S"))
    w14, w15 = (f"http://schemas.microsoft.com/office/word/{year}/wordml" for year in (2010, 2012))

    def marked(comments: str) -> str:
        return comments.replace("<w:p>", f'<w:p xmlns:w14="{w14}" w14:paraId="1A2B3C4D">', 1)

    file = edited(file, tmp_path / "e.docx", marked, "word/comments.xml")
    with zipfile.ZipFile(file, "a") as pack:
        done = f'<w15:commentsEx xmlns:w15="{w15}"><w15:commentEx w15:paraId="1A2B3C4D" w15:done="1"/></w15:commentsEx>'
        pack.writestr("word/commentsExtended.xml", done)
    found = found_in(file, known)
    assert [one.done for one in found] == [True]
    made, _ = listing.merged(listing.Listing({}, ()), found)
    assert made.entries[0].state == "answered"
    # What a person decided is not undone by a tick.
    mine = listing.Listing({}, (listing.Entry(found[0], "rejected", key=found[0].key),))
    assert listing.merged(mine, found)[0].entries[0].state == "rejected"


def test_nothing_of_a_person_is_kept_but_initials() -> None:
    assert [
        initials("Budi Santoso"),
        initials("Dr. Ir. Citra Dewi, M.Si"),
        initials("", ""),
        initials("x", "Budi S"),
    ] == [
        "BS",
        "DICD",
        "?",
        "X",
    ]
    said = kept("Pak 19800101 200501 1 001 dan a.b@kota.go.id, telepon 0812-3456-7890; 2.580 murid, 12 345")
    assert said == "Pak […] dan […], telepon […]; 2.580 murid, 12 345"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("remarks: [{kind: comment, place: p-one, state: done}]", "'done'"),
        ("remarks: [{kind: praise, place: p-one}]", "'praise'"),
        ("remarks: [{kind: comment, text: 5}]", "other than words"),
        ("remarks: [{kind: comment, answer: yes}]", "words by language"),
        ("remarks: 3", "no such list"),
        ("[1, 2", "cannot be read"),
        ("reviewers: {BS: Bappeda}", "role in each language"),
    ],
)
def test_a_list_that_was_edited_wrongly_is_refused_and_left_alone(target, tmp_path, text, words) -> None:
    path = listing.path_of("medan-pendidikan", 2024, target.root)
    path.parent.mkdir(parents=True, exist_ok=True)
    kept_before = path.read_bytes() if path.is_file() else None
    path.write_text(text, encoding="utf-8")
    try:
        with pytest.raises(StudyError, match=words):
            reviewed(target, commented(docx_of(target), tmp_path / "x.docx", ("0,11", "?", "B S")))
        assert path.read_text(encoding="utf-8") == text
    finally:
        path.unlink() if kept_before is None else path.write_bytes(kept_before)
