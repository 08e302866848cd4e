"""``ripeness explain``: why there is no deal, who would gain from delay; or the story of one world."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ripeness.cli.commands.run import parse_lever
from ripeness.cli.options import Json, Quiet, output_of
from ripeness.errors import bad_input

USUAL_WORLDS = 1024
"""Worlds if none are asked for: each is played once for every set of frictions."""


War = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO|DIR",
        help="A scenario's name, such as `ukraine`, or a YAML file; with --world also the folder of a run.",
    ),
]
World = Annotated[
    int | None,
    typer.Option("--world", metavar="K", help="Tell the story of this world, counted from 0."),
]
Worlds = Annotated[
    int | None,
    typer.Option(
        "--worlds",
        metavar="N",
        min=1,
        help="How many worlds to look at.",
        show_default=str(USUAL_WORLDS),
    ),
]
Seed = Annotated[
    int | None,
    typer.Option("--seed", metavar="S", min=0, help="The seed of the worlds.", show_default="1"),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="DIR", help="Folder for the page.", show_default="runs/SCENARIO_explained"
    ),
]
Theory = Annotated[
    str | None,
    typer.Option("--theory", metavar="NAME", help="Decide by this theory of war ending only."),
]
Levers = Annotated[
    list[str] | None,
    typer.Option("--lever", metavar="NAME=VALUE", help="Move a lever. Repeat for more."),
]


def command(
    context: typer.Context,
    war: War,
    world: World = None,
    worlds: Worlds = None,
    seed: Seed = None,
    out: Out = None,
    theory: Theory = None,
    lever: Levers = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Explain why there is no deal and who would gain from delay; or tell the story of one world.

    What stands between the sides is split among five frictions, each taken away in turn in the same
    worlds. With --world, the story of that world: when a zone of agreement opened or shut, and why.
    """
    levers = dict(parse_lever(text) for text in lever or ())
    folder = _run_folder(war)
    if folder is not None:
        given = {"--worlds": worlds, "--seed": seed, "--theory": theory, "--lever": lever}
        _refuse_for_a_folder(
            folder, world, [name for name, value in given.items() if value is not None]
        )
    if out is not None and out.exists() and not out.is_dir():
        raise bad_input(f"--out {out}", "This is a file.", "Give the name of a folder.")

    from ripeness.cli.cache import CacheTrouble
    from ripeness.cli.explaining import Request, explain_scenario, explain_world, of_run
    from ripeness.cli.progress import show_progress
    from ripeness.scenario.load import load

    output = output_of(context)
    with CacheTrouble() as cache, show_progress(quiet=output.quiet) as progress:
        if folder is not None:
            request = of_run(folder)
        else:
            count = USUAL_WORLDS if worlds is None else worlds
            scenario = load(war).with_levers(**levers)
            request = Request(scenario, war, count, 1 if seed is None else seed, theory)
        place = out or folder_beside(war, folder)
        if world is None:
            answer, result = explain_scenario(request, place, progress)
        else:
            answer, result = explain_world(request, world, place)
    output.finish(answer, result, problems=cache.problems())


def folder_beside(war: str, folder: Path | None) -> Path:
    """Return where the page goes: beside the run that it explains, or where that would be."""
    if folder is None:
        return Path("runs") / f"{Path(war).stem}_explained"
    whole = folder.resolve()
    return folder.parent / f"{whole.name}_explained" if folder.name else whole


def _run_folder(war: str) -> Path | None:
    """Return the folder of a run, if that is what was given.

    Raises:
        InputError: if a folder was meant and there is none.
    """
    path = Path(war)
    if path.is_dir():
        return path
    looks_like_one = len(path.parts) > 1 and path.suffix not in (".yaml", ".yml")
    if looks_like_one and not path.exists():
        raise bad_input(
            war,
            "There is neither a folder of a run nor a scenario of this name.",
            "Name a folder that `ripeness run` has written, or a scenario such as `ukraine`.",
        )
    return None


def _refuse_for_a_folder(folder: Path, world: int | None, given: list[str]) -> None:
    """Check that no more is asked of a run than it holds.

    Raises:
        InputError: if options contradict what was run, or no world was named.
    """
    if given:
        raise bad_input(
            " ".join(given),
            f"The run in {folder} has been made with its own.",
            "Leave this out, or name the scenario instead of the folder.",
        )
    if world is None:
        raise bad_input(
            str(folder),
            "A run holds the worlds as they are; why there is no deal is found by playing others.",
            "Add --world K for the story of one world, or name the scenario instead of the folder.",
        )
