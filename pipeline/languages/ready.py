"""The project's catalogues in the languages of the run, parsed when this module is loaded.

Kernels are forked from a process that has loaded it; parsing takes most of the time that a catalogue takes.
"""

from __future__ import annotations

from pipeline.languages.catalogue import unheard
from pipeline.languages.known import HERE, asked_for
from pipeline.languages.syntax import entry, sources

with unheard():
    for _path in sorted(path for lang in asked_for() for path in (HERE / lang).glob("*.ftl")):
        for _source in sources(_path.read_text(encoding="utf-8")).values():
            entry(_source)
