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
    "{% if x %}<iframe src='a'>{% endif %}": "raw HTML",
    '`#read("x")`{=typst}': "code of one format",
    "```{=openxml}": "code of one format",
    "~~~ {=html}": "code of one format",
    "![x](/srv/pseudonym.key)": "a picture from outside",
    "![x](figures/../../key.png)": "a picture from outside",
    "![x](<../key.png>)": "a picture from outside",
    "![x](https://example.org/x.png)": "a picture from outside",
    "![x](C:\\key.png)": "a picture from outside",
}
ALLOWED = (
    "Nilai *p* <0,05 dan 3 < 5, juga \\<b\\>.",
    "Lihat <https://example.org> dan <nama@contoh.go.id>.",
    "Perintah `<img src=x>` dan `a`{.kelas}, juga ``x `<b>` y``.",
    "```html\n<b>kode</b>\n```",
    "Rumus $a<b$ dan $$x<y$$.",
    "{% if a <b %}ya{% endif %}{{ 'x<y' }}",
    '![Gambar](figures/fig.svg){#fig-x fig-alt="naik" width=100%}',
    "::: {.callout-note}\nx\n:::",
)


@pytest.mark.parametrize("said", FORBIDDEN)
def test_what_is_forbidden_is_named_by_file_and_line(tmp_path: Path, said: str) -> None:
    path = tmp_path / "studies" / "contoh" / "text" / "id" / "10_x.md"
    path.parent.mkdir(parents=True)
    path.write_text(f"# Bab {{#sec-x}}\n\nIsi.\n\n{said}\n", encoding="utf-8")
    with pytest.raises(RenderError) as caught:
        check_prose([path])
    assert caught.value.where.startswith(f"studies/contoh/text/id/10_x.md, line 5: {FORBIDDEN[said]}")


@pytest.mark.parametrize("said", ALLOWED)
def test_what_is_allowed_passes(tmp_path: Path, said: str) -> None:
    path = tmp_path / "10_x.md"
    path.write_text(f"{said}\n", encoding="utf-8")
    check_prose([path])


def test_the_projects_own_prose_keeps_the_rule() -> None:
    files = [path for top in ("pipeline", "studies") for path in sorted((ROOT / top).rglob("*.md"))]
    assert len(files) > 20
    check_prose(files)
