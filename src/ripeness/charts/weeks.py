"""When the war ends, as twenty dots: each stands for one world in twenty.

Quantile dotplots let people judge chances nearly as well as the best possible reader (Fernandes,
Walls, Munson, Hullman and Kay 2018).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import xarray as xr

from ripeness.charts.chart import CHARTS, Chart, Table, table_of
from ripeness.charts.reading import MONTHS, days_of, month_name, war_end_week, worlds_of
from ripeness.charts.style import BLUE, GREY, INK, SKY, specification
from ripeness.outcomes.words import OUT_OF, of_twenty

WHEN, DOTS, WORLDS = "the war ends in", "dots, of 20", "worlds"
NOT_ENDED: Final = "not|ended"
_DOT = 22  # pixels from dot to dot, if the tallest stack leaves room for so much
_TALLEST = 210
_PLOT = 640


@CHARTS.register("weeks")
def build(data: xr.Dataset) -> Chart:
    """Draw twenty dots over half-years, those of worlds without an end apart on the right."""
    days, worlds = days_of(data), worlds_of(data)
    end = np.sort(war_end_week(data))
    dots = end[((np.arange(OUT_OF) + 0.5) / OUT_OF * worlds).astype(int)]
    labels, all_worlds = binned(end, days)
    _, all_dots = binned(dots, days)
    table = table_of({WHEN: list(labels), DOTS: all_dots, WORLDS: all_worlds})
    never = int(np.isinf(end).sum())
    return Chart(
        name="weeks",
        title=_title(days, end),
        sentence=f"Each dot is one world in twenty. In {of_twenty(never, worlds)} the war has "
        f"not ended by {month_name(days[-1])}, or the world has left the model.",
        spec=_spec(table),
        table=table,
        alt="Twenty dots, stacked by the time in which the war ends",
        method=f"Dots are twenty evenly spaced quantiles of {worlds:,} worlds.",
    )


def binned(weeks: np.ndarray, days: np.ndarray) -> tuple[list[str], list[int]]:
    """Count weeks in calendar periods between the first and the last day.

    Periods are months, half-years or years, by the length of the horizon. The last count is of
    those that are infinite.
    """
    span = int((days[-1] - days[0]).astype(int))
    months = 1 if span < 400 else 6 if span < 2600 else 12
    finite = weeks[np.isfinite(weeks)]
    when = days[0] + np.round(finite * 7).astype("timedelta64[D]")
    when = np.minimum(when, days[-1])
    first, last = (int(day.astype("datetime64[M]").astype(int)) for day in days[[0, -1]])
    low = first // months
    place = when.astype("datetime64[M]").astype(int) // months - low
    counts = np.bincount(place, minlength=last // months - low + 1).tolist()
    labels = [_period(number * months, months) for number in range(low, last // months + 1)]
    return [*labels, NOT_ENDED], [*counts, int(np.isinf(weeks).sum())]


def _period(month: int, months: int) -> str:
    """Name a period by its first month, counted from January 1970; ``|`` breaks the line."""
    year, place = 1970 + month // 12, month % 12
    if months == 12:
        return str(year)
    first = MONTHS[place][:3]
    last = "" if months == 1 else f"–{MONTHS[place + months - 1][:3]}"
    return f"{first}{last}|{year}"


def _title(days: np.ndarray, end: Sequence[float] | np.ndarray) -> str:
    middle = float(end[(len(end) - 1) // 2])
    if math.isinf(middle):
        return f"In most worlds the war does not end before {month_name(days[-1])}"
    day = month_name(days[0] + np.timedelta64(round(middle * 7), "D"))
    return f"The war ends by {day} in half of the worlds"


def _spec(table: Table) -> dict[str, Any]:
    order = [str(row[0]) for row in table.rows]
    tallest = max(1, *(int(row[1] or 0) for row in table.rows))
    step = min(_DOT, _TALLEST / tallest)
    never = f"datum['{WHEN}'] === '{NOT_ENDED}'"
    x = {
        "field": WHEN,
        "type": "nominal",
        "sort": order,
        "axis": {"labelExpr": "split(datum.label, '|')", "labelAngle": 0, "title": None},
    }
    y = {
        "field": "height",
        "type": "quantitative",
        "scale": {"domain": [0.4, tallest + 0.6], "nice": False, "zero": False},
        "axis": None,
    }
    dots = {
        "transform": [
            {"calculate": f"sequence(1, datum['{DOTS}'] + 1)", "as": "height"},
            {"flatten": ["height"]},
        ],
        "mark": {
            "type": "circle",
            "size": 0.6 * step**2,
            "opacity": 1,
            "stroke": INK,
            "strokeWidth": 0.8,
        },
        "encoding": {
            "x": x,
            "y": y,
            "fill": {"condition": {"test": never, "value": GREY}, "value": BLUE},
        },
    }
    empty = {"mark": {"type": "point", "opacity": 0, "color": SKY}, "encoding": {"x": x}}
    view = {"width": _PLOT, "height": round(tallest * step), "layer": [empty, dots]}
    return specification(table, view)
