"""The ledger: every number, text code, table and figure of the report, each with its source.

A notebook opens a `Ledger`, adds entries by name, and closes it; the report reads all ledgers of an edition as one
`Results` (`pipeline.ledger.results`, whose names are at hand here too). Files are plain JSON beside the figures' SVG and
PNG, written in one piece and identical for identical input.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.languages.known import languages as known_languages
from pipeline.languages.message import Text, to_json
from pipeline.ledger.counts import Counts, Of, Thresholds
from pipeline.ledger.raster import raster
from pipeline.ledger.reads import Reads
from pipeline.ledger.results import Column, FigureEntry, Number, Results, Table, merged, read_ledgers, read_results

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

__all__ = [
    "Column",
    "FigureEntry",
    "Ledger",
    "Number",
    "Results",
    "Table",
    "file_hash",
    "read_ledgers",
    "read_results",
]
NAME = re.compile(r"^[a-z][a-z0-9_]*$")


class Estimated(Protocol):
    """What an estimator hands back: a value with the bounds of its interval and the two-sided p value of no effect."""

    @property
    def value(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...
    @property
    def p(self) -> float: ...


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Ledger:
    """The entries of one notebook; use as a context manager, or call `close()` in the last cell.

    Args:
        notebook: Name of the notebook without its ending, such as "03_effects".
        folder: Where the ledger's JSON and the figures go.
        inputs: Files that the entries are computed from, by the name that the record calls them; looked at when the
            ledger is written, so that files read meanwhile are among them.
        languages: Languages the figures are drawn in.
        thresholds: Smallest numbers that a cell may rest on; the gate reads them from the file.
        reads: What the notebook reads, noted by topic.

    Raises:
        ValueError: An entry's name is not lower_snake_case or already taken, or a number has no value.
    """

    def __init__(
        self,
        notebook: str,
        folder: Path,
        inputs: Mapping[str, Path] | None = None,
        languages: Sequence[str] | None = None,
        thresholds: Thresholds | None = None,
        reads: Reads | None = None,
    ) -> None:
        self.thresholds = thresholds or Thresholds()
        self.notebook, self.folder, self.languages = notebook, Path(folder), tuple(languages or known_languages())
        self.folder.mkdir(parents=True, exist_ok=True)
        self.path = self.folder / f"{notebook}.json"
        self.path.unlink(missing_ok=True)
        self.recorded: list[str] = []  # topics whose turn has come
        self.cell = ""  # id of the notebook's cell that records now
        self.topic = ""  # topic that records now
        self._reads = reads
        self._makers: dict[str, dict[str, list[str]]] = {}
        self._inputs = {} if inputs is None else inputs
        self._entries: dict[str, dict[str, Any]] = {"numbers": {}, "texts": {}, "tables": {}, "figures": {}}

    def number(
        self,
        name: str,
        value: float,
        *,
        unit: str = "",
        low: float | None = None,
        high: float | None = None,
        p: float | None = None,
        n: int | None = None,
        decimals: int = 3,
        counts: Counts | Sequence[Counts] = (),
    ) -> None:
        """Record a number; `low` and `high` bound its confidence interval, `n` is the sample it rests on.

        `counts` declares the cell that the number is, or the cells it rests on and could be turned back into. What is not
        finite (an effect whose variance cannot be estimated has no interval) is kept as unknown: the prose says so in its
        place, in words, and nothing stops.
        """
        plain = {"value": value, "low": low, "high": high, "p": p, "n": n}
        unknown = [key for key, given in plain.items() if given is not None and not math.isfinite(given)]
        entry = {key: None if key in unknown else _plain(given) for key, given in plain.items()}
        if entry["value"] is None and "value" not in unknown:
            raise ValueError(f"ledger number {name!r} has no value")
        if decimals == 0 and isinstance(entry["value"], float) and entry["value"].is_integer():
            entry["value"] = int(entry["value"])  # a count has no decimals, wherever a reader finds it
        declared = [asdict(one) for one in ((counts,) if isinstance(counts, Counts) else counts)]
        noted = {"unknown": unknown} if unknown else {}
        self._add("numbers", name, {**entry, **noted, "unit": unit, "decimals": decimals, "counts": declared})

    def estimate(
        self,
        name: str,
        found: Estimated,
        *,
        times: float = 1.0,
        unit: str = "",
        n: int | None = None,
        decimals: int = 3,
        counts: Counts | Sequence[Counts] = (),
    ) -> None:
        """Record an estimate as the number that it is, with its interval and p value.

        `times` turns it into the unit that is printed (100 for per cent of a share; it is above 0, so the bounds stay in
        their order); `n`, `decimals` and `counts` are those of `number`.
        """
        value, low, high = (times * one for one in (found.value, found.low, found.high))
        self.number(name, value, unit=unit, low=low, high=high, p=found.p, n=n, decimals=decimals, counts=counts)

    def text(self, name: str, code: str) -> None:
        """Record a code that the prose turns into words, such as a verdict."""
        self._add("texts", name, code)

    def table(
        self,
        name: str,
        frame: pd.DataFrame,
        columns: Sequence[Column],
        *,
        caption: Text,
        notes: Text | None = None,
        n: Text | None = None,
        behind: str | Sequence[str] = (),
    ) -> None:
        """Record the frame's named columns; values that are missing or not finite print as a dash, with a note.

        The columns say what they count; small cells are given as they are, for the gate decides what is hidden.
        `behind` names the counting columns that every column of numbers without a declaration of its own rests on.
        """
        keys = (behind,) if isinstance(behind, str) else tuple(behind)
        columns = [column.resting_on(keys) for column in columns]
        texts = {"caption": to_json(caption), "notes": to_json(notes), "n": to_json(n)}
        rows = _rows(name, frame, columns)
        self._add("tables", name, {"columns": [column.to_json() for column in columns], "rows": rows, **texts})

    def figure(
        self,
        name: str,
        draw: Callable[..., Figure],
        *,
        caption: Text,
        alt: Text,
        notes: Text | None = None,
        frame: pd.DataFrame | None = None,
        columns: Sequence[Column] = (),
    ) -> None:
        """Draw a figure in each language; `alt` tells in words what it shows, after the message that stands above it.

        A figure of counted cells, or of estimates for groups, gives its `frame` with the `columns` that say what they
        count. `draw` is then called with the language and the frame as it may be shown: what is hidden is missing. The
        gate takes the whole figure out where the other tables would give a hidden cell of it away.
        """
        from pipeline.ledger.drawn import drawn

        self._check_name("figures", name)
        given: tuple[pd.DataFrame, ...] = ()
        if frame is not None:
            from pipeline.ledger.gate import blanked

            rows = _rows(name, frame, columns)
            given = (blanked(name, frame, columns, rows, self.thresholds),)
            content: dict[str, Any] = {"columns": [column.to_json() for column in columns], "rows": rows}
            texts = dict.fromkeys(("caption", "notes", "n"), to_json(caption))
            self._add("tables", name, {**content, **texts, "shown": False})
        files, data, messages = {}, {}, {}
        for lang in self.languages:
            figure = draw(lang, *given)
            messages[lang] = str(figure.get_label())
            files[lang] = _save_figure(figure, self.folder, f"{name}.{lang}")
            data[lang] = drawn(figure)
        texts = {"caption": to_json(caption), "alt": to_json(alt), "notes": to_json(notes)}
        self._add("figures", name, {"files": files, "data": data, "messages": messages, **texts})

    def enough(self, counts: Any, of: Of) -> Any:
        """Whether statistics may rest on so many persons or units; a truth value a count.

        The gate's own threshold, for analyses that are not worth making where it would withhold them.
        """
        return counts >= self.thresholds.of(of)

    def names(self) -> list[str]:
        """Names of the entries so far, in their order; a table and a figure may share one."""
        return list(dict.fromkeys(name for entries in self._entries.values() for name in entries))

    def results(self) -> Results:
        """The entries so far as `read_ledgers` would give them: small cells included."""
        return merged([json.loads(json.dumps(self._content({})))], self.folder)

    @property
    def size(self) -> int:
        """Number of entries so far."""
        return sum(len(entries) for entries in self._entries.values())

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Entries of the block come in whole: where it fails none of them stays."""
        kept = {section: dict(entries) for section, entries in self._entries.items()}
        try:
            yield
        except BaseException:
            self._entries = kept
            raise

    def _content(self, inputs: Mapping[str, str]) -> dict[str, Any]:
        head = {"notebook": self.notebook, "inputs": inputs, "thresholds": asdict(self.thresholds)}
        reads = self._reads.to_json() if self._reads is not None else {}
        kept = {section: {n: self._makers[section][n] for n in held} for section, held in self._entries.items() if held}
        return {**head, **self._entries, "makers": kept, "reads": reads}

    def close(self) -> None:
        """Write the ledger in one piece."""
        content = self._content({name: file_hash(path) for name, path in sorted(self._inputs.items())})
        partial = self.path.with_suffix(".partial")
        # one line: with an indent, Python's library writes every value by itself
        partial.write_text(json.dumps(content, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")
        partial.replace(self.path)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()

    def _add(self, section: str, name: str, entry: Any) -> None:
        self._check_name(section, name)
        if section != "texts":
            entry = {**entry, "origin": self._origin()}
        self._entries[section][name] = entry
        self._makers.setdefault(section, {})[name] = [self._origin(), self.topic, _caller()]

    def _check_name(self, section: str, name: str) -> None:
        if not NAME.match(name):
            raise ValueError(f"ledger name {name!r} is not lower_snake_case")
        if name in self._entries[section]:
            raise ValueError(f"ledger name {name!r} is taken")

    def _origin(self) -> str:
        """Notebook and id of the cell that records, as "06_aims#service"; the notebook alone where no cell is named."""
        return f"{self.notebook}#{self.cell}" if self.cell else self.notebook


def _caller() -> str:
    """Module and qualified name of the function that records; nothing where it is a notebook's own line."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_globals.get("__name__", "").startswith("pipeline.ledger."):
        frame = frame.f_back
    module, function = frame.f_globals.get("__name__", ""), frame.f_code.co_qualname
    return "" if module == "__main__" or function == "<module>" else f"{module}.{function}"


def _rows(name: str, frame: pd.DataFrame, columns: Sequence[Column]) -> list[dict[str, Any]]:
    """Plain values of the columns and of what their declarations name.

    Raises:
        ValueError: A column that the frame does not have.
    """
    import pandas as pd

    keys = [column.key for column in columns]
    for counts in (column.counts for column in columns if column.counts is not None):
        by = [part for name in counts.by for part in name.split(":")]
        keys += [key for key in (*by, counts.behind, counts.largest, counts.known) if key]
    keys = list(dict.fromkeys(keys))
    missing = [key for key in keys if key not in frame.columns]
    if missing:
        raise ValueError(f"ledger table {name!r} has no column {missing[0]!r}")
    return [
        {key: None if pd.isna(row[key]) else _plain(row[key]) for key in keys}
        for row in frame[keys].astype(object).to_dict("records")
    ]


def _plain(value: Any) -> Any:
    """A JSON value of a NumPy or pandas scalar; what is not finite is missing."""
    value = value.item() if hasattr(value, "item") else value
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return str(value)


def _save_figure(figure: Figure, folder: Path, stem: str) -> dict[str, str]:
    import matplotlib as mpl

    with mpl.rc_context({"svg.hashsalt": stem, "svg.fonttype": "path"}):
        figure.savefig(folder / f"{stem}.svg", metadata={"Date": None, "Creator": None})
    (folder / f"{stem}.png").write_bytes(raster(folder / f"{stem}.svg"))
    return {"svg": f"{stem}.svg", "png": f"{stem}.png"}
