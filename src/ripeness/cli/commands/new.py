"""``ripeness new``: begin a scenario from the template."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ripeness.cli.options import Json, Quiet, output_of


def command(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="A short name for the war, such as `karabakh`.")
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out", metavar="DIR", help="Folder to put the file in.", show_default="here"
        ),
    ] = Path(),
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Begin a scenario of your own from the template."""
    from ripeness.scenario.load import new

    file = new(name, out)
    answer = "\n".join(
        (
            f"Wrote {file}. It is complete and runs as it is; its numbers are placeholders.",
            "Next:",
            "  1. Open it and replace the numbers. Each wants a range, a unit and a source.",
            f"  2. ripeness check {file}",
            f"  3. ripeness run {file}",
        )
    )
    output_of(context).finish(answer, {"file": file})
