"""The pictures of a report: each is a file below the folder of its source, and nothing else."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import RenderError
from pipeline.report.nodes import Node, found


def image_files(document: Node, source: Path) -> dict[str, Path]:
    """Every picture of a resolved document: its target in the document -> the file; an SVG with the PNG beside it.

    Raises:
        RenderError: A file is missing, or lies outside the folder of the source.
    """
    folder = source.parent.resolve()
    files: dict[str, Path] = {}
    for target in dict.fromkeys(str(image["c"][2][0]) for image in found(document, {"Image"})):
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
            files[one] = file
    return files
