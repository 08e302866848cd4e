"""``ripeness run``: simulate a war in many worlds and say how it ends."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated

import typer

from ripeness.cli.options import Json, Out, Quiet, Seed, Sources, Strict, Worlds, output_of
from ripeness.errors import bad_input


def command(
    context: typer.Context,
    scenario: Annotated[
        str,
        typer.Argument(
            metavar="SCENARIO", help="A scenario's name, such as `ukraine`, or a YAML file."
        ),
    ],
    worlds: Worlds = 4096,
    seed: Seed = 1,
    out: Out = None,
    sources: Sources = None,
    theory: Annotated[
        str | None,
        typer.Option("--theory", metavar="NAME", help="Decide by this theory of war ending only."),
    ] = None,
    lever: Annotated[
        list[str] | None,
        typer.Option("--lever", metavar="NAME=VALUE", help="Move a lever. Repeat for more."),
    ] = None,
    expectations: Annotated[
        Path | None,
        typer.Option(
            "--expectations",
            metavar="FILE",
            help="What both sides have learnt, from `solve --out`.",
        ),
    ] = None,
    preliminary: Annotated[
        bool,
        typer.Option(
            "--preliminary",
            help="Where levers are moved, answer at once with what sides expect without them.",
        ),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the run that is in the folder already.")
    ] = False,
    strict: Strict = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Simulate a war in many worlds and say how it ends."""
    levers = dict(parse_lever(text) for text in lever or ())
    folder = out if out is not None else Path("runs") / Path(scenario).stem
    refuse_to_overwrite(folder, force=force)
    refuse_missing_folder(sources)

    from ripeness.cli.cache import CacheTrouble
    from ripeness.cli.pipeline import run_pipeline
    from ripeness.cli.progress import show_progress
    from ripeness.scenario.load import load

    output = output_of(context)
    war = load(scenario).with_levers(**levers)
    with CacheTrouble() as cache, show_progress(quiet=output.quiet) as progress:
        done = run_pipeline(
            war,
            worlds=worlds,
            seed=seed,
            out=folder,
            sources=sources,
            theory=theory,
            force=force,
            strict=strict,
            preliminary=preliminary,
            expectations=expectations,
            progress=progress,
            given=scenario,
        )
    problems = (*cache.problems(), *done.problems)
    output.finish(done.answer, done.result, problems=problems, exit_code=done.exit_code)


def parse_lever(text: str) -> tuple[str, float]:
    """Return a lever's name and value.

    Raises:
        InputError: if the text is not of the form ``name=number``.
    """
    name, _, value = (part.strip() for part in text.partition("="))
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not name or not math.isfinite(number):
        raise bad_input(
            f"--lever {text}",
            "A lever is moved by writing its name, an equals sign and a number.",
            "For example: --lever aid_surge=1.5",
        )
    return name, number


def refuse_to_overwrite(folder: Path, *, force: bool) -> None:
    """Check that the run folder can be written without losing something.

    Raises:
        InputError: if it is a file, or holds something and ``--force`` was not given.
    """
    if folder.exists() and not folder.is_dir():
        raise bad_input(
            f"--out {folder}",
            "This is a file, but a run is a folder.",
            "Give another name with --out FOLDER.",
        )
    from ripeness.outcomes.folder import MANIFEST, is_vacant, missing_parts

    if is_vacant(folder):
        return
    missing = missing_parts(folder)
    is_run = "the outcomes" not in missing
    if force and ((folder / MANIFEST).exists() and not is_run):
        raise bad_input(
            f"--out {folder}",
            f"This folder holds a {MANIFEST} that no run has written, and a run would replace it.",
            "Give another folder with --out FOLDER.",
        )
    if not force:
        stopped = f"This folder holds a run that was stopped; missing: {', '.join(missing)}."
        raise bad_input(
            f"--out {folder}",
            stopped if is_run and missing else "This folder is not empty.",
            "Add --force to replace the run in it, or give another one with --out FOLDER.",
        )


def refuse_missing_folder(sources: Path | None) -> None:
    """Check that the folder of source documents is there, if one was named.

    Raises:
        InputError: if it is not a folder.
    """
    if sources is not None and not sources.is_dir():
        raise bad_input(
            f"--sources {sources}",
            "There is no such folder.",
            "Correct the path, or leave --sources out; then no passages are shown.",
        )
