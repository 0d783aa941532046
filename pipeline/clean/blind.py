"""Blinding: participation is dealt out anew among units, so that text and code can be reviewed before the effect is seen.

Everything that tells who took part (cohort, list of participants, training register) moves together from one unit to
another of the same level; outcomes stay where they are. Whatever is estimated afterwards is an estimate of nothing.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

TREATMENT_TABLES = ("treatment", "participation", "training")


def permuted_units(units: pd.DataFrame, seed: int) -> dict[str, str]:
    """Which unit gets whose participation: a permutation of the units within each level.

    Args:
        units: `unit` and, where units have one, `level` or the `stratum` of a lot; one row a unit.
        seed: The study's seed; the permutation is drawn from it alone, so that a blind report can be made again.
    """
    rng = np.random.default_rng([seed, 0xB11D])
    new: dict[str, str] = {}
    within = [name for name in ("level", "stratum") if name in units]
    groups = units.groupby(within[0], sort=True) if within else [("", units)]
    for _, group in groups:
        names = sorted(group["unit"])
        new |= dict(zip(names, rng.permutation(names).tolist(), strict=True))
    return new


def blind_tables(tables: dict[str, pd.DataFrame], seed: int) -> dict[str, pd.DataFrame]:
    """The tidy tables with participation permuted; call it before a panel is put together, or with a ready one."""
    known = tables["schools"] if "schools" in tables else tables["panel"]
    first = known.sort_values(["unit", "period"]).drop_duplicates("unit")
    new = permuted_units(first[[name for name in ("unit", "level", "stratum") if name in first]], seed)
    moved = {}
    for name in TREATMENT_TABLES:
        if name in tables:
            table = tables[name].assign(unit=tables[name]["unit"].map(new))
            order = [c for c in ("period", "unit", "person", "start", "activity", "jp") if c in table]
            moved[name] = table.sort_values(order, ignore_index=True, kind="stable")
    if "training" in moved:
        moved["training"] = _other_persons(moved["training"], seed)
    if "panel" in tables:
        moved["panel"] = blind_panel(tables["panel"], seed)  # the same permutation: same units, same seed
    if "batches" in tables:
        moved["batches"] = _other_batches(tables["batches"], seed)
    return {**tables, **moved}


def _other_persons(training: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The register with its persons dealt out anew, so that no person's own outcome meets the own training."""
    rng = np.random.default_rng([seed, 0xB11D, 1])
    names = sorted({*training["person"], *training["mentor"].dropna()})
    new = dict(zip(names, rng.permutation(names).tolist(), strict=True))
    return training.assign(person=training["person"].map(new), mentor=training["mentor"].map(new, na_action="ignore"))


def _other_batches(batches: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The survey's batches with their years of entry dealt out anew."""
    rng = np.random.default_rng([seed, 0xB11D, 2])
    cohort = batches.drop_duplicates("batch").sort_values("batch").set_index("batch")["cohort"]
    dealt = pd.Series(cohort.array[rng.permutation(len(cohort))], index=cohort.index)
    return batches.assign(cohort=batches["batch"].map(dealt).astype("Int64"))


def blind_panel(panel: pd.DataFrame, seed: int) -> pd.DataFrame:
    """A ready panel with its units' cohorts permuted."""
    columns = [name for name in ("unit", "level", "stratum") if name in panel]
    new = permuted_units(panel.drop_duplicates("unit")[columns], seed)
    cohort = panel.drop_duplicates("unit").set_index("unit")["cohort"].rename(index=new)
    dealt = panel.assign(cohort=panel["unit"].map(cohort).astype(panel["cohort"].dtype))
    return dealt.drop(columns="under_treatment", errors="ignore")  # it would tell who took part
