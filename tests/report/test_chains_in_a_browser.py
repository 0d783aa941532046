"""The windows in a real browser: by mouse, by keyboard, on a phone, in print, without scripts, without a network."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure

from pipeline.ledger.entries import Column, Ledger
from pipeline.ledger.origins import Origins, RawFile
from pipeline.ledger.reads import Reads
from pipeline.report.document import build_document
from pipeline.report.render import render
from pipeline.study import Study
from tests.report.browser import CHROMIUM, Browser
from tests.report.test_report_document import STUDY

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
HASH = "ab" * 32
OPEN, SAID = "document.getElementById('chain').open", "document.getElementById('chain').innerText"
WIDTHS = (1200, 360)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of one sentence, one wide table, one figure."""
    folder = tmp_path_factory.mktemp("windows")

    def draw(lang: str) -> Figure:
        figure = Figure(figsize=(3, 2))
        figure.subplots().plot([0, 1], [0, 1])
        return figure

    words = dict.fromkeys(("en", "id"), "A caption")
    reads = Reads()
    reads.table("panel", ["unit"])
    with Ledger("03_effects", folder / "results", languages=("en",), reads=reads) as ledger:
        ledger.cell, ledger.topic = "effects", "effects"
        ledger.number("att_scrap", 1 / 3, unit="sd", low=0.1, high=0.6, n=40)
        columns = [Column("what", words)] + [Column(f"c{k}", words, "number", 2) for k in range(9)]
        frame = pd.DataFrame({"what": ["one", "two"], **{f"c{k}": [k / 7, None] for k in range(9)}})
        ledger.table("tbl_main", frame, columns, caption=words)
        ledger.figure("fig_main", draw, caption=words, alt=words)
    own = folder / "root" / "studies" / "contoh" / "text" / "en"
    own.mkdir(parents=True)
    said = 'introduction-list = one-item\none-item = The effect is { NUM("att_scrap") }.\n'
    (own / "own.ftl").write_text(said, encoding="utf-8")

    def layout(doc) -> None:
        doc.listed("introduction-list")
        doc.table("tbl_main")
        doc.figure("fig_main")

    origins = Origins((RawFile("2024/a.csv", HASH, "scores", 1234, 1230, 4),), {}, 7)
    study = Study.model_validate(STUDY)
    args = (study, 2024, "en", folder / "results", folder / "out")
    source = build_document(*args, layout=layout, root=folder / "root", origins=origins)
    return render(source, folder / "made", ("html",), lang="en", engine="embedded").files["html"]


def test_a_number_opens_by_enter_tells_its_chain_and_closes_by_escape(page: Path) -> None:
    with Browser() as browser:
        browser.open(page)
        browser.run("document.querySelector('[data-entry=att_scrap]').focus()")
        assert browser.run("document.activeElement.getAttribute('role')") == "button"
        browser.press("Enter")
        assert browser.run(OPEN)
        told = browser.run(SAID)
        for words in (
            "0.333\u00a0SD (0.100 to 0.600); n\u00a0=\u00a040",
            "average effect of the programme",
            "03_effects, effects",
        ):
            assert words in told
        assert "rows read 1,234, kept 1,230, set aside 4" in told
        browser.run("document.querySelector('#chain details').open = true")
        assert HASH in browser.run(SAID)
        assert browser.run("document.querySelector('#chain a').getAttribute('href')") == (
            "notebooks/03_effects.html#cell-id=effects"
        )
        assert browser.run("document.getElementById('chain').contains(document.activeElement)")
        browser.press("Escape")
        assert not browser.run(OPEN)
        assert browser.run("document.activeElement.dataset.entry") == "att_scrap"
        assert [url for url in browser.requests if not url.startswith(("file:", "data:"))] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_everything_opens_by_click_and_fits_the_screen(page: Path, width: int) -> None:
    with Browser(width, 740) as browser:
        browser.open(page)
        for selector, words in (
            ("[data-entry=att_scrap]", repr(1 / 3)),
            ("#tbl-main tbody tr td:nth-child(3)", repr(1 / 7)),
            (".table-notes .follow", "data/tbl_main.csv"),
            ("#fig-main img", "data/fig_main.csv"),
        ):
            browser.click(selector)
            assert browser.run(OPEN), selector
            assert words in browser.run(SAID)
            place = browser.run(
                "(() => { const r = document.getElementById('chain').getBoundingClientRect(); return [r.left, r.right]; })()"
            )
            assert 0 <= place[0] < place[1] <= width
            assert browser.run("document.documentElement.scrollWidth") <= width
            browser.click(".chain-close")
            assert not browser.run(OPEN)


def test_arrow_keys_walk_through_a_table_s_cells(page: Path) -> None:
    with Browser() as browser:
        browser.open(page)
        browser.run("document.querySelector('.table-scroll').focus()")
        for key in ("ArrowDown", "ArrowRight", "ArrowRight"):
            browser.press(key)
        browser.press("Enter")
        assert repr(1 / 7) in browser.run(SAID)
        browser.press("Escape")
        assert browser.run("document.activeElement.cellIndex") == 2
        browser.press("Escape")
        assert browser.run("document.activeElement.className") == "table-scroll"
        browser.press("Enter")
        assert browser.run(OPEN)


def test_the_window_is_a_dialog_with_a_name(page: Path) -> None:
    with Browser() as browser:
        browser.open(page)
        browser.click("[data-entry=att_scrap]")
        assert browser.run("document.getElementById('chain').getAttribute('role')") == "dialog"
        assert browser.run("document.getElementById('chain').matches(':modal')")
        label = "document.getElementById(document.getElementById('chain').getAttribute('aria-labelledby')).innerText"
        assert browser.run(label) == "From the number to its file"
        assert browser.run("document.querySelector('.chain-close').getAttribute('aria-label')") == "Close"


def test_without_scripts_and_in_print_the_report_reads_as_it_is(page: Path) -> None:
    text = "document.querySelector('main').innerText"
    with Browser(scripts=False) as plain, Browser() as browser:
        plain.open(page)
        browser.open(page)
        said = plain.run(text)
        assert "The effect is 0.333" in said
        assert plain.run("document.querySelectorAll('.follow, dialog, [role=button]').length") == 0
        browser.click("[data-entry=att_scrap]")
        browser.call("Emulation.setEmulatedMedia", media="print")
        plain.call("Emulation.setEmulatedMedia", media="print")
        assert browser.run(text) == plain.run(text)
        assert browser.run("getComputedStyle(document.getElementById('chain')).display") == "none"
