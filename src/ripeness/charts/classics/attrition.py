"""With private values endurance is evidence: the longer it has lasted, the slower it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ripeness.charts.chart import Cell, Chart, Table, table_of
from ripeness.charts.classics.panel import HALF, Axis, Panel, beside
from ripeness.charts.classics.picture import PICTURES, Picture, figures, grid, nearest, numbers
from ripeness.charts.style import SERIES, SERIES_DASHES, specification
from ripeness.classics import (
    war_of_attrition,
    war_of_attrition_exponential,
    war_of_attrition_private,
)

# Three wars of the same mean length, one period.
KNOWN = war_of_attrition(1, 1, 0.5, 0.5)
UNIFORM = war_of_attrition_private(1, 1 / 6)
EXPONENTIAL = war_of_attrition_exponential(1, 0.25)
NAMES = ("known values", "private, evenly spread", "private, a few very high")
TIME = "periods"
LAST, FASTEST = 4.0, 3.0


@PICTURES.register("attrition")
def build() -> Picture:
    """Draw survival curves and rates of ending of three wars with one mean length."""
    table = _figures()
    late = [each.survival(4) for each in (KNOWN, UNIFORM, EXPONENTIAL)]
    early = [each.survival(0.25) for each in (KNOWN, UNIFORM, EXPONENTIAL)]
    return Picture(
        Chart(
            name="attrition",
            title="When nobody knows how much the other cares, wars of attrition end fast at first "
            "and then ever more slowly, though nobody hardens",
            sentence="All three wars last one period on average. After a quarter of a period "
            f"{early[0]:.2f} of the wars with known values still go on, and {early[1]:.2f} and "
            f"{early[2]:.2f} of those with private values; after four periods it is "
            f"{late[0]:.3f} against {late[1]:.3f} and {late[2]:.3f}. Who is still there must "
            "care much.",
            spec=_spec(table),
            table=table,
            alt="Two panels over time: the chance that the war still goes on, falling, and the rate "
            "at which it ends, level for known values and falling for private ones",
            method="Known: both values 1, cost 0.5 a period. Evenly spread: values uniform between 0 "
            "and 1, cost 1/6. A few very high: values exponential with mean 1, cost 0.25. The rate "
            "counts either side's giving in.",
        ),
        nearest(table, (0, 0.25, 0.5, 1, 2, 4)),
    )


def _lasts(name: str) -> str:
    return f"still on, {name}"


def _rate(name: str) -> str:
    return f"rate, {name}"


def _figures() -> Table:
    times = grid(0, LAST, 80)
    games: tuple[tuple[Callable[[float], float], Callable[[float], float]], ...] = (
        (KNOWN.survival, lambda _: KNOWN.hazard_1 + KNOWN.hazard_2),
        (UNIFORM.survival, lambda t: 2 * UNIFORM.hazard(t)),
        (EXPONENTIAL.survival, lambda t: 2 * EXPONENTIAL.hazard(t)),
    )
    columns: dict[str, list[Cell]] = {TIME: figures(times)}
    for name, (survival, _) in zip(NAMES, games, strict=True):
        columns[_lasts(name)] = figures(survival(t) for t in times)
    for name, (_, rate) in zip(NAMES, games, strict=True):
        columns[_rate(name)] = figures(rate(t) for t in times)
    return table_of(columns)


def _spec(table: Table) -> dict[str, Any]:
    across = Axis("periods since the war began", 0, LAST)
    lasts = Panel(across, Axis(["chance that the war", "still goes on"], 0, 1), TIME, HALF - 20)
    ends = Panel(
        across, Axis(["rate at which", "it ends, per period"], 0, FASTEST), TIME, HALF - 20
    )
    entries = [
        (name, numbers(table, _rate(name))[-1], SERIES[place]) for place, name in enumerate(NAMES)
    ]
    rows, labels = ends.labels(entries)
    left, right = [], []
    for place, name in enumerate(NAMES):
        left.append(lasts.line(_lasts(name), SERIES[place], SERIES_DASHES[place]))
        right.append(ends.line(_rate(name), SERIES[place], SERIES_DASHES[place]))
    view = beside(lasts.view(*left), ends.view(*right, *labels))
    return specification(table, view, labels=rows)
