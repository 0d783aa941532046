"""What a word processor's fields in a DOCX say: for tests that look at any report."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass
class Fields:
    """Fields of one document: (instruction, cached text) in order, the text of each bookmark, and what is wrong."""

    found: list[tuple[str, str]] = field(default_factory=list)
    bookmarks: dict[str, str] = field(default_factory=dict)
    bare: str = ""
    """The text that stands outside REF fields, captions, headings, contents and links to the other volume."""
    captions: list[str] = field(default_factory=list)


def read_fields(path: Path) -> Fields:
    """All fields, nested ones too, of a DOCX's text and footnotes."""
    made = Fields()
    with zipfile.ZipFile(path) as pack:
        parts = [pack.read(f"word/{name}.xml") for name in ("document", "footnotes")]
    bare: list[str] = []
    for content in parts:
        _walk(etree.fromstring(content), made, bare)
    made.bare = "".join(bare)
    return made


def _walk(root: etree._Element, made: Fields, bare: list[str]) -> None:
    stack: list[list] = []  # [instruction, result, past the separator]
    open_marks: dict[str, str] = {}
    for element in root.iter(f"{W}p", f"{W}fldChar", f"{W}instrText", f"{W}t", f"{W}bookmarkStart", f"{W}bookmarkEnd"):
        if element.tag == f"{W}p":
            style = element.find(f"{W}pPr/{W}pStyle")
            kind = style.get(f"{W}val") if style is not None else ""
            silent = kind.startswith(("TOC", "Heading", "FrontHeading"))
            bare.append("\n")
        elif element.tag == f"{W}bookmarkStart":
            name = element.get(f"{W}name")
            assert name not in made.bookmarks, f"the bookmark {name} stands twice"
            made.bookmarks[name] = ""
            open_marks[element.get(f"{W}id")] = name
        elif element.tag == f"{W}bookmarkEnd":
            open_marks.pop(element.get(f"{W}id"), None)
        elif element.tag == f"{W}fldChar":
            kind_of = element.get(f"{W}fldCharType")
            if kind_of == "begin":
                stack.append(["", "", False])
            elif kind_of == "separate":
                stack[-1][2] = True
            else:
                instruction, result, _ = stack.pop()
                made.found.append((instruction.strip(), result))
        elif element.tag == f"{W}instrText":
            stack[-1][0] += element.text or ""
        else:
            said = element.text or ""
            for one in stack:
                one[1] += said if one[2] else ""
            for name in open_marks.values():
                made.bookmarks[name] += said
            outside = element.getparent().getparent().tag == f"{W}hyperlink" and not stack
            if not silent and not outside and not any(one[0].strip().startswith("REF") for one in stack):
                bare.append(said if not any(name.startswith("_Ref_") for name in open_marks.values()) else "")
    assert not stack, "a field does not end"


def faults(path: Path, words: tuple[str, ...]) -> list[str]:
    """What is wrong with a volume's captions, references and contents.

    Args:
        path: The DOCX.
        words: Names of exhibits in its language, such as "Table" and "Figure".
    """
    made = read_fields(path)
    wrong = [*_captions(path, made, words), *_sequences(made), *_references(made)]
    for name in words:
        for hit in re.finditer(rf"\b{name}\u00a0[A-Z]?[\d.]*\d", made.bare):
            wrong.append(f"{hit[0]!r} is no field: …{made.bare[max(0, hit.start() - 60) : hit.end()]}")
    return wrong


def _captions(path: Path, made: Fields, words: tuple[str, ...]) -> list[str]:
    with zipfile.ZipFile(path) as pack:
        root = etree.fromstring(pack.read("word/document.xml"))
    wrong = []
    for paragraph in root.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is None or style.get(f"{W}val") not in ("TableCaption", "ImageCaption"):
            continue
        said = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
        made.captions.append(said)
        codes = " ".join(code.text or "" for code in paragraph.iter(f"{W}instrText"))
        if " SEQ " not in codes:
            wrong.append(f"a caption does not count: {said[:60]}")
        if not said.startswith(words):
            wrong.append(f"a caption without its label: {said[:60]}")
    return wrong


def _sequences(made: Fields) -> list[str]:
    """A word processor that counts comes to the cached numbers."""
    counts: Counter[str] = Counter()
    wrong = []
    for instruction, result in made.found:
        match = re.fullmatch(r"SEQ (\w+) \\\* ARABIC(?: \\r (\d+))?", instruction)
        if match:
            counts[match[1]] = int(match[2]) if match[2] else counts[match[1]] + 1
            if str(counts[match[1]]) != result:
                wrong.append(f"{instruction} counts {counts[match[1]]} and shows {result}")
    return wrong


def _references(made: Fields) -> list[str]:
    wrong = []
    for instruction, result in made.found:
        match = re.match(r"(REF|PAGEREF) (\S+)", instruction)
        if match and match[2] not in made.bookmarks:
            wrong.append(f"{instruction} leads nowhere")
        elif match and match[1] == "REF" and made.bookmarks[match[2]] != result:
            wrong.append(f"{instruction} shows {result!r}; there stands {made.bookmarks[match[2]]!r}")
        elif match and match[1] == "PAGEREF" and not re.fullmatch(r"[1-9]\d*", result):
            wrong.append(f"{instruction} has no page: {result!r}")
    return wrong
