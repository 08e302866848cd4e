"""How charts look: colours, type, axes, scales and labels that stand beside what they name.

Colours are those of Okabe and Ito (2008), which people with any kind of colour vision tell apart.
Text, axes and thin outlines are ``currentColor``, so that one picture serves a light and a dark
page. Colour never says anything alone: a line has a dash and a label, an area an outline and one.
"""

from __future__ import annotations

import json
import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from ripeness.charts.chart import Cell, Table

ORANGE: Final = "#E69F00"
SKY: Final = "#56B4E9"
GREEN: Final = "#009E73"
YELLOW: Final = "#F0E442"
BLUE: Final = "#0072B2"
VERMILLION: Final = "#D55E00"
PURPLE: Final = "#CC79A7"
GREY: Final = "#999999"
INK: Final = "currentColor"

SIDES: Final = (VERMILLION, BLUE)
SIDE_DASHES: Final = ((6, 3), (2, 2))
SERIES: Final = (BLUE, VERMILLION, GREEN, PURPLE)
SERIES_DASHES: Final = ((1, 0), (6, 3), (2, 2), (8, 2, 2, 2))

FONT: Final = "Liberation Sans, Arial, Helvetica, sans-serif"
"""Three typefaces of the same widths: what is measured here fits wherever it is shown."""

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v5.json"
WIDTH: Final = 495  # of the plot; with axis and labels about 680 px, the text width of A4
HEIGHT: Final = 250
LABEL_CHARACTERS: Final = 20  # of a label beside the plot
LINE_HEIGHT: Final = 14
LABEL_SIZE: Final = 12

CONFIG: Final[dict[str, Any]] = {
    "font": FONT,
    "background": "transparent",
    "aria": False,  # the whole picture has one description; 66 marks read aloud help nobody
    "view": {"stroke": None},
    "text": {"color": INK, "fontSize": LABEL_SIZE, "lineHeight": LINE_HEIGHT},
    "axis": {
        "domainColor": INK,
        "domainOpacity": 0.6,
        "tickColor": INK,
        "tickOpacity": 0.6,
        "gridColor": INK,
        "gridOpacity": 0.13,
        "labelColor": INK,
        "labelFontSize": LABEL_SIZE,
        "titleColor": INK,
        "titleFontSize": LABEL_SIZE,
        "titleFontWeight": "normal",
    },
    "axisY": {
        "titleAngle": 0,
        "titleAlign": "left",
        "titleAnchor": "start",
        "titleX": 0,
        "titleY": -12,
        "titleBaseline": "bottom",
        "domain": False,
        "ticks": False,
    },
    "axisX": {"grid": False},
    "header": {"labelColor": INK, "titleColor": INK},
    "title": {"color": INK, "anchor": "start", "fontSize": 13, "offset": 26, "frame": "group"},
}


@dataclass(frozen=True, slots=True)
class Scale:
    """A vertical scale with a fixed domain, known to Python so that labels can be placed.

    Attributes:
        low: figure at the bottom.
        high: figure at the top, greater than ``low``.
        height: pixels between them.
        logarithmic: whether equal ratios have equal lengths.
    """

    low: float
    high: float
    height: int = HEIGHT
    logarithmic: bool = False

    def pixel(self, value: float) -> float:
        """Return how far below the top a figure is drawn."""
        low, high = self.low, self.high
        if self.logarithmic:
            low, high, value = math.log(low), math.log(high), math.log(value)
        return round(self.height * (1 - (value - low) / (high - low)), 1)

    def vega(self) -> dict[str, Any]:
        """Return the scale as Vega-Lite writes it."""
        kind = {"type": "log"} if self.logarithmic else {"zero": False}
        return {"domain": [self.low, self.high], "nice": False, **kind}


def nice_scale(*values: Any, zero: bool = False, height: int = HEIGHT) -> Scale:
    """Return a scale with round ends around all finite values."""
    flat = np.concatenate([np.ravel(np.asarray(value, float)) for value in values])
    flat = flat[np.isfinite(flat)]
    low, high = (float(flat.min()), float(flat.max())) if flat.size else (0.0, 1.0)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    span = (high - low) or abs(high) or 1.0
    power = 10.0 ** math.floor(math.log10(span / 4))
    step = next(power * factor for factor in (1, 2, 5, 10) if span / 4 <= power * factor * 1.0001)
    bottom, top = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    return Scale(bottom, top if top > bottom else bottom + step, height)


def time_encoding(days: np.ndarray, field: str = "date") -> dict[str, Any]:
    """Return the horizontal axis with dates: years, or months if the span is short."""
    span = int((days[-1] - days[0]).astype(int))
    unit = "Y" if span > 900 else "M"
    first, last = days[0].astype(f"datetime64[{unit}]"), days[-1].astype(f"datetime64[{unit}]")
    starts = np.arange(first, last + 1).astype("datetime64[D]")
    starts = starts[starts >= days[0]]
    starts = starts[:: max(1, math.ceil(len(starts) / 8))]
    return {
        "field": field,
        "type": "temporal",
        "scale": {"type": "utc", "domain": [str(days[0]), str(days[-1])], "nice": False},
        "axis": {
            "values": [str(day) for day in starts],
            "format": "%Y" if unit == "Y" else "%b %Y",
            "title": None,
        },
    }


def of_twenty_axis(worlds: int, title: str) -> dict[str, Any]:
    """Return an axis for counts of worlds that is labelled out of twenty.

    With fewer than twenty worlds the counts themselves are the labels.
    """
    if worlds < 20:
        step = max(1, worlds // 5)
        return {"values": list(range(0, worlds + 1, step)), "title": f"{title}, of {worlds}"}
    return {
        "values": [worlds * part / 4 for part in range(5)],
        "labelExpr": f"format(datum.value * 20 / {worlds}, 'd')",
        "title": f"{title}, of 20",
    }


def wrapped(text: str, characters: int = LABEL_CHARACTERS) -> list[str]:
    """Break a label into lines."""
    return textwrap.wrap(text, characters) or [""]


def wrapping(texts: Sequence[str], characters: int) -> str:
    """Return an expression that breaks an axis's labels into lines."""
    return f"({json.dumps({text: wrapped(text, characters) for text in texts})})[datum.label]"


def spread(places: Sequence[float], sizes: Sequence[float], height: float) -> list[float]:
    """Move the middles of labels apart until none covers another.

    The order is kept. Each label stays as near to its place as the others let it, and within the
    height if there is room for all: the pool-adjacent-violators algorithm (Ayer and others 1955)
    on the places less the room that the labels above take.

    Args:
        places: wanted middles in pixels.
        sizes: heights in pixels.
        height: of the plot.
    """
    order = sorted(range(len(places)), key=lambda i: places[i])
    room, taken = {}, 0.0
    for i in order:
        room[i] = taken + sizes[i] / 2
        taken += sizes[i]
    pools: list[list[float]] = []  # mean, number
    for i in order:
        pools.append([places[i] - room[i], 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            mean, number = pools.pop()
            total = pools[-1][1] + number
            pools[-1] = [(pools[-1][0] * pools[-1][1] + mean * number) / total, total]
    free = max(height - taken, 0.0)
    starts = [min(max(mean, 0.0), free) for mean, number in pools for _ in range(int(number))]
    moved = {i: start + room[i] for i, start in zip(order, starts, strict=True)}
    return [round(moved[i], 1) for i in range(len(places))]


def side_labels(
    entries: Sequence[tuple[str, float, str]], *, height: int = HEIGHT, width: int = WIDTH
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return labels to the right of a plot, each joined to its place by a short line.

    Args:
        entries: label, pixel below the top, colour.
        height: of the plot.
        width: of the plot.

    Returns:
        Rows of the data set ``labels``, and the layers that draw it.
    """
    lines = [wrapped(text) for text, _, _ in entries]
    sizes = [LINE_HEIGHT * len(line) + 4 for line in lines]
    moved = spread([place for _, place, _ in entries], sizes, height)
    rows = [
        {"text": line, "from": place, "to": to, "top": to - (len(line) - 1) * LINE_HEIGHT / 2}
        | {"colour": colour}
        for line, to, (_, place, colour) in zip(lines, moved, entries, strict=True)
    ]
    return rows, label_layers(width)


def label_layers(width: int) -> list[dict[str, Any]]:
    """Return the layers that draw the data set ``labels``."""

    def pixels(field: str) -> dict[str, Any]:
        return {"field": field, "type": "quantitative", "scale": None, "axis": None}

    colour = {"field": "colour", "type": "nominal", "scale": None}
    return [
        {
            "data": {"name": "labels"},
            "mark": {"type": "rule", "strokeWidth": 1.5, "opacity": 1},
            "encoding": {
                "x": {"value": width + 3},
                "x2": {"value": width + 15},
                "y": pixels("from"),
                "y2": {"field": "to"},
                "stroke": colour,
            },
        },
        {
            "data": {"name": "labels"},
            "mark": {"type": "text", "align": "left", "baseline": "middle"},
            "encoding": {
                "x": {"value": width + 19},
                "y": pixels("top"),
                "text": {"field": "text", "type": "nominal"},
            },
        },
    ]


def specification(
    table: Table, view: Mapping[str, Any], **datasets: list[dict[str, Cell]]
) -> dict[str, Any]:
    """Return a whole specification around one or several views.

    Args:
        table: becomes the data set ``figures``, which is what the views draw.
        view: ``layer``, ``hconcat`` or ``vconcat`` with what belongs to it.
        datasets: others, by name.
    """
    return {
        "$schema": SCHEMA,
        "config": CONFIG,
        "datasets": {"figures": table.records(), **datasets},
        "data": {"name": "figures"},
        "padding": 6,
        **view,
    }
