"""The questionnaire on paper: one PDF a language, a form for each design of the protected question."""

from __future__ import annotations

import tempfile
from pathlib import Path

import typst

from pipeline.questionnaire import wording
from pipeline.questionnaire.assignment import LETTERS
from pipeline.study.survey import FORMATS, Format, Survey

_HEAD = """#set page(paper: "a4", margin: (x: 2cm, y: 1.8cm), numbering: "1 / 1", footer-descent: 40%)
#set text(font: "Libertinus Serif", size: 10.5pt, lang: "LANG")
#set document(title: "TITLE", date: none)
#let box-mark = box(width: 0.34cm, height: 0.34cm, stroke: 0.6pt, baseline: 12%)
#let opt(label) = box[#box-mark #h(0.12cm) #label #h(0.55cm)]
#show heading: set text(fill: rgb("#1f4e79"), size: 11.5pt)
#show heading: set block(above: 1.1em, below: 0.6em)
"""


def write_paper(path: Path, survey: Survey, lang: str) -> None:
    """Write the PDF; the same bytes for the same arguments.

    Args:
        path: The .pdf file.
        survey: The item bank.
        lang: "id" or "en".
    """
    designs: list[Format | None] = list(FORMATS) if survey.sensitive is not None else [None]
    forms = "\n#pagebreak()\n#counter(page).update(1)\n".join(_form(survey, design, lang) for design in designs)
    head = _HEAD.replace("LANG", lang).replace("TITLE", _plain(survey.title[lang]))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "form.typ"
        source.write_text(head + forms, encoding="utf-8")
        content = typst.compile(source, ignore_system_fonts=True, timestamp=0)
    partial = path.with_name(f".{path.name}")
    partial.write_bytes(content)
    partial.replace(path)


def _form(survey: Survey, design: Format | None, lang: str) -> str:
    letter = f"#h(1fr) {wording.word('card')[lang]} #strong[{LETTERS[design]}]" if design is not None else ""
    parts = [
        f'#text(size: 15pt, weight: "bold")[{_mark(survey.title[lang])}]',
        f"{wording.word('form')[lang]}: #box(width: 4.5cm, stroke: (bottom: 0.6pt))[~] {letter}",
        f"#block(fill: luma(240), inset: 7pt, radius: 2pt, width: 100%)[{_mark(survey.introduction[lang])}]",
        f"= {wording.word('about')[lang]}",
        f"{_mark(wording.word('batch')[lang])}: #box(width: 3.5cm, stroke: (bottom: 0.6pt))[~]",
    ]
    for trait in survey.demographics:
        options = " ".join(f"#opt[{_mark(choice.label[lang])}]" for choice in trait.choices)
        parts.append(f"{_mark(trait.text[lang])}: #h(0.4cm) {options}")
    parts.append(f"= {_mark(wording.word('agree')[lang])}")
    parts.append(_grid(survey, lang))
    if survey.reward is not None:
        parts.append(f"{_mark(survey.reward.text[lang])} #h(0.4cm) {_yes_no(lang)}")
    if design is not None and survey.sensitive is not None:
        parts.append(f"= {wording.word('card')[lang]} {LETTERS[design]}")
        parts.append(_mark(wording.instruction(design, survey.sensitive)[lang]))
        if design.startswith("list"):
            parts.append(f"{wording.word('number')[lang]}: #box(width: 1.5cm, height: 0.6cm, stroke: 0.6pt)")
        else:
            parts.append(f"{wording.word('answer')[lang]}: #h(0.3cm) {_yes_no(lang)}")
    if survey.open_question is not None:
        parts.append(f"= {_mark(survey.open_question.text[lang])}")
        parts.append(f"#emph[{_mark(wording.word('no-names')[lang])}]")
        parts.append("#box(width: 100%, height: 2.6cm, stroke: 0.6pt)")
    parts.append(f"#align(center)[{wording.word('thanks')[lang]}]")
    return "\n\n".join(parts)


def _yes_no(lang: str) -> str:
    return f"#opt[{wording.word('yes')[lang]}] #opt[{wording.word('no')[lang]}]"


def _grid(survey: Survey, lang: str) -> str:
    """All items of the scales as one table with a box for each point."""
    count = len(survey.points)
    heads = ", ".join(f"[#text(size: 7.5pt)[{_mark(point.label[lang])}]]" for point in survey.points)
    rows = [
        f"[{_mark(item.text[lang])}], " + ", ".join(["align(center + horizon)[#box-mark]"] * count)
        for scale in survey.scales
        for item in scale.items
    ]
    columns = "(1fr, " + ", ".join(["1.55cm"] * count) + ")"
    return (
        f"#table(columns: {columns}, inset: 5pt, stroke: 0.4pt + luma(160), table.header([], {heads}),\n"
        + ",\n".join(rows)
        + ")"
    )


def _mark(text: str) -> str:
    """Text safe inside Typst markup."""
    for sign in "\\#$*_`@<>[]=~":
        text = text.replace(sign, f"\\{sign}")
    return text


def _plain(text: str) -> str:
    return text.replace("\\", "").replace('"', "'")
