"""The report's small parts."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from ripeness.cli.commands.check import summary, verdict
from ripeness.cli.commands.run import parse_lever
from ripeness.cli.report import ExitCode, as_lines, plain, wants_colour, write_json
from ripeness.errors import InputError, Problem

WARNING = Problem("warning", "here", "This is odd.", "")
ERROR = Problem("error", "here", "This is wrong.", "Mend it.")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (float("nan"), None),
        (float("-inf"), None),
        (np.float64("nan"), None),
        (np.float32(0.5), 0.5),
        (np.int64(3), 3),
        (np.bool_(True), True),
        (np.array([1.0, np.inf]), [1.0, None]),
        ((1, 2), [1, 2]),
        ({1: Path("a") / "b"}, {"1": "a/b"}),
        (date(2026, 2, 24), "2026-02-24"),
        ("Ж", "Ж"),
    ],
)
def test_plain_values(value: object, expected: object) -> None:
    assert plain(value) == expected


def test_what_cannot_be_written_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot write a object as JSON"):
        plain(object())


def test_json_is_not_wrapped(capsys: pytest.CaptureFixture[str]) -> None:
    write_json({"text": "long " * 200, "markup": "[bold]"})
    text = capsys.readouterr().out
    assert json.loads(text)["markup"] == "[bold]"
    assert max(len(line) for line in text.splitlines()) > 900


def test_lines_leave_out_an_empty_remedy() -> None:
    assert as_lines(WARNING) == "warning: here\n  This is odd.\n"
    assert as_lines(ERROR, colour=True).startswith("\x1b[31;1merror:\x1b[0m here\n")


@pytest.mark.parametrize(
    ("is_terminal", "environment", "expected"),
    [
        (True, {}, True),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"TERM": "dumb"}, False),
        (False, {}, False),
    ],
)
def test_colour(is_terminal: bool, environment: dict[str, str], expected: bool) -> None:
    assert wants_colour(is_terminal, environment) is expected


def test_levers() -> None:
    assert parse_lever("aid_surge = 1.5") == ("aid_surge", 1.5)
    for text in ("aid_surge", "=1", "aid_surge=", "aid_surge=lots", "aid_surge=nan", ""):
        with pytest.raises(InputError):
            parse_lever(text)


def test_a_check_fails_on_errors_and_on_warnings_only_if_strict() -> None:
    assert verdict([], strict=True) is ExitCode.DONE
    assert verdict([WARNING], strict=False) is ExitCode.DONE
    assert verdict([WARNING], strict=True) is ExitCode.FAILED
    assert verdict([WARNING, ERROR], strict=False) is ExitCode.BAD_INPUT
    assert summary("war.yaml", 1, 2) == "war.yaml: 1 error, 2 warnings."
