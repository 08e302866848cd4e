"""How long the war lasts: the share of worlds in which it has not yet ended, by theory."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
import xarray as xr

from ripeness.charts.chart import CHARTS, Cell, Chart, Table, field, table_of
from ripeness.charts.labels import side_labels
from ripeness.charts.reading import (
    cells,
    date_cells,
    days_of,
    listed,
    meanings,
    month_name,
    war_end_week,
    week_of,
    worlds_of,
)
from ripeness.charts.style import (
    HEIGHT,
    SERIES,
    SERIES_DASHES,
    WIDTH,
    Scale,
    specification,
    time_encoding,
)
from ripeness.outcomes.words import OUT_OF, of_twenty

ALL: Final = "all theories"
_Z: Final = 1.96  # 19 of 20 repetitions lie within


@CHARTS.register("survival")
def build(data: xr.Dataset) -> Chart:
    """Draw the share of worlds still at war against time, one line per theory of war ending."""
    end, week = war_end_week(data), week_of(data)
    groups = worlds_by_theory(data)
    going = {name: end[member][:, None] > week[None, :] for name, member in groups.items()}
    columns: dict[str, list[Cell]] = {"date": date_cells(data)}
    for name, still in going.items():
        count, total = still.sum(axis=0), len(still)
        low, high = wilson(count, total)
        columns[name] = cells(count / total, OUT_OF)
        columns[f"{name}, from"] = cells(low, OUT_OF)
        columns[f"{name}, to"] = cells(high, OUT_OF)
    table = table_of(columns)
    return Chart(
        name="survival",
        title=_title(data, going),
        sentence=_sentence(data, end),
        spec=_spec(data, table, list(going)),
        table=table,
        alt="Falling lines: worlds, out of twenty, in which the war has not ended, by theory",
        method=f"{worlds_of(data):,} worlds ("
        + listed([f"{len(still):,} under {name}" for name, still in going.items()])
        + "). The war ends with the last ceasefire or settlement that still holds at the "
        "horizon, or with a victory; worlds that leave the model count as not ended. Band: where "
        "19 of 20 repetitions with other draws would lie (Wilson 1927).",
    )


def worlds_by_theory(data: xr.Dataset) -> dict[str, np.ndarray]:
    """Return which worlds follow each theory; one group of all worlds if none is named."""
    everywhere = {ALL: np.ones(worlds_of(data), bool)}
    if "theory" not in data.variables:
        return everywhere
    index = data["theory"].values
    names = meanings(data, "theory", "flag_meanings") or meanings(data, "theory", "theories")
    groups = {name: index == place for place, name in enumerate(names)}
    groups = {name: member for name, member in groups.items() if member.any()}
    covered = sum(int(member.sum()) for member in groups.values())
    return groups if covered == worlds_of(data) else everywhere


def wilson(count: np.ndarray, total: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of Wilson's interval for a share (Wilson 1927), both within 0 to 1."""
    share = count / total
    middle = (share + _Z**2 / (2 * total)) / (1 + _Z**2 / total)
    half = np.sqrt(share * (1 - share) / total + _Z**2 / (4 * total**2))
    half = half * _Z / (1 + _Z**2 / total)
    return np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)


def _title(data: xr.Dataset, going: dict[str, np.ndarray]) -> str:
    days = days_of(data)
    halfway = len(days) // 2
    ended = [
        f"in {of_twenty(int((~still[:, halfway]).sum()), len(still))}"
        + (f" under {name}" if len(going) > 1 else "")
        for name, still in going.items()
    ]
    return f"By {month_name(days[halfway])} the war has ended {listed(ended)}"


def _sentence(data: xr.Dataset, end: np.ndarray) -> str:
    worlds, days = worlds_of(data), days_of(data)
    last = week_of(data)[-1]
    still = int((end > last).sum())
    middle = float(np.sort(end)[(worlds - 1) // 2])
    if math.isinf(middle):
        half = f"Fewer than half of the worlds see the war end by {month_name(days[-1])}"
    else:
        day = days[0] + np.timedelta64(round(middle * 7), "D")
        half = f"Half of the worlds see the war end by {month_name(day)}"
    return f"{half}; it has not ended by the horizon in {of_twenty(still, worlds)}."


def _spec(data: xr.Dataset, table: Table, names: list[str]) -> dict[str, Any]:
    scale = Scale(0, OUT_OF)
    x = time_encoding(days_of(data))
    axis = {"values": [0, 5, 10, 15, 20], "title": "worlds in which the war has not ended, of 20"}
    y = {"type": "quantitative", "scale": scale.vega(), "axis": axis}
    layers, entries = [], []
    for place, name in enumerate(names):
        colour, dash = SERIES[place % 4], SERIES_DASHES[place % 4]
        band = {
            "mark": {"type": "area", "color": colour, "opacity": 0.2},
            "encoding": {
                "x": x,
                "y": {**y, "field": field(f"{name}, from")},
                "y2": {"field": field(f"{name}, to")},
            },
        }
        mark = {"type": "line", "color": colour, "strokeDash": dash, "strokeWidth": 2.2}
        line = {"mark": mark, "encoding": {"x": x, "y": {**y, "field": field(name)}}}
        layers += [band, line] if len(names) < 3 else [line]
        at = scale.pixel(float(table.rows[-1][table.columns.index(name)] or 0))
        entries.append((name, at, colour))
    rows, labels = side_labels(entries)
    view = {"width": WIDTH, "height": HEIGHT, "layer": [*layers, *labels]}
    return specification(table, view, labels=rows)
