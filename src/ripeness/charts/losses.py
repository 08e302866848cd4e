"""What the war costs in soldiers: cumulative casualties of both sides, as two fans."""

from __future__ import annotations

import math
from typing import Any, Final

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
from ripeness.charts.labels import wrapped
from ripeness.charts.reading import (
    about,
    date_cells,
    days_of,
    listed,
    month_name,
    require,
    side_names,
    worlds_of,
)
from ripeness.charts.style import (
    HEIGHT,
    LINE_HEIGHT,
    SIDES,
    Scale,
    nice_scale,
    specification,
    time_encoding,
)

THOUSAND: Final = 1000.0
PANEL: Final = 232  # pixels; two panels and the labels of one make the width of the others


@CHARTS.register("losses")
def build(data: xr.Dataset) -> Chart:
    """Draw cumulative casualties, one panel per side on one scale."""
    require(data, "casualties")
    names, worlds = side_names(data), worlds_of(data)
    prefixes = [f"{name}: " for name in names]
    fans = [
        fan_columns(data["casualties"].values[:, :, side], THOUSAND, prefix)
        for side, prefix in enumerate(prefixes)
    ]
    dates = date_cells(data)
    table = table_of({"date": dates} | fans[0] | fans[1])
    shown = [[v for v in column if v is not None] for fan in fans for column in fan.values()]
    scale = nice_scale(*shown, zero=True)
    rows, labels = fan_labels(fans[1], scale, SIDES[1], prefixes[1], width=PANEL)
    panels = [_panel(data, side, scale) for side in range(2)]
    panels[1]["layer"] += labels
    return Chart(
        name="losses",
        title=_title(names, prefixes, fans, str(dates[-1])),
        sentence=_sentence(names, prefixes, fans),
        spec=specification(table, {"hconcat": panels, "spacing": 22}, labels=rows),
        table=table,
        alt=f"Two fans: cumulative casualties of {listed(names)}",
        method=f"{worlds:,} worlds. Soldiers killed and wounded since {month_name(str(dates[0]))}, "
        "in thousands. Bands hold the middle 10 and 18 of 20 worlds in each month; single worlds "
        "are the first of the design, not chosen.",
    )


def _panel(data: xr.Dataset, side: int, scale: Scale) -> dict[str, Any]:
    names = side_names(data)
    x = time_encoding(days_of(data), most=3)
    axis = {"title": None, "tickCount": 6, "labels": side == 0}
    singles = min(SINGLE_WORLDS, worlds_of(data))
    y = {"scale": scale.vega(), "axis": axis}
    lines = wrapped(f"{names[side]}, thousand soldiers", 38)
    heading = {
        "data": {"values": [{}]},
        "mark": {"type": "text", "align": "left", "text": lines},
        "encoding": {"x": {"value": 0}, "y": {"value": -14 - LINE_HEIGHT * (len(lines) - 1)}},
    }
    fan = fan_layers(x, y, SIDES[side], singles, f"{names[side]}: ")
    return {"width": PANEL, "height": HEIGHT, "layer": [*fan, heading]}


def _title(
    names: list[str], prefixes: list[str], fans: list[dict[str, list[Cell]]], end: str
) -> str:
    sums = [middle(fan, p + MEDIAN) * THOUSAND for fan, p in zip(fans, prefixes, strict=True)]
    if any(math.isnan(value) for value in sums):
        return "Casualties are not recorded for both sides"
    told = [f"{name} {about(value, 2)}" for name, value in zip(names, sums, strict=True)]
    cost = f"{listed(told)} soldiers, killed and wounded"
    return f"By {month_name(end)} the median world has cost {cost}"


def _sentence(names: list[str], prefixes: list[str], fans: list[dict[str, list[Cell]]]) -> str:
    parts = []
    for name, prefix, fan in zip(names, prefixes, fans, strict=True):
        low, high = (middle(fan, prefix + heading) * THOUSAND for heading in WIDE)
        if not math.isnan(low):
            one, other = about(low, 2), about(high, 2)
            parts.append(f"{name} loses {one if one == other else f'between {one} and {other}'}")
    if not parts:
        return "No world gives a figure at the end."
    return f"In 18 of 20 worlds {listed(parts)} soldiers, killed and wounded."
