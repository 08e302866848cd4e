"""In how many worlds the guns are silent, month by month.

A skeleton: copy it to ``src/ripeness/charts/``, rename it, and change what is counted. A builder is
a pure function from the outcomes of a run to a chart; it aggregates over worlds before it draws.
"""

from __future__ import annotations

from typing import Any

import xarray as xr

from ripeness.charts.chart import Chart, Table, field, table_of
from ripeness.charts.reading import date_cells, days_of, month_name, require, worlds_of
from ripeness.charts.style import (
    BLUE,
    HEIGHT,
    WIDTH,
    Scale,
    of_twenty_axis,
    specification,
    time_encoding,
)
from ripeness.outcomes.words import of_twenty
from ripeness.types import CEASEFIRE, SETTLEMENT

SILENT = "worlds in a ceasefire or a settlement"


# In the real file:   @CHARTS.register("silence")
def build(data: xr.Dataset) -> Chart:
    """Draw in how many worlds a ceasefire or a settlement is in force."""
    require(data, "regime")
    regime = data["regime"].values
    silent = ((regime == CEASEFIRE) | (regime == SETTLEMENT)).sum(axis=0)
    dates, worlds = date_cells(data), worlds_of(data)
    table = table_of({"date": dates, SILENT: silent.tolist()})
    most = int(silent.argmax())
    highest, last = (of_twenty(int(silent[month]), worlds) for month in (most, -1))
    return Chart(
        name="silence",
        # The title is the finding, computed; the sentence is for those who cannot see the picture.
        title=f"The guns are silent in {highest} at most, in {month_name(dates[most])}",
        sentence=f"In {month_name(dates[-1])} the guns are silent in {last}.",
        spec=_spec(data, table),
        table=table,
        alt="A line: worlds in a ceasefire or a settlement, month by month",
        method=f"Counts of {worlds:,} worlds in each month; a world that was won counts as neither.",
    )


def _spec(data: xr.Dataset, table: Table) -> dict[str, Any]:
    worlds = worlds_of(data)
    view = {
        "width": WIDTH,
        "height": HEIGHT,
        "mark": {"type": "line", "color": BLUE, "strokeWidth": 2},
        "encoding": {
            "x": time_encoding(days_of(data)),
            "y": {
                "field": field(SILENT),
                "type": "quantitative",
                "scale": Scale(0, worlds).vega(),
                "axis": of_twenty_axis(worlds, "worlds"),
            },
        },
    }
    return specification(table, view)
