"""Stacked bars, one per name, whose parts carry their figures; drawn, not told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from ripeness.charts.chart import Cell, Table, field
from ripeness.charts.labels import name_axis
from ripeness.charts.style import INK, specification

_BARS: Final = 440  # pixels
_STEP: Final = 36
_CHARACTERS: Final = 26
_NARROWEST: Final = 0.06
"""Share of the whole bar below which a part has no room for its figure; the table has it."""


class Columns(NamedTuple):
    """Which columns of the table are drawn: whose bar, which part, how long, and its figure."""

    name: str
    part: str
    size: str
    figure: str


def stacked_bars(
    table: Table, columns: Columns, colours: Mapping[str, str], axis: dict[str, Any], most: float
) -> dict[str, Any]:
    """Return the specification of stacked bars.

    Args:
        table: a row per part of each bar, in the order in which they are stacked.
        columns: which of its columns are drawn.
        colours: of the parts, in their order.
        axis: the horizontal one.
        most: length of a whole bar.
    """
    places = [table.columns.index(column) for column in columns]
    rows = [tuple(row[place] for place in places) for row in table.rows]
    names = list(dict.fromkeys(str(row[0]) for row in rows))
    order = {part: place for place, part in enumerate(colours)}
    x = {
        "field": field(columns.size),
        "type": "quantitative",
        "stack": "zero",
        "scale": {"domain": [0, most], "nice": False},
        "axis": {**axis, "grid": True},
    }
    y = {
        "field": field(columns.name),
        "type": "nominal",
        "scale": {"domain": names},  # a sort would be dropped where two layers share the axis
        "axis": name_axis(names, _CHARACTERS),
    }
    legend = {
        "title": None, "orient": "top", "symbolType": "square", "labelColor": INK, "columns": 4,
        "labelLimit": 300,
    }  # fmt: skip
    bars = {
        "transform": [
            {
                "calculate": f"indexof({list(order)!r}, datum['{field(columns.part)}'])",
                "as": "place",
            }
        ],
        "mark": {"type": "bar", "height": 22, "stroke": INK, "strokeWidth": 0.7},
        "encoding": {
            "x": x,
            "y": y,
            "fill": {
                "field": field(columns.part),
                "type": "nominal",
                "scale": {"domain": list(colours), "range": list(colours.values())},
                "legend": legend,
            },
            "order": {"field": "place", "type": "ordinal"},
        },
    }
    figures = {
        "data": {"name": "labels"},
        "mark": {"type": "text", "color": "black"},
        "encoding": {
            "x": {"field": "at", "type": "quantitative"},
            "y": {**y, "field": "name"},
            "text": {"field": "figure", "type": "nominal"},
        },
    }
    view = {"width": _BARS, "height": {"step": _STEP}, "layer": [bars, figures]}
    return specification(table, view, labels=_labels(rows, most))


def _labels(rows: Sequence[tuple[Cell, ...]], most: float) -> list[dict[str, Cell]]:
    """Return the figures of the parts that have room for them, in their middles."""
    found: list[dict[str, Cell]] = []
    reached: dict[str, float] = {}
    for name, _, size, figure in rows:
        length = float(size or 0.0)
        start = reached.get(str(name), 0.0)
        reached[str(name)] = start + length
        if length >= _NARROWEST * most:
            found.append({"name": name, "at": start + length / 2.0, "figure": figure})
    return found
