"""Scales of a survey: scores, reliability, and invariance of measurement over waves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy

from pipeline.study.survey import Scale

LEAST_ANSWERED = 0.5
"""Share of a scale's items that must be answered for a score."""


def turned(answers: pd.DataFrame, scale: Scale, points: int) -> pd.DataFrame:
    """The scale's items with reversed ones turned (1 becomes `points`), so that more always means more."""
    return pd.DataFrame(
        {i.name: points + 1 - answers[i.name] if i.reversed else answers[i.name] for i in scale.items},
        index=answers.index,
    )


def score(items: pd.DataFrame) -> pd.Series:
    """Mean of the answered items, missing where fewer than `LEAST_ANSWERED` of them are."""
    return items.mean(axis=1).where(items.notna().mean(axis=1) >= LEAST_ANSWERED)


@dataclass(frozen=True)
class Reliability:
    """Cronbach's alpha with its interval, and McDonald's omega of a one-factor model."""

    alpha: float
    low: float
    high: float
    omega: float | None
    n: int


def reliability(items: pd.DataFrame, level: float = 0.95) -> Reliability:
    """Reliability of a scale's items (turned), on complete answers.

    alpha = k/(k-1) (1 - Σ s_i² / s_total²) (Cronbach 1951) with Feldt's interval: (1 - true alpha)/(1 - alpha) follows F
    on n-1 and (n-1)(k-1) degrees of freedom (Feldt, Woodruff & Salih 1987); omega = (Σλ)²/((Σλ)² + Σψ) of the
    maximum-likelihood one-factor model (McDonald 1999, eq. 6.20), None where that model has no proper solution.

    Args:
        items: One column an item, turned.
        level: Coverage of alpha's interval.
    """
    full = items.dropna().to_numpy(float)
    n, k = full.shape
    covariance = np.cov(full, rowvar=False)
    alpha = k / (k - 1) * (1 - np.trace(covariance) / covariance.sum())
    outer = (1 - level) / 2
    freedom = (n - 1, (n - 1) * (k - 1))
    low = 1 - (1 - alpha) * scipy.stats.f.ppf(1 - outer, *freedom)
    high = 1 - (1 - alpha) * scipy.stats.f.ppf(outer, *freedom)
    return Reliability(float(alpha), float(low), float(high), omega(covariance, n), n)


def omega(covariance: np.ndarray, n: int) -> float | None:
    """McDonald's omega from a covariance matrix of `n` answers; None without a proper one-factor solution."""
    fit = fit_groups([(np.zeros(len(covariance)), covariance, n)], "configural")
    if fit is None:
        return None
    loadings, unique = fit.loadings[0], fit.unique[0]
    common = loadings.sum() ** 2
    return float(common / (common + unique.sum()))


@dataclass(frozen=True)
class GroupFit:
    """A one-factor model over groups: chi-squared, its degrees of freedom, CFI, and estimates by group."""

    chi2: float
    df: int
    cfi: float
    loadings: list[np.ndarray]
    unique: list[np.ndarray]


def fit_groups(groups: list[tuple[np.ndarray, np.ndarray, int]], kind: str) -> GroupFit | None:
    """Maximum-likelihood one-factor model with means over groups (Jöreskog 1971; Sörbom 1974).

    In group g: Σ_g = φ_g λ_g λ_g' + Ψ_g and μ_g = τ_g + κ_g λ_g. "configural": λ and τ free in each group (φ = 1, κ = 0);
    "metric": λ equal, φ free but in the first; "scalar": λ and τ equal, φ and κ free but in the first. The discrepancy is
    Σ n_g [ln|Σ_g| - ln|S_g| + tr(S_g Σ_g⁻¹) - k + (m_g - μ_g)'Σ_g⁻¹(m_g - μ_g)].

    Args:
        groups: Mean vector, covariance matrix and number of answers of each group.
        kind: "configural", "metric" or "scalar".

    Returns:
        The fit; None where the search does not converge or a unique variance is not positive (Heywood case).
    """
    k, count = len(groups[0][0]), len(groups)
    equal_loadings, equal_means = kind != "configural", kind == "scalar"
    n_load, n_tau = (k if equal_loadings else k * count), (k if equal_means else k * count)
    extra = (count - 1) * (equal_loadings + equal_means)

    def unpack(x: np.ndarray) -> list[tuple[np.ndarray, np.ndarray, np.ndarray, float, float]]:
        loads, rest = x[:n_load], x[n_load:]
        taus, rest = rest[:n_tau], rest[n_tau:]
        logs, rest = rest[: k * count], rest[k * count :]
        out = []
        for g in range(count):
            lam = loads if equal_loadings else loads[g * k : (g + 1) * k]
            tau = taus if equal_means else taus[g * k : (g + 1) * k]
            phi = float(np.exp(np.clip(rest[g - 1], -6, 6))) if equal_loadings and g else 1.0
            kappa = float(rest[count - 1 + g - 1]) if equal_means and g else 0.0
            out.append((lam, tau, np.exp(np.clip(logs[g * k : (g + 1) * k], -12, 6)), phi, kappa))
        return out

    def discrepancy(x: np.ndarray) -> tuple[float, np.ndarray]:
        total, gathered = 0.0, []
        for (mean, cov, n), (lam, tau, psi, phi, kappa) in zip(groups, unpack(x), strict=True):
            # Sherman-Morrison: one factor needs no matrix inverse
            scaled = lam / psi
            denominator = 1 + phi * float(lam @ scaled)
            log_det = float(np.log(psi).sum()) + np.log(denominator)
            inverse = np.diag(1 / psi) - (phi / denominator) * np.outer(scaled, scaled)
            gap = mean - tau - kappa * lam
            seen = inverse @ gap
            total += n * (log_det + float(np.sum(cov * inverse)) + float(gap @ seen))
            # by Σ: Σ⁻¹ - Σ⁻¹(S + dd')Σ⁻¹, with d the gap of means
            by_sigma = n * (inverse - inverse @ cov @ inverse - np.outer(seen, seen))
            across = by_sigma @ lam
            by_lam = 2 * phi * across - 2 * n * kappa * seen
            gathered.append(
                (by_lam, -2 * n * seen, np.diag(by_sigma) * psi, float(lam @ across) * phi, -2 * n * lam @ seen)
            )
        whole = sum(n for _, _, n in groups)
        return total / whole, pack(gathered) / whole

    def pack(parts: list[tuple[np.ndarray, np.ndarray, np.ndarray, float, float]]) -> np.ndarray:
        """Derivatives by group as the derivative by the parameters: what groups share is added up."""
        loads, taus, logs, by_phi, by_kappa = (list(column) for column in zip(*parts, strict=True))
        out = [np.sum(loads, axis=0) if equal_loadings else np.concatenate(loads)]
        out += [np.sum(taus, axis=0) if equal_means else np.concatenate(taus), np.concatenate(logs)]
        out += [np.array(by_phi[1:])] if equal_loadings else []
        out += [np.array(by_kappa[1:])] if equal_means else []
        return np.concatenate(out)

    start = _start(groups, n_load, n_tau, extra)
    options = {"maxiter": 2000, "maxfun": 200_000, "ftol": 1e-14, "gtol": 1e-9}
    found = scipy.optimize.minimize(discrepancy, start, jac=True, method="L-BFGS-B", options=options)
    parts = unpack(found.x)
    sizes = [n for _, _, n in groups]
    saturated = sum(n * (np.linalg.slogdet(cov)[1] + k) for _, cov, n in groups) / sum(sizes)
    chi2 = max(0.0, float((found.fun - saturated) * sum(sizes)))
    free = n_load + n_tau + k * count + extra
    df = count * (k + k * (k + 1) // 2) - free
    if any((psi < 1e-4).any() for _, _, psi, _, _ in parts) or not np.isfinite(chi2):
        return None
    loadings = [lam * np.sqrt(phi) for lam, _, _, phi, _ in parts]
    return GroupFit(chi2, df, _cfi(groups, chi2, df), loadings, [psi for _, _, psi, _, _ in parts])


def _start(groups: list[tuple[np.ndarray, np.ndarray, int]], n_load: int, n_tau: int, extra: int) -> np.ndarray:
    k = len(groups[0][0])
    loads = [0.7 * np.sqrt(np.diag(cov)) for _, cov, _ in groups]
    means = [mean for mean, _, _ in groups]
    first = np.mean(loads, axis=0) if n_load == k else np.concatenate(loads)
    second = np.mean(means, axis=0) if n_tau == k else np.concatenate(means)
    logs = np.concatenate([np.log(0.5 * np.diag(cov)) for _, cov, _ in groups])
    return np.concatenate([first, second, logs, np.zeros(extra)])


def _cfi(groups: list[tuple[np.ndarray, np.ndarray, int]], chi2: float, df: int) -> float:
    """Comparative fit against independent items with free means and variances in each group (Bentler 1990)."""
    k = len(groups[0][0])
    null = sum(n * (np.log(np.diag(cov)).sum() - np.linalg.slogdet(cov)[1]) for _, cov, n in groups)
    null_df = len(groups) * k * (k - 1) // 2
    top = max(chi2 - df, 0.0)
    bottom = max(null - null_df, top, 1e-12)
    return float(1 - top / bottom)


CFI_DROP = 0.01
"""A greater fall of CFI from one level of invariance to the next speaks against it (Cheung & Rensvold 2002)."""


def invariance(items: pd.DataFrame, waves: pd.Series, least: int = 50) -> pd.DataFrame:
    """Invariance of a scale over waves: one row a level with chi-squared, df, CFI, p of the step, and whether it holds.

    Args:
        items: Turned items.
        waves: The wave of each row.
        least: Fewest complete answers of a wave that is used.

    Returns:
        `level` (configural, metric, scalar), `chi2`, `df`, `cfi`, `p_step`, `holds`; empty where fewer than two waves
        have enough answers or a model has no proper solution.
    """
    full = items.dropna()
    groups = []
    for _, part in full.groupby(waves[full.index]):
        if len(part) >= least:
            values = part.to_numpy(float)
            groups.append((values.mean(axis=0), np.cov(values, rowvar=False, bias=True), len(values)))
    rows: list[tuple[str, float, int, float, float, bool]] = []
    before: GroupFit | None = None
    for level in ("configural", "metric", "scalar") if len(groups) > 1 else ():
        fit = fit_groups(groups, level)
        if fit is None:
            return pd.DataFrame(columns=["level", "chi2", "df", "cfi", "p_step", "holds"])
        step, holds = np.nan, fit.cfi >= 0.90
        if before is not None:
            step = float(scipy.stats.chi2.sf(max(0.0, fit.chi2 - before.chi2), fit.df - before.df))
            holds = before.cfi - fit.cfi <= CFI_DROP
        rows.append((level, fit.chi2, fit.df, fit.cfi, step, bool(holds)))
        before = fit
    return pd.DataFrame(rows, columns=["level", "chi2", "df", "cfi", "p_step", "holds"])


def batch_panel(answers: pd.DataFrame, value: pd.Series, weights: pd.Series, batches: pd.DataFrame) -> pd.DataFrame:
    """Weighted means of a value by batch and wave: `unit` (batch), `period`, `cohort`, `cluster`, `n`, `value`.

    Args:
        answers: `batch` and `period`.
        value, weights: Aligned with `answers`; rows without a value are left out.
        batches: `batch`, `cohort`, `cluster`.
    """
    frame = answers[["batch", "period"]].assign(value=value, weight=weights).dropna(subset=["value", "batch"])
    frame["product"] = frame["value"] * frame["weight"]
    sums = frame.groupby(["batch", "period"]).agg(
        product=("product", "sum"), weight=("weight", "sum"), n=("value", "size")
    )
    panel = sums.reset_index().assign(value=lambda t: t["product"] / t["weight"])
    known = batches.drop_duplicates("batch").set_index("batch")
    panel["cohort"] = panel["batch"].map(known["cohort"]).astype("Int64")
    panel["cluster"] = panel["batch"].map(known["cluster"])
    return panel.rename(columns={"batch": "unit"})[["unit", "period", "cohort", "cluster", "n", "value"]]
