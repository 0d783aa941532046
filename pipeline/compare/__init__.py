"""Editions and versions of the code held against each other."""
