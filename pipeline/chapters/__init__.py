"""What the notebooks put into the ledger: tables and figures with their captions, in both languages."""
