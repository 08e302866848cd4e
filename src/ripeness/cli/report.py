"""What the program says: the answer on stdout, problems on stderr, or one JSON object.

The JSON object is a contract with scripts. Its keys are ``schema_version``, ``status``,
``problems``, ``result`` and ``provenance``; ``SCHEMA_VERSION`` rises when a key changes meaning
or goes. It is written with ``sys.stdout.write``: a library that lays out text for a terminal
would wrap its lines at the terminal's width.
"""

from __future__ import annotations

import json as json_format
import math
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import IntEnum
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ripeness.errors import Problem

SCHEMA_VERSION = 1


class ExitCode(IntEnum):
    """How a call of the program ended. The lower-case names are the JSON's ``status``."""

    DONE = 0
    FAILED = 1  # the work was done, but a strict check or a claim's test failed
    BAD_INPUT = 2
    NOT_CONVERGED = 3
    BUG = 70  # EX_SOFTWARE of sysexits.h
    INTERRUPTED = 130  # 128 + SIGINT, as shells count
    READER_LEFT = 141  # 128 + SIGPIPE


@dataclass
class Output:
    """Where one call of the program writes, and how.

    Attributes:
        json: write one JSON object to stdout and nothing else there.
        quiet: no progress and no warnings on stderr.
        arguments: the command line, repeated in the provenance.
        finished: set once the answer is out; there is only one per call.
    """

    json: bool = False
    quiet: bool = False
    arguments: tuple[str, ...] = ()
    finished: bool = field(default=False, init=False)

    def finish(
        self,
        answer: str,
        result: Mapping[str, object] | None = None,
        *,
        problems: Iterable[Problem] = (),
        exit_code: int = ExitCode.DONE,
    ) -> None:
        """Write the problems and then the answer, and leave the command.

        Args:
            answer: the text for people, on stdout; empty if there is none.
            result: the same answer for programs, in the JSON object.
            problems: what the reader should know besides.
            exit_code: how the call ended.

        Raises:
            typer.Exit: if ``exit_code`` is not zero. Typer ignores an exit that is returned.
        """
        problems = tuple(problems)
        if self.json:
            write_json(envelope(exit_code, problems, result or {}, provenance(self.arguments)))
        else:
            self.show(problems)
            if answer:
                sys.stdout.write(answer if answer.endswith("\n") else f"{answer}\n")
        sys.stdout.flush()
        self.finished = True
        if exit_code:
            import typer

            raise typer.Exit(int(exit_code))

    def show(self, problems: Iterable[Problem]) -> None:
        """Write problems to stderr, three lines each: where, what, remedy."""
        colour = wants_colour(sys.stderr.isatty(), os.environ)
        for problem in problems:
            if problem.level == "error" or not self.quiet:
                sys.stderr.write(as_lines(problem, colour=colour))
        sys.stderr.flush()


def wants_colour(is_terminal: bool, environment: Mapping[str, str]) -> bool:
    """Return whether to colour: only on a terminal that can, unless NO_COLOR is set."""
    return is_terminal and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def as_lines(problem: Problem, *, colour: bool = False) -> str:
    """Return a problem as lines of text: where, what, remedy (left out if there is none)."""
    label = f"{problem.level}:"
    if colour:
        label = f"\x1b[{31 if problem.level == 'error' else 33};1m{label}\x1b[0m"
    lines = [f"{label} {problem.where}", f"  {problem.what}"]
    if problem.remedy:
        lines.append(f"  {problem.remedy}")
    return "\n".join(lines) + "\n"


def envelope(
    exit_code: int,
    problems: Iterable[Problem],
    result: Mapping[str, object],
    provenance: Mapping[str, object],
) -> dict[str, object]:
    """Return the JSON object that every command writes."""
    return {
        "schema_version": SCHEMA_VERSION,
        "status": ExitCode(exit_code).name.lower(),
        "problems": [asdict(problem) for problem in problems],
        "result": dict(result),
        "provenance": dict(provenance),
    }


def provenance(arguments: Iterable[str]) -> dict[str, object]:
    """Return what made this output: the program, its version and its command line."""
    import platform

    import ripeness

    return {
        "program": "ripeness",
        "version": ripeness.__version__,
        "arguments": list(arguments),
        "python": platform.python_version(),
    }


def write_json(value: object) -> None:
    """Write a value to stdout as JSON that any reader accepts (no NaN, no infinity)."""
    text = json_format.dumps(plain(value), indent=2, ensure_ascii=False, allow_nan=False)
    sys.stdout.write(text + "\n")


def plain(value: object) -> object:
    """Return a value made of JSON's own types; numbers that are not finite become null."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, PurePath):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    to_list = getattr(value, "tolist", None)  # NumPy's and JAX's arrays and scalars
    if callable(to_list):
        return plain(to_list())
    message = f"cannot write a {type(value).__name__} as JSON"
    raise TypeError(message)
