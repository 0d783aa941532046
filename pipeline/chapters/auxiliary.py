"""Analyses beside the main estimate: each says what it needs, and none of them stops a report.

Only the cleaning and the main estimate of an outcome may stop a run. Whatever stands beside them is called through
`attempt` (a value) or `auxiliary` (a chapter's exhibits): where it cannot be done its place holds a note in words.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import numpy as np
import pandas as pd

from pipeline.errors import DesignError, TooLargeError, WeightsError
from pipeline.languages.message import Message, Text, msg
from pipeline.ledger.entries import Column, Ledger
from pipeline.report.doc import Doc

T = TypeVar("T")
PARTS = ("not_yet", "adjusted", "not_yet_adjusted", "twfe", "twfe_cluster", "wild", "bacon", "balance")
"""Analyses beside the main estimate of an outcome; `auxiliary.ftl` has the name of each and what it needs of the data."""


def attempt(call: Callable[[], T]) -> tuple[T | None, str | None]:
    """The value of `call()` and None; or None and why there is none, a code of `sentence`.

    Codes: "needs" (a `DesignError`), "weights", "large" (its time or memory), "numbers" (no finite result), "fault"
    (anything else; its traceback goes to the standard error, which executed notebooks keep).
    """
    try:
        return call(), None
    except WeightsError:
        return None, "weights"
    except TooLargeError:
        return None, "large"
    except DesignError:
        return None, "needs"
    except (np.linalg.LinAlgError, ArithmeticError):
        return None, "numbers"
    except Exception:
        traceback.print_exc(file=sys.stderr)
        return None, "fault"


def auxiliary(results: Ledger, name: str, call: Callable[[], T], *, optional: bool = False) -> T | None:
    """`call()`, which records one analysis; where it fails nothing of it stays but the text `not_shown_<name>`.

    An analysis that records nothing lacked what it needs, and is noted as well.

    Args:
        results: Ledger that the call records to.
        name: The topic's.
        call: Records the analysis; what it gives back is handed on.
        optional: Whether a study may do without it, so that nothing recorded is nothing to note.
    """

    def whole() -> T:
        with results.whole():
            return call()

    before = results.size
    value, code = attempt(whole)
    if code is None and results.size == before and not optional:
        code = "needs"
    if code is not None:
        results.text(f"not_shown_{name}", code)
    return value


def sentence(name: str, code: str) -> Message:
    """Why an analysis is not shown, as one sentence: the catalogues name it as `auxiliary-<name>`, with what it `.needs`."""
    key = f"auxiliary-{name.replace('_', '-')}"
    return msg(f"auxiliary-not-shown-{code}", analysis=msg(key), needs=msg(f"{key}.needs"))


def not_shown_note(missing: Mapping[str, str], names: Iterable[str]) -> list[Message]:
    """Sentences on those of the analyses that are missing, in their order."""
    return [sentence(name, missing[name]) for name in names if name in missing]


def not_shown(doc: Doc, name: str) -> None:
    """A paragraph on why an analysis is missing; none where it is there or was never asked for."""
    if doc.has(f"not_shown_{name}"):
        doc.paragraph(sentence(name, doc.code(f"not_shown_{name}")))


def stand_in(results: Ledger, table: str, name: str, code: str, caption: Text) -> None:
    """A table of one note, in the place of an analysis' table, so that every reference to it still leads somewhere."""
    results.table(
        table,
        pd.DataFrame({"note": [code]}),
        [Column("note", msg("auxiliary-note"), "code", codes={code: sentence(name, code)})],
        caption=caption,
    )
