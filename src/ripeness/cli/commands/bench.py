"""``ripeness bench``: measure how fast this machine simulates."""

from __future__ import annotations

import typer

from ripeness.cli.options import Json, Quiet, output_of


def command(context: typer.Context, json: Json = False, quiet: Quiet = False) -> None:
    """Measure how fast this machine simulates."""
    from ripeness.cli.benchmarks import run_benchmarks

    output = output_of(context)
    answer, result = run_benchmarks()
    output.finish(answer, result, problems=(), exit_code=0)
