"""An executed notebook as one HTML file.

The exporter is made, and its templates are compiled, when this module is loaded: kernels and exports are forked from a
process that has loaded it, and compiling takes ten times as long as writing a notebook.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbconvert import HTMLExporter

_READABLE = """<style>
.jp-InputPrompt, .jp-OutputPrompt { color: #505050 !important; opacity: 1 !important; }
.highlight .mi, .highlight .mf, .highlight .nb, .highlight .s1, .highlight .s2, .highlight .k, .highlight .kn,
.highlight .kc, .highlight .c1, .highlight .o, .highlight .ow, .highlight .nn { color: #1a4a1a !important; }
</style>"""
"""Contrast of text in the exported notebooks: at least 4.5 (WCAG 2.2, success criterion 1.4.3)."""
_ALONE = """{% extends "lab/index.html.j2" %}
{% block html_head_js %}<meta http-equiv="Content-Security-Policy"
content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:">{% endblock %}
{% block html_head_js_mathjax %}{% endblock %}{% block html_head_js_mermaidjs %}{% endblock %}"""
"""The page without the scripts that nbconvert would fetch, and with the browser told to fetch nothing and run nothing."""
_EXPORTER = HTMLExporter(template_name="lab", raw_template=_ALONE, embed_images=True)


def export_notebook(name: str) -> Path:
    """Write an executed notebook, named by its path, as one HTML file beside it."""
    path = Path(name)
    target = path.with_suffix(".html")
    page = _page(nbformat.read(path, as_version=4), path.stem)
    target.write_text(page.replace("</head>", f"{_READABLE}</head>", 1), encoding="utf-8")
    return target


def _page(notebook: nbformat.NotebookNode, name: str) -> str:
    page: str = _EXPORTER.from_notebook_node(notebook, {"metadata": {"name": name}})[0]
    return page


_page(
    nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# 1", id="a"),
            nbformat.v4.new_code_cell(
                "1", id="b", outputs=[nbformat.v4.new_output("display_data", {"text/html": "1"})]
            ),
        ]
    ),
    "templates",
)
