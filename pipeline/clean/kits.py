"""What a sector brings: the sources that only its studies have, how they are read, and the panel that is made of them.

Sources of civil servants and services (roster, training, index, satisfaction, survey) are common to all sectors. A sector
is a folder beside `education/` with a `KIT`, its line in `kit_of`, and in `pipeline.study.kits`,
which says what its studies must bring.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.sources.table import RawTable
    from pipeline.study import Study

Tables = dict[str, "pd.DataFrame"]


def _none(*_: Any) -> Any:
    raise NotImplementedError("a ready panel is not put together")


@dataclass(frozen=True)
class Kit:
    """A sector.

    Attributes:
        units: The source that lists the units; it is read first, and the units of all others are looked up in it.
        counted: What the flow from files to analysis counts, as in `data-count-units` and `data-stage-units-listed`.
        order: Sources in the order in which they are read; those of all sectors that are not named follow.
        sorted_by: Columns by which a source's tidy table is sorted.
        readers: By source: from a `Cleaner` and a year to the tidy table, or None where the study declares no file.
        measured: By source, fields of which a value that breaks a rule is left out while the row is kept.
        steady: Sources whose rows and units stay about the same from year to year.
        may_be_empty: Sources of which a year may have no row.
        split: By source whose files may be larger than memory: from the open file (`sources.large.LargeTable`), the
            `Cleaner`, the year and whether rows are kept to a raw table of the rows that a reader must look at.
        gather: What gathers sums of persons whose rows are not kept.
        gathered: From the `Cleaner` to the tables of these sums, by name.
        treatment: From the tables and the folder's name to one row a unit: `unit`, `cohort`.
        assemble: From the study and the tables to the panel.
    """

    units: str = ""
    counted: str = "units"
    order: tuple[str, ...] = ()
    sorted_by: Mapping[str, Sequence[str]] = field(default_factory=dict)
    readers: Mapping[str, Callable[..., pd.DataFrame | None]] = field(default_factory=dict)
    measured: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    steady: frozenset[str] = frozenset()
    may_be_empty: frozenset[str] = frozenset()
    split: Mapping[str, Callable[..., RawTable]] = field(default_factory=dict)
    gather: Callable[[], Any] = lambda: None
    gathered: Callable[..., Tables] = lambda _: {}
    treatment: Callable[[Tables, str], pd.DataFrame] = _none
    assemble: Callable[[Study, Tables], pd.DataFrame] = _none


NO_KIT = Kit()
"""Of a ready panel: its units are the panel's own."""


def kit_of(study: Study) -> Kit:
    """The kit of a study's sector; none for a ready panel."""
    if study.panel is not None:
        return NO_KIT
    from pipeline.clean import education  # a kit knows this module

    return {"education": education.KIT}[study.kit]
