"""The first page: what it says follows from every declared aim, the worst as well as the best, in both languages."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from pipeline.chapters import facts, summary
from pipeline.chapters.lines import lines_of
from pipeline.chapters.reasons import REASONS
from pipeline.clean.run import clean_study
from pipeline.languages import locale
from pipeline.languages.catalogue import say
from pipeline.languages.known import languages
from pipeline.languages.message import msg
from pipeline.report.wording import VERDICTS
from pipeline.study import ROOT
from pipeline.study.parts import Scale
from tests.chapters.summary_page import Written, drawn_once, summary_page, uncomfortable  # noqa: F401 - fixtures

MOST_WORDS = 25
"""Mean words of a sentence of the summary."""


def test_every_declared_aim_has_its_line(page, medan) -> None:
    cells = page().cells("en")
    aims = [aim.label.en for aim in medan.aims if aim.kind == "aim"]
    assert all(cell["aim"] for cell in cells)
    assert list(dict.fromkeys(cell["aim"] for cell in cells)) == aims
    assert {"Literacy score", "Numeracy score", "Index of innovative methods"} <= {cell["measure"] for cell in cells}


@pytest.mark.parametrize("lang", languages())
def test_a_claim_that_is_judged_by_itself_is_marked_and_the_mark_explained(page, lang) -> None:
    written = page({"pupil_activity": ("none", "interval_includes_zero", 3)})
    marked = {cell["measure"]: cell["answer"].endswith("†") for cell in written.cells(lang)}
    english = {
        cell["measure"]: there["measure"] for cell, there in zip(written.cells(lang), written.cells("en"), strict=True)
    }
    told = {english[name]: mark for name, mark in marked.items()}
    assert told["Index of innovative methods"], "no primary outcome"
    assert not told["Literacy score"], "judged with the other primary outcome"
    assert not told["Index of pupils' activity"], "nothing is claimed"
    notes = [say(note, lang) for note in written.results.tables["tbl_summary"].notes]
    assert any(note.startswith("†") for note in notes)


@pytest.mark.parametrize("code", VERDICTS)
@pytest.mark.parametrize("lang", languages())
def test_each_verdict_has_its_answer_and_no_size_where_nothing_is_said(page, code, lang) -> None:
    silent = code in ("not_credible", "not_assessable")
    steps = 0 if silent else 3
    found = page({"literacy": (code, "breakdown_below_one", steps)}).cells(lang)
    line = next(cell for cell in found if cell["measure"] in ("Literacy score", "Skor literasi"))
    assert line["answer"] == say(f"summary-answer-{code.replace('_', '-')}", lang)
    assert (line["size"] == "–") == silent
    assert str(steps) in line["security"]


@pytest.mark.parametrize("reason", [code for code in REASONS if code in sum(facts.CHANGES.values(), ())])
def test_what_limits_a_finding_stands_beside_its_steps(page, reason) -> None:
    found = page({"literacy": ("weak", reason, 2)}).cells("en")
    kind = next(kind for kind, reasons in facts.CHANGES.items() if reason in reasons)
    assert found[-2]["security"] == f"2 of 5: {say(f'summary-limit-{kind}', 'en')}"


def test_every_reason_that_can_limit_has_a_kind_and_every_kind_its_words() -> None:
    """A reason caps a grade or refuses it; what only explains cannot limit."""
    from pipeline.methods.effects.judgement import verdict

    table = re.findall(r"^   \| `(\w+)`(?:, `(\w+)`)? \|", verdict.__doc__ or "", re.MULTILINE)
    capping = {name for row in table for name in row if name}
    assert len(capping) > 15
    known = set(sum(facts.CHANGES.values(), ()))
    assert capping <= known
    assert known <= set(REASONS)


def test_the_size_is_told_in_points_and_ranks(page, medan) -> None:
    line = page().cells("en")[-2]
    assert line["size"] == "0.145\N{NO-BREAK SPACE}SD: 1.6 of 100 points; rank 50 to 56"


def test_a_scale_is_refused_where_the_effect_is_in_no_standard_deviations(medan) -> None:
    literacy = medan.outcome("literacy")
    with pytest.raises(ValueError, match="what a standard deviation is worth"):
        type(literacy).model_validate({**literacy.model_dump(), "unit": "log_points"})
    assert isinstance(literacy.scale, Scale)


@pytest.mark.slow
def test_declared_scales_are_those_of_the_shipped_data(medan, tmp_path) -> None:
    """The study says where the worth of a standard deviation is from; it is that of the demonstration's data."""
    made = clean_study(medan, 2024, medan.raw_root(ROOT), tmp_path)
    scores, treatment = made.tables["scores"], made.tables["treatment"]
    never = scores[scores["unit"].map(treatment.set_index("unit")["cohort"]).isna()]
    found = never.groupby(["period", "grade", "subject"])["score"].std().groupby("subject").mean()
    for name in ("literacy", "numeracy"):
        assert medan.outcome(name).scale.sd == pytest.approx(found[name], abs=0.05)


# --- what is least comfortable ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("code", ["strong", "weak", "decline", "none", "mixed", "not_credible", "not_assessable"])
def test_the_headline_is_a_sentence_whatever_the_verdict(page, code, lang) -> None:
    """ "There is" is said of evidence alone: no report says that there is an effect that cannot be assessed."""
    doc = page(texts={"headline": code}).doc(lang)
    text = doc.sentence(msg(summary.headline_phrase(doc), outcomes=["Literacy"]))
    assert "(Literacy)" in text
    there_is = {"en": "there is", "id": "terdapat"}.get(lang)
    if there_is:
        assert (there_is in text) == (code in ("strong", "weak", "decline"))


def test_a_fragile_finding_names_its_reason(page) -> None:
    found = uncomfortable(page({"numeracy": ("weak", "few_treated", 3)}))
    assert "What is found on Numeracy score is held back: " in found
    alike = page().said("en", lambda doc: facts.uncomfortable(doc, most=9))
    assert (
        "Index of pupils' activity, Literacy score, and others is held back: a divergence of trends as large" in alike
    )
    assert alike.count("(@tbl-verdict)") == 1


def test_what_would_change_the_judgement_follows_what_limits_it(page) -> None:
    found = page({"literacy": ("weak", "few_treated", 2)}).said("en", facts.would_change)
    assert "if in edition 2025 the interval of an effect that is shown here comes to include zero" in found
    same = page({"literacy": ("weak", "few_treated", 2)}).said("id", facts.would_change)
    assert "edisi 2025 selang efek yang di sini terlihat menjadi memuat nol" in same, (
        "one that includes it does so today"
    )
    assert "more schools or areas take part" in found
    assert "a new cohort, whose earlier trend is alike or which is drawn by lot, shows the same effect" in found
    assert "further years" not in found  # they add nothing before the start of cohorts that are judged already
    assert "placebo" not in found
    harmed = dict.fromkeys(("literacy", "numeracy", "innovative_methods", "pupil_activity"), ("decline", "nothing", 5))
    assert "interval of a worsening includes zero" in page(harmed).said("en", facts.would_change)


def test_costs_stand_beside_what_they_bring_about(page) -> None:
    tables = {
        "costs": pd.DataFrame({"period": [2020, 2021, 2022], "activity": "workshop", "amount": [5e6, 1e6, 3e6]}),
        "schools": pd.DataFrame(
            {"unit": ["a", "b"] * 2, "period": [2021, 2021, 2022, 2022], "pupils": [100, 50, 100, 50]}
        ),
        "treatment": pd.DataFrame({"unit": ["a", "b"], "cohort": pd.array([2021, None], "Int64")}),
    }
    found = page(tables=tables)
    # 4 million since the first entry over 200 pupil-years in the school that entered
    assert found.results.numbers["cost_pupil"].value == pytest.approx(20_000)
    assert found.results.numbers["cost_tenth_literacy"].value == pytest.approx(20_000 * 0.1 / 0.145)
    assert "cost_tenth_pupil_activity" not in found.results.numbers
    rows = {row["what"]: row["value"] for row in found.results.tables["tbl_costs"].rows}
    assert rows["spent"] == 4e6
    assert rows["pupils"] == 200
    assert rows["each"] == pytest.approx(20_000)
    assert rows["literacy"] == found.results.numbers["cost_tenth_literacy"].value
    doc = found.doc("en")
    summary.results(doc)
    assert "20,000 rupiah per pupil per year where it had begun (@tbl-costs)" in doc.markdown()
    none = page({"literacy": ("none", "interval_includes_zero", 5)}, tables=tables)
    assert "cost_tenth_literacy" not in none.results.numbers


@pytest.mark.parametrize("lang", languages())
def test_sentences_of_the_page_are_short(page, lang) -> None:
    variants = [page(), page({"numeracy": ("decline", "nothing", 5), "literacy": ("weak", "few_treated", 2)})]
    for found in variants:
        doc = found.doc(lang)
        summary.results(doc)
        prose = [b for b in doc.blocks if not b.lstrip().startswith(("|", "!", "#", ":"))]
        text = re.sub(r"\*\*|@[\w-]+|\[.*?\]", "", " ".join(prose))
        sentences = [s for s in re.split(r"(?<=[.?!:])\s+(?=[A-Z0-9])", text) if len(s.split()) > 2]
        assert sum(len(s.split()) for s in sentences) / len(sentences) <= MOST_WORDS
        assert max(len(s.split()) for s in sentences) <= 2 * MOST_WORDS


def test_a_study_without_aims_lists_its_outcomes(page, medan) -> None:
    found = page(study=medan.model_copy(update={"aims": []}))
    cells = found.cells("en")
    assert [cell["measure"] for cell in cells] == [o.label.en for o in medan.outcomes]
    assert "aim" not in cells[0]
    assert [line.outcome for line in lines_of(found.study, found.results)] == [o.name for o in medan.outcomes]
    assert locale.number(0.145, "en", 3) in cells[0]["size"]
