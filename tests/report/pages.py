"""How full a PDF's pages are: the height of what is printed on each, and which of them end a chapter."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image
from pypdf import PdfReader

DRAWS = shutil.which("pdftoppm")
TOP_CM, FOOT_CM, PAGE_CM = 2.6, 2.6, 29.7
"""Margins with the running head and foot, which count for nothing, and the sheet."""
INK = 200
"""Grey value below which a point is printed."""


@dataclass(frozen=True)
class Sheet:
    """A page: its number, the share of its text area down to the last print, and whether a chapter ends on it."""

    number: int
    full: float
    ends: bool


def sheets(pdf: Path) -> list[Sheet]:
    """The pages of a PDF whose chapters are its bookmarks of the first level."""
    reader = PdfReader(pdf)
    firsts = {reader.get_destination_page_number(item) for item in reader.outline if not isinstance(item, list)}
    with TemporaryDirectory() as folder:
        assert DRAWS is not None
        subprocess.run([DRAWS, "-r", "36", "-gray", "-png", str(pdf), f"{folder}/p"], check=True)
        heights = [_full(path) for path in sorted(Path(folder).glob("*.png"))]
    last = len(heights) - 1
    return [Sheet(k + 1, full, k == last or k + 1 in firsts) for k, full in enumerate(heights)]


def thin(pdf: Path, least: float = 0.4) -> list[Sheet]:
    """The pages that are less full than `least` and end no chapter."""
    return [sheet for sheet in sheets(pdf) if sheet.full < least and not sheet.ends]


def _full(picture: Path) -> float:
    grey = np.asarray(Image.open(picture).convert("L"))
    scale = grey.shape[0] / PAGE_CM
    area = grey[int(TOP_CM * scale) : int((PAGE_CM - FOOT_CM) * scale)]
    rows = np.flatnonzero((area < INK).any(axis=1))
    return float((rows[-1] + 1) / len(area)) if len(rows) else 0.0


if __name__ == "__main__":
    import sys

    for name in sys.argv[1:]:
        for sheet in thin(Path(name)):
            print(f"{name}: page {sheet.number} is {100 * sheet.full:.0f} % full")
