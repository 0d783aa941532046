"""An HTML page in one file: its pictures and its style sheet stand inside it.

Pandoc does the same to the byte, by parsing and writing out the whole page anew, which takes longer than to write it.
"""

from __future__ import annotations

import base64
import html
import re
from pathlib import Path

from pipeline.errors import RenderError

_IMAGE = re.compile(r'<img ((?:[^<>"]|"[^"]*")*)>')
_SOURCE = re.compile(r'(?<![\w-])src="([^"]*)"')
_ALTERNATIVE = re.compile(r'(?<![\w-])alt="([^"]*)"')
_SHEET = re.compile(r'<link rel="stylesheet" href="([^"]*)">')
_ADDRESS = re.compile(r'url\("([^"]*)"\)')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENT = re.compile(r"\n\s+")
_SIGN = re.compile(r"&#([1-9]\d{3,4});")
"""A sign of mathematics by its number."""
KINDS = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}


def self_contained(page: str, folder: Path) -> str:
    """The page that Pandoc wrote with its files of `folder` inside.

    A picture gets the role of one and its text alternative as a label: not every browser reads out one that stands inside.

    Raises:
        RenderError: A file that the page names is not there.
    """

    def picture(found: re.Match[str]) -> str:
        source = _SOURCE.search(found[1])
        if source is None or source[1].startswith("data:"):
            return found[0]
        name = html.unescape(source[1])
        attributes = found[1].replace(source[0], f'src="{_data(folder, name)}"', 1)
        alternative = _ALTERNATIVE.search(found[1])
        if alternative is not None:
            attributes = f'role="img" aria-label="{alternative[1]}" {attributes}'
        return f"<img {attributes}>"

    def sheet(found: re.Match[str]) -> str:
        text = _read(folder, html.unescape(found[1])).decode("utf-8")
        inside = _ADDRESS.sub(lambda one: f'url("{_data(folder, one[1])}")', text)
        short = _COMMENT.sub("", _INDENT.sub("\n", inside))
        return f'<style type="text/css">{short}</style>'

    head, mark, body = page.partition("<body")
    return _SHEET.sub(sheet, head) + mark + _SIGN.sub(lambda one: chr(int(one[1])), _IMAGE.sub(picture, body))


def _data(folder: Path, name: str) -> str:
    kind = KINDS.get(Path(name).suffix.lower(), "application/octet-stream")
    return f"data:{kind};base64,{base64.b64encode(_read(folder, name)).decode()}"


def _read(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError:
        raise RenderError("A file of the page is missing.", where=f"{folder}: {name}") from None
