"""`make package`: what goes in, what must not, and that a stranger makes the same report from it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest
import yaml

from pipeline.check.run import check
from pipeline.errors import StepError, StudyError
from pipeline.installed import whole_code
from pipeline.package.data import PERSONS_KINDS
from pipeline.package.make import make_package
from pipeline.package.terms import Terms, load_terms
from pipeline.run.build import Request, make_target
from pipeline.run.certificate import certify, check_inputs, inputs_of, load_certificate, write_certificate
from pipeline.sources.identifiers import Nip, read_nip
from pipeline.study import ROOT
from tests.package.office import ARCHIVE, EARLIER, HEAD, KEPT, KEY, NAME, PERSONS
from tests.package.search import found, texts

MARKED = [word for person in PERSONS for word in person] + [HEAD, "Kursus Marwin"]


def silent(_: str) -> None:
    pass


def package(root: Path) -> Path:
    return make_package(Request(NAME, "2024", "all", "auto", root), silent)


def test_nothing_of_a_person_is_anywhere_in_the_archive(office: Path) -> None:
    assert found(office / ARCHIVE, MARKED) == []
    numbers = {
        n for _, text in texts((office / ARCHIVE).read_bytes()) for n in re.findall(r"(?<!\d)\d{18}(?!\d)", text)
    }
    born = {nip.birth.year for number in numbers if isinstance(nip := read_nip(number), Nip)}
    assert {year for year in born if year >= 1910} == set()  # the stand-ins' are of 1900 to 1909: of nobody


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_the_search_would_find_one_however_deep(tmp_path: Path, depth: int) -> None:
    content = b"x" + PERSONS[0][1].upper().encode("utf-16-le") + PERSONS[1][0].encode()
    for _ in range(depth + 1):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/sharedStrings.xml", content)
        content = out.getvalue()
    (tmp_path / "a.zip").write_bytes(content)
    assert len(found(tmp_path / "a.zip", MARKED)) >= 2


def test_only_files_that_the_study_declares_open_go_in(unpacked: Path) -> None:
    there = sorted(p.relative_to(unpacked / "data").as_posix() for p in (unpacked / "data").rglob("*") if p.is_file())
    assert there == [f"published/{NAME}/2023.json", f"raw/{NAME}/2024/biaya.csv"]


def test_what_the_report_read_of_the_last_edition_goes_in(office: Path, unpacked: Path) -> None:
    report = (unpacked / "published/en/report.html").read_text(encoding="utf-8")
    for name in EARLIER:
        assert (unpacked / name).read_bytes() == (office / name).read_bytes()
        assert name in report
        assert f"| `{name}` |" in (unpacked / "README.md").read_text(encoding="utf-8")
    record = json.loads((office / f"build/{NAME}/2024/records/08_report-en.json").read_text())
    assert KEPT in record["files"]  # it was read, and stays
    assert not (unpacked / KEPT).exists()


def test_a_stranger_makes_the_same_report(office: Path, unpacked: Path) -> None:
    """With the files that the instructions name, under another umask, time zone, locale, home and path."""
    names = re.findall(
        r"^\| `(data/raw/\S[^`]*)` .* No \| `(\w{64})` \|$", (unpacked / "README.md").read_text("utf-8"), re.M
    )
    assert len(names) == 4
    for name, digest in names:
        content = (office / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest
        (unpacked / name).parent.mkdir(parents=True, exist_ok=True)
        (unpacked / name).write_bytes(content)
    command = re.search(r"^1\. Type `make report (.*)`\.$", (unpacked / "README.md").read_text("utf-8"), re.M)
    assert command is not None
    options = dict(word.split("=") for word in command[1].split())
    asked = [word for key, value in options.items() for word in (f"--{key.lower()}", value)]
    surroundings = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "HOME": str(unpacked.parent / "home")}
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "report", *asked],
        cwd=unpacked,
        env={key: value for key, value in os.environ.items() if not key.startswith("EVALUATION_")} | surroundings,
        capture_output=True,
        text=True,
        check=False,
        umask=0o027,
    )
    assert done.returncode == 0, done.stderr
    made, out = unpacked / "reports" / NAME / "2024" / "en", unpacked / "published" / "en"
    assert contents(made) == contents(out) == contents(office / "reports" / NAME / "2024" / "en")
    assert (
        json.loads((made / "manifest.json").read_text())["raw"]["2024/panel.csv"]
        == dict(names)[f"data/raw/{NAME}/2024/panel.csv"]
    )


def contents(folder: Path) -> dict[str, bytes]:
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert files
    return files


def test_the_same_input_gives_the_same_bytes(office: Path, root: Path) -> None:
    before = (office / ARCHIVE).read_bytes()
    for path in [*(root / "reports").rglob("*"), *(root / "studies").rglob("*")]:
        os.utime(path, (1, 1))
        path.chmod(0o700 if path.is_dir() else 0o600)
    old = os.umask(0o077)
    try:
        made = package(root)
    finally:
        os.umask(old)
    assert made.read_bytes() == before
    assert made.stat().st_mode & 0o777 == 0o644


def test_names_times_and_owners_are_fixed(office: Path) -> None:
    with zipfile.ZipFile(office / ARCHIVE) as archive:
        entries = archive.infolist()
    names = [entry.filename for entry in entries]
    assert names == sorted(names)
    assert all(name.isascii() and name.startswith(f"{NAME}-2024-replication/") for name in names)
    assert {(entry.date_time, entry.external_attr, entry.create_system, entry.extra) for entry in entries} == {
        ((1980, 1, 1, 0, 0, 0), 0o100644 << 16, 3, b"")
    }


def test_no_path_of_the_machine_and_no_key_is_in_it(office: Path) -> None:
    places = [str(office), str(Path.home()), str(Path(sys.prefix)), os.uname().nodename, KEY]
    content = (office / ARCHIVE).read_bytes()
    assert [place for place in places if len(place) > 5 and place.encode() in content] == []
    assert b"pseudonym.key\x00" not in content


def test_checksums_name_every_file(unpacked: Path, office: Path) -> None:
    listed = dict(reversed(line.split("  ")) for line in (unpacked / "checksums.sha256").read_text().splitlines())
    with zipfile.ZipFile(office / ARCHIVE) as archive:
        held = {name.split("/", 1)[1]: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
    assert {name: digest for name, digest in held.items() if name != "checksums.sha256"} == listed


def test_the_code_is_whole(unpacked: Path) -> None:
    """The hash that the manifest states is that of the code in the archive."""
    script = "from pipeline.installed import whole_code; print(whole_code())"
    command = [sys.executable, "-c", script]
    said = subprocess.run(command, cwd=unpacked, capture_output=True, text=True, check=True).stdout
    assert said.strip() == whole_code()


HEADINGS = """\
## Overview
## Data Availability and Provenance Statements
### Statement about Rights
### License for Data
### Summary of Availability
### Details on each Data Source
## Dataset list
## Computational requirements
### Software Requirements
### Controlled Randomness
### Memory, Runtime, Storage Requirements
#### Summary
#### Details
## Description of programs/code
### License for Code
## Instructions to Replicators
### Details
## List of tables and programs
## References
## Data and Code Availability Standard""".splitlines()
RULES = """\
Data Availability Statement
Raw data
Analysis data
Format
Metadata
Citation
Data transformation
Analysis
Format
Instruments
Ethics
Pre-registration
Documentation
Location
License
Omissions""".splitlines()


def test_the_readme_has_the_sections_of_the_template_and_the_sixteen_rules(unpacked: Path, office: Path) -> None:
    text = (unpacked / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^##+ .*$", text, re.M) == HEADINGS
    rules = re.findall(r"^\| (\d+) \| ([^|]+) \| (.+) \|$", text, re.M)
    assert [(int(number), name) for number, name, _ in rules] == list(enumerate(RULES, 1))
    answers = {int(number): answer for number, _, answer in rules}
    assert "ethics board" in answers[11]
    assert "TEST-0001" in answers[12]
    assert "10.1234/abcd.5678" in answers[14]
    assert "4 raw files" in answers[16]
    assert text.count("about two months") >= 2
    assert "- [x] Some data **cannot be made** publicly available." in text
    assert "- [ ] All data **are** publicly available." in text
    assert "preserved for 5 years" in text
    assert (
        "| Table 1 | `studies/kantor/notebooks/01_clean.ipynb` | `data` | `published/en/report.html` | Totals \\| all |"
        in text
    )
    record = json.loads((office / f"build/{NAME}/2024/records/01_clean.json").read_text())
    assert f"| 01_clean | {round(record['seconds'])} | {round(record['mebibytes'])} |" in text
    assert f"- Python {record['software']['Python']} (" in text
    assert "- [x] <10 minutes" in text
    assert not re.search(r"\{\{|\{%|None|Undefined", text)


def test_what_the_readme_names_is_there(unpacked: Path) -> None:
    text = (unpacked / "README.md").read_text(encoding="utf-8")
    withheld = set(re.findall(r"`(data/raw/[^`]+)` \(not provided\)", text))
    named = set(re.findall(r"`((?:published|notebooks|pipeline|docs|studies|synthetic|data|provenance)/[^`*]*)`", text))
    named |= set(re.findall(r"\]\((?!https?:)([^)]+)\)", text)) | {
        "codebook.csv",
        "checksums.sha256",
        "requirements.lock",
    }
    made = {"data/processed/"}
    assert [name for name in sorted(named - withheld - made) if not (unpacked / name).exists()] == []


def test_the_citation_and_licence_say_who_and_what(unpacked: Path) -> None:
    citation = yaml.safe_load((unpacked / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["title"] == "Replication package: A small office"
    assert citation["authors"] == [{"name": "Test Office"}]
    assert str(citation["date-released"]) == "2025-03-31"
    assert citation["doi"] == "10.1234/abcd.5678"
    licence = (unpacked / "LICENSE.txt").read_text(encoding="utf-8")
    assert "MIT License" in licence
    assert "CC-BY-4.0" in licence
    assert "CC0 1.0" in licence


def test_the_crate_describes_what_is_there_and_points_nowhere_else(unpacked: Path) -> None:
    content = json.loads((unpacked / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    assert content["@context"] == "https://w3id.org/ro/crate/1.2/context"
    entities = {entity["@id"]: entity for entity in content["@graph"]}
    assert len(entities) == len(content["@graph"])
    assert entities["ro-crate-metadata.json"]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.2"}
    rootset = entities["./"]
    assert {"name", "description", "datePublished", "license"} <= rootset.keys()
    named = set(re.findall(r'"@id": "([^"]+)"', json.dumps(content))) - {"https://w3id.org/ro/crate/1.2"}
    assert named <= entities.keys()
    files = {name: entity for name, entity in entities.items() if "File" in entity["@type"]}
    assert {part["@id"] for part in rootset["hasPart"]} >= files.keys()
    for name, entity in files.items():
        held = (unpacked / name.replace("%20", " ")).read_bytes()
        assert (entity["sha256"], entity["contentSize"]) == (hashlib.sha256(held).hexdigest(), str(len(held)))
    run = entities["#run"]
    assert {one["@id"] for one in run["result"]} >= {"published/en/report.html", "published/en/manifest.json"}
    assert len(run["object"]) == 5
    assert len(run["instrument"]) == 10
    assert entities[f"#data/raw/{NAME}/2024/panel.csv"]["conditionsOfAccess"].startswith("The Personnel Agency")


def test_the_provenance_leads_from_the_report_to_the_raw_files(unpacked: Path, office: Path) -> None:
    content = json.loads((unpacked / "provenance/prov.json").read_text(encoding="utf-8"))
    ends = {
        "used": ("activity", "entity"), "wasGeneratedBy": ("activity", "entity"), "wasAssociatedWith": ("activity", "agent"),
    }  # fmt: skip
    for relation, kinds in ends.items():
        for statement in content[relation].values():
            assert all(statement[f"prov:{kind}"] in content[kind] for kind in kinds)
    made_by = {s["prov:entity"]: s["prov:activity"] for s in content["wasGeneratedBy"].values()}
    derived = {s["prov:generatedEntity"]: s["prov:usedEntity"] for s in content["wasDerivedFrom"].values()}
    uses: dict[str, set[str]] = {}
    for statement in content["used"].values():
        uses.setdefault(statement["prov:activity"], set()).add(statement["prov:entity"])

    def behind(entity: str) -> set[str]:
        if entity in derived:
            return behind(derived[entity])
        if entity not in made_by:
            return {entity}
        return {origin for used in uses[made_by[entity]] for origin in behind(used)}

    origins = behind("file:published/en/report.html")
    raw = sorted((office / "data/raw" / NAME / "2024").iterdir())
    assert origins >= {f"file:data/raw/{NAME}/2024/{path.name.replace(' ', '%20')}" for path in raw} | {"file:code"}
    for path in raw:
        entity = content["entity"][f"file:data/raw/{NAME}/2024/{path.name.replace(' ', '%20')}"]
        assert entity["evaluation:sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_codebook_names_every_declared_variable(unpacked: Path) -> None:
    rows = list(csv.DictReader((unpacked / "codebook.csv").read_text(encoding="utf-8").splitlines()))
    named = {(row["source"], row["field"]) for row in rows}
    assert {("panel", "score"), ("panel", "cohort"), ("staff", "nip"), ("training", "jp"), ("costs", "amount")} <= named
    allowed = {(row["source"], row["field"]): row["allowed values"] for row in rows}
    assert "Workshop" in allowed["training", "activity"]


def test_stand_ins_have_the_shape_and_no_value_of_the_files(office: Path, unpacked: Path) -> None:
    real, made = office / "data/raw" / NAME / "2024", unpacked / "synthetic/data/raw" / NAME / "2024"
    assert sorted(path.name for path in made.iterdir()) == ["biaya.csv", "panel.csv", "pegawai.xlsx", "pelatihan.csv"]
    panel, ours = pd.read_csv(real / "panel.csv"), pd.read_csv(made / "panel.csv")
    assert list(ours.columns) == ["unit", "year", "first_treated", "score"]
    assert (len(ours), ours["unit"].nunique(), ours["year"].nunique()) == (len(panel), 12, 5)
    assert not set(ours["unit"]) & set(panel["unit"])
    roster = pd.read_excel(made / "pegawai.xlsx", dtype=str)
    assert (list(roster.columns), len(roster)) == (["NIP", "NAMA", "TANGGAL LAHIR", "GOL", "UNIT"], 12)
    read = [read_nip(number) for number in roster["NIP"]]
    assert all(isinstance(nip, Nip) and nip.birth.year < 1910 for nip in read)
    register = pd.read_csv(made / "pelatihan.csv", sep=";", dtype=str)
    assert set(register["NIP"]) <= set(roster["NIP"])
    with zipfile.ZipFile(made / "pegawai.xlsx") as book:
        assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_code_takes_the_stand_ins_for_a_study_and_says_that_they_are_invented(unpacked: Path, capsys) -> None:
    study = yaml.safe_load((unpacked / f"synthetic/studies/{NAME}/study.yml").read_text(encoding="utf-8"))
    assert study["demonstration"] is True
    assert check(make_target(Request(NAME, "2024", "en", "embedded", unpacked / "synthetic")))
    said = capsys.readouterr().out
    assert re.search(r"panel +2024 .* 60 +60 +0$", said, re.M)
    assert re.search(r"staff +2024 .* 12 +12 +0$", said, re.M)


def certified(root: Path) -> Path:
    """The certificate that `make verify` writes of the report that is out."""
    target = make_target(Request(NAME, "2024", "en", "auto", root))
    folder = target.published("en")
    outputs = {f"{NAME}/2024/en/{name}": hashlib.sha256(held).hexdigest() for name, held in contents(folder).items()}
    path = folder.parent / "certificate.json"
    write_certificate(certify(Request(NAME, "2024", "en", "auto", root), target, inputs_of(target), outputs), path)
    return path


def test_a_certificate_goes_in_and_holds_for_who_unpacks_it(root: Path, tmp_path: Path) -> None:
    certificate = certified(root).read_bytes()
    with zipfile.ZipFile(package(root)) as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / f"{NAME}-2024-replication"
    assert (folder / "published/certificate.json").read_bytes() == certificate
    assert "make verify CERTIFICATE=published/certificate.json" in (folder / "README.md").read_text(encoding="utf-8")
    content = load_certificate(folder / "published/certificate.json")
    out = {
        f"{NAME}/2024/en/{name}": hashlib.sha256(held).hexdigest()
        for name, held in contents(folder / "published/en").items()
    }
    assert content["outputs"] == out
    shutil.copytree(root / "data/raw", folder / "data/raw", dirs_exist_ok=True)
    target = make_target(Request(NAME, "2024", "en", "auto", folder))
    (folder / "pseudonym.key").write_text(KEY, encoding="ascii")
    check_inputs(content, target)
    (folder / f"data/raw/{NAME}/2024/biaya.csv").write_text("other", encoding="utf-8")
    with pytest.raises(StepError, match=r"biaya\.csv"):
        check_inputs(content, target)


@pytest.mark.parametrize("part", ["outputs", "inputs", "code"])
def test_a_certificate_of_other_files_is_refused(root: Path, part: str) -> None:
    path, before = certified(root), (root / ARCHIVE).read_bytes()
    content = json.loads(path.read_text(encoding="utf-8"))
    content[part] = "0" * 64 if part == "code" else dict.fromkeys(content[part], "0" * 64)
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises((StudyError, StepError), match="certificate"):
        package(root)
    assert (root / ARCHIVE).read_bytes() == before


def test_the_page_names_every_key_of_the_terms_and_every_refusal_of_kinds() -> None:
    page = (ROOT / "docs/package.md").read_text(encoding="utf-8")
    assert [name for name in [*Terms.model_fields, *PERSONS_KINDS] if f"`{name}`" not in page] == []


def test_the_terms_of_a_shipped_study_are_read() -> None:
    terms = load_terms("jtrain", ROOT)
    assert terms.open == ["panel.csv"]
    assert terms.access
    assert load_terms("medan-pendidikan", ROOT) == Terms()
