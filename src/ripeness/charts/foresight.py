"""Each side's expected end beside the true one, by the date of the expectation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ripeness.charts.chart import Cell, Chart, Table, field, table_of
from ripeness.charts.labels import axis_title, side_labels
from ripeness.charts.reading import FEWEST, about, cells, listed, quantiles_of
from ripeness.charts.style import (
    HEIGHT,
    INK,
    SIDE_DASHES,
    SIDES,
    WIDTH,
    nice_scale,
    specification,
    time_encoding,
)
from ripeness.outcomes.words import of_twenty

if TYPE_CHECKING:
    from ripeness.explore.foresight import Foresight

COMES: Final = "what comes"
THOUSAND: Final = 1000.0


def foresight_chart(foresight: Foresight, days: np.ndarray, sides: Sequence[str]) -> Chart | None:
    """Draw what each side expects of the line and what comes, told as the first side's gain.

    Args:
        foresight: expected and true ends.
        days: dates of the months.
        sides: labels.

    Returns:
        None if no expectation falls due before the horizon.
    """
    known: np.ndarray = np.all(np.isfinite(foresight.true), axis=2)
    number: list[int] = np.sum(known, axis=0).tolist()
    if not number[0]:
        return None
    enough = max(min(FEWEST, number[0]), number[0] / 2)
    months = slice(0, max(month for month, each in enumerate(number) if each >= enough) + 1)
    lines = {
        f"{sides[0]} expects": foresight.expected[:, months, 0],
        f"{sides[1]} expects": -foresight.expected[:, months, 1],
        COMES: (foresight.true[:, months, 0] - foresight.true[:, months, 1]) / 2.0,
    }
    columns: dict[str, list[Cell]] = {"date": [str(day) for day in days[months]]}
    columns |= {
        name: cells(quantiles_of(values, known[:, months])[2], 1 / THOUSAND)
        for name, values in lines.items()
    }
    return _chart(table_of(columns), foresight, days[months], sides)


def _chart(table: Table, foresight: Foresight, days: np.ndarray, sides: Sequence[str]) -> Chart:
    return Chart(
        name="foresight",
        title=_title(foresight, sides),
        sentence=" ".join(_sentence(foresight, place, name) for place, name in enumerate(sides)),
        spec=_spec(table, days, sides),
        table=table,
        alt="Three lines over time: the gain of ground that each side expects, and the one that comes",
        method=f"{len(foresight.true):,} worlds, played on with nothing signed. Gain of {sides[0]} a "
        "year, from the date to the sides' planning dates (what comes: the mean of both); medians over "
        "worlds in which both dates lie before the horizon and the war then goes on, up to the last month "
        "with half as many of them as at the start.",
    )


def _title(foresight: Foresight, sides: Sequence[str]) -> str:
    told = []
    for place, name in enumerate(sides):
        found = foresight.told(place)
        if found["of"]:
            told.append(f"{name} in {of_twenty(found['expects_too_much'], found['of'])}")
    if not told:
        return "No expectation of the start falls due before the horizon"
    return f"At the start more ground is expected than comes: by {listed(told)}"


def _sentence(foresight: Foresight, place: int, name: str) -> str:
    found = foresight.told(place)
    if not found["of"]:
        return f"What {name} expects at the start does not fall due before the horizon."
    expected, true = found["expected"], found["true"]
    return (
        f"At the start {name} expects to {_verb(expected)} {about(abs(expected), 2)} km2 a year in the "
        f"median world; it {_verb(true)}s {about(abs(true), 2)}."
    )


def _verb(area: float) -> str:
    return "gain" if area >= 0 else "lose"


def _spec(table: Table, days: np.ndarray, sides: Sequence[str]) -> dict[str, Any]:
    values = [cell for row in table.rows for cell in row[1:] if isinstance(cell, float)]
    scale = nice_scale(values, zero=True)
    axis = {"tickCount": 6, **axis_title(f"gain of ground of {sides[0]}, thousand km2 a year")}
    y = {"type": "quantitative", "scale": scale.vega(), "axis": axis}
    x = time_encoding(days)
    styles = [(COMES, INK, (1, 0))]
    styles += [(f"{sides[s]} expects", SIDES[s], SIDE_DASHES[s]) for s in range(2)]
    layers, entries = [], []
    for name, colour, dash in styles:
        mark = {"type": "line", "color": colour, "strokeWidth": 2.4, "strokeDash": dash}
        layers.append({"mark": mark, "encoding": {"x": x, "y": {**y, "field": field(name)}}})
        column = [row[table.columns.index(name)] for row in table.rows]
        known = [value for value in column if isinstance(value, float)]
        if known:
            entries.append((name, scale.pixel(known[-1]), colour))
    rows, labels = side_labels(entries)
    view = {"width": WIDTH, "height": HEIGHT, "layer": [*layers, *labels]}
    return specification(table, view, labels=rows)
