"""The DOCX's styles, as WordprocessingML: the same restrained look as the PDF, in fonts that offices have."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.report.wording import label

SERIF, SANS, MONO = "Cambria", "Calibri", "Consolas"
INK, ACCENT, SOFT, PANEL = "1A2733", "1F4E79", "5B6770", "F4F6F8"
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def styles_xml(lang: str) -> str:
    """The whole `word/styles.xml`; `lang` is the language of the text."""
    tongue = label("tag", lang)
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(SERIF)}{_size(11)}"
        f'<w:lang w:val="{tongue}" w:eastAsia="{tongue}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"
    )
    body = "".join([*_paragraphs(), *_characters(), _table()])
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<w:styles xmlns:w="{NAMESPACE}">{defaults}{body}</w:styles>'


def _fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _size(points: float) -> str:
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def _run(
    points: float = 0, *, color: str = "", bold: bool = False, italic: bool = False, font: str = "", caps: bool = False
) -> str:
    """Run properties, in the order that the schema prescribes."""
    return (
        (_fonts(font) if font else "")
        + ("<w:b/><w:bCs/>" if bold else "")
        + ("<w:i/><w:iCs/>" if italic else "")
        + ("<w:caps/>" if caps else "")
        + (f'<w:color w:val="{color}"/>' if color else "")
        + ('<w:spacing w:val="30"/>' if caps else "")
        + (_size(points) if points else "")
    )


def _par(
    before: float = 0,
    after: float = 0,
    *,
    line: float = 1.0,
    keep: bool = False,
    page: bool = False,
    borders: str = "",
    fill: str = "",
    tabs: str = "",
    indent: str = "",
    align: str = "",
    level: int | None = None,
) -> str:
    """Paragraph properties (spacing in points), in the order that the schema prescribes."""
    return (
        ("<w:keepNext/><w:keepLines/>" if keep else "")
        + ("<w:pageBreakBefore/>" if page else "")
        + (f"<w:pBdr>{borders}</w:pBdr>" if borders else "")
        + (f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else "")
        + (f"<w:tabs>{tabs}</w:tabs>" if tabs else "")
        + f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}" '
        + f'w:line="{round(line * 240)}" w:lineRule="auto"/>'
        + indent
        + (f'<w:jc w:val="{align}"/>' if align else "")
        + (f'<w:outlineLvl w:val="{level}"/>' if level is not None else "")
    )


def _border(side: str, eighths: int, color: str, space: int = 4) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{color}"/>'


def _style(name: str, par: str, run: str = "", *, base: str = "Normal", follow: str = "", identifier: str = "") -> str:
    key = identifier or name.replace(" ", "")
    default = ' w:default="1"' if key == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{key}"><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{base}"/>' if key != "Normal" else "")
        + (f'<w:next w:val="{follow}"/>' if follow else "")
        + f"<w:qFormat/><w:pPr>{par}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _paragraphs() -> Iterator[str]:
    yield _style("Normal", _par())
    yield _style("Body Text", _par(0, 8, line=1.2))
    yield _style("First Paragraph", _par(0, 8, line=1.2), base="BodyText", follow="BodyText")
    yield _style("Compact", _par(0, 3, line=1.1))
    yield _style("Body Text Small", _par(0, 3, line=1.0), _run(9), base="BodyText")
    yield from _cover()
    yield from _headings()
    yield from _captions_and_tables()
    yield from _lists_and_notes()


def _cover() -> Iterator[str]:
    rule = _border("top", 18, ACCENT, 14)
    yield _style("Cover Kind", _par(60, 24, borders=rule), _run(12, color=SOFT, caps=True, font=SANS))
    yield _style("Title", _par(0, 10, line=1.05), _run(26, color=ACCENT, bold=True, font=SANS))
    yield _style("Subtitle", _par(0, 24), _run(14, font=SANS))
    box = "".join(_border(side, 8, INK, 8) for side in ("top", "left", "bottom", "right"))
    yield _style("Cover Notice", _par(160, 24, borders=box), _run(11, bold=True, font=SANS))
    yield _style("Author", _par(40, 2, borders=_border("top", 6, SOFT, 10)), _run(12.5, bold=True, font=SANS))
    yield _style("Date", _par(0, 0), _run(12.5, font=SANS))
    yield _style("Signature Role", _par(24, 0, keep=True), _run(11))
    line = _border("top", 6, INK, 4)
    tab = '<w:tab w:val="left" w:pos="4800"/>'
    yield _style("Signature Line", _par(56, 6, borders=line, tabs=tab), _run(9.5, color=SOFT))


def _headings() -> Iterator[str]:
    rule = _border("bottom", 6, ACCENT, 6)
    for level, (points, before, after) in enumerate([(19, 0, 18), (13, 18, 6), (11.5, 14, 5), (11, 12, 4)]):
        par = _par(before, after, keep=True, page=level == 0, borders=rule if level == 0 else "", level=level)
        run = _run(points, color=ACCENT, bold=True, italic=level == 3, font=SANS)
        yield _style(f"heading {level + 1}", par, run, follow="BodyText", identifier=f"Heading{level + 1}")
    # The approval page and the lists look like chapters but stay out of the table of contents.
    yield _style(
        "Front Heading", _par(0, 14, page=True, keep=True, borders=rule), _run(16, color=ACCENT, bold=True, font=SANS)
    )
    for level, (left, before) in enumerate([(0, 6), (320, 1)]):
        indent = f'<w:ind w:left="{left}"/>'
        tab = '<w:tab w:val="right" w:leader="dot" w:pos="9000"/>'
        yield _style(
            f"toc {level + 1}",
            _par(before, 1, tabs=tab, indent=indent),
            _run(10.5, bold=False),
            identifier=f"TOC{level + 1}",
        )


def _captions_and_tables() -> Iterator[str]:
    yield _style("caption", _par(12, 5), _run(9.5, font=SANS), identifier="Caption")
    yield _style("Table Caption", _par(14, 5, keep=True), _run(9.5, font=SANS), base="Caption")
    yield _style("Image Caption", _par(4, 6), _run(9.5, font=SANS), base="Caption")
    yield _style("Figure", _par(10, 4, keep=True))
    yield _style("Captioned Figure", _par(10, 4, keep=True), base="Figure")
    for suffix, points in (("", 9), (" Small", 7.5)):
        yield _style("Table Text" + suffix, _par(1.5, 1.5), _run(points, font=SANS))
        yield _style("Table Heading" + suffix, _par(1.5, 1.5, keep=True), _run(points, bold=True, font=SANS))
    yield _style("Table Notes", _par(4, 14), _run(8.5, color=SOFT, font=SANS))
    yield _style("Figure Notes", _par(0, 14), _run(8.5, color=SOFT, font=SANS))


def _lists_and_notes() -> Iterator[str]:
    bar = _border("left", 24, ACCENT, 8)
    yield _style(
        "Callout Title", _par(12, 0, keep=True, borders=bar, fill=PANEL), _run(10.5, color=ACCENT, bold=True, font=SANS)
    )
    yield _style("Callout", _par(0, 0, line=1.15, borders=bar, fill=PANEL), base="BodyText")
    quote = '<w:ind w:left="480" w:right="480"/>'
    yield _style("Block Text", _par(6, 6, indent=quote), _run(color=SOFT), base="BodyText")
    hang = '<w:ind w:left="400" w:hanging="400"/>'
    yield _style("Bibliography", _par(0, 5, indent=hang))
    yield _style("footnote text", _par(0, 2), _run(9), identifier="FootnoteText")
    yield _style("Definition Term", _par(6, 0, keep=True), _run(bold=True))
    yield _style("Definition", _par(0, 4, indent='<w:ind w:left="360"/>'))
    yield _style("Source Code", _par(4, 8, fill=PANEL), _run(9, font=MONO))
    tabs = '<w:tab w:val="right" w:pos="9000"/>'
    yield _style("header", _par(tabs=tabs), _run(8, color=SOFT, font=SANS), identifier="Header")
    top = _border("top", 4, SOFT, 4)
    yield _style("footer", _par(tabs=tabs, borders=top), _run(8, color=SOFT, font=SANS), identifier="Footer")


def _characters() -> Iterator[str]:
    def style(name: str, run: str, identifier: str = "") -> str:
        key = identifier or name.replace(" ", "")
        return (
            f'<w:style w:type="character" w:styleId="{key}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="DefaultParagraphFont"/><w:rPr>{run}</w:rPr></w:style>'
        )

    yield (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
    )
    yield style("Hyperlink", _run(color=ACCENT))
    yield style("Verbatim Char", _run(font=MONO))  # as large as the text that it stands in
    yield style("footnote reference", '<w:vertAlign w:val="superscript"/>', "FootnoteReference")


def _table() -> str:
    """Rules above and below the table, no vertical lines; `docx.finish` adds the one under the header."""
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 0), ("left", 80), ("bottom", 0), ("right", 80))
    )
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="Table"><w:name w:val="Table"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{_border('top', 10, INK, 0)}{_border('bottom', 10, INK, 0)}</w:tblBorders>"
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>"
    )
