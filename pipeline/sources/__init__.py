"""Readers and schemas of the raw files: everything comes in as text, with the row numbers of the file."""
