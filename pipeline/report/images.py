"""The pictures of a report: each is a file below the folder of its source, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.errors import RenderError


def image_files(document: bytes, source: Path) -> dict[str, Path]:
    """Every picture of a resolved document: its target in the document -> the file; an SVG with the PNG beside it.

    Raises:
        RenderError: A file is missing, or lies outside the folder of the source.
    """
    folder = source.parent.resolve()
    found: dict[str, Path] = {}
    for target in image_targets(json.loads(document)):
        for one in [target, str(Path(target).with_suffix(".png"))] if target.endswith(".svg") else [target]:
            file = (folder / one).resolve()
            if not file.is_relative_to(folder):
                raise RenderError(
                    "A picture lies outside the report's folder.",
                    where=f"{source}: {target}",
                    expected="a path such as figures/name.svg",
                )
            if not file.is_file():
                raise RenderError("A figure's file is missing.", where=f"{source}: {target}", expected=str(file))
            found[one] = file
    return found


def image_targets(node: Any) -> list[str]:
    """Targets of all images in a part of Pandoc's JSON, in order."""
    if isinstance(node, list):
        return [target for item in node for target in image_targets(item)]
    if not isinstance(node, dict):
        return []
    if node.get("t") == "Image":
        return [str(node["c"][2][0])]
    return [target for item in node.values() for target in image_targets(item)]
