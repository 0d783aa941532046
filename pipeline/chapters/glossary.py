"""About the document, and the glossary: every technical word with what it means; its first use in the text leads there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from pipeline.chapters import plan
from pipeline.languages import locale
from pipeline.languages.message import Text, literal, msg
from pipeline.report.doc import Doc
from pipeline.study.dates import document_day

TERMS = (
    "att", "did", "parallel", "cohort", "event-time", "comparison", "interval", "sd", "p", "smallest", "detectable",
    "cluster", "covariate", "band", "bootstrap", "placebo", "two-way", "attrition", "spill-over", "weights", "r-indicator",
    "skm", "ip-asn", "jp", "ledger", "seed", "hash", "main", "security", "power", "asn", "pns", "pppk", "wwc", "rr2", "alpha",
)  # fmt: skip
"""Terms of the glossary, in order; `glossary-<term>` is the term, `.says` its meaning, `.seen` how it stands in text."""
LOCAL = frozenset({"skm", "ip-asn", "jp", "asn", "pns", "pppk", "wwc", "rr2", "alpha", "r-indicator", "weights"})
"""Of these, what only some studies are about: they stand in the glossary where the text before it uses them."""
_SPARED = re.compile(r"(\[[^\]]*\](?:\([^)]*\)|\{[^}]*\})?|`[^`]*`|\$[^$]*\$|@[\w-]+|\*\*[^*]*\*\*)")
"""What a link may not be put into: links, citations, code, formulas, references, emphasis."""


class Linker:
    """Turns the first use of each term of the glossary into a link to it."""

    def __init__(self, doc: Doc) -> None:
        self._left = {
            term: re.compile(rf"\b(?:{doc.say(f'glossary-{term}.seen')})\b") for term in TERMS
        }  # a pattern: how it stands in text, in all its forms

    def forget(self, terms: Iterable[str]) -> None:
        """These terms have no place to lead to."""
        for term in terms:
            self._left.pop(term, None)

    def __call__(self, text: str) -> str:
        for term, pattern in list(self._left.items()):
            pieces = _SPARED.split(text)
            for k in range(0, len(pieces), 2):
                linked, found = pattern.subn(lambda match, term=term: f"[{match[0]}](#term-{term})", pieces[k], count=1)
                if found:
                    pieces[k] = linked
                    del self._left[term]
                    break
            text = "".join(pieces)
        return text


def about(doc: Doc) -> None:
    """What the document is: number, edition, version, date, authors, contact, and how to cite it."""
    report = doc.study.report
    day = document_day(doc.study, doc.edition, doc.root)
    told = {
        "number": report.number.replace("{edition}", str(doc.edition)),
        "edition": str(doc.edition),
        "version": report.version,
        "date": locale.date(day, doc.lang),
        "authors": ", ".join(report.authors),
        "contact": report.contact,
    }
    doc.heading("glossary-about-title", 1, "sec-about", ["unnumbered"])
    doc.bullets(*(msg(f"glossary-about-{key}", value=_linked(value)) for key, value in told.items() if value))
    cited = {**told, "year": str(day.year), "title": doc.study.title.model_dump()}
    who = literal(told["authors"]) if report.authors else report.institution.model_dump()
    doc.paragraph(msg("glossary-about-cite", who=who, institution=report.institution.model_dump(), **cited))


def _linked(value: str) -> Text:
    """As it stands; an address of electronic mail as a link, which a listener can follow."""
    return f"<{value}>" if re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", value) else literal(value)


def glossary(doc: Doc) -> None:
    """The terms with their meanings; those that only some studies are about, where they are used."""
    text = doc.markdown()
    unused = {term for term in LOCAL if not re.search(rf"\b(?:{doc.say(f'glossary-{term}.seen')})\b", text)}
    if isinstance(doc.link, Linker):
        doc.link.forget(unused)
    doc.heading("glossary-title", id="sec-glossary")
    lines = "\n".join(f"- {line}" for line in _lines(doc, unused))
    doc.raw(f"::: {{.compact}}\n{lines}\n:::")


def supplement(doc: Doc) -> None:
    """Where the appendices are: the contents of the first volume name them."""
    doc.heading("glossary-supplement-title", id="sec-supplement")
    doc.paragraph("glossary-supplement")


def _lines(doc: Doc, unused: Collection[str]) -> Iterator[str]:
    blind = plan.stage(doc) == "before" and not (doc.value("plan_revisions") or doc.value("plan_deviations"))
    chosen = "blind" if blind else "other"
    for term in sorted(set(TERMS) - set(unused), key=lambda term: doc.say(f"glossary-{term}").casefold()):
        yield f"[**{doc.say(f'glossary-{term}')}**]{{#term-{term}}}: {doc.say(f'glossary-{term}.says', chosen=chosen)}"
