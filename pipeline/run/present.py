"""The present: what files, code, software and study hold now. Every file is read at most once a look."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.content import Seen, digest, hash_of, look, names_in
from pipeline.installed import software, whole_code
from pipeline.run.places import CODE, name_of, path_of

if TYPE_CHECKING:
    from pipeline.languages.catalogue import Catalogue
    from pipeline.run.steps import Step, Target
    from pipeline.study import Study


class Present:
    """One look at what a run depends on. Make a new one to look again.

    Args:
        target: What is asked for; its study is the one of this look.
        ran: Names of the steps that have run in this run: what they were told by a database is not asked again.
    """

    def __init__(self, target: Target, ran: Collection[str] = ()) -> None:
        self.target, self.root, self.study, self.ran = target, target.root, target.study, ran
        self._files: dict[str, Seen] = {}
        self._names: dict[str, str | None] = {}
        self._catalogues: dict[str, Catalogue | None] = {}

    def seen(self, name: str) -> Seen:
        """A file by its name in records, hashed at this object's first call."""
        if name not in self._files:
            self._files[name] = look(path_of(name, self.root))
        return self._files[name]

    def hash(self, name: str) -> str | None:
        return self.seen(name).hash

    def names(self, name: str) -> str | None:
        """One hash over the names in a folder."""
        if name not in self._names:
            self._names[name] = names_in(path_of(name, self.root))
        return self._names[name]

    def forget(self, names: list[str]) -> None:
        """Look at these files anew at the next call: they have been written."""
        for name in names:
            self._files.pop(name, None)

    def code(self, step: Step) -> dict[str, str | None]:
        """The code that a notebook runs: hash by file."""
        from pipeline.run.steps import code_of

        return {
            name: self.hash(name) for name in _imported(code_of(step.notebook, self.study.name, self.root), self.root)
        }

    @cached_property
    def whole_code(self) -> str:
        """One hash over all code of the project, at this object's first call."""
        return whole_code()

    @cached_property
    def raw(self) -> dict[str, str | None]:
        """The raw files up to the edition: hash by file."""
        from pipeline.run.steps import raw_files

        return {
            (name := name_of(path, self.root)): self.hash(name)
            for path in raw_files(self.study, self.target.edition, self.root)
        }

    @cached_property
    def software(self) -> dict[str, str]:
        return software()

    def key(self) -> str | None:
        """A fingerprint of the key of pseudonyms; None where the study's key is published or none is made yet."""
        return None if self.study.public_key is not None else key_fingerprint(self.root)

    def word(self, key: str) -> str | None:
        """The fingerprint of a message, `language/name`; None where there is none any more."""
        from pipeline.errors import RenderError
        from pipeline.languages.catalogue import Catalogue

        lang, _, name = key.partition("/")
        if lang not in self._catalogues:
            try:
                own = self.root / "studies" / self.study.name / "text" / lang
                self._catalogues[lang] = Catalogue(lang, own)
            except RenderError:
                self._catalogues[lang] = None
        held = self._catalogues[lang]
        return held.digest(name) if held is not None else None

    def value(self, key: str, *, as_written: bool = False) -> Any:
        """What the study holds under a key, as plain values: as a notebook sees it, or one that makes the tables."""
        from pipeline.run.keys import value_at

        return value_at(self.study if as_written else self._notebooks_study, key)

    @cached_property
    def _notebooks_study(self) -> Study:
        """The study as a notebook sees it, with the level of treatment that the data tell."""
        from pipeline.clean.level import with_level

        return with_level(self.study, self.target.processed)


@cache
def _imported(source: str, root: Path) -> tuple[str, ...]:
    """Names in records of the files that a text imports; what those import is read once a process (`closure`)."""
    from pipeline.run.closure import code_dependencies

    return tuple(name_of(path, root) for path in code_dependencies(source))


def engine(asked: str) -> str:
    """Which engine will write the report, and for Quarto which one that is."""
    quarto = os.environ.get("QUARTO_PATH", "") or shutil.which("quarto")
    if asked == "embedded" or not quarto:
        return "embedded"
    command = Path(quarto).resolve()
    version = next((hash_of(p) for p in (command.parents[1] / "share" / "version",) if p.is_file()), None)
    return f"quarto {version or hash_of(command)}"


def key_fingerprint(root: Path) -> str | None:
    """What tells two keys of pseudonyms apart and gives neither away."""
    key = os.environ.get("EVALUATION_KEY", "")
    if not key:
        try:
            key = (root / "pseudonym.key").read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
    return digest(f"fingerprint of the key of pseudonyms: {key}")[:16]


def lock_hash() -> str | None:
    """Hash of the list of pinned packages."""
    return hash_of(CODE / "requirements.lock")
