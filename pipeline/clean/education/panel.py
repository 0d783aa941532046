"""The panel of schools: entry, standardised outcomes, covariates."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.clean.education.sums import COUNT, SUMS, pupil_sums, require_scale, scales, standardised_sums
from pipeline.clean.tables import Cleaner
from pipeline.errors import SourceError
from pipeline.study import Study


def gathered(cleaner: Cleaner) -> dict[str, pd.DataFrame]:
    """The tables of pupils of whom only sums are kept; none where there are none."""
    sums = cleaner.pupils.sums()
    return {} if sums is None else {SUMS: sums, COUNT: pd.DataFrame({"pupils": [cleaner.pupils.count()]})}


def treatment(tables: dict[str, pd.DataFrame], shown: str) -> pd.DataFrame:
    """Each school's cohort: the first year in which it is listed as taking part.

    Args:
        tables: `schools` and `participation`.
        shown: The raw folder's name, for errors.

    Raises:
        SourceError: A school that is still open is no longer listed: treatment switches off.
    """
    schools, participation = tables["schools"], tables["participation"]
    first = participation.groupby("unit")["period"].min()
    listed = set(zip(participation["unit"], participation["period"], strict=True))
    still = schools[schools["status_note"].isin(["open", "new"]) & schools["unit"].isin(first.index)]
    for unit, period in zip(still["unit"], still["period"], strict=True):
        if period > first[unit] and (unit, period) not in listed:
            raise SourceError(
                f"School {unit} took part from {first[unit]} and is not listed in {period}, though it is open.",
                where=f"{shown}/{period}",
                expected="a school that has entered stays in the list: treatment does not switch off",
                todo="Add the school to that year's list, or close it in the school list.",
                code="switches_off",
            )
    units = sorted(schools["unit"].unique())
    cohort = pd.Series(first).reindex(units).astype("Int64")
    return pd.DataFrame({"unit": units, "cohort": cohort.to_numpy()}).astype({"cohort": "Int64"})


def standardised_pupils(scores: pd.DataFrame, cohorts: pd.Series) -> pd.DataFrame:
    """The scores with `z`: in standard deviations of pupils of never-treated schools, within year × grade × subject.

    Standardising within each test keeps a change of its scale from becoming an effect.
    """
    joined = scores.merge(scales(pupil_sums(scores), cohorts), on=["period", "grade", "subject"], how="left")
    require_scale(joined, "year × grade × subject")
    return joined.assign(z=(joined["score"] - joined["mean"]) / joined["std"]).drop(columns=["mean", "std"])


def standardised_scores(scores: pd.DataFrame, cohorts: pd.Series) -> pd.DataFrame:
    """School means of pupils' standardised scores (`sums.standardised_sums`)."""
    return standardised_sums(pupil_sums(scores), cohorts)


def standardised_means(means: pd.DataFrame, levels: pd.DataFrame, cohorts: pd.Series, names: list[str]) -> pd.DataFrame:
    """Yearly school means of observed indices in standard deviations of never-treated schools, within year × level."""
    joined = means.merge(levels, on=["unit", "period"], how="left")
    out = joined[["unit", "period"]].copy()
    for name in names:
        never = joined[joined["unit"].map(cohorts).isna()]
        scale = never.groupby(["period", "level"])[name].agg(["mean", "std"]).reset_index()
        with_scale = joined[["period", "level", name]].merge(scale, on=["period", "level"], how="left")
        require_scale(with_scale, "year × level")
        out[name] = ((with_scale[name] - with_scale["mean"]) / with_scale["std"]).to_numpy()
        out[f"n_{name}"] = joined["visits"].astype("Int64")
    return out


def covariates(schools: pd.DataFrame, teachers: pd.DataFrame | None) -> pd.DataFrame:
    """`log_pupils`, `level_smp` and, where there is a roster, `share_pns` by school and year."""
    pupils = schools["pupils"].astype("float64")
    frame = pd.DataFrame(
        {
            "unit": schools["unit"],
            "period": schools["period"],
            "log_pupils": np.log(pupils.where(pupils > 0)),
            "level_smp": (schools["level"] == "SMP").astype(float),
        }
    )
    if teachers is None:
        return frame
    pns = teachers.assign(share_pns=(teachers["employment"] == "PNS").astype(float))
    share = pns.groupby(["unit", "period"], as_index=False)["share_pns"].mean()
    return frame.merge(share, on=["unit", "period"], how="left")


def assemble(study: Study, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The panel of a study from raw files, sorted by unit and period.

    Raises:
        DesignError: No never-treated school to standardise on, or no outcome at all.
    """
    cohorts = tables["treatment"].set_index("unit")["cohort"]
    open_now = tables["schools"][tables["schools"]["status_note"].isin(["open", "new"])]
    levels = open_now[["unit", "period", "level"]]
    names = [outcome.name for outcome in study.outcomes if outcome.source == "observations"]
    sums = tables[SUMS] if SUMS in tables else pupil_sums(tables["scores"])
    parts = [standardised_sums(sums, cohorts)]
    if names:
        parts.append(standardised_means(tables["observations"], levels, cohorts, names))
    outcomes = parts[0]
    for part in parts[1:]:
        outcomes = outcomes.merge(part, on=["unit", "period"], how="outer")
    panel = open_now[["unit", "period", "level", "kecamatan"]].merge(outcomes, on=["unit", "period"], how="inner")
    panel = panel.rename(columns={"kecamatan": "cluster"})
    panel = panel.merge(covariates(open_now, tables.get("staff")), on=["unit", "period"], how="left")
    panel["cohort"] = panel["unit"].map(cohorts).astype("Int64")
    panel["cluster"] = panel.groupby("unit")["cluster"].transform("first")
    missing = [
        outcome.name for outcome in study.outcomes if panel.get(outcome.name, pd.Series(dtype=float)).notna().sum() == 0
    ]
    if missing:
        raise SourceError(f"The outcome {missing[0]!r} has no value at all.", where=f"data/raw/{study.name}/")
    first = ["unit", "period", "level", "cluster", "cohort", *study.outcome_names]
    rest = [column for column in panel.columns if column not in first]
    return panel[[*first, *rest]].sort_values(["unit", "period"], ignore_index=True)
