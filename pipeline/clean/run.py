"""The cleaning step as a whole: raw files in, tidy Parquet tables and the row account out, in one piece."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from pipeline.beside import channel
from pipeline.clean import aims, survey_answers
from pipeline.clean import tables as tidy
from pipeline.clean.account import FileAccount, account_table, set_aside_table
from pipeline.clean.ahead import Ahead, send
from pipeline.clean.blind import blind_tables
from pipeline.clean.coarse import coarsened_persons
from pipeline.clean.companions import skm_table, yearly_treatment
from pipeline.clean.flow import flow_table
from pipeline.clean.kits import Kit, kit_of
from pipeline.clean.level import LEVEL, level_of
from pipeline.clean.lineage import MADE_FROM, QUERIES, Lineage
from pipeline.clean.panel import before_entry, check_samples
from pipeline.clean.ready import read_panel
from pipeline.clean.ready_skm import SKM_COLUMNS
from pipeline.clean.sealed import Sealed
from pipeline.errors import Faults
from pipeline.private import FILE_MODE, private_folder
from pipeline.pseudonym import in_order_of_content, pseudonymiser
from pipeline.secret import study_key
from pipeline.sources.schemas import check_tidy
from pipeline.study import Study
from pipeline.study.parts import query_file
from pipeline.uncollected import uncollected

SORTED_BY = {
    "staff": ["period", "unit", "person"],
    "training": ["period", "unit", "person", "start", "activity", "jp"],
    "costs": ["period", "activity"],
    "ip_asn": ["period", "unit", "person"],
    "skm": ["unit", "period"],
    "invited": ["period", "unit", "person"],
    "answers": [],
}
"""Sources of every sector, in the order in which they are read: what is looked up comes first."""
ROOMS = (tidy, aims, survey_answers)
READERS = {name: next(getattr(room, name) for room in ROOMS if hasattr(room, name)) for name in SORTED_BY}

Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class CleanResult:
    """The folder written, the tables by name, the panel's periods, and the account of each file."""

    folder: Path
    tables: dict[str, pd.DataFrame]
    periods: tuple[int, ...]
    accounts: tuple[FileAccount, ...] = ()


@dataclass
class Gathered:
    """What the files hold as far as they can be read: tables, the account of each file, and every fault."""

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    accounts: list[FileAccount] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    lineage: Lineage = field(default_factory=Lineage)
    queries: pd.DataFrame | None = None
    """What databases were asked, where there are any."""


def gather(
    study: Study, edition: int, raw_root: Path, *, blind: bool = False, sealed: Sealed | None = None
) -> Gathered:
    """Read and clean everything an edition uses; a file at fault does not keep the others from being looked at.

    Args:
        study: The study.
        edition: Year of the edition; all year folders up to it are read.
        raw_root: Folder that holds the year folders.
        blind: Deal participation out anew among the units (`pipeline.clean.blind`).
        sealed: What an earlier run read of the files.

    Returns:
        Complete tables where there is no fault, and as far as they came where there is one.
    """
    years = _years(study, edition, raw_root)
    found = Gathered()
    with found.faults.kept():
        if study.panel is None:
            _from_files(study, years, raw_root, blind, found, sealed)
        else:
            _from_panel(study, years, raw_root, blind, found, sealed)
    if "panel" in found.tables and not found.faults.found:
        with found.faults.kept():
            check_samples(study, found.tables["panel"])
    return found


def clean_study(
    study: Study, edition: int, raw_root: Path, out_dir: Path, *, blind: bool = False, keep: Path | None = None
) -> CleanResult:
    """Clean everything an edition uses and write its tables; a failure writes nothing.

    Args:
        study: The study.
        edition: Year of the edition; all year folders up to it are read.
        raw_root: Folder that holds the year folders.
        out_dir: Folder of the tables; replaced as a whole.
        blind: Deal participation out anew among the units (`pipeline.clean.blind`).
        keep: Folder in which what is read of each file is kept, sealed, for the next time (`pipeline.clean.sealed`).

    Raises:
        SourceError: A file is missing, unreadable, or breaks a rule beyond its tolerance; all such faults at once.
        DesignError: The tables cannot become a panel.
    """
    sealed = _sealed(study, raw_root, keep)
    found = gather(study, edition, raw_root, blind=blind, sealed=sealed)
    found.faults.stop()
    if sealed is not None:
        sealed.sweep()
    tables, accounts = found.tables, found.accounts
    if "answers" in tables:
        from pipeline.clean.anonymous import part_survey  # loads the regressions: only where there is a survey

        tables = found.lineage.changed(tables, lambda given: part_survey(study, given))
    tables = coarsened_persons(tables)
    found.lineage["mentoring"] = ("staff", "training")  # pairs, made where traits become coarse
    tables["row_account"], tables["set_aside"] = account_table(accounts), set_aside_table(accounts)
    if found.queries is not None:
        tables["queries"] = found.queries
    tables["flow"] = flow_table(study, tables)
    _write(tables, found.lineage.sources(study, kit_of(study), found.tables | tables), out_dir)
    return CleanResult(out_dir, tables, tuple(sorted(tables["panel"]["period"].unique().tolist())), tuple(accounts))


def read_ahead(study: Study, edition: int, raw_root: Path, keep: Path | None = None) -> None:
    """In a process beside `clean_study`: read for it the files that it will ask for; nothing where nobody listens."""
    listener = channel()
    if listener is None:
        return
    sealed = _sealed(study, raw_root, keep)
    years = _years(study, edition, raw_root)
    cleaner = tidy.Cleaner(study, raw_root, str, kit_of(study), periods=years, sealed=sealed)  # it makes no pseudonym
    sources = {name: study.sources[name] for name in _order(cleaner.kit) if name in study.sources}
    wanted = [(name, year) for year in years for name in sources if year not in sources[name].absent_periods]
    send(cleaner, ((name, year) for name, year in wanted if cleaner.by_itself(name)), listener)


def _years(study: Study, edition: int, raw_root: Path) -> range:
    """The years that an edition uses. One left out would move cohorts: each is asked for, and the reader tells of it."""
    there = [year for year in study.available_periods(raw_root.parents[2]) if year <= edition]
    return range(study.first_period or min(there, default=edition), edition + 1)


def _from_panel(
    study: Study, years: range, raw_root: Path, blind: bool, found: Gathered, sealed: Sealed | None
) -> None:
    """A ready panel, and the yearly sources beside it: they know the panel's units, and entry by its year."""
    panel, _ = read_panel(study, years[-1], raw_root, found.accounts, sealed)
    if study.panel is not None and study.panel.person_units:
        panel = in_order_of_content({"panel": panel}, ("unit",))["panel"].sort_values(
            ["unit", "period"], ignore_index=True
        )
    tables = {"panel": panel.drop(columns=[*SKM_COLUMNS], errors="ignore")}
    if SKM_COLUMNS[0] in panel:
        tables["skm"] = check_tidy("skm", skm_table(panel))
        found.lineage["skm"] = ("panel",)
    found.tables = tables
    if study.sources:
        cleaner = _cleaner(study, raw_root, found, sealed)
        cleaner.open_units = dict.fromkeys(years, frozenset(panel["unit"]))
        tables |= _read(cleaner, years, found.faults)
        found.queries = query_table(cleaner)
        tables["treatment"] = check_tidy("treatment", yearly_treatment(panel))
        found.lineage["treatment"] = ("panel",)
        if "invited" in tables:
            places = panel.assign(kecamatan=panel.get("cluster"))
            tables["batches"] = aims.batches(tables["invited"], tables["treatment"], places)
            found.lineage["batches"] = ("invited", "panel")
    found.tables = blind_tables(tables, study.seed) if blind else tables


def _from_files(
    study: Study, years: range, raw_root: Path, blind: bool, found: Gathered, sealed: Sealed | None
) -> None:
    """The sources of a study from raw files, and the panel put together from them."""
    cleaner = _cleaner(study, raw_root, found, sealed)
    found.tables = tables = _read(cleaner, years, found.faults)
    found.queries = query_table(cleaner)
    for name, table in cleaner.kit.gathered(cleaner).items():
        tables[name] = check_tidy(name, table)
        found.lineage[name] = ("scores",)
    made, kit = found.lineage.made, cleaner.kit
    tables["treatment"] = made("treatment", tables, lambda t: kit.treatment(t, f"data/raw/{study.name}"))
    if "invited" in tables:
        tables["batches"] = made("batches", tables, lambda t: aims.batches(t["invited"], t["treatment"], t[kit.units]))
    if blind:
        found.tables = tables = blind_tables(tables, study.seed)
    if cleaner.tested:
        tables["tested"] = _sorted("tested", _stacked(cleaner.tested), ["unit", "period", "subject"])
        found.lineage["tested"] = ("scores",)
    whole = made("panel", tables, lambda t: kit.assemble(study, t))
    panel, always = before_entry(whole)
    tables["panel"] = panel.reset_index(drop=True)
    if always.any():
        cleaner.accounts[-1].note(int(always.sum()), "unit_periods_treated_from_start")
        cleaner.accounts[-1].from_start = frozenset(whole.loc[always, "unit"])


def _sealed(study: Study, raw_root: Path, keep: Path | None) -> Sealed | None:
    """What earlier runs have read; nothing is kept where a study has no persons, and asks for no key."""
    if keep is None:
        return None
    persons = study.sources or (study.panel is not None and study.panel.person_units)
    return Sealed(keep, study_key(study, raw_root.parents[2]) if persons else None)


def _cleaner(study: Study, raw_root: Path, found: Gathered, sealed: Sealed | None = None) -> tidy.Cleaner:
    alias, beside, kit = pseudonymiser(study_key(study, raw_root.parents[2])), channel(), kit_of(study)
    ahead = Ahead(beside) if beside is not None else None
    own = {"faults": found.faults, "pupils": kit.gather(), "ahead": ahead, "sealed": sealed}
    return tidy.Cleaner(study, raw_root, alias, kit, accounts=found.accounts, **own)


def _order(kit: Kit) -> list[str]:
    """Sources in the order in which a year's are read."""
    return list(dict.fromkeys([*kit.order, *SORTED_BY]))


def _read(cleaner: tidy.Cleaner, years: range, faults: Faults) -> Tables:
    """Every source of the study, over all years.

    Raises:
        UserError: The first fault, with all others.
    """
    kit = cleaner.kit
    order = _order(kit)
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in order}
    cleaner.edition, cleaner.periods = years[-1], years
    with closing(cleaner):
        for period in years:
            # The list of units comes first: every other file's units are looked up in it; the roster before the register.
            for name in order:
                part = _part(cleaner, name, period, faults) if name in cleaner.study.sources else None
                if part is not None:
                    parts[name].append(part)
    faults.stop()
    tables = in_order_of_content({name: _stacked(parts[name]) for name in order if parts[name]})
    return {name: _sorted(name, table, {**SORTED_BY, **kit.sorted_by}[name]) for name, table in tables.items()}


def _part(cleaner: tidy.Cleaner, name: str, period: int, faults: Faults) -> pd.DataFrame | None:
    """One year of a source; its faults are kept, and remembered for the sources that are looked up in it."""
    before, part = len(faults.found), None
    with uncollected(), faults.kept():
        if name == cleaner.kit.units or (cleaner.kit.units, period) not in cleaner.faulty:
            part = {**READERS, **cleaner.kit.readers}[name](cleaner, period)
        else:
            cleaner.open(name, period)  # nothing to look its units up in: whether it can be read
    if len(faults.found) > before:
        cleaner.faulty.add((name, period))
    return part


def query_table(cleaner: tidy.Cleaner) -> pd.DataFrame | None:
    """What databases were asked, a row a source and year: `source`, `period`, `connection`, `query`, `rows`, `sha256`."""
    answers = sorted(cleaner.databases.answers.items())
    rows = [(*key, a.query.connection, a.query.label, a.rows, a.hash) for key, a in answers]
    return pd.DataFrame(rows, columns=["source", "period", "connection", "query", "rows", "sha256"]) if rows else None


def _stacked(parts: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [part for part in parts if len(part)] or parts[:1]
    return pd.concat(filled, ignore_index=True)


def _sorted(name: str, table: pd.DataFrame, order: Sequence[str]) -> pd.DataFrame:
    if order:
        table = table.sort_values(list(order), ignore_index=True, kind="stable")
    return check_tidy(name, table)


def _write(tables: dict[str, pd.DataFrame], made_from: Mapping[str, Sequence[str]], out_dir: Path) -> None:
    fresh = out_dir.with_name(f".{out_dir.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    private_folder(out_dir.parent)
    private_folder(fresh)
    for name, table in tables.items():
        path = fresh / f"{name}.parquet"
        table.to_parquet(path, index=False)
        path.chmod(FILE_MODE)
    (fresh / MADE_FROM).write_text(json.dumps(made_from, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    (fresh / MADE_FROM).chmod(FILE_MODE)
    (fresh / LEVEL).write_text(level_of(tables["panel"]) + "\n", encoding="ascii")
    (fresh / LEVEL).chmod(FILE_MODE)
    if "queries" in tables:
        asked = tables["queries"]
        hashes = {
            f"{year}/{query_file(source)}": hash
            for source, year, hash in zip(asked["source"], asked["period"], asked["sha256"], strict=True)
        }
        (fresh / QUERIES).write_text(json.dumps(hashes, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        (fresh / QUERIES).chmod(FILE_MODE)
    old = out_dir.with_name(f".{out_dir.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if out_dir.exists():
        out_dir.rename(old)
    fresh.rename(out_dir)
    shutil.rmtree(old, ignore_errors=True)
