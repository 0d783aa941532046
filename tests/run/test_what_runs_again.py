"""Nothing counts as unchanged that was not compared by content, and nothing runs again that reads nothing new."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.tiny import CELLS, report_of, write_notebook
from pipeline.published.headline import Headline
from pipeline.published.record import Record, keep
from pipeline.run.places import CODE
from tests.conftest import run_pipeline

ASKED = ("--study", "tiny", "--lang", "en", "--engine", "embedded")


def report(root: Path) -> set[str]:
    """Make the report; the steps that ran."""
    done = run_pipeline(root, "report", *ASKED)
    assert done.returncode == 0, done.stderr
    ran = re.search(r"Executed: (.+)", done.stdout)
    assert ran or "Nothing has changed" in done.stdout
    return set(re.findall(r"\d\d_[\w-]+", ran[1])) if ran else set()


def edit(root: Path, old: str, new: str) -> None:
    path = root / "studies/tiny/study.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_copy_elsewhere_is_current_too(root: Path) -> None:
    assert report(root) == set()


def test_a_comment_runs_nothing(root: Path) -> None:
    edit(root, "seed: 1", "seed: 1  # a comment")
    assert report(root) == set()
    assert run_pipeline(root, "why", *ASKED).stdout == "Everything is up to date, by content.\n"


@pytest.mark.parametrize(
    ("old", "new", "steps", "says"),
    [
        ("seed: 1", "seed: 7", {"02_programme", "08_report-en"}, "the study's seed was 1 and is 7"),
        ('en: "Score"', 'en: "Mark"', {"03_effects", "08_report-en"}, 'label.en was "Score" and is "Mark"'),
        ('id: "Skor"', 'id: "Nilai"', set(), "up to date"),
        ('en: "Office"', 'en: "Bureau"', set(), "up to date"),
    ],
)
def test_a_value_reruns_only_what_reads_it(root: Path, old: str, new: str, steps: set[str], says: str) -> None:
    edit(root, old, new)
    assert says in run_pipeline(root, "why", *ASKED).stdout
    assert report(root) == steps
    assert report(root) == set()


def test_the_record_of_the_last_edition_is_an_input(root: Path) -> None:
    """Where an earlier edition is published, or published anew, what compares with it runs again, and nothing else."""
    told = 'found = last("tiny", 2024, this.root)\n(this.build / "since.txt").write_text(str(found and found.code))\n'
    write_notebook(root, "07_verdict", f"from pipeline.published.record import last\n{told}")
    assert report(root) == {"07_verdict"}
    assert report(root) == set()
    for code in ("a", "b"):
        keep(Record("tiny", 2022, Headline({}), code=code), root)
        assert "data/published/tiny/2022.json" in run_pipeline(root, "why", *ASKED).stdout
        assert report(root) == {"07_verdict"}
        assert (root / "build/tiny/2024/since.txt").read_text() == code
        assert report(root) == set()


def test_a_file_with_an_old_time_stamp_is_noticed(root: Path) -> None:
    raw = root / "data/raw/tiny/2024/panel.csv"
    before = raw.stat()
    raw.write_text("1 2 4\n", encoding="utf-8")  # the same length
    os.utime(raw, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert report(root) == {"01_clean", "04_robustness", "08_report-en"}
    assert report_of(root) == "7 1 Score 14 "


def test_a_file_corrected_while_it_is_read_is_read_again(root: Path) -> None:
    """The cell itself plays the person who saves the corrected file just after the step has read it."""
    (root / "correct-me").touch()
    correcting = CELLS["01_clean"] + (
        'if (this.root / "correct-me").exists():\n'
        '    (this.root / "correct-me").unlink()\n'
        "    import subprocess, sys\n"
        "    subprocess.run([sys.executable, \"-c\", f\"open({str(raw)!r}, 'w').write('1 2 9')\"], check=True)\n"
    )
    write_notebook(root, "01_clean", correcting)
    done = run_pipeline(root, "report", *ASKED)
    assert done.returncode == 0, done.stderr
    assert "data/raw/tiny/2024/panel.csv was changed while 01_clean ran" in done.stderr
    assert report_of(root) == "12 1 Score 24 "
    assert report(root) == set()


def test_a_result_edited_between_steps_is_made_anew(root: Path) -> None:
    (root / "build/tiny/2024/total.txt").write_text("609", encoding="utf-8")
    assert "total.txt was edited since it was written" in run_pipeline(root, "why", *ASKED).stdout
    assert report(root) == {"01_clean"}
    assert report_of(root) == "6 1 Score 12 "


def test_a_published_file_edited_or_lost_is_put_back(root: Path) -> None:
    folder = root / "reports/tiny/2024/en"
    (folder / "report.html").write_text("better", encoding="utf-8")
    (folder / "manifest.json").unlink()
    assert report(root) == set()
    assert report_of(root) == "6 1 Score 12 "
    assert (folder / "manifest.json").is_file()


def test_a_prose_file_that_was_not_there_is_noticed(root: Path) -> None:
    more = root / "studies/tiny/text/en/more.md"
    more.parent.mkdir(parents=True)
    more.write_text("more", encoding="utf-8")
    assert report(root) == {"08_report-en"}
    assert report_of(root) == "6 1 Score 12 more"
    more.unlink()
    assert report(root) == {"08_report-en"}


def test_a_message_reruns_only_what_says_it(root: Path) -> None:
    saying = (
        'from pipeline.languages.catalogue import say\n(this.build / "word.txt").write_text(say("service-title", "en"))'
    )
    write_notebook(root, "05_feedback", saying)
    assert report(root) == {"05_feedback"}
    own = root / "studies/tiny/text/en/own.ftl"
    own.parent.mkdir(parents=True)
    own.write_text("motivation-title = Another\n", encoding="utf-8")
    assert report(root) == set()
    own.write_text("motivation-title = Another\nservice-title = Mine\n", encoding="utf-8")
    assert "the message en/service-title is said differently" in run_pipeline(root, "why", *ASKED).stdout
    assert report(root) == {"05_feedback"}
    assert (root / "build/tiny/2024/word.txt").read_text(encoding="utf-8") == "Mine"
    own.unlink()
    assert report(root) == {"05_feedback"}


def test_a_new_raw_file_and_a_new_key_are_changes(root: Path) -> None:
    (root / "data/raw/tiny/2024/second.csv").touch()
    assert "second.csv is new" in run_pipeline(root, "why", *ASKED).stdout
    assert "01_clean" in report(root)
    done = run_pipeline(root, "why", *ASKED, EVALUATION_KEY="another key, long enough")
    assert "the key of pseudonyms is another" in done.stdout


def test_outputs_saved_in_a_notebook_are_no_change_and_cells_are(root: Path) -> None:
    path = root / "studies/tiny/notebooks/05_feedback.ipynb"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"execution_count": null', '"execution_count": 5'), encoding="utf-8")
    assert report(root) == set()
    write_notebook(root, "05_feedback", "1 + 2")
    assert report(root) == {"05_feedback"}


def test_what_another_notebook_says_now_is_said_once(root: Path) -> None:
    """The ledger that a notebook left before it was changed is no part of the next report."""
    says = 'with this.ledger("{}") as ledger:\n    ledger.number("moved", 1.0)\n'
    reads = "from pipeline.ledger.entries import read_results\nread_results(this.results_folder)\n"
    write_notebook(root, "06_aims", says.format("06_aims"))
    write_notebook(root, "08_report", CELLS["08_report"] + reads)
    assert {"06_aims", "08_report-en"} <= report(root)
    write_notebook(root, "06_aims", "2 + 3")
    write_notebook(root, "02_programme", CELLS["02_programme"] + "\n" + says.format("02_programme"))
    assert {"02_programme", "06_aims", "08_report-en"} <= report(root)
    assert report(root) == set()


def test_plan_run_tells_what_would_run_and_runs_nothing(root: Path) -> None:
    edit(root, "seed: 1", "seed: 3")
    lines = run_pipeline(root, "plan-run", *ASKED).stdout.splitlines()
    assert [line.split()[1] for line in lines] == ["unchanged", "runs", *["unchanged"] * 7, "runs"]
    assert "if 02_programme changed" in lines[-1]
    assert report_of(root) == "6 1 Score 12 "


def test_reading_what_one_does_not_wait_for_is_refused(root: Path) -> None:
    write_notebook(root, "02_programme", '(this.build / "seed.txt").write_text((this.build / "label.txt").read_text())')
    done = run_pipeline(root, "report", *ASKED)
    assert done.returncode == 1
    assert "02_programme reads a result of 03_effects without waiting for it" in done.stderr
    assert "label.txt" in done.stderr
    assert report_of(root) == "6 1 Score 12 "


@pytest.mark.parametrize("asked", [("report", *ASKED), ("--help",), ("report", "--edtion", "1")])
def test_what_is_known_at_once_loads_no_library(made: Path, asked: tuple[str, ...]) -> None:
    """That nothing changed, what can be typed, and what was mistyped."""
    probe = (
        "import atexit, sys\n"
        "slow = {'pandas', 'numpy', 'pydantic', 'yaml', 'papermill', 'rich', 'pipeline.study'}\n"
        "atexit.register(lambda: print('loaded:', slow & set(sys.modules)))\n"
        "sys.argv[0] = 'pipeline'\n"
        "from pipeline.__main__ import main\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe, *asked],
        cwd=CODE,
        env={**os.environ, "EVALUATION_ROOT": str(made)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Nothing has changed" in done.stdout or asked[-1] != "embedded"
    assert done.stdout.rstrip().endswith("loaded: set()"), done.stdout + done.stderr


def test_the_last_edition_s_ledger_is_an_input_of_the_report(root: Path) -> None:
    (root / "data/raw/tiny/2023").mkdir()
    (root / "data/raw/tiny/2023/panel.csv").write_text("1\n", encoding="utf-8")
    reading = """
last = this.last_published(lang, "ledger.json")
(draft / "report.html").write_text(last.read_text() if last else "")
"""
    write_notebook(root, "08_report", CELLS["08_report"] + reading)
    report(root)
    assert report(root) == set()
    keep(Record("tiny", 2023, Headline({})), root)  # the last edition is the one whose record is the newest
    assert report(root) == {"08_report-en"}
    ledger = root / "reports/tiny/2023/en/ledger.json"
    ledger.parent.mkdir(parents=True)
    for content in ("{}", "[]"):
        ledger.write_text(content, encoding="utf-8")
        assert report(root) == {"08_report-en"}
        assert report_of(root) == content
        assert report(root) == set()
    ledger.unlink()
    assert report(root) == {"08_report-en"}
    assert report_of(root) == ""
