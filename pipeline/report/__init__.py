"""From the ledger and the prose templates to the report: one Markdown document, then HTML, PDF and DOCX."""
