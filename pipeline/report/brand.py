"""A study's own look: colour, logo and typeface of its report, the same in HTML, PDF and DOCX.

The files lie in `studies/<name>/brand/`. What is set here goes into the resolved project, so that either engine has it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import StudyError
from pipeline.study import Study
from pipeline.study.colour import channels, contrast

HOUSE = "1f4e79"
"""The accent of the templates, in hexadecimal, which a study's colour takes the place of."""
HOUSE_ON_DARK = "8fbce6"
DARK_PAGE = (20, 25, 30)
"""The dark page of the style sheet."""
FOLDER = "brand"


def front_matter(study: Study, root: Path, out_dir: Path) -> dict[str, str]:
    """Metadata of the brand; its files are copied into `out_dir/brand/`.

    Raises:
        StudyError: A file that the study names is not there, or is no font.
    """
    brand = study.report.brand
    if brand is None:
        return {}
    matter = {"brand-colour": brand.colour.lstrip("#").lower()} if brand.colour else {}
    for key, name in (("logo-file", brand.logo), ("font-file", brand.font)):
        if name:
            place = root / "studies" / study.name / FOLDER / name
            if not place.is_file():
                raise StudyError(
                    f"The study's brand names the file {name!r}, which is not there.",
                    where=f"studies/{study.name}/study.yml, report.brand",
                    expected=f"studies/{study.name}/{FOLDER}/{name}",
                )
            (out_dir / FOLDER).mkdir(parents=True, exist_ok=True)
            shutil.copyfile(place, out_dir / FOLDER / name)
            matter[key] = f"{FOLDER}/{name}"
    if brand.font:
        matter["font-family"] = family_of(out_dir / FOLDER / brand.font)
    return matter


def family_of(path: Path) -> str:
    """The name by which a font file calls its family.

    Raises:
        StudyError: The file is no TrueType or OpenType font.
    """
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path) as font:
            name = font["name"].getBestFamilyName()
    except (TTLibError, KeyError, OSError) as error:
        raise StudyError(
            "The study's font cannot be read.",
            where=f"{FOLDER}/{path.name}: {error}",
            expected="a TrueType or OpenType font (.ttf, .otf)",
        ) from None
    return str(name)


def copy_files(meta: Mapping[str, Any], source: Path, folder: Path) -> None:
    """Put the brand's files into a project's folder."""
    for key in ("logo-file", "font-file"):
        if key in meta:
            (folder / FOLDER).mkdir(exist_ok=True)
            shutil.copyfile(source / str(meta[key]), folder / str(meta[key]))


def dressed(name: str, text: str, meta: Mapping[str, Any]) -> str:
    """A template or style sheet in the study's colour and typeface.

    Args:
        name: The file's name in the project.
        text: Its content.
        meta: Metadata of the rendering.
    """
    colour, family = meta.get("brand-colour"), meta.get("font-family")
    if colour:
        text = re.sub(HOUSE, str(colour), text, flags=re.IGNORECASE)
        text = text.replace(HOUSE_ON_DARK, lightened(str(colour)))
    if family and name.endswith(".css"):
        face = f'@font-face {{ font-family: "{family}"; src: url("{meta["font-file"]}"); }}\n'
        text = face + re.sub(r"--(serif|sans): ", rf'--\1: "{family}", ', text)
    if family and name.endswith(".typst"):
        text = text.replace('font: "Libertinus Serif"', f'font: ("{family}", "Libertinus Serif")')
    if family and name == "styles.xml":
        text = re.sub(r'w:(ascii|hAnsi|cs)="(Cambria|Calibri)"', rf'w:\1="{family}"', text)
    return text


def lightened(colour: str) -> str:
    """The colour as it reads on a dark page: mixed with white until its contrast with the page is that of text (WCAG 2.2)."""
    for share in range(0, 101, 5):
        mixed = [round(c + (255 - c) * share / 100) for c in channels(colour)]
        if contrast(mixed, DARK_PAGE) >= 7:
            break
    return "".join(f"{c:02x}" for c in mixed)
