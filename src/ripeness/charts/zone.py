"""Whether a deal exists: worlds at war with an open zone of agreement, and how wide it is."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import xarray as xr

from ripeness.charts.chart import CHARTS, Cell, Chart, Table, table_of
from ripeness.charts.reading import (
    cells,
    date_cells,
    days_of,
    month_name,
    quantiles_of,
    require,
    sentence_case,
    worlds_of,
)
from ripeness.charts.style import (
    BLUE,
    GREEN,
    INK,
    WIDTH,
    Scale,
    nice_scale,
    side_labels,
    specification,
    time_encoding,
)
from ripeness.outcomes.words import OUT_OF, of_twenty
from ripeness.types import WAR

AT_WAR: Final = "worlds at war"
OPEN: Final = "zone open, of 20 at war"
WIDTHS: Final = ("10 of 20 worlds, from", "median width", "10 of 20 worlds, to")
PANEL_HEIGHT: Final = 130
_FEWEST = 20  # worlds at war; a share of fewer jumps about


@CHARTS.register("zone")
def build(data: xr.Dataset) -> Chart:
    """Draw the share of worlds at war that have a zone of agreement, and its width."""
    require(data, "regime", "zone_open", "zone_width")
    worlds = worlds_of(data)
    fighting = data["regime"].values == WAR
    is_open = fighting & data["zone_open"].values.astype(bool)
    number = fighting.sum(axis=0)
    enough = number >= min(_FEWEST, worlds)
    share = np.where(enough, is_open.sum(axis=0) / np.maximum(number, 1), np.nan)
    width = np.where(enough, quantiles_of(data["zone_width"].values, fighting), np.nan)
    columns: dict[str, list[Cell]] = {
        "date": date_cells(data),
        AT_WAR: number.tolist(),
        OPEN: cells(share, OUT_OF),
    }
    columns |= {name: cells(row, 100) for name, row in zip(WIDTHS, width[1:4], strict=True)}
    table = table_of(columns)
    return Chart(
        name="zone",
        title=_title(data, is_open, fighting),
        sentence=_sentence(fighting, is_open),
        spec=_spec(data, table),
        table=table,
        alt="Two lines over time: worlds at war with a zone of agreement, and its width",
        method=f"Of {worlds:,} worlds, those at war in each month; months with fewer than "
        f"{min(_FEWEST, worlds)} of them are left out. The zone is open when some package is "
        "better for both sides than fighting on. Its width is in hundredths of what is at "
        "stake; below zero it is the gap between the two smallest acceptable values. Worlds "
        "that settle leave this picture, so that the share is of those that have not.",
    )


def _title(data: xr.Dataset, is_open: np.ndarray, fighting: np.ndarray) -> str:
    days = days_of(data)
    later = min(13, len(days) - 1)
    now = of_twenty(int(is_open[:, 0].sum()), int(fighting[:, 0].sum()))
    if not fighting[:, later].any():
        return sentence_case(f"in {now} a deal that both would prefer to war exists at the start")
    then = of_twenty(
        int(is_open[:, later].sum()), int(fighting[:, later].sum()), "worlds still at war"
    )
    return sentence_case(
        f"in {now} a deal that both would prefer to war exists at the start; "
        f"in {month_name(days[later])} in {then}"
    )


def _sentence(fighting: np.ndarray, is_open: np.ndarray) -> str:
    worlds = len(is_open)
    never = worlds - int(is_open.any(axis=1).sum())
    opens_and_shuts = (is_open[:, :-1] & fighting[:, 1:] & ~is_open[:, 1:]).any(axis=1)
    return (
        f"The zone of agreement is never open while the war lasts in {of_twenty(never, worlds)}; "
        f"it opens and shuts again in {of_twenty(int(opens_and_shuts.sum()), worlds)}."
    )


def _spec(data: xr.Dataset, table: Table) -> dict[str, Any]:
    x = time_encoding(days_of(data))
    values = np.array([[np.nan if c is None else c for c in row[3:]] for row in table.rows])
    upper, lower = (
        Scale(0, OUT_OF, PANEL_HEIGHT),
        nice_scale(values, zero=True, height=PANEL_HEIGHT),
    )
    share = {
        "field": OPEN,
        "type": "quantitative",
        "scale": upper.vega(),
        "axis": {"values": [0, 5, 10, 15, 20], "title": "worlds at war with a zone open, of 20"},
    }
    gap = {
        "type": "quantitative",
        "scale": lower.vega(),
        "axis": {"title": "width of the zone, hundredths of the stakes", "tickCount": 5},
    }
    band = {
        "mark": {"type": "area", "color": BLUE, "opacity": 0.25},
        "encoding": {"x": x, "y": {**gap, "field": WIDTHS[0]}, "y2": {"field": WIDTHS[2]}},
    }
    line = {"mark": {"type": "line", "color": BLUE, "strokeWidth": 2.5}}
    line["encoding"] = {"x": x, "y": {**gap, "field": WIDTHS[1]}}
    zero = {"mark": {"type": "rule", "color": INK, "strokeDash": [4, 3]}}
    zero["encoding"] = {"y": {"datum": 0, "type": "quantitative", "scale": lower.vega()}}
    rows, labels = side_labels(_entries(table, lower), height=PANEL_HEIGHT)
    mark = {"type": "area", "color": GREEN, "opacity": 0.6, "line": {"color": GREEN}}
    size = {"width": WIDTH, "height": PANEL_HEIGHT}
    panels = [
        {**size, "mark": mark, "encoding": {"x": x, "y": share}},
        {**size, "layer": [band, line, zero, *labels]},
    ]
    return specification(table, {"vconcat": panels, "spacing": 34}, labels=rows)


def _entries(table: Table, scale: Scale) -> list[tuple[str, float, str]]:
    """Return the labels of the lower panel."""
    words = dict(zip(WIDTHS, ("", "median", "10 of 20 worlds"), strict=True))
    entries = [("0: the zone opens", scale.pixel(0), INK)]
    for name in WIDTHS[1:]:
        column = [row[table.columns.index(name)] for row in table.rows]
        known = [value for value in column if isinstance(value, float)]
        if known:
            entries.append((words[name], scale.pixel(known[-1]), BLUE))
    return entries
