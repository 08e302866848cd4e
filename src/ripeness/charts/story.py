"""One world: the width of its zone of agreement, what moved it, and what happened when."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from ripeness.charts.chart import Cell, Chart, Table, field, table_of
from ripeness.charts.labels import axis_title, side_labels, spread
from ripeness.charts.reading import cells
from ripeness.charts.style import (
    BLUE,
    GREY,
    INK,
    SERIES,
    SERIES_DASHES,
    WIDTH,
    Scale,
    nice_scale,
    reach,
    specification,
    time_encoding,
)
from ripeness.explore.causes import owner_of
from ripeness.explore.story import OUT_OF_REACH, TOLD, Driver, Story
from ripeness.explore.telling import driver_words, finding, tellings

ZONE, REGIME = "width of the zone", "regime"
CEASEFIRE, SETTLEMENT = "ceasefire", "settlement"
REGIMES: Final = ("war", CEASEFIRE, SETTLEMENT, "ended")
SHADES: Final = {CEASEFIRE: 0.12, SETTLEMENT: 0.26}
MOST: Final = 4  # causes that have a line of their own
NUMBER_WIDTH: Final = 15  # pixels
_HEIGHT = 130


def story_chart(story: Story) -> Chart | None:
    """Draw the width of the zone above, and below what moved it since the start.

    Returns:
        None if the zone is never within reach: there is nothing to draw.
    """
    reached = story.usable & (story.changes.width > OUT_OF_REACH)
    width = np.where(reached, story.changes.width, np.nan)
    if not np.isfinite(width).any():
        return None
    drawn = _causes(story, width)
    columns: dict[str, list[Cell]] = {
        "date": [str(day) for day in story.days],
        REGIME: [REGIMES[int(code)] for code in story.regime],
        ZONE: cells(width, 100),
    }
    columns |= {name: cells(values, 100) for name, values in drawn.items()}
    table = table_of(columns)
    numbered = [f"{place} {month}" for place, (month, _) in enumerate(tellings(story), start=1)]
    return Chart(
        name="story",
        title=finding(story),
        sentence=f"The numbers are those of the story: {', '.join(numbered)}.",
        spec=_spec(table, story, list(drawn)),
        table=table,
        alt="Above, the width of the zone of agreement over time; below, what moved it",
        method=f"1 world, number {story.world}, played again. Below zero the zone is a gap; none is drawn "
        "while a signed deal is pending or in force, or where a red line or a refusal leaves nothing "
        "to sign. Shaded: ceasefire light, settlement dark. Each month's change is split among what "
        "changed by Shapley's rule, and summed since the start over the months drawn; the strongest "
        "causes are shown.",
    )


def _causes(story: Story, width: np.ndarray) -> dict[str, np.ndarray]:
    """Return what the strongest causes have moved the zone by since the start, strongest first."""
    measured = np.isfinite(width) & np.isfinite(np.concatenate([[np.nan], width[:-1]]))
    shares = np.where(measured, story.changes.shares, 0.0)
    effort = np.abs(shares).sum(axis=1)
    found = {}
    for place in np.argsort(-effort, kind="stable")[:MOST].tolist():
        if effort[place] >= TOLD:
            name, side = owner_of(place)
            words = driver_words(Driver(name, side, 0.0, None), story.sides, noun=True)
            found[words] = np.where(np.isfinite(width), np.cumsum(shares[place]), np.nan)
    return found


def _spec(table: Table, story: Story, names: list[str]) -> dict[str, Any]:
    x = time_encoding(story.days)
    above, rows_above = _zone_panel(table, story, x)
    panels, below = [above], []
    if names:
        panel, below = _causes_panel(table, names, x)
        panels.append(panel)
    datasets: dict[str, Any] = {
        "moments": _moments(story), "shades": _shades(story),
        "labels_above": rows_above, "labels": below,
    }  # fmt: skip
    return specification(table, {"vconcat": panels, "spacing": 34}, **datasets)


def _zone_panel(
    table: Table, story: Story, x: dict[str, Any]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    widths = [cell for cell in (row[2] for row in table.rows) if isinstance(cell, float)]
    scale = nice_scale(widths, zero=True, height=_HEIGHT)
    axis = {"tickCount": 5, **axis_title("width of the zone, hundredths of the stakes")}
    axis["titleY"] = axis["titleY"] - 22
    y = {"type": "quantitative", "scale": scale.vega(), "axis": axis}
    layers = [
        *_shade_layers(x),
        _zero(scale),
        {
            "mark": {"type": "line", "color": BLUE, "strokeWidth": 2.4, "point": {"size": 12, "color": BLUE}},
            "encoding": {"x": x, "y": {**y, "field": ZONE}},
        },
        *_moment_layers(x),
    ]  # fmt: skip
    entries = [("0: the zone opens", scale.pixel(0), INK)]
    rows, labels = side_labels(entries, height=_HEIGHT, dataset="labels_above")
    return {"width": WIDTH, "height": _HEIGHT, "layer": [*layers, *labels]}, rows


def _causes_panel(
    table: Table, names: list[str], x: dict[str, Any]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    columns = {name: [row[table.columns.index(name)] for row in table.rows] for name in names}
    values = [cell for column in columns.values() for cell in column if cell is not None]
    scale = nice_scale(values, zero=True, height=_HEIGHT)
    axis = {
        "tickCount": 5,
        **axis_title("what has moved it since the start, hundredths of the stakes"),
    }
    y = {"type": "quantitative", "scale": scale.vega(), "axis": axis}
    end = reach(np.array([row[2] is not None for row in table.rows]))
    layers, entries = [*_shade_layers(x), _zero(scale, end)], []
    for place, (name, column) in enumerate(columns.items()):
        mark = {
            "type": "line", "color": SERIES[place], "strokeWidth": 2.2,
            "strokeDash": SERIES_DASHES[place], "interpolate": "step-after",
        }  # fmt: skip
        layers.append({"mark": mark, "encoding": {"x": x, "y": {**y, "field": field(name)}}})
        known = [cell for cell in column if isinstance(cell, float)]
        if known:
            entries.append((name, scale.pixel(known[-1]), SERIES[place]))
    rows, labels = side_labels(entries, height=_HEIGHT, width=end)
    return {"width": WIDTH, "height": _HEIGHT, "layer": [*layers, *labels]}, rows


def _zero(scale: Scale, end: int = WIDTH) -> dict[str, Any]:
    return {
        "data": {"values": [{}]},
        "mark": {"type": "rule", "color": INK, "strokeDash": [4, 3]},
        "encoding": {
            "x": {"value": 0},
            "x2": {"value": end},
            "y": {"datum": 0, "type": "quantitative", "scale": scale.vega()},
        },
    }


def _moments(story: Story) -> list[dict[str, Any]]:
    """Return the numbers of what happened, moved apart where they would lie on one another."""
    start, end = story.days[0], story.days[-1]
    span = max(int((end - start).astype(int)), 1)
    places = [
        WIDTH * int((each.date.astype("datetime64[D]") - start).astype(int)) / span
        for each in story.happenings
    ]
    moved = spread(places, [NUMBER_WIDTH] * len(places), WIDTH)
    return [
        {"number": str(place), "date": str(each.date), "at": at}
        for place, (each, at) in enumerate(zip(story.happenings, moved, strict=True), start=1)
    ]


def _shades(story: Story) -> list[dict[str, Any]]:
    """Return the stretches of ceasefire and settlement."""
    rows, codes = [], story.regime
    starts = [0, *(np.flatnonzero(np.diff(codes)) + 1).tolist()]
    for place, first in enumerate(starts):
        after = starts[place + 1] if place + 1 < len(starts) else len(codes) - 1
        name = REGIMES[int(codes[first])]
        if name in SHADES:
            rows.append(
                {"from": str(story.days[first]), "to": str(story.days[after]), REGIME: name}
                | {"shade": SHADES[name]}
            )
    return rows


def _shade_layers(x: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "data": {"name": "shades"},
            "mark": {"type": "rect", "color": GREY},
            "encoding": {
                "x": {**x, "field": "from"},
                "x2": {"field": "to"},
                "opacity": {
                    "field": "shade",
                    "type": "quantitative",
                    "scale": None,
                    "legend": None,
                },
            },
        }
    ]


def _moment_layers(x: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a thin line at each moment and its number above the plot."""
    place = {"field": "at", "type": "quantitative", "scale": None, "axis": None}
    return [
        {
            "data": {"name": "moments"},
            "mark": {"type": "rule", "color": INK, "opacity": 0.35},
            "encoding": {"x": {**x, "field": "date"}},
        },
        {
            "data": {"name": "moments"},
            "mark": {"type": "text", "baseline": "bottom"},
            "encoding": {
                "x": place,
                "y": {"value": -6},
                "text": {"field": "number", "type": "nominal"},
            },
        },
    ]
