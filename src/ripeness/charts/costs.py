"""What the endings cost in lives: the killed of each side by how the war ends."""

from __future__ import annotations

from typing import Any, Final

import xarray as xr

from ripeness.charts.chart import CHARTS, Cell, Chart, Table, table_of
from ripeness.charts.ranges import Columns, Look, range_layers, row_step
from ripeness.charts.reading import (
    about,
    days_of,
    month_name,
    require,
    rounded,
    side_names,
    worlds_of,
)
from ripeness.charts.style import SIDES, nice_scale, specification
from ripeness.outcomes.ending_costs import ALL, FOUGHT, KEPT, Costs, EndingCost, ending_costs

ENDING, SIDE, WORLDS = "ending", "side", "worlds"
LOW, MIDDLE, HIGH = "killed, from (thousand)", "killed, median (thousand)", "killed, to (thousand)"
FEWEST: Final = 5
"""Worlds of a group below which no range is drawn (all, if the run has fewer)."""

_WIDTH: Final = 440
_STEP: Final = 40


@CHARTS.register("costs")
def build(data: xr.Dataset) -> Chart:
    """Draw the killed of each side by ending."""
    require(data, "killed", "disabled", "regime", "ending", "broken_by", "area_held")
    costs, sides = ending_costs(data), side_names(data)
    shown = [row for row in costs.endings if row.worlds and row.ending != ALL]
    fewest = min(FEWEST, costs.worlds)
    table = _table(shown, sides, fewest)
    return Chart(
        name="costs",
        title=_title(costs),
        sentence=_sentence(data, costs),
        spec=_spec(table, [_row_name(row, fewest) for row in shown], sides),
        table=table,
        alt="Ranges with a point: soldiers killed on each side, by how the war ends",
        method=f"{worlds_of(data):,} worlds, each in one row, dead counted from the start to the end of its "
        "course. Point: median; range: 16 of 20 worlds. Rows with fewer than "
        f"{fewest} worlds have no range. Where one side wins or the war leaves the model, "
        "nothing is counted after that.",
    )


def _table(rows: list[EndingCost], sides: list[str], fewest: int) -> Table:
    columns: dict[str, list[Cell]] = {
        name: [] for name in (ENDING, SIDE, LOW, MIDDLE, HIGH, WORLDS)
    }
    for row in rows:
        for place, side in enumerate(sides):
            spread = row.costs.get(("killed", place)) if row.worlds >= fewest else None
            found = (spread.low, spread.median, spread.high) if spread else (None, None, None)
            cells = (None if value is None else rounded(value) for value in found)
            for name, cell in zip(
                columns, (_row_name(row, fewest), side, *cells, row.worlds), strict=True
            ):
                columns[name].append(cell)
    return table_of(columns)


def _row_name(row: EndingCost, fewest: int) -> str:
    few = "" if ("killed", 0) in row.costs and row.worlds >= fewest else ": too few"
    return f"{row.ending}\n({row.worlds:,} {'world' if row.worlds == 1 else 'worlds'}{few})"


def _title(costs: Costs) -> str:
    """Say what the war costs if it is fought through, and what if a peace holds."""
    fought, kept = (costs.of(name).costs.get(("killed", -1)) for name in (FOUGHT, KEPT))
    every = costs.of(ALL).costs.get(("killed", -1))
    if fought and kept:
        return (
            f"The middle world without a pause loses {_thousand(fought.median)} lives, that with a settlement "
            f"never broken {_thousand(kept.median)}"
        )
    return (
        f"The middle world loses {_thousand(every.median)} lives"
        if every
        else "No losses are recorded"
    )


def _thousand(value: float) -> str:
    return about(value * 1000.0, 2)


def _sentence(data: xr.Dataset, costs: Costs) -> str:
    """Say the medians of both sides together, ending by ending."""
    told = [
        f"{row.ending} {_thousand(row.costs['killed', -1].median)}"
        for row in costs.endings
        if row.ending != ALL
        and row.worlds >= min(FEWEST, costs.worlds)
        and ("killed", -1) in row.costs
    ]
    every = costs.of(ALL).costs.get(("killed", -1))
    if every is None:
        return "No losses are recorded."
    return (
        f"Killed on both sides by {month_name(days_of(data)[-1])}, medians: {'; '.join(told)}. Over all worlds "
        f"{_thousand(every.median)}, and {_thousand(every.low)} to {_thousand(every.high)} in 16 of 20."
    )


def _spec(table: Table, names: list[str], sides: list[str]) -> dict[str, Any]:
    places = [table.columns.index(name) for name in (LOW, HIGH)]
    scale = nice_scale([float(row[i] or 0.0) for row in table.rows for i in places], zero=True)
    x = {
        "scale": {"domain": [scale.low, scale.high], "nice": False},
        "axis": {"title": "killed, thousand soldiers", "grid": True, "tickCount": 6},
    }
    shapes = ("circle", "square")
    looks = {
        side: Look(colour, shape) for side, colour, shape in zip(sides, SIDES, shapes, strict=True)
    }
    layers = range_layers(Columns(ENDING, SIDE, LOW, MIDDLE, HIGH), names, looks, x)
    view = {"width": _WIDTH, "height": row_step(names, _STEP), "layer": layers}
    return specification(table, view)
