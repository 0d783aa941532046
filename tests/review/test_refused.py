"""Sheets of remarks, and what is refused in words."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

from pipeline.errors import SourceError, UserError
from pipeline.package.members import study_files
from pipeline.report.marks import bookmark
from pipeline.review import listing
from pipeline.review.places import by_bookmark
from pipeline.review.run import review
from pipeline.review.sheet import read_sheet
from pipeline.run.steps import Target
from pipeline.study import ROOT
from tests.conftest import run_pipeline
from tests.review.returned import WANTED, commented, docx_of, edited, found_in, reviewed

# --- sheets -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["comma", "semicolon", "utf-16", "xlsx"])
def test_sheets_of_every_kind_and_language_are_read(kind, tmp_path) -> None:
    rows = [
        ["Paragraf", "Isi", "Komentar", "Penelaah"],
        ["p-one", "…", "Apa satuannya, dan N-nya?", "Budi Santoso"],
        ["p-two", "…", "", ""],
        ["tbl-near", "…", "Baik.", "Citra Dewi"],
    ]
    path = tmp_path / ("sheet.xlsx" if kind == "xlsx" else "sheet.csv")
    if kind == "xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    else:
        mark = ";" if kind == "semicolon" else ","
        text = "\n".join(mark.join(f'"{cell}"' for cell in row) for row in rows)
        path.write_text(text, encoding="utf-16" if kind == "utf-16" else "utf-8-sig")
    found = [(one.kind, one.place, one.text, one.by) for one in read_sheet(path)]
    assert found == [
        ("comment", "p-one", "Apa satuannya, dan N-nya?", "BS"),
        ("comment", "tbl-near", "Baik.", "CD"),
    ]


def test_the_sheet_that_is_handed_out_comes_back(target, tmp_path) -> None:
    path = listing.path_of("medan-pendidikan", 2024, target.root)
    path.unlink(missing_ok=True)
    _, said = reviewed(target, None)
    assert said[-1] == "No remark has come in."
    sheet = target.build / "review-id.csv"
    lines = sheet.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "paragraph,text,comment,author"
    filled = [
        line.removesuffix(",,") + ",Jelaskan.,Budi Santoso" if line.startswith("p-two,") else line for line in lines
    ]
    (tmp_path / "back.csv").write_text("\n".join(filled), encoding="utf-8")
    held, said = reviewed(target, tmp_path / "back.csv")
    assert [(entry.remark.place, entry.remark.text) for entry in held.entries] == [("p-two", "Jelaskan.")]


# --- what is refused --------------------------------------------------------------------------------------------------


def _bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("word/document.xml", b"0" * (30 * 2**20))
    return path


def _zip(path: Path, **held: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as pack:
        for name, content in held.items():
            pack.writestr(name.replace("__", "/"), content)
    return path


def _wrong(name: str, target: Target, folder: Path) -> Path:
    path = folder / "wrong.docx"
    ready = {
        "no file": lambda: path,
        "empty": lambda: path.write_bytes(b""),
        "text": lambda: path.write_bytes(b"\x00\x01\x02 no words"),
        "locked": lambda: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        "half a zip": lambda: path.write_bytes(docx_of(target).read_bytes()[:5000]),
        "another zip": lambda: _zip(path, readme=b"x"),
        "bomb": lambda: _bomb(path),
        "broken xml": lambda: edited(docx_of(target), path, lambda text: text[: len(text) // 2]),
        "entities": lambda: edited(
            docx_of(target),
            path,
            lambda text: text.replace("?>", '?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', 1),
        ),
        "another edition": lambda: edited(
            docx_of(target), path, lambda text: text.replace(WANTED, WANTED.replace("2024", "2023"))
        ),
        "another report": lambda: edited(docx_of(target), path, lambda text: text.replace(WANTED, "other")),
        "no column": lambda: path.write_bytes(b"a,b\n1,2\n"),
        "no paragraph": lambda: path.write_bytes(b"paragraph,comment,author\n,Hm.,B S\n"),
    }
    ready[name]()
    return path


REFUSED = {
    "no file": "no such file",
    "empty": "is empty",
    "text": "neither a Word document nor a sheet",
    "locked": "locked with a password",
    "half a zip": "cannot be unpacked",
    "another zip": "no Word document",
    "bomb": "unpack to more",
    "broken xml": "is broken",
    "entities": "declares entities",
    "another edition": "another study, edition or language",
    "another report": "none of this project's reports",
    "no column": "no column 'paragraph'",
    "no paragraph": "names no paragraph",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_returned_report_is_refused_in_words_and_changes_nothing(name, target, tmp_path) -> None:
    path = listing.path_of("medan-pendidikan", 2024, target.root)
    before = path.read_bytes() if path.is_file() else None
    file = _wrong(name, target, tmp_path)
    with pytest.raises(SourceError, match=REFUSED[name]) as caught:
        reviewed(target, file)
    assert str(file) in caught.value.where
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_file_that_is_too_large_is_not_opened(target, known, tmp_path) -> None:
    path = tmp_path / "large.docx"
    with path.open("wb") as file:
        file.write(b"PK")
        file.truncate(101 * 2**20)  # without filling the disk
    with pytest.raises(SourceError, match="MiB"):
        found_in(path, known)


def test_without_a_report_it_says_to_make_one(medan, tmp_path) -> None:
    with pytest.raises(UserError, match="has not been made"):
        review(Target(medan, 2024, ("id",), "embedded", tmp_path), "id", None, lambda line: None)


def test_marks_of_the_page_lead_back_to_their_names(known) -> None:
    marks = by_bookmark(known)
    assert {marks[bookmark(name)] for name in known} == set(known)


def test_the_package_takes_what_is_told_and_leaves_the_words(target, tmp_path) -> None:
    reviewed(target, commented(docx_of(target), tmp_path / "p.docx", ("0,11", "Tanya Bu Rahayu.", "B S")))
    folder = listing.path_of("medan-pendidikan", 2024, target.root).parent
    assert {"2024.yml", "2024-told.yml"} <= {path.name for path in folder.iterdir()}
    assert "Rahayu" not in (folder / "2024-told.yml").read_text(encoding="utf-8")
    assert [name for name in study_files(target) if "review" in name] == [
        "studies/medan-pendidikan/review/2024-told.yml"
    ]


def test_the_verb_says_what_is_wrong_without_a_traceback(tmp_path) -> None:
    (tmp_path / "wrong.docx").write_bytes(b"PK\x03\x04 no more")
    folder = tmp_path / "reports/medan-pendidikan/2024/id"
    folder.mkdir(parents=True)
    (folder / "report.html").write_text("<html><body><p><span id='p-one' class='place'></span>x</p></body></html>")
    shutil.copytree(ROOT / "studies", tmp_path / "studies")
    for year in (2023, 2024):
        (tmp_path / f"data/raw/medan-pendidikan/{year}").mkdir(parents=True)
    done = run_pipeline(tmp_path, "review", "--edition", "2024", "--file", str(tmp_path / "wrong.docx"))
    assert done.returncode == 1
    assert "cannot be unpacked" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "studies/medan-pendidikan/review").exists()
