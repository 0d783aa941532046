"""From a ledger and templates to the Markdown document."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
import yaml
from matplotlib.figure import Figure

from pipeline.errors import RenderError
from pipeline.ledger.entries import Column, Ledger
from pipeline.report.document import build_document
from pipeline.report.render import render
from pipeline.study import Study

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


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    def draw(lang: str) -> Figure:
        figure = Figure(figsize=(3, 2))
        figure.subplots().plot([0, 1], [0, 1])
        return figure

    folder = tmp_path / "results"
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
def default(tmp_path: Path) -> Path:
    """Folder of the default prose, in place of the project's own."""
    return tmp_path / "pipeline" / "languages"


@pytest.fixture
def write(tmp_path: Path, default: Path):
    """Writes default chapters or, by a path with "study/", the study's own."""
    root = tmp_path / "root"

    def put(name: str, text: str, lang: str = "id") -> Path:
        base = root / "studies" / "contoh" / "text" if name.startswith("study/") else default
        path = base / lang / name.removeprefix("study/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return root

    return put


@pytest.fixture
def build(study, ledger, write, tmp_path, default):
    def run(text: str, lang: str = "id", **extra) -> str:
        root = write("10_x.md", text, lang)
        path = build_document(study, 2024, lang, ledger, tmp_path / "out", root=root, extra=extra, text=default)
        return path.read_text(encoding="utf-8").split("---\n", 2)[2].strip()

    return run


@pytest.mark.parametrize(
    ("template", "indonesian", "english"),
    [
        ('{{ num("att") }}', f"0,112{NB}simpangan baku", f"0.112{NB}SD"),
        ('{{ num("att", 2, unit=False, signed=True) }}', "+0,11", "+0.11"),
        ('{{ num("share") }}', "57,3%", "57.3%"),
        ('{{ num("plain") }}', f"430{NB}sekolah", f"430{NB}schools"),
        ('{{ ci("att") }}', "0,056 sampai 0,168", "0.056 to 0.168"),
        ('{{ ci("share") }}', "50,0% sampai 60,0%", "50.0% to 60.0%"),
        ('{{ n("att") }}', "2.580", "2,580"),
        ('{{ p("att") }}', f"*p*{NB}<{NB}0,001", f"*p*{NB}<{NB}0.001"),
        ('{{ verdict("reading_score") }}', "bukti kuat adanya kenaikan", "strong evidence of an increase"),
        ('{{ verdict("scrap") }}', "bukti adanya kenaikan", "evidence of an increase"),
        (
            '{{ verdict("headline") }}',
            "tidak ada bukti adanya perubahan yang dikehendaki",
            "no evidence of the change that is wanted",
        ),
        ('{{ verdict_code("scrap") }}', "decline", "decline"),
        ("{{ period(2024) }}", "2023/2024", "2023/2024"),
        ("{{ percent(0.95) }} {{ fmt(0.05, 2) }}", "95% 0,05", "95% 0.05"),
        ('{{ date("2024-01-05") }}', "5 Januari 2024", "5 January 2024"),
        (
            "{{ title }} {{ program.unit }} {{ edition }}",
            "Evaluasi Contoh sekolah 2024",
            "Sample Evaluation schools 2024",
        ),
        ("{## a remark ##}x", "x", "x"),
        (
            "{% for o in outcomes %}{{ o.id }}:{{ o.phrase }} {% endfor %}",
            "reading-score:membaca scrap:gagal",
            "reading-score:reading scrap:scrap",
        ),
        ('{{ value("att") > 0.1 and has("tbl_main") and not has("tbl_empty") and not has("x") }}', "True", "True"),
    ],
)
def test_functions_print_by_language(build, template, indonesian, english):
    assert build(template) == indonesian
    assert build(template, "en") == english


def test_tables_and_figures_become_captioned_blocks(build, tmp_path):
    text = build('{{ table("tbl_main") }}\n\n{{ figure("fig_main", "80%") }}\n')
    assert ": Tabel utama {#tbl-main}" in text
    assert "|2020/2021" in text
    assert '![Gambar utama](figures/fig_main.svg){#fig-main fig-alt="Garis ”naik”" width=80%}' in text
    assert "*Catatan.* Rekaan. Sumber: data studi, diolah (03\\_effects)." in text
    assert sorted(p.name for p in (tmp_path / "out" / "figures").iterdir()) == ["fig_main.png", "fig_main.svg"]


def test_front_matter_tells_cover_approval_and_notice(build, tmp_path):
    build("Isi")
    front = yaml.safe_load((tmp_path / "out" / "report.md").read_text(encoding="utf-8").split("---\n")[1])
    assert front["title"] == "Evaluasi Contoh"
    assert front["notice"].startswith("Data peragaan")
    assert front["signatories"] == [{"role": "Ketua"}]
    assert front["stamp"] == "2024-12-31"
    assert (tmp_path / "out" / front["bibliography"]).is_file()
    assert (tmp_path / "out" / front["csl"]).is_file()


def test_chapters_stand_in_order_of_their_names_and_studies_override_them(study, ledger, write, default, tmp_path):
    write("20_b.md", "dua")
    write("10_a.md", "satu")
    write("30_c.md", "{% if false %}tiga{% endif %}")
    write("study/20_b.md", "dua sendiri")
    root = write("study/15_own.md", "tambahan {{ record.by }}")
    path = build_document(
        study, 2024, "id", ledger, tmp_path / "out", root=root, text=default, extra={"record": {"by": "kami"}}
    )
    body = path.read_text(encoding="utf-8").split("---\n", 2)[2]
    assert body.split("\n\n") == ["\nsatu", "tambahan kami", "dua sendiri\n"]


@pytest.mark.parametrize(
    ("template", "said", "line"),
    [
        ('a\n\n{{ num("atx") }}', "no number 'atx'", 3),
        ('{{ table("tbl_mian") }}', "no table 'tbl_mian'", 1),
        ('{{ figure("fig_x") }}', "no figure 'fig_x'", 1),
        ('\n{{ n("share") }}', "has no N", 2),
        ('{{ p("share") }}', "no p-value", 1),
        ('{{ ci("plain") }}', "no interval", 1),
        ('{{ verdict("att") }}', "no text 'verdict_att'", 1),
        ("\n{{ nosuch }}", "nosuch", 2),
        ("{{ study.nosuch }}", "nosuch", 1),
        ("\n\n{% if %}", "slip of syntax", 3),
        ("{{ table('tbl_empty') }}", "no rows", 1),
        ("{{ ().__class__.__bases__ }}", "unsafe", 1),
    ],
)
def test_a_fault_names_the_template_and_its_line(build, template, said, line):
    with pytest.raises(RenderError) as caught:
        build(template)
    assert said in str(caught.value)
    assert f"pipeline/languages/id/10_x.md, line {line}" in caught.value.where


def test_a_near_name_is_suggested(build):
    with pytest.raises(RenderError, match="did you mean tbl_main"):
        build('{{ table("tbl_mian") }}')


@pytest.mark.parametrize("slip", ["nilai nan", "nilai None.", "lihat ??", "{{ '{{' }} x"])
def test_a_missing_value_never_becomes_a_word(build, slip):
    with pytest.raises(RenderError, match="text holds"):
        build(f"Bab\n\n{slip}")


def test_words_that_merely_contain_such_letters_pass(build):
    assert build("Nanas nonaktif, kenan, informasi.") == "Nanas nonaktif, kenan, informasi."


def test_an_extra_value_may_not_hide_a_function(build):
    with pytest.raises(RenderError, match="'num' would hide"):
        build("x", num=1)


def test_no_prose_is_told(study, ledger, write, default, tmp_path):
    root = write("10_a.md", "x", lang="en")
    with pytest.raises(RenderError, match="no prose"):
        build_document(study, 2024, "id", ledger, tmp_path / "out", root=root, text=default)


def test_a_study_adds_its_own_references(study, ledger, write, default, tmp_path):
    own = [{"id": "own2024", "type": "book", "title": "Milik sendiri", "issued": {"date-parts": [[2024]]}}]
    root = write("study/10_a.md", "# Bab {#sec-a}\n\n@own2024 dan @roth2022.\n")
    (root / "studies" / "contoh" / "references.json").write_text(json.dumps(own), encoding="utf-8")
    path = build_document(study, 2024, "id", ledger, tmp_path / "out", root=root, text=default)
    assert "Milik sendiri" in render(path, tmp_path / "made", ("html",), engine="embedded").files["html"].read_text(
        "utf-8"
    )
    (root / "studies" / "contoh" / "references.json").write_text("{", encoding="utf-8")
    with pytest.raises(RenderError, match="not CSL JSON"):
        build_document(study, 2024, "id", ledger, tmp_path / "out", root=root, text=default)


def test_the_document_renders_in_all_formats_the_same_each_time(build, tmp_path):
    text = (
        '# Hasil {#sec-hasil}\n\nLihat @tbl-main, @fig-main.\n\n{{ table("tbl_main") }}\n\n{{ figure("fig_main") }}\n'
    )
    build(text)
    source = tmp_path / "out" / "report.md"
    first = {kind: path.read_bytes() for kind, path in render(source, tmp_path / "a", engine="embedded").files.items()}
    before = source.read_bytes()
    build(text)
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


def test_raw_code_in_a_studys_prose_is_refused_before_anything_is_rendered(study, ledger, write, tmp_path, default):
    write("10_x.md", "Isi\n")
    root = write("study/20_y.md", "Isi\n\n<img src=/srv/pseudonym.key>\n")
    with pytest.raises(RenderError) as caught:
        build_document(study, 2024, "id", ledger, tmp_path / "out", root=root, text=default)
    assert caught.value.where == "studies/contoh/text/id/20_y.md, line 3: raw HTML: <img src=/srv/pseudonym.key"
    assert not (tmp_path / "out" / "report.md").exists()
