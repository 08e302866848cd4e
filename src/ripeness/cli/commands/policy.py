"""``ripeness policy inverse``: the least that would have to change for both to sign and the peace to hold."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from ripeness.cli.commands.run import parse_lever
from ripeness.cli.options import Json, Quiet, Seed, output_of


class Question(StrEnum):
    """What is asked of policies."""

    inverse = "inverse"


def command(  # noqa: PLR0913 - options
    context: typer.Context,
    question: Annotated[
        Question,
        typer.Argument(metavar="inverse", help="The inverse question: what must change for peace?"),
    ],
    scenario: Annotated[
        str,
        typer.Argument(
            metavar="SCENARIO", help="A scenario's name, such as `ukraine`, or a YAML file."
        ),
    ],
    target: Annotated[
        float,
        typer.Option(
            "--target", metavar="SHARE", help="Share of worlds in which peace must come and hold."
        ),
    ] = 0.5,
    most: Annotated[
        int, typer.Option("--most", metavar="K", help="Most levers and terms in an answer.")
    ] = 3,
    worlds: Annotated[
        int, typer.Option("--worlds", metavar="N", min=1, help="Worlds played for each set.")
    ] = 256,
    seed: Seed = 1,
    theory: Annotated[
        str | None,
        typer.Option("--theory", metavar="NAME", help="Decide by this theory of war ending only."),
    ] = None,
    lever: Annotated[
        list[str] | None,
        typer.Option("--lever", metavar="NAME=VALUE", help="A lever that is moved in any case."),
    ] = None,
    levers_only: Annotated[
        bool, typer.Option("--levers-only", help="Search levers, not the terms of a settlement.")
    ] = False,
    anew: Annotated[
        bool,
        typer.Option("--anew", help="Let sides that expect learn anew for every set (hours)."),
    ] = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Search for the smallest sets of levers and terms with which peace comes and holds.

    Peace holds where a settlement is in force at the horizon and none was ever broken. Several unlike
    answers are given, each confirmed in fresh worlds; "none within the ranges" is an answer too.
    """
    levers = dict(parse_lever(text) for text in lever or ())

    from ripeness.cli.cache import CacheTrouble
    from ripeness.cli.inverted import inverse_answer
    from ripeness.cli.progress import show_progress
    from ripeness.explore.inverse import as_mapping, search
    from ripeness.scenario.load import load

    output = output_of(context)
    war = load(scenario).with_levers(**levers)
    with CacheTrouble() as cache, show_progress(quiet=output.quiet) as progress:
        found = search(
            war, target=target, worlds=worlds, seed=seed, most=most, terms=not levers_only,
            anew=anew, theory=theory, progress=lambda done, total: progress(done, total, "sets"),
        )  # fmt: skip
    answer = inverse_answer(war, found, anew=anew)
    output.finish(answer, as_mapping(found, war), problems=cache.problems())
