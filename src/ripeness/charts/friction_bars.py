"""Bars of what frictions account for, between what there is and what is left; drawn, not told."""

from __future__ import annotations

from typing import Any, Final

from ripeness.charts.chart import Cell, Table
from ripeness.charts.labels import name_axis
from ripeness.charts.style import BLUE, GREEN, GREY, INK, ORANGE, SKY, nice_scale, specification

WHAT, VALUE, LOW, HIGH, KIND = "what", "mean", "from", "to", "kind"
WHOLE, FRICTION, LEFT = "whole", "friction", "left"
AGREED, WON, OTHER = "by a sooner agreement", "by a sooner victory", "otherwise"
PARTS: Final = {AGREED: GREEN, WON: ORANGE, OTHER: GREY}
_CHARACTERS = 28
_BARS = 400
_STEP = 30
_BAR: Final = {"type": "bar", "height": 16, "stroke": INK, "strokeWidth": 0.7}


def bars(table: Table, title: str, *, parts: bool) -> dict[str, Any]:
    """Return the specification of the bars.

    Args:
        table: a row per bar: ``WHAT``, ``VALUE``, ``LOW``, ``HIGH``, ``KIND``, and ``PARTS`` if drawn.
        title: of the axis.
        parts: whether the bars of frictions are coloured by parts, to either side of zero.
    """
    names = [str(row[0]) for row in table.rows]
    ends = _ends_of_parts(table) if parts else [(0.0, 0.0)] * len(names)
    numbers = [float(cell) for row in table.rows for cell in row[1:4] if isinstance(cell, float)]
    least = -_NEGLIGIBLE * max(map(abs, numbers), default=0.0)
    drawn = [number for number in numbers if number >= 0 or number < least]
    drawn += [end for both in ends for end in both if end > 0 or end < least / 5]
    scale = nice_scale(drawn, zero=True)
    x = {
        "type": "quantitative",
        "scale": {"domain": [scale.low, scale.high], "nice": False},
        "axis": {"title": title, "grid": True, "tickCount": 6},
    }
    y = {"field": WHAT, "type": "nominal", "sort": names, "axis": name_axis(names, _CHARACTERS)}
    layers = [_whole_bars(x, y), _part_bars(x, y) if parts else _share_bars(x, y)]
    layers += _marks(x, y)
    view = {"width": _BARS, "height": {"step": _STEP}, "layer": layers}
    figures: list[dict[str, Cell]] = [
        {
            WHAT: name,
            "at": max(float(row[3] or 0.0), end[1]),
            "figure": f"{float(row[1] or 0.0):.1f}",
        }
        for name, row, end in zip(names, table.rows, ends, strict=True)
    ]
    return specification(table, view, labels=figures)


_NEGLIGIBLE: Final = 0.05
"""An error that reaches so little below zero, of all that is drawn, does not widen the scale."""


def _ends_of_parts(table: Table) -> list[tuple[float, float]]:
    """Return how far the coloured parts of each bar reach to the left and to the right."""
    places = [table.columns.index(part) for part in PARTS]
    ends = []
    for row in table.rows:
        cells = [float(cell) for cell in (row[i] for i in places) if isinstance(cell, int | float)]
        ends.append((sum(min(cell, 0.0) for cell in cells), sum(max(cell, 0.0) for cell in cells)))
    return ends


def _whole_bars(x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    return {
        "transform": [{"filter": f"datum.{KIND} !== '{FRICTION}'"}],
        "mark": _BAR,
        "encoding": {
            "x": {**x, "field": VALUE},
            "y": y,
            "fill": {
                "condition": {"test": f"datum.{KIND} === '{LEFT}'", "value": SKY},
                "value": BLUE,
            },
        },
    }


def _share_bars(x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    return {
        "transform": [{"filter": f"datum.{KIND} === '{FRICTION}'"}],
        "mark": {**_BAR, "color": ORANGE},
        "encoding": {"x": {**x, "field": VALUE}, "y": y},
    }


def _part_bars(x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    """Return bars by the way in which the war would be shorter, to either side of zero."""
    legend = {
        "title": "the war would be shorter", "orient": "top", "symbolType": "square",
        "labelColor": INK, "titleColor": INK, "titleFontWeight": "normal",
    }  # fmt: skip
    colours = {"domain": list(PARTS), "range": list(PARTS.values())}
    return {
        "transform": [
            {"filter": f"datum.{KIND} === '{FRICTION}'"},
            {"fold": list(PARTS), "as": ["way", "months"]},
        ],
        "mark": _BAR,
        "encoding": {
            "x": {**x, "field": "months", "stack": "zero"},
            "y": y,
            "fill": {"field": "way", "type": "nominal", "scale": colours, "legend": legend},
        },
    }


def _marks(x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the line at zero, the errors, the means and their figures."""
    return [
        {
            "data": {"values": [{}]},
            "mark": {"type": "rule", "color": INK},
            "encoding": {"x": {**x, "datum": 0}},
        },
        {
            "mark": {"type": "rule", "color": INK, "strokeWidth": 1.5},
            "encoding": {"x": {**x, "field": LOW}, "x2": {"field": HIGH}, "y": y},
        },
        {
            "mark": {"type": "point", "filled": True, "color": INK, "size": 36, "opacity": 1},
            "encoding": {"x": {**x, "field": VALUE}, "y": y},
        },
        {
            "data": {"name": "labels"},
            "mark": {"type": "text", "align": "left", "dx": 8},
            "encoding": {
                "x": {**x, "field": "at"},
                "y": y,
                "text": {"field": "figure", "type": "nominal"},
            },
        },
    ]
