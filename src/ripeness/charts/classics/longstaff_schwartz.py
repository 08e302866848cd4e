"""The boundary at which to stop: exact, and learnt by regression from simulated paths."""

from __future__ import annotations

import functools
import math
from typing import Any

import numpy as np

from ripeness.charts.chart import Cell, Chart, Table, table_of
from ripeness.charts.classics.panel import Axis, Panel
from ripeness.charts.classics.picture import PICTURES, Picture, figures, numbers
from ripeness.charts.style import BLUE, PURPLE, VERMILLION, specification
from ripeness.classics import bermudan_put, longstaff_schwartz

START, STRIKE, RATE, VOLATILITY = 36.0, 40.0, 0.06, 0.2
DATES, PATHS, SEED = 10, 20_000, 1  # dates a year, for one year
DEGREES = (2, 4)
DATE, EXACT = "date", "exact"


@PICTURES.register("longstaff-schwartz")
def build() -> Picture:
    """Draw the price below which stopping pays, over time."""
    table = _figures()
    misses = [_miss(table, degree) for degree in DEGREES]
    first, *_, last = numbers(table, EXACT)
    return Picture(
        Chart(
            name="longstaff-schwartz",
            title=f"Regression on {PATHS:,} simulated paths learns when to stop: within "
            f"{misses[1]:.1f} of the exact boundary if the curve is flexible enough",
            sentence=f"It pays to stop once the price is below the line: {first:.1f} at the first "
            f"date, {last:.1f} at the last but one, since there is less and less to wait for. A "
            f"parabola misses the exact boundary by up to {misses[0]:.1f} near the end; a "
            f"polynomial of degree 4 by at most {misses[1]:.1f}.",
            spec=_spec(table),
            table=table,
            alt="A rising curve, the price below which one should stop, against the date, with the "
            "points that two regressions learn",
            method=f"A put with strike {STRIKE:g} on a price of {START:g}, volatility "
            f"{VOLATILITY:g}, interest {RATE:g} a year, {DATES} dates in one year; exact: a tree; "
            f"paths: seed {SEED}, half of them mirror images.",
        ),
    )


def _learnt(degree: int) -> str:
    return f"learnt, degree {degree}"


def _exact(dates_left: int) -> float:
    """Return the highest price at which stopping is worth as much as the put, by bisection."""
    low, high = STRIKE / 2, STRIKE
    for _ in range(20):
        middle = (low + high) / 2
        value = bermudan_put(
            middle, STRIKE, RATE, VOLATILITY, dates_left / DATES, dates_per_year=DATES
        )
        low, high = (middle, high) if value <= STRIKE - middle + 1e-9 else (low, middle)
    return low


@functools.cache
def _paths() -> np.ndarray:
    """Return simulated prices by (path, date), today's first."""
    draws = np.random.default_rng(SEED).standard_normal((PATHS // 2, DATES))
    draws = np.concatenate([draws, -draws])
    steps = (RATE - VOLATILITY**2 / 2) / DATES + VOLATILITY / math.sqrt(DATES) * draws
    return START * np.exp(np.cumsum(np.pad(steps, ((0, 0), (1, 0))), axis=1))


def _boundary(degree: int) -> list[float | None]:
    """Return, per date, the highest price at which stopping pays more than the fit."""
    prices = np.linspace(STRIKE / 2, STRIKE, 2001)
    learnt = longstaff_schwartz(_paths(), STRIKE, RATE / DATES, degree=degree)
    highest = []
    for fitted in learnt.coefficients:
        stops = np.flatnonzero(STRIKE - prices > np.polyval(fitted[::-1], prices))
        highest.append(float(prices[stops[-1]]) if stops.size else None)
    return highest


def _figures() -> Table:
    dates = range(1, DATES)
    columns: dict[str, list[Cell]] = {
        DATE: figures(dates),
        EXACT: figures(round(_exact(DATES - date), 3) for date in dates),
    }
    for degree in DEGREES:
        columns[_learnt(degree)] = figures(_boundary(degree))
    return table_of(columns)


def _miss(table: Table, degree: int) -> float:
    both = zip(numbers(table, _learnt(degree)), numbers(table, EXACT), strict=True)
    return max(abs(learnt - exact) for learnt, exact in both)


def _spec(table: Table) -> dict[str, Any]:
    across = Axis(f"date, of {DATES} in the year", 0.5, DATES - 0.5, tuple(range(1, DATES)))
    up = Axis(f"price below which stopping pays (strike {STRIKE:g})", 34, 38)
    panel = Panel(across, up, DATE)
    entries = ((EXACT, BLUE), (_learnt(4), PURPLE), (_learnt(2), VERMILLION))
    rows, labels = panel.labels(
        [(name, numbers(table, name)[-1], colour) for name, colour in entries]
    )
    view = panel.view(
        panel.line(EXACT, BLUE),
        panel.points(_learnt(2), VERMILLION, "square"),
        panel.points(_learnt(4), PURPLE, "circle"),
        panel.words("stop below", 6, 34.3, align="center"),
        panel.words("wait above", 4, 36.5, align="center"),
        *labels,
    )
    return specification(table, view, labels=rows)
