"""The audit finds what is given away: each attack is tried on an edition that is small, and on one that is mended."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from pipeline.audit.bounds import narrowed
from pipeline.audit.run import _earlier as earlier
from pipeline.audit.run import audit, keep_ledgers, refuse
from pipeline.audit.search import kinds_in, known_persons, persons_in
from pipeline.errors import DisclosureError
from pipeline.languages.message import literal
from pipeline.ledger.counts import Counts
from pipeline.ledger.entries import Column, Ledger, Results, read_ledgers
from pipeline.ledger.gate import WITHHELD, gate
from pipeline.private import made_private
from pipeline.run.clean import clean_made
from pipeline.run.steps import Target
from pipeline.study import Study

NUMBER = "19800101 200501 1 001"
WORD = literal("x")


def _edition(folder: Path, counts: dict[str, int], *, year: int = 2024, total: bool = True, figure: int = 0) -> Results:
    """A ledger of persons by activity, with the total in a sentence."""
    by_activity = Counts("persons", "attendance", by=("period", "activity"))
    frame = pd.DataFrame({"activity": counts.keys(), "persons": counts.values(), "period": year})
    with Ledger("02_programme", folder, languages=("en",)) as ledger:
        columns = [Column("activity", WORD), Column("persons", WORD, "int", counts=by_activity)]
        ledger.table("tbl_activities", frame, columns, caption=WORD)
        if total:
            all_of_year = Counts("persons", "attendance", at={"period": year})
            ledger.number("everybody", sum(counts.values()), counts=all_of_year)
        if figure:
            ledger.figure("fig_persons", lambda lang: _drawn(figure), caption=WORD, alt=WORD)
    return read_ledgers(folder)


def _drawn(points: int):
    from matplotlib.figure import Figure

    figure = Figure()
    figure.subplots().plot(range(points), [(k * 37) % 101 for k in range(points)], "o")
    return figure


@pytest.fixture(autouse=True)
def _private() -> Iterator[None]:
    """As in a run: what is written is closed to others."""
    with made_private():
        yield


def _target(study: Study, root: Path) -> Target:
    target = Target(study, 2024, ("en",), "auto", root)
    for folder in (target.build, target.processed):
        folder.mkdir(parents=True)
        folder.chmod(0o700)
    return target


def _shown_again(published: Results, recorded: Results, activity: str) -> Results:
    """What is published, with one hidden cell printed after all."""
    rows = [
        dict(old) if old["activity"] == activity else dict(new)
        for old, new in zip(
            recorded.tables["tbl_activities"].rows, published.tables["tbl_activities"].rows, strict=True
        )
    ]
    return replace(published, tables={"tbl_activities": replace(published.tables["tbl_activities"], rows=rows)})


def test_the_gate_leaves_nothing_for_the_audit_to_find(tmp_path: Path) -> None:
    recorded = _edition(tmp_path, {"course": 4, "seminar": 52, "workshop": 25})
    published = gate(recorded)
    hidden = [row["activity"] for row in published.tables["tbl_activities"].rows if row["persons"] == WITHHELD]
    assert "course" in hidden
    assert len(hidden) == 2
    assert narrowed(recorded, published) == []


@pytest.mark.parametrize("activity", ["course", "workshop"])
def test_a_cell_that_is_printed_after_all_is_found_with_its_table(tmp_path: Path, activity: str) -> None:
    recorded = _edition(tmp_path, {"course": 4, "seminar": 52, "workshop": 25})
    found = narrowed(recorded, _shown_again(gate(recorded), recorded, activity))
    assert any("course" in finding.what for finding in found)
    assert all("tbl_activities" in finding.places for finding in found)
    with pytest.raises(DisclosureError, match="tbl_activities") as stopped:
        refuse(found)
    assert " 4" not in str(stopped.value).replace("2024", "")


def test_last_years_report_and_this_one_are_added_up_together(tmp_path: Path) -> None:
    """Each report hides 2024's small cell with another companion: both together leave the small one alone."""
    counts = {"course": 4, "seminar": 52, "workshop": 25}
    recorded, old = _edition(tmp_path / "new", counts), _edition(tmp_path / "old", counts)
    published = gate(recorded)
    companion = next(
        row["activity"] for row in published.tables["tbl_activities"].rows
        if row["persons"] == WITHHELD and row["activity"] != "course"
    )  # fmt: skip
    other = _shown_again(published, recorded, companion)  # as an earlier edition that hid another cell for company
    assert narrowed(recorded, published, [(2023, old, gate(old))]) == []
    found = narrowed(recorded, published, [(2023, old, replace(other, numbers={}))])
    assert any("tbl_activities of 2023" in finding.places for finding in found)


def test_a_figure_of_a_point_a_person_is_found(medan: Study, tmp_path: Path) -> None:
    target = _target(medan, tmp_path)
    _edition(target.results, {"seminar": 52}, figure=900)
    assert any("draws more than" in finding.what for finding in audit(target))
    _edition(target.results, {"seminar": 52}, figure=20)
    assert audit(target) == []


@pytest.mark.parametrize(
    "file", ["failed/01_clean.ipynb", "notebooks/01_clean.html", "records/01_clean.json", "run.log"]
)
def test_a_persons_number_is_found_wherever_a_run_leaves_it(medan: Study, tmp_path: Path, file: str) -> None:
    target = _target(medan, tmp_path)
    _edition(target.results, {"seminar": 52})
    path = target.build / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"text": f"row of {NUMBER} is double"}), encoding="utf-8")
    found = audit(target)
    assert [finding.what for finding in found] == ["a number of a person"]
    with pytest.raises(DisclosureError) as stopped:
        refuse(found)
    assert file in str(stopped.value)
    assert NUMBER not in str(stopped.value)


def test_persons_are_found_in_tables_and_office_files(tmp_path: Path) -> None:
    pd.DataFrame({"birth_year": [1980]}).to_parquet(tmp_path / "a.parquet")
    pd.DataFrame({"note": ["Siti Rahma Lubis came"]}).to_parquet(tmp_path / "b.parquet")
    from docx import Document

    document = Document()
    document.add_paragraph(f"row of {NUMBER}")
    document.save(tmp_path / "report.docx")
    known = known_persons([pd.Series(["Siti Rahma Lubis"])])
    found = persons_in(sorted(tmp_path.iterdir()), tmp_path, known)
    assert [(finding.what, finding.places) for finding in found] == [
        ("a column birth_year", ("a.parquet",)),
        ("a name of a person", ("b.parquet",)),
        ("a number of a person", ("report.docx",)),
    ]


def test_counts_and_hashes_are_no_persons() -> None:
    assert kinds_in("1234567890 0.19800101200501 sha 198001012005011001ab 2018 2019 2020 2021", known_persons([])) == []


@pytest.mark.parametrize("name", ["results/02_programme.json", "stamp.json"])
def test_a_file_that_others_may_read_is_found(medan: Study, tmp_path: Path, name: str) -> None:
    target = _target(medan, tmp_path)
    _edition(target.results, {"seminar": 52})
    (target.build / "stamp.json").write_text("{}", encoding="utf-8")
    assert audit(target) == []
    (target.build / name).chmod(0o644)
    assert [finding.what for finding in audit(target)] == ["a file or folder that others may read"]
    target.processed.chmod(0o755)
    assert len(audit(target)) == 2


def test_a_persons_number_in_a_pdf_is_found_when_names_are_searched(medan: Study, tmp_path: Path) -> None:
    from matplotlib.figure import Figure

    target = _target(medan, tmp_path)
    _edition(target.results, {"seminar": 52})
    page = Figure()
    page.text(0.1, 0.5, f"row of {NUMBER}")
    page.savefig(target.build / "report.pdf")
    assert [finding.what for finding in audit(target, names=True)] == ["a number of a person"]


def test_a_published_edition_is_added_up_though_its_build_is_gone(medan: Study, tmp_path: Path) -> None:
    new = _target(medan, tmp_path)
    old = replace(new, edition=new.edition - 1)
    _edition(old.results, {"seminar": 52})
    keep_ledgers(old)
    shutil.rmtree(old.build)
    assert earlier(new) == [], "what was never published is known to nobody"
    old.published("id").mkdir(parents=True)
    assert [year for year, _, _ in earlier(new)] == [old.edition]
    kept = tmp_path / "data" / "published" / medan.name / old.folder
    assert [path.name for path in kept.iterdir()] != []
    modes = {path: path.stat().st_mode & 0o777 for path in [kept, *kept.iterdir()]}
    assert set(modes.values()) == {0o700, 0o600}
    clean_made(tmp_path)
    assert [year for year, _, _ in earlier(new)] == [old.edition]
