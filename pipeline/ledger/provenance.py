"""The ledger's provenance as W3C PROV (PROV-JSON): what was made by which cell and function, from which tables and files.

Entities are raw files, tidy tables, the study's settings, ledgers and entries; activities are the cleaning, the estimates
and, by cell and function, the recording. Names are relative, so that the same input gives the same bytes anywhere.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from pipeline.ledger.origins import (
    CLEANING,
    EFFECTS,
    ESTIMATES,
    Maker,
    Origins,
    columns_of,
    maker_of,
    table_hash,
)
from pipeline.ledger.reads import OPENING, tables_of
from pipeline.ledger.results import Number, Results

NAMESPACE = "urn:evaluation:"
KINDS = {"numbers": "number", "texts": "text", "tables": "table", "figures": "figure"}
JUDGEMENT = "pipeline.methods.effects.judgement.verdict"
Record = dict[str, Any]


def provenance(results: Results, origins: Origins, texts: tuple[str, ...] = ()) -> Record:
    """The PROV-JSON document of an edition.

    Args:
        results: What may be shown: nothing that the gate hid is in it.
        origins: What the edition was made from.
        texts: Codes that chose words of the report; others are left out.
    """
    doc = _Document(origins)
    settings = doc.entity("settings", {"prov:type": "ev:Settings", "ev:sha256": origins.settings})
    _cleaning(doc, results, origins, settings)
    _estimates(doc, results, settings)
    shown: dict[str, tuple[str, ...]] = {
        "numbers": tuple(results.numbers),
        "texts": tuple(name for name in texts if name in results.texts),
        "tables": tuple(results.tables),
        "figures": tuple(results.figures),
    }
    for kind, names in shown.items():
        for name in names:
            maker = maker_of(results, kind, name)
            entry = doc.entity(f"{KINDS[kind]}/{name}", _told(results, kind, name))
            doc.relate("wasGeneratedBy", entry, _recording(doc, results, maker, settings), "entity", "activity")
    return doc.content


class _Document:
    def __init__(self, origins: Origins) -> None:
        agent = {"prov:type": "prov:SoftwareAgent", "ev:sha256": origins.code}
        self.content: Record = {"prefix": {"ev": NAMESPACE}, "agent": {"ev:pipeline": agent}}
        self.seed = origins.seed
        self._known: set[tuple[str, str, str]] = set()

    def entity(self, name: str, told: Record) -> str:
        return self._add("entity", name, told)

    def activity(self, name: str, told: Record) -> str:
        made = self._add("activity", name, {**told, "ev:seed": self.seed})
        self.relate("wasAssociatedWith", made, "ev:pipeline", "activity", "agent")
        return made

    def relate(self, kind: str, one: str, other: str, first: str, second: str, **told: Any) -> None:
        if (kind, one, other) in self._known:
            return
        self._known.add((kind, one, other))
        held = self.content.setdefault(kind, {})
        held[f"_:{kind}{len(held) + 1}"] = {f"prov:{first}": one, f"prov:{second}": other, **told}

    def used(self, activity: str, entity: str, **told: Any) -> None:
        self.relate("used", activity, entity, "activity", "entity", **told)

    def _add(self, kind: str, name: str, told: Record) -> str:
        known = f"ev:{quote(name, safe='/_.-')}"
        self.content.setdefault(kind, {}).setdefault(known, {k: v for k, v in told.items() if v not in ("", None)})
        return known


def _cleaning(doc: _Document, results: Results, origins: Origins, settings: str) -> None:
    """Raw files, and the tidy tables that the cleaning made of them."""
    act = doc.activity(f"cell/{CLEANING}/{OPENING}", _cell(CLEANING, OPENING, "pipeline.clean.run.clean_study"))
    doc.used(act, settings)
    raw: dict[str, list[str]] = {}
    for file in origins.files:
        rows = {"ev:rowsRead": file.read, "ev:rowsKept": file.kept, "ev:rowsSetAside": file.aside}
        known = doc.entity(
            f"raw/{file.source}/{file.name}", {"prov:type": "ev:RawFile", "ev:sha256": file.hash, **rows}
        )
        doc.used(act, known)
        raw.setdefault(file.source, []).append(known)
    for table in sorted(_all_tables(results)):
        about = {"prov:type": "ev:TidyTable", "ev:sha256": table_hash(results, table)}
        made = doc.entity(f"data/{table}", about | {"ev:columns": " ".join(columns_of(results, table))})
        doc.relate("wasGeneratedBy", made, act, "entity", "activity")
        for source in origins.sources([table]):
            for file_id in raw[source]:
                doc.relate("wasDerivedFrom", made, file_id, "generatedEntity", "usedEntity")


def _estimates(doc: _Document, results: Results, settings: str) -> None:
    """The estimates that one notebook makes and others read."""
    held = results.inputs.get(ESTIMATES, {})
    if not held:
        return
    act = doc.activity(
        f"cell/{ESTIMATES}/{OPENING}", _cell(ESTIMATES, OPENING, "pipeline.chapters.analysis.estimate_outcome")
    )
    keys = results.reads.get(ESTIMATES, {}).get("topics", {}).get(OPENING, {}).get("keys", {})
    doc.used(act, settings, **_keys(tuple(keys.items())))
    for table in set(tables_of(results.reads.get(ESTIMATES, {}), OPENING)) - {EFFECTS}:
        doc.used(act, f"ev:data/{table}")
    made = doc.entity(EFFECTS, {"prov:type": "ev:Estimates", "ev:sha256": held.get("effects.pkl", "")})
    doc.relate("wasGeneratedBy", made, act, "entity", "activity")


def _recording(doc: _Document, results: Results, maker: Maker, settings: str) -> str:
    """The activity of a cell and function, with what its topic read."""
    place = f"{maker.notebook}/{maker.cell or OPENING}" if maker.notebook else "gate"
    act = doc.activity(f"cell/{place}/{maker.function}", _cell(maker.notebook, maker.cell, maker.function))
    if not maker.notebook:
        return act
    reads = results.reads.get(maker.notebook, {})
    for table in tables_of(reads, maker.topic):
        doc.used(act, f"ev:{EFFECTS}" if table == EFFECTS else f"ev:data/{table}")
    for other in maker.ledgers:
        doc.used(act, doc.entity(f"ledger/{other}", {"prov:type": "ev:Ledger"}))
    doc.used(act, settings, **_keys(maker.keys))
    return act


def _told(results: Results, kind: str, name: str) -> Record:
    if kind == "numbers":
        return _number(results.numbers[name])
    if kind == "texts":
        reasons = reasons_of(results, name)
        rule = {"ev:rule": JUDGEMENT, "ev:reasons": " ".join(reasons)} if reasons else {}
        return {"prov:type": "ev:Text", "prov:value": results.texts[name], **rule}
    told: Record = {"prov:type": f"ev:{KINDS[kind].capitalize()}"}
    return told | ({"ev:rows": len(results.tables[name].rows)} if kind == "tables" else {})


def _number(number: Number) -> Record:
    told: Record = {"prov:type": "ev:Number", "ev:unit": number.unit}
    if number.withheld:
        return told | {"ev:withheld": True}
    return told | {
        "prov:value": number.value,
        "ev:low": number.low,
        "ev:high": number.high,
        "ev:p": number.p,
        "ev:n": number.n,
    }


def reasons_of(results: Results, name: str) -> list[str]:
    """The codes of the reasons that a verdict, `verdict_literacy` or `skm_effect_verdict`, was chosen by."""
    listed = re.sub(r"^verdict_|_verdict$", lambda part: part[0].replace("verdict", "reasons"), name)
    return results.texts.get(listed, "").split() if listed != name else []


def _cell(notebook: str, cell: str, function: str) -> Record:
    return {"prov:type": "ev:Cell", "ev:notebook": notebook, "ev:cell": cell, "ev:function": function}


def _keys(keys: tuple[tuple[str, Any], ...]) -> Record:
    """Names of the settings that were used, and the values of those that are numbers."""
    values = {f"ev:{quote(key, safe='_.-')}": value for key, value in keys if value is not None}
    return {"ev:keys": " ".join(sorted(key for key, _ in keys)), **values} if keys else {}


def _all_tables(results: Results) -> set[str]:
    topics = (one for held in results.reads.values() for one in held.get("topics", {}).values())
    return {table for one in topics for table in one["tables"]} - {EFFECTS}
