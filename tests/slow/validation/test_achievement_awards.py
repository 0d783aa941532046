"""Achievement awards in 35 Israeli schools (Angrist & Lavy 2009), every test of Pustejovsky & Tipton (2018), table 1.

The same formulas are checked without these data in tests/methods/effects/test_effects_inference.py.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline.methods.effects.inference import Regression, regress

ROOT = Path(__file__).resolve().parents[3]
SECTORS = ("Religious", "Secular")


@pytest.fixture(scope="module")
def girls() -> pd.DataFrame:
    folder = Path(os.environ.get("SHARED_DATA", ROOT.parent / "shared" / "data"))
    data = pd.read_csv(folder / "achievement_awards_rct.csv.gz")
    return data[(data["sex"] == "Girl") & (data["year"] != 1999)].reset_index(drop=True)


def fitted(girls: pd.DataFrame, moderated: bool) -> Regression:
    """Certificate on sector by year, the pupils' background, the treatment of 2001 by half; schools' effects absorbed."""
    X = girls[["father_ed", "mother_ed", "immigrant"]].astype(float)
    X["many_siblings"] = girls["siblings"] >= 4
    for quartile in (2, 3, 4):
        X[f"quartile_{quartile}"] = girls["qrtl"] == quartile
    for year in (2001, 2002):
        X[f"year_{year}"] = girls["year"] == year
        for sector in SECTORS:
            X[f"year_{year}_{sector}"] = X[f"year_{year}"] & (girls["school_type"] == sector)
    for half in (1, 2):
        X[f"treated_{half}"] = (girls["treated"] == 1) & (girls["year"] == 2001) & (girls["half"] == half)
        for sector in SECTORS if moderated else ():
            X[f"treated_{half}_{sector}"] = X[f"treated_{half}"] & (girls["school_type"] == sector)
    school = girls["school_id"].to_numpy()
    return regress(girls["Bagrut_status"].to_numpy(), X.astype(float), school, school)


def test_sample(girls):
    assert (len(girls), girls["school_id"].nunique()) == (5921, 35)


@pytest.mark.parametrize(
    ("terms", "standard", "hotelling"),
    [
        (["treated_2"], ("5.746", "34.00", "0.02217"), ("5.169", "18.13", "0.03539")),
        (["treated_1", "treated_2"], ("3.848", "34.00", "0.03116"), ("3.389", "16.97", "0.05775")),
        (
            ["treated_2_Religious", "treated_2_Secular"],
            ("3.186", "34.00", "0.05393"),
            ("1.665", "7.84", "0.24959"),
        ),
        (
            [f"treated_{half}_{sector}" for half in (1, 2) for sector in SECTORS],
            ("8.213", "34.00", "0.00010"),
            ("3.091", "3.69", "0.16057"),
        ),
    ],
)
def test_published_tests(girls, terms, standard, hotelling):
    fit = fitted(girls, moderated=len(terms[0].split("_")) > 2)
    contrasts = np.array([[float(name == term) for name in fit.names] for term in terms])
    for kind, printed in (("CR1", standard), ("CR2", hotelling)):
        test = fit.wald_test(contrasts, kind)
        assert (f"{test.statistic:.3f}", f"{test.df:.2f}", f"{test.p:.5f}") == printed
    if len(terms) == 1:
        assert f"{fit.t_test(terms[0]).value:.4f}" == "0.1101"
