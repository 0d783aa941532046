"""The volumes of a resolved document: the report, and its appendices as a supplement where the document asks for two."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pipeline.report.annotate import add_spoken, formulas
from pipeline.report.nodes import Node

VOLUMES = ("report", "supplement")
"""The report, and its appendices as a volume of their own where the document's `volumes` asks for two."""
SPLIT = ("pdf", "docx")
"""Formats that have two volumes; the HTML is one page."""


def documents(tree: Node, formats: tuple[str, ...], meta: Mapping[str, Any]) -> dict[tuple[str, str], bytes]:
    """Pandoc's JSON of each volume by format and volume.

    A volume holds its own blocks and what is said of them, so that it stays the same bytes where only the other changes:
    `pipeline.report.layout` leads references to what it does not find here to the other volume's file.

    Args:
        tree: The resolved document.
        formats: Formats that are asked for.
        meta: Metadata of the rendering.
    """
    first = next((number for number, block in enumerate(tree["blocks"]) if _begins_supplement(block)), None)
    asked = bool(meta.get("volumes")) and first is not None
    lang = str(meta["lang"])
    split = [name for name in formats if asked and name in SPLIT]
    said = [formulas(block) for block in tree["blocks"]]
    blocks = [_json(block) for block in tree["blocks"]]  # each once, though it may stand in several documents

    def written(part: slice, meta: Node) -> bytes:
        meta = dict(meta)
        add_spoken(meta, set().union(*said[part]) | formulas(meta), lang)
        head = _json({"pandoc-api-version": tree["pandoc-api-version"], "meta": meta})
        return f'{head[:-1]},"blocks":[{",".join(blocks[part])}]}}'.encode()

    made: dict[tuple[str, str], bytes] = {}
    if len(split) < len(formats):
        whole = written(slice(None), tree["meta"])
        made |= {(name, VOLUMES[0]): whole for name in formats if name not in split}
    if split:
        own = {key: value for key, value in tree["meta"].items() if key not in ("tables", "figures")}
        for volume, part in zip(VOLUMES, (slice(first), slice(first, None)), strict=True):
            one = written(part, {**own, "volume": {"t": "MetaString", "c": volume}})
            made |= {(name, volume): one for name in split}
    return {(name, volume): made[name, volume] for name in formats for volume in VOLUMES if (name, volume) in made}


def _begins_supplement(block: Node) -> bool:
    return bool(block["t"] == "Header" and "appendix" in block["c"][1][1])


def _json(part: Any) -> str:
    return json.dumps(part, ensure_ascii=False, separators=(",", ":"))
