"""Cluster-robust covariances for few clusters: CR1, CR2, CR3, Satterthwaite degrees of freedom, Hotelling's test.

Bell & McCaffrey (2002, Survey Methodology 28, 169-181); Pustejovsky & Tipton (2018, Journal of Business & Economic
Statistics 36, 672-683), working model of independent errors of one variance. Their adjustment matrices are of the size
of a cluster. Here the regressors are first made orthonormal, X = Q R; then A_g Q_g = Q_g f(S_g) with S_g = Q_g'Q_g and

    f(S) = I (CR1),   (I - S)^(-1/2) (CR2),   (I - S)^(-1) (CR3),

so everything is of the size of the number of regressors. Fixed effects nested in the clusters are swept out first, which
leaves f unchanged, since Q_g is orthogonal to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
import scipy

from pipeline.errors import DesignError
from pipeline.methods.effects.design import Design, refuse_large
from pipeline.methods.effects.estimate import Estimate, normal_interval

Kind = Literal["CR1", "CR1S", "CR2", "CR3"]
_FULL = 1e-10
"""An eigenvalue of S this near 1: the cluster alone determines that direction, and its residual tells nothing."""


@dataclass(frozen=True)
class Test:
    """F statistic with its degrees of freedom and p value; `value` and `se` for a single contrast."""

    statistic: float
    df_numerator: int
    df: float
    p: float
    value: float = np.nan
    se: float = np.nan


@dataclass(frozen=True, eq=False)
class Regression:
    """A least-squares fit, ready for any cluster-robust covariance.

    Attributes:
        names: Regressors, in order.
        coefficients: One a regressor.
        residuals: One a row.
        scores: Clusters × k, sums of q_it e_it.
        S: Clusters × k × k, Q_g'Q_g.
        R_inverse: k × k, of X = Q R.
        n_obs, n_absorbed: Rows; fixed effects swept out.
    """

    names: tuple[str, ...]
    coefficients: np.ndarray
    residuals: np.ndarray
    scores: np.ndarray
    S: np.ndarray
    R_inverse: np.ndarray
    n_obs: int
    n_absorbed: int

    @property
    def n_clusters(self) -> int:
        return len(self.scores)

    def covariance(self, kind: Kind = "CR2") -> np.ndarray:
        """Covariance of the coefficients, k × k.

        CR1: factor G/(G-1). CR1S: that times (N-1)/(N-k), fixed effects nested in the clusters not counted in k.
        """
        s = np.einsum("gab,gb->ga", self._adjustment(kind), self.scores)
        G, N, k = self.n_clusters, self.n_obs, len(self.names)
        factor = {"CR1": G / (G - 1), "CR1S": G / (G - 1) * (N - 1) / (N - k)}.get(kind, 1.0)
        return np.asarray(factor * self.R_inverse @ (s.T @ s) @ self.R_inverse.T)

    def t_test(self, contrast: Sequence[float] | str, kind: Kind = "CR2") -> Test:
        """Test of one linear combination (or of the regressor named) being zero.

        CR2 and CR3: Satterthwaite degrees of freedom (Pustejovsky & Tipton 2018, equation 11); CR1, CR1S: G - 1.
        """
        c = np.array([float(n == contrast) for n in self.names]) if isinstance(contrast, str) else np.asarray(contrast)
        value = float(c @ self.coefficients)
        se = float(np.sqrt(c @ self.covariance(kind) @ c))
        df = self.n_clusters - 1.0
        if kind in ("CR2", "CR3"):
            B = self._products(self.R_inverse.T @ c[:, None], kind)[0, 0]
            df = float(np.trace(B) ** 2 / (B**2).sum())
        t = value / se if se > 0 else np.nan
        return Test(t**2, 1, df, float(2 * scipy.stats.t(df).sf(abs(t))), value, se)

    def wald_test(self, contrasts: np.ndarray, kind: Kind = "CR2") -> Test:
        """Joint test that the linear combinations (rows of q × k) are zero.

        CR2: approximate Hotelling T^2 with degrees of freedom matched to the working model (Pustejovsky & Tipton 2018,
        equations 12 and 13). CR1, CR1S: F(q, G - 1).

        Raises:
            DesignError: The combinations are linearly dependent, or too few clusters for so many.
            ValueError: `kind` is CR3, for which no such approximation is published.
        """
        if kind == "CR3":
            raise ValueError("the approximate Hotelling test is for CR2")
        C = np.atleast_2d(contrasts)
        q = len(C)
        b, V = C @ self.coefficients, C @ self.covariance(kind) @ C.T
        if np.linalg.matrix_rank(V) < q:
            raise DesignError("Too few clusters for so many restrictions at once.", expected=f"more than {q}")
        wald = float(b @ np.linalg.solve(V, b))
        if kind != "CR2":
            df = self.n_clusters - 1.0
            return Test(wald / q, q, df, float(scipy.stats.f(q, df).sf(wald / q)))
        # Normalised by the mean of C V C' under the working model: C (X'X)^-1 C', unless a cluster fills a direction alone
        directions = self.R_inverse.T @ C.T
        values, vectors = np.linalg.eigh(np.einsum("stgg->st", self._products(directions, kind)))
        root = (vectors / np.sqrt(values)) @ vectors.T
        B = self._products(directions @ root, kind)
        total = np.einsum("stgh,tsgh->", B, B) + np.einsum("ssgh,ttgh->", B, B)
        eta = q * (q + 1) / float(total)
        df = eta - q + 1
        if not df > 0:
            raise DesignError("Too few clusters for so many restrictions at once.", expected=f"more than {q}")
        F = df / (eta * q) * wald
        return Test(F, q, df, float(scipy.stats.f(q, df).sf(F)))

    def _adjustment(self, kind: Kind) -> np.ndarray:
        """f(S_g) for every cluster."""
        power = {"CR1": 0.0, "CR1S": 0.0, "CR2": -0.5, "CR3": -1.0}[kind]
        values, vectors = np.linalg.eigh(self.S)
        left = 1 - values
        scale = np.where(left > _FULL, np.maximum(left, _FULL) ** power, 0.0)
        return np.asarray(np.einsum("gab,gb,gcb->gac", vectors, scale, vectors))

    def _products(self, directions: np.ndarray, kind: Kind) -> np.ndarray:
        """p_sg'p_th of the paper under the working model, q × q × G × G; `directions` is k × q, columns R^-T c."""
        v = self._adjustment(kind) @ directions
        Sv = self.S @ v
        B = -np.einsum("gas,hat->stgh", Sv, Sv)
        g = np.arange(self.n_clusters)
        B[:, :, g, g] += np.einsum("gas,gat->stg", v, Sv)
        return np.asarray(B)


def regress(
    y: np.ndarray, regressors: pd.DataFrame, cluster: np.ndarray, absorb: np.ndarray | None = None
) -> Regression:
    """Least squares of y on the regressors, with the fixed effects of `absorb` swept out.

    Args:
        y: One value a row.
        regressors: One column each; with `absorb`, no constant.
        cluster: Cluster of each row.
        absorb: Group of each row whose effect is swept out; each group lies in one cluster.

    Raises:
        DesignError: One cluster; collinear regressors; a group of `absorb` in two clusters; no row to spare.
    """
    codes = pd.factorize(cluster, sort=True)[0]
    if codes.max() < 1:
        raise DesignError("All units belong to one cluster.", expected="two clusters or more")
    columns = np.column_stack([regressors.to_numpy(float), np.asarray(y, float)])
    absorbed = 0
    if absorb is not None:
        groups = pd.factorize(absorb)[0]
        absorbed = int(groups.max()) + 1
        if len(np.unique(np.column_stack([groups, codes]), axis=0)) > absorbed:
            raise DesignError("A unit lies in two clusters.", expected="units nested in clusters")
        columns = columns - (_sums(columns, groups) / np.bincount(groups)[:, None])[groups]
    inner, outcome = columns[:, :-1], columns[:, -1]
    if np.linalg.matrix_rank(inner) < inner.shape[1]:
        raise DesignError("The regressors are collinear.", where=", ".join(map(str, regressors.columns)))
    Q, R = np.linalg.qr(inner)
    inverse = np.linalg.inv(R)
    residuals = outcome - Q @ (Q.T @ outcome)
    parts = np.split(Q[np.argsort(codes, kind="stable")], np.cumsum(np.bincount(codes))[:-1])
    return Regression(
        names=tuple(map(str, regressors.columns)),
        coefficients=inverse @ (Q.T @ outcome),
        residuals=residuals,
        scores=_sums(Q * residuals[:, None], codes),
        S=np.stack([part.T @ part for part in parts]),
        R_inverse=inverse,
        n_obs=len(outcome),
        n_absorbed=absorbed,
    )


def two_way(
    design: Design, cluster: Literal["unit", "cluster"] = "cluster", kind: Kind = "CR2", level: float = 0.95
) -> Estimate:
    """The coefficient of "under treatment now" beside unit and period effects; `extra["df"]` its degrees of freedom.

    Raises:
        DesignError: One cluster, or treatment does not vary within units and periods.
    """
    design.refuse_weights("The two-way regression with small-sample covariances")
    data, k = design.repeated().data, len(design.periods)
    refuse_large(
        "The small-sample covariance of the two-way regression", float(max(len(data), design.n_clusters * k)) * k, 2e7
    )
    X = pd.DataFrame({"treated": (data["event_time"] >= 0).astype(float)})
    for t in sorted(data["t"].unique())[1:]:
        X[f"t{t}"] = (data["t"] == t).astype(float)
    fit = regress(data["y"].to_numpy(), X, data[cluster].to_numpy(), data["unit"].to_numpy())
    test = fit.t_test("treated", kind)
    low, high, p = normal_interval(test.value, test.se, level, test.df)
    return Estimate(
        estimand="att_twfe",
        estimator="twfe",
        value=test.value,
        se=test.se,
        low=low,
        high=high,
        p=p,
        n_obs=len(data),
        n_units=int(data["unit"].nunique()),
        n_treated=int(data.loc[data["cohort"].notna(), "unit"].nunique()),
        n_clusters=fit.n_clusters,
        inference=f"{kind.lower()}_{cluster}",
        level=level,
        extra={"df": test.df, "kind": kind},
    )


def _sums(columns: np.ndarray, codes: np.ndarray) -> np.ndarray:
    out = np.zeros((codes.max() + 1, columns.shape[1]))
    np.add.at(out, codes, columns)
    return out
