"""Which sources each tidy table was made from: noted while the tables are made, not listed by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from pipeline.clean.kits import Kit
from pipeline.study import Study

MADE_FROM = "made_from.json"
"""Beside the tables: by table, the sources whose files it was made from."""
QUERIES = "queries.json"
"""Beside the tables, where databases were asked: SHA-256 of the rows as read, by year and source."""
Tables = dict[str, pd.DataFrame]


class Noted(Tables):
    """Tables by name that note which of them are asked for; whoever goes through them all has read all."""

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables)
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> pd.DataFrame:
        self.read.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        """A table, or the default."""
        self.read |= {name} & set(self)
        return super().get(name, default)

    def values(self) -> Any:
        """All tables."""
        self.read |= set(self)
        return super().values()

    def items(self) -> Any:
        """All tables with their names."""
        self.read |= set(self)
        return super().items()


class Lineage(dict[str, tuple[str, ...]]):
    """By table that is made from others: the tables that were asked for while it was made."""

    def made(self, name: str, tables: Tables, make: Callable[[Tables], pd.DataFrame]) -> pd.DataFrame:
        """Make a table from others and note which."""
        noted = Noted(tables)
        table = make(noted)
        self[name] = tuple(sorted(noted.read))
        return table

    def changed(self, tables: Tables, change: Callable[[Tables], Tables]) -> Tables:
        """Make several tables, or make them anew, from others."""
        noted = Noted(tables)
        after = change(noted)
        for name, table in after.items():
            if table is not dict.get(tables, name):
                before = (name,) if name in tables and name not in self else self.get(name, ())
                self[name] = tuple(sorted({*noted.read, *before} - ({name} if name in self else set())))
        return dict(after)

    def sources(self, study: Study, kit: Kit, names: Mapping[str, Any]) -> dict[str, list[str]]:
        """By table, the sources whose files it was made from, those that rows were looked up in among them.

        What tells of all files, such as the account of rows, is not in it.
        """
        known = {*study.sources, "panel"} if study.panel is not None else {*study.sources}
        found = {}
        for name in names:
            own = set(self._resolved(name, set())) & known
            if own:
                found[name] = sorted(own | {other for source in own for other in _looked_up(source, study, kit)})
        return found

    def _resolved(self, name: str, seen: set[str]) -> Iterator[str]:
        if name in seen:
            return
        seen.add(name)
        if name not in self or name in self[name]:
            yield name
        for other in self.get(name, ()):
            yield from self._resolved(other, seen)


def _looked_up(source: str, study: Study, kit: Kit) -> Iterator[str]:
    """Sources in which a source's units, persons and batches are looked up."""
    spec = study.sources.get(source)
    if spec is None:
        return
    if kit.units and source != kit.units:
        yield kit.units
    for field, other in (("nip", "staff"), ("batch", "invited")):
        if field in spec.columns and other in study.sources and source != other:
            yield other
