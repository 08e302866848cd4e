"""``ripeness check``: find every problem in a scenario file at once."""

from __future__ import annotations

from typing import Annotated

import typer

from ripeness.cli.options import Json, Quiet, Strict, output_of
from ripeness.cli.report import ExitCode
from ripeness.errors import Problem


def command(
    context: typer.Context,
    scenario: Annotated[
        str,
        typer.Argument(metavar="FILE", help="A scenario's YAML file, or its name, as `ukraine`."),
    ],
    strict: Strict = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Check a scenario file and list all its problems at once."""
    from ripeness.scenario.load import check

    problems = check(scenario)
    errors = sum(problem.level == "error" for problem in problems)
    warnings = len(problems) - errors
    output_of(context).finish(
        summary(scenario, errors, warnings),
        {"file": scenario, "errors": errors, "warnings": warnings},
        problems=problems,
        exit_code=verdict(problems, strict=strict),
    )


def verdict(problems: list[Problem], *, strict: bool) -> ExitCode:
    """Return the exit code: errors are bad input, warnings fail only a strict check."""
    if any(problem.level == "error" for problem in problems):
        return ExitCode.BAD_INPUT
    return ExitCode.FAILED if strict and problems else ExitCode.DONE


def summary(scenario: str, errors: int, warnings: int) -> str:
    """Return one line on what the check found."""
    if not errors and not warnings:
        return f"{scenario}: no problems found. Next: ripeness run {scenario}"
    return f"{scenario}: {count(errors, 'error')}, {count(warnings, 'warning')}."


def count(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural unless there is one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
