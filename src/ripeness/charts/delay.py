"""Who would gain from delay: what each side could get, were the decision to come later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ripeness.charts.chart import Cell, Chart, Table, field, table_of
from ripeness.charts.labels import side_labels
from ripeness.charts.reading import FEWEST, about, cells, quantiles_of
from ripeness.charts.style import (
    HEIGHT,
    INK,
    SIDE_DASHES,
    SIDES,
    WIDTH,
    nice_scale,
    reach,
    specification,
    time_encoding,
)
from ripeness.outcomes.words import of_twenty

if TYPE_CHECKING:
    from ripeness.explore.delay import Delay

LOW, MIDDLE, HIGH = "10 of 20 worlds, from", "median", "10 of 20 worlds, to"
SHOWN: Final = 26
"""Months of delay that are drawn: two years of four-week months."""

SPANS: Final = {6: "half a year's delay", 13: "a year's delay"}


def delay_chart(delay: Delay, days: np.ndarray, sides: Sequence[str]) -> Chart | None:
    """Draw the change of what each side could get, by the date of the decision.

    Args:
        delay: what delay brings.
        days: dates of the months.
        sides: labels.

    Returns:
        None if there is no package to compare in any world.
    """
    months = min(SHOWN + 1, delay.gain.shape[1])
    gain, days = delay.gain[:, :months], days[:months]
    known = np.isfinite(gain).sum(axis=0)
    if not known[0].any() or not delay.months:
        return None
    few = known < min(FEWEST, int(known[0].max()))
    columns: dict[str, list[Cell]] = {"date": [str(day) for day in days]}
    for place, name in enumerate(sides):
        found = quantiles_of(gain[:, :, place])
        found[:, few[:, place]] = np.nan
        for heading, row in zip((LOW, MIDDLE, HIGH), found[1:4], strict=True):
            columns[f"{name}: {heading}"] = cells(row, 100)
    table = table_of(columns)
    return Chart(
        name="delay",
        title=_title(delay, sides),
        sentence=" ".join(_sentence(delay, place, name) for place, name in enumerate(sides)),
        spec=_spec(table, days, sides),
        table=table,
        alt="Two lines with bands: what each side could get, by the date of the decision",
        method=f"{int(known[0].max()):,} of {len(delay.gain):,} worlds, played on with nothing signed; "
        "in the others no package can be compared. What a side could get is its value of the "
        "package nearest to a deal at that date; the bands hold the middle 10 of 20 worlds. A side "
        "that has won has all of the stakes. Costs of waiting: a year of war as at the start.",
    )


def _title(delay: Delay, sides: Sequence[str]) -> str:
    span = delay.months[0]
    found = [delay.told(place, span) for place in range(2)]
    words = SPANS.get(span, f"{span} months of delay")
    first, second = (_counted(delay, each, "gains") for each in found)
    return f"{sides[0]} would gain from {words} in {first}, {sides[1]} in {second}"


def _counted(delay: Delay, found: dict[str, Any], key: str) -> str:
    """Say a count of the worlds compared, and that they are not all."""
    noun = "worlds" if found["of"] == len(delay.gain) else "comparable worlds"
    return of_twenty(found[key], found["of"], noun)


def _sentence(delay: Delay, place: int, name: str) -> str:
    found = delay.told(place, delay.months[0])
    if not found["of"]:
        return ""
    gain, cost = 100 * found["gain"][1], 100 * found["cost_of_waiting"][1]
    area = about(abs(found["gain_km2"][1]), 2)
    moved = (
        f"{'gains' if gain > 0 else 'loses'} {abs(gain):.1f} hundredths of the stakes in the median "
        f"world, worth {area} km2 of line to it,"
        if abs(gain) >= _SHOWN
        else "neither gains nor loses in the median world,"
    )
    return (
        f"By {SPANS.get(delay.months[0], 'that delay')} {name} {moved} and pays {cost:.1f} hundredths for "
        f"the war meanwhile; net of that it gains in {_counted(delay, found, 'gains_after_costs')}."
    )


_SHOWN: Final = 0.05
"""Hundredths of the stakes that are not rounded away."""


def _spec(table: Table, days: np.ndarray, sides: Sequence[str]) -> dict[str, Any]:
    values = [cell for row in table.rows for cell in row[1:] if isinstance(cell, float)]
    scale = nice_scale(values, zero=True)
    axis = {"title": "change of what the side could get, hundredths of the stakes", "tickCount": 6}
    y = {"type": "quantitative", "scale": scale.vega(), "axis": axis}
    x = time_encoding(days)
    zero = {
        "data": {"values": [{}]},
        "mark": {"type": "rule", "color": INK},
        "encoding": {"y": {"datum": 0, "type": "quantitative", "scale": scale.vega()}},
    }
    bands, lines, entries = [], [], []
    for place, name in enumerate(sides):
        low, middle, high = (field(f"{name}: {heading}") for heading in (LOW, MIDDLE, HIGH))
        colour = SIDES[place]
        bands.append(
            {
                "mark": {"type": "area", "color": colour, "opacity": 0.18},
                "encoding": {"x": x, "y": {**y, "field": low}, "y2": {"field": high}},
            }
        )
        mark = {
            "type": "line",
            "color": colour,
            "strokeWidth": 2.4,
            "strokeDash": SIDE_DASHES[place],
        }
        lines.append({"mark": mark, "encoding": {"x": x, "y": {**y, "field": middle}}})
        column = [row[table.columns.index(f"{name}: {MIDDLE}")] for row in table.rows]
        known = [value for value in column if isinstance(value, float)]
        if known:
            entries.append((name, scale.pixel(known[-1]), colour))
    end = reach(np.array([row[2] is not None or row[5] is not None for row in table.rows]))
    rows, labels = side_labels(entries, width=end)
    layers = [*bands, zero, *lines, *labels]
    return specification(table, {"width": WIDTH, "height": HEIGHT, "layer": layers}, labels=rows)
