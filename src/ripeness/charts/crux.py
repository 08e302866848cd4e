"""A crux: who is right where, along the quantity that best decides between two claims."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ripeness.charts.chart import Cell, Chart, Table, field, table_of
from ripeness.charts.labels import axis_title, plain, wrapped
from ripeness.charts.reading import rounded
from ripeness.charts.style import GREY, INK, ORANGE, SKY, YELLOW, Scale, specification
from ripeness.outcomes.words import OUT_OF

FROM, TO, SLICE = "from", "to", "slice"
_COLOURS: Final = (SKY, YELLOW, GREY, ORANGE)
_PLOT: Final = 430
_HEIGHT: Final = 150


def crux_chart(figures: Mapping[str, Any]) -> Chart:
    """Draw, slice by slice of the quantity that decides, in how many of 20 worlds who is right.

    Args:
        figures: counts by slice, see ``claims.discovery.slices.crux_slices``.
    """
    first, second = figures["names"]
    series = {
        "first_only": f"only {first} holds",
        "both": "both hold",
        "neither": "neither holds",
        "second_only": f"only {second} holds",
    }
    table = _table(figures["slices"], series)
    worlds = sum(each["worlds"] for each in figures["slices"])
    turn = (
        ""
        if figures["flag"]
        else " The dashed line is the value at which it turns, the band what chance in the drawing of worlds "
        "leaves open."
    )
    return Chart(
        name=f"crux-{plain(first)}-{plain(second)}",
        title=_title(figures),
        sentence=str(figures["words"]),
        spec=_spec(table, tuple(series.values()), figures),
        table=table,
        alt=f"Stacked bars along what decides: in how many of twenty worlds {first} holds, or {second}",
        method=f"The {worlds:,} worlds that test both claims"
        f"{'' if figures['flag'] else ', in slices of as many each'}. What decides was chosen in one half of "
        f"the worlds in which the claims disagree, and stood in the other.{turn}",
    )


def _table(slices: Sequence[Mapping[str, Any]], series: Mapping[str, str]) -> Table:
    columns: dict[str, list[Cell]] = {
        SLICE: [each["called"] for each in slices],
        FROM: [each["ends"][0] for each in slices],
        TO: [each["ends"][1] for each in slices],
        "worlds": [each["worlds"] for each in slices],
    }
    for key, name in series.items():
        columns[name] = [rounded(OUT_OF * each[key] / each["worlds"]) for each in slices]
    return table_of(columns)


def _title(figures: Mapping[str, Any]) -> str:
    first, second = figures["names"]
    name, other = (first, second) if figures["right_above"] == first else (second, first)
    there = figures["there"]
    if figures["turns"]:
        return f"Where they disagree, {name} is right rather than {other} in worlds {there}"
    return f"Where they disagree, {name} is right more often in worlds {there}"


def _spec(table: Table, series: tuple[str, ...], figures: Mapping[str, Any]) -> dict[str, Any]:
    fields = [field(name) for name in series]
    scale = Scale(0, OUT_OF, _HEIGHT)
    fill = {"domain": fields, "range": list(_COLOURS)}
    legend = {
        "title": None, "orient": "top", "symbolType": "square", "labelColor": INK, "columns": 4,
        "labelLimit": 240, "offset": 26,
    }  # fmt: skip
    bars = {
        "transform": _stacked(fields),
        "mark": {"type": "bar", "stroke": INK, "strokeWidth": 0.5},
        "encoding": {
            **_axis(table, figures),
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
    if not figures["flag"]:
        turn = [{name: figures[name] for name in ("low", "high", "value")}]
    layers = [bars, *(_turning() if turn else [])]
    return specification(table, {"width": _PLOT, "height": _HEIGHT, "layer": layers}, turn=turn)


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


def _axis(table: Table, figures: Mapping[str, Any]) -> dict[str, Any]:
    """Return where a bar begins and ends: at values of the quantity, or by name for a flag."""
    if figures["flag"]:
        names = [str(row[0]) for row in table.rows]
        lines = {name: wrapped(f"worlds {name}", 34) for name in names}
        axis = {"title": None, "labelAngle": 0, "labelExpr": f"({json.dumps(lines)})[datum.label]"}
        return {"x": {"field": SLICE, "type": "nominal", "sort": names, "axis": axis}}
    unit = "" if figures["unit"] in ("share", "") else f", {figures['unit']}"
    ends = [float(table.rows[0][1] or 0), float(table.rows[-1][2] or 0)]
    return {
        "x": {
            "field": FROM,
            "type": "quantitative",
            "scale": {"domain": ends, "nice": False, "zero": False},
            "axis": {"title": wrapped(f"{figures['label']}{unit}", 72), "tickCount": 6},
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
            "mark": {"type": "rect", "fill": "black", "fillOpacity": 0.15},
            "encoding": {"x": {"field": "low", **x}, "x2": {"field": "high"}},
        },
        {
            "data": data,
            "mark": {"type": "rule", "strokeWidth": 2, "strokeDash": [5, 3]},
            "encoding": {"x": {"field": "value", **x}, "stroke": {"value": "black"}},
        },
    ]
