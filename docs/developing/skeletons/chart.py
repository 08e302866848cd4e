"""How often both sides sit at the table, month by month.

A skeleton: copy it to ``src/ripeness/charts/``, rename it, and change what is counted. A builder is a
pure function from the outcomes of a run to a chart; it aggregates over worlds before it draws.
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

BOTH = "worlds in which both attend"


# In the real file:   @CHARTS.register("attendance")
def build(data: xr.Dataset) -> Chart:
    """Draw in how many worlds both sides attend talks."""
    require(data, "attending")
    both = data["attending"].all("side").sum("world").values
    dates, worlds = date_cells(data), worlds_of(data)
    table = table_of({"date": dates, BOTH: both.tolist()})
    most = int(both.argmax())
    return Chart(
        name="attendance",
        # The title is the finding, computed; the sentence serves those who cannot see the picture.
        title=f"Both attend at most in {of_twenty(int(both[most]), worlds)}, in {month_name(dates[most])}",
        sentence=f"In {month_name(dates[-1])} both sides attend talks in {of_twenty(int(both[-1]), worlds)}.",
        spec=_spec(data, table),
        table=table,
        alt="A line: worlds in which both sides attend talks, month by month",
        method=f"Counts of {worlds:,} worlds in each month, ended wars included.",
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
                "field": field(BOTH),
                "type": "quantitative",
                "scale": Scale(0, worlds).vega(),
                "axis": of_twenty_axis(worlds, "worlds"),
            },
        },
    }
    return specification(table, view)
