"""What an entry of the ledger counts: the declaration that the disclosure gate decides by."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Of = Literal["persons", "units", "nothing"]


@dataclass(frozen=True)
class Counts:
    """What a column's cells, or a number, count.

    A cell is known by its measure, its quantity and its coordinates, not by the table it stands in: cells of one measure
    are linked over all tables of an edition, and a cell with fewer coordinates is the sum of those with more.

    Args:
        of: "persons" or "units": which threshold holds; "nothing" for integers that count neither (draws, degrees of
            freedom, settings).
        measure: Name of what is counted, such as "attendance". Without one the count stands for itself, as the N of a
            statistic does, and is linked with nothing.
        by: Columns of the frame whose values are a cell's coordinates; "trait:value" takes the coordinate's name from
            the column `trait`.
        at: Further coordinates, the same for the whole column, such as `{"attended": "yes"}`.
        quantity: "count" for the number of cases; another word, such as "hours", for a sum over them. Quantities of the
            same place are shown or hidden together.
        behind: For a sum: column of the frame with the number of persons or units behind it.
        largest: For a sum: column of the frame with the largest single contribution.
        overlap: Coordinates whose categories overlap (one person in several): their cells do not add up.
        totals: Coordinates over which the reader knows the total though it is not printed, as of percentages.
        group: The coordinate that tells a trait, where the cell is the part of a group that has it: then none (0 %) and
            all (100 %) tell something of each member and count as small.
        count: For a number: the count itself, where it is not the number's value.
        known: Column of truth values: cells that readers know all the same, since statistics tell on how many they rest. To
            hide such a cell would protect nothing, so that what has to be hidden is sought among the others.
    """

    of: Of
    measure: str = ""
    by: tuple[str, ...] = ()
    at: Mapping[str, Any] = field(default_factory=dict)
    quantity: str = "count"
    behind: str = ""
    largest: str = ""
    overlap: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    group: str = ""
    count: float | None = None
    known: str = ""

    def __post_init__(self) -> None:
        # JSON gives lists back
        for name in ("by", "overlap", "totals"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        if self.quantity != "count" and self.of != "nothing" and not self.behind and self.count is None:
            raise ValueError(f"the sum {self.measure}.{self.quantity} does not say how many are behind it (`behind`)")


NOTHING = Counts("nothing")
"""For integers that count neither persons nor units."""
PERSONS, UNITS = Counts("persons"), Counts("units")
"""For the N of a statistic: how many persons or units it rests on."""


def share_of(of: Of, measure: str, part: int, whole: int, **at: Any) -> tuple[Counts, Counts]:
    """What a share of persons or units rests on: the whole group, and the part of it that the share tells."""
    return Counts(of, measure, at=at, count=whole), Counts(of, measure, at={**at, "part": "yes"}, count=part)


def share_step(n: int, room: int) -> float:
    """The step of 1, 2 or 5 tenths, hundredths, … to which a mean share of `n` members is rounded so as not to tell its sum.

    A mean rounded to a step leaves the sum open by n steps. These are `room` members' worth at least: who knows that all
    others stand at 0 or at 1 still cannot tell the share of one.
    """
    least = room / max(n, 1)
    power = 10.0 ** math.floor(math.log10(least))
    return min(0.5, next(round(k * power, 9) for k in (1, 2, 5, 10) if k * power >= least * (1 - 1e-9)))


@dataclass(frozen=True)
class Thresholds:
    """Smallest numbers of persons and of units that a cell may rest on."""

    persons: int = 5
    units: int = 3

    def of(self, kind: Of) -> int:
        """The threshold of what is counted."""
        return {"persons": self.persons, "units": self.units, "nothing": 0}[kind]
