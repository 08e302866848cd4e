"""What each side believes about the balance of forces, beside the truth (mechanism M09)."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import xarray as xr

from ripeness.charts.chart import CHARTS, Cell, Chart, Table, field, table_of
from ripeness.charts.labels import axis_title, side_labels
from ripeness.charts.reading import (
    FEWEST,
    cells,
    date_cells,
    days_of,
    enough,
    listed,
    quantiles_of,
    require,
    sentence_case,
    side_names,
    worlds_of,
)
from ripeness.charts.style import (
    HEIGHT,
    INK,
    SIDE_DASHES,
    SIDES,
    WIDTH,
    Scale,
    reach,
    specification,
    time_encoding,
)
from ripeness.outcomes.words import of_twenty
from ripeness.types import WAR

TRUTH: Final = "the truth"
BAND: Final = ("the truth in 10 of 20 worlds, from", "the truth in 10 of 20 worlds, to")
RATIOS: Final = (0.05, 0.1, 0.2, 0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 10, 20)


@CHARTS.register("expectations")
def build(data: xr.Dataset) -> Chart:
    """Draw believed and true ratios of force, medians over worlds at war."""
    require(data, "regime", "force_ratio", "expected_advantage")
    names, worlds = side_names(data), worlds_of(data)
    fighting = data["regime"].values == WAR
    truth = data["force_ratio"].values.astype(float)
    belief = data["expected_advantage"].values.astype(float)
    real = np.exp(quantiles_of(truth, fighting))
    few = ~enough(fighting)
    real[:, few] = np.nan
    columns: dict[str, list[Cell]] = {
        "date": date_cells(data),
        BAND[0]: cells(real[1]),
        TRUTH: cells(real[2]),
        BAND[1]: cells(real[3]),
    }
    for side, name in enumerate(names):
        believed = np.exp(quantiles_of(belief[:, :, side], fighting)[2])
        columns[f"{name} believes"] = cells(np.where(few, np.nan, believed))
    table = table_of(columns)
    return Chart(
        name="expectations",
        title=_title(names, truth, belief, fighting),
        sentence=_sentence(names, table),
        spec=_spec(data, table),
        table=table,
        alt="Three lines over time: the true ratio of forces and what each side believes it is",
        method=f"Medians over those of {worlds:,} worlds that are at war in the month; "
        f"months with fewer than {min(FEWEST, worlds)} of them are left out. The ratio is "
        f"{names[0]}'s effective force over {names[1]}'s, on a logarithmic scale. A side "
        "overrates itself in a world if its belief is above the truth on the average of the "
        "months at war.",
    )


def _title(names: list[str], truth: np.ndarray, belief: np.ndarray, fighting: np.ndarray) -> str:
    """Say in how many worlds each side thinks itself stronger than it is."""
    parts = []
    for side, name in enumerate(names):
        favour = 1 if side == 0 else -1
        error = np.where(fighting, favour * (belief[:, :, side] - truth), np.nan)
        known = np.isfinite(error).any(axis=1)
        mean = np.nanmean(error[known], axis=1) if known.any() else np.zeros(0)
        told = of_twenty(int((mean > 0).sum()), int(known.sum()))
        parts.append(f"{name} overrates itself in {told}" if known.any() else "")
    told = listed([part for part in parts if part])
    return sentence_case(told) if told else "No world records what the sides believe"


def _sentence(names: list[str], table: Table) -> str:
    first = table.rows[0]
    figures = [first[table.columns.index(name)] for name in (TRUTH, *table.columns[4:6])]
    if None in figures:
        return f"The ratio is {names[0]}'s force over {names[1]}'s; not every line has a start."
    real, one, other = (f"{float(figure):.2f}" for figure in figures if figure is not None)
    return (
        f"At the start the true ratio of {names[0]}'s effective force to {names[1]}'s is {real} "
        f"in the median world; {names[0]} believes {one}, {names[1]} {other}."
    )


def _spec(data: xr.Dataset, table: Table) -> dict[str, Any]:
    names = side_names(data)
    values = [c for row in table.rows for c in row[1:] if isinstance(c, float) and c > 0]
    scale = _ratio_scale(min(values, default=1.0), max(values, default=1.0))
    ticks = [ratio for ratio in RATIOS if scale.low <= ratio <= scale.high]
    title = axis_title(f"{names[0]}'s force over {names[1]}'s, times")
    axis = {"values": ticks, "format": "~g", **title}
    y = {"type": "quantitative", "scale": scale.vega(), "axis": axis}
    x = time_encoding(days_of(data))
    band = {
        "mark": {"type": "area", "color": INK, "opacity": 0.14},
        "encoding": {"x": x, "y": {**y, "field": BAND[0]}, "y2": {"field": BAND[1]}},
    }
    lines, entries = [], []
    styles = [(TRUTH, INK, (1, 0))]
    styles += [(f"{names[s]} believes", SIDES[s], SIDE_DASHES[s]) for s in range(2)]
    for name, colour, dash in styles:
        mark = {"type": "line", "color": colour, "strokeWidth": 2.4, "strokeDash": dash}
        lines.append({"mark": mark, "encoding": {"x": x, "y": {**y, "field": field(name)}}})
        column = [row[table.columns.index(name)] for row in table.rows]
        known = [value for value in column if isinstance(value, float)]
        if known:
            entries.append((name, scale.pixel(known[-1]), colour))
    end = reach(np.array([row[1] is not None for row in table.rows]))
    rows, labels = side_labels(entries, width=end)
    layers = [band, *lines, *labels]
    return specification(table, {"width": WIDTH, "height": HEIGHT, "layer": layers}, labels=rows)


def _ratio_scale(low: float, high: float) -> Scale:
    """Return a logarithmic scale with labelled ends around two ratios."""
    below = [ratio for ratio in RATIOS if ratio <= min(low, 0.8)]
    above = [ratio for ratio in RATIOS if ratio >= max(high, 1.25)]
    return Scale(below[-1] if below else low, above[0] if above else high, HEIGHT, logarithmic=True)
