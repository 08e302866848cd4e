"""``ripeness compare``: the same worlds with the same luck under rival theories of war ending."""

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
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAMES",
            help="Names of theories, with spaces or commas between them.",
            show_default="all there are",
        ),
    ] = None,
    theories: Annotated[
        bool,
        typer.Option("--theories", help="Compare theories of war ending; the only comparison yet."),
    ] = False,
    worlds: Worlds = 1024,
    seed: Seed = 1,
    plays: Annotated[
        int,
        typer.Option(
            "--plays", metavar="R", min=2, help="How often to play each world, with other luck."
        ),
    ] = 2,
    solves: Annotated[
        int,
        typer.Option(
            "--solves",
            metavar="K",
            min=1,
            help="Solve for expectations this often, to tell the solver's share of the spread.",
        ),
    ] = 1,
    lever: Annotated[
        list[str] | None,
        typer.Option("--lever", metavar="NAME=VALUE", help="Move a lever. Repeat for more."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Folder for pictures and figures."),
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Play the same worlds under rival theories: where do they agree, and whose is the spread?

    For example: ripeness compare ukraine --theories hurting_stalemate exhaustion
    """
    levers = dict(parse_lever(text) for text in lever or ())
    wanted = [name for text in names or () for name in text.split(",") if name]

    from ripeness.bargaining.strategies.expectations import Expectations
    from ripeness.cli.cache import CacheTrouble
    from ripeness.cli.compared import compared_answer, not_learnt, write_comparison
    from ripeness.cli.progress import show_progress
    from ripeness.explore.comparison import compare_theories
    from ripeness.explore.rivals import chosen
    from ripeness.explore.solver_spread import solver_spread
    from ripeness.scenario.load import load

    output = output_of(context)
    war = load(scenario).with_levers(**levers)
    with CacheTrouble() as cache, show_progress(quiet=output.quiet) as progress:
        among = chosen(wanted or None)  # before anything is solved
        solver = None
        if solves > 1 and Expectations.name in among:
            report = lambda done, total: progress(done, total, "solves")  # noqa: E731
            solver = solver_spread(war, len(among), worlds, seed, solves, report)
        comparison = compare_theories(
            war,
            wanted or None,
            worlds,
            seed,
            plays=plays,
            solver=solver,
            progress=lambda done, total: progress(done, total, "worlds"),
            learning=lambda done, total: progress(done, total, "learning"),
        )
    result = comparison.as_mapping()
    answer = compared_answer(comparison)
    if out is not None:
        files = write_comparison(out, comparison, result)
        result["files"] = files
        answer += "\n\nWritten: " + ", ".join(str(file) for file in files)
    output.finish(answer, result, problems=(*cache.problems(), *not_learnt(comparison)))
