"""A drawing in points: what word processors that know no SVG show, made of the SVG by the renderer that Typst carries.

Drawing a figure once more in points takes four times as long.
"""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

DPI = 200
_BEGIN = 33
"""Bytes of a PNG's signature and its first chunk, after which its resolution may stand."""


def raster(svg: Path) -> bytes:
    """The drawing as a PNG of `DPI` points an inch; the same bytes for the same drawing."""
    import typst  # no other command needs it

    page = f'#set page(width: auto, height: auto, margin: 0pt)\n#image("{svg.name}")'
    # the stubs want `root` of the kind of the source, which is text here and a place there
    drawn = typst.compile(page.encode(), root=str(svg.parent), format="png", ppi=DPI, ignore_system_fonts=True)  # type: ignore[call-overload]
    assert isinstance(drawn, bytes), "one page"
    return drawn[:_BEGIN] + _chunk(b"pHYs", struct.pack(">IIB", *[round(DPI / 0.0254)] * 2, 1)) + drawn[_BEGIN:]


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
