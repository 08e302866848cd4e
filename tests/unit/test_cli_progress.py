"""Progress: a bar on a terminal, ten lines in a log, nothing when quiet."""

from __future__ import annotations

import io

import pytest

from ripeness.cli.progress import show_progress


class Terminal(io.StringIO):
    """A stream that claims to be a terminal."""

    def isatty(self) -> bool:
        return True


def work(stream: io.StringIO, *, quiet: bool = False, total: int = 57) -> str:
    with show_progress(quiet=quiet, stream=stream) as progress:
        for done in range(total + 1):
            progress(done, total, "worlds")
        progress(2, 2, "claims")
    return stream.getvalue()


def test_a_log_gets_a_line_for_each_tenth() -> None:
    lines = work(io.StringIO()).splitlines()
    assert lines[0] == "worlds: 10% (6 of 57)"
    assert lines[9:] == ["worlds: 100% (57 of 57)", "claims: 100% (2 of 2)"]


def test_quiet_is_quiet() -> None:
    assert work(io.StringIO(), quiet=True) == ""
    assert work(Terminal(), quiet=True) == ""


def test_nothing_to_do_is_done() -> None:
    stream = io.StringIO()
    with show_progress(quiet=False, stream=stream) as progress:
        progress(0, 0, "worlds")
    assert stream.getvalue() == "worlds: 100% (0 of 0)\n"


def test_a_terminal_gets_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    text = work(Terminal())
    assert "worlds" in text
    assert "\x1b[" in text


def test_a_dumb_terminal_gets_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert work(Terminal()).startswith("worlds: 10%")
