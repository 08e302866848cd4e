"""``ripeness brief``: write a run up for reading."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ripeness.cli.options import Json, Quiet, output_of
from ripeness.errors import bad_input


def command(
    context: typer.Context,
    run: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a finished run.")],
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write the brief of a run: one page that opens in any browser."""
    if not (run / "manifest.json").is_file():
        raise bad_input(
            str(run),
            "There is no finished run in this folder: it has no manifest.json.",
            "Make one with `ripeness run SCENARIO --out FOLDER`, then give that folder here.",
        )
    from ripeness.brief.write import write_brief

    page = write_brief(run)
    output_of(context).finish(f"Wrote {page}. Open it in a browser.", {"brief": page})
