"""``ripeness claims``: experts' claims tried on a run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ripeness.cli.commands.run import parse_lever, refuse_missing_folder
from ripeness.cli.options import Json, Quiet, Seed, Sources, Strict, Worlds, output_of
from ripeness.errors import bad_input


def command(
    context: typer.Context,
    target: Annotated[
        str | None,
        typer.Argument(
            metavar="[SCENARIO|RUN_FOLDER|CLAIMS_FILE]",
            help="The folder of a run; or a scenario, which is run first; or a file of claims.",
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="IDS", help="Try these claims only, such as C01,C24."),
    ] = None,
    where: Annotated[
        bool, typer.Option("--where", help="Say where each claim holds and where it fails.")
    ] = False,
    cruxes: Annotated[
        bool,
        typer.Option("--cruxes", help="Say what decides between opponents, and where it turns."),
    ] = False,
    together: Annotated[
        bool, typer.Option("--together", help="Say which claims can be true in one world.")
    ] = False,
    learnt: Annotated[
        bool,
        typer.Option(
            "--learnt", help="Say what would tell whether each claim is true, and by when."
        ),
    ] = False,
    against: Annotated[
        Path | None,
        typer.Option(
            "--against",
            metavar="RUN",
            help="Say which verdicts differ from this earlier run, and why.",
        ),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--claims", metavar="FILE", help="Try the claims of this YAML file instead."),
    ] = None,
    worlds: Worlds = 4096,
    seed: Seed = 1,
    seeds: Annotated[
        int,
        typer.Option(
            "--seeds",
            metavar="N",
            min=1,
            max=20,
            help="Draw the worlds N times, and say whose verdict depends on the draw.",
        ),
    ] = 1,
    theory: Annotated[
        str | None,
        typer.Option("--theory", metavar="NAME", help="Decide by this theory of war ending only."),
    ] = None,
    lever: Annotated[
        list[str] | None,
        typer.Option("--lever", metavar="NAME=VALUE", help="Move a lever. Repeat for more."),
    ] = None,
    sources: Sources = None,
    strict: Strict = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Try experts' claims on a run: what is supported, contradicted, dependent on the world, untested.

    A run folder needs no new run, but for the levers that claims move. --strict fails if a claim is
    contradicted or untested and, with --against, if a verdict has flipped.
    """
    levers = dict(parse_lever(text) for text in lever or ())
    refuse_missing_folder(sources)

    from ripeness.cli.cache import CacheTrouble
    from ripeness.cli.claims_on_trial import Asked, claims_on_trial
    from ripeness.cli.progress import show_progress

    output = output_of(context)
    asked = Asked(
        target=target,
        file=file,
        only=_ids(only),
        wanted=tuple(
            name
            for name, wished in (
                ("where", where),
                ("cruxes", cruxes),
                ("together", together),
                ("learnt", learnt),
            )
            if wished
        ),
        against=against,
        worlds=worlds,
        seed=seed,
        theory=theory,
        levers=levers,
        sources=sources,
        strict=strict,
        seeds=seeds,
        typed=_typed(context),
    )
    with CacheTrouble() as cache, show_progress(quiet=output.quiet) as progress:
        done = claims_on_trial(asked, progress)
    problems = (*cache.problems(), *done.problems)
    output.finish(done.answer, done.result, problems=problems, exit_code=done.exit_code)


def _ids(only: list[str] | None) -> tuple[str, ...]:
    """Return the ids that were typed, with commas or spaces between them.

    Raises:
        InputError: if the option was typed without any.
    """
    ids = tuple(name for text in only or () for name in text.replace(",", " ").split())
    if only and not ids:
        raise bad_input("--only", "No claim is named.", "Give ids: --only C01,C24")
    return ids


def _typed(context: typer.Context) -> tuple[str, ...]:
    """Return the options that were typed and that only a run made now takes."""
    names = ("worlds", "seed", "theory", "lever")
    default = {"DEFAULT", "DEFAULT_MAP"}
    sources = {name: context.get_parameter_source(name) for name in names}
    return tuple(
        f"--{name}" for name, source in sources.items() if source and source.name not in default
    )
