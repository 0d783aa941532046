"""A grid of tiles in the place of a map: each district one tile, roughly where it lies, with its number in it.

Which district lies where is the study's (`program.tiles`); without it there is no such figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.chapters.style import ACCENT, GREY, INK, message_title, new_figure
from pipeline.chapters.words import n_of
from pipeline.errors import StudyError
from pipeline.languages import locale
from pipeline.languages.catalogue import say
from pipeline.languages.message import Digits, Text, literal, msg
from pipeline.ledger.counts import Counts
from pipeline.ledger.entries import Column, Ledger
from pipeline.ledger.gate import blanked
from pipeline.study.colour import channels, contrast
from pipeline.study.parts import Program

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Places = Mapping[str, tuple[int, int]]
EVEN = 10.0
"""Percentage points between the highest and the lowest share up to which districts count as alike."""
NAMED = 3
"""Districts that the text alternative names at either end."""
TILE_CM, LINE_CM = 2.55, 1.6


def record_tiles(ledger: Ledger, program: Program, coverage: pd.DataFrame, columns: list[Column]) -> None:
    """The share of units that took part, district by district, behind the gate like every figure of counts.

    Args:
        ledger: Where it is recorded.
        program: The study's words, and its tiles.
        coverage: `kecamatan`, `schools`, `participating`.
        columns: What the frame counts.

    Raises:
        StudyError: A district has no tile.
    """
    places, unit = program.tiles, program.unit_label.model_dump()
    lost = sorted(set(coverage["kecamatan"]) - set(places))
    if lost:
        raise StudyError(
            f"The tile map has no place for {lost[0]!r}.",
            where="key program.tiles",
            expected="the row and the column of each district of the school list",
            todo="Add its place, or leave `program.tiles` out.",
        )
    whole = Column("schools", msg("common-units"), "int", counts=Counts("units"))
    rows = coverage.to_dict("records")
    shown = shares(blanked("fig_tiles", coverage, [*columns, whole], rows, ledger.thresholds))
    ledger.figure(
        "fig_tiles",
        lambda lang, frame: draw_tiles(shares(frame), places, unit, int(coverage["schools"].sum()), lang),
        frame=coverage,
        columns=[*columns, whole],
        caption=msg("fig-tiles", unit=unit),
        alt=described(shown),
        notes=msg("fig-tiles.notes", unit=unit),
    )


def shares(shown: pd.DataFrame) -> pd.DataFrame:
    """The districts with their share in per cent; missing where the gate hides what it rests on."""
    counted = shown.assign(participating=pd.to_numeric(shown["participating"]), schools=pd.to_numeric(shown["schools"]))
    return counted.assign(share=100 * counted["participating"] / counted["schools"])


def message(table: pd.DataFrame, unit: Text) -> Text:
    """What the shares say: how far apart districts are, and which stands where; nothing more."""
    known = table.dropna(subset=["share"]).sort_values(["share", "kecamatan"], ascending=[False, True])
    if known.empty:
        return msg("tiles-none", unit=unit)
    most, least = known.iloc[0], known.iloc[-1]
    told: dict[str, Any] = {"unit": unit, "high": Digits(float(most["share"])), "low": Digits(float(least["share"]))}
    if most["share"] - least["share"] <= EVEN:
        return msg("tiles-even", **told)
    return msg("tiles-uneven", **told, most=literal(most["kecamatan"]), least=literal(least["kecamatan"]))


def described(table: pd.DataFrame) -> list[Text]:
    """The text alternative: both ends with their numbers, and how many tiles are hatched."""
    known = table.dropna(subset=["share"]).sort_values(["share", "kecamatan"], ascending=[False, True])
    hidden = int(table["share"].isna().sum())

    def named(rows: pd.DataFrame) -> list[Text]:
        pairs = zip(rows["kecamatan"], rows["share"], strict=True)
        return [msg("tiles-one", district=literal(name), share=Digits(float(share))) for name, share in pairs]

    parts: list[Text] = [msg("fig-tiles.alt")]
    if len(known) > 2 * NAMED:
        parts.append(msg("tiles-ends", most=named(known.head(NAMED)), least=named(known.tail(NAMED).iloc[::-1])))
    elif len(known):
        parts.append(msg("tiles-all", all=named(known)))
    return [*parts, msg("tiles-hidden", count=hidden)] if hidden else parts


# --- figure -----------------------------------------------------------------------------------------------------------


def draw_tiles(table: pd.DataFrame, places: Places, unit: Text, n: int, lang: str) -> Figure:
    """The tiles, shaded by share with the share in them; hatched where it is not shown, empty where there is no unit.

    Args:
        table: `kecamatan`, `share` in per cent (missing where hidden).
        places: Row and column of each district.
        unit: What the units are called.
        n: How many there are in all.
        lang: Language.
    """
    from matplotlib import colors
    from matplotlib.patches import Rectangle

    lines, across = (1 + max(place[k] for place in places.values()) for k in (0, 1))
    figure, axes = new_figure(LINE_CM * lines + 2.4, min(16.0, TILE_CM * across + 0.6))
    found = dict(zip(table["kecamatan"], table["share"], strict=True))
    shade = colors.LinearSegmentedColormap.from_list("share", ["#ffffff", ACCENT])
    known_shares = [share for share in found.values() if share == share]
    lowest, highest = min(known_shares, default=0.0), max(known_shares, default=1.0)
    spread = max(highest - lowest, 2 * EVEN)  # districts that are alike look alike
    for name, (line, column) in places.items():
        share = found.get(name)
        known = share is not None and share == share
        ground: Any = shade(0.06 + 0.86 * ((share - lowest) / spread) ** 1.4) if known else "#ffffff"  # type: ignore[operator]
        hatch = "////" if share is not None and not known else None
        tile = Rectangle((column + 0.03, -line - 0.97), 0.94, 0.94, fc=ground, ec=GREY, lw=0.7, hatch=hatch)
        axes.add_patch(tile)
        said = locale.percent(share, lang, 0) if known else "[c]" if share is not None else "–"
        box = {"fc": "#ffffff", "ec": "none", "pad": 1.0} if hatch else None
        red, green, blue = (int(255 * part) for part in colors.to_rgb(ground))
        against = {ink: contrast(channels(ink), (red, green, blue)) for ink in ("#ffffff", INK)}
        colour = max(against, key=against.__getitem__)
        axes.text(column + 0.5, -line - 0.5, f"{name}\n{said}", ha="center", va="center", fontsize=7.3, color=colour,
                  linespacing=1.5, bbox=box)  # fmt: skip
    axes.text(
        0,
        -lines - 0.12,
        f"{say('tiles-north', lang)} {say(n_of(n), lang)}",
        fontsize=7,
        color=GREY,
        va="top",
    )
    axes.set_xlim(0, across)
    axes.set_ylim(-lines - 0.4, 0)
    axes.set_axis_off()
    message_title(figure, say(message(table, unit), lang))
    return figure
