"""Formulas in words, for those who hear the PDF: what a person would read aloud from the formula, sign by sign.

LaTeX of the report's kind (fractions, sums, scripts, accents, Greek letters) is read from left to right; brackets are said,
so that no two formulas sound alike. The words lie in the catalogue `spoken.ftl`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.languages.catalogue import say

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\S|\s+")
_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega"
).split()
_SILENT = {"\\left", "\\right", "\\big", "\\Big", "\\bigl", "\\bigr", "\\quad", "\\,", "\\;", "\\!", "\\ ", "~", "&"}
_ACCENTS = {"\\hat": "hat", "\\widehat": "hat", "\\bar": "bar", "\\overline": "bar", "\\tilde": "tilde"}
_SIGNS = {
    **{"=": "equals", "+": "plus", "-": "minus", "−": "minus", "/": "over", "<": "less", ">": "more"},
    **{"\\ge": "at-least", "\\geq": "at-least", "\\le": "at-most", "\\leq": "at-most", "\\ne": "not-equal"},
    **{"\\neq": "not-equal", "\\pm": "plus-minus", "\\times": "times", "\\cdot": "times", "\\mid": "given"},
    **{"\\in": "element", "\\infty": "infinity", "\\dots": "and-so-on", "\\ldots": "and-so-on", "\\#": "number"},
    **{
        "\\to": "towards",
        "\\partial": "partial",
        "\\ln": "logarithm",
        "\\log": "logarithm",
        "'": "prime",
        "\\prime": "prime",
        "*": "star",
    },
    **{"(": "open", ")": "close", "[": "open-square", "]": "close-square", "\\{": "open-brace", "\\}": "close-brace"},
}
_LARGE = {"\\sum": "sum", "\\prod": "product", "\\max": "maximum", "\\min": "minimum"}


class _Reader:
    """Reads one formula; `word` says a sign's name."""

    def __init__(self, latex: str, word: Callable[[str], str]) -> None:
        self.signs = [sign for sign in _TOKEN.findall(latex) if sign]
        self.at, self.word, self.inside = 0, word, False
        self.unknown: list[str] = []

    def row(self, end: str = "") -> str:
        """Everything up to the closing brace, or to the end."""
        said: list[str] = []
        while self.at < len(self.signs) and self.signs[self.at] != end:
            said.append(self._scripted(self._atom()))
        self.at += bool(end)
        return " ".join(part for part in said if part)

    def _peek(self) -> str:
        while self.at < len(self.signs) and self.signs[self.at].isspace():
            self.at += 1
        return self.signs[self.at] if self.at < len(self.signs) else ""

    def _argument(self) -> str:
        """What a command or script is given: a group, or the one sign that follows."""
        sign = self._peek()
        if sign == "{":
            self.at += 1
            return self.row("}")
        return self._atom(alone=True) if sign else ""

    def _raw(self) -> str:
        """The letters of a group, as they stand."""
        self.at += 1
        start, depth = self.at, 1
        while depth and self.at < len(self.signs):
            depth += {"{": 1, "}": -1}.get(self.signs[self.at], 0)
            self.at += 1
        return "".join(self.signs[start : self.at - 1])

    def _atom(self, *, alone: bool = False) -> str:
        sign = self.signs[self.at]
        self.at += 1
        if sign.isspace() or sign in _SILENT:
            return ""
        if sign == "{":
            return self.row("}")
        if sign in _ACCENTS:
            return f"{self._argument()} {self.word(_ACCENTS[sign])}"
        if sign in ("\\frac", "\\tfrac", "\\dfrac"):
            above, below = self._argument(), self._argument()
            short = len(f"{above} {below}".split()) == 2
            return f"{above} {self.word('over')} {below}" if short else self._long("fraction", above, below)
        if sign == "\\sqrt":
            return f"{self.word('root')} {self._argument()}, {self.word('root-end')}"
        if sign in ("\\text", "\\operatorname", "\\mathrm"):
            return self._raw()
        if sign in _LARGE:
            return self._large(sign)
        if sign == "|":
            self.inside = not self.inside
            return self.word("absolute") if self.inside else self.word("absolute-end")
        if sign in _SIGNS:
            return self.word(_SIGNS[sign])
        if sign.startswith("\\") and len(sign) > 2:
            name = sign[1:].removeprefix("var")
            if name.lower() not in _GREEK and name != "ell":
                self.unknown.append(sign)
            return name if name.islower() or name.lower() not in _GREEK else f"{self.word('capital')} {name.lower()}"
        return sign if alone or not sign.isalnum() else self._run(sign)

    def _run(self, first: str) -> str:
        """Letters that stand together as a name (ATT, Var), digits as a number; other letters one by one."""
        start = self.at
        run = first
        while self.at < len(self.signs) and self.signs[self.at].isalnum() and len(self.signs[self.at]) == 1:
            run += self.signs[self.at]
            self.at += 1
        name = re.match(r"\d+|[A-Z]{2,}\d*|[A-Z][a-z]+|[a-z]{4,}", run)
        said = name[0] if name else first
        self.at = start + len(said) - 1
        following = self._peek()
        if said == "E" and following == "[":
            return self.word("expected")
        return self.word("indicator") if said == "1" and following == "\\{" else said

    def _large(self, sign: str) -> str:
        below = above = ""
        while self._peek() in ("_", "^"):
            script = self.signs[self.at]
            self.at += 1
            if script == "_":
                below = self._argument()
            else:
                above = self._argument()
        name = _LARGE[sign]
        parts = [self.word(name)]
        if below:
            parts.append(f"{self.word('for')} {below}")
        if above:
            parts.append(f"{self.word('up-to')} {above}")
        return " ".join([*parts, self.word("of")])

    def _scripted(self, said: str) -> str:
        while said and self._peek() in ("_", "^", "'"):
            script = self.signs[self.at]
            self.at += 1
            if script == "'":
                said = f"{said} {self.word('prime')}"
                continue
            given = self._argument()
            if script == "_":
                pause = "," if len(given.split()) > 3 else ""
                said = f"{said} {self.word('sub')} {given}{pause}"
            else:
                said = f"{said} {self._power(given)}"
        return said

    def _power(self, given: str) -> str:
        if given == "2":
            return self.word("squared")
        if given in (self.word("star"), self.word("prime")):
            return given
        if re.fullmatch(r"[A-Z]", given):
            return f"{self.word('superscript')} {given}"
        return f"{self.word('power')} {given},"

    def _long(self, name: str, above: str, below: str) -> str:
        return f"{self.word(name)} {above}, {self.word('over')} {below}, {self.word(f'{name}-end')}"


def spoken(latex: str, lang: str) -> str:
    """A formula in words, such as "Y sub i t equals alpha sub i plus lambda sub t".

    Args:
        latex: The formula, without dollar signs; a command that is not known is said by its name.
        lang: Language.
    """
    return _read(latex, lang)[0]


def unknown(latex: str) -> list[str]:
    """Commands of a formula that have no words."""
    return _read(latex, "")[1]


def _read(latex: str, lang: str) -> tuple[str, list[str]]:
    reader = _Reader(latex, lambda name: say(f"spoken-{name}", lang) if lang else name)
    said = " ".join(reader.row().split())
    return re.sub(r" ([,.])", r"\1", re.sub(r",(?=[,.]|$)", "", said)).strip(), reader.unknown
