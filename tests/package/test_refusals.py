"""`make package` refuses what is not current, what would name a person, and leaves nothing half-written."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from pipeline.errors import DisclosureError, StepError, StudyError
from pipeline.package import make as making
from pipeline.package.archive import write_archive
from pipeline.package.data import raw_data
from pipeline.package.make import make_package
from pipeline.package.published import published
from pipeline.package.terms import Terms
from pipeline.run.build import Request, make_target
from pipeline.run.places import name_of
from pipeline.run.steps import raw_files
from pipeline.study import ROOT
from tests.package.office import ARCHIVE, HEAD, NAME, PERSONS, make_office

MARKED = [word for person in PERSONS for word in person] + [HEAD, "Kursus Marwin"]


def silent(_: str) -> None:
    pass


def package(root: Path) -> Path:
    return make_package(Request(NAME, "2024", "all", "auto", root), silent)


def test_nothing_published_is_nothing_to_package(tmp_path: Path) -> None:
    root = make_office(tmp_path / "w")
    with pytest.raises(StudyError, match=f"make report STUDY={NAME} EDITION=2024") as told:
        package(root)
    assert "No report of kantor, edition 2024, is published." in str(told.value)
    with pytest.raises(StudyError, match="Edition 2031 has no folder"):
        make_package(Request(NAME, "2031", "all", "auto", root), silent)
    assert not (root / ARCHIVE).exists()


def edited_raw(root: Path) -> None:
    path = root / f"data/raw/{NAME}/2024/panel.csv"
    path.write_text(path.read_text().replace("50.0", "50.1", 1))


def edited_report(root: Path) -> None:
    with (root / f"reports/{NAME}/2024/en/report.html").open("a") as file:
        file.write(" ")


def removed_manifest(root: Path) -> None:
    (root / f"reports/{NAME}/2024/en/manifest.json").unlink()


def edited_study(root: Path) -> None:
    path = root / f"studies/{NAME}/study.yml"
    path.write_text(path.read_text().replace("seed: 7", "seed: 8"))


def edited_table(root: Path) -> None:
    (root / f"build/{NAME}/2024/total.txt").write_text("1")


def edited_record(root: Path) -> None:
    (root / f"build/{NAME}/2024/records/03_effects.json").unlink()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (edited_raw, "panel.csv was changed"),
        (edited_report, f"reports/{NAME}/2024/en/ is not as it was made"),
        (removed_manifest, f"reports/{NAME}/2024/en/ is not as it was made"),
        (edited_study, "the study's seed was 7 and is 8"),
        (edited_table, "total.txt was edited"),
        (edited_record, "03_effects: it has not run to its end yet"),
    ],
)
def test_only_what_is_published_and_unchanged_is_packaged(root: Path, change, told: str) -> None:
    (root / ARCHIVE).unlink()
    change(root)
    with pytest.raises(StudyError, match=re.escape(told)) as refused:
        package(root)
    assert "make report STUDY=kantor EDITION=2024 LANG=en" in str(refused.value)
    assert not (root / ARCHIVE).exists()


def test_a_file_that_is_changed_meanwhile_stops_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (root / ARCHIVE).read_bytes()

    def gather(*given):
        made = real(*given)
        edited_report(root)
        return made

    real = making.gather
    monkeypatch.setattr(making, "gather", gather)
    with pytest.raises(StudyError, match="is not as it was made"):
        package(root)
    assert (root / ARCHIVE).read_bytes() == before


def test_a_full_disk_leaves_the_last_archive(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, written = (root / ARCHIVE).read_bytes(), []

    def full(entry, name, content):
        written.append(name)
        if len(written) > 40:
            raise OSError(28, "No space left on device", str(root / "reports"))
        return real(entry, name, content)

    from pipeline.package import archive

    real = archive._add
    monkeypatch.setattr(archive, "_add", full)
    with pytest.raises(StepError, match="No space left on device") as told:
        package(root)
    assert "Free space on that disk" in str(told.value)
    assert (root / ARCHIVE).read_bytes() == before
    assert [path.name for path in (root / ARCHIVE).parent.iterdir() if ".partial" in path.name] == []


@pytest.mark.parametrize("name", ["dāta.csv", "../x", "/x", "a//b", "a\\b"])
def test_names_that_not_every_system_unpacks_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(StudyError, match="cannot go into the archive"):
        write_archive({name: b""}, tmp_path / "a.zip", {name: hashlib.sha256().hexdigest()})
    assert list(tmp_path.iterdir()) == []


def test_a_member_that_is_another_one_than_was_looked_at_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StepError, match="changed while it was being packaged"):
        write_archive({"a": b"new"}, tmp_path / "a.zip", {"a": hashlib.sha256(b"old").hexdigest()})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("file", ["pegawai.xlsx", "pelatihan.csv", "lain.csv"])
def test_what_cannot_be_open_is_refused(root: Path, file: str) -> None:
    (root / f"studies/{NAME}/package.yml").write_text(f"open: [{file}]\n", encoding="utf-8")
    with pytest.raises(StudyError, match="key open"):
        package(root)


def test_a_number_of_a_person_in_an_open_file_stops_it(root: Path) -> None:
    """A panel can be open, for its units need be no persons; but this one names persons, by their numbers."""
    found_now = published(Request(NAME, "2024", "all", "auto", root))
    path = root / f"data/raw/{NAME}/2024/panel.csv"
    path.write_text(path.read_text().replace(HEAD, PERSONS[7][0]), encoding="utf-8")
    with pytest.raises(DisclosureError, match=r"panel\.csv: a number of a person") as told:
        raw_data(found_now.target, Terms(open=["panel.csv"]), found_now.records)
    assert PERSONS[7][0] not in str(told.value)


@pytest.mark.parametrize("content", [b"\xff\xfe" + "NIP;1".encode("utf-16-le"), b"\xd0\xcf\x11\xe0\0"])
def test_an_open_file_that_cannot_be_searched_is_refused(root: Path, content: bytes) -> None:
    found_now = published(Request(NAME, "2024", "all", "auto", root))
    (root / f"data/raw/{NAME}/2024/biaya.csv").write_bytes(content)
    with pytest.raises(StudyError, match="cannot be searched"):
        raw_data(found_now.target, Terms(open=["biaya.csv"]), found_now.records)


def test_data_of_a_demonstration_are_no_persons_and_go_in_as_they_are() -> None:
    target = make_target(Request("medan-pendidikan", "2019", "all", "auto", ROOT))
    hashes = {name_of(path, ROOT): "0" for path in raw_files(target.study, 2019, ROOT)}
    data = raw_data(target, Terms(), {"01_clean": {"raw": hashes}})
    assert len(data) == 22
    assert all(file.included and "no person" in file.why for file in data)


def test_a_person_in_the_name_of_a_file_stops_it(root: Path) -> None:
    """The file itself stays, but README and provenance would name it."""
    found_now, folder = published(Request(NAME, "2024", "all", "auto", root)), root / f"data/raw/{NAME}/2024"
    name = f"{PERSONS[2][1]}.txt"
    (folder / "catatan rapat.txt").rename(folder / name)
    found_now.records["01_clean"]["raw"][f"data/raw/{NAME}/2024/{name}"] = "0" * 64
    with pytest.raises(DisclosureError, match=r"README\.md: a name of a person") as told:
        making.gather(found_now, Terms())
    assert PERSONS[2][1] not in str(told.value)


@pytest.mark.parametrize("where", ["text/en/more.ftl", "notes.csv", "notebooks/05_feedback.ipynb"])
def test_a_person_in_the_study_s_folder_stops_it(root: Path, where: str) -> None:
    path = root / f"studies/{NAME}" / where
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".ipynb":
        content = json.loads(path.read_text())
        content["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": [PERSONS[2][1]]}]
        path.write_text(json.dumps(content), encoding="utf-8")
    else:
        path.write_text(f"introduction-more = {PERSONS[2][1]}\n", encoding="utf-8")
    with pytest.raises((DisclosureError, StudyError)) as told:
        package(root)
    assert where in str(told.value) or path.name in str(told.value)
    assert PERSONS[2][1] not in str(told.value)


def test_a_mistake_in_the_terms_is_told_with_its_key(root: Path) -> None:
    (root / f"studies/{NAME}/package.yml").write_text("acces: x\n", encoding="utf-8")
    with pytest.raises(StudyError, match=r"studies/kantor/package.yml, key acces\s+expected: did you mean 'access'"):
        package(root)
