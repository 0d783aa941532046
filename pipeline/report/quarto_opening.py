"""What comes before the chapters in Quarto's path: cover, approval page and notice, as the embedded engine has them.

Quarto lets a document replace single partials of its templates: `title-block.html` in HTML, `typst-show.typ` for the
PDF (quarto.org, "Article Templates"). Both are written here with the words already in place, so that they ask nothing
of Quarto's own variables. DOCX knows no partials: there the same lines are Markdown that only DOCX shows, in the
paragraph styles of our reference document, after the title block that Pandoc writes.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.report.assets import ASSETS
from pipeline.report.tables import escape

HTML_PARTIAL, TYPST_PARTIAL = "title-block.html", "typst-show.typ"


def write_partials(folder: Path, meta: Mapping[str, Any]) -> None:
    """Write both template partials into the folder of the source."""
    (folder / HTML_PARTIAL).write_text(_doubled(title_block(meta)), encoding="utf-8")
    show = (ASSETS / "quarto-typst-show.typ").read_text(encoding="utf-8")
    (folder / TYPST_PARTIAL).write_text(f"#let report = {_doubled(typst_literal(facts(meta)))}\n{show}", "utf-8")


def facts(meta: Mapping[str, Any]) -> dict[str, Any]:
    """The words of cover, approval page and footers, each a plain text; empty where the report has none."""
    words = meta["labels"]
    signatories = [
        {"role": str(line["role"]), "name": str(line.get("name") or f"{words['approval-name']}:")}
        for line in meta.get("signatories") or []
    ]
    own = ("title", "subtitle", "institution", "notice", "lang", "running-title", "edition-line", "report-kind")
    fixed = ("approval", "approval-text", "approval-date", "contents", "list-of-tables", "list-of-figures")
    return {
        **{key: " ".join(str(meta.get(key) or "").split()) for key in own},
        **{key: words[key] for key in fixed},
        "signatories": signatories,
    }


def title_block(meta: Mapping[str, Any]) -> str:
    """Cover and approval page in HTML, with the classes of the embedded engine's page."""
    said = facts(meta)
    text = {key: html.escape(value) for key, value in said.items() if isinstance(value, str)}
    parts = [
        '<header id="title-block-header" class="quarto-title-block default">',
        '<section class="cover">',
        f'<p class="kind">{text["report-kind"]}</p>',
        f'<h1 class="title">{text["title"]}</h1>',
        f'<p class="subtitle lead">{text["subtitle"]}</p>' if text["subtitle"] else "",
        f'<p class="notice-box">{text["notice"]}</p>' if text["notice"] else "",
        f'<p class="issuer"><strong>{text["institution"]}</strong><span>{text["edition-line"]}</span></p>',
        "</section>",
    ]
    if said["signatories"]:
        lines = [
            f"<div><p>{html.escape(line['role'])}</p>"
            f'<p class="line">{html.escape(line["name"])}<br>{text["approval-date"]}:</p></div>'
            for line in said["signatories"]
        ]
        parts += [
            '<section class="approval" aria-labelledby="pengesahan">',
            f'<h2 id="pengesahan" class="unnumbered unlisted">{text["approval"]}</h2>',
            f"<p>{text['approval-text']}</p>",
            '<div class="signatures">',
            *lines,
            "</div>",
            "</section>",
        ]
    return "\n".join([*(part for part in parts if part), "</header>"]) + "\n"


def docx_opening(meta: Mapping[str, Any]) -> str:
    """Kind of report, notice and approval page as Markdown that only DOCX shows; the title block precedes it."""
    said = facts(meta)
    tab = "`<w:r><w:tab/></w:r>`{=openxml}"
    paragraphs = [("Cover Kind", escape(said["report-kind"]))]
    if said["notice"]:
        paragraphs.append(("Cover Notice", escape(said["notice"])))
    if said["signatories"]:
        paragraphs += [("Front Heading", escape(said["approval"])), ("Body Text", escape(said["approval-text"]))]
    for line in said["signatories"]:
        paragraphs.append(("Signature Role", escape(line["role"])))
        paragraphs.append(("Signature Line", f"{escape(line['name'])}{tab}{escape(said['approval-date'])}:"))
    blocks = [f'::: {{custom-style="{style}"}}\n{text}\n:::' for style, text in paragraphs]
    inner = "\n\n".join(blocks)
    return f':::: {{.content-visible when-format="docx"}}\n\n{inner}\n\n::::'


def typst_literal(value: Any) -> str:
    """A text, list or mapping as Typst code that stands for it."""
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    if isinstance(value, Mapping):
        return "(" + ", ".join(f"{key}: {typst_literal(part)}" for key, part in value.items()) + ",)"
    return "(" + "".join(f"{typst_literal(part)}, " for part in value) + ")"


def _doubled(text: str) -> str:
    """A partial is a Pandoc template, where a dollar sign has to be written twice."""
    return text.replace("$", "$$")
