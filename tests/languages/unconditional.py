"""Which sentences of the report are said whatever the results: found in the code that says them.

A message counts as said unconditionally where a chapter gives its name to `paragraph`, `bullets`, `steps`, `callout` or
`listed` as it stands (alone, in a list, through `msg` or `about`, or as the members of a constant over which a loop runs),
outside `when(…)`, outside an `if` and an `… if … else …`. Whether the ledger has something (`doc.has`) is no condition of
what is then said of it. A name that is put together or looked up is chosen by a rule. Headings, captions, notes and labels
claim nothing by themselves. What a study says in its own `text/` is the study's.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.languages.catalogue import Catalogue

SAYING = ("paragraph", "bullets", "steps", "callout")


@dataclass
class Finder:
    """Looks one module through.

    Args:
        constants: Tuples of texts of the module, by name.
        catalogue: For the members of lists.
    """

    constants: dict[str, tuple[str, ...]]
    catalogue: Catalogue
    loops: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def messages(self, tree: ast.AST) -> Iterator[str]:
        """Names of the messages that are said unconditionally."""
        if isinstance(tree, ast.IfExp) or (isinstance(tree, ast.If) and not _of_being_there(tree.test)):
            return
        if isinstance(tree, ast.For) and isinstance(tree.target, ast.Name):
            self.loops[tree.target.id] = self._members(tree.iter)
        if isinstance(tree, ast.For) and isinstance(tree.target, ast.Tuple) and isinstance(tree.iter, ast.Call):
            held = tree.iter.func.value if isinstance(tree.iter.func, ast.Attribute) else None
            if isinstance(held, ast.Name) and isinstance(tree.target.elts[-1], ast.Name):
                self.constants[tree.target.elts[-1].id] = self.constants.get(held.id, ())  # lists in a constant by name
        if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Attribute):
            if tree.func.attr in SAYING:
                for given in tree.args[1 if tree.func.attr == "callout" else 0 :]:
                    yield from self._named(given, dict(self.loops))
            if tree.func.attr == "listed" and isinstance(tree.args[0], ast.Constant):
                yield from (
                    name for name in self.catalogue.say(tree.args[0].value).split() if not name.endswith("-title")
                )
        for child in ast.iter_child_nodes(tree):
            yield from self.messages(child)

    def _named(self, node: ast.AST, loops: dict[str, tuple[str, ...]]) -> Iterator[str]:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield from self._joined(node, loops)
        elif isinstance(node, ast.List | ast.Tuple):
            for part in node.elts:
                yield from self._named(part, loops)
        elif isinstance(node, ast.Starred):
            yield from self._named(node.value, loops)
        elif isinstance(node, ast.GeneratorExp | ast.ListComp):
            known = dict(loops)
            for loop in node.generators:
                if isinstance(loop.target, ast.Name) and not loop.ifs:
                    known[loop.target.id] = self._members(loop.iter)
            if not any(loop.ifs for loop in node.generators):
                yield from self._named(node.elt, known)
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name == "when" and _of_being_there(node.args[0]):
                for given in node.args[1:]:
                    yield from self._named(given, loops)
            if name in ("msg", "about", "Message"):
                for given in node.args[:2] if name == "about" else node.args[:1]:
                    yield from self._named(given, loops)

    def _members(self, node: ast.AST) -> tuple[str, ...]:
        if isinstance(node, ast.Name):
            return self.constants.get(node.id, ())
        if isinstance(node, ast.Tuple) and all(isinstance(one, ast.Constant) for one in node.elts):
            return tuple(str(one.value) for one in node.elts)  # type: ignore[attr-defined]
        return ()

    @staticmethod
    def _joined(node: ast.JoinedStr, loops: dict[str, tuple[str, ...]]) -> Iterator[str]:
        """A name that is put together counts where all its parts are known."""
        said = [""]
        for part in node.values:
            if isinstance(part, ast.Constant):
                ends = (str(part.value),)
            elif isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Name):
                ends = loops.get(part.value.id, ())
            else:
                ends = ()
            said = [begun + end for begun in said for end in ends]
        yield from said


def _of_being_there(test: ast.AST) -> bool:
    """Whether a condition asks only what the ledger has."""
    if isinstance(test, ast.BoolOp):
        return all(_of_being_there(value) for value in test.values)
    if isinstance(test, ast.Call):
        return isinstance(test.func, ast.Attribute) and test.func.attr == "has"
    return False


def unconditional(source: str, constants: dict[str, tuple[str, ...]], catalogue: Catalogue) -> set[str]:
    """Messages of a module's source that are said whatever the results."""
    found = Finder(constants, catalogue).messages(ast.parse(source))
    return {name for name in found if re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)+(\.[a-z]+)?", name)}
