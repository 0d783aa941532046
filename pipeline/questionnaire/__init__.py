"""The survey on paper and on screen, from the study's item bank: XLSForm, PDF, and who is asked by which design."""
