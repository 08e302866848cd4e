"""The single place where an error becomes a message and an exit code.

A user sees a traceback only after setting ``RIPENESS_DEBUG=1``.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from contextlib import suppress
from typing import TextIO

from ripeness.cli.report import AnswerLost, ExitCode, Output, envelope, provenance, write_json
from ripeness.errors import Problem, RipenessError

PATIENCE = 1.0
"""Seconds after an interruption in which nothing is said: most steps end sooner."""


def listen_for_interrupts() -> None:
    """Let the first Ctrl-C end the step in hand, and the second the program, at once."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _on_interrupt)


def _on_interrupt(number: int, frame: object) -> None:
    signal.signal(signal.SIGINT, _leave_at_once)
    slow = threading.Timer(PATIENCE, _say_that_it_takes_time)
    slow.daemon = True
    slow.start()
    raise KeyboardInterrupt


def _say_that_it_takes_time() -> None:
    with suppress(OSError):
        os.write(2, b"Stopping as soon as the step in hand is done; Ctrl-C again stops at once.\n")


def _leave_at_once(number: int, frame: object) -> None:
    # Nothing is half written: files of a run are made aside and moved into place.
    show_cursor = b"\x1b[?25h" if os.isatty(2) else b""
    message = b"error: ripeness\n  Stopped by you, at once.\n  What was already written is kept.\n"
    with suppress(OSError):
        os.write(2, show_cursor + message)
    os._exit(ExitCode.INTERRUPTED)


def explain(error: BaseException) -> tuple[int, tuple[Problem, ...]]:
    """Return the exit code and the messages for an error that ended a command."""
    if isinstance(error, RipenessError):
        return error.exit_code, error.problems
    if isinstance(error, KeyboardInterrupt):
        remedy = "What was already written is kept. Repeat the command to start again."
        return ExitCode.INTERRUPTED, (Problem("error", "ripeness", "Stopped by you.", remedy),)
    if isinstance(error, BrokenPipeError):
        return ExitCode.READER_LEFT, (_reader_left(),)
    if isinstance(error, OSError):
        return ExitCode.BAD_INPUT, (_about_the_system(error),)
    if isinstance(error, MemoryError) or "RESOURCE_EXHAUSTED" in str(error):
        what = "The machine ran out of memory."
        remedy = "Ask for fewer worlds, for example --worlds 1024, or close other programs."
        return ExitCode.BAD_INPUT, (Problem("error", "memory", what, remedy),)
    if _is_usage(error):
        return ExitCode.BAD_INPUT, (_about_usage(error),)
    return ExitCode.BUG, (_about_a_bug(error),)


def report(error: BaseException, output: Output) -> int:
    """Tell the user about an error and return the exit code."""
    try:
        return _report(error, output)
    except OSError:  # nobody can be told: stdout or stderr is full or closed
        _abandon(sys.stdout)
        _abandon(sys.stderr)
        return int(explain(error)[0])


def _report(error: BaseException, output: Output) -> int:
    code, problems = explain(error)
    if os.environ.get("RIPENESS_DEBUG") == "1":
        traceback.print_exception(error)
    if code == ExitCode.READER_LEFT or isinstance(error, AnswerLost):
        _abandon(sys.stdout)
    elif output.json and not output.finished:
        write_json(envelope(code, problems, {}, provenance(output.arguments)))
        sys.stdout.flush()
        return int(code)
    output.show(problems)
    return int(code)


def wants_json(arguments: Sequence[str]) -> bool:
    """Return whether the command line asks for JSON, even if the rest of it makes no sense."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return "--json" in options


def _is_usage(error: BaseException) -> bool:
    import typer

    return isinstance(error, typer.TyperException | typer.Abort)


def _about_usage(error: BaseException) -> Problem:
    import typer

    context = getattr(error, "ctx", None)
    command = context.command_path if context else "ripeness"
    what = error.format_message() if isinstance(error, typer.TyperException) else "Given up."
    return Problem("error", command, what, f"Type `{command} --help` to see what it takes.")


def _about_the_system(error: OSError) -> Problem:
    where = str(error.filename or error.filename2 or "the file system")
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        what = "There is no room left on this disk."
        remedy = "Free some space, or write elsewhere with --out FOLDER. The output is incomplete."
    elif isinstance(error, PermissionError) or error.errno == errno.EROFS:
        what = "You may not read or write here."
        remedy = "Choose another place (--out FOLDER), or have the permissions changed."
    elif isinstance(error, FileNotFoundError):
        what = "There is no such file or folder."
        remedy = "Check the spelling and the folder you are in."
    else:
        what = f"The system refused: {error.strerror or error}."
        remedy = "Check the path; if it is right, try another folder or disk."
    return Problem("error", where, what, remedy)


def _about_a_bug(error: BaseException) -> Problem:
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].name}, line {frames[-1].lineno}" if frames else "an unknown place"
    what = f"This is a mistake in Ripeness, not in your input: {type(error).__name__}: {error}"
    remedy = (
        "Please report it with the command you typed. Repeat the command with RIPENESS_DEBUG=1 "
        "set to see the details to send along."
    )
    return Problem("error", place, what, remedy)


def _reader_left() -> Problem:
    what = "The program that was reading this output closed it before the end."
    return Problem("error", "stdout", what, "Read it to the end, or send it to a file with `>`.")


def _abandon(stream: TextIO) -> None:
    # Python flushes the streams once more at exit, and would complain about them again.
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
