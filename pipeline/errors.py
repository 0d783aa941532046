"""Errors meant for the person who meets them: what happened, where, what was expected, what to do next."""

from __future__ import annotations


class UserError(Exception):
    """A mistake in the input or the set-up, told in full sentences and without a traceback.

    Args:
        what: What happened, in one sentence.
        where: Place of the fault: file, sheet, row, column; or the key of a study file.
        expected: The rule that was broken.
        todo: What the reader should do next.
    """

    def __init__(self, what: str, *, where: str = "", expected: str = "", todo: str = "") -> None:
        self.what, self.where, self.expected, self.todo = what, where, expected, todo
        super().__init__(str(self))

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword-only arguments would be lost when an error crosses a process.
        return (_rebuild, (type(self), self.what, self.where, self.expected, self.todo))

    def __str__(self) -> str:
        lines = [self.what]
        for label, value in (("where", self.where), ("expected", self.expected), ("to do", self.todo)):
            if value:
                head, *rest = value.splitlines()
                lines += [f"  {label + ':':<10}{head}", *(f"{'':12}{line}" for line in rest)]
        return "\n".join(lines)


def _rebuild(kind: type[UserError], what: str, where: str, expected: str, todo: str) -> UserError:
    return kind(what, where=where, expected=expected, todo=todo)


class StudyError(UserError):
    """The study file does not say what it must."""


class SourceError(UserError):
    """A raw file is missing, unreadable, or breaks a rule beyond its tolerance."""


class DesignError(UserError):
    """The data do not allow the design that the study asks for."""


class RenderError(UserError):
    """The report could not be written."""


class StepError(UserError):
    """A notebook stopped with an error."""


class DisclosureError(UserError):
    """Something would leave that could name a person or a unit."""
