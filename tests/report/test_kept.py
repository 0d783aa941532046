"""A volume is written anew where anything that it is made of is another, and only there; the bytes are those from nothing."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from pipeline import installed
from pipeline.report import embedded, kept, project
from pipeline.report.render import RenderRecord, kept_folder, render
from tests.report.conftest import copy_sample

META = {"stamp": "2024-01-01"}
ALL = {"report.html", "report.pdf", "report.docx", "supplement.pdf", "supplement.docx"}


class Bench:
    """A source of two volumes, rendered as often as a test likes; says what was written."""

    def __init__(self, source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.source, self.folder, self.written = source, folder, set[str]()
        text = source.read_text(encoding="utf-8").replace("edition: 2024", "edition: 2024\nvolumes: true")
        source.write_text(text, encoding="utf-8")
        for name, write in embedded.WRITE.items():
            monkeypatch.setitem(embedded.WRITE, name, self._noting(name, write))

    def _noting(self, name: str, write: Any) -> Any:
        def noted(folder: Path, volume: str, *rest: Any) -> None:
            self.written.add(f"{volume}.{name}")
            write(folder, volume, *rest)

        return noted

    def render(self, meta: dict[str, Any] | None = None, out: str = "out") -> dict[str, bytes]:
        self.written = set()
        record: RenderRecord = render(
            self.source, self.folder / out, lang="id", meta={**META, **(meta or {})}, engine="embedded"
        )
        return {path.name: path.read_bytes() for path in record.files.values()}

    def fresh(self, meta: dict[str, Any] | None = None) -> dict[str, bytes]:
        """The same from nothing, in another place."""
        shutil.rmtree(kept_folder(self.folder / "fresh"), ignore_errors=True)
        return self.render(meta, "fresh")


@pytest.fixture
def bench(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    return Bench(sample, tmp_path, monkeypatch)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which a rendering of the sample keeps its volumes."""
    folder = tmp_path_factory.mktemp("written")
    with pytest.MonkeyPatch.context() as patch:
        first = Bench(copy_sample(folder / "source"), folder, patch)
        first.render()
    assert first.written == ALL
    return kept_folder(folder / "out")


@pytest.fixture
def begun(bench: Bench, written: Path) -> Bench:
    """A bench on which the sample has been rendered already, so that its first rendering writes nothing."""
    shutil.copytree(written, kept_folder(bench.folder / "out"))
    bench.render()
    assert bench.written == set()
    return bench


def test_the_same_source_writes_nothing_and_gives_the_same_bytes(bench: Bench) -> None:
    first = bench.render()
    assert bench.written == ALL
    project_files = {p.name: p.read_bytes() for p in (bench.folder / "out-quarto").rglob("*") if p.is_file()}
    assert bench.render() == first
    assert bench.written == set()
    assert {p.name: p.read_bytes() for p in (bench.folder / "out-quarto").rglob("*") if p.is_file()} == project_files


def test_a_sentence_of_one_volume_leaves_the_other_alone(begun: Bench) -> None:
    text = begun.source.read_text(encoding="utf-8")
    begun.source.write_text(re.sub(r"\n# [^\n]+\n", "\\g<0>\nSatu kalimat lagi.\n", text, count=1), encoding="utf-8")
    made = begun.render()
    assert begun.written == {"report.html", "report.pdf", "report.docx"}
    assert made == begun.fresh()


def test_a_number_of_a_table_that_the_other_volume_refers_to_makes_both_anew(bench: Bench) -> None:
    text = bench.source.read_text(encoding="utf-8")
    bench.source.write_text(text + "\nLihat @tbl-effects dan @fig-event.\n", encoding="utf-8")
    bench.render()
    more = "\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n: Satu lagi {#tbl-more}\n\n"
    changed = bench.source.read_text(encoding="utf-8")
    place = changed.index("\n\n", changed.rindex("\n# ", 0, changed.index("{#tbl-effects")))
    bench.source.write_text(changed[:place] + more + changed[place:], encoding="utf-8")
    made = bench.render()
    assert {"supplement.pdf", "supplement.docx"} <= bench.written
    assert made == bench.fresh()


def _another_figure(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    path = sorted((bench.source.parent / "figures").glob("*.svg"))[0]
    path.write_text(path.read_text(encoding="utf-8").replace("</svg>", "<!-- another --></svg>"), encoding="utf-8")
    return {}


def _another_template(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    assets = bench.folder / "assets"
    shutil.copytree(project.ASSETS, assets)
    for name, sign in (("template.typst", "//"), ("template.html", ""), ("template.openxml", "")):
        path = assets / name
        note = f"{sign} another\n" if sign else "<!-- another -->"
        path.write_text(path.read_text(encoding="utf-8") + note, encoding="utf-8")
    monkeypatch.setattr(project, "ASSETS", assets)
    return {}


def _another_clock(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    return {"stamp": "2025-06-01"}


def _another_package(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    place = bench.folder / "packages"
    (place / "pikepdf-99.dist-info").mkdir(parents=True)
    monkeypatch.setattr(installed.sysconfig, "get_path", lambda _: str(place))
    kept._tools.cache_clear()
    return {}


def _another_filter(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    package = bench.folder / "package"
    shutil.copytree(kept.PACKAGE, package)
    with (package / "layout" / "docx.py").open("a", encoding="utf-8") as file:
        file.write("-- another\n")
    monkeypatch.setattr(kept, "PACKAGE", package)
    kept._tools.cache_clear()
    return {}


def _another_typeface(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    import matplotlib

    font = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSerif.ttf"
    (bench.source.parent / "brand").mkdir(exist_ok=True)
    shutil.copyfile(font, bench.source.parent / "brand" / "House.ttf")
    return {"font-file": "brand/House.ttf", "font-family": "DejaVu Serif"}


@pytest.mark.parametrize(
    "change",
    [_another_figure, _another_template, _another_clock, _another_package, _another_filter, _another_typeface],
)
def test_whatever_a_file_is_made_of_makes_it_anew(begun: Bench, monkeypatch: pytest.MonkeyPatch, change: Any) -> None:
    try:
        meta = change(begun, monkeypatch)
        made = begun.render(meta)
        assert begun.written == ALL
        assert made == begun.fresh(meta)
    finally:
        kept._tools.cache_clear()


def test_the_typeface_itself_counts_and_not_its_name(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    meta = _another_typeface(bench, monkeypatch)
    bench.render(meta)
    font = bench.source.parent / "brand" / "House.ttf"
    font.write_bytes(font.read_bytes() + b"\0\0\0\0")
    bench.render(meta)
    assert bench.written == ALL


def test_what_the_windows_show_is_of_the_page_alone(bench: Bench) -> None:
    chains = bench.source.parent / "chains.json"
    chains.write_text('{"entries": {}}', encoding="utf-8")
    bench.render()
    chains.write_text('{"entries": {"a": 1}}', encoding="utf-8")
    made = bench.render()
    assert bench.written == {"report.html"}
    assert made == bench.fresh()


def test_an_entry_that_is_not_whole_counts_for_nothing(begun: Bench) -> None:
    first = begun.render()
    for number, place in enumerate(sorted(kept_folder(begun.folder / "out").iterdir())):
        held = place / "held.json"
        last = sorted(path for path in place.iterdir() if path != held)[-1]
        if number == 0:
            last.write_bytes(last.read_bytes() + b" ")  # edited
        elif number == 1:
            last.unlink()
        elif number == 2:
            held.unlink()
        elif number == 3:
            held.write_text("[", encoding="utf-8")
        else:
            place.rename(place.with_name(f"{place.name}.new"))  # cut off before it got its name
    assert begun.render() == first
    assert begun.written == ALL


def test_what_no_rendering_needs_any_more_goes(begun: Bench) -> None:
    def entries() -> tuple[set[str], set[str]]:
        """Names of volumes, and of what was read of the source."""
        kept = list(kept_folder(begun.folder / "out").iterdir())
        read = {path.name for path in kept if len(list(path.iterdir())) == 2}  # one file and the list of it
        return {path.name for path in kept} - read, read

    before, read_before = entries()
    begun.render({"stamp": "2025-06-01"})
    after, read_after = entries()
    assert len(before) == len(after) == len(ALL)
    assert not before & after
    assert len(read_before) == len(read_after) == 3, (
        "its text and its page, which a note holds together, and its citations"
    )
    assert read_before != read_after
    begun.render({"stamp": "2025-06-01"})
    assert entries() == (after, read_after), "what nothing was asked of is kept while nothing is made anew"


def test_a_disk_that_takes_nothing_more_stops_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    kept_folder(bench.folder / "out").write_text("no folder can be made here", encoding="utf-8")
    assert set(bench.render()) == ALL


def _without_note(bench: Bench) -> None:
    lines = bench.source.read_text(encoding="utf-8").splitlines(keepends=True)
    text = "".join(line for line in lines if not line.startswith("[^1]:")).replace("[^1]", "")
    bench.source.write_text(text, encoding="utf-8")


def test_a_sentence_has_its_chapter_of_the_page_written_and_no_other(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    chapters: list[str] = []

    def noted(document: Any, kind: str, folder: Path, *options: str) -> str:
        chapters.append(written_by_pandoc(document, kind, folder, *options))
        return chapters[-1]

    written_by_pandoc = embedded.written
    monkeypatch.setattr(embedded, "written", noted)
    _without_note(bench)
    bench.render()
    assert len(chapters) > 3
    chapters.clear()
    text = bench.source.read_text(encoding="utf-8")
    bench.source.write_text(re.sub(r"\n# [^\n]+\n", "\\g<0>\nSatu kalimat lagi.\n", text, count=1), encoding="utf-8")
    made = bench.render()
    assert ["Satu kalimat lagi." in chapter for chapter in chapters] == [True]
    assert made == bench.fresh()


def test_a_page_written_by_chapters_is_the_page_written_at_once(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    _without_note(bench)
    made = bench.render()["report.html"]
    monkeypatch.setattr(embedded, "pairwise", lambda ends: [(ends[0], ends[-1])])
    assert bench.fresh()["report.html"] == made


def test_notes_are_counted_through_all_chapters(bench: Bench) -> None:
    text = bench.source.read_text(encoding="utf-8")
    bench.source.write_text(text + "\n# Terakhir\n\nKata[^2].\n\n[^2]: Catatan lain.\n", encoding="utf-8")
    page = bench.render()["report.html"].decode()
    assert page.count('class="footnotes') == 1
    assert 'id="fnref1"' in page
    assert 'id="fnref2"' in page
