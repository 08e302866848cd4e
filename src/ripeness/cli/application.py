"""The application: one command per file in ``commands/``, and the call of one of them."""

from __future__ import annotations

import pkgutil
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer
from typer.main import get_command

from ripeness.cli import commands
from ripeness.cli.options import Json, Quiet
from ripeness.cli.report import ExitCode, Output
from ripeness.errors import bad_input

EMPTY_OPTION = re.compile("--[a-z-]+=")

EPILOG = (
    "To begin: `ripeness run ukraine`. For a war of your own: `ripeness new`, then `check`, `run` "
    "and `brief`. Exit codes: 0 done, 1 a strict check or a claim failed, 2 bad input, "
    "3 did not converge, 130 interrupted."
)


def invoke(arguments: Sequence[str], output: Output) -> int:
    """Run one command and return its exit code, or raise what went wrong."""
    if any(not word or EMPTY_OPTION.fullmatch(word) for word in arguments):
        raise bad_input(
            "the command line",
            "One of the words after `ripeness` is empty.",
            "Remove it, or fill it in: perhaps a variable of your shell is not set.",
        )
    command = get_command(build_app())
    try:
        with command.make_context(
            "ripeness", list(arguments or ("--help",)), obj=output
        ) as context:
            command.invoke(context)
    except typer.Exit as end:
        return end.exit_code
    return ExitCode.DONE


def build_app() -> typer.Typer:
    """Return the application with every file in ``commands/`` as a command."""
    # No rich markup: help is plain text, and rich need not be loaded to print it.
    app = typer.Typer(
        name="ripeness", rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False
    )
    app.callback(invoke_without_command=True, epilog=EPILOG)(_before_any_command)
    for name in command_names():
        module = import_module(f"{commands.__name__}.{name}")
        app.command(name.replace("_", "-"))(module.command)
    return app


def command_names() -> list[str]:
    """Return the names of the files in ``commands/``, in alphabetical order."""
    return sorted(module.name for module in pkgutil.iter_modules(commands.__path__))


def _print_version(value: bool) -> None:
    if value:
        import ripeness

        sys.stdout.write(f"ripeness {ripeness.__version__}\n")
        raise typer.Exit


def _before_any_command(
    context: typer.Context,
    json: Json = False,
    quiet: Quiet = False,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Ripeness, a workbench on how wars end.

    Is an offer real, what would make the sides settle, on what terms, and would the peace hold?
    """
    if context.invoked_subcommand is None:
        sys.stdout.write(context.get_help() + "\n")
