"""``ripeness classics``: published models, solved here, beside what was published."""

from __future__ import annotations

import dataclasses

import typer

from ripeness.cli.options import Json, Quiet, output_of


def command(context: typer.Context, json: Json = False, quiet: Quiet = False) -> None:
    """Solve published models of bargaining and war, and compare with what was published."""
    from ripeness.classics import benchmark_table

    output = output_of(context)
    rows = benchmark_table()
    missed = [row for row in rows if not row.ok]
    lines = [f"{'row':<6} {'expected':>12} {'ours':>12} {'difference':>11}  what"]
    lines += [
        f"{row.id:<6} {row.expected:>12.5g} {row.ours:>12.5g} {row.difference:>11.1e}  "
        f"{'' if row.ok else 'MISSED: '}{row.what} ({row.origin}; {row.source})"
        for row in rows
    ]
    lines.append(f"{len(rows) - len(missed)} of {len(rows)} within their tolerance.")
    result = {"rows": [dataclasses.asdict(row) for row in rows], "missed": len(missed)}
    output.finish("\n".join(lines), result, problems=(), exit_code=1 if missed else 0)
