"""The first page of a study whose verdicts, numbers and tables a test chooses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure

from pipeline.chapters import facts, summary
from pipeline.languages.catalogue import say
from pipeline.languages.message import literal
from pipeline.ledger.entries import Column, Ledger, read_results
from pipeline.methods.effects.judgement.types import Reason
from pipeline.report.doc import Doc
from pipeline.report.prose import Prose
from tests.demo_study import blank_figures
from tests.given import Given

Page = Callable[..., "Written"]
COUNTS = {
    "n_treated": 260,
    "n_never": 175,
    "n_compared_treated": 256,
    "n_compared_never": 172,
    "n_periods": 6,
    "n_periods_spanned": 7,
    "first_period": 2018,
    "last_period": 2024,
}


class Written:
    """The page's ledger, and its words in a language."""

    def __init__(self, study, folder: Path) -> None:
        self.study, self.folder = study, folder
        self.results = read_results(folder)

    def doc(self, lang: str) -> Doc:
        return Doc(Prose(self.study, 2024, lang, self.results, self.folder / "figures"))

    def said(self, lang: str, parts) -> str:
        return self.doc(lang).sentence(*parts(self.doc(lang)))

    def cells(self, lang: str) -> list[dict[str, str]]:
        table = self.results.tables["tbl_summary"]
        words = {column.key: column.codes for column in table.columns}
        return [{key: say(words[key][value], lang) for key, value in row.items()} for row in table.rows]


@dataclass(frozen=True)
class _Judged:
    code: str
    limiting: Reason | None
    security: int
    underpowered: bool = False


def _judged(code: str, limiting: str, steps: int) -> _Judged:
    return _Judged(code, None if limiting == "nothing" else Reason(limiting), steps)


@pytest.fixture(scope="module", autouse=True)
def drawn_once() -> Iterator[None]:
    """The picture of the page is looked at elsewhere: here one that shows the same is drawn once."""
    real, seen = summary.small_multiples, set[str]()

    def draw(panels, lang: str) -> Figure:
        shows = repr((panels, lang))
        if shows in seen:
            return Figure(figsize=(1, 1))
        seen.add(shows)
        return real(panels, lang)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summary, "small_multiples", draw)
        yield


@pytest.fixture(name="page")
def summary_page(medan, tmp_path) -> Page:
    """The page where outcomes got these verdicts (code, reason that limits, steps); numbers and tables can be changed."""

    def make(
        verdicts: Mapping[str, tuple[str, str, int]] | None = None,
        numbers: Mapping[str, float] | None = None,
        texts: Mapping[str, str] | None = None,
        tables: Mapping[str, pd.DataFrame] | None = None,
        study=medan,
        shown: Mapping[str, pd.DataFrame] | None = None,
    ) -> Written:
        given = {o.name: ("moderate", "breakdown_below_one", 4) for o in study.outcomes} | dict(verdicts or {})
        with Ledger("03_effects", tmp_path / "ledger") as ledger:
            for name, value in COUNTS.items():
                ledger.number(name, value, decimals=0)
            for name, frame in (shown or {}).items():
                columns = [
                    Column(key, literal(key), "text" if frame[key].dtype == object else "number") for key in frame
                ]
                ledger.table(name, frame, columns, caption=literal(name))
            for outcome in study.outcomes:
                ledger.number(f"att_{outcome.name}", 0.145, low=0.1, high=0.19, p=0.001, unit=outcome.unit)
            for name, value in {
                "share_min_jp": 70.0,
                "hidden_share": 9.0,
                "sensitive_pooled": 21.0,
                "response_rate": 80.0,
                **(numbers or {}),
            }.items():
                ledger.number(name, value, unit="percent", decimals=1, low=value - 2, high=value + 2)
        with blank_figures(), Ledger("07_verdict", tmp_path / "ledger") as ledger:
            for name, (code, limiting, steps) in given.items():
                for part, said in (("verdict", code), ("limiting", limiting), ("security", str(steps))):
                    ledger.text(f"{part}_{name}", said)
                ledger.text(f"underpowered_{name}", "no")
            for name, said in {"headline": "moderate", "frankness": "unclear", **(texts or {})}.items():
                ledger.text(name, said)
            summary.record(ledger, Given(study, tmp_path, tables, verdicts={n: _judged(*v) for n, v in given.items()}))
        return Written(study, tmp_path / "ledger")

    return make


def uncomfortable(page: Written, lang: str = "en") -> str:
    """The uncomfortable facts of a page, in words."""
    return page.said(lang, facts.uncomfortable)
