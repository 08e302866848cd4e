"""``ripeness brief``: write a run up for reading."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ripeness.cli.commands.run import refuse_missing_folder
from ripeness.cli.options import Json, Quiet, Sources, output_of
from ripeness.errors import Problem, bad_input


def command(
    context: typer.Context,
    run: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a run.")],
    sources: Sources = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write the brief of a run: one page that opens in any browser.

    A run that was stopped has a brief too; what it lacks is named. The words behind the claims are
    shown if --sources names the documents, as for `ripeness run`.
    """
    from ripeness.outcomes.folder import CLAIMS, missing_parts

    missing = [part for part in missing_parts(run) if part != "the brief"]
    if "the outcomes" in missing:
        raise bad_input(
            str(run),
            "There is no finished run in this folder: it has no outcomes with a manifest.json.",
            "Make one with `ripeness run SCENARIO --out FOLDER`, then give that folder here.",
        )
    refuse_missing_folder(sources)

    from ripeness.brief.reading import read_claims
    from ripeness.brief.write import write_brief
    from ripeness.cli.pipeline import passages_of
    from ripeness.sources import Library, load_library

    library = load_library(sources) if sources else Library()
    texts, problems = passages_of(library, read_claims(run / CLAIMS) or ())
    page = write_brief(run, passages=texts)
    output_of(context).finish(
        f"Wrote {page}. Open it in a browser.",
        {"brief": page, "missing": missing},
        problems=(*_stopped(run, missing), *library.problems, *problems),
    )


def _stopped(run: Path, missing: list[str]) -> list[Problem]:
    if not missing:
        return []
    what = f"This run was stopped before it was finished; missing: {', '.join(missing)}."
    remedy = "The brief shows the rest. Make the run again with --force to have everything."
    return [Problem("warning", str(run), what, remedy)]
