"""One file a study and edition: the headline as a reader sees it, and what moved since the last version.

`values` holds flat keys such as `att_literacy.low` with the value at its printed decimals. `moved` holds, for each key
that moved since the version `since`, its value then. CHANGELOG.md must name each of them with both values and a reason, above
the heading of that version. When a version is released and a number moves afterwards, `moved` begins anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from pipeline.content import digest
from pipeline.ledger.results import Results
from pipeline.published.headline import headline
from pipeline.study import ROOT

FOLDER = Path(__file__).parent
CHANGELOG = ROOT / "CHANGELOG.md"
ACCEPT = ".venv/bin/python -m tests.backtests --accept"
ABSENT = "–"
_WORDS = 3
"""A reason has at least so many words."""
Values = Mapping[str, str]


class MovedError(AssertionError):
    """A headline number or verdict is another than the one kept, or CHANGELOG.md does not say why it moved."""


def check(name: str, results: Results, folder: Path = FOLDER, changelog: Path = CHANGELOG) -> None:
    """Hold an edition's headline against what is kept, and that against CHANGELOG.md.

    Args:
        name: Of the back-test, such as "medan-pendidikan-2024".
        results: The edition's ledgers, through the gate.
        folder, changelog: Where the files lie.

    Raises:
        MovedError: Says what moved from what to what, and what to do.
    """
    kept, now = read(name, folder), headline(results).printed()
    changed = differences(kept["values"], now)
    if changed:
        _fail(
            f"Headline numbers or verdicts of {name} moved:",
            listed(changed),
            f"Where that is not meant, correct the code. Where it is: {ACCEPT} {name}",
            f"and write into {changelog.name}, under [Unreleased], with the reason:",
            line(name, since(kept, now, _version(changelog))),
        )
    untold = untold_moves(name, kept, changelog)
    if untold:
        _fail(
            f"{changelog.name} does not say that headline numbers of {name} moved since {kept['since']}, or not why:",
            listed(untold),
            "Write under [Unreleased], with the reason:",
            line(name, moves(kept)),
        )


def accept(name: str, results: Results, folder: Path = FOLDER, changelog: Path = CHANGELOG) -> str:
    """Keep an edition's headline as it is now; gives back the line that CHANGELOG.md must hold, "" where nothing moved."""
    now, version = headline(results).printed(), _version(changelog)
    path = folder / f"{name}.json"
    moved = since(read(name, folder), now, version) if path.is_file() else {}
    content = {"since": version, "moved": {key: then for key, (then, _) in moved.items()}, "values": now}
    whole = {**content, "digest": _digest(content)}
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    partial.replace(path)
    return line(name, moved) if moved else ""


def read(name: str, folder: Path = FOLDER) -> dict:
    """What is kept.

    Raises:
        MovedError: There is no such file, or it was edited by hand.
    """
    path = folder / f"{name}.json"
    if not path.is_file():
        _fail(f"There is no back-test {name}.", f"To begin it: {ACCEPT} {name}")
    content = json.loads(path.read_text(encoding="utf-8"))
    given = content.pop("digest", "")
    if given != _digest(content):
        _fail(
            f"The back-test {path.name} was edited by hand.",
            "Take it back from version control.",
            f"Numbers that are meant to move are accepted: {ACCEPT} {name}",
        )
    return content


def differences(then: Values, now: Values) -> dict[str, tuple[str, str]]:
    """Keys whose values differ, each with both."""
    keys = sorted(then.keys() | now.keys())
    return {k: (then.get(k, ABSENT), now.get(k, ABSENT)) for k in keys if then.get(k) != now.get(k)}


def moves(kept: Mapping) -> dict[str, tuple[str, str]]:
    """What moved since the last version: key, value then, value kept."""
    return {key: (then, kept["values"].get(key, ABSENT)) for key, then in kept["moved"].items()}


def since(kept: Mapping, now: Values, version: str) -> dict[str, tuple[str, str]]:
    """What will have moved since the version once `now` is kept; moves of before a newer version are history."""
    before = kept["moved"] if kept["since"] == version else {}
    then = {key: value for key, value in {**kept["values"], **before}.items() if value != ABSENT}
    return differences(then, now)


def line(name: str, moved: Mapping[str, tuple[str, str]]) -> str:
    """The line of CHANGELOG.md that tells these moves; its end is for a person to write."""
    return f"- Moved in `{name}`: {'; '.join(map(_told, moved, moved.values()))}. Because …"


def untold_moves(name: str, kept: Mapping, changelog: Path = CHANGELOG) -> dict[str, tuple[str, str]]:
    """Moves that no entry above the heading of the version names with both values and a reason."""
    told = [entry for entry in _entries(changelog, kept["since"]) if f"Moved in `{name}`" in entry]
    reasoned = [entry for entry in told if len(re.findall(r"\w+", entry.rpartition("Because")[2])) >= _WORDS]
    return {
        key: move
        for key, move in moves(kept).items()
        if not any(_told(key, move) in entry and "Because" in entry for entry in reasoned)
    }


def listed(moved: Mapping[str, tuple[str, str]]) -> str:
    """The moves, one a line."""
    width = max(map(len, moved))
    return "\n".join(f"  {key:<{width}}  {then} → {now}" for key, (then, now) in moved.items())


def _told(key: str, move: tuple[str, str]) -> str:
    return f"`{key}` {move[0]} → {move[1]}"


def _entries(changelog: Path, version: str) -> list[str]:
    """Entries above the heading of a version, each on one line."""
    above = changelog.read_text(encoding="utf-8").partition(f"## [{version}]")[0]
    return [" ".join(entry.split()) for entry in re.split(r"^(?=- |#)", above, flags=re.MULTILINE)]


def _version(changelog: Path) -> str:
    """The newest released version."""
    found = re.search(r"^## \[(\d[^\]]*)\]", changelog.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found else ""


def _digest(content: Mapping) -> str:
    return digest(json.dumps(content, ensure_ascii=False, sort_keys=True))[:16]


def _fail(*lines: str) -> None:
    raise MovedError("\n".join(lines))
