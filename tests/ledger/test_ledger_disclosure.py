"""Small cells are hidden, and so is what would give them away: tried by an attacker who enumerates every table."""

from __future__ import annotations

import ast
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.ledger.cells import System, Value
from pipeline.ledger.counts import Thresholds
from pipeline.ledger.disclosure import bounds, node, protect, sensitive
from pipeline.study import ROOT
from tests.ledger.brute_force import possible

LIMITS = Thresholds(persons=4, units=3)


def _cell(measure: str = "m", quantity: str = "count", **place: object):
    return measure, frozenset((name, str(value)) for name, value in place.items()), quantity


def _table(counts: dict[tuple[int, int], int], *, rows: bool, columns: bool, total: bool) -> System:
    """A two-way table and which of its margins are printed, each as if in a table of its own."""
    system = System()
    for (a, b), n in counts.items():
        system.add(_cell(a=a, b=b), Value(n, "persons"))
    for name, printed, at in (("a", rows, 0), ("b", columns, 1)):
        for key in sorted({k[at] for k in counts}):
            if printed:
                system.add(_cell(**{name: key}), Value(sum(n for k, n in counts.items() if k[at] == key), "persons"))
    if total:
        system.add(_cell(), Value(sum(counts.values()), "persons"))
    system.link()
    return system


TABLES = st.dictionaries(
    st.tuples(st.integers(0, 2), st.integers(0, 2)), st.integers(0, 9), min_size=9, max_size=9
)  # every cell of 3 by 3


@settings(max_examples=60, deadline=None)
@example(
    {(a, b): {(0, 2): 4, (1, 1): 1, (1, 2): 1}.get((a, b), 0) for a in range(3) for b in range(3)}, True, False, False
)
@given(TABLES, st.booleans(), st.booleans(), st.booleans())
def test_no_linked_table_gives_a_small_cell_away(counts, rows, columns, total) -> None:
    system = _table(counts, rows=rows, columns=columns, total=total)
    hidden = protect(system, LIMITS)
    shown = {cell for cell, value in system.cells.items() if value.printed and node(cell) not in hidden}
    for cell, value in system.cells.items():
        if sensitive(value, LIMITS):
            assert cell not in shown
            found = possible(system, shown, cell, LIMITS.persons)
            if _whole_table_hidden(system, shown):
                continue  # nothing is left to add up
            parts = [sum(system.cells[part].value > 0 for part in e.parts) for e in system.equations if e.total == cell]
            least = max([1, *parts])  # zeros are shown: a total is no less than the number of its other parts
            assert found >= set(range(least, LIMITS.persons + 1)), (cell, value.value, found)


def _whole_table_hidden(system: System, shown: set) -> bool:
    return not any(system.cells[cell].value > 0 for cell in shown)


@settings(max_examples=60, deadline=None)
@given(TABLES, st.booleans(), st.booleans())
def test_bounds_are_those_of_the_attacker(counts, rows, columns) -> None:
    """The audit's linear programmes never say that a value is impossible which some table of whole numbers has."""
    system = _table(counts, rows=rows, columns=columns, total=True)
    shown = {cell for cell, value in system.cells.items() if value.value >= LIMITS.persons or value.value == 0}
    small = [cell for cell in system.cells if cell not in shown]
    for cell, (low, high) in bounds(system, shown, small).items():
        found = possible(system, shown, cell, 12)
        assert all(low - 1e-6 <= value <= high + 1e-6 for value in found)
        assert int(system.cells[cell].value) in found


def test_a_single_small_cell_takes_its_neighbour() -> None:
    system = System()
    for name, n in (("a", 2), ("b", 30), ("c", 9)):
        system.add(_cell(kind=name), Value(n, "persons"))
    system.add(_cell(), Value(41, "persons"))
    system.link()
    assert protect(system, LIMITS).rules == {
        node(_cell(kind="a")): "threshold",
        node(_cell(kind="c")): "complementary",
    }


def test_a_sum_is_hidden_with_its_count_over_linked_tables() -> None:
    """Hours by year and kind, and hours by kind over all years: the second would give the first away."""
    system = System()
    for year, kind, n, hours in ((1, "x", 2, 80), (2, "x", 30, 900), (1, "y", 40, 300), (2, "y", 50, 400)):
        system.add(_cell(year=year, kind=kind), Value(n, "persons"))
        system.add(_cell(quantity="hours", year=year, kind=kind), Value(hours, "persons", behind=n))
    for kind, hours, n in (("x", 980, 32), ("y", 700, 90)):
        system.add(_cell(quantity="hours", kind=kind), Value(hours, "persons", behind=n))
    system.link()
    hidden = protect(system, LIMITS)
    shown = {cell for cell in system.cells if node(cell) not in hidden}
    small = _cell(quantity="hours", year=1, kind="x")
    low, high = bounds(system, shown, [small])[small]
    assert low <= 64
    assert high >= 96


def test_shares_of_none_and_all_are_hidden_for_groups() -> None:
    system = System()
    system.add(_cell(sex="F"), Value(20, "persons"))
    system.add(_cell(sex="F", reached="no"), Value(0, "persons", group="reached"))
    system.add(_cell(sex="M"), Value(30, "persons"))
    system.add(_cell(sex="M", reached="no"), Value(30, "persons", group="reached"))
    system.link()
    hidden = protect(system, LIMITS)
    assert node(_cell(sex="F", reached="no")) in hidden
    assert node(_cell(sex="M", reached="no")) in hidden


def test_a_dominated_sum_is_hidden() -> None:
    assert sensitive(Value(100, "persons", behind=9, largest=90), LIMITS) == "dominance"
    assert sensitive(Value(100, "persons", behind=9, largest=20), LIMITS) is None


def test_overlapping_categories_must_be_declared() -> None:
    system = System()
    system.add(_cell(), Value(10, "persons"))
    for kind in "ab":
        system.add(_cell(kind=kind), Value(8, "persons"))
    with pytest.raises(ValueError, match="overlap"):
        system.link()


def test_two_entries_of_one_cell_must_agree() -> None:
    system = System()
    system.add(_cell(kind="a"), Value(10, "persons"))
    with pytest.raises(ValueError, match="differ"):
        system.add(_cell(kind="a"), Value(11, "persons"))


def test_no_chapter_holds_a_rule_of_disclosure() -> None:
    """Thresholds are the ledger's: a chapter asks it, or names them in a sentence; it compares nothing with them itself."""
    told = {"methods.py", "check.py"}  # the first says the thresholds in words, the second names the key
    for path in sorted((ROOT / "pipeline/chapters").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if path.name not in told:
            assert not [n.lineno for n in ast.walk(tree) if isinstance(n, ast.Attribute) and n.attr == "disclosure"], (
                path
            )
        compared = [n for node in ast.walk(tree) if isinstance(node, ast.Compare) for n in ast.walk(node)]
        names = {n.attr for n in compared if isinstance(n, ast.Attribute)}
        assert not names & {"min_persons", "min_units", "thresholds"}, path
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        assert not re.search(r"min_persons|min_units|disclosure", path.read_text(encoding="utf-8")), path
