"""``ripeness schema``: print the JSON Schema of scenario files."""

from __future__ import annotations

import typer

from ripeness.cli.options import Json, Quiet, output_of
from ripeness.cli.report import write_json


def command(context: typer.Context, json: Json = False, quiet: Quiet = False) -> None:
    """Print the JSON Schema of scenario files, for editors that check YAML as you type.

    With --json the schema is the `result` of the usual JSON object; without, it stands alone.
    """
    from ripeness.scenario.schema import json_schema

    output = output_of(context)
    schema = json_schema()
    if output.json:
        output.finish("", schema)
    else:
        write_json(schema)
