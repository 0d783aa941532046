"""Which engine renders the report: what was asked for, and what this machine has."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.errors import RenderError
from pipeline.report import embedded, quarto
from pipeline.report.quarto_failure import advice

CHOICES = ("auto", "embedded", "quarto")


@dataclass(frozen=True)
class Engine:
    """An engine that can render here.

    `name` is "embedded" or "quarto"; `version` tells all its parts and is an input of the report: another engine or
    another version is another report. `note` says in one line why `auto` did not take the Quarto that is installed.
    """

    name: str
    version: str
    path: str = ""
    note: str = ""


def resolved_engine(choice: str = "auto") -> Engine:
    """The engine that `choice` means on this machine, now.

    Args:
        choice: "auto" takes Quarto where it is installed and new enough, else the embedded engine; "quarto" and
            "embedded" insist.

    Raises:
        RenderError: There is no such choice; or Quarto was asked for and is absent, broken or too old.
    """
    if choice not in CHOICES:
        raise RenderError(f"There is no engine {choice!r}.", expected="auto, embedded or quarto")
    if choice == "embedded":
        return _embedded()
    command = quarto.find()
    if command is None:
        if choice == "auto":
            return _embedded()
        where = "quarto (not on the search path)"
        raise RenderError("Quarto is not installed.", where=where, todo=advice("install"))
    try:
        version = quarto.check_version(command)
    except RenderError as error:
        if choice == "quarto":
            raise
        minimum = ".".join(map(str, quarto.MINIMUM))
        return _embedded(f"{error.what} The embedded engine renders instead (Quarto {minimum} or newer would).")
    return Engine("quarto", version, command)


def tools(engine: Engine) -> dict[str, str]:
    """Name and version of every tool that renders with this engine.

    Raises:
        RenderError: Quarto does not answer.
    """
    return quarto.versions(engine.path, engine.version) if engine.name == "quarto" else embedded.versions()


def _embedded(note: str = "") -> Engine:
    version = ", ".join(f"{name} {number}" for name, number in embedded.versions().items())
    return Engine("embedded", version, note=note)
