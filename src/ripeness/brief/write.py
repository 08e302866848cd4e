"""Write a brief: read the run, draw, fill the template, put the file in place in one step."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import jinja2
from markupsafe import Markup

from ripeness.brief.answer import endings_table, one_sentence
from ripeness.brief.board import shown_board
from ripeness.brief.ceasefires import ceasefire_table
from ripeness.brief.costs import NO_PEOPLE, cost_tables
from ripeness.brief.deals import peace_sentences, terms_table
from ripeness.brief.exchange import rates_table
from ripeness.brief.format import css_string, grouped, number, range_words
from ripeness.brief.guarantees import guarantees_told
from ripeness.brief.limits import cannot_say, dead_numbers, sanity_rows
from ripeness.brief.peace import peace_lines
from ripeness.brief.pictures import draw, pictures_of
from ripeness.brief.reading import Run, read_run
from ripeness.charts import claims_chart
from ripeness.charts.board import contests_chart
from ripeness.charts.reading import days_of, ending_counts, month_name, worlds_of
from ripeness.errors import bad_input
from ripeness.outcomes.folder import BOARD

BRIEF: Final = "brief.html"
_TEMPLATES: Final = Path(__file__).with_name("templates")


def write_brief(run_folder: str | Path, passages: Mapping[str, str] | None = None) -> Path:
    """Write ``brief.html`` into a run folder.

    Args:
        run_folder: holds ``manifest.json``, ``outcomes.zarr`` and, maybe, ``claims.json``.
        passages: words of the sources by claim id, read from the user's own copies. Without
            them, claims are shown with a reference only.

    Returns:
        The path of the brief.

    Raises:
        InputError: if the folder holds no readable run, or the brief cannot be written.
    """
    folder = Path(run_folder)
    page = render(read_run(folder), passages)
    return replace_file(folder / BRIEF, page)


def render(run: Run, passages: Mapping[str, str] | None = None) -> str:
    """Return the brief of a run as one HTML page."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = number
    environment.filters["range_words"] = range_words
    environment.filters["css_string"] = lambda text: Markup(css_string(text))  # noqa: S704
    return environment.get_template("brief.html.j2").render(**contents(run, passages))


def contents(run: Run, passages: Mapping[str, str] | None) -> dict[str, Any]:
    """Return everything that the template shows."""
    data, manifest = run.data, run.manifest
    pictures, placed, missing = pictures_of(data)
    days = days_of(data)
    return {
        "style": Markup((_TEMPLATES / "style.css").read_text(encoding="utf-8")),  # noqa: S704
        "manifest": manifest,
        "title": str(manifest.get("title") or manifest.get("name") or "A war"),
        "worlds": worlds_of(data),
        "start": month_name(days[0]),
        "end": month_name(days[-1]),
        "answer": one_sentence(data),
        "endings": endings_table(data),
        "pictures": pictures,
        "placed": placed,
        "costs": cost_tables(data),
        "rates": rates_table(manifest),
        "holds": peace_lines(data),
        "ceasefires": ceasefire_table(data),
        "no_people": NO_PEOPLE,
        "missing": missing,
        "terms": terms_table(data),
        "peace": peace_sentences(data),
        "guarantees": guarantees_told(data, manifest),
        **_claims_part(run, passages),
        "dead": dead_numbers(manifest),
        "sanity": sanity_rows(manifest),
        "limits": cannot_say(manifest, ending_counts(data)),
        "parameters": grouped(manifest.get("parameters") or ()),
        "numbers": len(manifest.get("parameters") or ()),
        "levers": manifest.get("levers") or {},
        "reproduce": manifest.get("reproduce") or [],
    }


def _claims_part(run: Run, passages: Mapping[str, str] | None) -> dict[str, Any]:
    """Return the board as it is shown, and the pictures of its claims and its opponents.

    Raises:
        InputError: if something on the board is not as this version writes it.
    """
    if run.claims is None:
        return {"claims": None, "claims_picture": None, "contests_picture": None}
    board = run.board
    try:
        contests = contests_chart(board.get("oppositions") or ())
        claims = claims_chart(run.claims, board.get("at_once")) if run.claims else None
        return {
            "claims": shown_board(run.claims, board, passages),
            "claims_picture": None if claims is None else draw(claims),
            "contests_picture": None if contests is None else draw(contests),
        }
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise bad_input(
            BOARD,
            f"The board cannot be shown: {type(error).__name__}, {error}.",
            "Delete the file to do without the board, or make the run again.",
        ) from error


def replace_file(path: Path, text: str) -> Path:
    """Write a text beside its place and move it there, so that an old file stays whole till then.

    Raises:
        InputError: if it cannot be written.
    """
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        scratch.write_text(text, encoding="utf-8", errors="xmlcharrefreplace")
        scratch.replace(path)
    except OSError as error:
        raise bad_input(
            str(path),
            f"The brief cannot be written: {error.strerror or error}.",
            "Make room or allow writing there, then `ripeness brief FOLDER`; the run is kept.",
        ) from error
    finally:
        scratch.unlink(missing_ok=True)
    return path
