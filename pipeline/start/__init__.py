"""A study's first file: `make new` asks a few questions about an office's own file and writes the study from them."""
