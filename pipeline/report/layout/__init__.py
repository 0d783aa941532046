"""Lays a numbered document out for HTML, Typst or DOCX: chapters, tables, figures, notes and callouts.

What comes of it is a document that a writer only has to write: either engine prints the same.
"""

from pipeline.report.layout.document import lay_out

__all__ = ["lay_out"]
