"""Fluent files cut into their messages, each parsed when it is first asked for.

Parsing takes most of the time that a catalogue takes, and no step says more than a part of what could be said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fluent.syntax import FluentParser, FluentSerializer, ast
from fluent.syntax.parser import with_span
from fluent.syntax.stream import FluentParserStream
from fluent.syntax.visitor import Transformer, Visitor

from pipeline.errors import RenderError

_BEGIN = re.compile(r"^(-?[A-Za-z][\w-]*) *=", re.MULTILINE)
"""A message or term begins at the margin, and nothing else there looks like it."""
_COMMENT = re.compile(r"^#.*\n?", re.MULTILINE)
_REFERENCE = re.compile(r"\{\s*(-?[a-z][\w-]*)(?:\.[\w-]+)?\s*\}")
_TEXT = re.compile(r"(?:[^{}\r\n]|\r(?!\n))*")
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


class Parser(FluentParser):
    """The library's parser, which goes letter by letter: here the rest of a line, and a name, are one step each."""

    @with_span
    def get_text_element(self, ps: FluentParserStream) -> ast.TextElement:
        """The text up to a brace or the end of the line."""
        return ast.TextElement(_taken(_TEXT, ps))

    @with_span
    def get_identifier(self, ps: FluentParserStream) -> ast.Identifier:
        """A name; what is none is told in the library's words."""
        return ast.Identifier(_taken(_IDENTIFIER, ps) or super().get_identifier(ps).name)


def _taken(what: re.Pattern[str], ps: FluentParserStream) -> str:
    """What stands here of this kind, the stream set behind it; nothing where nothing does."""
    found = what.match(ps.string, ps.index)
    if found is None:
        return ""
    ps.index, ps.peek_offset = found.end(), 0
    return found.group()


def sources(text: str) -> dict[str, str]:
    """The messages and terms of a file's text as they are written, by name (a term's begins with a hyphen).

    Comments and empty lines between them are left out.
    """
    found = list(_BEGIN.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    return {
        match[1]: _COMMENT.sub("", text[match.start() : end]).rstrip() for match, end in zip(found, ends, strict=True)
    }


@cache
def entry(source: str) -> ast.Message | ast.Term:
    """The syntax of one message or term; it is shared, and must not be changed.

    Raises:
        RenderError: It is not Fluent.
    """
    found = Parser(with_spans=False).parse_entry(source)  # each place of the source would be a node to walk over
    if isinstance(found, ast.Message | ast.Term):
        return found
    raise _no_message(found, source.splitlines()[0])


def read(path: Path) -> ast.Resource:
    """The syntax of a whole file, comments included.

    Raises:
        RenderError: The file is not Fluent; its first bad line is named.
    """
    source = path.read_text(encoding="utf-8")
    parsed = Parser().parse(source)
    for found in parsed.body:
        if isinstance(found, ast.Junk):
            line = source.count("\n", 0, found.span.start if found.span else 0) + 1
            bad = (found.content or "").splitlines() or [""]
            raise _no_message(found, f"{path.parent.name}/{path.name}, line {line}: {bad[0][:80]}")
    return parsed


def entries(path: Path) -> Iterator[tuple[str, str]]:
    """Each message and attribute of a catalogue's file: its name and its words as they are written."""
    serializer = FluentSerializer()
    for found in read(path).body:
        if isinstance(found, ast.Message | ast.Term):
            mark = "-" if isinstance(found, ast.Term) else ""
            alone = found.clone()
            alone.comment, alone.attributes = None, []
            if found.value is not None:
                yield mark + found.id.name, serializer.serialize_entry(alone).partition("=")[2].strip()
            for attribute in found.attributes:
                holder = ast.Message(ast.Identifier("x"), value=attribute.value)
                name = f"{mark}{found.id.name}.{attribute.id.name}"
                yield name, serializer.serialize_entry(holder).partition("=")[2].strip()


def _no_message(found: ast.SyntaxNode, where: str) -> RenderError:
    told = found.annotations[0].message if isinstance(found, ast.Junk) and found.annotations else "it is no message"
    return RenderError(
        f"A catalogue of words cannot be read: {told}.",
        where=where,
        expected="`name = words` on one line, further lines indented",
    )


def names_in(source: str) -> list[str]:
    """Messages and terms that the text of a message puts in its place, as they are written."""
    return _REFERENCE.findall(source)


def references(found: ast.Message | ast.Term) -> set[str]:
    """Names of all messages and terms that a message refers to, also in choices and arguments."""
    visitor = _References()
    visitor.visit(found)
    return visitor.names


class _References(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802
        self.names.add(node.id.name)

    def visit_TermReference(self, node: ast.TermReference) -> None:  # noqa: N802
        self.names.add("-" + node.id.name)
        self.generic_visit(node)


GIVEN = "GIVEN"
"""Function that prints what a message was given, with the name that the message has for it."""
_OF_VALUES = ("SHARE", "FMT", "PERIOD")
"""Functions that print a value that they are given."""


def naming(found: ast.Message | ast.Term) -> ast.Message | ast.Term:
    """A message whose arguments, where they are printed, are printed by `GIVEN` or told their name (`of: "level"`)."""
    named: ast.Message | ast.Term = found.clone()
    _Naming().visit(named)
    return named


class _Naming(Transformer):
    def visit_Placeable(self, node: ast.Placeable) -> ast.Placeable:  # noqa: N802
        shown = node.expression
        if isinstance(shown, ast.VariableReference):
            arguments = ast.CallArguments([shown], [_of(shown)])
            return ast.Placeable(ast.FunctionReference(ast.Identifier(GIVEN), arguments))
        if isinstance(shown, ast.FunctionReference) and shown.id.name in _OF_VALUES:
            values = [one for one in shown.arguments.positional if isinstance(one, ast.VariableReference)]
            shown.arguments.named += [_of(one) for one in values[:1]]
            return node
        return self.generic_visit(node)


def _of(variable: ast.VariableReference) -> ast.NamedArgument:
    return ast.NamedArgument(ast.Identifier("of"), ast.StringLiteral(variable.id.name))
