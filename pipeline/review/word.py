"""Remarks of a returned DOCX: comments with what they are fastened to, and tracked insertions and deletions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from pipeline.errors import SourceError
from pipeline.report.docx_styles import NAMESPACE
from pipeline.review.package import parts, xml
from pipeline.review.remark import Remark, initials, kept

_W = f"{{{NAMESPACE}}}"
_PARTS = ("word/document.xml", "word/footnotes.xml", "word/comments.xml", "word/commentsExtended.xml")
FRONT = "front"
"""What stands before the first paragraph that has a name: cover, approval, contents."""
NOTE = "footnote"
_SHORT = 300
"""Letters that are kept of the words which a remark is fastened to."""
_CHANGES = {
    f"{_W}ins": "insertion",
    f"{_W}moveTo": "insertion",
    f"{_W}del": "deletion",
    f"{_W}moveFrom": "deletion",
}


@dataclass
class _Comment:
    by: str
    date: str
    text: str
    done: bool
    place: str = ""
    until: str = ""
    number: str = ""
    about: list[str] = field(default_factory=list)


@dataclass
class _Change:
    kind: str
    place: str
    by: str
    date: str
    words: list[str] = field(default_factory=list)


class _Reader:
    """Walks a part in the order of its text and knows at which place it is."""

    def __init__(self, marks: Mapping[str, str], comments: dict[str, _Comment], start: str) -> None:
        self.marks, self.comments = marks, comments
        self.place, self.number = start, ""
        self.open: dict[str, _Comment] = {}
        self.changes: list[_Change] = []

    def walk(self, node: etree._Element, change: _Change | None = None) -> None:
        """One element and what is in it; `change` is the tracked change that it stands in."""
        for child in node:
            if not isinstance(child.tag, str):
                continue
            if child.tag == f"{_W}p":
                self._enter(child)
            elif child.tag == f"{_W}bookmarkStart":
                self._mark(str(child.get(f"{_W}name")))
            elif child.tag in (f"{_W}commentRangeStart", f"{_W}commentReference"):
                self._begin(str(child.get(f"{_W}id")), stays=child.tag.endswith("Start"))
            elif child.tag == f"{_W}commentRangeEnd":
                self.open.pop(str(child.get(f"{_W}id")), None)
            elif child.tag in (f"{_W}t", f"{_W}delText"):
                self._say(child.text or "", change)
            elif child.tag in (f"{_W}tab", f"{_W}br"):
                self._say(" ", change)
            self.walk(child, self._change(child) if child.tag in _CHANGES and len(child) else change)

    def _enter(self, paragraph: etree._Element) -> None:
        """A paragraph with a name of its own is the place from here on; a cell of a table is at the table."""
        self.number = ""
        names = [self.marks.get(str(m.get(f"{_W}name"))) for m in paragraph.iter(f"{_W}bookmarkStart")]
        own = next((name for name in names if name and not name.startswith("n-")), None)
        if own:
            self.place = own
        for comment in self.open.values():
            comment.until = self.place if self.place != comment.place else comment.until
            comment.about.append(" ")

    def _mark(self, name: str) -> None:
        place = self.marks.get(name)
        if place is not None and place.startswith("n-"):
            self.number = place
        elif place is not None:
            self.place = place
        elif name.startswith("_p_"):
            # Of another making of this edition: said as it stands, so that it can be told that it is gone.
            self.place = "p-" + name[3:].replace("_", "-")

    def _begin(self, identifier: str, *, stays: bool) -> None:
        comment = self.comments.get(identifier)
        if comment is None:
            return
        if not comment.place:
            comment.place, comment.number = self.place, self.number
        if stays:
            self.open[identifier] = comment

    def _say(self, words: str, change: _Change | None) -> None:
        for comment in self.open.values():
            comment.about.append(words)
        if change is not None:
            change.words.append(words)
        if words.strip():
            self.number = ""

    def _change(self, element: etree._Element) -> _Change:
        by = initials(str(element.get(f"{_W}author", "")))
        made = _Change(_CHANGES[element.tag], self.place, by, str(element.get(f"{_W}date", "")))
        last = self.changes[-1] if self.changes else None
        # Word cuts one change into a piece for each of its runs.
        same = last and (last.kind, last.place, last.by, last.date) == (made.kind, made.place, made.by, made.date)
        if last and same:
            return last
        self.changes.append(made)
        return made


def read_docx(path: Path, marks: Mapping[str, str], wanted: str) -> list[Remark]:
    """All remarks of a returned volume, in the order of its text.

    Args:
        path: The file.
        marks: Bookmark -> name of the place (`places.by_bookmark`).
        wanted: The bookmark that tells study, edition and language (`marks.origin`).

    Raises:
        SourceError: It is no DOCX, cannot be read, or is of another report.
    """
    found = parts(path, _PARTS)
    if "word/document.xml" not in found:
        raise SourceError(
            "The file is no Word document.", where=str(path), expected="a .docx that was saved by a word processor"
        )
    document = xml(found["word/document.xml"], f"{path}: document.xml")
    _check_origin(document, path, wanted)
    comments = _comments(found, path)
    body = _Reader(marks, comments, FRONT)
    body.walk(document)
    changes = body.changes
    if "word/footnotes.xml" in found:
        notes = _Reader(marks, comments, NOTE)
        notes.walk(xml(found["word/footnotes.xml"], f"{path}: footnotes.xml"))
        changes = [*changes, *notes.changes]
    remarks = [
        Remark(
            "comment",
            one.place or FRONT,
            one.by,
            one.date,
            one.text,
            kept("".join(one.about))[:_SHORT],
            one.until,
            one.number,
            one.done,
        )
        for one in comments.values()
        if one.text
    ]
    remarks += [
        Remark(one.kind, one.place, one.by, one.date, text) for one in changes if (text := kept("".join(one.words)))
    ]
    return remarks


def _check_origin(document: etree._Element, path: Path, wanted: str) -> None:
    names = [str(mark.get(f"{_W}name")) for mark in document.iter(f"{_W}bookmarkStart")]
    origins = sorted({name for name in names if name.startswith("_of_")})
    if wanted in origins:
        return
    if origins:
        raise SourceError(
            "The document is of another study, edition or language.",
            where=f"{path}: {origins[0].removeprefix('_of_')}",
            expected=wanted.removeprefix("_of_"),
            todo="Name its study, edition and language: make review STUDY=… EDITION=… LANG=… FILE=…",
        )
    raise SourceError(
        "The document is none of this project's reports, or was copied into a new one.",
        where=str(path),
        expected="report.docx or supplement.docx with the reviewer's remarks",
        todo="Ask for the file itself; or put the remarks into a sheet (docs/review.md).",
    )


def _comments(found: Mapping[str, bytes], path: Path) -> dict[str, _Comment]:
    if "word/comments.xml" not in found:
        return {}
    root = xml(found["word/comments.xml"], f"{path}: comments.xml")
    done = set(_done(found, path))
    made = {}
    for element in root.iter(f"{_W}comment"):
        paragraphs = list(element.iter(f"{_W}p"))
        text = "\n".join("".join(t.text or "" for t in p.iter(f"{_W}t")) for p in paragraphs)
        own = {value for p in paragraphs for key, value in p.attrib.items() if key.endswith("}paraId")}
        made[str(element.get(f"{_W}id"))] = _Comment(
            initials(str(element.get(f"{_W}author", "")), str(element.get(f"{_W}initials", ""))),
            str(element.get(f"{_W}date", "")),
            kept(text),
            bool(own & done),
        )
    return made


def _done(found: Mapping[str, bytes], path: Path) -> Iterator[str]:
    """Marks of the comments that their readers ticked off in Word."""
    if "word/commentsExtended.xml" not in found:
        return
    for element in xml(found["word/commentsExtended.xml"], f"{path}: commentsExtended.xml").iter():
        values = {etree.QName(key).localname: value for key, value in element.attrib.items()}
        if values.get("done") in ("1", "true") and "paraId" in values:
            yield values["paraId"]
