"""``ripeness draft``: who would sign a draft treaty, who vetoes and why, would it hold, what would help?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ripeness.cli.commands.run import parse_lever
from ripeness.cli.options import Json, Quiet, Seed, Worlds, output_of
from ripeness.errors import bad_input


def command(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="A draft treaty, a YAML file.", show_default=False),
    ] = None,
    new: Annotated[
        str | None,
        typer.Option(
            "--new", metavar="SCENARIO", help="Write a draft for this scenario to start from."
        ),
    ] = None,
    worlds: Worlds = 1000,
    seed: Seed = 1,
    theory: Annotated[
        str | None,
        typer.Option("--theory", metavar="NAME", help="Decide by this theory of war ending only."),
    ] = None,
    lever: Annotated[
        list[str] | None,
        typer.Option("--lever", metavar="NAME=VALUE", help="Move a lever. Repeat for more."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Folder for the page, or for the new draft."),
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Judge a draft treaty: who signs it, who vetoes and why, and does it hold for five years?

    Also the single change of one level that helps most, and where the draft stands among all packages.
    Exit codes: 0 judged, 2 the draft or the command line cannot be worked with.
    """
    output = output_of(context)
    if (file is None) == (new is None):
        what = "Both a draft and --new were given." if new else "No draft was given."
        remedy = "Give the FILE of a draft; or --new SCENARIO, which writes one to start from."
        raise bad_input("ripeness draft", what, remedy)
    if new is not None:
        from ripeness.scenario.draft import new_draft

        written = new_draft(new, out or Path())
        answer = (
            f"Wrote {written}. It is complete and can be judged as it is.\nNext:\n"
            f"  1. Open it and choose a level for each issue.\n  2. ripeness draft {written}"
        )
        output.finish(answer, {"file": written})
        return
    assert file is not None
    if out is not None and out.exists() and not out.is_dir():
        raise bad_input(f"--out {out}", "This is a file.", "Give the name of a folder.")
    levers = dict(parse_lever(text) for text in lever or ())

    from ripeness.cli.cache import CacheTrouble
    from ripeness.cli.drafting import drafted
    from ripeness.cli.progress import show_progress
    from ripeness.scenario.draft import read_draft

    draft = read_draft(file).with_levers(**levers)
    with CacheTrouble() as cache, show_progress(quiet=output.quiet) as progress:
        answer, result, problems = drafted(draft, str(file), worlds, seed, theory, out, progress)
    output.finish(answer, result, problems=(*cache.problems(), *problems))
