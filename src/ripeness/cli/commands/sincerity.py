"""``ripeness sincerity``: is coming to talks real, what does it reveal, and what does a stall gain?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ripeness.cli.commands.run import parse_lever
from ripeness.cli.options import Json, Quiet, Seed, Worlds, output_of


def command(
    context: typer.Context,
    scenario: Annotated[
        str,
        typer.Argument(
            metavar="SCENARIO", help="A scenario's name, such as `ukraine`, or a YAML file."
        ),
    ],
    worlds: Worlds = 1024,
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
        typer.Option("--out", metavar="DIR", help="Folder for the picture and the figures."),
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Is coming to talks real or a stall, what does it reveal, and what does a stall gain?

    Each world is played with and without each side's stalls, with the same luck; what a stall gains is
    split among aid that fades, what mediators tell, and rest in a ceasefire.
    """
    levers = dict(parse_lever(text) for text in lever or ())

    from ripeness.cli.cache import CacheTrouble
    from ripeness.cli.progress import show_progress
    from ripeness.cli.sincere import not_learnt, sincere_answer, write_sincerity
    from ripeness.explore.sincerity import sincerity_of
    from ripeness.outcomes.prepare import prepared
    from ripeness.scenario.load import load
    from ripeness.worlds.draw import draw_worlds

    output = output_of(context)
    war = load(scenario).with_levers(**levers)
    drawn = draw_worlds(war, worlds, seed, theory=theory)
    with CacheTrouble() as cache, show_progress(quiet=output.quiet) as progress:
        ready, learnt = prepared(
            war, drawn, seed=seed, progress=lambda done, total: progress(done, total, "learning")
        )
        found = sincerity_of(war, ready, lambda done, total: progress(done, total, "plays"))
    result = found.as_mapping()
    answer = sincere_answer(found)
    if out is not None:
        files = write_sincerity(out, found, result)
        result["files"] = files
        answer += "\n\nWritten: " + ", ".join(str(file) for file in files)
    output.finish(answer, result, problems=(*cache.problems(), *not_learnt(learnt)))
