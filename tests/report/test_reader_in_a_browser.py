"""The page's reading aids in a real browser: contents that follow, permanent links, search, print, dark, a phone's width."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from pipeline.languages.catalogue import say
from pipeline.report.render import RenderRecord, render
from tests.report.browser import CHROMIUM, Browser
from tests.report.conftest import copy_sample

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
WORDS = {"id": "Tautan ke bagian ini", "en": "Link to this place"}


WORDED = """

| Aim | Measured with | Answer | Size | Confidence |
|:----------|:----------|:----------|:---------------------|:----------|
| Motivation and commitment | Scale of motivation | Possibly better: weak | 0.21 standard deviations of schools | 2 of 5 |
| | Scale of commitment | Open | -0.06 standard deviations of schools | 2 of 5 |

: Aims at a glance {#tbl-glance}

::: {.table-notes custom-style="Table Notes"}
*Note.* Of schools.
:::
"""


@pytest.fixture(scope="module", params=["id", "en"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The sample in each language, with a long formula in a line and a notice."""
    folder = tmp_path_factory.mktemp("reader")
    source = copy_sample(folder / "source")
    long = (
        "\n\nA formula in a line $"
        + "+".join(f"\\beta_{{{k}}} x_{{{k}}}" for k in range(40))
        + "$ and *naïve* words.\n"
    )
    long += "\n".join(f"\n## Part {k} {{#sec-part-{k}}}\n\n" + "Words of the part. " * 120 for k in range(5))
    for number, heading in enumerate(("Conclusions and Recommendations", "Pertanggungjawaban Data")):
        long += f"\n\n# {heading} {{#sec-long-{number}}}\n\nWords.\n"
    text = source.read_text(encoding="utf-8").replace('fig-alt="Titik', 'said="Naik ke 0,15" fig-alt="Titik')
    source.write_text(text + WORDED + long, encoding="utf-8")
    record: RenderRecord = render(source, folder / "out", ("html",), lang=request.param, engine="embedded")
    return request.param, record.files["html"]


def test_the_contents_follow_the_reader(page: tuple[str, Path]) -> None:
    with Browser() as browser:
        browser.open(page[1])
        for name in ("sec-part-3", "sec-part-1"):
            browser.run(f"document.getElementById('{name}').scrollIntoView()")
            browser.run("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))", wait=True)
            marked = (
                "[...document.querySelectorAll('nav [aria-current]')].map(a => a.hash + a.getAttribute('aria-current'))"
            )
            assert browser.run(marked) == [f"#{name}location"]
            inside = (
                "(() => { const box = name => document.querySelector(name).getBoundingClientRect(),"
                " a = box('nav [aria-current]'), n = box('nav'); return a.top >= n.top && a.bottom <= n.bottom; })()"
            )
            assert browser.run(inside)


def test_headings_and_exhibits_have_a_permanent_link_that_is_seen_on_focus_and_heard(page: tuple[str, Path]) -> None:
    lang, path = page
    with Browser() as browser:
        browser.open(path)
        places = (
            "[...document.querySelectorAll('main :is(h1, h2, h3, h4, figure, table)[id]')]"
            ".filter(e => !e.closest('.approval')).map(e => e.id)"
        )
        links = "[...document.querySelectorAll('.permalink')].map(a => decodeURIComponent(a.hash.slice(1)))"
        assert sorted(browser.run(links)) == sorted(browser.run(places))
        assert len(browser.run(places)) > 8
        # Pale until it is wanted; where nothing can hover, as here, never wholly gone.
        assert float(browser.run("getComputedStyle(document.querySelector('#sec-part-1 .permalink')).opacity")) < 1
        browser.call("Emulation.setFocusEmulationEnabled", enabled=True)
        browser.run("document.querySelector('#sec-part-1 .permalink').focus({focusVisible: true})")
        assert browser.run("getComputedStyle(document.activeElement).opacity") == "1"
        label = browser.run("document.activeElement.getAttribute('aria-label')")
        assert label.startswith(WORDS[lang] + ": ")
        assert label.endswith("Part 1")
        browser.press("Enter")
        assert browser.run("location.hash") == "#sec-part-1"
        assert browser.run("document.querySelectorAll('nav .permalink').length") == 0


def test_permanent_links_are_reached_and_followed_without_a_pointer(page: tuple[str, Path]) -> None:
    """Pale until they are wanted: Tab alone shows one after another, and Enter follows it."""
    held = "[document.activeElement.className, decodeURIComponent(document.activeElement.hash || '')]"
    with Browser() as browser:
        browser.open(page[1])
        browser.call("Emulation.setFocusEmulationEnabled", enabled=True)
        shown = "getComputedStyle(document.querySelector('#sec-part-%d .permalink')).opacity"
        assert [float(browser.run(shown % k)) < 1 for k in (1, 2)] == [True, True]
        browser.run("document.querySelector('#sec-part-0 .permalink').focus()")
        for number in (1, 2):
            # whoever followed a link goes on from the place that it led to: its own link comes once more
            for expected in (number - 1, number) if number > 1 else (number,):
                browser.press("Tab")
                assert browser.run(held) == ["permalink", f"#sec-part-{expected}"]
            assert browser.run(shown % number) == "1"
            browser.press("Enter")
            assert browser.run("location.hash") == f"#sec-part-{number}"
            top = browser.run(f"document.getElementById('sec-part-{number}').getBoundingClientRect().top")
            assert 0 <= top < browser.run("innerHeight")


def looked(browser: Browser, words: str) -> list[str]:
    browser.run(
        "(() => { const box = document.getElementById('search'); if (box.hidden) document.getElementById('find').click();"
        f" const i = box.querySelector('input'); i.value = {json.dumps(words)}; i.dispatchEvent(new Event('input')); }})()"
    )
    found: list[str] = browser.run("[...document.querySelectorAll('#search li')].map(li => li.textContent)")
    return found


def test_search_finds_words_and_leads_to_their_place(page: tuple[str, Path]) -> None:
    lang, path = page
    with Browser() as browser:
        browser.open(path)
        browser.click("#find")
        assert browser.run("document.activeElement.type") == "search"
        assert [one for one in looked(browser, "NAIVE words") if "naïve" in one]
        assert browser.run(
            "[...document.querySelectorAll('#search mark')].map(m => m.textContent.toLowerCase()).sort()"
        ) == (["naïve", "words"])
        first = looked(browser, "part 4")
        assert "Part 4" in first[0], "headings come first"
        browser.press("Enter")
        assert browser.run("document.getElementById('search').hidden")
        assert browser.run("document.activeElement.id") == "sec-part-4"
        top, bottom = browser.run(
            "(r => [r.top, innerHeight - r.bottom])(document.activeElement.getBoundingClientRect())"
        )
        assert top >= 48
        assert bottom >= 0
        assert looked(browser, "zzz nothing of this") == []
        assert browser.run("document.querySelector('#search [role=status]').textContent") == say(
            "report-search-none", lang
        )
        browser.press("Escape")
        assert browser.run("document.getElementById('search').hidden")
        assert browser.run("document.activeElement.id") == "find"
        assert [url for url in browser.requests if not url.startswith(("file:", "data:"))] == []


def test_search_tells_how_many_places_and_where(page: tuple[str, Path]) -> None:
    with Browser() as browser:
        browser.open(page[1])
        found = looked(browser, "words of the part")
        assert len(found) == 5
        assert browser.run("document.querySelector('#search [role=status]').textContent").endswith(" 5")
        assert [one.split("Words")[0].strip("… ").endswith(f"Part {k}") for k, one in enumerate(found)] == [True] * 5


def test_on_a_phone_a_figure_keeps_a_legible_size_and_its_caption_stays(page: tuple[str, Path]) -> None:
    with Browser(360, 800) as browser:
        browser.open(page[1])
        width = browser.run("document.querySelector('figure img').clientWidth")
        stop = browser.run("document.querySelector('figure').tabIndex")
        right = browser.run("document.querySelector('figcaption').getBoundingClientRect().right")
        assert width > 500
        assert stop == 0
        assert right <= 360


def test_on_a_phone_a_table_of_words_is_read_without_scrolling(page: tuple[str, Path]) -> None:
    """Each row is a card whose cells tell their columns; a wide screen, and a listener, have the table."""
    cells = "[...document.querySelectorAll('#tbl-glance tbody :is(th, td)')]"
    with Browser(360, 800) as browser:
        browser.open(page[1])
        ends = browser.run(cells + ".map(e => e.getBoundingClientRect()).map(r => [r.left, r.right])")
        assert len(ends) == 10
        assert all(0 <= left < right <= 360 for left, right in ends)
        named = browser.run(cells + ".map(e => getComputedStyle(e, '::before').content)")
        assert named[1:5] == ['"Measured with: "', '"Answer: "', '"Size: "', '"Confidence: "']
        seen = browser.run(
            "document.querySelector('#tbl-glance tbody tr:nth-child(2) .heard').getBoundingClientRect().width"
        )
        assert seen > 50
        roles = "[...document.querySelectorAll('#tbl-glance :is(tr, th, td)')].map(e => e.getAttribute('role'))"
        assert set(browser.run(roles)) == {"row", "columnheader", "rowheader", "cell"}
    with Browser() as browser:
        browser.open(page[1])
        assert browser.run("getComputedStyle(document.querySelector('#tbl-glance td')).display") == "table-cell"
        assert browser.run(cells + ".map(e => getComputedStyle(e, '::before').content)")[1] == "none"


def test_what_scrolls_sideways_says_so_and_a_figure_s_message_is_whole(page: tuple[str, Path]) -> None:
    lang, path = page
    hints = (
        "[...document.querySelectorAll('main :is(figure, .table-scroll)')].map(e => [e.scrollWidth > e.clientWidth + 1,"
        " e.previousElementSibling.className, e.previousElementSibling.getBoundingClientRect().height > 0])"
    )
    with Browser(360, 800) as browser:
        browser.open(path)
        found = browser.run(hints)
        assert {kind for _, kind, _ in found} == {"more"}
        assert [seen for _, _, seen in found] == [scrolls for scrolls, _, _ in found]
        assert any(scrolls for scrolls, _, _ in found)
        said = (
            "(e => [e.textContent, e.getBoundingClientRect().right])(document.querySelector('.more:has(+ #fig-event)'))"
        )
        text, right = browser.run(said)
        assert text == "Naik ke 0,15" + say("report-more", lang) + " →"
        assert right <= 360
    with Browser() as browser:
        browser.open(path)
        assert [seen for _, _, seen in browser.run(hints)] == [False] * len(found)


@pytest.mark.parametrize("width", [1200, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_leaves_the_screen_and_no_rule_of_accessibility_is_broken(
    page: tuple[str, Path], width: int, scheme: str
) -> None:
    with Browser(width, 800) as browser:
        browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        browser.open(page[1])
        assert browser.run("document.documentElement.scrollWidth") <= width
        looked(browser, "the")
        assert browser.run("document.documentElement.scrollWidth") <= width
        assert browser.faults() == []
        dark = browser.run("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
        assert dark == (scheme == "dark")
        # Figures are drawn for paper: their ground stays white, and so do their inks stay readable.
        assert (
            browser.run("getComputedStyle(document.querySelector('figure img')).backgroundColor")
            == "rgb(255, 255, 255)"
        )


def test_a_keyboard_crosses_a_table_in_one_stop(page: tuple[str, Path]) -> None:
    with Browser() as browser:
        browser.open(page[1])
        stops = (
            "[...document.querySelectorAll('.table-scroll')].map(region => [region.tabIndex,"
            " [...region.querySelectorAll('*')].filter(e => e.tabIndex >= 0 && !e.matches('a[href]')).length])"
        )
        found = browser.run(stops)
        assert len(found) >= 2
        assert found == [[0, 0]] * len(found)
        assert browser.run("document.querySelectorAll('main table').length") == len(found)


def test_in_print_the_notice_stands_below_each_page_and_covers_no_row(page: tuple[str, Path]) -> None:
    with Browser() as browser:
        browser.open(page[1])
        notice = " ".join(browser.run("document.querySelector('footer.notice').textContent").split())
        made = browser.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
    sheets = PdfReader(io.BytesIO(base64.b64decode(made["data"]))).pages
    assert len(sheets) > 3
    for number, sheet in enumerate(sheets, 1):
        lines = heights(sheet)
        foot = [y for y, said in lines if said in notice and y < 60]
        assert foot, f"page {number} lacks the notice in its margin"
        rest = [y for y, said in lines if said not in notice and not said.isdigit()]
        assert not rest or min(rest) > max(foot) + 8, f"page {number}: the notice covers a row"


def heights(sheet: Any) -> list[tuple[float, str]]:
    """The texts of a printed page with their heights above its foot, in points."""
    lines: list[tuple[float, str]] = []

    def note(text: str, outer: list[float], inner: list[float], *_: object) -> None:
        if text.strip():
            lines.append((outer[3] * inner[5] + outer[5], " ".join(text.split())))

    sheet.extract_text(visitor_text=note)
    return lines


def test_without_scripts_there_is_no_search_and_no_dead_button(page: tuple[str, Path]) -> None:
    with Browser(scripts=False) as browser:
        browser.open(page[1])
        assert browser.run("[document.getElementById('find').hidden, document.getElementById('search').hidden]") == [
            True,
            True,
        ]
        assert browser.run("document.querySelectorAll('.permalink').length") == 0
