"""Errors meant for the person who meets them: what happened, where, what was expected, what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager


class UserError(Exception):
    """A mistake in the input or the set-up, told in full sentences and without a traceback.

    Args:
        what: What happened, in one sentence.
        where: Place of the fault: file, sheet, row, column; or the key of a study file.
        expected: The rule that was broken.
        todo: What the reader should do next.
        code: Name of the kind of fault, by which other languages tell it (`fault-<code>` of the catalogues).
        others: Further faults that were met on the same way.
    """

    cause: str = ""
    """Of a notebook that stopped: the name of the error that it stopped with."""

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        expected: str = "",
        todo: str = "",
        code: str = "",
        others: Sequence[UserError] = (),
    ) -> None:
        self.what, self.where, self.expected, self.todo, self.code = what, where, expected, todo, code
        self.others = tuple(others)
        super().__init__(str(self))

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword-only arguments would be lost when an error crosses a process.
        return (_rebuild, (type(self), self.what, self.where, self.expected, self.todo, self.code, self.others))

    def alone(self) -> str:
        """This fault without the others."""
        lines = [self.what]
        for label, value in (("where", self.where), ("expected", self.expected), ("to do", self.todo)):
            if value:
                head, *rest = value.splitlines()
                lines += [f"  {label + ':':<10}{head}", *(f"{'':12}{line}" for line in rest)]
        return "\n".join(lines)

    def all(self) -> list[UserError]:
        """This fault and the others."""
        return [self, *self.others]

    def __str__(self) -> str:
        if not self.others:
            return self.alone()
        faults = [f"Fault {count}: {one.alone()}" for count, one in enumerate(self.all(), 1)]
        return "\n".join([f"{len(faults)} faults were found.", *faults])


def _rebuild(
    kind: type[UserError], what: str, where: str, expected: str, todo: str, code: str, others: Sequence[UserError]
) -> UserError:
    return kind(what, where=where, expected=expected, todo=todo, code=code, others=others)


class StudyError(UserError):
    """The study file does not say what it must."""


class SourceError(UserError):
    """A raw file is missing, unreadable, or breaks a rule beyond its tolerance."""


class DesignError(UserError):
    """The data do not allow the design that the study asks for."""


class WeightsError(DesignError):
    """A method that knows no weights was asked for a weighted estimate."""


class TooLargeError(DesignError):
    """A method whose time or memory would grow beyond a desk's computer on these data."""


class RenderError(UserError):
    """The report could not be written."""


class StepError(UserError):
    """A notebook stopped with an error."""


class DisclosureError(UserError):
    """Something would leave that could name a person or a unit."""


class Faults:
    """Faults of the raw files, gathered so that a person sees all of them at once and not one a run."""

    def __init__(self) -> None:
        self.found: list[UserError] = []

    def meet(self, error: UserError) -> None:
        """Keep a fault after which the work can go on; the same one is kept once."""
        for one in error.all():
            if one.alone() not in {known.alone() for known in self.found}:
                self.found.append(one)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Keep what stops a part of the work, and go on after it."""
        try:
            yield
        except UserError as error:
            self.meet(error)
        except Exception:
            if not self.found:
                raise  # no fault of the files came before that could have led to it: it is ours

    def stop(self) -> None:
        """Raise the first fault with the others beside it, if there is any.

        Raises:
            UserError: The first one.
        """
        if self.found:
            first, *others = self.found
            raise _rebuild(type(first), first.what, first.where, first.expected, first.todo, first.code, others)
