"""From the ledger and the catalogues of words to the report: one Markdown document, then HTML, PDF and DOCX."""
