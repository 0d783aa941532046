"""Seeded demonstration data: what offices would send, with a known truth behind it."""
