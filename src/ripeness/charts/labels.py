"""Labels that stand beside what they name, and none on another."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from typing import Any

from ripeness.charts.style import HEIGHT, LABEL_CHARACTERS, LINE_HEIGHT, WIDTH


def wrapped(text: str, characters: int = LABEL_CHARACTERS) -> list[str]:
    """Break a label into lines, at line ends that it has and where it grows too long."""
    return [line for part in text.split("\n") for line in textwrap.wrap(part, characters) or [""]]


def axis_title(text: str, characters: int = 84) -> dict[str, Any]:
    """Return the title of a vertical axis, above it, broken into lines if it is long."""
    lines = wrapped(text, characters)
    return {"title": lines, "titleY": -12 - LINE_HEIGHT * (len(lines) - 1)}


def name_axis(names: Sequence[str], characters: int) -> dict[str, Any]:
    """Return a vertical axis of names that are broken into lines around their middle."""
    lines = {name: wrapped(name, characters) for name in names}
    most = max((len(line) for line in lines.values()), default=1)
    raised = [
        {
            "test": f"length(({json.dumps(lines)})[datum.label]) === {number}",
            "value": -(number - 1) * LINE_HEIGHT / 2,
        }
        for number in range(2, most + 1)
    ]
    return {
        "title": None,
        "labelExpr": f"({json.dumps(lines)})[datum.label]",
        "labelLimit": 400,
        "labelPadding": 10,
        "labelLineHeight": LINE_HEIGHT,
        **({"labelOffset": {"condition": raised, "value": 0}} if raised else {}),
    }


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
    entries: Sequence[tuple[str, float, str]],
    *,
    height: int = HEIGHT,
    width: int = WIDTH,
    dataset: str = "labels",
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return labels to the right of a plot, each joined to its place by a short line.

    Args:
        entries: label, pixel below the top, colour.
        height: of the plot.
        width: of the plot, or where the lines end.
        dataset: its name, where a specification has more than one.

    Returns:
        Rows of the data set, and the layers that draw it.
    """
    lines = [wrapped(text) for text, _, _ in entries]
    sizes = [LINE_HEIGHT * len(line) + 4 for line in lines]
    moved = spread([place for _, place, _ in entries], sizes, height)
    rows = [
        {"text": line, "from": place, "to": to, "top": to - (len(line) - 1) * LINE_HEIGHT / 2}
        | {"colour": colour}
        for line, to, (_, place, colour) in zip(lines, moved, entries, strict=True)
    ]
    return rows, label_layers(width, dataset)


def label_layers(width: int, dataset: str) -> list[dict[str, Any]]:
    """Return the layers that draw a data set of labels."""

    def pixels(field: str) -> dict[str, Any]:
        return {"field": field, "type": "quantitative", "scale": None, "axis": None}

    colour = {"field": "colour", "type": "nominal", "scale": None}
    return [
        {
            "data": {"name": dataset},
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
            "data": {"name": dataset},
            "mark": {"type": "text", "align": "left", "baseline": "middle"},
            "encoding": {
                "x": {"value": width + 19},
                "y": pixels("top"),
                "text": {"field": "text", "type": "nominal"},
            },
        },
    ]


def plain(name: str) -> str:
    """Return a name as part of the name of a chart, which stands in ids: letters, digits and lines only."""
    return "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in name)
