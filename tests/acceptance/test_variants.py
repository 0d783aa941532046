"""On data whose truth is known the estimates cover it, and the report's sentences say what the data allow."""

from __future__ import annotations

import json
import re

import pytest

from pipeline.audit.bounds import narrowed, too_few
from pipeline.chapters import outline
from pipeline.chapters.analysis import estimate_outcome
from pipeline.clean.run import CleanResult
from pipeline.languages.catalogue import say
from pipeline.ledger.entries import read_ledgers, read_results
from pipeline.ledger.gate import WITHHELD
from pipeline.report import tables
from pipeline.report.document import build_document
from pipeline.report.wording import alternative
from pipeline.study import ROOT, Study
from tests.conftest import make_workspace
from tests.demo_study import analyse, blank_figures

CAUSAL = {
    "id": ("bukti kuat adanya kenaikan", "bukti sedang adanya kenaikan"),
    "en": ("strong evidence of an increase", "moderate evidence of an increase"),
}
QUICK = [("no_effect", "small"), ("harmful", "small")]
WHOLE = [
    ("diverging_pretrends", "small"),
    *((name, "full") for name in ("no_effect", "harmful", "diverging_pretrends", "few_clusters")),
]


@pytest.fixture(
    scope="module", params=[*QUICK, *(pytest.param(case, marks=pytest.mark.slow) for case in WHOLE)], ids="-".join
)
def variant(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    name, size = request.param
    workspace = make_workspace(tmp_path_factory.mktemp(name), name, size)
    with blank_figures() as above:
        # The specification curve moves no verdict; of the small variants it is left out.
        this, effects, verdicts = analyse(workspace, without=("04_specification",) if size == "small" else ())
    text = {}
    for lang in ("id", "en"):
        path = build_document(
            this.study, this.year, lang, this.results_folder, workspace / lang, layout=outline.write, root=workspace
        )
        text[lang] = path.read_text(encoding="utf-8")
    truth = json.loads((workspace / "truth" / f"{name}-{size}.json").read_text(encoding="utf-8"))
    gated = read_results(this.results_folder)  # as the documents had it: the gate works once
    return name, effects, verdicts, text, truth, gated, above, read_ledgers(this.results_folder)


def test_sentences_follow_the_truth(variant) -> None:
    name, _, verdicts, text, *_ = variant
    codes = {outcome: verdict.code for outcome, verdict in verdicts.items()}
    if name == "no_effect":
        assert set(codes.values()) <= {"none", "weak"}, codes
        assert "no evidence of an increase was found" in text["en"]
        assert "tidak ditemukan bukti adanya kenaikan" in text["id"]
    if name == "harmful":
        assert {codes["literacy"], codes["innovative_methods"]} <= {"decline", "weak_decline"}, codes
        assert "evidence of a decrease" in text["en"]
        assert "ditinjau segera" in text["id"] or "decline" not in codes.values()
    if name == "diverging_pretrends":
        # A difference in trend of this size is refused, or called weak at most.
        assert {codes["literacy"], codes["numeracy"]} <= {"not_credible", "weak", "none"}, codes
        assert ("no statement on an effect is made" in text["en"]) == ("not_credible" in codes.values())
        assert ("tidak diberikan pernyataan tentang efek" in text["id"]) == ("not_credible" in codes.values())
    if name == "few_clusters":
        assert "strong" not in codes.values(), "six kecamatan cannot carry strong evidence"
    else:
        for lang, words in CAUSAL.items():
            assert not any(word in text[lang] for word in words)


def test_rows_have_headings_and_a_dash_is_not_a_withheld_cell(variant) -> None:
    """Of every table of the ledger and of the text, in both languages."""
    *_, text, _, gated, _, _ = variant
    assert len(gated.tables) > 30
    for lang in ("id", "en"):
        for name, table in gated.tables.items():
            where = f"{name}, {lang}"
            first = table.columns[0]
            printed = [tables.cell(row.get(first.key), first, lang, "school_year", where) for row in table.rows]
            assert all(cell.strip() for cell in printed), where
            if not table.rows:
                continue
            block = tables.block(name, table, lang, period_kind="school_year")
            withheld = any(WITHHELD in row.values() for row in table.rows)
            assert (say("report-withheld", lang) in block) == withheld, where
            cells = [cell.strip() for line in block.splitlines() if line.startswith("|") for cell in line.split("|")]
            assert tables.DASH not in cells or say("report-missing", lang) in block, where
        assert blank_headings(text[lang]) == []


def blank_headings(markdown: str) -> list[str]:
    """Rows of tables, below their head, that begin with an empty cell."""
    found, body = [], False
    for line in markdown.splitlines():
        begins = bool(re.match(r"\|:?-+:?\||\+:?=+:?\+", line))
        body = begins or (body and line.startswith(("|", "+")))
        if body and re.match(r"\|\s*\|", line):
            found.append(line)
    return found


def test_a_row_without_its_heading_would_be_found() -> None:
    pipe = "| a | b |\n|:--|--:|\n| x | 1 |\n|   | 2 |\n"
    grid = "+---+---+\n| a | b |\n|   | c |\n+:==+==:+\n| x | 1 |\n+---+---+\n|   | 2 |\n+---+---+\n"
    assert blank_headings(pipe) == ["|   | 2 |"]
    assert blank_headings(grid) == ["|   | 2 |"]
    assert blank_headings("| a |\n|:--|\n| x |\n\n|   | no table |") == []


def test_no_hidden_cell_can_be_worked_out(variant) -> None:
    *_, published, _, recorded = variant
    assert narrowed(recorded, published) + too_few(published, recorded.thresholds) == []


def test_estimates_lie_near_the_truth(variant) -> None:
    name, effects, _, _, truth, *_ = variant
    for outcome, found in effects.items():
        overall = found.main.overall
        near = abs(overall.value - truth["effects"][outcome]["simple"]) < 3 * overall.se
        assert near or name == "diverging_pretrends", outcome


def test_committed_demonstration_covers_its_truth(medan: Study, demonstration: CleanResult) -> None:
    """Each main estimate on the data that are shipped lies within its own 95 % interval of the known truth."""
    truth = json.loads((ROOT / "tests/demo/truth/standard-full.json").read_text(encoding="utf-8"))["effects"]
    assert {outcome.name for outcome in medan.outcomes} == set(truth)
    for outcome in medan.outcomes:
        overall = estimate_outcome(medan, demonstration.tables["panel"], outcome).main.overall
        assert overall.low <= truth[outcome.name]["simple"] <= overall.high, outcome.name


def test_every_figure_has_its_message_as_its_title(variant) -> None:
    *_, above, recorded = variant
    assert len(recorded.figures) > 20
    assert {stem.partition(".")[0] for stem in above} == set(recorded.figures)
    assert [stem for stem, message in above.items() if not message] == []


def test_every_figure_s_alternative_begins_with_the_message_above_it(variant) -> None:
    """A reader who listens hears first what a reader who looks reads first."""
    *_, above, recorded = variant
    others = []
    for stem, message in above.items():
        name, _, lang = stem.partition(".")
        told = alternative(recorded.figures[name], lang)
        said = told.startswith(message) and len(told) > len(message) + 20
        others += [] if said else [stem]
    assert others == []


def test_titles_of_figures_count_what_their_numbers_say(variant) -> None:
    """No title claims a side of zero on which the figure's own intervals do not lie."""
    name, *_, recorded = variant
    rows = [row for row in recorded.tables["fig_events"].rows if row["event_time"] >= 0 and row["value"] is not None]
    outcomes = {row["outcome"] for row in rows}
    wanted = sum(all(row["low"] > 0 for row in rows if row["outcome"] == one) for one in outcomes)
    unwanted = sum(all(row["high"] < 0 for row in rows if row["outcome"] == one) for one in outcomes)
    title = alternative(recorded.figures["fig_events"], "en")
    assert ("In all" in title and "wanted side" in title) == (wanted == len(outcomes)), title
    assert ("that is not wanted" in title) == (unwanted == len(outcomes)), title
    if "Outcomes with every interval" in title:
        assert f"on the wanted side of zero: {wanted} of {len(outcomes)}; on the other side: {unwanted};" in title
    for one in outcomes:
        own = [row for row in rows if row["outcome"] == one]
        good, bad = sum(row["low"] > 0 for row in own), sum(row["high"] < 0 for row in own)
        told = alternative(recorded.figures[f"fig_event_{one}"], "en")
        assert f"intervals on the wanted side of zero: {good} of {len(own)}, on the other: {bad}" in told, told
    if name == "harmful":
        assert wanted == 0
