"""The report of an edition with its comparison: what differences to the last one come from is computed before it is made."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.run.build import LOOKS, make_report, moving
from pipeline.run.stamp import Request, current


def make_compared(request: Request, tell: Callable[[str], None]) -> None:
    """Bring a report up to date, and before it the comparison that its chapter on the last edition reads.

    Args:
        request: Which one.
        tell: Called with what is being run for the comparison.

    Raises:
        UserError: Something in the input or a step stops the run; the last good report stays as it was.
    """
    if request.blind or not _earlier(request) or current(request) is not None:
        make_report(request)
        return
    from pipeline.compare.split import bring_up_to_date, is_current

    for _ in range(LOOKS):
        bring_up_to_date(request, tell)
        if make_report(request, lambda: is_current(request)):
            return
    raise moving(f"studies/{request.study}, data/raw/{request.study}")


def _earlier(request: Request) -> bool:
    """Whether an edition before this one may be out, by the names of folders alone: asked before libraries are loaded."""
    years = [int(path.name) for path in (request.root / "data" / "raw" / request.study).glob("[0-9][0-9][0-9][0-9]")]
    last = int(request.edition) if request.edition.isdigit() else max(years, default=9999)
    kept = (request.root / "data" / "published" / request.study).glob("[0-9][0-9][0-9][0-9].json")
    return any(int(path.stem) < last for path in kept)
