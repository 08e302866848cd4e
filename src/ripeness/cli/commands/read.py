"""``ripeness read``: from articles to candidate claims, for a person to approve."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ripeness.cli.options import Json, Quiet, output_of


def command(
    context: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", help="Articles, as plain text or HTML.", show_default=False
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write draft claims to this YAML file."),
    ] = None,
    about: Annotated[
        str, typer.Option("--about", metavar="SCENARIO", help="The war that the claims are about.")
    ] = "ukraine",
    reader: Annotated[
        str | None,
        typer.Option(
            "--reader", metavar="NAME", help="Find statements by `rules`, or by `parsed` grammar."
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the draft that is there.")
    ] = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Find candidate claims in articles: who says what, on which condition, how surely, about when.

    The draft holds references (digest, start, end) and no words of the articles. On the terminal they are
    read from your own files. Exit codes: 0 read, 2 no file could be read, or bad usage.
    """
    from ripeness.cli.reading import check_out, read_files, write_draft
    from ripeness.cli.reading_text import answer_of, as_mapping

    output = output_of(context)
    if out is not None:
        check_out(out, force=force)
    found = read_files(files, about, reader)
    result = as_mapping(found)
    answer = answer_of(found)
    if out is not None:
        written = write_draft(found, out, about)
        result["files"] = written
        answer += (
            "\n\nWritten: "
            + ", ".join(map(str, written))
            + "\nNo words of the articles are in them."
        )
    output.finish(answer, result, problems=found.problems)
