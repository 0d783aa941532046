"""Validation that anyone can rerun: published tables, agreement of implementations, and Monte Carlo experiments."""
