"""Which groups are compared, and which are said not to be."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipeline.chapters import heterogeneity
from pipeline.languages.catalogue import say
from pipeline.ledger.entries import Ledger, read_results
from pipeline.study import Study
from tests.chapters.robust_sample import effects_of, schools
from tests.given import Given


@pytest.mark.parametrize("small", [True, False])
def test_a_group_that_is_not_compared_is_named_below_both_tables(medan: Study, tmp_path: Path, small: bool) -> None:
    study = medan.model_copy(update={"outcomes": medan.outcomes[:1]})
    panel = schools(90)
    number = panel["unit"].str[1:].astype(int)
    panel["level"] = ["SD" if n < 40 else "SMP" if n < (88 if small else 70) else "SMA" for n in number]
    with Ledger("04_robustness", tmp_path) as ledger:
        heterogeneity.record(ledger, Given(study, tmp_path, {"panel": panel}, effects_of(study, panel)))
    found = read_results(tmp_path)
    rows = pd.DataFrame(found.tables["tbl_heterogeneity_effects"].rows).query("feature == 'level'")
    assert set(rows["group"]) == {"SD", "SMP"} | (set() if small else {"SMA"})
    for table in ("tbl_heterogeneity_effects", "tbl_heterogeneity_tests"):
        for lang, words in (("id", "Tidak dibandingkan: SMA"), ("en", "Not compared: SMA")):
            notes = " ".join(say(note, lang) for note in found.tables[table].notes)
            assert (words in notes) is small
            assert (study.program.unit_label.model_dump()[lang] in notes) is small
