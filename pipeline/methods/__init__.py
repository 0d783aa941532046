"""Estimators, indicators and feedback: pure functions from frames to result objects."""
