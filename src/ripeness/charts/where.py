"""Where a claim holds: a map over the two quantities that tell its worlds apart, or bars over one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ripeness.charts.chart import Cell, Chart, Table, table_of
from ripeness.charts.labels import axis_title, plain, wrapped
from ripeness.charts.reading import rounded
from ripeness.charts.style import BLUE, INK, VERMILLION, Scale, specification
from ripeness.claims.discovery.slices import FEWEST
from ripeness.claims.discovery.told import amount
from ripeness.outcomes.words import OUT_OF

SHARE, WORLDS = "worlds of 20", "worlds"
_PLOT: Final = 300
_MAP_HEIGHT: Final = 190
_BAR_HEIGHT: Final = 130


def where_chart(name: str, figures: Mapping[str, Any], sentences: Sequence[str]) -> Chart:
    """Draw the share of worlds in which a claim holds (or fails) over what describes it best.

    Args:
        name: of the claim.
        figures: counts by slice, see ``claims.discovery.slices.where_slices``.
        sentences: its description in words.
    """
    shown, what = figures["shown"], figures["what"]
    table = _table(shown, figures["cells"])
    given = f" Shown are the worlds {figures['given']}." if figures["given"] else ""
    few = any(cell["worlds"] < FEWEST for cell in figures["cells"])
    left_out = f" Cells with fewer than {FEWEST} are left out." if few else ""
    ends = sum(shown[0][name] is not None for name in ("at_least", "below"))
    limits = "frame was" if len(shown) > 1 else "line was" if ends == 1 else "lines were"
    return Chart(
        name=f"where-{plain(name)}",
        title=f"{name} {what} above all in worlds {figures['where']}",
        sentence=" ".join(sentences),
        spec=_map(table, shown, what) if len(shown) > 1 else _bars(table, shown[0], what),
        table=table,
        alt=f"Worlds by what tells them apart: in how many of twenty claim {name} {what}",
        method=f"In how many of {OUT_OF} worlds it {what}: {figures['worlds']:,} worlds, in slices of as many "
        f"each.{given}{left_out} The dashed {limits} chosen in one half of the worlds; the counts in the text "
        "are of the other.",
    )


def _table(shown: Sequence[Mapping[str, Any]], cells: Sequence[Mapping[str, Any]]) -> Table:
    """Return, per cell, its ends along each quantity, its worlds and in how many of 20 it happens."""
    columns: dict[str, list[Cell]] = {}
    for axis in range(len(shown)):
        ends = [cell["ends"][axis] for cell in cells]
        columns[f"slice {axis + 1}"] = [f"{amount(low)} to {amount(high)}" for low, high in ends]
        columns[f"from {axis + 1}"] = [low for low, _ in ends]
        columns[f"to {axis + 1}"] = [high for _, high in ends]
    columns[WORLDS] = [cell["worlds"] for cell in cells]
    columns[SHARE] = [
        rounded(OUT_OF * cell["happens"] / cell["worlds"]) if cell["worlds"] >= FEWEST else None
        for cell in cells
    ]
    return table_of(columns)


def _map(table: Table, shown: Sequence[Mapping[str, Any]], what: str) -> dict[str, Any]:
    across, up = ({"scale": _scale(table, axis)} for axis in range(2))
    x = {
        "field": "from 1", "type": "quantitative", **across,
        "axis": {"title": wrapped(_called(shown[0]), 50), "grid": False, "tickCount": 5},
    }  # fmt: skip
    y = {
        "field": "from 2", "type": "quantitative", **up,
        "axis": {**axis_title(_called(shown[1]), 56), "grid": False, "tickCount": 5},
    }  # fmt: skip
    known = {"filter": f"isValid(datum['{SHARE}'])"}
    cells = {
        "transform": [known],
        "mark": {"type": "rect", "stroke": None},
        "encoding": {
            "x": x, "x2": {"field": "to 1"}, "y": y, "y2": {"field": "to 2"},
            "fill": {"field": SHARE, "type": "quantitative", "scale": _colours(what),
                     "legend": None},
        },
    }  # fmt: skip
    numbers = {
        "transform": [
            known,
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
            "stroke": {"value": "black"},
        },
    }  # fmt: skip
    box: dict[str, Cell] = {}
    for axis, (key, each) in enumerate(zip("xy", shown, strict=True)):
        low, high = _ends(table, axis)
        at_least, below = each["at_least"], each["below"]
        box[key] = low if at_least is None else max(at_least, low)
        box[f"{key}2"] = high if below is None else min(below, high)
    view = {"width": _PLOT, "height": _MAP_HEIGHT, "layer": [cells, numbers, frame]}
    return specification(table, view, frame=[box])


def _bars(table: Table, shown: Mapping[str, Any], what: str) -> dict[str, Any]:
    scale = Scale(0, OUT_OF, _BAR_HEIGHT)
    named = Table(tuple(column.removesuffix(" 1") for column in table.columns), table.rows)
    bars = {
        "mark": {"type": "bar", "stroke": INK, "strokeWidth": 0.5, "fillOpacity": 0.75},
        "encoding": {
            "x": {
                "field": "from", "type": "quantitative", "scale": _scale(table, 0),
                "axis": {"title": wrapped(_called(shown), 50), "tickCount": 5},
            },
            "x2": {"field": "to"},
            "y": {
                "field": SHARE, "type": "quantitative", "scale": scale.vega(),
                "axis": {"values": [0, 5, 10, 15, 20], "title": f"{what} in worlds, of 20"},
            },
            "y2": {"datum": 0},
            "fill": {"value": BLUE if what == "holds" else VERMILLION},
        },
    }  # fmt: skip
    ends = (shown["at_least"], shown["below"])
    limits: list[dict[str, Cell]] = [{"value": end} for end in ends if end is not None]
    rules = {
        "data": {"name": "limits"},
        "mark": {"type": "rule", "strokeWidth": 2, "strokeDash": [5, 3]},
        "encoding": {"x": {"field": "value", "type": "quantitative"}, "stroke": {"value": INK}},
    }
    view = {"width": _PLOT, "height": _BAR_HEIGHT, "layer": [bars, rules]}
    return specification(named, view, limits=limits)


def _called(shown: Mapping[str, Any]) -> str:
    """Return what an axis is called, with its unit unless that is said already."""
    label, unit = str(shown["label"]), str(shown["unit"])
    bare = unit in ("share", "") or label.startswith(unit)
    return label if bare else f"{label}, {unit}"


def _scale(table: Table, axis: int) -> dict[str, Any]:
    return {"domain": list(_ends(table, axis)), "nice": False, "zero": False}


def _ends(table: Table, axis: int) -> tuple[float, float]:
    """Return the lowest and the highest end along an axis."""
    low = min(float(row[3 * axis + 1] or 0.0) for row in table.rows)
    return low, max(float(row[3 * axis + 2] or 0.0) for row in table.rows)


def _colours(what: str) -> dict[str, Any]:
    """Return a scale of colours from none to all worlds."""
    return {"domain": [0, OUT_OF], "range": ["#F4F4F4", BLUE if what == "holds" else VERMILLION]}
