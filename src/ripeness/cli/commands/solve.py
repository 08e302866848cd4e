"""``ripeness solve``: learn what both sides of a war expect, and say how far to trust it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ripeness.cli.commands.run import parse_lever
from ripeness.cli.options import Json, Quiet, Seed, output_of

Thorough = Annotated[
    bool,
    typer.Option(
        "--thorough", help="Also try shifted thresholds and best responses (about a minute more)."
    ),
]


def command(
    context: typer.Context,
    scenario: Annotated[
        str,
        typer.Argument(
            metavar="SCENARIO", help="A scenario's name, such as `ukraine`, or a YAML file."
        ),
    ],
    worlds: Annotated[
        int, typer.Option("--worlds", metavar="N", min=1, help="Worlds played in a sweep.")
    ] = 2048,
    sweeps: Annotated[int, typer.Option("--sweeps", metavar="K", min=1, help="Most sweeps.")] = 20,
    seed: Seed = 1,
    lever: Annotated[
        list[str] | None,
        typer.Option("--lever", metavar="NAME=VALUE", help="Move a lever. Repeat for more."),
    ] = None,
    resume: Annotated[
        Path | None,
        typer.Option(
            "--resume", metavar="FILE", help="Go on from the last finished sweep in this file."
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Keep what was learnt here, sweep by sweep."),
    ] = None,
    thorough: Thorough = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Learn what both sides expect, and say how far to trust it. `run --expectations FILE` takes it."""
    levers = dict(parse_lever(text) for text in lever or ())

    from ripeness.cli.cache import CacheTrouble
    from ripeness.cli.progress import show_progress
    from ripeness.cli.solving import Request, solve_war
    from ripeness.scenario.load import load

    output = output_of(context)
    war = load(scenario).with_levers(**levers)
    request = Request(war, worlds, sweeps, seed, resume, out or resume, thorough)
    with CacheTrouble() as cache, show_progress(quiet=output.quiet) as progress:
        done = solve_war(request, progress)
    problems = (*cache.problems(), *done.problems)
    output.finish(done.answer, done.result, problems=problems, exit_code=done.exit_code)
