"""The DOCX's two ends: the reference document that gives it its look, and the finishing of what Pandoc wrote.

Finishing embeds each figure's SVG beside the PNG that Pandoc placed (Word shows the vector and falls back on the
bitmap), rules off grouped table headings, and fixes every time stamp, so that the same input makes the same bytes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import subprocess
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from pipeline.errors import RenderError
from pipeline.report import brand
from pipeline.report.assets import EPOCH
from pipeline.report.docx_pages import with_pages
from pipeline.report.docx_styles import INK, NAMESPACE, styles_xml
from pipeline.report.pandoc import pandoc_path

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = f'xmlns:w="{NAMESPACE}" xmlns:r="{_RELATIONS}"'
_HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'
# Pandoc puts a file name where a screen reader looks for the text alternative.
_PICTURE = re.compile(r'(<wp:docPr descr=")([^"]*)("(?:(?!<pic:cNvPr).)*?<pic:cNvPr descr=")[^"]*', re.DOTALL)
_WHOLE = 14
"""A table of fewer rows than this stays on one page."""
_BLIP = re.compile(r'<a:blip r:embed="(rId\d+)"\s*/>')


def reference(meta: Mapping[str, Any], stamp: dt.datetime) -> bytes:
    """A reference document for Pandoc: A4, our styles, running header and footer with the notice and page numbers.

    Args:
        meta: Metadata of the report: `lang`, `running-title`, `edition-line`, `notice`, `institution`.
        stamp: Time stamp of the files inside.
    """
    parts = dict(_default_parts())
    head = f"{_text(meta.get('running-title'))}<w:r><w:tab/></w:r>{_text(meta.get('edition-line'))}"
    foot = f"{_text(meta.get('notice') or meta.get('institution'))}<w:r><w:tab/></w:r>{_page_field()}"
    parts["word/styles.xml"] = brand.dressed("styles.xml", styles_xml(str(meta["lang"])), meta).encode()
    parts["word/header1.xml"] = _part("hdr", "Header", head)
    parts["word/footer1.xml"] = _part("ftr", "Footer", foot)
    # The cover has no running header, but a demonstration's notice stands on every page.
    parts["word/footer2.xml"] = _part("ftr", "Footer", _text(meta.get("notice"))) if meta.get("notice") else _empty()
    parts["word/document.xml"] = _reference_document()
    parts["word/_rels/document.xml.rels"] = _add_relations(parts["word/_rels/document.xml.rels"])
    parts["[Content_Types].xml"] = _add_types(parts["[Content_Types].xml"])
    return _pack(parts, stamp)


def finish(content: bytes, folder: Path, stamp: dt.datetime | None) -> bytes:
    """Embed vector figures, rule off grouped headings, number the contents' pages, fix what the file says of itself.

    Args:
        content: The DOCX that Pandoc wrote.
        folder: Folder of the report's source, in or under which the figures' PNG and SVG files lie.
        stamp: Time stamp for the document's properties and the files inside; without one the document has no date.

    Raises:
        RenderError: A figure's picture is not one of the PNG files under the folder.
    """
    parts = _unpack(content)
    document = parts["word/document.xml"].decode("utf-8")
    relations = parts["word/_rels/document.xml.rels"].decode("utf-8")
    document, relations = _embed_vectors(parts, document, relations, folder)
    document = re.sub(r"<w:tbl>.*?</w:tbl>", lambda match: _rule_header(match[0]), document, flags=re.DOTALL)
    document = _PICTURE.sub(r"\1\2\3\2", document)
    document = with_pages(document, parts["word/styles.xml"].decode("utf-8"))
    parts["word/document.xml"] = document.encode()
    parts["word/_rels/document.xml.rels"] = relations.encode()
    _fix_properties(parts, stamp)
    return _pack(parts, stamp or EPOCH)


def _fix_properties(parts: dict[str, bytes], stamp: dt.datetime | None) -> None:
    """The date is the report's; the counts of another document and Pandoc's copy of our metadata go."""
    core = parts["docProps/core.xml"].decode("utf-8")
    if stamp is None:
        core = re.sub(r"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>", "", core)
    else:
        moment = stamp.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        core = re.sub(r"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rf"\g<1>{moment}", core)
    parts["docProps/core.xml"] = core.encode()
    for name in ("docProps/app.xml", "docProps/custom.xml"):
        text = parts[name].decode("utf-8")
        parts[name] = re.sub(r"(<Properties[^>]*[^/>])>.*</Properties>", r"\1/>", text, flags=re.DOTALL).encode()


def _embed_vectors(parts: dict[str, bytes], document: str, relations: str, folder: Path) -> tuple[str, str]:
    vectors = _vectors(folder)
    targets = dict(re.findall(r'Id="(rId\d+)"[^>]*?Target="(media/[^"]+)"', relations))
    targets |= {key: target for target, key in re.findall(r'Target="(media/[^"]+)"[^>]*?Id="(rId\d+)"', relations)}
    added: dict[str, str] = {}
    for key, target in sorted(targets.items()):
        if not target.endswith(".png"):
            continue
        svg = vectors.get(hashlib.sha256(parts[f"word/{target}"]).hexdigest())
        if svg is None:
            continue  # a picture without a vector form
        added[key] = f"{key}v"
        parts[f"word/media/{key}.svg"] = svg
        relations = relations.replace(
            "</Relationships>",
            f'<Relationship Type="{_RELATIONS}/image" Id="{key}v" Target="media/{key}.svg"/></Relationships>',
        )
    document = _BLIP.sub(lambda match: _blip(match[1], added), document)
    types = parts["[Content_Types].xml"].decode("utf-8")
    if added and 'Extension="svg"' not in types:
        types = types.replace("<Override", '<Default Extension="svg" ContentType="image/svg+xml"/><Override', 1)
        parts["[Content_Types].xml"] = types.encode()
    return document, relations


def _vectors(folder: Path) -> dict[str, bytes]:
    """Hash of each PNG under the folder that has an SVG beside it -> that SVG."""
    pairs = [(png, png.with_suffix(".svg")) for png in sorted(folder.rglob("*.png"))]
    return {hashlib.sha256(p.read_bytes()).hexdigest(): s.read_bytes() for p, s in pairs if s.is_file()}


def _blip(key: str, added: Mapping[str, str]) -> str:
    if key not in added:
        return f'<a:blip r:embed="{key}"/>'
    return (
        f'<a:blip r:embed="{key}"><a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
        '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
        f'r:embed="{added[key]}"/></a:ext></a:extLst></a:blip>'
    )


def _rule_header(table: str) -> str:
    """A thin rule under headings that span columns, the header's rule under its last row; rows and short tables whole."""
    # An empty cell has a bare paragraph, as high as a line of running text.
    table = re.sub(r"<w:p\s*/>", '<w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr></w:p>', table)
    table = re.sub(r"<w:tr>\s*<w:trPr>", "<w:tr><w:trPr><w:cantSplit/>", table)
    table = re.sub(r"<w:tr>(?!\s*<w:trPr>)", "<w:tr><w:trPr><w:cantSplit/></w:trPr>", table)
    rows = re.split(r"(?=<w:tr>)", table)
    if len(rows) <= _WHOLE:
        rows[1:] = [re.sub(r"(<w:pStyle [^>]*/>)(?!<w:keepNext)", r"\1<w:keepNext/>", row) for row in rows[1:]]
    last = max((i for i, row in enumerate(rows) if "<w:tblHeader" in row), default=None)
    if last is None:
        return "".join(rows)
    for i in range(1, last):
        rows[i] = re.sub(r'(<w:gridSpan w:val="(?:[2-9]|\d\d+)"\s*/>)(?=\s*</w:tcPr>)', rf"\1{_rule(4)}", rows[i])
    rows[last] = re.sub(r"<w:tcPr\s*/>", "<w:tcPr></w:tcPr>", rows[last]).replace("</w:tcPr>", f"{_rule(6)}</w:tcPr>")
    return "".join(rows)


def _rule(eighths: int) -> str:
    return f'<w:tcBorders><w:bottom w:val="single" w:sz="{eighths}" w:space="0" w:color="{INK}"/></w:tcBorders>'


@cache
def _default_parts() -> tuple[tuple[str, bytes], ...]:
    """The parts of the reference document that comes with Pandoc: theme, numbering, settings."""
    done = subprocess.run(
        [pandoc_path(), "--print-default-data-file", "reference.docx"], capture_output=True, check=False
    )
    if done.returncode:
        raise RenderError("Pandoc did not give its reference document.", where=done.stderr.decode(errors="replace"))
    return tuple(_unpack(done.stdout).items())


def _text(value: object) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(str(value or ""))}</w:t></w:r>'


def _page_field() -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    instruction = '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    return f"{mark('begin')}{instruction}{mark('separate')}<w:r><w:t>1</w:t></w:r>{mark('end')}"


def _part(kind: str, style: str, runs: str) -> bytes:
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'
    return f"{_HEADER}<w:{kind} {_W}>{paragraph}</w:{kind}>".encode()


def _empty() -> bytes:
    return f"{_HEADER}<w:ftr {_W}><w:p/></w:ftr>".encode()


def _reference_document() -> bytes:
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId101"/>'
        '<w:footerReference w:type="default" r:id="rId102"/><w:footerReference w:type="first" r:id="rId103"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1587" w:right="1361" w:bottom="1474" w:left="1531" '
        'w:header="709" w:footer="624" w:gutter="0"/>'
        "<w:titlePg/></w:sectPr>"
    )
    return f"{_HEADER}<w:document {_W}><w:body><w:p/>{section}</w:body></w:document>".encode()


def _add_relations(content: bytes) -> bytes:
    added = "".join(
        f'<Relationship Type="{_RELATIONS}/{kind}" Id="{key}" Target="{target}"/>'
        for key, kind, target in (
            ("rId101", "header", "header1.xml"),
            ("rId102", "footer", "footer1.xml"),
            ("rId103", "footer", "footer2.xml"),
        )
    )
    return content.decode("utf-8").replace("</Relationships>", added + "</Relationships>").encode()


def _add_types(content: bytes) -> bytes:
    base = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    added = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{base}.{kind}+xml"/>'
        for name, kind in (("header1", "header"), ("footer1", "footer"), ("footer2", "footer"))
    )
    return content.decode("utf-8").replace("</Types>", added + "</Types>").encode()


def _unpack(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _pack(parts: Mapping[str, bytes], stamp: dt.datetime) -> bytes:
    """A ZIP with fixed order and time stamps; the content types come first, as OPC readers like it."""
    names = sorted(parts, key=lambda name: (name != "[Content_Types].xml", name))
    # A ZIP cannot tell a time before 1980.
    moment = max(stamp, dt.datetime(1980, 1, 1, tzinfo=dt.UTC)).astimezone(dt.UTC).timetuple()[:6]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, date_time=moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, parts[name])
    return buffer.getvalue()
