"""The PDF for those who listen: tags, names, words for formulas, languages; both volumes, every language."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pikepdf
import pytest
from pdfua import validate

from pipeline.errors import RenderError
from pipeline.languages.known import HERE, languages
from pipeline.report import pdf
from pipeline.report.annotate import annotated, foreign, italic
from pipeline.report.assets import ASSETS
from pipeline.report.render import RenderRecord, render
from pipeline.report.spoken import spoken, unknown
from tests.report.pdf_tags import faults, read_tags
from tests.report.test_volumes import SOURCE

FORMULAS = tomllib.loads((HERE / "formulas.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=languages())
def volumes(request, sample_into, tmp_path_factory) -> RenderRecord:
    """Two volumes with tables, a figure and formulas, in one language."""
    folder = tmp_path_factory.mktemp("tags")
    source = sample_into(folder / "source")
    body = source.read_text(encoding="utf-8").replace("edition: 2024", "edition: 2024\nvolumes: true")
    body = body.replace("lang: id", f"lang: {request.param}")
    source.write_text(body.replace("# Daftar Pustaka", "Satu bootstrap.\n\n# Daftar Pustaka"), encoding="utf-8")
    return render(source, folder / "out", ("pdf",), lang=request.param, meta={"stamp": "2024-01-01"}, engine="embedded")


def test_both_volumes_pass_every_check(volumes) -> None:
    assert sorted(volumes.files) == ["pdf", "supplement.pdf"]
    for path in volumes.files.values():
        assert faults(path) == []


def test_what_poppler_takes_for_a_fault_is_left_out(volumes) -> None:
    """`pdfinfo` said of each report "Suspects object is wrong type"."""
    for path in volumes.files.values():
        with pikepdf.open(path) as document:
            assert dict(document.Root.MarkInfo) == {"/Marked": True}


def test_the_checks_see_what_they_are_for(volumes, tmp_path) -> None:
    """The same PDF with something taken away."""

    def changed(change) -> list[str]:
        with pikepdf.open(volumes.files["pdf"]) as document:
            change(document)
            document.save(tmp_path / "changed.pdf")
        return faults(tmp_path / "changed.pdf")

    def cells(document, kind):
        return [o for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == kind]

    def unname(document):
        first = next(cell for cell in cells(document, "/TH") if bytes(cell.get("/ID", b"")).startswith(b"R"))
        del first.ID

    def unspeak(document):
        cells(document, "/Formula")[0].Alt = "\\alpha_i"

    assert any("heading of a row" in fault for fault in changed(unname))
    assert any("no voice" in fault for fault in changed(unspeak))
    assert any("UA-13-004" in fault for fault in changed(lambda d: cells(d, "/Figure")[0].__delitem__("/Alt")))
    assert any("UA-06-001" in fault for fault in changed(lambda d: d.Root.__delitem__("/Lang")))
    assert any("UA-07-002" in fault for fault in changed(lambda d: d.Root.__delitem__("/ViewerPreferences")))


def test_rows_are_headed_by_their_first_cell_where_it_is_of_words(volumes) -> None:
    table = read_tags(volumes.files["pdf"]).tables[0]
    heads = [row[0] for row in table if not row[0]["head"]]
    assert [(cell["kind"], cell["scope"]) for cell in heads] == [("TH", "/Row")] * 2
    assert all(len(cell["headers"]) >= 2 for row in table[2:] for cell in row[1:])  # of its column and of its row


def test_a_table_whose_first_column_is_of_numbers_has_no_headings_of_rows(tmp_path) -> None:
    for name in ("references.json", "author-date.csl"):
        (tmp_path / name).write_bytes((ASSETS / name).read_bytes())
    (tmp_path / "report.md").write_text(SOURCE.replace("|:--|--:|\n| x", "|--:|--:|\n| 7"), encoding="utf-8")
    made = render(tmp_path / "report.md", tmp_path / "out", ("pdf",), lang="id", engine="embedded")
    assert [row[0]["kind"] for row in read_tags(made.files["pdf"]).tables[0]] == ["TH", "TD"]
    assert [row[0]["kind"] for row in read_tags(made.files["supplement.pdf"]).tables[0]] == ["TH", "TH"]


def test_a_pdf_that_is_not_of_its_source_is_refused(volumes) -> None:
    content = volumes.files["pdf"].read_bytes()
    with pytest.raises(RenderError, match="tables"):
        pdf.finish(content, "#report-table(small: false, row-heads: true, x)\n" * 7)


def test_finishing_makes_the_same_bytes_each_time(volumes) -> None:
    source = (volumes.project / "report.typ").read_text(encoding="utf-8")
    made = (volumes.project / "_output" / "report.pdf").read_bytes()
    plain = re.sub("row-heads: true", "row-heads: false", source)
    assert pdf.finish(made, plain) == pdf.finish(made, plain)


def test_words_of_another_language_are_marked(volumes) -> None:
    tags = read_tags(volumes.files["pdf"])
    other = {"id": "en", "en": "id"}[tags.language]
    assert tags.tongues - {tags.language} == {other}  # titles of references, and words of `foreign.toml`


def test_marked_words_are_whole_words_and_keep_their_text() -> None:
    def inlines(*words: str) -> list[dict]:
        out: list[dict] = []
        for word in words:
            out += [{"t": "Space"}] if out else []
            out.append({"t": "Str", "c": word})
        return out

    said = inlines("(bootstrap,", "wild", "Bootstrap)", "bootstrapping", "hash.")
    document = {"pandoc-api-version": [1, 23], "meta": {}, "blocks": [{"t": "Para", "c": said}]}
    made = annotated(document, "id", Path("nowhere"))["blocks"][0]["c"]

    def text(node) -> str:
        if isinstance(node, list):
            return "".join(map(text, node))
        parts = {"Str": lambda: node["c"], "Space": lambda: " ", "Span": lambda: text(node["c"][1])}
        return {**parts, "Emph": lambda: text(node["c"])}[node["t"]]()

    assert text(made) == "(bootstrap, wild Bootstrap) bootstrapping hash."
    spans = [node["c"][0] for node in made if node["t"] == "Emph"]
    assert [text(node) for node in spans] == ["bootstrap", "wild Bootstrap", "hash"]
    assert all(node["c"][0][2] == [["lang", "en"]] for node in spans)
    assert {tongue for lang in languages() for _, tongue in foreign(lang)} <= set(languages())


def test_borrowed_words_are_in_italics_names_are_not_and_italics_stay_so() -> None:
    """An Indonesian text sets what it borrows in italics: one word as another, and everywhere."""

    def made(lang: str, *inlines: dict) -> list[dict]:
        document = {"pandoc-api-version": [1, 23], "meta": {}, "blocks": [{"t": "Para", "c": list(inlines)}]}
        return annotated(document, lang, Path("nowhere"))["blocks"][0]["c"]

    seed, name = {"t": "Str", "c": "seed"}, {"t": "Str", "c": "RO-Crate"}
    assert [node["t"] for node in made("id", seed, {"t": "Space"}, name)] == ["Emph", "Space", "Span"]
    assert [node["t"] for node in made("id", {"t": "Emph", "c": [{"t": "Str", "c": "seed"}]})[0]["c"]] == ["Span"]
    assert {words for lang in languages() for words in italic(lang)} <= {
        w for lang in languages() for w, _ in foreign(lang)
    }


@pytest.mark.parametrize("lang", languages())
def test_every_formula_of_the_text_can_be_read_aloud(lang: str) -> None:
    said = {name: spoken(latex.strip("$"), lang) for name, latex in FORMULAS.items()}
    assert {name: words for name, words in said.items() if re.search(r"[\\{}_^$|#]", words)} == {}
    assert {latex for latex in FORMULAS.values() if unknown(latex.strip("$"))} == set()
    assert len(set(said.values())) == len({latex.strip("$") for latex in FORMULAS.values()})  # no two sound alike
    inline = {
        latex
        for path in (HERE / lang).glob("*.ftl")
        for latex in re.findall(r"(?<!{ )\$(?![a-z][\w-]*[ ,)}])([^$\n{}]+)\$", path.read_text(encoding="utf-8"))
    }
    assert len(inline) > 40
    assert {latex for latex in inline if unknown(latex)} == set()


def test_formulas_are_said_as_a_person_reads_them() -> None:
    for latex, en, id_ in (
        (
            r"Y_{it} = \alpha_i + \beta D_{it}",
            "Y sub i t equals alpha sub i plus beta D sub i t",
            "Y indeks i t sama dengan",
        ),
        (
            r"\frac1n\sum_{k=1}^{9} x^2",
            "1 over n the sum over k equals 1 up to 9 of x squared",
            "1 dibagi n jumlah atas k",
        ),
        (
            r"E[Y \mid G=g]",
            "the expected value of open square bracket Y given G equals g close square bracket",
            "nilai harapan",
        ),
        (r"\sqrt{a/b}", "the square root of a over b, end of root", "akar kuadrat dari a dibagi b, akhir akar"),
        (
            r"\frac{a+b}{c}",
            "the fraction a plus b, over c, end of fraction",
            "pecahan a ditambah b, dibagi c, akhir pecahan",
        ),
        (r"\hat\theta_s", "theta hat sub s", "theta topi indeks s"),
    ):
        assert spoken(latex, "en") == en
        assert spoken(latex, "id").startswith(id_)


def test_what_pdfua_cannot_evaluate_is_evaluated_here(volumes) -> None:
    """Its rule of empty headings stops at the arrays that Typst writes; `faults` looks at headings by itself."""
    assert {outcome.rule_id for outcome in validate(volumes.files["pdf"]).skipped} <= {"UA-14-001"}
    assert all(filled for _, filled in read_tags(volumes.files["pdf"]).headings)
    assert read_tags(volumes.files["pdf"]).headings
