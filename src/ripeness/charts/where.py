"""Where a claim holds: a map over the two quantities that tell its worlds apart, or bars over one."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from ripeness.charts.chart import Cell, Chart, Table, table_of
from ripeness.charts.crux import axis_of, called, slices
from ripeness.charts.labels import wrapped
from ripeness.charts.reading import rounded
from ripeness.charts.style import BLUE, HEIGHT, INK, VERMILLION, Scale, specification
from ripeness.claims.discovery import (
    Description,
    Feature,
    Part,
    Restriction,
    Truth,
    condition,
    sentences,
)
from ripeness.claims.discovery.told import What
from ripeness.outcomes.words import OUT_OF

CELLS: Final = 6
"""Slices of each quantity, of as many worlds each: a map has three dozen cells."""

FEWEST: Final = 10
"""Worlds that a cell must hold to be shown."""

SHARE, WORLDS = "worlds of 20", "worlds"
_PLOT: Final = 330


def where_chart(
    name: str, description: Description, truth: Truth, what: What = "holds"
) -> Chart | None:
    """Draw the share of worlds in which a claim holds (or fails) over what describes it best.

    Args:
        name: of the claim.
        description: of the worlds in which it holds, or fails.
        truth: where it can be tested and holds.
        what: which of the two.

    Returns:
        None if nothing tells the worlds apart.
    """
    if not description.stands:
        return None
    part = description.parts[0]
    shown = _shown(part, truth)
    others = [each for each in part.restrictions if each not in shown]
    among = (
        truth.tested & np.all([each.inside() for each in others], axis=0)
        if others
        else truth.tested
    )
    happens = truth.true if what == "holds" else truth.false
    table = _table(shown, among, happens)
    given = f" Shown are the worlds {condition(others)}." if others else ""
    return Chart(
        name="where",
        title=f"{name} {what} above all in worlds {condition(part.restrictions)}",
        sentence=" ".join(sentences(description, what)),
        spec=_map(table, shown, what) if len(shown) > 1 else _bars(table, shown[0], what),
        table=table,
        alt=f"Worlds by what tells them apart: in how many of twenty the claim {what}",
        method=f"All {int(np.count_nonzero(among)):,} worlds shown, in slices of as many worlds each; cells "
        f"with fewer than {FEWEST} are left out.{given} The dashed frame was chosen in one half of the worlds; "
        "the counts in the text are of the other.",
    )


def _shown(part: Part, truth: Truth) -> list[Restriction]:
    """Return one or two ranges to draw: of more, those whose loss would change the part most."""
    ranges = [each for each in part.restrictions if not each.feature.is_flag]
    ranges = ranges or list(part.restrictions)
    inside = np.all([each.inside() for each in part.restrictions], axis=0) & truth.tested

    def grows(left_out: Restriction) -> int:
        rest = [each.inside() for each in part.restrictions if each is not left_out]
        wide = np.all(rest, axis=0) & truth.tested if rest else truth.tested
        return int(np.count_nonzero(wide & ~inside))

    ranges.sort(key=grows, reverse=True)
    return ranges[: 1 if ranges[0].feature.is_flag else 2]


def _table(shown: list[Restriction], among: np.ndarray, happens: np.ndarray) -> Table:
    """Return, per cell, its ends along each quantity, its worlds and in how many of 20 it happens."""
    known = among & np.all([np.isfinite(each.feature.values) for each in shown], axis=0)
    edges = [slices(each.feature.values[known], CELLS if len(shown) > 1 else 10) for each in shown]
    places = [
        np.clip(
            np.searchsorted(edge, each.feature.values[known], side="right") - 1, 0, len(edge) - 2
        )
        for edge, each in zip(edges, shown, strict=True)
    ]
    shape = tuple(len(edge) - 1 for edge in edges)
    flat = np.ravel_multi_index(places, shape)
    count = np.bincount(flat, minlength=int(np.prod(shape)))
    hits = np.bincount(flat, weights=happens[known], minlength=len(count))
    columns: dict[str, list[Cell]] = {}
    cells = np.unravel_index(np.arange(len(count)), shape)
    for axis, (each, edge, cell) in enumerate(zip(shown, edges, cells, strict=True)):
        columns[f"slice {axis + 1}"] = [called(each.feature, edge, int(place)) for place in cell]
        columns[f"from {axis + 1}"] = [rounded(value) for value in edge[cell].tolist()]
        columns[f"to {axis + 1}"] = [rounded(value) for value in edge[cell + 1].tolist()]
    columns[WORLDS] = count.tolist()
    columns[SHARE] = [
        rounded(OUT_OF * hit / number) if number >= FEWEST else None
        for hit, number in zip(hits.tolist(), count.tolist(), strict=True)
    ]
    return table_of(columns)


def _map(table: Table, shown: list[Restriction], what: What) -> dict[str, Any]:
    across, up = (_encoded(table, each.feature, axis) for axis, each in enumerate(shown))
    titles = [axis.pop("title") for axis in (across, up)]
    x = {
        "field": "from 1",
        "type": "quantitative",
        **across,
        "axis": {"title": titles[0], "grid": False},
    }
    y = {
        "field": "from 2", "type": "quantitative", **up,
        "axis": {"title": titles[1], "titleY": -12 - 14 * (len(titles[1]) - 1), "grid": False},
    }  # fmt: skip
    cells = {
        "transform": [{"filter": f"isValid(datum['{SHARE}'])"}],
        "mark": {"type": "rect", "stroke": None},
        "encoding": {
            "x": x, "x2": {"field": "to 1"}, "y": y, "y2": {"field": "to 2"},
            "fill": {"field": SHARE, "type": "quantitative", "scale": _colours(what),
                     "legend": _legend(what)},
        },
    }  # fmt: skip
    numbers = {
        "transform": [
            {"filter": f"isValid(datum['{SHARE}'])"},
            {"calculate": "(datum['from 1'] + datum['to 1']) / 2", "as": "x"},
            {"calculate": "(datum['from 2'] + datum['to 2']) / 2", "as": "y"},
        ],
        "mark": {"type": "text", "fontSize": 11},
        "encoding": {
            "x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "quantitative"},
            "text": {"field": SHARE, "type": "quantitative", "format": ".0f"},
            "color": {"condition": {"test": f"datum['{SHARE}'] > 12", "value": "white"}, "value": "black"},
        },
    }  # fmt: skip
    frame = {
        "data": {"name": "frame"},
        "mark": {"type": "rect", "fill": None, "strokeWidth": 2.5, "strokeDash": [5, 3]},
        "encoding": {
            "x": {"field": "x", "type": "quantitative"}, "x2": {"field": "x2"},
            "y": {"field": "y", "type": "quantitative"}, "y2": {"field": "y2"},
            "stroke": {"value": INK},
        },
    }  # fmt: skip
    ends = [_ends(table, axis) for axis in range(2)]
    box = {}
    for key, each, (low, high) in zip("xy", shown, ends, strict=True):
        box[key], box[f"{key}2"] = max(each.at_least, low), min(each.below, high)
    view = {"width": _PLOT, "height": _PLOT * 0.8, "layer": [cells, numbers, frame]}
    return specification(table, view, frame=[box])


def _bars(table: Table, shown: Restriction, what: What) -> dict[str, Any]:
    scale = Scale(0, OUT_OF, HEIGHT)
    named = Table(tuple(column.removesuffix(" 1") for column in table.columns), table.rows)
    bars = {
        "mark": {"type": "bar", "stroke": INK, "strokeWidth": 0.5, "fillOpacity": 0.75},
        "encoding": {
            **axis_of(named, shown.feature),
            "y": {
                "field": SHARE, "type": "quantitative", "scale": scale.vega(),
                "axis": {"values": [0, 5, 10, 15, 20], "title": f"{what} in worlds, of 20"},
            },
            "y2": {"datum": 0},
            "fill": {"value": BLUE if what == "holds" else VERMILLION},
        },
    }  # fmt: skip
    ends = [] if shown.feature.is_flag else [shown.at_least, shown.below]
    limits: list[dict[str, Cell]] = [{"value": end} for end in ends if np.isfinite(end)]
    rules = {
        "data": {"name": "limits"},
        "mark": {"type": "rule", "strokeWidth": 2, "strokeDash": [5, 3]},
        "encoding": {"x": {"field": "value", "type": "quantitative"}, "stroke": {"value": INK}},
    }
    layers = [bars, rules] if limits else [bars]
    view = {"width": _PLOT, "height": HEIGHT, "layer": layers}
    return specification(named, view, limits=limits)


def _encoded(table: Table, feature: Feature, axis: int) -> dict[str, Any]:
    """Return scale and title of one axis of the map."""
    unit = (
        ""
        if feature.unit in ("share", "") or feature.label.startswith(feature.unit)
        else f", {feature.unit}"
    )
    return {
        "scale": {"domain": list(_ends(table, axis)), "nice": False, "zero": False},
        "title": wrapped(f"{feature.label}{unit}", 56),
    }


def _ends(table: Table, axis: int) -> tuple[float, float]:
    """Return the lowest and the highest end along an axis."""
    low = min(float(row[3 * axis + 1] or 0.0) for row in table.rows)
    return low, max(float(row[3 * axis + 2] or 0.0) for row in table.rows)


def _legend(what: What) -> dict[str, Any]:
    title = [f"{what} in", "worlds, of 20"]
    return {"title": title, "titleFontWeight": "normal", "values": [0, 5, 10, 15, 20]}


def _colours(what: What) -> dict[str, Any]:
    """Return a scale of colours from none to all worlds."""
    return {"domain": [0, OUT_OF], "range": ["#F4F4F4", BLUE if what == "holds" else VERMILLION]}
