"""The rule of the prose: what a study's text may not hold is refused with file and line, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import RenderError
from pipeline.report.prose_rule import check_prose
from pipeline.study import ROOT

FORBIDDEN = {
    '<img src="/srv/pseudonym.key">': "raw HTML",
    "Kata <b>tebal</b>": "raw HTML",
    "<!-- catatan -->": "raw HTML",
    "</div>": "raw HTML",
    '{ "<" }iframe src=a>': "raw HTML",
    '{ "\\u003C" }iframe src=a>': "raw HTML",
    '{ NUM("a") }<iframe src=a>': "raw HTML",
    '`#read("x")`{ "{" }=typst{ "}" }': "code of one format",
    "![x](/srv/pseudonym.key)": "a picture from outside",
    "![x](figures/../../key.png)": "a picture from outside",
    "![x](<../key.png>)": "a picture from outside",
    "![x](https://example.org/x.png)": "a picture from outside",
    "![x](C:\\key.png)": "a picture from outside",
}
ALLOWED = (
    "Nilai *p* <0,05 dan 3 < 5, juga \\<b\\>.",
    "Lihat <https://example.org> dan <nama@contoh.go.id>.",
    'Perintah `<img src=x>` dan `a`{ "{" }.kelas{ "}" }, juga ``x `<b>` y``.',
    "Rumus $a<b$ dan $$x<y$$.",
    'Antara { NUM("a", unit: "no") } dan { $better ->\n    [higher] naik\n   *[lower] { $unit } turun\n    }.',
    "![Gambar](figures/fig.svg)",
)


@pytest.mark.parametrize("said", FORBIDDEN)
def test_what_is_forbidden_is_named_by_file_and_line(tmp_path: Path, said: str) -> None:
    path = tmp_path / "studies" / "contoh" / "text" / "id" / "x.ftl"
    path.parent.mkdir(parents=True)
    path.write_text(f"# <b>\nbab = Bab\n\nisi = Isi.\nx = {said}\n", encoding="utf-8")
    with pytest.raises(RenderError) as caught:
        check_prose([path])
    assert caught.value.where.startswith(f"studies/contoh/text/id/x.ftl, line 5: {FORBIDDEN[said]}")


def test_a_lone_backtick_hides_nothing_between_messages(tmp_path: Path) -> None:
    path = tmp_path / "x.ftl"
    path.write_text("a = satu ` dua\nb = <b>\nc = tiga ` empat\n", encoding="utf-8")
    with pytest.raises(RenderError, match="line 2: raw HTML"):
        check_prose([path])


@pytest.mark.parametrize("said", ALLOWED)
def test_what_is_allowed_passes(tmp_path: Path, said: str) -> None:
    path = tmp_path / "x.ftl"
    path.write_text(f"x = {said}\n", encoding="utf-8")
    check_prose([path])


def test_the_projects_own_prose_keeps_the_rule() -> None:
    files = [path for top in ("pipeline", "studies") for path in sorted((ROOT / top).rglob("*.ftl"))]
    assert len(files) > 50
    check_prose(files)
