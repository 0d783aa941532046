"""Publication: the finished draft takes the place of the last good report by a rename."""

from __future__ import annotations

import shutil

from pipeline.run.steps import Target


def publish(target: Target, lang: str) -> None:
    """Put the finished draft of a language where readers find it; files no longer made disappear with the old one."""
    final = target.published(lang)
    fresh, old = final.with_name(f".{lang}.new"), final.with_name(f".{lang}.old")
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    final.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(
        target.draft(lang),
        fresh,
        ignore=shutil.ignore_patterns("report.md", ".*", "figures", "*.csl", "references.json"),
    )
    if final.exists():
        final.rename(old)
    fresh.rename(final)
    shutil.rmtree(old, ignore_errors=True)
