"""`verify`: the same bytes under other conditions, with a certificate that holds or says what does not."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from benchmarks.tiny import CELLS, copy_of, make_tiny, write_notebook
from pipeline.errors import StepError
from pipeline.published.headline import Headline
from pipeline.published.record import Record, keep
from pipeline.run import verify
from pipeline.run.build import make_target
from pipeline.run.certificate import inputs_of, load_certificate, write_certificate
from pipeline.run.stamp import Request
from pipeline.run.verify import compare, compare_certified
from tests import warm
from tests.conftest import run_pipeline

ASKED = ("--study", "tiny", "--lang", "en", "--engine", "embedded")
PERSONS = """
from pipeline.pseudonym import pseudonymiser
from pipeline.secret import study_key
(this.build / "person.txt").write_text(pseudonymiser(study_key(this.study, this.root))("19800101" + "2005011001"))
"""
SURROUNDINGS = """
import locale, os, time, matplotlib as mpl
(this.build / "around.txt").write_text(
    f"{time.tzname} {locale.setlocale(locale.LC_ALL, '')} {mpl.rcParams['lines.linewidth']} {mpl.rcParams['savefig.dpi']}")
"""
LAST = """
last = this.last_published(lang, "ledger.json")
(draft / "report.html").write_text((draft / "report.html").read_text() + (last.read_text() if last else "none"))
"""


@pytest.fixture(scope="module")
def verified(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study with persons, no published key and an earlier edition that is out, verified."""
    root = make_tiny(tmp_path_factory.mktemp("verify") / "w")
    write_notebook(root, "01_clean", CELLS["01_clean"] + PERSONS)
    write_notebook(root, "02_programme", CELLS["02_programme"] + SURROUNDINGS)
    shown = '"total.txt", "person.txt", "around.txt"'
    export = "from pipeline.report.record import export_notebooks\nexport_notebooks(this, lang, draft)\n"
    write_notebook(root, "08_report", CELLS["08_report"].replace('"total.txt"', shown) + LAST + export)
    for place, text in (("data/raw/tiny/2023/panel.csv", "1\n"), ("reports/tiny/2023/en/ledger.json", "{}")):
        (root / place).parent.mkdir(parents=True)
        (root / place).write_text(text, encoding="utf-8")
    keep(Record("tiny", 2023, Headline({})), root)
    key = Ed25519PrivateKey.generate()
    (root / "office.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (root / "office.pub").write_bytes(public)
    done = run_pipeline(root, "verify", *ASKED, "--out", str(root / "c.json"), "--sign", str(root / "office.pem"))
    assert done.returncode == 0, done.stderr
    assert "the same 11 files, byte for byte" in done.stdout
    return root


def test_with_persons_the_certificate_names_all_and_holds(verified: Path) -> None:
    content = load_certificate(verified / "c.json", verified / "office.pub")
    assert {"data/raw/tiny/2024/panel.csv", "studies/tiny/study.yml"} <= content["inputs"].keys()
    assert "reports/tiny/2023/en/ledger.json" in content["inputs"]
    assert not any("2023" in name for name in content["outputs"])
    assert content["key"] is not None
    assert "tiny/2024/en/report.html" in content["outputs"]
    assert {"numpy", "typst"} <= content["packages"].keys()
    key = (verified / "pseudonym.key").read_text(encoding="ascii").strip()
    assert key not in (verified / "c.json").read_text(encoding="utf-8")
    done = run_pipeline(verified, "verify", "--certificate", str(verified / "c.json"))
    assert done.returncode == 0, done.stderr
    assert "each as certified" in done.stdout


def test_another_input_is_named_before_anything_is_made(verified: Path, tmp_path: Path) -> None:
    root = copy_of(verified, tmp_path / "w")
    (root / "data/raw/tiny/2024/panel.csv").write_text("1 2 4\n", encoding="utf-8")
    (root / "reports/tiny/2023/en/ledger.json").write_text("[]", encoding="utf-8")
    done = run_pipeline(root, "verify", "--certificate", str(root / "c.json"))
    assert done.returncode == 1
    assert "data/raw/tiny/2024/panel.csv" in done.stderr
    assert "reports/tiny/2023/en/ledger.json" in done.stderr


def test_the_last_edition_s_record_is_certified_and_goes_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_tiny(tmp_path / "w")
    request = Request("tiny", "2024", "en", "embedded", root)
    assert not [name for name in inputs_of(make_target(request)) if "published" in name]
    for year in (2021, 2022, 2024):
        keep(Record("tiny", year, Headline({})), root)
    target = make_target(request)
    assert [name for name in inputs_of(target) if "published" in name] == ["data/published/tiny/2022.json"]
    monkeypatch.setattr(verify.subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 0, "", ""))
    verify._made_in(tmp_path / "elsewhere", request, target, verify.PLAIN)
    assert [path.name for path in (tmp_path / "elsewhere/data/published").rglob("*.json")] == ["2022.json"]


def test_a_changed_certificate_or_another_signer_is_refused(verified: Path, tmp_path: Path) -> None:
    content = json.loads((verified / "c.json").read_text(encoding="utf-8"))
    content["outputs"]["tiny/2024/en/report.html"] = "0" * 64
    (tmp_path / "forged.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(StepError, match="changed after it was signed"):
        load_certificate(tmp_path / "forged.json")
    stranger = Ed25519PrivateKey.generate().public_key()
    (tmp_path / "pub").write_bytes(stranger.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    with pytest.raises(StepError, match="signed with another key"):
        load_certificate(verified / "c.json", tmp_path / "pub")
    del content["signature"]
    write_certificate(content, tmp_path / "bare.json")
    with pytest.raises(StepError, match="not signed"):
        load_certificate(tmp_path / "bare.json", verified / "office.pub")


def test_a_report_that_differs_does_not_verify(verified: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copy_of(verified, tmp_path / "w")
    write_notebook(root, "05_feedback", "import os\nos.urandom(8).hex()")
    monkeypatch.setattr(verify.subprocess, "run", lambda command, *, env, **_: warm.run(tuple(command[3:]), env))
    with pytest.raises(StepError, match=r"notebooks/05_feedback\.html"):
        verify.verify_report(Request("tiny", "2024", "en", "embedded", root))
    assert not (root / "reports/tiny/2024/certificate.json").exists()


@pytest.mark.parametrize("other", [{"report.html": "1"}, {"report.html": "0", "report.pdf": "0"}])
def test_a_difference_is_named(other: dict[str, str]) -> None:
    with pytest.raises(StepError, match=r"report\.(html|pdf)"):
        compare({"report.html": "0"}, other)


def test_another_key_is_blamed_only_where_something_differs(verified: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = load_certificate(verified / "c.json")
    target = make_target(Request("tiny", "2024", "en", "embedded", verified))
    other = {**content["outputs"], "tiny/2024/en/report.html": "0" * 64}
    with pytest.raises(StepError, match="Two runs on the same input differ"):
        compare_certified(content, other, target)
    monkeypatch.setenv("EVALUATION_KEY", "another-key-0123456789")
    compare_certified(content, content["outputs"], target)
    with pytest.raises(StepError, match=r"key of pseudonyms is another[\s\S]*report\.html"):
        compare_certified(content, other, target)
