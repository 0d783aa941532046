"""Which sentences of the report are said whatever the results: found in the code that says them.

A message counts as said unconditionally where a chapter gives its name to `paragraph`, `bullets`, `steps`, `callout` or
`listed` as it stands (alone, in a list, through `msg` or `about`, or as the members of a constant over which a loop runs),
outside `when(…)`, outside an `if` and an `… if … else …`. A name that is put together or looked up is chosen by a rule.
Headings, captions, notes and labels claim nothing by themselves. What a study says in its own `text/` is the study's.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

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

    def messages(self, tree: ast.AST) -> Iterator[str]:
        """Names of the messages that are said unconditionally."""
        if isinstance(tree, ast.If | ast.IfExp):
            yield from self.messages(tree.test)
            return
        if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Attribute):
            if tree.func.attr in SAYING:
                for given in tree.args[1 if tree.func.attr == "callout" else 0 :]:
                    yield from self._named(given, {})
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
                if isinstance(loop.target, ast.Name) and isinstance(loop.iter, ast.Name) and not loop.ifs:
                    known[loop.target.id] = self.constants.get(loop.iter.id, ())
            if not any(loop.ifs for loop in node.generators):
                yield from self._named(node.elt, known)
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("msg", "about", "Message"):
                for given in node.args[:2] if name == "about" else node.args[:1]:
                    yield from self._named(given, loops)

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


def unconditional(source: str, constants: dict[str, tuple[str, ...]], catalogue: Catalogue) -> set[str]:
    """Messages of a module's source that are said whatever the results."""
    found = Finder(constants, catalogue).messages(ast.parse(source))
    return {name for name in found if re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)+(\.[a-z]+)?", name)}
