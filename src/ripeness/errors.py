"""What went wrong, where, and what to do about it.

Every message a user sees is a :class:`Problem`. Code that finds bad input collects all the
problems it can and raises them at once, so that nobody mends a file one complaint at a time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        level: ``error`` stops the work, ``warning`` does not.
        where: file and line, option or argument, as the user knows it.
        what: what is wrong, in one sentence.
        remedy: what to do about it, in one sentence.
    """

    level: Level
    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.level}: {self.where}: {self.what} {self.remedy}".rstrip()


class RipenessError(Exception):
    """Base of all errors with a message for the user; ``exit_code`` is the documented one."""

    exit_code = 2

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (
            (problems,) if isinstance(problems, Problem) else tuple(problems)
        )
        super().__init__("\n".join(str(problem) for problem in self.problems))


class InputError(RipenessError):
    """The user's input or usage cannot be worked with (exit code 2)."""

    exit_code = 2


class StrictFailure(RipenessError):
    """The work was done, but a strict check or a claim test failed (exit code 1)."""

    exit_code = 1


class NotConverged(RipenessError):
    """A solver stopped before its rules settled (exit code 3)."""

    exit_code = 3


class Interrupted(RipenessError):
    """The user stopped the work; what was finished is kept (exit code 130)."""

    exit_code = 130


def bad_input(where: str, what: str, remedy: str = "") -> InputError:
    """Return (not raise) an :class:`InputError` with a single problem."""
    return InputError(Problem("error", where, what, remedy))
