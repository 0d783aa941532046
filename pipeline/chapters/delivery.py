"""Exhibits of delivery: who was reached by how much, mentoring pairs, equity of reach, and costs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from pipeline.chapters.figures.delivery import lorenz_curve
from pipeline.chapters.words import ACTIVITIES, PERIOD, Words, words
from pipeline.clean.aims import rank_group
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.indicators import delivery, equity, mentoring
from pipeline.study import Study

Tables = Callable[[str], "pd.DataFrame | None"]
TRAITS: dict[str, Words] = {
    "sex": words("Jenis kelamin", "Sex"),
    "employment": words("Status", "Employment"),
    "rank_group": words("Golongan", "Rank"),
    "level": words("Jenjang unit", "Level of unit"),
    "kecamatan": words("Kecamatan", "Kecamatan"),
    "period": PERIOD,
}
_VALUES: dict[str, Words] = {
    "M": words("laki-laki", "male"),
    "F": words("perempuan", "female"),
    "PNS": words("PNS", "PNS (permanent)"),
    "PPPK": words("PPPK", "PPPK (contract)"),
}
SENIORITY: dict[str, Words] = {
    "senior": words("Mentor senior", "Mentor is the senior"),
    "not_senior": words("Mentor bukan senior", "Mentor is not the senior"),
    "not_comparable": words("Tidak dapat dibandingkan (PNS dan PPPK, atau golongan tidak diketahui)",
                            "Not comparable (PNS and PPPK, or rank unknown)"),
    "no_mentor": words("Tanpa mentor tercatat", "No mentor on record"),
    "self": words("Mentor diri sendiri", "Mentor of oneself"),
}  # fmt: skip


def record_delivery(results: Ledger, study: Study, tables: Tables) -> None:
    """Reach by group and year, mentoring, equity and costs; nothing without a register and a roster."""
    training, staff = tables("training"), tables("staff")
    if training is None or staff is None or training.empty or staff.empty:
        return
    hours = delivery.yearly_hours(training, _with_traits(staff, tables("schools")))
    last = hours[hours["period"] == hours["period"].max()]
    _reach(results, study, hours, last)
    _attendance(results, study, training)
    if (training["activity"] == "mentoring").any():
        _mentoring(results, study, training, staff)
    _equity(results, study, last)
    costs = tables("costs")
    if costs is not None and len(costs):
        _costs(results, training, costs)


def _with_traits(staff: pd.DataFrame, units: pd.DataFrame | None) -> pd.DataFrame:
    pairs = zip(staff["rank"], staff["employment"], strict=True)
    groups = [rank_group(rank if isinstance(rank, str) else None, employment) for rank, employment in pairs]
    table = staff.assign(rank_group=groups)
    if units is None:
        return table
    return table.merge(units[["unit", "period", "level", "kecamatan"]], on=["unit", "period"], how="left")


def _reach(results: Ledger, study: Study, hours: pd.DataFrame, last: pd.DataFrame) -> None:
    never = 100 * float((~last["reached"]).mean())
    results.number("delivery_never", never, unit="percent", n=len(last), decimals=1)
    results.number("delivery_jp_minimum", delivery.MINIMUM_JP, unit="JP", decimals=0)
    _group_table(results, study, delivery.by_group(hours, "period").assign(trait="period"), "tbl_delivery_years")
    parts = [
        delivery.by_group(last, trait).rename(columns={trait: "value"}).assign(trait=trait)
        for trait in ("sex", "employment", "rank_group", "level")
        if trait in last
    ]
    _group_table(results, study, pd.concat(parts, ignore_index=True), "tbl_delivery_groups")
    if "kecamatan" in last:
        places = delivery.by_group(last, "kecamatan").rename(columns={"kecamatan": "value"}).assign(trait="kecamatan")
        _group_table(results, study, places, "tbl_delivery_places")
    units = last.groupby("unit").agg(persons=("person", "nunique"), jp=("jp", "mean"))
    enough = units[units["persons"] >= study.disclosure.min_persons]
    if len(enough) >= study.disclosure.min_schools:
        share = 100 * float((enough["jp"] >= delivery.MINIMUM_JP).mean())
        results.number("delivery_units_minimum", share, unit="percent", n=len(enough), decimals=1)


def _group_table(results: Ledger, study: Study, table: pd.DataFrame, name: str) -> None:
    """Shares of groups; a share is hidden where it, or what is left of the group, rests on too few persons."""
    least = study.disclosure.min_persons
    table = table.copy()
    for share, count in (("minimum", "n_minimum"), ("never", "n_never")):
        for number in (table[count], table["persons"] - table[count]):
            few = (number > 0) & (number < least)
            table[share] = table[share].astype(object).mask(few, None)
    table = table[table["persons"] >= least]
    head = [Column("period", PERIOD, "period")]
    if "value" in table:
        known = {v: _VALUES.get(v, words(v, v)) for v in table["value"].dropna().astype(str)}
        table["value"] = table["value"].astype(object).where(table["value"].notna(), "unknown")
        known["unknown"] = words("tidak diketahui", "unknown")
        group = Column("value", words("Kelompok", "Group"), "code", codes=known)
        head = [Column("trait", words("Ciri", "Trait"), "code", codes=TRAITS), group]
        if table["trait"].nunique() == 1:
            head = [Column("value", TRAITS[table["trait"].iloc[0]], "code", codes=known)]
    captions = {
        "tbl_delivery_years": words("Jangkauan menurut tahun", "Reach by year"),
        "tbl_delivery_groups": words("Jangkauan menurut kelompok, tahun terakhir", "Reach by group, last year"),
        "tbl_delivery_places": words("Jangkauan menurut kecamatan, tahun terakhir", "Reach by kecamatan, last year"),
    }
    results.table(
        name,
        table,
        [
            *head,
            Column("persons", words("Pegawai", "Persons"), "int"),
            Column("jp", words("Rata-rata JP", "Mean JP"), "number", 1),
            Column("minimum", words("Sedikitnya 20 JP (%)", "At least 20 JP (%)"), "number", 1),
            Column("never", words("Belum pernah terjangkau (%)", "Never reached (%)"), "number", 1),
        ],
        caption=captions[name],
        notes=words(
            f"Bagian yang bersandar pada kurang dari {least} orang tidak ditampilkan.",
            f"Shares that rest on fewer than {least} persons are not shown.",
        ),
    )


def _attendance(results: Ledger, study: Study, training: pd.DataFrame) -> None:
    table = delivery.attendance(training)
    few = (table["registered"] - table["attended"]).between(1, study.disclosure.min_persons - 1)
    for column in ("attended", "no_show"):
        table[column] = table[column].astype(object).mask(few, None)
    absent = 100 * float((~training["attended"].astype(bool)).mean())
    results.number("delivery_no_show", absent, unit="percent", n=len(training), decimals=1)
    results.table(
        "tbl_delivery_attendance",
        table,
        [
            Column("activity", words("Kegiatan", "Activity"), "code", codes=ACTIVITIES),
            Column("registered", words("Terdaftar", "Registered"), "int"),
            Column("attended", words("Hadir", "Attended"), "int"),
            Column("no_show", words("Tidak hadir (%)", "No-shows (%)"), "number", 1),
        ],
        caption=words("Pendaftaran dan kehadiran, semua tahun", "Registration and attendance, all years"),
    )


def _mentoring(results: Ledger, study: Study, training: pd.DataFrame, staff: pd.DataFrame) -> None:
    table = mentoring.pairs(training, staff)
    ended, load = mentoring.early(table), mentoring.loads(table)
    counts = table["seniority"].value_counts().reindex(list(SENIORITY)).fillna(0).astype(int)
    frame = pd.DataFrame({"seniority": counts.index, "pairs": counts.to_numpy()})
    frame = frame[frame["pairs"] > 0].assign(share=lambda t: 100 * t["pairs"] / len(table))
    few = frame["pairs"] < study.disclosure.min_persons
    if few.sum() == 1:  # a second one, so that the total does not give the first away
        few |= frame["pairs"] == frame.loc[~few, "pairs"].min()
    for column in ("pairs", "share"):
        frame[column] = frame[column].astype(object).mask(few, None)
    results.number("mentoring_pairs", len(table), decimals=0)
    wrong = 100 * float((table["seniority"] == "not_senior").mean())
    results.number("mentoring_not_senior", wrong, unit="percent", n=len(table), decimals=1)
    if len(load):
        results.number("mentoring_load", float(load["mentees"].mean()), n=len(load), decimals=1)
        heavy = 100 * float((load["mentees"] > mentoring.MOST_MENTEES).mean())
        results.number("mentoring_heavy", heavy, unit="percent", n=len(load), decimals=1)
        results.number("mentoring_most", mentoring.MOST_MENTEES, decimals=0)
    if ended.notna().any():
        known = ended.dropna().astype(float)
        results.number("mentoring_early", 100 * float(known.mean()), unit="percent", n=len(known), decimals=1)
        results.number("mentoring_sessions", float(table["held"].dropna().astype(float).mean()), decimals=1)
    results.number("mentoring_days", float(table["days"].dropna().mean()), decimals=1)
    results.table(
        "tbl_mentoring",
        frame,
        [
            Column("seniority", words("Hubungan pasangan", "The pair"), "code", codes=SENIORITY),
            Column("pairs", words("Pasangan", "Pairs"), "int"),
            Column("share", words("Bagian (%)", "Share (%)"), "number", 1),
        ],
        caption=words("Pasangan mentoring: siapa membimbing siapa", "Mentoring pairs: who guides whom"),
        notes=words(
            "Senior: golongan lebih tinggi, atau sama dan tidak diangkat lebih lambat. Golongan PNS dan PPPK tidak diurutkan "
            "bersama.",
            "Senior: of higher rank, or of the same and appointed no later. Ranks of PNS and PPPK are not ordered together.",
        ),
    )


def _equity(results: Ledger, study: Study, last: pd.DataFrame) -> None:
    hours = last["jp"]
    results.number("delivery_gini", equity.gini(hours.to_numpy()), n=len(last), decimals=2)
    parts = equity.theil(hours, last["unit"])
    results.number("delivery_theil", parts.total, decimals=2)
    if parts.total > 0:
        results.number("delivery_theil_between", 100 * parts.between / parts.total, unit="percent", decimals=1)
    results.figure(
        "fig_lorenz",
        lambda lang: lorenz_curve(*equity.lorenz(hours.to_numpy()), lang),
        caption=words("Kurva Lorenz jam pengembangan, tahun terakhir", "Lorenz curve of hours, last year"),
        alt=words(
            "Bagian kumulatif jam terhadap bagian kumulatif pegawai, dengan garis pemerataan sempurna.",
            "Cumulative share of hours against cumulative share of persons, with the line of perfect equality.",
        ),
    )
    traits: dict[str, tuple[Words, pd.Series]] = {
        "female": (words("Perempuan", "Female"), (last["sex"] == "F").astype(float)),
        "pppk": (words("PPPK", "PPPK (contract)"), (last["employment"] == "PPPK").astype(float)),
        "rank_iv": (words("Golongan IV", "Rank IV"), (last["rank_group"] == "IV").astype(float)),
        "service": (words("Masa kerja (tahun)", "Years of service"), (last["period"] - last["appointed"]).astype("float64")),
        "age": (words("Usia", "Age"), (last["period"] - last["birth_year"]).astype("float64")),
    }  # fmt: skip
    reached, rows = last["reached"], []
    if min(int(reached.sum()), int((~reached).sum())) < study.disclosure.min_persons:
        return
    for name, (_, value) in traits.items():
        one, other = value[reached].dropna(), value[~reached].dropna()
        gap = equity.standardised_difference(one, other)
        if gap is not None and np.isfinite(gap):
            rows.append((name, float(one.mean()), float(other.mean()), gap))
    results.table(
        "tbl_delivery_equity",
        pd.DataFrame(rows, columns=["trait", "reached", "never", "gap"]),
        [
            Column("trait", words("Ciri", "Trait"), "code", codes={k: label for k, (label, _) in traits.items()}),
            Column("reached", words("Pernah terjangkau", "Reached"), "number", 2),
            Column("never", words("Belum pernah", "Never reached"), "number", 2),
            Column("gap", words("Beda baku", "Standardised difference"), "number", 2),
        ],
        caption=words("Pegawai yang terjangkau dan yang belum", "Persons reached and never reached"),
        notes=words(
            "Bagian (0-1) untuk ciri kategori. Beda baku di atas 0,25 berarti kelompoknya jelas lain.",
            "Shares (0-1) of categories. A standardised difference above 0.25 means clearly different groups.",
        ),
    )


def _costs(results: Ledger, training: pd.DataFrame, costs: pd.DataFrame) -> None:
    table = delivery.unit_costs(training, costs)
    results.number("delivery_amount", float(costs["amount"].sum()) / 1e6, decimals=0)
    total = training[training["attended"].astype(bool)]["jp"].sum()
    if total > 0:
        results.number("delivery_cost_hour", float(costs["amount"].sum() / total), decimals=0)
    for column in ("per_hour", "per_person"):
        table[column] = table[column].astype(object).where(table[column].notna(), None)
    results.table(
        "tbl_delivery_costs",
        table.assign(amount=table["amount"] / 1e6),
        [
            Column("activity", words("Kegiatan", "Activity"), "code", codes=ACTIVITIES),
            Column("amount", words("Biaya (juta rupiah)", "Cost (million rupiah)"), "number", 1),
            Column("hours", words("Jam hadir (JP)", "Hours attended (JP)"), "number", 0),
            Column("per_hour", words("Rupiah per jam-peserta", "Rupiah per participant-hour"), "number", 0),
            Column("per_person", words("Rupiah per keikutsertaan", "Rupiah per attendance"), "number", 0),
        ],
        caption=words("Biaya per jam-peserta, semua tahun", "Cost per participant-hour, all years"),
    )
