"""A private folder in which an edition is analysed with the data or the settings of another day."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.content import copy_files, hash_of
from pipeline.private import made_private, private_folder
from pipeline.published.record import STUDY_FILES, Record
from pipeline.run.lock import Lock
from pipeline.run.steps import Target
from pipeline.run.verify import key_environment
from pipeline.secret import KEY_FILE
from pipeline.study import edition_folder

_COMMITS = 200
"""Commits in which the earlier bytes of a file are looked for, newest first."""


class Workspace:
    """A folder with a study and its raw data, and what was made of two editions: steps that read the same do not run again.

    Args:
        folder: An empty folder.
        target: The newer edition, and where its study, data and build lie.
        then: The record of the earlier one.
        tell: Called with one sentence where a run on one of the editions is waited for.
    """

    def __init__(self, folder: Path, target: Target, then: Record, tell: Callable[[str], None]) -> None:
        self.folder, self._root, self._study, self.then = folder, target.root, target.study.name, then
        self._raw = folder / "data" / "raw" / self._study
        private_folder(folder)
        earlier, later = (Lock(target.root, f"{self._study}-{year}", tell) for year in (then.edition, target.edition))
        with made_private(), earlier, later:  # nobody writes there meanwhile
            for name in self._parts(target):
                source = self._root / name
                if source.is_dir():
                    copy_files(source, folder / name)
            for path in sorted((self._root / "data" / "published" / self._study).glob("*.json")):
                private_folder(folder / path.parent.relative_to(self._root))
                shutil.copyfile(path, folder / path.relative_to(self._root))

    def _parts(self, target: Target) -> list[str]:
        editions = [edition_folder(year, blind=False) for year in (self.then.edition, target.edition)]
        made = [f"{place}/{self._study}/{one}" for place in ("build", "data/processed") for one in editions]
        return [f"studies/{self._study}", f"data/raw/{self._study}", "build/.matplotlib", *made]

    def data_of_then(self) -> list[str]:
        """Put the raw files back as the earlier edition read them.

        Returns:
            Names of files whose bytes of then are not at hand, neither here nor in the history of version control; where
            there are any, nothing is changed. "–" where the record lists no file.
        """
        if not self.then.raw:
            return ["–"]
        old = {
            name: self._bytes(name, hash) for name, hash in self.then.raw.items() if hash_of(self._raw / name) != hash
        }
        absent = sorted(name for name, content in old.items() if content is None)
        if absent:
            return absent
        for name, content in old.items():
            assert content is not None
            (self._raw / name).parent.mkdir(parents=True, exist_ok=True)
            (self._raw / name).write_bytes(content)
        for name in self._later():
            (self._raw / name).unlink()
        return []

    def data_of_now(self) -> None:
        """Put the raw files as they lie there today."""
        shutil.rmtree(self._raw)
        copy_files(self._root / "data" / "raw" / self._study, self._raw)

    def settings_of_then(self) -> None:
        """Put the study's files as they were when the earlier edition was published."""
        self._settings(self.then.study_files)

    def settings_of_now(self) -> None:
        """Put the study's files as they are today."""
        folder = self._root / "studies" / self._study
        self._settings({n: (folder / n).read_text(encoding="utf-8") for n in STUDY_FILES if (folder / n).is_file()})

    def _settings(self, files: dict[str, str]) -> None:
        for name in STUDY_FILES:
            path = self.folder / "studies" / self._study / name
            path.unlink(missing_ok=True)
            if name in files:
                path.write_text(files[name], encoding="utf-8")

    def _later(self) -> list[str]:
        """Files in folders of years up to the earlier edition that were not there when it was made."""
        here = [path.relative_to(self._raw) for path in self._raw.rglob("*") if path.is_file()]
        years = [path for path in here if path.parts[0].isdigit() and int(path.parts[0]) <= self.then.edition]
        return sorted(path.as_posix() for path in years if path.as_posix() not in self.then.raw)

    def _bytes(self, name: str, hash: str) -> bytes | None:
        """A file's bytes with that hash out of the history of version control; None where it has none."""
        place, git = f"data/raw/{self._study}/{name}", shutil.which("git")
        if git is None:
            return None

        def run(*arguments: str) -> bytes:
            done = subprocess.run([git, "-C", str(self._root), *arguments], capture_output=True, check=False)
            return done.stdout if done.returncode == 0 else b""

        for commit in run("log", f"-{_COMMITS}", "--all", "--format=%H", "--", place).decode().split():
            content = run("show", f"{commit}:./{place}")
            if _sha256(content) == hash:
                return content
        return None


@contextmanager
def key_at_hand(target: Target) -> Iterator[None]:
    """The key of pseudonyms, where there is one, in the environment: kernels work in another folder. None is made."""
    before = os.environ.get("EVALUATION_KEY")
    if (target.root / KEY_FILE).is_file():
        os.environ.update(key_environment(target))
    try:
        yield
    finally:
        os.environ.pop("EVALUATION_KEY", None)
        if before is not None:
            os.environ["EVALUATION_KEY"] = before


def _sha256(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()
