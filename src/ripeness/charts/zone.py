"""Whether a deal exists: worlds at war with an open zone of agreement, and how wide it is."""

from __future__ import annotations

import json
from typing import Any, Final

import numpy as np
import xarray as xr

from ripeness.charts.chart import CHARTS, Cell, Chart, Table, table_of
from ripeness.charts.labels import side_labels
from ripeness.charts.reading import (
    FEWEST,
    cells,
    date_cells,
    days_of,
    enough,
    month_name,
    quantiles_of,
    require,
    sentence_case,
    worlds_of,
)
from ripeness.charts.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    WIDTH,
    Scale,
    nice_scale,
    reach,
    specification,
    time_encoding,
)
from ripeness.outcomes.words import OUT_OF, of_twenty
from ripeness.types import WAR

AT_WAR: Final = "worlds at war"
OPEN, GAP, NONE = "zone open", "a gap to close", "out of reach"
STATES: Final = {OPEN: GREEN, GAP: ORANGE, NONE: GREY}
WIDTHS: Final = ("10 of 20 worlds, from", "median width", "10 of 20 worlds, to")
PANEL_HEIGHT: Final = 120
FLOOR: Final = -0.999  # widths are cut at -1, all of the stakes


@CHARTS.register("zone")
def build(data: xr.Dataset) -> Chart:
    """Draw how many worlds at war have a zone of agreement, and the width of it or of the gap."""
    require(data, "regime", "zone_open", "zone_width")
    worlds = worlds_of(data)
    fighting = data["regime"].values == WAR
    is_open = fighting & data["zone_open"].values.astype(bool)
    width = data["zone_width"].values
    near = fighting & (width > FLOOR)
    states = {OPEN: is_open, GAP: near & ~is_open, NONE: fighting & ~near & ~is_open}
    number, shown = fighting.sum(axis=0), enough(fighting)
    columns: dict[str, list[Cell]] = {"date": date_cells(data), AT_WAR: number.tolist()}
    for name, member in states.items():
        share = member.sum(axis=0) / np.maximum(number, 1)
        columns[name] = cells(np.where(shown, share, np.nan), OUT_OF)
    middle = np.where(enough(near), quantiles_of(width, near), np.nan)
    columns |= {name: cells(row, 100) for name, row in zip(WIDTHS, middle[1:4], strict=True)}
    table = table_of(columns)
    return Chart(
        name="zone",
        title=_title(data, is_open, fighting),
        sentence=_sentence(states, fighting),
        spec=_spec(data, table),
        table=table,
        alt="Above, areas: worlds at war by whether a deal exists; below, the width of the zone",
        method=f"Of {worlds:,} worlds, those at war in each month; months with fewer than "
        f"{min(FEWEST, worlds)} are left out. The zone is open when some package gives both "
        "sides at least what they would sign for. Its width, in hundredths of what is at stake, "
        "is what the worse-off side gains in the best package; below zero it is a gap. A deal is "
        "out of reach where that gap is all of the stakes; these worlds have no width. Worlds "
        "that settle leave the picture.",
    )


def _title(data: xr.Dataset, is_open: np.ndarray, fighting: np.ndarray) -> str:
    days = days_of(data)
    later = min(13, len(days) - 1)
    now = of_twenty(int(is_open[:, 0].sum()), int(fighting[:, 0].sum()))
    start = sentence_case(f"in {now} a deal that both would sign exists at the start")
    if not fighting[:, later].any():
        return start
    then = of_twenty(
        int(is_open[:, later].sum()), int(fighting[:, later].sum()), "worlds still at war"
    )
    return f"{start}; in {month_name(days[later])} in {then}"


def _sentence(states: dict[str, np.ndarray], fighting: np.ndarray) -> str:
    is_open = states[OPEN]
    never = len(is_open) - int(is_open.any(axis=1).sum())
    shut = (is_open[:, :-1] & fighting[:, 1:] & ~is_open[:, 1:]).any(axis=1)
    beyond, first = int(states[NONE][:, 0].sum()), int(fighting[:, 0].sum())
    return (
        "The zone of agreement is never open while the war lasts in "
        f"{of_twenty(never, len(is_open))}; it opens and shuts again in "
        f"{of_twenty(int(shut.sum()), len(is_open))}. At the start a deal is out of reach in "
        f"{of_twenty(beyond, first)}."
    )


def _column(table: Table, name: str) -> np.ndarray:
    """Return a column with NaN for what is missing."""
    cells = [row[table.columns.index(name)] for row in table.rows]
    return np.array([np.nan if cell is None else cell for cell in cells], float)


def _spec(data: xr.Dataset, table: Table) -> dict[str, Any]:
    x = time_encoding(days_of(data))
    above, rows_above = _states_panel(table, x)
    below, rows_below = _width_panel(table, x)
    view = {"vconcat": [above, below], "spacing": 30}
    return specification(table, view, labels_above=rows_above, labels=rows_below)


def _states_panel(table: Table, x: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return stacked areas of the three states of a world at war, and their labels."""
    scale, names = Scale(0, OUT_OF, PANEL_HEIGHT), list(STATES)
    areas = {
        "transform": [
            {"fold": names, "as": ["state", "worlds"]},
            {"filter": "isValid(datum.worlds)"},
            {"calculate": f"indexof({json.dumps(names)}, datum.state)", "as": "place"},
        ],
        "mark": {"type": "area", "stroke": INK, "strokeWidth": 0.7, "fillOpacity": 0.7},
        "encoding": {
            "x": x,
            "y": {
                "field": "worlds",
                "type": "quantitative",
                "stack": "zero",
                "scale": scale.vega(),
                "axis": {"values": [0, 5, 10, 15, 20], "title": "worlds at war, of 20"},
            },
            "fill": {
                "field": "state",
                "type": "nominal",
                "scale": {"domain": names, "range": list(STATES.values())},
                "legend": None,
            },
            "order": {"field": "place", "type": "ordinal"},
        },
    }
    columns = np.stack([_column(table, name) for name in names])
    known = np.isfinite(columns[0])
    last = columns[:, np.flatnonzero(known)[-1]] if known.any() else np.zeros(len(names))
    middles = np.cumsum(last) - last / 2
    entries = [
        (name, scale.pixel(middle), STATES[name])
        for name, middle, column in zip(names, middles, columns, strict=True)
        if np.nansum(column)
    ]
    end = reach(known)
    rows, labels = side_labels(entries, height=PANEL_HEIGHT, width=end, dataset="labels_above")
    return {"width": WIDTH, "height": PANEL_HEIGHT, "layer": [areas, *labels]}, rows


def _width_panel(table: Table, x: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the median width with its band, and their labels."""
    columns = {name: _column(table, name) for name in WIDTHS}
    scale = nice_scale(*columns.values(), zero=True, height=PANEL_HEIGHT)
    end = reach(np.isfinite(columns[WIDTHS[1]]))
    axis = {"title": "width of the zone, hundredths of the stakes", "tickCount": 5}
    y = {"type": "quantitative", "scale": scale.vega(), "axis": axis}
    layers = [
        {
            "mark": {"type": "area", "color": BLUE, "opacity": 0.25},
            "encoding": {"x": x, "y": {**y, "field": WIDTHS[0]}, "y2": {"field": WIDTHS[2]}},
        },
        {
            "mark": {"type": "line", "color": BLUE, "strokeWidth": 2.5},
            "encoding": {"x": x, "y": {**y, "field": WIDTHS[1]}},
        },
        {
            "data": {"values": [{}]},
            "mark": {"type": "rule", "color": INK, "strokeDash": [4, 3]},
            "encoding": {
                "x": {"value": 0},
                "x2": {"value": end},
                "y": {"datum": 0, "type": "quantitative", "scale": scale.vega()},
            },
        },
    ]
    entries = [("0: the zone opens", scale.pixel(0), INK)]
    for name, words in zip(WIDTHS[1:], ("median", "10 of 20 worlds"), strict=True):
        known = columns[name][np.isfinite(columns[name])]
        if known.size:
            entries.append((words, scale.pixel(float(known[-1])), BLUE))
    rows, labels = side_labels(entries, height=PANEL_HEIGHT, width=end)
    return {"width": WIDTH, "height": PANEL_HEIGHT, "layer": [*layers, *labels]}, rows
