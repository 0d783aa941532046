"""Publication: the finished draft takes the place of the last good report by a rename."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipeline.run.steps import Target


def publish(target: Target, lang: str) -> None:
    """Put the finished draft of a language where readers find it."""
    publish_folder(target.draft(lang), target.published(lang))


def publish_folder(draft: Path, final: Path) -> None:
    """Let a finished draft take the place of `final` by a rename; files no longer made disappear with the old one."""
    fresh, old = final.with_name(f".{final.name}.new"), final.with_name(f".{final.name}.old")
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    final.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(
        draft,
        fresh,
        ignore=shutil.ignore_patterns("report.md", ".*", "figures", "*.csl", "references.json"),
    )
    if final.exists():
        final.rename(old)
    fresh.rename(final)
    shutil.rmtree(old, ignore_errors=True)
