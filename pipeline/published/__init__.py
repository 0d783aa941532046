"""What is kept of a published edition, so that a later one can be held against it."""
