"""What every figure of a report must say of its numbers, read from the pictures themselves."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from pipeline.languages.catalogue import say

_NUMBER = re.compile(r"[−-]?\d[\d.,]*%?")
_UNIT = re.compile(r"\(.+\)$")
_COUNT = re.compile(r"\bn = \d")


def faults(folder: Path, lang: str) -> list[str]:
    """Axes of numbers without a unit, and figures with axes that do not say on how many they rest.

    Args:
        folder: Where the ledger keeps its pictures.
        lang: Whose pictures.
    """
    pictures = sorted(folder.glob(f"fig_*.{lang}.svg"))
    assert pictures
    return [fault for picture in pictures for fault in _of(picture, say("common-period", lang))]


def _of(picture: Path, period: str) -> list[str]:
    parser = ElementTree.XMLParser(target=ElementTree.TreeBuilder(insert_comments=True))
    root = ElementTree.parse(picture, parser).getroot()
    axes = [group for group in root.iter() if str(group.get("id", "")).startswith("matplotlib.axis_")]
    ticked, found = False, []
    for axis in axes:
        parts = [(str(part.get("id", "")), _said(part)) for part in axis if isinstance(part.tag, str)]
        ticks = [said for name, said in parts if re.match(r"[xy]tick_", name) and said]
        label = " ".join(said for name, said in parts if not re.match(r"[xy]tick_", name) and said)
        ticked |= bool(ticks)
        if ticks and all(_NUMBER.fullmatch(said) for said in ticks) and label != period and not _UNIT.search(label):
            found.append(f"{picture.name}: no unit in {label!r}")
    if ticked and not _COUNT.search(_said(root)):
        found.append(f"{picture.name}: no n")
    return found


def _said(part: ElementTree.Element) -> str:
    """The texts of a part: Matplotlib writes each beside its shapes as a comment."""
    return " ".join(
        str(one.text).replace("\u00a0", " ").strip() for one in part.iter() if one.tag is ElementTree.Comment
    )
