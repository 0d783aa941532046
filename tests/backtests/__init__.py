"""Headline numbers and verdicts of the shipped editions, kept: code that moves one must say so in CHANGELOG.md."""
