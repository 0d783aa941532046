"""Exhibit of inference with few clusters: the same effect under each law, one table a primary outcome."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pipeline.chapters.analysis import OutcomeEffects, finite
from pipeline.chapters.words import P, effect_columns
from pipeline.errors import DesignError, TooLargeError
from pipeline.languages.message import Text, msg, plain
from pipeline.ledger.counts import NOTHING
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects import Estimate, GroupTime, twfe
from pipeline.methods.effects.estimate import normal_interval
from pipeline.methods.effects.group_time.cell_means import by_cluster
from pipeline.methods.effects.inference import (
    cluster_bootstrap,
    conley,
    randomisation_test,
    restricted_bootstrap,
    two_way,
)
from pipeline.methods.effects.inference.conley import coordinates_of
from pipeline.methods.effects.inference.wild import wild_cluster_bootstrap
from pipeline.notebook import Edition
from pipeline.report.doc import Doc, Part
from pipeline.study import Outcome, Study

CUTOFFS_KM = (2.0, 5.0, 10.0)
ESTIMANDS = {
    "att": msg("inference-estimands-att"),
    "att_twfe": msg("inference-estimands-att-twfe"),
}
_METHODS = {
    "unit_normal": "inference-methods-unit-normal",
    "cluster_normal": "inference-methods-cluster-normal",
    "cluster_t": "inference-methods-cluster-t",
    "multiplier": "inference-methods-multiplier",
    "restricted": "inference-methods-restricted",
    "cr1s": "inference-methods-cr1s",
    "cr2": "inference-methods-cr2",
    "cr3": "inference-methods-cr3",
    "wild_rademacher": "inference-methods-wild-rademacher",
    "wild_webb": "inference-methods-wild-webb",
    "randomisation": "inference-methods-randomisation",
}


@dataclass(frozen=True)
class _Options:
    level: float
    draws: int
    permutations: int
    seed: int
    control: Any
    assigned_at: Any


def record(ledger: Ledger, context: Edition) -> None:
    """The overall effect on each primary outcome under each kind of inference.

    Where the panel has `latitude` and `longitude` of every unit, spatial standard errors stand among them.
    """
    study, effects = context.study, context.effects
    options = _Options(
        level=study.inference.level,
        draws=study.inference.wild_draws,
        permutations=study.inference.bootstrap_draws,
        seed=study.seed,
        control=study.inference.control,
        assigned_at=study.program.assigned_at,
    )
    primary = [o for o in study.outcomes if o.role == "primary" and o.name in effects]
    if primary:
        ledger.text("inference_areas", "no" if _own_clusters(effects[primary[0].name]) else "yes")
    places = coordinates_of(context.panel) if primary else None
    for outcome in primary:
        found = effects[outcome.name]
        rows = _rows(found, options, places)
        _table(ledger, study, outcome, found, pd.DataFrame(rows))
        _numbers(ledger, outcome, pd.DataFrame(rows), 1 - study.inference.level)


def _rows(found: OutcomeEffects, options: _Options, places: pd.DataFrame | None) -> list[dict[str, Any]]:
    design, main, seed, draws = found.design, found.main, options.seed, options.draws
    level, control = options.level, options.control
    methods: dict[str, Callable[[], Estimate]] = {
        "unit_normal": lambda: _influence(main, "unit", level, small=False),
        "cluster_normal": lambda: _influence(main, "cluster", level, small=False),
        "cluster_t": lambda: _influence(main, "cluster", level, small=True),
        "multiplier": lambda: cluster_bootstrap(main, draws, seed),
        "restricted": lambda: (
            found.wild or restricted_bootstrap(design, control=control, draws=draws, seed=seed, level=level)
        ),
        "randomisation": lambda: randomisation_test(
            design,
            control=control,
            assigned_at=options.assigned_at,
            strata=found.strata,
            draws=options.permutations,
            seed=seed,
            level=level,
        ),
        "cr1s": lambda: twfe.overall(design, "cluster", level),
        "cr2": lambda: two_way(design, kind="CR2", level=level),
        "cr3": lambda: two_way(design, kind="CR3", level=level),
        "wild_rademacher": lambda: wild_cluster_bootstrap(design, draws, "rademacher", seed, level),
        "wild_webb": lambda: wild_cluster_bootstrap(design, draws, "webb", seed, level),
    }
    if _own_clusters(found):
        del methods["cluster_normal"]  # the unit is its own cluster, so this row would repeat the first
    if places is not None:
        for km in CUTOFFS_KM:
            methods[f"conley_{km:g}"] = lambda km=km: conley(main, places, km)  # type: ignore[misc]
    rows = []
    for method, estimate in methods.items():
        try:
            rows.append(_row(method, estimate()))
        except DesignError as error:
            large = isinstance(error, TooLargeError)
            rows.append({"method": method, "estimand": _estimand(method), "refused": True, "large": large})
    return rows


def _influence(main: GroupTime, by: str, level: float, *, small: bool) -> Estimate:
    """The main estimate with its influence function summed by `by`; `small`: t with one degree fewer than draws."""
    labels = main.units[by].to_numpy()
    psi = main.scaled_influence if by == "unit" else by_cluster(main.scaled_influence[None, :], labels)[0]
    draws = int(np.count_nonzero(psi))  # those that carry the effect
    se, df = float(np.sqrt(psi @ psi)), draws - 1.0
    low, high, p = normal_interval(main.overall.value, se, level, df if small else np.inf)
    kept = {k: getattr(main.overall, k) for k in ("n_obs", "n_units", "n_treated", "value")}
    return Estimate(
        estimand="att",
        estimator="callaway_santanna",
        **kept,
        se=se,
        low=low,
        high=high,
        p=p,
        n_clusters=draws,
        inference=f"influence_function_{by}",
        level=level,
        extra={"df": df} if small else {},
    )


def _row(method: str, estimate: Estimate) -> dict[str, Any]:
    df = estimate.extra.get("df", estimate.n_clusters - 1.0 if method == "cr1s" else None)
    return {
        "method": method,
        "estimand": estimate.estimand,
        "draws": estimate.n_clusters,
        "df": df,
        "value": estimate.value,
        "se": finite(estimate.se),
        "low": finite(estimate.low),
        "high": finite(estimate.high),
        "p": finite(estimate.p),
        "refused": False,
    }


def _own_clusters(found: OutcomeEffects) -> bool:
    """Whether every unit is its own cluster, so that there is no level above it."""
    return found.design.n_clusters == found.design.n_units


def _estimand(method: str) -> str:
    return "att_twfe" if method.startswith(("cr", "wild")) else "att"


def _table(results: Ledger, study: Study, outcome: Outcome, found: OutcomeEffects, table: pd.DataFrame) -> None:
    results.table(
        f"tbl_inference_{outcome.name}",
        table.reindex(columns=["method", "estimand", "draws", "df", "value", "se", "low", "high", "p"]),
        [
            Column("method", msg("common-method"), "code", codes=_labels(study, found, table)),
            Column("estimand", msg("inference-what-is-tested"), "code", codes=ESTIMANDS),
            Column("draws", msg("inference-independent-draws"), "int", counts=NOTHING),
            Column("df", msg("common-degrees-freedom"), "number", 1),
            *effect_columns(outcome.decimals),
            Column("p", P, "p"),
        ],
        caption=msg("inference-same-effect-under-each-inference", outcome=outcome.label.model_dump()),
        notes=[
            msg("tbl-inference.notes"),
            *([msg("inference-pooled")] if found.main.overall.extra.get("variance") == "pooled" else []),
            *([msg("inference-too-large")] if _any_large(table) else []),
        ],
    )


def _any_large(table: pd.DataFrame) -> bool:
    return "large" in table and bool(table["large"].eq(True).any())


def _labels(study: Study, found: OutcomeEffects, table: pd.DataFrame) -> dict[str, Text]:
    cluster = msg("common-cluster")
    if _own_clusters(found):
        cluster = msg("common-unit")
    elif study.program.cluster_label is not None:
        cluster = study.program.cluster_label.model_dump()
    labels: dict[str, Text] = {method: msg(name, cluster=cluster) for method, name in _METHODS.items()}
    for method in table["method"]:
        if method.startswith("conley_"):
            km = method.removeprefix("conley_")
            labels[method] = msg("inference-spatial-conley-km", km=plain(float(km)))
    return labels


def _numbers(results: Ledger, outcome: Outcome, table: pd.DataFrame, alpha: float) -> None:
    """What the prose needs: how many methods, the range of p values, how many reject, Satterthwaite's degrees."""
    name, done = outcome.name, table[~table["refused"].astype(bool)]
    p = done.dropna(subset="p").set_index("method")["p"].astype(float)
    if p.empty:
        return
    rejecting = int((p < alpha).sum())
    results.number(f"inference_n_{name}", len(p), decimals=0)
    results.number(f"inference_rejecting_{name}", rejecting, decimals=0)
    for key, value in (("lowest", p.min()), ("highest", p.max())):
        results.number(f"inference_{key}_{name}", float(value), p=float(value))
    if "restricted" in p:
        results.number(f"inference_restricted_{name}", float(p["restricted"]), p=float(p["restricted"]))
    if "cr2" in p:
        row = done.set_index("method").loc["cr2"]
        results.number(f"inference_df_{name}", float(row["df"]), decimals=1)
        results.number(f"inference_clusters_{name}", int(row["draws"]), decimals=0)
    results.text(f"inference_agree_{name}", "all" if rejecting == len(p) else "some" if rejecting else "none")


# --- what the report says ---------------------------------------------------------------------------------------------


SMALL = 0.001
"""Where every p value is below this, their range says nothing."""
_AGREE = {"all": "inference-all-reject", "none": "inference-none-rejects"}


def about_outcome(doc: Doc, outcome: Any) -> Part:
    """How the kinds of inference agree on an outcome."""
    name = outcome.name
    small = doc.value(f"inference_highest_{name}") < SMALL
    agree = _AGREE.get(doc.code(f"inference_agree_{name}"), "inference-some-reject")
    said = ["inference-outcome", f"inference-{'small' if small else 'range'}", agree]
    said += ["inference-worth"] if doc.has(f"inference_df_{name}") else []
    return [doc.about(outcome, phrase) for phrase in said]


def robust(doc: Doc) -> None:
    """The section on inference with few clusters."""
    program = doc.study.program
    named = bool(program.cluster_label)
    doc.heading("inference-title", id="sec-inference")
    if program.assigned_at == "cluster":
        doc.paragraph("inference-areas-named" if named else "inference-areas")
    else:
        doc.paragraph("inference-units")
    if doc.has("inference_areas"):
        shared = "inference-shared-shocks" if named else "inference-shared-shocks-unnamed"
        doc.paragraph(shared if doc.code("inference_areas") == "yes" else "inference-no-level-above")
    doc.bullets(*(about_outcome(doc, o) for o in doc.primary("inference_n")))
    doc.paragraph("inference-randomisation", f"inference-assigned-{doc.study.program.timing}")
    for outcome in doc.primary():
        doc.table(f"tbl_inference_{outcome.name}")


def technical(doc: Doc) -> None:
    """The technical note on small samples of clusters, bootstraps and randomisation."""
    areas = doc.study.program.assigned_at == "cluster"
    permuted = "inference-permuted-areas" if areas else "inference-permuted-units"
    doc.paragraph("inference-technical", permuted, "inference-spatial")
