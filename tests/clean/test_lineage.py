"""Which sources a tidy table was made from is noted while it is made."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd

from pipeline.clean.kits import NO_KIT, Kit
from pipeline.clean.lineage import Lineage, Noted

EMPTY = pd.DataFrame()


def _study(**sources: list[str]) -> SimpleNamespace:
    held = {name: SimpleNamespace(columns=dict.fromkeys(columns)) for name, columns in sources.items()}
    return SimpleNamespace(sources=held, panel=None)


def test_what_is_asked_for_counts_and_what_is_only_there_does_not() -> None:
    lineage, tables = Lineage(), {"a": EMPTY, "b": EMPTY, "c": EMPTY}
    lineage.made("made", tables, lambda t: t["a"] if "b" in t else t["b"])
    lineage.made("all", tables, lambda t: pd.concat(t.values()))
    lineage.made("maybe", tables, lambda t: t.get("c", t.get("absent", EMPTY)))
    assert lineage == {"made": ("a",), "all": ("a", "b", "c"), "maybe": ("c",)}


def test_sources_are_followed_through_tables_and_with_what_rows_were_looked_up_in() -> None:
    lineage, tables = Lineage(), {"units": EMPTY, "scores": EMPTY, "staff": EMPTY, "taught": EMPTY}
    tables["entry"] = lineage.made("entry", tables, lambda t: t["units"])
    tables["panel"] = lineage.made("panel", tables, lambda t: t["entry"] if t["scores"].empty else t["staff"])
    study = _study(units=[], scores=[], staff=["nip"], taught=["nip"])
    found = lineage.sources(study, Kit(units="units"), tables)
    assert found["panel"] == ["scores", "units"]
    assert found["taught"] == ["staff", "taught", "units"]
    assert Lineage().sources(study, NO_KIT, tables)["scores"] == ["scores"]
    assert "account" not in lineage.sources(study, NO_KIT, {"account": EMPTY})  # it tells of all files


def test_tables_that_are_made_anew_rest_on_what_was_read_and_on_themselves() -> None:
    lineage = Lineage()
    tables = {"frame": EMPTY, "answers": EMPTY, "units": EMPTY}

    def part(given: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        return {**given, "answers": given["answers"].copy(), "means": given["frame"].copy()}

    after = lineage.changed(tables, part)
    assert set(after) == {"frame", "answers", "units", "means"}
    assert set(lineage) == {"answers", "means"}
    found = lineage.sources(_study(frame=[], answers=[], units=[]), NO_KIT, after)
    assert found["means"] == found["answers"] == ["answers", "frame"]
    assert found["units"] == ["units"]


def test_noted_tables_are_like_any_others() -> None:
    noted = Noted({"a": EMPTY})
    assert "a" in noted
    assert noted.read == set()
    assert noted.get("b") is None
    assert [name for name, _ in noted.items()] == ["a"]
    assert noted.read == {"a"}
