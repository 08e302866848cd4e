"""``ripeness policy inverse``: the least that would have to change for both to sign and the peace to hold."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ripeness.cli.commands.run import parse_lever
from ripeness.cli.options import Json, Quiet, Seed, output_of
from ripeness.cli.report import ExitCode
from ripeness.errors import bad_input


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
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="NAME", help="A lever or issue to search. Repeat for more."),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option("--without", metavar="NAME", help="One not to search. Repeat for more."),
    ] = None,
    least: Annotated[
        str,
        typer.Option(
            "--least",
            metavar="COST",
            help="Among sets of one size, the least of this first: deaths, months, bill or moved.",
        ),
    ] = "deaths",
    levers_only: Annotated[
        bool, typer.Option("--levers-only", help="Search levers, not the terms of a settlement.")
    ] = False,
    anew: Annotated[
        bool,
        typer.Option("--anew", help="Confirm answers with what sides learn anew (hours)."),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Folder for the picture and the figures."),
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Search for the smallest sets of levers and terms with which peace comes and holds.

    Peace holds where a settlement is in force at the horizon and none was ever broken. Several unlike
    answers are given, each confirmed in fresh worlds, with what it costs and how much of it is needed;
    "none within the ranges" is an answer too. Ctrl-C shows what was found until then.
    """
    levers = dict(parse_lever(text) for text in lever or ())
    if out is not None and out.exists() and not out.is_dir():
        raise bad_input(f"--out {out}", "This is a file.", "Give the name of a folder.")

    from ripeness.cli.cache import CacheTrouble
    from ripeness.cli.inverted import inverse_answer, stopped_early, write_inverse
    from ripeness.cli.progress import show_progress
    from ripeness.explore.inverse import search
    from ripeness.explore.inverse_json import as_mapping
    from ripeness.scenario.load import load

    output = output_of(context)
    war = load(scenario).with_levers(**levers)
    if out is not None:
        out.mkdir(
            parents=True, exist_ok=True
        )  # before the search: nobody waits to learn of a full disk
    with CacheTrouble() as cache, show_progress(quiet=output.quiet) as progress:
        found = search(
            war, target=target, worlds=worlds, seed=seed, most=most, terms=not levers_only,
            only=only or (), without=without or (), held=tuple(levers), least=least, anew=anew,
            theory=theory, progress=lambda done, total: progress(done, total, "worlds"),
        )  # fmt: skip
    result = as_mapping(found, war)
    answer = inverse_answer(war, found, anew=anew, least=least)
    if out is not None:
        files = write_inverse(out, war, found, result)
        result["files"] = files
        answer += "\n\nWritten: " + ", ".join(str(file) for file in files)
    stopped = [stopped_early(found)] if found.stopped else []
    output.finish(
        answer,
        result,
        problems=(*cache.problems(), *stopped),
        exit_code=ExitCode.INTERRUPTED if found.stopped else ExitCode.DONE,
    )
