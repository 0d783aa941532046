"""From a ledger and messages to the Markdown document."""

from __future__ import annotations

import json
import shutil
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest
import yaml
from matplotlib.figure import Figure

from pipeline.chapters import outline
from pipeline.errors import RenderError
from pipeline.ledger.entries import Column, Ledger
from pipeline.report.doc import Doc
from pipeline.report.document import build_document
from pipeline.report.render import render
from pipeline.study import Study
from pipeline.study.cover import Signatory
from pipeline.study.parts import Text

NB = "\u00a0"
STUDY = {
    "name": "contoh",
    "title": {"id": "Evaluasi Contoh", "en": "Sample Evaluation"},
    "demonstration": True,
    "seed": 1,
    "report": {
        "institution": {"id": "Kota Contoh", "en": "Sample City"},
        "signatories": [{"role": {"id": "Ketua", "en": "Head"}}],
    },
    "program": {
        "label": {"id": "program", "en": "the programme"},
        "unit_label": {"id": "sekolah", "en": "schools"},
        "period_label": {"id": "tahun ajaran", "en": "school year"},
    },
    "sources": {
        name: {"file": f"{name}.csv", "columns": {"npsn": ["NPSN"]}} for name in ("schools", "scores", "participation")
    },
    "outcomes": [
        {"name": "reading_score", "label": {"id": "Membaca", "en": "Reading"}, "source": "scores"},
        {"name": "scrap", "label": {"id": "Gagal", "en": "Scrap"}, "source": "scores", "better": "lower"},
    ],
}
ESTIMATE = {"id": "Perkiraan", "en": "Estimate"}


@pytest.fixture
def study() -> Study:
    return Study.model_validate(STUDY)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def draw(lang: str) -> Figure:
        figure = Figure(figsize=(3, 2))
        figure.subplots().plot([0, 1], [0, 1])
        return figure

    folder = tmp_path_factory.mktemp("recorded")
    with Ledger("03_effects", folder) as results:
        results.number("att", 0.1124, unit="sd", low=0.056, high=0.168, p=0.0002, n=2580)
        results.number("share", 57.3, unit="percent", low=50.0, high=60.0, decimals=1)
        results.number("plain", 430, unit="schools", decimals=0)
        results.text("verdict_reading_score", "strong")
        results.text("verdict_scrap", "decline")
        results.text("headline", "none")
        results.text("odd", "odd")
        frame = pd.DataFrame({"what": ["a", "b"], "value": [1.5, None], "year": [2021, 2022]})
        columns = [
            Column("what", {"id": "Apa", "en": "What"}),
            Column("value", ESTIMATE, "number", 2),
            Column("year", {"id": "Tahun", "en": "Year"}, "period"),
        ]
        results.table("tbl_main", frame, columns, caption={"id": "Tabel utama", "en": "Main table"})
        results.table("tbl_empty", frame.head(0), columns, caption={"id": "x", "en": "x"})
        results.figure(
            "fig_main",
            draw,
            caption={"id": "Gambar utama", "en": "Main figure"},
            alt={"id": 'Garis "naik"', "en": "A line rises"},
            notes={"id": "Rekaan", "en": "Invented"},
        )
    return folder


@pytest.fixture
def ledger(recorded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(recorded, tmp_path / "results"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "root"


@pytest.fixture
def write(root: Path):
    """Writes the study's own messages."""

    def put(text: str, lang: str = "id", name: str = "own.ftl") -> Path:
        path = root / "studies" / "contoh" / "text" / lang / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return root

    return put


@pytest.fixture
def build(study, ledger, write, tmp_path):
    """The report of one message of the study's own, `own`, with what `layout` adds to it."""

    def run(message: str, lang: str = "id", layout=None, **extra) -> str:
        root = write(f"introduction-list = own\nown = {message}\n", lang)

        def both(doc: Doc) -> None:
            doc.listed("introduction-list")
            if layout:
                layout(doc)

        path = build_document(study, 2024, lang, ledger, tmp_path / "out", layout=both, root=root, extra=extra)
        return path.read_text(encoding="utf-8").split("---\n", 2)[2].strip()

    return run


@pytest.mark.parametrize(
    ("message", "indonesian", "english"),
    [
        ('{ NUM("att") }', f"0,112{NB}simpangan baku", f"0.112{NB}SD"),
        ('{ NUM("att", decimals: 2, unit: "no", signed: "yes") }', "+0,11", "+0.11"),
        ('{ NUM("share") }', "57,3%", "57.3%"),
        ('{ NUM("plain") }', f"430{NB}sekolah", f"430{NB}schools"),
        ('{ CI("att") }', "0,056 sampai 0,168", "0.056 to 0.168"),
        ('{ CI("share") }', "50,0% sampai 60,0%", "50.0% to 60.0%"),
        ('{ N("att") }', "2.580", "2,580"),
        ('{ P("att") }', f"*p*{NB}<{NB}0,001", f"*p*{NB}<{NB}0.001"),
        ('{ VERDICT("reading_score") }', "bukti kuat adanya kenaikan", "strong evidence of an increase"),
        ('{ VERDICT("scrap") }', "bukti adanya kenaikan", "evidence of an increase"),
        (
            '{ VERDICT("headline") }',
            "tidak ada bukti adanya perubahan yang dikehendaki",
            "no evidence of the change that is wanted",
        ),
        ('{ TEXT("verdict", "scrap") }', "decline", "decline"),
        ("{ PERIOD(2024) }", "2023/2024", "2023/2024"),
        ("{ SHARE(0.95) } { FMT(0.05, decimals: 2) }", "95% 0,05", "95% 0.05"),
        ("{ $unit } { $edition }", "sekolah 2024", "schools 2024"),
    ],
)
def test_functions_print_by_language(build, message, indonesian, english):
    assert build(message) == indonesian
    assert build(message, "en") == english


def test_tables_and_figures_become_captioned_blocks(build, tmp_path):
    text = build(
        "Isi", layout=lambda doc: (doc.table("tbl_main"), doc.table("tbl_empty"), doc.figure("fig_main", "80%"))
    )
    assert "tbl-empty" not in text
    assert ": Tabel utama {#tbl-main}" in text
    assert "|2020/2021" in text
    assert '![Gambar utama](figures/fig_main.svg){#fig-main fig-alt="Garis ”naik”" width=80%}' in text
    assert "*Catatan.* Rekaan. Sumber: data studi, diolah (03\\_effects)." in text
    assert sorted(p.name for p in (tmp_path / "out" / "figures").iterdir()) == ["fig_main.png", "fig_main.svg"]


def test_front_matter_tells_cover_approval_and_notice(build, tmp_path):
    build("Isi")
    front = yaml.safe_load((tmp_path / "out" / "report.md").read_text(encoding="utf-8").split("---\n")[1])
    assert front["title"] == "Evaluasi Contoh"
    assert front["notice"].startswith("Data simulasi")
    assert front["signatories"] == [{"role": "Ketua"}]
    assert front["approval"].startswith("Diajukan untuk disahkan")
    assert front["stamp"] == "2024-12-31"
    assert (tmp_path / "out" / front["bibliography"]).is_file()
    assert (tmp_path / "out" / front["csl"]).is_file()


@pytest.mark.parametrize(
    ("names", "said"), [(("A", "B"), "approved as the official record"), (("A", ""), "Submitted for")]
)
def test_the_approval_page_says_approved_only_where_everybody_is_named(study, ledger, tmp_path, names, said):
    lines = [Signatory(role=Text(en="Head"), name=name) for name in names]
    signed = study.model_copy(update={"report": study.report.model_copy(update={"signatories": lines})})
    path = build_document(signed, 2024, "en", ledger, tmp_path / "out", layout=lambda doc: doc.raw("Text"))
    front = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
    assert said in front["approval"]
    assert ("approved" in front["approval"]) == all(names)


def test_the_outline_orders_chapters_and_every_part_of_it_is_there():
    assert next(iter(outline.OUTLINE)) == "summary"
    parts = [part for held in outline.OUTLINE.values() for part in held if not isinstance(part, str)]
    assert len(parts) == len(set(parts)) > 10
    for chapter, name in parts:
        assert callable(getattr(import_module(f"pipeline.chapters.{chapter}"), name))


def test_a_list_holds_headings_bullets_steps_and_paragraphs(study, ledger, write, tmp_path):
    root = write(
        "introduction-list = a-title b c-item d-item e-step f-step g\na-title = Judul\nb = Satu.\nc-item = dua\n"
        "d-item = tiga\ne-step = empat\nf-step = lima\ng = Akhir.\n"
    )
    path = build_document(
        study, 2024, "id", ledger, tmp_path / "out", root=root, layout=lambda doc: doc.listed("introduction-list")
    )
    body = path.read_text(encoding="utf-8").split("---\n", 2)[2]
    assert body == "\n## Judul\n\nSatu.\n\n- dua\n- tiga\n\n1. empat\n1. lima\n\nAkhir.\n"


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ('{ NUM("atx") }', "no number 'atx'"),
        ('{ N("share") }', "has no N"),
        ('{ P("share") }', "no p-value"),
        ('{ CI("plain") }', "no interval"),
        ('{ VERDICT("att") }', "no text 'verdict_att'"),
        ("{ $nosuch }", "nosuch"),
        ("{ NOSUCH(1) }", "NOSUCH"),
        ("{ nosuch }", "nosuch"),
    ],
)
def test_a_fault_names_the_message(build, message, said):
    with pytest.raises(RenderError) as caught:
        build(message)
    assert said in str(caught.value)
    assert "own" in str(caught.value)


def test_a_slip_of_syntax_names_file_and_line(build):
    with pytest.raises(RenderError) as caught:
        build("x\nkacau { = ")
    assert "own.ftl, line 3" in caught.value.where


def test_a_near_name_is_suggested(build):
    with pytest.raises(RenderError, match="did you mean att"):
        build('{ NUM("at") }')


@pytest.mark.parametrize("slip", ["nilai nan", "nilai None.", "lihat ??"])
def test_a_missing_value_never_becomes_a_word(build, slip):
    with pytest.raises(RenderError, match="text holds"):
        build(slip)


def test_words_that_merely_contain_such_letters_pass(build):
    assert build("Nanas nonaktif, kenan, informasi.") == "Nanas nonaktif, kenan, informasi."


def test_a_study_adds_its_own_references(study, ledger, write, tmp_path):
    own = [{"id": "own2024", "type": "book", "title": "Milik sendiri", "issued": {"date-parts": [[2024]]}}]
    root = write("introduction-list = a-title a\na-title = Bab\na = @own2024 dan @roth2022.\n")

    def layout(doc: Doc) -> None:
        doc.listed("introduction-list")

    (root / "studies" / "contoh" / "references.json").write_text(json.dumps(own), encoding="utf-8")
    path = build_document(study, 2024, "id", ledger, tmp_path / "out", root=root, layout=layout)
    assert "Milik sendiri" in render(path, tmp_path / "made", ("html",), engine="embedded").files["html"].read_text(
        "utf-8"
    )
    (root / "studies" / "contoh" / "references.json").write_text("{", encoding="utf-8")
    with pytest.raises(RenderError, match="not CSL JSON"):
        build_document(study, 2024, "id", ledger, tmp_path / "out", root=root, layout=layout)


def test_the_document_renders_in_all_formats_the_same_each_time(build, tmp_path):
    def layout(doc: Doc) -> None:
        doc.table("tbl_main")
        doc.figure("fig_main")

    build("Lihat @tbl-main, @fig-main.", layout=layout)
    source = tmp_path / "out" / "report.md"
    first = {kind: path.read_bytes() for kind, path in render(source, tmp_path / "a", engine="embedded").files.items()}
    before = source.read_bytes()
    build("Lihat @tbl-main, @fig-main.", layout=layout)
    assert source.read_bytes() == before
    again = render(source, tmp_path / "b", engine="embedded").files
    assert all(path.read_bytes() == first[kind] for kind, path in again.items())


def test_the_committed_references_are_complete():
    from pipeline.report.assets import ASSETS

    entries = json.loads((ASSETS / "references.json").read_text(encoding="utf-8"))
    assert len({entry["id"] for entry in entries}) == len(entries) >= 30
    for entry in entries:
        assert entry["title"]
        assert entry["type"] == "software" or entry["issued"]["date-parts"][0][0] > 1900
        if entry["type"] == "article-journal":
            printed = {"volume", "page"} if "status" not in entry else set()  # online before print
            assert {"author", "container-title"} | printed <= set(entry), entry["id"]
            assert {"DOI", "URL", "ISSN"} & set(entry), entry["id"]
            assert "-" not in entry.get("page", ""), entry["id"]


def test_raw_code_in_a_studys_prose_is_refused_before_anything_is_said(build, tmp_path):
    with pytest.raises(RenderError) as caught:
        build("<img src=/srv/pseudonym.key>")
    assert caught.value.where == "studies/contoh/text/id/own.ftl, line 2: raw HTML: <img src=/srv/pseudonym.key"
    assert not (tmp_path / "out" / "report.md").exists()
