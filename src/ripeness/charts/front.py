"""Where the front goes: the area that the first side holds, as a fan over worlds."""

from __future__ import annotations

import math
from typing import Final

import xarray as xr

from ripeness.charts.chart import CHARTS, Cell, Chart, table_of
from ripeness.charts.fan import (
    MEDIAN,
    SINGLE_WORLDS,
    WIDE,
    fan_columns,
    fan_labels,
    fan_layers,
    middle,
)
from ripeness.charts.labels import axis_title
from ripeness.charts.reading import (
    about,
    date_cells,
    days_of,
    month_name,
    require,
    side_names,
    worlds_of,
)
from ripeness.charts.style import HEIGHT, SIDES, WIDTH, nice_scale, specification, time_encoding

THOUSAND: Final = 1000.0


@CHARTS.register("front")
def build(data: xr.Dataset) -> Chart:
    """Draw the area held by the first side."""
    require(data, "area_held")
    name, worlds = side_names(data)[0], worlds_of(data)
    fan = fan_columns(data["area_held"].values[:, :, 0], THOUSAND)
    dates: list[Cell] = date_cells(data)
    table = table_of({"date": dates, **fan})
    scale = nice_scale(*[[v for v in column if v is not None] for column in fan.values()])
    axis = {**axis_title(f"area held by {name}, thousand km²"), "tickCount": 6}
    y = {"scale": scale.vega(), "axis": axis}
    singles = min(SINGLE_WORLDS, worlds)
    rows, labels = fan_labels(fan, scale, SIDES[0])
    layers = fan_layers(time_encoding(days_of(data)), y, SIDES[0], singles)
    view = {"width": WIDTH, "height": HEIGHT, "layer": [*layers, *labels]}
    return Chart(
        name="front",
        title=_title(name, fan, str(dates[-1])),
        sentence=_sentence(name, fan, str(dates[0])),
        spec=specification(table, view, labels=rows),
        table=table,
        alt=f"Fan: area held by {name}, median, two bands and {singles} single worlds",
        method=f"{worlds:,} worlds. Bands hold the middle 10 and 18 of 20 worlds in each month; "
        "a world that has ended keeps its last figure. Single worlds are the first of the "
        "design, not chosen. Areas in thousand km².",
    )


def _title(name: str, fan: dict[str, list[Cell]], end: str) -> str:
    low, high = (middle(fan, heading) * THOUSAND for heading in WIDE)
    if math.isnan(low):
        return f"The area that {name} holds is not recorded"
    if about(low) == about(high):
        return f"By {month_name(end)} {name} holds {about(low)} km²"
    return (
        f"By {month_name(end)} {name} holds between {about(low)} and {about(high)} km² "
        "in 18 of 20 worlds"
    )


def _sentence(name: str, fan: dict[str, list[Cell]], start: str) -> str:
    first, last = (middle(fan, MEDIAN, place) * THOUSAND for place in (0, -1))
    if math.isnan(first) or math.isnan(last):
        return "No world gives a figure at both the start and the end."
    change = last - first
    words = "gains" if change > 0 else "loses"
    moved = f"{words} {about(abs(change))} km²" if round(change) else "keeps what it holds"
    return (
        f"From {about(first)} km² in {month_name(start)}, {name} {moved} in the median world, "
        f"to {about(last)} km²."
    )
