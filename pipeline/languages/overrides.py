"""Messages that a study says anew: each must replace one that there is, and knows which wording it was written for.

Beside a message of `studies/<name>/text/<lang>/*.ftl` stands the comment `# original: <hash>`, the hash of the common
message that it replaces. Where that message has changed since, the study's may no longer fit; the report is made and the
change is told in one line. Messages of the study's own are those that one of its lists (`…-list`) names, and those that a
chapter of its own says, in the file that is called like the chapter.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from fluent.syntax import FluentSerializer, ast

from pipeline.errors import RenderError
from pipeline.languages.known import HERE, languages
from pipeline.languages.syntax import entry as parsed
from pipeline.languages.syntax import read, sources

LIST = "-list"


def check(own: Path) -> list[str]:
    """Look through a study's messages in all languages.

    Args:
        own: The study's folder of catalogues, with one folder a language.

    Returns:
        One line for each message whose original is not named, or has changed since it was written.

    Raises:
        RenderError: A message replaces none that there is, and no list of the study names it; or a language of the
            folder is none of the report's.
    """
    if not own.is_dir():
        return []
    told: list[str] = []
    for folder in sorted(path for path in own.iterdir() if path.is_dir()):
        if folder.name not in languages():
            raise RenderError(
                f"The study has words in {folder.name!r}, which is no language of the report.",
                where=_shown(folder),
                expected="one of " + ", ".join(languages()),
            )
        told += _check_language(folder)
    return told


def _check_language(folder: Path) -> list[str]:
    common = {
        name: source
        for path in sorted((HERE / folder.name).glob("*.ftl"))
        for name, source in sources(path.read_text(encoding="utf-8")).items()
    }
    own = [(path, entry) for path in sorted(folder.glob("*.ftl")) for entry in _messages(path)]
    listed = {name for _, e in own if e.id.name.endswith(LIST) and e.id.name in common for name in _names(e)}
    told = []
    for path, entry in own:
        name = entry.id.name
        if name in common:
            original = parsed(common[name])
            assert isinstance(original, ast.Message)  # a term's name begins with a hyphen
            _check_attributes(path, entry, original)
            told += _drift(path, entry, digest(original))
        elif name not in listed and not _of_chapter(path, name):
            near = difflib.get_close_matches(name, common, 3)
            raise RenderError(
                f"The study says {name!r} anew, but there is no such message.",
                where=_shown(path),
                expected="did you mean " + " or ".join(near) + "?" if near else "a message of pipeline/languages",
                todo=f"Correct the name, or name it in a list of the study (a message that ends in {LIST!r}).",
            )
    return told


def _of_chapter(path: Path, name: str) -> bool:
    """Whether a chapter of the study's own, beside its words in a file of the same name, says the message."""
    chapter = path.parent.parent.parent / "chapters" / f"{path.stem}.py"
    if not chapter.is_file():
        return False
    return name == f"auxiliary-{path.stem}" or f'"{name}"' in chapter.read_text(encoding="utf-8")


def digest(message: ast.Message) -> str:
    """Eight digits that stand for a message's words and attributes, comments aside."""
    alone = message.clone()
    alone.comment = None
    return hashlib.sha256(FluentSerializer().serialize_entry(alone).encode()).hexdigest()[:8]


def _drift(path: Path, entry: ast.Message, now: str) -> list[str]:
    noted = re.search(r"original: *(\S+)", entry.comment.content or "") if entry.comment else None
    if noted and noted[1] == now:
        return []
    why = "its original has changed since it was written: compare them" if noted else "its original is not named"
    return [f"{_shown(path)}: {entry.id.name}: {why}, and write above it: # original: {now}"]


def _check_attributes(path: Path, entry: ast.Message, original: ast.Message) -> None:
    known = {attribute.id.name for attribute in original.attributes}
    for attribute in entry.attributes:
        if attribute.id.name not in known:
            raise RenderError(
                f"The study says {entry.id.name}.{attribute.id.name} anew, but there is no such attribute.",
                where=_shown(path),
                expected="one of " + ", ".join(sorted(known)) if known else "a message without attributes",
            )


def _messages(path: Path) -> Iterator[ast.Message]:
    yield from (entry for entry in read(path).body if isinstance(entry, ast.Message))


def _names(entry: ast.Message) -> list[str]:
    elements = entry.value.elements if entry.value else []
    return " ".join(str(e.value) for e in elements if isinstance(e, ast.TextElement)).split()


def _shown(path: Path) -> str:
    parts = path.parts
    return "/".join(parts[len(parts) - 1 - parts[::-1].index("studies") :]) if "studies" in parts else str(path)
