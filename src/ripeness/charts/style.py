"""How charts look: colours, type, axes, scales and labels that stand beside what they name.

Colours are those of Okabe and Ito (2008), which people with any kind of colour vision tell apart.
Text, axes and thin outlines are ``currentColor``, so that one picture serves a light and a dark
page. Colour never says anything alone: a line has a dash and a label, an area an outline and one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
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
HEIGHT: Final = 220
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


SMALLEST_SPAN = 1e-30
"""No picture shows less: a quarter of the smallest number there is would be none."""


def nice_scale(*values: Any, zero: bool = False, height: int = HEIGHT) -> Scale:
    """Return a scale with round ends around all finite values."""
    flat = np.concatenate([np.ravel(np.asarray(value, float)) for value in values])
    flat = flat[np.isfinite(flat)]
    low, high = (float(flat.min()), float(flat.max())) if flat.size else (0.0, 1.0)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    span = max((high - low) or abs(high) or 1.0, SMALLEST_SPAN)
    power = 10.0 ** math.floor(math.log10(span / 4))
    step = next(power * factor for factor in (1, 2, 5, 10) if span / 4 <= power * factor * 1.0001)
    bottom, top = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    return Scale(bottom, top if top > bottom else bottom + step, height)


def time_encoding(days: np.ndarray, most: int = 8) -> dict[str, Any]:
    """Return the horizontal axis with dates: years, or months if the span is short.

    Args:
        days: of the months drawn, in order.
        most: dates that there is room for.
    """
    span = int((days[-1] - days[0]).astype(int))
    unit = "Y" if span > 900 else "M"
    first, last = days[0].astype(f"datetime64[{unit}]"), days[-1].astype(f"datetime64[{unit}]")
    starts = np.arange(first, last + 1).astype("datetime64[D]")
    starts = starts[starts >= days[0]]
    starts = starts[:: max(1, math.ceil(len(starts) / most))]
    return {
        "field": "date",
        "type": "temporal",
        "scale": {"type": "utc", "domain": [str(days[0]), str(days[-1])], "nice": False},
        "axis": {
            "values": [str(day) for day in starts],
            "format": "%Y" if unit == "Y" else "%b %Y",
            "title": None,
        },
    }


def reach(shown: np.ndarray, width: int = WIDTH) -> int:
    """Return the pixel at which a line ends, whose labels are put there.

    Args:
        shown: shape (month,), whether the month has a figure.
        width: of the plot.
    """
    places = np.flatnonzero(shown)
    last = int(places[-1]) if places.size else 0
    return round(width * last / max(len(shown) - 1, 1))


def of_twenty_axis(worlds: int, title: str) -> dict[str, Any]:
    """Return an axis for counts of worlds that is labelled out of twenty.

    With fewer than twenty worlds the counts themselves are the labels.
    """
    if worlds < 20:
        step = max(1, worlds // 5)
        return {
            "values": list(range(0, worlds + 1, step)),
            "format": "d",
            "title": f"{title}, of {worlds}",
        }
    return {
        "values": [worlds * part / 4 for part in range(5)],
        "labelExpr": f"format(datum.value * 20 / {worlds}, 'd')",
        "title": f"{title}, of 20",
    }


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
