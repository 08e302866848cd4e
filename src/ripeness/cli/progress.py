"""How far along: a bar on a terminal, plain lines elsewhere, nothing with ``--quiet``.

Always on stderr, so that stdout holds the answer and nothing else.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

Progress = Callable[[int, int, str], None]
"""Called as ``progress(done, total, label)`` whenever some of the work is done."""

LINE_EVERY_PERCENT = 10
"""On a log, a line for each tenth of the work: ten lines say enough."""


def silent(done: int, total: int, label: str) -> None:
    """Say nothing."""


@contextmanager
def show_progress(*, quiet: bool, stream: TextIO | None = None) -> Iterator[Progress]:
    """Yield the function to call as work is done, and tidy the terminal afterwards."""
    target = stream or sys.stderr
    if quiet:
        yield silent
    elif target.isatty() and os.environ.get("TERM") != "dumb":
        with _bar(target) as progress:
            yield progress
    else:
        yield lines(target)


def lines(stream: TextIO) -> Progress:
    """Return a progress function that writes a line for each tenth of each labelled task."""
    last_written: dict[str, int] = {}

    def progress(done: int, total: int, label: str) -> None:
        percent = 100 * done // total if total > 0 else 100
        step = percent // LINE_EVERY_PERCENT
        if step > last_written.get(label, 0):
            last_written[label] = step
            stream.write(f"{label}: {step * LINE_EVERY_PERCENT}% ({done} of {total})\n")
            stream.flush()

    return progress


@contextmanager
def _bar(stream: TextIO) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    tasks: dict[str, TaskID] = {}
    with Bar(*columns, console=Console(file=stream), transient=True) as bar:

        def progress(done: int, total: int, label: str) -> None:
            if label not in tasks:
                tasks[label] = bar.add_task(label, total=total)
            bar.update(tasks[label], completed=done, total=total)

        yield progress
