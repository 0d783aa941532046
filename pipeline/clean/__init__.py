"""From raw files to tidy tables: every row kept or set aside with its reason, persons under pseudonyms."""
