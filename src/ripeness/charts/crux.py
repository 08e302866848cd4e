"""A crux: who is right where, along the quantity that best decides between two claims."""

from __future__ import annotations

import json
from typing import Any, Final

import numpy as np

from ripeness.charts.chart import Cell, Chart, Table, field, table_of
from ripeness.charts.labels import axis_title, side_labels, wrapped
from ripeness.charts.reading import rounded
from ripeness.charts.style import BLUE, GREY, HEIGHT, INK, VERMILLION, Scale, specification
from ripeness.claims.discovery import Crux, Feature, Truth
from ripeness.claims.discovery.told import amount, condition_of_side
from ripeness.outcomes.words import OUT_OF

SLICES: Final = 10
"""Slices of as many worlds each along the quantity."""

FROM, TO, SLICE = "from", "to", "slice"
_PALE: Final = "#56B4E9"
_PLOT: Final = 430


def crux_chart(first: Truth, second: Truth, crux: Crux) -> Chart:
    """Draw, slice by slice of the quantity that decides, in how many of 20 worlds who is right.

    Args:
        first: where one claim holds.
        second: where the other does.
        crux: what decides between them.

    Raises:
        ValueError: if nothing decides.
    """
    feature = crux.feature
    if feature is None:
        message = f"nothing decides between {crux.names[0]} and {crux.names[1]}"
        raise ValueError(message)
    tested = first.tested & second.tested & np.isfinite(feature.values)
    series = _series(first, second, crux.names)
    table = _table(feature, tested, series)
    worlds = int(np.count_nonzero(tested))
    return Chart(
        name="crux",
        title=_title(crux, feature),
        sentence=crux.words,
        spec=_spec(table, tuple(series), crux, feature),
        table=table,
        alt="Stacked bars along a quantity: in how many of twenty worlds which of two claims holds",
        method=f"The {worlds:,} worlds in which both claims can be tested, in slices of as many worlds each. "
        "The quantity and its value were chosen in one half of the worlds in which the claims disagree, and "
        "stood in the other; the line is the value at which it turns, the band what chance in the "
        "drawing of worlds leaves open.",
    )


def _series(
    first: Truth, second: Truth, names: tuple[str, str]
) -> dict[str, tuple[np.ndarray, str]]:
    """Return what can be in a world, bottom first: its flags and its colour."""
    return {
        f"only {names[0]} holds": (first.true & second.false, BLUE),
        "both hold": (first.true & second.true, _PALE),
        "neither holds": (first.false & second.false, GREY),
        f"only {names[1]} holds": (second.true & first.false, VERMILLION),
    }


def _table(
    feature: Feature, tested: np.ndarray, series: dict[str, tuple[np.ndarray, str]]
) -> Table:
    values = feature.values[tested]
    edges = slices(values, SLICES)
    place = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, len(edges) - 2)
    count = np.bincount(place, minlength=len(edges) - 1)
    columns: dict[str, list[Any]] = {
        SLICE: [called(feature, edges, i) for i in range(len(count))],
        FROM: [rounded(edge) for edge in edges[:-1].tolist()],
        TO: [rounded(edge) for edge in edges[1:].tolist()],
        "worlds": count.tolist(),
    }
    for name, (flags, _) in series.items():
        hits = np.bincount(place, weights=flags[tested], minlength=len(count))
        columns[name] = [rounded(each) for each in (OUT_OF * hits / count).tolist()]
    return table_of(columns)


def slices(values: np.ndarray, most: int) -> np.ndarray:
    """Return the edges of slices of about as many worlds each, none of them empty."""
    distinct = np.unique(values)
    if len(distinct) <= 2:
        return np.array([distinct[0] - 0.5, *(distinct[1:] - 0.5), distinct[-1] + 0.5])
    edges = np.unique(np.quantile(values, np.linspace(0, 1, most + 1), method="nearest"))
    return edges if len(edges) > 1 else np.array([edges[0] - 0.5, edges[0] + 0.5])


def called(feature: Feature, edges: np.ndarray, place: int) -> str:
    """Return what a slice is called."""
    if feature.is_flag:
        return condition_of_side(feature, 0.5, above=edges[place] >= 0.5)
    return f"{amount(rounded(edges[place]) or 0.0)} to {amount(rounded(edges[place + 1]) or 0.0)}"


def _title(crux: Crux, feature: Feature) -> str:
    name, other = crux.names if crux.first_above else crux.names[::-1]
    there = condition_of_side(feature, crux.value, above=True)
    if crux.turns:
        return f"Where they disagree, {name} is right rather than {other} in worlds {there}"
    return f"Where they disagree, {name} is right more often in worlds {there}"


def _spec(table: Table, series: tuple[str, ...], crux: Crux, feature: Feature) -> dict[str, Any]:
    x = axis_of(table, feature)
    colours = [BLUE, _PALE, GREY, VERMILLION]
    fields = [field(name) for name in series]
    last = [float(cell) for cell in table.rows[-1][4:] if isinstance(cell, int | float)]
    scale = Scale(0, OUT_OF, HEIGHT)
    middles = np.cumsum(last) - np.array(last) / 2
    entries = [
        (name, scale.pixel(middle), colour)
        for name, middle, colour in zip(series, middles.tolist(), colours, strict=True)
    ]
    # Labels stand beside the last bar, unless that lacks something.
    beside = min(last) > 0.0
    rows, labels = side_labels(entries, width=_PLOT) if beside else ([], [])
    legend = (
        None if beside else {"title": None, "orient": "bottom", "columns": 2, "labelLimit": 240}
    )
    fill = {"domain": fields, "range": colours}
    bars = {
        "transform": _stacked(fields),
        "mark": {"type": "bar", "stroke": INK, "strokeWidth": 0.5, "fillOpacity": 0.75},
        "encoding": {
            **x,
            "y": {
                "field": "bottom",
                "type": "quantitative",
                "scale": scale.vega(),
                "axis": {"values": [0, 5, 10, 15, 20], **axis_title("worlds, of 20")},
            },
            "y2": {"field": "top"},
            "fill": {"field": "who", "type": "nominal", "scale": fill, "legend": legend},
        },
    }
    turn: list[dict[str, Cell]] = []
    if not feature.is_flag:
        turn = [{"low": crux.low, "high": crux.high, "value": crux.value}]
    layers = [bars, *(_turning() if turn else []), *labels]
    return specification(
        table, {"width": _PLOT, "height": HEIGHT, "layer": layers}, labels=rows, turn=turn
    )


def _stacked(fields: list[str]) -> list[dict[str, Any]]:
    """Return what puts the parts of a slice on top of each other."""
    return [
        {"fold": fields, "as": ["who", "share"]},
        {"calculate": f"indexof({json.dumps(fields)}, datum.who)", "as": "place"},
        {
            "stack": "share",
            "groupby": [SLICE],
            "sort": [{"field": "place", "order": "ascending"}],
            "as": ["bottom", "top"],
        },
    ]


def axis_of(table: Table, feature: Feature) -> dict[str, Any]:
    """Return where a bar begins and ends: at values of the quantity, or by name for a flag."""
    if feature.is_flag:
        names = [str(row[0]) for row in table.rows]
        lines = {name: wrapped(name, 24) for name in names}
        axis = {"title": None, "labelAngle": 0, "labelExpr": f"({json.dumps(lines)})[datum.label]"}
        return {"x": {"field": SLICE, "type": "nominal", "sort": names, "axis": axis}}
    unit = "" if feature.unit in ("share", "") else f", {feature.unit}"
    ends = [float(table.rows[0][1] or 0), float(table.rows[-1][2] or 0)]
    return {
        "x": {
            "field": FROM,
            "type": "quantitative",
            "scale": {"domain": ends, "nice": False, "zero": False},
            "axis": {"title": wrapped(f"{feature.label}{unit}", 72), "tickCount": 6},
        },
        "x2": {"field": TO},
    }


def _turning() -> list[dict[str, Any]]:
    """Return the value at which it turns, with a band around it."""
    data = {"name": "turn"}
    x = {"type": "quantitative"}
    return [
        {
            "data": data,
            "mark": {"type": "rect", "fill": INK, "fillOpacity": 0.15},
            "encoding": {"x": {"field": "low", **x}, "x2": {"field": "high"}},
        },
        {
            "data": data,
            "mark": {"type": "rule", "strokeWidth": 2, "strokeDash": [5, 3]},
            "encoding": {"x": {"field": "value", **x}, "stroke": {"value": INK}},
        },
    ]
