"""The project's catalogues, parsed when this module is loaded.

Kernels are forked from a process that has loaded it; parsing takes most of the time that a catalogue takes.
"""

from __future__ import annotations

from pipeline.languages.catalogue import read, unheard
from pipeline.languages.known import HERE, languages

with unheard():
    for _path in sorted(path for lang in languages() for path in (HERE / lang).glob("*.ftl")):
        read(_path)
