"""Men or equipment: in how many worlds shortage of men is what holds each side back."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import xarray as xr

from ripeness.charts.chart import CHARTS, Cell, Chart, Table, field, table_of
from ripeness.charts.labels import side_labels
from ripeness.charts.reading import (
    FEWEST,
    cells,
    date_cells,
    days_of,
    enough,
    listed,
    month_name,
    require,
    side_names,
    worlds_of,
)
from ripeness.charts.style import (
    HEIGHT,
    SIDE_DASHES,
    SIDES,
    WIDTH,
    Scale,
    reach,
    specification,
    time_encoding,
)
from ripeness.outcomes.words import OUT_OF, of_twenty
from ripeness.types import WAR

AT_WAR: Final = "worlds at war"


@CHARTS.register("manpower")
def build(data: xr.Dataset) -> Chart:
    """Draw the share of worlds at war in which men bind, one line per side."""
    require(data, "regime", "men_bind", "men_bound_share")
    names, worlds = side_names(data), worlds_of(data)
    fighting = data["regime"].values == WAR
    bound = data["men_bind"].values.astype(bool) & fighting[:, :, None]
    number, shown = fighting.sum(axis=0), enough(fighting)
    columns: dict[str, list[Cell]] = {"date": date_cells(data), AT_WAR: number.tolist()}
    for side, name in enumerate(names):
        share = bound[:, :, side].sum(axis=0) / np.maximum(number, 1)
        columns[name] = cells(np.where(shown, share, np.nan), OUT_OF)
    table = table_of(columns)
    return Chart(
        name="manpower",
        title=_title(names, data["men_bound_share"].values),
        sentence=_sentence(data, bound, number),
        spec=_spec(data, table),
        table=table,
        alt=f"Two lines over time: worlds in which shortage of men binds {listed(names)}",
        method=f"Of {worlds:,} worlds, those at war in each month; months with fewer than "
        f"{min(FEWEST, worlds)} of them are left out. Men bind when more soldiers, and not more "
        "equipment, would raise the force in the field.",
    )


def _title(names: list[str], share: np.ndarray) -> str:
    """Say in how many worlds men bind each side for more than half of the war."""
    parts = []
    for side, name in enumerate(names):
        known = share[np.isfinite(share[:, side]), side]
        if len(known):
            parts.append(f"{name} in {of_twenty(int((known > 0.5).sum()), len(known))}")
    if not parts:
        return "No world records whether men or equipment hold a side back"
    return f"Men, not equipment, are short for most of the war for {listed(parts)}"


def _sentence(data: xr.Dataset, bound: np.ndarray, number: np.ndarray) -> str:
    days = days_of(data)
    places = [0, min(13, len(days) - 1)]
    told = []
    for place in places:
        if number[place]:
            parts = [
                f"{name} in {of_twenty(int(bound[:, place, side].sum()), int(number[place]))}"
                for side, name in enumerate(side_names(data))
            ]
            told.append(f"in {month_name(days[place])} they bind {listed(parts)}")
    return f"Of the worlds at war, {'; '.join(told)}." if told else "No world is at war."


def _spec(data: xr.Dataset, table: Table) -> dict[str, Any]:
    scale, x = Scale(0, OUT_OF), time_encoding(days_of(data))
    axis = {"values": [0, 5, 10, 15, 20], "title": "worlds at war in which men bind, of 20"}
    layers, entries = [], []
    for side, name in enumerate(side_names(data)):
        y = {"field": field(name), "type": "quantitative", "scale": scale.vega(), "axis": axis}
        mark = {"type": "line", "color": SIDES[side], "strokeWidth": 2.4}
        mark["strokeDash"] = SIDE_DASHES[side]
        layers.append({"mark": mark, "encoding": {"x": x, "y": y}})
        known = [row[2 + side] for row in table.rows if isinstance(row[2 + side], float)]
        if known:
            entries.append((name, scale.pixel(float(known[-1] or 0)), SIDES[side]))
    end = reach(np.array([row[2] is not None for row in table.rows]))
    rows, labels = side_labels(entries, width=end)
    view = {"width": WIDTH, "height": HEIGHT, "layer": [*layers, *labels]}
    return specification(table, view, labels=rows)
