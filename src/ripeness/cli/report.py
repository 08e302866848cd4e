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
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import IntEnum
from pathlib import PurePath
from typing import TYPE_CHECKING

from ripeness.errors import InputError, Problem

if TYPE_CHECKING:
    from typing import TextIO

SCHEMA_VERSION = 1

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What commands a terminal, turns the direction of writing, or is no character: names of files and
the text of a scenario may hold it, and are shown without."""


class AnswerLost(InputError):
    """The work was done, but stdout would not take the answer."""


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
                write(visible(answer if answer.endswith("\n") else f"{answer}\n"))
        self.finished = True
        if exit_code:
            import typer

            raise typer.Exit(int(exit_code))

    def show(self, problems: Iterable[Problem]) -> None:
        """Write problems to stderr, three lines each: where, what, remedy."""
        colour = wants_colour(sys.stderr.isatty(), os.environ)
        for problem in problems:
            if problem.level == "error" or not self.quiet:
                sys.stderr.write(encodable(as_lines(problem, colour=colour), sys.stderr))
        sys.stderr.flush()


def wants_colour(is_terminal: bool, environment: Mapping[str, str]) -> bool:
    """Return whether to colour: only on a terminal that can, unless NO_COLOR is set."""
    return is_terminal and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def as_lines(problem: Problem, *, colour: bool = False) -> str:
    """Return a problem as lines of text: where, what, remedy (left out if there is none)."""
    label = f"{problem.level}:"
    if colour:
        label = f"\x1b[{31 if problem.level == 'error' else 33};1m{label}\x1b[0m"
    lines = [f"{label} {one_line(problem.where)}", f"  {one_line(problem.what)}"]
    if problem.remedy:
        lines.append(f"  {one_line(problem.remedy)}")
    return "\n".join(lines) + "\n"


def one_line(text: str) -> str:
    """Return a text as it may be shown in a line of a message."""
    return visible(" ".join(text.split("\n"))).replace("\t", " ")


def visible(text: str) -> str:
    """Return a text in which what a terminal would obey is replaced by a mark."""
    return _UNSAFE.sub("\ufffd", text)


def encodable(text: str, stream: TextIO) -> str:
    """Return a text that a stream can write, whatever its encoding."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def write(text: str) -> None:
    """Write to stdout, all of it and now.

    Raises:
        AnswerLost: if stdout takes no more, for instance because it is a file on a full disk.
        BrokenPipeError: if its reader has left.
    """
    try:
        sys.stdout.write(encodable(text, sys.stdout))
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        what = f"The answer could not be written: {error.strerror or error}."
        remedy = "Send it elsewhere. What the command wrote to folders of its own is complete."
        raise AnswerLost(Problem("error", "stdout", what, remedy)) from error


def open_missing_streams() -> None:
    """Put something in the place of a stdout or stderr that was closed before we began."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115


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
    ascii_only = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    text = json_format.dumps(plain(value), indent=2, ensure_ascii=ascii_only, allow_nan=False)
    lines = (
        _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", line) for line in text.split("\n")
    )
    write("\n".join(lines) + "\n")


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
