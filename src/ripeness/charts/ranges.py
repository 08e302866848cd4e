"""Rows of ranges, each with a point in it: several series per name, one below the other; drawn, not told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from ripeness.charts.chart import field
from ripeness.charts.labels import name_axis, wrapped
from ripeness.charts.style import INK, LINE_HEIGHT

CHARACTERS: Final = 28
"""Of a line of a name."""

LEGEND_CHARACTERS: Final = 64
"""Of all series together, beyond which the legend has a line for each."""


class Columns(NamedTuple):
    """Which columns of the table are drawn: whose row, which series, and the range."""

    name: str
    series: str
    low: str
    middle: str
    high: str


class Look(NamedTuple):
    """How a series looks: never by colour alone."""

    colour: str
    shape: str


def row_step(names: Sequence[str], least: int) -> dict[str, Any]:
    """Return the height of the rows: enough for the longest name, and for the ranges."""
    lines = max((len(wrapped(name, CHARACTERS)) for name in names), default=1)
    return {"step": max(least, LINE_HEIGHT * lines + 8), "for": "position"}


def range_layers(
    columns: Columns,
    names: Sequence[str],
    looks: Mapping[str, Look],
    x: dict[str, Any],
    *,
    keep: str = "true",
    legend: bool = True,
) -> list[dict[str, Any]]:
    """Return the layers that draw the ranges and their points.

    Args:
        columns: of the table, which is the data.
        names: of the rows, from the top.
        looks: of the series, from the top within a row.
        x: scale and axis of the figures.
        keep: expression that says which rows of the table are drawn.
        legend: whether the series are named above the plot.
    """
    low, middle, high = field(columns.low), field(columns.middle), field(columns.high)
    y = {
        "field": field(columns.name),
        "type": "nominal",
        "scale": {"domain": list(names), "paddingInner": 0.25, "paddingOuter": 0.12},
        "axis": {**name_axis(names, CHARACTERS), "grid": False},
    }
    offset = {
        "field": field(columns.series),
        "type": "nominal",
        "scale": {"domain": list(looks), "paddingOuter": 0.3},
    }
    series = {"field": field(columns.series), "type": "nominal"}
    domain = list(looks)
    above = None
    if legend:
        long = sum(len(name) for name in looks) > LEGEND_CHARACTERS
        above = {"title": None, "orient": "top", "labelColor": INK, "labelLimit": 420, "offset": 8}
        above |= {"columns": 1} if long else {}
    colours, shapes = zip(*looks.values(), strict=True)
    colour = {**series, "scale": {"domain": domain, "range": list(colours)}, "legend": above}
    shape = {**series, "scale": {"domain": domain, "range": list(shapes)}, "legend": above}
    number = {"type": "quantitative"}
    return [
        {
            "transform": [{"filter": f"({keep}) && isValid(datum['{low}'])"}],
            "mark": {"type": "rule", "strokeWidth": 2.6, "opacity": 0.55},
            "encoding": {
                "x": {**x, **number, "field": low},
                "x2": {"field": high},
                "y": y,
                "yOffset": offset,
                "color": colour,
            },
        },
        {
            "transform": [{"filter": f"({keep}) && isValid(datum['{middle}'])"}],
            "mark": {"type": "point", "filled": True, "size": 46, "opacity": 1},
            "encoding": {
                "x": {**x, **number, "field": middle},
                "y": y,
                "yOffset": offset,
                "color": colour,
                "shape": shape,
            },
        },
    ]
