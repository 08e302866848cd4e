"""The program's ends: exit codes, messages, the JSON object. A made-up command stands in."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from jsonschema import validate

from ripeness.cli import commands
from ripeness.cli.application import build_app, command_names
from ripeness.cli.main import main
from ripeness.errors import (
    InputError,
    Interrupted,
    NotConverged,
    Problem,
    RipenessError,
    StrictFailure,
)

MADE_UP = '''
"""A command that ends as the test wishes."""
from __future__ import annotations
import typer
from ripeness.cli.options import Json, Quiet, output_of
ENDING = []
def command(context: typer.Context, json: Json = False, quiet: Quiet = False) -> None:
    """Do what the test wishes."""
    ENDING[0](output_of(context))
'''

ENVELOPE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["schema_version", "status", "problems", "result", "provenance"],
    "properties": {
        "schema_version": {"const": 1},
        "status": {"type": "string"},
        "problems": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["level", "where", "what", "remedy"],
                "properties": {
                    "level": {"enum": ["error", "warning"]},
                    "where": {"type": "string"},
                    "what": {"type": "string"},
                    "remedy": {"type": "string"},
                },
            },
        },
        "result": {"type": "object"},
        "provenance": {"type": "object", "required": ["program", "version", "arguments"]},
    },
}

ERROR = Problem("error", "war.yaml, line 3", "`resolve` must be positive, but is -4.", "Remove it.")
WARNING = Problem("warning", "war.yaml, line 9", "This number has no source.", "Name one.")


@pytest.fixture
def ending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list:
    """Add the command `madeup` by adding a file, and return the list that holds its ending."""
    (tmp_path / "madeup.py").write_text(MADE_UP)
    monkeypatch.setattr(commands, "__path__", [*commands.__path__, str(tmp_path)])
    monkeypatch.delitem(sys.modules, "ripeness.cli.commands.madeup", raising=False)
    build_app()
    chosen: list = []
    monkeypatch.setattr(sys.modules["ripeness.cli.commands.madeup"], "ENDING", chosen)
    return chosen


def raiser(error: BaseException):
    def end(output: object) -> None:
        raise error

    return end


@pytest.mark.parametrize(
    ("error", "code", "status", "said"),
    [
        (InputError(ERROR), 2, "bad_input", "must be positive"),
        (StrictFailure(WARNING), 1, "failed", "no source"),
        (NotConverged(ERROR), 3, "not_converged", "must be positive"),
        (Interrupted(ERROR), 130, "interrupted", "must be positive"),
        (RipenessError([ERROR, WARNING]), 2, "bad_input", "no source"),
        (KeyboardInterrupt(), 130, "interrupted", "Stopped by you"),
        (OSError(errno.ENOSPC, "No space", "/run"), 2, "bad_input", "no room left"),
        (PermissionError(errno.EACCES, "Denied", "/run"), 2, "bad_input", "may not read or write"),
        (FileNotFoundError(errno.ENOENT, "None", "/run"), 2, "bad_input", "no such file"),
        (OSError(errno.EIO, "I/O error"), 2, "bad_input", "I/O error"),
        (MemoryError(), 2, "bad_input", "--worlds"),
        (ZeroDivisionError("division by zero"), 70, "bug", "Please report it"),
        (typer.Abort(), 2, "bad_input", "--help"),
    ],
)
def test_each_error_has_its_code_and_message(
    error: BaseException,
    code: int,
    status: str,
    said: str,
    ending: list,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ending.append(raiser(error))
    assert main(["madeup"]) == code
    text = capsys.readouterr()
    assert text.out == ""
    assert said in text.err
    assert "Traceback" not in text.err

    assert main(["madeup", "--json"]) == code
    text = capsys.readouterr()
    report = json.loads(text.out)
    validate(report, ENVELOPE)
    assert report["status"] == status
    assert text.err == ""
    assert any(said in problem["what"] + problem["remedy"] for problem in report["problems"])


def test_the_traceback_is_there_for_who_asks(
    ending: list, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RIPENESS_DEBUG", "1")
    ending.append(raiser(ZeroDivisionError("division by zero")))
    assert main(["madeup"]) == 70
    assert "Traceback" in capsys.readouterr().err


def test_a_good_end(ending: list, capsys: pytest.CaptureFixture[str]) -> None:
    ending.append(lambda output: output.finish("Peace.", {"share": 0.5}, problems=[WARNING]))
    assert main(["madeup"]) == 0
    text = capsys.readouterr()
    assert text.out == "Peace.\n"
    assert text.err == ("warning: war.yaml, line 9\n  This number has no source.\n  Name one.\n")
    assert main(["madeup", "--quiet"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("arguments", [["--json", "madeup"], ["madeup", "--json"]])
def test_json_may_stand_before_or_after_the_command(
    arguments: list[str], ending: list, capsys: pytest.CaptureFixture[str]
) -> None:
    ending.append(lambda output: output.finish("Peace.", {"share": 0.5}, exit_code=1))
    assert main(arguments) == 1
    report = json.loads(capsys.readouterr().out)
    validate(report, ENVELOPE)
    assert report["result"] == {"share": 0.5}
    assert report["provenance"]["arguments"] == arguments


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rnu"], "Did you mean 'run'"),
        (["run"], "SCENARIO"),
        (["run", "x", "--worlds", "0"], "--worlds"),
        (["run", "x", "--wrolds", "9"], "--worlds"),
        (["run", "x", "--lever", "aid"], "--lever aid"),
        (["run", "x", "--sources", "no/such/folder"], "There is no such folder"),
        (["brief", "no/such/run"], "no finished run"),
    ],
)
def test_mistakes_on_the_command_line(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    text = capsys.readouterr()
    assert said in text.err
    assert text.out == ""
    assert main([*arguments, "--json"]) == 2
    validate(json.loads(capsys.readouterr().out), ENVELOPE)


def test_a_closed_pipe_is_explained_in_one_message() -> None:
    code = "import sys; from ripeness.cli.main import main; sys.exit(main(['--help']))"
    program = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.close()
        said = program.stderr.read()
    assert program.returncode == 141
    assert said.startswith("error: stdout\n")
    assert "Traceback" not in said
    assert "Exception ignored" not in said


def test_a_run_does_not_overwrite_unasked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "manifest.json").write_text("{}")
    assert main(["run", "ukraine", "--out", str(tmp_path)]) == 2
    assert "--force" in capsys.readouterr().err


@pytest.mark.parametrize("name", command_names())
def test_every_command_has_help_and_the_shared_options(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([name.replace("_", "-"), "--help"]) == 0
    text = capsys.readouterr().out
    assert "--json" in text
    assert "--quiet" in text
