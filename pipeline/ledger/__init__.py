"""The ledger: entries, provenance and the disclosure gate."""
