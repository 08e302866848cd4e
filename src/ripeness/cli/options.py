"""Options that several commands share, each defined once.

``--json`` and ``--quiet`` may stand before or after the command's name: both places write to the
one :class:`~ripeness.cli.report.Output` that the context carries.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ripeness.cli.report import Output


def output_of(context: typer.Context) -> Output:
    """Return the output that this call of the program writes to."""
    return context.find_root().obj


def _remember_json(context: typer.Context, value: bool) -> bool:
    output_of(context).json |= value
    return value


def _remember_quiet(context: typer.Context, value: bool) -> bool:
    output_of(context).quiet |= value
    return value


Json = Annotated[
    bool,
    typer.Option("--json", callback=_remember_json, help="Write one JSON object instead of text."),
]
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet", callback=_remember_quiet, help="Show no progress and no warnings, only errors."
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Treat warnings as failures (exit code 1).")]
Worlds = Annotated[
    int, typer.Option("--worlds", metavar="N", min=1, help="How many worlds to simulate.")
]
Seed = Annotated[
    int,
    typer.Option(
        "--seed", metavar="S", min=0, help="The same seed and inputs give the same worlds."
    ),
]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Folder to write to.", show_default="runs/SCENARIO"),
]
Sources = Annotated[
    Path | None,
    typer.Option("--sources", metavar="DIR", help="Folder of source documents, to show passages."),
]
