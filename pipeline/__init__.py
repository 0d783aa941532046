"""The pipeline. Its compiled code is used for the very source that it was made of.

Python takes compiled code for current where size and time stamp (in seconds) of the source are those of then. Files out of
an archive all have one time stamp, and a copy brings its own along: code of another version would make numbers while the
record names the code that lies there. Here a checksum of the source stands in the place of its time stamp.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Mapping
from importlib.abc import PathEntryFinder
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, SourceFileLoader
from typing import Any


class _ByContent(SourceFileLoader):
    """Loads source, or its compiled code where that was made of the same bytes."""

    def path_stats(self, path: Any) -> Mapping[str, Any]:
        """Python's two marks of a source: where a time stamp is asked for, the checksum."""
        content = self.get_data(path)
        return {"mtime": zlib.crc32(content), "size": len(content)}


_finder = FileFinder.path_hook((_ByContent, SOURCE_SUFFIXES))


def _ours(path: str) -> PathEntryFinder:
    if not any(path.startswith(folder) for folder in __path__):
        raise ImportError
    return _finder(path)


sys.path_hooks.insert(0, _ours)

from pipeline import arithmetic  # noqa: E402, F401 - before any library of arrays, and by the loader above
