"""The report's words, one folder a language."""
