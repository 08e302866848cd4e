"""Who would sign a draft and why not: a bar per side, cut by the first reason against it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from ripeness.charts.chart import Cell, Chart, Table, field, table_of
from ripeness.charts.labels import name_axis
from ripeness.charts.style import GREEN, GREY, INK, ORANGE, VERMILLION, WIDTH, specification

SIDE, WORLDS = "side", "worlds"
REASONS: Final = {
    "would sign": GREEN,
    "too little for it": ORANGE,
    "would sign nothing yet": GREY,
    "a red line": VERMILLION,
}
BAR: Final = 44


def sides_chart(
    sides: Sequence[str], counts: Sequence[Sequence[int]], title: str, sentence: str
) -> Chart:
    """Draw who would sign and why not.

    Args:
        sides: labels.
        counts: worlds by reason, in the order of ``REASONS``, per side.
        title: the finding.
        sentence: what else there is to say.
    """
    worlds = sum(counts[0])
    columns: dict[str, list[Cell]] = {SIDE: list(sides)}
    for place, reason in enumerate(REASONS):
        columns[reason] = [row[place] for row in counts]
    table = table_of(columns)
    return Chart(
        name="draft_sides",
        title=title,
        sentence=sentence,
        spec=_spec(table, worlds),
        table=table,
        alt="Bars: worlds by whether each side would sign, and the first reason if not",
        method=f"{worlds:,} worlds. Of several reasons the first counts: a red line on some issue; then that "
        "the side would sign nothing at all on that day; then that this is worth less to it than going on.",
    )


def _spec(table: Table, worlds: int) -> dict[str, Any]:
    names = [field(reason) for reason in REASONS]
    base = {
        "transform": [
            {"fold": names, "as": ["reason", WORLDS]},
            {"calculate": f"indexof({json.dumps(names)}, datum.reason)", "as": "place"},
            {
                "stack": WORLDS,
                "groupby": [SIDE],
                "sort": [{"field": "place"}],
                "as": ["from", "to"],
            },
            {"calculate": "(datum.from + datum.to) / 2", "as": "middle"},
        ]
    }
    x = {
        "type": "quantitative",
        "scale": {"domain": [0, worlds], "nice": False},
        "axis": {"title": "worlds", "tickCount": 5, "format": ",d"},
    }
    y = {
        "field": SIDE,
        "type": "nominal",
        "sort": None,
        "axis": name_axis([str(row[0]) for row in table.rows], 16),
    }
    wide = {"filter": f"datum.{WORLDS} >= {worlds / 16}"}
    texts = {
        "transform": [*base["transform"], wide],
        "mark": {"type": "text", "baseline": "middle"},
        "encoding": {
            "x": {**x, "field": "middle"},
            "y": y,
            "text": {"field": WORLDS, "type": "quantitative", "format": ",d"},
        },
    }
    view = {"width": WIDTH, "height": BAR * len(table.rows), "layer": [_bars(base, x, y), texts]}
    return specification(table, view)


def _bars(base: dict[str, Any], x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    """Return the bars, coloured by reason, with a legend above."""
    names = [field(reason) for reason in REASONS]
    colours = {"domain": names, "range": list(REASONS.values())}
    label = {
        "orient": "top",
        "title": None,
        "symbolType": "square",
        "labelColor": INK,
        "labelLimit": 0,
    }
    return {
        **base,
        "mark": {"type": "bar", "stroke": INK, "strokeWidth": 0.7, "opacity": 0.8, "height": 26},
        "encoding": {
            "x": {**x, "field": "from"},
            "x2": {"field": "to"},
            "y": y,
            "fill": {"field": "reason", "type": "nominal", "scale": colours, "legend": label},
        },
    }
