"""Fans: the median over worlds, the middle 10 and 18 of 20 worlds, and a few single worlds.

A band alone is read as a thing that moves; single worlds show that each world goes its own way.
They are the first worlds of the design, the same in every chart, and are not chosen by what
happens in them.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from ripeness.charts.chart import Cell, field
from ripeness.charts.labels import side_labels
from ripeness.charts.reading import carried, cells, quantiles_of
from ripeness.charts.style import INK, LABEL_CHARACTERS, WIDTH, Scale

SINGLE_WORLDS: Final = 3
MEDIAN: Final = "median"
WIDE: Final = ("18 of 20 worlds, from", "18 of 20 worlds, to")
NARROW: Final = ("10 of 20 worlds, from", "10 of 20 worlds, to")
SINGLE_DASHES: Final = ((1, 0), (5, 2), (2, 2))

Rows = list[dict[str, Any]]


def fan_columns(values: np.ndarray, unit: float, prefix: str = "") -> dict[str, list[Cell]]:
    """Return the columns of a fan.

    Args:
        values: shape (world, month). A world that has ended keeps its last figure.
        unit: figures are divided by it.
        prefix: put before each heading, for tables with several fans.
    """
    values = carried(values.astype(float))
    found = quantiles_of(values)
    headings = (WIDE[0], NARROW[0], MEDIAN, NARROW[1], WIDE[1])
    columns = {
        prefix + heading: cells(row, 1 / unit) for heading, row in zip(headings, found, strict=True)
    }
    singles = values[:SINGLE_WORLDS]
    return columns | {
        f"{prefix}world {place + 1}": cells(row, 1 / unit) for place, row in enumerate(singles)
    }


def fan_layers(
    x: dict[str, Any], y: dict[str, Any], colour: str, singles: int, prefix: str = ""
) -> Rows:
    """Return the layers of a fan: two bands, single worlds, the median on top."""

    def figure(name: str) -> dict[str, Any]:
        return {**y, "field": field(prefix + name), "type": "quantitative"}

    layers = [
        {
            "mark": {"type": "area", "color": colour, "opacity": opacity},
            "encoding": {"x": x, "y": figure(low), "y2": {"field": field(prefix + high)}},
        }
        for (low, high), opacity in ((WIDE, 0.2), (NARROW, 0.35))
    ]
    layers += [
        {
            "mark": {
                "type": "line",
                "color": INK,
                "opacity": 0.75,
                "strokeWidth": 0.9,
                "strokeDash": SINGLE_DASHES[place],
            },
            "encoding": {"x": x, "y": figure(f"world {place + 1}")},
        }
        for place in range(singles)
    ]
    median = {"type": "line", "color": colour, "strokeWidth": 3}
    return [*layers, {"mark": median, "encoding": {"x": x, "y": figure(MEDIAN)}}]


def fan_labels(
    columns: dict[str, list[Cell]],
    scale: Scale,
    colour: str,
    prefix: str = "",
    *,
    width: int = WIDTH,
) -> tuple[Rows, Rows]:
    """Return the labels at the right end of a fan: bands, median, single worlds."""
    words = {MEDIAN: "median world", NARROW[1]: "10 of 20 worlds", WIDE[1]: "18 of 20 worlds"}
    entries = []
    for heading, column in columns.items():
        name = heading.removeprefix(prefix)
        known = [value for value in column if isinstance(value, float)]
        level = middle(columns, prefix + MEDIAN)
        flat = name in (NARROW[1], WIDE[1]) and known and known[-1] == level
        if not known or flat or not heading.startswith(prefix):
            continue
        if name in words or name.startswith("world "):
            shade = INK if name.startswith("world ") else colour
            entries.append((words.get(name, name), scale.pixel(known[-1]), shade))
    assert all(len(text) <= LABEL_CHARACTERS for text, _, _ in entries)
    return side_labels(entries, height=scale.height, width=width)


def middle(columns: dict[str, list[Cell]], heading: str, place: int = -1) -> float:
    """Return one figure of a fan, NaN if there is none."""
    value = columns[heading][place]
    return float(value) if isinstance(value, int | float) else float("nan")
