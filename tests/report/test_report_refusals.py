"""What does not hold together, or comes from elsewhere, is refused with its place."""

from __future__ import annotations

import re

import pytest

from pipeline.errors import RenderError
from pipeline.report.render import render


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("@fig-trend", "@fig-nowhere", "unresolved cross-reference: @fig-nowhere"),
        ("@sec-teknis", "@sec-lost", "unresolved cross-reference: @sec-lost"),
        ("@roth2022", "@nobody1999", "no such citation: @nobody1999"),
        ("[@tbl-effects; @tbl-cohorts]", "[@tbl-effects; @roth2022]", "references and citations mixed"),
        ("{#tbl-cohorts}", "{#tbl-effects}", "duplicate id: tbl-effects"),
        (' fig-alt="Dua garis tren sejajar sebelum program."', "", "no fig-alt (text alternative): fig-trend"),
        ("::: {.callout-note}", "::: {.callout-nota}", "unknown kind of callout: callout-nota"),
        ("lihat @tbl-effects", "lihat [ini](#sec-void)", "link to an unknown place: #sec-void"),
        (": Sekolah menurut kohort {#tbl-cohorts}", "", "unresolved cross-reference: @tbl-cohorts"),
    ],
)
def test_what_does_not_hold_together_is_named(sample, tmp_path, old, new, named):
    text = sample.read_text(encoding="utf-8")
    assert old in text
    sample.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RenderError) as caught:
        render(sample, tmp_path / "out", engine="embedded")
    assert named in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_a_missing_figure_file_is_named(sample, tmp_path):
    (sample.parent / "figures" / "trend.png").unlink()
    with pytest.raises(RenderError, match=r"trend\.png"):
        render(sample, tmp_path / "out", engine="embedded")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"formats": ("odt",)}, "format 'odt'"),
        ({"formats": ()}, "format"),
        ({"lang": "de"}, "language 'de'"),
        ({"engine": "word"}, "engine 'word'"),
    ],
)
def test_wrong_arguments_are_told(sample, tmp_path, arguments, message):
    with pytest.raises(RenderError, match=message):
        render(sample, tmp_path, **arguments)


def test_a_source_without_title_is_told(tmp_path):
    source = tmp_path / "report.md"
    source.write_text("# Bab\n", encoding="utf-8")
    with pytest.raises(RenderError, match="no front matter"):
        render(source, tmp_path / "out")
    with pytest.raises(RenderError, match="source is missing"):
        render(tmp_path / "other.md", tmp_path / "out")


@pytest.mark.parametrize(
    ("added", "named"),
    [
        ('<img src="/srv/pseudonym.key">', 'code of one format (html) in the prose: “<img src="/srv/pseudonym.key">”'),
        ("Kata <b>tebal</b>.", "code of one format (html)"),
        ("<script>alert(1)</script>", "code of one format (html)"),
        ("<!-- catatan -->", "code of one format (html)"),
        ('```{=typst}\n#read("/etc/passwd")\n```', 'code of one format (typst) in the prose: “#read("/etc/passwd")”'),
        ("`<w:br/>`{=openxml}", "code of one format (openxml)"),
        ("\\input{x}", "code of one format (tex)"),
        ("![x](/etc/passwd)", "a picture outside the report: “/etc/passwd”"),
        ("![x](../../secret.png)", "a picture outside the report"),
        ("![x](https://example.org/x.png)", "a picture outside the report"),
        ("[x](file:///etc/passwd)", "a link of the kind “file:”"),
        ("[x](javascript:alert)", "a link of the kind “javascript:”"),
        ("[x](/etc/passwd)", "a link out of the report"),
        ('[x]{style="background: url(https://example.org)"}', "the attribute style"),
        ('[x]{onclick="alert(1)"}', "the attribute onclick"),
        ('<div style="background: url(x)">\n\nx\n\n</div>', "the attribute style"),
    ],
)
def test_code_of_one_format_and_files_from_elsewhere_are_refused_with_their_line(sample, tmp_path, added, named):
    text = sample.read_text(encoding="utf-8")
    sample.write_text(text.replace("# Hasil {#", f"{added}\n\n# Hasil {{#"), encoding="utf-8")
    line = next(i for i, said in enumerate(sample.read_text("utf-8").splitlines(), 1) if said == added.split("\n")[0])
    with pytest.raises(RenderError) as caught:
        render(sample, tmp_path / "out", engine="embedded")
    assert named in str(caught.value)
    found = re.search(r"line (\d+): ", caught.value.where)
    assert found
    assert int(found[1]) in (line, line + 1)
    assert not (tmp_path / "out").exists()


def test_raw_code_in_the_front_matter_is_refused_too(sample, tmp_path):
    text = sample.read_text(encoding="utf-8").replace("Pemerintah Kota Contoh", "Pemerintah <script>x</script>")
    sample.write_text(text, encoding="utf-8")
    with pytest.raises(RenderError, match="code of one format"):
        render(sample, tmp_path / "out", engine="embedded")


def test_a_picture_behind_a_link_out_of_the_folder_is_refused(sample, tmp_path):
    (tmp_path / "secret.png").write_bytes(b"x")
    figure = sample.parent / "figures" / "trend.png"
    figure.unlink()
    figure.symlink_to(tmp_path / "secret.png")
    with pytest.raises(RenderError, match="outside the report's folder"):
        render(sample, tmp_path / "out", engine="embedded")
