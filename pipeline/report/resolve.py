"""The document resolved: its chapters read by Pandoc side by side, numbered, and its citations written by citeproc.

A chapter that an earlier rendering read, and the citations where they are the same, are taken from what it kept: a changed
sentence has Pandoc read the chapter in which it stands, and no other.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from pipeline.errors import RenderError
from pipeline.ledger.entries import file_hash
from pipeline.report.crossref import Numbered, list_captions, number
from pipeline.report.kept import Kept, key_of
from pipeline.report.nodes import Node, plain_text
from pipeline.report.pandoc import SIDE_BY_SIDE, run

READER = "markdown+smart-implicit_header_references"
_HTML = re.compile(r"<[A-Za-z/!?]")
"""Where raw HTML or a link in angle brackets can begin."""
_ACROSS = re.compile(
    r"^ {0,3}\[[^\]\n]+\]:|^\*\[|^\s*\(@[\w-]*\)|<[A-Za-z][A-Za-z0-9-]*[\s>]|\\(?:re|provide)?(?:newcommand|def|let)\b",
    re.MULTILINE,
)
"""What one chapter may define for another: targets of links and notes, abbreviations, numbered examples, tags, macros."""
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_DIV = re.compile(r"(:{3,})\s*(\S?)")


def resolve(source: Path, meta: Mapping[str, Any], kept: Kept | None = None) -> Node:
    """The document as Pandoc's JSON with every number, cross-reference and citation in place.

    Args:
        source: The report's Markdown.
        meta: Metadata of the rendering (pipeline.report.assets.metadata).
        kept: What an earlier rendering of this document read.

    Raises:
        RenderError: A reference, citation, caption or text alternative is missing, or the text holds what prose may
            not hold (raw code of a format, a link or picture outside the report's folder); each is named.
    """
    text, kept = source.read_text(encoding="utf-8"), kept or Kept(None)
    parts = list(chapters(text))
    tree = _read(parts, meta, kept)
    numbered = number(tree)
    if numbered.problems and len(parts) > 1:  # headings of two chapters may have the same words: told as of one text
        tree = _read([text], meta, kept)
        numbered = number(tree)
    if not numbered.problems:
        numbered.problems = _cite(tree, numbered, source.parent, kept)
    if numbered.problems:
        shown = "\n".join(dict.fromkeys(_placed(said, text) for said in numbered.problems))
        raise RenderError(
            "The report's source does not hold together.",
            where=f"{source}\n{shown}",
            expected="every reference leads to one captioned place, every citation is in references.json, "
            "the prose is Markdown alone",
            todo="Correct the prose template or the ledger entry that is named.",
        )
    list_captions(tree)
    return tree


def chapters(text: str) -> Iterator[str]:
    """A Markdown text cut before each heading of the first level, what stands before them first.

    It is left whole where a chapter could define what another one uses.
    """
    if _ACROSS.search(text):
        yield text
        return
    part: list[str] = []
    fence, depth, blank = "", 0, True
    for line in text.splitlines(keepends=True):
        if blank and not fence and not depth and line.startswith("# "):
            yield "".join(part)
            part = []
        part.append(line)
        blank = not line.strip()
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
            fence = ""
        elif not fence and (div := _DIV.match(line)):
            depth = depth + 1 if div[2] else max(0, depth - 1)
    yield "".join(part)


def _read(parts: list[str], meta: Mapping[str, Any], kept: Kept) -> Node:
    """The parts read one by one, put together: metadata are those of the first, in which the document's own stand."""
    told = json.dumps(dict(meta), ensure_ascii=False, default=str)

    def read(place: int) -> Node:
        # Looking for raw HTML, which is then refused, takes half of Pandoc's time: it looks only where there can be any.
        reader = READER if _HTML.search(parts[place]) else f"{READER}-raw_html"
        given = told if place == 0 else ""
        key = key_of(parts[place].encode(), given, {"reader": reader})
        held = kept.recall(key).get("part.json")
        if held is None:
            held = _pandoc_read(parts[place], reader, given)
            kept.hold(key, {"part.json": held})
        found: Node = json.loads(held)
        return found

    # the longest first: what is begun last should be short
    order = sorted(range(len(parts)), key=lambda place: -len(parts[place]))
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        read_parts = dict(zip(order, pool.map(read, order), strict=True))
    tree = read_parts[0]
    for place in range(1, len(parts)):
        tree["blocks"] += read_parts[place]["blocks"]
    return tree


def _pandoc_read(text: str, reader: str, meta: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "metadata.json"
        file.write_text(meta, encoding="utf-8")
        given = ["--metadata-file", str(file)] if meta else []
        done = run(["--from", reader, "--to", "json", *given], Path(folder), given=text)
    if done.returncode:
        raise _failed(done.returncode, done.stderr, "reading the source")
    return done.stdout.encode()


def _cite(tree: Node, numbered: Numbered, folder: Path, kept: Kept) -> list[str]:
    """Have citeproc write the citations and the list of references, and put them where they stand; what it does not know.

    It is given the citations alone, in their order: how one is written hangs on all of them, and not on the text between.
    """
    paragraphs = [{"t": "Para", "c": [items[place]]} for items, place in numbered.citations]
    where = numbered.bibliography
    listed = [where[0][where[1]]] if where else []
    if not paragraphs and not listed and "nocite" not in tree["meta"]:
        return []
    asked = json.dumps({**tree, "blocks": paragraphs + listed}, ensure_ascii=False, separators=(",", ":"))
    files = [file_hash(folder / name) for name in _files(tree["meta"]) if (folder / name).is_file()]
    key = key_of(asked.encode(), "citations", {"files": files})
    held = kept.recall(key).get("cited.json")
    if held is None:
        done = run(["--from", "json", "--to", "json", "--citeproc"], folder, given=asked)
        if unknown := re.findall(r"[Cc]itation (\S+) not found", done.stderr):
            return [f"no such citation: @{name}" for name in unknown]
        if done.returncode:
            raise _failed(done.returncode, done.stderr, "writing the citations")
        held = done.stdout.encode()
        kept.hold(key, {"cited.json": held})
    cited = json.loads(held)
    tree["meta"] = cited["meta"]
    for (items, place), paragraph in zip(numbered.citations, cited["blocks"], strict=False):
        (items[place],) = paragraph["c"]
    others = cited["blocks"][len(paragraphs) :]
    if where:
        where[0][where[1]] = others.pop(0)
    tree["blocks"] += others
    return []


def _files(meta: Node) -> list[str]:
    """The bibliography and the style of citations that a document's metadata name."""
    return [plain_text(meta[key]) for key in ("bibliography", "csl") if key in meta]


def _failed(status: int, said: str, doing: str) -> RenderError:
    last = "\n".join(said.strip().splitlines()[-15:])
    return RenderError(f"Pandoc failed while {doing} (exit status {status}).", where=last)


def _placed(problem: str, text: str) -> str:
    """The problem with the line of the source at which its last word, an id, or its code in quotation marks, stands."""
    quoted = re.search(r"“(.*)”$", problem)
    wanted = quoted[1] if quoted else problem.rsplit(" ", 1)[-1]
    lines = [number for number, line in enumerate(text.splitlines(), 1) if wanted and wanted in line]
    return f"line {lines[0]}: {problem}" if lines else problem
