"""A study's colour, logo and typeface reach every format; what cannot be read or seen is refused."""

from __future__ import annotations

import base64
import io
import re
import shutil
import zipfile
from pathlib import Path

import matplotlib as mpl
import pytest
import yaml
from PIL import Image
from pydantic import ValidationError
from pypdf import PdfReader

from pipeline.chapters import style
from pipeline.errors import StudyError
from pipeline.report import brand
from pipeline.report.render import render
from pipeline.study import Study
from pipeline.study.colour import channels, contrast
from pipeline.study.cover import Brand

FONT = Path(mpl.get_data_path()) / "fonts" / "ttf" / "STIXGeneral.ttf"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a study's brand folder."""
    root = tmp_path_factory.mktemp("root")
    folder = root / "studies" / "medan-pendidikan" / "brand"
    folder.mkdir(parents=True)
    Image.new("RGB", (60, 30), "#006747").save(folder / "logo_a.png")
    shutil.copyfile(FONT, folder / "House.ttf")
    (folder / "not.ttf").write_text("no font", encoding="utf-8")
    return root


def with_brand(study: Study, **keys: str) -> Study:
    return study.model_copy(update={"report": study.report.model_copy(update={"brand": Brand(**keys)})})


def test_the_brand_is_seen_in_every_format(medan: Study, house: Path, sample: Path, tmp_path: Path) -> None:
    study = with_brand(medan, colour="#006747", logo="logo_a.png", font="House.ttf")
    matter = brand.front_matter(study, house, sample.parent)
    head, body = sample.read_text(encoding="utf-8").split("---\n", 2)[1:]
    front = yaml.safe_load(head) | matter
    sample.write_text(f"---\n{yaml.safe_dump(front, allow_unicode=True)}---\n{body}", encoding="utf-8")
    files = render(sample, tmp_path / "out", lang="id", engine="embedded").files
    page = files["html"].read_text(encoding="utf-8")
    assert "--accent: #006747" in page
    assert brand.HOUSE not in page
    assert re.search(r'<img [^>]*aria-label="Pemerintah Kota Contoh" class="logo" src="data:image/png;base64,', page)
    assert base64.b64encode(FONT.read_bytes()[:300]).decode()[:380] in page
    fonts = {
        str(font.get_object()["/BaseFont"])
        for sheet in PdfReader(files["pdf"]).pages
        for font in sheet["/Resources"].get("/Font", {}).values()
    }
    assert any("STIX" in name for name in fonts)
    assert PdfReader(files["pdf"]).pages[0].images, "the logo stands on the cover"
    with zipfile.ZipFile(files["docx"]) as parts:
        styles = parts.read("word/styles.xml").decode()
        document = parts.read("word/document.xml").decode()
        media = [name for name in parts.namelist() if name.startswith("word/media/")]
        assert any(Image.open(io.BytesIO(parts.read(n))).size == (60, 30) for n in media if n.endswith(".png"))
    assert "006747" in styles
    assert "1F4E79" not in styles
    assert 'w:ascii="STIXGeneral"' in styles
    assert document.index("<w:drawing>") < document.index("<w:t"), "the logo comes first"


def test_figures_are_drawn_in_the_colour_of_the_page() -> None:
    try:
        style.dress("#006747")
        assert mpl.colors.to_hex(style.ACCENT) == "#006747"
    finally:
        style.dress("")
    assert mpl.colors.to_hex(style.ACCENT) == f"#{brand.HOUSE}"


@pytest.mark.parametrize(
    "keys",
    [
        {"colour": "#ffcc00"},
        {"colour": "green"},
        {"logo": "../x.png"},
        {"logo": "x.svg"},
        {"font": "x.woff"},
        {"color": "#006747"},
    ],
)
def test_what_cannot_be_seen_or_lies_elsewhere_is_refused(keys: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Brand(**keys)


@pytest.mark.parametrize("keys", [{"logo": "other.png"}, {"font": "not.ttf"}, {"font": "other.otf"}])
def test_a_file_that_is_not_there_or_no_font_is_told(medan: Study, house: Path, tmp_path: Path, keys) -> None:
    with pytest.raises(StudyError, match=r"font|not there"):
        brand.front_matter(with_brand(medan, **keys), house, tmp_path)


@pytest.mark.parametrize("colour", ["000000", "1f4e79", "006747", "7a0019"])
def test_a_colour_is_light_enough_on_the_dark_page(colour: str) -> None:
    shown = brand.lightened(colour)
    assert contrast(channels(shown), brand.DARK_PAGE) >= 7


def test_without_a_brand_nothing_is_replaced(medan: Study, house: Path, tmp_path: Path) -> None:
    assert brand.front_matter(medan, house, tmp_path) == {}
    assert brand.dressed("report.css", f"--accent: #{brand.HOUSE}", {}) == f"--accent: #{brand.HOUSE}"
