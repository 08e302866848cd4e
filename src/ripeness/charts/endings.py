"""How the worlds stand, month by month: at war, in a ceasefire, settled, won, or left the model."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import xarray as xr

from ripeness.charts.chart import CHARTS, Cell, Chart, Table, field, table_of
from ripeness.charts.labels import side_labels
from ripeness.charts.reading import (
    date_cells,
    days_of,
    ending_names,
    listed,
    month_name,
    require,
    sentence_case,
    worlds_of,
)
from ripeness.charts.style import (
    BLUE,
    GREEN,
    GREY,
    HEIGHT,
    INK,
    ORANGE,
    PURPLE,
    SKY,
    VERMILLION,
    WIDTH,
    Scale,
    of_twenty_axis,
    specification,
    time_encoding,
)
from ripeness.outcomes.words import of_twenty
from ripeness.types import CEASEFIRE, ENDED, SETTLEMENT, WAR

AT_WAR, IN_CEASEFIRE, SETTLED = "at war", "in a ceasefire", "settlement in force"


@CHARTS.register("endings")
def build(data: xr.Dataset) -> Chart:
    """Draw how many worlds are in which state, as stacked areas."""
    require(data, "regime", "ending")
    states = states_over_time(data)
    worlds = worlds_of(data)
    dates = date_cells(data)
    columns: dict[str, list[Cell]] = {"date": dates}
    columns |= {name: counts.tolist() for name, counts in states.items()}
    table = table_of(columns)
    last = {name: int(counts[-1]) for name, counts in states.items()}
    told = [f"{name} in {of_twenty(count, worlds)}" for name, count in last.items() if count]
    return Chart(
        name="endings",
        title=_title(data, states),
        sentence=f"In {month_name(dates[-1])}: {listed(told)}.",
        spec=_spec(data, table, states),
        table=table,
        alt="Stacked areas: worlds at war, in a ceasefire, settled or ended, month by month",
        method=f"Counts of {worlds:,} worlds in each month. A victory, and an exit beyond the "
        "model, are final; a ceasefire and a settlement can break.",
    )


def states_over_time(data: xr.Dataset) -> dict[str, np.ndarray]:
    """Return worlds in each state by month; in every month the states add to all worlds.

    States that no world is ever in are left out, but for war.
    """
    regime = data["regime"].values
    ending = data["ending"].values[:, None]
    ended = regime == ENDED
    states = {SETTLED: regime == SETTLEMENT, IN_CEASEFIRE: regime == CEASEFIRE}
    states |= {name: ended & (ending == place) for place, name in enumerate(ending_names(data))}
    states[AT_WAR] = regime == WAR
    counts = {name: member.sum(axis=0) for name, member in states.items()}
    return {name: count for name, count in counts.items() if name == AT_WAR or count.any()}


def _title(data: xr.Dataset, states: dict[str, np.ndarray]) -> str:
    """Say in how many worlds nobody shoots half-way, and in how many the war goes on."""
    worlds, days = worlds_of(data), days_of(data)
    halfway = len(days) // 2
    loud = [count for name, count in states.items() if name.startswith((AT_WAR, "beyond"))]
    silent = worlds - int(sum(count[halfway] for count in loud))
    still = int(states[AT_WAR][-1])
    return sentence_case(
        f"in {of_twenty(silent, worlds)} the guns are silent by {month_name(days[halfway])}; "
        f"in {of_twenty(still, worlds)} the war still goes on in {month_name(days[-1])}"
    )


def _colours(data: xr.Dataset) -> dict[str, str]:
    """Return the colour of every state; those of the victors are those of the sides."""
    victories = [name for name in ending_names(data) if name.startswith("victory")]
    return {
        SETTLED: GREEN,
        IN_CEASEFIRE: SKY,
        AT_WAR: GREY,
        "beyond the model": PURPLE,
        **dict(zip(victories, (VERMILLION, BLUE), strict=False)),
    }


def _spec(data: xr.Dataset, table: Table, states: dict[str, np.ndarray]) -> dict[str, Any]:
    worlds, names = worlds_of(data), list(states)
    fields = [field(name) for name in names]
    colours = _colours(data)
    palette = [colours.get(name, ORANGE) for name in names]
    scale = Scale(0, worlds)
    entries, below = [], 0
    for name, colour in zip(names, palette, strict=True):
        count = int(states[name][-1])
        entries.append((_label(name, count, worlds), scale.pixel(below + count / 2), colour))
        below += count
    rows, layers = side_labels(entries)
    area = {
        "transform": [
            {"fold": fields, "as": ["state", "worlds"]},
            {"calculate": f"indexof({json.dumps(fields)}, datum.state)", "as": "place"},
        ],
        "mark": {"type": "area", "stroke": INK, "strokeWidth": 0.7, "fillOpacity": 0.85},
        "encoding": {
            "x": time_encoding(days_of(data)),
            "y": {
                "field": "worlds",
                "type": "quantitative",
                "stack": "zero",
                "scale": scale.vega(),
                "axis": of_twenty_axis(worlds, "worlds"),
            },
            "fill": {
                "field": "state",
                "type": "nominal",
                "scale": {"domain": fields, "range": palette},
                "legend": None,
            },
            "order": {"field": "place", "type": "ordinal"},
        },
    }
    view = {"width": WIDTH, "height": HEIGHT, "layer": [area, *layers]}
    return specification(table, view, labels=rows)


def _label(name: str, count: int, worlds: int) -> str:
    """Return a label: the state and, in short, how many worlds are in it at the end."""
    share = of_twenty(count, worlds).removesuffix(" worlds").removesuffix(" world")
    return f"{name}:\n{share}"
