"""Who was reached, by hand: persons on record, mean hours, and the share that reached the yearly minimum."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipeline.chapters import programme, programme_figures
from pipeline.languages.catalogue import say
from pipeline.languages.known import languages
from pipeline.ledger.counts import share_step
from pipeline.ledger.drawn import drawn
from pipeline.ledger.entries import Ledger, read_results
from pipeline.report.doc import Doc
from pipeline.report.prose import Prose
from tests.demo_study import blank_figures
from tests.given import Given


def _tables() -> dict[str, pd.DataFrame]:
    """Forty persons in two years; in the second, twelve attend 30 hours in two parts, eight 10 hours, six stay away."""
    staff = pd.DataFrame([{"person": f"p{k}", "period": year} for k in range(40) for year in (2023, 2024)])
    rows = [(f"p{k}", 2024, 15.0, True, "workshop") for k in range(12)] + [
        (f"p{k}", 2024, 15.0, True, "seminar") for k in range(12)
    ]
    rows += [(f"p{k}", 2024, 10.0, True, "workshop") for k in range(12, 20)]
    rows += [(f"p{k}", 2024, 40.0, False, "workshop") for k in range(20, 26)]
    rows += [(f"p{k}", 2023, 25.0, True, "workshop") for k in range(30, 37)]
    return {"staff": staff, "training": pd.DataFrame(rows, columns=["person", "period", "jp", "attended", "activity"])}


@pytest.mark.parametrize("lang", languages())
def test_reach_counts_those_that_came_and_hours_of_the_last_year(medan, tmp_path, lang) -> None:
    sources = {name: medan.sources[name] for name in ("staff", "training")}
    program = medan.program.model_copy(update={"tiles": {}})
    study = medan.model_copy(update={"sources": sources, "program": program})
    with blank_figures(), Ledger("02_programme", tmp_path / "ledger") as ledger:
        programme._training(ledger, Given(study, tmp_path, _tables()))
    found = read_results(tmp_path / "ledger")
    numbers = {name: found.numbers[name].value for name in ("n_trained_staff", "jp_mean", "share_min_jp")}
    assert numbers == {"n_trained_staff": 27, "jp_mean": pytest.approx(11.0), "share_min_jp": pytest.approx(30.0)}
    doc = Doc(Prose(study, 2024, lang, found, tmp_path / "figures"))
    said = doc.sentence("results-trained", programme.msg("results-hours", hours=programme.MINIMUM_JP))
    for words in {"en": ("27", "11.0", "30.0%", "20 JP"), "id": ("27", "11,0", "30,0%", "20 JP")}[lang]:
        assert words in said


@pytest.mark.parametrize("twice", [False, True])
def test_persons_stand_beside_attendances_where_they_are_others(medan, tmp_path, twice: bool) -> None:
    done = _tables()["training"].query("attended")
    if twice:
        done = pd.concat([done, done.head(3)])
    with Ledger("02_programme", tmp_path / "ledger") as ledger:
        programme._kinds(ledger, done)
    table = read_results(tmp_path / "ledger").tables["tbl_training"]
    assert ("persons" in [column.key for column in table.columns if column.shown]) == twice
    assert (say("tbl-training.once", "en") in say(table.notes, "en")) != twice


@pytest.mark.parametrize(
    ("n", "step"), [(6, 0.5), (20, 0.2), (30, 0.1), (60, 0.05), (120, 0.05), (172, 0.02), (3000, 0.001)]
)
def test_a_mean_share_leaves_room_for_members(n, step) -> None:
    """Between two roundings lie as many members' worth as a cell must have, and no step is coarser than it need be."""
    assert share_step(n, 3) == pytest.approx(step)
    assert n * share_step(n, 3) >= 3 * (1 - 1e-9)


def test_a_hidden_district_has_a_mark_and_no_bar() -> None:
    """A bar of nothing would say, in the data beside the figure, that nobody took part there."""
    table = pd.DataFrame(
        {
            "kecamatan": ["Medan Baru", "Medan Kota", "Medan Area"],
            "schools": [5, 9, 12],
            "participating": [float("nan"), 0.0, 7.0],
            "suppressed": [True, False, False],
        }
    )
    figure = programme_figures.draw_coverage(table, "en")
    figure.draw_without_rendering()
    rows = [row for row in drawn(figure) if row["mark"] == "bar" and row["series"] == "Participating schools"]
    assert {row["y_name"]: row["x_end"] for row in rows} == {"Medan Kota": 0.0, "Medan Area": 7.0}
    assert [row["y_name"] for row in drawn(figure) if row["mark"] == "points"] == ["Medan Baru"]


def test_every_outcome_that_is_judged_has_a_row_of_how_groups_stood_before(medan, tmp_path) -> None:
    """The verdicts speak of gaps in level of all of them; covariates stand last."""
    draw = np.random.default_rng(7)
    rows = [(f"u{k}", period, 2022 if k % 2 else None) for k in range(60) for period in (2020, 2021, 2022)]
    panel = pd.DataFrame(rows, columns=["unit", "period", "cohort"]).astype({"cohort": "Int64"})
    panel = panel.assign(cluster=panel["unit"], weight=1.0)
    for name in (*medan.outcome_names, *medan.covariates):
        panel[name] = draw.normal(size=len(panel))
    with Ledger("02_programme", tmp_path) as ledger:
        programme._balance(ledger, medan, panel)
    found = read_results(tmp_path)
    assert [row["variable"] for row in found.tables["tbl_balance"].rows] == [*medan.outcome_names, *medan.covariates]
    assert {f"baseline_{name}" for name in medan.outcome_names} <= set(found.numbers)


def test_a_share_is_rounded_by_the_units_of_its_own_row(medan, tmp_path) -> None:
    """An outcome that few units have does not take the decimals of a share that all have."""
    draw = np.random.default_rng(3)
    rows = [(f"u{k}", period, 2022 if k % 2 else None) for k in range(400) for period in (2020, 2021, 2022)]
    panel = pd.DataFrame(rows, columns=["unit", "period", "cohort"]).astype({"cohort": "Int64"})
    panel = panel.assign(cluster=panel["unit"], literacy=draw.integers(0, 2, len(panel)).astype(float))
    panel = panel.assign(numeracy=panel["literacy"].where(panel["unit"].isin([f"u{k}" for k in range(20)])))
    study = medan.model_copy(
        update={"outcomes": [medan.outcome("literacy"), medan.outcome("numeracy")], "covariates": []}
    )
    with Ledger("02_programme", tmp_path) as ledger:
        programme._balance(ledger, study, panel)
    table = read_results(tmp_path).tables["tbl_balance"]
    means = {row["variable"]: row["treated_mean"] for row in table.rows}
    assert means["literacy"] == pytest.approx(round(means["literacy"] / 0.02) * 0.02)
    assert means["numeracy"] in (0.0, 0.5, 1.0)
    assert "0.5 or less" in say(table.notes, "en")
