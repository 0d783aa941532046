"""Settings of the demonstration: sizes, variances, and the truth that only tests read.

Effects are in standard deviations of the comparison group: pupils' for literacy and numeracy, schools' for the indices
of observed lessons. They follow a chain: training moves teaching methods, these move pupils' activity, and that moves
achievement; each link is a factor.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pipeline.errors import UserError

PERIODS = (2018, 2019, 2020, 2021, 2022, 2023, 2024)
GAP = (2020,)
"""School years without assessment and observation (2019/2020)."""
COHORTS = (2021, 2022, 2023)
OUTCOMES = ("literacy", "numeracy", "innovative_methods", "pupil_activity")

# Public SD and SMP by kecamatan in 2019, from the national list of schools.
PUBLIC_SCHOOLS: dict[str, tuple[int, int]] = {
    "Medan Kota": (18, 5), "Medan Sunggal": (17, 1), "Medan Helvetia": (21, 2), "Medan Denai": (33, 1),
    "Medan Barat": (10, 3), "Medan Deli": (21, 4), "Medan Tuntungan": (22, 3), "Medan Belawan": (25, 1),
    "Medan Amplas": (22, 2), "Medan Area": (23, 1), "Medan Johor": (23, 2), "Medan Marelan": (28, 4),
    "Medan Labuhan": (26, 4), "Medan Tembung": (11, 5), "Medan Maimun": (11, 2), "Medan Polonia": (5, 0),
    "Medan Baru": (10, 1), "Medan Perjuangan": (11, 0), "Medan Petisah": (13, 1), "Medan Timur": (24, 2),
    "Medan Selayang": (8, 2),
}  # fmt: skip


@dataclass(frozen=True)
class Faults:
    """Share of rows that a fault of the offices strikes, by kind."""

    duplicate: float = 0.004
    no_score: float = 0.02
    out_of_range: float = 0.001
    text_score: float = 0.001
    unknown_npsn: float = 0.002
    spoilt_nip: float = 0.008
    spelling: float = 0.15


@dataclass(frozen=True)
class Settings:
    """One demonstration: a variant of the truth and a size."""

    variant: str = "standard"
    seed: int = 20240717
    periods: tuple[int, ...] = PERIODS
    methods_effect: tuple[float, ...] = (0.30, 0.42, 0.52, 0.60)
    """Effect on innovative methods by years of exposure."""
    cohort_factor: dict[int, float] = field(default_factory=lambda: {2021: 1.1, 2022: 1.0, 2023: 0.9})
    activity_link: float = 0.65
    literacy_link: float = 0.45
    numeracy_link: float = 0.38
    sign: float = 1.0
    trend: float = 0.0
    """Difference in trend of participating schools, standard deviations a year."""
    icc: float = 0.30
    school_year_sd: float = 0.08
    share_never: float = 0.40
    selection_noise: float = 0.8
    school_share: float = 1.0
    """Share of the schools of each kecamatan that is made."""
    kecamatan: tuple[str, ...] = tuple(PUBLIC_SCHOOLS)
    treated_kecamatan: tuple[str, ...] = tuple(PUBLIC_SCHOOLS)
    pupils: tuple[int, int] = (18, 24)
    teachers: tuple[int, int] = (5, 8)
    """Civil servant teachers of an SD and of an SMP."""
    merges: int = 4
    closings: int = 2
    openings: int = 3
    faults: Faults = field(default_factory=Faults)

    def effect(self, outcome: str, cohort: int, exposure: int) -> float:
        """True effect on a cohort after `exposure` years, in the outcome's standard deviations."""
        methods = self.sign * self.cohort_factor[cohort] * self.methods_effect[exposure]
        factors = {
            "innovative_methods": 1.0,
            "pupil_activity": self.activity_link,
            "literacy": self.activity_link * self.literacy_link,
            "numeracy": self.activity_link * self.numeracy_link,
        }
        return methods * factors[outcome]


_FEW = ("Medan Denai", "Medan Marelan", "Medan Labuhan", "Medan Belawan", "Medan Timur", "Medan Johor")
VARIANTS: dict[str, dict[str, object]] = {
    "standard": {},
    "no_effect": {"sign": 0.0},
    "harmful": {"sign": -1.0},
    "diverging_pretrends": {"sign": 0.0, "trend": 0.10},
    "few_clusters": {"kecamatan": _FEW, "treated_kecamatan": _FEW[:4]},
}


def make_settings(variant: str, size: str, seed: int) -> Settings:
    """Settings of a variant in the size "full" or "small".

    Raises:
        UserError: Unknown variant or size.
    """
    if variant not in VARIANTS or size not in ("full", "small"):
        raise UserError(
            f"There is no demonstration {variant!r} in size {size!r}.",
            expected="one of " + ", ".join(VARIANTS) + "; full or small",
        )
    settings = replace(Settings(variant=variant, seed=seed), **VARIANTS[variant])  # type: ignore[arg-type]
    if size == "full":
        return settings
    share = 0.2 if variant != "few_clusters" else 0.5
    return replace(settings, school_share=share, pupils=(8, 8), teachers=(3, 3), merges=1, closings=1, openings=1)
